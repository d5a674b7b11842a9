use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

fn limit(from: &str, to: &str, rooms: Value) -> Value {
    json!({"roomTypeId": STD, "startDate": from, "endDate": to, "rooms": rooms})
}

/// One character a night of the standard type: the limit, with a `*` when the night has its own.
async fn drawn(app: &TestApp, start: &str, days: u32) -> String {
    let nights = app.get(&format!("/overbooking-limits?propertyId={PROPERTY}&start={start}&days={days}")).await.data();
    let night = |n: &Value| format!("{}{}", n["rooms"], if n["isDated"] == true { "*" } else { "" });
    nights.as_array().unwrap().iter().filter(|n| n["roomTypeId"] == STD).map(night).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn limits_are_set_by_night_over_the_standing_one() {
    let app = TestApp::start().await;
    app.patch(&format!("/room-types/{STD}"), json!({"version": 1, "overbookingLimit": 2})).await.data();
    assert_eq!(drawn(&app, "2027-03-01", 3).await, "2 2 2");

    let set = app.put("/overbooking-limits", limit("2027-03-02", "2027-03-05", json!(4))).await.data();
    assert_eq!(set, limit("2027-03-02", "2027-03-05", json!(4)));
    app.put("/overbooking-limits", limit("2027-03-03", "2027-03-04", json!(0))).await.data();
    assert_eq!(drawn(&app, "2027-03-01", 5).await, "2 4* 0* 4* 2");
    app.put("/overbooking-limits", limit("2027-03-03", "2027-03-10", Value::Null)).await.data();
    assert_eq!(drawn(&app, "2027-03-01", 5).await, "2 4* 2 2 2");

    let nights = app.get(&format!("/overbooking-limits?propertyId={PROPERTY}&start=2027-03-01&days=3")).await.data();
    assert_eq!(nights.as_array().unwrap().len(), 9);
    let diffs = app.sql("select diff_json -> 'overbookingLimits' as d from pms_audit_log where action = 'OVERBOOKING_SET' order by occurred_at, id").await;
    let night = |from: &str, to: &str, rooms: i32| json!({"startDate": from, "endDate": to, "rooms": rooms});
    assert_eq!(diffs[0]["d"], json!({"before": [], "after": [night("2027-03-02", "2027-03-05", 4)]}));
    assert_eq!(
        diffs[2]["d"],
        json!({"before": [night("2027-03-03", "2027-03-04", 0), night("2027-03-04", "2027-03-05", 4)], "after": []})
    );
    assert_eq!(app.count(&format!("select count(*) from pms_overbooking_limits where tenant_id <> '{}'", app.a.id)).await, 0);
}

#[tokio::test]
async fn bad_limits_are_refused_by_field_and_role() {
    let app = TestApp::start().await;
    for (field, body) in [
        ("endDate", limit("2027-03-02", "2027-03-02", json!(1))),
        ("endDate", limit("2027-03-02", "2030-03-07", json!(1))),
        ("rooms", limit("2027-03-02", "2027-03-03", json!(-1))),
        ("rooms", limit("2027-03-02", "2027-03-03", json!(10_001))),
        ("rooms", json!({"roomTypeId": STD, "startDate": "2027-03-02", "endDate": "2027-03-03"})),
        ("roomTypeId", json!({"roomTypeId": room(999), "startDate": "2027-03-02", "endDate": "2027-03-03", "rooms": 1})),
    ] {
        app.put("/overbooking-limits", body).await.invalid(field);
    }
    let good = limit("2027-03-02", "2027-03-03", json!(1));
    for role in [Role::FrontDesk, Role::Housekeeping, Role::ReadOnly] {
        app.as_role(role, Method::PUT, "/overbooking-limits", good.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    }
    let path = format!("/overbooking-limits?propertyId={PROPERTY}&start=2027-03-01&days=1");
    app.as_role(Role::Housekeeping, Method::GET, &path, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    app.get(&format!("/overbooking-limits?propertyId={PROPERTY}&start=2027-03-01&days=401")).await.invalid("days");
    app.get("/overbooking-limits?start=2027-03-01&days=1").await.invalid("propertyId");
    app.get(&format!("/overbooking-limits?propertyId={}&start=2027-03-01&days=1", room(999))).await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_overbooking_limits").await, 0);
    app.as_role(Role::Revenue, Method::PUT, "/overbooking-limits", good).await.data();
}
