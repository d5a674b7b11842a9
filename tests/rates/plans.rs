use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

fn new_plan(code: &str, more: Value) -> Value {
    let mut body = json!({"propertyId": PROPERTY, "code": code, "name": "Non-refundable"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn codes(plans: &Value) -> Vec<String> {
    plans.as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap().to_string()).collect()
}

#[tokio::test]
async fn a_rate_plan_is_made_read_changed_and_listed() {
    let app = TestApp::start().await;

    let made = app.post("/rate-plans", new_plan("NRF", json!({"description": "Paid at booking.", "currency": "USD"}))).await;
    assert_eq!(made.status, 201);
    let made = made.data();
    assert_eq!((&made["currency"], &made["isDefault"], &made["isActive"]), (&json!("USD"), &json!(false), &json!(true)));
    let path = format!("/rate-plans/{}", made["id"].as_str().unwrap());
    let read = app.get(&path).await;
    assert_eq!((read.data(), read.headers["etag"].to_str().unwrap()), (made, "\"1\""));

    let changed = app.patch(&path, json!({"version": 1, "name": "Saver", "description": null, "isActive": false})).await.data();
    assert_eq!((&changed["name"], &changed["description"], &changed["version"]), (&json!("Saver"), &Value::Null, &json!(2)));
    app.patch(&path, json!({"version": 1, "name": "Late"})).await.refused(409, "CONCURRENCY_CONFLICT");

    let list = async |filter: &str| app.get(&format!("/rate-plans?propertyId={PROPERTY}{filter}")).await;
    assert_eq!(codes(&list("&isActive=true").await.data()), ["BAR"]);
    assert_eq!(codes(&list("&isActive=false").await.data()), ["NRF"]);
    let first = list("&limit=1").await;
    assert_eq!(codes(&first.data()), ["BAR"]);
    assert_eq!(codes(&list(&format!("&cursor={}", first.body["meta"]["cursor"].as_str().unwrap())).await.data()), ["NRF"]);
    assert_eq!(app.count("select count(*) from pms_audit_log where entity_type = 'RATE_PLAN'").await, 2);
}

#[tokio::test]
async fn bad_rate_plans_are_refused_by_field() {
    let app = TestApp::start().await;
    let table = [
        ("code", json!({"code": ""})),
        ("code", json!({"code": "BAR"})),
        ("name", json!({"name": ""})),
        ("description", json!({"description": "x".repeat(4001)})),
        ("currency", json!({"currency": "EUR"})),
        ("currency", json!({"currency": "XAU"})),
        ("isDefault", json!({"isDefault": "yes"})),
        ("id", json!({"id": BAR})),
    ];
    for (field, wrong) in table {
        app.post("/rate-plans", new_plan("NRF", wrong)).await.invalid(field);
    }
    app.post("/rate-plans", new_plan("NRF", json!({"propertyId": room(999)}))).await.refused(404, "NOT_FOUND");
    let path = format!("/rate-plans/{BAR}");
    app.patch(&path, json!({"version": 1, "currency": "EUR"})).await.invalid("currency");
    app.patch(&path, json!({"version": 1, "code": "B R"})).await.invalid("code");
    app.get("/rate-plans").await.invalid("propertyId");
    assert_eq!(app.count("select count(*) from pms_rate_plans").await, 2);
    assert_eq!(app.count("select count(*) from pms_outbox").await, 0);
}

#[tokio::test]
async fn one_plan_is_the_default_and_it_is_active() {
    let app = TestApp::start().await;
    let bar = format!("/rate-plans/{BAR}");
    app.patch(&bar, json!({"version": 1, "isActive": false})).await.refused(409, "INVALID_STATUS_TRANSITION");

    // A new default takes it from the old one, and both changes are recorded.
    let new = app.post("/rate-plans", new_plan("NRF", json!({"isDefault": true}))).await.data();
    assert_eq!(new["isDefault"], true);
    let old = app.get(&bar).await.data();
    assert_eq!((&old["isDefault"], &old["version"]), (&json!(false), &json!(2)));
    assert_eq!(app.count("select count(*) from pms_outbox").await, 2);

    app.patch(&bar, json!({"version": 2, "isActive": false})).await.data();
    app.patch(&bar, json!({"version": 3, "isDefault": true})).await.refused(409, "INVALID_STATUS_TRANSITION");
    let back = app.patch(&bar, json!({"version": 3, "isActive": true, "isDefault": true})).await.data();
    assert_eq!((&back["isDefault"], &back["version"]), (&json!(true), &json!(4)));
    let new = app.get(&format!("/rate-plans/{}", new["id"].as_str().unwrap())).await.data();
    assert_eq!((&new["isDefault"], &new["version"]), (&json!(false), &json!(2)));
    assert_eq!(app.b(Method::GET, &bar, Value::Null).await.data()["version"], 1);
}

#[tokio::test]
async fn revenue_changes_plans_the_desk_sees_them_and_housekeeping_does_not() {
    let app = TestApp::start().await;
    let path = format!("/rate-plans/{BAR}");
    let made = app.as_role(Role::Revenue, Method::POST, "/rate-plans", new_plan("NRF", json!({}))).await.data();
    for role in [Role::FrontDesk, Role::ReadOnly] {
        app.as_role(role, Method::GET, &path, Value::Null).await.data();
    }
    for role in [Role::FrontDesk, Role::ReadOnly, Role::Housekeeping] {
        let change = json!({"version": 1, "name": "X"});
        app.as_role(role, Method::PATCH, &path, change).await.refused(403, "AUTHORIZATION_DENIED");
        app.as_role(role, Method::POST, "/rate-plans", new_plan("X", json!({}))).await.refused(403, "AUTHORIZATION_DENIED");
    }
    let hidden = app.as_role(Role::Housekeeping, Method::GET, &format!("/rate-plans?propertyId={PROPERTY}"), Value::Null).await;
    hidden.refused(403, "AUTHORIZATION_DENIED");
    let own = format!("/rate-plans/{}", made["id"].as_str().unwrap());
    app.b(Method::GET, &own, Value::Null).await.refused(404, "NOT_FOUND");
    app.b(Method::PATCH, &own, json!({"version": 1, "name": "X"})).await.refused(404, "NOT_FOUND");
}
