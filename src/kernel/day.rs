//! A civil day, without a time zone: nights, arrivals, departures and business dates are days, never instants.

use std::{borrow::Cow, error::Error, fmt, str::FromStr};

use jiff::civil::Date;
use postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A real date of the years 1900 to 2199, written `YYYY-MM-DD`. Held as PostgreSQL holds it, in days since 2000-01-01: a chart reads,
/// counts and writes ten thousands of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

const RULE: &str = "must be a real date, YYYY-MM-DD, of the years 1900 to 2199";

impl Day {
    pub const MIN: Day = Day(counted(1900, 1, 1));
    pub const MAX: Day = Day(counted(2199, 12, 31));

    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().filter(|date| (1900..=2199).contains(&date.year())).map(Day::from)
    }

    /// `days` later, or earlier when negative; stops at the first and the last day.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days)).clamp(Day::MIN, Day::MAX)
    }

    /// How many days from `self` to `later`; negative when it is earlier.
    pub fn days_until(self, later: Day) -> i32 {
        later.0 - self.0
    }

    /// The days from `self` up to but not including `end`.
    pub fn until(self, end: Day) -> impl Iterator<Item = Day> {
        (self.0..end.0).map(Day)
    }

    pub fn date(self) -> Date {
        let (year, month, day) = civil(self.0);
        jiff::civil::date(year as i16, month as i8, day as i8)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        let days = counted(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
        Day(days).clamp(Day::MIN, Day::MAX)
    }
}

/// Days of 400 years, and from 0000-03-01 to 2000-01-01.
const ERA: i32 = 146_097;
const TO_EPOCH: i32 = 5 * ERA - 60;

/// Years begin in March here, so that a leap day is the last of its year.
const fn counted(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + year * 365 + year / 4 - year / 100 + day_of_year - TO_EPOCH
}

/// Year, month and day.
const fn civil(days: i32) -> (i32, i32, i32) {
    let since = days + TO_EPOCH;
    let (era, day_of_era) = (since.div_euclid(ERA), since.rem_euclid(ERA));
    let year = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let is_before_march = month >= 10;
    (era * 400 + year + is_before_march as i32, if is_before_march { month - 9 } else { month + 3 }, day)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
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
        let (year, month, day) = civil(self.0);
        let (year, month, day) = (year as u16, month as u8, day as u8);
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
        *ty == Type::DATE
    }
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Day {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        // `infinity` and what lies before 1900 stop at the first and the last day.
        Ok(Day(i32::from_sql(ty, raw)?).clamp(Day::MIN, Day::MAX))
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::DATE
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
        assert_eq!(Day::MAX.plus(i32::MAX), Day::MAX);
        assert_eq!(Day::MIN.plus(i32::MIN), Day::MIN);
    }

    #[test]
    fn every_day_is_that_of_the_calendar() {
        let mut date = Day::MIN.date();
        for day in Day::MIN.until(Day::MAX) {
            assert_eq!((day.date(), Day::from(date)), (date, day));
            assert_eq!(day.to_string(), date.to_string());
            assert_eq!(serde_json::to_value(day).unwrap(), date.to_string());
            date = date.tomorrow().unwrap();
        }
        assert_eq!(date, Day::MAX.date());
        assert_eq!(Day::new(2000, 1, 1), Some(Day(0)));
    }
}
