//! Which room for whom, so that everybody has one and as few as possible move. docs/fit.md says how, and why it can be believed.
//!
//! Pure: [`model`], [`solve`] and what it is made of know numbers alone, no database and no clock.

pub mod answer;
pub mod board;
pub mod check;
pub mod execute;
pub mod feasible;
pub mod model;
pub mod night;
pub mod oversold;
pub mod preview;
pub mod proof;
pub mod question;
pub mod search;
pub mod solve;
pub mod tidy;
pub mod upgrade;
pub mod weeks;
pub mod wish;
