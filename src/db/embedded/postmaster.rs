//! One postmaster: making its cluster, starting, adopting, watching and stopping it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};

use super::{
    SUPERUSER,
    account::{self, Account},
    programs::Programs,
};

const POLL: Duration = Duration::from_millis(10);
const ANSWER_MOST: Duration = Duration::from_secs(5);
/// A start replays what a crash left, at most `max_wal_size` of it.
const START_MOST: Duration = Duration::from_secs(600);
const FAST_STOP_MOST: Duration = Duration::from_secs(60);
const IMMEDIATE_STOP_MOST: Duration = Duration::from_secs(10);
/// After a `kill -9` of the postmaster its backends end by themselves; until then no other may start.
const LEFTOVERS_MOST: Duration = Duration::from_secs(30);
const LOG_LINES_SHOWN: usize = 15;

/// Where a cluster is and how it runs; the same for every postmaster of it.
#[derive(Debug)]
pub(super) struct Place {
    pub cluster_dir: PathBuf,
    pub socket_dir: PathBuf,
    pub log: PathBuf,
    pub options: Vec<(String, String)>,
    pub durable: bool,
    pub programs: Programs,
    /// None: as the user that we are.
    pub account: Option<Account>,
}

impl Place {
    /// The arguments of the postmaster. By these it is known again, see [`is_ours`] and [`adopt_or_stop`].
    fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["-D".to_owned(), self.cluster_dir.display().to_string()];
        for (name, value) in &self.options {
            arguments.extend(["-c".to_owned(), format!("{name}={value}")]);
        }
        arguments
    }

    /// A program as its account, in a process group of its own, and without our PGPORT, PGDATA, LANG and the like.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.path(program));
        command.env_clear().env("LC_ALL", "C").stdin(Stdio::null()).process_group(0);
        for kept in ["PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        if let Some(folder) = self.cluster_dir.parent() {
            command.current_dir(folder);
        }
        if let Some(account) = &self.account {
            // As root, the standard library then drops root's supplementary groups too.
            command.gid(account.gid).uid(account.uid);
        }
        command
    }
}

/// Makes the cluster, if there is none. It is made under another name and renamed when complete, so an interrupted
/// first start leaves nothing that looks like a cluster.
pub(super) async fn make_cluster(place: &Place) -> anyhow::Result<()> {
    let account = place.account.as_ref();
    if place.cluster_dir.join("PG_VERSION").exists() {
        return account::own_folder(&place.cluster_dir, account);
    }
    let data_dir = place.cluster_dir.parent().context("the cluster's folder has no parent")?;
    for entry in fs::read_dir(data_dir)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with("pg-new-") {
            let _ = fs::remove_dir_all(entry.path());
        }
    }

    let new = data_dir.join(format!("pg-new-{}", std::process::id()));
    account::own_folder(&new, account)?;
    // C.UTF-8 sorts by code point and knows letters beyond ASCII, which pg_trgm needs; not every system has it.
    let mut result = initdb(place, &new, "C.UTF-8").await?;
    if result.as_ref().is_err_and(|said| said.contains("locale")) {
        result = initdb(place, &new, "C").await?;
    }
    if let Err(said) = result {
        let _ = fs::remove_dir_all(&new);
        bail!("initdb failed:\n{said}");
    }
    fs::rename(&new, &place.cluster_dir)
        .with_context(|| format!("cannot name the new cluster {}", place.cluster_dir.display()))?;
    File::open(data_dir)?.sync_all()?;
    Ok(())
}

/// The inner error is what a failing `initdb` said.
async fn initdb(place: &Place, folder: &Path, locale: &str) -> anyhow::Result<Result<(), String>> {
    let mut command = place.command("initdb");
    command.arg("-D").arg(folder).args(["-U", SUPERUSER, "--encoding=UTF8"]).arg(format!("--locale={locale}")).args([
        "--data-checksums",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
    ]);
    if !place.durable {
        command.arg("--no-sync");
    }
    let output = command.output().await.with_context(|| format!("cannot run {:?}", place.programs.path("initdb")))?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    Ok(Err(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).trim().to_owned()))
}

