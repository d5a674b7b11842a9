//! What a cancellation and a no-show cost: when, how much with which taxes, and when nothing.

use super::*;

/// When a stay from the 14th of March in New York, where the clocks go forward that day, is cancelled, and what it costs.
#[tokio::test]
async fn the_fee_depends_on_the_hour_in_the_zone_of_the_property() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    policy(desk, "CANCELLATION", "FLEX", with(flexible(), json!({"isDefault": true}))).await;
    let stay = desk.book("2027-03-14", "2027-03-16", json!({})).await.data();
    let theirs = other.book("2027-03-14", "2027-03-16", json!({})).await.data();
    // The 24 hours before 15:00 of a day of 23 hours begin at 14:00 of the day before.
    let table = "
        2027-02-01T12:00:00Z  0      Until 18:00, 2 days before arrival: free of charge.
        2027-03-12T23:00:00Z  0      Until 18:00, 2 days before arrival: free of charge.
        2027-03-12T23:00:01Z  10000  Until 24 hours before 15:00 on the day of arrival: the first night.
        2027-03-13T19:00:00Z  10000  Until 24 hours before 15:00 on the day of arrival: the first night.
        2027-03-13T19:00:01Z  20000  After the last deadline: the whole stay.
        2027-03-14T19:00:00Z  20000  After the last deadline: the whole stay.
    ";
    for line in table.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let words: Vec<&str> = line.splitn(3, "  ").map(str::trim).collect();
        at(&app, words[0]);
        let told = preview(desk, &stay).await;
        let fee = &told["cancellation"]["fee"];
        assert_eq!((fee["totalCents"].to_string().as_str(), &fee["rule"]), (words[1], &json!(words[2])), "{line}");
        assert_eq!(fee["policyCode"], "FLEX");
    }
    let told = preview(desk, &stay).await;
    assert_eq!(told["cancellation"]["fee"]["after"], "2027-03-13T19:00:00Z");
    assert_eq!(told["noShow"], json!({"fee": null, "totalCents": 0, "keptCents": 0, "owedCents": 0, "refundableCents": 0}));
    // The quote tells the same instants, and the other tenant has no policy.
    let ask = json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-03-14", "checkOutDate": "2027-03-16"});
    let steps = desk.post("/reservations/quote", ask).await.data()["cancellationSteps"].clone();
    let step = |until: Value, cents: i64| json!({"until": until, "amountCents": cents});
    let wanted = [step(json!("2027-03-12T23:00:00Z"), 0), step(json!("2027-03-13T19:00:00Z"), 100_00), step(json!(null), 200_00)];
    assert_eq!(steps, json!(wanted));
    assert_eq!(preview(other, &theirs).await["cancellation"]["fee"], json!(null));

    // The deadline passed while somebody thought about it.
    let shown = json!({"expectedFeeCents": 100_00});
    let refused = desk.act(&stay, "cancel", shown).await;
    refused.refused(409, "CONCURRENCY_CONFLICT");
    assert_eq!(refused.body["error"]["facts"]["closingFee"]["totalCents"], json!(200_00));
    let ended = desk.act(&stay, "cancel", json!({"expectedFeeCents": 200_00, "reason": "Ill"})).await.data();
    assert_eq!(ended["closingFee"]["until"], json!(null));
    assert_eq!(lines(&statement(desk, &stay).await), ["ADJUSTMENT 20000 CANCELLATION:2"]);
    other.act(&theirs, "cancel", json!({})).await.data();
    assert_eq!(lines(&statement(other, &theirs).await), Vec::<String>::new());
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_fee_is_taxed_by_the_rules_that_name_it() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "PERCENT", "percent": "33.33"}))).await;
    policy(desk, "NO_SHOW", "N", no_show(json!({"kind": "NIGHTS", "nights": 1}))).await;
    let rule = |code: &str, more: Value| {
        with(json!({"propertyId": PROPERTY, "code": code, "name": code, "kind": "PERCENT", "percent": "8.25"}), more)
    };
    let rules = [
        rule("SALES", json!({"appliesTo": ["ROOM_CHARGE", "NO_SHOW_FEE"]})),
        rule(
            "VAT",
            json!({"percent": "7", "isInclusive": true, "sortOrder": 1, "appliesTo": ["ROOM_CHARGE", "CANCELLATION_FEE", "NO_SHOW_FEE"]}),
        ),
        rule("RESORT", json!({"percent": "1", "isFee": true, "sortOrder": 2, "appliesTo": ["CANCELLATION_FEE"]})),
        // What counts nights and persons belongs to nights.
        rule(
            "CITY",
            json!({"kind": "FIXED_PERSON_NIGHT", "percent": null, "amountCents": 400, "sortOrder": 3, "appliesTo": ["NO_SHOW_FEE"]}),
        ),
    ];
    for rule in rules {
        desk.post("/tax-rules", rule).await.data();
    }
    let price = json!({"nightlyRateCents": 100_33});
    let cancelled = desk.book("2027-02-01", "2027-02-04", price.clone()).await.data();
    let absent = desk.book("2027-02-01", "2027-02-04", price).await.data();

    // 33.33 % of 3 × 100.33 is 100.32; 7 % of it are 6.56, and 1 % of the rest comes on top.
    let told = preview(desk, &cancelled).await["cancellation"].clone();
    assert_eq!(
        (&told["fee"]["amountCents"], &told["totalCents"], &told["owedCents"]),
        (&json!(10_032), &json!(10_126), &json!(10_126))
    );
    let ended = desk.act(&cancelled, "cancel", json!({})).await.data();
    assert_eq!(ended["closingFee"], told["fee"]);
    let folio = statement(desk, &cancelled).await;
    assert_eq!(lines(&folio), ["ADJUSTMENT 9376 CANCELLATION:2", "TAX 656 CANCELLATION:2:VAT", "FEE 94 CANCELLATION:2:RESORT"]);
    assert_eq!(
        [&folio["totalCents"], &folio["balanceCents"], &folio["taxCents"]],
        [&json!(10_126), &json!(10_126), &json!(6_56)]
    );
    assert_eq!(folio["entries"][1]["parentEntryId"], folio["entries"][0]["id"]);

    // The first night is 100.33: 93.77 and 6.56 within, 7.74 on top.
    let told = preview(desk, &absent).await["noShow"].clone();
    desk.act(&absent, "no-show", json!({})).await.data();
    let folio = statement(desk, &absent).await;
    assert_eq!(lines(&folio), ["ADJUSTMENT 9377 NO_SHOW:2", "TAX 774 NO_SHOW:2:SALES", "TAX 656 NO_SHOW:2:VAT"]);
    assert_eq!((&folio["balanceCents"], &told["totalCents"]), (&json!(108_07), &json!(108_07)));
    let taxes = desk.get(&format!("/properties/{PROPERTY}/reports/taxes?from=2027-02-01&to=2027-02-01")).await.data();
    let vat = taxes["rows"].as_array().unwrap().iter().find(|row| row["code"] == "VAT").unwrap();
    assert_eq!((&vat["baseCents"], &vat["amountCents"]), (&json!(93_76 + 93_77), &json!(13_12)));
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_fee_is_waived_by_who_may_with_a_reason() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "WHOLE_STAY"}))).await;
    policy(desk, "NO_SHOW", "N", no_show(json!({"kind": "FIXED", "amountCents": 4000}))).await;
    for verb in ["cancel", "no-show"] {
        let stay = desk.book("2027-02-01", "2027-02-03", json!({})).await.data();
        let path = format!("/reservations/{}/{verb}", stay["id"].as_str().unwrap());
        let body = json!({"version": 1, "waiveFee": true, "reason": "A death in the family"});
        app.as_role(Role::FrontDesk, Method::POST, &path, body.clone()).await.refused(403, "AUTHORIZATION_DENIED");
        desk.post(&path, json!({"version": 1, "waiveFee": true})).await.invalid("reason");
        desk.post(&path, json!({"version": 1, "waiveFee": true, "reason": "  "})).await.invalid("reason");
        desk.post(&path, json!({"version": 1, "waiveFee": "yes"})).await.invalid("waiveFee");
        let ended = desk.post(&path, body).await.data();
        assert_eq!((&ended["closingFee"]["isWaived"], &ended["closeReason"]), (&json!(true), &json!("A death in the family")));
        assert_eq!(lines(&statement(desk, &stay).await), Vec::<String>::new());
        let back = desk.act(&ended, "reinstate", json!({"reason": "After all"})).await.data();
        assert_eq!((&back["closingFee"], &back["status"]), (&json!(null), &json!("CONFIRMED")));
        // The desk may cancel, and charges what is asked.
        let body = json!({"version": back["version"]});
        app.as_role(Role::FrontDesk, Method::POST, &path, body).await.data();
        assert_eq!(lines(&statement(desk, &stay).await).len(), 1);
    }
    assert_sound(&app).await;
}

