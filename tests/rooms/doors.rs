use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

fn new_room(number: &str, more: Value) -> Value {
    let mut body = json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": number});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn numbers(rooms: &Value) -> Vec<String> {
    rooms.as_array().unwrap().iter().map(|r| r["roomNumber"].as_str().unwrap().to_string()).collect()
}

/// A block of a room, written by the owner: the slice that keeps blocks is not what is tested here.
async fn block(app: &TestApp, number: u32, room_type: &str, from: &str, to: &str, kind: &str) {
    let sql = format!(
        "insert into pms_room_blocks (tenant_id, property_id, room_id, room_type_id, start_date, end_date, block_type, created_by, updated_by)
         values ('{}', '{PROPERTY}', '{}', '{room_type}', '{from}', '{to}', '{kind}', 'test', 'test')",
        app.a.id,
        room(number)
    );
    database::execute(&app.owner_url, &sql).await;
}

/// A stay, with or without a room.
async fn stay(app: &TestApp, n: u32, status: &str, from: &str, to: &str, number: Option<u32>) {
    let room_id = number.map_or("null".to_string(), |n| format!("'{}'", room(n)));
    let sql = format!(
        "insert into pms_reservations (tenant_id, property_id, primary_guest_json, status, check_in_date, check_out_date, room_type_id,
           room_id, rate_plan_id, nightly_rate_cents, subtotal_cents, total_cents, confirmation_number, currency, booked_on, created_by, updated_by)
         values ('{}', '{PROPERTY}', '{{}}', '{status}', '{from}', '{to}', '{STD}', {room_id}, '{BAR}', 0, 0, 0, 'C{n}', 'USD',
           '2027-01-01', 'test', 'test')",
        app.a.id
    );
    database::execute(&app.owner_url, &sql).await;
}

#[tokio::test]
async fn a_room_is_made_read_changed_and_listed() {
    let app = TestApp::start().await;

    let made =
        app.post("/rooms", new_room(" 106 ", json!({"floor": "1", "name": "Corner", "featuresJson": {"bath": true}}))).await;
    assert_eq!(made.status, 201);
    let made = made.data();
    assert_eq!(
        (&made["roomNumber"], &made["status"], &made["openedOn"]),
        (&json!("106"), &json!("VACANT_CLEAN"), &json!("2027-02-01"))
    );
    let path = format!("/rooms/{}", made["id"].as_str().unwrap());
    let read = app.get(&path).await;
    assert_eq!((read.data(), read.headers["etag"].to_str().unwrap()), (made, "\"1\""));
    let always = app.post("/rooms", new_room("107", json!({"openedOn": null}))).await.data();
    assert_eq!(always["openedOn"], Value::Null);
    let later = app.post("/rooms", new_room("108", json!({"openedOn": "2027-06-01"}))).await.data();
    assert_eq!(later["openedOn"], "2027-06-01");

    let change =
        json!({"version": 1, "roomNumber": "1006", "floor": null, "name": "Garden", "roomTypeId": SUITE, "featuresJson": ["x"]});
    let changed = app.patch(&path, change.clone()).await.data();
    assert_eq!((&changed["roomNumber"], &changed["floor"], &changed["version"]), (&json!("1006"), &Value::Null, &json!(2)));
    assert_eq!((&changed["roomTypeId"], &changed["featuresJson"]), (&json!(SUITE), &json!(["x"])));
    app.patch(&path, change).await.refused(409, "CONCURRENCY_CONFLICT");

    let list = async |filter: &str| numbers(&app.get(&format!("/rooms?propertyId={PROPERTY}{filter}")).await.data());
    assert_eq!(list(&format!("&roomTypeId={SUITE}")).await, ["1006", "201", "202", "203"]);
    assert_eq!(list("&floor=2").await, ["201", "202", "203"]);
    assert_eq!(list("&status=VACANT_DIRTY").await, [""; 0]);
    assert_eq!(list("&isActive=true&status=VACANT_CLEAN").await.len(), 11);
    let first = app.get(&format!("/rooms?propertyId={PROPERTY}&limit=10")).await;
    let cursor = first.body["meta"]["cursor"].as_str().unwrap();
    assert_eq!(list(&format!("&cursor={cursor}")).await, ["203"]);

    assert_eq!(app.count("select count(*) from pms_audit_log where entity_type = 'ROOM'").await, 4);
    assert_eq!(app.count("select count(*) from pms_rooms where tenant_id <> (select min(id) from pms_tenants)").await, 9);
}

