//! Guests over HTTP.

mod merge;
mod search;

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

/// Creates a guest of the first property; its id.
pub async fn guest(app: &TestApp, first: &str, last: &str, more: Value) -> String {
    app.post("/guests", body(first, last, more)).await.data()["id"].as_str().unwrap().to_string()
}

pub fn body(first: &str, last: &str, more: Value) -> Value {
    let mut body = json!({ "propertyId": PROPERTY, "firstName": first, "lastName": last });
    for (k, v) in more.as_object().into_iter().flatten() {
        body[k] = v.clone();
    }
    body
}

#[tokio::test]
async fn a_guest_is_created_read_changed_and_deactivated() {
    let app = TestApp::start().await;
    let more = json!({"email": " Ada@Example.COM ", "phone": "+44 20 7946 0958", "country": "GB", "language": "en", "notes": "Quiet room",
        "preferencesJson": {"pillow": "soft"}});
    let made = app.post("/guests", body("Ada", "Lovelace", more)).await;
    assert_eq!(made.status, 201);
    let made = made.data();
    assert_eq!(made["email"], "ada@example.com");
    assert_eq!(made["possibleDuplicates"], json!([]));
    let id = made["id"].as_str().unwrap();
    let path = format!("/guests/{id}");

    let read = app.get(&path).await;
    assert_eq!(read.headers["etag"], "\"1\"");
    assert_eq!(read.data()["preferencesJson"], json!({"pillow": "soft"}));
    let changed =
        app.patch(&path, json!({"version": 1, "firstName": "Augusta Ada", "notes": null, "country": "FR"})).await.data();
    assert_eq!(
        (&changed["firstName"], &changed["notes"], &changed["country"]),
        (&json!("Augusta Ada"), &Value::Null, &json!("FR"))
    );
    assert_eq!(changed["phone"], "+44 20 7946 0958");
    let stale = app.patch(&path, json!({"version": 1, "lastName": "King"})).await;
    assert_eq!(stale.refused(409, "CONCURRENCY_CONFLICT").body["error"]["facts"]["current"]["version"], 2);

    let gone = app.patch(&path, json!({"version": 2, "isActive": false})).await.data();
    assert_eq!(gone["isActive"], false);
    let shown = format!("/guests?propertyId={PROPERTY}");
    assert_eq!(app.get(&shown).await.data(), json!([]));
    assert_eq!(app.get(&format!("{shown}&isActive=false")).await.data()[0]["id"], id);
    assert_eq!(app.get(&format!("{shown}&q=lovelace")).await.data(), json!([]));

    // Every change is told once, with personal data masked.
    let audit = app.sql(&format!("select action, diff_json from pms_audit_log where entity_id = '{id}' order by id")).await;
    let actions: Vec<&str> = audit.iter().filter_map(|r| r["action"].as_str()).collect();
    assert_eq!(actions, ["CREATED", "CHANGED", "DEACTIVATED"]);
    assert!(!json!(audit).to_string().contains("Lovelace") && !json!(audit).to_string().contains("7946"));
}

#[tokio::test]
async fn bad_guests_are_refused_by_field() {
    let app = TestApp::start().await;
    let send = async |more: Value| app.post("/guests", body("Ada", "Lovelace", more)).await;

    send(json!({"lastName": "  "})).await.invalid("lastName");
    send(json!({"lastName": "x".repeat(201)})).await.invalid("lastName");
    send(json!({"lastName": "a\u{0}b"})).await.invalid("lastName");
    send(json!({"firstName": null})).await.invalid("firstName");
    send(json!({"email": "ada@nowhere"})).await.invalid("email");
    send(json!({"phone": "1".repeat(41)})).await.invalid("phone");
    send(json!({"notes": "n".repeat(4001)})).await.invalid("notes");
    send(json!({"country": "pt"})).await.invalid("country");
    send(json!({"country": "PRT"})).await.invalid("country");
    send(json!({"preferencesJson": [1]})).await.invalid("preferencesJson");
    send(json!({"age": 3})).await.invalid("age");
    send(json!({"propertyId": "0000000000000000000000PRP9"})).await.invalid("propertyId");
    let all = app.post("/guests", body("Ada", "", json!({"email": "x", "country": "x"}))).await;
    assert_eq!(all.body["error"]["details"].as_array().unwrap().len(), 3);
    assert_eq!(app.count("select count(*) from pms_guests").await, 0);

    // A person of one name.
    assert_eq!(app.post("/guests", body("", "Suharto", json!({}))).await.data()["firstName"], "");
    app.get("/guests").await.invalid("propertyId");
    app.get(&format!("/guests?propertyId={PROPERTY}&q=a&cursor=5b5d")).await.invalid("cursor");
    app.get(&format!("/guests?propertyId={PROPERTY}&limit=101")).await.invalid("limit");
}

