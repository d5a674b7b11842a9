use serde_json::json;

use super::*;

#[tokio::test]
async fn a_room_goes_from_dirty_to_inspected_with_its_assignment() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let ada = attendant(desk, "Ada").await;
    soil(desk, 101).await;
    let task = give(desk, 101, &ada, json!({})).await.data();
    let her = Session::of(&app, "Ada").await;

    her.act(&task, "done").await.refused(409, "INVALID_STATUS_TRANSITION");
    let task = her.act(&task, "start").await.data();
    assert_eq!(task["state"], "STARTED");
    minutes(&app, 25);
    let task = her.act(&task, "done").await.data();
    assert_eq!((&task["state"], &task["workedSeconds"]), (&json!("DONE"), &json!(1500)));
    let room_101 = today(desk, 101).await;
    assert_eq!((&room_101["room"]["status"], &room_101["room"]["isInspected"]), (&json!("VACANT_CLEAN"), &json!(false)));

    // Nobody inspects his own work; who looks after sends it back once.
    her.act(&task, "inspect").await.refused(403, "AUTHORIZATION_DENIED");
    her.act(&task, "send-back").await.refused(403, "AUTHORIZATION_DENIED");
    let body = json!({"version": task["version"], "note": "Hair in the sink"});
    let back = desk.post(&verb_of(&task, "send-back"), body).await.data();
    assert_eq!(
        (&back["state"], &back["failedInspections"], &back["note"]),
        (&json!("OPEN"), &json!(1), &json!("Hair in the sink"))
    );
    assert_eq!(today(desk, 101).await["room"]["status"], "VACANT_DIRTY");
    let task = her.act(&back, "start").await.data();
    minutes(&app, 5);
    let task = her.act(&task, "done").await.data();
    assert_eq!(task["workedSeconds"], 1800);
    let task = act(desk, &task, "inspect").await.data();
    assert_eq!(task["state"], "INSPECTED");
    let room_101 = today(desk, 101).await;
    assert_eq!((&room_101["room"]["isInspected"], &room_101["toPlan"]), (&json!(true), &Value::Null));
    for verb in ["start", "done", "inspect", "send-back", "reopen"] {
        act(desk, &task, verb).await.refused(409, "INVALID_STATUS_TRANSITION");
    }

    // The room, its log, audit and events went along, each in the transaction of its step.
    let log = desk.get(&format!("/rooms/{}/status-log", room(101))).await.data();
    assert_eq!(log.as_array().unwrap().len(), 5, "{log}");
    assert_eq!(app.count("select count(*) from pms_outbox where entity_type = 'HOUSEKEEPING_ASSIGNMENT'").await, 7);
    crate::support::sound::assert_sound(&app).await;
}

#[tokio::test]
async fn an_occupied_room_is_serviced_or_left_alone() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let ada = attendant(desk, "Ada").await;
    arrive(desk, 101, "2027-02-01", "2027-02-04").await;
    let leaves = arrive(desk, 102, "2027-02-01", "2027-02-02").await;
    arrive(desk, 103, "2027-02-01", "2027-02-04").await;
    close_before(&app, desk, "2027-02-01", "2027-02-02").await;
    desk.post(SPREAD, json!({"attendantIds": [ada]})).await.data();
    assert_eq!(drawn(desk).await, ["101 STAY_OVER Ada", "102 DEPARTURE Ada", "103 STAY_OVER Ada"]);

    let task = act(desk, &today(desk, 101).await["assignment"], "start").await.data();
    minutes(&app, 12);
    act(desk, &task, "done").await.data();
    let room_101 = today(desk, 101).await;
    assert_eq!(
        (&room_101["room"]["status"], &room_101["room"]["servicedOn"], flags(&room_101)),
        (&json!("OCCUPIED"), &json!("2027-02-02"), "stayOver".into())
    );
    // Sent back, it is to be serviced again.
    let task = room_101["assignment"].clone();
    let task = act(desk, &task, "send-back").await.data();
    assert_eq!(flags(&today(desk, 101).await), "stayOver service");
    let task = act(desk, &task, "start").await.data();
    act(desk, &task, "done").await.data();

    // The guest of 102 is still there.
    let task = today(desk, 102).await["assignment"].clone();
    act(desk, &task, "start").await.refused(409, "INVALID_STATUS_TRANSITION");
    let leaves = desk.look(&leaves).await;
    desk.act(&leaves, "check-out", json!({"acceptBalance": true})).await.data();
    let task = act(desk, &task, "start").await.data();
    let skip = json!({"version": task["version"], "reason": "DO_NOT_DISTURB"});
    desk.post(&verb_of(&task, "skip"), skip).await.refused(409, "INVALID_STATUS_TRANSITION");
    act(desk, &task, "done").await.data();
    assert_eq!(today(desk, 102).await["room"]["status"], "VACANT_CLEAN");

    // 103 does not want it, and is not planned again; in the afternoon he does.
    let task = today(desk, 103).await["assignment"].clone();
    desk.post(&verb_of(&task, "skip"), json!({"version": 1, "reason": "LATER"})).await.invalid("reason");
    desk.post(&verb_of(&task, "skip"), json!({"version": 1})).await.invalid("reason");
    let task = desk.post(&verb_of(&task, "skip"), json!({"version": 1, "reason": "REFUSED_SERVICE"})).await.data();
    assert_eq!((&task["state"], &task["skipReason"]), (&json!("SKIPPED"), &json!("REFUSED_SERVICE")));
    assert_eq!(desk.post(SPREAD, json!({"attendantIds": [ada]})).await.data()["created"], 0);
    let task = act(desk, &task, "reopen").await.data();
    assert_eq!((&task["state"], &task["skipReason"]), (&json!("OPEN"), &Value::Null));

    // A day later nothing of yesterday is written any more.
    close_before(&app, desk, "2027-02-02", "2027-02-03").await;
    act(desk, &task, "start").await.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(today(desk, 103).await["assignment"], Value::Null);
    assert_eq!(flags(&today(desk, 103).await), "stayOver service");
    crate::support::sound::assert_sound(&app).await;
}

