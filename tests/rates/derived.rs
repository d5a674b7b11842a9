//! Plans made of other plans, and prices by who sleeps there.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{sound::assert_sound, *};

async fn plan(app: &TestApp, code: &str, more: Value) -> Answer {
    let mut body = json!({"propertyId": PROPERTY, "code": code, "name": code});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.post("/rate-plans", body).await
}

fn id(answer: &Answer) -> String {
    answer.data()["id"].as_str().unwrap().to_string()
}

async fn quoted(app: &TestApp, plan: &str, more: Value) -> Vec<i64> {
    let mut ask = json!({"propertyId": PROPERTY, "roomTypeId": SUITE, "ratePlanId": plan, "checkInDate": "2027-02-10",
        "checkOutDate": "2027-02-12", "adults": 2});
    ask.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let quote = app.post("/reservations/quote", ask).await.data();
    quote["nights"].as_array().unwrap().iter().map(|n| n["priceCents"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_derived_plan_follows_its_parent_where_it_has_no_price_of_its_own() {
    let app = TestApp::start().await;
    let saver = json!({"parentPlanId": BAR, "derivation": {"percent": "-12.5", "roundToCents": 500, "rounding": "DOWN"}});
    let made = plan(&app, "SAVER", saver).await;
    assert_eq!(made.data()["derivation"], json!({"percent": "-12.5", "roundToCents": 500, "rounding": "DOWN"}));
    let saver = id(&made);
    assert_eq!(quoted(&app, &saver, json!({})).await, [215_00, 215_00], "218.75, down to whole fives");

    let dearer = json!({"roomTypeId": SUITE, "startDate": "2027-02-11", "endDate": "2027-02-12", "nightlyBaseCents": 300_00});
    app.put(&format!("/rate-plans/{BAR}/prices"), dearer).await.data();
    assert_eq!(quoted(&app, &saver, json!({})).await, [215_00, 260_00]);
    let own = json!({"roomTypeId": SUITE, "startDate": "2027-02-10", "endDate": "2027-02-11", "nightlyBaseCents": 99_00});
    app.put(&format!("/rate-plans/{saver}/prices"), own).await.data();
    assert_eq!(quoted(&app, &saver, json!({})).await, [99_00, 260_00]);

    let grid = app.get(&format!("/rate-plans/{saver}/prices?start=2027-02-10&days=2&roomTypeId={SUITE}")).await.data();
    let shown: Vec<(i64, bool)> = grid
        .as_array()
        .unwrap()
        .iter()
        .map(|n| (n["nightlyBaseCents"].as_i64().unwrap(), n["isDerived"].as_bool().unwrap()))
        .collect();
    assert_eq!(shown, [(99_00, false), (260_00, true)]);

    // A stay keeps what it was booked for.
    let stay = app.book("2027-02-10", "2027-02-12", json!({"roomTypeId": SUITE, "ratePlanId": saver})).await.data();
    let version = app.get(&format!("/rate-plans/{saver}")).await.data()["version"].clone();
    let alone = json!({"version": version, "parentPlanId": null, "derivation": null});
    app.patch(&format!("/rate-plans/{saver}"), alone).await.data();
    let kept = app.get(&format!("/reservations/{}", stay["id"].as_str().unwrap())).await.data();
    assert_eq!(kept["totalCents"], 359_00);
    app.book("2027-02-11", "2027-02-12", json!({"roomTypeId": SUITE, "ratePlanId": saver})).await.invalid("ratePlanId");
    assert_sound(&app).await;
}

#[tokio::test]
async fn no_plan_is_made_of_itself_however_far_around() {
    let app = TestApp::start().await;
    let less = json!({"percent": "-10"});
    let child = id(&plan(&app, "CHILD", json!({"parentPlanId": BAR, "derivation": less})).await);
    plan(&app, "GRAND", json!({"parentPlanId": child, "derivation": less})).await.invalid("parentPlanId");
    plan(&app, "X", json!({"parentPlanId": STD, "derivation": less})).await.invalid("parentPlanId");
    plan(&app, "X", json!({"parentPlanId": BAR})).await.invalid("derivation");
    plan(&app, "X", json!({"derivation": less})).await.invalid("derivation");
    plan(&app, "X", json!({"parentPlanId": BAR, "derivation": {}})).await.invalid("derivation");
    plan(&app, "X", json!({"parentPlanId": BAR, "derivation": {"percent": "-10", "rounding": "UP"}}))
        .await
        .invalid("derivation.rounding");
    plan(&app, "X", json!({"parentPlanId": BAR, "derivation": {"percent": "-101"}})).await.invalid("derivation.percent");
    let around = json!({"version": 1, "parentPlanId": child, "derivation": less});
    app.patch(&format!("/rate-plans/{BAR}"), around).await.invalid("parentPlanId");
    let itself = json!({"version": 1, "parentPlanId": child});
    app.patch(&format!("/rate-plans/{child}"), itself).await.invalid("parentPlanId");

    // Eight pairs want to be each other's parents at once.
    let mut plans = Vec::new();
    for n in 0..4 {
        plans.push(id(&plan(&app, &format!("P{n}"), json!({})).await));
    }
    let want = |n: usize| {
        let (app, plans) = (&app, &plans);
        let (one, other) = (&plans[n % 4], &plans[(n + 1 + n / 4) % 4]);
        async move {
            let version = app.get(&format!("/rate-plans/{one}")).await.data()["version"].clone();
            let body = json!({"version": version, "parentPlanId": other, "derivation": {"percent": "-10"}});
            let answer = app.patch(&format!("/rate-plans/{one}"), body).await;
            assert!([200, 409, 422].contains(&answer.status), "{}", answer.body);
        }
    };
    join_all((0..8).map(want)).await;
    assert_sound(&app).await;
}

#[tokio::test]
async fn more_persons_pay_more_and_a_change_of_them_is_that_much() {
    let app = TestApp::start().await;
    let occupancy = json!({"includedAdults": 2, "extraAdultCents": 30_00, "children": [
        {"fromAge": 3, "toAge": 11, "amountCents": 10_00}, {"fromAge": 12, "toAge": 17, "amountCents": 20_00}]});
    let family =
        id(&plan(&app, "FAMILY", json!({"parentPlanId": BAR, "derivation": {"amountCents": 0}, "occupancy": occupancy})).await);
    assert_eq!(quoted(&app, &family, json!({})).await, [250_00; 2]);
    assert_eq!(quoted(&app, &family, json!({"adults": 3, "childAges": [4]})).await, [290_00; 2]);
    assert_eq!(quoted(&app, &family, json!({"childAges": [2, 12]})).await, [270_00; 2]);
    assert_eq!(quoted(&app, &family, json!({"children": 1})).await, [270_00; 2], "an age that is not told is the dearest");

    let who = json!({"roomTypeId": SUITE, "ratePlanId": family, "adults": 2, "childAges": [4, 13]});
    let stay = app.book("2027-02-10", "2027-02-12", who).await.data();
    assert_eq!((&stay["children"], &stay["childAges"], &stay["totalCents"]), (&json!(2), &json!([4, 13]), &json!(560_00)));
    // Prices that change meanwhile are for others; this stay pays for one child less.
    let dearer = json!({"roomTypeId": SUITE, "startDate": "2027-02-01", "endDate": "2027-03-01", "nightlyBaseCents": 900_00});
    app.put(&format!("/rate-plans/{BAR}/prices"), dearer).await.data();
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let stay = app.patch(&path, json!({"version": 1, "children": 1, "childAges": [4]})).await.data();
    assert_eq!(stay["totalCents"], 520_00);
    let stay = app.patch(&path, json!({"version": 2, "adults": 3})).await.data();
    assert_eq!((&stay["totalCents"], &stay["childAges"]), (&json!(580_00), &json!([4])));
    let stay = app.patch(&path, json!({"version": 3, "children": 0})).await.data();
    assert_eq!((&stay["totalCents"], &stay["childAges"]), (&json!(560_00), &Value::Null));

    let refused = |more: Value| app.book("2027-02-20", "2027-02-21", more);
    refused(json!({"roomTypeId": SUITE, "childAges": [18]})).await.invalid("childAges");
    refused(json!({"roomTypeId": SUITE, "children": 2, "childAges": [4]})).await.invalid("childAges");
    let wrong = |occupancy: Value| plan(&app, "X", json!({"occupancy": occupancy}));
    let child = |from: i32, to: i32| json!({"fromAge": from, "toAge": to, "amountCents": 1});
    let with = |children: Value| json!({"includedAdults": 2, "extraAdultCents": 0, "children": children});
    wrong(with(json!([child(0, 18)]))).await.invalid("occupancy.children[0].toAge");
    wrong(with(json!([child(5, 4)]))).await.invalid("occupancy.children[0].toAge");
    wrong(with(json!([child(0, 5), child(5, 9)]))).await.invalid("occupancy.children[1].fromAge");
    wrong(json!({"includedAdults": 0, "extraAdultCents": 0})).await.invalid("occupancy.includedAdults");
    wrong(json!({"includedAdults": 2, "extraAdultCents": -1})).await.invalid("occupancy.extraAdultCents");
    assert_sound(&app).await;
}
