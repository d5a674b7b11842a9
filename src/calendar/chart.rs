//! The tape chart in one request: one snapshot, one round trip, one bar per block.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_postgres::Row;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tracing::Instrument;
use utoipa::IntoParams;

use super::{
    drawing::Chart,
    writing::{Facts, Part, Writing},
};
use crate::{
    call,
    db::{Call, Result},
    http::{Actor, App, AppState, ChartKey, Data, DrawnChart, May, Query, permission::CalendarView},
    kernel::{Day, Faults, PropertyId, Refusal, Stay},
    properties,
};

crate::sql! {
    CHART_REVISION = "select coalesce(max(sequence), 0) from pms_outbox where tenant_id = $1 and property_id = $2";
    CHART_TYPES = "
        select id, code, name, overbooking_limit from pms_room_types where tenant_id = $1 and property_id = $2 order by sort_order, code";
    CHART_ROOMS = "
        select id, room_number, name, room_type_id, floor, status, is_inspected, features_json, opened_on, closed_on, version
        from pms_rooms where tenant_id = $1 and property_id = $2 and (closed_on is null or closed_on > $3) order by room_number, id";
    /// Short stays by where they begin, the few long ones by their own index: flat in stored history. The reservations are looked
    /// up one by one (`offset 0` keeps the planner from joining with all of them, which it believes to be cheaper).
    CHART_BARS = "
        select b.reservation_id, b.room_id, b.room_type_id, b.start_date, b.end_date,
          r.check_in_date, r.check_out_date, r.status, r.primary_guest_json ->> 'lastName', r.primary_guest_json ->> 'firstName',
          r.adults, r.children, r.source_type, r.is_pinned, r.version,
          r.internal_notes is not null or r.guest_notes is not null, r.arrival_time
        from (
          select room_id, room_type_id, start_date, end_date, reservation_id from pms_room_blocks
          where tenant_id = $1 and property_id = $2 and block_type = 'RESERVATION'
            and start_date > $3::date - 14 and start_date < $4 and end_date > $3 and end_date - start_date <= 14
          union all
          select room_id, room_type_id, start_date, end_date, reservation_id from pms_room_blocks
          where tenant_id = $1 and property_id = $2 and block_type = 'RESERVATION'
            and end_date > $3 and start_date < $4 and end_date - start_date > 14
        ) b cross join lateral (
          select * from pms_reservations where tenant_id = $1 and id = b.reservation_id offset 0
        ) r";
    CHART_BLOCKS = "
        select id, room_id, room_type_id, start_date, end_date, block_type, reason, version from pms_room_blocks
        where tenant_id = $1 and property_id = $2 and block_type <> 'RESERVATION' and end_date > $3 and start_date < $4";
    CHART_UNASSIGNED = "
        select id, room_type_id, check_in_date, check_out_date, status, primary_guest_json ->> 'lastName',
          primary_guest_json ->> 'firstName', adults, children, source_type, version,
          internal_notes is not null or guest_notes is not null, arrival_time
        from (
          select r.* from pms_room_types t join pms_reservations r on r.tenant_id = $1 and r.property_id = $2 and r.room_type_id = t.id
          where t.tenant_id = $1 and t.property_id = $2 and r.room_id is null and r.status in ('HOLD', 'CONFIRMED')
            and r.check_in_date > $3::date - 14 and r.check_in_date < $4 and r.check_out_date > $3
            and r.check_out_date - r.check_in_date <= 14
          union all
          select * from pms_reservations
          where tenant_id = $1 and property_id = $2 and room_id is null and status in ('HOLD', 'CONFIRMED')
            and check_out_date > $3 and check_in_date < $4 and check_out_date - check_in_date > 14
        ) r order by check_in_date, id";
    CHART_DAYS = "
        select business_date, rooms_occupied, arrivals, departures, rooms_unassigned, rooms_off_market from rm_pms_daily_occupancy
        where tenant_id = $1 and property_id = $2 and business_date >= $3 and business_date < $4";
    CHART_LIMITS = "
        select l.room_type_id, l.night, l.rooms from pms_room_types t cross join lateral (
          select room_type_id, night, rooms from pms_overbooking_limits
          where tenant_id = $1 and room_type_id = t.id and night >= $3 and night < $4 offset 0
        ) l
        where t.tenant_id = $1 and t.property_id = $2
        union all
        select null, night, rooms from pms_house_overbooking_limits
        where tenant_id = $1 and property_id = $2 and night >= $3 and night < $4";
    CHART_BALANCES = "
        select reservation_id, sum(balance_cents)::bigint from pms_folios
        where tenant_id = $1 and property_id = $2 and balance_cents <> 0 and reservation_id is not null group by reservation_id";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChartQuery {
    property_id: PropertyId,
    /// First night.
    start: Day,
    /// How many nights, 1 to 400.
    #[param(minimum = 1, maximum = 400)]
    days: i32,
}

