use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::{
    call,
    db::{Call, Result},
    kernel::{Cents, Day, Faults, PropertyId, Refusal, TaxRuleId, TenantId},
};

/// How a rule's value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaxKind {
    Percent,
    /// Once, with the first night.
    FixedStay,
    FixedNight,
    FixedPersonNight,
    FixedRoomNight,
}

crate::text_enum!(TaxKind {
    Percent => "PERCENT", FixedStay => "FIXED_STAY", FixedNight => "FIXED_NIGHT", FixedPersonNight => "FIXED_PERSON_NIGHT",
    FixedRoomNight => "FIXED_ROOM_NIGHT",
});

/// What a rule is computed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AppliesTo {
    /// Nights.
    RoomCharge,
    /// Other charges.
    Adjustment,
    /// What a cancelled stay costs: whether that is taxed is a question of the country.
    CancellationFee,
    /// What a stay costs whose guest did not come.
    NoShowFee,
}

crate::text_enum!(AppliesTo {
    RoomCharge => "ROOM_CHARGE", Adjustment => "ADJUSTMENT", CancellationFee => "CANCELLATION_FEE", NoShowFee => "NO_SHOW_FEE",
});

/// A percentage with up to six decimals, written `"8.25"`; never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(i64);

impl Percent {
    /// In millionths of a percent.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// So much of an amount, half up.
    pub fn of(self, amount: Cents) -> Cents {
        let of = i128::from(amount.0) * i128::from(self.0);
        Cents(i64::try_from((2 * of + 100_000_000).div_euclid(200_000_000)).unwrap_or(i64::MAX))
    }
}

