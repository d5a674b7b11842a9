//! What must hold of the database before a server answers: the schema is new enough, and row security binds the server's role.
//! A tenant boundary that the database does not enforce is no boundary, so there is no way around these checks.

use anyhow::{Context, bail, ensure};
use tokio_postgres::{Client, Config, NoTls, error::SqlState};

use super::migrate;

/// The oldest major version of PostgreSQL that the schema is made for.
pub const OLDEST_POSTGRESQL: i32 = 15;

/// Connects as the server would.
///
/// Errors: the database does not answer. The message names where it was looked for, never the password.
pub async fn connect(url: &str, setting: &str) -> anyhow::Result<Client> {
    let mut config: Config = url.parse().with_context(|| format!("setting {setting}: is not a PostgreSQL URL"))?;
    config.connect_timeout(std::time::Duration::from_secs(10)).application_name("pms");
    let place = format!("{} as {}", place_of(&config), config.get_user().unwrap_or("the user of this process"));
    let (client, connection) =
        config.connect(NoTls).await.with_context(|| format!("setting {setting}: cannot connect to {place}"))?;
    tokio::spawn(connection);
    Ok(client)
}

fn place_of(config: &Config) -> String {
    use tokio_postgres::config::Host;
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(path) => path.display().to_string(),
        })
        .collect();
    let ports: Vec<String> = config.get_ports().iter().map(ToString::to_string).collect();
    let port = if ports.is_empty() { "5432".to_string() } else { ports.join(",") };
    format!("database {} on {}:{port}", config.get_dbname().unwrap_or("(of the same name as the user)"), hosts.join(","))
}

/// Refuses a database that is not ready to be served.
///
/// Errors: which of the conditions does not hold, and what mends it.
pub async fn check(database_url: &str) -> anyhow::Result<()> {
    let client = connect(database_url, "database_url").await?;
    let version: i32 = client.query_one("select current_setting('server_version_num')::int", &[]).await?.get(0);
    ensure!(
        version / 10_000 >= OLDEST_POSTGRESQL,
        "PostgreSQL {OLDEST_POSTGRESQL} or newer is needed, this is {}",
        version / 10_000
    );
    check_schema(&client).await?;
    if let Some(why) = unbound(&client).await? {
        bail!("setting database_url: {why}");
    }
    Ok(())
}

async fn check_schema(client: &Client) -> anyhow::Result<()> {
    let newest = migrate::newest();
    let applied = match client.query_one("select max(version) from refinery_schema_history", &[]).await {
        Ok(row) => row.get::<_, Option<i32>>(0).unwrap_or(0),
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => 0,
        Err(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => bail!(
            "setting database_url: its role may not read the schema's version; connect as {}, or grant that role to it",
            migrate::SERVER_ROLE
        ),
        Err(error) => return Err(error).context("cannot read the schema's version"),
    };
    if applied < newest {
        bail!("the database has schema {applied} and this program needs {newest}: run `pms migrate`");
    }
    if applied > newest {
        tracing::warn!("the database has schema {applied}, newer than this program's {newest}: update the program");
    }
    Ok(())
}

/// Why row security would not bind the connected role; none when it does.
pub async fn unbound(client: &Client) -> anyhow::Result<Option<String>> {
    const MEND: &str = "connect as a role that owns nothing, such as pms_app, which `pms migrate` makes";
    let role = client
        .query_one("select current_user::text, rolsuper, rolbypassrls from pg_roles where rolname = current_user", &[])
        .await?;
    let name: String = role.get(0);
    if role.get(1) {
        return Ok(Some(format!("the role {name} is a superuser, so row security is void; {MEND}")));
    }
    if role.get(2) {
        return Ok(Some(format!(
            "the role {name} has BYPASSRLS, so row security is void; `alter role {name} nobypassrls`, or {MEND}"
        )));
    }
    // A member of the owning role is an owner as far as row security is concerned.
    let owned = client
        .query_opt(
            "select c.relname::text, pg_get_userbyid(c.relowner)::text from pg_class c
             where c.relkind in ('r', 'p') and (c.relname like 'pms\\_%' or c.relname like 'rm\\_pms\\_%')
               and pg_has_role(current_user, c.relowner, 'usage')
             order by c.relname limit 1",
            &[],
        )
        .await?;
    Ok(owned.map(|row| {
        let (table, owner): (String, String) = (row.get(0), row.get(1));
        if owner == name {
            format!("the role {name} owns {table}, so row security is void; {MEND}")
        } else {
            format!("the role {name} is a member of {owner}, which owns {table}, so row security is void; {MEND}")
        }
    }))
}

/// The same server and user, another database.
pub fn with_database(url: &str, database: &str) -> String {
    if !url.starts_with("postgres") {
        // Of words that are said twice, the last counts.
        return format!("{url} dbname={database}");
    }
    let (head, query) = url.split_once('?').map_or((url, String::new()), |(head, query)| (head, format!("?{query}")));
    let (server, _) = head.rsplit_once('/').unwrap_or((head, ""));
    format!("{server}/{database}{query}")
}