/// The tape chart: rooms, one bar per block, blocks, unassigned stays, and the totals of each date. With `If-None-Match` of the
/// last `ETag`, 304 when nothing changed.
#[utoipa::path(get, path = "/calendar", tag = "calendar", params(ChartQuery),
    responses((status = 200, description = "The chart.", body = Data<Chart>), (status = 304, description = "Nothing changed.")))]
pub async fn chart(
    State(app): State<AppState>,
    actor: May<CalendarView>,
    headers: HeaderMap,
    Query(query): Query<ChartQuery>,
) -> Result<Response> {
    answer(&app, &actor, &headers, query.property_id, query.start, query.days).await
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WeekQuery {
    property_id: PropertyId,
    /// First of seven nights.
    start: Day,
}

/// Seven nights.
#[utoipa::path(get, path = "/calendar/week", tag = "calendar", params(WeekQuery),
    responses((status = 200, description = "The chart.", body = Data<Chart>), (status = 304, description = "Nothing changed.")))]
pub async fn week(
    State(app): State<AppState>,
    actor: May<CalendarView>,
    headers: HeaderMap,
    Query(query): Query<WeekQuery>,
) -> Result<Response> {
    answer(&app, &actor, &headers, query.property_id, query.start, 7).await
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    property_id: PropertyId,
    date: Day,
}

/// One night.
#[utoipa::path(get, path = "/calendar/day", tag = "calendar", params(DayQuery),
    responses((status = 200, description = "The chart.", body = Data<Chart>), (status = 304, description = "Nothing changed.")))]
pub async fn day(
    State(app): State<AppState>,
    actor: May<CalendarView>,
    headers: HeaderMap,
    Query(query): Query<DayQuery>,
) -> Result<Response> {
    answer(&app, &actor, &headers, query.property_id, query.date, 1).await
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MonthQuery {
    property_id: PropertyId,
    #[param(minimum = 1900, maximum = 2199)]
    year: i16,
    #[param(minimum = 1, maximum = 12)]
    month: i8,
}

/// A calendar month.
#[utoipa::path(get, path = "/calendar/month", tag = "calendar", params(MonthQuery),
    responses((status = 200, description = "The chart.", body = Data<Chart>), (status = 304, description = "Nothing changed.")))]
pub async fn month(
    State(app): State<AppState>,
    actor: May<CalendarView>,
    headers: HeaderMap,
    Query(query): Query<MonthQuery>,
) -> Result<Response> {
    let mut faults = Faults::default();
    faults.range("year", query.year, 1900, 2199);
    faults.range("month", query.month, 1, 12);
    faults.finish()?;
    let start = Day::new(query.year, query.month, 1).ok_or_else(|| Refusal::invalid("month", "is none of that year"))?;
    answer(&app, &actor, &headers, query.property_id, start, i32::from(start.date().days_in_month())).await
}

