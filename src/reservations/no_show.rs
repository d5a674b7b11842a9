use axum::extract::State;

use super::{
    cancel::{Closing, WithReason, close},
    model::{Booking, Status},
    store,
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::FrontDeskNoShow},
    kernel::{Code, Refusal, ReservationId},
};

/// Marks a reservation whose guest did not come: on the business date of the arrival or later, never before. The fee of
/// its no-show policy is posted to its folio.
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
    let fee = write.body.fee(&actor, &before, op.now)?;
    let on = property.business_date;
    let closing = Closing { to: Status::NoShow, verb: "no_show", reason: write.body.reason, on, fee };
    let after = close(&mut op, &property, before, closing).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}
