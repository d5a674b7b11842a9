//! Payments by a gateway: an intent is written, then the gateway is asked outside of any transaction, then the intent is finished and
//! posted. Whatever breaks in between leaves an intent that says so, and the gateway is asked what became of it.
//!
//! Locks: the day of the property, the folio, then intents in the order of their ids.

pub mod charge;
mod finish;
pub mod model;
pub mod post;
pub mod read;
pub mod refund;
mod rules;
pub mod settle;
mod store;
pub mod sweep;
