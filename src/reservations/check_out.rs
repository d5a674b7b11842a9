use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    model::{Booking, Status, Warning},
    rules,
    store::{self, Plan},
};
use crate::{
    calendar, call,
    db::{Reply, Result},
    folios,
    http::{AppState, Data, May, Path, Write, permission::FrontDeskCheckOut},
    inventory::day::status_when_left,
    kernel::{Day, ReservationId},
    op::Op,
    properties::Property,
    rooms::{model::RoomStatus, status},
};

crate::sql! {
    NEXT_IN_ROOM = "
        select start_date from pms_room_blocks
        where tenant_id = $1 and property_id = $2 and room_id = $3 and start_date <= $4 and end_date > $4 and reservation_id is not null
          and reservation_id <> $5
        order by start_date desc limit 1";
}

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CheckOut {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// Lets the guest go with an open balance; audited.
    pub accept_balance: bool,
}

/// Checks a guest out, early or late. Nights that were not slept are free at once and given back; who stays too long can always
/// leave, and is told when the next guest waits.
#[utoipa::path(post, path = "/reservations/{id}/check-out", tag = "front desk", params(("id" = ReservationId, Path)), request_body = CheckOut,
    responses((status = 200, description = "The booking, checked out.", body = Data<Booking>)))]
pub async fn check_out(
    State(app): State<AppState>,
    actor: May<FrontDeskCheckOut>,
    Path(id): Path<ReservationId>,
    write: Write<CheckOut>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    let mut after = check_out_in(&mut op, &property, &before, write.body.accept_balance).await?;
    warn_when_next_waits(&mut op, &property, &mut after).await?;

    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}

/// The use case itself. The caller settles the calendar.
pub async fn check_out_in(op: &mut Op, property: &Property, before: &Booking, accept_balance: bool) -> Result<Booking> {
    rules::transition(&before.reservation, Status::CheckedOut)?;
    if !accept_balance {
        folios::demand_balanced(op, property.id, before.reservation.id).await?;
    }
    let mut after = rules::departed(before, property.business_date);

    let plan = Plan::make(op, property, [(before, &after)]).await?;
    let room = match before.reservation.room_id {
        Some(id) => Some((plan.room(op, property, id).await?, status_when_left(op, property, id).await?)),
        None => None,
    };

    plan.write(op, property, before, &mut after, "checked_out");
    if let Some((room, left)) = room.filter(|(room, _)| room.status == RoomStatus::Occupied) {
        status::set(op, &room, left, None, property.business_date);
    }
    Ok(after)
}

async fn warn_when_next_waits(op: &mut Op, property: &Property, after: &mut Booking) -> Result<()> {
    let r = &after.reservation;
    let (Some(room), true) = (r.room_id, property.business_date >= r.check_out_date) else { return Ok(()) };
    let call = call!(NEXT_IN_ROOM, op.tenant(), property.id, room, property.business_date, r.id);
    if let Some(row) = op.query(call).await?.first() {
        let since: Day = row.get(0);
        after
            .warnings
            .push(Warning { code: "NEXT_GUEST_WAITING", message: format!("The next guest has this room from {since}.") });
    }
    Ok(())
}
