//! What stays wish, in the plans: what must be so is never broken, what would be nice counts after the moves.

use serde_json::{Value, json};

use super::hotel::{Hotel, accepted, told};
use crate::support::{desk::Desk, sound::assert_sound, *};

async fn furnish(desk: Desk<'_>, number: u32, features: Value) {
    let path = format!("/rooms/{}", room(number));
    desk.send(Method::PATCH, &path, &[], json!({"version": 1, "featuresJson": features})).await.data();
}

async fn wish(hotel: &mut Hotel<'_>, letter: char, wishes: Value) {
    let path = format!("/reservations/{}", hotel.id(letter).as_str().unwrap());
    let body = json!({"version": hotel.stays[&letter]["version"], "wishes": wishes});
    let stay = hotel.desk.send(Method::PATCH, &path, &[], body).await.data();
    hotel.stays.insert(letter, stay);
}

#[tokio::test]
async fn who_must_have_a_feature_gets_it_and_who_has_it_keeps_it() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        furnish(desk, 103, json!(["accessible"])).await;
        let text = "101 |......
             102 |BBBBBB
             103 |AAAAAA
             104 |CCCCCC
             105 |DDDDDD
             ? |.XXX..";
        let mut hotel = Hotel::drawn(desk, text).await;
        wish(&mut hotel, 'X', json!({"features": ["accessible"]})).await;
        let answer = hotel.make_room('X').await;
        assert_eq!(told(&answer), "Guest A 103>101, Guest X ->103", "{answer}");
        assert_eq!((&answer["wishCost"], &answer["isCheapest"]), (&json!(0), &json!(true)));
        // A must have it too: there is no plan, and who is in it is named.
        wish(&mut hotel, 'A', json!({"features": ["accessible"]})).await;
        let answer = hotel.make_room('X').await;
        assert_eq!(
            (&answer["outcome"], &answer["proof"]["stays"][1]["guestName"]),
            (&json!("IMPOSSIBLE"), &json!("Guest X")),
            "{answer}"
        );
        let arrivals = hotel.ask(json!({"arrivals": {"date": "2027-02-11"}})).await.data();
        assert_eq!(arrivals[0]["outcome"], "IMPOSSIBLE");

        // A room against the wish must be said, twice.
        let mut asked = json!({"makeRoom": {"reservationId": hotel.id('X'), "roomId": room(101)}});
        hotel.ask(asked.clone()).await.refused(409, "ROOM_NOT_AS_WISHED");
        asked["makeRoom"]["overrideWishes"] = json!(true);
        let answer = hotel.ask(asked).await.data()[0].clone();
        assert_eq!((told(&answer).as_str(), &answer["moves"][0]["overridesWishes"]), ("Guest X ->101", &json!(true)));
        let mut plan = accepted(&answer);
        hotel.execute(plan.clone()).await.refused(409, "ROOM_NOT_AS_WISHED");
        plan["moves"][0]["overrideWishes"] = json!(true);
        let done = hotel.execute(plan).await.data();
        assert_eq!(done["bookings"][0]["overriddenWishes"][0]["lacks"], json!(["accessible"]));
        hotel.execute(json!({"moves": done["undo"]})).await.data();
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn an_undo_brings_back_to_a_room_that_is_not_as_wished() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    furnish(desk, 103, json!(["accessible"])).await;
    let mut hotel = Hotel::drawn(desk, "101 |AAAA\n103 |....\n? |.XX.").await;
    wish(&mut hotel, 'A', json!({"features": ["accessible"]})).await;
    let answer =
        hotel.ask(json!({"freeRoom": {"roomId": room(101), "startDate": "2027-02-10", "endDate": "2027-02-14"}})).await.data();
    assert_eq!(told(&answer[0]), "Guest A 101>103");
    let done = hotel.execute(accepted(&answer[0])).await.data();
    assert_eq!(done["undo"][0]["overrideWishes"], true);
    hotel.execute(json!({"moves": done["undo"]})).await.data();
    assert!(hotel.draw().await.starts_with("101 |AAAA"));
    assert_sound(&app).await;
}

#[tokio::test]
async fn of_as_few_moves_the_plan_that_is_liked_best() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        furnish(desk, 101, json!({"connecting": ["105"]})).await;
        let text = "101 |......
             102 |......
             103 |......
             104 |......
             105 |AAAAAA
             ? |.XXX..
             ? |.YYY..";
        let mut hotel = Hotel::drawn(desk, text).await;
        let gets = |answer: &Value| told(answer).rsplit_once('>').unwrap().1.to_string();
        wish(&mut hotel, 'X', json!({"roomId": room(103)})).await;
        assert_eq!(gets(&hotel.make_room('X').await), "103");
        // Next door to A is 104, and through the door 101; both are as good, and 103 is not.
        let near = hotel.id('A');
        wish(&mut hotel, 'X', json!({"nearReservationId": near})).await;
        let answer = hotel.make_room('X').await;
        assert!(["101", "104"].contains(&gets(&answer).as_str()) && answer["wishCost"] == 0, "{answer}");
        // Two who arrive together and wish to be near each other.
        let near = hotel.id('Y');
        wish(&mut hotel, 'X', json!({"nearReservationId": near})).await;
        wish(&mut hotel, 'Y', json!({"roomId": room(102)})).await;
        let answer = hotel.ask(json!({"arrivals": {"date": "2027-02-11"}})).await.data()[0].clone();
        let rooms: Vec<&str> = answer["moves"].as_array().unwrap().iter().map(|m| m["toRoomNumber"].as_str().unwrap()).collect();
        assert!(rooms.contains(&"102") && (rooms.contains(&"101") || rooms.contains(&"103")), "{answer}");
        assert_eq!((&answer["wishCost"], &answer["isCheapest"]), (&json!(0), &json!(true)));
        // What would be nice moves nobody.
        wish(&mut hotel, 'X', json!({"roomId": room(105)})).await;
        let answer = hotel.make_room('X').await;
        assert_eq!((&answer["moveCount"], &answer["wishCost"]), (&json!(0), &json!(2)));
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn the_room_of_last_time_is_liked() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let guest = desk.post("/guests", json!({"propertyId": PROPERTY, "firstName": "Ada", "lastName": "Byron"})).await.data();
    let first = desk.book("2027-02-01", "2027-02-02", json!({"roomId": room(104), "guestId": guest["id"]})).await.data();
    let inside = desk.act(&first, "check-in", json!({})).await.data();
    desk.act(&inside, "check-out", json!({})).await.data();
    let again = json!({"guestId": guest["id"], "wishes": {"lastRoom": true}});
    let again = desk.book("2027-02-10", "2027-02-12", again).await.data();
    let asked = json!({"makeRoom": {"reservationId": again["id"]}});
    let answer = desk.post(&format!("{}/preview", super::hotel::FIT), asked).await.data();
    assert_eq!((&answer[0]["moves"][0]["toRoomNumber"], &answer[0]["wishCost"]), (&json!("104"), &json!(0)));
    assert_sound(&app).await;
}
