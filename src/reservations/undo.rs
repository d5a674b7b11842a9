use axum::extract::State;

use super::{
    check_in::demand_ready,
    model::{Booking, Status},
    rules,
    store::{self, Plan},
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{
        AppState, Data, May, Path, Seen, Write,
        permission::{FrontDeskCheckIn, FrontDeskCheckOut},
    },
    kernel::{Code, Day, Refusal, ReservationId},
    rooms::{model::RoomStatus, status},
};

/// Takes a check-in back, on the same business date: an early one gives back the nights that it added, at the arrival as it was
/// planned. The room is dirty then: someone was in it.
#[utoipa::path(post, path = "/reservations/{id}/undo-check-in", tag = "front desk", params(("id" = ReservationId, Path)), request_body = Seen,
    responses((status = 200, description = "The booking, confirmed as before.", body = Data<Booking>)))]
pub async fn undo_check_in(
    State(app): State<AppState>,
    actor: May<FrontDeskCheckIn>,
    Path(id): Path<ReservationId>,
    write: Write<Seen>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    let r = &before.reservation;
    if r.status != Status::CheckedIn {
        return Err(Refusal::new(
            Code::InvalidStatusTransition,
            format!("Nobody is checked in: the reservation is {}.", r.status),
        )
        .into());
    }
    demand_same_day("check-in", r.checked_in_on, property.business_date)?;
    let mut after = before.clone();
    after.reservation.status = Status::Confirmed;
    after.reservation.checked_in_on = None;
    if let Some(planned) = after.reservation.planned_check_in_date.take().filter(|day| *day < r.check_out_date) {
        after.begin_on(planned);
        after.rooms = rules::stretched(&before.rooms, after.reservation.stay());
    }

    let plan = Plan::make(&mut op, &property, [(&before, &after)]).await?;
    let room = match before.reservation.room_id {
        Some(id) => Some(plan.room(&mut op, &property, id).await?),
        None => None,
    };
    plan.write(&mut op, &property, &before, &mut after, "check_in_undone");
    if let Some(room) = room {
        status::set(&mut op, &room, RoomStatus::VacantDirty, Some("check-in undone".into()), property.business_date);
    }
    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// Takes a check-out back, on the same business date: the guest is in the house again, until the departure and in the rooms as they
/// were planned.
#[utoipa::path(post, path = "/reservations/{id}/undo-check-out", tag = "front desk", params(("id" = ReservationId, Path)), request_body = Seen,
    responses((status = 200, description = "The booking, in house as before.", body = Data<Booking>)))]
pub async fn undo_check_out(
    State(app): State<AppState>,
    actor: May<FrontDeskCheckOut>,
    Path(id): Path<ReservationId>,
    write: Write<Seen>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    let r = &before.reservation;
    if r.status != Status::CheckedOut {
        return Err(
            Refusal::new(Code::InvalidStatusTransition, format!("Nobody has left: the reservation is {}.", r.status)).into()
        );
    }
    demand_same_day("check-out", r.checked_out_on, property.business_date)?;
    let Some(room_id) = r.room_id else {
        return Err(Refusal::new(Code::InvalidStatusTransition, "The stay had no room.").into());
    };
    let mut after = returned(&before, property.business_date);

    let plan = Plan::make(&mut op, &property, [(&before, &after)]).await?;
    let room = plan.room(&mut op, &property, room_id).await?;
    demand_ready(&room, true)?;
    plan.write(&mut op, &property, &before, &mut after, "check_out_undone");
    status::set(&mut op, &room, RoomStatus::Occupied, Some("check-out undone".into()), property.business_date);
    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// The booking as it was before the departure, with the nights that were given back.
fn returned(before: &Booking, business_date: Day) -> Booking {
    let mut after = before.clone();
    // The rooms are his that he had, whatever they are like.
    after.is_free_of_wishes = true;
    let r = &mut after.reservation;
    r.status = Status::CheckedIn;
    r.checked_out_on = None;
    if let Some(planned) = r.planned_check_out_date.take() {
        r.check_out_date = planned;
        after.rooms = r.planned_rooms_json.take().unwrap_or_default();
        after.nights.iter_mut().for_each(|n| n.is_released = false);
    }
    after.add_up(business_date);
    after
}

/// Errors: INVALID_STATUS_TRANSITION when the day was closed since.
fn demand_same_day(what: &str, done_on: Option<Day>, business_date: Day) -> Result<(), Refusal> {
    if done_on == Some(business_date) {
        return Ok(());
    }
    let message = format!("A {what} is undone on its own business date only; today is {business_date}.");
    Err(Refusal::new(Code::InvalidStatusTransition, message))
}
