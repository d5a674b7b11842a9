use axum::extract::State;
use serde_json::{Value, json};
use tokio_postgres::Row;

use super::{
    create::{check_type, trimmed},
    model::{Room, RoomChange, found, lock},
    room_type::{RoomType, lock_house_of},
};
use crate::{
    calendar::settle,
    call,
    db::{Reply, Result},
    http::{Actor, AppState, Data, May, Path, Write, permission::RoomsManage},
    kernel::{BlockId, Code, Day, Faults, Refusal, ReservationId, RoomId, patch::set},
    op::{Change, Op},
    properties,
};

crate::sql! {
    UPDATE_ROOM = "
        update pms_rooms
        set room_type_id = $3, room_number = $4, floor = $5, name = $6, features_json = $7, is_active = $8, closed_on = $9,
          version = $10, updated_at = $11, updated_by = $12
        where tenant_id = $1 and id = $2";
    /// What holds the room from the business date on, and guests who are still in it on the day of their departure.
    HOLDERS_OF_ROOM = "
        select b.id as block_id, b.block_type, b.start_date, b.end_date, b.reservation_id from pms_room_blocks b
        where b.tenant_id = $1 and b.property_id = $2 and b.room_id = $3 and b.end_date > $4
        union all
        select null, 'RESERVATION', r.check_in_date, r.check_out_date, r.id from pms_reservations r
        where r.tenant_id = $1 and r.property_id = $2 and r.room_id = $3 and r.status in ('HOLD', 'CONFIRMED', 'CHECKED_IN')
          and not exists (select from pms_room_blocks b
            where b.tenant_id = $1 and b.property_id = $2 and b.room_id = $3 and b.reservation_id = r.id and b.end_date > $4)
        order by start_date, end_date limit 100";
    /// Nights on which more stays wait for a room of the type than it has left.
    SHORT_NIGHTS = "
        with waiting as (
          select greatest(r.check_in_date, $4) + n as night, count(*) as stays
          from pms_reservations r, generate_series(0, r.check_out_date - greatest(r.check_in_date, $4) - 1) n
          where r.tenant_id = $1 and r.property_id = $2 and r.room_type_id = $3 and r.room_id is null
            and r.status in ('HOLD', 'CONFIRMED') and r.check_out_date > $4
          group by 1
        )
        select w.night from waiting w
        where w.stays
          > (select count(*) from pms_rooms r where r.tenant_id = $1 and r.property_id = $2 and r.room_type_id = $3
               and (r.opened_on is null or r.opened_on <= w.night) and (r.closed_on is null or r.closed_on > w.night))
          - (select count(*) from pms_room_blocks b where b.tenant_id = $1 and b.property_id = $2 and b.room_type_id = $3
               and b.start_date <= w.night and b.end_date > w.night)
          + coalesce(
              (select l.rooms from pms_overbooking_limits l
               where l.tenant_id = $1 and l.property_id = $2 and l.room_type_id = $3 and l.night = w.night),
              (select t.overbooking_limit from pms_room_types t where t.tenant_id = $1 and t.id = $3))
        order by w.night limit 100";
    /// Nights on which more stays wait for a room than the house has left, where it has an overbooking limit.
    SHORT_HOUSE = "
        with waiting as (
          select greatest(r.check_in_date, $3) + n as night, count(*) as stays
          from pms_reservations r, generate_series(0, r.check_out_date - greatest(r.check_in_date, $3) - 1) n
          where r.tenant_id = $1 and r.property_id = $2 and r.room_id is null and r.status in ('HOLD', 'CONFIRMED') and r.check_out_date > $3
          group by 1
        )
        select w.night from waiting w join pms_properties p on p.tenant_id = $1 and p.id = $2
          left join pms_house_overbooking_limits l on l.tenant_id = $1 and l.property_id = $2 and l.night = w.night
        where w.stays
          > (select count(*) from pms_rooms r where r.tenant_id = $1 and r.property_id = $2
               and (r.opened_on is null or r.opened_on <= w.night) and (r.closed_on is null or r.closed_on > w.night))
          - (select count(*) from pms_room_blocks b where b.tenant_id = $1 and b.property_id = $2
               and b.start_date <= w.night and b.end_date > w.night)
          + coalesce(l.rooms, p.overbooking_limit)
        order by w.night limit 100";
}

