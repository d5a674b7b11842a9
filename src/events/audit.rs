use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;
use ulid::Ulid;
use utoipa::{IntoParams, ToSchema};

use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, May, Page, Query, cut, page, page_of, permission::AuditView},
    kernel::{AuditId, Faults, PropertyId},
};

crate::sql! {
    AUDIT_OF_ONE = "
        select * from pms_audit_log
        where tenant_id = $1 and ($2::text is null or entity_type = $2) and ($3::text is null or entity_id = $3)
          and ($4::text is null or actor_user_id = $4) and ($5::text[] is null or property_id = any($5))
          and ($6::timestamptz is null or (occurred_at, id) < ($6, $7)) and ($8::text is null or id >= $8) and ($9::text is null or id < $9)
        order by occurred_at desc, id desc limit $10";
    /// Of everything, by id: an id begins with its time, and there is an index.
    AUDIT_OF_ALL = "
        select * from pms_audit_log
        where tenant_id = $1 and ($2::text is null or entity_type = $2) and ($3::text[] is null or property_id = any($3))
          and ($4::text is null or id < $4) and ($5::text is null or id >= $5)
        order by id desc limit $6";
}

/// One change: who changed which fields of what.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    pub id: AuditId,
    /// Null for what belongs to the tenant, such as a user.
    pub property_id: Option<PropertyId>,
    /// A user, an API key, or `system`.
    pub actor_user_id: String,
    /// RESERVATION, ROOM, GUEST, …
    pub entity_type: String,
    pub entity_id: String,
    /// CREATED, CHANGED, CHECKED_IN, …
    pub action: String,
    /// `{"field": {"before": …, "after": …}}` of the fields that changed; personal data is masked.
    #[schema(value_type = Object)]
    pub diff_json: Value,
    #[schema(value_type = String, format = DateTime)]
    pub occurred_at: Timestamp,
    pub correlation_id: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// RESERVATION, ROOM, GUEST, …
    #[param(max_length = 50)]
    entity_type: Option<String>,
    /// Goes with `entityType`.
    #[param(max_length = 100)]
    entity_id: Option<String>,
    /// What belongs to one property; without it, also what belongs to the tenant.
    property_id: Option<PropertyId>,
    /// The id of a user or an API key, or `system`.
    #[param(max_length = 100)]
    actor: Option<String>,
    /// What happened then or later.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// What happened before then.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    cursor: Option<String>,
}

/// The audit trail, newest first: of one entity, of one actor, or of everything.
#[utoipa::path(get, path = "/audit", tag = "events", params(AuditQuery),
    responses((status = 200, description = "A page of changes.", body = Page<AuditEntry>)))]
pub async fn audit(State(app): State<AppState>, actor: May<AuditView>, Query(query): Query<AuditQuery>) -> Result<Reply> {
    let properties = match query.property_id {
        Some(property) => {
            actor.sees(property)?;
            Some(vec![property])
        }
        None => actor.property_filter(),
    };
    let mut faults = Faults::default();
    if query.entity_id.is_some() && query.entity_type.is_none() {
        faults.add("entityType", "is required with entityId");
    }
    if query.from.is_some_and(|from| query.to.is_some_and(|to| to <= from)) {
        faults.add("to", "must be after from");
    }
    faults.finish()?;
    let (limit, after) = page_of::<(Timestamp, AuditId)>(query.limit, query.cursor.as_deref())?;
    let (at, id) = after.unzip();
    let kind = query.entity_type.map(|kind| kind.to_uppercase());

    let (oldest, newest) = (query.from.map(first_id), query.to.map(first_id));
    let call = if query.entity_id.is_some() || query.actor.is_some() {
        call!(AUDIT_OF_ONE, actor.tenant, kind, query.entity_id, query.actor, properties, at, id, oldest, newest, limit + 1)
    } else {
        let before = [id, newest].into_iter().flatten().min();
        call!(AUDIT_OF_ALL, actor.tenant, kind, properties, before, oldest, limit + 1)
    };
    let rows = app.store.read(actor.tenant, vec![call.fitted()]).await?;

    let mut entries: Vec<AuditEntry> = rows[0].iter().map(entry_of).collect();
    let meta = cut(&mut entries, limit, |e| (e.occurred_at, e.id));
    Ok(page(&entries, &meta))
}

/// Ids begin with their time: the least one of a moment.
fn first_id(at: Timestamp) -> AuditId {
    AuditId(Ulid::from_parts(u64::try_from(at.as_millisecond()).unwrap_or(0), 0))
}

fn entry_of(row: &Row) -> AuditEntry {
    AuditEntry {
        id: row.get("id"),
        property_id: row.get("property_id"),
        actor_user_id: row.get("actor_user_id"),
        entity_type: row.get("entity_type"),
        entity_id: row.get("entity_id"),
        action: row.get("action"),
        diff_json: row.get("diff_json"),
        occurred_at: row.get("occurred_at"),
        correlation_id: row.get("correlation_id"),
    }
}
