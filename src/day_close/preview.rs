use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    due::{self, DueOn},
    model::{Due, NightDue},
};
use crate::{
    db::{Reply, Result},
    http::{AppState, Data, May, Path, data, permission::DayCloseRun},
    kernel::{Cents, Day, PropertyId, clock::day_in},
    properties,
};

/// What closing the open day would do. Nothing is written.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayClosePreview {
    /// The open day.
    pub business_date: Day,
    /// Today in the property's zone.
    pub local_date: Day,
    /// The day is over in the property's zone. Before that it cannot be closed.
    pub is_over: bool,
    /// Who should have come: become no-shows, or are refused.
    pub arrivals: Vec<Due>,
    /// Who should have left.
    pub departures: Vec<Due>,
    /// What would be posted.
    pub nights: Vec<NightDue>,
    pub room_revenue_cents: Cents,
}

/// Shows what closing the open day would post, and what stands before it.
#[utoipa::path(get, path = "/properties/{id}/day-close", tag = "day close", params(("id" = PropertyId, Path)),
    responses((status = 200, description = "The dry run.", body = Data<DayClosePreview>)))]
pub async fn preview(State(app): State<AppState>, actor: May<DayCloseRun>, Path(id): Path<PropertyId>) -> Result<Reply> {
    actor.sees(id)?;
    let rows = app.store.read(actor.tenant, vec![properties::model::get(actor.tenant, id)]).await?;
    let property = properties::model::found(&rows[0])?;
    let day = property.business_date;
    let rows = app.store.read(actor.tenant, due::calls(actor.tenant, id, day).into()).await?;

    let due = DueOn::from_rows(&rows);
    let local_date = day_in(app.store.clock.now(), &property.timezone).unwrap_or(day);
    Ok(data(&DayClosePreview {
        business_date: day,
        local_date,
        is_over: day < local_date,
        room_revenue_cents: due.nights.iter().map(|night| night.price_cents).sum(),
        arrivals: due.arrivals,
        departures: due.departures,
        nights: due.nights,
    }))
}
