use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    model::{Booking, Reservation, Source, Status},
    store::{NIGHTS_OF, PIECES_OF, READ_RESERVATION, assemble},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::ReservationsView},
    kernel::{Day, GuestId, PropertyId, Refusal, ReservationId, RoomId, RoomTypeId, text},
    properties,
};

/// What a list is narrowed by, and a page of it.
macro_rules! narrowed {
    () => {
        "
        where r.tenant_id = $1 and r.property_id = $2 and ($3::text is null or r.status = $3)
          and ($4::date is null or r.check_in_date >= $4) and ($5::date is null or r.check_in_date <= $5)
          and ($6::date is null or r.check_out_date >= $6) and ($7::date is null or r.check_out_date <= $7)
          and ($8::text is null or r.room_type_id = $8) and ($9::text is null or r.room_id = $9)
          and ($10::text is null or r.guest_id = $10) and ($11::text is null or r.source_type = $11)
          and ($12::boolean is null or (r.room_id is null) = $12)
          and ($13::date is null or (r.check_in_date, r.id) > ($13, $14))
        order by r.check_in_date, r.id limit $15"
    };
}

crate::sql! {
    LIST_RESERVATIONS = concat!("select r.* from pms_reservations r", narrowed!());
    FIND_RESERVATIONS = concat!(
        "select r.* from pms_search_reservations($1, $2, $16) s join pms_reservations r on r.tenant_id = $1 and r.id = s.reservation_id",
        narrowed!()
    );
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    property_id: PropertyId,
    status: Option<Status>,
    /// Arrivals from this day on.
    arrival_from: Option<Day>,
    /// Arrivals up to and with this day.
    arrival_to: Option<Day>,
    departure_from: Option<Day>,
    departure_to: Option<Day>,
    room_type_id: Option<RoomTypeId>,
    room_id: Option<RoomId>,
    guest_id: Option<GuestId>,
    source_type: Option<Source>,
    /// Only stays without a room, or only those with one.
    unassigned: Option<bool>,
    /// Words of a guest's name, of the confirmation number or of the reference of the source, or parts of them; each must be there.
    #[param(min_length = 1, max_length = 200)]
    q: Option<String>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    cursor: Option<String>,
}

/// The reservations of a property, by arrival.
#[utoipa::path(get, path = "/reservations", tag = "reservations", params(ListQuery),
    responses((status = 200, description = "A page of reservations.", body = Page<Reservation>)))]
pub async fn list(State(app): State<AppState>, actor: May<ReservationsView>, Query(query): Query<ListQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<(Day, ReservationId)>(query.limit, query.cursor.as_deref())?;
    let (day, id) = after.unzip();

    let mut call = call!(
        LIST_RESERVATIONS,
        actor.tenant,
        query.property_id,
        query.status,
        query.arrival_from,
        query.arrival_to,
        query.departure_from,
        query.departure_to,
        query.room_type_id,
        query.room_id,
        query.guest_id,
        query.source_type,
        query.unassigned,
        day,
        id,
        limit + 1,
    );
    if let Some(q) = query.q {
        text::fault(&q, 200).map_or(Ok(()), |rule| Err(Refusal::invalid("q", rule)))?;
        let patterns: Vec<String> = text::words(&text::plain(&q)).into_iter().map(text::contains).collect();
        if !patterns.is_empty() {
            call = call.instead(FIND_RESERVATIONS, patterns);
        }
    }
    let rows = app.store.read(actor.tenant, vec![properties::model::get(actor.tenant, query.property_id), call.fitted()]).await?;

    properties::model::found(&rows[0])?;
    let mut reservations: Vec<Reservation> = rows[1].iter().map(Reservation::from_row).collect();
    let meta = cut(&mut reservations, limit, |r| (r.check_in_date, r.id));
    Ok(page(&reservations, &meta))
}

/// One reservation with its nights and rooms.
#[utoipa::path(get, path = "/reservations/{id}", tag = "reservations", params(("id" = ReservationId, Path)),
    responses((status = 200, description = "The booking.", body = Data<Booking>)))]
pub async fn read(State(app): State<AppState>, actor: May<ReservationsView>, Path(id): Path<ReservationId>) -> Result<Reply> {
    let calls = vec![
        call!(READ_RESERVATION, actor.tenant, id),
        call!(NIGHTS_OF, actor.tenant, vec![id]),
        call!(PIECES_OF, actor.tenant, vec![id]),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;
    let reservation = rows[0].first().map(Reservation::from_row).ok_or_else(|| Refusal::not_found("reservation"))?;
    actor.sees(reservation.property_id).map_err(|_| Refusal::not_found("reservation"))?;

    let booking = assemble(reservation, &rows[1], &rows[2]);
    Ok(Reply { version: Some(booking.reservation.version), ..data(&booking) })
}
