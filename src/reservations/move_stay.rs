use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    change::requote,
    check_in,
    model::{Booking, Status},
    rules,
    store::{self, Plan},
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::CalendarMove},
    inventory::{Piece, day::status_when_left},
    kernel::{Code, Day, Refusal, ReservationId, RoomId, Stay},
    op::Op,
    properties::Property,
    restrictions,
    rooms::{model::RoomStatus, status},
};

/// To another room, other dates, or both; the length stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Move {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    pub room_id: Option<RoomId>,
    pub check_in_date: Option<Day>,
    /// Takes the room although it is not as wished; that is audited.
    pub override_wishes: bool,
    /// Sells against restrictions; what is overridden is audited. Needs `pms.restrictions.override`.
    pub override_restrictions: Option<bool>,
}

/// Moves a stay. An in-house guest changes rooms from the business date on; the nights slept stay where they were.
#[utoipa::path(post, path = "/reservations/{id}/move", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Move,
    responses((status = 200, description = "The booking as it is now.", body = Data<Booking>)))]
pub async fn move_stay(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    Path(id): Path<ReservationId>,
    write: Write<Move>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let is_free = write.body.override_restrictions == Some(true);
    restrictions::demand_override(&actor, is_free)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (mut before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    before.is_free_of_wishes = write.body.override_wishes;
    let to = Target { room: write.body.room_id, check_in: write.body.check_in_date, grabbed: None, is_free };
    let after = move_in(&mut op, &property, &before, to).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// Where the client saw the bar that it dragged.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BarSeen {
    /// Null for a stay from the unassigned lane.
    pub room_id: Option<RoomId>,
    pub check_in_date: Day,
    pub check_out_date: Day,
    pub version: i32,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MoveTarget {
    pub room_id: RoomId,
    pub check_in_date: Day,
}

/// A drag on the calendar.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CalendarMoveBody {
    pub reservation_id: ReservationId,
    pub from: BarSeen,
    pub to: MoveTarget,
    /// Takes the room although it is not as wished; that is audited.
    pub override_wishes: Option<bool>,
    /// Sells against restrictions; what is overridden is audited. Needs `pms.restrictions.override`.
    pub override_restrictions: Option<bool>,
    /// As the header `Idempotency-Key`.
    #[schema(min_length = 1, max_length = 255)]
    pub idempotency_key: Option<String>,
}

/// Moves a bar: its room, its dates, or both.
#[utoipa::path(post, path = "/calendar/move", tag = "calendar", request_body = CalendarMoveBody,
    responses((status = 200, description = "The booking as it is now.", body = Data<Booking>)))]
pub async fn calendar_move(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    write: Write<CalendarMoveBody>,
) -> Result<Reply> {
    let body = write.body;
    let is_free = body.override_restrictions == Some(true);
    restrictions::demand_override(&actor, is_free)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (mut before, property) = store::load_seen(&mut op, &actor, body.reservation_id, body.from.version).await?;
    before.is_free_of_wishes = body.override_wishes == Some(true);
    let grabbed = seen_piece(&before, &body.from)?;
    let to = Target { room: Some(body.to.room_id), check_in: Some(body.to.check_in_date), grabbed, is_free };
    let after = move_in(&mut op, &property, &before, to).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// The piece that the client saw. `None` when it is the whole stay.
///
/// Errors: CONCURRENCY_CONFLICT when the bar is not there.
pub fn seen_piece(booking: &Booking, seen: &BarSeen) -> Result<Option<Piece>, Refusal> {
    let stale = || Refusal::stale("reservation", booking);
    let stay = Stay { from: seen.check_in_date, to: seen.check_out_date };
    match (seen.room_id, booking.rooms.as_slice()) {
        (None, []) | (Some(_), [_]) if booking.reservation.stay() != stay => Err(stale()),
        (None, []) => Ok(None),
        (Some(room), [only]) if only.room_id == room => Ok(None),
        (Some(room_id), pieces) => pieces.iter().find(|p| **p == Piece { room_id, stay }).map(|p| Some(*p)).ok_or_else(stale),
        (None, _) => Err(stale()),
    }
}

/// Where a stay goes. What is `None` stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Target {
    pub room: Option<RoomId>,
    pub check_in: Option<Day>,
    /// One piece of a split stay, which changes its room alone.
    pub grabbed: Option<Piece>,
    /// Whatever restrictions say.
    pub is_free: bool,
}

/// The use case itself. The caller settles the calendar.
pub async fn move_in(op: &mut Op, property: &Property, before: &Booking, to: Target) -> Result<Booking> {
    let Target { room, check_in, grabbed, is_free } = to;
    let r = &before.reservation;
    rules::movable(r)?;
    let begins = check_in.unwrap_or(grabbed.map_or(r.check_in_date, |p| p.stay.from));
    let after = match grabbed {
        Some(piece) => piece_moved(property, before, piece, room, begins)?,
        None if r.status == Status::CheckedIn => in_house_moved(property, before, room, begins)?,
        None => {
            let mut after = whole_moved(property, before, room, begins)?;
            requote(op, property, before, &mut after, is_free).await?;
            after
        }
    };
    store_move(op, property, before, after, "moved").await
}

