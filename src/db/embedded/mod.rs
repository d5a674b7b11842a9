//! A small supervisor of a private PostgreSQL cluster, for `pms demo` and for a single machine.
//!
//! One folder holds everything, and one program at a time may use it:
//!
//! ```text
//! <data>/lock          held (flock) by the program that runs the cluster; has its pid for the message to the second
//! <data>/pg/           the cluster; made under another name and renamed, so it is whole or absent
//! <data>/run/          the Unix socket, 0700 (or a short folder below /tmp when the path would be too long)
//! <data>/postgres.log  what PostgreSQL says; the one before is kept as postgres.log.1 past 16 MB
//! ```
//!
//! **When things die.** If PostgreSQL dies while the program runs, it is started again at the same address, so
//! pools only have to reconnect. If the program is killed (`kill -9`), PostgreSQL keeps running; the next start
//! adopts it when it runs with the same settings and answers, or else stops it first. It is only ever signalled
//! after its command line shows that it is a postgres of this very cluster: a pid file may be stale, and its number
//! may belong to another process by now. Ctrl+C in a terminal does not reach PostgreSQL, which has a process group
//! of its own: the program decides when it stops.
//!
//! **Root.** PostgreSQL refuses to run as root, so root's cluster belongs to an unprivileged account; see
//! [`account`] for which one, and for where the folder goes when that account cannot reach it.

mod account;
mod postmaster;
mod programs;
#[cfg(test)]
mod tests;

use std::{
    fs::{self, File, TryLockError},
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use tokio::{sync::oneshot, task::JoinHandle, time::sleep};

use account::Account;
use postmaster::{Place, Postmaster};

pub use programs::{Programs, find_programs};

/// The superuser that every cluster is made with; it logs in by being able to enter the socket's folder.
pub const SUPERUSER: &str = "postgres";

const RESTART_PAUSE_FIRST: Duration = Duration::from_millis(200);
const RESTART_PAUSE_MOST: Duration = Duration::from_secs(10);

/// How a cluster is to run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of everything; made when missing. The cluster itself is in `data_dir/pg`.
    pub data_dir: PathBuf,
    /// `false` only for tests: a crash of the machine may then lose or destroy the cluster.
    pub durable: bool,
    /// Each connection may be a backend process; PostgreSQL itself keeps three of them for superusers.
    pub max_connections: u32,
    /// Further settings by PostgreSQL's names; they win over those chosen here.
    pub extra: Vec<(String, String)>,
}

impl Settings {
    /// The settings in the order in which PostgreSQL reads them: the last of a name counts.
    fn options(&self, socket_dir: &Path) -> Vec<(String, String)> {
        let mut options = vec![
            ("port", "5432".into()),
            ("listen_addresses", String::new()),
            ("unix_socket_directories", socket_dir.display().to_string()),
            ("max_connections", self.max_connections.to_string()),
            ("shared_buffers", "256MB".into()),
            ("max_wal_size", "2GB".into()),
            // A calendar query of 19 ms takes 182 ms with it.
            ("jit", "off".into()),
            ("timezone", "UTC".into()),
            ("log_timezone", "UTC".into()),
            // A deadlock is logged as an error with both statements, a long wait by log_lock_waits.
            ("log_min_messages", "warning".into()),
            ("log_lock_waits", "on".into()),
            ("log_checkpoints", "off".into()),
            ("log_line_prefix", "%m [%p] %d ".into()),
        ];
        let disk = if self.durable { "on" } else { "off" };
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            options.push((name, disk.into()));
        }

        let mut options: Vec<_> = options.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        options.extend(self.extra.iter().cloned());
        options
    }
}

/// A running cluster. [`stop`](Self::stop) it before the program ends; when dropped instead, it is told to stop
/// but not waited for.
#[derive(Debug)]
pub struct Cluster {
    place: Arc<Place>,
    pid: Arc<AtomicU32>,
    /// Dropped, it tells the keeper to stop just as a message would.
    stop: oneshot::Sender<()>,
    keeper: JoinHandle<anyhow::Result<()>>,
}

impl Cluster {
    /// Makes the cluster when there is none, starts it, and returns when it accepts connections.
    ///
    /// # Errors
    /// No PostgreSQL programs (the message has the command that installs them); another program uses the folder;
    /// a cluster of another major version whose programs are not found; a folder that cannot be made or reached;
    /// `initdb` or `postgres` failing (the message has the end of the log).
    pub async fn start(settings: Settings) -> anyhow::Result<Self> {
        let account = Account::for_folder(&settings.data_dir)?;
        let data_dir = account::reachable_folder(&settings.data_dir, account.as_ref())?;
        let lock = lock_folder(&data_dir, account.as_ref())?;
        let programs = programs::find_programs_for(&data_dir)?;
        if let Some(account) = &account {
            ensure!(
                account.can_enter(&programs.bin_dir),
                "user {}, who runs PostgreSQL for root, cannot reach its programs in {}; put them where all may enter",
                account.uid,
                programs.bin_dir.display()
            );
        }
        let socket_dir = account::socket_folder(&data_dir, account.as_ref())?;

        let place = Arc::new(Place {
            options: settings.options(&socket_dir),
            durable: settings.durable,
            cluster_dir: data_dir.join("pg"),
            log: data_dir.join("postgres.log"),
            socket_dir,
            programs,
            account,
        });
        postmaster::make_cluster(&place).await?;

        let postmaster = match postmaster::adopt_or_stop(&place).await? {
            Some(running) => running,
            None => {
                rotate_log(&place.log);
                Postmaster::start(&place).await?
            }
        };
        let pid = Arc::new(AtomicU32::new(postmaster.pid()));
        let (stop, stopped) = oneshot::channel();
        let keeper = tokio::spawn(keep_running(place.clone(), postmaster, pid.clone(), stopped, lock));
        Ok(Self { place, pid, stop, keeper })
    }

