//! Prices by night. They are stored as ranges, read and set by night.

use tokio_postgres::Row;

use crate::{
    call,
    db::Call,
    kernel::{Cents, Day, PropertyId, RatePlanId, RoomTypeId, Stay, TenantId},
};

crate::sql! {
    PRICES_OF_STAY = "
        select start_date, end_date, nightly_base_cents from pms_rate_plan_prices
        where tenant_id = $1 and property_id = $2 and rate_plan_id = $3 and room_type_id = $4 and start_date < $6 and end_date > $5
        order by start_date";
}

/// The call that reads the prices of the nights from `from` up to but not including `to`.
pub fn prices_call(tenant: TenantId, property: PropertyId, plan: RatePlanId, room_type: RoomTypeId, from: Day, to: Day) -> Call {
    call!(PRICES_OF_STAY, tenant, property, plan, room_type, from, to)
}

/// The price of each night of the stay, from the rows of [`prices_call`]; `None`: the night has no price.
pub fn nightly(rows: &[Row], stay: Stay) -> Vec<(Day, Option<Cents>)> {
    let spans: Vec<Span<Cents>> = rows.iter().map(Span::price).collect();
    by_night(&spans, stay.from, stay.to)
}

/// Nights from `from` up to but not including `to` that share a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<V> {
    pub from: Day,
    pub to: Day,
    pub value: V,
}

impl Span<Cents> {
    fn price(row: &Row) -> Span<Cents> {
        Span { from: row.get("start_date"), to: row.get("end_date"), value: row.get("nightly_base_cents") }
    }
}

/// The value of each night from `from` up to but not including `to`. `spans` are in order and do not overlap.
pub fn by_night<V: Copy>(spans: &[Span<V>], from: Day, to: Day) -> Vec<(Day, Option<V>)> {
    let mut rest = spans.iter().peekable();
    from.until(to)
        .map(|night| {
            while rest.next_if(|span| span.to <= night).is_some() {}
            (night, rest.peek().filter(|span| span.from <= night).map(|span| span.value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i32) -> Day {
        "2027-03-01".parse::<Day>().unwrap().plus(n)
    }

    /// One character a night from 2027-03-01 on: a digit is a price, a dot none.
    pub fn drawn(spans: &[Span<Cents>], nights: i32) -> String {
        let draw = |(_, cents): (Day, Option<Cents>)| cents.map_or(".".to_string(), |c| c.0.to_string());
        by_night(spans, day(0), day(nights)).into_iter().map(draw).collect()
    }

    #[test]
    fn each_night_has_its_own_price_and_gaps_have_none() {
        let span = |from, to, cents| Span { from: day(from), to: day(to), value: Cents(cents) };
        assert_eq!(drawn(&[span(-5, 2, 1), span(2, 3, 2), span(5, 9, 3)], 7), "112..33");
        assert_eq!(drawn(&[], 3), "...");
        assert_eq!(drawn(&[span(-9, -1, 1), span(-1, 0, 2), span(1, 2, 3), span(9, 10, 4)], 3), ".3.");
    }
}
