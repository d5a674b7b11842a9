use std::ops::AddAssign;

use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::{
    check_range,
    file::{self, Columns, Format},
};
use crate::{
    call,
    db::Result,
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Cents, Day, PropertyId},
    properties,
};

crate::sql! {
    /// Day by day and type by type (`offset 0` keeps the planner from joining), so that the cost does not grow with history.
    REPORT_PICK_UP = "
        select d.day, count(*) filter (where x.is_on) as nights, coalesce(sum(x.net) filter (where x.is_on), 0)::bigint as revenue,
          count(*) filter (where x.booked_on >= $5) as booked_nights,
          coalesce(sum(x.net) filter (where x.booked_on >= $5), 0)::bigint as booked_revenue,
          count(*) filter (where not x.is_on) as lost_nights, coalesce(sum(x.net) filter (where not x.is_on), 0)::bigint as lost_revenue
        from (select $3::date + n as day from generate_series(0, $4::date - $3::date) n) d
        left join lateral (
          select n.price_cents - n.included_cents as net, r.booked_on, r.status not in ('CANCELLED', 'NO_SHOW') as is_on
          from pms_room_types t cross join lateral (
            select reservation_id, price_cents, included_cents from pms_reservation_nights
            where tenant_id = $1 and property_id = $2 and room_type_id = t.id and night = d.day and not is_released offset 0
          ) n cross join lateral (
            select booked_on, status, closed_on from pms_reservations
            where tenant_id = $1 and id = n.reservation_id and (checked_out_on is null or checked_out_on > d.day) offset 0
          ) r
          where t.tenant_id = $1 and t.property_id = $2 and (r.status not in ('CANCELLED', 'NO_SHOW') or r.closed_on >= $5)
        ) x on true
        group by d.day order by d.day";
}

/// The nights of a date, or of all dates: those on the books, and how they came there.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PickUpRow {
    /// Null for the sums.
    pub date: Option<Day>,
    /// On the books now: holds and bookings, and who is or was in the house.
    pub nights: i64,
    /// Without taxes and fees.
    pub revenue_cents: Cents,
    /// Booked on `since` or later; cancelled again or not.
    pub booked_nights: i64,
    pub booked_revenue_cents: Cents,
    /// Cancelled or not come on `since` or later; whenever booked.
    pub lost_nights: i64,
    pub lost_revenue_cents: Cents,
    /// Booked less lost.
    pub picked_up_nights: i64,
    pub picked_up_revenue_cents: Cents,
    /// On the books when `since` began: now less picked up.
    pub nights_before: i64,
    pub revenue_before_cents: Cents,
}

impl Columns for PickUpRow {
    const COLUMNS: &'static [&'static str] = &[
        "date",
        "nights",
        "revenueCents",
        "bookedNights",
        "bookedRevenueCents",
        "lostNights",
        "lostRevenueCents",
        "pickedUpNights",
        "pickedUpRevenueCents",
        "nightsBefore",
        "revenueBeforeCents",
    ];
}

impl PickUpRow {
    fn from_row(row: &Row) -> PickUpRow {
        let (nights, booked, lost): (i64, i64, i64) = (row.get("nights"), row.get("booked_nights"), row.get("lost_nights"));
        let (revenue, revenue_booked, revenue_lost): (Cents, Cents, Cents) =
            (row.get("revenue"), row.get("booked_revenue"), row.get("lost_revenue"));
        PickUpRow {
            date: Some(row.get("day")),
            nights,
            revenue_cents: revenue,
            booked_nights: booked,
            booked_revenue_cents: revenue_booked,
            lost_nights: lost,
            lost_revenue_cents: revenue_lost,
            picked_up_nights: booked - lost,
            picked_up_revenue_cents: revenue_booked - revenue_lost,
            nights_before: nights - booked + lost,
            revenue_before_cents: revenue - revenue_booked + revenue_lost,
        }
    }
}

impl AddAssign<&PickUpRow> for PickUpRow {
    fn add_assign(&mut self, other: &PickUpRow) {
        self.nights += other.nights;
        self.revenue_cents = self.revenue_cents + other.revenue_cents;
        self.booked_nights += other.booked_nights;
        self.booked_revenue_cents = self.booked_revenue_cents + other.booked_revenue_cents;
        self.lost_nights += other.lost_nights;
        self.lost_revenue_cents = self.lost_revenue_cents + other.lost_revenue_cents;
        self.picked_up_nights += other.picked_up_nights;
        self.picked_up_revenue_cents = self.picked_up_revenue_cents + other.picked_up_revenue_cents;
        self.nights_before += other.nights_before;
        self.revenue_before_cents = self.revenue_before_cents + other.revenue_before_cents;
    }
}

/// What came and went of the nights of a span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PickUp {
    pub property_id: PropertyId,
    pub currency: String,
    pub from: Day,
    pub to: Day,
    pub since: Day,
    pub rows: Vec<PickUpRow>,
    pub total: PickUpRow,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PickUpQuery {
    /// The first night.
    from: Day,
    /// The last night, at most 1099 after the first.
    to: Day,
    /// Business date from which on bookings and cancellations are counted.
    since: Day,
    /// As `Accept` says when absent.
    #[param(inline)]
    format: Option<Format>,
}

/// What was booked and lost since a business date, by night. A stay whose dates or prices were changed counts as it is now.
#[utoipa::path(get, path = "/properties/{id}/reports/pick-up", tag = "reports", params(("id" = PropertyId, Path), PickUpQuery),
    responses((status = 200, description = "A row for each night.", content((Data<PickUp> = "application/json"), (String = "text/csv")))))]
pub async fn pick_up(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<PickUpQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to, since) = (query.from, query.to, query.since);
    check_range(from, to)?;
    let calls = vec![properties::model::get(actor.tenant, id), call!(REPORT_PICK_UP, actor.tenant, id, from, to, since)];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let lines: Vec<PickUpRow> = rows[1].iter().map(PickUpRow::from_row).collect();
    let mut total = PickUpRow::default();
    lines.iter().for_each(|line| total += line);
    let name = format!("pick-up-{from}-{to}-since-{since}");
    file::answer(Format::wanted(query.format, &headers), &name, &property.currency, &lines, || {
        data(&PickUp { property_id: id, currency: property.currency.clone(), from, to, since, rows: lines.clone(), total })
    })
}