/// The guest leaves while his bed is made, comes while the room is touched up, and takes a dirty room.
#[tokio::test]
async fn what_the_desk_does_meanwhile_is_no_obstacle() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let ada = attendant(desk, "Ada").await;
    let early = arrive(desk, 101, "2027-02-01", "2027-02-04").await;
    close_before(&app, desk, "2027-02-01", "2027-02-02").await;
    let task = give(desk, 101, &ada, json!({})).await.data();
    let task = act(desk, &task, "start").await.data();
    let early = desk.look(&early).await;
    desk.act(&early, "check-out", json!({"acceptBalance": true})).await.data();
    act(desk, &task, "done").await.data();
    let room_101 = today(desk, 101).await;
    assert_eq!((&room_101["room"]["status"], &room_101["toPlan"]), (&json!("VACANT_DIRTY"), &json!("DEPARTURE")));

    let stay = desk.book("2027-02-02", "2027-02-03", json!({"roomId": room(102)})).await.data();
    let task = give(desk, 102, &ada, json!({})).await.data();
    assert_eq!(task["kind"], "TOUCH_UP");
    let task = act(desk, &task, "start").await.data();
    desk.act(&stay, "check-in", json!({})).await.data();
    act(desk, &task, "done").await.data();
    assert_eq!(today(desk, 102).await["room"]["status"], "OCCUPIED");
    let again = give(desk, 102, &ada, json!({"kind": "TOUCH_UP"})).await.data();
    act(desk, &again, "start").await.refused(409, "INVALID_STATUS_TRANSITION");

    // A room out of order is cleaned and stays what it is.
    let block = json!({"propertyId": PROPERTY, "roomId": room(103), "startDate": "2027-02-02", "endDate": "2027-02-05", "blockType": "OUT_OF_ORDER"});
    desk.post("/room-blocks", block).await.data();
    let task = give(desk, 103, &ada, json!({"kind": "DEEP_CLEAN"})).await.data();
    let task = act(desk, &task, "start").await.data();
    let task = act(desk, &task, "done").await.data();
    act(desk, &task, "inspect").await.data();
    assert_eq!(today(desk, 103).await["room"]["status"], "OUT_OF_ORDER");
    crate::support::sound::assert_sound(&app).await;
}

#[tokio::test]
async fn who_begins_anothers_room_takes_it_over() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let (ada, ben) = (attendant(desk, "Ada").await, attendant(desk, "Ben").await);
    soil(desk, 101).await;
    soil(desk, 102).await;
    let task = give(desk, 101, &ada, json!({})).await.data();
    let his = Session::of(&app, "Ben").await;
    assert_eq!(his.act(&task, "start").await.data()["attendantId"], json!(ben));
    // Who begins it for somebody does not.
    let task = give(desk, 102, &ada, json!({})).await.data();
    assert_eq!(act(desk, &task, "start").await.data()["attendantId"], json!(ada));
    for role in [Role::FrontDesk, Role::ReadOnly, Role::Revenue] {
        let body = json!({"version": 2});
        app.as_role(role, Method::POST, &verb_of(&task, "done"), body).await.refused(403, "AUTHORIZATION_DENIED");
    }
}
