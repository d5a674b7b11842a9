use serde_json::json;

use super::*;

const LIST: &str = "/properties/0000000000000000000000PRP1/housekeeping/discrepancies";

async fn see(app: &TestApp, number: u32, body: Value) -> Answer {
    app.as_role(Role::Housekeeping, Method::POST, &format!("/rooms/{}/sightings", room(number)), body).await
}

#[tokio::test]
async fn what_is_seen_is_held_against_the_desk() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let stay = arrive(desk, 101, "2027-02-01", "2027-02-03").await;
    for (number, body, expected) in [
        (101, json!({"occupied": true}), Value::Null),
        (101, json!({"occupied": true, "persons": 2}), Value::Null),
        (101, json!({"occupied": true, "persons": 3}), json!("PERSONS")),
        (101, json!({"occupied": false, "note": "No luggage"}), json!("SKIP")),
        (102, json!({"occupied": false}), Value::Null),
        (102, json!({"occupied": true, "persons": 1}), json!("SLEEP")),
    ] {
        let seen = see(&app, number, body.clone()).await.data();
        assert_eq!(seen["discrepancy"], expected, "{number} {body}");
    }
    // Of the three of room 101 the last one is open.
    let list = app.as_role(Role::FrontDesk, Method::GET, &format!("{LIST}?isOpen=true"), Value::Null).await.data();
    let shown: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|d| format!("{} {} {}", d["roomNumber"], d["discrepancy"], d["agreesNow"]).replace('"', ""))
        .collect();
    assert_eq!(shown, ["102 SLEEP false", "101 SKIP false"]);
    let day = desk.get(DAY).await.data();
    assert_eq!(day["openDiscrepancies"], 2);
    assert_eq!(today(desk, 101).await["discrepancy"]["note"], "No luggage");

    // The desk checks him out: it says now what was seen, and somebody says so.
    let stay = desk.look(&stay).await;
    desk.act(&stay, "check-out", json!({"acceptBalance": true})).await.data();
    let skip = desk.get(&format!("{LIST}?isOpen=true")).await.data()[1].clone();
    assert_eq!(skip["agreesNow"], true);
    let path = format!("/room-sightings/{}/resolve", skip["id"].as_str().unwrap());
    let body = json!({"version": skip["version"], "resolution": " Left without a word "});
    for role in [Role::ReadOnly, Role::Revenue] {
        app.as_role(role, Method::POST, &path, body.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    }
    let done = app.as_role(Role::FrontDesk, Method::POST, &path, body.clone()).await.data();
    assert_eq!((&done["resolution"], &done["version"]), (&json!("Left without a word"), &json!(2)));
    app.as_role(Role::FrontDesk, Method::POST, &path, body).await.refused(409, "CONCURRENCY_CONFLICT");
    let body = json!({"version": 2, "resolution": "Again"});
    app.as_role(Role::Housekeeping, Method::POST, &path, body).await.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(desk.get(DAY).await.data()["openDiscrepancies"], 1);

    // Page by page, all of them; the first one was ended by what was seen next.
    let first = desk.get(&format!("{LIST}?limit=2")).await;
    let cursor = first.body["meta"]["cursor"].as_str().unwrap();
    let rest = desk.get(&format!("{LIST}?limit=2&cursor={cursor}")).await.data();
    assert_eq!((first.data().as_array().unwrap().len(), &rest[0]["resolution"]), (2, &json!("Seen again.")));

    assert_eq!(other.get(LIST).await.data(), json!([]));
    assert_eq!(app.count("select count(*) from pms_audit_log where entity_type = 'ROOM_SIGHTING'").await, 8);
    crate::support::sound::assert_sound(&app).await;
}

#[tokio::test]
async fn what_cannot_be_seen_is_refused() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    see(&app, 101, json!({})).await.invalid("occupied");
    see(&app, 101, json!({"occupied": "yes"})).await.invalid("occupied");
    see(&app, 101, json!({"occupied": false, "persons": 1})).await.invalid("persons");
    see(&app, 101, json!({"occupied": true, "persons": 0})).await.invalid("persons");
    see(&app, 101, json!({"occupied": true, "persons": 100})).await.invalid("persons");
    see(&app, 101, json!({"occupied": true, "note": "x".repeat(1001)})).await.invalid("note");
    see(&app, 999, json!({"occupied": true})).await.refused(404, "NOT_FOUND");
    for role in [Role::FrontDesk, Role::ReadOnly, Role::Revenue] {
        let path = format!("/rooms/{}/sightings", room(101));
        app.as_role(role, Method::POST, &path, json!({"occupied": true})).await.refused(403, "AUTHORIZATION_DENIED");
    }
    assert_eq!(app.count("select count(*) from pms_outbox").await, 0);
    let seen = see(&app, 101, json!({"occupied": false})).await.data();
    let path = format!("/room-sightings/{}/resolve", seen["id"].as_str().unwrap());
    desk.post(&path, json!({"version": 1, "resolution": "  "})).await.invalid("resolution");
    desk.post(&path, json!({"version": 1, "resolution": "x"})).await.refused(409, "INVALID_STATUS_TRANSITION");
}
