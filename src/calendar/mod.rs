//! The calendar: the two read models, written with the blocks that they show, and the tape chart that is read from them.

pub mod chart;
mod drawing;
pub mod occupancy;
pub mod rebuild;
pub mod settle;
mod totals;
mod writing;

pub use settle::settle;
