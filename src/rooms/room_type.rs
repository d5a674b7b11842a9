use jiff::Timestamp;
use postgres_types::Json;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::{
    call,
    db::Call,
    kernel::{Faults, PropertyId, Refusal, RoomId, RoomTypeId, TenantId, patch::nullable},
};

/// A kind of room, as it is sold.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomType {
    pub id: RoomTypeId,
    pub property_id: PropertyId,
    /// Unique in the property.
    pub code: String,
    pub name: String,
    pub description: Option<String>,
    pub max_adults: i32,
    pub max_children: i32,
    /// Adults and children together.
    pub max_occupancy: i32,
    pub beds_json: Option<Vec<Bed>>,
    pub amenities_json: Option<Vec<String>>,
    pub is_active: bool,
    /// The order of the groups on the calendar, then by code.
    pub sort_order: i32,
    /// How many stays more than rooms a night takes, where no dated limit says otherwise.
    pub overbooking_limit: i32,
    /// Stays of an oversold type are upgraded into types of a higher rank; null: nobody from it or into it.
    pub upgrade_rank: Option<i32>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// Beds of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bed {
    #[serde(rename = "type")]
    #[schema(min_length = 1, max_length = 50, example = "queen")]
    pub kind: String,
    #[schema(minimum = 1, maximum = 100)]
    pub count: i32,
}

/// What a new room type needs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRoomType {
    /// Made by the server when absent.
    pub id: Option<RoomTypeId>,
    pub property_id: PropertyId,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    pub code: String,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[schema(max_length = 4000)]
    pub description: Option<String>,
    /// 2 when absent.
    #[schema(minimum = 1, maximum = 100)]
    pub max_adults: Option<i32>,
    /// 0 when absent.
    #[schema(minimum = 0, maximum = 100)]
    pub max_children: Option<i32>,
    /// 2 when absent; not less than either of the others.
    #[schema(minimum = 1, maximum = 100)]
    pub max_occupancy: Option<i32>,
    #[schema(max_items = 20)]
    pub beds_json: Option<Vec<Bed>>,
    #[schema(max_items = 100)]
    pub amenities_json: Option<Vec<String>>,
    #[schema(minimum = -1_000_000, maximum = 1_000_000)]
    pub sort_order: Option<i32>,
    #[schema(minimum = 0, maximum = 10_000)]
    pub overbooking_limit: Option<i32>,
    #[schema(minimum = 0, maximum = 1000)]
    pub upgrade_rank: Option<i32>,
}

/// What may change of a room type.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RoomTypeChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    pub code: Option<String>,
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub description: Option<Option<String>>,
    #[schema(minimum = 1, maximum = 100)]
    pub max_adults: Option<i32>,
    #[schema(minimum = 0, maximum = 100)]
    pub max_children: Option<i32>,
    #[schema(minimum = 1, maximum = 100)]
    pub max_occupancy: Option<i32>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Vec<Bed>>, max_items = 20)]
    pub beds_json: Option<Option<Vec<Bed>>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Vec<String>>, max_items = 100)]
    pub amenities_json: Option<Option<Vec<String>>>,
    /// `false` deactivates; refused while active rooms or stays use the type.
    pub is_active: Option<bool>,
    #[schema(minimum = -1_000_000, maximum = 1_000_000)]
    pub sort_order: Option<i32>,
    #[schema(minimum = 0, maximum = 10_000)]
    pub overbooking_limit: Option<i32>,
    /// Null takes the type out of the order of upgrades.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 1000)]
    pub upgrade_rank: Option<Option<i32>>,
}

crate::sql! {
    GET_ROOM_TYPE = "select * from pms_room_types where tenant_id = $1 and id = $2";
    LOCK_ROOM_TYPES = "select * from pms_room_types where tenant_id = $1 and id = any($2) order by id for no key update";
    /// Every booking holds the lock of its type while it counts: whoever holds all of them may change the number of rooms.
    LOCK_HOUSE = "
        select * from pms_room_types where tenant_id = $1 and property_id = $2 order by id for no key update";
    LOCK_HOUSE_OF_ROOM = "
        select * from pms_room_types
        where tenant_id = $1 and property_id = (select property_id from pms_rooms where tenant_id = $1 and id = $2)
        order by id for no key update";
}

impl RoomType {
    pub fn from_row(row: &Row) -> RoomType {
        RoomType {
            id: row.get("id"),
            property_id: row.get("property_id"),
            code: row.get("code"),
            name: row.get("name"),
            description: row.get("description"),
            max_adults: row.get("max_adults"),
            max_children: row.get("max_children"),
            max_occupancy: row.get("max_occupancy"),
            beds_json: row.get::<_, Option<Json<_>>>("beds_json").map(|beds| beds.0),
            amenities_json: row.get::<_, Option<Json<_>>>("amenities_json").map(|amenities| amenities.0),
            is_active: row.get("is_active"),
            sort_order: row.get("sort_order"),
            overbooking_limit: row.get("overbooking_limit"),
            upgrade_rank: row.get("upgrade_rank"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.code("code", &self.code);
        faults.text("name", &self.name, 1, 200);
        faults.optional_text("description", self.description.as_deref(), 4000);
        faults.range("maxAdults", self.max_adults, 1, 100);
        faults.range("maxChildren", self.max_children, 0, 100);
        faults.range("maxOccupancy", self.max_occupancy, 1, 100);
        for (field, persons) in [("maxAdults", self.max_adults), ("maxChildren", self.max_children)] {
            if persons > self.max_occupancy {
                faults.add(field, "must not be more than maxOccupancy");
            }
        }
        faults.range("sortOrder", self.sort_order, -1_000_000, 1_000_000);
        faults.range("overbookingLimit", self.overbooking_limit, 0, 10_000);
        faults.range("upgradeRank", self.upgrade_rank.unwrap_or(0), 0, 1000);
        let beds = self.beds_json.as_deref().unwrap_or_default();
        if beds.len() > 20 {
            faults.add("bedsJson", "must have at most 20 items");
        }
        for (n, bed) in beds.iter().enumerate() {
            faults.text(&format!("bedsJson[{n}].type"), &bed.kind, 1, 50);
            faults.range(&format!("bedsJson[{n}].count"), bed.count, 1, 100);
        }
        let amenities = self.amenities_json.as_deref().unwrap_or_default();
        if amenities.len() > 100 {
            faults.add("amenitiesJson", "must have at most 100 items");
        }
        for (n, amenity) in amenities.iter().enumerate() {
            faults.text(&format!("amenitiesJson[{n}]"), amenity, 1, 100);
        }
    }
}

/// The call that reads a room type.
pub fn get(tenant: TenantId, id: RoomTypeId) -> Call {
    call!(GET_ROOM_TYPE, tenant, id)
}

/// The call that locks room types, in the order of ids.
pub fn lock(tenant: TenantId, ids: Vec<RoomTypeId>) -> Call {
    call!(LOCK_ROOM_TYPES, tenant, ids)
}

/// The call that locks every room type of a property: no booking counts meanwhile.
pub fn lock_house(tenant: TenantId, property: PropertyId) -> Call {
    call!(LOCK_HOUSE, tenant, property)
}

/// The same, of the property of a room.
pub fn lock_house_of(tenant: TenantId, room: RoomId) -> Call {
    call!(LOCK_HOUSE_OF_ROOM, tenant, room)
}

/// The room type in the rows of [`get`] or [`lock`].
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<RoomType, Refusal> {
    rows.first().map(RoomType::from_row).ok_or_else(|| Refusal::not_found("room type"))
}
