//! Packages: frozen onto the booking, and posted with its nights.

mod chosen;

use futures_util::future::join_all;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

fn item(name: &str, cents: i64, basis: &str, rhythm: &str) -> Value {
    json!({"name": name, "amountCents": cents, "priceBasis": basis, "postingRhythm": rhythm})
}

fn package(code: &str, items: &[Value], more: Value) -> Value {
    let mut body = json!({"propertyId": PROPERTY, "code": code, "name": code, "items": items});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn made(desk: Desk<'_>, body: Value) -> Value {
    desk.post("/packages", body).await.data()
}

/// What the folio of a stay says: `02-01 ROOM_CHARGE Room 101 8000`.
async fn ledger(desk: Desk<'_>, stay: &Value) -> Vec<String> {
    let folios = desk.get(&format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap())).await.data();
    let folio = desk.get(&format!("/folios/{}", folios[0]["id"].as_str().unwrap())).await.data();
    let one = |e: &Value| {
        let day = &e["businessDate"].as_str().unwrap()[5..];
        format!("{day} {} {} {}", e["entryType"].as_str().unwrap(), e["description"].as_str().unwrap(), e["amountCents"])
    };
    folio["entries"].as_array().unwrap().iter().map(one).collect()
}

async fn close(app: &TestApp, desk: Desk<'_>, day: &str) {
    app.clock.advance(std::time::Duration::from_secs(86_400));
    let close = json!({"businessDate": day, "arrivals": "NO_SHOW", "departures": "CHECK_OUT"});
    desk.post(&format!("/properties/{PROPERTY}/day-close"), close).await.data();
}

/// Ten percent on nights, and a quarter within everything else.
async fn taxed(desk: Desk<'_>) {
    let tax = |code: &str, what: &str, percent: &str, is_inclusive: bool| {
        json!({"propertyId": PROPERTY, "code": code, "name": code, "kind": "PERCENT", "percent": percent, "isInclusive": is_inclusive,
            "appliesTo": [what]})
    };
    desk.post("/tax-rules", tax("VAT", "ROOM_CHARGE", "10", false)).await.data();
    desk.post("/tax-rules", tax("EXTRA", "ADJUSTMENT", "25", true)).await.data();
}

