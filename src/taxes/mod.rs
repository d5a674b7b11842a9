//! Taxes and fees: the rules of a property, and the lines that they make of a charge. A rule's value never changes: another value
//! is another rule from its day on.

pub mod change;
pub mod create;
pub mod lines;
pub mod model;
pub mod read;

pub use lines::{Charged, TaxLine, lines, lines_beside_nights};
pub use model::TaxRule;
