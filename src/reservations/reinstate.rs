use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    fees,
    model::{Booking, Status},
    rules,
    store::{self, Plan},
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::ReservationsEdit},
    inventory::Piece,
    kernel::{Code, Faults, Refusal, ReservationId, RoomId},
};

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reinstate {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
    /// A room for the whole stay; without it the stay waits for one.
    pub room_id: Option<RoomId>,
    /// Takes the room although it is not as wished; that is audited.
    pub override_wishes: Option<bool>,
}

/// Brings a cancelled or no-show reservation back, if the inventory is still there: the fee that it cost is taken back. After
/// the day of arrival it begins on the business date.
#[utoipa::path(post, path = "/reservations/{id}/reinstate", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Reinstate,
    responses((status = 200, description = "The booking, confirmed again.", body = Data<Booking>)))]
pub async fn reinstate(
    State(app): State<AppState>,
    actor: May<ReservationsEdit>,
    Path(id): Path<ReservationId>,
    write: Write<Reinstate>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let mut faults = Faults::default();
    faults.text("reason", &write.body.reason, 1, 1000);
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    if !matches!(before.reservation.status, Status::Cancelled | Status::NoShow) {
        return Err(Refusal::new(Code::InvalidStatusTransition, "Only a cancelled or no-show reservation is reinstated.").into());
    }
    rules::transition(&before.reservation, Status::Confirmed)?;
    if before.reservation.check_out_date <= property.business_date {
        return Err(Refusal::new(
            Code::InvalidStatusTransition,
            "The stay is over: its departure is not after the business date.",
        )
        .into());
    }
    let mut after = before.clone();
    after.is_free_of_wishes = write.body.override_wishes == Some(true);
    let r = &mut after.reservation;
    r.status = Status::Confirmed;
    r.closed_on = None;
    r.close_reason = Some(write.body.reason);
    r.closing_fee = None;
    if r.check_in_date < property.business_date {
        after.begin_on(property.business_date);
    }
    let stay = after.reservation.stay();
    after.rooms = write.body.room_id.map(|room_id| Piece { room_id, stay }).into_iter().collect();

    let plan = Plan::make(&mut op, &property, [(&before, &after)]).await?;
    let reversal = fees::Reversal::find(&mut op, &property, id).await?;
    plan.write(&mut op, &property, &before, &mut after, "reinstated");
    reversal.post(&mut op, &property).await?;
    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}
