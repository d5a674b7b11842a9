use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::{
    http::permission::Role,
    kernel::{ApiKeyId, PropertyId, Refusal},
};

/// An API key, without the key itself.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// The beginning of the key, to recognise it by.
    pub key_prefix: String,
    pub role: Role,
    /// Null: every property of the tenant.
    pub property_id: Option<PropertyId>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
}

/// What a new API key needs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewApiKey {
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    pub role: Role,
    /// Every property of the tenant when absent.
    pub property_id: Option<PropertyId>,
    /// Valid until revoked when absent.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
}

crate::sql! {
    GET_API_KEY = "select * from pms_api_keys where tenant_id = $1 and id = $2";
}

impl ApiKey {
    pub fn from_row(row: &Row) -> ApiKey {
        ApiKey {
            id: row.get("id"),
            name: row.get("name"),
            key_prefix: row.get("key_prefix"),
            role: row.get("role"),
            property_id: row.get("property_id"),
            expires_at: row.get("expires_at"),
            revoked_at: row.get("revoked_at"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
        }
    }
}

/// Errors: NOT_FOUND.
pub(super) fn found(rows: &[Row]) -> Result<ApiKey, Refusal> {
    rows.first().map(ApiKey::from_row).ok_or_else(|| Refusal::not_found("API key"))
}
