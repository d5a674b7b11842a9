//! HTTP without the domain: who asks, how a request is read, how an answer or a refusal is written.

pub mod auth;
mod error;
mod extract;
pub mod layers;
pub mod openapi;
pub mod permission;
mod state;

pub use auth::{Actor, May};
pub use error::{data, page};
pub(crate) use extract::cut;
pub use extract::{Path, Query, Seen, Write, page_of};
pub use openapi::{Data, Page};
pub use state::{App, AppState, ChartKey, DrawnChart, HttpSettings};