/// A running postmaster: one that we started, or one that an earlier program left and we adopted.
///
/// Dropped while it runs, it is told to stop but not waited for.
#[derive(Debug)]
pub(super) struct Postmaster {
    pid: u32,
    /// None for an adopted one, which is not our child and can only be looked at.
    child: Option<Child>,
    running: bool,
}

impl Postmaster {
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Starts the cluster and returns when it accepts connections.
    pub async fn start(place: &Place) -> anyhow::Result<Self> {
        forget_reused_pid(place)?;
        let deadline = Instant::now() + LEFTOVERS_MOST;
        loop {
            let said = match Self::start_once(place).await? {
                Ok(started) => return Ok(started),
                Err(said) => said,
            };
            let leftovers = said.contains("shared memory block") || said.contains("lock file");
            if !leftovers || Instant::now() > deadline {
                bail!("PostgreSQL did not start; {} says:\n{said}", place.log.display());
            }
            sleep(POLL * 20).await;
        }
    }

    /// The inner error is what PostgreSQL logged before it ended.
    async fn start_once(place: &Place) -> anyhow::Result<Result<Self, String>> {
        let log = account::open_file(&place.log, place.account.as_ref())?;
        let logged_before = log.metadata()?.len();
        let child = place
            .command("postgres")
            .args(place.arguments())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot run {:?}", place.programs.path("postgres")))?;
        let pid = child.id().context("PostgreSQL ended at once")?;
        let mut postmaster = Self { pid, child: Some(child), running: true };

        let begun = Instant::now();
        let mut said_at = Duration::from_secs(5);
        loop {
            if let Some(child) = &mut postmaster.child
                && child.try_wait()?.is_some()
            {
                postmaster.running = false;
                return Ok(Err(end_of_log(&place.log, logged_before)));
            }
            if PidFile::read(place).is_some_and(|it| it.pid == pid && it.ready) {
                answers(place).await.context("PostgreSQL says that it is ready, but does not answer")?;
                return Ok(Ok(postmaster));
            }
            let waited = begun.elapsed();
            ensure!(waited < START_MOST, "PostgreSQL was not ready after {} s", START_MOST.as_secs());
            if waited > said_at {
                said_at += Duration::from_secs(10);
                tracing::info!(log = %place.log.display(), "PostgreSQL is recovering, for {} s now", waited.as_secs());
            }
            sleep(POLL).await;
        }
    }

    /// Waits until it ends without being told to, and says how it ended.
    pub async fn ended(&mut self, place: &Place) -> String {
        let how = match &mut self.child {
            Some(child) => match child.wait().await {
                Ok(status) => status.to_string(),
                Err(error) => error.to_string(),
            },
            None => {
                while is_ours(place, self.pid) {
                    sleep(POLL * 25).await;
                }
                "not our child, so how is unknown".to_owned()
            }
        };
        self.running = false;
        how
    }

    /// Fast shutdown, which rolls open transactions back; if that takes too long an immediate one, after which the
    /// next start recovers from the log. PostgreSQL is never killed here.
    pub async fn stop(mut self, place: &Place) -> anyhow::Result<()> {
        signal(self.pid, "INT");
        if timeout(FAST_STOP_MOST, self.ended(place)).await.is_ok() {
            return Ok(());
        }
        tracing::warn!("PostgreSQL has not stopped after {} s; stopping it at once", FAST_STOP_MOST.as_secs());
        signal(self.pid, "QUIT");
        match timeout(IMMEDIATE_STOP_MOST, self.ended(place)).await {
            Ok(_) => Ok(()),
            Err(_) => bail!("PostgreSQL (process {}) does not stop; see {}", self.pid, place.log.display()),
        }
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        if self.running {
            signal(self.pid, "INT");
        }
    }
}

/// Deals with a postmaster that outlived its program: adopted when it runs with these settings and answers,
/// stopped otherwise. The caller holds the folder's lock, so no other program uses it.
pub(super) async fn adopt_or_stop(place: &Place) -> anyhow::Result<Option<Postmaster>> {
    let Some(file) = PidFile::read(place) else { return Ok(None) };
    if !is_ours(place, file.pid) {
        return Ok(None);
    }

    let left = Postmaster { pid: file.pid, child: None, running: true };
    if file.ready && has_these_settings(place) && answers(place).await.is_ok() {
        tracing::info!(pid = left.pid, "PostgreSQL was still running and is used again");
        return Ok(Some(left));
    }
    tracing::info!(pid = left.pid, "PostgreSQL was still running, but not as wanted; it is started anew");
    left.stop(place).await?;
    Ok(None)
}

