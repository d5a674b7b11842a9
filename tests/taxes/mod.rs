//! Taxes over HTTP: quote, reservation and folio say the same to the cent, night by night.

use jiff::Timestamp;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

async fn rule(desk: Desk<'_>, code: &str, more: Value) -> Value {
    let mut body = json!({"propertyId": PROPERTY, "code": code, "name": code, "kind": "PERCENT"});
    for (k, v) in more.as_object().unwrap() {
        body[k] = v.clone();
    }
    desk.post("/tax-rules", body).await.data()
}

async fn close(app: &TestApp, desk: Desk<'_>, day: &str, next: &str) -> Value {
    let noon = format!("{next}T17:00:00Z").parse::<Timestamp>().unwrap();
    app.clock.advance(noon.duration_since(app.clock.now()).unsigned_abs());
    desk.post(&format!("/properties/{PROPERTY}/day-close"), json!({"businessDate": day})).await.data()[0].clone()
}

async fn statement(desk: Desk<'_>, stay: &Value) -> Value {
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    let folio = desk.get(&path).await.data()[0]["id"].as_str().unwrap().to_string();
    desk.get(&format!("/folios/{folio}")).await.data()
}

fn sums(of: &Value) -> [i64; 4] {
    ["subtotalCents", "taxCents", "feeCents", "totalCents"].map(|field| of[field].as_i64().unwrap())
}

#[tokio::test]
async fn quote_reservation_and_folio_agree_to_the_cent() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    rule(desk, "STATE", json!({"percent": "8.25"})).await;
    rule(
        desk,
        "CITY",
        json!({"kind": "FIXED_PERSON_NIGHT", "amountCents": 250, "isFee": true, "maximumNights": 2, "sortOrder": 1}),
    )
    .await;

    // 100.33 a night, three nights, one person: 8.28 of tax each, and 2.50 of fee for the first two.
    let wanted = [30099, 2484, 500, 33083];
    let body = json!({"roomId": room(101), "adults": 1, "nightlyRateCents": 10033});
    let stay = desk.book("2027-02-01", "2027-02-04", body).await.data();
    assert_eq!(sums(&stay), wanted);
    assert_eq!((&stay["nightlyRateCents"], &stay["nights"][0]["taxCents"]), (&json!(10033), &json!(828)));
    // By the plan, 100.00 a night: the quote says what the booking will.
    let ask = json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-02-01", "checkOutDate": "2027-02-04", "adults": 1});
    let quote = desk.post("/reservations/quote", ask).await.data();
    let by_plan = desk.book("2027-02-01", "2027-02-04", json!({})).await.data();
    assert_eq!((sums(&quote), sums(&by_plan)), ([30000, 2475, 500, 32975], [30000, 2475, 500, 32975]));
    assert_eq!(quote["taxes"].as_array().map(Vec::len), Some(2));
    // The other tenant has no rules.
    assert_eq!(sums(&other.book("2027-02-01", "2027-02-04", json!({})).await.data()), [30000, 0, 0, 30000]);

    desk.act(&by_plan, "cancel", json!({})).await.data();
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    let record = close(&app, desk, "2027-02-01", "2027-02-02").await;
    assert_eq!(
        [&record["roomRevenueCents"], &record["taxCents"], &record["feeCents"]],
        [&json!(10033), &json!(828), &json!(250)]
    );
    close(&app, desk, "2027-02-02", "2027-02-03").await;
    close(&app, desk, "2027-02-03", "2027-02-04").await;
    let folio = statement(desk, &stay).await;
    assert_eq!(sums(&folio), wanted);
    let lines = folio["entries"].as_array().unwrap();
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[1]["parentEntryId"], lines[0]["id"]);
    assert_sound(&app).await;
}

