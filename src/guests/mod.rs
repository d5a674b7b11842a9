//! Guests: the profiles of a property, found by any part of what is known of them, and never told apart by a typo for long.

pub mod change;
pub mod create;
pub mod model;
pub mod read;
mod search;
pub mod stays;

pub use create::create_in;
pub use model::{Guest, NewGuest, found, get};
