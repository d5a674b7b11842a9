use std::time::Duration;

use serde_json::{Value, json};

use super::{PASSWORD, add, user};
use crate::support::*;

async fn log_in(app: &TestApp, email: &str, password: &str, more: Value) -> Answer {
    let mut body = json!({ "email": email, "password": password });
    for (k, v) in more.as_object().into_iter().flatten() {
        body[k] = v.clone();
    }
    plain(app, Method::POST, "/auth/login", &[], body).await
}

/// A request without an API key.
async fn plain(app: &TestApp, method: Method, path: &str, headers: &[(&str, &str)], body: Value) -> Answer {
    let mut request = app.http.request(method, format!("{}/api/v1/pms{path}", app.base));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if !body.is_null() {
        request = request.json(&body);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.json().await.unwrap_or(Value::Null) }
}

/// `pms_session=…` of an answer.
fn cookie(answer: &Answer) -> String {
    answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_string()
}

#[tokio::test]
async fn a_user_logs_in_works_and_logs_out() {
    let app = TestApp::start().await;
    let id = add(&app, "desk@example.com", "FRONT_DESK", json!({"propertyIds": [PROPERTY], "locale": "pt"})).await;

    let answer = log_in(&app, " Desk@Example.com", PASSWORD, json!({})).await;
    let me = answer.data();
    assert_eq!(
        (&me["id"], &me["kind"], &me["role"], &me["locale"]),
        (&json!(id), &json!("USER"), &json!("FRONT_DESK"), &json!("pt"))
    );
    assert!(me["permissions"].as_array().unwrap().contains(&json!("pms.front_desk.check_in")));
    let property = json!({"id": PROPERTY, "name": "Grand Test", "businessDate": "2027-02-01", "timezone": "America/New_York", "currency": "USD", "locale": "en",
        "sendsMail": false, "takesGatewayPayments": false});
    assert_eq!((&me["properties"], &me["allProperties"]), (&json!([property]), &json!(false)));
    let set = answer.headers["set-cookie"].to_str().unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(set.contains(part), "{part} not in {set}");
    }
    assert!(!set.contains("Secure"), "plain http in this test");

    let cookie = cookie(&answer);
    let with = [("cookie", cookie.as_str())];
    assert_eq!(plain(&app, Method::GET, "/me", &with, Value::Null).await.data(), me);
    plain(&app, Method::GET, &format!("/guests?propertyId={OTHER_PROPERTY}"), &with, Value::Null).await.refused(404, "NOT_FOUND");
    let guest = json!({"propertyId": PROPERTY, "lastName": "Doe"});
    let made = plain(&app, Method::POST, "/guests", &with, guest.clone()).await.data();
    assert_eq!(made["createdBy"], json!(id));
    // Another site's page makes the browser send it: the cookie does not count.
    let cross = [("cookie", cookie.as_str()), ("sec-fetch-site", "cross-site")];
    let older = [("cookie", cookie.as_str()), ("origin", "http://elsewhere.example")];
    plain(&app, Method::POST, "/guests", &older, guest.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    let ours = [("cookie", cookie.as_str()), ("origin", app.base.as_str())];
    plain(&app, Method::POST, "/guests", &ours, json!({"propertyId": PROPERTY, "lastName": "Roe"})).await.data();
    plain(&app, Method::POST, "/guests", &cross, guest).await.refused(403, "AUTHORIZATION_DENIED");
    plain(&app, Method::POST, "/auth/logout", &cross, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");

    let out = plain(&app, Method::POST, "/auth/logout", &with, Value::Null).await;
    assert_eq!(out.status, 204);
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("pms_session=; Path=/; Max-Age=0"));
    plain(&app, Method::GET, "/me", &with, Value::Null).await.refused(401, "UNAUTHENTICATED");
    assert_eq!(plain(&app, Method::POST, "/auth/logout", &with, Value::Null).await.status, 204);
    assert_eq!(plain(&app, Method::POST, "/auth/logout", &[], Value::Null).await.status, 204);
    assert_eq!(app.count("select count(*) from pms_sessions").await, 0);
    let told = app.sql("select action from pms_audit_log where entity_type = 'SESSION' order by id").await;
    assert_eq!(told, [json!({"action": "OPENED"}), json!({"action": "CLOSED"})]);
}

