use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;
use utoipa::ToSchema;

pub use super::{
    room_type::RoomType,
    status::{RoomStatus, StatusLogEntry},
};
use crate::{
    call,
    db::Call,
    kernel::{Day, Faults, PropertyId, Refusal, RoomId, RoomTypeId, TenantId, patch::nullable},
};

/// A room.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Room {
    pub id: RoomId,
    pub property_id: PropertyId,
    pub room_type_id: RoomTypeId,
    /// What stands on the door; unique in the property.
    pub room_number: String,
    pub floor: Option<String>,
    pub name: Option<String>,
    pub status: RoomStatus,
    /// Exactly when `status` is `OUT_OF_ORDER`.
    pub is_out_of_order: bool,
    pub out_of_order_reason: Option<String>,
    /// Whatever the hotel wants to remember of the room.
    #[schema(value_type = Value)]
    pub features_json: Option<Value>,
    pub is_active: bool,
    /// A supervisor saw the clean room.
    pub is_inspected: bool,
    /// Of an occupied room: the last business date on which it was serviced for who is in it.
    pub serviced_on: Option<Day>,
    /// First night that the room can be sold; null: always.
    pub opened_on: Option<Day>,
    /// First night that it no longer can; null while it is active.
    pub closed_on: Option<Day>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// What a new room needs. It begins clean.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRoom {
    /// Made by the server when absent.
    pub id: Option<RoomId>,
    pub property_id: PropertyId,
    pub room_type_id: RoomTypeId,
    #[schema(min_length = 1, max_length = 20, example = "101")]
    pub room_number: String,
    #[schema(max_length = 20)]
    pub floor: Option<String>,
    #[schema(max_length = 200)]
    pub name: Option<String>,
    #[schema(value_type = Value, required = false)]
    pub features_json: Option<Value>,
    /// First night that the room can be sold: the business date when absent, null for always.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Day>)]
    pub opened_on: Option<Option<Day>>,
}

/// What may change of a room. Its status follows stays, blocks and housekeeping.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RoomChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// Not while a stay or block holds the room from the business date on.
    pub room_type_id: Option<RoomTypeId>,
    #[schema(min_length = 1, max_length = 20)]
    pub room_number: Option<String>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 20)]
    pub floor: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub name: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Value)]
    pub features_json: Option<Option<Value>>,
    /// `false` closes the room from the business date on, `true` opens it again.
    pub is_active: Option<bool>,
}

crate::sql! {
    GET_ROOM = "select * from pms_rooms where tenant_id = $1 and id = $2";
    LOCK_ROOMS = "select * from pms_rooms where tenant_id = $1 and id = any($2) order by id for no key update";
}

impl Room {
    pub fn from_row(row: &Row) -> Room {
        Room {
            id: row.get("id"),
            property_id: row.get("property_id"),
            room_type_id: row.get("room_type_id"),
            room_number: row.get("room_number"),
            floor: row.get("floor"),
            name: row.get("name"),
            status: row.get("status"),
            is_out_of_order: row.get("is_out_of_order"),
            out_of_order_reason: row.get("out_of_order_reason"),
            features_json: row.get("features_json"),
            is_active: row.get("is_active"),
            is_inspected: row.get("is_inspected"),
            serviced_on: row.get("serviced_on"),
            opened_on: row.get("opened_on"),
            closed_on: row.get("closed_on"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.text("roomNumber", &self.room_number, 1, 20);
        faults.optional_text("floor", self.floor.as_deref(), 20);
        faults.optional_text("name", self.name.as_deref(), 200);
    }

    /// A room to decide about.
    #[cfg(test)]
    pub(crate) fn drawn(status: RoomStatus) -> Room {
        let id = ulid::Ulid::nil();
        Room {
            id: RoomId(id),
            property_id: PropertyId(id),
            room_type_id: RoomTypeId(id),
            room_number: "101".into(),
            floor: None,
            name: None,
            status,
            is_out_of_order: status == RoomStatus::OutOfOrder,
            out_of_order_reason: None,
            features_json: None,
            is_active: true,
            is_inspected: false,
            serviced_on: None,
            opened_on: None,
            closed_on: None,
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
            created_by: "test".into(),
            updated_at: Timestamp::UNIX_EPOCH,
            updated_by: "test".into(),
        }
    }

    /// Whether the room can be sold for the night: it was opened and is not closed.
    pub fn is_open_on(&self, night: Day) -> bool {
        self.opened_on.is_none_or(|day| day <= night) && self.closed_on.is_none_or(|day| night < day)
    }
}

/// The call that reads a room.
pub fn get(tenant: TenantId, id: RoomId) -> Call {
    call!(GET_ROOM, tenant, id)
}

/// The call that locks rooms, in the order of ids.
pub fn lock(tenant: TenantId, ids: Vec<RoomId>) -> Call {
    call!(LOCK_ROOMS, tenant, ids)
}

/// The room in the rows of [`get`] or [`lock`].
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<Room, Refusal> {
    rows.first().map(Room::from_row).ok_or_else(|| Refusal::not_found("room"))
}
