use std::{collections::BTreeMap, path::Path};

use oppsera_pms::db::STATEMENTS;

use crate::support::{database, database::as_server};

/// Statements that do not say `tenant_id = $1`, and why each may.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("BEGIN", "names no table"),
    ("BEGIN_READ", "names no table"),
    ("COMMIT", "names no table"),
    ("FIT_PLANS", "names no table"),
    ("SET_TENANT", "names no table"),
    ("INSERT_TENANT", "makes the tenant: its id is the first parameter"),
    ("FIND_TENANT", "asked by the owner, for whom the tenant is the answer"),
    ("TENANTS_WITH_EXPIRED_HOLDS", "a function of the owner, for which the tenants are the answer"),
    ("TENANTS_WITH_MAIL_DUE", "a function of the owner, for which the tenants are the answer"),
    ("TENANTS_WITH_PAYMENTS_DUE", "a function of the owner, for which the tenants are the answer"),
    ("PROPERTIES_TO_CLOSE", "a function of the owner, for which the tenants are the answer"),
    ("LOG_IN_TENANTS", "a function of the owner, for which the tenants are the answer"),
    ("MY_TENANT", "reads the tenant's own row by its id"),
    ("SCHEMA_VERSION", "names no table of tenants"),
    ("TENANTS_TO_PURGE", "a function of the owner, for which the tenants are the answer"),
];

/// Whether the statement is bound to the tenant that is its first parameter.
fn names_the_tenant(sql: &str) -> bool {
    let flat = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_insert_of_tenant = flat.starts_with("insert into") && flat.contains("(tenant_id,") && flat.contains("values ($1,");
    // Rows made from unnest are joined to the tenant's own row, so that row security sees them.
    let joins_the_tenant = flat.contains("pms_tenants t") && flat.contains("t.id = $1");
    flat.contains("tenant_id = $1") || is_insert_of_tenant || joins_the_tenant
}

#[tokio::test]
async fn every_statement_fits_the_schema_and_names_its_tenant() {
    let client = database::connect(&as_server(&database::create().await)).await;
    let mut wrong = Vec::new();
    for statement in STATEMENTS {
        let place = format!("{}::{}", statement.module, statement.name);
        if let Err(error) = client.prepare(statement.sql).await {
            wrong.push(format!("{place} does not prepare: {error:?}"));
        }
        let is_exception = EXCEPTIONS.iter().any(|(name, _)| *name == statement.name);
        match (names_the_tenant(statement.sql), is_exception) {
            (false, false) => wrong.push(format!("{place} does not say tenant_id = $1")),
            (true, true) => wrong.push(format!("{place} is an exception without need")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");

    let unused: Vec<_> = EXCEPTIONS.iter().filter(|(name, _)| !STATEMENTS.iter().any(|s| s.name == *name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The registry is filled by the linker: what it left out was never looked at above.
#[test]
fn the_registry_holds_every_statement_of_the_source() {
    let mut declared: BTreeMap<String, usize> = BTreeMap::new();
    count_declared(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(), &mut declared);
    let mut registered: BTreeMap<String, usize> = BTreeMap::new();
    for statement in STATEMENTS {
        *registered.entry(statement.name.to_string()).or_default() += 1;
    }
    assert_eq!(registered, declared);
}

fn count_declared(folder: &Path, declared: &mut BTreeMap<String, usize>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count_declared(&path, declared);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mut is_inside = false;
        for line in text.lines() {
            is_inside = (is_inside && line != "}") || line.ends_with("sql! {");
            let name = line.strip_prefix("    ").and_then(|l| l.split_once(" = ")).map(|(name, _)| name);
            let is_name = |n: &&str| n.len() > 1 && n.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
            if let (true, Some(name)) = (is_inside, name.filter(is_name)) {
                *declared.entry(name.to_string()).or_default() += 1;
            }
        }
    }
}
