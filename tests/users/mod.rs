//! Users, log-in and API keys over HTTP.

mod api_keys;
mod log_in;

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

pub const PASSWORD: &str = "correct horse battery";

pub fn user(email: &str, role: &str, more: Value) -> Value {
    let mut body = json!({ "email": email, "displayName": "Some One", "role": role, "password": PASSWORD });
    for (k, v) in more.as_object().into_iter().flatten() {
        body[k] = v.clone();
    }
    body
}

/// Adds a user to tenant A; the id.
pub async fn add(app: &TestApp, email: &str, role: &str, more: Value) -> String {
    app.post("/users", user(email, role, more)).await.data()["id"].as_str().unwrap().to_string()
}

#[tokio::test]
async fn a_user_is_added_read_changed_and_listed() {
    let app = TestApp::start().await;
    let made = app.post("/users", user(" Desk@Example.com ", "FRONT_DESK", json!({"locale": "pt"}))).await;
    assert_eq!(made.status, 201);
    let made = made.data();
    assert_eq!(
        (&made["email"], &made["locale"], &made["allProperties"]),
        (&json!("desk@example.com"), &json!("pt"), &json!(true))
    );
    let path = format!("/users/{}", made["id"].as_str().unwrap());

    let more = json!({"version": 1, "role": "REVENUE", "displayName": " Rev ", "propertyIds": [PROPERTY]});
    let changed = app.patch(&path, more).await.data();
    assert_eq!((&changed["role"], &changed["displayName"], &changed["version"]), (&json!("REVENUE"), &json!("Rev"), &json!(2)));
    assert_eq!((&changed["allProperties"], &changed["propertyIds"]), (&json!(false), &json!([PROPERTY])));
    assert_eq!(app.get(&path).await.data(), changed);
    let stale = app.patch(&path, json!({"version": 1, "locale": "de"})).await;
    assert_eq!(stale.refused(409, "CONCURRENCY_CONFLICT").body["error"]["facts"]["current"]["version"], 2);
    let all = app.patch(&path, json!({"version": 2, "allProperties": true})).await.data();
    assert_eq!((&all["allProperties"], &all["propertyIds"]), (&json!(true), &json!([])));

    add(&app, "a@example.com", "READ_ONLY", json!({})).await;
    let page = app.get("/users?limit=1").await;
    assert_eq!(page.data()[0]["email"], "a@example.com");
    let next = app.get(&format!("/users?limit=1&cursor={}", page.body["meta"]["cursor"].as_str().unwrap())).await;
    assert_eq!((&next.data()[0]["email"], &next.body["meta"]["hasMore"]), (&json!("desk@example.com"), &json!(false)));

    // Neither the hash nor the password is told or stored anywhere else.
    for text in [
        app.get("/users").await.body.to_string(),
        json!(app.sql("select diff_json from pms_audit_log").await).to_string(),
        json!(app.sql("select payload_json from pms_outbox").await).to_string(),
    ] {
        assert!(!text.contains("argon2") && !text.contains("horse") && !text.contains("password_hash"), "{text}");
    }
    assert_eq!(app.count("select count(*) from pms_users where password_hash like '$argon2id$%'").await, 2);
}

