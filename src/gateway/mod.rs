//! A payment gateway: what is asked of one and what it may answer. It knows nothing of hotels. The words on the wire are in
//! docs/payments.md; whatever speaks them can stand behind the one adapter.

mod adapter;
mod wire;

use std::{fmt, time::Duration};

use futures_util::future::BoxFuture;
use jiff::Timestamp;

pub use adapter::HttpGateway;

use crate::kernel::Cents;

/// Moves money, once for each key, however often and by however many it is asked.
pub trait Gateway: Send + Sync {
    /// Asks for the money to move.
    fn submit<'a>(&'a self, order: &'a Order) -> BoxFuture<'a, Outcome>;

    /// Asks what became of the order; nothing moves by it.
    fn look_up<'a>(&'a self, order: &'a Order) -> BoxFuture<'a, Outcome>;
}

/// Money to move.
#[derive(Clone, Debug)]
pub struct Order {
    /// Ours, and for ever the same for the same order.
    pub key: String,
    /// Of a refund: the key of the charge that it gives back of.
    pub refunds: Option<String>,
    /// Of the property, at the gateway.
    pub account: String,
    pub amount: Cents,
    pub currency: String,
    pub description: String,
    /// What is charged, in the gateway's words.
    pub source: Option<String>,
    /// From then on the gateway must not move money for it.
    pub valid_until: Timestamp,
}

/// What is known of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money moved. The gateway's reference of it.
    Settled(String),
    /// The bank or the guest said no. No money moved, and none will.
    Declined(Reason),
    /// The gateway did not take the order. No money moved, and none will.
    Failed(Reason),
    /// The gateway has it and does not know yet.
    Pending,
    /// The gateway never heard of it.
    Unknown,
    /// The gateway could not be reached at all: this call brought it nothing.
    Unreached,
    /// No answer, or none that can be trusted: the money may have moved.
    Unclear(String),
}

/// Why no money moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub code: String,
    pub message: String,
}

impl Reason {
    pub fn new(code: &str, message: &str) -> Reason {
        Reason { code: code.into(), message: message.into() }
    }
}

/// A text that no log, debug output or error shows.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

/// Where the gateway is, and how long it is waited for.
#[derive(Clone, Debug)]
pub struct GatewaySettings {
    /// Without a slash at its end.
    pub url: String,
    pub secret: Secret,
    /// For one question with its repetitions.
    pub timeout: Duration,
}
