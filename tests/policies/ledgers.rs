//! Deposits are a liability until the guest comes or a fee takes them: the four ledgers, day by day.

use super::*;

const MOVEMENTS: [&str; 8] =
    ["roomChargeCents", "adjustmentCents", "taxCents", "feeCents", "paymentCents", "refundCents", "checkInCents", "appliedCents"];

/// `GUEST 0 +6000 adjustment -6000 applied = 0`: the guest and the deposit ledger of a day. Each must add up.
async fn ledgers(desk: Desk<'_>, day: &str) -> [String; 2] {
    let report = desk.get(&format!("/properties/{PROPERTY}/reports/ledger-balance?from={day}&to={day}")).await.data();
    let rows = report["rows"].as_array().unwrap();
    for row in rows.iter().chain([&report["total"]]) {
        assert_eq!(row["differenceCents"], 0, "{row}");
    }
    assert_eq!((&report["total"]["appliedCents"], &report["total"]["checkInCents"]), (&json!(0), &json!(0)));
    [&rows[0], &rows[1]].map(|row| {
        let moved = MOVEMENTS.iter().filter(|field| row[**field] != json!(0));
        let moved: Vec<String> =
            moved.map(|f| format!("{:+} {}", row[*f].as_i64().unwrap(), f.trim_end_matches("Cents"))).collect();
        format!("{} {} = {}", row["openingCents"], moved.join(" "), row["closingCents"])
    })
}

#[tokio::test]
async fn a_fee_takes_of_the_deposit_what_it_needs_and_the_rest_stays_one() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "FIXED", "amountCents": 6000}))).await;
    let prepaid = desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
    let unpaid = desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
    pay(desk, &prepaid, 100_00).await;
    assert_eq!(ledgers(desk, "2027-02-01").await, ["0  = 0", "0 -10000 payment = -10000"]);
    close_day(&app, desk, "2027-02-01", "2027-02-02").await;

    // 60.00 of 100.00 are kept, and 40.00 are owed back; the other owes 60.00.
    let told = preview(desk, &prepaid).await["cancellation"].clone();
    assert_eq!([&told["keptCents"], &told["refundableCents"], &told["owedCents"]], [&json!(60_00), &json!(40_00), &json!(0)]);
    let prepaid = desk.act(&prepaid, "cancel", json!({})).await.data();
    let unpaid = desk.act(&unpaid, "cancel", json!({})).await.data();
    let second = ["0 +12000 adjustment -6000 applied = 6000", "-10000 +6000 applied = -4000"];
    assert_eq!(ledgers(desk, "2027-02-02").await, second);
    let record = close_day(&app, desk, "2027-02-02", "2027-02-03").await;
    assert_eq!((&record["guestLedgerCents"], &record["depositLedgerCents"]), (&json!(60_00), &json!(-40_00)));
    assert_eq!(ledgers(desk, "2027-02-02").await, second);

    // The rest goes back; the other pays.
    let path = format!("/folios/{}/refunds", folio(desk, &prepaid).await);
    desk.post(&path, json!({"method": "CARD", "amountCents": 40_00})).await.data();
    pay(desk, &unpaid, 60_00).await;
    let third = ["6000 -6000 applied = 0", "-4000 -6000 payment +4000 refund +6000 applied = 0"];
    assert_eq!(ledgers(desk, "2027-02-03").await, third);
    close_day(&app, desk, "2027-02-03", "2027-02-04").await;
    assert_eq!(ledgers(desk, "2027-02-03").await, third);

    // It comes back: what was kept is a deposit again, and goes over with the guest.
    let prepaid = desk.act(&prepaid, "reinstate", json!({"reason": "After all"})).await.data();
    assert_eq!(ledgers(desk, "2027-02-04").await, ["0 -6000 adjustment +6000 applied = 0", "0 -6000 applied = -6000"]);
    close_day(&app, desk, "2027-02-04", "2027-02-05").await;
    let early = json!({"roomId": room(101), "addNights": true});
    desk.act(&prepaid, "check-in", early).await.data();
    pay(desk, &prepaid, 5_00).await;
    assert_eq!(ledgers(desk, "2027-02-05").await, ["0 -500 payment -6000 checkIn = -6500", "-6000 +6000 checkIn = 0"]);
    close_day(&app, desk, "2027-02-05", "2027-02-06").await;
    assert_sound(&app).await;
}