#[tokio::test]
async fn every_failure_says_the_same() {
    let app = TestApp::start().await;
    let id = add(&app, "gone@example.com", "READ_ONLY", json!({})).await;
    add(&app, "here@example.com", "READ_ONLY", json!({})).await;
    app.patch(&format!("/users/{id}"), json!({"version": 1, "isActive": false})).await.data();

    let mut said = Vec::new();
    for (email, password, more) in [
        ("here@example.com", "wrong horse battery", json!({})),
        ("here@example.com", PASSWORD, json!({"tenant": "nowhere"})),
        ("gone@example.com", PASSWORD, json!({})),
        ("nobody@example.com", PASSWORD, json!({})),
        ("not an address", "x", json!({})),
    ] {
        let answer = log_in(&app, email, password, more).await;
        answer.refused(401, "UNAUTHENTICATED");
        assert!(answer.headers.get("set-cookie").is_none());
        said.push(answer.body["error"]["message"].clone());
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    log_in(&app, "", "x", json!({})).await.invalid("email");
    log_in(&app, "a@b.co", &"x".repeat(201), json!({})).await.invalid("password");
    log_in(&app, "a@b.co", "x", json!({"remember": true})).await.invalid("remember");
    let cross = [("sec-fetch-site", "cross-site")];
    let body = json!({"email": "here@example.com", "password": PASSWORD});
    plain(&app, Method::POST, "/auth/login", &cross, body).await.refused(403, "AUTHORIZATION_DENIED");
}

#[tokio::test]
async fn one_email_in_two_tenants_leads_to_its_own() {
    let app = TestApp::start().await;
    add(&app, "ada@example.com", "READ_ONLY", json!({})).await;
    let other = user("ada@example.com", "MANAGER", json!({"password": "another password"}));
    app.b(Method::POST, "/users", other).await.data();

    assert_eq!(log_in(&app, "ada@example.com", PASSWORD, json!({})).await.data()["tenant"]["id"], json!(app.a.id));
    let in_b = log_in(&app, "ada@example.com", "another password", json!({})).await;
    assert_eq!((&in_b.data()["tenant"]["id"], &in_b.data()["role"]), (&json!(app.b.id), &json!("MANAGER")));
    log_in(&app, "ada@example.com", "another password", json!({"tenant": app.a.id})).await.refused(401, "UNAUTHENTICATED");

    // The same password in both: who knows it is asked which one is meant.
    let same = user("both@example.com", "READ_ONLY", json!({}));
    app.post("/users", same.clone()).await.data();
    app.b(Method::POST, "/users", same).await.data();
    let asked = log_in(&app, "both@example.com", PASSWORD, json!({})).await;
    asked.invalid("tenant");
    let slugs = asked.body["error"]["facts"]["tenants"].clone();
    assert_eq!(slugs.as_array().unwrap().len(), 2);
    let one = log_in(&app, "both@example.com", PASSWORD, json!({"tenant": slugs[1]})).await.data();
    assert_eq!(one["tenant"]["slug"], slugs[1]);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_success_is_not() {
    let app = TestApp::start().await;
    add(&app, "desk@example.com", "FRONT_DESK", json!({})).await;
    add(&app, "busy@example.com", "FRONT_DESK", json!({})).await;

    for _ in 0..10 {
        log_in(&app, "desk@example.com", "wrong horse battery", json!({})).await.refused(401, "UNAUTHENTICATED");
    }
    let eleventh = log_in(&app, "DESK@example.com", "wrong horse battery", json!({})).await;
    assert_eq!(eleventh.refused(429, "RATE_LIMITED").headers["retry-after"], "900");
    // Unknown addresses are counted alike, or the limit would tell who is known.
    for _ in 0..10 {
        log_in(&app, "nobody@example.com", "wrong horse battery", json!({})).await.refused(401, "UNAUTHENTICATED");
    }
    log_in(&app, "nobody@example.com", "x", json!({})).await.refused(429, "RATE_LIMITED");

    // A desk that knows its password is never counted, however often it comes and how many at once.
    let many = (0..15).map(|_| log_in(&app, "busy@example.com", PASSWORD, json!({})));
    for answer in futures_util::future::join_all(many).await {
        answer.data();
    }
    log_in(&app, "busy@example.com", "wrong horse battery", json!({})).await.refused(401, "UNAUTHENTICATED");
    log_in(&app, "busy@example.com", PASSWORD, json!({})).await.data();
}

#[tokio::test]
async fn sessions_end_by_time_by_deactivation_and_by_a_new_password() {
    let app = TestApp::start().await;
    let id = add(&app, "desk@example.com", "FRONT_DESK", json!({})).await;
    let me = async |cookie: &str| plain(&app, Method::GET, "/me", &[("cookie", cookie)], Value::Null).await;

    let first = cookie(&log_in(&app, "desk@example.com", PASSWORD, json!({})).await);
    me(&first).await.data();
    app.clock.advance(Duration::from_secs(12 * 3600 + 1));
    me(&first).await.refused(401, "UNAUTHENTICATED");
    oppsera_pms::users::purge_sessions(&app.store, app.b.id).await.unwrap();
    assert_eq!(app.count("select count(*) from pms_sessions").await, 1);
    oppsera_pms::users::purge_sessions(&app.store, app.a.id).await.unwrap();
    assert_eq!(app.count("select count(*) from pms_sessions").await, 0);

    let path = format!("/users/{id}");
    let second = cookie(&log_in(&app, "desk@example.com", PASSWORD, json!({})).await);
    me(&second).await.data();
    app.patch(&path, json!({"version": 1, "password": "a new password"})).await.data();
    me(&second).await.refused(401, "UNAUTHENTICATED");
    log_in(&app, "desk@example.com", PASSWORD, json!({})).await.refused(401, "UNAUTHENTICATED");

    let third = cookie(&log_in(&app, "desk@example.com", "a new password", json!({})).await);
    app.patch(&path, json!({"version": 2, "role": "HOUSEKEEPING"})).await.data();
    assert_eq!(me(&third).await.data()["role"], "HOUSEKEEPING");
    app.patch(&path, json!({"version": 3, "isActive": false})).await.data();
    me(&third).await.refused(401, "UNAUTHENTICATED");
    assert_eq!(app.count("select count(*) from pms_sessions").await, 0);
}

#[tokio::test]
async fn a_cookie_of_one_tenant_opens_no_other() {
    let app = TestApp::start().await;
    add(&app, "desk@example.com", "MANAGER", json!({})).await;
    let own = cookie(&log_in(&app, "desk@example.com", PASSWORD, json!({})).await);
    let forged = own.replace(&app.a.id.to_string(), &app.b.id.to_string());
    assert_ne!(own, forged);
    plain(&app, Method::GET, "/me", &[("cookie", &forged)], Value::Null).await.refused(401, "UNAUTHENTICATED");
    plain(&app, Method::GET, "/me", &[("cookie", "pms_session=rubbish")], Value::Null).await.refused(401, "UNAUTHENTICATED");
    plain(&app, Method::GET, "/me", &[], Value::Null).await.refused(401, "UNAUTHENTICATED");
    // An API key has no e-mail.
    let me = app.get("/me").await.data();
    assert_eq!(
        (&me["kind"], &me["email"], &me["properties"][1]["id"]),
        (&json!("API_KEY"), &Value::Null, &json!(OTHER_PROPERTY))
    );
}
