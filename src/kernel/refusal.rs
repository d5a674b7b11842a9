//! Why a request is refused: one code of the API, a sentence in the trade's words, and where.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The codes of the API. Their order is the precedence when several apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    RateLimited,
    Unauthenticated,
    AuthorizationDenied,
    /// 400 when the request cannot be read at all, 422 when a field breaks a rule.
    MalformedRequest,
    PayloadTooLarge,
    UnsupportedMediaType,
    MethodNotAllowed,
    ValidationError,
    IdempotencyKeyReused,
    NotFound,
    ConcurrencyConflict,
    InvalidStatusTransition,
    ReservationNotMovable,
    RestrictionViolated,
    RoomOutOfOrder,
    RoomAlreadyBooked,
    NoAvailability,
    /// A wish that no room of the type fulfils: 422, with the field.
    WishNoRoomHas,
    /// The room is not as the stay must have it.
    RoomNotAsWished,
    FolioNotOpen,
    FolioNotBalanced,
    /// The server or the property has no payment gateway.
    PaymentGatewayMissing,
    /// The server sends no mail.
    MailServerMissing,
    ServiceUnavailable,
    InternalError,
}

impl Code {
    pub fn status(self) -> u16 {
        use Code::*;
        match self {
            MalformedRequest => 400,
            Unauthenticated => 401,
            AuthorizationDenied => 403,
            NotFound => 404,
            MethodNotAllowed => 405,
            ConcurrencyConflict
            | InvalidStatusTransition
            | ReservationNotMovable
            | RestrictionViolated
            | RoomOutOfOrder
            | RoomAlreadyBooked
            | NoAvailability
            | RoomNotAsWished
            | FolioNotOpen
            | FolioNotBalanced
            | PaymentGatewayMissing
            | MailServerMissing => 409,
            PayloadTooLarge => 413,
            UnsupportedMediaType => 415,
            ValidationError | IdempotencyKeyReused | WishNoRoomHas => 422,
            RateLimited => 429,
            InternalError => 500,
            ServiceUnavailable => 503,
        }
    }
}

/// A field and the rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    pub field: String,
    pub message: String,
}

/// A refusal: nothing was written.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub code: Code,
    pub message: String,
    pub faults: Vec<Fault>,
    /// Facts for a program: conflicting stays, the present state of the row, …
    pub facts: Option<Value>,
}

impl Refusal {
    pub fn new(code: Code, message: impl Into<String>) -> Refusal {
        Refusal { code, message: message.into(), faults: Vec::new(), facts: None }
    }

    pub fn invalid(field: impl Into<String>, rule: impl Into<String>) -> Refusal {
        Faults::default().with(field, rule).refusal()
    }

    pub fn not_found(what: &str) -> Refusal {
        Refusal::new(Code::NotFound, format!("There is no such {what}."))
    }

    /// The row changed since the client read it.
    pub fn stale<T: Serialize>(what: &str, present: &T) -> Refusal {
        Refusal::new(Code::ConcurrencyConflict, format!("The {what} was changed by someone else meanwhile."))
            .facts(serde_json::json!({ "current": present }))
    }

    #[must_use]
    pub fn facts(mut self, facts: Value) -> Refusal {
        self.facts = Some(facts);
        self
    }
}

/// Collects the faults of a body, so that the client hears of all at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn add(&mut self, field: impl Into<String>, rule: impl Into<String>) {
        self.0.push(Fault { field: field.into(), message: rule.into() });
    }

    #[must_use]
    pub fn with(mut self, field: impl Into<String>, rule: impl Into<String>) -> Faults {
        self.add(field, rule);
        self
    }

    /// A text of `min` to `max` characters once white space around it is taken off.
    pub fn text(&mut self, field: &str, text: &str, min: usize, max: usize) {
        if text.trim().chars().count() < min {
            self.add(
                field,
                if min == 1 { "must not be empty".to_string() } else { format!("must have at least {min} characters") },
            );
        } else if let Some(rule) = super::text::fault(text, max) {
            self.add(field, rule);
        }
    }

    pub fn optional_text(&mut self, field: &str, text: Option<&str>, max: usize) {
        if let Some(text) = text {
            self.text(field, text, 0, max);
        }
    }

    /// A short code that people type: 1 to 20 letters, digits, `_` and `-`, the first a letter or digit.
    pub fn code(&mut self, field: &str, code: &str) {
        let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if !(1..=20).contains(&code.len()) || !code.starts_with(|c: char| c.is_ascii_alphanumeric()) || !code.chars().all(rest) {
            self.add(field, "must have 1 to 20 letters, digits, _ and -, and begin with a letter or digit");
        }
    }

    pub fn range<N: PartialOrd + std::fmt::Display>(&mut self, field: &str, value: N, min: N, max: N) {
        if value < min || value > max {
            self.add(field, format!("must be {min} to {max}"));
        }
    }

    /// The value, or the rule that it breaks noted under `field`.
    pub fn check<T>(&mut self, field: &str, result: Result<T, &'static str>) -> Option<T> {
        result.map_err(|rule| self.add(field, rule)).ok()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Hands over each fault with its field and its rule, to be noted elsewhere.
    pub fn each(self, mut note: impl FnMut(String, String)) {
        self.0.into_iter().for_each(|fault| note(fault.field, fault.message));
    }

    /// Errors: VALIDATION_ERROR with all the faults, when there are any.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(self.refusal()) }
    }

    fn refusal(self) -> Refusal {
        let message = match self.0.as_slice() {
            [only] => format!("{} {}.", only.field, only.message),
            several => format!("{} fields are not valid.", several.len()),
        };
        Refusal { code: Code::ValidationError, message, faults: self.0, facts: None }
    }
}
