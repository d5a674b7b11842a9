//! What stands on the wire, and what an answer means. Pure: an answer that is not wholly as agreed says nothing about the money.

use serde::{Deserialize, Serialize};

use super::{Order, Outcome, Reason};

/// The body of a request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked<'a> {
    key: &'a str,
    account: &'a str,
    amount: i64,
    currency: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    valid_until: String,
}

impl<'a> Asked<'a> {
    pub fn new(order: &'a Order) -> Asked<'a> {
        Asked {
            key: &order.key,
            account: &order.account,
            amount: order.amount.0,
            currency: &order.currency,
            description: &order.description,
            source: order.source.as_deref(),
            valid_until: order.valid_until.to_string(),
        }
    }
}

#[derive(Deserialize)]
struct Told {
    key: String,
    status: Status,
    amount: i64,
    currency: String,
    reference: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Settled,
    Declined,
    Pending,
    Failed,
}

#[derive(Deserialize)]
struct ToldError {
    error: ErrorWords,
}

#[derive(Deserialize)]
struct ErrorWords {
    code: String,
    #[serde(default)]
    message: String,
}

/// The code of an answer 404 that says that the key is not known. Any other 404 may come from a wrong address.
const UNKNOWN_KEY: &str = "UNKNOWN_KEY";

/// The path below the gateway's address.
pub(super) fn path(order: &Order) -> String {
    match &order.refunds {
        None => format!("/v1/payments/{}", order.key),
        Some(charge) => format!("/v1/payments/{charge}/refunds/{}", order.key),
    }
}

/// What an answer says about the order. A refusal counts when it is of the first request that was sent for the order: after one that got no
/// answer, or of a question, it says nothing about the money.
pub(super) fn read(order: &Order, status: u16, body: &[u8], is_first: bool) -> Outcome {
    match status {
        200..=202 => told(order, body),
        400..=499 => refused(status, body, is_first),
        _ => Outcome::Unclear(format!("it answered {status}")),
    }
}

fn told(order: &Order, body: &[u8]) -> Outcome {
    let Ok(told) = serde_json::from_slice::<Told>(body) else {
        return Outcome::Unclear("its answer is not as agreed".into());
    };
    if told.key != order.key || told.amount != order.amount.0 || told.currency != order.currency {
        return Outcome::Unclear("its answer is about another payment".into());
    }
    let reason = |plain: &str| Reason {
        code: cut(told.code.as_deref().unwrap_or(plain), 100),
        message: cut(told.message.as_deref().unwrap_or_default(), 500),
    };
    match (told.status, &told.reference) {
        (Status::Settled, Some(reference)) if !reference.trim().is_empty() => Outcome::Settled(cut(reference, 200)),
        (Status::Settled, _) => Outcome::Unclear("it settled without a reference".into()),
        (Status::Declined, _) => Outcome::Declined(reason("DECLINED")),
        (Status::Failed, _) => Outcome::Failed(reason("FAILED")),
        (Status::Pending, _) => Outcome::Pending,
    }
}

/// An error in the agreed form says that no money moved for the order; one in another form may be of anything between us and it.
fn refused(status: u16, body: &[u8], is_first: bool) -> Outcome {
    let Ok(ToldError { error }) = serde_json::from_slice(body) else {
        return Outcome::Unclear(format!("it answered {status} without a reason"));
    };
    match status {
        404 if error.code == UNKNOWN_KEY => Outcome::Unknown,
        // Somebody else is asking, or it has too much to do: asked again, it may well take it.
        404 | 408 | 409 | 425 | 429 => Outcome::Unclear(format!("it answered {status} {}", cut(&error.code, 100))),
        _ if !is_first => Outcome::Unclear(format!("it answered {status} {}", cut(&error.code, 100))),
        _ => Outcome::Failed(Reason { code: cut(&error.code, 100), message: cut(&error.message, 500) }),
    }
}

/// The words of others, in one line and of bounded length.
fn cut(text: &str, most: usize) -> String {
    text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Cents;

    fn order() -> Order {
        Order {
            key: "T.1".into(),
            refunds: None,
            account: "hotel".into(),
            amount: Cents(500),
            currency: "EUR".into(),
            description: "Card".into(),
            source: None,
            valid_until: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_answer_counts_only_when_it_is_as_agreed_and_about_this_payment() {
        let read = |status, body: &str| super::read(&order(), status, body.as_bytes(), true);
        let told = |rest: &str| format!(r#"{{"key": "T.1", "amount": 500, "currency": "EUR", {rest}}}"#);
        assert_eq!(read(200, &told(r#""status": "SETTLED", "reference": "r1", "more": 1"#)), Outcome::Settled("r1".into()));
        assert_eq!(read(202, &told(r#""status": "PENDING""#)), Outcome::Pending);
        let declined = told(r#""status": "DECLINED", "code": "NO_FUNDS", "message": "Not\nenough""#);
        assert_eq!(read(200, &declined), Outcome::Declined(Reason::new("NO_FUNDS", "Not enough")));
        assert_eq!(read(404, r#"{"error": {"code": "UNKNOWN_KEY"}}"#), Outcome::Unknown);
        assert_eq!(read(422, r#"{"error": {"code": "NO", "message": "x"}}"#), Outcome::Failed(Reason::new("NO", "x")));

        let settled = told(r#""status": "SETTLED", "reference": "r1""#);
        let others = [
            (200, settled.replace("T.1", "T.2")),
            (200, settled.replace("500", "501")),
            (200, settled.replace("EUR", "USD")),
            (200, told(r#""status": "SETTLED""#)),
            (200, told(r#""status": "DONE", "reference": "r1""#)),
            (200, "<html>".into()),
            (404, "<html>".into()),
            (404, r#"{"error": {"code": "NO_ROUTE"}}"#.into()),
            (429, r#"{"error": {"code": "SLOW_DOWN"}}"#.into()),
            (302, settled.clone()),
            (500, settled),
        ];
        for (status, body) in others {
            assert!(matches!(read(status, &body), Outcome::Unclear(_)), "{status} {body}");
        }
        let refusal = br#"{"error": {"code": "WRONG_SECRET"}}"#;
        assert!(matches!(super::read(&order(), 401, refusal, false), Outcome::Unclear(_)));
    }
}
