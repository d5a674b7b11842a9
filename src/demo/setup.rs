//! Builds a house: property, types, rooms, plans with prices by season, guests with profiles.

use std::str::FromStr;

use serde_json::json;

use super::{
    extras,
    plan::{House, Kind, Spec, Type},
    terms,
};
use crate::{
    db::Result,
    guests::{self, model::NewGuest},
    kernel::{Cents, Day, GuestId, PackageId, RatePlanId, RoomId, RoomTypeId},
    op::Op,
    properties::{self, Property, model::NewProperty},
    rates::{
        self,
        model::{MarketSegment, NewRatePlan, RatePlan},
        nights::Weekday,
        set_prices::{PriceChange, set_prices_in},
    },
    rooms::{
        self,
        model::NewRoom,
        room_type::{Bed, NewRoomType},
    },
    taxes::{
        self,
        create::NewTaxRule,
        model::{AppliesTo, TaxKind},
    },
};

/// The ids, in the order of the plan.
pub(super) struct Built {
    pub property: Property,
    pub types: Vec<RoomTypeId>,
    pub rooms: Vec<RoomId>,
    pub plans: Vec<RatePlanId>,
    pub parking: PackageId,
    pub guests: Vec<GuestId>,
}

/// `0…01` is the first hotel, `0…01R101` its room 101, `0…01T2` its second room type, `0…01P1` its first plan.
fn id_of<I: FromStr>(spec: &Spec, rest: &str) -> Option<I> {
    format!("{:0>26}", format!("{}{rest}", spec.number)).parse().ok()
}

/// Code, name, hundredths of the best available rate.
const PLANS: [(&str, &str, i64, MarketSegment); 3] = [
    ("BAR", "Best available rate", 100, MarketSegment::Retail),
    ("ADV", "Advance purchase", 88, MarketSegment::Discount),
    ("BB", "Bed and breakfast", 112, MarketSegment::Retail),
];

/// Which of [`PLANS`] has breakfast in its price.
const BREAKFAST_PLAN: usize = 2;

pub(super) async fn build(op: &mut Op, spec: &Spec, house: &House) -> Result<Built> {
    let property = properties::create::create_in(
        op,
        NewProperty {
            id: id_of(spec, ""),
            name: spec.name.into(),
            timezone: spec.timezone.into(),
            currency: spec.currency.parse().ok(),
            address_json: Some(json!({"street": spec.street, "postalCode": spec.postal_code, "city": spec.city,
                "region": spec.region, "country": spec.country})),
            tax_number: Some(spec.tax_number.into()),
            business_date: Some(house.first),
            locale: Some(spec.locale.into()),
            check_in_time: None,
            check_out_time: None,
            hold_minutes: None,
        },
    )?;
    let types: Vec<RoomTypeId> =
        spec.types.iter().enumerate().map(|(n, kind)| build_type(op, spec, &property, kind, n)).collect::<Result<_>>()?;
    let rooms = build_rooms(op, spec, &property, &types).await?;
    let strict = terms::build(op, spec.kind, property.id).await?;
    let mut plans = Vec::new();
    for (n, (code, name, percent, segment)) in PLANS.iter().enumerate() {
        let new = NewRatePlan {
            id: id_of(spec, &format!("P{}", n + 1)),
            property_id: property.id,
            code: (*code).into(),
            name: (*name).into(),
            description: None,
            currency: None,
            is_default: Some(n == 0),
            market_segment: Some(*segment),
            deposit_policy_id: (*code == "ADV").then_some(strict.deposit),
            cancellation_policy_id: (*code == "ADV").then_some(strict.cancellation),
            no_show_policy_id: (*code == "ADV").then_some(strict.no_show),
            parent_plan_id: None,
            derivation: None,
            occupancy: None,
        };
        let plan = rates::create::create_in(op, new).await?;
        build_prices(op, spec, house, &plan, &types, *percent).await?;
        plans.push(plan.id);
    }
    let parking = extras::build(op, spec.kind, property.id, plans[BREAKFAST_PLAN]).await?;
    build_taxes(op, spec, &property)?;
    let guests = build_guests(op, &property, house)?;
    Ok(Built { property, types, rooms, plans, parking, guests })
}

/// A resort in New York adds its taxes to the price; a hotel in Lisbon has the larger one in it.
/// Who did not come is taxed on the room that was kept; who cancelled is not.
fn build_taxes(op: &mut Op, spec: &Spec, property: &Property) -> Result<()> {
    let rule = |code: &str, name: &str, kind: TaxKind, percent: Option<&str>, amount: Option<i64>| NewTaxRule {
        property_id: property.id,
        code: code.into(),
        name: name.into(),
        kind,
        percent: percent.and_then(|p| p.parse().ok()),
        amount_cents: amount.map(Cents),
        is_inclusive: None,
        is_fee: None,
        applies_to: None,
        valid_from: None,
        valid_to: None,
        minimum_age: None,
        maximum_nights: None,
        compounds_on: None,
        sort_order: None,
    };
    let all = Some(vec![AppliesTo::RoomCharge, AppliesTo::Adjustment, AppliesTo::NoShowFee]);
    let rules = match spec.kind {
        Kind::Resort => [
            NewTaxRule { applies_to: all, ..rule("SALES", "Sales tax 8 %", TaxKind::Percent, Some("8"), None) },
            NewTaxRule { sort_order: Some(1), ..rule("BED", "Bed tax 5 %", TaxKind::Percent, Some("5"), None) },
        ],
        Kind::City => [
            NewTaxRule { applies_to: all, is_inclusive: Some(true), ..rule("VAT", "VAT 6 %", TaxKind::Percent, Some("6"), None) },
            NewTaxRule {
                minimum_age: Some(13),
                maximum_nights: Some(7),
                sort_order: Some(1),
                ..rule("CITY", "City tax", TaxKind::FixedPersonNight, None, Some(4_00))
            },
        ],
    };
    for rule in rules {
        taxes::create::create_in(op, rule)?;
    }
    Ok(())
}

