//! Traps 6 and 7: one answer for each idempotency key, whoever asks when.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

async fn keyed(desk: Desk<'_>, key: &str, path: &str, body: Value) -> Answer {
    desk.send(Method::POST, path, &[("Idempotency-Key", key)], body).await
}

fn is_replay(answer: &Answer) -> bool {
    answer.headers.get("idempotency-replayed").is_some_and(|v| v == "true")
}

/// All succeeded with the same answer, and one of them did the work.
#[track_caller]
fn one_answer(answers: &[Answer], status: u16) -> Value {
    let first = answers[0].data();
    assert!(answers.iter().all(|a| a.status == status && a.data() == first), "{answers:?}");
    assert_eq!(answers.iter().filter(|a| !is_replay(a)).count(), 1);
    first
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn six_clients_with_one_key_get_one_answer() {
    let app = TestApp::with_pool(4).await;
    let body = booking("2027-03-01", "2027-03-03", json!({"roomId": room(101)}));

    let mut ids = Vec::new();
    for desk in app.desks() {
        let answers = join_all((0..6).map(|_| keyed(desk, "k-1", "/reservations", body.clone()))).await;
        let booked = one_answer(&answers, 201);
        ids.push(booked["id"].clone());
        // A verb: the version grows once.
        let path = format!("/reservations/{}/move", booked["id"].as_str().unwrap());
        let to = json!({"version": 1, "roomId": room(102)});
        let answers = join_all((0..6).map(|_| keyed(desk, "k-2", &path, to.clone()))).await;
        assert_eq!(one_answer(&answers, 200)["version"], 2);
        // The key in the body of a drag is the key in the header.
        let seen = json!({"roomId": room(102), "checkInDate": "2027-03-01", "checkOutDate": "2027-03-03", "version": 2});
        let mut drag =
            json!({"reservationId": booked["id"], "from": seen, "to": {"roomId": room(103), "checkInDate": "2027-03-01"}});
        let by_header = keyed(desk, "k-3", "/calendar/move", drag.clone()).await;
        drag["idempotencyKey"] = json!("k-3");
        let by_body = desk.post("/calendar/move", drag).await;
        assert_eq!((by_header.data(), is_replay(&by_body)), (by_body.data(), true));
    }

    assert_ne!(ids[0], ids[1], "each tenant has keys of its own");
    assert_eq!(app.count("select count(*) from pms_reservations").await, 2);
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_key_is_for_one_request() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let body = |n: i64| booking("2027-03-01", "2027-03-03", json!({"adults": 1 + n % 2, "internalNotes": format!("{n}")}));

    let answers = join_all((0..6).map(|n| keyed(desk, "k-1", "/reservations", body(n)))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    for lost in answers.iter().filter(|a| a.status != 201) {
        lost.refused(422, "IDEMPOTENCY_KEY_REUSED");
    }
    keyed(desk, "k-1", "/room-blocks", json!({"propertyId": PROPERTY, "roomId": room(101), "blockType": "HOLD", "startDate": "2027-03-01", "endDate": "2027-03-02"}))
        .await
        .refused(422, "IDEMPOTENCY_KEY_REUSED");
    // The order of the fields and the spaces between them are not the request.
    let won = answers.iter().position(|a| a.status == 201).unwrap();
    let text = serde_json::to_string_pretty(&body(won as i64)).unwrap();
    let again = keyed(desk, "k-1", "/reservations", serde_json::from_str(&text).unwrap()).await;
    assert_eq!((again.data(), is_replay(&again)), (answers[won].data(), true));
    // The version that was seen is a part of the request, in the header as in the body.
    let path = format!("/reservations/{}/pin", again.data()["id"].as_str().unwrap());
    let pin = |version: &'static str| {
        let path = path.clone();
        async move {
            desk.send(Method::POST, &path, &[("Idempotency-Key", "k-2"), ("If-Match", version)], json!({"isPinned": true})).await
        }
    };
    pin("\"1\"").await.data();
    pin("\"2\"").await.refused(422, "IDEMPOTENCY_KEY_REUSED");

    // Another tenant's key is another key.
    let theirs = keyed(other, "k-1", "/reservations", body(7)).await;
    assert_eq!((theirs.status, is_replay(&theirs)), (201, false));
    assert_eq!(app.count("select count(*) from pms_reservations").await, 2);
    assert_eq!(app.count("select count(*) from pms_room_blocks").await, 0);
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_request_leaves_its_key_free() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let first = desk.book("2027-03-01", "2027-03-03", json!({"roomId": room(101)})).await.data();
    let body = booking("2027-03-01", "2027-03-03", json!({"roomId": room(101)}));

    for lost in join_all((0..6).map(|_| keyed(desk, "k-1", "/reservations", body.clone()))).await {
        lost.refused(409, "ROOM_ALREADY_BOOKED");
    }
    desk.act(&first, "cancel", json!({})).await.data();
    let answers = join_all((0..6).map(|_| keyed(desk, "k-1", "/reservations", body.clone()))).await;
    one_answer(&answers, 201);
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_expired_key_counts_as_absent() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let body = |adults: i32| booking("2027-03-01", "2027-03-03", json!({"adults": adults}));
    let first = keyed(desk, "k-1", "/reservations", body(1)).await.data();
    app.clock.advance(Duration::from_secs(24 * 3600 - 1));
    assert_eq!(keyed(desk, "k-1", "/reservations", body(1)).await.data()["id"], first["id"]);

    app.clock.advance(Duration::from_secs(1));
    let answers = join_all((0..6).map(|_| keyed(desk, "k-1", "/reservations", body(2)))).await;
    let second = one_answer(&answers, 201);
    assert_ne!(second["id"], first["id"]);
    assert_eq!(second["adults"], 2);
    assert_eq!(app.count("select count(*) from pms_idempotency_keys").await, 1);

    app.clock.advance(Duration::from_secs(24 * 3600));
    oppsera_pms::op::purge_expired(&app.store, app.a.id).await.unwrap();
    assert_eq!(app.count("select count(*) from pms_idempotency_keys").await, 0);
    assert_sound(&app).await;
}
