use axum::extract::State;

use super::{
    model::{Booking, Status},
    store,
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Seen, Write, permission::ReservationsEdit},
    kernel::{Code, Refusal, ReservationId},
};

/// Makes a hold a confirmed reservation.
#[utoipa::path(post, path = "/reservations/{id}/confirm", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Seen,
    responses((status = 200, description = "The booking, confirmed.", body = Data<Booking>)))]
pub async fn confirm(
    State(app): State<AppState>,
    actor: May<ReservationsEdit>,
    Path(id): Path<ReservationId>,
    write: Write<Seen>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    let mut after = before.clone();
    if before.reservation.status != Status::Hold {
        let message = format!("Only a hold is confirmed; this reservation is {}.", before.reservation.status);
        return Err(Refusal::new(Code::InvalidStatusTransition, message).into());
    }
    after.reservation.status = Status::Confirmed;
    after.reservation.hold_expires_at = None;

    store::save(&mut op, &property, &before, &mut after, "confirmed").await?;
    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}
