use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    model::{Booking, Status},
    store::{self, Plan},
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::CalendarMove},
    inventory::Piece,
    kernel::{Code, Refusal, ReservationId},
};

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Side {
    pub reservation_id: ReservationId,
    pub version: i32,
}

/// Two stays that change rooms.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Swap {
    pub a: Side,
    pub b: Side,
    /// Takes the rooms although they are not as wished; that is audited.
    pub override_wishes: Option<bool>,
}

/// Two stays change rooms, each for its own nights, both or neither.
#[utoipa::path(post, path = "/reservations/swap", tag = "reservations", request_body = Swap,
    responses((status = 200, description = "Both bookings, in the order given.", body = Data<Vec<Booking>>)))]
pub async fn swap(State(app): State<AppState>, actor: May<CalendarMove>, write: Write<Swap>) -> Result<Reply> {
    let Swap { a, b, override_wishes } = write.body;
    if a.reservation_id == b.reservation_id {
        return Err(Refusal::invalid("b.reservationId", "must be another reservation").into());
    }

    let mut op = app.begin(&actor, write.key).await?;
    let ([first, second], property) = store::load(&mut op, Some(&actor), [a.reservation_id, b.reservation_id]).await?;
    store::demand_seen(&first, a.version)?;
    store::demand_seen(&second, b.version)?;
    if first.reservation.property_id != second.reservation.property_id {
        return Err(Refusal::invalid("b.reservationId", "must be in the same property").into());
    }
    let (to_first, to_second) = (only_piece(&second)?, only_piece(&first)?);
    let mut pairs = [in_room(first, to_first), in_room(second, to_second)];
    for (_, after) in &mut pairs {
        after.is_free_of_wishes = override_wishes == Some(true);
    }
    let plan = Plan::make(&mut op, &property, pairs.iter().map(|(before, after)| (before, after))).await?;
    plan.write_all(&mut op, &property, &mut pairs, |_, _| "swapped");

    calendar::settle(&mut op).await?;
    op.commit(200, &pairs.map(|(_, after)| after)).await
}

/// Errors: RESERVATION_NOT_MOVABLE for a guest in the house, a split stay, or one without a room.
fn only_piece(booking: &Booking) -> Result<Piece, Refusal> {
    let r = &booking.reservation;
    match (r.status, booking.rooms.as_slice()) {
        (Status::Hold | Status::Confirmed, [piece]) => Ok(*piece),
        (Status::Hold | Status::Confirmed, _) => {
            Err(Refusal::new(Code::ReservationNotMovable, "Only stays in one room can swap."))
        }
        (Status::CheckedIn, _) => {
            let message =
                format!("The guest of {} is in the house and cannot swap: move the one, then the other.", r.confirmation_number);
            Err(Refusal::new(Code::ReservationNotMovable, message))
        }
        _ => {
            let message = format!("Reservation {} is {} and cannot swap rooms.", r.confirmation_number, r.status);
            Err(Refusal::new(Code::ReservationNotMovable, message))
        }
    }
}

fn in_room(before: Booking, other: Piece) -> (Booking, Booking) {
    let mut after = before.clone();
    after.rooms = vec![Piece { room_id: other.room_id, stay: before.reservation.stay() }];
    (before, after)
}