#[tokio::test]
async fn bad_users_are_refused_by_field() {
    let app = TestApp::start().await;
    let send = async |more: Value| app.post("/users", user("a@example.com", "MANAGER", more)).await;

    send(json!({"password": "short"})).await.invalid("password");
    send(json!({"password": "p".repeat(201)})).await.invalid("password");
    send(json!({"email": "nobody"})).await.invalid("email");
    send(json!({"displayName": " "})).await.invalid("displayName");
    send(json!({"role": "BOSS"})).await.invalid("role");
    send(json!({"locale": "x"})).await.invalid("locale");
    send(json!({"propertyIds": ["0000000000000000000000N0NE"]})).await.invalid("propertyIds");
    send(json!({"allProperties": true, "propertyIds": [PROPERTY]})).await.invalid("propertyIds");
    send(json!({"allProperties": false})).await.invalid("propertyIds");
    send(json!({"passwordHash": "x"})).await.invalid("passwordHash");
    assert_eq!(app.count("select count(*) from pms_users").await, 0);

    add(&app, "a@example.com", "READ_ONLY", json!({})).await;
    app.post("/users", user("A@Example.com", "READ_ONLY", json!({}))).await.invalid("email");
    app.get("/users?isActive=perhaps").await.refused(422, "VALIDATION_ERROR");
    app.get("/users/0000000000000000000000N0NE").await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn the_last_manager_stays() {
    let app = TestApp::start().await;
    let one = format!("/users/{}", add(&app, "one@example.com", "MANAGER", json!({})).await);

    app.patch(&one, json!({"version": 1, "isActive": false})).await.invalid("isActive");
    app.patch(&one, json!({"version": 1, "role": "FRONT_DESK"})).await.invalid("role");
    app.patch(&one, json!({"version": 1, "propertyIds": [PROPERTY]})).await.invalid("allProperties");
    // A manager of one property is none who could give rights back.
    add(&app, "part@example.com", "MANAGER", json!({"propertyIds": [PROPERTY]})).await;
    app.patch(&one, json!({"version": 1, "isActive": false})).await.invalid("isActive");
    // Nor does another tenant's manager count.
    app.b(Method::POST, "/users", user("two@example.com", "MANAGER", json!({}))).await.data();
    app.patch(&one, json!({"version": 1, "role": "READ_ONLY"})).await.invalid("role");

    let two = format!("/users/{}", add(&app, "two@example.com", "MANAGER", json!({})).await);
    // Both at once: one of them stays.
    let (a, b) = tokio::join!(
        app.patch(&one, json!({"version": 1, "role": "READ_ONLY"})),
        app.patch(&two, json!({"version": 1, "isActive": false}))
    );
    let mut states = [a.status, b.status];
    states.sort_unstable();
    assert_eq!(states, [200, 422]);
}

#[tokio::test]
async fn users_are_managed_by_managers_of_everything_in_their_tenant() {
    let app = TestApp::start().await;
    let same = json!({"id": "01J9ZK3T5V8M2Q4R6X7Y9ABCDE"});
    let path = format!("/users/{}", add(&app, "a@example.com", "READ_ONLY", same.clone()).await);
    app.b(Method::GET, &path, Value::Null).await.refused(404, "NOT_FOUND");
    app.b(Method::PATCH, &path, json!({"version": 1, "role": "MANAGER"})).await.refused(404, "NOT_FOUND");
    app.b(Method::POST, "/users", user("a@example.com", "MANAGER", same)).await.data();
    assert_eq!(app.get(&path).await.data()["role"], "READ_ONLY");

    for role in [Role::FrontDesk, Role::Housekeeping, Role::Revenue, Role::ReadOnly] {
        app.as_role(role, Method::GET, "/users", Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
        app.as_role(role, Method::POST, "/users", user("x@example.com", "MANAGER", json!({})))
            .await
            .refused(403, "AUTHORIZATION_DENIED");
        app.as_role(role, Method::PATCH, &path, json!({"version": 1})).await.refused(403, "AUTHORIZATION_DENIED");
        app.as_role(role, Method::POST, "/api-keys", json!({})).await.refused(403, "AUTHORIZATION_DENIED");
    }
    // A manager of one property could otherwise make a manager of all.
    let key = app.post("/api-keys", json!({"name": "k", "role": "MANAGER", "propertyId": PROPERTY})).await.data();
    let key = key["secret"].as_str().unwrap();
    for (method, path, body) in [
        (Method::GET, "/users", Value::Null),
        (Method::POST, "/users", user("x@example.com", "MANAGER", json!({}))),
        (Method::PATCH, path.as_str(), json!({"version": 1, "role": "MANAGER"})),
        (Method::POST, "/api-keys", json!({"name": "k", "role": "MANAGER"})),
        (Method::GET, "/api-keys", Value::Null),
    ] {
        app.send(key, method, path, &[], body).await.refused(403, "AUTHORIZATION_DENIED");
    }
}

#[tokio::test]
async fn a_repeated_request_adds_one_user() {
    let app = TestApp::start().await;
    let key = app.a.key(Role::Manager).to_string();
    let send = async |email: &str| {
        app.send(&key, Method::POST, "/users", &[("Idempotency-Key", "u-1")], user(email, "READ_ONLY", json!({}))).await
    };
    let (one, two) = (send("a@example.com").await, send("a@example.com").await);
    assert_eq!(one.data(), two.data());
    send("b@example.com").await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(app.count("select count(*) from pms_users").await, 1);
}
