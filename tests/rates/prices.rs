use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

fn prices() -> String {
    format!("/rate-plans/{BAR}/prices")
}

fn range(from: &str, to: &str, cents: Value) -> Value {
    json!({"roomTypeId": STD, "startDate": from, "endDate": to, "nightlyBaseCents": cents})
}

/// One word a night: the price in whole units, or `-`.
async fn drawn(app: &TestApp, start: &str, days: u32) -> String {
    let grid = app.get(&format!("{}?roomTypeId={STD}&start={start}&days={days}", prices())).await.data();
    let night = |n: &Value| n["nightlyBaseCents"].as_i64().map_or("-".to_string(), |c| (c / 100).to_string());
    grid.as_array().unwrap().iter().map(night).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_range_of_prices_splits_what_it_covers() {
    let app = TestApp::start().await;

    let set = app.put(&prices(), range("2027-03-03", "2027-03-05", json!(120_00))).await.data();
    assert_eq!(
        set["ranges"],
        json!([
            {"startDate": "2026-01-01", "endDate": "2027-03-03", "nightlyBaseCents": 100_00},
            {"startDate": "2027-03-03", "endDate": "2027-03-05", "nightlyBaseCents": 120_00},
            {"startDate": "2027-03-05", "endDate": "2030-01-01", "nightlyBaseCents": 100_00},
        ])
    );
    assert_eq!(drawn(&app, "2027-03-01", 6).await, "100 100 120 120 100 100");

    // 2027-03-01 is a Monday: the weekends of two weeks.
    let mut weekends = range("2027-03-01", "2027-03-15", json!(150_00));
    weekends["weekdays"] = json!([6, 7]);
    app.put(&prices(), weekends).await.data();
    assert_eq!(drawn(&app, "2027-03-01", 14).await, "100 100 120 120 100 150 150 100 100 100 100 100 150 150");
    app.put(&prices(), range("2027-03-02", "2027-03-04", Value::Null)).await.data();
    assert_eq!(drawn(&app, "2027-03-01", 5).await, "100 - - 120 100");

    // Set back to one price, it is one row again.
    app.put(&prices(), range("2027-03-01", "2027-03-15", json!(100_00))).await.data();
    let rows = format!("select count(*) from pms_rate_plan_prices where room_type_id = '{STD}' and tenant_id = '{}'", app.a.id);
    assert_eq!(app.count(&rows).await, 1);
    assert_eq!(app.count("select count(*) from pms_outbox where event_type = 'pms.rate_plan.prices_set.v1'").await, 4);

    // The other type of the plan, and the other tenant, are untouched.
    let all = app.get(&format!("{}?start=2027-03-01&days=2", prices())).await.data();
    let shown = |n: &Value| (n["date"].clone(), n["roomTypeId"].clone(), n["nightlyBaseCents"].clone());
    let shown: Vec<_> = all.as_array().unwrap().iter().map(shown).collect();
    let night = |date: &str, id: &str, cents: i64| (json!(date), json!(id), json!(cents));
    assert_eq!(
        shown,
        [
            night("2027-03-01", STD, 100_00),
            night("2027-03-02", STD, 100_00),
            night("2027-03-01", SUITE, 250_00),
            night("2027-03-02", SUITE, 250_00)
        ]
    );
    assert_eq!(app.count(&format!("select count(*) from pms_rate_plan_prices where tenant_id <> '{}'", app.a.id)).await, 2);
}

#[tokio::test]
async fn a_type_without_prices_has_nights_without_price() {
    let app = TestApp::start().await;
    app.put(&prices(), range("2029-12-30", "2030-01-03", json!(0))).await.data();
    app.put(&prices(), range("2030-01-05", "2030-01-06", json!(10_000_000_000_i64))).await.data();
    assert_eq!(drawn(&app, "2029-12-29", 9).await, "100 0 0 0 0 - - 100000000 -");
}

#[tokio::test]
async fn bad_prices_are_refused_by_field() {
    let app = TestApp::start().await;
    let good = range("2027-03-01", "2027-03-03", json!(1));
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    for (field, body) in [
        ("endDate", with("endDate", json!("2027-03-01"))),
        ("endDate", with("endDate", json!("2027-02-01"))),
        ("endDate", with("endDate", json!("2030-03-06"))),
        ("startDate", with("startDate", json!("2027-02-31"))),
        ("nightlyBaseCents", with("nightlyBaseCents", json!(-1))),
        ("nightlyBaseCents", with("nightlyBaseCents", json!(10_000_000_001_i64))),
        ("nightlyBaseCents", with("nightlyBaseCents", json!(1.5))),
        ("weekdays", with("weekdays", json!([]))),
        ("weekdays[1]", with("weekdays", json!([1, 8]))),
        ("weekdays[0]", with("weekdays", json!([0]))),
        ("roomTypeId", with("roomTypeId", json!(OTHER_TYPE))),
        ("roomTypeId", with("roomTypeId", json!(room(999)))),
        ("price", with("price", json!(1))),
    ] {
        app.put(&prices(), body).await.invalid(field);
    }
    // Clearing must be said: a forgotten price is no price.
    let forgotten = json!({"roomTypeId": STD, "startDate": "2027-03-01", "endDate": "2027-03-02"});
    app.put(&prices(), forgotten).await.invalid("nightlyBaseCents");
    let cleared_elsewhere =
        json!({"roomTypeId": OTHER_TYPE, "startDate": "2027-03-01", "endDate": "2027-03-02", "nightlyBaseCents": null});
    app.put(&prices(), cleared_elsewhere).await.invalid("roomTypeId");
    app.put(&format!("/rate-plans/{}/prices", room(999)), good.clone()).await.refused(404, "NOT_FOUND");
    app.as_role(Role::FrontDesk, Method::PUT, &prices(), good).await.refused(403, "AUTHORIZATION_DENIED");

    app.get(&format!("{}?start=2027-03-01&days=401", prices())).await.invalid("days");
    app.get(&format!("{}?start=2027-03-01&days=0", prices())).await.invalid("days");
    app.get(&format!("{}?days=1", prices())).await.invalid("start");
    app.get(&format!("{}?start=2027-03-01&days=1&roomTypeId={OTHER_TYPE}", prices())).await.invalid("roomTypeId");
    app.get(&format!("/rate-plans/{}/prices?start=2027-03-01&days=1", room(999))).await.refused(404, "NOT_FOUND");
    let path = format!("{}?start=2027-03-01&days=1", prices());
    app.as_role(Role::Housekeeping, Method::GET, &path, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    assert_eq!(app.count("select count(*) from pms_rate_plan_prices").await, 4);
    assert_eq!(app.count("select count(*) from pms_outbox").await, 0);
}

#[tokio::test]
async fn prices_set_twice_under_one_key_are_set_once() {
    let app = TestApp::start().await;
    let key = app.a.key(Role::Revenue).to_string();
    let send = |cents| {
        let body = range("2027-03-01", "2027-03-03", json!(cents));
        app.send(&key, Method::PUT, "/rate-plans/0000000000000000000000BAR0/prices", &[("Idempotency-Key", "p-1")], body)
    };
    let (first, second) = (send(5).await, send(5).await);
    assert_eq!((first.data(), second.headers["idempotency-replayed"].to_str().unwrap()), (second.data(), "true"));
    send(6).await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(app.count("select count(*) from pms_outbox").await, 1);
}
