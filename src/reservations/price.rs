//! What nights cost: read from the prices of a plan and of the plan that it is derived of, night by night.

use tokio_postgres::{Row, types::Json};

use super::model::{Booking, NightPrice, Reservation};
use crate::{
    call,
    db::Call,
    kernel::{Cents, Day, PackageId, PropertyId, RatePlanId, Refusal, RoomId, RoomTypeId, Stay, TenantId},
    packages::{
        FrozenPackage,
        choose::{chosen_anew, not_sold},
        model::packages_of,
    },
    rates::{Derivation, Guests, Occupancy},
};

crate::sql! {
    /// The plan given, or the default one; the type given, or that of the room.
    PLAN_AND_PRICES = concat!("
        with plan as materialized (
          select l.id, l.is_active, l.parent_plan_id, l.derivation_json, l.occupancy_json, ", packages_of!("l.id", "$8"), " as packages_json,
            coalesce($4, (select room_type_id from pms_rooms where tenant_id = $1 and property_id = $2 and id = $5)) as room_type_id
          from pms_rate_plans l
          where l.tenant_id = $1 and l.property_id = $2 and (l.id = $3 or ($3 is null and l.is_default))
        )
        select plan.id as plan_id, plan.is_active, plan.derivation_json, plan.occupancy_json, plan.packages_json,
          p.rate_plan_id <> plan.id as is_parents, p.start_date, p.end_date, p.nightly_base_cents
        from plan left join pms_rate_plan_prices p
          on p.tenant_id = $1 and p.property_id = $2 and p.rate_plan_id = any(array[plan.id, plan.parent_plan_id])
            and p.room_type_id = plan.room_type_id and p.start_date < $7 and p.end_date > $6");
}

/// From a night up to but not including another: the price of each.
pub type PriceRange = (Day, Day, Cents);

/// A plan with its prices for one type over some nights.
#[derive(Clone, Debug)]
pub struct Tariff {
    pub plan: RatePlanId,
    pub is_active: bool,
    own: Vec<PriceRange>,
    /// Of the parent, as the parent has them.
    parents: Vec<PriceRange>,
    derivation: Option<Derivation>,
    occupancy: Option<Occupancy>,
    packages: Vec<FrozenPackage>,
}

/// `chosen`: packages beside those of the plan.
pub fn call(
    tenant: TenantId,
    property: PropertyId,
    plan: Option<RatePlanId>,
    room_type: Option<RoomTypeId>,
    room: Option<RoomId>,
    stay: Stay,
    chosen: &[PackageId],
) -> Call {
    call!(PLAN_AND_PRICES, tenant, property, plan, room_type, room, stay.from, stay.to, chosen.to_vec())
}

/// Errors: VALIDATION_ERROR when there is no such plan.
pub fn found(rows: &[Row]) -> Result<Tariff, Refusal> {
    Tariff::from_rows(rows).ok_or_else(|| Refusal::invalid("ratePlanId", "does not exist in this property"))
}

impl Tariff {
    /// Of ranges that were read otherwise.
    pub fn new(plan: RatePlanId, derivation: Option<Derivation>, occupancy: Option<Occupancy>) -> Tariff {
        Tariff { plan, is_active: true, own: Vec::new(), parents: Vec::new(), derivation, occupancy, packages: Vec::new() }
    }

    /// Prices of the plan, and of its parent.
    #[must_use]
    pub fn priced(mut self, own: Vec<PriceRange>, parents: Vec<PriceRange>) -> Tariff {
        (self.own, self.parents) = (own, parents);
        self
    }

    /// `None`: there is no such plan.
    pub fn from_rows(rows: &[Row]) -> Option<Tariff> {
        let first = rows.first()?;
        let (mut own, mut parents) = (Vec::new(), Vec::new());
        for row in rows {
            let Some(from) = row.get::<_, Option<Day>>("start_date") else { continue };
            let ranges = if row.get("is_parents") { &mut parents } else { &mut own };
            ranges.push((from, row.get("end_date"), row.get("nightly_base_cents")));
        }
        let derivation = first.get::<_, Option<Json<_>>>("derivation_json").map(|Json(it)| it);
        let occupancy = first.get::<_, Option<Json<_>>>("occupancy_json").map(|Json(it)| it);
        let tariff = Tariff::new(first.get("plan_id"), derivation, occupancy).priced(own, parents);
        Some(Tariff { is_active: first.get("is_active"), packages: FrozenPackage::from_row(first), ..tariff })
    }

    /// What is sold with it.
    ///
    /// Errors: VALIDATION_ERROR when one of those chosen is not.
    pub fn packages(&self, chosen: &[PackageId]) -> Result<Vec<FrozenPackage>, Refusal> {
        if chosen.iter().all(|id| self.packages.iter().any(|package| package.package_id == *id)) {
            Ok(self.packages.clone())
        } else {
            Err(not_sold())
        }
    }

    /// The packages of a stay that is booked, when `wanted` are to be all that it has beside those of its plan.
    pub fn chosen_anew(&self, before: &Booking, wanted: &[PackageId], business_date: Day) -> Result<Vec<FrozenPackage>, Refusal> {
        let tonight = (before.reservation.check_in_date < business_date).then_some(business_date);
        chosen_anew(&before.packages, &self.packages, wanted, tonight)
    }

    /// Whether a night has a price.
    pub fn has(&self, night: Day) -> bool {
        self.base(night).is_some()
    }

    /// Its own price, or else what becomes of its parent's.
    fn base(&self, night: Day) -> Option<Cents> {
        let of =
            |ranges: &[PriceRange]| ranges.iter().find(|(from, to, _)| *from <= night && night < *to).map(|(.., price)| *price);
        of(&self.own).or_else(|| Some(self.derivation.as_ref()?.of(of(&self.parents)?)))
    }

    /// The price of a night for these guests, if it has one.
    pub fn night(&self, night: Day, room_type_id: RoomTypeId, guests: Guests<'_>) -> Option<NightPrice> {
        let more = self.occupancy.as_ref().map_or(Cents(0), |occupancy| occupancy.supplement(guests));
        let price = (self.base(night)? + more).min(Cents::MAX_NIGHT);
        Some(NightPrice::new(night, room_type_id, self.plan, price))
    }
}

impl Reservation {
    /// Who sleeps there, as prices count them.
    pub fn guests(&self) -> Guests<'_> {
        Guests { adults: self.adults, children: self.children, ages: self.child_ages.as_deref().unwrap_or_default() }
    }
}
