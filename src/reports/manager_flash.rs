use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    days::{self, Figures},
    file::{self, Columns, Format},
};
use crate::{
    db::Result,
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Cents, Day, PropertyId},
    properties::{self, Property},
};

/// Whether the figures of a day can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DayState {
    /// They are those of its record, and never change.
    Closed,
    /// The business date: what happened so far, and what is booked.
    Open,
    /// What is booked.
    Future,
    /// Before the business date without a record, from before the property was run here: the stays as they are.
    Unrecorded,
}

/// The span that figures are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FlashPeriod {
    Day,
    MonthToDate,
    YearToDate,
}

/// The figures of a day, or of a month or year up to that day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FlashFigures {
    pub period: FlashPeriod,
    pub from: Day,
    pub to: Day,
    pub days: i64,
    /// Of these, with a record that never changes.
    pub days_closed: i64,
    /// Rooms of the house; of several days, room nights, as all that follow.
    pub rooms_total: i64,
    pub rooms_out_of_order: i64,
    /// Under a block that is neither a stay nor out of order: house use, held.
    pub rooms_house_use: i64,
    /// What occupancy and RevPAR divide by: rooms less those out of order, unless the property counts them.
    pub rooms_available: i64,
    pub rooms_sold: i64,
    /// Of these, at a price of zero. ADR divides by them unless the property does not count them.
    pub rooms_free_of_charge: i64,
    pub guests_in_house: i64,
    /// Percent with two decimals; null without a room.
    #[schema(value_type = Option<f64>, example = 66.67)]
    pub occupancy_percent: Option<days::Percent>,
    /// Room revenue by room sold; null without one.
    pub adr_cents: Option<Cents>,
    /// Room revenue by room available; null without one.
    pub revpar_cents: Option<Cents>,
    pub room_revenue_cents: Cents,
    /// Other charges, less discounts.
    pub adjustment_cents: Cents,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
    /// Below zero: payments are credits.
    pub payment_cents: Cents,
    pub refund_cents: Cents,
    pub arrivals: i64,
    pub departures: i64,
    pub no_shows: i64,
    pub cancellations: i64,
}

impl Columns for FlashFigures {
    const COLUMNS: &'static [&'static str] = &[
        "period",
        "from",
        "to",
        "days",
        "daysClosed",
        "roomsTotal",
        "roomsOutOfOrder",
        "roomsHouseUse",
        "roomsAvailable",
        "roomsSold",
        "roomsFreeOfCharge",
        "guestsInHouse",
        "occupancyPercent",
        "adrCents",
        "revparCents",
        "roomRevenueCents",
        "adjustmentCents",
        "taxCents",
        "feeCents",
        "paymentCents",
        "refundCents",
        "arrivals",
        "departures",
        "noShows",
        "cancellations",
    ];
}

impl FlashFigures {
    fn of(period: FlashPeriod, from: Day, to: Day, days: &[(Day, Figures)], property: &Property) -> FlashFigures {
        let mut sums = Figures::default();
        days.iter().filter(|(day, _)| *day >= from).for_each(|(_, figures)| sums += *figures);
        let rates = sums.rates(property);
        FlashFigures {
            period,
            from,
            to,
            days: sums.days,
            days_closed: sums.days_closed,
            rooms_total: sums.rooms,
            rooms_out_of_order: sums.out_of_order,
            rooms_house_use: sums.off_market - sums.out_of_order,
            rooms_available: rates.available,
            rooms_sold: sums.sold,
            rooms_free_of_charge: sums.free,
            guests_in_house: sums.guests,
            occupancy_percent: rates.occupancy,
            adr_cents: rates.adr,
            revpar_cents: rates.revpar,
            room_revenue_cents: sums.room_revenue,
            adjustment_cents: sums.adjustments,
            tax_cents: sums.taxes,
            fee_cents: sums.fees,
            payment_cents: sums.payments,
            refund_cents: sums.refunds,
            arrivals: sums.arrivals,
            departures: sums.departures,
            no_shows: sums.no_shows,
            cancellations: sums.cancellations,
        }
    }
}

/// A day at a glance, with its month and year up to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManagerFlash {
    pub property_id: PropertyId,
    pub currency: String,
    pub date: Day,
    pub state: DayState,
    /// The open day of the property.
    pub business_date: Day,
    pub counts_out_of_order: bool,
    pub counts_free_nights: bool,
    pub day: FlashFigures,
    pub month: FlashFigures,
    pub year: FlashFigures,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FlashQuery {
    date: Day,
    /// As `Accept` says when absent.
    #[param(inline)]
    format: Option<Format>,
}

/// A day at a glance: rooms, revenue, money, arrivals and departures; with its month and its year up to that day.
#[utoipa::path(get, path = "/properties/{id}/reports/manager-flash", tag = "reports", params(("id" = PropertyId, Path), FlashQuery),
    responses((status = 200, description = "The figures of a closed day never change; an open day is marked as such.",
        content((Data<ManagerFlash> = "application/json"), (String = "text/csv")))))]
pub async fn manager_flash(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<FlashQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let date = query.date;
    let (year, month) = (date.date().year(), date.date().month());
    let first = |month| Day::new(year, month, 1).unwrap_or(Day::MIN);
    let calls = vec![properties::model::get(actor.tenant, id), days::between(actor.tenant, id, first(1), date)];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let days: Vec<(Day, Figures)> = rows[1].iter().map(|row| (row.get("day"), Figures::from_row(row))).collect();
    let of = |period, from| FlashFigures::of(period, from, date, &days, &property);
    let day = of(FlashPeriod::Day, date);
    let state = match (day.days_closed, date.cmp(&property.business_date)) {
        (1.., _) => DayState::Closed,
        (_, std::cmp::Ordering::Less) => DayState::Unrecorded,
        (_, std::cmp::Ordering::Equal) => DayState::Open,
        (_, std::cmp::Ordering::Greater) => DayState::Future,
    };
    let (month, year) = (of(FlashPeriod::MonthToDate, first(month)), of(FlashPeriod::YearToDate, first(1)));
    let lines = [day.clone(), month.clone(), year.clone()];
    let format = Format::wanted(query.format, &headers);
    file::answer(format, &format!("manager-flash-{date}"), &property.currency, &lines, || {
        data(&ManagerFlash {
            property_id: id,
            currency: property.currency.clone(),
            date,
            state,
            business_date: property.business_date,
            counts_out_of_order: property.counts_out_of_order,
            counts_free_nights: property.counts_free_nights,
            day,
            month,
            year,
        })
    })
}
