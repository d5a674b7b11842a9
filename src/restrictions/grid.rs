use std::collections::BTreeMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    model::{Restraints, Restrictions, Whom},
    rules::Scope,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Query, data, permission::RatesView},
    kernel::{Day, PropertyId, RatePlanId, RoomTypeId},
    properties,
    rates::nights::window_end,
};

crate::sql! {
    PLANS_OF_GRID = "
        select id from pms_rate_plans
        where tenant_id = $1 and property_id = $2 and not $4 and case when $3::text is null then is_active else id = $3 end
        order by code";
    TYPES_OF_GRID = "
        select id from pms_room_types
        where tenant_id = $1 and property_id = $2 and case when $3::text is null then is_active else id = $3 end
        order by sort_order, code";
    RESTRICTIONS_OF_WINDOW = "
        select * from pms_restrictions where tenant_id = $1 and property_id = $2 and date >= $3 and date < $4";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RestrictionsQuery {
    property_id: PropertyId,
    start: Day,
    #[param(minimum = 1, maximum = 400)]
    days: i32,
    /// Only this plan; every active one when absent.
    rate_plan_id: Option<RatePlanId>,
    /// Only this type; every active one when absent.
    room_type_id: Option<RoomTypeId>,
    /// `true` leaves out what is said for single plans.
    for_all_plans: Option<bool>,
}

/// A plan, a type, a plan in a type, or, without either, the whole house.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestrictionRow {
    rate_plan_id: Option<RatePlanId>,
    room_type_id: Option<RoomTypeId>,
    /// What it says itself. Dates that say nothing are left out.
    own: Vec<OwnRestraints>,
    /// What counts: with all that broader restrictions say. Dates that nothing is said of are left out.
    merged: Vec<MergedRestraints>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnRestraints {
    start_date: Day,
    /// Exclusive.
    end_date: Day,
    set: Restraints,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergedRestraints {
    start_date: Day,
    /// Exclusive.
    end_date: Day,
    set: Restraints,
    /// Who said each of its fields.
    said_by: BTreeMap<&'static str, Scope>,
}

/// The restrictions of a window: of the house, of each type and plan and of each plan in each type, as they are and as they count.
#[utoipa::path(get, path = "/restrictions", tag = "rates", params(RestrictionsQuery),
    responses((status = 200, description = "A row for each.", body = Data<Vec<RestrictionRow>>)))]
pub async fn read(State(app): State<AppState>, actor: May<RatesView>, Query(query): Query<RestrictionsQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let end = window_end(query.start, query.days)?;

    let (tenant, property) = (actor.tenant, query.property_id);
    let calls = vec![
        properties::model::get(tenant, property),
        call!(PLANS_OF_GRID, tenant, property, query.rate_plan_id, query.for_all_plans.unwrap_or(false)),
        call!(TYPES_OF_GRID, tenant, property, query.room_type_id),
        call!(RESTRICTIONS_OF_WINDOW, tenant, property, query.start, end),
    ];
    let rows = app.store.read(tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let plans = || [None].into_iter().chain(rows[1].iter().map(|row| row.get::<_, Option<RatePlanId>>(0)));
    let types = || [None].into_iter().chain(rows[2].iter().map(|row| row.get::<_, Option<RoomTypeId>>(0)));
    let restrictions = Restrictions::from_rows(&rows[3]);
    let row = |whom| row(&restrictions, whom, query.start, end);
    let grid: Vec<RestrictionRow> = plans().flat_map(|plan| types().map(move |room_type| (plan, room_type))).map(row).collect();
    Ok(data(&grid))
}

fn row(restrictions: &Restrictions, whom: Whom, start: Day, end: Day) -> RestrictionRow {
    let (mut own, mut merged): (Vec<OwnRestraints>, Vec<MergedRestraints>) = (Vec::new(), Vec::new());
    for date in start.until(end) {
        if let Some(set) = restrictions.own(whom, date).map(|r| r.restraints) {
            match own.last_mut().filter(|last| last.end_date == date && last.set == set) {
                Some(last) => last.end_date = date.plus(1),
                None => own.push(OwnRestraints { start_date: date, end_date: date.plus(1), set }),
            }
        }
        let (set, said_by) = restrictions.merged(whom, date).said();
        if set.says_nothing() {
            continue;
        }
        match merged.last_mut().filter(|last| last.end_date == date && (last.set, &last.said_by) == (set, &said_by)) {
            Some(last) => last.end_date = date.plus(1),
            None => merged.push(MergedRestraints { start_date: date, end_date: date.plus(1), set, said_by }),
        }
    }
    RestrictionRow { rate_plan_id: whom.0, room_type_id: whom.1, own, merged }
}
