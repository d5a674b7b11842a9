//! Taxes and ledgers.

use oppsera_pms::http::permission::Role;

use super::*;

const LEDGERS: [&str; 4] = ["GUEST", "DEPOSIT", "HOUSE", "CITY_LEDGER"];
const MOVEMENTS: [&str; 8] =
    ["roomChargeCents", "adjustmentCents", "taxCents", "feeCents", "paymentCents", "refundCents", "checkInCents", "appliedCents"];

#[tokio::test]
async fn taxes_are_told_by_rule_with_what_they_were_computed_on() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let hotel = play(&app, desk).await;
    let lines = ["baseCents", "amountCents", "lines"];
    let told = |report: &Value| -> Vec<(String, String, [i64; 3])> {
        let row = |row: &Value| {
            (row["entryType"].as_str().unwrap().into(), row["code"].as_str().unwrap_or("-").into(), numbers(row, lines))
        };
        report["rows"].as_array().unwrap().iter().map(row).collect()
    };
    let of = |kind: &str, code: &str, sums| (kind.to_string(), code.to_string(), sums);

    // The first: 8.25 % of 100.00, 250.00 and 12.50; 2.50 for four guests.
    let first = ask(desk, "taxes?from=2027-02-01&to=2027-02-01").await;
    assert_eq!(told(&first), [of("TAX", "VAT", [36250, 825 + 2063 + 103, 3]), of("FEE", "CITY", [35000, 1000, 3])]);
    // The second: of 100.00 and 250.00, less the bar that was taken back; that a night was moved changes nothing.
    let second = ask(desk, "taxes?from=2027-02-02&to=2027-02-02").await;
    assert_eq!(told(&second), [of("TAX", "VAT", [33750, 825 + 2063 - 103, 1]), of("FEE", "CITY", [35000, 750, 3])]);

    // The third is open. What is posted by hand has no rule; a discount has a tax below zero.
    let by_hand = json!({"entryType": "FEE", "description": "Parking", "amountCents": 1500});
    desk.post(&format!("/folios/{}/charges", hotel.folio), by_hand).await.data();
    charge(desk, &hotel.folio, -2000).await;
    let third = ask(desk, "taxes?from=2027-02-03&to=2027-02-09").await;
    assert_eq!(told(&third), [of("TAX", "VAT", [-2000, -165, 1]), of("FEE", "-", [0, 1500, 1])]);
    assert_eq!(third["rows"][1]["name"], json!(null));

    let all = ask(desk, "taxes?from=2027-02-01&to=2027-02-28").await;
    assert_eq!(all["rows"].as_array().map(Vec::len), Some(3));
    for (field, kind) in [("taxCents", "TAX"), ("feeCents", "FEE")] {
        assert_eq!(n(&all, field), ledger(&app, &format!("e.entry_type = '{kind}'")).await, "{kind}");
    }
    // The base of a tax is in the ledger: the charges that its lines stand on.
    let base = "(select c.amount_cents from pms_folio_entries c where c.tenant_id = e.tenant_id and c.id =
        coalesce(e.parent_entry_id, (select o.parent_entry_id from pms_folio_entries o where o.tenant_id = e.tenant_id and o.id = e.reverses_entry_id)))";
    let sql = format!(
        "select sum({base} * case when e.reverses_entry_id is null then 1 else -1 end)::bigint from pms_folio_entries e
         where e.tenant_id = '{}' and e.description <> 'Parking' and (e.tax_code = 'VAT' or e.entry_type = 'TAX')",
        app.a.id
    );
    assert_eq!(n(&all["rows"][0], "baseCents"), app.count(&sql).await);
    assert_sound(&app).await;
}