/// PostgreSQL writes its command line down as `program "argument" "argument"…`.
fn has_these_settings(place: &Place) -> bool {
    let wanted: String = place.arguments().iter().map(|it| format!(" \"{it}\"")).collect();
    fs::read_to_string(place.cluster_dir.join("postmaster.opts")).is_ok_and(|it| it.trim_end().ends_with(&wanted))
}

async fn answers(place: &Place) -> anyhow::Result<()> {
    let mut config = tokio_postgres::Config::new();
    config.host_path(&place.socket_dir).port(5432).user(SUPERUSER).dbname("postgres");
    let asked = async {
        let (client, connection) = config.connect(tokio_postgres::NoTls).await?;
        tokio::select! {
            done = client.simple_query("select 1") => { done?; }
            ended = connection => ended?,
        }
        anyhow::Ok(())
    };
    timeout(ANSWER_MOST, asked).await.context("no answer in time")?
}

/// What PostgreSQL's `postmaster.pid` says.
struct PidFile {
    pid: u32,
    ready: bool,
}

impl PidFile {
    fn path(place: &Place) -> PathBuf {
        place.cluster_dir.join("postmaster.pid")
    }

    fn read(place: &Place) -> Option<Self> {
        let text = fs::read_to_string(Self::path(place)).ok()?;
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        // The eighth line is the state.
        Some(Self { pid, ready: lines.nth(6).is_some_and(|it| it.trim() == "ready") })
    }
}

/// PostgreSQL overwrites a pid file whose process is gone, but refuses to start when the number belongs to another
/// process by now, as after a restart of a container. The file is removed in that case alone: it also names the
/// shared memory by which PostgreSQL notices backends that outlived their postmaster (which it notices by the
/// folder's inode too, since version 12).
fn forget_reused_pid(place: &Place) -> anyhow::Result<()> {
    let Some(file) = PidFile::read(place) else { return Ok(()) };
    if is_ours(place, file.pid) {
        bail!("PostgreSQL (process {}) runs already in {}", file.pid, place.cluster_dir.display());
    }
    if command_line(file.pid).is_some() {
        tracing::warn!(pid = file.pid, "the pid file left by PostgreSQL names another process; it is removed");
        fs::remove_file(PidFile::path(place))?;
    }
    Ok(())
}

/// Whether a process is a postmaster of this very cluster, by its command line, which only it could have.
fn is_ours(place: &Place, pid: u32) -> bool {
    let start = format!("postgres -D {} ", place.cluster_dir.display());
    command_line(pid).is_some_and(|it| it.contains(&start))
}

/// The arguments of a living process, separated by spaces. A zombie has none.
fn command_line(pid: u32) -> Option<String> {
    let line = if Path::new("/proc/self/cmdline").exists() {
        let raw = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        String::from_utf8_lossy(&raw).replace('\0', " ")
    } else {
        let output = std::process::Command::new("ps").args(["-ww", "-o", "args=", "-p", &pid.to_string()]).output();
        String::from_utf8_lossy(&output.ok()?.stdout).into_owned()
    };
    (!line.trim().is_empty()).then_some(line)
}

/// Sends a signal by the shell's own `kill`, which every system has; the standard library only knows SIGKILL.
/// A process that is gone already is no error.
fn signal(pid: u32, name: &str) {
    let script = format!("kill -{name} {pid}");
    let sent = std::process::Command::new("/bin/sh").args(["-c", &script]).stdin(Stdio::null()).stderr(Stdio::null()).status();
    if let Err(error) = sent {
        tracing::error!("cannot run /bin/sh to stop PostgreSQL (process {pid}): {error}");
    }
}

/// The last lines written since `from_byte`.
fn end_of_log(log: &Path, from_byte: u64) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let from = usize::try_from(from_byte).unwrap_or(0).min(bytes.len());
    let text = String::from_utf8_lossy(&bytes[from..]).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LOG_LINES_SHOWN)..].join("\n")
}
