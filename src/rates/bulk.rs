use std::collections::BTreeMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    derive::Derivation,
    model::RatePlan,
    nights::{Span, Weekday, by_night, check_range, joined, remade},
    set_prices,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, data, permission::RatesManage},
    kernel::{Cents, Day, Faults, PropertyId, RatePlanId, Refusal, RoomTypeId, patch::nullable},
    op::Op,
    properties,
};

crate::sql! {
    LOCK_RATE_PLANS = "
        select * from pms_rate_plans where tenant_id = $1 and property_id = $2 and id = any($3) order by id for no key update";
    TYPES_OF_BULK = "select id from pms_room_types where tenant_id = $1 and property_id = $2 and id = any($3)";
    /// Prices that overlap one of the ranges or touch it, each once.
    PRICES_OF_BULK = "
        select p.* from pms_rate_plan_prices p
        where p.tenant_id = $1 and p.property_id = $2 and exists (
          select from unnest($3::text[], $4::text[], $5::date[], $6::date[]) as s (plan, type, starts, ends)
          where p.rate_plan_id = s.plan and p.room_type_id = s.type and p.start_date <= s.ends and p.end_date >= s.starts)
        order by p.rate_plan_id, p.room_type_id, p.start_date";
}

/// One request changes at most so many ranges, and so many nights of all of them together.
const MAX_CHANGES: usize = 500;
const MAX_NIGHTS: i32 = 20_000;

/// What becomes of the prices of several plans and types, one change after the other.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PricesChange {
    pub property_id: PropertyId,
    #[schema(min_items = 1, max_items = 500)]
    pub changes: Vec<PricesRangeChange>,
    /// `true` shows what would change, and changes nothing.
    pub is_preview: Option<bool>,
}

/// Either another price, or what becomes of the prices that stand there.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PricesRangeChange {
    pub rate_plan_id: RatePlanId,
    pub room_type_id: RoomTypeId,
    pub start_date: Day,
    /// Exclusive, at most 1100 days after `startDate`.
    pub end_date: Day,
    /// Only the nights of these days of the week; every night when absent.
    #[schema(min_items = 1, max_items = 7)]
    pub weekdays: Option<Vec<Weekday>>,
    /// In minor units of the plan's currency; null takes the price away.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 10_000_000_000_i64)]
    pub nightly_base_cents: Option<Option<Cents>>,
    /// Nights without a price of their own stay without.
    pub adjust: Option<Derivation>,
}

/// What changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PricesChanged {
    pub is_preview: bool,
    /// How many nights have another price now, each plan and type by itself.
    pub nights: usize,
    /// What they cost before: sent as `changes` it undoes the change.
    pub before: Vec<PricedRange>,
    pub after: Vec<PricedRange>,
}

/// Nights that cost the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PricedRange {
    pub rate_plan_id: RatePlanId,
    pub room_type_id: RoomTypeId,
    pub start_date: Day,
    /// Exclusive.
    pub end_date: Day,
    /// Null: no price.
    pub nightly_base_cents: Option<Cents>,
}

/// Sets, raises or lowers prices of many plans and types at once, or shows what that would change. The answer says what was before.
#[utoipa::path(put, path = "/prices", tag = "rates", request_body = PricesChange,
    responses((status = 200, description = "What changed.", body = Data<PricesChanged>)))]
pub async fn set(State(app): State<AppState>, actor: May<RatesManage>, write: Write<PricesChange>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;
    let mut faults = Faults::default();
    write.body.check(&mut faults);
    faults.finish()?;
    let is_preview = write.body.is_preview.unwrap_or(false);

    let mut op = app.begin(&actor, write.key).await?;
    let changed = set_in(&mut op, write.body).await?;

    if is_preview {
        op.abandon();
        return Ok(data(&changed));
    }
    op.commit(200, &changed).await
}

impl PricesChange {
    fn check(&self, faults: &mut Faults) {
        if !(1..=MAX_CHANGES).contains(&self.changes.len()) {
            faults.add("changes", format!("must have 1 to {MAX_CHANGES} items"));
        }
        let mut nights = 0_i32;
        for (n, change) in self.changes.iter().enumerate() {
            let mut own = Faults::default();
            check_range(&mut own, change.start_date, change.end_date);
            match (&change.nightly_base_cents, &change.adjust) {
                (Some(price), None) => own.range("nightlyBaseCents", price.unwrap_or(Cents(0)).0, 0, Cents::MAX_NIGHT.0),
                (None, Some(adjust)) => adjust.check(&mut own, "adjust"),
                _ => own.add("nightlyBaseCents", "or adjust must be given, and not both"),
            }
            if change.weekdays.as_ref().is_some_and(|days| days.is_empty() || days.len() > 7) {
                own.add("weekdays", "must name 1 to 7 days");
            }
            own.each(|field, rule| faults.add(format!("changes[{n}].{field}"), rule));
            nights = nights.saturating_add(change.start_date.days_until(change.end_date).max(0));
        }
        if nights > MAX_NIGHTS {
            faults.add("changes", format!("must cover at most {MAX_NIGHTS} nights together"));
        }
    }
}

