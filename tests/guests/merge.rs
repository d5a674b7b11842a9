use serde_json::{Value, json};

use super::guest;
use crate::support::*;

/// Writes a reservation of a guest, as the owner: this test is not about booking.
async fn reservation(app: &TestApp, n: u32, guest: &str, from: &str, to: &str, status: &str, cents: i64) -> String {
    let id = format!("0000000000000000000000RES{n}");
    let room = if status == "CHECKED_OUT" { format!("'{}'", room(101)) } else { "null".into() };
    let sql = format!(
        "insert into pms_reservations (tenant_id, id, property_id, guest_id, primary_guest_json, status, check_in_date, check_out_date,
           room_type_id, room_id, rate_plan_id, nightly_rate_cents, subtotal_cents, total_cents, confirmation_number, currency, booked_on,
           created_by, updated_by)
         values ('{}', '{id}', '{PROPERTY}', '{guest}', '{{\"firstName\": \"Ada\", \"lastName\": \"L\"}}', '{status}', '{from}', '{to}', '{STD}', {room}, '{BAR}', {cents}, {cents},
           {cents}, 'C{n}', 'USD', '2026-01-01', 'test', 'test')",
        app.a.id
    );
    database::execute(&app.owner_url, &sql).await;
    id
}

#[tokio::test]
async fn the_history_lists_stays_with_totals() {
    let app = TestApp::start().await;
    let id = guest(&app, "Ada", "Lovelace", json!({})).await;
    reservation(&app, 1, &id, "2026-05-01", "2026-05-04", "CHECKED_OUT", 300_00).await;
    reservation(&app, 2, &id, "2026-08-01", "2026-08-02", "CHECKED_OUT", 110_50).await;
    reservation(&app, 3, &id, "2027-03-01", "2027-03-05", "CONFIRMED", 400_00).await;
    reservation(&app, 4, &id, "2026-09-01", "2026-09-05", "CANCELLED", 400_00).await;

    let first = app.get(&format!("/guests/{id}/stays?limit=3")).await;
    let dates: Vec<Value> = first.data().as_array().unwrap().iter().map(|s| s["checkInDate"].clone()).collect();
    assert_eq!(dates, ["2027-03-01", "2026-09-01", "2026-08-01"]);
    assert_eq!(first.body["meta"]["totals"], json!({"stays": 2, "nights": 4, "revenueCents": 410_50}));
    let cursor = first.body["meta"]["cursor"].as_str().unwrap();
    let last = app.get(&format!("/guests/{id}/stays?limit=3&cursor={cursor}")).await;
    let expected = json!([{
        "reservationId": "0000000000000000000000RES1", "confirmationNumber": "C1", "status": "CHECKED_OUT", "checkInDate": "2026-05-01",
        "checkOutDate": "2026-05-04", "nights": 3, "roomNumber": "101", "roomTypeCode": "STD", "totalCents": 300_00, "currency": "USD",
    }]);
    assert_eq!(last.data(), expected);
    assert_eq!(last.body["meta"]["hasMore"], false);
    app.get("/guests/0000000000000000000000N0NE/stays").await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_merge_moves_the_reservations_and_fills_the_kept_profile() {
    let app = TestApp::start().await;
    let kept = guest(&app, "Ada", "Lovelace", json!({"email": "ada@example.com"})).await;
    let gone = guest(&app, "Ada", "Lovelance", json!({"email": "x@example.com", "phone": "+44 123 456", "country": "GB"})).await;
    let reservation = reservation(&app, 1, &gone, "2027-03-01", "2027-03-05", "CONFIRMED", 400_00).await;

    let path = format!("/guests/{gone}/merge");
    app.post(&path, json!({"intoGuestId": kept, "version": 7})).await.refused(409, "CONCURRENCY_CONFLICT");
    let done = app.post(&path, json!({"intoGuestId": kept, "version": 1})).await.data();
    assert_eq!(done["reservations"], 1);
    let after = &done["kept"];
    assert_eq!(
        (&after["email"], &after["phone"], &after["country"]),
        (&json!("ada@example.com"), &json!("+44 123 456"), &json!("GB"))
    );
    assert_eq!(after["version"], 2);
    assert_eq!((&done["merged"]["isActive"], &done["merged"]["mergedIntoGuestId"]), (&json!(false), &json!(kept)));
    let rows = app.sql(&format!("select guest_id, version from pms_reservations where id = '{reservation}'")).await;
    assert_eq!(rows, [json!({"guest_id": kept, "version": 2})]);
    assert_eq!(app.get(&format!("/guests/{kept}/stays")).await.data().as_array().unwrap().len(), 1);

    let told = app.sql("select event_type as e from pms_outbox where event_type not like '%created%' order by sequence").await;
    let told: Vec<&str> = told.iter().filter_map(|r| r["e"].as_str()).collect();
    assert_eq!(told, ["pms.reservation.guest_changed.v1", "pms.guest.merged.v1", "pms.guest.changed.v1"]);

    // What was merged is history.
    app.post(&path, json!({"intoGuestId": kept, "version": 2})).await.refused(409, "INVALID_STATUS_TRANSITION");
    let alive = app.patch(&format!("/guests/{gone}"), json!({"version": 2, "isActive": true})).await;
    alive.refused(409, "INVALID_STATUS_TRANSITION");
    app.post(&format!("/guests/{kept}/merge"), json!({"intoGuestId": gone, "version": 2})).await.invalid("intoGuestId");
}

#[tokio::test]
async fn a_merge_stays_inside_one_property() {
    let app = TestApp::start().await;
    let one = guest(&app, "Ada", "One", json!({})).await;
    let other = guest(&app, "Ada", "Two", json!({"propertyId": OTHER_PROPERTY})).await;
    let path = format!("/guests/{one}/merge");

    app.post(&path, json!({"intoGuestId": one, "version": 1})).await.invalid("intoGuestId");
    app.post(&path, json!({"intoGuestId": other, "version": 1})).await.invalid("intoGuestId");
    app.post(&path, json!({"intoGuestId": "0000000000000000000000N0NE", "version": 1})).await.invalid("intoGuestId");
    app.post(&path, json!({"intoGuestId": other})).await.invalid("version");
    app.b(Method::POST, &path, json!({"intoGuestId": other, "version": 1})).await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_guests where version > 1 or not is_active").await, 0);
}