#[tokio::test]
async fn bad_rooms_are_refused_by_field() {
    let app = TestApp::start().await;
    let table = [
        ("roomNumber", json!({"roomNumber": " "})),
        ("roomNumber", json!({"roomNumber": "1".repeat(21)})),
        ("roomNumber", json!({"roomNumber": "101"})),
        ("roomNumber", json!({"roomNumber": 106})),
        ("floor", json!({"floor": "1".repeat(21)})),
        ("name", json!({"name": "x".repeat(201)})),
        ("roomTypeId", json!({"roomTypeId": OTHER_TYPE})),
        ("roomTypeId", json!({"roomTypeId": room(999)})),
        ("openedOn", json!({"openedOn": "2027-02-30"})),
        ("status", json!({"status": "OCCUPIED"})),
        ("id", json!({"id": room(101)})),
    ];
    for (field, wrong) in table {
        app.post("/rooms", new_room("106", wrong)).await.invalid(field);
    }
    app.post("/rooms", new_room("106", json!({"propertyId": room(999)}))).await.refused(404, "NOT_FOUND");
    let path = format!("/rooms/{}", room(101));
    app.patch(&path, json!({"version": 1, "roomNumber": "102"})).await.invalid("roomNumber");
    app.patch(&path, json!({"version": 1, "roomTypeId": OTHER_TYPE})).await.invalid("roomTypeId");
    app.patch(&path, json!({"version": 1, "status": "OCCUPIED"})).await.invalid("status");
    app.patch(&path, json!({"roomNumber": "9"})).await.invalid("version");
    app.get("/rooms").await.invalid("propertyId");
    app.get(&format!("/rooms?propertyId={PROPERTY}&limit=101")).await.invalid("limit");
    assert_eq!(app.get(&format!("/rooms?propertyId={PROPERTY}&status=GONE")).await.status, 422);
    assert_eq!(app.count("select count(*) from pms_rooms").await, 18);
    assert_eq!(app.count("select count(*) from pms_outbox").await, 0);
}

#[tokio::test]
async fn rooms_are_seen_by_all_and_changed_by_the_manager_of_the_tenant() {
    let app = TestApp::start().await;
    let path = format!("/rooms/{}", room(101));
    for role in Role::ALL {
        assert_eq!(app.as_role(*role, Method::GET, &path, Value::Null).await.data()["roomNumber"], "101", "{role}");
        if *role != Role::Manager {
            app.as_role(*role, Method::POST, "/rooms", new_room("106", json!({}))).await.refused(403, "AUTHORIZATION_DENIED");
            let change = json!({"version": 1, "name": "X"});
            app.as_role(*role, Method::PATCH, &path, change).await.refused(403, "AUTHORIZATION_DENIED");
        }
    }
    let made = app.post("/rooms", new_room("106", json!({}))).await.data();
    let own = format!("/rooms/{}", made["id"].as_str().unwrap());
    app.b(Method::GET, &own, Value::Null).await.refused(404, "NOT_FOUND");
    app.b(Method::PATCH, &own, json!({"version": 1, "name": "X"})).await.refused(404, "NOT_FOUND");
    app.patch(&path, json!({"version": 1, "name": "Ours"})).await.data();
    assert_eq!(app.b(Method::GET, &path, Value::Null).await.data()["name"], Value::Null);
}

#[tokio::test]
async fn a_room_made_twice_under_one_key_is_one_room() {
    let app = TestApp::start().await;
    let key = app.a.key(Role::Manager).to_string();
    let send = || app.send(&key, Method::POST, "/rooms", &[("Idempotency-Key", "r-1")], new_room("106", json!({})));
    let (first, second) = (send().await, send().await);
    assert_eq!(first.data(), second.data());
    assert_eq!(second.headers["idempotency-replayed"], "true");
    assert_eq!(app.count("select count(*) from pms_rooms where room_number = '106'").await, 1);
}

