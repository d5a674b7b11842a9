//! Prices by night. They are stored as ranges, read and set by night.

use serde::{Deserialize, Deserializer};
use tokio_postgres::Row;

use crate::{
    call,
    db::Call,
    kernel::{Cents, Day, Faults, PropertyId, RatePlanId, Refusal, RoomTypeId, Stay, TenantId},
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
    pub(super) fn price(row: &Row) -> Span<Cents> {
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

/// Joins neighbours of equal value. `spans` are in order and do not overlap.
pub fn joined<V: Copy + PartialEq>(spans: impl IntoIterator<Item = Span<V>>) -> Vec<Span<V>> {
    let mut joined: Vec<Span<V>> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.to == span.from && last.value == span.value => last.to = span.to,
            _ => joined.push(span),
        }
    }
    joined
}

/// Gives the nights from `from` up to but not including `to` the value, or takes theirs; with weekdays only those nights.
///
/// `stored` are the spans that overlap these nights or touch them, in order; the answer stands in their place.
pub fn laid<V: Copy + PartialEq>(stored: &[Span<V>], from: Day, to: Day, weekdays: &[Weekday], value: Option<V>) -> Vec<Span<V>> {
    remade(stored, from, to, weekdays, |_| value)
}

/// The same with a value that is made of what each night had.
pub fn remade<V: Copy + PartialEq>(
    stored: &[Span<V>],
    from: Day,
    to: Day,
    weekdays: &[Weekday],
    value: impl Fn(Option<V>) -> Option<V>,
) -> Vec<Span<V>> {
    let before = stored.iter().filter(|s| s.from < from).map(|s| Span { to: s.to.min(from), ..*s });
    let after = stored.iter().filter(|s| s.to > to).map(|s| Span { from: s.from.max(to), ..*s });
    let within = by_night(stored, from, to).into_iter().filter_map(|(night, old)| {
        let is_meant = weekdays.is_empty() || weekdays.contains(&Weekday::of(night));
        let value = if is_meant { value(old) } else { old };
        value.map(|value| Span { from: night, to: night.plus(1), value })
    });
    joined(before.chain(within).chain(after))
}

/// A day of the week by ISO 8601: 1 is Monday, 7 is Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekday(i8);

impl Weekday {
    pub fn of(day: Day) -> Weekday {
        Weekday(day.date().weekday().to_monday_one_offset())
    }

    /// 1 is Monday, 7 is Sunday.
    pub fn number(self) -> i32 {
        i32::from(self.0)
    }
}

impl<'de> Deserialize<'de> for Weekday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match i8::deserialize(deserializer)? {
            day @ 1..=7 => Ok(Weekday(day)),
            _ => Err(serde::de::Error::custom("must be 1 (Monday) to 7 (Sunday)")),
        }
    }
}

impl utoipa::PartialSchema for Weekday {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Integer)
            .minimum(Some(1))
            .maximum(Some(7))
            .description(Some("A day of the week: 1 is Monday, 7 is Sunday."))
            .build()
            .into()
    }
}
impl utoipa::ToSchema for Weekday {}

/// A range that is set at once has at most so many days: three years.
pub const MAX_RANGE_DAYS: i32 = 1100;

/// Notes what is wrong with a range of dates whose end is exclusive.
pub fn check_range(faults: &mut Faults, start: Day, end: Day) {
    match start.days_until(end) {
        ..=0 => faults.add("endDate", "must be after startDate: it is exclusive"),
        n if n > MAX_RANGE_DAYS => faults.add("endDate", format!("must be at most {MAX_RANGE_DAYS} days after startDate")),
        _ => {}
    }
}

/// The day after the last of a window of 1 to 400 days.
///
/// Errors: `days` outside that.
pub fn window_end(start: Day, days: i32) -> Result<Day, Refusal> {
    let mut faults = Faults::default();
    faults.range("days", days, 1, 400);
    faults.finish()?;
    Ok(start.plus(days))
}

