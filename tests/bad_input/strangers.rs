//! Traps 8, 40 and 42: another tenant's ids, and another property's, are ids that do not exist.

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{House, Operation, operations, refuses};
use crate::support::*;

/// A body with which the owner of the thing would succeed, or be refused by a rule of the trade.
fn good_body(operation: &Operation) -> Value {
    let verb = operation.path.rsplit('/').next().unwrap();
    let stays = json!({"checkInDate": "2027-02-10", "checkOutDate": "2027-02-15"});
    match (operation.method.as_str(), operation.path.as_str()) {
        ("GET" | "DELETE", _) => Value::Null,
        (_, "/reservations/{id}/quote") => stays,
        (_, "/reservations/{id}/routing") => json!({"version": 1, "rules": []}),
        (_, "/guests/{id}/merge") => json!({"version": 1, "intoGuestId": "01J9ZK3T5V8M2Q4R6X7Y9ABCDE"}),
        (_, "/payment-intents/{id}/refunds") => json!({"amountCents": 1, "idempotencyKey": "r"}),
        (_, "/payment-intents/{id}/post") => json!({"folioId": "01J9ZK3T5V8M2Q4R6X7Y9ABCDE"}),
        (_, "/rooms/{id}/status") => json!({"version": 1, "status": "VACANT_DIRTY"}),
        (_, "/rate-plans/{id}/prices") => {
            json!({"roomTypeId": STD, "startDate": "2027-03-01", "endDate": "2027-03-02", "nightlyBaseCents": 1})
        }
        _ => match verb {
            "split" => json!({"version": 1, "date": "2027-02-12", "roomId": room(104)}),
            "pin" => json!({"version": 1, "isPinned": true}),
            "skip" => json!({"version": 1, "reason": "DO_NOT_DISTURB"}),
            "resolve" => json!({"version": 1, "resolution": "x"}),
            "reinstate" => json!({"version": 1, "reason": "x"}),
            _ => json!({"version": 1}),
        },
    }
}

fn query(operation: &Operation) -> &'static str {
    if operation.path.ends_with("/prices") && operation.method == Method::GET { "?start=2027-03-01&days=1" } else { "" }
}

#[tokio::test]
async fn another_tenants_ids_do_not_exist() {
    let house = House::build().await;
    let before = house.written().await;
    // Rooms, types and plans have the same ids in both tenants; these do not.
    let own = [
        "reservations",
        "guests",
        "room-blocks",
        "payment-intents",
        "users",
        "api-keys",
        "housekeeping-assignments",
        "packages",
        "room-sightings",
    ];
    let theirs = operations().into_iter().filter(|o| o.path.contains("{id}") && own.contains(&o.path.split('/').nth(1).unwrap()));
    for operation in theirs {
        let path = format!("{}{}", house.path(&operation, None), query(&operation));
        let headers = [("If-Match", "\"1\"")];
        let mut body = good_body(&operation);
        if !body.is_null() {
            body.as_object_mut().unwrap().remove("version");
        }
        let key = house.app.b.key(Role::Manager);
        let answer = house.app.send(key, operation.method.clone(), &path, &headers, body).await;
        refuses(&answer, &format!("{operation:?}"));
        assert_eq!((answer.status, answer.code()), (404, "NOT_FOUND"), "{operation:?}: {}", answer.body);
    }
    assert_eq!(house.written().await, before);
}

#[tokio::test]
async fn ids_in_a_body_are_of_the_own_tenant_and_property() {
    let house = House::build().await;
    let before = house.written().await;
    let (stay, guest) = (house.ids["reservations"].clone(), house.ids["guests"].clone());
    let seen = json!({"roomId": room(101), "checkInDate": "2027-02-10", "checkOutDate": "2027-02-14", "version": 1});
    let b = |method: Method, path: &'static str, body: Value| house.app.b(method, path, body);

    let answer = b(Method::POST, "/reservations", booking("2027-03-01", "2027-03-02", json!({"guestId": guest}))).await;
    answer.invalid("guestId");
    let drag = json!({"reservationId": stay, "from": seen, "to": {"roomId": room(104), "checkInDate": "2027-02-10"}});
    b(Method::POST, "/calendar/move", drag).await.refused(404, "NOT_FOUND");
    let edge = json!({"reservationId": stay, "edge": "RIGHT", "from": seen, "to": {"checkOutDate": "2027-02-16"}});
    b(Method::POST, "/calendar/resize", edge).await.refused(404, "NOT_FOUND");
    let side = json!({"reservationId": stay, "version": 1});
    let own = json!({"reservationId": "01J9ZK3T5V8M2Q4R6X7Y9ABCDE", "version": 1});
    for swap in [json!({"a": side, "b": own}), json!({"a": own, "b": side})] {
        b(Method::POST, "/reservations/swap", swap).await.refused(404, "NOT_FOUND");
    }
    // A list of somebody else's property is empty or refused, and never shows his rows.
    let path = format!("/reservations?propertyId={PROPERTY}&guestId={guest}");
    assert_eq!(house.app.b(Method::GET, &path, Value::Null).await.data(), json!([]));
    assert_eq!(house.written().await, before);
}

/// A key of one property cannot see what is in another.
#[tokio::test]
async fn a_key_of_one_property_finds_nothing_in_the_other() {
    let house = House::build().await;
    let bind = format!(
        "update pms_api_keys set property_id = '{OTHER_PROPERTY}' where tenant_id = '{}' and role = 'FRONT_DESK'",
        house.app.a.id
    );
    database::execute(&house.app.owner_url, &bind).await;
    let before = house.written().await;
    let bound = ["reservations", "room-blocks"];
    for operation in
        operations().into_iter().filter(|o| o.path.contains("{id}") && bound.contains(&o.path.split('/').nth(1).unwrap()))
    {
        let mut body = good_body(&operation);
        if !body.is_null() {
            body.as_object_mut().unwrap().remove("version");
        }
        let path = house.path(&operation, None);
        let key = house.app.a.key(Role::FrontDesk);
        let answer = house.app.send(key, operation.method.clone(), &path, &[("If-Match", "\"1\"")], body).await;
        assert_eq!((answer.status, answer.code()), (404, "NOT_FOUND"), "{operation:?}: {}", answer.body);
    }
    let days = "start=2027-02-01&days=7";
    for path in ["/calendar", "/availability", "/occupancy"] {
        let answer =
            house.app.as_role(Role::FrontDesk, Method::GET, &format!("{path}?propertyId={PROPERTY}&{days}"), Value::Null).await;
        answer.refused(404, "NOT_FOUND");
    }
    let answer =
        house.app.as_role(Role::FrontDesk, Method::POST, "/reservations", booking("2027-03-01", "2027-03-02", json!({}))).await;
    answer.refused(404, "NOT_FOUND");
    let block = json!({"propertyId": PROPERTY, "roomId": room(102), "startDate": "2027-03-20", "endDate": "2027-03-22", "blockType": "HOLD"});
    house.app.as_role(Role::FrontDesk, Method::POST, "/room-blocks", block).await.refused(404, "NOT_FOUND");
    assert_eq!(house.written().await, before);
}
