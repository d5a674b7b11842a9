//! What must be true of a database, and what to do where it is not. Everything here only reads.

mod database;
mod invariants;
mod payments;
mod selling;

use serde::Serialize;
use tokio_postgres::Client;

pub use invariants::{Invariant, all, invariants};

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

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    pub name: &'static str,
    pub is_ok: bool,
    /// What was found, in words.
    pub detail: String,
    /// How to mend it; none when it is well.
    pub mend: Option<String>,
    /// The rows that break the rule, the first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl Check {
    pub fn well(name: &'static str, detail: impl Into<String>) -> Check {
        Check { name, is_ok: true, detail: detail.into(), mend: None, findings: Vec::new() }
    }

    pub fn ill(name: &'static str, detail: impl Into<String>, mend: impl Into<String>) -> Check {
        Check { name, is_ok: false, detail: detail.into(), mend: Some(mend.into()), findings: Vec::new() }
    }

    fn judged(name: &'static str, faults: &[String], well: impl Into<String>, mend: impl Into<String>) -> Check {
        if faults.is_empty() { Check::well(name, well) } else { Check::ill(name, faults.join("; "), mend) }
    }
}

/// What is examined.
pub struct Patient<'a> {
    /// As the owner of the tables, or a superuser.
    pub owner: &'a Client,
    /// As the server's role, when its URL is known.
    pub server: Option<&'a Client>,
    pub pool_size: usize,
    /// Only this tenant's rows.
    pub tenant: Option<&'a str>,
}

/// Examines everything; `told` hears of each check when it is done.
pub async fn examine(patient: &Patient<'_>, mut told: impl FnMut(&Check)) -> anyhow::Result<Vec<Check>> {
    let mut checks = database::examine(patient, &mut told).await?;
    if checks.iter().any(|check| check.name == database::SCHEMA && !check.is_ok) {
        // The rules below speak of this program's tables.
        return Ok(checks);
    }
    for invariant in all() {
        let findings = invariant.check(patient.owner, patient.tenant).await?;
        let check = match findings.len() {
            0 => Check::well(invariant.name, invariant.rule),
            n => Check {
                findings,
                ..Check::ill(invariant.name, format!("not so: {} ({n} found)", invariant.rule), invariant.mend)
            },
        };
        told(&check);
        checks.push(check);
    }
    Ok(checks)
}
