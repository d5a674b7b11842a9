//! Policies: what a guest pays ahead, and what he pays when he cancels or does not come. A property has named ones, a rate plan names
//! those that hold for it, and a booking keeps them as they were when it was made.
//!
//! A policy is locked after the property and after the plan that names it.

pub mod change;
pub mod create;
pub mod frozen;
pub mod model;
pub mod read;
pub mod rules;
mod words;

pub use frozen::FrozenPolicies;
pub use model::{PolicyAmount, PolicyKind};
