use std::collections::HashSet;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    calendar,
    db::{Reply, Result},
    http::{Actor, AppState, Data, May, Path, Write, permission::CalendarMove},
    inventory::{
        Piece,
        blocks::{RoomBlock, create, model::NewRoomBlock},
    },
    kernel::{Code, Faults, PropertyId, Refusal, ReservationId, RoomId},
    op::Op,
    reservations::{
        Booking, Status,
        store::{self, Plan},
    },
};

/// Most stays that change together.
const MOST_MOVES: usize = 200;

/// A stay as it was seen, and its room from now on.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedMove {
    pub reservation_id: ReservationId,
    /// The version that the plan was made for.
    pub version: i32,
    /// Null: it waits for a room again. Only an undo asks for that.
    pub room_id: Option<RoomId>,
    /// Although the room is not as the stay must have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub override_wishes: bool,
}

/// A plan that was accepted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FitExecution {
    #[schema(min_items = 1, max_items = 200)]
    pub moves: Vec<PlannedMove>,
    /// What the room was freed for: it goes off the market in the same transaction.
    pub block: Option<NewRoomBlock>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FitExecuted {
    /// In the order of the plan.
    pub bookings: Vec<Booking>,
    pub block: Option<RoomBlock>,
    /// The moves that bring everybody back, for the same request; remove the block before.
    pub undo: Vec<PlannedMove>,
}

/// Executes a plan: every move of it or none. Refused when a stay or a room is no longer as the plan saw it.
#[utoipa::path(post, path = "/properties/{id}/fit/execute", tag = "fit", params(("id" = PropertyId, Path)), request_body = FitExecution,
    responses((status = 200, description = "The stays in their rooms.", body = Data<FitExecuted>)))]
pub async fn execute(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    Path(id): Path<PropertyId>,
    write: Write<FitExecution>,
) -> Result<Reply> {
    actor.sees(id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let executed = execute_in(&mut op, Some(&actor), id, write.body).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &executed).await
}

/// The use case itself. The caller settles the calendar.
pub async fn execute_in(op: &mut Op, actor: Option<&Actor>, id: PropertyId, plan: FitExecution) -> Result<FitExecuted> {
    check(id, &plan)?;
    let FitExecution { moves, block } = plan;
    let ids = moves.iter().map(|it| it.reservation_id).collect();
    let (bookings, property) = store::load_all(op, actor, ids).await?;
    if bookings.iter().any(|booking| booking.reservation.property_id != id) {
        return Err(Refusal::not_found("reservation").into());
    }
    let mut pairs = Vec::with_capacity(moves.len());
    for (before, to) in bookings.into_iter().zip(&moves) {
        store::demand_seen(&before, to.version)?;
        pairs.push(in_room(before, to)?);
    }
    let plan = Plan::make(op, &property, pairs.iter().map(|(before, after)| (before, after))).await?;
    plan.write_all(op, &property, &mut pairs, verb);
    let block = match block {
        Some(new) => Some(create::create_in(op, new).await?),
        None => None,
    };
    let undo = pairs.iter().map(|(before, after)| back(before, after)).collect();
    let bookings = pairs.into_iter().map(|(_, after)| after).collect();
    Ok(FitExecuted { bookings, block, undo })
}

fn check(property: PropertyId, plan: &FitExecution) -> Result<(), Refusal> {
    let FitExecution { moves, block } = plan;
    let mut faults = Faults::default();
    if moves.is_empty() || moves.len() > MOST_MOVES {
        faults.add("moves", format!("must be 1 to {MOST_MOVES}"));
    }
    let mut seen = HashSet::new();
    for (n, to) in moves.iter().enumerate() {
        if !seen.insert(to.reservation_id) {
            faults.add(format!("moves[{n}].reservationId"), "is there twice");
        }
    }
    if block.as_ref().is_some_and(|block| block.property_id != property) {
        faults.add("block.propertyId", "must be the property of the plan");
    }
    faults.finish()
}

/// Errors: RESERVATION_NOT_MOVABLE for a guest in the house, a pinned or a split stay.
fn in_room(before: Booking, to: &PlannedMove) -> Result<(Booking, Booking), Refusal> {
    let r = &before.reservation;
    let number = &r.confirmation_number;
    let why = match r.status {
        Status::Hold | Status::Confirmed if r.is_pinned && !before.rooms.is_empty() => {
            format!("Reservation {number} is pinned to its room.")
        }
        Status::Hold | Status::Confirmed if before.rooms.len() > 1 => {
            format!("Reservation {number} is split over several rooms.")
        }
        Status::Hold | Status::Confirmed => {
            let mut after = before.clone();
            after.is_free_of_wishes = to.override_wishes;
            after.rooms = to.room_id.map(|room_id| Piece { room_id, stay: r.stay() }).into_iter().collect();
            after.reservation.room_id = to.room_id;
            return Ok((before, after));
        }
        Status::CheckedIn => format!("The guest of {number} is in the house."),
        status => format!("Reservation {number} is {status}."),
    };
    Err(Refusal::new(Code::ReservationNotMovable, why).facts(serde_json::json!({ "reservationId": r.id })))
}

fn verb(before: &Booking, after: &Booking) -> &'static str {
    match (before.rooms.is_empty(), after.rooms.is_empty()) {
        (true, _) => "assigned",
        (_, true) => "unassigned",
        _ => "moved",
    }
}

fn back(before: &Booking, after: &Booking) -> PlannedMove {
    PlannedMove {
        reservation_id: before.reservation.id,
        version: after.reservation.version,
        room_id: before.rooms.first().map(|piece| piece.room_id),
        // He had it, whatever it is like.
        override_wishes: before.reservation.wishes.is_hard() && !before.rooms.is_empty(),
    }
}
