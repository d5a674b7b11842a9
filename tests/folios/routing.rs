//! Routing: rooms to the company, extras to the guest; a tax goes where its charge goes.

use futures_util::future::join_all;
use jiff::Timestamp;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{amounts, charge, folio_of, new_folio, path, statement};
use crate::support::{
    desk::Desk,
    sound::{assert_sound, faults},
    *,
};

/// A stay in the house with its folio, another for the company, and an account of the city ledger.
async fn house(desk: Desk<'_>) -> (Value, Value, Value, Value) {
    let vat = json!({"propertyId": PROPERTY, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": "10",
        "appliesTo": ["ROOM_CHARGE", "ADJUSTMENT"]});
    desk.post("/tax-rules", vat).await.data();
    let stay = desk.book("2027-02-01", "2027-02-03", json!({"roomId": room(101)})).await.data();
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    let guest = folio_of(desk, &stay).await;
    let company = json!({"propertyId": PROPERTY, "reservationId": stay["id"], "name": "Company"});
    let company = desk.post("/folios", company).await.data();
    let ledger = json!({"propertyId": PROPERTY, "kind": "CITY_LEDGER", "name": "Lovelace & Co."});
    let ledger = desk.post("/folios", ledger).await.data();
    (stay, guest, company, ledger)
}

fn rules(rules: &[(&str, &Value)]) -> Value {
    rules.iter().map(|(kind, folio)| json!({"entryType": kind, "folioId": folio["id"]})).collect()
}

fn routing(stay: &Value) -> String {
    format!("/reservations/{}/routing", stay["id"].as_str().unwrap())
}

async fn set(desk: Desk<'_>, stay: &Value, version: i64, rules: Value) -> Answer {
    desk.send(Method::PUT, &routing(stay), &[], json!({"version": version, "rules": rules})).await
}

async fn close_day(app: &TestApp, desk: Desk<'_>) -> Value {
    let noon = "2027-02-02T17:00:00Z".parse::<Timestamp>().unwrap();
    app.clock.advance(noon.duration_since(app.clock.now()).unsigned_abs());
    desk.post(&format!("/properties/{PROPERTY}/day-close"), json!({"businessDate": "2027-02-01"})).await.data()[0].clone()
}

