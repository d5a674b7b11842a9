use tokio_postgres::{Client, error::SqlState};

use crate::support::{database, database::as_server, *};

async fn tables(client: &Client) -> Vec<String> {
    let sql = "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
               and relname <> 'refinery_schema_history' order by 1";
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn every_table_has_row_security_and_one_policy() {
    let client = database::connect(&database::create().await).await;
    let sql = "
        select c.relname::text, c.relrowsecurity,
          coalesce(array_agg(p.polname::text) filter (where p.oid is not null), '{}'),
          coalesce(array_agg(concat(p.polcmd, p.polpermissive, p.polroles::text, pg_get_expr(p.polqual, p.polrelid),
            pg_get_expr(p.polwithcheck, p.polrelid))) filter (where p.oid is not null), '{}')
        from pg_class c left join pg_policy p on p.polrelid = c.oid
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'refinery_schema_history'
        group by 1, 2 order by 1";
    let rows = client.query(sql, &[]).await.unwrap();
    assert!(rows.len() >= 30);
    for row in rows {
        let table: String = row.get(0);
        let column = if table == "pms_tenants" { "id" } else { "tenant_id" };
        let (is_on, names, rules): (bool, Vec<String>, Vec<String>) = (row.get(1), row.get(2), row.get(3));
        assert!(is_on, "{table} has no row security");
        assert_eq!(names, [format!("{table}_tenant")]);
        // For every command and role; the check of what is written is that of what is read.
        assert_eq!(rules, [format!("*t{{0}}({column} = current_setting('app.tenant_id'::text, true))")], "{table}");
    }
}

#[tokio::test]
async fn the_servers_role_owns_nothing_and_is_bound() {
    let url = database::create().await;
    let client = database::connect(&as_server(&url)).await;
    let row = client
        .query_one(
            "select current_user::text, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb,
               (select count(*) from pg_class where relowner = r.oid) + (select count(*) from pg_proc where proowner = r.oid)
                 + (select count(*) from pg_namespace where nspowner = r.oid)
             from pg_roles r where rolname = current_user",
            &[],
        )
        .await
        .unwrap();
    assert_eq!((row.get::<_, String>(0).as_str(), row.get::<_, bool>(1), row.get::<_, i64>(2)), ("pms_app", false, 0));
    assert_eq!(oppsera_pms::db::readiness::unbound(&client).await.unwrap(), None);
    let refused = client.batch_execute("create table mine (id int)").await.unwrap_err();
    assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
}

#[tokio::test]
async fn nobody_sees_or_writes_rows_of_another_tenant() {
    let app = TestApp::start().await;
    let owner = database::connect(&app.owner_url).await;
    let server = database::connect(&as_server(&app.owner_url)).await;
    let (a, b) = (app.a.id.to_string(), app.b.id.to_string());
    app.post("/properties", serde_json::json!({"name": "A", "timezone": "Europe/Lisbon"})).await.data();

    let mut with_rows = 0;
    for table in tables(&owner).await {
        let column = if table == "pms_tenants" { "id" } else { "tenant_id" };
        let all: i64 = owner.query_one(&format!("select count(*) from {table}"), &[]).await.unwrap().get(0);
        let own = format!("select count(*) from {table} where {column} = $1");
        let of_a: i64 = owner.query_one(&own, &[&a]).await.unwrap().get(0);
        with_rows += usize::from(all > of_a);

        let seen = format!("select count(*) from {table}");
        let without: i64 = server.query_one(&seen, &[]).await.unwrap().get(0);
        server.batch_execute(&format!("begin; select set_tenant('{a}')")).await.unwrap();
        let as_a: i64 = server.query_one(&seen, &[]).await.unwrap().get(0);
        let foreign: i64 = server.query_one(&own, &[&b]).await.unwrap().get(0);
        server.batch_execute("commit").await.unwrap();
        let afterwards: i64 = server.query_one(&seen, &[]).await.unwrap().get(0);
        assert_eq!((without, as_a, foreign, afterwards), (0, of_a, 0, 0), "{table}");
    }
    assert!(with_rows >= 6, "the other tenant has rows in few tables only: the test shows little");

    // Rows for another tenant are refused, and changes of them reach none.
    server.batch_execute(&format!("begin; select set_tenant('{a}')")).await.unwrap();
    let updated = server.execute("update pms_rooms set name = 'x' where tenant_id = $1", &[&b]).await.unwrap();
    let deleted = server.execute("delete from pms_rate_plan_prices where tenant_id = $1", &[&b]).await.unwrap();
    assert_eq!((updated, deleted), (0, 0));
    let stolen = server.execute("update pms_rooms set tenant_id = $1", &[&b]).await.unwrap_err();
    assert_eq!(stolen.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{stolen:?}");
    server.batch_execute("rollback").await.unwrap();
}

#[tokio::test]
async fn history_is_written_once() {
    let app = TestApp::start().await;
    let server = database::connect(&as_server(&app.owner_url)).await;
    let tenant = app.a.id;
    for sql in [
        "update pms_audit_log set action = 'x'",
        "delete from pms_audit_log",
        "update pms_room_status_log set note = 'x'",
        "delete from pms_room_status_log",
        "update pms_folio_entries set amount_cents = 0",
        "delete from pms_folio_entries",
        "truncate pms_audit_log",
        "insert into pms_tenants (id, slug, name, created_by, updated_by) values ('x', 'x', 'x', 'x', 'x')",
        "update pms_tenants set is_active = false",
    ] {
        server.batch_execute(&format!("begin; select set_tenant('{tenant}')")).await.unwrap();
        let refused = server.batch_execute(sql).await.unwrap_err();
        assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{sql}");
        server.batch_execute("rollback").await.unwrap();
    }
}