/// Whatever is charged, paid, given back, given up and brought back in whatever order: each day adds up, and so does each folio.
#[tokio::test]
async fn any_sequence_keeps_the_ledgers() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "PERCENT", "percent": "70"}))).await;
    policy(desk, "NO_SHOW", "N", no_show(json!({"kind": "NIGHTS", "nights": 1}))).await;
    let tax = json!({"propertyId": PROPERTY, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": "7.7", "isInclusive": true,
        "appliesTo": ["ROOM_CHARGE", "ADJUSTMENT", "CANCELLATION_FEE", "NO_SHOW_FEE"]});
    desk.post("/tax-rules", tax).await.data();
    let mut dice = crate::support::desk::Dice::new(4);
    for day in 1..=8 {
        let (date, next) = (format!("2027-02-{day:02}"), format!("2027-02-{:02}", day + 1));
        for _ in 0..2 {
            let (from, to) = (format!("2027-02-{:02}", day + dice.roll(3)), format!("2027-02-{:02}", day + 4 + dice.roll(3)));
            desk.book(&from, &to, json!({"roomTypeId": if dice.roll(2) == 0 { STD } else { SUITE }})).await;
        }
        let stays = desk.get(&format!("/reservations?propertyId={PROPERTY}&limit=100")).await.data();
        for stay in stays.as_array().unwrap() {
            let path = format!("/folios/{}", folio(desk, stay).await);
            let answer = match dice.roll(8) {
                0 => {
                    desk.post(&format!("{path}/payments"), json!({"method": "CASH", "amountCents": 1 + dice.roll(20_000)})).await
                }
                1 => desk.post(&format!("{path}/refunds"), json!({"method": "CASH", "amountCents": 1 + dice.roll(9_000)})).await,
                2 => {
                    desk.post(&format!("{path}/charges"), json!({"description": "Taxi", "amountCents": 1 + dice.roll(5_000)}))
                        .await
                }
                3 => desk.act(stay, "cancel", json!({})).await,
                4 => desk.act(stay, "no-show", json!({})).await,
                5 => desk.act(stay, "reinstate", json!({"reason": "dice"})).await,
                6 => {
                    desk.act(
                        stay,
                        "check-in",
                        json!({"roomId": room(*dice.pick(&[101, 102, 103, 201, 202])), "overrideDirty": true}),
                    )
                    .await
                }
                _ => desk.act(stay, "undo-check-in", json!({})).await,
            };
            assert!(answer.status < 500, "{}", answer.body);
        }
        let open = ledgers(desk, &date).await;
        let arrivals = desk.get(&format!("/properties/{PROPERTY}/day-close")).await.data()["arrivals"].as_array().unwrap().len();
        close_day(&app, desk, &date, &next).await;
        if arrivals == 0 {
            // Nights are posted by the close; everything else was told before it.
            let closed = ledgers(desk, &date).await;
            assert_eq!(closed[1], open[1], "{date}");
        } else {
            ledgers(desk, &date).await;
        }
    }
    assert!(app.count("select count(*) from pms_folio_entries where charge_kind like 'CANCELLATION:%'").await > 3);
    assert!(app.count("select count(*) from pms_folio_entries where charge_kind like 'NO_SHOW:%'").await > 3);
    let sums = "select (select sum(amount_cents) from pms_folio_entries) - (select sum(guest_ledger_cents + deposit_ledger_cents
        + house_ledger_cents + city_ledger_cents) from pms_day_closes where business_date = '2027-02-08')";
    assert_eq!(app.count(&format!("{sums}::bigint")).await, 0, "trial balance");
    assert_sound(&app).await;
}
