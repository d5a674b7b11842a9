use serde_json::{Value, json};

use super::*;

#[tokio::test]
async fn the_rooms_of_a_day_are_spread_in_one_step_and_moved_one_by_one() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let (ada, ben) = (attendant(desk, "Ada").await, attendant(desk, "Ben").await);
    for number in [101, 102, 103, 104, 201, 202] {
        soil(desk, number).await;
    }
    let plan = json!({"attendantIds": [ada, ben]});
    let out = desk.post(SPREAD, plan.clone()).await.data();
    assert_eq!((&out["created"], &out["moved"]), (&json!(6), &json!(0)));
    // Six rooms of 30 minutes on two floors: a floor is split only where it pays.
    let rounds = [
        "101 DEPARTURE Ada",
        "102 DEPARTURE Ada",
        "103 DEPARTURE Ada",
        "104 DEPARTURE Ben",
        "201 DEPARTURE Ben",
        "202 DEPARTURE Ben",
    ];
    assert_eq!(drawn(desk).await, rounds);
    assert_eq!(out["loads"][1], json!({"attendantId": ben, "rooms": 3, "credits": 90}));
    // Again, there is nothing to do, and nothing is written twice.
    let again = desk.post(SPREAD, plan).await.data();
    assert_eq!((&again["created"], &again["moved"]), (&json!(0), &json!(0)));

    // One room goes to the other; what was begun stays.
    let task = today(desk, 104).await["assignment"].clone();
    let path = format!("{TASKS}/{}", task["id"].as_str().unwrap());
    let moved = desk.send(Method::PATCH, &path, &[], json!({"version": 1, "attendantId": ada})).await.data();
    assert_eq!((&moved["attendantId"], &moved["version"]), (&json!(ada), &json!(2)));
    let begun = act(desk, &today(desk, 201).await["assignment"], "start").await.data();
    let change = json!({"version": begun["version"], "attendantId": ada});
    let path = format!("{TASKS}/{}", begun["id"].as_str().unwrap());
    desk.send(Method::PATCH, &path, &[], change).await.refused(409, "INVALID_STATUS_TRANSITION");

    // Ben went home: Ada gets what he has not begun.
    let out = desk.post(SPREAD, json!({"attendantIds": [ada], "reassignOpen": true})).await.data();
    assert_eq!((&out["created"], &out["moved"]), (&json!(0), &json!(1)));
    assert_eq!(drawn(desk).await[4..], ["201 DEPARTURE Ben", "202 DEPARTURE Ada"]);

    // One is taken away, and planned anew.
    let task = today(desk, 101).await["assignment"].clone();
    let path = format!("{TASKS}/{}", task["id"].as_str().unwrap());
    desk.send(Method::DELETE, &path, &[("If-Match", "\"9\"")], Value::Null).await.refused(409, "CONCURRENCY_CONFLICT");
    desk.send(Method::DELETE, &path, &[("If-Match", "\"1\"")], Value::Null).await.data();
    desk.get(&path).await.refused(404, "NOT_FOUND");
    assert_eq!(today(desk, 101).await["toPlan"], "DEPARTURE");

    assert_eq!(drawn(other).await, [] as [&str; 0]);
    assert_eq!(app.count(&format!("select count(*) from pms_outbox where tenant_id = '{}'", app.b.id)).await, 0);
    crate::support::sound::assert_sound(&app).await;
}