/// One piece of a split stay goes to another room.
fn piece_moved(
    property: &Property,
    before: &Booking,
    piece: Piece,
    room: Option<RoomId>,
    begins: Day,
) -> Result<Booking, Refusal> {
    if begins != piece.stay.from {
        return Err(Refusal::invalid("to.checkInDate", "must stay: a piece of a split stay changes its room alone"));
    }
    let in_house = before.reservation.status == Status::CheckedIn;
    if in_house && piece.stay.to <= property.business_date {
        return Err(Refusal::new(Code::ReservationNotMovable, "These nights are slept; they stay where they were."));
    }
    let mut after = before.clone();
    let Some(room_id) = room else { return Ok(after) };
    let first = if in_house { piece.stay.from.max(property.business_date) } else { piece.stay.from };
    after.rooms = before
        .rooms
        .iter()
        .flat_map(|p| {
            if *p != piece {
                return vec![*p];
            }
            let slept = (first > p.stay.from).then_some(Piece { stay: Stay { to: first, ..p.stay }, ..*p });
            slept.into_iter().chain([Piece { room_id, stay: Stay { from: first, ..p.stay } }]).collect()
        })
        .collect();
    after.rooms.sort_by_key(|p| p.stay.from);
    after.rooms = joined(&after.rooms);
    Ok(after)
}

/// Neighbours in one room become one piece.
fn joined(rooms: &[Piece]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in rooms {
        match out.last_mut() {
            Some(last) if last.room_id == piece.room_id && last.stay.to == piece.stay.from => last.stay.to = piece.stay.to,
            _ => out.push(*piece),
        }
    }
    out
}

fn in_house_moved(property: &Property, before: &Booking, room: Option<RoomId>, begins: Day) -> Result<Booking, Refusal> {
    let r = &before.reservation;
    if begins != r.check_in_date {
        return Err(Refusal::new(Code::ReservationNotMovable, "The guest is in the house: the arrival cannot change."));
    }
    let mut after = before.clone();
    let Some(room) = room else { return Ok(after) };
    if r.check_out_date <= property.business_date {
        return Err(Refusal::new(Code::ReservationNotMovable, "No night is left to move: extend the stay first."));
    }
    after.rooms = rules::moved_from(&before.rooms, r.stay(), property.business_date.max(r.check_in_date), room);
    // Also when the nights are there already: on the seam of a split stay this is the guest changing rooms.
    after.reservation.room_id = Some(room);
    Ok(after)
}

fn whole_moved(property: &Property, before: &Booking, room: Option<RoomId>, begins: Day) -> Result<Booking, Refusal> {
    let r = &before.reservation;
    let stay = r.stay().starting(begins);
    if begins != r.check_in_date {
        rules::arrival(begins, property.business_date)?;
    }
    let mut after = before.clone();
    after.reservation.check_in_date = stay.from;
    after.reservation.check_out_date = stay.to;
    let shift = r.check_in_date.days_until(stay.from);
    after.rooms = match (room, before.rooms.as_slice()) {
        (Some(room_id), _) => vec![Piece { room_id, stay }],
        (None, pieces) => {
            let moved = |p: &Piece| Piece { stay: Stay { from: p.stay.from.plus(shift), to: p.stay.to.plus(shift) }, ..*p };
            pieces.iter().map(moved).collect()
        }
    };
    Ok(after)
}

/// Stores a move; when the guest is in the house, the room that he leaves becomes dirty and the new one occupied.
pub async fn store_move(
    op: &mut Op,
    property: &Property,
    before: &Booking,
    mut after: Booking,
    verb: &'static str,
) -> Result<Booking> {
    let plan = Plan::make(op, property, [(before, &after)]).await?;
    let (old, new) = (before.reservation.room_id, rules::room_after(before, &after, property.business_date));
    let changing = match (old, new) {
        (Some(old), Some(new)) if old != new && after.reservation.status == Status::CheckedIn => {
            let (old, new) = (plan.room(op, property, old).await?, plan.room(op, property, new).await?);
            check_in::demand_ready(&new, true)?;
            let left = status_when_left(op, property, old.id).await?;
            Some((old, left, new))
        }
        _ => None,
    };

    plan.write(op, property, before, &mut after, verb);
    if let Some((old, left, new)) = changing {
        status::set(op, &new, RoomStatus::Occupied, None, property.business_date);
        status::set(op, &old, left, None, property.business_date);
    }
    Ok(after)
}