#[tokio::test]
async fn inclusive_taxes_are_part_of_the_price() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    rule(desk, "VAT", json!({"percent": "7", "isInclusive": true, "appliesTo": ["ROOM_CHARGE", "ADJUSTMENT"]})).await;
    let body = json!({"roomId": room(101), "nightlyRateCents": 9999});
    let stay = desk.book("2027-02-01", "2027-02-03", body).await.data();
    assert_eq!(sums(&stay), [2 * 9345, 2 * 654, 0, 2 * 9999]);
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    close(&app, desk, "2027-02-01", "2027-02-02").await;

    let folio = statement(desk, &stay).await;
    assert_eq!(sums(&folio), [9345, 654, 0, 9999]);
    let path = format!("/folios/{}", folio["id"].as_str().unwrap());
    // A minibar of 10.70 has 0.70 of tax; taken back, both go.
    let bar = json!({"description": "Minibar", "amountCents": 1070});
    let bar = desk.post(&format!("{path}/charges"), bar).await.data();
    assert_eq!(
        bar["entries"].as_array().unwrap().iter().map(|e| e["amountCents"].as_i64().unwrap()).collect::<Vec<_>>(),
        [1000, 70]
    );
    let void = json!({"entryId": bar["entries"][0]["id"], "reason": "Not taken"});
    let void = desk.post(&format!("{path}/void"), void).await.data();
    assert_eq!((void["entries"].as_array().map(Vec::len), sums(&void)), (Some(2), [9345, 654, 0, 9999]));
    // The night goes to the company with its tax.
    let company = json!({"propertyId": PROPERTY, "reservationId": stay["id"], "name": "Company"});
    let company = desk.post("/folios", company).await.data();
    let body = json!({"toFolioId": company["id"], "entryIds": [folio["entries"][1]["id"], folio["entries"][0]["id"]]});
    assert_eq!(sums(&desk.post(&format!("{path}/transfer"), body).await.data()), [0; 4]);
    let there = desk.get(&format!("/folios/{}", company["id"].as_str().unwrap())).await.data();
    assert_eq!((sums(&there), &there["entries"][1]["parentEntryId"]), ([9345, 654, 0, 9999], &there["entries"][0]["id"]));
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_tax_that_changes_within_a_stay_changes_with_its_night() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let old = rule(desk, "VAT", json!({"percent": "7", "validTo": "2027-02-02"})).await;
    rule(desk, "VAT", json!({"percent": "9", "validFrom": "2027-02-02"})).await;
    let stay = desk.book("2027-02-01", "2027-02-03", json!({"roomId": room(101)})).await.data();
    assert_eq!(sums(&stay), [20000, 1600, 0, 21600]);
    // What was posted stays as it was, whatever becomes of the rules; a night that is added has the rule of its day.
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    close(&app, desk, "2027-02-01", "2027-02-02").await;
    let path = format!("/tax-rules/{}", old["id"].as_str().unwrap());
    let change = json!({"version": 1, "isActive": false});
    desk.send(Method::PATCH, &path, &[], change).await.data();
    let stay = desk.look(&stay).await;
    let quote = json!({"checkInDate": "2027-02-01", "checkOutDate": "2027-02-04"});
    let quote = desk.post(&format!("/reservations/{}/quote", stay["id"].as_str().unwrap()), quote).await.data();
    assert_eq!((&quote["differenceCents"], sums(&quote)), (&json!(10900), [30000, 2500, 0, 32500]));
    // Line by line as well, the night that is posted by a rule that is gone included.
    let lines: Vec<_> =
        quote["taxes"].as_array().unwrap().iter().map(|t| (&t["code"], t["amountCents"].as_i64().unwrap())).collect();
    assert_eq!(lines, [(&json!("TAX"), 700), (&json!("VAT"), 1800)]);
    let longer = desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-04"})).await.data();
    assert_eq!(sums(&longer), sums(&quote));
    assert_sound(&app).await;
}