/// Undo of a booking: who made it a moment ago takes it back, and no guest has cancelled.
#[tokio::test]
async fn a_booking_that_was_a_mistake_costs_nothing() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "WHOLE_STAY"}))).await;
    let book = || app.as_role(Role::FrontDesk, Method::POST, "/reservations", booking("2027-02-10", "2027-02-12", json!({})));
    let (first, second) = (book().await.data(), book().await.data());
    let cancel = |stay: &Value| format!("/reservations/{}/cancel", stay["id"].as_str().unwrap());
    let body = json!({"version": 1, "waiveFee": true, "reason": "Undo"});
    at(&app, "2027-02-01T12:14:59Z");
    let ended = app.as_role(Role::FrontDesk, Method::POST, &cancel(&first), body.clone()).await.data();
    assert_eq!(ended["closingFee"]["isWaived"], json!(true));
    at(&app, "2027-02-01T12:15:00Z");
    app.as_role(Role::FrontDesk, Method::POST, &cancel(&second), body.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    assert_eq!(app.count("select count(*) from pms_folio_entries").await, 0);
}

#[tokio::test]
async fn a_hold_costs_nothing() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "WHOLE_STAY"}))).await;
    let hold = |expiry: &str| json!({"status": "HOLD", "holdExpiresAt": expiry});
    let given_up = desk.book("2027-02-10", "2027-02-12", hold("2027-02-05T00:00:00Z")).await.data();
    assert_eq!(preview(desk, &given_up).await["cancellation"]["fee"], json!(null));
    let given_up = desk.act(&given_up, "cancel", json!({"expectedFeeCents": 0})).await.data();
    assert_eq!(given_up["closingFee"], json!(null));
    let forgotten = desk.book("2027-02-10", "2027-02-12", hold("2027-02-01T13:00:00Z")).await.data();
    at(&app, "2027-02-01T14:00:00Z");
    assert_eq!(oppsera_pms::reservations::expire_holds(&app.store).await.unwrap(), 1);
    assert_eq!(desk.look(&forgotten).await["closingFee"], json!(null));
    assert_eq!(app.count("select count(*) from pms_folio_entries").await, 0);
    // One that was confirmed costs what it was told.
    let kept = desk.book("2027-02-10", "2027-02-12", hold("2027-02-05T00:00:00Z")).await.data();
    let kept = desk.act(&kept, "confirm", json!({})).await.data();
    desk.act(&kept, "cancel", json!({"expectedFeeCents": 200_00})).await.data();
    // Who is in the house or was given up cannot be any more.
    assert_eq!(preview(desk, &kept).await["cancellation"], json!(null));
    assert_sound(&app).await;
}

