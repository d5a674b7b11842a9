use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    change::requote,
    model::{Booking, Status},
    move_stay::{BarSeen, seen_piece, store_move},
    rules, store,
};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::CalendarResize},
    kernel::{Code, Day, Refusal, ReservationId, Stay},
    op::Op,
    properties::Property,
    restrictions,
};

/// Another arrival, another departure, or both.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Resize {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    pub check_in_date: Option<Day>,
    pub check_out_date: Option<Day>,
    /// Sells against restrictions; what is overridden is audited. Needs `pms.restrictions.override`.
    pub override_restrictions: Option<bool>,
}

/// Makes a stay longer or shorter. Kept nights keep their price; new ones are quoted.
#[utoipa::path(post, path = "/reservations/{id}/resize", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Resize,
    responses((status = 200, description = "The booking as it is now.", body = Data<Booking>)))]
pub async fn resize(
    State(app): State<AppState>,
    actor: May<CalendarResize>,
    Path(id): Path<ReservationId>,
    write: Write<Resize>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let is_free = write.body.override_restrictions == Some(true);
    restrictions::demand_override(&actor, is_free)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    let r = &before.reservation;
    let (from, to) = (write.body.check_in_date.unwrap_or(r.check_in_date), write.body.check_out_date.unwrap_or(r.check_out_date));
    let after = resize_in(&mut op, &property, &before, (from, to), is_free).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// Which end of the bar is dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Edge {
    Left,
    Right,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResizeTarget {
    /// With the left edge.
    pub check_in_date: Option<Day>,
    /// With the right edge.
    pub check_out_date: Option<Day>,
}

/// An edge dragged on the calendar.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CalendarResizeBody {
    pub reservation_id: ReservationId,
    pub edge: Edge,
    pub from: BarSeen,
    pub to: ResizeTarget,
    /// Sells against restrictions; what is overridden is audited. Needs `pms.restrictions.override`.
    pub override_restrictions: Option<bool>,
    /// As the header `Idempotency-Key`.
    #[schema(min_length = 1, max_length = 255)]
    pub idempotency_key: Option<String>,
}

/// Drags an edge of a bar.
#[utoipa::path(post, path = "/calendar/resize", tag = "calendar", request_body = CalendarResizeBody,
    responses((status = 200, description = "The booking as it is now.", body = Data<Booking>)))]
pub async fn calendar_resize(
    State(app): State<AppState>,
    actor: May<CalendarResize>,
    write: Write<CalendarResizeBody>,
) -> Result<Reply> {
    let body = write.body;
    let is_free = body.override_restrictions == Some(true);
    restrictions::demand_override(&actor, is_free)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, body.reservation_id, body.from.version).await?;
    seen_piece(&before, &body.from)?;
    let stay = before.reservation.stay();
    let (from, to) = match (body.edge, body.to.check_in_date, body.to.check_out_date) {
        (Edge::Left, Some(day), None) if body.from.check_in_date == stay.from => (day, stay.to),
        (Edge::Right, None, Some(day)) if body.from.check_out_date == stay.to => (stay.from, day),
        (Edge::Left, Some(_), None) | (Edge::Right, None, Some(_)) => {
            return Err(Refusal::invalid("edge", "must be an outer end of a split stay; its seam moves by a split").into());
        }
        (Edge::Left, ..) => return Err(Refusal::invalid("to.checkInDate", "alone goes with the left edge").into()),
        (Edge::Right, ..) => return Err(Refusal::invalid("to.checkOutDate", "alone goes with the right edge").into()),
    };
    let after = resize_in(&mut op, &property, &before, (from, to), is_free).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// The use case itself. `is_free`: whatever restrictions say. The caller settles the calendar.
pub async fn resize_in(
    op: &mut Op,
    property: &Property,
    before: &Booking,
    (from, to): (Day, Day),
    is_free: bool,
) -> Result<Booking> {
    let r = &before.reservation;
    rules::movable(r)?;
    let field = if from == r.check_in_date { "checkOutDate" } else { "checkInDate" };
    let stay = Stay::new(from, to).map_err(|rule| match field {
        "checkInDate" => Refusal::invalid(field, "must be before the departure, by at most 731 nights"),
        _ => Refusal::invalid(field, rule),
    })?;
    if from != r.check_in_date && r.status == Status::CheckedIn {
        return Err(Refusal::new(Code::ReservationNotMovable, "The guest is in the house: the arrival cannot change.").into());
    }
    if from != r.check_in_date {
        rules::arrival(from, property.business_date)?;
    }
    if to != r.check_out_date && r.status == Status::CheckedIn && to <= property.business_date {
        return Err(Refusal::invalid("checkOutDate", "must be after the business date; check the guest out instead").into());
    }
    let mut after = before.clone();
    after.reservation.check_in_date = from;
    after.reservation.check_out_date = to;
    after.rooms = rules::stretched(&before.rooms, stay);
    requote(op, property, before, &mut after, is_free).await?;
    store_move(op, property, before, after, "resized").await
}
