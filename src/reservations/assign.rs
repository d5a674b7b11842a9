use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    model::{Booking, Status},
    move_stay::{Target, move_in},
    rules, store,
};
use crate::{
    calendar, call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Seen, Write, permission::CalendarMove},
    inventory::{Piece, availability, facts::LOCK_TYPES},
    kernel::{Code, Refusal, ReservationId, RoomId},
    op::Op,
    properties::Property,
    rooms::wishes::UnmetWishes,
};

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Assign {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// The room; without it the best free one of the booked type that is as wished: clean before dirty, then by number.
    pub room_id: Option<RoomId>,
    /// Takes the room although it is not as wished; that is audited.
    pub override_wishes: bool,
}

/// Gives a stay its room, of the booked type or another.
#[utoipa::path(post, path = "/reservations/{id}/assign", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Assign,
    responses((status = 200, description = "The booking with its room.", body = Data<Booking>)))]
pub async fn assign(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    Path(id): Path<ReservationId>,
    write: Write<Assign>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (mut before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    before.is_free_of_wishes = write.body.override_wishes;
    let after = assign_in(&mut op, &property, &before, write.body.room_id).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// The use case itself. A stay that has a room moves.
pub async fn assign_in(op: &mut Op, property: &Property, before: &Booking, room: Option<RoomId>) -> Result<Booking> {
    rules::movable(&before.reservation)?;
    let stay = before.reservation.stay();
    let room = match room {
        Some(room) => room,
        None => best_free_room(op, before).await?,
    };
    if !before.rooms.is_empty() {
        return move_in(op, property, before, Target { room: Some(room), ..Target::default() }).await;
    }
    let mut after = before.clone();
    after.rooms = vec![Piece { room_id: room, stay }];

    store::save(op, property, before, &mut after, "assigned").await?;
    Ok(after)
}

/// Chosen under the lock of the type, so that of several who ask at once each gets another room. The types that the stay leaves are
/// locked along with it: to lock them later would be out of order.
async fn best_free_room(op: &mut Op, booking: &Booking) -> Result<RoomId> {
    let r = &booking.reservation;
    let left: Vec<RoomId> = booking.rooms.iter().map(|piece| piece.room_id).collect();
    let lock = call!(LOCK_TYPES, op.tenant(), r.property_id, left, vec![r.room_type_id]);
    let free = availability::free_rooms(op.tenant(), r.property_id, Some(r.room_type_id), r.stay(), None);
    let [_, rows] = op.run([lock, free]).await?;
    if let Some(room) = availability::as_wished(&rows, &r.wishes).first() {
        return Ok(*room);
    }
    let others: Vec<UnmetWishes> = availability::not_as_wished(&rows, &r.wishes);
    let message = match others.len() {
        0 => "No one room of this type is free for all nights.",
        _ => "No room of this type that is free for all nights is as the stay must have it.",
    };
    Err(Refusal::new(Code::NoAvailability, message).facts(serde_json::json!({ "notAsWished": others })).into())
}

/// Takes the room away; the stay waits for another.
#[utoipa::path(post, path = "/reservations/{id}/unassign", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Seen,
    responses((status = 200, description = "The booking without a room.", body = Data<Booking>)))]
pub async fn unassign(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    Path(id): Path<ReservationId>,
    write: Write<Seen>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    if !matches!(before.reservation.status, Status::Hold | Status::Confirmed) {
        return Err(Refusal::new(Code::ReservationNotMovable, "Only a hold or a confirmed stay can be without a room.").into());
    }
    let mut after = before.clone();
    after.rooms.clear();
    after.reservation.room_id = None;

    store::save(&mut op, &property, &before, &mut after, "unassigned").await?;
    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}
