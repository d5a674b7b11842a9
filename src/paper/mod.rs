//! Sheets of paper as PDF: text in any script, set from either side, over as many pages as it takes. Knows nothing of hotels.
//!
//! The same content makes the same bytes: no clock, no random number, and fonts are tried in a fixed order.

mod fonts;
mod sheet;
mod text;

pub use fonts::Fonts;
pub use sheet::{About, Cell, Sheet, Style};
