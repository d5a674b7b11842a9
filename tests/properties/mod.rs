use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn a_property_is_opened_read_changed_and_listed() {
    let app = TestApp::start().await;

    let made = app.post("/properties", json!({"name": "Quay House", "timezone": "Europe/Lisbon", "currency": "EUR"})).await;
    assert_eq!(made.status, 201);
    let id = made.data()["id"].as_str().unwrap().to_string();
    let changed = app.patch(&format!("/properties/{id}"), json!({"name": "Quay House 2", "version": 1})).await.data();
    assert_eq!((changed["name"].as_str(), changed["version"].as_i64()), (Some("Quay House 2"), Some(2)));
    app.patch(&format!("/properties/{id}"), json!({"name": "Late", "version": 1})).await.refused(409, "CONCURRENCY_CONFLICT");
    assert_eq!(app.get(&format!("/properties/{id}")).await.data()["currency"], "EUR");
    let names: Vec<_> =
        app.get("/properties?limit=2").await.data().as_array().unwrap().iter().map(|p| p["name"].clone()).collect();
    assert_eq!(names, ["Grand Test", "Other Test"]);

    // The other tenant does not see it.
    app.b(Method::GET, &format!("/properties/{id}"), json!(null)).await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_audit_log where entity_type = 'PROPERTY'").await, 2);
    assert_eq!(app.count("select max(sequence) from pms_outbox").await, 2);
}

#[tokio::test]
async fn bad_properties_are_refused_by_field() {
    let app = TestApp::start().await;
    let good = json!({"name": "X", "timezone": "Europe/Lisbon"});
    let with = |field: &str, value: serde_json::Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    app.post("/properties", with("timezone", json!("Mars/Olympus"))).await.invalid("timezone");
    app.post("/properties", with("currency", json!("XAU"))).await.invalid("currency");
    app.post("/properties", with("name", json!(""))).await.invalid("name");
    app.post("/properties", with("name", json!("a\u{0}b"))).await.invalid("name");
    app.post("/properties", with("colour", json!("red"))).await.invalid("colour");
    app.post("/properties", with("businessDate", json!("2027-02-31"))).await.invalid("businessDate");
    app.post("/properties", with("holdMinutes", json!("x"))).await.invalid("holdMinutes");
    app.post("/properties", json!({})).await.invalid("name");
    app.get("/properties/nonsense").await.invalid("path");
    app.get("/properties?cursor=zz").await.invalid("cursor");
    app.get("/properties?limit=0").await.invalid("limit");
    assert_eq!(app.count("select count(*) from pms_properties").await, 4);
}

#[tokio::test]
async fn a_key_used_twice_gets_one_answer() {
    let app = TestApp::start().await;
    let key = app.a.key(oppsera_pms::http::permission::Role::Manager).to_string();
    let body = json!({"name": "Once", "timezone": "Europe/Lisbon"});
    let send = |body: serde_json::Value| app.send(&key, Method::POST, "/properties", &[("Idempotency-Key", "k-1")], body);

    let (first, second) = (send(body.clone()).await, send(body.clone()).await);
    assert_eq!(first.data(), second.data());
    assert_eq!(second.headers["idempotency-replayed"], "true");
    send(json!({"name": "Other", "timezone": "Europe/Lisbon"})).await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(app.count("select count(*) from pms_properties where name = 'Once'").await, 1);
}