    /// A URL for tokio-postgres, psql and pgbench alike: the host is the percent-encoded folder of the socket.
    /// There is no password. It stays the same for as long as this cluster runs, restarts included.
    pub fn url(&self, user: &str, database: &str) -> String {
        let host = percent_encoded(&self.place.socket_dir.display().to_string());
        format!("postgres://{}@{host}:5432/{}", percent_encoded(user), percent_encoded(database))
    }

    pub fn log_path(&self) -> &Path {
        &self.place.log
    }

    /// The folder in use: `data_dir` as given, or the one that took its place for root.
    pub fn data_dir(&self) -> &Path {
        self.place.log.parent().unwrap_or(Path::new("/"))
    }

    /// The postmaster's process id; none while PostgreSQL is being started again after it died.
    pub fn pid(&self) -> Option<u32> {
        match self.pid.load(Ordering::Acquire) {
            0 => None,
            pid => Some(pid),
        }
    }

    pub fn programs(&self) -> &Programs {
        &self.place.programs
    }

    /// Shuts PostgreSQL down (fast: open transactions are rolled back) and waits until it has ended.
    ///
    /// # Errors
    /// It did not end within a minute, nor after an immediate shutdown. Its data is safe in that case, too.
    pub async fn stop(self) -> anyhow::Result<()> {
        drop(self.stop);
        self.keeper.await.context("the task that keeps PostgreSQL running failed")?
    }
}

/// Starts PostgreSQL again whenever it dies, until told to stop it. Holds the folder's lock until then.
async fn keep_running(
    place: Arc<Place>,
    mut postmaster: Postmaster,
    pid: Arc<AtomicU32>,
    mut stopped: oneshot::Receiver<()>,
    _lock: File,
) -> anyhow::Result<()> {
    let mut pause = RESTART_PAUSE_FIRST;
    loop {
        tokio::select! {
            _ = &mut stopped => return postmaster.stop(&place).await,
            how = postmaster.ended(&place) => {
                pid.store(0, Ordering::Release);
                tracing::error!(log = %place.log.display(), "PostgreSQL ended by itself ({how}); starting it again");
            }
            // Having run for a while, it may fail quickly again before the pauses grow.
            () = sleep(Duration::from_secs(60)), if pause > RESTART_PAUSE_FIRST => {
                pause = RESTART_PAUSE_FIRST;
                continue;
            }
        }

        // A start that is given up tells its postmaster to stop.
        postmaster = tokio::select! {
            _ = &mut stopped => return Ok(()),
            started = start_again(&place, &mut pause) => started,
        };
        pid.store(postmaster.pid(), Ordering::Release);
        tracing::info!(pid = postmaster.pid(), "PostgreSQL runs again");
    }
}

/// Tries until it succeeds, with growing pauses.
async fn start_again(place: &Place, pause: &mut Duration) -> Postmaster {
    loop {
        sleep(*pause).await;
        *pause = (*pause * 2).min(RESTART_PAUSE_MOST);
        match Postmaster::start(place).await {
            Ok(started) => return started,
            Err(error) => tracing::error!("PostgreSQL did not start again: {error:#}"),
        }
    }
}

/// Takes the folder for this process. The lock is the system's (flock), so it cannot be left behind by a crash.
fn lock_folder(data_dir: &Path, account: Option<&Account>) -> anyhow::Result<File> {
    let path = data_dir.join("lock");
    let mut file = account::open_file(&path, account)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder)?;
            bail!(
                "{} is in use by another pms (process {}); stop that one, or give another folder",
                data_dir.display(),
                holder.trim()
            );
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot lock {}", path.display()));
        }
    }
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())?;
    Ok(file)
}

/// Keeps one earlier log; called before PostgreSQL starts, so nobody writes to the file that is moved.
fn rotate_log(log: &Path) {
    const LARGE_BYTES: u64 = 16 << 20;
    if fs::metadata(log).is_ok_and(|it| it.len() > LARGE_BYTES) {
        // A log that cannot be moved goes on growing; that is no reason not to start.
        let _ = fs::rename(log, log.with_extension("log.1"));
    }
}

fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
