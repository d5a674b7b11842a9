use std::{sync::Arc, time::Duration};

use oppsera_pms::{
    http::{App, HttpSettings, permission::Role},
    router,
};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use super::guest;
use crate::support::*;

/// A client that reads server-sent events.
struct Listening {
    response: reqwest::Response,
    text: String,
}

impl Listening {
    async fn open(app: &TestApp, base: &str, key: &str, headers: &[(&str, &str)]) -> Listening {
        Listening::recent(app, base, key, headers, "").await
    }

    async fn recent(app: &TestApp, base: &str, key: &str, headers: &[(&str, &str)], recent: &str) -> Listening {
        let url = format!("{base}/api/v1/pms/calendar/stream?propertyId={PROPERTY}{recent}");
        let mut request = app.http.get(url).bearer_auth(key);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Listening { response, text: String::new() }
    }

    /// The next event's fields: event, id, data. `None`: the stream ended.
    async fn next(&mut self) -> Option<(String, i64, Value)> {
        loop {
            if let Some((event, rest)) = self.text.clone().split_once("\n\n") {
                self.text = rest.to_string();
                let field =
                    |name: &str| event.lines().find_map(|l| l.strip_prefix(&format!("{name}: "))).unwrap_or("").to_string();
                if event.starts_with(':') {
                    continue;
                }
                return Some((field("event"), field("id").parse().unwrap(), serde_json::from_str(&field("data")).unwrap()));
            }
            let chunk = timeout(Duration::from_secs(10), self.response.chunk()).await.expect("something within 10 s").unwrap()?;
            self.text += std::str::from_utf8(&chunk).unwrap();
        }
    }
}

#[tokio::test]
async fn a_listener_hears_of_every_change_of_its_property_and_of_no_other() {
    let app = TestApp::start().await;
    guest(&app, "Before", PROPERTY).await;
    let mut listening = Listening::open(&app, &app.base, app.a.key(Role::ReadOnly), &[]).await;
    assert_eq!(listening.next().await.unwrap(), ("ready".into(), 1, json!({"sequence": 1})));

    guest(&app, "Elsewhere", OTHER_PROPERTY).await;
    app.b(Method::POST, "/guests", json!({"propertyId": PROPERTY, "lastName": "Stranger"})).await.data();
    let started = Instant::now();
    let id = guest(&app, "Now", PROPERTY).await;
    let (event, number, data) = listening.next().await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(2), "woken by the hint, not by the poll");
    assert_eq!((event.as_str(), number), ("change", 3));
    let expected =
        json!({"sequence": 3, "type": "pms.guest.created.v1", "entityType": "GUEST", "entityId": id, "propertyId": PROPERTY});
    assert_eq!(data, expected);

    // Of another server's commits there is no hint.
    let elsewhere = oppsera_pms::op::Store { feed: oppsera_pms::op::Feed::default(), ..app.store.clone() };
    let other_server = serve(App::new(elsewhere, HttpSettings::default())).await;
    let body = json!({"propertyId": PROPERTY, "lastName": "Other"});
    let made = app.http.post(format!("{other_server}/api/v1/pms/guests")).bearer_auth(app.a.key(Role::Manager)).json(&body);
    assert_eq!(made.send().await.unwrap().status(), 201);
    assert_eq!(listening.next().await.unwrap().1, 4);
}

#[tokio::test]
async fn a_listener_that_comes_back_misses_nothing() {
    let app = TestApp::start().await;
    guest(&app, "One", PROPERTY).await;
    app.clock.advance(Duration::from_secs(20));
    for last in ["Two", "Three"] {
        guest(&app, last, PROPERTY).await;
    }
    let key = app.a.key(Role::FrontDesk);
    let mut back = Listening::open(&app, &app.base, key, &[("Last-Event-ID", "1")]).await;
    let numbers = [back.next().await.unwrap().1, back.next().await.unwrap().1, back.next().await.unwrap().1];
    assert_eq!(numbers, [1, 2, 3]);
    // A number of another database: from now on.
    let mut strange = Listening::open(&app, &app.base, key, &[("Last-Event-ID", "99")]).await;
    assert_eq!(strange.next().await.unwrap().1, 3);

    // Who comes for the first time asks for what happened while its page was read: of its property, and not of years ago.
    let mut first = Listening::recent(&app, &app.base, key, &[], "&recent=15").await;
    let numbers = [first.next().await.unwrap().1, first.next().await.unwrap().1, first.next().await.unwrap().1];
    assert_eq!(numbers, [1, 2, 3], "ready after the first, then the second and the third");
    let mut first = Listening::recent(&app, &app.base, key, &[], "&recent=60").await;
    assert_eq!(first.next().await.unwrap().1, 0);
    let mut back = Listening::recent(&app, &app.base, key, &[("Last-Event-ID", "2")], "&recent=60").await;
    assert_eq!(back.next().await.unwrap().1, 2, "who was here says itself where to go on");

    let path = format!("/calendar/stream?propertyId={PROPERTY}");
    app.get(&format!("{path}&recent=61")).await.invalid("recent");
    app.get(&format!("{path}&recent=0")).await.invalid("recent");
    app.send(key, Method::GET, &path, &[("Last-Event-ID", "x")], Value::Null).await.invalid("Last-Event-ID");
    app.as_role(Role::Housekeeping, Method::GET, &path, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    app.get("/calendar/stream").await.invalid("propertyId");
    app.get("/calendar/stream?propertyId=0000000000000000000000N0NE").await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn many_listeners_hold_no_connection() {
    let app = TestApp::with_pool(2).await;
    let mut all = Vec::new();
    for _ in 0..20 {
        let mut listening = Listening::open(&app, &app.base, app.a.key(Role::Manager), &[]).await;
        listening.next().await.unwrap();
        all.push(listening);
    }
    guest(&app, "Lovelace", PROPERTY).await;
    for listening in &mut all {
        assert_eq!(listening.next().await.unwrap().1, 1);
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_token_and_with_the_server() {
    let app = TestApp::start().await;
    let mut quick = App::new(app.store.clone(), HttpSettings::default());
    quick.recheck_every = Duration::ZERO;
    let closing = quick.closing.clone();
    let base = serve(quick).await;

    let made = app.post("/api-keys", json!({"name": "k", "role": "READ_ONLY"})).await.data();
    let mut listening = Listening::open(&app, &base, made["secret"].as_str().unwrap(), &[]).await;
    listening.next().await.unwrap();
    guest(&app, "Seen", PROPERTY).await;
    assert!(listening.next().await.is_some());
    app.delete(&format!("/api-keys/{}", made["id"].as_str().unwrap())).await.data();
    guest(&app, "Unseen", PROPERTY).await;
    assert!(listening.next().await.is_none());

    let mut open = Listening::open(&app, &base, app.a.key(Role::Manager), &[]).await;
    open.next().await.unwrap();
    closing.send_replace(true);
    assert!(open.next().await.is_none());
}

async fn serve(app: App) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let service = router::router(Arc::new(app));
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    base
}
