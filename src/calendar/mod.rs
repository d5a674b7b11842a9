//! The calendar: the two read models, written with the blocks that they show, and the tape chart that is read from them.

pub mod settle;

pub use settle::settle;
