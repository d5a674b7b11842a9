//! The life of a stay over the API, step by step.

use serde_json::{Value, json};

use crate::support::*;

async fn act(app: &TestApp, booking: &Value, verb: &str, mut body: Value) -> Answer {
    body["version"] = booking["version"].clone();
    app.post(&format!("/reservations/{}/{verb}", booking["id"].as_str().unwrap()), body).await
}

async fn chart(app: &TestApp, start: &str, days: u32) -> Value {
    app.get(&format!("/calendar?propertyId={PROPERTY}&start={start}&days={days}")).await.data()
}

#[tokio::test]
async fn a_booked_room_is_refused_with_the_dates() {
    let app = TestApp::start().await;

    let first = app.book("2027-02-10", "2027-02-13", json!({"roomId": room(101)})).await.data();
    assert_eq!((first["totalCents"].as_i64(), first["nights"].as_array().unwrap().len()), (Some(300_00), 3));
    let second = app.book("2027-02-12", "2027-02-14", json!({"roomId": room(101)})).await;
    second.refused(409, "ROOM_ALREADY_BOOKED");
    assert_eq!(second.body["error"]["facts"]["conflicts"][0]["startDate"], "2027-02-10");
    assert_eq!(second.body["error"]["message"], "Room 101 is booked from 2027-02-10 to 2027-02-13.");
    app.book("2027-02-13", "2027-02-14", json!({"roomId": room(101)})).await.data();

    let chart = chart(&app, "2027-02-09", 7).await;
    let bars = chart["bars"].as_array().unwrap();
    assert_eq!(bars.len(), 2);
    assert_eq!((&bars[0]["startDate"], &bars[0]["lastName"]), (&json!("2027-02-10"), &json!("Lovelace")));
    let sold: Vec<i64> = chart["dates"].as_array().unwrap().iter().map(|d| d["sold"].as_i64().unwrap()).collect();
    assert_eq!(sold, [0, 1, 1, 1, 1, 0, 0]);
    assert_eq!(chart["dates"][1]["availableByType"], json!([4, 3]));
    assert_eq!(chart["dates"][1]["arrivals"], 1);
}

#[tokio::test]
async fn from_arrival_to_departure_with_undo() {
    let app = TestApp::start().await;
    let booked = app.book("2027-02-01", "2027-02-04", json!({})).await.data();
    assert_eq!(booked["rooms"], json!([]));
    act(&app, &booked, "check-in", json!({})).await.invalid("roomId");

    let assigned = act(&app, &booked, "assign", json!({})).await.data();
    assert_eq!(assigned["roomId"], room(101));
    let inside = act(&app, &assigned, "check-in", json!({})).await.data();
    assert_eq!((&inside["status"], &inside["checkedInOn"]), (&json!("CHECKED_IN"), &json!("2027-02-01")));
    act(&app, &inside, "cancel", json!({})).await.refused(409, "INVALID_STATUS_TRANSITION");

    let moved = act(&app, &inside, "move", json!({"roomId": room(102)})).await.data();
    let status = app
        .sql("select room_number, status from pms_rooms where property_id like '%PRP1' order by tenant_id, room_number limit 2")
        .await;
    assert_eq!(status[0]["status"], "VACANT_DIRTY");
    assert_eq!(status[1]["status"], "OCCUPIED");

    let out = act(&app, &moved, "check-out", json!({})).await.data();
    assert_eq!((&out["status"], &out["checkOutDate"], &out["rooms"]), (&json!("CHECKED_OUT"), &json!("2027-02-02"), &json!([])));
    assert_eq!(out["totalCents"], 100_00);
    let back = act(&app, &out, "undo-check-out", json!({})).await.data();
    assert_eq!((&back["checkOutDate"], &back["totalCents"]), (&json!("2027-02-04"), &json!(300_00)));
    assert_eq!(back["rooms"][0]["roomId"], room(102));
    let before = act(&app, &back, "undo-check-in", json!({})).await.data();
    assert_eq!(before["status"], "CONFIRMED");
    let cancelled = act(&app, &before, "cancel", json!({"reason": "changed plans"})).await.data();
    assert_eq!(cancelled["rooms"], json!([]));
    let again = act(&app, &cancelled, "reinstate", json!({"reason": "changed back", "roomId": room(103)})).await.data();
    assert_eq!(again["roomId"], room(103));
    app.post(&format!("/reservations/{}/no-show", again["id"].as_str().unwrap()), json!({"version": 1}))
        .await
        .refused(409, "CONCURRENCY_CONFLICT");
    act(&app, &again, "no-show", json!({})).await.data();
    assert_eq!(app.count("select count(*) from pms_room_blocks").await, 0);
    assert_eq!(app.count("select count(*) from rm_pms_calendar_segments").await, 0);
    assert_eq!(app.count("select count(*) from rm_pms_daily_occupancy where rooms_occupied <> 0 or arrivals <> 0").await, 0);
}

