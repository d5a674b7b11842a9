use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    model::{Booking, Status},
    move_stay::store_move,
    rules, store,
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::CalendarMove},
    kernel::{Day, Refusal, ReservationId, RoomId},
    op::Op,
    properties::Property,
};

/// From this night on in another room.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Split {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// The first night in the other room.
    pub date: Day,
    pub room_id: RoomId,
    /// Takes the room although it is not as wished; that is audited.
    pub override_wishes: Option<bool>,
}

/// Splits a stay: one reservation, one room up to a night and another from it on.
#[utoipa::path(post, path = "/reservations/{id}/split", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Split,
    responses((status = 200, description = "The booking with its rooms.", body = Data<Booking>)))]
pub async fn split(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    Path(id): Path<ReservationId>,
    write: Write<Split>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (mut before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    before.is_free_of_wishes = write.body.override_wishes == Some(true);
    let after = split_in(&mut op, &property, &before, write.body.date, write.body.room_id).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// The use case itself. The caller settles the calendar.
pub async fn split_in(op: &mut Op, property: &Property, before: &Booking, date: Day, room: RoomId) -> Result<Booking> {
    let r = &before.reservation;
    rules::movable(r)?;
    if before.rooms.is_empty() {
        return Err(Refusal::invalid("roomId", "the stay has no room yet: assign it first").into());
    }
    if date <= r.check_in_date || date >= r.check_out_date {
        return Err(Refusal::invalid("date", "must be a night of the stay after the first").into());
    }
    if r.status == Status::CheckedIn && date < property.business_date {
        return Err(Refusal::invalid("date", "must not be before the business date: those nights are slept").into());
    }
    let mut after = before.clone();
    after.rooms = rules::moved_from(&before.rooms, r.stay(), date, room);
    store_move(op, property, before, after, "split").await
}
