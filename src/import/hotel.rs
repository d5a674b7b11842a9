//! The two hotels, and how each is opened.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};
use ulid::Ulid;

use super::SourceRow;
use crate::{
    calendar,
    db::{Fail, Result},
    kernel::{Day, PropertyId, RatePlanId, Refusal, ReservationId, RoomId, RoomTypeId, TenantId},
    op::{Op, Store, Who},
    properties::{self, NewProperty, Property},
    rates::{
        self,
        model::{MarketSegment, NewRatePlan},
    },
    rooms,
};

/// Names of the data's authors: H1 and H2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Hotel {
    #[serde(rename = "H1")]
    Resort,
    #[serde(rename = "H2")]
    City,
}

impl Hotel {
    pub const ALL: [Hotel; 2] = [Hotel::Resort, Hotel::City];

    pub fn code(self) -> &'static str {
        match self {
            Hotel::Resort => "H1",
            Hotel::City => "H2",
        }
    }

    /// As the file has it.
    pub fn name(self) -> &'static str {
        match self {
            Hotel::Resort => "Resort Hotel",
            Hotel::City => "City Hotel",
        }
    }

    pub(super) fn of_name(name: &str) -> Option<Hotel> {
        Hotel::ALL.into_iter().find(|h| h.name() == name)
    }

    /// How many rooms of each assigned type hold every stay that was checked out: the most that any one night needs.
    fn rooms(self) -> &'static [(char, u32)] {
        match self {
            Hotel::Resort => &[('A', 75), ('B', 2), ('C', 13), ('D', 53), ('E', 33), ('F', 13), ('G', 9), ('H', 4), ('I', 8)],
            Hotel::City => &[('A', 146), ('B', 15), ('C', 3), ('D', 57), ('E', 10), ('F', 8), ('G', 5), ('K', 8)],
        }
    }

    pub(super) fn who(self, tenant: TenantId) -> Who {
        Who { tenant, actor: "system".into(), correlation: format!("import-hotel-bookings-{}", self.code()) }
    }
}

/// Makes the ids: the same for the same tenant, hotel and thing, so that nothing is imported twice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    pub tenant: TenantId,
    pub hotel: Hotel,
}

impl Names {
    /// `on` gives the time part of the ULID: rows that are made together lie together in the indexes.
    fn id(self, kind: &str, name: &str, on: Day) -> Ulid {
        let mut hash = Sha256::new();
        for part in [&self.tenant.to_string(), self.hotel.code(), kind, name] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let digest = hash.finalize();
        let random = digest.iter().take(10).fold(0_u128, |n, byte| n << 8 | u128::from(*byte));
        let epoch = Day::new(1970, 1, 1).map_or(0, |day| day.days_until(on).max(0));
        Ulid::from_parts(epoch as u64 * 86_400_000, random)
    }

    pub fn property(self) -> PropertyId {
        PropertyId(self.id("property", "", Day::MIN))
    }

    /// The plan of a segment; the default one has none.
    pub fn plan(self, segment: Option<MarketSegment>) -> RatePlanId {
        RatePlanId(self.id("rate-plan", segment.map_or("", MarketSegment::as_str), Day::MIN))
    }

    pub fn room_type(self, letter: char) -> RoomTypeId {
        RoomTypeId(self.id("room-type", letter.encode_utf8(&mut [0; 4]), Day::MIN))
    }

    fn room(self, number: &str) -> RoomId {
        RoomId(self.id("room", number, Day::MIN))
    }

    pub fn reservation(self, row: &SourceRow) -> ReservationId {
        ReservationId(self.id("reservation", &row.number.to_string(), row.booked_on))
    }
}

/// A hotel that is open for the import.
#[derive(Clone, Debug)]
pub struct Opened {
    pub property: Property,
    /// An earlier run opened it.
    pub existed: bool,
}

/// Groups of up to 55 adults are one row of the file.
const MAX_PERSONS: i32 = 100;

