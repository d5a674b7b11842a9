//! What follows from an answer of the gateway. Pure.

use jiff::{SignedDuration, Timestamp};

use super::model::{IntentKind, IntentStatus, PaymentIntent};
use crate::gateway::{Outcome, Reason};

/// How long the gateway may take an order: longer than anybody waits at the desk for his card, and soon enough that a payment that never
/// reached it is off the table when the guest pays in another way.
pub(super) const VALID_FOR: SignedDuration = SignedDuration::from_mins(10);

/// By so much two clocks may differ.
const CLOCKS_DIFFER_BY: SignedDuration = SignedDuration::from_mins(1);

/// The end of an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The gateway's reference.
    Settled(String),
    Declined(Reason),
    Failed(Reason),
}

/// Whether an answer can still change it. That a charge failed is told by the gateway, or follows from its silence after the time of the
/// order; should it say later that it has the money, that counts.
pub(super) fn is_open(intent: &PaymentIntent) -> bool {
    match intent.status {
        IntentStatus::Pending => true,
        IntentStatus::Failed => intent.kind == IntentKind::Charge,
        _ => false,
    }
}

/// The end that an answer means for an open intent. `None`: it stays as it is.
pub(super) fn end(intent: &PaymentIntent, outcome: Outcome, now: Timestamp) -> Option<End> {
    let pending = intent.status == IntentStatus::Pending;
    match outcome {
        Outcome::Settled(reference) => is_open(intent).then_some(End::Settled(reference)),
        Outcome::Declined(reason) => pending.then_some(End::Declined(reason)),
        Outcome::Failed(reason) => pending.then_some(End::Failed(reason)),
        Outcome::Unknown if pending && now > intent.expires_at.saturating_add(CLOCKS_DIFFER_BY).ok()? => {
            Some(End::Failed(Reason::new("NEVER_RECEIVED", "The gateway never received it.")))
        }
        Outcome::Unknown | Outcome::Pending | Outcome::Unreached | Outcome::Unclear(_) => None,
    }
}

/// The number of a card has 12 to 19 digits of which the last checks the others. It must never be stored, nor pass through here.
pub(super) fn is_card_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter(|c| !matches!(c, ' ' | '-')).map_while(|c| c.to_digit(10)).collect();
    let is_all = digits.len() == text.chars().filter(|c| !matches!(c, ' ' | '-')).count();
    let luhn = digits.iter().rev().enumerate().map(|(n, d)| if n % 2 == 1 { d * 2 / 10 + d * 2 % 10 } else { *d });
    is_all && (12..=19).contains(&digits.len()) && luhn.sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_card_is_known() {
        for number in ["4111111111111111", "4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"] {
            assert!(is_card_number(number), "{number}");
        }
        for token in ["4111111111111112", "tok_4111111111111111", "terminal-1", "", "42"] {
            assert!(!is_card_number(token), "{token}");
        }
    }
}
