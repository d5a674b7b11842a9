//! Properties: a hotel, its zone, its currency and its open day.

pub mod change;
pub mod create;
pub mod model;
pub mod read;

pub use create::create_in;
pub use model::{NewProperty, Property};
