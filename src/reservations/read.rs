use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    model::{Booking, Reservation, Source, Status},
    night_rows::NIGHTS_OF,
    store::{PIECES_OF, READ_RESERVATION, assemble},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::ReservationsView},
    kernel::{Day, GuestId, PropertyId, Refusal, ReservationId, RoomId, RoomTypeId, text},
    properties,
};

/// What a list is narrowed by, and a page of it in the order of a date, which is one of its columns: `narrowed!("check_in_date", ">", "asc")`.
macro_rules! narrowed {
    ($date:literal, $after:literal, $order:literal) => {
        concat!(
            "
        where r.tenant_id = $1 and r.property_id = $2 and ($3::text is null or r.status = $3)
          and ($4::date is null or r.check_in_date >= $4) and ($5::date is null or r.check_in_date <= $5)
          and ($6::date is null or r.check_out_date >= $6) and ($7::date is null or r.check_out_date <= $7)
          and ($8::text is null or r.room_type_id = $8) and ($9::text is null or r.room_id = $9)
          and ($10::text is null or r.guest_id = $10) and ($11::text is null or r.source_type = $11)
          and ($12::boolean is null or (r.room_id is null) = $12)
          and ($13::date is null or (r.",
            $date,
            ", r.id) ",
            $after,
            " ($13, $14))
        order by r.",
            $date,
            " ",
            $order,
            ", r.id ",
            $order,
            " limit $15"
        )
    };
}

macro_rules! listed {
    ($($column:tt)*) => { concat!("select r.* from pms_reservations r", narrowed!($($column)*)) };
}

macro_rules! sought {
    ($($column:tt)*) => {
        concat!(
            "select r.* from pms_search_reservations($1, $2, $16) s join pms_reservations r on r.tenant_id = $1 and r.id = s.reservation_id",
            narrowed!($($column)*)
        )
    };
}

crate::sql! {
    LIST_BY_ARRIVAL = listed!("check_in_date", ">", "asc");
    LIST_BY_ARRIVAL_DESC = listed!("check_in_date", "<", "desc");
    LIST_BY_DEPARTURE = listed!("check_out_date", ">", "asc");
    LIST_BY_DEPARTURE_DESC = listed!("check_out_date", "<", "desc");
    LIST_BY_BOOKED = listed!("booked_on", ">", "asc");
    LIST_BY_BOOKED_DESC = listed!("booked_on", "<", "desc");
    FIND_BY_ARRIVAL = sought!("check_in_date", ">", "asc");
    FIND_BY_ARRIVAL_DESC = sought!("check_in_date", "<", "desc");
    FIND_BY_DEPARTURE = sought!("check_out_date", ">", "asc");
    FIND_BY_DEPARTURE_DESC = sought!("check_out_date", "<", "desc");
    FIND_BY_BOOKED = sought!("booked_on", ">", "asc");
    FIND_BY_BOOKED_DESC = sought!("booked_on", "<", "desc");
}

/// The order of a list: by a date, and by id within a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sort {
    #[default]
    Arrival,
    ArrivalDesc,
    Departure,
    DepartureDesc,
    Booked,
    BookedDesc,
}

impl Sort {
    /// Of all that the filters leave, and of what a search finds among it.
    const fn statements(self) -> (&'static str, &'static str) {
        match self {
            Sort::Arrival => (LIST_BY_ARRIVAL, FIND_BY_ARRIVAL),
            Sort::ArrivalDesc => (LIST_BY_ARRIVAL_DESC, FIND_BY_ARRIVAL_DESC),
            Sort::Departure => (LIST_BY_DEPARTURE, FIND_BY_DEPARTURE),
            Sort::DepartureDesc => (LIST_BY_DEPARTURE_DESC, FIND_BY_DEPARTURE_DESC),
            Sort::Booked => (LIST_BY_BOOKED, FIND_BY_BOOKED),
            Sort::BookedDesc => (LIST_BY_BOOKED_DESC, FIND_BY_BOOKED_DESC),
        }
    }

    fn date_of(self, r: &Reservation) -> Day {
        match self {
            Sort::Arrival | Sort::ArrivalDesc => r.check_in_date,
            Sort::Departure | Sort::DepartureDesc => r.check_out_date,
            Sort::Booked | Sort::BookedDesc => r.booked_on,
        }
    }
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
    /// Of the page before, in the same order.
    cursor: Option<String>,
    /// By arrival when absent.
    #[param(inline)]
    sort: Option<Sort>,
}

/// The reservations of a property, by arrival or as sorted.
#[utoipa::path(get, path = "/reservations", tag = "reservations", params(ListQuery),
    responses((status = 200, description = "A page of reservations.", body = Page<Reservation>)))]
pub async fn list(State(app): State<AppState>, actor: May<ReservationsView>, Query(query): Query<ListQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let sort = query.sort.unwrap_or_default();
    let (limit, after) = page_of::<(Day, ReservationId, Sort)>(query.limit, query.cursor.as_deref())?;
    if after.as_ref().is_some_and(|(_, _, order)| *order != sort) {
        return Err(Refusal::invalid("cursor", "is of a list in another order").into());
    }
    let (day, id) = after.map(|(day, id, _)| (day, id)).unzip();

    let (list, find) = sort.statements();
    let mut call = call!(
        list,
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
            call = call.instead(find, patterns);
        }
    }
    let rows = app.store.read(actor.tenant, vec![properties::model::get(actor.tenant, query.property_id), call.fitted()]).await?;

    properties::model::found(&rows[0])?;
    let mut reservations: Vec<Reservation> = rows[1].iter().map(Reservation::from_row).collect();
    let meta = cut(&mut reservations, limit, |r| (sort.date_of(r), r.id, sort));
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
    let row = rows[0].first().ok_or_else(|| Refusal::not_found("reservation"))?;
    let booking = assemble(row, &rows[1], &rows[2]);
    actor.sees(booking.reservation.property_id).map_err(|_| Refusal::not_found("reservation"))?;
    Ok(Reply { version: Some(booking.reservation.version), ..data(&booking) })
}
