use std::collections::HashMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    model::{found, get},
    nights::{Span, by_night, window_end},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Query, data, permission::RatesView},
    kernel::{Cents, Day, RatePlanId, Refusal, RoomTypeId},
};

crate::sql! {
    /// The type that is asked for, or the active ones.
    TYPES_OF_PLAN = "
        select t.id from pms_room_types t join pms_rate_plans p on p.tenant_id = $1 and p.id = $2 and p.property_id = t.property_id
        where t.tenant_id = $1 and case when $3::text is null then t.is_active else t.id = $3 end
        order by t.sort_order, t.code";
    /// Of the plan, and of the plan that it is derived of.
    PRICES_OF_WINDOW = "
        select room_type_id, start_date, end_date, nightly_base_cents, rate_plan_id <> $2 as is_parents from pms_rate_plan_prices
        where tenant_id = $1
          and rate_plan_id in ($2, (select parent_plan_id from pms_rate_plans where tenant_id = $1 and id = $2)) and ($3::text is null or room_type_id = $3) and start_date < $5 and end_date > $4
        order by room_type_id, start_date";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PricesQuery {
    /// Every active type when absent.
    room_type_id: Option<RoomTypeId>,
    start: Day,
    #[param(minimum = 1, maximum = 400)]
    days: i32,
}

/// What one night costs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RateNight {
    date: Day,
    room_type_id: RoomTypeId,
    /// In minor units of the plan's currency; null: no price, the night cannot be quoted.
    nightly_base_cents: Option<Cents>,
    /// Made of the price of the plan's parent; the plan has none of its own for this night.
    is_derived: bool,
}

/// The prices of a plan night by night, type by type.
#[utoipa::path(get, path = "/rate-plans/{id}/prices", tag = "rates", params(("id" = RatePlanId, Path), PricesQuery),
    responses((status = 200, description = "Each night of each type.", body = Data<Vec<RateNight>>)))]
pub async fn read(
    State(app): State<AppState>,
    actor: May<RatesView>,
    Path(id): Path<RatePlanId>,
    Query(query): Query<PricesQuery>,
) -> Result<Reply> {
    let end = window_end(query.start, query.days)?;

    let calls = vec![
        get(actor.tenant, id),
        call!(TYPES_OF_PLAN, actor.tenant, id, query.room_type_id),
        call!(PRICES_OF_WINDOW, actor.tenant, id, query.room_type_id, query.start, end),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let plan = found(&rows[0])?;
    actor.sees(plan.property_id)?;
    if query.room_type_id.is_some() && rows[1].is_empty() {
        return Err(Refusal::invalid("roomTypeId", "does not exist in this property").into());
    }
    let mut prices: HashMap<(RoomTypeId, bool), Vec<Span<Cents>>> = HashMap::new();
    for row in &rows[2] {
        prices.entry((row.get("room_type_id"), row.get("is_parents"))).or_default().push(Span::price(row));
    }
    let by_night = |room_type, is_parents| {
        let spans = prices.get(&(room_type, is_parents)).map(Vec::as_slice).unwrap_or_default();
        by_night(spans, query.start, end).into_iter()
    };
    let derived = |price: Option<Cents>| Some(plan.derivation.as_ref()?.of(price?));
    let types = rows[1].iter().map(|row| row.get::<_, RoomTypeId>("id"));
    let grid: Vec<RateNight> = types
        .flat_map(|room_type_id| {
            by_night(room_type_id, false).zip(by_night(room_type_id, true)).map(move |((date, own), (_, parents))| RateNight {
                date,
                room_type_id,
                nightly_base_cents: own.or(derived(parents)),
                is_derived: own.is_none() && derived(parents).is_some(),
            })
        })
        .collect();
    Ok(data(&grid))
}
