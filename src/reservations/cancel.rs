use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    fees::{self, Charge, FeeChoice},
    model::{Booking, Status},
    rules,
    store::{self, Plan},
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{
        Actor, AppState, Data, May, Path, Write,
        permission::{ReservationsCancel, ReservationsWaiveFee},
    },
    kernel::{Cents, Code, Day, Faults, Refusal, ReservationId},
    op::Op,
    properties::Property,
};

/// Gives a reservation up. What its policy asks for is charged.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WithReason {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// Required to waive the fee.
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
    /// Charges nothing. Needs `pms.reservations.waive_fee`, but for whoever made the booking in the last 15 minutes.
    pub waive_fee: bool,
    /// The fee with its taxes as it was shown: another one is refused, for a deadline may have passed meanwhile.
    pub expected_fee_cents: Option<Cents>,
}

impl WithReason {
    /// What becomes of the fee.
    ///
    /// Errors: it may not be waived, or no reason is given.
    pub(super) fn fee(&self, actor: &Actor, booking: &Booking, now: Timestamp) -> Result<FeeChoice, Refusal> {
        if !self.waive_fee {
            return Ok(FeeChoice::ByPolicy { expected: self.expected_fee_cents });
        }
        if !actor.may::<ReservationsWaiveFee>() && !is_mistake(actor, booking, now) {
            let message = "To waive a fee needs the permission pms.reservations.waive_fee.";
            return Err(Refusal::new(Code::AuthorizationDenied, message));
        }
        if self.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(Refusal::invalid("reason", "is required to waive the fee"));
        }
        Ok(FeeChoice::Waived)
    }
}

/// Whoever booked it takes it back at once: no guest cancels, so anybody may waive what he made himself.
fn is_mistake(actor: &Actor, booking: &Booking, now: Timestamp) -> bool {
    let r = &booking.reservation;
    r.created_by == actor.id && now.duration_since(r.created_at).as_mins() < 15
}

/// Cancels a hold or a confirmed reservation; its nights are free at once. The fee of its cancellation policy is posted to its folio;
/// a hold costs nothing.
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
    let fee = write.body.fee(&actor, &before, op.now)?;
    let on = property.business_date;
    let closing = Closing { to: Status::Cancelled, verb: "cancelled", reason: write.body.reason, on, fee };
    let after = close(&mut op, &property, before, closing).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// How a reservation ends that will not be slept.
pub struct Closing {
    /// CANCELLED or NO_SHOW.
    pub to: Status,
    pub verb: &'static str,
    pub reason: Option<String>,
    pub on: Day,
    pub fee: FeeChoice,
}

/// Ends a reservation that will not be slept, and charges what that costs. The caller settles the calendar.
pub async fn close(op: &mut Op, property: &Property, before: Booking, closing: Closing) -> Result<Booking> {
    rules::transition(&before.reservation, closing.to)?;
    let fee = fees::chosen(&before, closing.to, property, op.now, closing.fee)?;
    let mut after = before.clone();
    let r = &mut after.reservation;
    r.status = closing.to;
    r.hold_expires_at = None;
    r.closed_on = Some(closing.on);
    r.close_reason = closing.reason;
    r.closing_fee = fee;
    r.room_id = None;
    let mut faults = Faults::default();
    rules::check_notes(&mut faults, r);
    faults.finish()?;
    after.rooms.clear();

    let plan = Plan::make(op, property, [(&before, &after)]).await?;
    let charge = Charge::prepare(op, &after).await?;
    plan.write(op, property, &before, &mut after, closing.verb);
    if let Some(charge) = charge {
        charge.post(op, property, &after).await?;
    }
    Ok(after)
}
