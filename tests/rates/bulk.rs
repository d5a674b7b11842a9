//! Prices of many plans and types at once.

use futures_util::future::join_all;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::{sound::assert_sound, *};

fn change(room_type: &str, from: &str, to: &str, what: Value) -> Value {
    let mut change = json!({"ratePlanId": BAR, "roomTypeId": room_type, "startDate": from, "endDate": to});
    change.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
    change
}

fn body(changes: &[Value]) -> Value {
    json!({"propertyId": PROPERTY, "changes": changes})
}

/// `1010 1010 …`: what each night of the standard and the suite costs in whole units.
async fn drawn(app: &TestApp) -> String {
    let grid = app.get(&format!("/rate-plans/{BAR}/prices?start=2027-03-01&days=7")).await.data();
    let night = |n: &Value| n["nightlyBaseCents"].as_i64().map_or("-".to_string(), |cents| (cents / 100).to_string());
    grid.as_array().unwrap().iter().map(night).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn many_ranges_change_at_once_after_a_preview_and_are_undone() {
    let app = TestApp::start().await;
    let before = drawn(&app).await;
    let mut weekend = change(STD, "2027-03-01", "2027-03-08", json!({"adjust": {"percent": "20"}}));
    weekend["weekdays"] = json!([6, 7]);
    let wanted = [
        weekend,
        change(SUITE, "2027-03-02", "2027-03-04", json!({"nightlyBaseCents": 300_00})),
        change(SUITE, "2027-03-03", "2027-03-05", json!({"adjust": {"amountCents": 550, "roundToCents": 100, "rounding": "UP"}})),
        change(STD, "2027-03-01", "2027-03-02", json!({"nightlyBaseCents": null})),
    ];
    let mut preview = body(&wanted);
    preview["isPreview"] = json!(true);
    let shown = app.put("/prices", preview).await.data();
    assert_eq!((drawn(&app).await, &shown["nights"]), (before.clone(), &json!(6)));
    let done = app.put("/prices", body(&wanted)).await.data();
    assert_eq!((&done["before"], &done["after"], &done["isPreview"]), (&shown["before"], &shown["after"], &json!(false)));
    assert_eq!(drawn(&app).await, "- 100 100 100 100 120 120 250 300 306 256 250 250 250");
    app.put("/prices", json!({"propertyId": PROPERTY, "changes": done["before"]})).await.data();
    assert_eq!(drawn(&app).await, before);
    assert_eq!(app.count("select count(*) from pms_rate_plan_prices").await, 4, "neighbours of one price are one range");
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_nothing_is_written() {
    let app = TestApp::start().await;
    let before = app.count("select count(*) from pms_outbox").await;
    let price = json!({"nightlyBaseCents": 1});
    let good = change(STD, "2027-03-01", "2027-03-02", price.clone());
    for (wrong, field) in [
        (change(STD, "2027-03-01", "2027-03-02", json!({})), "changes[1].nightlyBaseCents"),
        (
            change(STD, "2027-03-01", "2027-03-02", json!({"nightlyBaseCents": 1, "adjust": {"percent": "1"}})),
            "changes[1].nightlyBaseCents",
        ),
        (change(STD, "2027-03-01", "2027-03-02", json!({"nightlyBaseCents": -1})), "changes[1].nightlyBaseCents"),
        (change(STD, "2027-03-01", "2027-03-02", json!({"adjust": {}})), "changes[1].adjust"),
        (change(STD, "2027-03-02", "2027-03-02", price.clone()), "changes[1].endDate"),
        (change(OTHER_TYPE, "2027-03-01", "2027-03-02", price.clone()), "changes[1].roomTypeId"),
    ] {
        app.put("/prices", body(&[good.clone(), wrong])).await.invalid(field);
    }
    let mut stranger = good.clone();
    stranger["ratePlanId"] = json!(STD);
    app.put("/prices", body(&[good.clone(), stranger])).await.invalid("changes[1].ratePlanId");
    app.put("/prices", body(&[change(STD, "2027-03-01", "2027-03-02", json!({"nightlyBaseCents": 100_00}))]))
        .await
        .invalid("changes");
    app.put("/prices", body(&[])).await.invalid("changes");
    app.as_role(Role::FrontDesk, Method::PUT, "/prices", body(&[good])).await.refused(403, "AUTHORIZATION_DENIED");
    assert_eq!(app.count("select count(*) from pms_outbox").await, before);
}

#[tokio::test]
async fn eight_clients_raise_the_same_prices() {
    let app = TestApp::with_pool(8).await;
    let raise = |n: usize| {
        let app = &app;
        let types = if n.is_multiple_of(2) { [STD, SUITE] } else { [SUITE, STD] };
        async move {
            let changes = types.map(|t| change(t, "2027-03-01", "2027-03-04", json!({"adjust": {"amountCents": 100}})));
            app.put("/prices", body(&changes)).await.data();
        }
    };
    join_all((0..8).map(raise)).await;
    assert_eq!(drawn(&app).await, "108 108 108 100 100 100 100 258 258 258 250 250 250 250");
    assert_sound(&app).await;
}
