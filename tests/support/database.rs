//! A database for each test, cloned from a template that is migrated once.

use serde_json::Value;
use tokio_postgres::{Client, Config, NoTls};

fn admin_url() -> String {
    std::env::var("PMS_TEST_DATABASE_URL")
        .expect("PMS_TEST_DATABASE_URL: a superuser's URL. `make test` sets it, `scripts/with-postgres.sh` too")
}

pub async fn connect(url: &str) -> Client {
    let config: Config = url.parse().expect("a database URL");
    let (client, connection) = config.connect(NoTls).await.expect("PostgreSQL answers");
    tokio::spawn(connection);
    client
}

fn with_database(url: &str, database: &str) -> String {
    if !url.starts_with("postgres") {
        // Later words win.
        return format!("{url} dbname={database}");
    }
    let (head, query) = url.split_once('?').map_or((url, String::new()), |(head, query)| (head, format!("?{query}")));
    let (server, _) = head.rsplit_once('/').expect("postgres://host/database");
    format!("{server}/{database}{query}")
}

/// The same database as the server's role.
pub fn as_server(url: &str) -> String {
    match url.strip_prefix("postgresql://").or_else(|| url.strip_prefix("postgres://")) {
        None => format!("{url} user=pms_app"),
        Some(rest) => format!("postgres://pms_app@{}", rest.split_once('@').map_or(rest, |(_, host)| host)),
    }
}

/// Makes a database and answers its owner's URL.
pub async fn create() -> String {
    let admin = connect(&admin_url()).await;
    // Named by its migrations, so that a changed migration is never tested against an old template.
    let template = format!("pms_template_{:016x}", oppsera_pms::db::migrate::fingerprint());
    // One test migrates the template, the others wait.
    admin.execute("select pg_advisory_lock(7001)", &[]).await.unwrap();
    let there = admin.query_opt("select 1 from pg_database where datname = $1 and datistemplate", &[&template]).await.unwrap();
    if there.is_none() {
        admin.batch_execute(&format!("drop database if exists {template}")).await.unwrap();
        admin.batch_execute(&format!("create database {template}")).await.unwrap();
        oppsera_pms::db::migrate::migrate(&with_database(&admin_url(), &template)).await.unwrap();
        admin.batch_execute(&format!("alter database {template} is_template true")).await.unwrap();
    }
    let name = format!("pms_test_{}", hex::encode(oppsera_pms::kernel::clock::random_bytes::<8>()));
    admin.batch_execute(&format!("create database {name} template {template}")).await.unwrap();
    admin.execute("select pg_advisory_unlock(7001)", &[]).await.unwrap();
    with_database(&admin_url(), &name)
}

/// Makes a database that is not migrated, and answers its owner's URL.
pub async fn create_empty() -> String {
    let name = format!("pms_test_{}", hex::encode(oppsera_pms::kernel::clock::random_bytes::<8>()));
    connect(&admin_url()).await.batch_execute(&format!("create database {name} template template0")).await.unwrap();
    with_database(&admin_url(), &name)
}

/// One JSON column of each row.
pub async fn query(url: &str, sql: &str) -> Vec<Value> {
    let client = connect(url).await;
    client.query(sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e:?}")).iter().map(|row| row.get(0)).collect()
}

pub async fn execute(url: &str, sql: &str) {
    connect(url).await.batch_execute(sql).await.unwrap_or_else(|e| panic!("{sql}: {e:?}"));
}

pub async fn invariants(url: &str) -> Vec<String> {
    let client = connect(url).await;
    let findings = oppsera_pms::doctor::invariants(&client, None).await.expect("the invariants can be asked");
    findings.iter().map(ToString::to_string).collect()
}