#[tokio::test]
async fn the_list_is_paged_by_name() {
    let app = TestApp::start().await;
    for (first, last) in [("Zoe", "A|b"), ("Ada", "Ng"), ("Bob", "Ng"), ("Ada", "Ng"), ("", "Zed")] {
        guest(&app, first, last, json!({})).await;
    }
    let mut seen = Vec::new();
    let mut path = format!("/guests?propertyId={PROPERTY}&limit=2");
    loop {
        let page = app.get(&path).await;
        seen.extend(
            page.data().as_array().unwrap().iter().map(|g| format!("{} {}", g["lastName"], g["firstName"]).replace('"', "")),
        );
        assert_eq!(page.body["meta"]["hasMore"], json!(page.body["meta"]["cursor"].is_string()));
        let Some(cursor) = page.body["meta"]["cursor"].as_str() else { break };
        path = format!("/guests?propertyId={PROPERTY}&limit=2&cursor={cursor}");
    }
    assert_eq!(seen, ["A|b Zoe", "Ng Ada", "Ng Ada", "Ng Bob", "Zed "]);
}

#[tokio::test]
async fn a_likely_double_is_hinted_at_and_created_all_the_same() {
    let app = TestApp::start().await;
    let first = guest(&app, "José", "Álvarez", json!({"email": "jose@example.com", "phone": "+351 912 345 678"})).await;
    let hint = async |first: &str, last: &str, more: Value| {
        let made = app.post("/guests", body(first, last, more)).await;
        assert_eq!(made.status, 201);
        made.data()["possibleDuplicates"].clone()
    };

    let by_email = hint("J.", "A.", json!({"email": "JOSE@example.com"})).await;
    assert_eq!(by_email, json!([{"id": first, "firstName": "José", "lastName": "Álvarez", "reason": "SAME_EMAIL"}]));
    assert_eq!(hint("X", "Y", json!({"phone": "00351 (912) 345678"})).await, json!([]));
    assert_eq!(hint("X", "Z", json!({"phone": "+351-912-345-678"})).await[0]["reason"], "SAME_PHONE");
    let by_name = hint("JOSE", "alvarez", json!({})).await;
    assert_eq!((&by_name[0]["id"], &by_name[0]["reason"]), (&json!(first), &json!("SAME_NAME")));
    assert_eq!(hint("Josefa", "Alvares", json!({})).await, json!([]));

    // Neither another property's guests nor another tenant's are hinted at.
    assert_eq!(hint("José", "Álvarez", json!({"propertyId": OTHER_PROPERTY})).await, json!([]));
    let other = app.b(Method::POST, "/guests", body("José", "Álvarez", json!({"email": "jose@example.com"}))).await;
    assert_eq!(other.data()["possibleDuplicates"], json!([]));
}

#[tokio::test]
async fn tenants_and_roles_are_kept_apart() {
    let app = TestApp::start().await;
    let same = json!({"id": "01J9ZK3T5V8M2Q4R6X7Y9ABCDE"});
    let id = guest(&app, "Ada", "Lovelace", same.clone()).await;
    let path = format!("/guests/{id}");

    app.b(Method::GET, &path, Value::Null).await.refused(404, "NOT_FOUND");
    app.b(Method::GET, &format!("{path}/stays"), Value::Null).await.refused(404, "NOT_FOUND");
    app.b(Method::PATCH, &path, json!({"version": 1, "lastName": "X"})).await.refused(404, "NOT_FOUND");
    app.b(Method::POST, "/guests", body("Grace", "Hopper", same)).await.data();
    app.b(Method::PATCH, &path, json!({"version": 1, "lastName": "X"})).await.data();
    assert_eq!(app.get(&path).await.data()["lastName"], "Lovelace");

    for role in [Role::Revenue, Role::ReadOnly] {
        app.as_role(role, Method::GET, &path, Value::Null).await.data();
        app.as_role(role, Method::POST, "/guests", body("A", "B", json!({}))).await.refused(403, "AUTHORIZATION_DENIED");
        app.as_role(role, Method::PATCH, &path, json!({"version": 1})).await.refused(403, "AUTHORIZATION_DENIED");
        app.as_role(role, Method::POST, &format!("{path}/merge"), json!({})).await.refused(403, "AUTHORIZATION_DENIED");
    }
    app.as_role(Role::Housekeeping, Method::GET, &path, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    app.as_role(Role::FrontDesk, Method::PATCH, &path, json!({"version": 1, "phone": "12345"})).await.data();
}

#[tokio::test]
async fn a_repeated_request_creates_one_guest() {
    let app = TestApp::start().await;
    let key = app.a.key(Role::FrontDesk).to_string();
    let send = |last: &'static str| {
        let (app, key) = (&app, &key);
        async move { app.send(key, Method::POST, "/guests", &[("Idempotency-Key", "g-1")], body("Ada", last, json!({}))).await }
    };
    let (one, two) = (send("Lovelace").await, send("Lovelace").await);
    assert_eq!(one.data(), two.data());
    assert_eq!(two.headers["idempotency-replayed"], "true");
    send("Byron").await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(app.count("select count(*) from pms_guests").await, 1);
}
