use axum::extract::State;

use super::{
    cancel::{WithReason, close},
    model::{Booking, Status},
    store,
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::FrontDeskNoShow},
    kernel::{Code, Refusal, ReservationId},
};

/// Marks a reservation whose guest did not come: on the business date of the arrival or later, never before.
#[utoipa::path(post, path = "/reservations/{id}/no-show", tag = "reservations", params(("id" = ReservationId, Path)), request_body = WithReason,
    responses((status = 200, description = "The booking, no-show; its room is free again.", body = Data<Booking>)))]
pub async fn no_show(
    State(app): State<AppState>,
    actor: May<FrontDeskNoShow>,
    Path(id): Path<ReservationId>,
    write: Write<WithReason>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    if before.reservation.status == Status::Confirmed && before.reservation.check_in_date > property.business_date {
        let message =
            format!("The guest is due on {}; the business date is {}.", before.reservation.check_in_date, property.business_date);
        return Err(Refusal::new(Code::InvalidStatusTransition, message).into());
    }
    let on = property.business_date;
    let after = close(&mut op, &property, before, Status::NoShow, write.body.reason, on, "no_show").await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}