/// For a field that must be there and may be null.
pub(super) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counted from Monday, 2027-03-01.
    fn day(n: i32) -> Day {
        "2027-03-01".parse::<Day>().unwrap().plus(n)
    }

    fn span(from: i32, to: i32, cents: i64) -> Span<Cents> {
        Span { from: day(from), to: day(to), value: Cents(cents) }
    }

    /// One character a night: a digit is a price, a dot none.
    fn drawn(spans: &[Span<Cents>], nights: i32) -> String {
        let draw = |(_, cents): (Day, Option<Cents>)| cents.map_or(".".to_string(), |c| c.0.to_string());
        by_night(spans, day(0), day(nights)).into_iter().map(draw).collect()
    }

    /// The spans of such a drawing.
    fn spans(drawing: &str) -> Vec<Span<Cents>> {
        let nights = drawing.chars().enumerate();
        joined(nights.filter_map(|(n, c)| c.to_digit(10).map(|d| span(n as i32, n as i32 + 1, i64::from(d)))))
    }

    #[test]
    fn each_night_has_its_own_price_and_gaps_have_none() {
        assert_eq!(drawn(&[span(-5, 2, 1), span(2, 3, 2), span(5, 9, 3)], 7), "112..33");
        assert_eq!(drawn(&[], 3), "...");
        assert_eq!(drawn(&[span(-9, -1, 1), span(-1, 0, 2), span(1, 2, 3), span(9, 10, 4)], 3), ".3.");
    }

    #[test]
    fn a_range_splits_what_it_covers_and_joins_what_is_equal() {
        let weekend = [Weekday(6), Weekday(7)];
        /// Before, from, to, weekdays, price, after, number of spans.
        type Line<'a> = (&'a str, i32, i32, &'a [Weekday], Option<i64>, &'a str, usize);
        let table: [Line; 8] = [
            ("..........", 2, 5, &[], Some(7), "..777.....", 1),
            ("1111111111", 2, 5, &[], Some(7), "1177711111", 3),
            ("1111111111", 2, 5, &[], Some(1), "1111111111", 1),
            ("11..222222", 1, 5, &[], Some(2), "1222222222", 2),
            ("11122233..", 0, 9, &[], None, "..........", 0),
            ("11122233..", 2, 4, &[], None, "11..2233..", 3),
            ("11111111111111", 0, 14, &weekend, Some(9), "11111991111199", 4),
            ("..............", 0, 14, &weekend, Some(9), ".....99.....99", 2),
        ];
        for (before, from, to, weekdays, cents, after, count) in table {
            let laid = laid(&spans(before), day(from), day(to), weekdays, cents.map(Cents));
            assert_eq!((drawn(&laid, before.len() as i32).as_str(), laid.len()), (after, count), "{before} {from}..{to}");
        }
    }

    #[test]
    fn what_reaches_out_of_the_range_stays() {
        let kept = laid(&[span(-1000, 1000, 1)], day(0), day(2), &[], Some(Cents(2)));
        assert_eq!(kept, [span(-1000, 0, 1), span(0, 2, 2), span(2, 1000, 1)]);
    }

    proptest! {
        #[test]
        fn any_sequence_equals_setting_night_by_night(
            steps in prop::collection::vec((0..40i32, 1..20i32, 0..128u8, prop::option::of(0..4i64)), 1..20)
        ) {
            let mut stored: Vec<Span<Cents>> = Vec::new();
            let mut nights = vec![None; 60];
            for (from, length, mask, cents) in steps {
                let weekdays: Vec<Weekday> = (1..=7).filter(|d| mask & (1 << (d - 1)) != 0).map(Weekday).collect();
                stored = laid(&stored, day(from), day(from + length), &weekdays, cents.map(Cents));
                for n in from..from + length {
                    if weekdays.is_empty() || weekdays.contains(&Weekday::of(day(n))) {
                        nights[n as usize] = cents.map(Cents);
                    }
                }
                let read: Vec<Option<Cents>> = by_night(&stored, day(0), day(60)).into_iter().map(|(_, c)| c).collect();
                prop_assert_eq!(&read, &nights);
                prop_assert_eq!(&joined(stored.clone()), &stored);
            }
        }
    }
}
