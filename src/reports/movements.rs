use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::file::{self, Columns, Format};
use crate::{
    call,
    db::Result,
    http::{AppState, May, Page, Path, Query, cut, page, permission::ReservationsView},
    kernel::{Cents, Day, PropertyId, ReservationId},
    properties,
    reservations::model::{PrimaryGuest, Source, Status},
};

crate::sql! {
    /// Of a day to come, who is booked; of the open day, who came or left and who is still expected to; of a past day, who did.
    REPORT_MOVEMENTS = "
        with list as (
          select 'ARRIVAL' as movement, id from pms_reservations
          where tenant_id = $1 and property_id = $2 and checked_in_on = $3 and status in ('CHECKED_IN', 'CHECKED_OUT')
          union all
          select 'ARRIVAL', id from pms_reservations
          where tenant_id = $1 and property_id = $2 and check_in_date = $3 and status in ('HOLD', 'CONFIRMED')
          union all
          select 'DEPARTURE', id from pms_reservations
          where tenant_id = $1 and property_id = $2 and checked_out_on = $3 and status = 'CHECKED_OUT'
          union all
          select 'DEPARTURE', id from pms_reservations
          where tenant_id = $1 and property_id = $2 and check_out_date = $3 and status in ('HOLD', 'CONFIRMED', 'CHECKED_IN')
          union all
          select 'IN_HOUSE', n.reservation_id
          from pms_properties p join pms_room_types t on t.tenant_id = $1 and t.property_id = p.id
          cross join lateral (
            select reservation_id from pms_reservation_nights
            where tenant_id = $1 and property_id = $2 and room_type_id = t.id and night = $3 and not is_released offset 0
          ) n cross join lateral (
            select status from pms_reservations
            where tenant_id = $1 and id = n.reservation_id and (checked_out_on is null or checked_out_on > $3) offset 0
          ) r
          where p.tenant_id = $1 and p.id = $2
            and (r.status in ('CHECKED_IN', 'CHECKED_OUT') or r.status in ('HOLD', 'CONFIRMED') and $3 > p.business_date)
        ), page as materialized (
          select movement, id from list
          where ($4::text is null or movement = $4) and ($5::text is null or (movement, id) > ($5, $6))
          order by movement, id limit $7
        )
        select page.movement, r.*, m.room_number, t.code as room_type_code, f.balance, f.total
        from page cross join lateral (select * from pms_reservations where tenant_id = $1 and id = page.id offset 0) r
        cross join lateral (
          select coalesce(sum(balance_cents), 0)::bigint as balance, coalesce(sum(total_cents), 0)::bigint as total
          from pms_folios where tenant_id = $1 and property_id = $2 and reservation_id = page.id
        ) f
        left join lateral (select room_number from pms_rooms where tenant_id = $1 and id = r.room_id offset 0) m on true
        left join lateral (select code from pms_room_types where tenant_id = $1 and id = r.room_type_id offset 0) t on true
        order by page.movement, page.id";
}

/// Who comes, who leaves, who sleeps here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Movement {
    Arrival,
    Departure,
    /// Sleeps the night of the day here. Of a day to come: is booked to.
    InHouse,
}

crate::text_enum!(Movement { Arrival => "ARRIVAL", Departure => "DEPARTURE", InHouse => "IN_HOUSE" });

/// A stay that comes, leaves, or is in the house on a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MovementRow {
    pub movement: Movement,
    pub reservation_id: ReservationId,
    pub confirmation_number: String,
    pub first_name: String,
    pub last_name: String,
    /// As it is now.
    pub status: Status,
    pub check_in_date: Day,
    pub check_out_date: Day,
    pub adults: i32,
    pub children: i32,
    pub room_type_code: String,
    /// The room of the present, or else the first one; null until assigned.
    pub room_number: Option<String>,
    pub source_type: Source,
    /// What is owed on all folios of the stay now.
    pub balance_cents: Cents,
}

impl Columns for MovementRow {
    const COLUMNS: &'static [&'static str] = &[
        "movement",
        "reservationId",
        "confirmationNumber",
        "firstName",
        "lastName",
        "status",
        "checkInDate",
        "checkOutDate",
        "adults",
        "children",
        "roomTypeCode",
        "roomNumber",
        "sourceType",
        "balanceCents",
    ];
}

impl MovementRow {
    fn from_row(row: &Row) -> MovementRow {
        let (first_name, last_name) = names(row);
        MovementRow {
            movement: row.get("movement"),
            reservation_id: row.get("id"),
            confirmation_number: row.get("confirmation_number"),
            first_name,
            last_name,
            status: row.get("status"),
            check_in_date: row.get("check_in_date"),
            check_out_date: row.get("check_out_date"),
            adults: row.get("adults"),
            children: row.get("children"),
            room_type_code: row.get("room_type_code"),
            room_number: row.get("room_number"),
            source_type: row.get("source_type"),
            balance_cents: row.get("balance"),
        }
    }
}

/// First and last name of who it was booked for.
pub(super) fn names(row: &Row) -> (String, String) {
    let guest = serde_json::from_value::<PrimaryGuest>(row.get("primary_guest_json")).ok();
    guest.map_or_else(|| (String::new(), "?".into()), |guest| (guest.first_name, guest.last_name))
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MovementsQuery {
    date: Day,
    /// All three when absent, one after the other.
    #[param(inline)]
    movement: Option<Movement>,
    /// 1 to 100, and 50 when absent; of a file 1 to 10000, and 10000 when absent.
    #[param(minimum = 1, maximum = 10000)]
    limit: Option<i64>,
    /// `meta.cursor` of the page before; of a file, its header `X-Next-Cursor`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
    /// As `Accept` says when absent.
    #[param(inline)]
    format: Option<Format>,
}

/// Everybody who arrives, leaves, or is in the house on a day.
#[utoipa::path(get, path = "/properties/{id}/reports/movements", tag = "reports", params(("id" = PropertyId, Path), MovementsQuery),
    responses((status = 200, description = "A page of stays.", content((Page<MovementRow> = "application/json"), (String = "text/csv")))))]
pub async fn movements(
    State(app): State<AppState>,
    actor: May<ReservationsView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<MovementsQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let format = Format::wanted(query.format, &headers);
    let (limit, after) = file::page_of::<(Movement, ReservationId)>(format, query.limit, query.cursor.as_deref())?;
    let (after, after_id) = after.unzip();
    let date = query.date;
    let calls = vec![
        properties::model::get(actor.tenant, id),
        call!(REPORT_MOVEMENTS, actor.tenant, id, date, query.movement, after, after_id, limit + 1),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let mut lines: Vec<MovementRow> = rows[1].iter().map(MovementRow::from_row).collect();
    let meta = cut(&mut lines, limit, |line| (line.movement, line.reservation_id));
    let name = format!("movements-{date}");
    file::page(format, &name, &property.currency, &lines, meta.cursor.as_deref(), || page(&lines, &meta))
}
