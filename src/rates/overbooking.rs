//! How many stays more than rooms a type may take, and the whole house: by night, and where no night says otherwise always.

use std::collections::HashMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio_postgres::Row;
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
    HOUSE_LIMITS_OF_RANGE = "
        select night, rooms from pms_house_overbooking_limits
        where tenant_id = $1 and property_id = $2 and night >= $3 and night < $4 order by night";
    SET_HOUSE_LIMITS = "
        insert into pms_house_overbooking_limits (tenant_id, property_id, night, rooms, updated_at, updated_by)
        select p.tenant_id, p.id, n.night, $4, $5, $6
        from pms_properties p, unnest($3::date[]) as n (night) where p.tenant_id = $1 and p.id = $2
        on conflict (tenant_id, property_id, night) do update
          set rooms = excluded.rooms, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    CLEAR_HOUSE_LIMITS = "
        delete from pms_house_overbooking_limits where tenant_id = $1 and property_id = $2 and night >= $3 and night < $4";
    STANDING_LIMITS = "
        select id, overbooking_limit from pms_room_types
        where tenant_id = $1 and property_id = $2 and is_active order by sort_order, code";
    DATED_LIMITS = "
        select room_type_id, night, rooms from pms_overbooking_limits
        where tenant_id = $1 and property_id = $2 and night >= $3 and night < $4";
}

/// The limit of a range of nights, of a type or of the whole house.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OverbookingRange {
    /// Or `propertyId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub room_type_id: Option<RoomTypeId>,
    /// Of the whole house: all its types together take no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub property_id: Option<PropertyId>,
    pub start_date: Day,
    /// Exclusive, at most 1100 days after `startDate`.
    pub end_date: Day,
    /// How many stays more than rooms each night takes; null lets the standing limit count again.
    #[serde(deserialize_with = "given")]
    #[schema(required = true, minimum = 0, maximum = 10_000)]
    pub rooms: Option<i32>,
}

/// Sets how many stays more than rooms a type, or the house, may take on a range of nights.
#[utoipa::path(put, path = "/overbooking-limits", tag = "rates", request_body = OverbookingRange,
    responses((status = 200, description = "What was set.", body = Data<OverbookingRange>)))]
pub async fn set(State(app): State<AppState>, actor: May<RatesManage>, write: Write<OverbookingRange>) -> Result<Reply> {
    let range = write.body;
    let mut faults = Faults::default();
    check_range(&mut faults, range.start_date, range.end_date);
    if let Some(rooms) = range.rooms {
        faults.range("rooms", rooms, 0, 10_000);
    }
    if range.room_type_id.is_some() == range.property_id.is_some() {
        faults.add("roomTypeId", "or propertyId is required, and only one of them");
    }
    faults.finish()?;
    if let Some(property) = range.property_id {
        actor.sees(property)?;
    }

    let mut op = app.begin(&actor, write.key).await?;
    match (range.room_type_id, range.property_id) {
        (Some(room_type), _) => {
            let rows = op.query(room_type::lock(op.tenant(), vec![room_type])).await?;
            let room_type = room_type::found(&rows).map_err(|_| Refusal::invalid("roomTypeId", "does not exist"))?;
            actor.sees(room_type.property_id)?;
            set_of_type(&mut op, &room_type, &range).await?;
        }
        (None, Some(property)) => set_of_house(&mut op, property, &range).await?,
        (None, None) => {}
    }

    op.commit(200, &range).await
}

/// The operation holds the lock of the room type.
async fn set_of_type(op: &mut Op, room_type: &RoomType, range: &OverbookingRange) -> Result<()> {
    let (tenant, id, from, to) = (op.tenant(), room_type.id, range.start_date, range.end_date);
    let old = spans(&op.query(call!(LIMITS_OF_RANGE, tenant, id, from, to)).await?);
    op.write(match range.rooms {
        Some(rooms) => call!(SET_LIMITS, tenant, id, from.until(to).collect::<Vec<Day>>(), rooms, op.now, op.actor()),
        None => call!(CLEAR_LIMITS, tenant, id, from, to),
    });
    let [before, after] = [told(&old), told(&new_spans(range))];
    op.record(Change::changed(room_type.property_id, "room_type", id, "overbooking_set", &before, &after));
    Ok(())
}

