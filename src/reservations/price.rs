//! What nights cost: read from the prices of a plan, night by night.

use tokio_postgres::Row;

use super::model::NightPrice;
use crate::{
    call,
    db::Call,
    kernel::{Cents, Day, PropertyId, RatePlanId, RoomId, RoomTypeId, Stay, TenantId},
};

crate::sql! {
    /// The plan given, or the default one; the type given, or that of the room.
    PLAN_AND_PRICES = "
        with plan as materialized (
          select id, is_active, coalesce($4, (select room_type_id from pms_rooms where tenant_id = $1 and property_id = $2 and id = $5))
            as room_type_id
          from pms_rate_plans
          where tenant_id = $1 and property_id = $2 and (id = $3 or ($3 is null and is_default))
        )
        select plan.id as plan_id, plan.is_active, p.start_date, p.end_date, p.nightly_base_cents
        from plan left join pms_rate_plan_prices p
          on p.tenant_id = $1 and p.property_id = $2 and p.rate_plan_id = plan.id
            and p.room_type_id = plan.room_type_id and p.start_date < $7 and p.end_date > $6";
}

/// From a night up to but not including another: the price of each.
pub type PriceRange = (Day, Day, Cents);

/// A plan with its prices for one type over some nights.
#[derive(Clone, Debug)]
pub struct Tariff {
    pub plan: RatePlanId,
    pub is_active: bool,
    ranges: Vec<PriceRange>,
}

pub fn call(
    tenant: TenantId,
    property: PropertyId,
    plan: Option<RatePlanId>,
    room_type: Option<RoomTypeId>,
    room: Option<RoomId>,
    stay: Stay,
) -> Call {
    call!(PLAN_AND_PRICES, tenant, property, plan, room_type, room, stay.from, stay.to)
}

impl Tariff {
    /// Of ranges that were read otherwise.
    pub fn new(plan: RatePlanId, ranges: Vec<PriceRange>) -> Tariff {
        Tariff { plan, is_active: true, ranges }
    }

    /// `None`: there is no such plan.
    pub fn from_rows(rows: &[Row]) -> Option<Tariff> {
        let first = rows.first()?;
        let ranges = rows
            .iter()
            .filter_map(|row| {
                Some((row.get::<_, Option<Day>>("start_date")?, row.get("end_date"), row.get("nightly_base_cents")))
            })
            .collect();
        Some(Tariff { plan: first.get("plan_id"), is_active: first.get("is_active"), ranges })
    }

    /// The price of a night, if it has one.
    pub fn night(&self, night: Day, room_type_id: RoomTypeId) -> Option<NightPrice> {
        let (_, _, price_cents) = *self.ranges.iter().find(|(from, to, _)| *from <= night && night < *to)?;
        Some(NightPrice::new(night, room_type_id, self.plan, price_cents))
    }
}
