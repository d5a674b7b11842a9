//! Audit rows: who changed which field of what, from what to what. Personal data is masked before it is stored.

use serde_json::{Map, Value, json};

use super::Op;
use crate::{call, db::Call};

crate::sql! {
    INSERT_AUDIT = "
        insert into pms_audit_log
          (tenant_id, id, property_id, actor_user_id, entity_type, entity_id, action, diff_json, occurred_at, correlation_id)
        select t.id, a.id, a.property_id, $2, a.entity_type, a.entity_id, a.action, a.diff_json, $3, $4
        from pms_tenants t, unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::jsonb[])
          as a (id, property_id, entity_type, entity_id, action, diff_json)
        where t.id = $1";
}

/// Fields that name or reach a person, in any entity and at any depth.
const PERSONAL: [&str; 20] = [
    "firstName",
    "lastName",
    "guestName",
    "email",
    "phone",
    "notes",
    "guestNotes",
    "internalNotes",
    "preferencesJson",
    "primaryGuestJson",
    "displayName",
    "addressJson",
    "billTo",
    "closeReason",
    "searchKey",
    "country",
    "language",
    "recipient",
    "subject",
    "body",
];

pub(super) fn insert(op: &Op) -> Call {
    let changes = &op.changes;
    call!(
        INSERT_AUDIT,
        op.tenant(),
        op.actor(),
        op.now,
        op.who.correlation.clone(),
        changes.iter().map(|_| op.new_id().to_string()).collect::<Vec<_>>(),
        changes.iter().map(|c| c.property.map(|p| p.to_string())).collect::<Vec<_>>(),
        changes.iter().map(|c| c.entity.to_uppercase()).collect::<Vec<_>>(),
        changes.iter().map(|c| c.id.clone()).collect::<Vec<_>>(),
        changes.iter().map(|c| c.verb.to_uppercase()).collect::<Vec<_>>(),
        changes.iter().map(|c| diff(&c.before, &c.after)).collect::<Vec<_>>(),
    )
}

/// `{"field": {"before": …, "after": …}}` of the fields that differ, personal data masked. Bookkeeping fields are left out.
pub fn diff(before: &Value, after: &Value) -> Value {
    let empty = Map::new();
    let (b, a) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let mut fields: Vec<&String> = b.keys().chain(a.keys()).collect();
    fields.sort();
    fields.dedup();
    let differing = fields.into_iter().filter(|f| !matches!(f.as_str(), "updatedAt" | "updatedBy")).filter_map(|field| {
        let (old, new) = (b.get(field).unwrap_or(&Value::Null), a.get(field).unwrap_or(&Value::Null));
        let pair = || json!({ "before": mask(field, old, false), "after": mask(field, new, false) });
        (old != new).then(|| (field.clone(), pair()))
    });
    Value::Object(differing.collect())
}

/// The value with the personal data in it masked.
pub fn masked(value: &Value) -> Value {
    mask("", value, false)
}

fn mask(key: &str, value: &Value, inside: bool) -> Value {
    let personal = inside || PERSONAL.contains(&key);
    match value {
        Value::Object(map) => Value::Object(map.iter().map(|(k, v)| (k.clone(), mask(k, v, personal))).collect()),
        Value::Array(items) => Value::Array(items.iter().map(|v| mask(key, v, personal)).collect()),
        Value::String(text) if personal => Value::String(text.chars().next().map(|c| format!("{c}•••")).unwrap_or_default()),
        Value::Number(_) if personal => Value::String("•••".into()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_data_is_masked_at_every_depth() {
        let before = json!({"status": "HOLD", "primaryGuestJson": {"firstName": "Ada", "more": [{"x": "12 High St", "n": 7}]}, "updatedAt": 1});
        let after = json!({"status": "CONFIRMED", "primaryGuestJson": {"firstName": "Grace"}, "list": [{"email": "a@b.c"}], "updatedAt": 2});
        let text = diff(&before, &after).to_string();
        for secret in ["Ada", "Grace", "High", "a@b.c", ":7"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.contains("CONFIRMED") && !text.contains("updatedAt"));
    }

    #[test]
    fn only_what_differs_is_kept() {
        assert_eq!(diff(&json!({"a": 1, "b": 2}), &json!({"a": 1, "b": 3})), json!({"b": {"before": 2, "after": 3}}));
    }
}
