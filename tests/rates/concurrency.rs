use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn twenty_clients_set_overlapping_prices() {
    let app = TestApp::with_pool(8).await;
    let day = |n: u32| format!("2027-{:02}-{:02}", 3 + n / 28, 1 + n % 28);
    let work = |client: u32| {
        let app = &app;
        async move {
            for round in 0..5 {
                let from = (client * 7 + round * 11) % 40;
                let mut body = json!({
                    "roomTypeId": if client.is_multiple_of(4) { SUITE } else { STD }, "startDate": day(from), "endDate": day(from + 5 + client),
                    "nightlyBaseCents": if round == 3 { Value::Null } else { json!(100 * i64::from(client % 3)) },
                });
                if round % 2 == 1 {
                    body["weekdays"] = json!([5, 6, 7]);
                }
                app.put(&format!("/rate-plans/{BAR}/prices"), body).await.data();
            }
        }
    };
    join_all((0..20).map(work)).await;

    let overlaps = "select count(*) from pms_rate_plan_prices a join pms_rate_plan_prices b
        on (a.tenant_id, a.rate_plan_id, a.room_type_id) = (b.tenant_id, b.rate_plan_id, b.room_type_id) and a.id < b.id
          and a.start_date < b.end_date and b.start_date < a.end_date";
    assert_eq!(app.count(overlaps).await, 0);
    let unjoined = "select count(*) from pms_rate_plan_prices a join pms_rate_plan_prices b
        on (a.tenant_id, a.rate_plan_id, a.room_type_id) = (b.tenant_id, b.rate_plan_id, b.room_type_id)
          and a.end_date = b.start_date and a.nightly_base_cents = b.nightly_base_cents";
    assert_eq!(app.count(unjoined).await, 0);
    assert_eq!(app.count("select count(*) from pms_outbox where event_type = 'pms.rate_plan.prices_set.v1'").await, 100);
    assert_eq!(app.count(&format!("select count(*) from pms_rate_plan_prices where tenant_id <> '{}'", app.a.id)).await, 2);
}

#[tokio::test]
async fn many_plans_want_to_be_the_default() {
    let app = TestApp::with_pool(8).await;
    let mut plans = vec![format!("/rate-plans/{BAR}")];
    for n in 0..5 {
        let body = json!({"propertyId": PROPERTY, "code": format!("P{n}"), "name": "Plan"});
        let made = app.post("/rate-plans", body).await.data();
        plans.push(format!("/rate-plans/{}", made["id"].as_str().unwrap()));
    }
    let want = |n: usize| {
        let (app, plans) = (&app, &plans);
        async move {
            let answer = if n % 4 == 3 {
                let body = json!({"propertyId": PROPERTY, "code": format!("N{n}"), "name": "Plan", "isDefault": true});
                app.post("/rate-plans", body).await
            } else {
                let path = &plans[n % plans.len()];
                let version = app.get(path).await.data()["version"].clone();
                app.patch(path, json!({"version": version, "isDefault": true})).await
            };
            // Whoever was overtaken is shown the present state; nobody loses a lock or meets a bare constraint.
            if answer.status >= 300 {
                let current = &answer.refused(409, "CONCURRENCY_CONFLICT").body["error"]["facts"]["current"];
                assert!(current["version"].is_i64(), "{}", answer.body);
            }
        }
    };
    join_all((0..20).map(want)).await;

    let defaults = format!("select count(*) from pms_rate_plans where is_default and tenant_id = '{}'", app.a.id);
    assert_eq!(app.count(&defaults).await, 1);
    let versions = format!("select sum(version) from pms_rate_plans where tenant_id = '{}'", app.a.id);
    // The plan of the fixture was not made by an event.
    let events = "select count(*) + 1 from pms_outbox where entity_type = 'RATE_PLAN'";
    assert_eq!(app.count(&versions).await, app.count(events).await);
}
