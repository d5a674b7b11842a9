use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{RatePlan, found, get};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::RatesView},
    kernel::{PropertyId, RatePlanId},
    properties,
};

crate::sql! {
    LIST_RATE_PLANS = "
        select * from pms_rate_plans
        where tenant_id = $1 and property_id = $2 and ($3::boolean is null or is_active = $3) and ($4::text is null or code > $4)
        order by code limit $5";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RatePlansQuery {
    property_id: PropertyId,
    /// Only active ones, or only others.
    is_active: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// The rate plans of a property, by code.
#[utoipa::path(get, path = "/rate-plans", tag = "rates", params(RatePlansQuery),
    responses((status = 200, description = "A page of rate plans.", body = Page<RatePlan>)))]
pub async fn list(State(app): State<AppState>, actor: May<RatesView>, Query(query): Query<RatePlansQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<String>(query.limit, query.cursor.as_deref())?;

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(LIST_RATE_PLANS, actor.tenant, query.property_id, query.is_active, after, limit + 1),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let mut plans: Vec<RatePlan> = rows[1].iter().map(RatePlan::from_row).collect();
    let meta = cut(&mut plans, limit, |plan| plan.code.clone());
    Ok(page(&plans, &meta))
}

/// One rate plan.
#[utoipa::path(get, path = "/rate-plans/{id}", tag = "rates", params(("id" = RatePlanId, Path)),
    responses((status = 200, description = "The rate plan.", body = Data<RatePlan>)))]
pub async fn read(State(app): State<AppState>, actor: May<RatesView>, Path(id): Path<RatePlanId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let plan = found(&rows[0])?;
    actor.sees(plan.property_id)?;
    Ok(Reply { version: Some(plan.version), ..data(&plan) })
}
