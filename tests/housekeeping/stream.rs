use std::time::Duration;

use serde_json::json;
use tokio::time::timeout;

use super::*;

/// The next change of a stream: what `data` says.
async fn next(response: &mut reqwest::Response, text: &mut String) -> Value {
    loop {
        if let Some((event, rest)) = text.clone().split_once("\n\n") {
            *text = rest.to_string();
            if event.contains("event: change") {
                let data = event.lines().find_map(|l| l.strip_prefix("data: ")).unwrap();
                return serde_json::from_str(data).unwrap();
            }
            continue;
        }
        let chunk = timeout(Duration::from_secs(10), response.chunk()).await.expect("something within 10 s").unwrap();
        *text += std::str::from_utf8(&chunk.unwrap()).unwrap();
    }
}

/// Housekeeping hears of rooms and its own work; of stays that something is different, and of guests nothing.
#[tokio::test]
async fn housekeeping_hears_of_rooms_and_of_nobodys_stay() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let ask = |role: Role| {
        let url = format!("{}/api/v1/pms/housekeeping/stream?propertyId={PROPERTY}", app.base);
        app.http.get(url).bearer_auth(app.a.key(role)).send()
    };
    assert_eq!(ask(Role::Revenue).await.unwrap().status(), 403);
    let mut response = ask(Role::Housekeeping).await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["content-type"]), (200, &"text/event-stream".parse().unwrap()));
    let mut text = String::new();

    desk.post("/guests", json!({"propertyId": PROPERTY, "lastName": "Unheard"})).await.data();
    soil(other, 101).await;
    soil(desk, 101).await;
    let heard = next(&mut response, &mut text).await;
    assert_eq!((&heard["type"], &heard["entityId"]), (&json!("pms.room.status_changed.v1"), &json!(room(101))));
    let stay = desk.book("2027-02-01", "2027-02-02", json!({"roomId": room(102)})).await.data();
    let heard = next(&mut response, &mut text).await;
    assert_eq!(
        (&heard["type"], &heard["entityType"], &heard["entityId"]),
        (&json!("pms.housekeeping.changed.v1"), &json!("HOUSEKEEPING"), &json!(PROPERTY))
    );
    assert!(!heard.to_string().contains(stay["id"].as_str().unwrap()));
    let ada = attendant(desk, "Ada").await;
    give(desk, 101, &ada, json!({})).await.data();
    let heard = next(&mut response, &mut text).await;
    assert_eq!(heard["type"], "pms.housekeeping_assignment.created.v1");
    app.as_role(Role::Housekeeping, Method::GET, &format!("/calendar/stream?propertyId={PROPERTY}"), Value::Null)
        .await
        .refused(403, "AUTHORIZATION_DENIED");
}
