//! Brings a database to the schema of this program. Runs as the owner.

use anyhow::Context;
use tokio_postgres::{Config, NoTls};

mod embedded_migrations {
    refinery::embed_migrations!("migrations");
}

/// The name of the role that the server connects as: it owns nothing.
pub const SERVER_ROLE: &str = "pms_app";

/// Applies the migrations that are missing; answers their names.
///
/// Errors: the role may not create the extensions or the server's role, or a migration failed (nothing of it stays).
pub async fn migrate(owner_url: &str) -> anyhow::Result<Vec<String>> {
    let config: Config = owner_url.parse().context("the owner's database URL cannot be read")?;
    let (mut client, connection) = config.connect(NoTls).await.context("cannot connect as the owner of the database")?;
    let driver = tokio::spawn(connection);
    // Two programs that start at once migrate one after the other; the lock ends with the connection.
    client.execute("select pg_advisory_lock(hashtext('pms migrate'))", &[]).await?;
    ensure_server_role(&client).await?;
    let report = embedded_migrations::migrations::runner().run_async(&mut client).await.context("a migration failed")?;
    // The role needs to see the schema's version to refuse a database that is behind.
    client
        .batch_execute(&format!(
            "grant usage on schema public to {SERVER_ROLE}; grant select on refinery_schema_history to {SERVER_ROLE}"
        ))
        .await?;
    drop(client);
    driver.await??;
    Ok(report.applied_migrations().iter().map(ToString::to_string).collect())
}

/// The newest migration that this program knows.
pub fn newest() -> i32 {
    embedded_migrations::migrations::runner().get_migrations().iter().map(|m| m.version()).max().unwrap_or(0)
}

/// A migration of this program.
pub struct Migration {
    pub version: i32,
    pub name: String,
    pub sql: String,
    pub checksum: u64,
}

/// All migrations, in order.
pub fn all() -> Vec<Migration> {
    let runner = embedded_migrations::migrations::runner();
    let migration = |m: &refinery::Migration| Migration {
        version: m.version(),
        name: m.name().to_string(),
        sql: m.sql().unwrap_or_default().to_string(),
        checksum: m.checksum(),
    };
    let mut all: Vec<Migration> = runner.get_migrations().iter().map(migration).collect();
    all.sort_by_key(|m| m.version);
    all
}

/// A number that changes with any migration: what a database that was prepared earlier is compared by.
pub fn fingerprint() -> u64 {
    let runner = embedded_migrations::migrations::runner();
    runner.get_migrations().iter().fold(0, |all, m| all.rotate_left(7) ^ m.checksum())
}

async fn ensure_server_role(client: &tokio_postgres::Client) -> anyhow::Result<()> {
    let there = client.query_opt("select 1 from pg_roles where rolname = $1", &[&SERVER_ROLE]).await?.is_some();
    if there {
        return Ok(());
    }
    let made =
        client.batch_execute(&format!("create role {SERVER_ROLE} login nosuperuser nobypassrls nocreatedb nocreaterole")).await;
    match made {
        // Another migration on the same cluster was quicker.
        Err(e) if e.code().is_some_and(|c| ["42710", "23505"].contains(&c.code())) => Ok(()),
        other => other.with_context(|| {
            format!("cannot create the server's role; as a superuser: create role {SERVER_ROLE} login password '…' nosuperuser nobypassrls")
        }),
    }
}
