use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::DayClose;
use crate::{
    call,
    db::{Call, Reply, Result},
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Day, Faults, PropertyId, TenantId},
    properties,
};

crate::sql! {
    CLOSES_OF = "
        select * from pms_day_closes where tenant_id = $1 and property_id = $2 and business_date >= $3 and business_date < $4
        order by business_date";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClosesQuery {
    /// First day.
    start: Day,
    /// How many days, 1 to 1100.
    #[param(minimum = 1, maximum = 1100)]
    days: i32,
}

/// The records of closed days, with their figures.
#[utoipa::path(get, path = "/properties/{id}/day-closes", tag = "day close", params(("id" = PropertyId, Path), ClosesQuery),
    responses((status = 200, description = "A record for each closed day.", body = Data<Vec<DayClose>>)))]
pub async fn list(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    Query(query): Query<ClosesQuery>,
) -> Result<Reply> {
    actor.sees(id)?;
    let mut faults = Faults::default();
    faults.range("days", query.days, 1, 1100);
    faults.finish()?;
    let calls =
        vec![properties::model::get(actor.tenant, id), between(actor.tenant, id, query.start, query.start.plus(query.days))];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    Ok(data(&rows[1].iter().map(DayClose::from_row).collect::<Vec<_>>()))
}

pub fn between(tenant: TenantId, property: PropertyId, from: Day, to: Day) -> Call {
    call!(CLOSES_OF, tenant, property, from, to)
}
