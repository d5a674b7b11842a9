use axum::extract::State;

use super::{
    model::{NewRoomBlock, RoomBlock, check_dates, decide, follow},
    policy::demand_let,
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::RoomsBlock},
    inventory::{Facts, Wanted, facts::BlockKind, write},
    kernel::{Faults, Refusal},
    op::{Change, Op},
    properties,
};

/// Takes a room off the market. Over existing stays it is refused with their list; move them first.
#[utoipa::path(post, path = "/room-blocks", tag = "blocks", request_body = NewRoomBlock,
    responses((status = 201, description = "The block.", body = Data<RoomBlock>)))]
pub async fn create(State(app): State<AppState>, actor: May<RoomsBlock>, write: Write<NewRoomBlock>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    demand_let(&mut op, &actor, write.body.property_id, write.body.block_type).await?;
    let block = create_in(&mut op, write.body).await?;

    calendar::settle(&mut op).await?;
    op.commit(201, &block).await
}

/// The use case itself. The caller settles the calendar.
pub async fn create_in(op: &mut Op, new: NewRoomBlock) -> Result<RoomBlock> {
    let mut faults = Faults::default();
    if new.block_type == BlockKind::Reservation {
        faults.add("blockType", "must be OUT_OF_ORDER, MAINTENANCE, HOUSE_USE or HOLD: stays are booked");
    }
    faults.optional_text("reason", new.reason.as_deref(), 1000);
    faults.finish()?;
    let stay = check_dates(new.start_date, new.end_date)?;

    let wanted = Wanted { property: new.property_id, rooms: vec![new.room_id], types: Vec::new(), window: stay };
    let [types, rooms, taken, counts] = Facts::calls(op, &wanted);
    let hold = properties::model::hold_day(op.tenant(), new.property_id);
    let property = properties::model::get(op.tenant(), new.property_id);
    let [_, property, types, rooms, taken, counts] = op.run([hold, property, types, rooms, taken, counts]).await?;
    let property = properties::model::found(&property)?;
    let facts = Facts::from_rows(&wanted, &[types, rooms, taken, counts]);
    let room = facts.room(new.room_id).ok_or_else(|| Refusal::invalid("roomId", "does not exist in this property"))?;
    if !property.is_active {
        return Err(Refusal::invalid("propertyId", "is not active").into());
    }
    if !room.is_active || room.opened_on.is_some_and(|day| day > stay.from) {
        return Err(Refusal::invalid("roomId", format!("room {} is not in use on these nights", room.room_number)).into());
    }
    if stay.from < property.business_date {
        return Err(
            Refusal::invalid("startDate", format!("must not be before the business date, {}", property.business_date)).into()
        );
    }
    decide(&facts, None, room, &[], stay)?;

    let id = write::insert(op, property.id, &facts, room.id, stay, new.block_type, None, new.reason.clone());
    let block = RoomBlock {
        id,
        property_id: property.id,
        room_id: room.id,
        start_date: stay.from,
        end_date: stay.to,
        block_type: new.block_type,
        reservation_id: None,
        reason: new.reason,
        room_type_id: room.room_type_id,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    op.record(Change::created(property.id, "room_block", id, &block));
    follow(op, &property, room, false, block.is_out_of_order_on(property.business_date), block.reason.clone())?;
    op.touched.room(property.id, room.id, stay);
    Ok(block)
}
