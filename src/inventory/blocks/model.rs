use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::super::facts::{BlockKind, Facts};
use crate::{
    kernel::{BlockId, Code, Day, PropertyId, Refusal, ReservationId, RoomId, RoomTypeId, Stay, patch::nullable},
    op::Op,
    properties::Property,
    rooms::{
        model::{Room, RoomStatus},
        status,
    },
};

/// Nights for which a room is not sold.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomBlock {
    pub id: BlockId,
    pub property_id: PropertyId,
    pub room_id: RoomId,
    pub start_date: Day,
    /// The first day on which the room is back.
    pub end_date: Day,
    pub block_type: BlockKind,
    /// Of a stay, with `RESERVATION`.
    pub reservation_id: Option<ReservationId>,
    pub reason: Option<String>,
    /// The room's type when the block was written.
    pub room_type_id: RoomTypeId,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// A block to be set.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRoomBlock {
    pub property_id: PropertyId,
    pub room_id: RoomId,
    pub start_date: Day,
    /// The first day on which the room is back.
    pub end_date: Day,
    /// Every kind but `RESERVATION`.
    pub block_type: BlockKind,
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RoomBlockChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    pub start_date: Option<Day>,
    pub end_date: Option<Day>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    pub reason: Option<Option<String>>,
}

impl RoomBlock {
    pub fn from_row(row: &Row) -> RoomBlock {
        RoomBlock {
            id: row.get("id"),
            property_id: row.get("property_id"),
            room_id: row.get("room_id"),
            start_date: row.get("start_date"),
            end_date: row.get("end_date"),
            block_type: row.get("block_type"),
            reservation_id: row.get("reservation_id"),
            reason: row.get("reason"),
            room_type_id: row.get("room_type_id"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    pub fn stay(&self) -> Stay {
        Stay { from: self.start_date, to: self.end_date }
    }

    /// Nobody can sleep there on `day`.
    pub fn is_out_of_order_on(&self, day: Day) -> bool {
        self.block_type.is_out_of_order() && self.stay().contains(day)
    }
}

/// At most three years.
const MAX_NIGHTS: i32 = 1096;

/// Errors: reversed or endless ranges.
pub fn check_dates(start: Day, end: Day) -> Result<Stay, Refusal> {
    match start.days_until(end) {
        ..=0 => Err(Refusal::invalid("endDate", "must be after startDate")),
        n if n > MAX_NIGHTS => Err(Refusal::invalid("endDate", format!("must be at most {MAX_NIGHTS} days after startDate"))),
        _ => Ok(Stay { from: start, to: end }),
    }
}

/// Whether the room can be taken off the market for these nights, which are not its own block's yet.
///
/// Errors: ROOM_ALREADY_BOOKED or ROOM_OUT_OF_ORDER with all the stays and blocks in the way; NO_AVAILABILITY when stays without a
/// room need it.
pub fn decide(facts: &Facts, own: Option<BlockId>, room: &Room, now: &[Day], stay: Stay) -> Result<(), Refusal> {
    super::super::rules::free_for_block(facts, own, room, stay)?;
    let demand = stay.days().filter(|day| !now.contains(day)).map(|day| ((room.room_type_id, day), 1)).collect();
    super::super::rules::enough_rooms(&facts.counts, &demand)
}

/// Brings the room's state in line with the blocks of the business date.
///
/// Errors: ROOM_ALREADY_BOOKED when a guest is still in the room that would go out of order today.
pub fn follow(op: &mut Op, property: &Property, room: &Room, was: bool, is: bool, reason: Option<String>) -> Result<(), Refusal> {
    match (was, is) {
        (false, true) if room.status == RoomStatus::Occupied => {
            let message = format!("Room {} is still occupied: check the guest out or move him first.", room.room_number);
            Err(Refusal::new(Code::RoomAlreadyBooked, message))
        }
        (false, true) => {
            status::set(op, room, RoomStatus::OutOfOrder, reason, property.business_date);
            Ok(())
        }
        (true, false) if room.status == RoomStatus::OutOfOrder => {
            status::set(op, room, RoomStatus::VacantDirty, None, property.business_date);
            Ok(())
        }
        _ => Ok(()),
    }
}
