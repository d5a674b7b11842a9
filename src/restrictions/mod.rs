//! What may not be sold, and why: closed nights, arrivals and departures, the shortest and the longest stay, how early and how late to
//! book. A restriction says something of one date, for the whole house, a type, a plan, or a plan in a type.
//!
//! `rules` merges and judges, and is pure. Who sets restrictions holds the lock of the property before anything else; a booking reads
//! them with its other facts and takes no lock: what is set while it runs counts for the next one.

pub mod grid;
pub mod model;
pub mod rules;
pub mod set;

pub use model::{Restrictions, Violation, demand_override, heed, of_stay};
pub use rules::{Rule, Sold};
