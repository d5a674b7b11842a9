//! Trap 5: of several who saw the same version one writes, and the others are shown what he wrote.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

/// Exactly one of the answers succeeded, the others show the state that it left.
#[track_caller]
fn one_wins(answers: &[Answer], version: i64) -> Value {
    let won: Vec<&Answer> = answers.iter().filter(|a| a.status == 200).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    let now = won[0].data();
    assert_eq!(now["version"], version);
    for lost in answers.iter().filter(|a| a.status != 200) {
        lost.refused(409, "CONCURRENCY_CONFLICT");
        assert_eq!(lost.body["error"]["facts"]["current"], now);
    }
    now
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_clerks_who_saw_the_same_stay_one_moves_it() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let stay = desk.book("2027-03-01", "2027-03-04", json!({"roomId": room(101)})).await.data();
        let moves = (0..8).map(|n| desk.act(&stay, "move", json!({"roomId": room(102 + n % 4)})));
        let stay = one_wins(&join_all(moves).await, 2);

        let verbs = [
            ("cancel", json!({})),
            ("pin", json!({"isPinned": true})),
            ("unassign", json!({})),
            ("resize", json!({"checkOutDate": "2027-03-06"})),
        ];
        let stay = one_wins(&join_all(verbs.map(|(verb, body)| desk.act(&stay, verb, body))).await, 3);

        let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
        let patch = |n: i32| {
            let path = &path;
            async move { desk.send(Method::PATCH, path, &[("If-Match", "\"3\"")], json!({"internalNotes": format!("{n}")})).await }
        };
        let stay = one_wins(&join_all((0..8).map(patch)).await, 4);
        desk.send(Method::PATCH, &path, &[("If-Match", "\"9\"")], json!({"guestNotes": "x"}))
            .await
            .refused(409, "CONCURRENCY_CONFLICT");
        desk.send(Method::PATCH, &path, &[("If-Match", "\"4\"")], json!({"version": 3})).await.invalid("version");
        desk.send(Method::PATCH, &path, &[], json!({"guestNotes": "x"})).await.invalid("version");
        assert_eq!(desk.look(&stay).await, stay);
    }
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_drag_of_a_bar_that_is_elsewhere_is_stale() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = desk.book("2027-03-01", "2027-03-04", json!({"roomId": room(101)})).await.data();
    let drag = |room_seen: u32, from: &str, to: &str, version: i32| {
        json!({"reservationId": stay["id"], "to": {"roomId": room(105), "checkInDate": "2027-03-02"},
            "from": {"roomId": room(room_seen), "checkInDate": from, "checkOutDate": to, "version": version}})
    };
    for wrong in [
        drag(102, "2027-03-01", "2027-03-04", 1),
        drag(101, "2027-03-02", "2027-03-04", 1),
        drag(101, "2027-03-01", "2027-03-05", 1),
        drag(101, "2027-03-01", "2027-03-04", 2),
    ] {
        let refused = desk.post("/calendar/move", wrong).await;
        assert_eq!(refused.refused(409, "CONCURRENCY_CONFLICT").body["error"]["facts"]["current"], stay);
    }
    desk.post("/calendar/move", drag(101, "2027-03-01", "2027-03-04", 1)).await.data();
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_eight_changes_or_removes_a_block() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let new = json!({"propertyId": PROPERTY, "roomId": room(101), "blockType": "OUT_OF_ORDER", "startDate": "2027-02-01", "endDate": "2027-02-05"});
        let block = desk.post("/room-blocks", new).await.data();
        let path = format!("/room-blocks/{}", block["id"].as_str().unwrap());
        let change = |n: i32| {
            let path = &path;
            async move { desk.send(Method::PATCH, path, &[], json!({"version": 1, "endDate": format!("2027-02-{:02}", 6 + n)})).await }
        };
        one_wins(&join_all((0..8).map(change)).await, 2);

        let remove = || desk.send(Method::DELETE, &path, &[("If-Match", "\"2\"")], Value::Null);
        let answers = join_all((0..8).map(|_| remove())).await;
        assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
        for lost in answers.iter().filter(|a| a.status != 200) {
            assert!(lost.status == 404 || lost.code() == "CONCURRENCY_CONFLICT", "{}", lost.body);
        }
    }
    assert_sound(&app).await;
}

/// A swap names both versions, and happens to both or to none.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stays_that_are_swapped_crosswise_end_in_two_rooms() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let mut a = desk.book("2027-03-01", "2027-03-04", json!({"roomId": room(101)})).await.data();
        let mut b = desk.book("2027-03-02", "2027-03-06", json!({"roomId": room(102)})).await.data();
        for round in 0..5 {
            let ab = json!({"a": Desk::side(&a), "b": Desk::side(&b)});
            let ba = json!({"a": Desk::side(&b), "b": Desk::side(&a)});
            let answers =
                join_all((0..6).map(|n| desk.post("/reservations/swap", if n % 2 == 0 { ab.clone() } else { ba.clone() }))).await;
            assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1, "round {round}: {answers:?}");
            answers.iter().filter(|a| a.status != 200).for_each(|a| assert_eq!(a.code(), "CONCURRENCY_CONFLICT"));
            (a, b) = (desk.look(&a).await, desk.look(&b).await);
            let rooms = if round % 2 == 0 { [102, 101] } else { [101, 102] };
            assert_eq!([&a["roomId"], &b["roomId"]], [&json!(room(rooms[0])), &json!(room(rooms[1]))]);
        }
    }
    assert_sound(&app).await;
}