/// A plan and a type, with the prices that stand near the changes.
type Sold = (RatePlanId, RoomTypeId);

/// The use case itself, joined to an operation.
pub async fn set_in(op: &mut Op, change: PricesChange) -> Result<PricesChanged> {
    let (plans, rows) = read(op, &change).await?;
    let mut by_sold: BTreeMap<Sold, Vec<&PricesRangeChange>> = BTreeMap::new();
    for one in &change.changes {
        by_sold.entry((one.rate_plan_id, one.room_type_id)).or_default().push(one);
    }
    let (mut before, mut after, mut nights) = (Vec::new(), Vec::new(), 0);
    for (sold, changes) in by_sold {
        let near: Vec<&Row> =
            rows.iter().filter(|row| (row.get::<_, RatePlanId>("rate_plan_id"), row.get("room_type_id")) == sold).collect();
        let old: Vec<Span<Cents>> = near.iter().map(|row| Span::price(row)).collect();
        let new = changes.iter().fold(old.clone(), |stored, change| change.made(&stored));
        let differing = differing(&changes, &old, &new);
        if let Some(plan) = plans.iter().find(|plan| plan.id == sold.0)
            && !differing.is_empty()
        {
            set_prices::store(op, plan, sold.1, &near, &old, &new);
        }
        nights += differing.len();
        before.extend(ranges(sold, differing.iter().map(|(night, was, _)| (*night, *was))));
        after.extend(ranges(sold, differing.iter().map(|(night, _, is)| (*night, *is))));
    }
    if nights == 0 && change.is_preview != Some(true) {
        return Err(Refusal::invalid("changes", "change no price").into());
    }
    Ok(PricesChanged { is_preview: change.is_preview.unwrap_or(false), nights, before, after })
}

/// The plans, locked, and the prices near the ranges.
async fn read(op: &mut Op, change: &PricesChange) -> Result<(Vec<RatePlan>, Vec<Row>)> {
    let (tenant, property) = (op.tenant(), change.property_id);
    let of = |change: &PricesRangeChange| (change.rate_plan_id, change.room_type_id);
    let (plan_ids, type_ids): (Vec<RatePlanId>, Vec<RoomTypeId>) = change.changes.iter().map(of).unzip();
    let [house, plans, types, rows] = op
        .run([
            properties::model::get(tenant, property),
            call!(LOCK_RATE_PLANS, tenant, property, plan_ids.clone()),
            call!(TYPES_OF_BULK, tenant, property, type_ids.clone()),
            call!(
                PRICES_OF_BULK,
                tenant,
                property,
                plan_ids,
                type_ids,
                change.changes.iter().map(|c| c.start_date).collect::<Vec<_>>(),
                change.changes.iter().map(|c| c.end_date).collect::<Vec<_>>(),
            ),
        ])
        .await?;
    properties::model::found(&house)?;
    let plans: Vec<RatePlan> = plans.iter().map(RatePlan::from_row).collect();
    let mut faults = Faults::default();
    for (n, one) in change.changes.iter().enumerate() {
        if !plans.iter().any(|plan| plan.id == one.rate_plan_id) {
            faults.add(format!("changes[{n}].ratePlanId"), "does not exist in this property");
        }
        if !types.iter().any(|row| row.get::<_, RoomTypeId>(0) == one.room_type_id) {
            faults.add(format!("changes[{n}].roomTypeId"), "does not exist in this property");
        }
    }
    faults.finish()?;
    Ok((plans, rows))
}

impl PricesRangeChange {
    /// What it makes of the prices near it.
    fn made(&self, stored: &[Span<Cents>]) -> Vec<Span<Cents>> {
        let weekdays = self.weekdays.as_deref().unwrap_or_default();
        remade(stored, self.start_date, self.end_date, weekdays, |old| match (self.nightly_base_cents, &self.adjust) {
            (Some(price), _) => price,
            (None, Some(adjust)) => old.map(|price| adjust.of(price)),
            (None, None) => old,
        })
    }
}

/// The nights of the changes that cost something else afterwards, with both prices.
fn differing(
    changes: &[&PricesRangeChange],
    old: &[Span<Cents>],
    new: &[Span<Cents>],
) -> Vec<(Day, Option<Cents>, Option<Cents>)> {
    let (Some(from), Some(to)) = (changes.iter().map(|c| c.start_date).min(), changes.iter().map(|c| c.end_date).max()) else {
        return Vec::new();
    };
    let both = by_night(old, from, to).into_iter().zip(by_night(new, from, to));
    both.filter(|((_, was), (_, is))| was != is).map(|((night, was), (_, is))| (night, was, is)).collect()
}

/// Nights that follow each other and cost the same, as ranges.
fn ranges(sold: Sold, nights: impl Iterator<Item = (Day, Option<Cents>)>) -> Vec<PricedRange> {
    let spans = nights.map(|(night, value)| Span { from: night, to: night.plus(1), value });
    let of = |span: Span<Option<Cents>>| PricedRange {
        rate_plan_id: sold.0,
        room_type_id: sold.1,
        start_date: span.from,
        end_date: span.to,
        nightly_base_cents: span.value,
    };
    joined(spans).into_iter().map(of).collect()
}