/// What each ledger holds after a day, from the entries and stays alone: of folios whose guest has not come, what was paid ahead is a
/// deposit, and what is owed is owed by a guest.
async fn balance(app: &TestApp, ledger_name: &str, day: &str) -> i64 {
    let sql = format!(
        "select coalesce(sum(amount), 0)::bigint from (
           select sum(e.amount_cents) as amount,
             case when f.kind <> 'GUEST' then f.kind
                  when bool_or(r.checked_in_on <= '{day}') or sum(e.amount_cents) > 0 then 'GUEST' else 'DEPOSIT' end as ledger
           from pms_folios f join pms_folio_entries e on e.tenant_id = f.tenant_id and e.folio_id = f.id and e.business_date <= '{day}'
             left join pms_reservations r on r.tenant_id = f.tenant_id and r.id = f.reservation_id
           where f.tenant_id = '{}' and f.property_id = '{PROPERTY}' group by f.id, f.kind) x
         where ledger = '{ledger_name}'",
        app.a.id
    );
    app.count(&sql).await
}

#[tokio::test]
async fn opening_and_movements_make_the_closing() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let hotel = play(&app, desk).await;
    // Money in every ledger: the house, and a deposit for a stay to come.
    let house = json!({"propertyId": PROPERTY, "kind": "HOUSE", "name": "Director"});
    let house = desk.post("/folios", house).await.data()["id"].as_str().unwrap().to_string();
    charge(desk, &house, 4200).await;
    pay(desk, &folio(desk, &hotel.next).await, "payments", 12345).await;
    pay(desk, &hotel.company, "payments", 9999).await;

    let day = |d: i64| format!("2027-02-{d:02}");
    for (first, last) in [(1, 1), (2, 2), (1, 2), (3, 3), (1, 3), (2, 4), (3, 20), (4, 20)] {
        let report = ask(desk, &format!("ledger-balance?from={}&to={}", day(first), day(last))).await;
        assert_eq!(report["isClosed"], json!(last < 3), "{first} to {last}");
        let rows = report["rows"].as_array().unwrap();
        assert_eq!(rows.iter().map(|row| row["ledger"].as_str().unwrap()).collect::<Vec<_>>(), LEDGERS);
        for row in rows {
            let name = row["ledger"].as_str().unwrap();
            let opening = if first == 1 { 0 } else { balance(&app, name, &day(first - 1)).await };
            assert_eq!(n(row, "openingCents"), opening, "{name} before {first}: {report}");
            assert_eq!(n(row, "closingCents"), balance(&app, name, &day(last)).await, "{name} after {last}: {report}");
            assert_eq!(opening + numbers(row, MOVEMENTS).iter().sum::<i64>(), n(row, "closingCents"), "{name} {report}");
            assert_eq!(n(row, "differenceCents"), 0, "{name} {first} to {last}: {report}");
        }
        for field in MOVEMENTS.iter().chain(&["openingCents", "closingCents"]) {
            let sum: i64 = rows.iter().map(|row| n(row, field)).sum();
            assert_eq!(n(&report["total"], field), sum, "{field}");
        }
        // What a guest brought goes from one ledger to the other.
        assert_eq!((n(&report["total"], "checkInCents"), n(&report["total"], "appliedCents")), (0, 0));
        let kinds = format!("e.business_date between '{}' and '{}' and e.entry_type", day(first), day(last));
        assert_eq!(n(&report["total"], "roomChargeCents"), ledger(&app, &format!("{kinds} = 'ROOM_CHARGE'")).await);
    }

    // To the cent: 50.00 were paid before the arrival of the second, and came over with the guest.
    let report = ask(desk, "ledger-balance?from=2027-02-02&to=2027-02-02").await;
    let fields = ["openingCents", "roomChargeCents", "checkInCents", "closingCents"];
    assert_eq!(numbers(&report["rows"][1], fields), [-5000, 0, 5000, 0]);
    // A night with its taxes went to the company.
    assert_eq!(numbers(&report["rows"][3], fields), [0, 10000, 0, 10000 + 825 + 250]);
    // The record of the day tells the same balances.
    let record = desk.get(&format!("/properties/{PROPERTY}/day-closes?start=2027-02-02&days=1")).await.data()[0].clone();
    let recorded = ["guestLedgerCents", "depositLedgerCents", "houseLedgerCents", "cityLedgerCents"];
    let told: Vec<i64> = report["rows"].as_array().unwrap().iter().map(|row| n(row, "closingCents")).collect();
    assert_eq!(numbers(&record, recorded).to_vec(), told);
    assert_sound(&app).await;
}