#[tokio::test]
async fn what_is_sold_with_a_stay_is_quoted_frozen_and_posted_with_its_nights() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    taxed(desk).await;
    // Breakfast is in the price of the plan; parking and champagne come on top, the one chosen.
    let breakfast = item("Breakfast", 15_00, "PERSON_NIGHT", "EVERY_NIGHT");
    made(desk, package("BB", &[breakfast], json!({"ratePlanId": BAR, "isIncluded": true}))).await;
    let extras = [item("Parking", 10_00, "NIGHT", "ALL_BUT_LAST"), item("Champagne", 50_00, "STAY", "ARRIVAL")];
    let chosen = made(desk, package("EXTRA", &extras, json!({}))).await;
    let unchosen = made(desk, package("SPA", &[item("Spa", 99_00, "PERSON", "EVERY_NIGHT")], json!({}))).await;

    let ask = json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-02-01", "checkOutDate": "2027-02-03", "adults": 2,
        "packageIds": [chosen["id"]]});
    let quote = desk.post("/reservations/quote", ask).await.data();
    // 200.00 with breakfast, 10 % of that, parking once and champagne.
    assert_eq!(quote["totalCents"], 200_00 + 20_00 + 10_00 + 50_00);
    assert_eq!(
        (&quote["subtotalCents"], &quote["taxCents"], &quote["feeCents"]),
        (&json!(140_00), &json!(32_00), &json!(108_00))
    );

    let with = json!({"roomId": room(101), "adults": 2, "packageIds": [chosen["id"]]});
    let stay = desk.book("2027-02-01", "2027-02-03", with).await.data();
    assert_eq!(stay["totalCents"], quote["totalCents"]);
    let codes: Vec<&str> = stay["packages"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["BB", "EXTRA"]);
    // What changes of a package is for others.
    let dearer = json!({"version": 1, "items": [item("Champagne", 90_00, "STAY", "ARRIVAL")]});
    let path = format!("/packages/{}", chosen["id"].as_str().unwrap());
    desk.send(Method::PATCH, &path, &[], dearer).await.data();
    desk.send(Method::PATCH, &path, &[], json!({"version": 2, "isActive": false})).await.data();

    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    close(&app, desk, "2027-02-01").await;
    // The guest stays a night longer: the last night moves, what is posted stays.
    let stay = desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-04"})).await.data();
    assert_eq!(stay["totalCents"], 300_00 + 30_00 + 20_00 + 50_00);
    close(&app, desk, "2027-02-02").await;
    close(&app, desk, "2027-02-03").await;
    assert_eq!(
        ledger(desk, &stay).await,
        [
            "02-01 ROOM_CHARGE Room 101 7000",
            "02-01 TAX VAT 1000",
            "02-01 FEE Breakfast 3000",
            "02-01 FEE Parking 800",
            "02-01 TAX EXTRA 200",
            "02-01 FEE Champagne 4000",
            "02-01 TAX EXTRA 1000",
            "02-02 ROOM_CHARGE Room 101 7000",
            "02-02 TAX VAT 1000",
            "02-02 FEE Breakfast 3000",
            "02-02 FEE Parking 800",
            "02-02 TAX EXTRA 200",
            "02-03 ROOM_CHARGE Room 101 7000",
            "02-03 TAX VAT 1000",
            "02-03 FEE Breakfast 3000",
        ]
    );
    let folio =
        &desk.get(&format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap())).await.data()[0];
    for sum in ["subtotalCents", "taxCents", "feeCents", "totalCents"] {
        assert_eq!(folio[sum], stay[sum], "{sum}");
    }
    desk.book("2027-02-10", "2027-02-11", json!({"packageIds": [chosen["id"]]})).await.invalid("packageIds");
    desk.book("2027-02-10", "2027-02-11", json!({"packageIds": [unchosen["id"]]})).await.data();
    assert_sound(&app).await;
}