#[tokio::test]
async fn a_click_on_the_wrong_line_sells_no_half_a_year() {
    let app = TestApp::start().await;
    let later = app.book("2027-02-04", "2027-02-05", json!({"roomId": room(101)})).await.data();
    let refused = act(&app, &later, "check-in", json!({})).await;
    refused.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(refused.body["error"]["facts"]["nightsAdded"], 3);
    let inside = act(&app, &later, "check-in", json!({"addNights": true})).await.data();
    assert_eq!((&inside["totalCents"], &inside["warnings"][0]["code"]), (&json!(400_00), &json!("NIGHTS_ADDED")));

    let tomorrow = app.book("2027-02-02", "2027-02-03", json!({"roomId": room(102)})).await.data();
    let inside = act(&app, &tomorrow, "check-in", json!({})).await.data();
    assert_eq!((&inside["checkInDate"], &inside["warnings"][0]["code"]), (&json!("2027-02-01"), &json!("NIGHTS_ADDED")));
}

#[tokio::test]
async fn a_room_that_somebody_is_in_is_offered_last() {
    let app = TestApp::start().await;
    let guest = app.book("2027-02-01", "2027-02-02", json!({"roomId": room(101)})).await.data();
    act(&app, &guest, "check-in", json!({})).await.data();
    app.post(&format!("/rooms/{}/status", room(102)), json!({"version": 1, "status": "VACANT_DIRTY"})).await.data();
    // Free from tomorrow on: he who leaves then is still in it.
    let path =
        format!("/availability/rooms?propertyId={PROPERTY}&checkInDate=2027-02-02&checkOutDate=2027-02-03&roomTypeId={STD}");
    let rooms = app.get(&path).await.data();
    let numbers: Vec<&str> = rooms.as_array().unwrap().iter().map(|r| r["roomNumber"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["103", "104", "105", "102", "101"]);
    let waiting = app.book("2027-02-02", "2027-02-03", json!({})).await.data();
    assert_eq!(act(&app, &waiting, "assign", json!({})).await.data()["roomId"], room(103));
}

#[tokio::test]
async fn stays_are_moved_resized_split_and_swapped() {
    let app = TestApp::start().await;
    let a = app.book("2027-02-10", "2027-02-14", json!({"roomId": room(101)})).await.data();
    let b = app.book("2027-02-12", "2027-02-16", json!({"roomId": room(102)})).await.data();

    act(&app, &a, "move", json!({"roomId": room(102)})).await.refused(409, "ROOM_ALREADY_BOOKED");
    let a = act(&app, &a, "move", json!({"checkInDate": "2027-02-11"})).await.data();
    assert_eq!(a["checkOutDate"], "2027-02-15");
    let a = act(&app, &a, "resize", json!({"checkOutDate": "2027-02-12"})).await.data();
    assert_eq!(a["totalCents"], 100_00);
    act(&app, &a, "resize", json!({"checkOutDate": "2027-02-11"})).await.invalid("checkOutDate");
    let both = app
        .post("/reservations/swap", json!({"a": {"reservationId": a["id"], "version": a["version"]}, "b": {"reservationId": b["id"], "version": b["version"]}}))
        .await
        .data();
    assert_eq!((&both[0]["roomId"], &both[1]["roomId"]), (&json!(room(102)), &json!(room(101))));
    let split = act(&app, &both[1], "split", json!({"date": "2027-02-14", "roomId": room(103)})).await.data();
    assert_eq!(split["rooms"].as_array().unwrap().len(), 2);
    let seen =
        json!({"roomId": room(103), "checkInDate": "2027-02-14", "checkOutDate": "2027-02-16", "version": split["version"]});
    let target = json!({"roomId": room(201), "checkInDate": "2027-02-14"});
    let piece = app
        .post("/calendar/move", json!({"reservationId": split["id"], "from": seen, "to": target, "idempotencyKey": "m1"}))
        .await
        .data();
    assert_eq!(piece["rooms"][1]["roomId"], room(201));
    let segments = app.sql("select room_id, business_date from rm_pms_calendar_segments order by 1, 2").await;
    assert_eq!(segments.len(), 5);

    let block = app
        .post("/room-blocks", json!({"propertyId": PROPERTY, "roomId": room(104), "startDate": "2027-02-01", "endDate": "2027-02-20", "blockType": "OUT_OF_ORDER", "reason": "leak"}))
        .await
        .data();
    act(&app, &piece, "assign", json!({"roomId": room(104)})).await.refused(409, "ROOM_OUT_OF_ORDER");
    let status = app
        .get(&format!("/availability/rooms?propertyId={PROPERTY}&checkInDate=2027-02-10&checkOutDate=2027-02-11"))
        .await
        .data();
    assert_eq!(status.as_array().unwrap().last().unwrap()["obstacle"]["blockType"], "OUT_OF_ORDER");
    let headers = [("If-Match", "\"1\"")];
    let path = format!("/room-blocks/{}", block["id"].as_str().unwrap());
    app.send(app.a.key(oppsera_pms::http::permission::Role::Manager), Method::DELETE, &path, &headers, Value::Null).await.data();
    assert_eq!(app.count("select count(*) from pms_rooms where is_out_of_order").await, 0);
}

#[tokio::test]
async fn a_type_takes_as_many_stays_as_it_has_rooms() {
    let app = TestApp::start().await;
    for _ in 0..5 {
        app.book("2027-03-01", "2027-03-03", json!({})).await.data();
    }
    let refused = app.book("2027-03-02", "2027-03-04", json!({})).await;
    refused.refused(409, "NO_AVAILABILITY");
    assert_eq!(refused.body["error"]["facts"]["nights"], json!(["2027-03-02"]));
    let why = "No room of this type is left on 2027-03-02: 5 stays that wait for one need those that are free.";
    assert_eq!(refused.body["error"]["message"], why);
    app.book("2027-03-02", "2027-03-04", json!({"roomId": room(101)})).await.refused(409, "NO_AVAILABILITY");
    let nights = app.get(&format!("/availability?propertyId={PROPERTY}&start=2027-03-01&days=3&roomTypeId={STD}")).await.data();
    let left: Vec<i64> = nights[0]["nights"].as_array().unwrap().iter().map(|n| n["available"].as_i64().unwrap()).collect();
    assert_eq!(left, [0, 0, 5]);
    let waiting = chart(&app, "2027-03-01", 3).await;
    assert_eq!(waiting["unassigned"].as_array().unwrap().len(), 5);
    assert_eq!(
        app.get(&format!("/occupancy?propertyId={PROPERTY}&start=2027-03-01&days=1")).await.data()[0]["roomsUnassigned"],
        5
    );
}

#[tokio::test]
async fn a_hold_runs_out_by_itself() {
    let app = TestApp::start().await;
    let hold = app.book("2027-03-01", "2027-03-03", json!({"status": "HOLD", "roomId": room(101)})).await.data();
    assert_eq!(oppsera_pms::reservations::expire_holds(&app.store).await.unwrap(), 0);
    app.clock.advance(std::time::Duration::from_secs(25 * 3600));
    assert_eq!(oppsera_pms::reservations::expire_holds(&app.store).await.unwrap(), 1);
    let now = app.get(&format!("/reservations/{}", hold["id"].as_str().unwrap())).await.data();
    assert_eq!((&now["status"], &now["rooms"]), (&json!("CANCELLED"), &json!([])));
    app.book("2027-03-01", "2027-03-03", json!({"roomId": room(101)})).await.data();
}
