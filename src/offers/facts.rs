//! Everything that offers are made of, in four statements.

use std::collections::HashMap;

use tokio_postgres::{Row, types::Json};

use super::model::{OfferedPlan, OfferedType};
use crate::{
    call,
    db::Call,
    inventory::{Counts, count},
    kernel::{Day, PackageId, PropertyId, RatePlanId, Refusal, RoomTypeId, Stay, TenantId},
    packages::{FrozenPackage, model::packages_of},
    policies::FrozenPolicies,
    rates::Occupancy,
    reservations::price::{PriceRange, Tariff},
    restrictions::{Restrictions, model::Restriction},
    taxes::TaxRule,
};

crate::sql! {
    /// The rules of taxes in the order in which they are computed, each with the house; of a house without taxes one row.
    OFFER_HOUSE = "
        select t.*, (t.percent * 1000000)::bigint as percent_micros, t.id is not null as is_tax,
          p.currency, p.timezone, p.business_date, p.is_active as house_is_active,
          (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'code', r.code, 'name', r.name, 'maxAdults', r.max_adults,
               'maxOccupancy', r.max_occupancy) order by r.sort_order, r.code), '[]')
           from pms_room_types r
           where r.tenant_id = $1 and r.property_id = $2 and r.is_active and ($3::text[] is null or r.id = any($3))) as room_types
        from pms_properties p left join pms_tax_rules t on t.tenant_id = $1 and t.property_id = $2 and t.is_active
        where p.tenant_id = $1 and p.id = $2
        order by t.sort_order, t.code, t.valid_from, t.id";
    /// As [`crate::policies::frozen`] finds them, for each plan.
    OFFER_PLANS = concat!("
        select p.*, h.currency, r.id as plan_id, r.code as plan_code, r.name as plan_name, p.id is not null as is_policy,
          r.parent_plan_id, r.derivation_json, r.occupancy_json, ", packages_of!("r.id", "$4"), " as packages_json
        from pms_rate_plans r join pms_properties h on h.tenant_id = $1 and h.id = r.property_id
        left join lateral (
          select p.* from (values ('DEPOSIT', r.deposit_policy_id), ('CANCELLATION', r.cancellation_policy_id),
            ('NO_SHOW', r.no_show_policy_id)) as named (kind, id)
          join pms_policies p on p.tenant_id = $1 and p.property_id = r.property_id and p.kind = named.kind
            and (p.id = named.id or named.id is null and p.is_default)
        ) p on true
        where r.tenant_id = $1 and r.property_id = $2 and r.is_active and ($3::text[] is null or r.id = any($3))
        order by r.code");
    /// Prices, those of the parents of the plans too, and then restrictions.
    OFFER_RATES = "
        select null as id, p.rate_plan_id, p.room_type_id, null::date as date, p.start_date, p.end_date, p.nightly_base_cents,
          null::boolean as is_closed, null::boolean as closed_to_arrival, null::boolean as closed_to_departure,
          null::int as min_stay_arrival, null::int as max_stay_arrival, null::int as min_stay_through, null::int as max_stay_through,
          null::int as min_advance_days, null::int as max_advance_days
        from pms_rate_plan_prices p
        where p.tenant_id = $1 and p.property_id = $2 and p.start_date < $6 and p.end_date > $5
          and ($3::text[] is null or p.rate_plan_id = any($3) or p.rate_plan_id in (
            select parent_plan_id from pms_rate_plans where tenant_id = $1 and property_id = $2 and id = any($3))) and ($4::text[] is null or p.room_type_id = any($4))
        union all
        select r.id, r.rate_plan_id, r.room_type_id, r.date, null, null, null, r.is_closed, r.closed_to_arrival, r.closed_to_departure,
          r.min_stay_arrival, r.max_stay_arrival, r.min_stay_through, r.max_stay_through, r.min_advance_days, r.max_advance_days
        from pms_restrictions r
        where r.tenant_id = $1 and r.property_id = $2 and r.date between $5 and $6";
}

/// What is asked of the database: some types and plans or all, over a window.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub property: PropertyId,
    pub types: Option<Vec<RoomTypeId>>,
    pub plans: Option<Vec<RatePlanId>>,
    /// Packages beside those of the plans.
    pub packages: Vec<PackageId>,
    pub window: Stay,
}

pub fn calls(tenant: TenantId, wanted: &Wanted) -> Vec<Call> {
    let Wanted { property, types, plans, packages, window } = wanted;
    let (property, from, to) = (*property, window.from, window.to);
    vec![
        call!(OFFER_HOUSE, tenant, property, types.clone()),
        call!(OFFER_PLANS, tenant, property, plans.clone(), packages.clone()),
        count::call(tenant, property, Vec::new(), types.clone(), *window),
        call!(OFFER_RATES, tenant, property, plans.clone(), types.clone(), from, to),
    ]
}

