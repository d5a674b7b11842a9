//! Audit trail, feed, stream and what operators ask.

mod health;
mod stream;

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

async fn guest(app: &TestApp, last: &str, property: &str) -> String {
    let made = app.post("/guests", json!({"propertyId": property, "firstName": "Ada", "lastName": last})).await;
    made.data()["id"].as_str().unwrap().to_string()
}

fn column(page: &Answer, name: &str) -> Vec<Value> {
    page.data().as_array().unwrap().iter().map(|row| row[name].clone()).collect()
}

#[tokio::test]
async fn the_audit_trail_tells_who_changed_what() {
    let app = TestApp::start().await;
    let one = guest(&app, "Lovelace", PROPERTY).await;
    guest(&app, "Hopper", OTHER_PROPERTY).await;
    app.clock.advance(std::time::Duration::from_secs(60));
    let headers = [("X-Correlation-Id", "desk-7")];
    let change = json!({"version": 1, "lastName": "King", "country": "GB"});
    let key = app.a.key(Role::FrontDesk).to_string();
    app.send(&key, Method::PATCH, &format!("/guests/{one}"), &headers, change).await.data();

    let of_one = app.get(&format!("/audit?entityType=guest&entityId={one}")).await;
    assert_eq!(column(&of_one, "action"), ["CHANGED", "CREATED"]);
    let newest = of_one.data()[0].clone();
    assert_eq!((&newest["correlationId"], &newest["occurredAt"]), (&json!("desk-7"), &json!("2027-02-01T12:01:00Z")));
    assert_eq!((&newest["propertyId"], &newest["entityType"]), (&json!(PROPERTY), &json!("GUEST")));
    assert_eq!(newest["diffJson"]["lastName"], json!({"before": "L•••", "after": "K•••"}));
    assert_eq!(newest["diffJson"]["version"], json!({"before": 1, "after": 2}));
    let actor = newest["actorUserId"].as_str().unwrap();
    assert_eq!(column(&app.get(&format!("/audit?actor={actor}")).await, "entityId"), [json!(one)]);

    // Everything, in pages; then one property's.
    let first = app.get("/audit?limit=2").await;
    assert_eq!(first.data()[0]["id"], newest["id"]);
    let rest = app.get(&format!("/audit?limit=2&cursor={}", first.body["meta"]["cursor"].as_str().unwrap())).await;
    assert_eq!((rest.data().as_array().unwrap().len(), &rest.body["meta"]["hasMore"]), (1, &json!(false)));
    let paged = app.get(&format!("/audit?entityType=GUEST&entityId={one}&limit=1")).await;
    let next =
        format!("/audit?entityType=GUEST&entityId={one}&limit=1&cursor={}", paged.body["meta"]["cursor"].as_str().unwrap());
    assert_eq!(column(&app.get(&next).await, "action"), ["CREATED"]);
    assert_eq!(column(&app.get(&format!("/audit?propertyId={OTHER_PROPERTY}")).await, "action"), ["CREATED"]);

    // Of some hours: what happened at the minute itself belongs to it, what happened at its end does not.
    let minute = "from=2027-02-01T12:01:00Z&to=2027-02-01T12:02:00Z";
    let before = "to=2027-02-01T12:01:00Z";
    assert_eq!(column(&app.get(&format!("/audit?{minute}")).await, "action"), ["CHANGED"]);
    assert_eq!(column(&app.get(&format!("/audit?{before}")).await, "entityId").len(), 2);
    assert_eq!(column(&app.get(&format!("/audit?entityType=GUEST&entityId={one}&{minute}")).await, "action"), ["CHANGED"]);
    assert_eq!(column(&app.get(&format!("/audit?entityType=GUEST&entityId={one}&{before}")).await, "action"), ["CREATED"]);
    let rest = app.get(&format!("/audit?{before}&limit=1")).await;
    let next = format!("/audit?{before}&limit=1&cursor={}", rest.body["meta"]["cursor"].as_str().unwrap());
    assert_eq!(column(&app.get(&next).await, "entityId"), [json!(one)]);
    // With the names of those who did it and of what it was done to; and as a file.
    assert_eq!(newest["entityName"], json!("Ada King"));
    assert!(newest["actorName"].as_str().is_some_and(|name| !name.is_empty()), "{newest}");
    let file = app.get(&format!("/audit?entityType=GUEST&entityId={one}&format=CSV&limit=1")).await;
    let text = file.body.as_str().unwrap();
    assert!(
        text.starts_with("id,occurredAt,propertyId,actorUserId,actorName,entityType,entityId,entityName,action,diffJson,"),
        "{text}"
    );
    assert!(text.contains(",GUEST,") && text.contains(",Ada King,CHANGED,") && text.lines().count() == 2, "{text}");
    assert!(file.headers.contains_key("x-next-cursor"));
    app.get("/audit?limit=101").await.invalid("limit");
    app.get("/audit?from=2027-02-01T12:00:00Z&to=2027-02-01T12:00:00Z").await.invalid("to");
    app.get("/audit?from=yesterday").await.invalid("from");

    app.get(&format!("/audit?entityId={one}")).await.invalid("entityType");
    app.get("/audit?cursor=zz").await.invalid("cursor");
    app.get("/audit?propertyId=x").await.refused(422, "VALIDATION_ERROR");
    for role in [Role::FrontDesk, Role::Housekeeping, Role::Revenue, Role::ReadOnly] {
        app.as_role(role, Method::GET, "/audit", Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    }
    let of_b = app.b(Method::GET, &format!("/audit?entityType=GUEST&entityId={one}"), Value::Null).await;
    assert_eq!(of_b.data(), json!([]));
    assert_eq!(app.b(Method::GET, "/audit", Value::Null).await.data(), json!([]));
}

/// Who reads the trail looks for a guest, a room, a plan, not for an id.
#[tokio::test]
async fn the_audit_trail_names_what_it_is_about() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let stay = desk.book("2027-02-01", "2027-02-03", json!({"roomId": room(101)})).await.data();
    let number = stay["confirmationNumber"].as_str().unwrap();
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    let folio = desk.get(&path).await.data()[0]["id"].as_str().unwrap().to_string();
    desk.post(&format!("/folios/{folio}/payments"), json!({"method": "CASH", "amountCents": 500})).await.data();
    let account = json!({"propertyId": PROPERTY, "kind": "HOUSE", "name": "Director"});
    desk.post("/folios", account).await.data();
    let block = json!({"propertyId": PROPERTY, "roomId": room(102), "blockType": "MAINTENANCE", "startDate": "2027-02-05", "endDate": "2027-02-06"});
    desk.post("/room-blocks", block).await.data();

    let label = format!("Lovelace · 101 · {number}");
    for (kind, names) in
        [("RESERVATION", vec![label.as_str()]), ("FOLIO", vec!["Director", &label, &label]), ("ROOM_BLOCK", vec!["102"])]
    {
        let page = desk.get(&format!("/audit?entityType={kind}&propertyId={PROPERTY}")).await;
        assert_eq!(column(&page, "entityName"), names, "{kind}");
    }
    let folios = desk.get(&format!("/audit?entityType=FOLIO&propertyId={PROPERTY}")).await;
    assert_eq!(column(&folios, "reservationId"), [Value::Null, stay["id"].clone(), stay["id"].clone()]);
    assert_eq!(other.get(&format!("/audit?propertyId={PROPERTY}")).await.data(), json!([]));
}