#[tokio::test]
async fn money_is_told_by_method_and_cashier_and_once_when_it_moves() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let hotel = play(&app, desk).await;
    let cash = async |cents: i64| -> Value {
        let body = json!({"method": "CASH", "amountCents": cents, "sourceRef": "drawer 2"});
        let path = format!("/folios/{}/payments", hotel.folio);
        app.as_role(Role::FrontDesk, Method::POST, &path, body).await.data()["entries"][0].clone()
    };
    let void = async |folio: &str, entry: &Value| {
        desk.post(&format!("/folios/{folio}/void"), json!({"entryId": entry["id"], "reason": "Not given"})).await.data();
    };
    let (wrong, moved) = (cash(2000).await, cash(700).await);
    void(&hotel.folio, &wrong).await;
    let to_company = json!({"toFolioId": hotel.company, "entryIds": [moved["id"]]});
    desk.post(&format!("/folios/{}/transfer", hotel.folio), to_company).await.data();

    let span = "from=2027-02-03&to=2027-02-03";
    let rows = |report: &Value| -> Vec<(String, String, [i64; 4])> {
        let sums = ["lines", "receivedCents", "refundedCents", "netCents"];
        let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_string();
        let all = report["rows"].as_array().unwrap();
        all.iter().map(|row| (text(row, "method"), text(row, "postedBy"), numbers(row, sums))).collect()
    };
    let told = ask(desk, &format!("payments?{span}")).await;
    let (front, manager) = (wrong["postedBy"].as_str().unwrap(), &told["rows"][0]["postedBy"]);
    let mut expected = vec![
        ("CARD".to_string(), manager.as_str().unwrap().to_string(), [2, 3000, 1000, 2000]),
        ("CASH".to_string(), manager.as_str().unwrap().to_string(), [1, -2000, 0, -2000]),
        ("CASH".to_string(), front.to_string(), [2, 2700, 0, 2700]),
    ];
    let mut seen = rows(&told);
    expected.sort();
    seen.sort();
    assert_eq!(seen, expected, "the transfer is no money");
    assert_eq!(numbers(&told, ["receivedCents", "refundedCents", "netCents"]), [3700, 1000, 2700]);
    assert!(told["rows"].as_array().unwrap().iter().all(|row| row["cashier"].is_string()), "{told}");

    // It was not given after all: the copy is taken back where it stands.
    let entries = statement(desk, &hotel.company).await["entries"].clone();
    let copy = entries.as_array().unwrap().iter().find(|e| e["movedFromEntryId"] == moved["id"]).unwrap().clone();
    void(&hotel.company, &copy).await;
    let all = ask(desk, "payments?from=2027-02-01&to=2027-02-03").await;
    assert_eq!(n(&all, "netCents"), -ledger(&app, "e.entry_type in ('PAYMENT', 'REFUND')").await);
    assert_eq!(numbers(&all, ["receivedCents", "netCents"]), [5000 + 3000, 7000]);

    // One by one: as they were posted, in pages, by method, by who took it.
    let lines = lists::walk(desk, "payment-journal?from=2027-02-01&to=2027-02-03").await;
    let received: Vec<i64> = lines.iter().map(|line| n(line, "receivedCents")).collect();
    assert_eq!(received, [5000, 3000, -1000, 2000, 700, -2000, -700]);
    assert_eq!(lines.iter().filter(|line| line["isVoid"] == true).count(), 2);
    assert_eq!((&lines[3]["name"], &lines[3]["sourceRef"]), (&json!("Ada Lovelace"), &json!("drawer 2")));
    assert_eq!((&lines[6]["name"], &lines[6]["reservationId"]), (&json!(COMPANY), &Value::Null));
    assert_eq!(lists::walk(desk, &format!("payment-journal?{span}&method=CASH")).await, lines[3..]);
    assert_eq!(lists::walk(desk, &format!("payment-journal?{span}&postedBy={front}")).await, lines[3..5]);
    assert_eq!(lists::walk(other, &format!("payment-journal?{span}")).await, Vec::<Value>::new());
    desk.get(&report(&format!("payment-journal?{span}&method=GOLD"))).await.invalid("method");
    assert_sound(&app).await;
}