/// The house as it sells.
pub struct Facts {
    pub currency: String,
    pub timezone: String,
    pub business_date: Day,
    pub is_active: bool,
    pub types: Vec<OfferedType>,
    pub plans: Vec<OfferedPlan>,
    pub taxes: Vec<TaxRule>,
    pub counts: Counts,
    pub tariffs: HashMap<(RatePlanId, RoomTypeId), Tariff>,
    pub restrictions: Restrictions,
}

impl Facts {
    /// Errors: NOT_FOUND; VALIDATION_ERROR for a type or plan or package that was named and is not for sale.
    pub fn from_rows(wanted: &Wanted, rows: &[Vec<Row>]) -> Result<Facts, Refusal> {
        let house = rows[0].first().ok_or_else(|| Refusal::not_found("property"))?;
        let Json(types): Json<Vec<OfferedType>> = house.get("room_types");
        let plans = plans(&rows[1]);
        let all_known = |named: Option<usize>, found: usize| named.is_none_or(|n| n == found);
        if !all_known(wanted.types.as_ref().map(Vec::len), types.len()) {
            return Err(Refusal::invalid("types", "must be active room types of this property, each once"));
        }
        if !all_known(wanted.plans.as_ref().map(Vec::len), plans.len()) {
            return Err(Refusal::invalid("plans", "must be active rate plans of this property, each once"));
        }
        let is_sold = |id: &PackageId| {
            let with = |plan: &OfferedPlan| plan.packages.iter().any(|package| package.package_id == *id);
            plans.iter().all(with)
        };
        if !wanted.packages.iter().all(is_sold) {
            return Err(Refusal::invalid("packages", "must be active packages of this property that are no part of a rate plan"));
        }
        let (restrictions, prices): (Vec<&Row>, Vec<&Row>) =
            rows[3].iter().partition(|row| row.get::<_, Option<Day>>("date").is_some());
        let mut ranges = Ranges::new();
        for row in prices {
            let range = (row.get("start_date"), row.get("end_date"), row.get("nightly_base_cents"));
            ranges.entry((row.get("rate_plan_id"), row.get("room_type_id"))).or_default().push(range);
        }
        Ok(Facts {
            currency: house.get("currency"),
            timezone: house.get("timezone"),
            business_date: house.get("business_date"),
            is_active: house.get("house_is_active"),
            plans,
            taxes: rows[0].iter().filter(|row| row.get("is_tax")).map(TaxRule::from_row).collect(),
            counts: Counts::from_rows(wanted.window, &rows[2]),
            tariffs: tariffs(&rows[1], &types, &ranges),
            restrictions: restrictions.into_iter().map(Restriction::from_row).collect(),
            types,
        })
    }
}

type Ranges = HashMap<(RatePlanId, RoomTypeId), Vec<PriceRange>>;

/// Each plan for each type, with its own prices and those of its parent.
fn tariffs(plans: &[Row], types: &[OfferedType], ranges: &Ranges) -> HashMap<(RatePlanId, RoomTypeId), Tariff> {
    let mut all = HashMap::new();
    for plan in plans.chunk_by(is_same_plan).map(|rows| &rows[0]) {
        let (id, parent): (RatePlanId, Option<RatePlanId>) = (plan.get("plan_id"), plan.get("parent_plan_id"));
        let derivation = plan.get::<_, Option<Json<_>>>("derivation_json").map(|Json(it)| it);
        let occupancy: Option<Occupancy> = plan.get::<_, Option<Json<_>>>("occupancy_json").map(|Json(it)| it);
        for room_type in types.iter().map(|t| t.id) {
            let of = |plan: Option<RatePlanId>| plan.and_then(|plan| ranges.get(&(plan, room_type))).cloned().unwrap_or_default();
            let tariff = Tariff::new(id, derivation, occupancy.clone()).priced(of(Some(id)), of(parent));
            all.insert((id, room_type), tariff);
        }
    }
    all
}

fn is_same_plan(a: &Row, b: &Row) -> bool {
    a.get::<_, RatePlanId>("plan_id") == b.get::<_, RatePlanId>("plan_id")
}

/// A plan has a row for each of its policies, or one without any.
fn plans(rows: &[Row]) -> Vec<OfferedPlan> {
    let of_plan = |rows: &[Row]| OfferedPlan {
        id: rows[0].get("plan_id"),
        code: rows[0].get("plan_code"),
        name: rows[0].get("plan_name"),
        packages: FrozenPackage::from_row(&rows[0]),
        policies: FrozenPolicies::in_force(if rows[0].get("is_policy") { rows } else { &[] }),
    };
    rows.chunk_by(is_same_plan).map(of_plan).collect()
}
