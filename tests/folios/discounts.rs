//! A percentage off what was charged, to the cent.

use serde_json::{Value, json};

use super::{amounts, charge, folio_of, new_folio, path, pay, statement};
use crate::support::{
    desk::Desk,
    sound::{assert_sound, faults},
    *,
};

async fn rule(desk: Desk<'_>, rule: Value) {
    desk.post("/tax-rules", rule).await.data();
}

async fn close(app: &TestApp, desk: Desk<'_>, day: &str, next: &str) {
    let noon = format!("{next}T17:00:00Z").parse::<jiff::Timestamp>().unwrap();
    app.clock.advance(noon.duration_since(app.clock.now()).unsigned_abs());
    desk.post(&format!("/properties/{PROPERTY}/day-close"), json!({"businessDate": day})).await.data();
}

/// The ids of the charges, without payments and taxes.
fn charges(statement: &Value) -> Vec<Value> {
    let entries = statement["entries"].as_array().unwrap().iter();
    let is_charge = |e: &&Value| e["parentEntryId"].is_null() && e["method"].is_null() && e["reversesEntryId"].is_null();
    entries.filter(is_charge).map(|e| e["id"].clone()).collect()
}

#[tokio::test]
async fn a_third_off_three_nights_is_a_third_of_each_line() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    rule(desk, json!({"propertyId": PROPERTY, "code": "STATE", "name": "State", "kind": "PERCENT", "percent": "8.25"})).await;
    let city = json!({"propertyId": PROPERTY, "code": "CITY", "name": "City", "kind": "FIXED_PERSON_NIGHT", "amountCents": 250,
        "isFee": true, "maximumNights": 2, "sortOrder": 1});
    rule(desk, city).await;
    let body = json!({"roomId": room(101), "adults": 1, "nightlyRateCents": 10033});
    let stay = desk.book("2027-02-01", "2027-02-04", body).await.data();
    let folio = folio_of(desk, &stay).await;
    desk.act(&stay, "check-in", json!({})).await.data();
    close(&app, desk, "2027-02-01", "2027-02-02").await;
    close(&app, desk, "2027-02-02", "2027-02-03").await;
    close(&app, desk, "2027-02-03", "2027-02-04").await;

    let ids = charges(&statement(desk, &folio).await);
    assert_eq!(ids.len(), 3);
    let third = json!({"entryIds": ids, "percent": "33.33", "description": "Noise"});
    let now = desk.post(&path(&folio, "discounts"), third.clone()).await.data();
    // 33.33 % of 100.33 is 33.439989, of 8.28 it is 2.759724; the city's 2.50 are not the house's to give.
    assert_eq!(amounts(&now), [-3344, -276, -3344, -276, -3344, -276]);
    assert_eq!(now["entries"][1]["parentEntryId"], now["entries"][0]["id"]);
    assert_eq!((&now["entries"][1]["taxCode"], &now["entries"][0]["reservationId"]), (&json!("STATE"), &stay["id"]));
    let sums = ["subtotalCents", "taxCents", "feeCents", "totalCents"].map(|field| now[field].as_i64().unwrap());
    assert_eq!(sums, [20067, 1656, 500, 22223]);

    // Taken back, its tax goes with it.
    let void = json!({"entryId": now["entries"][0]["id"], "reason": "One night was quiet"});
    assert_eq!(amounts(&desk.post(&path(&folio, "void"), void).await.data()), [3344, 276]);
    // The same ids mean nothing to the other tenant.
    other.post(&path(&folio, "discounts"), third).await.refused(404, "NOT_FOUND");
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_cannot_be_discounted_is_refused_by_field() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let folio = new_folio(desk).await;
    let theirs = new_folio(other).await;
    let bar = charge(desk, &folio, 1250).await["id"].clone();
    let paid = pay(desk, &folio, 250).await["id"].clone();
    let strange = charge(other, &theirs, 100).await["id"].clone();
    let discounts = path(&folio, "discounts");
    let ask = |ids: Value, percent: Value| {
        let body = json!({"entryIds": ids, "percent": percent, "description": "Apology"});
        desk.post(&discounts, body)
    };
    ask(json!([]), json!("5")).await.invalid("entryIds");
    ask(json!([bar, bar]), json!("5")).await.invalid("entryIds");
    ask(json!([paid]), json!("5")).await.invalid("entryIds");
    ask(json!([strange]), json!("5")).await.invalid("entryId");
    ask(json!([bar]), json!("0")).await.invalid("percent");
    ask(json!([bar]), json!("0.001")).await.invalid("percent");
    for percent in [json!("100.5"), json!("-1"), json!(5), json!("5 %")] {
        ask(json!([bar]), percent).await.invalid("percent");
    }
    desk.post(&path(&folio, "discounts"), json!({"entryIds": [bar], "percent": "5", "description": " "}))
        .await
        .invalid("description");
    assert_eq!(amounts(&statement(desk, &folio).await), [1250, -250], "nothing was written");

    // All of it; then the folio can be closed, and gives nothing more.
    ask(json!([bar]), json!("100")).await.data();
    desk.post(&path(&folio, "refunds"), json!({"method": "CASH", "amountCents": 250})).await.data();
    let version = statement(desk, &folio).await["version"].clone();
    desk.post(&path(&folio, "close"), json!({"version": version})).await.data();
    ask(json!([bar]), json!("5")).await.refused(409, "FOLIO_NOT_OPEN");
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn discounts_and_voids_at_once_leave_the_books_even() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = new_folio(desk).await;
    let bar = charge(desk, &folio, 1000).await["id"].clone();
    let calls = (0..8).map(|n| {
        let (verb, body) = match n % 4 {
            0 => ("void", json!({"entryId": bar, "reason": "Not taken"})),
            _ => ("discounts", json!({"entryIds": [bar], "percent": "10", "description": "Apology"})),
        };
        let path = path(&folio, verb);
        async move { desk.post(&path, body).await.status }
    });
    let statuses = futures_util::future::join_all(calls).await;
    assert!(statuses.contains(&201), "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    assert_sound(&app).await;
}