#[tokio::test]
async fn the_feed_tells_every_event_once_and_in_order() {
    let app = TestApp::start().await;
    let empty = app.get("/events").await;
    assert_eq!((empty.data(), &empty.body["meta"]["hasMore"]), (json!([]), &json!(false)));
    let mut cursor = empty.body["meta"]["cursor"].as_str().unwrap().to_string();

    for last in ["One", "Two", "Three"] {
        guest(&app, last, PROPERTY).await;
    }
    guest(&app, "Elsewhere", OTHER_PROPERTY).await;
    app.b(Method::POST, "/guests", json!({"propertyId": PROPERTY, "lastName": "Stranger"})).await.data();

    let mut seen = Vec::new();
    loop {
        let page = app.get(&format!("/events?limit=3&cursor={cursor}")).await;
        seen.extend(column(&page, "sequence"));
        cursor = page.body["meta"]["cursor"].as_str().unwrap().to_string();
        if page.body["meta"]["hasMore"] == false {
            break;
        }
    }
    assert_eq!(seen, [1, 2, 3, 4]);
    assert_eq!(app.get(&format!("/events?cursor={cursor}")).await.data(), json!([]));
    let five = guest(&app, "Five", PROPERTY).await;
    let later = app.get(&format!("/events?cursor={cursor}")).await.data();
    let event = &later[0];
    assert_eq!(
        (&event["sequence"], &event["eventType"], &event["entityId"]),
        (&json!(5), &json!("pms.guest.created.v1"), &json!(five))
    );
    assert_eq!(event["payloadJson"]["after"]["lastName"], "F•••");

    // A filter that lets nothing pass still moves the cursor on.
    let none = app.get("/events?types=pms.room.changed.v1").await;
    assert_eq!(none.data(), json!([]));
    assert_eq!(app.get(&format!("/events?cursor={}", none.body["meta"]["cursor"].as_str().unwrap())).await.data(), json!([]));
    assert_eq!(column(&app.get(&format!("/events?propertyId={OTHER_PROPERTY}")).await, "sequence"), [4]);
    assert_eq!(
        app.get("/events?types=pms.guest.created.v1,pms.guest.changed.v1&limit=2").await.data().as_array().unwrap().len(),
        2
    );
    app.get("/events?types=").await.invalid("types");
    app.get("/events?cursor=5b5d").await.invalid("cursor");
    app.as_role(Role::Housekeeping, Method::GET, "/events", Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    assert_eq!(column(&app.b(Method::GET, "/events", Value::Null).await, "sequence"), [1]);
}

#[tokio::test]
async fn events_of_users_are_for_those_who_manage_them() {
    let app = TestApp::start().await;
    app.post("/api-keys", json!({"name": "k", "role": "READ_ONLY"})).await.data();
    let part = app.post("/api-keys", json!({"name": "k", "role": "READ_ONLY", "propertyId": OTHER_PROPERTY})).await.data();
    guest(&app, "Lovelace", PROPERTY).await;

    assert_eq!(column(&app.get("/events").await, "sequence"), [1, 2, 3]);
    assert_eq!(column(&app.as_role(Role::ReadOnly, Method::GET, "/events", Value::Null).await, "sequence"), [3]);
    let key = part["secret"].as_str().unwrap();
    assert_eq!(app.send(key, Method::GET, "/events", &[], Value::Null).await.data(), json!([]));
    app.send(key, Method::GET, &format!("/events?propertyId={PROPERTY}"), &[], Value::Null).await.refused(404, "NOT_FOUND");
}
