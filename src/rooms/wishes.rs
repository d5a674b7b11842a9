//! What is wished of a room: some of it must be so, the rest would be nice. Pure, but for the statements that read.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::model::Room;
use crate::{
    call,
    db::Call,
    kernel::{Code, Fault, Faults, PropertyId, Refusal, ReservationId, RoomId, RoomTypeId, TenantId},
};

/// Most features of one stay.
const MOST_FEATURES: usize = 20;

/// What a stay wishes of its room. Features and floor must be so; near whom, and which room, would be nice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Wishes {
    /// The room must have all of these, by the names in `featuresJson` of rooms: "accessible", …
    #[schema(max_items = 20)]
    pub features: Vec<String>,
    /// The room must be on this floor.
    #[schema(max_length = 20)]
    pub floor: Option<String>,
    /// Rather next door to this stay, or through a connecting door; else on its floor.
    pub near_reservation_id: Option<ReservationId>,
    /// Rather this room.
    pub room_id: Option<RoomId>,
    /// Rather the room of the guest's last stay, when no other is named.
    pub last_room: bool,
}

/// A room that is not as a stay must have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnmetWishes {
    pub room_id: RoomId,
    pub room_number: String,
    /// The features that it does not have, and `floor` when it is on another.
    pub lacks: Vec<String>,
}

crate::sql! {
    WISHED_ROOMS = "
        select floor, features_json from pms_rooms
        where tenant_id = $1 and property_id = $2 and room_type_id = $3 and is_active";
    WISHES_OF = "
        select wished_features, wished_floor, near_reservation_id, wished_room_id, wants_last_room from pms_reservations
        where tenant_id = $1 and property_id = $2 and id = $3";
}

/// The floor and the features of every room of a type that is in use.
pub fn rooms_of(tenant: TenantId, property: PropertyId, room_type: RoomTypeId) -> Call {
    call!(WISHED_ROOMS, tenant, property, room_type)
}

/// The wishes of a stay alone.
pub fn of_stay(tenant: TenantId, property: PropertyId, id: ReservationId) -> Call {
    call!(WISHES_OF, tenant, property, id)
}

/// Whether the hotel has noted this of a room: in a list of features, or as one that is so.
pub fn has(features: Option<&Value>, feature: &str) -> bool {
    let lists = |value: &Value| value.as_array().is_some_and(|all| all.iter().any(|one| one.as_str() == Some(feature)));
    match features {
        Some(list @ Value::Array(_)) => lists(list),
        Some(Value::Object(fields)) => {
            let is_so = fields.get(feature).is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)));
            is_so || fields.values().any(lists)
        }
        _ => false,
    }
}

/// Whether a door leads from the one room to the other: `"connecting": "102"` or a list of numbers.
pub fn connects(features: Option<&Value>, number: &str) -> bool {
    match features.and_then(|features| features.get("connecting")) {
        Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(number)),
        Some(one) => one.as_str() == Some(number),
        None => false,
    }
}

