use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    check_range,
    days::{self, Figures, Percent},
    file::{self, Columns, Format},
};
use crate::{
    db::Result,
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Cents, Day, PropertyId},
    properties::{self, Property},
};

/// The same day of the week a year before: 52 weeks.
const A_YEAR: i32 = 364;

/// A day, or all of them: what is on the books, and what was sold on the same day of the week a year before.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ForecastRow {
    /// Null for the sums.
    pub date: Option<Day>,
    /// A record that never changes; else holds and bookings as they are now.
    pub is_closed: bool,
    pub rooms_available: i64,
    pub rooms_sold: i64,
    /// Without taxes and fees.
    pub room_revenue_cents: Cents,
    /// Percent with two decimals; null without a room.
    #[schema(value_type = Option<f64>, example = 66.67)]
    pub occupancy_percent: Option<Percent>,
    pub adr_cents: Option<Cents>,
    /// 364 days before. Null for the sums.
    pub last_year_date: Option<Day>,
    pub last_year_rooms_sold: i64,
    pub last_year_room_revenue_cents: Cents,
    #[schema(value_type = Option<f64>, example = 64.5)]
    pub last_year_occupancy_percent: Option<Percent>,
    pub last_year_adr_cents: Option<Cents>,
    /// More than a year before, or fewer when below zero.
    pub rooms_sold_difference: i64,
    pub room_revenue_difference_cents: Cents,
}

impl Columns for ForecastRow {
    const COLUMNS: &'static [&'static str] = &[
        "date",
        "isClosed",
        "roomsAvailable",
        "roomsSold",
        "roomRevenueCents",
        "occupancyPercent",
        "adrCents",
        "lastYearDate",
        "lastYearRoomsSold",
        "lastYearRoomRevenueCents",
        "lastYearOccupancyPercent",
        "lastYearAdrCents",
        "roomsSoldDifference",
        "roomRevenueDifferenceCents",
    ];
}

impl ForecastRow {
    fn of(date: Option<Day>, now: Figures, then: Figures, property: &Property) -> ForecastRow {
        let (rates, before) = (now.rates(property), then.rates(property));
        ForecastRow {
            date,
            is_closed: now.days_closed == now.days,
            rooms_available: rates.available,
            rooms_sold: now.sold,
            room_revenue_cents: now.room_revenue,
            occupancy_percent: rates.occupancy,
            adr_cents: rates.adr,
            last_year_date: date.map(|day| day.plus(-A_YEAR)),
            last_year_rooms_sold: then.sold,
            last_year_room_revenue_cents: then.room_revenue,
            last_year_occupancy_percent: before.occupancy,
            last_year_adr_cents: before.adr,
            rooms_sold_difference: now.sold - then.sold,
            room_revenue_difference_cents: now.room_revenue - then.room_revenue,
        }
    }
}

/// On the books against last year.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Forecast {
    pub property_id: PropertyId,
    pub currency: String,
    pub from: Day,
    pub to: Day,
    /// The open day of the property: from here on it is what is booked.
    pub business_date: Day,
    pub rows: Vec<ForecastRow>,
    pub total: ForecastRow,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ForecastQuery {
    from: Day,
    /// The last day, at most 1099 after the first.
    to: Day,
    /// As `Accept` says when absent.
    #[param(inline)]
    format: Option<Format>,
}

/// What is on the books of each day, beside what was sold on the same day of the week 52 weeks before.
#[utoipa::path(get, path = "/properties/{id}/reports/forecast", tag = "reports", params(("id" = PropertyId, Path), ForecastQuery),
    responses((status = 200, description = "A row for each day.", content((Data<Forecast> = "application/json"), (String = "text/csv")))))]
pub async fn forecast(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<ForecastQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to) = (query.from, query.to);
    check_range(from, to)?;
    let calls = vec![
        properties::model::get(actor.tenant, id),
        days::between(actor.tenant, id, from, to),
        days::between(actor.tenant, id, from.plus(-A_YEAR), to.plus(-A_YEAR)),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let (mut now, mut then) = (Figures::default(), Figures::default());
    let mut lines = Vec::with_capacity(rows[1].len());
    for (row, before) in rows[1].iter().zip(&rows[2]) {
        let (own, last) = (Figures::from_row(row), Figures::from_row(before));
        lines.push(ForecastRow::of(Some(row.get("day")), own, last, &property));
        now += own;
        then += last;
    }
    let name = format!("forecast-{from}-{to}");
    file::answer(Format::wanted(query.format, &headers), &name, &property.currency, &lines, || {
        data(&Forecast {
            property_id: id,
            currency: property.currency.clone(),
            from,
            to,
            business_date: property.business_date,
            rows: lines.clone(),
            total: ForecastRow::of(None, now, then, &property),
        })
    })
}
