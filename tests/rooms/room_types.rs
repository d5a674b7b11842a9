use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

fn deluxe(more: Value) -> Value {
    let mut body = json!({
        "propertyId": PROPERTY, "code": "DLX", "name": "Deluxe", "maxAdults": 3, "maxChildren": 2, "maxOccupancy": 4,
        "bedsJson": [{"type": "king", "count": 1}, {"type": "sofa", "count": 2}], "amenitiesJson": ["sea view"],
        "sortOrder": 5, "overbookingLimit": 1, "description": "With a view.",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[tokio::test]
async fn a_room_type_is_made_read_changed_and_listed() {
    let app = TestApp::start().await;

    let made = app.post("/room-types", deluxe(json!({}))).await;
    assert_eq!(made.status, 201);
    let id = made.data()["id"].as_str().unwrap().to_string();
    let path = format!("/room-types/{id}");
    let read = app.get(&path).await;
    assert_eq!(read.data(), made.data());
    assert_eq!(read.headers["etag"], "\"1\"");
    assert_eq!(read.data()["bedsJson"], json!([{"type": "king", "count": 1}, {"type": "sofa", "count": 2}]));

    let change = json!({"version": 1, "bedsJson": null, "description": null, "maxOccupancy": 5, "sortOrder": -1, "code": "DLX2"});
    let changed = app.patch(&path, change.clone()).await.data();
    assert_eq!((&changed["bedsJson"], &changed["description"], &changed["version"]), (&Value::Null, &Value::Null, &json!(2)));
    assert_eq!((&changed["code"], &changed["maxOccupancy"], &changed["name"]), (&json!("DLX2"), &json!(5), &json!("Deluxe")));
    let stale = app.patch(&path, change).await;
    assert_eq!(stale.refused(409, "CONCURRENCY_CONFLICT").body["error"]["facts"]["current"]["version"], 2);

    // By sort order, then by code, in pages.
    let first = app.get(&format!("/room-types?propertyId={PROPERTY}&limit=2")).await;
    assert_eq!(codes(&first.data()), ["DLX2", "STD"]);
    let cursor = first.body["meta"]["cursor"].as_str().unwrap();
    let second = app.get(&format!("/room-types?propertyId={PROPERTY}&limit=2&cursor={cursor}")).await;
    assert_eq!((codes(&second.data()), &second.body["meta"]["hasMore"]), (vec!["SUITE".to_string()], &json!(false)));

    assert_eq!(app.count("select count(*) from pms_audit_log where entity_type = 'ROOM_TYPE'").await, 2);
    assert_eq!(app.count("select count(*) from pms_outbox where event_type like 'pms.room_type.%'").await, 2);
}

fn codes(types: &Value) -> Vec<String> {
    types.as_array().unwrap().iter().map(|t| t["code"].as_str().unwrap().to_string()).collect()
}

#[tokio::test]
async fn bad_room_types_are_refused_by_field() {
    let app = TestApp::start().await;
    let table = [
        ("code", json!({"code": "D LX"})),
        ("code", json!({"code": "-X"})),
        ("code", json!({"code": "A".repeat(21)})),
        ("code", json!({"code": "STD"})),
        ("name", json!({"name": "  "})),
        ("maxAdults", json!({"maxAdults": 5})),
        ("maxAdults", json!({"maxAdults": 0})),
        ("maxChildren", json!({"maxChildren": 5})),
        ("maxChildren", json!({"maxChildren": -1})),
        ("maxOccupancy", json!({"maxOccupancy": 101})),
        ("maxOccupancy", json!({"maxOccupancy": 5_000_000_000_i64})),
        ("overbookingLimit", json!({"overbookingLimit": -1})),
        ("sortOrder", json!({"sortOrder": 1_000_001})),
        ("bedsJson", json!({"bedsJson": "king"})),
        ("bedsJson[0].count", json!({"bedsJson": [{"type": "king"}]})),
        ("bedsJson[0].count", json!({"bedsJson": [{"type": "king", "count": 0}]})),
        ("bedsJson[1].type", json!({"bedsJson": [{"type": "king", "count": 1}, {"type": "", "count": 1}]})),
        ("bedsJson[0].size", json!({"bedsJson": [{"type": "king", "count": 1, "size": 2}]})),
        ("amenitiesJson", json!({"amenitiesJson": {"wifi": true}})),
        ("amenitiesJson[0]", json!({"amenitiesJson": [""]})),
        ("isActive", json!({"isActive": false})),
        ("id", json!({"id": STD})),
        ("propertyId", json!({"propertyId": "x"})),
    ];
    for (field, wrong) in table {
        app.post("/room-types", deluxe(wrong)).await.invalid(field);
    }
    app.post("/room-types", deluxe(json!({"propertyId": room(999)}))).await.refused(404, "NOT_FOUND");
    app.patch(&format!("/room-types/{STD}"), json!({"version": 1, "maxOccupancy": 1})).await.invalid("maxAdults");
    app.patch(&format!("/room-types/{STD}"), json!({"version": 1, "code": "SUITE"})).await.invalid("code");
    app.patch(&format!("/room-types/{STD}"), json!({"name": "X"})).await.invalid("version");
    app.get("/room-types").await.invalid("propertyId");
    app.get(&format!("/room-types?propertyId={PROPERTY}&cursor=zz")).await.invalid("cursor");
    app.get(&format!("/room-types?propertyId={}", room(999))).await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_room_types").await, 6);
    assert_eq!(app.count("select count(*) from pms_outbox").await, 0);
}

#[tokio::test]
async fn a_type_in_use_is_not_deactivated() {
    let app = TestApp::start().await;
    let path = format!("/room-types/{STD}");
    let refused = app.patch(&path, json!({"version": 1, "isActive": false})).await;
    assert_eq!(
        refused.refused(409, "INVALID_STATUS_TRANSITION").body["error"]["facts"],
        json!({"activeRooms": 5, "activeStays": 0})
    );

    for number in 101..106 {
        app.patch(&format!("/rooms/{}", room(number)), json!({"version": 1, "isActive": false})).await.data();
    }
    app.patch(&path, json!({"version": 1, "isActive": false})).await.data();
    assert_eq!(codes(&app.get(&format!("/room-types?propertyId={PROPERTY}&isActive=true")).await.data()), ["SUITE"]);
    assert_eq!(codes(&app.get(&format!("/room-types?propertyId={PROPERTY}&isActive=false")).await.data()), ["STD"]);

    // No room may join it, by any path, until it is active again.
    app.post("/rooms", json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": "106"})).await.invalid("roomTypeId");
    let open = json!({"version": 2, "isActive": true});
    app.patch(&format!("/rooms/{}", room(101)), open.clone()).await.invalid("roomTypeId");
    app.patch(&format!("/rooms/{}", room(201)), json!({"version": 1, "roomTypeId": STD})).await.invalid("roomTypeId");
    app.patch(&path, json!({"version": 2, "isActive": true})).await.data();
    app.patch(&format!("/rooms/{}", room(101)), open).await.data();

    // Tenant B has the same ids, untouched.
    assert_eq!(app.b(Method::GET, &path, Value::Null).await.data()["version"], 1);
}

#[tokio::test]
async fn room_types_are_seen_by_all_and_changed_by_the_manager() {
    let app = TestApp::start().await;
    for role in Role::ALL {
        let listed = app.as_role(*role, Method::GET, &format!("/room-types?propertyId={PROPERTY}"), Value::Null).await;
        assert_eq!(codes(&listed.data()), ["STD", "SUITE"], "{role}");
        if *role != Role::Manager {
            app.as_role(*role, Method::POST, "/room-types", deluxe(json!({}))).await.refused(403, "AUTHORIZATION_DENIED");
            let change = json!({"version": 1, "name": "X"});
            app.as_role(*role, Method::PATCH, &format!("/room-types/{STD}"), change).await.refused(403, "AUTHORIZATION_DENIED");
        }
    }
    let made = app.post("/room-types", deluxe(json!({}))).await.data();
    let path = format!("/room-types/{}", made["id"].as_str().unwrap());
    app.b(Method::GET, &path, Value::Null).await.refused(404, "NOT_FOUND");
    app.b(Method::PATCH, &path, json!({"version": 1, "name": "X"})).await.refused(404, "NOT_FOUND");
    app.get(&format!("/room-types/{}", room(999))).await.refused(404, "NOT_FOUND");
}
