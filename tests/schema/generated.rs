//! What `make gen` writes is committed, is current, and does what it says.

use std::path::Path;

use oppsera_pms::{db::migrate, schema};
use tokio_postgres::Client;

use crate::support::database;

fn committed(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}

#[track_caller]
fn assert_current(path: &str, text: &str) {
    let committed = committed(path);
    let line = committed.lines().zip(text.lines()).take_while(|(a, b)| a == b).count() + 1;
    assert!(committed == text, "{path} is not current from line {line} on: run `make gen`");
}

#[tokio::test]
async fn the_written_schema_is_that_of_the_migrations() {
    assert_current("schema.sql", &schema::sql());
    let client = database::connect(&database::create().await).await;
    assert_current("docs/schema.md", &schema::markdown(&client).await.unwrap());
}

#[test]
fn the_written_document_is_that_of_the_routes() {
    let document = oppsera_pms::router::openapi_document().to_pretty_json().unwrap();
    assert_current("openapi.json", &(document + "\n"));
}

/// Everything that the two ways to the schema could do differently, as text in order.
async fn described(client: &Client) -> Vec<String> {
    const PARTS: [&str; 7] = [
        "select concat_ws(' ', 'column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated,
           pg_get_expr(adbin, adrelid))
         from pg_attribute join pg_class c on c.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and attnum > 0",
        "select concat_ws(' ', 'constraint', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)) from pg_constraint
         where connamespace = 'public'::regnamespace",
        "select concat('index ', pg_get_indexdef(indexrelid)) from pg_index join pg_class c on c.oid = indexrelid
         where c.relnamespace = 'public'::regnamespace",
        "select concat_ws(' ', 'function', proacl, pg_get_functiondef(oid)) from pg_proc
         where pronamespace = 'public'::regnamespace and prokind = 'f'
           and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')",
        "select concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polroles, pg_get_expr(polqual, polrelid)) from pg_policy",
        "select concat_ws(' ', 'table', relname, relrowsecurity, relforcerowsecurity, relacl, reloptions) from pg_class
         where relkind = 'r' and relnamespace = 'public'::regnamespace",
        "select concat_ws(' ', 'applied', version, name, checksum) from refinery_schema_history",
    ];
    let mut all = Vec::new();
    for part in PARTS {
        let rows = client.query(&format!("select x::text from ({part}) p (x) order by 1"), &[]).await.unwrap();
        assert!(!rows.is_empty(), "{part}");
        all.extend(rows.iter().map(|row| row.get::<_, String>(0)));
    }
    all
}

#[tokio::test]
async fn the_file_makes_the_same_database_as_the_migrations() {
    let from_file = database::create_empty().await;
    database::execute(&from_file, &schema::sql()).await;
    assert!(migrate::migrate(&from_file).await.unwrap().is_empty(), "the migrations go on from the file");

    let file = described(&database::connect(&from_file).await).await;
    let migrations = described(&database::connect(&database::create().await).await).await;
    assert!(file.len() > 500);
    for (a, b) in file.iter().zip(&migrations) {
        assert_eq!(a, b);
    }
    assert_eq!(file.len(), migrations.len());
}
