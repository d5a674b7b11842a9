//! What must hold after an import.

use serde::Serialize;

use super::{SourceRow, report::HotelReport, source::Fate};
use crate::{
    calendar, call,
    db::Result,
    doctor::invariants,
    kernel::{Cents, Day, TenantId},
    op::Store,
    reports::days::{self, Figures},
};

crate::sql! {
    /// Departed stays whose blocks are not exactly their nights.
    NOT_ON_CALENDAR = "
        select count(*) from pms_reservations r
        where r.tenant_id = $1 and r.property_id = $2 and r.status = 'CHECKED_OUT'
          and (select coalesce(sum(end_date - start_date), 0) from pms_room_blocks b
               where b.tenant_id = $1 and b.property_id = $2 and b.reservation_id = r.id) <> r.check_out_date - r.check_in_date";
    SEGMENTS_OF_DEPARTED = "
        select count(*) from rm_pms_calendar_segments where tenant_id = $1 and property_id = $2 and status = 'CHECKED_OUT'";
    CLOSED_SPAN = "
        select coalesce(min(business_date), current_date), coalesce(max(business_date), current_date) from pms_day_closes
        where tenant_id = $1 and property_id = $2";
}

/// A rule, and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    pub rule: String,
    pub holds: bool,
    /// Empty when there is nothing to tell.
    pub found: String,
}

impl Check {
    fn new(rule: impl Into<String>, holds: bool, found: impl Into<String>) -> Check {
        Check { rule: rule.into(), holds, found: found.into() }
    }

    pub(super) fn shown(&self) -> String {
        if self.found.is_empty() { String::new() } else { format!(": {}", self.found) }
    }
}

/// Checks a finished import. `rows` are those that were imported, with those of other hotels or without.
pub async fn checks(store: &Store, tenant: TenantId, hotels: &[HotelReport], rows: &[SourceRow]) -> anyhow::Result<Vec<Check>> {
    let mut checks = Vec::new();
    for hotel in hotels {
        checks.extend(of_hotel(store, tenant, hotel, rows).await?);
    }
    let client = store.db.connection().await?;
    let findings = invariants(&client, Some(&tenant.to_string())).await?;
    drop(client);
    let first = findings.first().map(|f| format!("{}: {} {}", f.check, f.subject, f.detail)).unwrap_or_default();
    checks.push(Check::new(
        "no two blocks overlap, segments and occupancy equal the recount, and every other invariant of the doctor holds",
        findings.is_empty(),
        first,
    ));
    for hotel in hotels {
        let rebuilt = calendar::rebuild::rebuild(store, tenant, hotel.property_id, |_| {}).await?;
        let found = format!("{} segments and {} days changed", rebuilt.cells, rebuilt.days);
        checks.push(Check::new(
            format!("{}: a rebuild of the calendar changes no row", hotel.hotel.code()),
            rebuilt == Default::default(),
            found,
        ));
    }
    Ok(checks)
}

async fn of_hotel(store: &Store, tenant: TenantId, hotel: &HotelReport, rows: &[SourceRow]) -> Result<Vec<Check>> {
    let code = hotel.hotel.code();
    let departed =
        || rows.iter().filter(|r| r.hotel == hotel.hotel && r.fate == Fate::CheckedOut).filter_map(|r| Some((r, r.stay?)));
    let stays = departed().count() as i64;
    let nights: i64 = departed().map(|(_, stay)| i64::from(stay.nights())).sum();
    let revenue: i64 = departed().map(|(row, stay)| row.rate.0 * i64::from(stay.nights())).sum();

    let calls = vec![call!(NOT_ON_CALENDAR, tenant, hotel.property_id), call!(SEGMENTS_OF_DEPARTED, tenant, hotel.property_id)];
    let found = store.read(tenant, calls).await?;
    let (missing, segments): (i64, i64) = (found[0][0].get(0), found[1][0].get(0));

    let stored = &hotel.stored;
    // Refused bookings are not there; then the file's own totals say nothing.
    let is_whole = stored.checked_out == stays;
    let mut checks = vec![
        Check::new(
            format!("{code}: every stay of the file that was checked out is there"),
            is_whole || hotel.this_run.without_booking > 0,
            format!("{} of {stays}", stored.checked_out),
        ),
        Check::new(
            format!("{code}: each lies on the calendar in a room on all its nights"),
            missing == 0 && segments == stored.room_nights,
            format!("{segments} nights of {}, {missing} stays not whole", stored.room_nights),
        ),
    ];
    if hotel.this_run.days_closed > 0 {
        checks.push(of_reports(store, tenant, hotel).await?);
    }
    if is_whole {
        let whole = stored.room_nights == nights && stored.room_revenue_cents == Cents(revenue);
        checks.push(Check::new(
            format!("{code}: nights and revenue are those of the file"),
            whole,
            format!("{} nights, {} cents; the file {nights}, {revenue}", stored.room_nights, stored.room_revenue_cents.0),
        ));
    }
    Ok(checks)
}

/// What the reports tell of all days from the first to the last that was closed.
async fn of_reports(store: &Store, tenant: TenantId, hotel: &HotelReport) -> Result<Check> {
    let span = store.read(tenant, vec![call!(CLOSED_SPAN, tenant, hotel.property_id)]).await?;
    let (first, last): (Day, Day) = (span[0][0].get(0), span[0][0].get(1));
    let told = store.read(tenant, vec![days::between(tenant, hotel.property_id, first, last)]).await?;
    let mut sums = Figures::default();
    told[0].iter().for_each(|day| sums += Figures::from_row(day));
    let (told, stored) = (sums, &hotel.stored);
    Ok(Check::new(
        format!("{}: the reports tell the same nights and revenue, each day closed", hotel.hotel.code()),
        (told.sold, told.room_revenue) == (stored.room_nights, stored.room_revenue_cents) && told.days_closed == told.days,
        format!("{} nights, {} cents in {} days, {} of them closed", told.sold, told.room_revenue.0, told.days, told.days_closed),
    ))
}
