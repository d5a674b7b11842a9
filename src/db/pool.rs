//! The pool of connections.

use std::{str::FromStr, time::Duration};

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, QueueMode, RecyclingMethod, Runtime};
use tokio_postgres::NoTls;

use super::Result;

/// Settings of every session. jit costs more than it brings on short statements (a calendar of 19 ms took 182 ms with it), and so
/// do parallel workers (80 ms). The nights that are asked for are few, and in memory: at the default price of a random page the
/// planner would rather read the whole history.
///
/// A plan is made once for each connection and kept, for planning a booking anew takes longer than running it; and as it may be made while a
/// table is still empty, it is never to read one from end to end. What is looked for by whatever filters a client
/// sends is planned each time: [`super::Call::fitted`].
pub const SESSION_OPTIONS: &str = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1 \
    -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c timezone=UTC";

/// How the server talks to its database.
#[derive(Clone, Debug)]
pub struct PoolSettings {
    pub size: usize,
    /// How long a request waits for a connection, and a statement for a lock.
    pub wait: Duration,
    pub statement_timeout: Duration,
    /// Whether a commit waits for the disk. Off only where the work can be repeated: an import, the making of demo data.
    pub synchronous_commit: bool,
}

impl Default for PoolSettings {
    fn default() -> Self {
        PoolSettings {
            size: 16,
            wait: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(30),
            synchronous_commit: true,
        }
    }
}

/// A database: its pool of connections.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
}

impl Db {
    /// Makes the pool; connections are opened when they are needed.
    ///
    /// Errors: a URL that cannot be read. It is not in the message, for it may hold a password.
    pub fn new(url: &str, settings: &PoolSettings) -> anyhow::Result<Db> {
        let mut config =
            tokio_postgres::Config::from_str(url).map_err(|e| anyhow::anyhow!("the database URL cannot be read: {e}"))?;
        let options = format!(
            "{SESSION_OPTIONS} -c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout=60000{} {}",
            settings.statement_timeout.as_millis(),
            settings.wait.as_millis(),
            if settings.synchronous_commit { "" } else { " -c synchronous_commit=off" },
            config.get_options().unwrap_or_default(),
        );
        config.options(options).application_name("pms").connect_timeout(settings.wait).keepalives_idle(Duration::from_secs(30));
        let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(settings.size)
            // The connection used last has its plans at hand.
            .queue_mode(QueueMode::Lifo)
            .wait_timeout(Some(settings.wait))
            .create_timeout(Some(settings.wait))
            .runtime(Runtime::Tokio1)
            .build()?;
        Ok(Db { pool })
    }

    /// Takes a connection. Never call it while holding another: a pool of N with N such callers stands still.
    ///
    /// Errors: SERVICE_UNAVAILABLE when none came free in time.
    pub async fn connection(&self) -> Result<Object> {
        Ok(self.pool.get().await?)
    }

    /// Connections that are open, and those that are idle.
    pub fn usage(&self) -> (usize, usize) {
        let status = self.pool.status();
        (status.size, status.available)
    }

    pub fn close(&self) {
        self.pool.close();
    }
}