impl Wishes {
    /// Columns of `pms_reservations`.
    pub fn from_row(row: &Row) -> Wishes {
        Wishes {
            features: row.get("wished_features"),
            floor: row.get("wished_floor"),
            near_reservation_id: row.get("near_reservation_id"),
            room_id: row.get("wished_room_id"),
            last_room: row.get("wants_last_room"),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Wishes::default()
    }

    /// Whether something of the room must be so.
    pub fn is_hard(&self) -> bool {
        !self.features.is_empty() || self.floor.is_some()
    }

    /// What a room does not have of what must be so.
    pub fn lacks(&self, floor: Option<&str>, features: Option<&Value>) -> Vec<String> {
        let missing = self.features.iter().filter(|feature| !has(features, feature)).cloned();
        let elsewhere = self.floor.as_deref().filter(|wished| Some(*wished) != floor).map(|_| "floor".to_string());
        missing.chain(elsewhere).collect()
    }

    pub fn unmet_by(&self, room: &Room) -> Option<UnmetWishes> {
        let lacks = self.lacks(room.floor.as_deref(), room.features_json.as_ref());
        (!lacks.is_empty()).then(|| UnmetWishes { room_id: room.id, room_number: room.room_number.clone(), lacks })
    }

    /// What can be seen of them without the hotel. `own`: the stay that has them.
    pub fn check(&self, faults: &mut Faults, own: Option<ReservationId>) {
        if self.features.len() > MOST_FEATURES {
            faults.add("wishes.features", format!("must be at most {MOST_FEATURES}"));
        }
        for (n, feature) in self.features.iter().enumerate() {
            faults.text(&format!("wishes.features[{n}]"), feature, 1, 50);
            if self.features[..n].contains(feature) {
                faults.add(format!("wishes.features[{n}]"), "is there twice");
            }
        }
        if let Some(floor) = &self.floor {
            faults.text("wishes.floor", floor, 1, 20);
        }
        if own.is_some() && self.near_reservation_id == own {
            faults.add("wishes.nearReservationId", "must be another stay");
        }
    }

    /// Whether some room of the type is as it must be.
    ///
    /// Errors: WISH_NO_ROOM_HAS with each feature, or the floor, that none has; with all of them when no one room has them together.
    pub fn demand_possible(&self, rooms: &[Row]) -> Result<(), Refusal> {
        let lacks: Vec<Vec<String>> =
            rooms.iter().map(|row| self.lacks(row.get("floor"), row.get::<_, Option<Value>>("features_json").as_ref())).collect();
        if !self.is_hard() || lacks.iter().any(Vec::is_empty) {
            return Ok(());
        }
        let nowhere = |what: &str| lacks.iter().all(|lacks| lacks.iter().any(|one| one == what));
        let mut faults: Vec<Fault> = Vec::new();
        for (n, feature) in self.features.iter().enumerate().filter(|(_, feature)| nowhere(feature)) {
            let message = format!("is what no room of this type has: {feature}");
            faults.push(Fault { field: format!("wishes.features[{n}]"), message });
        }
        if let Some(floor) = self.floor.as_ref().filter(|_| nowhere("floor")) {
            faults.push(Fault { field: "wishes.floor".into(), message: format!("is where no room of this type is: {floor}") });
        }
        if faults.is_empty() {
            let message = "and floor are together in no room of this type".to_string();
            faults.push(Fault { field: "wishes.features".into(), message });
        }
        let message = format!("{} {}.", faults[0].field, faults[0].message);
        Err(Refusal { code: Code::WishNoRoomHas, message, faults, facts: None })
    }
}

/// A room that a stay must not have as it is.
pub fn refusal(reservation: ReservationId, unmet: &UnmetWishes) -> Refusal {
    let message = format!(
        "Room {} is not as the stay must have it ({}). Choose another, or say overrideWishes.",
        unmet.room_number,
        unmet.lacks.join(", ")
    );
    let facts = serde_json::json!({ "reservationId": reservation, "roomId": unmet.room_id, "lacks": unmet.lacks });
    Refusal::new(Code::RoomNotAsWished, message).facts(facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_feature_is_found_however_it_was_noted() {
        let notes = [
            json!(["accessible", "bath"]),
            json!({"accessible": true}),
            json!({"extras": ["accessible"]}),
            json!({"accessible": "yes"}),
        ];
        assert!(notes.iter().all(|note| has(Some(note), "accessible")));
        let notes = [json!(["bath"]), json!({"accessible": false}), json!({"accessible": null}), json!("accessible"), json!(1)];
        assert!(!notes.iter().any(|note| has(Some(note), "accessible")));
        assert!(!has(None, "accessible"));
    }

    #[test]
    fn a_connecting_door_leads_to_the_rooms_that_are_named() {
        assert!(
            connects(Some(&json!({"connecting": "102"})), "102") && connects(Some(&json!({"connecting": ["100", "102"]})), "102")
        );
        assert!(!connects(Some(&json!({"connecting": true})), "102") && !connects(Some(&json!(["102"])), "102"));
    }

    #[test]
    fn what_a_room_lacks_is_told() {
        let wishes = Wishes { features: vec!["bath".into(), "view".into()], floor: Some("2".into()), ..Wishes::default() };
        assert_eq!(wishes.lacks(Some("2"), Some(&json!(["bath", "view"]))), Vec::<String>::new());
        assert_eq!(wishes.lacks(Some("1"), Some(&json!(["bath"]))), ["view", "floor"]);
        assert_eq!(wishes.lacks(None, None), ["bath", "view", "floor"]);
    }
}
