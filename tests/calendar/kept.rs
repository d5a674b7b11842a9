//! The server keeps charts that it has drawn. None may be seen that is older than the last change.

use oppsera_pms::http::permission::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::*;

/// The chart of a fortnight, and the same fortnight cut out of a chart that nobody has asked for yet.
async fn kept_and_anew(app: &TestApp, key: &str, unseen: u32) -> (Value, Value) {
    let chart = async |days: u32| {
        let path = format!("/calendar?propertyId={PROPERTY}&start=2027-02-01&days={days}");
        app.send(key, Method::GET, &path, &[], Value::Null).await.data()
    };
    let (kept, mut anew) = (chart(14).await, chart(20 + unseen).await);
    anew["days"] = json!(14);
    anew["dates"].as_array_mut().unwrap().truncate(14);
    (kept, anew)
}

#[tokio::test]
async fn a_kept_chart_is_never_older_than_the_last_change() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let key = app.a.key(Role::Manager);
    let stay = desk.book("2027-02-02", "2027-02-05", json!({"roomId": room(101)})).await.data();
    let waiting = desk.book("2027-02-03", "2027-02-05", json!({})).await.data();
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let walls = json!({"propertyId": PROPERTY, "roomId": room(103), "startDate": "2027-02-04", "endDate": "2027-02-06",
        "blockType": "OUT_OF_ORDER", "reason": "Paint"});
    let limit = json!({"roomTypeId": STD, "startDate": "2027-02-03", "endDate": "2027-02-06", "rooms": 2});
    let (room_of, type_of) = (format!("/rooms/{}", room(104)), format!("/room-types/{STD}"));

    let changes: Vec<(&str, Method, String, Value)> = vec![
        ("a move", Method::POST, format!("{path}/move"), json!({"version": 1, "roomId": room(102)})),
        (
            "a name",
            Method::PATCH,
            path.clone(),
            json!({"version": 2, "primaryGuestJson": {"firstName": "Ida", "lastName": "Byron"}}),
        ),
        ("a note", Method::PATCH, path.clone(), json!({"version": 3, "internalNotes": "Late"})),
        ("a pin", Method::POST, format!("{path}/pin"), json!({"version": 4, "isPinned": true})),
        (
            "an assignment",
            Method::POST,
            format!("/reservations/{}/assign", waiting["id"].as_str().unwrap()),
            json!({"version": 1}),
        ),
        ("a block", Method::POST, "/room-blocks".into(), walls),
        ("a limit", Method::PUT, "/overbooking-limits".into(), limit),
        ("a state of a room", Method::POST, format!("{room_of}/status"), json!({"version": 1, "status": "VACANT_DIRTY"})),
        ("the number of a room", Method::PATCH, room_of, json!({"version": 2, "roomNumber": "104b"})),
        ("the name of a type", Method::PATCH, type_of, json!({"version": 1, "name": "Simple"})),
        ("a cancellation", Method::POST, format!("{path}/cancel"), json!({"version": 5})),
    ];
    let (mut last, _) = kept_and_anew(&app, key, 0).await;
    for (n, (what, method, path, body)) in changes.into_iter().enumerate() {
        desk.send(method, &path, &[], body).await.data();
        let (kept, anew) = kept_and_anew(&app, key, n as u32 + 1).await;
        assert_ne!(kept, last, "{what}");
        assert_eq!(kept, anew, "{what}");
        last = kept;
    }

    // The other tenant has the same ids, and other stays.
    other.book("2027-02-02", "2027-02-05", json!({"roomId": room(101)})).await.data();
    let (theirs, anew) = kept_and_anew(&app, app.b.key(Role::Manager), 0).await;
    assert_eq!((theirs["bars"].as_array().unwrap().len(), &theirs), (1, &anew));
    let path = format!("/calendar?propertyId={PROPERTY}&start=2027-02-01&days=14");
    app.as_role(Role::Housekeeping, Method::GET, &path, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    assert_eq!(app.get(&path).await.data(), last);
}
