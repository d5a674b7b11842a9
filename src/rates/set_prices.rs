use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    model::{RatePlan, found, lock},
    nights::{Span, Weekday, check_range, given, laid},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::RatesManage},
    kernel::{Cents, Day, Faults, PriceId, RatePlanId, Refusal, RoomTypeId},
    op::{Change, Op},
    rooms::room_type,
};

crate::sql! {
    /// Prices that overlap the range or touch it.
    PRICES_NEAR = "
        select id, start_date, end_date, nightly_base_cents from pms_rate_plan_prices
        where tenant_id = $1 and rate_plan_id = $2 and room_type_id = $3 and start_date <= $5 and end_date >= $4
        order by start_date";
    DELETE_PRICES = "delete from pms_rate_plan_prices where tenant_id = $1 and id = any($2)";
    INSERT_PRICES = "
        insert into pms_rate_plan_prices
          (tenant_id, id, property_id, rate_plan_id, room_type_id, start_date, end_date, nightly_base_cents,
           created_at, created_by, updated_at, updated_by)
        select p.tenant_id, n.id, p.property_id, p.id, $3, n.start_date, n.end_date, n.cents, $4, $5, $4, $5
        from pms_rate_plans p, unnest($6::text[], $7::date[], $8::date[], $9::bigint[]) as n (id, start_date, end_date, cents)
        where p.tenant_id = $1 and p.id = $2";
}

/// The nights that get a price, or lose theirs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceChange {
    pub room_type_id: RoomTypeId,
    pub start_date: Day,
    /// Exclusive, at most 1100 days after `startDate`.
    pub end_date: Day,
    /// In minor units of the plan's currency; null takes the price away.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, required = true, minimum = 0, maximum = 10_000_000_000_i64)]
    pub nightly_base_cents: Option<Cents>,
    /// Only the nights of these days of the week; every night when absent.
    #[schema(min_items = 1, max_items = 7)]
    pub weekdays: Option<Vec<Weekday>>,
}

/// The prices that now stand in the range and beside it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriceRanges {
    pub rate_plan_id: RatePlanId,
    pub room_type_id: RoomTypeId,
    pub ranges: Vec<PriceRange>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriceRange {
    pub start_date: Day,
    /// Exclusive.
    pub end_date: Day,
    pub nightly_base_cents: Cents,
}

impl PriceChange {
    pub fn check(&self, faults: &mut Faults) {
        check_range(faults, self.start_date, self.end_date);
        if let Some(cents) = self.nightly_base_cents {
            faults.range("nightlyBaseCents", cents.0, 0, Cents::MAX_NIGHT.0);
        }
        if self.weekdays.as_ref().is_some_and(|days| days.is_empty() || days.len() > 7) {
            faults.add("weekdays", "must name 1 to 7 days");
        }
    }
}

/// Sets the price of a range of nights. What it covers of other ranges gives way.
#[utoipa::path(put, path = "/rate-plans/{id}/prices", tag = "rates", params(("id" = RatePlanId, Path)), request_body = PriceChange,
    responses((status = 200, description = "The prices that stand there now.", body = Data<PriceRanges>)))]
pub async fn set_prices(
    State(app): State<AppState>,
    actor: May<RatesManage>,
    Path(id): Path<RatePlanId>,
    write: Write<PriceChange>,
) -> Result<Reply> {
    let mut faults = Faults::default();
    write.body.check(&mut faults);
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let plan = found(&op.query(lock(op.tenant(), id)).await?)?;
    actor.sees(plan.property_id)?;
    let ranges = set_prices_in(&mut op, &plan, write.body).await?;

    op.commit(200, &ranges).await
}

/// The use case itself, joined to an operation that holds the lock of the plan.
pub async fn set_prices_in(op: &mut Op, plan: &RatePlan, change: PriceChange) -> Result<PriceRanges> {
    let (from, to) = (change.start_date, change.end_date);
    let near = call!(PRICES_NEAR, op.tenant(), plan.id, change.room_type_id, from, to);
    let [room_type, near] = op.run([room_type::get(op.tenant(), change.room_type_id), near]).await?;
    let of_property = room_type::found(&room_type).is_ok_and(|t| t.property_id == plan.property_id);
    if !of_property {
        return Err(Refusal::invalid("roomTypeId", "does not exist in this property").into());
    }

    let old: Vec<Span<Cents>> = near.iter().map(Span::price).collect();
    let new = laid(&old, from, to, change.weekdays.as_deref().unwrap_or_default(), change.nightly_base_cents);

    let near: Vec<&Row> = near.iter().collect();
    store(op, plan, change.room_type_id, &near, &old, &new);
    Ok(PriceRanges { rate_plan_id: plan.id, room_type_id: change.room_type_id, ranges: ranges(&new) })
}

/// Queues the rows that make `new` of `old`, which are the spans of the rows `near`.
pub(super) fn store(
    op: &mut Op,
    plan: &RatePlan,
    room_type: RoomTypeId,
    near: &[&Row],
    old: &[Span<Cents>],
    new: &[Span<Cents>],
) {
    // A range that stays as it is keeps its row.
    let gone: Vec<PriceId> = near.iter().zip(old).filter(|(_, span)| !new.contains(span)).map(|(row, _)| row.get("id")).collect();
    let added: Vec<&Span<Cents>> = new.iter().filter(|span| !old.contains(span)).collect();
    op.write(call!(DELETE_PRICES, op.tenant(), gone));
    op.write(call!(
        INSERT_PRICES,
        op.tenant(),
        plan.id,
        room_type,
        op.now,
        op.actor(),
        added.iter().map(|_| PriceId(op.new_id())).collect::<Vec<_>>(),
        added.iter().map(|s| s.from).collect::<Vec<_>>(),
        added.iter().map(|s| s.to).collect::<Vec<_>>(),
        added.iter().map(|s| s.value).collect::<Vec<_>>(),
    ));
    record(op, plan, room_type, old, new);
}

fn ranges(spans: &[Span<Cents>]) -> Vec<PriceRange> {
    spans.iter().map(|s| PriceRange { start_date: s.from, end_date: s.to, nightly_base_cents: s.value }).collect()
}

fn record(op: &mut Op, plan: &RatePlan, room_type: RoomTypeId, old: &[Span<Cents>], new: &[Span<Cents>]) {
    let of = |spans: &[Span<Cents>]| json!({ "roomTypeId": room_type, "prices": ranges(spans) });
    op.record(Change::changed(plan.property_id, "rate_plan", plan.id, "prices_set", &of(old), &of(new)));
}
