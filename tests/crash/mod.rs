//! kill -9 in the middle of the work: of the server, and of PostgreSQL. What was acknowledged is there, once.

mod load;

use std::{
    path::PathBuf,
    process::Stdio,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use load::{Load, assert_all_there_once};
use oppsera_pms::{
    db::embedded::{Cluster, Settings},
    http::{auth::Token, permission::Role},
    kernel::TenantId,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::support::{
    sound::{assert_sound, faults},
    *,
};

/// The real program, on a port of its own choice, with more settings by the environment.
pub async fn serve(database_url: &str, more: &[(&str, &str)]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pms"))
        .args(["serve", "--listen", "127.0.0.1:0", "--log-level", "error", "--pool-size", "6"])
        .env("DATABASE_URL", database_url)
        .envs(more.iter().copied())
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()
        .expect("pms starts");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("it says where it listens");
    let base = line.strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_string();
    (child, base)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_server_is_killed_in_the_middle_of_its_work() {
    let app = TestApp::start().await;
    let url = database::as_server(&app.owner_url);
    let (mut server, base) = serve(&url, &[]).await;
    let load = Load::new(base, [&app.a, &app.b].map(|t| t.key(Role::Manager).to_string()));

    let kills = async {
        for n in 0..4 {
            load.until_answered(60 + 7 * n).await;
            // SIGKILL: nothing of it gets to say good-bye.
            server.kill().await.unwrap();
            let (next, base) = serve(&url, &[]).await;
            server = next;
            *load.base.write().unwrap() = base;
        }
        load.until_answered(40).await;
        load.stop.store(true, Ordering::Relaxed);
    };
    let (done, ()) = futures_util::future::join(load.run(), kills).await;

    assert!(done.iter().any(|d| d.sent > 1), "no request was cut off");
    load.repeat(&done).await;
    assert_all_there_once(&app.owner_url, &done, [app.a.id.to_string(), app.b.id.to_string()]).await;
    server.kill().await.unwrap();
    assert_sound(&app).await;
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// SIGKILL to the postmaster and to each of its processes.
fn kill_postgres(postmaster: u32) {
    let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children")).unwrap_or_default();
    let pids = std::iter::once(postmaster.to_string()).chain(children.split_whitespace().map(str::to_string));
    let status = std::process::Command::new("kill").arg("-9").args(pids).stderr(Stdio::null()).status();
    status.expect("kill runs");
}

/// A hotel in the cluster, the same for two tenants; their API keys.
async fn furnish(owner_url: &str, tenants: [TenantId; 2]) -> [String; 2] {
    oppsera_pms::db::migrate::migrate(owner_url).await.unwrap();
    let mut api_keys = Vec::new();
    for tenant in tenants {
        let (key, hash) = Token::new_api_key(tenant);
        fixture::load(owner_url, tenant, &[(Role::Manager, key.clone(), hash)]).await;
        api_keys.push(key);
    }
    api_keys.try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgresql_is_killed_in_the_middle_of_its_work() {
    let folder = Folder(std::env::temp_dir().join(format!("pms-crash-{}", std::process::id())));
    let settings = Settings { data_dir: folder.0.clone(), durable: true, max_connections: 30, extra: Vec::new() };
    let cluster = Cluster::start(settings).await.unwrap();
    let owner_url = cluster.url("postgres", "postgres");
    let tenants = [1_u128, 2].map(|n| TenantId(ulid::Ulid::from_parts(1, n)));
    let api_keys = furnish(&owner_url, tenants).await;
    let (mut server, base) = serve(&cluster.url("pms_app", "postgres"), &[]).await;
    let load = Load::new(base, api_keys);

    let kills = async {
        for n in 0..2 {
            load.until_answered(50 + 9 * n).await;
            let killed = cluster.pid().expect("PostgreSQL runs");
            kill_postgres(killed);
            let since = Instant::now();
            while cluster.pid().is_none_or(|pid| pid == killed) {
                assert!(since.elapsed() < Duration::from_secs(20), "PostgreSQL did not come back");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        load.until_answered(40).await;
        load.stop.store(true, Ordering::Relaxed);
    };
    let (done, ()) = futures_util::future::join(load.run(), kills).await;

    assert!(done.iter().any(|d| d.sent > 1), "no request was cut off");
    load.repeat(&done).await;
    assert_all_there_once(&owner_url, &done, tenants.map(|t| t.to_string())).await;
    assert_eq!(faults(&owner_url).await, Vec::<String>::new());
    server.kill().await.unwrap();
    cluster.stop().await.unwrap();
}
