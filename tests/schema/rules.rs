use std::collections::BTreeSet;

use super::{catalog::Catalog, seed};
use crate::support::database;

/// The one table whose key is a tenant and not of a tenant.
const TENANTS: &str = "pms_tenants";
const LONGEST_NAME: usize = 50;

async fn catalog() -> Catalog {
    let url = database::create().await;
    Catalog::read(&database::connect(&url).await).await
}

#[tokio::test]
async fn every_table_column_key_and_index_that_was_asked_for_exists() {
    let catalog = catalog().await;
    let wanted = seed::tables();
    assert_eq!(wanted.len(), 23);

    let mut missing = Vec::new();
    for table in &wanted {
        let Some(columns) = catalog.tables.get(table.name) else {
            missing.push(table.name.to_string());
            continue;
        };
        for want in &table.columns {
            let name = format!("{}.{}", table.name, want.name);
            let Some(column) = columns.get(&want.name) else {
                missing.push(name);
                continue;
            };
            if column.sql_type != want.sql_type || column.is_null != want.is_null {
                missing.push(format!("{name}: {want:?}, is {column:?}"));
            }
            let default = column.default.as_deref().map(|d| d.trim_end_matches("::text"));
            if want.default.is_some() && want.default.as_deref() != default {
                missing.push(format!("{name} = {:?}, is {default:?}", want.default));
            }
            if let Some(target) = &want.refers_to
                && !catalog
                    .foreign_keys
                    .iter()
                    .any(|f| f.table == table.name && f.target == *target && f.columns.last() == Some(&want.name))
            {
                missing.push(format!("{name} > {target}"));
            }
        }
        for columns in &table.unique {
            let is_there = catalog.indexes_of(table.name).any(|i| i.is_unique && i.predicate.is_none() && i.columns == *columns);
            if !is_there {
                missing.push(format!("{} unique {columns:?}", table.name));
            }
        }
        for columns in &table.indexes {
            if !catalog.indexes_of(table.name).any(|i| i.predicate.is_none() && i.columns.starts_with(columns)) {
                missing.push(format!("{} index {columns:?}", table.name));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[tokio::test]
async fn every_key_begins_with_the_tenant() {
    let catalog = catalog().await;
    let mut wrong = Vec::new();
    for (table, columns) in catalog.tables.iter().filter(|(name, _)| *name != TENANTS) {
        if columns.get("tenant_id").is_none_or(|c| c.is_null) {
            wrong.push(format!("{table} has no tenant_id, or one that may be null"));
        }
        let primary = catalog.indexes_of(table).find(|i| i.name == format!("{table}_pkey"));
        if primary.is_none() {
            wrong.push(format!("{table} has no primary key of its name"));
        }
        for index in catalog.indexes_of(table).filter(|i| i.is_unique || i.is_exclusion) {
            if index.columns[0] != "tenant_id" {
                wrong.push(format!("{} is unique over tenants", index.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_foreign_key_carries_tenant_and_property_and_has_its_index() {
    let catalog = catalog().await;
    assert!(catalog.foreign_keys.len() > 40);
    let mut wrong = Vec::new();
    for key in &catalog.foreign_keys {
        let tenant_of_target = if key.target == TENANTS { "id" } else { "tenant_id" };
        if key.columns[0] != "tenant_id" || key.target_columns[0] != tenant_of_target {
            wrong.push(format!("{} does not begin with the tenant", key.name));
        }
        let both = catalog.has_column(&key.table, "property_id") && catalog.has_column(&key.target, "property_id");
        let carries = |columns: &[String]| columns.get(1).is_some_and(|c| c == "property_id");
        if both && !(carries(&key.columns) && carries(&key.target_columns)) {
            wrong.push(format!("{} does not carry the property", key.name));
        }
        // No cascade of any kind: they would write rows that no use case knows of.
        if key.actions != "aa" {
            wrong.push(format!("{} acts by itself ({})", key.name, key.actions));
        }
        let columns: BTreeSet<&String> = key.columns.iter().collect();
        let not_null = |predicate: &str| key.columns.iter().any(|c| predicate == format!("({c} IS NOT NULL)"));
        let serves = |index: &super::catalog::Index| {
            index.columns.iter().take(columns.len()).collect::<BTreeSet<_>>() == columns
                && index.predicate.as_deref().is_none_or(not_null)
        };
        if !catalog.indexes_of(&key.table).any(serves) {
            wrong.push(format!("{} has no index that leads with its columns", key.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_constraint_and_index_has_a_name_that_tells_its_table() {
    let catalog = catalog().await;
    let indexes = catalog.indexes.iter().map(|i| (i.table.clone(), i.name.clone()));
    let mut wrong: Vec<_> = catalog.constraints.iter().cloned().chain(indexes).collect();
    assert!(wrong.len() > 150);
    wrong.retain(|(table, name)| !name.starts_with(&format!("{table}_")) || name.len() > LONGEST_NAME);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn nothing_acts_behind_the_use_cases() {
    let client = database::connect(&database::create().await).await;
    for (what, sql) in [
        ("triggers", "select tgname::text from pg_trigger where not tgisinternal"),
        ("rules", "select rulename::text from pg_rewrite r join pg_class c on c.oid = r.ev_class where c.relname like '%pms%'"),
        ("inheritance", "select inhrelid::regclass::text from pg_inherits where inhrelid::regclass::text like '%pms%'"),
        ("unlogged tables", "select relname::text from pg_class where relname like '%pms%' and relpersistence <> 'p'"),
        ("forced row security", "select relname::text from pg_class where relforcerowsecurity"),
    ] {
        // Partitioned indexes are no inheritance of tables; there are none of either.
        let found: Vec<String> = client.query(sql, &[]).await.unwrap().iter().map(|r| r.get(0)).collect();
        assert!(found.is_empty(), "{what}: {found:?}");
    }
}
