//! What can be sold: by type and night, and by room.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::{Counts, count, facts::BlockKind};
use crate::{
    call,
    db::{Call, Reply, Result},
    http::{AppState, Data, May, Query, data, permission::RoomsView},
    kernel::{Day, Faults, PropertyId, Refusal, ReservationId, RoomId, RoomTypeId, Stay, TenantId},
    properties,
    rooms::{
        model::RoomStatus,
        wishes::{self, UnmetWishes, Wishes},
    },
};

crate::sql! {
    TYPES_OF = "
        select id, code, name from pms_room_types
        where tenant_id = $1 and property_id = $2 and is_active and ($3::text is null or id = $3) order by sort_order, code";
    /// Rooms without a block in these nights, but for those of one stay: clean ones first, then dirty ones, and last those that
    /// somebody is still in.
    FREE_ROOMS = "
        select r.id, r.room_number, r.floor, r.features_json from pms_rooms r
        where r.tenant_id = $1 and r.property_id = $2 and ($3::text is null or r.room_type_id = $3) and r.is_active
          and (r.opened_on is null or r.opened_on <= $4)
          and not exists (select from pms_room_blocks b where b.tenant_id = $1 and b.property_id = $2 and b.room_id = r.id
                and b.start_date > $4 and b.start_date < $5 and ($6::text is null or b.reservation_id is distinct from $6))
          and not coalesce((select b.end_date > $4 from pms_room_blocks b
                where b.tenant_id = $1 and b.property_id = $2 and b.room_id = r.id and b.start_date <= $4
                  and ($6::text is null or b.reservation_id is distinct from $6)
                order by b.start_date desc limit 1), false)
        order by array_position(array['VACANT_CLEAN', 'VACANT_DIRTY', 'OCCUPIED', 'OUT_OF_ORDER'], r.status), r.room_number, r.id";
    /// Every room with the first block in the way.
    ROOMS_WITH_OBSTACLE = "
        select r.id, r.room_number, r.room_type_id, r.floor, r.status, r.features_json, b.block_type, b.start_date, b.end_date, b.reservation_id
        from pms_rooms r left join lateral (
          select * from (
            (select block_type, start_date, end_date, reservation_id from pms_room_blocks
             where tenant_id = $1 and property_id = $2 and room_id = r.id and start_date <= $4 order by start_date desc limit 1)
            union all
            (select block_type, start_date, end_date, reservation_id from pms_room_blocks
             where tenant_id = $1 and property_id = $2 and room_id = r.id and start_date > $4 and start_date < $5
             order by start_date limit 1)
          ) near where end_date > $4 order by start_date limit 1
        ) b on true
        where r.tenant_id = $1 and r.property_id = $2 and ($3::text is null or r.room_type_id = $3) and r.is_active
          and (r.opened_on is null or r.opened_on <= $4)
        order by b.start_date is not null, array_position(array['VACANT_CLEAN', 'VACANT_DIRTY', 'OCCUPIED', 'OUT_OF_ORDER'], r.status),
          r.room_number, r.id";
}

/// Rooms that are free on all nights, the best first; rooms of the stay `but` count as free.
pub fn free_rooms(
    tenant: TenantId,
    property: PropertyId,
    room_type: Option<RoomTypeId>,
    stay: Stay,
    but: Option<ReservationId>,
) -> Call {
    call!(FREE_ROOMS, tenant, property, room_type, stay.from, stay.to, but)
}

/// Of the rooms that [`free_rooms`] found, those that are as they must be.
pub fn as_wished(free: &[Row], wishes: &Wishes) -> Vec<RoomId> {
    free.iter().filter(|row| lacks(row, wishes).is_empty()).map(|row| row.get("id")).collect()
}

/// The others, with the reason.
pub fn not_as_wished(free: &[Row], wishes: &Wishes) -> Vec<UnmetWishes> {
    let unmet =
        |row: &Row| UnmetWishes { room_id: row.get("id"), room_number: row.get("room_number"), lacks: lacks(row, wishes) };
    free.iter().map(unmet).filter(|unmet| !unmet.lacks.is_empty()).collect()
}

fn lacks(row: &Row, wishes: &Wishes) -> Vec<String> {
    wishes.lacks(row.get("floor"), row.get::<_, Option<serde_json::Value>>("features_json").as_ref())
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AvailabilityQuery {
    property_id: PropertyId,
    /// First night.
    start: Day,
    /// How many nights, 1 to 400.
    #[param(minimum = 1, maximum = 400)]
    days: i32,
    room_type_id: Option<RoomTypeId>,
}

/// A room type, night by night.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypeAvailability {
    room_type_id: RoomTypeId,
    code: String,
    name: String,
    nights: Vec<NightAvailability>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NightAvailability {
    date: Day,
    /// What can still be booked: rooms − assigned − unassigned − offMarket + overbooking, and no more than `house`. Negative when more
    /// is booked.
    available: i64,
    rooms: i64,
    assigned: i64,
    unassigned: i64,
    off_market: i64,
    overbooking: i64,
    /// What the house takes of all its types together; null: it has no limit.
    house: Option<i64>,
}

/// The window that a query asks for.
///
/// Errors: `days` outside 1 to 400.
pub fn window(start: Day, days: i32) -> Result<Stay, Refusal> {
    let mut faults = Faults::default();
    faults.range("days", days, 1, 400);
    if faults.is_empty() && start.plus(days) == start {
        faults.add("start", "is the last day there is");
    }
    faults.finish()?;
    Ok(Stay { from: start, to: start.plus(days) })
}

/// What is left of each type on each night.
#[utoipa::path(get, path = "/availability", tag = "availability", params(AvailabilityQuery),
    responses((status = 200, description = "Each type with its nights.", body = Data<Vec<TypeAvailability>>)))]
