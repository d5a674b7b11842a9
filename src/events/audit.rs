use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;
use ulid::Ulid;
use utoipa::{IntoParams, ToSchema};

use crate::{
    call,
    db::Result,
    http::{AppState, May, Page, Query, cut, page, permission::AuditView},
    kernel::{AuditId, Faults, PropertyId, ReservationId},
    reports::file::{self, Columns, Format},
};

/// A page with the names that people know its rows by, as they are now. Each of them is read by its key.
macro_rules! named {
    ($page:literal, $order:literal) => {
        concat!(
            "
        with page as materialized (",
            $page,
            "
        )
        select page.*, coalesce(u.display_name, k.name) as actor_name, r.id as reservation_id,
          case
            when r.id is not null then concat_ws(' · ', r.primary_guest_json ->> 'lastName', stay_room.room_number, r.confirmation_number)
            when room.room_number is not null then room.room_number
            when page.entity_type = 'DAY_CLOSE' then page.entity_id
            else own.name
          end as entity_name
        from page
        left join pms_users u on u.tenant_id = $1 and u.id = page.actor_user_id
        left join pms_api_keys k on k.tenant_id = $1 and k.id = page.actor_user_id
        cross join lateral (select
          case page.entity_type
            when 'RESERVATION' then page.entity_id
            when 'FOLIO' then (select reservation_id from pms_folios where tenant_id = $1 and id = page.entity_id)
            when 'PAYMENT_INTENT' then (
              select f.reservation_id from pms_payment_intents i join pms_folios f on f.tenant_id = $1 and f.id = i.folio_id
              where i.tenant_id = $1 and i.id = page.entity_id)
          end as stay,
          case page.entity_type
            when 'ROOM' then page.entity_id
            when 'ROOM_BLOCK' then (select room_id from pms_room_blocks where tenant_id = $1 and id = page.entity_id)
            when 'HOUSEKEEPING_ASSIGNMENT' then (
              select room_id from pms_housekeeping_assignments where tenant_id = $1 and id = page.entity_id)
            when 'ROOM_SIGHTING' then (select room_id from pms_room_sightings where tenant_id = $1 and id = page.entity_id)
          end as room,
          case page.entity_type
            when 'FOLIO' then (select name from pms_folios where tenant_id = $1 and id = page.entity_id)
            when 'GUEST' then (
              select concat_ws(' ', first_name, last_name) from pms_guests where tenant_id = $1 and id = page.entity_id)
            when 'ROOM_TYPE' then (select code from pms_room_types where tenant_id = $1 and id = page.entity_id)
            when 'RATE_PLAN' then (select code from pms_rate_plans where tenant_id = $1 and id = page.entity_id)
            when 'PACKAGE' then (select code from pms_packages where tenant_id = $1 and id = page.entity_id)
            when 'TAX_RULE' then (select code from pms_tax_rules where tenant_id = $1 and id = page.entity_id)
            when 'POLICY' then (select code from pms_policies where tenant_id = $1 and id = page.entity_id)
            when 'PROPERTY' then (select name from pms_properties where tenant_id = $1 and id = page.entity_id)
            when 'USER' then (select display_name from pms_users where tenant_id = $1 and id = page.entity_id)
            when 'API_KEY' then (select name from pms_api_keys where tenant_id = $1 and id = page.entity_id)
          end as name
        ) own
        left join pms_reservations r on r.tenant_id = $1 and r.id = own.stay
        left join pms_rooms stay_room on stay_room.tenant_id = $1 and stay_room.id = r.room_id
        left join pms_rooms room on room.tenant_id = $1 and room.id = own.room
        order by ",
            $order
        )
    };
}