#[tokio::test]
async fn packages_follow_persons_and_plan() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let plan = json!({"propertyId": PROPERTY, "code": "HB", "name": "Half board", "parentPlanId": BAR, "derivation": {"amountCents": 0}});
    let plan = desk.post("/rate-plans", plan).await.data();
    made(desk, package("HB", &[item("Dinner", 20_00, "PERSON_NIGHT", "EVERY_NIGHT")], json!({"ratePlanId": plan["id"]}))).await;
    made(other, package("HB", &[item("Dinner", 99_00, "PERSON_NIGHT", "EVERY_NIGHT")], json!({"ratePlanId": BAR}))).await;
    let spa = made(desk, package("SPA", &[item("Spa", 30_00, "STAY", "LAST_NIGHT")], json!({}))).await;
    let stay = desk.book("2027-02-10", "2027-02-12", json!({"ratePlanId": plan["id"], "packageIds": [spa["id"]]})).await.data();
    assert_eq!(stay["totalCents"], 200_00 + 40_00 + 30_00);
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let stay = app.patch(&path, json!({"version": 1, "adults": 2})).await.data();
    assert_eq!(stay["totalCents"], 200_00 + 80_00 + 30_00);
    let stay = app.patch(&path, json!({"version": 2, "ratePlanId": BAR})).await.data();
    assert_eq!(stay["totalCents"], 200_00 + 30_00, "dinner goes with its plan, what was chosen stays");
    let stay = desk.act(&stay, "move", json!({"checkInDate": "2027-02-15"})).await.data();
    assert_eq!(stay["totalCents"], 230_00);
    // Of another plan, of nobody.
    let half_board = desk.get(&format!("/packages?propertyId={PROPERTY}")).await.data()[0]["id"].clone();
    desk.book("2027-02-20", "2027-02-21", json!({"packageIds": [half_board]})).await.invalid("packageIds");
    desk.book("2027-02-20", "2027-02-21", json!({"packageIds": [BAR]})).await.invalid("packageIds");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_package_that_posts_nowhere_is_refused() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let before = app.count("select count(*) from pms_outbox").await;
    let refused = |items: Vec<Value>, more: Value, field: &'static str| async move {
        desk.post("/packages", package("P", &items, more)).await.invalid(field);
    };
    let with = |more: Value| {
        let mut one = item("x", 1, "NIGHT", more["postingRhythm"].as_str().unwrap_or("EVERY_NIGHT"));
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        vec![one]
    };
    refused(vec![], json!({}), "items").await;
    refused(with(json!({"postingRhythm": "WEEKDAYS"})), json!({}), "items[0].weekdays").await;
    refused(with(json!({"postingRhythm": "WEEKDAYS", "weekdays": []})), json!({}), "items[0].weekdays").await;
    refused(with(json!({"weekdays": [1]})), json!({}), "items[0].weekdays").await;
    refused(with(json!({"postingRhythm": "EVERY_N", "everyNights": 2})), json!({}), "items[0].fromNight").await;
    refused(with(json!({"postingRhythm": "EVERY_N", "everyNights": 0, "fromNight": 1})), json!({}), "items[0].everyNights").await;
    refused(with(json!({"everyNights": 2})), json!({}), "items[0].everyNights").await;
    refused(with(json!({"amountCents": 0})), json!({}), "items[0].amountCents").await;
    refused(with(json!({"postingRhythm": "NEVER"})), json!({}), "items[0].postingRhythm").await;
    refused(with(json!({})), json!({"validFrom": "2027-03-02", "validTo": "2027-03-02"}), "validTo").await;
    refused(with(json!({})), json!({"ratePlanId": STD}), "ratePlanId").await;
    let fine = package("P", &[item("x", 1, "NIGHT", "EVERY_NIGHT")], json!({}));
    app.as_role(Role::FrontDesk, Method::POST, "/packages", fine).await.refused(403, "AUTHORIZATION_DENIED");
    assert_eq!(app.count("select count(*) from pms_outbox").await, before);
}

#[tokio::test]
async fn eight_clients_change_a_package_while_others_book_it() {
    let app = TestApp::with_pool(8).await;
    let [desk, _] = app.desks();
    let all = made(desk, package("BB", &[item("Breakfast", 10_00, "NIGHT", "EVERY_NIGHT")], json!({"ratePlanId": BAR}))).await;
    let path = format!("/packages/{}", all["id"].as_str().unwrap());
    let change = |n: i64| {
        let path = &path;
        async move {
            for round in 0..4 {
                let version = desk.get(path).await.data()["version"].clone();
                let cents = 10_00 + n * 10 + round;
                let body = json!({"version": version, "items": [item("Breakfast", cents, "NIGHT", "EVERY_NIGHT"), item("Egg", cents, "STAY", "ARRIVAL")]});
                let answer = desk.send(Method::PATCH, path, &[], body).await;
                if answer.status >= 300 {
                    answer.refused(409, "CONCURRENCY_CONFLICT");
                }
            }
        }
    };
    let book = |n: usize| async move {
        let (from, to) = (format!("2027-03-{:02}", 1 + n * 3), format!("2027-03-{:02}", 3 + n * 3));
        let stay = desk.book(&from, &to, json!({})).await.data();
        let items = stay["packages"][0]["items"].as_array().unwrap();
        let wanted: i64 =
            items.iter().map(|i| i["amountCents"].as_i64().unwrap() * if i["priceBasis"] == "STAY" { 1 } else { 2 }).sum();
        assert!([1, 2].contains(&items.len()), "all of the items of one version");
        assert_eq!(stay["feeCents"], wanted);
    };
    futures_util::join!(join_all((0..8).map(change)), join_all((0..8).map(book)));
    assert_eq!(desk.get(&path).await.data()["items"].as_array().unwrap().len(), 2);
    assert_sound(&app).await;
}
