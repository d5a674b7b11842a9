//! Money in minor units of its currency; never a float.

use std::{iter::Sum, ops, str::FromStr};

use postgres_types::{FromSql, ToSql};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

/// An amount in minor units (ISO 4217 exponent: JPY 0, EUR 2, KWD 3) of a currency that stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromSql, ToSql, ToSchema)]
#[postgres(transparent)]
#[serde(transparent)]
#[schema(value_type = i64, example = 12900)]
pub struct Cents(pub i64);

impl Cents {
    /// What one night may cost at most: 100 million of a currency with cents.
    pub const MAX_NIGHT: Cents = Cents(10_000_000_000);

    /// Half-up average of `nights` parts.
    pub fn average(self, nights: i32) -> Cents {
        let n = i64::from(nights.max(1));
        Cents((2 * self.0 + n).div_euclid(2 * n))
    }
}

impl ops::Add for Cents {
    type Output = Cents;
    fn add(self, other: Cents) -> Cents {
        Cents(self.0 + other.0)
    }
}
impl ops::Sub for Cents {
    type Output = Cents;
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0 - other.0)
    }
}
impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(iter: I) -> Cents {
        iter.fold(Cents(0), ops::Add::add)
    }
}

/// An ISO 4217 currency that money is paid in (no XXX, XAU and the like).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many digits stand behind the point.
    pub fn exponent(self) -> u16 {
        self.0.exponent().unwrap_or(2)
    }
}

impl FromStr for Currency {
    type Err = &'static str;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let found = iso_currency::Currency::from_code(code).filter(|c| c.exponent().is_some());
        found.map(Currency).ok_or("must be an ISO 4217 code of a currency, such as USD")
    }
}

/// `EUR 50.00`, `JPY 5000`, `KWD 5.000`: for sentences; the pages write amounts as their language does.
pub fn written(amount: Cents, currency: &str) -> String {
    let digits = iso_currency::Currency::from_code(currency).and_then(|c| c.exponent()).unwrap_or(2);
    let (sign, whole) = (if amount.0 < 0 { "-" } else { "" }, amount.0.unsigned_abs());
    match digits {
        0 => format!("{currency} {sign}{whole}"),
        digits => {
            let unit = 10_u64.pow(u32::from(digits));
            format!("{currency} {sign}{}.{:0width$}", whole / unit, whole % unit, width = usize::from(digits))
        }
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl utoipa::PartialSchema for Currency {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[A-Z]{3}$"))
            .description(Some("An ISO 4217 code."))
            .examples([serde_json::json!("EUR")])
            .build()
            .into()
    }
}
impl ToSchema for Currency {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_is_rounded_half_up() {
        assert_eq!(Cents(100_33 * 3).average(3), Cents(100_33));
        assert_eq!(Cents(5).average(2), Cents(3));
        assert_eq!(Cents(-5).average(2), Cents(-2));
        assert_eq!(Cents(10).average(3), Cents(3));
    }

    #[test]
    fn amounts_are_written_with_the_digits_of_their_currency() {
        let all = [("EUR", 50_05), ("JPY", 5000), ("KWD", 5_010), ("EUR", -7)].map(|(currency, n)| written(Cents(n), currency));
        assert_eq!(all, ["EUR 50.05", "JPY 5000", "KWD 5.010", "EUR -0.07"]);
    }

    #[test]
    fn gold_and_fantasy_are_no_currencies() {
        assert!("EUR".parse::<Currency>().is_ok() && "JPY".parse::<Currency>().is_ok());
        assert!("XAU".parse::<Currency>().is_err() && "eur".parse::<Currency>().is_err() && "EURO".parse::<Currency>().is_err());
    }
}
