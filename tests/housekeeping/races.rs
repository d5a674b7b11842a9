//! Eight at once, on each way to write.

use futures_util::future::join_all;
use serde_json::json;

use super::*;
use crate::support::sound::assert_sound;

fn winners(answers: &[Answer], won: u16) -> usize {
    for answer in answers.iter().filter(|a| a.status != won) {
        assert!(
            matches!(answer.code(), "CONCURRENCY_CONFLICT" | "INVALID_STATUS_TRANSITION") && answer.status == 409,
            "{}",
            answer.body
        );
    }
    answers.iter().filter(|a| a.status == won).count()
}

#[tokio::test]
async fn each_step_has_one_winner() {
    let app = TestApp::with_pool(8).await;
    let [desk, other] = app.desks();
    let mut names = Vec::new();
    for n in 0..8 {
        names.push(attendant(desk, &format!("Maid{n}")).await);
    }
    let mut sessions = Vec::new();
    for n in 0..8 {
        sessions.push(Session::of(&app, &format!("Maid{n}")).await);
    }
    let eve = attendant(other, "Eve").await;
    soil(desk, 101).await;
    soil(other, 101).await;

    let given = join_all(names.iter().map(|name| give(desk, 101, name, json!({})))).await;
    assert_eq!(winners(&given, 201), 1);
    let task = given.iter().find(|a| a.status == 201).unwrap().data();
    // The other tenant has the same room, and nobody in the way.
    let theirs = give(other, 101, &eve, json!({})).await.data();

    // Eight attendants begin it: one does, and it is his.
    let begun = join_all(sessions.iter().map(|session| session.act(&task, "start"))).await;
    assert_eq!(winners(&begun, 200), 1);
    let (n, winner) = begun.iter().enumerate().find(|(_, a)| a.status == 200).unwrap();
    let mut task = winner.data();
    assert_eq!(task["attendantId"], json!(names[n]));
    for stale in begun.iter().filter(|a| a.status != 200) {
        assert_eq!(stale.body["error"]["facts"]["current"]["version"], 2, "{}", stale.body);
    }
    for verb in ["done", "inspect"] {
        let all = join_all((0..8).map(|_| act(desk, &task, verb))).await;
        assert_eq!(winners(&all, 200), 1, "{verb}");
        task = all.iter().find(|a| a.status == 200).unwrap().data();
    }
    assert_eq!(today(desk, 101).await["room"]["version"], 4, "soiled, cleaned, inspected, once each");
    assert_eq!(act(other, &theirs, "start").await.data()["version"], 2);
    assert_sound(&app).await;
}

#[tokio::test]
async fn the_same_day_is_spread_by_eight_while_others_work() {
    let app = TestApp::with_pool(8).await;
    let [desk, _] = app.desks();
    let (ada, ben) = (attendant(desk, "Ada").await, attendant(desk, "Ben").await);
    let numbers = [101, 102, 103, 104, 105, 201, 202, 203];
    for number in numbers {
        soil(desk, number).await;
    }
    let plan = |n: usize| {
        let ids = if n.is_multiple_of(2) { [&ada, &ben] } else { [&ben, &ada] };
        desk.post(SPREAD, json!({"attendantIds": ids, "reassignOpen": n.is_multiple_of(3)}))
    };
    let out = join_all((0..8).map(plan)).await;
    let made: i64 = out.iter().map(|a| a.data()["created"].as_i64().unwrap()).sum();
    assert_eq!(made, 8, "each room once");

    // Attendants work, the supervisor spreads again and moves, the desk lets guests into rooms.
    let worker = |n: usize| async move {
        let number = numbers[n];
        for _ in 0..3 {
            let seen = today(desk, number).await;
            let task = &seen["assignment"];
            let verb = match task["state"].as_str() {
                Some("OPEN") => "start",
                Some("STARTED") => "done",
                Some("DONE") => "inspect",
                _ => break,
            };
            let answer = act(desk, task, verb).await;
            assert!(answer.status == 200 || answer.status == 409, "{}", answer.body);
        }
    };
    let planner = |n: usize| plan(n * 3);
    let guest = |n: usize| async move {
        let stay = desk.book("2027-02-01", "2027-02-02", json!({"roomId": room(numbers[n])})).await.data();
        desk.act(&stay, "check-in", json!({"overrideDirty": true})).await.data();
    };
    let looker = |n: usize| {
        let path = format!("/rooms/{}/sightings", room(numbers[n]));
        async move { desk.post(&path, json!({"occupied": n.is_multiple_of(2)})).await.data() }
    };
    let everybody = async {
        tokio::join!(
            join_all((0..8).map(worker)),
            join_all((0..4).map(planner)),
            join_all((0..3).map(guest)),
            join_all((0..8).map(looker)),
        )
    };
    let (_, plans, _, _) = everybody.await;
    assert!(plans.iter().all(|a| a.status == 200), "{plans:?}");
    let twice = "select count(*) from (select 1 from pms_housekeeping_assignments where state in ('OPEN', 'STARTED')
        group by tenant_id, room_id, business_date having count(*) > 1) x";
    assert_eq!(app.count(twice).await, 0);
    assert_sound(&app).await;
}

#[tokio::test]
async fn one_discrepancy_is_open_and_is_resolved_once() {
    let app = TestApp::with_pool(8).await;
    let [desk, _] = app.desks();
    let path = format!("/rooms/{}/sightings", room(101));
    let seen = join_all((0..8).map(|_| desk.post(&path, json!({"occupied": true})))).await;
    assert!(seen.iter().all(|a| a.status == 201));
    let open = "select count(*) from pms_room_sightings where resolved_at is null";
    assert_eq!(app.count(open).await, 1);
    let last = today(desk, 101).await["discrepancy"].clone();
    let path = format!("/room-sightings/{}/resolve", last["id"].as_str().unwrap());
    let body = json!({"version": last["version"], "resolution": "A friend of the house"});
    let done = join_all((0..8).map(|_| desk.post(&path, body.clone()))).await;
    assert_eq!(winners(&done, 200), 1);

    // The settings, too.
    let set =
        join_all((1..9).map(|n| desk.send(Method::PATCH, SETTINGS, &[], json!({"version": 0, "linenEveryNights": n})))).await;
    assert_eq!(winners(&set, 200), 1);
    assert_eq!(desk.get(SETTINGS).await.data()["version"], 1);
    assert_sound(&app).await;
}

#[tokio::test]
async fn the_same_key_is_answered_once_and_the_same() {
    let app = TestApp::with_pool(8).await;
    let [desk, _] = app.desks();
    let ada = attendant(desk, "Ada").await;
    soil(desk, 101).await;
    let key = [("Idempotency-Key", "spread-1")];
    let plan = || desk.send(Method::POST, SPREAD, &key, json!({"attendantIds": [ada]}));
    let all = join_all((0..8).map(|_| plan())).await;
    assert!(all.iter().all(|a| a.data()["created"] == 1), "{all:?}");
    let other = json!({"attendantIds": [ada], "reassignOpen": true});
    desk.send(Method::POST, SPREAD, &key, other).await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(app.count("select count(*) from pms_housekeeping_assignments").await, 1);
    assert_sound(&app).await;
}
