//! What the two houses sell beside the room.

use super::plan::Kind;
use crate::{
    db::Result,
    kernel::{Cents, PackageId, PropertyId, RatePlanId},
    op::Op,
    packages::{
        create::create_in,
        model::{NewPackage, NewPackageItem, PostingRhythm, PriceBasis},
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
