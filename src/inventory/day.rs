//! What the house looks like when the business date moves.

use crate::{
    call,
    db::Result,
    kernel::{Day, PropertyId, RoomId},
    op::Op,
    properties::{self, Property},
    rooms::{
        model::{Room, RoomStatus},
        status,
    },
};

crate::sql! {
    /// Rooms whose state does not fit the blocks of the day. An occupied one waits for its guest to leave.
    ROOMS_OUT_OF_STEP = "
        select r.* from pms_rooms r
        where r.tenant_id = $1 and r.property_id = $2 and r.status <> 'OCCUPIED'
          and r.is_out_of_order <> exists (
            select from pms_room_blocks b
            where b.tenant_id = $1 and b.property_id = $2 and b.room_id = r.id and b.block_type <> 'RESERVATION'
              and b.block_type in ('OUT_OF_ORDER', 'MAINTENANCE') and b.end_date > $3 and b.start_date <= $3)
        order by r.id for no key update";
    OUT_OF_ORDER_ON = "
        select 1 from pms_room_blocks
        where tenant_id = $1 and property_id = $2 and room_id = $3 and block_type in ('OUT_OF_ORDER', 'MAINTENANCE')
          and start_date <= $4 and end_date > $4
        limit 1";
}

/// The state of a room, which is locked, when its guest leaves it: dirty, or out of order when a block has waited for him to go.
pub async fn status_when_left(op: &mut Op, property: &Property, room: RoomId) -> Result<RoomStatus> {
    let blocked = op.query(call!(OUT_OF_ORDER_ON, op.tenant(), property.id, room, property.business_date)).await?;
    Ok(if blocked.is_empty() { RoomStatus::VacantDirty } else { RoomStatus::OutOfOrder })
}

/// Rolls the business date and brings the rooms that go out of order, or come back, in line with the new day.
pub async fn roll_business_date(op: &mut Op, property: PropertyId, to: Day) -> Result<Property> {
    let property = properties::change::roll_business_date(op, property, to).await?;
    let rows = op.query(call!(ROOMS_OUT_OF_STEP, op.tenant(), property.id, to)).await?;
    for room in rows.iter().map(Room::from_row) {
        let next = if room.is_out_of_order { RoomStatus::VacantDirty } else { RoomStatus::OutOfOrder };
        status::set(op, &room, next, None, to);
    }
    Ok(property)
}
