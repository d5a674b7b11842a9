use axum::{extract::State, http::HeaderMap, response::Response};
use serde::Serialize;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    check_range,
    days::{Percent, share},
    file::{self, Columns, Format},
    taxes::SpanQuery,
};
use crate::{
    call,
    db::Result,
    http::{AppState, Data, May, Path, Query, data, permission::HousekeepingReport},
    kernel::{Day, PropertyId, UserId},
    properties,
};

crate::sql! {
    /// By attendant and day, by attendant, and all. An assignment is written on its business date alone, so a past day never changes;
    /// the name is the one that the attendant has now.
    REPORT_HOUSEKEEPING = "
        select a.business_date, a.attendant_id, max(u.display_name) as name,
          count(*)::int as assigned, (count(*) filter (where a.state = 'SKIPPED'))::int as skipped,
          (count(*) filter (where a.is_done))::int as done,
          (count(*) filter (where a.is_done and a.kind = 'DEPARTURE'))::int as departures,
          (count(*) filter (where a.is_done and a.kind = 'STAY_OVER'))::int as stay_overs,
          (count(*) filter (where a.is_done and a.kind = 'TOUCH_UP'))::int as touch_ups,
          (count(*) filter (where a.is_done and a.kind = 'DEEP_CLEAN'))::int as deep_cleans,
          coalesce(sum(a.credits) filter (where a.is_done), 0)::bigint as credits,
          coalesce(sum(a.worked_seconds) filter (where a.is_done), 0)::bigint as worked_seconds,
          (round((percentile_cont(0.5) within group (order by a.worked_seconds) filter (where a.is_done) / 60)::numeric, 1))::float8
            as median_minutes,
          (count(*) filter (where a.state = 'INSPECTED'))::int as inspected,
          (count(*) filter (where a.state = 'INSPECTED' and a.failed_inspections = 0))::int as first_time
        from (
          select *, state in ('DONE', 'INSPECTED') as is_done from pms_housekeeping_assignments
          where tenant_id = $1 and property_id = $2 and business_date between $3 and $4 offset 0
        ) a join pms_users u on u.tenant_id = $1 and u.id = a.attendant_id
        group by grouping sets ((a.business_date, a.attendant_id), (a.attendant_id), ())
        order by a.business_date nulls last, max(u.display_name), a.attendant_id nulls last";
}

/// What an attendant did, on a day or in the whole span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductivityRow {
    /// Null: of the whole span.
    pub business_date: Option<Day>,
    /// Null: of all attendants.
    pub attendant_id: Option<UserId>,
    pub attendant_name: Option<String>,
    /// Rooms that were given to him.
    pub assigned: i32,
    /// Those whose guests did not want it.
    pub skipped: i32,
    pub done: i32,
    /// Of the rooms done, by kind.
    pub departures: i32,
    pub stay_overs: i32,
    pub touch_ups: i32,
    pub deep_cleans: i32,
    /// Planned minutes of the rooms done.
    pub credits: i64,
    /// From start to done, rounded half up.
    pub worked_minutes: i64,
    /// Of a room, with one decimal; null without a room.
    pub median_minutes: Option<f64>,
    pub inspected: i32,
    /// Of those inspected: never sent back.
    pub inspected_first_time: i32,
    /// Percent of those inspected, with two decimals; null without one.
    #[schema(value_type = Option<f64>, example = 66.67)]
    pub first_time_percent: Option<Percent>,
}

impl Columns for ProductivityRow {
    const COLUMNS: &'static [&'static str] = &[
        "businessDate",
        "attendantId",
        "attendantName",
        "assigned",
        "skipped",
        "done",
        "departures",
        "stayOvers",
        "touchUps",
        "deepCleans",
        "credits",
        "workedMinutes",
        "medianMinutes",
        "inspected",
        "inspectedFirstTime",
        "firstTimePercent",
    ];
}

impl ProductivityRow {
    fn from_row(row: &Row) -> ProductivityRow {
        let (inspected, first_time): (i32, i32) = (row.get("inspected"), row.get("first_time"));
        let attendant_id: Option<UserId> = row.get("attendant_id");
        ProductivityRow {
            business_date: row.get("business_date"),
            attendant_name: attendant_id.and_then(|_| row.get("name")),
            attendant_id,
            assigned: row.get("assigned"),
            skipped: row.get("skipped"),
            done: row.get("done"),
            departures: row.get("departures"),
            stay_overs: row.get("stay_overs"),
            touch_ups: row.get("touch_ups"),
            deep_cleans: row.get("deep_cleans"),
            credits: row.get("credits"),
            worked_minutes: share(row.get("worked_seconds"), 60).unwrap_or(0),
            median_minutes: row.get("median_minutes"),
            inspected,
            inspected_first_time: first_time,
            first_time_percent: share(10_000 * i64::from(first_time), i64::from(inspected)).map(Percent),
        }
    }
}

/// What housekeeping did in a span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HousekeepingReportBody {
    pub property_id: PropertyId,
    pub from: Day,
    pub to: Day,
    /// A row for each day and attendant.
    pub rows: Vec<ProductivityRow>,
    /// A row for each attendant.
    pub attendants: Vec<ProductivityRow>,
    pub total: ProductivityRow,
}

/// What each attendant did: rooms by kind, credits, minutes from start to done, and how many were good at the first inspection. Figures of
/// past days never change.
#[utoipa::path(get, path = "/properties/{id}/reports/housekeeping", tag = "reports", params(("id" = PropertyId, Path), SpanQuery),
    responses((status = 200, description = "A row for each day and attendant.",
        content((Data<HousekeepingReportBody> = "application/json"), (String = "text/csv")))))]
pub async fn housekeeping(
    State(app): State<AppState>,
    actor: May<HousekeepingReport>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<SpanQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to) = (query.from, query.to);
    check_range(from, to)?;
    let calls = vec![properties::model::get(actor.tenant, id), call!(REPORT_HOUSEKEEPING, actor.tenant, id, from, to)];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let all: Vec<ProductivityRow> = rows[1].iter().map(ProductivityRow::from_row).collect();
    let of = |is_day: bool, is_attendant: bool| -> Vec<ProductivityRow> {
        let fits = |row: &&ProductivityRow| row.business_date.is_some() == is_day && row.attendant_id.is_some() == is_attendant;
        all.iter().filter(fits).cloned().collect()
    };
    let (days, attendants, mut total) = (of(true, true), of(false, true), of(false, false));
    let name = format!("housekeeping-{from}-{to}");
    file::answer_without_money(Format::wanted(query.format, &headers), &name, &days, || {
        // The group of everything is there without a row, too.
        let total = total.remove(0);
        data(&HousekeepingReportBody { property_id: id, from, to, rows: days.clone(), attendants, total })
    })
}
