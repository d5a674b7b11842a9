use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{body, change, restrict};
use crate::support::{sound::assert_sound, *};

async fn put(app: &TestApp, changes: &[Value]) -> Answer {
    app.put("/restrictions", body(changes)).await
}

/// The row of a grid for a plan and a type.
async fn row(app: &TestApp, whom: Value) -> Value {
    let grid = app.get(&format!("/restrictions?propertyId={PROPERTY}&start=2027-03-01&days=14")).await.data();
    let is_it = |r: &&Value| r["ratePlanId"] == whom["ratePlanId"] && r["roomTypeId"] == whom["roomTypeId"];
    grid.as_array().unwrap().iter().find(is_it).unwrap().clone()
}

/// `03–05 minStayArrival=3` for each range, without what says nothing.
fn drawn(ranges: &Value) -> Vec<String> {
    let day = |r: &Value, field: &str| r[field].as_str().unwrap()[8..].to_string();
    let said = |r: &Value| {
        let fields = r["set"].as_object().unwrap().iter().filter(|(_, v)| !v.is_null());
        fields.map(|(k, v)| format!(" {k}={v}")).collect::<String>()
    };
    let one = |r: &Value| format!("{}–{}{}", day(r, "startDate"), day(r, "endDate"), said(r));
    ranges.as_array().unwrap().iter().map(one).collect()
}

#[tokio::test]
async fn ranges_weekdays_and_fields_are_set_and_cleared_by_themselves() {
    let app = TestApp::start().await;
    let weekend = {
        let mut c = change(json!({}), "2027-03-01", "2027-03-15", json!({"closedToArrival": true}));
        c["weekdays"] = json!([6, 7]);
        c
    };
    let set = put(&app, &[change(json!({}), "2027-03-03", "2027-03-08", json!({"minStayArrival": 3})), weekend]).await.data();
    assert_eq!(set["dates"], 7);
    let house = row(&app, json!({})).await;
    assert_eq!(
        drawn(&house["own"]),
        ["03–06 minStayArrival=3", "06–08 closedToArrival=true minStayArrival=3", "13–15 closedToArrival=true"]
    );
    put(&app, &[change(json!({}), "2027-03-06", "2027-03-15", json!({"closedToArrival": null}))]).await.data();
    assert_eq!(drawn(&row(&app, json!({})).await["own"]), ["03–08 minStayArrival=3"]);
    put(&app, &[change(json!({}), "2027-03-01", "2027-03-15", json!({"minStayArrival": null}))]).await.data();
    assert_eq!(app.count("select count(*) from pms_restrictions").await, 0, "what says nothing is no row");
    assert_sound(&app).await;
}

