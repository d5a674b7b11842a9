//! How many stays more than rooms a type may take: by night, and where no night says otherwise by the type.

use std::collections::HashMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::nights::{Span, check_range, given, joined, window_end};
use crate::{
    call,
    db::{Reply, Result},
    http::{
        AppState, Data, May, Query, Write, data,
        permission::{RatesManage, RatesView},
    },
    kernel::{Day, Faults, PropertyId, Refusal, RoomTypeId},
    op::{Change, Op},
    properties,
    rooms::room_type::{self, RoomType},
};

crate::sql! {
    LIMITS_OF_RANGE = "
        select night, rooms from pms_overbooking_limits
        where tenant_id = $1 and room_type_id = $2 and night >= $3 and night < $4 order by night";
    SET_LIMITS = "
        insert into pms_overbooking_limits (tenant_id, property_id, room_type_id, night, rooms, updated_at, updated_by)
        select t.tenant_id, t.property_id, t.id, n.night, $4, $5, $6
        from pms_room_types t, unnest($3::date[]) as n (night) where t.tenant_id = $1 and t.id = $2
        on conflict (tenant_id, room_type_id, night) do update
          set rooms = excluded.rooms, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    CLEAR_LIMITS = "
        delete from pms_overbooking_limits where tenant_id = $1 and room_type_id = $2 and night >= $3 and night < $4";
    STANDING_LIMITS = "
        select id, overbooking_limit from pms_room_types
        where tenant_id = $1 and property_id = $2 and is_active order by sort_order, code";
    DATED_LIMITS = "
        select room_type_id, night, rooms from pms_overbooking_limits
        where tenant_id = $1 and property_id = $2 and night >= $3 and night < $4";
}

/// The limit of a range of nights.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OverbookingRange {
    pub room_type_id: RoomTypeId,
    pub start_date: Day,
    /// Exclusive, at most 1100 days after `startDate`.
    pub end_date: Day,
    /// How many stays more than rooms each night takes; null lets the standing limit of the type count again.
    #[serde(deserialize_with = "given")]
    #[schema(required = true, minimum = 0, maximum = 10_000)]
    pub rooms: Option<i32>,
}

/// Sets how many stays more than rooms a type may take on a range of nights.
#[utoipa::path(put, path = "/overbooking-limits", tag = "rates", request_body = OverbookingRange,
    responses((status = 200, description = "What was set.", body = Data<OverbookingRange>)))]
pub async fn set(State(app): State<AppState>, actor: May<RatesManage>, write: Write<OverbookingRange>) -> Result<Reply> {
    let range = write.body;
    let mut faults = Faults::default();
    check_range(&mut faults, range.start_date, range.end_date);
    if let Some(rooms) = range.rooms {
        faults.range("rooms", rooms, 0, 10_000);
    }
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let rows = op.query(room_type::lock(op.tenant(), vec![range.room_type_id])).await?;
    let room_type = room_type::found(&rows).map_err(|_| Refusal::invalid("roomTypeId", "does not exist"))?;
    actor.sees(room_type.property_id)?;
    set_in(&mut op, &room_type, &range).await?;

    op.commit(200, &range).await
}

/// The use case itself, joined to an operation that holds the lock of the room type.
pub async fn set_in(op: &mut Op, room_type: &RoomType, range: &OverbookingRange) -> Result<()> {
    let (from, to) = (range.start_date, range.end_date);
    let rows = op.query(call!(LIMITS_OF_RANGE, op.tenant(), room_type.id, from, to)).await?;
    let old = joined(rows.iter().map(|row| {
        let night: Day = row.get("night");
        Span { from: night, to: night.plus(1), value: row.get::<_, i32>("rooms") }
    }));
    let new: Vec<Span<i32>> = range.rooms.map(|value| Span { from, to, value }).into_iter().collect();

    op.write(match range.rooms {
        Some(rooms) => {
            let nights: Vec<Day> = from.until(to).collect();
            call!(SET_LIMITS, op.tenant(), room_type.id, nights, rooms, op.now, op.actor())
        }
        None => call!(CLEAR_LIMITS, op.tenant(), room_type.id, from, to),
    });
    let limits = |spans: &[Span<i32>]| {
        let ranges = spans.iter().map(|s| json!({ "startDate": s.from, "endDate": s.to, "rooms": s.value }));
        json!({ "overbookingLimits": ranges.collect::<Vec<_>>() })
    };
    let change = (limits(&old), limits(&new));
    op.record(Change::changed(room_type.property_id, "room_type", room_type.id, "overbooking_set", &change.0, &change.1));
    Ok(())
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OverbookingQuery {
    property_id: PropertyId,
    start: Day,
    #[param(minimum = 1, maximum = 400)]
    days: i32,
}

/// The limit of one night.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OverbookingNight {
    date: Day,
    room_type_id: RoomTypeId,
    rooms: i32,
    /// The night has a limit of its own; otherwise it is the standing one of the type.
    is_dated: bool,
}

/// The overbooking limits of the active types of a property, night by night.
#[utoipa::path(get, path = "/overbooking-limits", tag = "rates", params(OverbookingQuery),
    responses((status = 200, description = "Each night of each type.", body = Data<Vec<OverbookingNight>>)))]
pub async fn read(State(app): State<AppState>, actor: May<RatesView>, Query(query): Query<OverbookingQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let end = window_end(query.start, query.days)?;

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(STANDING_LIMITS, actor.tenant, query.property_id),
        call!(DATED_LIMITS, actor.tenant, query.property_id, query.start, end),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let dated: HashMap<(RoomTypeId, Day), i32> =
        rows[2].iter().map(|row| ((row.get("room_type_id"), row.get("night")), row.get("rooms"))).collect();
    let mut nights = Vec::new();
    for row in &rows[1] {
        let (room_type_id, standing): (RoomTypeId, i32) = (row.get("id"), row.get("overbooking_limit"));
        nights.extend(query.start.until(end).map(|date| {
            let own = dated.get(&(room_type_id, date)).copied();
            OverbookingNight { date, room_type_id, rooms: own.unwrap_or(standing), is_dated: own.is_some() }
        }));
    }
    Ok(data(&nights))
}
