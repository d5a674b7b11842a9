use axum::extract::State;

use super::{
    model::{NewRoom, Room, RoomStatus},
    room_type::{RoomType, lock_house},
};
use crate::{
    calendar::settle,
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::RoomsManage},
    kernel::{Day, Faults, RoomId, RoomTypeId},
    op::{Change, Op},
    properties,
};

crate::sql! {
    INSERT_ROOM = "
        insert into pms_rooms
          (tenant_id, id, property_id, room_type_id, room_number, floor, name, status, features_json, opened_on,
           created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12)";
}

/// Adds a room to a property.
#[utoipa::path(post, path = "/rooms", tag = "rooms", request_body = NewRoom,
    responses((status = 201, description = "The new room.", body = Data<Room>)))]
pub async fn create(State(app): State<AppState>, actor: May<RoomsManage>, write: Write<NewRoom>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let room = create_in(&mut op, write.body).await?;
    settle(&mut op).await?;

    op.commit(201, &room).await
}

/// The use case itself, joined to an operation, which must settle the calendar.
pub async fn create_in(op: &mut Op, new: NewRoom) -> Result<Room> {
    let calls = [properties::model::get(op.tenant(), new.property_id), lock_house(op.tenant(), new.property_id)];
    let [property, types] = op.run(calls).await?;
    let property = properties::model::found(&property)?;
    let types: Vec<RoomType> = types.iter().map(RoomType::from_row).collect();

    let room = Room {
        id: new.id.unwrap_or_else(|| RoomId(op.new_id())),
        property_id: new.property_id,
        room_type_id: new.room_type_id,
        room_number: new.room_number.trim().to_string(),
        floor: trimmed(new.floor),
        name: trimmed(new.name),
        status: RoomStatus::VacantClean,
        is_out_of_order: false,
        out_of_order_reason: None,
        features_json: new.features_json,
        is_active: true,
        is_inspected: false,
        serviced_on: None,
        opened_on: new.opened_on.unwrap_or(Some(property.business_date)),
        closed_on: None,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    room.check(&mut faults);
    check_type(&mut faults, &types, room.room_type_id);
    faults.finish()?;

    op.write(call!(
        INSERT_ROOM,
        op.tenant(),
        room.id,
        room.property_id,
        room.room_type_id,
        room.room_number.clone(),
        room.floor.clone(),
        room.name.clone(),
        room.status,
        room.features_json.clone(),
        room.opened_on,
        op.now,
        op.actor(),
    ));
    op.touched.house(room.property_id, room.opened_on.unwrap_or(Day::MIN));
    op.record(Change::created(room.property_id, "room", room.id, &room));
    Ok(room)
}

/// A room is of an active type of its own property.
pub(super) fn check_type(faults: &mut Faults, house: &[RoomType], id: RoomTypeId) {
    match house.iter().find(|t| t.id == id) {
        None => faults.add("roomTypeId", "does not exist in this property"),
        Some(found) if !found.is_active => faults.add("roomTypeId", "is not active"),
        Some(_) => {}
    }
}

/// Without the white space around; nothing left is nothing.
pub(super) fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_string()).filter(|t| !t.is_empty())
}
