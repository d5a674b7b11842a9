//! Traps 21, 22 and 24: each night has its own price, and keeps it.

use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

/// Another price of the standard type, from one day to another.
async fn set_price(desk: Desk<'_>, from: &str, to: &str, cents: i64) {
    let body = json!({"roomTypeId": STD, "startDate": from, "endDate": to, "nightlyBaseCents": cents});
    desk.send(Method::PUT, &format!("/rate-plans/{BAR}/prices"), &[], body).await.data();
}

/// `10:100 11:100 12:150`: the nights with what each costs, in whole units.
fn drawn(stay: &Value) -> String {
    let night = |n: &Value| format!("{}:{}", &n["night"].as_str().unwrap()[8..], n["priceCents"].as_i64().unwrap() / 100);
    let nights: Vec<String> = stay["nights"].as_array().unwrap().iter().map(night).collect();
    let sum: i64 = stay["nights"].as_array().unwrap().iter().map(|n| n["priceCents"].as_i64().unwrap()).sum();
    assert_eq!((&stay["subtotalCents"], &stay["totalCents"]), (&json!(sum), &json!(sum)), "{stay}");
    nights.join(" ")
}

#[tokio::test]
async fn each_night_costs_what_it_cost_when_it_was_booked() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    set_price(desk, "2027-02-12", "2027-02-14", 150_00).await;

    let stay = desk.book("2027-02-10", "2027-02-13", json!({"roomId": room(101)})).await.data();
    // Not the price of the arrival for all; and the departure costs nothing.
    assert_eq!(drawn(&stay), "10:100 11:100 12:150");
    assert_eq!(stay["nightlyRateCents"], 116_67);

    set_price(desk, "2027-02-01", "2027-03-01", 200_00).await;
    let stay = desk.act(&stay, "move", json!({"roomId": room(102)})).await.data();
    assert_eq!(drawn(&stay), "10:100 11:100 12:150", "another room is no other price");
    let stay = desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-12"})).await.data();
    assert_eq!(drawn(&stay), "10:100 11:100", "a night that goes takes its own price along");
    let body = json!({"checkInDate": "2027-02-11", "checkOutDate": "2027-02-13"});
    let quote = desk.post(&format!("/reservations/{}/quote", stay["id"].as_str().unwrap()), body).await.data();
    assert_eq!(quote["differenceCents"], 100_00);
    let stay = desk.act(&stay, "move", json!({"checkInDate": "2027-02-11"})).await.data();
    assert_eq!(drawn(&stay), "11:100 12:200", "kept nights keep their price, new ones are quoted");
    assert_eq!(quote["totalCents"], stay["totalCents"]);
    let stay = desk.act(&stay, "split", json!({"date": "2027-02-12", "roomId": room(103)})).await.data();
    assert_eq!(drawn(&stay), "11:100 12:200");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_departure_before_its_day_gives_back_what_was_stored() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = desk.book("2027-02-01", "2027-02-04", json!({"roomId": room(101)})).await.data();
    set_price(desk, "2027-02-01", "2027-03-01", 999_00).await;
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    let stay = desk.act(&stay, "check-out", json!({})).await.data();
    assert_eq!(drawn(&stay), "01:100");
    let stay = desk.act(&stay, "undo-check-out", json!({})).await.data();
    assert_eq!(drawn(&stay), "01:100 02:100 03:100");
    assert_sound(&app).await;
}

#[tokio::test]
async fn the_dearest_and_longest_stay_can_be_added_up() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let more = json!({"roomId": room(101), "nightlyRateCents": 10_000_000_000_i64});
    let stay = desk.book("2027-02-01", "2029-02-01", more).await.data();
    assert_eq!(stay["totalCents"], 7_310_000_000_000_i64);
    assert_sound(&app).await;
}

/// A quote for other dates counts the stay's own nights and its own room as free.
#[tokio::test]
async fn a_quote_for_a_change_does_not_stand_in_its_own_way() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = desk.book("2027-02-10", "2027-02-12", json!({"roomId": room(101)})).await.data();
    for number in 102..=105 {
        desk.book("2027-02-10", "2027-02-13", json!({"roomId": room(number)})).await.data();
    }
    let quote = |stay: &Value| {
        let path = format!("/reservations/{}/quote", stay["id"].as_str().unwrap());
        async move { desk.post(&path, json!({"checkInDate": "2027-02-10", "checkOutDate": "2027-02-13"})).await.data() }
    };
    let longer = quote(&stay).await;
    assert_eq!((&longer["available"], &longer["freeRoomIds"]), (&json!(1), &json!([room(101)])));
    // In a suite it takes none of the standard rooms.
    let stay = desk.act(&stay, "move", json!({"roomId": room(201)})).await.data();
    desk.book("2027-02-10", "2027-02-12", json!({"roomId": room(101)})).await.data();
    assert_eq!(quote(&stay).await["available"], 0);
}

/// A price of a stay that cannot be booked would be a promise.
#[tokio::test]
async fn a_quote_refuses_the_persons_that_a_booking_refuses() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let dates = json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-02-10", "checkOutDate": "2027-02-12",
        "primaryGuestJson": {"lastName": "Lovelace"}});
    let with = |persons: Value| {
        let mut body = dates.clone();
        body.as_object_mut().unwrap().extend(persons.as_object().unwrap().clone());
        body
    };
    for (persons, field) in [
        (json!({"adults": 3}), "adults"),
        (json!({"adults": 0}), "adults"),
        (json!({"adults": 2, "children": 3}), "children"),
        (json!({"adults": 1, "children": 1, "childAges": [18]}), "childAges"),
    ] {
        let booked = desk.post("/reservations", with(persons.clone())).await;
        let mut ask = with(persons);
        ask.as_object_mut().unwrap().remove("primaryGuestJson");
        let quoted = desk.post("/reservations/quote", ask).await;
        quoted.invalid(field);
        assert_eq!(quoted.body["error"]["details"], booked.body["error"]["details"]);
    }
}
