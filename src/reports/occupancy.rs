use std::collections::BTreeMap;

use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::{
    check_range, closed_and_live,
    days::{self, Figures},
    file::{self, Columns, Format},
};
use crate::{
    call,
    db::Result,
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Cents, Day, PropertyId},
    properties::{self, Property},
};

crate::sql! {
    /// Rooms by type, and nights by charged type, source and segment: rows with and without a source.
    REPORT_PARTS = closed_and_live!(", part as (
          select x.room_type_id, null as source_type, null as market_segment, x.rooms, x.off_market, x.out_of_order, 0 as sold, 0 as free, 0::bigint as revenue
          from closed c cross join lateral jsonb_to_recordset(c.rooms_json)
            as x (room_type_id text, rooms int, off_market int, out_of_order int)
          union all
          select x.room_type_id, null, null, x.rooms, x.off_market, x.out_of_order, 0, 0, 0
          from live l cross join lateral pms_day_rooms($1, $2, l.day) x
          union all
          select x.room_type_id, coalesce(x.source_type, '-'), coalesce(x.market_segment, '-'), 0, 0, 0, x.sold, x.free, x.posted_cents + x.due_cents
          from closed c cross join lateral jsonb_to_recordset(c.sales_json)
            as x (room_type_id text, source_type text, market_segment text, sold int, free int, posted_cents bigint, due_cents bigint)
          union all
          select x.room_type_id, coalesce(x.source_type, '-'), coalesce(x.market_segment, '-'), 0, 0, 0, x.sold, x.free, x.posted_cents + x.due_cents
          from live l cross join lateral pms_day_sales($1, $2, l.day) x
        )
        select p.room_type_id, p.source_type, p.market_segment, t.code, t.name, (select count(*) from closed) as closed, sum(p.rooms)::bigint as rooms,
          sum(p.off_market)::bigint as off_market, sum(p.out_of_order)::bigint as out_of_order, sum(p.sold)::bigint as sold,
          sum(p.free)::bigint as free, sum(p.revenue)::bigint as revenue
        from part p left join lateral (
          select code, name from pms_room_types where tenant_id = $1 and id = p.room_type_id offset 0
        ) t on true
        group by 1, 2, 3, 4, 5");
}

/// What the nights are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GroupBy {
    #[default]
    Day,
    Month,
    /// The charged room type.
    Type,
    /// How the bookings came. Each is judged by all rooms of the house.
    Source,
    /// The market segment of their rate plan, likewise; `NONE` where the plan has none.
    Segment,
}

/// A day, month, room type, source or segment; or all of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OccupancyRow {
    /// `2027-02-01`, `2027-02`, the code of a room type, a source, a segment; `-` for room charges that belong to no stay, `TOTAL` for the sums.
    pub key: String,
    /// What people call it.
    pub name: String,
    pub days: i64,
    /// Of these, with a record that never changes.
    pub days_closed: i64,
    /// Room nights of the house.
    pub rooms_total: i64,
    pub rooms_out_of_order: i64,
    /// What occupancy and RevPAR divide by.
    pub rooms_available: i64,
    pub rooms_sold: i64,
    /// Of these, at a price of zero.
    pub rooms_free_of_charge: i64,
    pub room_revenue_cents: Cents,
    /// Percent with two decimals; null without a room.
    #[schema(value_type = Option<f64>, example = 66.67)]
    pub occupancy_percent: Option<days::Percent>,
    pub adr_cents: Option<Cents>,
    pub revpar_cents: Option<Cents>,
}

impl Columns for OccupancyRow {
    const COLUMNS: &'static [&'static str] = &[
        "key",
        "name",
        "days",
        "daysClosed",
        "roomsTotal",
        "roomsOutOfOrder",
        "roomsAvailable",
        "roomsSold",
        "roomsFreeOfCharge",
        "roomRevenueCents",
        "occupancyPercent",
        "adrCents",
        "revparCents",
    ];
}

impl OccupancyRow {
    fn of(key: String, name: String, figures: Figures, property: &Property) -> OccupancyRow {
        let rates = figures.rates(property);
        OccupancyRow {
            key,
            name,
            days: figures.days,
            days_closed: figures.days_closed,
            rooms_total: figures.rooms,
            rooms_out_of_order: figures.out_of_order,
            rooms_available: rates.available,
            rooms_sold: figures.sold,
            rooms_free_of_charge: figures.free,
            room_revenue_cents: figures.room_revenue,
            occupancy_percent: rates.occupancy,
            adr_cents: rates.adr,
            revpar_cents: rates.revpar,
        }
    }
}

