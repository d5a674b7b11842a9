//! The database itself: version, extensions, roles, schema, row security.

use tokio_postgres::Client;

use super::{Check, Patient};
use crate::db::{migrate, readiness};

pub(super) const SCHEMA: &str = "schema";
const EXTENSIONS: [&str; 3] = ["btree_gist", "btree_gin", "pg_trgm"];
/// Connections that PostgreSQL keeps for superusers, and some for people who look after it.
const CONNECTIONS_FOR_OTHERS: i32 = 8;

pub(super) async fn examine(patient: &Patient<'_>, told: &mut impl FnMut(&Check)) -> anyhow::Result<Vec<Check>> {
    let owner = patient.owner;
    let mut checks = Vec::new();
    let mut done = |check: Check| {
        told(&check);
        checks.push(check);
    };
    done(version(owner).await?);
    done(connections(owner, patient.pool_size).await?);
    done(extensions(owner).await?);
    done(schema(owner).await?);
    done(owner_role(owner).await?);
    done(server_role(owner).await?);
    if let Some(server) = patient.server {
        done(server_login(server).await?);
    }
    done(row_security(owner).await?);
    Ok(checks)
}

async fn text(client: &Client, sql: &str) -> anyhow::Result<String> {
    Ok(client.query_one(sql, &[]).await?.get(0))
}

async fn texts(client: &Client, sql: &str) -> anyhow::Result<Vec<String>> {
    Ok(client.query(sql, &[]).await?.iter().map(|row| row.get(0)).collect())
}

async fn version(client: &Client) -> anyhow::Result<Check> {
    let number: i32 = client.query_one("select current_setting('server_version_num')::int", &[]).await?.get(0);
    let said = text(client, "select current_setting('server_version')").await?;
    let encoding =
        text(client, "select pg_encoding_to_char(encoding) from pg_database where datname = current_database()").await?;
    if number / 10_000 < readiness::OLDEST_POSTGRESQL {
        let mend = format!("move to PostgreSQL {} or newer", readiness::OLDEST_POSTGRESQL);
        return Ok(Check::ill("version", format!("PostgreSQL {said}"), mend));
    }
    if encoding != "UTF8" {
        let mend = "make the database anew with encoding UTF8: names of guests come in every script";
        return Ok(Check::ill("version", format!("PostgreSQL {said}, encoding {encoding}"), mend));
    }
    Ok(Check::well("version", format!("PostgreSQL {said}, encoding {encoding}")))
}

async fn connections(client: &Client, pool_size: usize) -> anyhow::Result<Check> {
    let most: i32 = client.query_one("select current_setting('max_connections')::int", &[]).await?.get(0);
    let detail = format!("PostgreSQL takes {most}, the pool of one server {pool_size}");
    if pool_size as i64 + i64::from(CONNECTIONS_FOR_OTHERS) > i64::from(most) {
        let mend = format!("set pool_size to {} or less, or raise max_connections", (most - CONNECTIONS_FOR_OTHERS).max(1));
        return Ok(Check::ill("connections", detail, mend));
    }
    Ok(Check::well("connections", detail))
}

async fn extensions(client: &Client) -> anyhow::Result<Check> {
    let there = texts(client, "select extname::text from pg_extension").await?;
    let missing: Vec<&str> = EXTENSIONS.into_iter().filter(|name| !there.iter().any(|t| t == name)).collect();
    if missing.is_empty() {
        return Ok(Check::well("extensions", EXTENSIONS.join(", ")));
    }
    let create: Vec<String> = missing.iter().map(|name| format!("create extension {name}")).collect();
    let mend = format!("run `pms migrate`, or as a superuser: {} (package postgresql-contrib)", create.join("; "));
    Ok(Check::ill("extensions", format!("missing: {}", missing.join(", ")), mend))
}

