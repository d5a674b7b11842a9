//! The words of the trade as types, without I/O: ids, money, days, stays, time, pages.

pub mod clock;
pub mod day;
pub mod id;
pub mod money;
pub mod page;
pub mod patch;
pub mod refusal;
pub mod stay;
pub mod text;
mod text_enum;

pub use clock::{Clock, Ids};
pub use day::Day;
pub use id::*;
pub use money::{Cents, Currency};
pub use refusal::{Code, Fault, Faults, Refusal};
pub use stay::Stay;
