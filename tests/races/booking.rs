//! Traps 1, 2, 3, 13: whoever comes second hears of the first, and no type is sold beyond its rooms.

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::{
    desk::{Desk, Dice},
    sound::assert_sound,
    *,
};

/// Runs the same at both tenants at once.
async fn at_both<'a, F: Future>(app: &'a TestApp, work: impl Fn(Desk<'a>) -> F) -> [F::Output; 2] {
    let [a, b] = app.desks();
    join(work(a), work(b)).await.into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_clients_book_the_same_room() {
    let app = TestApp::start().await;

    let answers = at_both(&app, |desk| {
        // Ranges of several lengths that all have the night of the 12th.
        let range = |n: i32| (format!("2027-02-{}", 10 + n % 3), format!("2027-02-{}", 13 + n % 4));
        join_all((0..50).map(move |n| async move {
            let (from, to) = range(n);
            desk.book(&from, &to, json!({"roomId": room(101)})).await
        }))
    })
    .await;

    for answers in &answers {
        let won: Vec<&Answer> = answers.iter().filter(|a| a.status == 201).collect();
        assert_eq!(won.len(), 1);
        let winner = &won[0].body["data"];
        for lost in answers.iter().filter(|a| a.status != 201) {
            lost.refused(409, "ROOM_ALREADY_BOOKED");
            let error = &lost.body["error"];
            let conflict = json!({"roomId": room(101), "roomNumber": "101", "blockType": "RESERVATION", "startDate": winner["checkInDate"],
                "endDate": winner["checkOutDate"], "reservationId": winner["id"], "blockId": error["facts"]["conflicts"][0]["blockId"]});
            assert_eq!(error["facts"]["conflicts"], json!([conflict]));
            let (from, to) = (winner["checkInDate"].as_str().unwrap(), winner["checkOutDate"].as_str().unwrap());
            assert_eq!(error["message"], format!("Room 101 is booked from {from} to {to}."));
        }
    }
    assert_eq!(app.count("select count(*) from pms_reservations").await, 2);
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_clients_book_a_type_of_five_rooms() {
    let app = TestApp::start().await;

    let answers = at_both(&app, |desk| join_all((0..50).map(move |_| desk.book("2027-03-01", "2027-03-04", json!({}))))).await;

    for answers in &answers {
        assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 5);
        for lost in answers.iter().filter(|a| a.status != 201) {
            lost.refused(409, "NO_AVAILABILITY");
            assert_eq!(lost.body["error"]["facts"]["nights"], json!(["2027-03-01", "2027-03-02", "2027-03-03"]));
        }
    }
    assert_sound(&app).await;
}

/// What one of the crowd asks for: a room of the type, a certain room, or a room off the market.
async fn one_of_the_crowd(desk: Desk<'_>, n: usize) -> Answer {
    let night = ("2027-03-02", "2027-03-03");
    match n % 4 {
        0 | 1 => desk.book(night.0, night.1, json!({})).await,
        2 => desk.book(night.0, night.1, json!({"roomId": room(101 + n as u32 / 4 % 5)})).await,
        _ => {
            let kind = ["OUT_OF_ORDER", "MAINTENANCE", "HOUSE_USE", "HOLD"][n / 4 % 4];
            let block = json!({"propertyId": PROPERTY, "roomId": room(101 + n as u32 / 4 % 5), "blockType": kind,
                "startDate": night.0, "endDate": night.1});
            desk.post("/room-blocks", block).await
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rooms_blocks_and_limits_are_counted_together() {
    for round in 0..3 {
        let app = TestApp::start().await;
        for desk in app.desks() {
            // Two more than rooms on this night; and there before the crowd: a stay in 105, and one that waits.
            let limit = json!({"roomTypeId": STD, "startDate": "2027-03-02", "endDate": "2027-03-03", "rooms": 2});
            desk.send(Method::PUT, "/overbooking-limits", &[], limit).await.data();
            desk.book("2027-03-01", "2027-03-04", json!({"roomId": room(105)})).await.data();
            desk.book("2027-02-20", "2027-03-10", json!({})).await.data();
        }
        let mut order: Vec<usize> = (0..50).collect();
        let mut dice = Dice::new(round);
        (1..50).for_each(|n| order.swap(n, dice.roll(n + 1)));

        let answers = at_both(&app, |desk| join_all(order.iter().map(move |n| one_of_the_crowd(desk, *n)))).await;

        for answers in &answers {
            // Somebody without a wish for a room is refused only when nothing is left: all seven were taken.
            assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 5, "round {round}");
            for lost in answers.iter().filter(|a| a.status != 201) {
                assert_eq!(lost.status, 409, "{}", lost.body);
                assert!(["NO_AVAILABILITY", "ROOM_ALREADY_BOOKED", "ROOM_OUT_OF_ORDER"].contains(&lost.code()), "{}", lost.body);
            }
        }
        for desk in app.desks() {
            let path = format!("/availability?propertyId={PROPERTY}&start=2027-03-02&days=1&roomTypeId={STD}");
            let night = &desk.get(&path).await.data()[0]["nights"][0];
            assert_eq!((&night["available"], &night["rooms"], &night["overbooking"]), (&json!(0), &json!(5), &json!(2)));
        }
        assert_sound(&app).await;
    }
}

async fn assign_all(desk: Desk<'_>, stays: &[Value]) -> Vec<Answer> {
    join_all(stays.iter().map(|stay| desk.act(stay, "assign", json!({})))).await
}

/// Trap 1: whoever lets the server choose a room gets one, as long as there is one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn five_stays_are_assigned_to_five_rooms_at_once() {
    let app = TestApp::start().await;
    let mut waiting: Vec<Vec<Value>> = Vec::new();
    for desk in app.desks() {
        waiting
            .push(join_all((0..5).map(|_| async move { desk.book("2027-03-01", "2027-03-04", json!({})).await.data() })).await);
    }

    let [a, b] = app.desks();
    let answers = join(assign_all(a, &waiting[0]), assign_all(b, &waiting[1])).await;

    for answers in [answers.0, answers.1] {
        let mut rooms: Vec<String> = answers.iter().map(|a| a.data()["roomId"].as_str().unwrap().to_string()).collect();
        rooms.sort();
        assert_eq!(rooms, [101, 102, 103, 104, 105].map(room));
    }
    assert_sound(&app).await;
}
