//! Packages: what is sold with a stay beside the room. The items of a package say how much, for whom, and on which nights; they are
//! frozen onto the booking, and the close of each night posts its lines.
//!
//! Who changes a package holds the lock of its row. A booking takes no lock: what is changed while it runs counts for the next one.

pub mod change;
pub mod choose;
pub mod create;
pub mod lines;
pub mod model;
pub mod read;

pub use lines::{PackageLine, Sleeping, lines};
pub use model::FrozenPackage;