async fn schema(client: &Client) -> anyhow::Result<Check> {
    let newest = migrate::newest();
    let there = text(client, "select coalesce(to_regclass('refinery_schema_history')::text, '')").await?;
    let applied = if there.is_empty() {
        0
    } else {
        client.query_one("select coalesce(max(version), 0) from refinery_schema_history", &[]).await?.get(0)
    };
    Ok(match applied {
        n if n == newest => Check::well(SCHEMA, format!("version {n}")),
        n if n < newest => Check::ill(SCHEMA, format!("version {n}, this program needs {newest}"), "run `pms migrate`"),
        n => Check::ill(SCHEMA, format!("version {n}, this program knows {newest}"), "update the program"),
    })
}

/// Row security must not hide from the doctor what is wrong.
async fn owner_role(client: &Client) -> anyhow::Result<Check> {
    let name = text(client, "select current_user::text").await?;
    let sees_all = text(
        client,
        "select (r.rolsuper or r.rolbypassrls or not exists (
           select from pg_class c where c.relkind = 'r' and c.relrowsecurity and not pg_has_role(current_user, c.relowner, 'usage')
         ))::text from pg_roles r where r.rolname = current_user",
    )
    .await?;
    if sees_all == "true" {
        return Ok(Check::well("owner", format!("the role {name} sees every row")));
    }
    let mend = "give owner_database_url the role that ran `pms migrate`";
    Ok(Check::ill("owner", format!("the role {name} does not own all tables: what follows says nothing"), mend))
}

/// The role as it stands in the catalog, whoever logs in as it.
async fn server_role(client: &Client) -> anyhow::Result<Check> {
    let role = migrate::SERVER_ROLE;
    let sql = "select rolsuper, rolbypassrls, rolcanlogin,
                 (select count(*) from pg_class c where c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'usage')
                    and (c.relname like 'pms\\_%' or c.relname like 'rm\\_pms\\_%'))
               from pg_roles r where rolname = $1";
    let Some(row) = client.query_opt(sql, &[&role]).await? else {
        return Ok(Check::ill("server role", format!("there is no role {role}"), "run `pms migrate`"));
    };
    let mut faults = Vec::new();
    let mut mend = Vec::new();
    if row.get(0) {
        faults.push(format!("{role} is a superuser"));
        mend.push(format!("alter role {role} nosuperuser"));
    }
    if row.get(1) {
        faults.push(format!("{role} has BYPASSRLS"));
        mend.push(format!("alter role {role} nobypassrls"));
    }
    if !row.get::<_, bool>(2) {
        faults.push(format!("{role} may not log in"));
        mend.push(format!("alter role {role} login"));
    }
    if row.get::<_, i64>(3) > 0 {
        faults.push(format!("{role} owns tables, or is a member of their owner"));
        mend.push(format!("alter table … owner to another role, and revoke that role from {role}"));
    }
    Ok(Check::judged("server role", &faults, format!("{role} owns nothing and is bound by row security"), mend.join("; ")))
}

async fn server_login(client: &Client) -> anyhow::Result<Check> {
    let name = text(client, "select current_user::text").await?;
    Ok(match readiness::unbound(client).await? {
        None => Check::well("server log-in", format!("database_url logs in as {name}, whom row security binds")),
        Some(why) => Check::ill("server log-in", why, "give database_url that role"),
    })
}

async fn row_security(client: &Client) -> anyhow::Result<Check> {
    let tables = "from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
                  and (c.relname like 'pms\\_%' or c.relname like 'rm\\_pms\\_%')";
    let count = text(client, &format!("select count(*)::text {tables}")).await?;
    let open = format!(
        "select c.relname::text, exists (select from pg_policy p where p.polrelid = c.oid) {tables} and not (c.relrowsecurity and exists (
           select from pg_policy p where p.polrelid = c.oid and pg_get_expr(p.polqual, c.oid) like '%app.tenant_id%'))
         order by 1"
    );
    let (mut open_tables, mut mend) = (Vec::new(), Vec::new());
    for row in client.query(&open, &[]).await? {
        let (table, has_policy): (String, bool) = (row.get(0), row.get(1));
        mend.push(if has_policy {
            format!("alter table {table} enable row level security")
        } else {
            format!("select pms_protect('{table}')")
        });
        open_tables.push(table);
    }
    Ok(Check::judged(
        "row security",
        &open_tables,
        format!("on all {count} tables"),
        format!("as the owner: {}", mend.join("; ")),
    ))
}
