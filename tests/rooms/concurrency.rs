use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn ten_clients_make_the_same_room_number() {
    let app = TestApp::start().await;
    let make = || app.post("/rooms", json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": "106"}));
    let answers = join_all((0..10).map(|_| make())).await;

    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    for answer in answers.iter().filter(|a| a.status != 201) {
        answer.invalid("roomNumber");
    }
    assert_eq!(app.count("select count(*) from pms_rooms where room_number = '106'").await, 1);
}

#[tokio::test]
async fn rooms_open_close_and_change_their_type_at_once() {
    let app = TestApp::with_pool(8).await;
    let work = |n: u32| {
        let app = &app;
        async move {
            let path = format!("/rooms/{}", room(101 + n % 5));
            let (mut done, mut version) = (0, 1);
            for round in 0..8 {
                let body = match (n + round) % 4 {
                    0 => json!({"version": version, "isActive": round % 2 == 0}),
                    1 => json!({"version": version, "roomTypeId": if round % 2 == 0 { SUITE } else { STD }}),
                    2 => json!({"version": version, "name": format!("{n}-{round}")}),
                    _ => {
                        let new = json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": format!("N{n}-{round}")});
                        app.post("/rooms", new).await.data();
                        continue;
                    }
                };
                let answer = app.patch(&path, body).await;
                match answer.status {
                    200 => {
                        done += 1;
                        version = answer.data()["version"].as_i64().unwrap();
                    }
                    _ => {
                        let facts = &answer.refused(409, "CONCURRENCY_CONFLICT").body["error"]["facts"];
                        version = facts["current"]["version"].as_i64().unwrap_or_else(|| panic!("lost a lock: {}", answer.body));
                    }
                }
            }
            done
        }
    };
    let done: i64 = join_all((0..10).map(work)).await.into_iter().sum();
    assert!(done >= 10, "every client got through at least once: {done}");

    let grown = format!(
        "select sum(version) - 8 from pms_rooms where id like '%R___' and property_id = '{PROPERTY}' and tenant_id = '{}'",
        app.a.id
    );
    assert_eq!(app.count(&grown).await, done);
    assert_eq!(app.count("select count(*) from pms_outbox where event_type = 'pms.room.changed.v1'").await, done);
    assert_eq!(app.b(Method::GET, &format!("/rooms/{}", room(101)), Value::Null).await.data()["version"], 1);
}
