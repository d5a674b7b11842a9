//! A key of one property neither sees nor changes what belongs to another property of its tenant.

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn a_key_of_one_property_is_blind_to_the_others() {
    let app = TestApp::start().await;
    let bind =
        format!("update pms_api_keys set property_id = '{OTHER_PROPERTY}' where tenant_id = '{}' and role = 'MANAGER'", app.a.id);
    database::execute(&app.owner_url, &bind).await;

    let (room_path, type_path, plan_path) =
        (format!("/rooms/{}", room(101)), format!("/room-types/{STD}"), format!("/rate-plans/{BAR}"));
    let change = json!({"version": 1, "name": "X"});
    let price = json!({"roomTypeId": STD, "startDate": "2027-03-01", "endDate": "2027-03-02", "nightlyBaseCents": 1});
    let limit = json!({"roomTypeId": STD, "startDate": "2027-03-01", "endDate": "2027-03-02", "rooms": 1});
    let requests = [
        (Method::GET, format!("/rooms?propertyId={PROPERTY}"), Value::Null),
        (Method::GET, room_path.clone(), Value::Null),
        (Method::GET, format!("{room_path}/status-log"), Value::Null),
        (Method::POST, "/rooms".into(), json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": "106"})),
        (Method::PATCH, room_path.clone(), change.clone()),
        (Method::POST, format!("{room_path}/status"), json!({"version": 1, "status": "VACANT_DIRTY"})),
        (Method::GET, format!("/room-types?propertyId={PROPERTY}"), Value::Null),
        (Method::GET, type_path.clone(), Value::Null),
        (Method::POST, "/room-types".into(), json!({"propertyId": PROPERTY, "code": "X", "name": "X"})),
        (Method::PATCH, type_path, change.clone()),
        (Method::GET, format!("/rate-plans?propertyId={PROPERTY}"), Value::Null),
        (Method::GET, plan_path.clone(), Value::Null),
        (Method::POST, "/rate-plans".into(), json!({"propertyId": PROPERTY, "code": "X", "name": "X"})),
        (Method::PATCH, plan_path.clone(), change),
        (Method::GET, format!("{plan_path}/prices?start=2027-03-01&days=1"), Value::Null),
        (Method::PUT, format!("{plan_path}/prices"), price),
        (Method::GET, format!("/overbooking-limits?propertyId={PROPERTY}&start=2027-03-01&days=1"), Value::Null),
        (Method::PUT, "/overbooking-limits".into(), limit),
    ];
    for (method, path, body) in requests {
        let answer = app.as_role(Role::Manager, method.clone(), &path, body).await;
        assert_eq!((answer.status, answer.code()), (404, "NOT_FOUND"), "{method} {path}: {}", answer.body);
    }
    assert_eq!(app.count("select count(*) from pms_outbox").await, 0);
    // Its own it sees.
    assert_eq!(app.get(&format!("/rooms/{}", room(301))).await.data()["roomNumber"], "301");
}
