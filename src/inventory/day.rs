//! What the house looks like when the business date moves.

use crate::{
    call,
    db::Result,
    kernel::{Day, PropertyId},
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
