use axum::extract::State;
use postgres_types::Json;

use super::{
    create::trimmed,
    room_type::{NewRoomType, RoomType},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::RoomsManage},
    kernel::{Faults, RoomTypeId},
    op::{Change, Op},
    properties,
};

crate::sql! {
    INSERT_ROOM_TYPE = "
        insert into pms_room_types
          (tenant_id, id, property_id, code, name, description, max_adults, max_children, max_occupancy, beds_json, amenities_json,
           sort_order, overbooking_limit, created_at, created_by, updated_at, updated_by, upgrade_rank)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, $15, $16)";
}

/// Adds a room type to a property.
#[utoipa::path(post, path = "/room-types", tag = "room types", request_body = NewRoomType,
    responses((status = 201, description = "The new room type.", body = Data<RoomType>)))]
pub async fn create(State(app): State<AppState>, actor: May<RoomsManage>, write: Write<NewRoomType>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    properties::model::load(&mut op, write.body.property_id).await?;
    let room_type = create_in(&mut op, write.body)?;

    op.commit(201, &room_type).await
}

/// The use case itself, joined to an operation.
pub fn create_in(op: &mut Op, new: NewRoomType) -> Result<RoomType> {
    let room_type = RoomType {
        id: new.id.unwrap_or_else(|| RoomTypeId(op.new_id())),
        property_id: new.property_id,
        code: new.code.trim().to_string(),
        name: new.name.trim().to_string(),
        description: trimmed(new.description),
        max_adults: new.max_adults.unwrap_or(2),
        max_children: new.max_children.unwrap_or(0),
        max_occupancy: new.max_occupancy.unwrap_or(2),
        beds_json: new.beds_json,
        amenities_json: new.amenities_json,
        is_active: true,
        sort_order: new.sort_order.unwrap_or(0),
        overbooking_limit: new.overbooking_limit.unwrap_or(0),
        upgrade_rank: new.upgrade_rank,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    room_type.check(&mut faults);
    faults.finish()?;

    op.write(call!(
        INSERT_ROOM_TYPE,
        op.tenant(),
        room_type.id,
        room_type.property_id,
        room_type.code.clone(),
        room_type.name.clone(),
        room_type.description.clone(),
        room_type.max_adults,
        room_type.max_children,
        room_type.max_occupancy,
        room_type.beds_json.clone().map(Json),
        room_type.amenities_json.clone().map(Json),
        room_type.sort_order,
        room_type.overbooking_limit,
        op.now,
        op.actor(),
        room_type.upgrade_rank,
    ));
    op.record(Change::created(room_type.property_id, "room_type", room_type.id, &room_type));
    Ok(room_type)
}
