//! Asked and executed over HTTP, at both tenants.

use futures_util::future::join_all;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::hotel::{FIT, Hotel, accepted, fixed, told};
use crate::support::{sound::assert_sound, *};

/// X passes the count on each of its nights and fits no single room; two have to move for it.
const FULL: &str = "101 |AA.BBB
     102 |CCC.DD
     103 |EEEEEE
     104 |FFFFFF
     105 |######
     ? |..XX..";

fn lines(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn room_is_made_by_two_moves_and_undone() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let hotel = Hotel::drawn(desk, FULL).await;
        assert_eq!(hotel.stays[&'X']["warnings"][0]["code"], "NO_SINGLE_ROOM_FREE");

        let answer = hotel.make_room('X').await;
        assert_eq!((&answer["outcome"], &answer["moveCount"]), (&json!("PLAN"), &json!(2)), "{answer}");
        assert_eq!(answer["message"], "It fits when 2 stays move.");
        assert_eq!(told(&answer), "Guest B 101>102, Guest D 102>101, Guest X ->101");
        assert!(hotel.draw().await.ends_with("? X"), "a preview changes nothing");

        let done = hotel.execute(accepted(&answer)).await.data();
        let after = "101 |AAXXDD
            102 |CCCBBB
            103 |EEEEEE
            104 |FFFFFF
            105 |......";
        assert_eq!(hotel.draw().await, lines(after));

        let undone = hotel.execute(json!({"moves": done["undo"]})).await;
        assert_eq!(undone.status, 200, "{}", undone.body);
        assert!(hotel.draw().await.starts_with("101 |AA.BBB\n102 |CCC.DD"));
        let history =
            desk.get(&format!("/audit?entityType=reservation&entityId={}", hotel.id('X').as_str().unwrap())).await.data();
        let verbs: Vec<&str> = history.as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
        assert_eq!(verbs, ["UNASSIGNED", "ASSIGNED", "CREATED"]);
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_stay_that_is_not_booked_yet_can_be_asked_about() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let hotel = Hotel::drawn(desk, &FULL.replace("X", ".")).await;
    let asked = json!({"makeRoom": {"roomTypeId": STD, "checkInDate": "2027-02-12", "checkOutDate": "2027-02-14"}});
    let answer = hotel.ask(asked.clone()).await.data()[0].clone();
    assert_eq!(told(&answer), "Guest B 101>102, Guest D 102>101, Nobody ->101");
    assert_eq!(answer["moves"][2]["reservationId"], Value::Null);
    // The other tenant has rooms of the same names, and nobody in them.
    let answer = other.post(&format!("{FIT}/preview"), asked).await.data();
    assert_eq!((&answer[0]["moveCount"], &answer[0]["message"]), (&json!(0), &json!("A room is free; nobody has to move.")));
}

#[tokio::test]
async fn pins_guests_in_house_and_blocks_never_move_and_are_named() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let drawn = FULL.replace("BBB", "bbb").replace("CCC", "ccc");
    let hotel = Hotel::drawn(desk, &drawn).await;
    let answer = hotel.make_room('X').await;
    assert_eq!((&answer["outcome"], &answer["proof"]["isSmallest"]), (&json!("IMPOSSIBLE"), &json!(true)), "{answer}");
    assert_eq!(fixed(&answer), ["101 PINNED 2027-02-13", "102 PINNED 2027-02-10", "105 HOUSE_USE 2027-02-10"]);
    assert!(answer["message"].as_str().unwrap().starts_with("No arrangement: "), "{answer}");

    // A guest who is in the house.
    let inside = desk.book("2027-02-01", "2027-02-25", json!({"roomTypeId": SUITE, "roomId": room(201)})).await.data();
    desk.act(&inside, "check-in", json!({})).await.data();
    let asked = json!({"makeRoom": {"roomTypeId": SUITE, "roomId": room(201), "checkInDate": "2027-02-12", "checkOutDate": "2027-02-14"}});
    let answer = hotel.ask(asked).await.data()[0].clone();
    assert_eq!(fixed(&answer), ["201 IN_HOUSE 2027-02-01"], "{answer}");
}

