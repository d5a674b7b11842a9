use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{body, change};
use crate::support::{sound::assert_sound, *};

/// Eight clients set and clear overlapping ranges while others book: each date has one row, and each row what one of them said.
#[tokio::test]
async fn many_set_restrictions_while_others_book() {
    let app = TestApp::with_pool(8).await;
    let day = |n: usize| format!("2027-03-{:02}", 1 + n % 28);
    let setter = |client: usize| {
        let app = &app;
        async move {
            for round in 0..6 {
                let from = (client * 3 + round * 5) % 20;
                let whom = if client.is_multiple_of(2) { json!({}) } else { json!({"roomTypeId": STD}) };
                let set = if round == 3 {
                    json!({"isClosed": null, "minStayArrival": null})
                } else {
                    json!({"isClosed": round % 2 == 0, "minStayArrival": 1 + client})
                };
                app.put("/restrictions", body(&[change(whom, &day(from), &day(from + 1 + client), set)])).await.data();
            }
        }
    };
    let booker = |client: usize| {
        let app = &app;
        async move {
            for round in 0..6 {
                let from = (client + round * 4) % 24;
                let answer = app.book(&day(from), &day(from + 3), json!({})).await;
                if answer.status >= 300 {
                    assert!(["RESTRICTION_VIOLATED", "NO_AVAILABILITY"].contains(&answer.code()), "{}", answer.body);
                }
            }
        }
    };
    let setters = join_all((0..8).map(setter));
    let bookers = join_all((0..8).map(booker));
    futures_util::join!(setters, bookers);

    let twice: Vec<Value> = app
        .sql("select date from pms_restrictions group by tenant_id, property_id, date, coalesce(rate_plan_id, ''), coalesce(room_type_id, '') having count(*) > 1")
        .await;
    assert!(twice.is_empty(), "{twice:?}");
    let silent = "select count(*) from pms_restrictions where is_closed is null and min_stay_arrival is null";
    assert_eq!(app.count(silent).await, 0);
    assert_eq!(app.count("select count(*) from pms_outbox where event_type = 'pms.property.restrictions_set.v1'").await, 48);
    assert_sound(&app).await;
}
