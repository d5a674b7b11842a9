//! Rate plans and their prices by night, and how many stays more than rooms a type may take.
//!
//! Whoever sets prices holds the lock of the rate plan, whoever sets overbooking limits that of the room type (which every booking
//! holds while it counts), and whoever makes a plan the default that of the property: each before anything else.

pub mod bulk;
pub mod change;
pub mod create;
pub mod derive;
pub mod model;
pub mod nights;
pub mod overbooking;
pub mod price_grid;
pub mod read;
pub mod set_prices;

pub use derive::{Derivation, Guests, Occupancy};
pub use nights::{nightly, prices_call};