pub async fn by_type(
    State(app): State<AppState>,
    actor: May<RoomsView>,
    Query(query): Query<AvailabilityQuery>,
) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let window = window(query.start, query.days)?;

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(TYPES_OF, actor.tenant, query.property_id, query.room_type_id),
        count::call(actor.tenant, query.property_id, Vec::new(), query.room_type_id.map(|id| vec![id]), window),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;
    properties::model::found(&rows[0])?;
    let counts = Counts::from_rows(window, &rows[2]);

    let types: Vec<TypeAvailability> = rows[1]
        .iter()
        .map(|row| TypeAvailability {
            room_type_id: row.get("id"),
            code: row.get("code"),
            name: row.get("name"),
            nights: counts
                .nights(row.get("id"))
                .map(|(date, n)| NightAvailability {
                    date,
                    available: n.available(),
                    rooms: n.rooms,
                    assigned: n.assigned,
                    unassigned: n.unassigned,
                    off_market: n.off_market,
                    overbooking: n.overbooking,
                    house: n.house,
                })
                .collect(),
        })
        .collect();
    Ok(data(&types))
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoomsQuery {
    property_id: PropertyId,
    check_in_date: Day,
    /// The day of departure; not a night.
    check_out_date: Day,
    room_type_id: Option<RoomTypeId>,
    /// Only the rooms that are free.
    free: Option<bool>,
    /// Whose wishes are looked at.
    reservation_id: Option<ReservationId>,
    /// Features that the room must have, apart by commas.
    #[param(max_length = 1000)]
    features: Option<String>,
    /// The floor that the room must be on.
    #[param(max_length = 20)]
    floor: Option<String>,
}

/// A room, free or with what is in the way first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomAvailability {
    room_id: RoomId,
    room_number: String,
    room_type_id: RoomTypeId,
    floor: Option<String>,
    status: RoomStatus,
    is_free: bool,
    /// What the room must have and does not: features, and `floor` when it is on another.
    lacks: Vec<String>,
    /// The first block in the way.
    obstacle: Option<Obstacle>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Obstacle {
    block_type: BlockKind,
    start_date: Day,
    end_date: Day,
    reservation_id: Option<ReservationId>,
}

/// Every room for these nights: the free ones first, those that are as wished before the others, clean before dirty; then those that
/// are not free. With the reasons.
#[utoipa::path(get, path = "/availability/rooms", tag = "availability", params(RoomsQuery),
    responses((status = 200, description = "The rooms.", body = Data<Vec<RoomAvailability>>)))]
pub async fn by_room(State(app): State<AppState>, actor: May<RoomsView>, Query(query): Query<RoomsQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let stay = Stay::new(query.check_in_date, query.check_out_date).map_err(|rule| Refusal::invalid("checkOutDate", rule))?;

    let mut calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(ROOMS_WITH_OBSTACLE, actor.tenant, query.property_id, query.room_type_id, stay.from, stay.to),
    ];
    calls.extend(query.reservation_id.map(|id| wishes::of_stay(actor.tenant, query.property_id, id)));
    let rows = app.store.read(actor.tenant, calls).await?;
    properties::model::found(&rows[0])?;
    let wished = wished(&query, rows.get(2).map(Vec::as_slice))?;

    let rooms = rows[1].iter().map(|row| {
        let kind: Option<BlockKind> = row.get("block_type");
        RoomAvailability {
            room_id: row.get("id"),
            room_number: row.get("room_number"),
            room_type_id: row.get("room_type_id"),
            floor: row.get("floor"),
            status: row.get("status"),
            is_free: kind.is_none(),
            lacks: lacks(row, &wished),
            obstacle: kind.map(|block_type| Obstacle {
                block_type,
                start_date: row.get("start_date"),
                end_date: row.get("end_date"),
                reservation_id: row.get("reservation_id"),
            }),
        }
    });
    let mut rooms: Vec<RoomAvailability> = rooms.filter(|r| r.is_free || query.free != Some(true)).collect();
    rooms.sort_by_key(|room| (!room.is_free, !room.lacks.is_empty()));
    Ok(data(&rooms))
}

/// What is asked for, beside what the stay wishes.
///
/// Errors: VALIDATION_ERROR.
fn wished(query: &RoomsQuery, of_stay: Option<&[Row]>) -> Result<Wishes, Refusal> {
    let stored = match of_stay {
        None => Wishes::default(),
        Some(rows) => rows
            .first()
            .map(Wishes::from_row)
            .ok_or_else(|| Refusal::invalid("reservationId", "does not exist in this property"))?,
    };
    let asked = query.features.iter().flat_map(|names| names.split(',')).map(|name| name.trim().to_string());
    let features = stored.features.into_iter().chain(asked.filter(|name| !name.is_empty())).collect();
    Ok(Wishes { features, floor: query.floor.clone().or(stored.floor), ..Wishes::default() })
}
