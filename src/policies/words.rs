//! Terms in words, for a house that has none of its own.

use super::{
    model::{AmountKind, CancellationTerms, NoShowTerms, PolicyAmount, PolicyTerms, Tier, TierUnit},
    rules::Step,
};
use crate::kernel::{Cents, money::written};

pub(super) fn of(terms: &PolicyTerms, currency: &str) -> String {
    if let Some(deposit) = &terms.deposit {
        let due = match deposit.days_before_arrival {
            None => "at booking".to_string(),
            Some(0) => "on the day of arrival".to_string(),
            Some(days) => format!("{} before arrival", counted(days, "day")),
        };
        return capital(&format!("{} is due {due}.", amount(&deposit.amount, currency)));
    }
    if let Some(cancellation) = &terms.cancellation {
        return cancelled(cancellation, currency);
    }
    terms.no_show.as_ref().map_or(String::new(), |terms| no_show(terms, currency))
}

pub(super) fn no_show(terms: &NoShowTerms, currency: &str) -> String {
    match terms.fee.kind {
        AmountKind::Nothing => "A guest who does not arrive pays nothing.".to_string(),
        _ => format!("A guest who does not arrive pays {}.", amount(&terms.fee, currency)),
    }
}

fn cancelled(terms: &CancellationTerms, currency: &str) -> String {
    let mut sentences: Vec<String> =
        terms.tiers.iter().map(|tier| format!("Until {}: {}.", deadline(tier), fee(&tier.fee, currency))).collect();
    let last = fee(&terms.afterwards, currency);
    sentences.push(if terms.tiers.is_empty() {
        format!("A cancellation costs: {last}.")
    } else {
        format!("After that: {last}.")
    });
    sentences.join(" ")
}

/// The rule of a step of a cancellation policy, in words.
pub(super) fn step(step: &Step, currency: &str) -> String {
    let fee = fee(&step.fee, currency);
    match (&step.tier, step.after) {
        (Some(tier), _) => format!("Until {}: {fee}.", deadline(tier)),
        (None, Some(_)) => format!("After the last deadline: {fee}."),
        (None, None) => format!("A cancellation costs: {fee}."),
    }
}

fn deadline(tier: &Tier) -> String {
    let at = tier.at.strftime("%H:%M");
    match (tier.unit, tier.before) {
        (_, 0) => format!("{at} on the day of arrival"),
        (TierUnit::Days, days) => format!("{at}, {} before arrival", counted(days, "day")),
        (TierUnit::Hours, hours) => format!("{} before {at} on the day of arrival", counted(hours, "hour")),
    }
}

fn fee(fee: &PolicyAmount, currency: &str) -> String {
    if fee.kind == AmountKind::Nothing { "free of charge".to_string() } else { amount(fee, currency) }
}

fn amount(amount: &PolicyAmount, currency: &str) -> String {
    match amount.kind {
        AmountKind::Nothing => "nothing".to_string(),
        AmountKind::Percent => amount.percent.map_or(String::new(), |percent| format!("{percent} % of the stay")),
        AmountKind::Nights => match amount.nights.unwrap_or(1) {
            1 => "the first night".to_string(),
            nights => format!("the first {nights} nights"),
        },
        AmountKind::Fixed => written(amount.amount_cents.unwrap_or(Cents(0)), currency),
        AmountKind::WholeStay => "the whole stay".to_string(),
    }
}

fn counted(n: i32, unit: &str) -> String {
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
