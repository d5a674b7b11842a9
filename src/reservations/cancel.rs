use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    model::{Booking, Status},
    rules, store,
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::ReservationsCancel},
    kernel::{Day, Faults, ReservationId},
    op::Op,
    properties::Property,
};

/// A verb that takes a reason.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WithReason {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

/// Cancels a hold or a confirmed reservation; its nights are free at once.
#[utoipa::path(post, path = "/reservations/{id}/cancel", tag = "reservations", params(("id" = ReservationId, Path)), request_body = WithReason,
    responses((status = 200, description = "The booking, cancelled.", body = Data<Booking>)))]
pub async fn cancel(
    State(app): State<AppState>,
    actor: May<ReservationsCancel>,
    Path(id): Path<ReservationId>,
    write: Write<WithReason>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    let after =
        close(&mut op, &property, before, Status::Cancelled, write.body.reason, property.business_date, "cancelled").await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// Ends a reservation that will not be slept: cancelled or no-show. The caller settles the calendar.
pub async fn close(
    op: &mut Op,
    property: &Property,
    before: Booking,
    to: Status,
    reason: Option<String>,
    on: Day,
    verb: &'static str,
) -> Result<Booking> {
    rules::transition(&before.reservation, to)?;
    let mut after = before.clone();
    let r = &mut after.reservation;
    r.status = to;
    r.hold_expires_at = None;
    r.closed_on = Some(on);
    r.close_reason = reason;
    r.room_id = None;
    let mut faults = Faults::default();
    rules::check_notes(&mut faults, r);
    faults.finish()?;
    after.rooms.clear();

    store::save(op, property, &before, &mut after, verb).await?;
    Ok(after)
}
