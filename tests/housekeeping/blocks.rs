use serde_json::json;

use super::*;

/// Housekeeping takes free rooms out of order where the property lets it, and nothing else.
#[tokio::test]
async fn rooms_are_taken_out_of_order_where_the_property_lets_it() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let block = |number: u32, kind: &str| {
        json!({"propertyId": PROPERTY, "roomId": room(number), "startDate": "2027-02-01", "endDate": "2027-02-03",
            "blockType": kind, "reason": "Leak"})
    };
    let hers = |method: Method, path: String, body: Value| {
        let app = &app;
        async move { app.send(app.a.key(Role::Housekeeping), method, &path, &[("If-Match", "\"1\"")], body).await }
    };
    let post = |body: Value| hers(Method::POST, "/room-blocks".into(), body);
    post(block(101, "OUT_OF_ORDER")).await.refused(403, "AUTHORIZATION_DENIED");
    let theirs = json!({"version": 0, "mayBlockRooms": true});
    other.send(Method::PATCH, SETTINGS, &[], theirs.clone()).await.data();
    post(block(101, "OUT_OF_ORDER")).await.refused(403, "AUTHORIZATION_DENIED");
    let day = || app.as_role(Role::Housekeeping, Method::GET, DAY, Value::Null);
    assert_eq!(day().await.data()["mayBlockRooms"], false);

    desk.send(Method::PATCH, SETTINGS, &[], theirs).await.data();
    assert_eq!(day().await.data()["mayBlockRooms"], true);
    let made = post(block(101, "OUT_OF_ORDER")).await.data();
    let path = format!("/room-blocks/{}", made["id"].as_str().unwrap());
    assert_eq!(today(desk, 101).await["room"]["outOfOrderReason"], "Leak");
    for kind in ["HOUSE_USE", "HOLD"] {
        post(block(102, kind)).await.refused(403, "AUTHORIZATION_DENIED");
    }
    post(block(102, "RESERVATION")).await.refused(403, "AUTHORIZATION_DENIED");
    post(block(102, "OUT_OF_SERVICE")).await.invalid("blockType");
    // Not over a stay, and the refusal says no name.
    desk.book("2027-02-02", "2027-02-04", json!({"roomId": room(103)})).await.data();
    let refused = post(block(103, "OUT_OF_ORDER")).await;
    refused.refused(409, "ROOM_ALREADY_BOOKED");
    assert!(!refused.body.to_string().contains("Lovelace"));

    // A hold of the desk is not hers.
    let held = desk.post("/room-blocks", block(104, "HOLD")).await.data();
    let held = format!("/room-blocks/{}", held["id"].as_str().unwrap());
    hers(Method::DELETE, held.clone(), Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    hers(Method::PATCH, held, json!({"reason": "x"})).await.refused(403, "AUTHORIZATION_DENIED");
    hers(Method::DELETE, path, Value::Null).await.data();
    assert_eq!(today(desk, 101).await["room"]["status"], "VACANT_DIRTY");
    for role in [Role::Revenue, Role::ReadOnly] {
        let body = block(105, "OUT_OF_ORDER");
        app.as_role(role, Method::POST, "/room-blocks", body).await.refused(403, "AUTHORIZATION_DENIED");
    }
    crate::support::sound::assert_sound(&app).await;
}
