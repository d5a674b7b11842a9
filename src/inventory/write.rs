//! Writes the blocks that [`super::decide`] allowed.

use super::{Facts, Shift, facts::BlockKind};
use crate::{
    call,
    kernel::{BlockId, PropertyId, RoomId, Stay},
    op::Op,
};

crate::sql! {
    DELETE_BLOCKS_OF = "
        delete from pms_room_blocks where tenant_id = $1 and property_id = $2 and reservation_id = $3 and room_id = $4 and start_date = $5";
    INSERT_BLOCK = "
        insert into pms_room_blocks
          (tenant_id, id, property_id, room_id, start_date, end_date, block_type, reservation_id, reason, room_type_id,
           created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12)";
}

/// Queues the blocks of these stays as they are now, and marks the calendar's cells. All frees come before all claims, so that
/// stays can change places. The stays' own rows must be queued before, for the blocks refer to them.
pub fn shift(op: &mut Op, property: PropertyId, facts: &Facts, shifts: &[Shift]) {
    for s in shifts {
        for piece in s.before.pieces().iter().filter(|p| !s.after.pieces().contains(p)) {
            op.write(call!(DELETE_BLOCKS_OF, op.tenant(), property, s.reservation, piece.room_id, piece.stay.from));
        }
    }
    for s in shifts {
        for piece in s.after.pieces().iter().filter(|p| !s.before.pieces().contains(p)) {
            insert(op, property, facts, piece.room_id, piece.stay, BlockKind::Reservation, Some(s.reservation), None);
        }
    }
    touch(op, property, shifts);
}

/// Marks every cell and day of these stays: after a change of what a bar shows, too.
pub fn touch(op: &mut Op, property: PropertyId, shifts: &[Shift]) {
    for claims in shifts.iter().flat_map(|s| [&s.before, &s.after]) {
        claims.pieces().iter().for_each(|piece| op.touched.room(property, piece.room_id, piece.stay));
        if let super::Claims::AnyRoom(_, stay) = claims {
            op.touched.days(property, *stay);
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "the columns of a block")]
pub(super) fn insert(
    op: &mut Op,
    property: PropertyId,
    facts: &Facts,
    room: RoomId,
    stay: Stay,
    kind: BlockKind,
    reservation: Option<crate::kernel::ReservationId>,
    reason: Option<String>,
) -> BlockId {
    let id = BlockId(op.new_id());
    let room_type = facts.room(room).map(|r| r.room_type_id).expect("decide() has seen the room");
    op.write(call!(
        INSERT_BLOCK,
        op.tenant(),
        id,
        property,
        room,
        stay.from,
        stay.to,
        kind,
        reservation,
        reason,
        room_type,
        op.now,
        op.actor(),
    ));
    id
}
