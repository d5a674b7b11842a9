use std::collections::BTreeSet;

use crate::support::database;

fn is_ulid(text: &str) -> bool {
    let alphabet = |c: char| "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(c);
    text.len() == 26 && text.starts_with(|c| ('0'..='7').contains(&c)) && text.chars().all(alphabet)
}

#[tokio::test]
async fn ids_of_the_database_are_ulids_in_order() {
    let url = database::create().await;
    let client = database::connect(&url).await;

    let before = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as u64;
    let rows = client.query("select gen_ulid() from generate_series(1, 10000)", &[]).await.unwrap();
    let after = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as u64;

    let ids: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert!(ids.iter().all(|id| is_ulid(id)), "{:?}", ids.iter().find(|id| !is_ulid(id)));
    assert!(ids.is_sorted(), "in the order in which they were made");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 10_000, "no two are equal");
    let times: Vec<u64> = ids.iter().map(|id| ulid::Ulid::from_string(id).unwrap().timestamp_ms()).collect();
    assert!(times.iter().all(|t| (before..=after).contains(t)), "they tell when they were made");
}

#[tokio::test]
async fn ids_of_two_connections_are_in_the_order_of_their_making() {
    let url = database::create().await;
    let clients = [database::connect(&url).await, database::connect(&url).await];
    let mut ids = Vec::new();
    for n in 0..500 {
        ids.push(clients[n % 2].query_one("select gen_ulid()", &[]).await.unwrap().get::<_, String>(0));
    }
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");

    // At once, they may mix, but never collide.
    let many = "select gen_ulid() from generate_series(1, 5000)";
    let (a, b) = tokio::join!(clients[0].query(many, &[]), clients[1].query(many, &[]));
    let distinct: BTreeSet<String> = a.unwrap().iter().chain(&b.unwrap()).map(|row| row.get(0)).collect();
    assert_eq!(distinct.len(), 10_000);
}

#[tokio::test]
async fn a_gen_ulid_of_the_database_is_kept() {
    let url = database::create_empty().await;
    database::execute(&url, "create function gen_ulid() returns text language sql as $$ select 'theirs' $$").await;
    oppsera_pms::db::migrate::migrate(&url).await.unwrap();
    let client = database::connect(&url).await;
    assert_eq!(client.query_one("select gen_ulid()", &[]).await.unwrap().get::<_, String>(0), "theirs");
}