async fn answer(
    app: &AppState,
    actor: &Actor,
    headers: &HeaderMap,
    property: PropertyId,
    start: Day,
    days: i32,
) -> Result<Response> {
    actor.sees(property)?;
    let mut faults = Faults::default();
    faults.range("days", days, 1, 400);
    if start.plus(days).days_until(start) != -days {
        faults.add("start", "must leave room for the days");
    }
    faults.finish()?;
    let window = Stay { from: start, to: start.plus(days) };

    let tenant = actor.tenant;
    let known =
        headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).map(|v| v.trim_start_matches("W/").trim_matches('"'));
    let key = (tenant, property, start, days);
    let kept = app.charts.get(&key);
    if known.is_some() || kept.is_some() {
        let rows = app.store.read(tenant, vec![call!(CHART_REVISION, tenant, property)]).await?;
        let revision: i64 = rows[0][0].get(0);
        if known.is_some_and(|known| known == revision.to_string()) {
            return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, format!("\"{revision}\""))]).into_response());
        }
        if let Some(kept) = kept.filter(|kept| kept.revision == revision) {
            return Ok(sent(kept));
        }
    }
    let (from, to) = (window.from, window.to);
    let calls = vec![
        properties::model::get(tenant, property),
        call!(CHART_REVISION, tenant, property),
        call!(CHART_TYPES, tenant, property),
        call!(CHART_ROOMS, tenant, property, from),
        call!(CHART_BLOCKS, tenant, property, from, to),
        call!(CHART_UNASSIGNED, tenant, property, from, to),
        call!(CHART_DAYS, tenant, property, from, to),
        call!(CHART_LIMITS, tenant, property, from, to),
        call!(CHART_BALANCES, tenant, property),
        call!(CHART_BARS, tenant, property, from, to),
    ];
    let (parts, mut coming) = mpsc::unbounded_channel();
    let app = app.clone();
    let drawing = async move {
        if let Err(fail) = draw(&app, key, window, calls, &parts).await {
            drop(parts.send(Err(fail)));
        }
    };
    tokio::spawn(drawing.in_current_span());
    match coming.recv().await {
        Some(Ok(Part { revision, bytes })) => {
            let rest = UnboundedReceiverStream::new(coming).map_ok(|part| part.bytes);
            Ok(with_head(revision, Body::from_stream(stream::iter([Ok(bytes)]).chain(rest))))
        }
        Some(Err(fail)) => Err(fail),
        None => Err(anyhow::anyhow!("the chart was not drawn").into()),
    }
}

/// Bytes that are worth a piece of their own.
const PART: usize = 64 * 1024;

/// Draws the chart while its rows come from the database, sends it in parts, and keeps it: rooms and stays that wait go out before the
/// first bar.
///
/// Errors: also when nobody takes the parts any more.
async fn draw(
    app: &App,
    key: ChartKey,
    window: Stay,
    calls: Vec<Call>,
    parts: &mpsc::UnboundedSender<Result<Part>>,
) -> Result<()> {
    let send = |part: Part| parts.send(Ok(part)).map_err(|_| anyhow::anyhow!("nobody waits for the chart").into());
    let (mut rows, mut writing) = (Facts::default(), None);
    let each = |call: usize, row: Row| -> Result<()> {
        if let Some(rows) = rows.get_mut(call) {
            rows.push(row);
            return Ok(());
        }
        let writing = match &mut writing {
            Some(writing) => writing,
            none => {
                let writing = none.insert(Writing::begin(window, &rows)?);
                send(writing.part())?;
                writing
            }
        };
        writing.bar(&row)?;
        if writing.unsent_len() >= PART { send(writing.part()) } else { Ok(()) }
    };
    app.store.read_each(key.0, calls, each).await?;
    let mut writing = match writing {
        Some(writing) => writing,
        None => Writing::begin(window, &rows)?,
    };
    writing.end(&rows)?;
    // Kept before the last part goes out: who has read the answer finds it kept.
    let last = writing.part();
    app.charts.insert(key, writing.drawn());
    send(last)
}

fn sent(chart: DrawnChart) -> Response {
    with_head(chart.revision, chart.body.into())
}

fn with_head(revision: i64, body: Body) -> Response {
    ([(header::ETAG, format!("\"{revision}\"")), (header::CONTENT_TYPE, "application/json".into())], body).into_response()
}
