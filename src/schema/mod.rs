//! The schema written down: as one file of SQL, and as a page for readers. `make gen` writes both, and a test compares them.

mod catalog;
mod comments;
mod markdown;
mod sql;

pub use markdown::markdown;
pub use sql::sql;