#[tokio::test]
async fn a_plan_is_void_when_anything_moved_meanwhile() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let hotel = Hotel::drawn(desk, FULL).await;
    let plan = accepted(&hotel.make_room('X').await);
    let before = hotel.draw().await;

    // A stay of the plan was changed.
    let path = format!("/reservations/{}", hotel.id('B').as_str().unwrap());
    desk.send(Method::PATCH, &path, &[], json!({"version": 1, "guestNotes": "late"})).await.data();
    let refused = hotel.execute(plan.clone()).await;
    refused.refused(409, "CONCURRENCY_CONFLICT");
    assert_eq!(refused.body["error"]["facts"]["current"]["id"], hotel.id('B'));

    // A room of the plan was taken.
    let plan = accepted(&hotel.make_room('X').await);
    let more = json!({"roomTypeId": STD, "startDate": "2027-02-13", "endDate": "2027-02-14", "rooms": 1});
    desk.send(Method::PUT, "/overbooking-limits", &[], more).await.data();
    desk.book("2027-02-13", "2027-02-14", json!({"roomId": room(102)})).await.data();
    hotel.execute(plan).await.refused(409, "ROOM_ALREADY_BOOKED");
    assert_eq!(hotel.draw().await, before);
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_repeated_execution_has_the_same_answer() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let hotel = Hotel::drawn(desk, FULL).await;
    let plan = accepted(&hotel.make_room('X').await);
    let key = [("Idempotency-Key", "make-room-1")];
    let path = format!("{FIT}/execute");
    let first = desk.send(Method::POST, &path, &key, plan.clone()).await;
    let second = desk.send(Method::POST, &path, &key, plan.clone()).await;
    assert_eq!((first.data(), &second.headers["idempotency-replayed"]), (second.data(), &"true".parse().unwrap()));
    hotel.execute(plan).await.refused(409, "CONCURRENCY_CONFLICT");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_execute_a_plan_one_wins() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let hotel = Hotel::drawn(desk, FULL).await;
        let plan = accepted(&hotel.make_room('X').await);
        let answers = join_all((0..8).map(|_| hotel.execute(plan.clone()))).await;
        assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
        for lost in answers.iter().filter(|a| a.status != 200) {
            lost.refused(409, "CONCURRENCY_CONFLICT");
        }
    }
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn plans_moves_and_bookings_at_once_leave_the_house_whole() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let text = "101 |AA.BBB
         102 |CCC.DD
         103 |EE.FFF
         104 |GGG.HH
         105 |IIII..
         ? |..XX..
         ? |..YY..";
    let hotel = Hotel::drawn(desk, text).await;
    let plans = [accepted(&hotel.make_room('X').await), accepted(&hotel.make_room('Y').await)];
    let answers = join_all((0..8).map(|n| {
        let (hotel, plan) = (&hotel, plans[n % 2].clone());
        async move {
            match n {
                0..6 => hotel.execute(plan).await,
                6 => desk.act(&hotel.stays[&'B'], "move", json!({"roomId": room(105)})).await,
                _ => desk.book("2027-02-13", "2027-02-14", json!({"roomId": room(102)})).await,
            }
        }
    }))
    .await;
    for answer in &answers {
        assert!([200, 201, 409].contains(&answer.status), "{}", answer.body);
    }
    assert!(answers.iter().any(|a| a.status < 300));
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_room_is_freed_and_goes_out_of_order_at_once() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let text = "101 |AA..BB
             102 |..CC..
             103 |DDDDDD
             104 |EEEEEE
             105 |......";
        let hotel = Hotel::drawn(desk, text).await;
        let freed = json!({"freeRoom": {"roomId": room(101), "startDate": "2027-02-10", "endDate": "2027-02-16"}});
        let answer = hotel.ask(freed).await.data()[0].clone();
        assert_eq!((&answer["outcome"], &answer["moveCount"]), (&json!("PLAN"), &json!(2)), "{answer}");
        let mut plan = accepted(&answer);
        plan["block"] = json!({"propertyId": PROPERTY, "roomId": room(101), "blockType": "OUT_OF_ORDER", "startDate": "2027-02-10",
            "endDate": "2027-02-16", "reason": "pipes"});
        let done = hotel.execute(plan).await.data();
        assert_eq!(done["block"]["roomId"], json!(room(101)));
        assert!(hotel.draw().await.starts_with("101 |......\n"), "{}", hotel.draw().await);
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn all_who_arrive_on_a_day_get_rooms() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    // W and X take what is free for one night and for two; Y needs a room that B leaves.
    let text = "101 |BB.A..
         102 |...CCC
         103 |DD....
         104 |EEEEEE
         105 |FFFFFF
         ? |..X...
         ? |..YYYY";
    let hotel = Hotel::drawn(desk, text).await;
    let suite = desk.book("2027-02-12", "2027-02-13", json!({"roomTypeId": SUITE})).await.data();
    let answers = hotel.ask(json!({"arrivals": {"date": "2027-02-12"}})).await.data();
    assert_eq!(answers.as_array().unwrap().len(), 2, "an answer for each type");
    let moves: Vec<Value> =
        answers.as_array().unwrap().iter().flat_map(|answer| accepted(answer)["moves"].as_array().unwrap().clone()).collect();
    assert_eq!(moves.len(), 3);
    hotel.execute(json!({ "moves": moves })).await.data();
    assert!(desk.look(&suite).await["roomId"].is_string());
    assert!(hotel.draw().await.contains("103 |DDYYYY"), "{}", hotel.draw().await);
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_cannot_be_asked_or_executed_is_refused_by_name() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let hotel = Hotel::drawn(desk, FULL).await;
    let ask = |question: Value| hotel.ask(question);
    let dates = |from: &str, to: &str| json!({"makeRoom": {"roomTypeId": STD, "checkInDate": from, "checkOutDate": to}});
    ask(json!({})).await.invalid("makeRoom");
    ask(json!({"makeRoom": {"reservationId": hotel.id('X')}, "arrivals": {"date": "2027-02-12"}})).await.invalid("makeRoom");
    ask(json!({"makeRoom": {}})).await.invalid("makeRoom.roomTypeId");
    ask(dates("2027-02-14", "2027-02-12")).await.invalid("makeRoom.checkOutDate");
    ask(dates("2027-01-14", "2027-02-12")).await.invalid("makeRoom.checkInDate");
    ask(dates("2027-02-31", "2027-03-12")).await.invalid("makeRoom.checkInDate");
    ask(json!({"makeRoom": {"roomTypeId": OTHER_TYPE, "checkInDate": "2027-02-12", "checkOutDate": "2027-02-14"}}))
        .await
        .invalid("makeRoom.roomTypeId");
    ask(json!({"makeRoom": {"reservationId": hotel.id('X'), "features": ["accessible"]}})).await.invalid("makeRoom.features");
    ask(json!({"makeRoom": {"reservationId": hotel.id('X'), "floor": "9"}})).await.invalid("makeRoom.floor");
    ask(json!({"makeRoom": {"reservationId": room(101)}})).await.refused(404, "NOT_FOUND");
    let empty = json!({"propertyId": PROPERTY, "code": "NONE", "name": "Without rooms", "maxAdults": 2, "maxOccupancy": 2});
    let empty = desk.post("/room-types", empty).await.data();
    let stay = json!({"roomTypeId": empty["id"], "checkInDate": "2027-02-12", "checkOutDate": "2027-02-14"});
    ask(json!({ "makeRoom": stay })).await.invalid("makeRoom.roomTypeId");
    ask(json!({"freeRoom": {"roomId": room(301), "startDate": "2027-02-12", "endDate": "2027-02-14"}}))
        .await
        .invalid("freeRoom.roomId");
    ask(json!({"freeRoom": {"roomId": room(101), "startDate": "2027-02-12", "endDate": "2027-02-12"}}))
        .await
        .invalid("freeRoom.endDate");
    ask(json!({"arrivals": {"date": "2027-01-31"}})).await.invalid("arrivals.date");

    hotel.execute(json!({"moves": []})).await.invalid("moves");
    let one = json!({"reservationId": hotel.id('A'), "version": 1, "roomId": room(102)});
    hotel.execute(json!({"moves": [one, one]})).await.invalid("moves[1].reservationId");
    hotel.execute(json!({"moves": [one]})).await.refused(409, "ROOM_ALREADY_BOOKED");
    desk.act(&hotel.stays[&'A'], "pin", json!({"isPinned": true})).await.data();
    let pinned = json!({"reservationId": hotel.id('A'), "version": 2, "roomId": room(102)});
    hotel.execute(json!({"moves": [pinned]})).await.refused(409, "RESERVATION_NOT_MOVABLE");
    // The other tenant knows none of these stays, and who only reads may not ask.
    other.post(&format!("{FIT}/execute"), json!({"moves": [pinned]})).await.refused(404, "NOT_FOUND");
    let asked = json!({"makeRoom": {"reservationId": hotel.id('X')}});
    other.post(&format!("{FIT}/preview"), asked.clone()).await.refused(404, "NOT_FOUND");
    app.as_role(Role::ReadOnly, Method::POST, &format!("{FIT}/preview"), asked).await.refused(403, "AUTHORIZATION_DENIED");
    assert_sound(&app).await;
}
