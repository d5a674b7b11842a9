//! The figures of days, and what is computed from them.

use std::ops::AddAssign;

use serde::Serialize;
use tokio_postgres::Row;

use super::closed_and_live;
use crate::{
    call,
    db::Call,
    kernel::{Cents, Day, PropertyId, TenantId},
    properties::Property,
};

crate::sql! {
    /// Of an open day, who is still expected comes, and what is due is posted: so it will close if all goes as booked.
    REPORT_DAYS = closed_and_live!("
        select business_date as day, 1::bigint as closed, rooms_total::bigint as rooms, rooms_off_market::bigint as off_market,
          rooms_out_of_order::bigint as out_of_order, rooms_sold::bigint as sold, rooms_free_of_charge::bigint as free,
          guests_in_house::bigint as guests, arrivals::bigint as arrivals, departures::bigint as departures, no_shows::bigint as no_shows,
          cancellations::bigint as cancellations, room_revenue_cents as room_revenue, adjustment_cents as adjustments,
          tax_cents as taxes, fee_cents as fees, payment_cents as payments, refund_cents as refunds
        from closed
        union all
        select l.day, 0, h.rooms, h.off_market, h.out_of_order, s.sold, s.free, s.guests,
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and checked_in_on = l.day
              and status in ('CHECKED_IN', 'CHECKED_OUT'))
            + (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and check_in_date = l.day
              and status in ('HOLD', 'CONFIRMED')),
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and checked_out_on = l.day
              and status = 'CHECKED_OUT')
            + (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and check_out_date = l.day
              and status in ('HOLD', 'CONFIRMED', 'CHECKED_IN')),
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and closed_on = l.day and status = 'NO_SHOW'),
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and closed_on = l.day and status = 'CANCELLED'),
          s.room_revenue, e.adjustments, e.taxes + s.due_taxes, e.fees + s.due_fees, e.payments, e.refunds
        from live l
        cross join lateral (
          select coalesce(sum(rooms), 0)::bigint as rooms, coalesce(sum(off_market), 0)::bigint as off_market,
            coalesce(sum(out_of_order), 0)::bigint as out_of_order
          from pms_day_rooms($1, $2, l.day)
        ) h
        cross join lateral (
          select coalesce(sum(sold), 0)::bigint as sold, coalesce(sum(free), 0)::bigint as free, coalesce(sum(guests), 0)::bigint as guests,
            coalesce(sum(posted_cents + due_cents), 0)::bigint as room_revenue, coalesce(sum(due_tax_cents), 0)::bigint as due_taxes,
            coalesce(sum(due_fee_cents), 0)::bigint as due_fees
          from pms_day_sales($1, $2, l.day)
        ) s
        cross join lateral (
          select coalesce(sum(amount_cents) filter (where entry_type = 'ADJUSTMENT'), 0)::bigint as adjustments,
            coalesce(sum(amount_cents) filter (where entry_type = 'TAX'), 0)::bigint as taxes,
            coalesce(sum(amount_cents) filter (where entry_type = 'FEE'), 0)::bigint as fees,
            coalesce(sum(amount_cents) filter (where entry_type = 'PAYMENT'), 0)::bigint as payments,
            coalesce(sum(amount_cents) filter (where entry_type = 'REFUND'), 0)::bigint as refunds
          from pms_folio_entries where tenant_id = $1 and property_id = $2 and business_date = l.day
        ) e
        order by 1");
}

/// The figures of each day from the first to the last: rows for [`Figures::from_row`].
pub fn between(tenant: TenantId, property: PropertyId, from: Day, to: Day) -> Call {
    call!(REPORT_DAYS, tenant, property, from, to)
}

/// Of one day, or the sums of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub days: i64,
    pub days_closed: i64,
    pub rooms: i64,
    /// Under a block that is no stay.
    pub off_market: i64,
    pub out_of_order: i64,
    pub sold: i64,
    pub free: i64,
    pub guests: i64,
    pub arrivals: i64,
    pub departures: i64,
    pub no_shows: i64,
    pub cancellations: i64,
    pub room_revenue: Cents,
    pub adjustments: Cents,
    pub taxes: Cents,
    pub fees: Cents,
    pub payments: Cents,
    pub refunds: Cents,
}

impl Figures {
    pub fn from_row(row: &Row) -> Figures {
        Figures {
            days: 1,
            days_closed: row.get("closed"),
            rooms: row.get("rooms"),
            off_market: row.get("off_market"),
            out_of_order: row.get("out_of_order"),
            sold: row.get("sold"),
            free: row.get("free"),
            guests: row.get("guests"),
            arrivals: row.get("arrivals"),
            departures: row.get("departures"),
            no_shows: row.get("no_shows"),
            cancellations: row.get("cancellations"),
            room_revenue: row.get("room_revenue"),
            adjustments: row.get("adjustments"),
            taxes: row.get("taxes"),
            fees: row.get("fees"),
            payments: row.get("payments"),
            refunds: row.get("refunds"),
        }
    }

    /// What is divided by is said by the property.
    pub fn rates(&self, property: &Property) -> Rates {
        let available = self.rooms - if property.counts_out_of_order { 0 } else { self.out_of_order };
        let nights = self.sold - if property.counts_free_nights { 0 } else { self.free };
        Rates {
            available,
            occupancy: share(10_000 * self.sold, available).map(Percent),
            adr: share(self.room_revenue.0, nights).map(Cents),
            revpar: share(self.room_revenue.0, available).map(Cents),
        }
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Figures) {
        self.days += other.days;
        self.days_closed += other.days_closed;
        self.rooms += other.rooms;
        self.off_market += other.off_market;
        self.out_of_order += other.out_of_order;
        self.sold += other.sold;
        self.free += other.free;
        self.guests += other.guests;
        self.arrivals += other.arrivals;
        self.departures += other.departures;
        self.no_shows += other.no_shows;
        self.cancellations += other.cancellations;
        self.room_revenue = self.room_revenue + other.room_revenue;
        self.adjustments = self.adjustments + other.adjustments;
        self.taxes = self.taxes + other.taxes;
        self.fees = self.fees + other.fees;
        self.payments = self.payments + other.payments;
        self.refunds = self.refunds + other.refunds;
    }
}

/// What figures are judged by. None where there is nothing to divide by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Rooms less those off the market by policy.
    pub available: i64,
    pub occupancy: Option<Percent>,
    pub adr: Option<Cents>,
    pub revpar: Option<Cents>,
}

/// Percent in hundredths; written as a number with two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub i64);

impl Serialize for Percent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The nearest double of a number with two decimals is written with these two.
        serializer.serialize_f64(self.0 as f64 / 100.0)
    }
}

/// Half up.
pub(super) fn share(amount: i64, by: i64) -> Option<i64> {
    (by > 0).then(|| i64::try_from((2 * i128::from(amount) + i128::from(by)).div_euclid(2 * i128::from(by))).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up_and_nothing_is_divided_by_nothing() {
        assert_eq!([share(5, 2), share(-5, 2), share(10_000 * 2, 3), share(7, 0)], [Some(3), Some(-2), Some(6667), None]);
        assert_eq!(serde_json::to_string(&[Percent(6667), Percent(5000), Percent(10)]).unwrap(), "[66.67,50.0,0.1]");
    }
}
