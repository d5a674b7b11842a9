//! Prices made of other prices, and what more persons pay. Pure: integers in, integers out, half up.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::ToSchema;

use crate::kernel::{Cents, Faults};

/// More or less by a percentage with up to six decimals, written `"-12.5"`; never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(i64);

impl Share {
    /// So much of an amount, half up.
    fn of(self, amount: Cents) -> i64 {
        let of = i128::from(amount.0) * i128::from(self.0);
        i64::try_from((2 * of + 100_000_000).div_euclid(200_000_000)).unwrap_or(i64::MAX)
    }
}

impl FromStr for Share {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const RULE: &str = "must be a decimal of -100 to 1000 with at most six decimals, such as \"-12.5\"";
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |t: &str, most: usize| t.len() <= most && t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !are_digits(whole, 4) || !are_digits(rest, 6) || digits.ends_with('.') {
            return Err(RULE);
        }
        let micros = sign * format!("{whole}{rest:0<6}").parse::<i64>().map_err(|_| RULE)?;
        if (-100_000_000..=1_000_000_000).contains(&micros) { Ok(Share(micros)) } else { Err(RULE) }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, micros) = (if self.0 < 0 { "-" } else { "" }, self.0.abs());
        let text = format!("{sign}{}.{:06}", micros / 1_000_000, micros % 1_000_000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Where a price between two steps goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = PriceRounding)]
pub enum Rounding {
    /// Of two that are as near, up.
    Nearest,
    Up,
    Down,
}

/// What becomes of a price: first the percentage, then the amount, then the rounding. Never below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Derivation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[+-]?[0-9]{1,4}(\\.[0-9]{1,6})?$", example = "-12.5")]
    pub percent: Option<Share>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = -10_000_000_000_i64, maximum = 10_000_000_000_i64)]
    pub amount_cents: Option<Cents>,
    /// To multiples of so much: 100 rounds to whole units of a currency with cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub round_to_cents: Option<i64>,
    /// NEAREST when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
}

impl Derivation {
    pub fn of(&self, price: Cents) -> Cents {
        let shared = price.0.saturating_add(self.percent.map_or(0, |share| share.of(price)));
        let moved = shared.saturating_add(self.amount_cents.map_or(0, |amount| amount.0)).max(0);
        let rounded = match (self.round_to_cents, self.rounding.unwrap_or(Rounding::Nearest)) {
            (None, _) => moved,
            (Some(step), Rounding::Nearest) => (2 * moved + step).div_euclid(2 * step) * step,
            (Some(step), Rounding::Up) => (moved + step - 1).div_euclid(step) * step,
            (Some(step), Rounding::Down) => moved.div_euclid(step) * step,
        };
        Cents(rounded.clamp(0, Cents::MAX_NIGHT.0))
    }

    pub fn check(&self, faults: &mut Faults, field: &str) {
        if self.percent.is_none() && self.amount_cents.is_none() && self.round_to_cents.is_none() {
            faults.add(field, "must name a percentage, an amount or a rounding");
        }
        if let Some(amount) = self.amount_cents {
            faults.range(&format!("{field}.amountCents"), amount.0, -Cents::MAX_NIGHT.0, Cents::MAX_NIGHT.0);
        }
        if let Some(step) = self.round_to_cents {
            faults.range(&format!("{field}.roundToCents"), step, 1, 1_000_000);
        } else if self.rounding.is_some() {
            faults.add(format!("{field}.rounding"), "goes with roundToCents");
        }
    }
}

/// Who is older pays as an adult.
pub const OLDEST_CHILD: i32 = 17;

/// What a child of some age pays for a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChildRate {
    #[schema(minimum = 0, maximum = 17)]
    pub from_age: i32,
    /// Included.
    #[schema(minimum = 0, maximum = 17)]
    pub to_age: i32,
    #[schema(minimum = 0)]
    pub amount_cents: Cents,
}

/// What comes to the price of a night by who sleeps there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Occupancy {
    /// Adults that the price is for.
    #[schema(minimum = 1, maximum = 1000)]
    pub included_adults: i32,
    /// What each more pays.
    #[schema(minimum = 0)]
    pub extra_adult_cents: Cents,
    /// Children of ages that are not named pay nothing. Of a child whose age is not told the dearest is asked.
    #[serde(default)]
    #[schema(max_items = 18)]
    pub children: Vec<ChildRate>,
}

/// Who sleeps there.
#[derive(Clone, Copy, Debug)]
pub struct Guests<'a> {
    pub adults: i32,
    pub children: i32,
    /// Of the children, as far as they are told.
    pub ages: &'a [i32],
}

