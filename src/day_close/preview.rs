use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    due::{self, DueOn},
    model::{Due, NightDue},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{Actor, AppState, Data, May, Path, data, permission::DayCloseRun},
    kernel::{Cents, Day, PropertyId, ReservationId, clock::day_in},
    policies::PolicyKind,
    properties::{self, Property},
    reservations::{
        Booking,
        fees::assess,
        night_rows::NIGHTS_OF,
        store::{READ_RESERVATIONS, assemble},
    },
    taxes::{self, TaxRule},
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

    let mut due = DueOn::from_rows(&rows);
    tell_fees(&app, &actor, &property, &mut due.arrivals).await?;
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

/// What those who do not come will be charged.
async fn tell_fees(app: &AppState, actor: &Actor, property: &Property, arrivals: &mut [Due]) -> Result<()> {
    if arrivals.is_empty() {
        return Ok(());
    }
    let ids: Vec<ReservationId> = arrivals.iter().map(|due| due.reservation_id).collect();
    let calls = vec![
        call!(READ_RESERVATIONS, actor.tenant, ids.clone()),
        call!(NIGHTS_OF, actor.tenant, ids),
        taxes::model::active(actor.tenant, property.id),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;
    let tax_rules: Arc<[TaxRule]> = rows[2].iter().map(TaxRule::from_row).collect();
    for row in &rows[0] {
        let booking = Booking { tax_rules: tax_rules.clone(), ..assemble(row, &rows[1], &[]) };
        let fee = assess(&booking, PolicyKind::NoShow, property, app.store.clock.now());
        if let Some(due) = arrivals.iter_mut().find(|due| due.reservation_id == booking.reservation.id) {
            due.no_show_fee_cents = Some(fee.map_or(Cents(0), |fee| fee.total_cents));
        }
    }
    Ok(())
}