#[tokio::test]
async fn rules_that_cannot_be_are_refused_by_field() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let vat = rule(desk, "VAT", json!({"percent": "7"})).await;
    let send = |more: Value| {
        let mut body = json!({"propertyId": PROPERTY, "code": "X", "name": "X", "kind": "PERCENT", "percent": "5"});
        for (k, v) in more.as_object().unwrap() {
            body[k] = v.clone();
        }
        async move { desk.post("/tax-rules", body).await }
    };
    for (more, field) in [
        (json!({"percent": "101"}), "percent"),
        (json!({"percent": 5}), "percent"),
        (json!({"percent": null}), "percent"),
        (json!({"amountCents": 5}), "amountCents"),
        (json!({"kind": "FIXED_NIGHT"}), "percent"),
        (json!({"kind": "FIXED_NIGHT", "percent": null}), "amountCents"),
        (json!({"kind": "FIXED_NIGHT", "percent": null, "amountCents": -1}), "amountCents"),
        (json!({"code": "no spaces"}), "code"),
        (json!({"appliesTo": []}), "appliesTo"),
        (json!({"validFrom": "2027-03-02", "validTo": "2027-03-02"}), "validTo"),
        (json!({"minimumAge": 121}), "minimumAge"),
        (json!({"maximumNights": 0}), "maximumNights"),
        (json!({"compoundsOn": ["X"]}), "compoundsOn"),
        (json!({"code": "VAT"}), "validFrom"),
    ] {
        send(more).await.invalid(field);
    }
    let path = format!("/tax-rules/{}", vat["id"].as_str().unwrap());
    desk.send(Method::PATCH, &path, &[], json!({"version": 7, "name": "N"})).await.refused(409, "CONCURRENCY_CONFLICT");
    desk.send(Method::PATCH, &path, &[], json!({"version": 1, "percent": "8"})).await.invalid("percent");
    other.get(&path).await.refused(404, "NOT_FOUND");
    assert_eq!(desk.get(&format!("/tax-rules?propertyId={PROPERTY}")).await.data().as_array().map(Vec::len), Some(1));
    for role in [Role::FrontDesk, Role::ReadOnly, Role::Housekeeping] {
        let body = json!({"propertyId": PROPERTY, "code": "X", "name": "X", "kind": "PERCENT", "percent": "5"});
        app.as_role(role, Method::POST, "/tax-rules", body).await.refused(403, "AUTHORIZATION_DENIED");
    }
}

/// Yen have no smaller unit, Kuwaiti dinars a thousand fils: amounts are whole numbers of whatever the smallest is.
#[tokio::test]
async fn taxes_are_rounded_in_the_smallest_unit_of_any_currency() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    // Three nights of 10,033 yen, or of 10.033 dinars, at 8.25 %: 827.7225 rounds up. At 0.005 % half a fils does.
    for (currency, rate, percent, tax) in
        [("JPY", 10_033, "8.25", 828), ("KWD", 10_033, "8.25", 828), ("KWD", 10_000, "0.005", 1), ("JPY", 9_999, "0.005", 0)]
    {
        let property = json!({"name": currency, "timezone": "Asia/Tokyo", "currency": currency, "businessDate": "2027-02-01"});
        let property = desk.post("/properties", property).await.data()["id"].clone();
        let kind = json!({"propertyId": property, "code": "STD", "name": "Standard", "maxAdults": 2, "maxOccupancy": 2});
        let kind = desk.post("/room-types", kind).await.data()["id"].clone();
        desk.post("/rooms", json!({"propertyId": property, "roomTypeId": kind, "roomNumber": "1"})).await.data();
        let plan = json!({"propertyId": property, "code": "BAR", "name": "Best", "currency": currency, "isDefault": true});
        desk.post("/rate-plans", plan).await.data();
        let vat = json!({"propertyId": property, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": percent});
        desk.post("/tax-rules", vat).await.data();

        let stay = json!({
            "propertyId": property, "roomTypeId": kind, "checkInDate": "2027-02-01", "checkOutDate": "2027-02-04", "adults": 1,
            "nightlyRateCents": rate, "sourceType": "DIRECT", "primaryGuestJson": {"firstName": "Ada", "lastName": "Byron"},
        });
        let stay = desk.post("/reservations", stay).await.data();
        assert_eq!(sums(&stay), [3 * rate, 3 * tax, 0, 3 * (rate + tax)], "{currency} {rate} at {percent} %");
        assert_eq!(stay["currency"], currency);
    }
    assert_sound(&app).await;
}
