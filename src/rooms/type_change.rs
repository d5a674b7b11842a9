use axum::extract::State;
use postgres_types::Json;
use serde_json::json;

use super::{
    create::trimmed,
    room_type::{RoomType, RoomTypeChange, found, lock},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::RoomsManage},
    kernel::{Code, Faults, Refusal, RoomTypeId, patch::set},
    op::{Change, Op},
};

crate::sql! {
    UPDATE_ROOM_TYPE = "
        update pms_room_types
        set code = $3, name = $4, description = $5, max_adults = $6, max_children = $7, max_occupancy = $8, beds_json = $9,
          amenities_json = $10, is_active = $11, sort_order = $12, overbooking_limit = $13, version = $14, updated_at = $15,
          updated_by = $16, upgrade_rank = $17
        where tenant_id = $1 and id = $2";
    USERS_OF_TYPE = "
        select
          (select count(*) from pms_rooms r
           where r.tenant_id = $1 and r.property_id = $2 and r.room_type_id = $3 and r.is_active) as rooms,
          (select count(*) from pms_reservations r
           where r.tenant_id = $1 and r.property_id = $2 and r.room_type_id = $3
             and r.status in ('HOLD', 'CONFIRMED', 'CHECKED_IN')) as stays";
}

/// Changes or deactivates a room type.
#[utoipa::path(patch, path = "/room-types/{id}", tag = "room types", params(("id" = RoomTypeId, Path)),
    request_body = RoomTypeChange,
    responses((status = 200, description = "The room type as it is now.", body = Data<RoomType>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<RoomsManage>,
    Path(id): Path<RoomTypeId>,
    write: Write<RoomTypeChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let before = found(&op.query(lock(op.tenant(), vec![id])).await?)?;
    actor.sees(before.property_id)?;
    if before.version != seen {
        return Err(Refusal::stale("room type", &before).into());
    }

    let mut after = changed(&before, write.body);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;
    if before.is_active && !after.is_active {
        check_unused(&mut op, &before).await?;
    }

    save(&mut op, &before, &mut after);
    op.commit(200, &after).await
}

fn changed(before: &RoomType, change: RoomTypeChange) -> RoomType {
    let mut after = before.clone();
    set(&mut after.code, change.code.map(|code| code.trim().to_string()));
    set(&mut after.name, change.name.map(|name| name.trim().to_string()));
    set(&mut after.description, change.description.map(trimmed));
    set(&mut after.max_adults, change.max_adults);
    set(&mut after.max_children, change.max_children);
    set(&mut after.max_occupancy, change.max_occupancy);
    set(&mut after.beds_json, change.beds_json);
    set(&mut after.amenities_json, change.amenities_json);
    set(&mut after.is_active, change.is_active);
    set(&mut after.sort_order, change.sort_order);
    set(&mut after.overbooking_limit, change.overbooking_limit);
    set(&mut after.upgrade_rank, change.upgrade_rank);
    after
}

/// Asked under the lock of the type, which bookings and new rooms take too.
///
/// Errors: INVALID_STATUS_TRANSITION while active rooms or stays use the type.
async fn check_unused(op: &mut Op, of: &RoomType) -> Result<()> {
    let rows = op.query(call!(USERS_OF_TYPE, op.tenant(), of.property_id, of.id)).await?;
    let (rooms, stays): (i64, i64) = (rows[0].get("rooms"), rows[0].get("stays"));
    if rooms == 0 && stays == 0 {
        return Ok(());
    }
    let message = format!("Room type {} is in use: {rooms} active rooms, {stays} active stays.", of.code);
    let facts = json!({ "activeRooms": rooms, "activeStays": stays });
    Err(Refusal::new(Code::InvalidStatusTransition, message).facts(facts).into())
}

fn save(op: &mut Op, before: &RoomType, after: &mut RoomType) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_ROOM_TYPE,
        op.tenant(),
        after.id,
        after.code.clone(),
        after.name.clone(),
        after.description.clone(),
        after.max_adults,
        after.max_children,
        after.max_occupancy,
        after.beds_json.clone().map(Json),
        after.amenities_json.clone().map(Json),
        after.is_active,
        after.sort_order,
        after.overbooking_limit,
        after.version,
        op.now,
        op.actor(),
        after.upgrade_rank,
    ));
    op.record(Change::changed(after.property_id, "room_type", after.id, "changed", before, after));
}
