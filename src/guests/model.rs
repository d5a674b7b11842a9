use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::{
    call,
    db::{Call, Result},
    kernel::{Faults, GuestId, PropertyId, Refusal, TenantId, patch::nullable},
    op::Op,
};

/// A guest's profile.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Guest {
    pub id: GuestId,
    pub property_id: PropertyId,
    /// Empty for a person of one name.
    pub first_name: String,
    pub last_name: String,
    /// In lower case.
    pub email: Option<String>,
    pub phone: Option<String>,
    pub notes: Option<String>,
    #[schema(value_type = Option<Object>)]
    pub preferences_json: Option<Value>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// A BCP 47 tag.
    pub language: Option<String>,
    pub is_active: bool,
    /// The profile that this one was merged into.
    pub merged_into_guest_id: Option<GuestId>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// What a new guest needs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewGuest {
    /// Made by the server when absent.
    pub id: Option<GuestId>,
    pub property_id: PropertyId,
    /// Empty for a person of one name.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub first_name: String,
    #[schema(min_length = 1, max_length = 200)]
    pub last_name: String,
    #[schema(max_length = 254, example = "ada@example.com")]
    pub email: Option<String>,
    #[schema(max_length = 40, example = "+351 912 345 678")]
    pub phone: Option<String>,
    #[schema(max_length = 4000)]
    pub notes: Option<String>,
    #[schema(value_type = Option<Object>)]
    pub preferences_json: Option<Value>,
    #[schema(pattern = "^[A-Z]{2}$", example = "PT")]
    pub country: Option<String>,
    #[schema(max_length = 35, example = "pt")]
    pub language: Option<String>,
}

/// What may change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuestChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(max_length = 200)]
    pub first_name: Option<String>,
    #[schema(min_length = 1, max_length = 200)]
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 254)]
    pub email: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub notes: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Object>)]
    pub preferences_json: Option<Option<Value>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{2}$")]
    pub country: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 35)]
    pub language: Option<Option<String>>,
    /// `false` deactivates.
    pub is_active: Option<bool>,
}

crate::sql! {
    GET_GUEST = "select * from pms_guests where tenant_id = $1 and id = $2";
    /// Several, in the order of their ids. `for update`, so that no reservation can name one of them meanwhile.
    LOCK_GUESTS = "select * from pms_guests where tenant_id = $1 and id = any($2) order by id for update";
    UPDATE_GUEST = "
        update pms_guests
        set first_name = $3, last_name = $4, email = $5, phone = $6, notes = $7, preferences_json = $8, country = $9, language = $10,
          search_key = $11, is_active = $12, merged_into_guest_id = $13, version = $14, updated_at = $15, updated_by = $16
        where tenant_id = $1 and id = $2";
}

impl Guest {
    pub fn from_row(row: &Row) -> Guest {
        Guest {
            id: row.get("id"),
            property_id: row.get("property_id"),
            first_name: row.get("first_name"),
            last_name: row.get("last_name"),
            email: row.get("email"),
            phone: row.get("phone"),
            notes: row.get("notes"),
            preferences_json: row.get("preferences_json"),
            country: row.get("country"),
            language: row.get("language"),
            is_active: row.get("is_active"),
            merged_into_guest_id: row.get("merged_into_guest_id"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// Takes off white space around the texts; an empty one is none.
    pub(super) fn tidy(&mut self) {
        let trimmed = |text: &str| text.trim().to_string();
        let some = |text: &Option<String>| text.as_deref().map(trimmed).filter(|t| !t.is_empty());
        self.first_name = trimmed(&self.first_name);
        self.last_name = trimmed(&self.last_name);
        self.email = some(&self.email).map(|e| e.to_lowercase());
        self.phone = some(&self.phone);
        self.notes = some(&self.notes);
        self.country = some(&self.country);
        self.language = some(&self.language);
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        faults.text("firstName", &self.first_name, 0, 200);
        faults.text("lastName", &self.last_name, 1, 200);
        if let Some(rule) = self.email.as_deref().and_then(email_fault) {
            faults.add("email", rule);
        }
        faults.optional_text("phone", self.phone.as_deref(), 40);
        faults.optional_text("notes", self.notes.as_deref(), 4000);
        if self.preferences_json.as_ref().is_some_and(|p| !p.is_object()) {
            faults.add("preferencesJson", "must be an object");
        }
        if self.country.as_ref().is_some_and(|c| c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
            faults.add("country", "must be an ISO 3166-1 code of two upper-case letters, such as PT");
        }
        faults.optional_text("language", self.language.as_deref(), 35);
    }
}

/// The rule that an e-mail address breaks. Only its shape is looked at: whether it is delivered, only a message can tell.
pub fn email_fault(email: &str) -> Option<&'static str> {
    let shaped = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(local, domain)| {
            (1..=64).contains(&local.len())
                && !domain.contains('@')
                && domain.contains('.')
                && domain.split('.').all(|label| !label.is_empty())
        });
    (!shaped).then_some("must be an e-mail address of at most 254 characters, such as ada@example.com")
}

/// The call that reads a guest.
pub fn get(tenant: TenantId, id: GuestId) -> Call {
    call!(GET_GUEST, tenant, id)
}

/// The guest in the rows of [`get`].
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<Guest, Refusal> {
    rows.first().map(Guest::from_row).ok_or_else(|| Refusal::not_found("guest"))
}

/// Writes a changed profile: its version grows by one, its search key follows.
pub fn save(op: &mut Op, after: &mut Guest) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_GUEST,
        op.tenant(),
        after.id,
        after.first_name.clone(),
        after.last_name.clone(),
        after.email.clone(),
        after.phone.clone(),
        after.notes.clone(),
        after.preferences_json.clone(),
        after.country.clone(),
        after.language.clone(),
        super::search::key_of(after),
        after.is_active,
        after.merged_into_guest_id,
        after.version,
        op.now,
        op.actor(),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_the_shape_of_one() {
        for right in ["a@b.co", "o'brien+x@mail.example.com", "用户@例子.公司"] {
            assert_eq!(email_fault(right), None, "{right}");
        }
        for wrong in ["", "a", "a@b", "@b.co", "a@b@c.co", "a b@c.co", "a@b..co", "a@.co", &format!("{}@b.co", "a".repeat(65))] {
            assert!(email_fault(wrong).is_some(), "{wrong}");
        }
    }
}