/// Changes, closes or opens a room.
#[utoipa::path(patch, path = "/rooms/{id}", tag = "rooms", params(("id" = RoomId, Path)), request_body = RoomChange,
    responses((status = 200, description = "The room as it is now.", body = Data<Room>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<RoomsManage>,
    Path(id): Path<RoomId>,
    write: Write<RoomChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let room = change_in(&mut op, &actor, id, seen, write.body).await?;
    settle(&mut op).await?;

    op.commit(200, &room).await
}

/// The use case itself, joined to an operation, which must settle the calendar.
pub async fn change_in(op: &mut Op, actor: &Actor, id: RoomId, seen: i32, change: RoomChange) -> Result<Room> {
    // Only who changes how many rooms a type has needs the locks of the types, which come before those of rooms.
    let changes_house = change.room_type_id.is_some() || change.is_active.is_some();
    let mut house = Vec::new();
    if changes_house {
        house = op.query(lock_house_of(op.tenant(), id)).await?;
    }
    let before = found(&op.query(lock(op.tenant(), vec![id])).await?)?;
    actor.sees(before.property_id)?;
    if before.version != seen {
        return Err(Refusal::stale("room", &before).into());
    }
    let today = properties::model::load(op, before.property_id).await?.business_date;

    let mut after = changed(&before, change, today);
    let mut faults = Faults::default();
    after.check(&mut faults);
    let moves = after.room_type_id != before.room_type_id;
    let opens = after.is_active && !before.is_active;
    let closes = before.is_active && !after.is_active;
    if moves || opens {
        check_type(&mut faults, &house.iter().map(RoomType::from_row).collect::<Vec<_>>(), after.room_type_id);
    }
    faults.finish()?;
    if moves || closes {
        check_free(op, &before, closes, today).await?;
    }

    save(op, &before, &mut after);
    if moves || closes {
        check_enough(op, &before, today).await?;
    }
    if closes {
        check_house(op, &before, today).await?;
    }
    if opens || closes {
        // A room that opens again was never closed: its days since then count once more.
        op.touched.house(before.property_id, before.closed_on.unwrap_or(today));
    }
    Ok(after)
}

fn changed(before: &Room, change: RoomChange, today: Day) -> Room {
    let mut after = before.clone();
    set(&mut after.room_type_id, change.room_type_id);
    set(&mut after.room_number, change.room_number.map(|n| n.trim().to_string()));
    set(&mut after.floor, change.floor.map(trimmed));
    set(&mut after.name, change.name.map(trimmed));
    set(&mut after.features_json, change.features_json);
    set(&mut after.is_active, change.is_active);
    if after.is_active != before.is_active {
        after.closed_on = (!after.is_active).then_some(today);
    }
    after
}

/// Errors: ROOM_ALREADY_BOOKED or ROOM_OUT_OF_ORDER with what holds the room, INVALID_STATUS_TRANSITION when somebody is in it.
async fn check_free(op: &mut Op, room: &Room, closes: bool, today: Day) -> Result<()> {
    let holders = op.query(call!(HOLDERS_OF_ROOM, op.tenant(), room.property_id, room.id, today)).await?;
    if !holders.is_empty() {
        return Err(held(room, &holders).into());
    }
    if closes && !room.status.is_vacant() {
        let message = format!("Room {} is {}: only a vacant room can be closed.", room.room_number, room.status);
        return Err(Refusal::new(Code::InvalidStatusTransition, message).facts(json!({ "status": room.status })).into());
    }
    Ok(())
}

fn held(room: &Room, holders: &[Row]) -> Refusal {
    let conflict = |row: &Row| -> Value {
        json!({
            "roomId": room.id,
            "roomNumber": room.room_number,
            "blockType": row.get::<_, &str>("block_type"),
            "startDate": row.get::<_, Day>("start_date"),
            "endDate": row.get::<_, Day>("end_date"),
            "reservationId": row.get::<_, Option<ReservationId>>("reservation_id"),
            "blockId": row.get::<_, Option<BlockId>>("block_id"),
        })
    };
    let is_unusable = |row: &&Row| matches!(row.get("block_type"), "OUT_OF_ORDER" | "MAINTENANCE");
    let shown = holders.iter().find(is_unusable).unwrap_or(&holders[0]);
    let (code, state) = match shown.get("block_type") {
        "OUT_OF_ORDER" | "MAINTENANCE" => (Code::RoomOutOfOrder, "out of order"),
        "RESERVATION" => (Code::RoomAlreadyBooked, "booked"),
        _ => (Code::RoomAlreadyBooked, "held"),
    };
    let (from, to): (Day, Day) = (shown.get("start_date"), shown.get("end_date"));
    Refusal::new(code, format!("Room {} is {state} from {from} to {to}.", room.room_number))
        .facts(json!({ "conflicts": holders.iter().map(conflict).collect::<Vec<_>>() }))
}

/// The stays that have no room yet must still find one without this room. Asked once the room is written.
///
/// Errors: NO_AVAILABILITY with the nights.
async fn check_enough(op: &mut Op, room: &Room, today: Day) -> Result<()> {
    let rows = op.query(call!(SHORT_NIGHTS, op.tenant(), room.property_id, room.room_type_id, today)).await?;
    let nights: Vec<Day> = rows.iter().map(|row| row.get(0)).collect();
    let Some(first) = nights.first() else { return Ok(()) };
    let message = format!("Without room {} its type has more stays than rooms, first on {first}.", room.room_number);
    Err(Refusal::new(Code::NoAvailability, message).facts(json!({ "nights": nights })).into())
}

/// Where the house has an overbooking limit, its stays must keep within it without this room.
///
/// Errors: NO_AVAILABILITY with the nights.
async fn check_house(op: &mut Op, room: &Room, today: Day) -> Result<()> {
    let rows = op.query(call!(SHORT_HOUSE, op.tenant(), room.property_id, today)).await?;
    let nights: Vec<Day> = rows.iter().map(|row| row.get(0)).collect();
    let Some(first) = nights.first() else { return Ok(()) };
    let message = format!("Without room {} the house has more stays than it takes, first on {first}.", room.room_number);
    Err(Refusal::new(Code::NoAvailability, message).facts(json!({ "nights": nights, "isHouse": true })).into())
}

fn save(op: &mut Op, before: &Room, after: &mut Room) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_ROOM,
        op.tenant(),
        after.id,
        after.room_type_id,
        after.room_number.clone(),
        after.floor.clone(),
        after.name.clone(),
        after.features_json.clone(),
        after.is_active,
        after.closed_on,
        after.version,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(after.property_id, "room", after.id, "changed", before, after));
}