/// Creates the hotel with its room types, rooms and rate plan, all at once, unless an earlier run did. `overbooking` is how many
/// stays more than rooms each type may take.
pub async fn open(store: &Store, tenant: TenantId, hotel: Hotel, rows: &[SourceRow], overbooking: i32) -> Result<Opened> {
    let names = Names { tenant, hotel };
    let call = properties::model::get(tenant, names.property());
    if let Some(row) = store.read(tenant, vec![call]).await?[0].first() {
        return Ok(Opened { property: Property::from_row(row), existed: true });
    }
    let first = rows.iter().filter(|r| r.stay.is_some()).map(|r| r.booked_on).min();
    let first = first.ok_or_else(|| Fail::Refused(Refusal::invalid("file", format!("has no stay of {}", hotel.code()))))?;

    let mut op = Op::begin(store, hotel.who(tenant), None).await?;
    let property = properties::create_in(&mut op, new_property(names, first))?;
    let letters: BTreeSet<char> = rows.iter().flat_map(|r| [r.reserved_type, r.assigned_type]).collect();
    let rooms: BTreeMap<char, u32> = hotel.rooms().iter().copied().collect();
    let letters: BTreeSet<char> = letters.into_iter().chain(rooms.keys().copied()).collect();
    for letter in letters {
        rooms::type_create::create_in(&mut op, new_type(names, letter, overbooking))?;
    }
    let mut n = 0;
    for (letter, count) in rooms {
        for _ in 0..count {
            rooms::create::create_in(&mut op, new_room(names, letter, n)).await?;
            n += 1;
        }
    }
    let segments: Vec<MarketSegment> = rows.iter().filter_map(|r| r.segment).fold(Vec::new(), |mut known, segment| {
        if !known.contains(&segment) {
            known.push(segment);
        }
        known
    });
    for segment in std::iter::once(None).chain(segments.into_iter().map(Some)) {
        rates::create::create_in(&mut op, new_plan(names, property.id, segment)).await?;
    }
    calendar::settle(&mut op).await?;
    op.finish().await?;
    Ok(Opened { property, existed: false })
}

fn new_property(names: Names, first: Day) -> NewProperty {
    NewProperty {
        id: Some(names.property()),
        name: names.hotel.name().into(),
        timezone: "Europe/Lisbon".into(),
        currency: "EUR".parse().ok(),
        address_json: None,
        tax_number: None,
        business_date: Some(first),
        locale: None,
        check_in_time: None,
        check_out_time: None,
        hold_minutes: None,
    }
}

/// A plan for the bookings of a segment: what they cost stands in each row.
fn new_plan(names: Names, property: PropertyId, segment: Option<MarketSegment>) -> NewRatePlan {
    let word = segment.map_or("DATA", MarketSegment::as_str);
    NewRatePlan {
        id: Some(names.plan(segment)),
        property_id: property,
        code: word.into(),
        name: segment.map_or("As booked".into(), |_| format!("As booked, {}", word.to_lowercase())),
        description: Some("The rate of each row of the file.".into()),
        currency: None,
        is_default: Some(segment.is_none()),
        market_segment: segment,
        deposit_policy_id: None,
        cancellation_policy_id: None,
        no_show_policy_id: None,
        parent_plan_id: None,
        derivation: None,
        occupancy: None,
    }
}

fn new_type(names: Names, letter: char, overbooking: i32) -> rooms::room_type::NewRoomType {
    rooms::room_type::NewRoomType {
        id: Some(names.room_type(letter)),
        property_id: names.property(),
        code: letter.into(),
        name: format!("Type {letter}"),
        description: None,
        max_adults: Some(MAX_PERSONS),
        max_children: Some(MAX_PERSONS),
        max_occupancy: Some(MAX_PERSONS),
        beds_json: None,
        amenities_json: None,
        sort_order: None,
        overbooking_limit: Some(overbooking),
        upgrade_rank: None,
    }
}

/// Twenty rooms on a floor: 101 to 120, 201 to 220, …
fn new_room(names: Names, letter: char, n: u32) -> rooms::model::NewRoom {
    let (floor, door) = (n / 20 + 1, n % 20 + 1);
    let room_number = format!("{floor}{door:02}");
    rooms::model::NewRoom {
        id: Some(names.room(&room_number)),
        property_id: names.property(),
        room_type_id: names.room_type(letter),
        room_number,
        floor: Some(floor.to_string()),
        name: None,
        features_json: None,
        opened_on: Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_one_thing_of_one_tenant() {
        let of = |tenant: u128, hotel| Names { tenant: TenantId(Ulid::from(tenant)), hotel };
        let a = of(1, Hotel::Resort);
        assert_eq!(a.property(), of(1, Hotel::Resort).property());
        assert_ne!(a.property(), of(1, Hotel::City).property());
        assert_ne!(a.property(), of(2, Hotel::Resort).property());
        assert_ne!(a.property().0, a.plan(None).0);
        assert_ne!(a.room_type('A'), a.room_type('B'));
    }

    #[test]
    fn each_hotel_has_the_rooms_that_hold_its_stays() {
        let count = |hotel: Hotel| hotel.rooms().iter().map(|(_, n)| n).sum::<u32>();
        assert_eq!((count(Hotel::Resort), count(Hotel::City)), (210, 252));
    }
}
