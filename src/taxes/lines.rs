//! What a charge is taxed with. Pure: integers in, integers out, half up, once for each line.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{AppliesTo, TaxKind, TaxRule};
use crate::kernel::{Cents, Day};

/// What is charged.
#[derive(Clone, Copy, Debug)]
pub struct Charged {
    pub what: AppliesTo,
    /// As it is quoted: with inclusive taxes, without the others.
    pub price: Cents,
    pub day: Day,
    /// Nights of the stay before this one.
    pub nights_before: i32,
    pub adults: i32,
    /// Their ages are not known: a rule with a minimum age leaves them out.
    pub children: i32,
}

/// A tax or fee of one charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaxLine {
    pub code: String,
    pub name: String,
    pub amount_cents: Cents,
    pub is_fee: bool,
    /// Part of the price; others come on top.
    pub is_inclusive: bool,
}

/// The lines of a charge that is no night. What counts persons and nights belongs to nights, which the day close posts.
pub fn lines_beside_nights(rules: &[TaxRule], what: AppliesTo, price: Cents, day: Day) -> Vec<TaxLine> {
    let rules: Vec<TaxRule> = rules.iter().filter(|rule| rule.percent.is_some()).cloned().collect();
    lines(&rules, Charged { what, price, day, nights_before: 0, adults: 0, children: 0 })
}

/// The lines of a charge, in the order of the rules.
pub fn lines(rules: &[TaxRule], charged: Charged) -> Vec<TaxLine> {
    let rules: Vec<&TaxRule> = rules.iter().filter(|rule| applies(rule, charged)).collect();
    let fixed_within: i64 = rules.iter().filter(|r| r.is_inclusive).filter_map(|r| fixed(r, charged)).sum();
    let percent_within: i128 =
        rules.iter().filter(|r| r.is_inclusive).filter_map(|r| r.percent).map(|p| i128::from(p.micros())).sum();
    let gross = i128::from(charged.price.0 - fixed_within);

    let within = |rule: &TaxRule| match rule.percent {
        Some(percent) => half_up(gross * i128::from(percent.micros()), ONE + percent_within),
        None => fixed(rule, charged).unwrap_or(0),
    };
    let included: i64 = rules.iter().filter(|r| r.is_inclusive).map(|r| within(r)).sum();
    let net = charged.price.0 - included;

    let mut made: Vec<TaxLine> = Vec::with_capacity(rules.len());
    for rule in rules {
        let amount = if rule.is_inclusive {
            within(rule)
        } else if let Some(percent) = rule.percent {
            let below: i64 = made.iter().filter(|l| rule.compounds_on.contains(&l.code)).map(|l| l.amount_cents.0).sum();
            half_up(i128::from(net + below) * i128::from(percent.micros()), ONE)
        } else {
            fixed(rule, charged).unwrap_or(0)
        };
        made.push(TaxLine {
            code: rule.code.clone(),
            name: rule.name.clone(),
            amount_cents: Cents(amount),
            is_fee: rule.is_fee,
            is_inclusive: rule.is_inclusive,
        });
    }
    made.retain(|line| line.amount_cents != Cents(0));
    made
}

/// A hundred percent, in the millionths of a percent that rules are kept in.
const ONE: i128 = 100_000_000;

fn applies(rule: &TaxRule, charged: Charged) -> bool {
    rule.is_active
        && rule.applies_to.contains(&charged.what)
        && rule.valid_from.is_none_or(|from| from <= charged.day)
        && rule.valid_to.is_none_or(|to| charged.day < to)
        && rule.maximum_nights.is_none_or(|most| charged.nights_before < most)
}

fn fixed(rule: &TaxRule, charged: Charged) -> Option<i64> {
    let amount = rule.amount_cents?.0;
    let persons = i64::from(charged.adults) + if rule.minimum_age.unwrap_or(0) > 0 { 0 } else { i64::from(charged.children) };
    Some(match rule.kind {
        TaxKind::FixedStay if charged.nights_before > 0 => 0,
        TaxKind::FixedPersonNight => amount * persons,
        _ => amount,
    })
}

fn half_up(amount: i128, by: i128) -> i64 {
    i64::try_from((2 * amount + by).div_euclid(2 * by)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxes::model::testing::rule;

    fn night(price: i64) -> Charged {
        let day = "2027-03-01".parse().unwrap();
        Charged { what: AppliesTo::RoomCharge, price: Cents(price), day, nights_before: 0, adults: 2, children: 1 }
    }

    fn amounts(rules: &[TaxRule], charged: Charged) -> Vec<i64> {
        lines(rules, charged).iter().map(|l| l.amount_cents.0).collect()
    }

    #[test]
    fn a_percentage_is_rounded_half_up_once_for_each_night() {
        let rules = [rule("VAT", Some("8.25"), None)];
        assert_eq!(amounts(&rules, night(100_33)), [8_28]); // 8.277225; three nights are 24.84
        assert_eq!(amounts(&rules, night(10)), [1]); // 0.825
        assert_eq!(amounts(&[rule("VAT", Some("50"), None)], night(1)), [1]); // half up
        assert_eq!(amounts(&rules, night(0)), [0; 0]);
    }

    #[test]
    fn an_inclusive_one_is_taken_out_of_the_price() {
        let mut vat = rule("VAT", Some("7"), None);
        vat.is_inclusive = true;
        assert_eq!(amounts(&[vat.clone()], night(99_99)), [6_54]); // 6.541...
        let mut city = rule("CITY", Some("5"), None);
        city.is_inclusive = true;
        assert_eq!(amounts(&[vat.clone(), city], night(112_00)), [7_00, 5_00]);
        // On top comes what is computed on the net price.
        assert_eq!(amounts(&[vat, rule("STATE", Some("10"), None)], night(107_00)), [7_00, 10_00]);
    }

    #[test]
    fn a_compound_one_is_computed_on_others_too() {
        let mut second = rule("PST", Some("10"), None);
        second.compounds_on = vec!["GST".into()];
        assert_eq!(amounts(&[rule("GST", Some("5"), None), second], night(100_00)), [5_00, 10_50]);
    }

    #[test]
    fn fixed_ones_count_stays_nights_and_persons() {
        let mut once = rule("CLEANING", None, Some(30_00));
        once.kind = TaxKind::FixedStay;
        let mut city = rule("CITY", None, Some(2_50));
        city.kind = TaxKind::FixedPersonNight;
        city.maximum_nights = Some(7);
        let later = |n| Charged { nights_before: n, ..night(100_00) };
        assert_eq!(amounts(&[once.clone(), city.clone()], later(0)), [30_00, 7_50]);
        assert_eq!(amounts(&[once.clone(), city.clone()], later(6)), [7_50]);
        assert_eq!(amounts(&[once, city.clone()], later(7)), [0; 0]);
        city.minimum_age = Some(16);
        assert_eq!(amounts(&[city], later(1)), [5_00]);
    }

    #[test]
    fn each_night_has_the_rules_of_its_day() {
        let mut old = rule("VAT", Some("7"), None);
        old.valid_to = Some("2027-03-02".parse().unwrap());
        let mut new = rule("VAT", Some("9"), None);
        new.valid_from = old.valid_to;
        let next = Charged { day: "2027-03-02".parse().unwrap(), nights_before: 1, ..night(100_00) };
        assert_eq!((amounts(&[old.clone(), new.clone()], night(100_00)), amounts(&[old, new], next)), (vec![7_00], vec![9_00]));
    }
}
