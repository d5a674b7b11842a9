use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    change::quoted_nights,
    model::{Booking, Status, Warning},
    rules,
    store::{self, Plan},
};
use crate::{
    calendar, call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::FrontDeskCheckIn},
    kernel::{Cents, Code, Refusal, ReservationId, RoomId, Stay, money::written},
    op::Op,
    properties::Property,
    rooms::{
        model::{Room, RoomStatus},
        status,
    },
};

crate::sql! {
    PAID_FOR_STAY = "
        select coalesce(-sum(e.amount_cents), 0)::bigint from pms_folios f join pms_folio_entries e
          on e.tenant_id = $1 and e.property_id = f.property_id and e.folio_id = f.id and e.entry_type in ('PAYMENT', 'REFUND')
        where f.tenant_id = $1 and f.property_id = $2 and f.reservation_id = $3";
}

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CheckIn {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// A room, when the stay has none yet or gets another.
    pub room_id: Option<RoomId>,
    /// Lets the guest into a room that is not clean; the override is audited.
    pub override_dirty: bool,
    /// Takes the room although it is not as wished; that is audited.
    pub override_wishes: bool,
    /// Lets a stay begin more than one day before its arrival, with all nights between at their price.
    pub add_nights: bool,
}

/// Checks a guest in, into an assigned room that is clean, vacant and in order. Before the day of arrival, the stay begins on the
/// business date and the nights that come to it are priced; more than one such night must be asked for.
#[utoipa::path(post, path = "/reservations/{id}/check-in", tag = "front desk", params(("id" = ReservationId, Path)), request_body = CheckIn,
    responses((status = 200, description = "The booking, in house.", body = Data<Booking>)))]
pub async fn check_in(
    State(app): State<AppState>,
    actor: May<FrontDeskCheckIn>,
    Path(id): Path<ReservationId>,
    write: Write<CheckIn>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (mut before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    before.is_free_of_wishes = write.body.override_wishes;
    let early = property.business_date.days_until(before.reservation.check_in_date);
    if early > 1 && before.reservation.status == Status::Confirmed && !write.body.add_nights {
        return Err(too_early(&before, early).into());
    }
    let mut after = check_in_in(&mut op, &property, &before, write.body.room_id, write.body.override_dirty).await?;
    if early > 0 {
        let message = format!("The stay begins early: {early} more nights than were booked, at their price.");
        after.warnings.push(Warning { code: "NIGHTS_ADDED", message });
    }
    after.warnings.extend(deposit_open(&mut op, &property, &before).await?);

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// A deposit that should have come by now: it is no longer listed once the guest is in the house.
async fn deposit_open(op: &mut Op, property: &Property, before: &Booking) -> Result<Option<Warning>> {
    let r = &before.reservation;
    let Some(due_on) = r.deposit_due_on.filter(|day| *day <= property.business_date) else { return Ok(None) };
    let paid: Cents = op.query(call!(PAID_FOR_STAY, op.tenant(), property.id, r.id)).await?[0].get(0);
    let open = r.deposit_cents - paid;
    let message = format!("The deposit that was due on {due_on} is not paid: {} are open.", written(open, &r.currency));
    Ok((open > Cents(0)).then_some(Warning { code: "DEPOSIT_OPEN", message }))
}

/// A click on the wrong line must not sell half a year.
fn too_early(before: &Booking, early: i32) -> Refusal {
    let arrival = before.reservation.check_in_date;
    let message = format!(
        "The arrival is on {arrival}, in {early} days. A check-in today adds {early} nights, which must be wanted: addNights."
    );
    Refusal::new(Code::InvalidStatusTransition, message)
        .facts(serde_json::json!({ "checkInDate": arrival, "nightsAdded": early }))
}

/// The use case itself. The caller settles the calendar.
pub async fn check_in_in(
    op: &mut Op,
    property: &Property,
    before: &Booking,
    room: Option<RoomId>,
    override_dirty: bool,
) -> Result<Booking> {
    let r = &before.reservation;
    let today = property.business_date;
    if r.status == Status::CheckedOut {
        return Err(Refusal::new(Code::InvalidStatusTransition, "The guest has left; use the undo of the check-out.").into());
    }
    rules::transition(r, Status::CheckedIn)?;
    if r.check_out_date <= today {
        return Err(Refusal::new(
            Code::InvalidStatusTransition,
            "The stay is over: its departure is not after the business date.",
        )
        .into());
    }
    let mut after = before.clone();
    if today < r.check_in_date {
        Stay::new(today, r.check_out_date).map_err(|rule| Refusal::invalid("checkOutDate", rule))?;
        after.reservation.planned_check_in_date = Some(r.check_in_date);
        after.reservation.check_in_date = today;
        after.rooms = rules::stretched(&before.rooms, after.reservation.stay());
        after.nights = quoted_nights(op, &after, &before.nights).await?;
    }
    if let Some(room) = room {
        if after.rooms.is_empty() && r.check_in_date < today {
            // Came late and had no room: nobody slept the nights before today, and their rooms were others'.
            after.begin_on(today);
        }
        let stay = after.reservation.stay();
        after.rooms = rules::moved_from(&after.rooms, stay, today.max(stay.from), room);
    }
    let Some(room_id) = rules::room_on(&after.rooms, today) else {
        return Err(Refusal::invalid("roomId", "is required: the stay has no room yet").into());
    };
    after.reservation.status = Status::CheckedIn;
    after.reservation.checked_in_on = Some(today);

    let plan = Plan::make(op, property, [(before, &after)]).await?;
    let room = plan.room(op, property, room_id).await?;
    demand_ready(&room, override_dirty)?;

    plan.write(op, property, before, &mut after, "checked_in");
    let note = (room.status == RoomStatus::VacantDirty).then(|| "checked in although not clean".to_string());
    status::set(op, &room, RoomStatus::Occupied, note, today);
    Ok(after)
}

/// Errors: ROOM_OUT_OF_ORDER; ROOM_ALREADY_BOOKED while a guest is in it; INVALID_STATUS_TRANSITION when it is not clean.
pub fn demand_ready(room: &Room, override_dirty: bool) -> Result<(), Refusal> {
    let number = &room.room_number;
    match room.status {
        RoomStatus::VacantClean => Ok(()),
        RoomStatus::VacantDirty if override_dirty => Ok(()),
        RoomStatus::VacantDirty => Err(Refusal::new(
            Code::InvalidStatusTransition,
            format!("Room {number} is not clean. Wait for housekeeping, or check in with overrideDirty."),
        )
        .facts(serde_json::json!({ "roomId": room.id, "roomStatus": room.status }))),
        RoomStatus::Occupied => Err(Refusal::new(Code::RoomAlreadyBooked, format!("Room {number} is still occupied."))
            .facts(serde_json::json!({ "roomId": room.id, "roomStatus": room.status }))),
        RoomStatus::OutOfOrder => Err(Refusal::new(Code::RoomOutOfOrder, format!("Room {number} is out of order."))
            .facts(serde_json::json!({ "roomId": room.id, "roomStatus": room.status }))),
    }
}
