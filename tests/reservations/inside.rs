//! What the outside must not see: names in the history, the database in an answer; and what must not be seen twice.

use serde_json::{Value, json};

use crate::support::*;

/// Trap 44.
#[tokio::test]
async fn the_history_knows_no_names() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let guest = json!({"firstName": "Zebulon", "lastName": "Quackenbush", "email": "zq@example.com", "phone": "+1 555 0199 77"});
    let notes = json!({"primaryGuestJson": guest, "internalNotes": "snores terribly", "guestNotes": "vegan breakfast", "roomId": room(101)});
    let stay = desk.book("2027-02-01", "2027-02-04", notes).await.data();
    let renamed = json!({"version": 1, "primaryGuestJson": {"lastName": "Winterbottom"}, "internalNotes": "sleeps lightly"});
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let stay = desk.send(Method::PATCH, &path, &[], renamed).await.data();
    desk.act(&stay, "cancel", json!({"reason": "fell terribly ill"})).await.data();

    let history = app.sql("select diff_json as said from pms_audit_log union all select payload_json from pms_outbox").await;
    let text = Value::from(history).to_string();
    assert!(text.contains("CANCELLED") && text.contains("2027-02-04"), "{text}");
    for secret in ["Zebulon", "Quackenbush", "zq@", "0199", "snores", "vegan", "Winterbottom", "lightly", "terribly"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

/// Trap 46.
#[tokio::test]
async fn a_fault_of_ours_says_nothing_of_the_inside() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    database::execute(&app.owner_url, "alter table pms_reservation_nights rename column price_cents to price_pence").await;

    let answer = desk
        .send(Method::POST, "/reservations", &[("X-Correlation-Id", "c-1")], booking("2027-03-01", "2027-03-02", json!({})))
        .await;

    answer.refused(500, "INTERNAL_ERROR");
    assert_eq!(
        answer.body,
        json!({"error": {"code": "INTERNAL_ERROR", "message": "Something went wrong on our side.", "correlationId": "c-1"}})
    );
    assert_eq!(app.count("select count(*) from pms_reservations").await, 0, "half of it is not written");
}

/// Trap 38.
#[tokio::test]
async fn two_folios_do_not_make_two_stays() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = desk.book("2027-02-10", "2027-02-14", json!({"roomId": room(101)})).await.data();
    let stay = desk.act(&stay, "split", json!({"date": "2027-02-12", "roomId": room(102)})).await.data();
    let more = format!(
        "insert into pms_folios (tenant_id, id, property_id, reservation_id, currency, balance_cents, created_by, updated_by)
         select tenant_id, 'F' || n, property_id, id, 'USD', 700 * n, 'test', 'test' from pms_reservations, generate_series(1, 2) n where id = '{}'",
        stay["id"].as_str().unwrap()
    );
    database::execute(&app.owner_url, &more).await;

    let chart = desk.get(&format!("/calendar?propertyId={PROPERTY}&start=2027-02-09&days=7")).await.data();
    let bars = chart["bars"].as_array().unwrap();
    assert_eq!(bars.len(), 2, "one for each block");
    assert!(bars.iter().all(|bar| bar["balanceCents"] == 2_100), "{bars:?}");
    // The dates of the stay where they are not those of the block.
    assert_eq!([bars[0].get("checkInDate"), bars[0].get("checkOutDate")], [None, Some(&stay["checkOutDate"])]);
    assert_eq!([bars[1].get("checkInDate"), bars[1].get("checkOutDate")], [Some(&stay["checkInDate"]), None]);
    let sold: Vec<i64> = chart["dates"].as_array().unwrap().iter().map(|d| d["sold"].as_i64().unwrap()).collect();
    assert_eq!(sold, [0, 1, 1, 1, 1, 0, 0]);
    assert_eq!(desk.get(&format!("/reservations?propertyId={PROPERTY}")).await.data().as_array().unwrap().len(), 1);
    assert_eq!(desk.look(&stay).await["nights"].as_array().unwrap().len(), 4);
}

/// Trap 35: a month of a stay is one bar.
#[tokio::test]
async fn a_long_stay_is_one_bar_however_many_nights_are_asked_for() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    desk.book("2027-02-10", "2027-08-10", json!({"roomId": room(101)})).await.data();
    let mut sizes = Vec::new();
    for days in [31, 93] {
        let chart = desk.get(&format!("/calendar?propertyId={PROPERTY}&start=2027-03-01&days={days}")).await.data();
        assert_eq!(chart["bars"].as_array().unwrap().len(), 1);
        sizes.push(chart.to_string().len() - chart["dates"].to_string().len());
    }
    assert_eq!(sizes[0], sizes[1]);
}