#[tokio::test]
async fn one_room_is_given_by_what_it_needs_or_by_what_is_asked() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let ada = attendant(desk, "Ada").await;
    soil(desk, 101).await;
    let task = give(desk, 101, &ada, json!({"note": " The blue bag "})).await.data();
    assert_eq!(
        [&task["kind"], &task["credits"], &task["changesLinen"], &task["state"], &task["note"]],
        [&json!("DEPARTURE"), &json!(30), &json!(true), &json!("OPEN"), &json!("The blue bag")]
    );
    give(desk, 101, &ada, json!({})).await.refused(409, "CONCURRENCY_CONFLICT");
    give(desk, 102, &ada, json!({})).await.invalid("kind");
    let deep = give(desk, 102, &ada, json!({"kind": "DEEP_CLEAN", "credits": 90})).await.data();
    assert_eq!((&deep["credits"], &deep["changesLinen"]), (&json!(90), &json!(true)));
    let path = format!("{TASKS}/{}", deep["id"].as_str().unwrap());
    let changed = desk.send(Method::PATCH, &path, &[], json!({"version": 1, "kind": "TOUCH_UP", "note": null})).await.data();
    assert_eq!((&changed["kind"], &changed["credits"], &changed["changesLinen"]), (&json!("TOUCH_UP"), &json!(5), &json!(false)));
    desk.send(Method::PATCH, &path, &[], json!({"version": 2, "credits": 0})).await.invalid("credits");
    desk.send(Method::PATCH, &path, &[], json!({"version": 2, "attendantId": room(101)})).await.invalid("attendantId");
    desk.send(Method::PATCH, &path, &[], json!({"version": 1, "credits": 5})).await.refused(409, "CONCURRENCY_CONFLICT");
}

#[tokio::test]
async fn only_who_cleans_here_is_given_rooms() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let ada = attendant(desk, "Ada").await;
    let stranger = attendant(other, "Eve").await;
    let user = |name: &str, role: &str, more: Value| {
        let mut body = json!({"email": format!("{name}@example.com"), "displayName": name, "role": role, "password": PASSWORD});
        for (k, v) in more.as_object().into_iter().flatten() {
            body[k] = v.clone();
        }
        async move { desk.post("/users", body).await.data()["id"].as_str().unwrap().to_string() }
    };
    let clerk = user("clerk", "FRONT_DESK", json!({})).await;
    let elsewhere = user("else", "HOUSEKEEPING", json!({"propertyIds": [OTHER_PROPERTY]})).await;
    let gone = user("gone", "HOUSEKEEPING", json!({})).await;
    desk.send(Method::PATCH, &format!("/users/{gone}"), &[], json!({"version": 1, "isActive": false})).await.data();

    soil(desk, 101).await;
    for wrong in [&stranger, &clerk, &elsewhere, &gone] {
        give(desk, 101, wrong, json!({})).await.invalid("attendantId");
        desk.post(SPREAD, json!({"attendantIds": [ada, wrong]})).await.invalid("attendantIds[1]");
    }
    desk.post(SPREAD, json!({"attendantIds": []})).await.invalid("attendantIds");
    desk.post(SPREAD, json!({"attendantIds": [ada, ada]})).await.invalid("attendantIds[1]");
    desk.post(SPREAD, json!({"attendantIds": vec![ada.clone(); 101]})).await.invalid("attendantIds");
    give(desk, 301, &ada, json!({})).await.invalid("roomId");
    give(desk, 999, &ada, json!({})).await.invalid("roomId");
    give(desk, 101, &ada, json!({"kind": "POLISH"})).await.invalid("kind");
    give(desk, 101, &ada, json!({"credits": 481})).await.invalid("credits");
    give(desk, 101, &ada, json!({"note": "x".repeat(1001)})).await.invalid("note");
    assert_eq!(app.count("select count(*) from pms_housekeeping_assignments").await, 0);

    let names: Vec<Value> = desk.get(DAY).await.data()["attendants"].as_array().unwrap().clone();
    assert_eq!(names, [json!({"id": ada, "name": "Ada", "isAvailable": true})]);
    for role in [Role::FrontDesk, Role::ReadOnly, Role::Revenue] {
        let body = json!({"attendantIds": [ada]});
        app.as_role(role, Method::POST, SPREAD, body).await.refused(403, "AUTHORIZATION_DENIED");
    }
    app.as_role(Role::Housekeeping, Method::POST, SPREAD, json!({"attendantIds": [ada]})).await.data();
}
