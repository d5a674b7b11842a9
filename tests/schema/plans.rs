//! How PostgreSQL looks rows up while a table has no statistics yet: in the first minutes of every new hotel.

use serde_json::Value;
use tokio_postgres::Client;

use super::catalog::{Catalog, ForeignKey};
use crate::support::database;

/// The index by which the check of a foreign key finds the row that is referred to.
async fn index_of_check(client: &Client, catalog: &Catalog, key: &ForeignKey) -> Option<String> {
    let value = |column: &String| match catalog.tables[&key.target][column].sql_type.as_str() {
        "date" => format!("{column} = date '2026-01-01'"),
        sql_type => format!("{column} = '1'::{sql_type}"),
    };
    let columns: Vec<_> = key.target_columns.iter().map(value).collect();
    let sql =
        format!("explain (format json) select 1 from only {} x where {} for key share of x", key.target, columns.join(" and "));
    let plan: Value = client.query_one(&sql, &[]).await.unwrap().get(0);
    plan[0]["Plan"]["Plans"][0]["Index Name"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_foreign_key_of_a_new_database_is_checked_by_a_key() {
    let client = database::connect(&database::create().await).await;
    let catalog = Catalog::read(&client).await;
    assert!(catalog.foreign_keys.len() > 80, "{}", catalog.foreign_keys.len());

    let mut wrong = Vec::new();
    for key in &catalog.foreign_keys {
        let used = index_of_check(&client, &catalog, key).await;
        let is_key = catalog
            .indexes_of(&key.target)
            .find(|i| Some(&i.name) == used.as_ref())
            .is_some_and(|i| i.is_unique && i.predicate.is_none() && i.columns.iter().all(|c| key.target_columns.contains(c)));
        if !is_key {
            wrong.push(format!("{} reads {} by {used:?}", key.name, key.target));
        }
    }
    assert!(wrong.is_empty(), "end the migration with `select pms_keys_before_indexes();`: {wrong:#?}");
}
