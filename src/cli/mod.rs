//! The commands of `pms`, one file each.

pub mod api_key_create;
pub mod calendar_rebuild;
pub mod demo;
pub mod doctor;
pub mod fit;
pub mod import;
pub mod migrate;
pub mod openapi;
pub mod schema;
pub mod serve;
pub mod tenant_add;
pub mod user_add;

use std::path::PathBuf;

use crate::{
    config::{Config, Flags, Owner},
    db::{Db, Fail, PoolSettings, readiness},
    http::permission::Role,
    kernel::{Clock, Ids, TenantId},
    op::Store,
    server::telemetry,
    tenants,
};

/// The file of `--config`, if one was named.
pub type ConfigFile = Option<PathBuf>;

/// Settings and a store for a command that works as the owner of the tables.
async fn owner_store(flags: &Flags<Owner>, file: ConfigFile) -> anyhow::Result<Store> {
    owner_store_with(flags, file, |pool| PoolSettings { size: 2, ..pool }).await
}

/// The same, with another pool than that of the settings.
async fn owner_store_with(
    flags: &Flags<Owner>,
    file: ConfigFile,
    pool: impl FnOnce(PoolSettings) -> PoolSettings,
) -> anyhow::Result<Store> {
    let config = Config::load(flags, file)?;
    telemetry::start_logs(&config);
    let url = config.owner_database_url()?;
    // Once without the pool, whose errors are made for clients of the API and say nothing of the cause.
    drop(readiness::connect(url, "owner_database_url").await?);
    let pool = pool(config.pool.clone());
    Ok(Store::new(Db::new(url, &pool)?, Clock::System, Ids::default()))
}

async fn tenant_of(store: &Store, slug: &str) -> anyhow::Result<TenantId> {
    let found = tenants::find::find(store, slug).await?;
    found.ok_or_else(|| anyhow::anyhow!("there is no tenant {slug:?}; make it with `pms tenant add {slug} --name …`"))
}

/// `front-desk`, `FRONT_DESK` and `front_desk` are the same role.
fn role_of(text: &str) -> Result<Role, String> {
    let names: Vec<String> = Role::ALL.iter().map(|role| role.as_str().to_lowercase().replace('_', "-")).collect();
    let role = text.to_uppercase().replace('-', "_").parse();
    role.map_err(|_| format!("must be one of {}", names.join(", ")))
}

/// An error in words: a refusal by its fields, anything else with its causes.
pub fn told(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Fail>().and_then(Fail::refusal) {
        Some(refusal) if refusal.faults.len() > 1 => {
            let faults: Vec<String> = refusal.faults.iter().map(|f| format!("\n  {} {}", f.field, f.message)).collect();
            format!("{}{}", refusal.message, faults.concat())
        }
        Some(refusal) => refusal.message.clone(),
        None => format!("{error:#}"),
    }
}