fn build_type(op: &mut Op, spec: &Spec, property: &Property, kind: &Type, n: usize) -> Result<RoomTypeId> {
    let new = NewRoomType {
        id: id_of(spec, &format!("T{}", n + 1)),
        property_id: property.id,
        code: kind.code.into(),
        name: kind.name.into(),
        description: None,
        max_adults: Some(kind.persons),
        max_children: Some(kind.persons - 1),
        max_occupancy: Some(kind.persons),
        beds_json: Some(vec![Bed { kind: kind.bed.into(), count: kind.beds }]),
        amenities_json: Some(vec!["wifi".into(), "safe".into(), "kettle".into()]),
        sort_order: Some(n as i32),
        overbooking_limit: None,
        upgrade_rank: Some(n as i32 + 1),
    };
    Ok(rooms::type_create::create_in(op, new)?.id)
}

/// Numbers run over the floors, so that each floor has rooms of several types.
async fn build_rooms(op: &mut Op, spec: &Spec, property: &Property, types: &[RoomTypeId]) -> Result<Vec<RoomId>> {
    let kinds = spec.types.iter().enumerate().flat_map(|(t, kind)| (0..kind.rooms).map(move |_| t));
    let mut built = Vec::new();
    for (n, kind) in kinds.enumerate() {
        let (floor, door) = (n as u32 % spec.floors + 1, n as u32 / spec.floors + 1);
        let view = if door.is_multiple_of(2) { "water" } else { "garden" };
        let number = format!("{floor}{door:02}");
        let new = NewRoom {
            id: id_of(spec, &format!("R{number}")),
            property_id: property.id,
            room_type_id: types[kind],
            room_number: number,
            floor: Some(floor.to_string()),
            name: None,
            features_json: Some(json!({ "view": view, "accessible": floor == 1 && door.is_multiple_of(5) })),
            opened_on: Some(None),
        };
        built.push(rooms::create::create_in(op, new).await?.id);
    }
    Ok(built)
}

/// A price for the week and one for the weekend, month by month, from a year back to well beyond the last arrival.
async fn build_prices(
    op: &mut Op,
    spec: &Spec,
    house: &House,
    plan: &RatePlan,
    types: &[RoomTypeId],
    percent: i64,
) -> Result<()> {
    let weekend: Vec<Weekday> = (4..=5).map(|n| Weekday::of(Day::MIN.plus(n))).collect();
    let last = house.last.plus(60);
    for (kind, room_type_id) in spec.types.iter().zip(types) {
        let mut month = house.first.plus(-31);
        while month < last {
            let next = month.plus(31).min(last);
            let season = season_percent(spec.kind, month);
            for (weekdays, extra) in [(None, 100), (Some(weekend.clone()), if spec.kind == Kind::Resort { 120 } else { 95 })] {
                let cents = kind.cents * percent / 100 * season / 100 * extra / 100 / 100 * 100;
                let change = PriceChange {
                    room_type_id: *room_type_id,
                    start_date: month,
                    end_date: next,
                    nightly_base_cents: Some(Cents(cents)),
                    weekdays,
                };
                set_prices_in(op, plan, change).await?;
            }
            month = next;
        }
    }
    Ok(())
}

fn season_percent(kind: Kind, day: Day) -> i64 {
    match (kind, day.date().month()) {
        (Kind::Resort, 7 | 8) => 145,
        (Kind::Resort, 6 | 9 | 12) => 120,
        (Kind::Resort, _) => 90,
        (Kind::City, 5 | 6 | 9 | 10) => 125,
        (Kind::City, 1 | 2 | 12) => 85,
        (Kind::City, _) => 105,
    }
}

fn build_guests(op: &mut Op, property: &Property, house: &House) -> Result<Vec<GuestId>> {
    let mut built = Vec::new();
    for (n, person) in house.profiles.iter().enumerate() {
        let new = NewGuest {
            id: None,
            property_id: property.id,
            first_name: person.first.into(),
            last_name: person.last.into(),
            email: (n % 3 != 0).then(|| format!("guest{n}@example.com")),
            phone: (n % 4 == 0).then(|| format!("+351 21 {:03} {:04}", n / 7 % 1000, n * 37 % 10_000)),
            notes: None,
            preferences_json: None,
            country: Some(person.country.into()),
            language: Some(person.language.into()),
        };
        built.push(guests::create::create_in(op, new)?.id);
    }
    Ok(built)
}
