use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use crate::{
    call,
    db::{Call, Reply, Result},
    http::{
        AppState, May, Page, Query, cut, page, page_of,
        permission::{ReservationsView, UsersManage},
    },
    kernel::{EventId, PropertyId, Refusal, TenantId, page::cursor_of},
};

crate::sql! {
    EVENTS_AFTER = "
        select * from pms_outbox
        where tenant_id = $1 and sequence > $2 and ($3::text[] is null or property_id = any($3))
          and ($4::text[] is null or event_type = any($4))
          and ($5 or entity_type <> all ('{USER,API_KEY,SESSION,TENANT}'))
        order by sequence limit $6";
    LAST_EVENT = "
        select coalesce(max(value), 0) as sequence from pms_counters where tenant_id = $1 and name = 'events'";
}

/// Types that one query may name.
const MAX_TYPES: usize = 50;

/// Something that happened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Grows by one with each event of the tenant.
    pub sequence: i64,
    pub id: EventId,
    /// `pms.<entity>.<verb>.v1`
    pub event_type: String,
    pub entity_type: String,
    pub entity_id: String,
    /// Null for what belongs to the tenant, such as a user.
    pub property_id: Option<PropertyId>,
    /// The entity after the change, the fields that changed, and who changed them; personal data is masked.
    #[schema(value_type = Object)]
    pub payload_json: Value,
    #[schema(value_type = String, format = DateTime)]
    pub occurred_at: Timestamp,
    pub correlation_id: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `meta.cursor` of the answer before; from the first event on when absent.
    cursor: Option<String>,
    /// Only what belongs to this property.
    property_id: Option<PropertyId>,
    /// Only these types, with commas: `pms.reservation.created.v1,pms.room.changed.v1`.
    #[param(max_length = 2000)]
    types: Option<String>,
}

/// The events of the tenant in their order.
///
/// The cursor is answered always, also of the last page: ask with it again later.
//
// Whoever may see reservations may see what the events tell, for reservations are what is most private in them, and their
// personal data is masked; a program that only listens then needs no manager's key. Events of users, sessions and API keys are
// the exception: they are for those who manage them.
#[utoipa::path(get, path = "/events", tag = "events", params(FeedQuery),
    responses((status = 200, description = "A page of events, oldest first.", body = Page<Event>)))]
pub async fn feed(State(app): State<AppState>, actor: May<ReservationsView>, Query(query): Query<FeedQuery>) -> Result<Reply> {
    let properties = match query.property_id {
        Some(property) => {
            actor.sees(property)?;
            Some(vec![property])
        }
        None => actor.property_filter(),
    };
    let types: Option<Vec<String>> = query.types.map(|t| t.split(',').map(|t| t.trim().to_string()).collect());
    if types.as_ref().is_some_and(|t| t.len() > MAX_TYPES || t.iter().any(String::is_empty)) {
        return Err(Refusal::invalid("types", "must be 1 to 50 types of events with commas between them").into());
    }
    let (limit, seen) = page_of::<i64>(query.limit, query.cursor.as_deref())?;
    let seen = seen.unwrap_or(0);

    let events = call!(EVENTS_AFTER, actor.tenant, seen, properties, types, actor.may::<UsersManage>(), limit + 1);
    let rows = app.store.read(actor.tenant, vec![events, last_event(actor.tenant)]).await?;

    let mut events: Vec<Event> = rows[0].iter().map(event_of).collect();
    let mut meta = cut(&mut events, limit, |e| e.sequence);
    if !meta.has_more {
        // All up to the newest was looked at, though not all of it was asked for.
        meta.cursor = Some(cursor_of(&seen.max(sequence_of(&rows[1]))));
    }
    Ok(page(&events, &meta))
}

/// The call that reads the number of the newest event.
pub(super) fn last_event(tenant: TenantId) -> Call {
    call!(LAST_EVENT, tenant)
}

pub(super) fn sequence_of(rows: &[Row]) -> i64 {
    rows.first().map_or(0, |row| row.get("sequence"))
}

fn event_of(row: &Row) -> Event {
    Event {
        sequence: row.get("sequence"),
        id: row.get("id"),
        event_type: row.get("event_type"),
        entity_type: row.get("entity_type"),
        entity_id: row.get("entity_id"),
        property_id: row.get("property_id"),
        payload_json: row.get("payload_json"),
        occurred_at: row.get("occurred_at"),
        correlation_id: row.get("correlation_id"),
    }
}
