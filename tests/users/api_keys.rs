use std::time::Duration;

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn a_key_is_made_used_and_revoked() {
    let app = TestApp::start().await;
    let made = app.post("/api-keys", json!({"name": " Channel ", "role": "REVENUE", "propertyId": PROPERTY})).await;
    assert_eq!(made.status, 201);
    let made = made.data();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with(made["keyPrefix"].as_str().unwrap()) && made["keyPrefix"].as_str().unwrap().len() < 40);
    assert_eq!(made["name"], "Channel");

    let me = app.send(secret, Method::GET, "/me", &[], Value::Null).await.data();
    assert_eq!((&me["name"], &me["role"], &me["allProperties"]), (&json!("Channel"), &json!("REVENUE"), &json!(false)));
    assert_eq!(me["properties"].as_array().unwrap().len(), 1);
    app.send(secret, Method::GET, &format!("/guests?propertyId={OTHER_PROPERTY}"), &[], Value::Null)
        .await
        .refused(404, "NOT_FOUND");

    // The secret is told once and stored nowhere.
    let path = format!("/api-keys/{}", made["id"].as_str().unwrap());
    let read = app.get(&path).await.data();
    assert!(read.get("secret").is_none() && read["revokedAt"].is_null());
    let hidden = secret.rsplit('_').next().unwrap();
    for table in ["pms_api_keys", "pms_audit_log", "pms_outbox", "pms_idempotency_keys"] {
        assert_eq!(app.count(&format!("select count(*) from {table} t where t::text like '%{hidden}%'")).await, 0, "{table}");
    }

    let revoked = app.delete(&path).await.data();
    assert!(revoked["revokedAt"].is_string());
    app.send(secret, Method::GET, "/me", &[], Value::Null).await.refused(401, "UNAUTHENTICATED");
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(app.delete(&path).await.data(), revoked);
    assert_eq!(app.count("select count(*) from pms_audit_log where action = 'REVOKED'").await, 1);
}

#[tokio::test]
async fn a_repeated_request_makes_one_key_and_tells_its_secret_once() {
    let app = TestApp::start().await;
    let key = app.a.key(Role::Manager).to_string();
    let send = async || {
        let body = json!({"name": "Once", "role": "READ_ONLY"});
        app.send(&key, Method::POST, "/api-keys", &[("Idempotency-Key", "k-1")], body).await
    };
    let (one, two) = (send().await.data(), send().await);
    assert_eq!(two.headers["idempotency-replayed"], "true");
    assert_eq!((&one["id"], &two.data()["secret"]), (&two.data()["id"], &Value::Null));
    let hidden = one["secret"].as_str().unwrap().rsplit('_').next().unwrap().to_string();
    assert_eq!(app.count(&format!("select count(*) from pms_idempotency_keys t where t::text like '%{hidden}%'")).await, 0);
}

#[tokio::test]
async fn keys_run_out_and_are_listed() {
    let app = TestApp::start().await;
    app.post("/api-keys", json!({"name": "Past", "role": "READ_ONLY", "expiresAt": "2027-02-01T11:00:00Z"}))
        .await
        .invalid("expiresAt");
    app.post("/api-keys", json!({"name": "", "role": "READ_ONLY"})).await.invalid("name");
    app.post("/api-keys", json!({"name": "k", "role": "GUEST"})).await.invalid("role");
    app.post("/api-keys", json!({"name": "k", "role": "READ_ONLY", "expiresAt": "soon"})).await.invalid("expiresAt");
    let nowhere = json!({"name": "k", "role": "READ_ONLY", "propertyId": "0000000000000000000000N0NE"});
    app.post("/api-keys", nowhere).await.invalid("propertyId");

    let made =
        app.post("/api-keys", json!({"name": "Day", "role": "READ_ONLY", "expiresAt": "2027-02-02T12:00:00Z"})).await.data();
    let secret = made["secret"].as_str().unwrap();
    app.send(secret, Method::GET, "/me", &[], Value::Null).await.data();
    app.clock.advance(Duration::from_secs(24 * 3600));
    app.send(secret, Method::GET, "/me", &[], Value::Null).await.refused(401, "UNAUTHENTICATED");

    // The fixture's five and this one, newest first.
    let first = app.get("/api-keys?limit=4").await;
    assert_eq!(first.data()[0]["id"], made["id"]);
    let rest = app.get(&format!("/api-keys?limit=4&cursor={}", first.body["meta"]["cursor"].as_str().unwrap())).await;
    assert_eq!((rest.data().as_array().unwrap().len(), &rest.body["meta"]["hasMore"]), (2, &json!(false)));
    assert!(!first.body.to_string().contains("hash"));
    let path = format!("/api-keys/{}", made["id"].as_str().unwrap());
    app.b(Method::GET, &path, Value::Null).await.refused(404, "NOT_FOUND");
    app.b(Method::DELETE, &path, Value::Null).await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_api_keys where revoked_at is not null").await, 0);
}
