use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::Password;
use crate::{
    guests::model::email_fault,
    http::permission::Role,
    kernel::{Faults, PropertyId, Refusal, UserId},
};

/// Who logs in. The password's hash is no part of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: UserId,
    /// In lower case.
    pub email: String,
    pub display_name: String,
    pub role: Role,
    /// The language of the screens, a BCP 47 tag.
    pub locale: String,
    /// Sees every property of the tenant; otherwise those of `propertyIds`.
    pub all_properties: bool,
    pub property_ids: Vec<PropertyId>,
    pub is_active: bool,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// What a new user needs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewUser {
    /// Made by the server when absent.
    pub id: Option<UserId>,
    #[schema(max_length = 254, example = "ada@example.com")]
    pub email: String,
    #[schema(min_length = 1, max_length = 200)]
    pub display_name: String,
    pub role: Role,
    pub password: Password,
    /// `en` when absent.
    #[schema(min_length = 2, max_length = 35)]
    pub locale: Option<String>,
    /// `true` when absent, unless `propertyIds` names some.
    pub all_properties: Option<bool>,
    #[schema(max_items = 1000)]
    pub property_ids: Option<Vec<PropertyId>>,
}

/// What may change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 200)]
    pub display_name: Option<String>,
    pub role: Option<Role>,
    #[schema(min_length = 2, max_length = 35)]
    pub locale: Option<String>,
    /// A new password; it ends the sessions of the user.
    pub password: Option<Password>,
    pub all_properties: Option<bool>,
    #[schema(max_items = 1000)]
    pub property_ids: Option<Vec<PropertyId>>,
    /// `false` deactivates: the user's sessions end.
    pub is_active: Option<bool>,
}

crate::sql! {
    GET_USER = "
        select u.*, array(select p.property_id from pms_user_properties p where p.tenant_id = $1 and p.user_id = u.id order by 1) as property_ids
        from pms_users u where u.tenant_id = $1 and u.id = $2";
}

impl User {
    pub fn from_row(row: &Row) -> User {
        User {
            id: row.get("id"),
            email: row.get("email"),
            display_name: row.get("display_name"),
            role: row.get("role"),
            locale: row.get("locale"),
            all_properties: row.get("all_properties"),
            property_ids: row.get("property_ids"),
            is_active: row.get("is_active"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        if let Some(rule) = email_fault(&self.email) {
            faults.add("email", rule);
        }
        faults.text("displayName", &self.display_name, 1, 200);
        faults.text("locale", &self.locale, 2, 35);
        match (self.all_properties, self.property_ids.is_empty()) {
            (true, false) => faults.add("propertyIds", "do not go with allProperties"),
            (false, true) => faults.add("propertyIds", "must name at least one property"),
            _ => {}
        }
    }

    /// One who can manage all of the tenant, its users too.
    pub(super) fn is_full_manager(&self) -> bool {
        self.role == Role::Manager && self.is_active && self.all_properties
    }
}

/// The properties of a body: naming some means not all.
pub(super) fn properties_of(all: Option<bool>, ids: Option<Vec<PropertyId>>) -> (bool, Vec<PropertyId>) {
    let mut ids = ids.unwrap_or_default();
    ids.sort();
    ids.dedup();
    (all.unwrap_or(ids.is_empty()), ids)
}

/// The user in the rows of [`GET_USER`].
///
/// Errors: NOT_FOUND.
pub(super) fn found(rows: &[Row]) -> Result<User, Refusal> {
    rows.first().map(User::from_row).ok_or_else(|| Refusal::not_found("user"))
}