impl FromStr for Percent {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const RULE: &str = "must be a decimal of 0 to 100 with at most six decimals, such as \"8.25\"";
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = |t: &str, most: usize| t.len() <= most && t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole, 3) || !digits(rest, 6) || text.ends_with('.') {
            return Err(RULE);
        }
        let micros = format!("{whole}{rest:0<6}").parse::<i64>().map_err(|_| RULE)?;
        if micros <= 100_000_000 { Ok(Percent(micros)) } else { Err(RULE) }
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A tax or fee of a property.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaxRule {
    pub id: TaxRuleId,
    pub property_id: PropertyId,
    /// One rule of a code for each night.
    pub code: String,
    /// What the folio says.
    pub name: String,
    pub kind: TaxKind,
    /// Of PERCENT.
    #[schema(value_type = Option<String>, example = "8.25")]
    pub percent: Option<Percent>,
    /// Of the fixed kinds.
    pub amount_cents: Option<Cents>,
    /// Part of the price; others come on top.
    pub is_inclusive: bool,
    /// Posted as FEE; others as TAX.
    pub is_fee: bool,
    pub applies_to: Vec<AppliesTo>,
    /// First night; null: always was.
    pub valid_from: Option<Day>,
    /// The night after the last; null: no end is known.
    pub valid_to: Option<Day>,
    /// Persons younger than this are not counted; children are younger than any.
    pub minimum_age: Option<i32>,
    /// Only the first nights of a stay.
    pub maximum_nights: Option<i32>,
    /// Codes of rules before this one on whose amounts it is computed, too.
    pub compounds_on: Vec<String>,
    pub sort_order: i32,
    pub is_active: bool,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

crate::sql! {
    TAX_RULES = "
        select *, (percent * 1000000)::bigint as percent_micros from pms_tax_rules
        where tenant_id = $1 and property_id = $2 and is_active order by sort_order, code, valid_from, id";
    LOCK_TAX_RULE = "
        select *, (percent * 1000000)::bigint as percent_micros from pms_tax_rules where tenant_id = $1 and id = $2 for no key update";
}

/// The rules that count, in the order in which they are computed.
pub fn active(tenant: TenantId, property: PropertyId) -> Call {
    call!(TAX_RULES, tenant, property)
}

impl TaxRule {
    pub fn from_row(row: &Row) -> TaxRule {
        TaxRule {
            id: row.get("id"),
            property_id: row.get("property_id"),
            code: row.get("code"),
            name: row.get("name"),
            kind: row.get("kind"),
            percent: row.get::<_, Option<i64>>("percent_micros").map(Percent),
            amount_cents: row.get("amount_cents"),
            is_inclusive: row.get("is_inclusive"),
            is_fee: row.get("is_fee"),
            applies_to: row.get("applies_to"),
            valid_from: row.get("valid_from"),
            valid_to: row.get("valid_to"),
            minimum_age: row.get("minimum_age"),
            maximum_nights: row.get("maximum_nights"),
            compounds_on: row.get("compounds_on"),
            sort_order: row.get("sort_order"),
            is_active: row.get("is_active"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.code("code", &self.code);
        faults.text("name", &self.name, 1, 200);
        match (self.kind, self.percent, self.amount_cents) {
            (TaxKind::Percent, None, _) => faults.add("percent", "is required for PERCENT"),
            (TaxKind::Percent, _, Some(_)) => faults.add("amountCents", "is for the fixed kinds"),
            (TaxKind::Percent, ..) => {}
            (_, Some(_), _) => faults.add("percent", "is for PERCENT alone"),
            (_, _, None) => faults.add("amountCents", "is required for the fixed kinds"),
            (_, _, Some(amount)) => faults.range("amountCents", amount.0, 0, Cents::MAX_NIGHT.0),
        }
        let is_twice = |n: usize| self.applies_to[..n].contains(&self.applies_to[n]);
        if self.applies_to.is_empty() || (0..self.applies_to.len()).any(is_twice) {
            faults.add(
                "appliesTo",
                "must name at least one of ROOM_CHARGE, ADJUSTMENT, CANCELLATION_FEE and NO_SHOW_FEE, each once",
            );
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to <= from
        {
            faults.add("validTo", "must be after validFrom: it is exclusive");
        }
        if let Some(age) = self.minimum_age {
            faults.range("minimumAge", age, 0, 120);
        }
        if let Some(nights) = self.maximum_nights {
            faults.range("maximumNights", nights, 1, 1000);
        }
        if self.compounds_on.len() > 10 || self.compounds_on.iter().any(|code| code.len() > 20 || *code == self.code) {
            faults.add("compoundsOn", "must name at most ten codes of other rules");
        } else if !self.compounds_on.is_empty() && (self.kind != TaxKind::Percent || self.is_inclusive) {
            faults.add("compoundsOn", "is for percentages that come on top");
        }
    }
}

pub fn found(rows: &[Row]) -> Result<TaxRule, Refusal> {
    rows.first().map(TaxRule::from_row).ok_or_else(|| Refusal::not_found("tax rule"))
}

pub fn lock(tenant: TenantId, id: TaxRuleId) -> Call {
    call!(LOCK_TAX_RULE, tenant, id)
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    pub fn rule(code: &str, percent: Option<&str>, amount: Option<i64>) -> TaxRule {
        TaxRule {
            id: TaxRuleId(ulid::Ulid::nil()),
            property_id: PropertyId(ulid::Ulid::nil()),
            code: code.into(),
            name: code.into(),
            kind: if percent.is_some() { TaxKind::Percent } else { TaxKind::FixedNight },
            percent: percent.map(|p| p.parse().unwrap()),
            amount_cents: amount.map(Cents),
            is_inclusive: false,
            is_fee: false,
            applies_to: vec![AppliesTo::RoomCharge],
            valid_from: None,
            valid_to: None,
            minimum_age: None,
            maximum_nights: None,
            compounds_on: Vec::new(),
            sort_order: 0,
            is_active: true,
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
            created_by: String::new(),
            updated_at: Timestamp::UNIX_EPOCH,
            updated_by: String::new(),
        }
    }

    #[test]
    fn percentages_are_decimals() {
        for (text, micros) in [("8.25", 8_250_000), ("0", 0), ("100", 100_000_000), ("0.000001", 1), ("007", 7_000_000)] {
            assert_eq!(text.parse::<Percent>(), Ok(Percent(micros)));
        }
        assert_eq!("8.250".parse::<Percent>().unwrap().to_string(), "8.25");
        for wrong in ["", "-1", "100.1", "1e1", "8,25", ".5", "5.", "1.1234567", "1000"] {
            assert!(wrong.parse::<Percent>().is_err(), "{wrong}");
        }
    }
}
