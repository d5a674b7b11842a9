//! Rooms taken off the market: out of order, maintenance, house use, hold.

pub mod change;
pub mod create;
pub mod model;
mod policy;
pub mod read;
pub mod remove;

pub use model::RoomBlock;
