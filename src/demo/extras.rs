//! What the two houses sell beside the room, and what they do not sell.

use super::plan::Kind;
use crate::{
    db::Result,
    kernel::{Cents, Day, PackageId, PropertyId, RatePlanId, RoomTypeId},
    op::Op,
    packages::{
        create::create_in,
        model::{NewPackage, NewPackageItem, PostingRhythm, PriceBasis},
    },
    restrictions::{
        model::RestraintsChange,
        set::{RestrictionChange, RestrictionsChange, set_in},
    },
};

/// Breakfast is in the price of its plan; parking comes on top, for who chooses it with the booking. The id is that of parking.
pub(super) async fn build(op: &mut Op, kind: Kind, property: PropertyId, with_breakfast: RatePlanId) -> Result<PackageId> {
    let (breakfast, parking) = match kind {
        Kind::Resort => (22_00, 28_00),
        Kind::City => (9_00, 18_00),
    };
    let item = |name: &str, cents: i64, price_basis: PriceBasis| NewPackageItem {
        name: name.into(),
        amount_cents: Cents(cents),
        price_basis,
        posting_rhythm: PostingRhythm::EveryNight,
        weekdays: None,
        every_nights: None,
        from_night: None,
    };
    let new = |code: &str, name: &str, item: NewPackageItem, rate_plan_id: Option<RatePlanId>| NewPackage {
        id: None,
        property_id: property,
        code: code.into(),
        name: name.into(),
        description: None,
        is_included: Some(rate_plan_id.is_some()),
        rate_plan_id,
        valid_from: None,
        valid_to: None,
        items: vec![item],
    };
    let breakfast = item("Breakfast", breakfast, PriceBasis::PersonNight);
    create_in(op, new("BREAKFAST", "Breakfast", breakfast, Some(with_breakfast))).await?;
    let parking = item("Parking", parking, PriceBasis::Night);
    Ok(create_in(op, new("PARKING", "Parking", parking, None)).await?.id)
}

/// A feast in the week after next, for which nobody comes for a night alone, the house's best rooms closed for a wedding, and a day on
/// which nobody arrives. Said when everything is booked: what was sold before it stays sold.
pub(super) async fn restrict(op: &mut Op, property: PropertyId, best: RoomTypeId, today: Day) -> Result<()> {
    let on = |from: i32, nights: i32, room_type_id: Option<RoomTypeId>, set: RestraintsChange| RestrictionChange {
        rate_plan_id: None,
        room_type_id,
        start_date: today.plus(from),
        end_date: today.plus(from + nights),
        weekdays: None,
        set,
    };
    let long = RestraintsChange { min_stay_arrival: Some(Some(3)), ..RestraintsChange::default() };
    let wedding = RestraintsChange { is_closed: Some(Some(true)), ..RestraintsChange::default() };
    let no_arrival = RestraintsChange { closed_to_arrival: Some(Some(true)), ..RestraintsChange::default() };
    let changes = vec![on(8, 2, None, long), on(4, 1, Some(best), wedding), on(12, 1, None, no_arrival)];
    set_in(op, RestrictionsChange { property_id: property, changes, is_preview: None }).await?;
    Ok(())
}
