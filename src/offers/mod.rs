//! What can be sold: every room type at every rate plan, for the dates asked and days around them, with its price, and for what is
//! refused, why, and what would be sold instead.
//!
//! An offer is priced and judged by the functions that quote and book. All facts come in one round trip of four statements.

pub mod facts;
pub mod model;
pub mod nearest;
pub mod search;
