//! The private PostgreSQL of the demo, with roles as in production: a superuser runs it, `pms_owner` owns the tables, and the
//! server connects as `pms_app`.
//!
//! The database is filled under another name and renamed when it is whole, so that a demo that was killed while it was being made
//! begins anew, and one that was made is never touched again.

use std::{os::unix::fs::OpenOptionsExt, path::PathBuf, time::Duration};

use anyhow::Context;

use super::{Step, TENANT_SLUG};
use crate::{
    db::{
        Db, PoolSettings,
        embedded::{Cluster, SUPERUSER, Settings},
        migrate::{SERVER_ROLE, migrate},
        readiness,
    },
    kernel::{Clock, Ids, TenantId},
    op::Store,
    tenants::create::{NewTenant, create},
};

const OWNER_ROLE: &str = "pms_owner";
const DATABASE: &str = "pms";
const UNFINISHED: &str = "pms_unfinished";
/// Connections beside those of the server's pool: psql, a second tool, those that PostgreSQL keeps for superusers.
const CONNECTIONS_FOR_OTHERS: u32 = 20;

/// Tables that grow from nothing faster than PostgreSQL looks at them get plans for empty ones: a count of days that takes
/// milliseconds then takes a minute. Seldom and more seldom, as they grow. Ends only with an error.
async fn keep_statistics(owner: &Store) -> anyhow::Result<()> {
    for seconds in 1.. {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        // Those of the owner alone: PostgreSQL would complain of each of the others.
        let connection = owner.db.connection().await?;
        let tables = connection.query_one(
            "select string_agg(oid::regclass::text, ', ') from pg_class where relkind = 'r' and relowner = current_user::regrole", &[],
        ).await?;
        connection.batch_execute(&format!("analyze {}", tables.get::<_, &str>(0))).await?;
    }
    Ok(())
}

/// A cluster with the demo in it.
pub struct Demo {
    cluster: Cluster,
}

impl Demo {
    /// Starts PostgreSQL in the folder, which is made when missing.
    pub async fn start(data_dir: PathBuf, pool_size: usize) -> anyhow::Result<Demo> {
        let max_connections = pool_size as u32 + CONNECTIONS_FOR_OTHERS;
        let settings = Settings { data_dir, durable: true, max_connections, extra: Vec::new() };
        Ok(Demo { cluster: Cluster::start(settings).await? })
    }

    /// Makes the demo's database unless it is there; else brings it to the schema of this program. Answers whether it made it.
    pub async fn prepare(&self, progress: &(dyn Fn(Step) + Sync)) -> anyhow::Result<bool> {
        let admin = readiness::connect(&self.cluster.url(SUPERUSER, "postgres"), "data_dir").await?;
        if admin.query_opt("select from pg_database where datname = $1", &[&DATABASE]).await?.is_some() {
            let folder = self.cluster.data_dir().display();
            migrate(&self.owner_url(DATABASE)).await.with_context(|| {
                format!("the demo in {folder} is of another state of this program: delete that folder, and it is made anew")
            })?;
            return Ok(false);
        }
        for role in [OWNER_ROLE, SERVER_ROLE] {
            if admin.query_opt("select from pg_roles where rolname = $1", &[&role]).await?.is_none() {
                admin.batch_execute(&format!("create role {role} login nosuperuser nobypassrls")).await?;
            }
        }
        admin.batch_execute(&format!("drop database if exists {UNFINISHED} with (force)")).await?;
        admin.batch_execute(&format!("create database {UNFINISHED} owner {OWNER_ROLE}")).await?;
        self.make(progress).await?;
        // A database in use cannot be renamed, and the statistics may still be written for somebody who waits no longer.
        admin.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1", &[&UNFINISHED]).await?;
        admin.batch_execute(&format!("alter database {UNFINISHED} rename to {DATABASE}")).await?;
        Ok(true)
    }

    async fn make(&self, progress: &(dyn Fn(Step) + Sync)) -> anyhow::Result<()> {
        migrate(&self.owner_url(UNFINISHED)).await?;
        let store = |url: &str| {
            let db =
                Db::new(url, &PoolSettings { size: 4, statement_timeout: Duration::from_secs(600), ..PoolSettings::default() })?;
            anyhow::Ok(Store::new(db, Clock::System, Ids::default()))
        };
        let owner = store(&self.owner_url(UNFINISHED))?;
        let tenant = TenantId(owner.ids.next(owner.clock.now()));
        create(&owner, NewTenant { id: tenant, slug: TENANT_SLUG.into(), name: "Demo Hotels".into() }).await?;

        let server = store(&self.cluster.url(SERVER_ROLE, UNFINISHED))?;
        self.keep_key(&super::people::add(&server, tenant).await?)?;
        tokio::select! {
            filled = super::fill(&server, tenant, progress) => filled.map(drop)?,
            failed = keep_statistics(&owner) => failed?,
        }

        owner.db.close();
        server.db.close();
        Ok(())
    }

    fn owner_url(&self, database: &str) -> String {
        self.cluster.url(OWNER_ROLE, database)
    }

    /// What the server connects to.
    pub fn database_url(&self) -> String {
        self.cluster.url(SERVER_ROLE, DATABASE)
    }

    /// What the commands that look after the database connect to.
    pub fn owner_database_url(&self) -> String {
        self.owner_url(DATABASE)
    }

    fn key_file(&self) -> PathBuf {
        self.cluster.data_dir().join("api-key")
    }

    /// The database has only the hash of the key, and a second start shows it again.
    fn keep_key(&self, key: &str) -> anyhow::Result<()> {
        use std::io::Write;
        let path = self.key_file();
        // Of an earlier, unfinished start; made anew so that its mode is the one below.
        let _ = std::fs::remove_file(&path);
        let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let written = file.and_then(|mut file| writeln!(file, "{key}"));
        written.with_context(|| format!("cannot write {}", path.display()))
    }

    /// The API key of a manager; none when its file was taken away.
    pub fn api_key(&self) -> Option<String> {
        std::fs::read_to_string(self.key_file()).ok().map(|key| key.trim().to_string())
    }

    pub fn data_dir(&self) -> &std::path::Path {
        self.cluster.data_dir()
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        self.cluster.stop().await
    }
}
