//! What all measurements share: the cluster, its databases, and how to run SQL in them.

use std::{
    io::Write,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Context;
use jiff::ToSpan;
use oppsera_pms::db::{
    embedded::{Cluster, SUPERUSER, Settings},
    migrate::{SERVER_ROLE, migrate},
};
use tokio::runtime::Handle;
use tokio_postgres::NoTls;

use crate::{
    capture::{self, Log},
    client::Caller,
    data, day, offers,
    pgbench::Pgbench,
    sample::Runs,
    server::Server,
};

/// Stops the cluster and removes what it wrote.
pub async fn stop(cluster: Cluster) -> anyhow::Result<()> {
    let data_dir = cluster.data_dir().to_owned();
    cluster.stop().await?;
    std::fs::remove_dir_all(data_dir)?;
    Ok(())
}

pub struct Bench {
    runtime: Handle,
    /// Of the superuser, and of the server's role: what stands before and after the name of a database.
    owner_url: String,
    server_url: String,
    pub pgbench: Pgbench,
    pub folder: PathBuf,
    pub log: Log,
    /// Of the tenant that is asked, in every database.
    pub key: String,
    begun: Instant,
}

impl Bench {
    /// Starts a durable cluster, so that a commit costs what it costs in a hotel. The caller stops it with [`stop`].
    pub async fn start() -> anyhow::Result<(Bench, Cluster)> {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
        let data_dir = folder.join("cluster");
        std::fs::create_dir_all(&folder)?;
        let settings =
            || Settings { data_dir: data_dir.clone(), durable: true, max_connections: 100, extra: capture::cluster_settings() };
        // What a run that was killed has left behind may still be running.
        if data_dir.exists() {
            stop(Cluster::start(settings()).await?).await?;
        }
        let cluster = Cluster::start(settings()).await?;
        let in_server = cluster.programs().path("pgbench");
        let bench = Bench {
            runtime: Handle::current(),
            owner_url: cluster.url(SUPERUSER, ""),
            server_url: cluster.url(SERVER_ROLE, ""),
            pgbench: Pgbench {
                program: if in_server.is_file() { in_server } else { PathBuf::from("pgbench") },
                folder: folder.clone(),
            },
            folder,
            log: Log::new(cluster.data_dir()),
            key: String::new(),
            begun: Instant::now(),
        };
        Ok((bench, cluster))
    }

    /// Shows what is being done, with the seconds since the start.
    pub fn progress(&self, what: &str) {
        let seconds = self.begun.elapsed().as_secs();
        eprintln!("[{:2}:{:02}] {what}", seconds / 60, seconds % 60);
        let _ = std::io::stderr().flush();
    }

    /// Shows a comparison as soon as it is known.
    pub fn told(&self, clients: u64, http: &Runs, pgbench: &Runs) {
        let (ours, theirs, share) = (http.per_second(), pgbench.per_second(), http.against(pgbench));
        self.progress(&format!("  {clients} at a time: HTTP {ours:.0}/s, pgbench {theirs:.0}/s, {share:.2}"));
    }

    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    pub fn owner_url(&self, database: &str) -> String {
        format!("{}{database}", self.owner_url)
    }

    pub fn server_url(&self, database: &str) -> String {
        format!("{}{database}", self.server_url)
    }

    /// Runs SQL as the owner; answers the text of the first column of the last row.
    pub fn sql(&self, database: &str, sql: &str) -> anyhow::Result<String> {
        self.runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.owner_url(database), NoTls).await?;
            let driver = tokio::spawn(connection);
            let messages = client.simple_query(sql).await.with_context(|| format!("in database {database}"))?;
            drop(client);
            driver.await??;
            let rows = messages.iter().rev().find_map(|m| match m {
                tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            });
            Ok(rows.unwrap_or_default())
        })
    }

    pub fn migrate(&mut self, database: &str) -> anyhow::Result<()> {
        self.sql("postgres", &format!("create database {database}"))?;
        self.runtime.block_on(migrate(&self.owner_url(database)))?;
        Ok(())
    }

    /// A database like `template`, with more rows.
    pub fn derive(&self, database: &str, template: &str, fill: &str) -> anyhow::Result<()> {
        self.progress(&format!("loading {database}"));
        self.sql("postgres", &format!("create database {database} template {template} strategy file_copy"))?;
        // Rows of a benchmark: no triggers (all they do is check the foreign keys), no wait for the disk.
        self.sql(database, &format!("set session_replication_role = replica; set synchronous_commit = off; {fill}"))?;
        self.sql(database, "vacuum (analyze)")?;
        Ok(())
    }

    pub fn serve(&self, database: &str) -> anyhow::Result<(Server, Caller)> {
        self.serve_with(database, &[])
    }

    /// A server that draws each chart anew, as if the hotel changed between any two.
    pub fn serve_anew(&self, database: &str) -> anyhow::Result<(Server, Caller)> {
        self.serve_with(database, &["--chart-cache-bytes", "0"])
    }

    fn serve_with(&self, database: &str, settings: &[&str]) -> anyhow::Result<(Server, Caller)> {
        let server = Server::start(&self.server_url(database), &self.folder, settings)?;
        let caller = Caller { address: server.address, key: self.key.clone() };
        Ok((server, caller))
    }

    /// What new sessions of the server's role execute is logged, until told otherwise.
    pub fn capture(&self, on: bool) -> anyhow::Result<()> {
        let setting = if on { "set log_statement = 'all'" } else { "reset log_statement" };
        self.sql("postgres", &format!("alter role {SERVER_ROLE} {setting}"))?;
        Ok(())
    }

    /// The databases, each derived from one before it.
    pub fn load(&mut self) -> anyhow::Result<()> {
        let (key, insert_key) = data::api_key();
        self.key = key;
        self.progress("migrating");
        self.migrate("empty")?;
        let hotel = |rooms, from, to, more_history| {
            data::fill(data::Hotels { tenant: data::TENANT, count: 1, rooms, from, to, today: data::TODAY, more_history })
        };
        let (one, two, ten) = (data::years_ago(1), data::years_ago(2), data::years_ago(10));
        self.derive("years_1", "empty", &(hotel(200, one, data::in_days(90), false) + &insert_key + &day::closed_days(one)))?;
        self.derive("years_2", "years_1", &hotel(200, two, one, true))?;
        self.derive("years_10", "years_1", &(hotel(200, ten, one, true) + &day::closed_days(ten)))?;
        let others = data::Hotels {
            tenant: data::TENANT + 1,
            count: 499,
            rooms: 10,
            from: data::in_days(-40),
            to: data::in_days(40),
            today: data::TODAY,
            more_history: false,
        };
        self.derive("tenants_500", "years_1", &data::fill(others))?;
        self.derive("rooms_1000", "empty", &(hotel(1000, data::in_days(-60), data::in_days(60), false) + &insert_key))?;
        self.derive("offers", "years_1", &offers::ten_by_ten())?;
        self.derive("work", "years_1", &data::work_hotel())?;
        let (from, to) = (day::OPEN_DAY - 20.days(), day::OPEN_DAY + 20.days());
        let house = data::Hotels {
            tenant: data::TENANT,
            count: 1,
            rooms: day::ROOMS,
            from,
            to,
            today: day::OPEN_DAY,
            more_history: false,
        };
        self.derive("days", "empty", &(data::fill(house) + &insert_key + &day::in_house()))?;
        self.sql("postgres", "checkpoint")?;
        Ok(())
    }
}
