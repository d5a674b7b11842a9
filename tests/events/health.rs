use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn operators_are_answered_without_a_key() {
    let app = TestApp::start().await;
    let plain = async |path: &str| {
        let response = app.http.get(format!("{}{path}", app.base)).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    };
    assert_eq!(plain("/health/live").await.body, json!({"status": "live"}));
    let ready = plain("/health/ready").await;
    assert_eq!((ready.status, &ready.body["schema"]), (200, &json!(oppsera_pms::db::migrate::newest())));
    // Nothing collects metrics in this process.
    plain("/metrics").await.refused(404, "NOT_FOUND");

    // A database that is behind.
    database::execute(&app.owner_url, "delete from refinery_schema_history where version > 1").await;
    let behind = plain("/health/ready").await;
    assert!(behind.refused(503, "SERVICE_UNAVAILABLE").body["error"]["message"].as_str().unwrap().contains("pms migrate"));
    assert_eq!(behind.headers["retry-after"], "1");
    // No database at all.
    app.store.db.close();
    plain("/health/ready").await.refused(503, "SERVICE_UNAVAILABLE");
    assert_eq!(plain("/health/live").await.status, 200);
}

#[tokio::test]
async fn the_document_can_be_read_in_a_browser_that_may_ask_no_other_host() {
    let app = TestApp::start().await;
    let page = app.send("none", Method::GET, "/api/docs/", &[], Value::Null).await;
    assert_eq!(page.status, 200);
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("default-src 'self'"));
    let html = page.body.as_str().unwrap();
    assert!(
        html.matches("<script").count() == html.matches("<script src=").count(),
        "inline scripts are forbidden by the policy"
    );
    assert!(html.contains("swagger-ui") && !html.contains("https://"), "{html}");
    let start = app.send("none", Method::GET, "/api/docs/swagger-initializer.js", &[], Value::Null).await;
    assert!(start.body.as_str().unwrap().contains("/api/openapi.json"));
    assert!(start.body.as_str().unwrap().contains(r#""validatorUrl": "none""#), "{}", start.body);

    let document = app.send("none", Method::GET, "/api/openapi.json", &[], Value::Null).await.body;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    // Only log-in and log-out need no key.
    let mut open = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"] == json!([{}]) {
                open.push(format!("{method} {path}"));
            }
        }
    }
    assert_eq!(open, ["post /api/v1/pms/auth/login", "post /api/v1/pms/auth/logout"]);
}