#[tokio::test]
async fn a_held_room_neither_closes_nor_changes_its_type() {
    let app = TestApp::start().await;
    block(&app, 101, STD, "2027-01-20", "2027-02-02", "HOUSE_USE").await;
    block(&app, 102, STD, "2027-09-01", "2027-09-03", "OUT_OF_ORDER").await;
    block(&app, 103, STD, "2027-01-20", "2027-02-01", "MAINTENANCE").await;
    stay(&app, 1, "CHECKED_IN", "2027-01-20", "2027-02-01", Some(104)).await;
    let change = async |number, change: Value| app.patch(&format!("/rooms/{}", room(number)), change).await;

    for body in [json!({"version": 1, "isActive": false}), json!({"version": 1, "roomTypeId": SUITE})] {
        let held = change(101, body.clone()).await;
        let conflict = &held.refused(409, "ROOM_ALREADY_BOOKED").body["error"]["facts"]["conflicts"][0];
        assert_eq!((&conflict["blockType"], &conflict["endDate"]), (&json!("HOUSE_USE"), &json!("2027-02-02")));
        change(102, body.clone()).await.refused(409, "ROOM_OUT_OF_ORDER");
        // A guest who has not left yet, though the last night is over.
        let guest = change(104, body).await;
        assert_eq!(guest.refused(409, "ROOM_ALREADY_BOOKED").body["error"]["facts"]["conflicts"][0]["blockId"], Value::Null);
    }
    // A period that is over holds nothing; other changes are free.
    assert_eq!(change(103, json!({"version": 1, "roomTypeId": SUITE})).await.data()["roomTypeId"], SUITE);
    assert_eq!(change(101, json!({"version": 1, "roomTypeId": STD, "isActive": true, "name": "A"})).await.data()["version"], 2);
    database::execute(&app.owner_url, &format!("update pms_rooms set status = 'OCCUPIED' where id = '{}'", room(105))).await;
    let occupied = change(105, json!({"version": 1, "isActive": false})).await;
    assert_eq!(occupied.refused(409, "INVALID_STATUS_TRANSITION").body["error"]["facts"]["status"], "OCCUPIED");
}

#[tokio::test]
async fn a_room_that_waiting_stays_need_neither_closes_nor_changes_its_type() {
    let app = TestApp::start().await;
    // Four rooms are left on the night of the 11th, and four stays wait for one.
    block(&app, 105, STD, "2027-02-11", "2027-02-12", "HOLD").await;
    for n in 0..4 {
        stay(&app, n, "CONFIRMED", "2027-02-10", "2027-02-12", None).await;
    }
    let path = format!("/rooms/{}", room(101));
    for change in [json!({"version": 1, "isActive": false}), json!({"version": 1, "roomTypeId": SUITE})] {
        let refused = app.patch(&path, change).await;
        assert_eq!(refused.refused(409, "NO_AVAILABILITY").body["error"]["facts"]["nights"], json!(["2027-02-11"]));
    }
    assert_eq!(app.get(&path).await.data()["version"], 1);

    // With one more stay allowed on that night the room can go.
    let limit = json!({"roomTypeId": STD, "startDate": "2027-02-11", "endDate": "2027-02-12", "rooms": 1});
    app.put("/overbooking-limits", limit).await.data();
    app.patch(&path, json!({"version": 1, "isActive": false})).await.data();
}

#[tokio::test]
async fn rooms_come_and_go_and_the_house_is_counted_again() {
    let app = TestApp::start().await;
    for (day, rooms) in [("2027-01-31", 8), ("2027-02-01", 8), ("2027-07-01", 8)] {
        let sql = format!(
            "insert into rm_pms_daily_occupancy (tenant_id, property_id, business_date, rooms_occupied, rooms_available, arrivals, departures, updated_at)
             values ('{}', '{PROPERTY}', '{day}', 0, {rooms}, 0, 0, now())",
            app.a.id
        );
        database::execute(&app.owner_url, &sql).await;
    }
    let counted = async || {
        let rows = app.sql("select rooms_available as n from rm_pms_daily_occupancy order by business_date").await;
        rows.iter().map(|row| row["n"].as_i64().unwrap()).collect::<Vec<_>>()
    };

    app.post("/rooms", new_room("106", json!({"openedOn": "2027-06-01"}))).await.data();
    assert_eq!(counted().await, [8, 8, 9]);
    app.post("/rooms", new_room("107", json!({}))).await.data();
    assert_eq!(counted().await, [8, 9, 10]);
    app.post("/rooms", new_room("108", json!({"openedOn": null}))).await.data();
    assert_eq!(counted().await, [9, 10, 11]);
    let path = format!("/rooms/{}", room(101));
    let closed = app.patch(&path, json!({"version": 1, "isActive": false})).await.data();
    assert_eq!((&closed["isActive"], &closed["closedOn"]), (&json!(false), &json!("2027-02-01")));
    assert_eq!(counted().await, [9, 9, 10]);
    let opened = app.patch(&path, json!({"version": 2, "isActive": true})).await.data();
    assert_eq!((&opened["isActive"], &opened["closedOn"]), (&json!(true), &Value::Null));
    assert_eq!(counted().await, [9, 10, 11]);
}