#[tokio::test]
async fn the_grid_shows_what_each_says_and_what_counts() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    restrict(desk, "2027-03-01", "2027-03-05", json!({"minStayThrough": 2, "isClosed": false})).await;
    restrict(other, "2027-03-01", "2027-03-15", json!({"isClosed": true})).await;
    let plan = json!({"ratePlanId": BAR});
    let both = json!({"ratePlanId": BAR, "roomTypeId": STD});
    put(
        &app,
        &[
            change(plan, "2027-03-03", "2027-03-07", json!({"minStayThrough": 4})),
            change(both.clone(), "2027-03-04", "2027-03-05", json!({"minStayThrough": 1, "maxStayThrough": 9})),
        ],
    )
    .await
    .data();
    let shown = row(&app, both).await;
    assert_eq!(drawn(&shown["own"]), ["04–05 maxStayThrough=9 minStayThrough=1"]);
    assert_eq!(
        drawn(&shown["merged"]),
        [
            "01–03 isClosed=false minStayThrough=2",
            "03–04 isClosed=false minStayThrough=4",
            "04–05 isClosed=false maxStayThrough=9 minStayThrough=1",
            "05–07 minStayThrough=4"
        ]
    );
    let by = &shown["merged"][2]["saidBy"];
    assert_eq!(
        *by,
        json!({"isClosed": "PROPERTY", "minStayThrough": "RATE_PLAN_AND_ROOM_TYPE", "maxStayThrough": "RATE_PLAN_AND_ROOM_TYPE"})
    );
    // The house, two types, the plan, and the plan in each type.
    let grid = app.get(&format!("/restrictions?propertyId={PROPERTY}&start=2027-03-01&days=14")).await.data();
    assert_eq!(grid.as_array().unwrap().len(), 6);
    let one = format!("/restrictions?propertyId={PROPERTY}&start=2027-03-01&days=14&ratePlanId={BAR}&roomTypeId={SUITE}");
    assert_eq!(app.get(&one).await.data().as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_preview_writes_nothing_and_what_was_before_undoes_it() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    restrict(desk, "2027-03-02", "2027-03-04", json!({"minStayArrival": 2, "closedToArrival": false})).await;
    let wanted = change(json!({}), "2027-03-01", "2027-03-06", json!({"minStayArrival": 5, "isClosed": true}));

    let mut preview = body(std::slice::from_ref(&wanted));
    preview["isPreview"] = json!(true);
    let shown = app.put("/restrictions", preview).await.data();
    assert_eq!((&shown["isPreview"], &shown["dates"]), (&json!(true), &json!(5)));
    assert_eq!(drawn(&row(&app, json!({})).await["own"]), ["02–04 closedToArrival=false minStayArrival=2"], "nothing is written");

    let done = put(&app, &[wanted]).await.data();
    assert_eq!((&done["before"], &done["after"]), (&shown["before"], &shown["after"]));
    assert_eq!(drawn(&done["before"]), ["01–02", "02–04 closedToArrival=false minStayArrival=2", "04–06"]);
    let back = app.put("/restrictions", json!({"propertyId": PROPERTY, "changes": done["before"]})).await.data();
    assert_eq!(back["after"], done["before"]);
    assert_eq!(drawn(&row(&app, json!({})).await["own"]), ["02–04 closedToArrival=false minStayArrival=2"]);
    let set = "select count(*) from pms_outbox where event_type = 'pms.property.restrictions_set.v1'";
    assert_eq!(app.count(set).await, 3);
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_field() {
    let app = TestApp::start().await;
    let before = app.count("select count(*) from pms_outbox").await;
    let refused = |set: Value, field: &'static str| {
        let app = &app;
        async move {
            let answer = put(app, &[change(json!({}), "2027-03-01", "2027-03-03", set)]).await;
            answer.invalid(field);
        }
    };
    refused(json!({}), "changes[0].set").await;
    refused(json!({"minStayArrival": 4, "maxStayArrival": 3}), "changes[0].set.minStayArrival").await;
    refused(json!({"minStayThrough": 9, "maxStayThrough": 1}), "changes[0].set.minStayThrough").await;
    refused(json!({"minAdvanceDays": 9, "maxAdvanceDays": 1}), "changes[0].set.minAdvanceDays").await;
    refused(json!({"minStayArrival": 0}), "changes[0].set.minStayArrival").await;
    refused(json!({"maxStayThrough": 732}), "changes[0].set.maxStayThrough").await;
    refused(json!({"minAdvanceDays": -1}), "changes[0].set.minAdvanceDays").await;
    refused(json!({"minStay": 1}), "changes[0].set.minStay").await;

    // Against what stands there already.
    put(&app, &[change(json!({}), "2027-03-02", "2027-03-03", json!({"maxStayArrival": 3}))]).await.data();
    refused(json!({"minStayArrival": 4}), "changes[0].set.minStayArrival").await;

    let one = |whom: Value, from: &str, to: &str| change(whom, from, to, json!({"isClosed": true}));
    put(&app, &[one(json!({}), "2027-01-31", "2027-02-03")]).await.invalid("changes[0].startDate");
    put(&app, &[one(json!({}), "2027-03-03", "2027-03-03")]).await.invalid("changes[0].endDate");
    put(&app, &[one(json!({}), "2027-03-03", "2031-03-03")]).await.invalid("changes[0].endDate");
    put(&app, &[one(json!({"ratePlanId": STD}), "2027-03-03", "2027-03-04")]).await.invalid("changes[0].ratePlanId");
    put(&app, &[one(json!({"roomTypeId": OTHER_TYPE}), "2027-03-03", "2027-03-04")]).await.invalid("changes[0].roomTypeId");
    put(&app, &[]).await.invalid("changes");
    let many: Vec<Value> = (0..19).map(|_| one(json!({}), "2027-03-03", "2030-03-03")).collect();
    put(&app, &many).await.invalid("changes");
    let mut no_day = one(json!({}), "2027-03-03", "2027-03-04");
    no_day["weekdays"] = json!([]);
    put(&app, &[no_day]).await.invalid("changes[0].weekdays");

    // One wrong change among right ones: none is made.
    let right = one(json!({}), "2027-03-08", "2027-03-09");
    put(&app, &[right.clone(), one(json!({}), "2027-01-01", "2027-01-02")]).await.invalid("changes[1].startDate");
    app.as_role(Role::FrontDesk, Method::PUT, "/restrictions", body(&[right])).await.refused(403, "AUTHORIZATION_DENIED");
    assert_eq!(app.count("select count(*) from pms_restrictions").await, 1);
    assert_eq!(app.count("select count(*) from pms_outbox").await, before + 1);
}