async fn set_of_house(op: &mut Op, id: PropertyId, range: &OverbookingRange) -> Result<()> {
    let (tenant, from, to) = (op.tenant(), range.start_date, range.end_date);
    properties::model::lock_house(op, id).await?;
    properties::model::load(op, id).await.map_err(|_| Refusal::invalid("propertyId", "does not exist"))?;
    let old = spans(&op.query(call!(HOUSE_LIMITS_OF_RANGE, tenant, id, from, to)).await?);
    op.write(match range.rooms {
        Some(rooms) => call!(SET_HOUSE_LIMITS, tenant, id, from.until(to).collect::<Vec<Day>>(), rooms, op.now, op.actor()),
        None => call!(CLEAR_HOUSE_LIMITS, tenant, id, from, to),
    });
    let [before, after] = [told(&old), told(&new_spans(range))];
    op.record(Change::changed(id, "property", id, "overbooking_set", &before, &after));
    Ok(())
}

fn spans(nights: &[Row]) -> Vec<Span<i32>> {
    joined(nights.iter().map(|row| {
        let night: Day = row.get("night");
        Span { from: night, to: night.plus(1), value: row.get::<_, i32>("rooms") }
    }))
}

fn new_spans(range: &OverbookingRange) -> Vec<Span<i32>> {
    let (from, to) = (range.start_date, range.end_date);
    range.rooms.map(|value| Span { from, to, value }).into_iter().collect()
}

fn told(spans: &[Span<i32>]) -> Value {
    let ranges = spans.iter().map(|s| json!({ "startDate": s.from, "endDate": s.to, "rooms": s.value }));
    json!({ "overbookingLimits": ranges.collect::<Vec<_>>() })
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
    /// Null: the whole house.
    room_type_id: Option<RoomTypeId>,
    /// Null: the house has no limit.
    rooms: Option<i32>,
    /// The night has a limit of its own; otherwise it is the standing one.
    is_dated: bool,
}

/// The overbooking limits of a property and of its active types, night by night.
#[utoipa::path(get, path = "/overbooking-limits", tag = "rates", params(OverbookingQuery),
    responses((status = 200, description = "Each night of the house, then of each type.", body = Data<Vec<OverbookingNight>>)))]
pub async fn read(State(app): State<AppState>, actor: May<RatesView>, Query(query): Query<OverbookingQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let end = window_end(query.start, query.days)?;

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(STANDING_LIMITS, actor.tenant, query.property_id),
        call!(DATED_LIMITS, actor.tenant, query.property_id, query.start, end),
        call!(HOUSE_LIMITS_OF_RANGE, actor.tenant, query.property_id, query.start, end),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let of_house: HashMap<Day, i32> = rows[3].iter().map(|row| (row.get("night"), row.get("rooms"))).collect();
    let dated: HashMap<(RoomTypeId, Day), i32> =
        rows[2].iter().map(|row| ((row.get("room_type_id"), row.get("night")), row.get("rooms"))).collect();
    let night = |room_type_id, date, standing: Option<i32>, own: Option<i32>| OverbookingNight {
        date,
        room_type_id,
        rooms: own.or(standing),
        is_dated: own.is_some(),
    };
    let house = |date: Day| night(None, date, property.overbooking_limit, of_house.get(&date).copied());
    let mut nights: Vec<OverbookingNight> = query.start.until(end).map(house).collect();
    for row in &rows[1] {
        let (room_type_id, standing): (RoomTypeId, i32) = (row.get("id"), row.get("overbooking_limit"));
        let of_type = |date: Day| night(Some(room_type_id), date, Some(standing), dated.get(&(room_type_id, date)).copied());
        nights.extend(query.start.until(end).map(of_type));
    }
    Ok(data(&nights))
}