#[tokio::test]
async fn the_close_of_the_day_charges_who_did_not_come() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    policy(desk, "NO_SHOW", "N", no_show(json!({"kind": "NIGHTS", "nights": 1}))).await;
    let absent = desk.book("2027-02-01", "2027-02-03", json!({})).await.data();
    let theirs = other.book("2027-02-01", "2027-02-03", json!({})).await.data();
    let later = desk.book("2027-02-02", "2027-02-03", json!({})).await.data();
    let dry = desk.get(&format!("/properties/{PROPERTY}/day-close")).await.data();
    assert_eq!((dry["arrivals"].as_array().unwrap().len(), &dry["arrivals"][0]["noShowFeeCents"]), (1, &json!(100_00)));
    let record = close_day(&app, desk, "2027-02-01", "2027-02-02").await;
    close_day(&app, other, "2027-02-01", "2027-02-02").await;

    assert_eq!((&record["noShows"], &record["adjustmentCents"]), (&json!(1), &json!(100_00)));
    assert_eq!((&record["guestLedgerCents"], &record["depositLedgerCents"]), (&json!(100_00), &json!(0)));
    // It is no room revenue: nobody slept.
    assert_eq!((&record["roomRevenueCents"], &record["roomsSold"]), (&json!(0), &json!(0)));
    let entry = statement(desk, &absent).await["entries"][0].clone();
    assert_eq!((&entry["businessDate"], &entry["description"]), (&json!("2027-02-01"), &json!("No-show fee")));
    assert_eq!(lines(&statement(other, &theirs).await), Vec::<String>::new());
    assert_eq!(desk.look(&later).await["status"], "CONFIRMED");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_reinstated_stay_owes_no_fee() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "NIGHTS", "nights": 1}))).await;
    let tax = json!({"propertyId": PROPERTY, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": "10", "appliesTo": ["CANCELLATION_FEE"]});
    desk.post("/tax-rules", tax).await.data();
    let stay = desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
    let reason = json!({"reason": "After all"});

    // Taken back with its tax; the next cancellation costs again.
    let mut seen = stay;
    for n in 0..2 {
        seen = desk.act(&seen, "cancel", json!({})).await.data();
        assert_eq!(statement(desk, &seen).await["balanceCents"], json!(110_00));
        seen = desk.act(&seen, "reinstate", reason.clone()).await.data();
        let now = statement(desk, &seen).await;
        assert_eq!((&now["balanceCents"], lines(&now).len()), (&json!(0), 4 * (n + 1)));
    }
    let first = statement(desk, &seen).await;
    assert_eq!(lines(&first)[..2], ["ADJUSTMENT 10000 CANCELLATION:2", "TAX 1000 CANCELLATION:2:VAT"]);
    assert_eq!(first["entries"][2]["reversesEntryId"], first["entries"][0]["id"]);

    // One that was voided is not taken back twice.
    seen = desk.act(&seen, "cancel", json!({})).await.data();
    let id = folio(desk, &seen).await;
    let fee = statement(desk, &seen).await["entries"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|e| e["entryType"] == "ADJUSTMENT")
        .unwrap()["id"]
        .clone();
    desk.post(&format!("/folios/{id}/void"), json!({"entryId": fee, "reason": "A mistake"})).await.data();
    seen = desk.act(&seen, "reinstate", reason.clone()).await.data();
    assert_eq!(statement(desk, &seen).await["balanceCents"], json!(0));

    // One that went to the city ledger is taken back there.
    seen = desk.act(&seen, "cancel", json!({})).await.data();
    let company = json!({"propertyId": PROPERTY, "kind": "CITY_LEDGER", "name": "Lovelace & Co."});
    let company = desk.post("/folios", company).await.data()["id"].as_str().unwrap().to_string();
    let fee = statement(desk, &seen).await["entries"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|e| e["entryType"] == "ADJUSTMENT")
        .unwrap()["id"]
        .clone();
    desk.post(&format!("/folios/{id}/transfer"), json!({"toFolioId": company, "entryIds": [fee]})).await.data();
    assert_eq!(desk.get(&format!("/folios/{company}")).await.data()["balanceCents"], json!(110_00));
    seen = desk.act(&seen, "reinstate", reason.clone()).await.data();
    assert_eq!(desk.get(&format!("/folios/{company}")).await.data()["balanceCents"], json!(0));
    assert_eq!(statement(desk, &seen).await["balanceCents"], json!(0));

    assert_sound(&app).await;
}

/// One that was paid and invoiced is taken back by a credit note: the invoice never changes. It is credited once.
#[tokio::test]
async fn a_fee_that_was_invoiced_is_credited() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "FIXED", "amountCents": 110_00}))).await;
    let stay = desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
    let id = folio(desk, &stay).await;
    let mut seen = desk.act(&stay, "cancel", json!({})).await.data();
    pay(desk, &seen, 110_00).await;
    let open = desk.get(&format!("/folios/{id}")).await.data();
    let invoice = desk.post(&format!("/folios/{id}/close"), json!({"version": open["version"]})).await.data();
    seen = desk.act(&seen, "reinstate", json!({"reason": "After all"})).await.data();
    assert_eq!(desk.get(&format!("/folios/{id}")).await.data()["version"], invoice["version"]);
    let all = desk.get(&format!("/folios?propertyId={PROPERTY}&reservationId={}", seen["id"].as_str().unwrap())).await.data();
    let note = &all[0];
    assert_eq!(
        (all.as_array().unwrap().len(), &note["balanceCents"], &note["creditNoteNumber"]),
        (2, &json!(-110_00), &json!(1))
    );
    seen = desk.act(&seen, "cancel", json!({})).await.data();
    desk.act(&seen, "reinstate", json!({"reason": "Again"})).await.data();
    let all = desk.get(&format!("/folios?propertyId={PROPERTY}&reservationId={}", seen["id"].as_str().unwrap())).await.data();
    let balances: Vec<&Value> = all.as_array().unwrap().iter().map(|folio| &folio["balanceCents"]).collect();
    assert_eq!(balances, [&json!(0), &json!(-110_00), &json!(0)]);
    assert_sound(&app).await;
}

