//! PostgreSQL: the pool, statements that are checked against the schema, and transactions whose statements go out together.

pub mod embedded;
mod error;
pub mod migrate;
mod pool;
pub mod readiness;
mod statement;
mod tx;

pub use error::{Fail, Reply, Result};
pub use pool::{Db, PoolSettings, SESSION_OPTIONS};
pub use statement::{Call, Param, STATEMENTS, Statement};
pub use tx::{Mode, Tx};
