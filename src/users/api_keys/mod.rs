//! API keys: how a program says who it is. The key is told once; the database keeps its hash.

pub mod create;
pub mod model;
pub mod read;
pub mod revoke;

pub use create::create_in;
pub use model::{ApiKey, NewApiKey};
