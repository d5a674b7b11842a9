use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::{
    check_range,
    file::{self, Columns, Format},
    movements::names,
};
use crate::{
    call,
    db::Result,
    http::{AppState, May, Page, Path, Query, cut, page, permission::ReservationsView},
    kernel::{Cents, Day, PropertyId, ReservationId},
    properties,
    reservations::model::Source,
};

crate::sql! {
    REPORT_NO_SHOWS = "
        with page as materialized (
          select * from pms_reservations
          where tenant_id = $1 and property_id = $2 and closed_on between $3 and $4 and status = 'NO_SHOW'
            and ($5::date is null or (closed_on, id) > ($5, $6))
          order by closed_on, id limit $7
        )
        select page.*, t.code as room_type_code, f.balance, f.total
        from page cross join lateral (
          select coalesce(sum(balance_cents), 0)::bigint as balance, coalesce(sum(total_cents), 0)::bigint as total
          from pms_folios where tenant_id = $1 and property_id = $2 and reservation_id = page.id
        ) f
        left join lateral (select code from pms_room_types where tenant_id = $1 and id = page.room_type_id offset 0) t on true
        order by page.closed_on, page.id";
}

/// A guest who did not come.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoShowRow {
    /// The business date on which he was given up.
    pub closed_on: Day,
    pub reservation_id: ReservationId,
    pub confirmation_number: String,
    pub first_name: String,
    pub last_name: String,
    pub check_in_date: Day,
    pub check_out_date: Day,
    pub nights: i32,
    pub adults: i32,
    pub children: i32,
    pub room_type_code: String,
    pub source_type: Source,
    pub close_reason: Option<String>,
    /// What the nights would have brought, without taxes and fees.
    pub lost_revenue_cents: Cents,
    /// What was charged on the folios of the stay, with taxes and fees.
    pub charged_cents: Cents,
    /// What is owed on them now.
    pub balance_cents: Cents,
}

impl Columns for NoShowRow {
    const COLUMNS: &'static [&'static str] = &[
        "closedOn",
        "reservationId",
        "confirmationNumber",
        "firstName",
        "lastName",
        "checkInDate",
        "checkOutDate",
        "nights",
        "adults",
        "children",
        "roomTypeCode",
        "sourceType",
        "closeReason",
        "lostRevenueCents",
        "chargedCents",
        "balanceCents",
    ];
}

impl NoShowRow {
    fn from_row(row: &Row) -> NoShowRow {
        let (first_name, last_name) = names(row);
        let (check_in_date, check_out_date): (Day, Day) = (row.get("check_in_date"), row.get("check_out_date"));
        NoShowRow {
            closed_on: row.get("closed_on"),
            reservation_id: row.get("id"),
            confirmation_number: row.get("confirmation_number"),
            first_name,
            last_name,
            check_in_date,
            check_out_date,
            nights: check_in_date.days_until(check_out_date),
            adults: row.get("adults"),
            children: row.get("children"),
            room_type_code: row.get("room_type_code"),
            source_type: row.get("source_type"),
            close_reason: row.get("close_reason"),
            lost_revenue_cents: row.get("subtotal_cents"),
            charged_cents: row.get("total"),
            balance_cents: row.get("balance"),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoShowsQuery {
    from: Day,
    /// The last day, at most 1099 after the first.
    to: Day,
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

/// Who did not come, by the business date on which he was given up. Who was reinstated since is not there.
#[utoipa::path(get, path = "/properties/{id}/reports/no-shows", tag = "reports", params(("id" = PropertyId, Path), NoShowsQuery),
    responses((status = 200, description = "A page of stays.", content((Page<NoShowRow> = "application/json"), (String = "text/csv")))))]
pub async fn no_shows(
    State(app): State<AppState>,
    actor: May<ReservationsView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<NoShowsQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to) = (query.from, query.to);
    check_range(from, to)?;
    let format = Format::wanted(query.format, &headers);
    let (limit, after) = file::page_of::<(Day, ReservationId)>(format, query.limit, query.cursor.as_deref())?;
    let (after, after_id) = after.unzip();
    let calls = vec![
        properties::model::get(actor.tenant, id),
        call!(REPORT_NO_SHOWS, actor.tenant, id, from, to, after, after_id, limit + 1),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let mut lines: Vec<NoShowRow> = rows[1].iter().map(NoShowRow::from_row).collect();
    let meta = cut(&mut lines, limit, |line| (line.closed_on, line.reservation_id));
    let name = format!("no-shows-{from}-{to}");
    file::page(format, &name, &property.currency, &lines, meta.cursor.as_deref(), || page(&lines, &meta))
}