#[tokio::test]
async fn charges_and_nights_go_where_the_rules_send_them() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let (stay, guest, company, ledger) = house(desk).await;
    let none = desk.get(&routing(&stay)).await.data();
    assert_eq!((&none["version"], &none["rules"]), (&json!(0), &json!([])));

    let wanted = rules(&[("ROOM_CHARGE", &ledger), ("ADJUSTMENT", &company)]);
    let set_now = set(desk, &stay, 0, wanted.clone()).await.data();
    assert_eq!((&set_now["version"], &set_now["rules"]), (&json!(1), &wanted));
    assert_eq!(desk.get(&routing(&stay)).await.data(), set_now);

    // A bar bill that is posted to the guest goes to the company, with its tax; a fee has no rule; and one may insist.
    let posted = desk.post(&path(&guest, "charges"), json!({"description": "Bar", "amountCents": 1000})).await.data();
    assert_eq!((&posted["id"], amounts(&posted)), (&company["id"], vec![1000, 100]));
    let fee = json!({"entryType": "FEE", "description": "Late", "amountCents": 300});
    assert_eq!(desk.post(&path(&guest, "charges"), fee).await.data()["id"], guest["id"]);
    let here = json!({"description": "Gift", "amountCents": 200, "isRouted": false});
    assert_eq!(desk.post(&path(&guest, "charges"), here).await.data()["id"], guest["id"]);
    assert_eq!(charge(desk, &ledger, 50).await["folioId"], ledger["id"], "an account has no rules");

    // The night goes to the city ledger, with its tax, and still says whose stay it was.
    let record = close_day(&app, desk).await;
    let there = statement(desk, &ledger).await;
    assert_eq!(amounts(&there), [50, 5, 10000, 1000]);
    assert!(there["entries"].as_array().unwrap()[2..].iter().all(|e| e["reservationId"] == stay["id"]), "{there}");
    let night = &there["entries"][2];
    assert_eq!((&night["stayNumber"], &night["stayGuest"]), (&stay["confirmationNumber"], &stay["primaryGuestJson"]["lastName"]));
    assert_eq!(amounts(&statement(desk, &guest).await), [300, 200, 20]);
    assert!(statement(desk, &guest).await["entries"][0]["stayNumber"].is_null(), "its own stay is not told line by line");
    assert_eq!((&record["cityLedgerCents"], &record["guestLedgerCents"]), (&json!(11055), &json!(1620)));
    other.get(&routing(&stay)).await.refused(404, "NOT_FOUND");
    set(other, &stay, 1, json!([])).await.refused(404, "NOT_FOUND");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_folio_that_was_closed_takes_nothing_more() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let (stay, guest, company, _) = house(desk).await;
    set(desk, &stay, 0, rules(&[("ROOM_CHARGE", &company), ("ADJUSTMENT", &company)])).await.data();
    desk.post(&path(&company, "close"), json!({"version": 1})).await.data();

    assert_eq!(charge(desk, &guest, 1000).await["folioId"], guest["id"]);
    close_day(&app, desk).await;
    assert_eq!(amounts(&statement(desk, &guest).await), [1000, 100, 10000, 1000]);
    set(desk, &stay, 1, rules(&[("ROOM_CHARGE", &company)])).await.invalid("rules[0].folioId");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_night_is_never_posted_to_a_credit_note() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let (stay, guest, ..) = house(desk).await;
    charge(desk, &guest, 1000).await;
    super::pay(desk, &guest, 1100).await;
    let seen = statement(desk, &guest).await;
    desk.post(&path(&guest, "close"), json!({"version": seen["version"]})).await.data();
    let note = desk.post(&path(&guest, "credit-note"), json!({"reason": "x"})).await.data();
    set(desk, &stay, 0, rules(&[("ROOM_CHARGE", &note)])).await.invalid("rules[0].folioId");
    close_day(&app, desk).await;
    assert_eq!(amounts(&statement(desk, &note).await), [-1000, -100]);
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_stands_is_moved_on_request() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let (stay, guest, company, ledger) = house(desk).await;
    close_day(&app, desk).await;
    charge(desk, &guest, 500).await;
    charge(desk, &company, 700).await;
    let void = charge(desk, &guest, 333).await;
    desk.post(&path(&guest, "void"), json!({"entryId": void["id"], "reason": "x"})).await.data();
    super::pay(desk, &guest, 60).await;

    let wanted = rules(&[("ROOM_CHARGE", &ledger), ("ADJUSTMENT", &company)]);
    let body = json!({"version": 0, "rules": wanted, "moveExisting": true});
    app.as_role(Role::FrontDesk, Method::PUT, &routing(&stay), body.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    desk.send(Method::PUT, &routing(&stay), &[], body).await.data();
    let balances = [statement(desk, &guest).await, statement(desk, &company).await, statement(desk, &ledger).await]
        .map(|folio| folio["balanceCents"].as_i64().unwrap());
    assert_eq!(balances, [-60, 770 + 550, 11000]);
    // The tax stands below its charge on the new folio.
    let there = statement(desk, &company).await;
    let moved: Vec<_> =
        there["lines"].as_array().unwrap().iter().map(|l| (l["amountCents"].as_i64().unwrap(), l["isBelow"] == true)).collect();
    assert_eq!(moved, [(700, false), (70, true), (500, false), (50, true)]);
    assert_eq!(statement(desk, &ledger).await["lines"][0]["description"], "Room 101 (2027-02-01)");
    assert_eq!(app.count("select sum(amount_cents)::bigint from pms_folio_entries").await, 770 + 550 + 11000 - 60);
    // Again: nothing is left to move.
    let again = json!({"version": 1, "rules": wanted, "moveExisting": true});
    let entries = app.count("select count(*) from pms_folio_entries").await;
    desk.send(Method::PUT, &routing(&stay), &[], again).await.data();
    assert_eq!(app.count("select count(*) from pms_folio_entries").await, entries);
    assert_sound(&app).await;
}