crate::sql! {
    AUDIT_OF_ONE = named!("
          select * from pms_audit_log
          where tenant_id = $1 and ($2::text is null or entity_type = $2) and ($3::text is null or entity_id = $3)
            and ($4::text is null or actor_user_id = $4) and ($5::text[] is null or property_id = any($5))
            and ($6::timestamptz is null or (occurred_at, id) < ($6, $7)) and ($8::text is null or id >= $8) and ($9::text is null or id < $9)
          order by occurred_at desc, id desc limit $10", "page.occurred_at desc, page.id desc");
    /// Of everything, by id: an id begins with its time, and there is an index.
    AUDIT_OF_ALL = named!("
          select * from pms_audit_log
          where tenant_id = $1 and ($2::text is null or entity_type = $2) and ($3::text[] is null or property_id = any($3))
            and ($4::text is null or id < $4) and ($5::text is null or id >= $5)
          order by id desc limit $6", "page.id desc");
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
    /// The name of the user or the key; null for `system`.
    pub actor_name: Option<String>,
    /// RESERVATION, ROOM, GUEST, …
    pub entity_type: String,
    pub entity_id: String,
    /// What people know it by, as it is now: guest, room and confirmation number of a stay, the number of a room, the code of a plan.
    pub entity_name: Option<String>,
    /// The stay that it is, or that its folio is of.
    pub reservation_id: Option<ReservationId>,
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
    /// 1 to 100, and 50 when absent; of a file 1 to 10000, and 10000 when absent.
    #[param(minimum = 1, maximum = 10000)]
    limit: Option<i64>,
    /// `meta.cursor` of the page before; of a file, its header `X-Next-Cursor`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
    /// As `Accept` says when absent.
    #[param(inline)]
    format: Option<Format>,
}

/// A change as a row of a file.
#[derive(Serialize)]
struct AuditLine<'a> {
    id: AuditId,
    occurred_at: Timestamp,
    property_id: Option<PropertyId>,
    actor_user_id: &'a str,
    actor_name: Option<&'a str>,
    entity_type: &'a str,
    entity_id: &'a str,
    entity_name: Option<&'a str>,
    action: &'a str,
    diff_json: String,
    correlation_id: Option<&'a str>,
}

impl Columns for AuditLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "occurredAt",
        "propertyId",
        "actorUserId",
        "actorName",
        "entityType",
        "entityId",
        "entityName",
        "action",
        "diffJson",
        "correlationId",
    ];
}

impl AuditEntry {
    fn line(&self) -> AuditLine<'_> {
        AuditLine {
            id: self.id,
            occurred_at: self.occurred_at,
            property_id: self.property_id,
            actor_user_id: &self.actor_user_id,
            actor_name: self.actor_name.as_deref(),
            entity_type: &self.entity_type,
            entity_id: &self.entity_id,
            entity_name: self.entity_name.as_deref(),
            action: &self.action,
            diff_json: self.diff_json.to_string(),
            correlation_id: self.correlation_id.as_deref(),
        }
    }
}

/// The audit trail, newest first: of one entity, of one actor, or of everything.
#[utoipa::path(get, path = "/audit", tag = "events", params(AuditQuery),
    responses((status = 200, description = "A page of changes.", content((Page<AuditEntry> = "application/json"), (String = "text/csv")))))]
pub async fn audit(
    State(app): State<AppState>,
    actor: May<AuditView>,
    headers: HeaderMap,
    Query(query): Query<AuditQuery>,
) -> Result<Response> {
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
    let format = Format::wanted(query.format, &headers);
    let (limit, after) = file::page_of::<(Timestamp, AuditId)>(format, query.limit, query.cursor.as_deref())?;
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
    let lines: Vec<AuditLine> = match format {
        Format::Json => Vec::new(),
        Format::Csv => entries.iter().map(AuditEntry::line).collect(),
    };
    file::page_without_money(format, "audit", &lines, meta.cursor.as_deref(), || page(&entries, &meta))
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
        actor_name: row.get("actor_name"),
        entity_type: row.get("entity_type"),
        entity_id: row.get("entity_id"),
        entity_name: row.get("entity_name"),
        reservation_id: row.get("reservation_id"),
        action: row.get("action"),
        diff_json: row.get("diff_json"),
        occurred_at: row.get("occurred_at"),
        correlation_id: row.get("correlation_id"),
    }
}