impl Occupancy {
    pub fn supplement(&self, guests: Guests<'_>) -> Cents {
        let extra = i64::from((guests.adults - self.included_adults).max(0)) * self.extra_adult_cents.0;
        let of_age = |age: &i32| {
            let rate = self.children.iter().find(|rate| (rate.from_age..=rate.to_age).contains(age));
            rate.map_or(0, |rate| rate.amount_cents.0)
        };
        let told: i64 = guests.ages.iter().map(of_age).sum();
        let untold = i64::from(guests.children) - guests.ages.len() as i64;
        let dearest = self.children.iter().map(|rate| rate.amount_cents.0).max().unwrap_or(0);
        Cents(extra + told + untold.max(0) * dearest)
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.range("occupancy.includedAdults", self.included_adults, 1, 1000);
        faults.range("occupancy.extraAdultCents", self.extra_adult_cents.0, 0, MOST_SUPPLEMENT);
        if self.children.len() > 18 {
            return faults.add("occupancy.children", "must have at most 18 items");
        }
        for (n, rate) in self.children.iter().enumerate() {
            let field = |name: &str| format!("occupancy.children[{n}].{name}");
            faults.range(&field("fromAge"), rate.from_age, 0, OLDEST_CHILD);
            faults.range(&field("amountCents"), rate.amount_cents.0, 0, MOST_SUPPLEMENT);
            if rate.to_age > OLDEST_CHILD {
                faults.add(field("toAge"), format!("must be at most {OLDEST_CHILD}: who is older is an adult"));
            } else if rate.to_age < rate.from_age {
                faults.add(field("toAge"), "must not be below fromAge");
            }
            if self.children[..n].iter().any(|other| other.from_age <= rate.to_age && rate.from_age <= other.to_age) {
                faults.add(field("fromAge"), "overlaps the ages of another");
            }
        }
    }
}

/// For one person and night: a thousand of them stay within what can be added up.
const MOST_SUPPLEMENT: i64 = 100_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn derived(json: serde_json::Value, price: i64) -> i64 {
        serde_json::from_value::<Derivation>(json).unwrap().of(Cents(price)).0
    }

    #[test]
    fn a_price_is_shared_then_moved_then_rounded() {
        use serde_json::json;
        let table = [
            (json!({"percent": "-10"}), 99_99, 89_99),
            (json!({"percent": "-10"}), 99_95, 89_96), // 89.955
            (json!({"percent": "12.5"}), 100_00, 112_50),
            (json!({"amountCents": -500}), 100_00, 95_00),
            (json!({"percent": "-10", "amountCents": 100}), 100_00, 91_00),
            (json!({"percent": "-10", "roundToCents": 100}), 99_50, 90_00), // 89.55
            (json!({"percent": "-10", "roundToCents": 100, "rounding": "DOWN"}), 99_50, 89_00),
            (json!({"percent": "-10", "roundToCents": 500, "rounding": "UP"}), 99_50, 90_00),
            (json!({"roundToCents": 100}), 99_50, 100_00),
            (json!({"amountCents": -200_00}), 100_00, 0),
            (json!({"percent": "-100"}), 100_00, 0),
            (json!({"percent": "1000"}), 10_000_000_000, 10_000_000_000),
        ];
        for (how, price, wanted) in table {
            assert_eq!(derived(how.clone(), price), wanted, "{how} of {price}");
        }
    }

    #[test]
    fn shares_are_decimals_with_a_sign() {
        for (text, shown) in [("-12.50", "-12.5"), ("+5", "5"), ("0.000001", "0.000001"), ("-100", "-100"), ("1000", "1000")] {
            assert_eq!(text.parse::<Share>().unwrap().to_string(), shown);
        }
        for wrong in ["", "-", "-101", "1001", "1e1", "8,25", ".5", "5.", "--5", "1.1234567"] {
            assert!(wrong.parse::<Share>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn more_persons_pay_by_their_age_and_of_the_untold_the_dearest_is_asked() {
        let occupancy = Occupancy {
            included_adults: 2,
            extra_adult_cents: Cents(30_00),
            children: vec![
                ChildRate { from_age: 3, to_age: 11, amount_cents: Cents(10_00) },
                ChildRate { from_age: 12, to_age: 17, amount_cents: Cents(20_00) },
            ],
        };
        let pays = |adults, children, ages: &[i32]| occupancy.supplement(Guests { adults, children, ages }).0;
        assert_eq!([pays(1, 0, &[]), pays(2, 0, &[]), pays(4, 0, &[])], [0, 0, 60_00]);
        assert_eq!([pays(2, 1, &[2]), pays(2, 2, &[3, 11]), pays(2, 2, &[12, 2])], [0, 20_00, 20_00]);
        assert_eq!([pays(2, 2, &[]), pays(3, 2, &[2])], [40_00, 50_00]);
    }
}