#[tokio::test]
async fn bad_rules_are_refused_by_field() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let (stay, guest, company, ledger) = house(desk).await;
    let twice = rules(&[("ROOM_CHARGE", &guest), ("ROOM_CHARGE", &company)]);
    set(desk, &stay, 0, twice).await.invalid("rules[1].entryType");
    set(desk, &stay, 0, rules(&[("PAYMENT", &guest)])).await.invalid("rules[0].entryType");
    set(desk, &stay, 0, rules(&[("NIGHTS", &guest)])).await.invalid("rules[0].entryType");
    // Of another stay, of another tenant, of another property, of nobody.
    set(desk, &stay, 0, rules(&[("FEE", &guest), ("TAX", &new_folio(desk).await)])).await.invalid("rules[1].folioId");
    set(desk, &stay, 0, rules(&[("TAX", &new_folio(other).await)])).await.invalid("rules[0].folioId");
    let elsewhere = json!({"propertyId": OTHER_PROPERTY, "kind": "HOUSE", "name": "Elsewhere"});
    let elsewhere = desk.post("/folios", elsewhere).await.data();
    set(desk, &stay, 0, rules(&[("TAX", &elsewhere)])).await.invalid("rules[0].folioId");
    set(desk, &stay, 0, rules(&[("TAX", &json!({"id": "01J9ZK3T5V8M2Q4R6X7Y9ABCDE"}))])).await.invalid("rules[0].folioId");
    desk.send(Method::PUT, &routing(&stay), &[], json!({"rules": []})).await.invalid("version");
    set(desk, &stay, 1, json!([])).await.refused(409, "CONCURRENCY_CONFLICT");
    desk.get("/reservations/01J9ZK3T5V8M2Q4R6X7Y9ABCDE/routing").await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_folio_routings").await, 0);

    let good = rules(&[("ROOM_CHARGE", &ledger)]);
    for (role, status) in [(Role::Revenue, 403), (Role::ReadOnly, 403), (Role::Housekeeping, 403), (Role::FrontDesk, 200)] {
        let body = json!({"version": 0, "rules": good});
        assert_eq!(app.as_role(role, Method::PUT, &routing(&stay), body).await.status, status, "{role:?}");
    }
    set(desk, &stay, 1, json!([])).await.data();
    assert_eq!(desk.get(&routing(&stay)).await.data()["rules"], json!([]));
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

/// Eight clients set rules, move and charge at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_set_the_rules_one_is_first() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let (stay, guest, company, ledger) = house(desk).await;
    let folios = [&guest, &company, &ledger];
    for version in 0..4 {
        let tries = join_all((0..8).map(|n| {
            let wanted = rules(&[("ROOM_CHARGE", folios[n % 3]), ("ADJUSTMENT", folios[(n + 1) % 3])]);
            let body = json!({"version": version, "rules": wanted, "moveExisting": n % 2 == 0});
            let stay = &stay;
            async move {
                charge(desk, folios[n % 2], 100 + n as i64).await;
                desk.send(Method::PUT, &routing(stay), &[], body).await.status
            }
        }))
        .await;
        assert_eq!(tries.iter().filter(|s| **s == 200).count(), 1, "{tries:?}");
        assert!(tries.iter().all(|s| [200, 409].contains(s)), "{tries:?}");
    }
    // 10 % on top of 100 to 107, each half up.
    let once: i64 = (100..108).map(|cents| cents + (cents + 5) / 10).sum();
    assert_eq!(app.count("select sum(amount_cents)::bigint from pms_folio_entries").await, 4 * once);
    close_day(&app, desk).await;
    assert_sound(&app).await;
}
