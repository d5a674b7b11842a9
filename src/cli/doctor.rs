//! `pms doctor`.

use std::process::ExitCode;

use serde_json::json;

use super::ConfigFile;
use crate::{
    config::{Config, Examining, Flags},
    db::readiness,
    doctor::{Check, Patient, examine},
    server::telemetry,
};

pub const EXAMPLES: &str = "\
Examples:
  pms doctor                                 with PMS_OWNER_DATABASE_URL, and DATABASE_URL if set
  pms doctor --json | jq '.checks[] | select(.isOk | not)'
  pms doctor --tenant 01J9ZK3T5V8M2Q4R6X7Y9ABCDE

It only reads. The exit code is 1 when something is not as it must be.";

/// Examine the database: version, roles, schema, row security, and whether all rows agree
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Only the rows of this tenant, by its id
    #[arg(long, value_name = "ID")]
    tenant: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Flags<Examining>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<ExitCode> {
    let config = Config::load(&args.settings, file)?;
    telemetry::start_logs(&config);
    let told = |check: &Check| {
        if !args.json {
            show(check);
        }
    };

    let checks = examined(&config, args.tenant.as_deref(), told).await?;

    let is_well = checks.iter().all(|check| check.is_ok);
    if args.json {
        println!("{:#}", json!({ "isOk": is_well, "checks": checks }));
    } else if is_well {
        println!("all is well");
    } else {
        println!("{} of {} checks found something", checks.iter().filter(|c| !c.is_ok).count(), checks.len());
    }
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn examined(config: &Config, tenant: Option<&str>, mut told: impl FnMut(&Check)) -> anyhow::Result<Vec<Check>> {
    let unreachable =
        |error: anyhow::Error| Check::ill("connection", format!("{error:#}"), "start PostgreSQL, or mend the setting");
    let owner = match readiness::connect(config.owner_database_url()?, "owner_database_url").await {
        Ok(owner) => owner,
        Err(error) => {
            let check = unreachable(error);
            told(&check);
            return Ok(vec![check]);
        }
    };
    let mut first = Check::well("connection", "the database answers");
    let mut server = None;
    if config.has_database_url() {
        match readiness::connect(config.database_url()?, "database_url").await {
            Ok(client) => server = Some(client),
            Err(error) => first = unreachable(error),
        }
    }
    told(&first);
    let patient = Patient { owner: &owner, server: server.as_ref(), pool_size: config.pool.size, tenant };
    let mut checks = vec![first];
    checks.extend(examine(&patient, told).await?);
    Ok(checks)
}

fn show(check: &Check) {
    println!("{} {:<18} {}", if check.is_ok { "✓" } else { "✗" }, check.name, check.detail);
    for finding in &check.findings {
        let property = finding.property.as_ref().map(|p| format!(" (property {p})")).unwrap_or_default();
        println!("    {}: {}{property}", finding.subject, finding.detail);
    }
    if let Some(mend) = &check.mend {
        println!("    to mend it: {mend}");
    }
}
