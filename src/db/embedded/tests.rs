use std::{env, fs, path::PathBuf, process::Command, time::Duration};

use tokio::time::sleep;

use super::{Cluster, SUPERUSER, Settings, percent_encoded};

/// A folder that is removed with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("pms-test-{name}-{}", std::process::id()));
        fs::create_dir(&folder).expect("the folder is new");
        Self(folder)
    }

    fn settings(&self) -> Settings {
        Settings { data_dir: self.0.join("data"), durable: false, max_connections: 20, extra: Vec::new() }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn ask(cluster: &Cluster, sql: &str) -> anyhow::Result<String> {
    let (client, connection) = tokio_postgres::connect(&cluster.url(SUPERUSER, "postgres"), tokio_postgres::NoTls).await?;
    let connection = tokio::spawn(connection);
    let row = client.query_one(sql, &[]).await?;
    drop(client);
    connection.await??;
    Ok(row.get(0))
}

#[tokio::test]
async fn a_cluster_keeps_its_data_over_restarts_and_knows_letters_beyond_ascii() -> anyhow::Result<()> {
    let folder = Folder::new("restart");
    let cluster = Cluster::start(folder.settings()).await?;
    ask(&cluster, "with made as (select lo_from_bytea(4711, 'kept')) select count(*)::text from made").await?;
    assert_eq!(ask(&cluster, "select lower('ÉLÈVE Ж')").await?, "élève ж");
    cluster.stop().await?;

    let cluster = Cluster::start(folder.settings()).await?;
    assert_eq!(ask(&cluster, "select convert_from(lo_get(4711), 'UTF8')").await?, "kept");
    cluster.stop().await
}

#[tokio::test]
async fn a_second_program_is_refused_and_told_who_has_the_folder() -> anyhow::Result<()> {
    let folder = Folder::new("lock");
    let cluster = Cluster::start(folder.settings()).await?;

    let refused = Cluster::start(folder.settings()).await.expect_err("the folder is in use").to_string();
    assert!(refused.contains(&format!("(process {})", std::process::id())), "{refused}");
    cluster.stop().await
}

#[tokio::test]
async fn postgresql_comes_back_at_the_same_address_after_it_was_killed() -> anyhow::Result<()> {
    let folder = Folder::new("killed");
    let cluster = Cluster::start(folder.settings()).await?;
    let first = cluster.pid().expect("it runs");

    Command::new("/bin/sh").args(["-c", &format!("kill -KILL {first}")]).status()?;
    let mut answer = None;
    for _ in 0..1000 {
        sleep(Duration::from_millis(20)).await;
        if cluster.pid().is_some_and(|it| it != first) {
            answer = ask(&cluster, "select 'back'").await.ok();
            break;
        }
    }
    assert_eq!(answer.as_deref(), Some("back"));
    cluster.stop().await
}

#[test]
fn a_socket_folder_is_encoded_for_a_url() {
    assert_eq!(percent_encoded("/tmp/a b"), "%2Ftmp%2Fa%20b");
}
