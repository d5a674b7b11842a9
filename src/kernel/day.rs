//! A civil day, without a time zone: nights, arrivals, departures and business dates are days, never instants.

use std::{borrow::Cow, error::Error, fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};
use postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A real date of the years 1900 to 2199, written `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

const RULE: &str = "must be a real date, YYYY-MM-DD, of the years 1900 to 2199";

impl Day {
    pub const MIN: Day = Day(jiff::civil::date(1900, 1, 1));
    pub const MAX: Day = Day(jiff::civil::date(2199, 12, 31));

    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().and_then(Day::within)
    }

    fn within(date: Date) -> Option<Day> {
        (1900..=2199).contains(&date.year()).then_some(Day(date))
    }

    /// `days` later, or earlier when negative; stops at the first and the last day.
    pub fn plus(self, days: i32) -> Day {
        let moved = self.0.saturating_add(i64::from(days).days());
        Day(moved.clamp(Day::MIN.0, Day::MAX.0))
    }

    /// How many days from `self` to `later`; negative when it is earlier.
    pub fn days_until(self, later: Day) -> i32 {
        self.0.until((jiff::Unit::Day, later.0)).map_or(0, |span| span.get_days())
    }

    /// The days from `self` up to but not including `end`.
    pub fn until(self, end: Day) -> impl Iterator<Item = Day> {
        (0..self.days_until(end).max(0)).map(move |n| self.plus(n))
    }

    pub fn date(self) -> Date {
        self.0
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date.clamp(Day::MIN.0, Day::MAX.0))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Day {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let b = text.as_bytes();
        let shaped =
            b.len() == 10 && b.iter().enumerate().all(|(i, c)| if i == 4 || i == 7 { *c == b'-' } else { c.is_ascii_digit() });
        if !shaped {
            return Err(RULE);
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().unwrap_or(0);
        Day::new(number(0..4), number(5..7) as i8, number(8..10) as i8).ok_or(RULE)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Charts hold thousands of days: no formatter.
        let (year, month, day) = (self.0.year() as u16, self.0.month() as u8, self.0.day() as u8);
        let mut text = *b"0000-00-00";
        text[0] += (year / 1000) as u8;
        text[1] += (year / 100 % 10) as u8;
        text[2] += (year / 10 % 10) as u8;
        text[3] += (year % 10) as u8;
        text[5] += month / 10;
        text[6] += month % 10;
        text[8] += day / 10;
        text[9] += day % 10;
        serializer.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl ToSql for Day {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql(ty, out)
    }
    fn accepts(ty: &Type) -> bool {
        <Date as ToSql>::accepts(ty)
    }
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Day {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Day::from(Date::from_sql(ty, raw)?))
    }
    fn accepts(ty: &Type) -> bool {
        <Date as FromSql>::accepts(ty)
    }
}

impl utoipa::PartialSchema for Day {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date)))
            .description(Some("A real civil date, without a time zone."))
            .examples([serde_json::json!("2027-02-12")])
            .build()
            .into()
    }
}
impl utoipa::ToSchema for Day {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_are_days() {
        for right in ["2027-02-28", "2028-02-29", "1900-01-01", "2199-12-31"] {
            assert_eq!(right.parse::<Day>().unwrap().to_string(), right);
        }
        for wrong in ["2027-02-31", "2027-2-1", "2027-02-01T00:00", "+02027-01-01", "0000-01-01", "9999-01-01", "२०२७-01-01", ""]
        {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day: Day = "2028-02-28".parse().unwrap();
        assert_eq!(day.plus(2).to_string(), "2028-03-01");
        assert_eq!(day.days_until("2029-02-28".parse().unwrap()), 366);
        assert_eq!(day.plus(-1).days_until(day), 1);
        assert_eq!(day.until(day.plus(3)).count(), 3);
        assert_eq!(Day::MAX.plus(1), Day::MAX);
    }
}