/// Occupancy, ADR and RevPAR of a span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OccupancyReport {
    pub property_id: PropertyId,
    pub currency: String,
    pub from: Day,
    pub to: Day,
    pub by: GroupBy,
    /// The open day of the property: from here on it is what is booked.
    pub business_date: Day,
    pub counts_out_of_order: bool,
    pub counts_free_nights: bool,
    pub rows: Vec<OccupancyRow>,
    pub total: OccupancyRow,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportOccupancyQuery {
    from: Day,
    /// The last day, at most 1099 after the first.
    to: Day,
    /// `DAY` when absent.
    #[param(inline)]
    by: Option<GroupBy>,
    /// As `Accept` says when absent.
    #[param(inline)]
    format: Option<Format>,
}

/// Rooms, nights, room revenue, occupancy, ADR and RevPAR by day, month, room type, source or segment. The past is what was posted, the future
/// what is booked.
#[utoipa::path(get, path = "/properties/{id}/reports/occupancy", tag = "reports", params(("id" = PropertyId, Path), ReportOccupancyQuery),
    responses((status = 200, description = "The rows and their sums.",
        content((Data<OccupancyReport> = "application/json"), (String = "text/csv")))))]
pub async fn occupancy(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<ReportOccupancyQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    check_range(query.from, query.to)?;
    let (from, to, by) = (query.from, query.to, query.by.unwrap_or_default());
    let figures = match by {
        GroupBy::Day | GroupBy::Month => days::between(actor.tenant, id, from, to),
        GroupBy::Type | GroupBy::Source | GroupBy::Segment => call!(REPORT_PARTS, actor.tenant, id, from, to),
    };
    let rows = app.store.read(actor.tenant, vec![properties::model::get(actor.tenant, id), figures]).await?;

    let property = properties::model::found(&rows[0])?;
    let (groups, total) = match by {
        GroupBy::Day => by_date(&rows[1], 10),
        GroupBy::Month => by_date(&rows[1], 7),
        GroupBy::Type => by_part(&rows[1], days_of(from, to), |row| (text(row, "code"), text(row, "name")), false),
        GroupBy::Source => by_part(&rows[1], days_of(from, to), |row| (text(row, "source_type"), text(row, "source_type")), true),
        GroupBy::Segment => {
            by_part(&rows[1], days_of(from, to), |row| (text(row, "market_segment"), text(row, "market_segment")), true)
        }
    };
    let lines: Vec<OccupancyRow> =
        groups.into_iter().map(|((key, name), figures)| OccupancyRow::of(key, name, figures, &property)).collect();
    let name = format!("occupancy-{from}-{to}");
    file::answer(Format::wanted(query.format, &headers), &name, &property.currency, &lines, || {
        data(&OccupancyReport {
            property_id: id,
            currency: property.currency.clone(),
            from,
            to,
            by,
            business_date: property.business_date,
            counts_out_of_order: property.counts_out_of_order,
            counts_free_nights: property.counts_free_nights,
            total: OccupancyRow::of("TOTAL".into(), "Total".into(), total, &property),
            rows: lines.clone(),
        })
    })
}

fn days_of(from: Day, to: Day) -> i64 {
    i64::from(from.days_until(to)) + 1
}

fn text(row: &Row, column: &str) -> String {
    row.get::<_, Option<String>>(column).unwrap_or_else(|| "-".into())
}

type Groups = BTreeMap<(String, String), Figures>;

/// Grouped by the first letters of the date: ten are a day, seven a month.
fn by_date(rows: &[Row], letters: usize) -> (Groups, Figures) {
    let (mut groups, mut total) = (Groups::new(), Figures::default());
    for row in rows {
        let key: String = row.get::<_, Day>("day").to_string().chars().take(letters).collect();
        let figures = Figures::from_row(row);
        *groups.entry((key.clone(), key)).or_default() += figures;
        total += figures;
    }
    (groups, total)
}

/// Grouped by type, source or segment. `whole_house`: each group is judged by all rooms.
fn by_part(rows: &[Row], days: i64, key: impl Fn(&Row) -> (String, String), whole_house: bool) -> (Groups, Figures) {
    let (mut groups, mut total) = (Groups::new(), Figures::default());
    for row in rows {
        let figures = Figures {
            rooms: row.get("rooms"),
            off_market: row.get("off_market"),
            out_of_order: row.get("out_of_order"),
            sold: row.get("sold"),
            free: row.get("free"),
            room_revenue: row.get("revenue"),
            ..Figures::default()
        };
        let is_rooms = row.get::<_, Option<&str>>("source_type").is_none();
        if !(whole_house && is_rooms) {
            *groups.entry(key(row)).or_default() += figures;
        }
        total += figures;
        total.days_closed = row.get("closed");
    }
    total.days = days;
    for group in groups.values_mut() {
        (group.days, group.days_closed) = (total.days, total.days_closed);
        if whole_house {
            (group.rooms, group.off_market, group.out_of_order) = (total.rooms, total.off_market, total.out_of_order);
        }
    }
    (groups, total)
}