/// A company that pays the extras pays the fee, too.
#[tokio::test]
async fn a_fee_goes_where_the_routing_of_the_stay_sends_it() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "NIGHTS", "nights": 1}))).await;
    let stay = desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
    pay(desk, &stay, 30_00).await;
    let company = json!({"propertyId": PROPERTY, "kind": "CITY_LEDGER", "name": "Lovelace & Co."});
    let company = desk.post("/folios", company).await.data()["id"].clone();
    let routing = format!("/reservations/{}/routing", stay["id"].as_str().unwrap());
    let rules = json!({"version": 0, "rules": [{"entryType": "ADJUSTMENT", "folioId": company}]});
    desk.send(Method::PUT, &routing, &[], rules).await.data();
    let ended = desk.act(&stay, "cancel", json!({})).await.data();
    let account = desk.get(&format!("/folios/{}", company.as_str().unwrap())).await.data();
    assert_eq!(
        (lines(&account), &account["entries"][0]["reservationId"]),
        (vec!["ADJUSTMENT 10000 CANCELLATION:2".into()], &stay["id"])
    );
    assert_eq!(statement(desk, &stay).await["balanceCents"], json!(-30_00), "the deposit is owed back whole");
    desk.act(&ended, "reinstate", json!({"reason": "After all"})).await.data();
    assert_eq!(desk.get(&format!("/folios/{}", company.as_str().unwrap())).await.data()["balanceCents"], json!(0));
    assert_sound(&app).await;
}
