//! Rate plans and their prices by night, and how many stays more than rooms a type may take.

pub mod model;
pub mod nights;

pub use nights::{nightly, prices_call};
