//! The state of a room, and the one way to set it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::model::Room;
use crate::{
    call,
    kernel::{Day, PropertyId, RoomId, StatusLogId},
    op::{Change, Op},
};

/// The state of a room on the business date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoomStatus {
    VacantClean,
    VacantDirty,
    Occupied,
    OutOfOrder,
}

crate::text_enum!(RoomStatus { VacantClean => "VACANT_CLEAN", VacantDirty => "VACANT_DIRTY", Occupied => "OCCUPIED", OutOfOrder => "OUT_OF_ORDER" });

impl RoomStatus {
    /// The state machine of the trade. Overrides (check-in into a dirty room) and undoing go around it, and say so.
    pub fn can_become(self, next: RoomStatus) -> bool {
        use RoomStatus::*;
        match self {
            VacantClean => matches!(next, Occupied | VacantDirty | OutOfOrder),
            VacantDirty => matches!(next, VacantClean | OutOfOrder),
            Occupied => matches!(next, VacantDirty | OutOfOrder),
            OutOfOrder => matches!(next, VacantDirty | VacantClean),
        }
    }

    pub fn is_vacant(self) -> bool {
        matches!(self, RoomStatus::VacantClean | RoomStatus::VacantDirty)
    }
}

/// One change of a room's state.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusLogEntry {
    pub id: StatusLogId,
    pub property_id: PropertyId,
    pub room_id: RoomId,
    pub business_date: Day,
    pub from_status: RoomStatus,
    /// The same as `fromStatus` when only the inspection or the service changed.
    pub to_status: RoomStatus,
    pub note: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
}

impl StatusLogEntry {
    pub fn from_row(row: &Row) -> StatusLogEntry {
        StatusLogEntry {
            id: row.get("id"),
            property_id: row.get("property_id"),
            room_id: row.get("room_id"),
            business_date: row.get("business_date"),
            from_status: row.get("from_status"),
            to_status: row.get("to_status"),
            note: row.get("note"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
        }
    }
}

crate::sql! {
    UPDATE_ROOM_STATUS = "
        update pms_rooms
        set status = $3, is_out_of_order = $4, out_of_order_reason = $5, is_inspected = $6, version = $7, updated_at = $8, updated_by = $9,
          serviced_on = $10
        where tenant_id = $1 and id = $2";
    INSERT_STATUS_LOG = "
        insert into pms_room_status_log
          (tenant_id, id, property_id, room_id, business_date, from_status, to_status, note, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// Sets the state of a room that the operation has locked: the row, its log and the record of the change are queued.
///
/// `note` is logged, and is the reason of an OUT_OF_ORDER room. Whether the room may become `to` is the caller's to decide
/// ([`RoomStatus::can_become`]). Writes nothing when the room is in that state already.
pub fn set(op: &mut Op, room: &Room, to: RoomStatus, note: Option<String>, business_date: Day) -> Room {
    let mut after = room.clone();
    after.status = to;
    after.is_out_of_order = to == RoomStatus::OutOfOrder;
    after.out_of_order_reason = if after.is_out_of_order { note.clone() } else { None };
    // A room that was dirty or out of order must be seen again.
    after.is_inspected = room.is_inspected && !matches!(to, RoomStatus::VacantDirty | RoomStatus::OutOfOrder);
    if to != room.status {
        after.serviced_on = None;
    }
    if to == room.status && after.out_of_order_reason == room.out_of_order_reason {
        return room.clone();
    }
    save(op, room, &mut after, note, business_date);
    after
}

/// Notes that a supervisor saw the clean room, which the operation has locked.
pub fn inspect(op: &mut Op, room: &Room, business_date: Day) -> Room {
    let mut after = Room { is_inspected: true, ..room.clone() };
    save(op, room, &mut after, None, business_date);
    after
}

/// Notes when the occupied room, which the operation has locked, was last serviced; `None` takes that back.
pub fn service(op: &mut Op, room: &Room, on: Option<Day>, note: &str, business_date: Day) -> Room {
    let mut after = Room { serviced_on: on, ..room.clone() };
    save(op, room, &mut after, Some(note.to_string()), business_date);
    after
}

/// Queues a change of status, inspection, service or reason.
pub(super) fn save(op: &mut Op, before: &Room, after: &mut Room, note: Option<String>, business_date: Day) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_ROOM_STATUS,
        op.tenant(),
        after.id,
        after.status,
        after.is_out_of_order,
        after.out_of_order_reason.clone(),
        after.is_inspected,
        after.version,
        op.now,
        op.actor(),
        after.serviced_on,
    ));
    let id = StatusLogId(op.new_id());
    op.write(call!(
        INSERT_STATUS_LOG,
        op.tenant(),
        id,
        after.property_id,
        after.id,
        business_date,
        before.status,
        after.status,
        note,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(after.property_id, "room", after.id, "status_changed", before, after));
}

#[cfg(test)]
mod tests {
    use super::RoomStatus::{self, *};

    #[test]
    fn rooms_change_state_by_the_table_only() {
        // Rows: from; columns: to, in the order of ALL.
        let table = [(VacantClean, ".xxx"), (VacantDirty, "x..x"), (Occupied, ".x.x"), (OutOfOrder, "xx..")];
        for (from, row) in table {
            let drawn: String = RoomStatus::ALL.iter().map(|to| if from.can_become(*to) { 'x' } else { '.' }).collect();
            assert_eq!(drawn, row, "{from}");
        }
    }
}
