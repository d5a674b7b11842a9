//! What must be true of a database, and what to do where it is not. Everything here only reads.

mod invariants;

use serde::Serialize;

pub use invariants::{INVARIANTS, Invariant, invariants};

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The name of the check.
    pub check: &'static str,
    pub tenant: Option<String>,
    pub property: Option<String>,
    /// The rows that it is about.
    pub subject: String,
    /// What is wrong with them.
    pub detail: String,
    pub mend: &'static str,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}", self.check, self.subject, self.detail)?;
        if let Some(property) = &self.property {
            write!(f, " (property {property})")?;
        }
        Ok(())
    }
}
