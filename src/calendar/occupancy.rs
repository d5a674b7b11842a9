use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Query, data, permission::CalendarView},
    kernel::{Day, Faults, PropertyId},
    properties,
};

crate::sql! {
    /// Days without a row have no stays: their rooms are all available.
    READ_OCCUPANCY = "
        select d.day as business_date, coalesce(o.rooms_occupied, 0) as rooms_occupied,
          coalesce(o.rooms_available, (select count(*)::int from pms_rooms r where r.tenant_id = $1 and r.property_id = $2
            and (r.opened_on is null or r.opened_on <= d.day) and (r.closed_on is null or r.closed_on > d.day))) as rooms_available,
          coalesce(o.arrivals, 0) as arrivals, coalesce(o.departures, 0) as departures,
          coalesce(o.rooms_unassigned, 0) as rooms_unassigned, coalesce(o.rooms_off_market, 0) as rooms_off_market
        from (select $3::date + n as day from generate_series(0, $4::int - 1) n) d
          left join rm_pms_daily_occupancy o on o.tenant_id = $1 and o.property_id = $2 and o.business_date = d.day
        order by d.day";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OccupancyQuery {
    property_id: PropertyId,
    start: Day,
    /// How many days, 1 to 400.
    #[param(minimum = 1, maximum = 400)]
    days: i32,
}

/// A day of the house.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DailyOccupancy {
    business_date: Day,
    /// Rooms with a stay.
    rooms_occupied: i32,
    /// Rooms of the house less occupied, less off the market.
    rooms_available: i32,
    arrivals: i32,
    departures: i32,
    /// Stays of the night that have no room yet.
    rooms_unassigned: i32,
    rooms_off_market: i32,
}

/// Occupancy by day, from the read model.
#[utoipa::path(get, path = "/occupancy", tag = "calendar", params(OccupancyQuery),
    responses((status = 200, description = "The days.", body = Data<Vec<DailyOccupancy>>)))]
pub async fn occupancy(
    State(app): State<AppState>,
    actor: May<CalendarView>,
    Query(query): Query<OccupancyQuery>,
) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let mut faults = Faults::default();
    faults.range("days", query.days, 1, 400);
    faults.finish()?;

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(READ_OCCUPANCY, actor.tenant, query.property_id, query.start, query.days),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;
    properties::model::found(&rows[0])?;

    let days: Vec<DailyOccupancy> = rows[1]
        .iter()
        .map(|row| DailyOccupancy {
            business_date: row.get("business_date"),
            rooms_occupied: row.get("rooms_occupied"),
            rooms_available: row.get("rooms_available"),
            arrivals: row.get("arrivals"),
            departures: row.get("departures"),
            rooms_unassigned: row.get("rooms_unassigned"),
            rooms_off_market: row.get("rooms_off_market"),
        })
        .collect();
    Ok(data(&days))
}
