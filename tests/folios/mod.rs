//! The ledger over HTTP: what is posted, taken back, moved and closed, and that the totals are always the ledger.

mod credit;
mod discounts;
mod papers;
mod races;
mod routing;

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::faults, *};

/// The folio that was opened with a booking of its own.
async fn folio_of(desk: Desk<'_>, stay: &Value) -> Value {
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    let page = desk.get(&path).await.data();
    assert_eq!(page.as_array().map(Vec::len), Some(1), "{page}");
    page[0].clone()
}

async fn new_folio(desk: Desk<'_>) -> Value {
    let stay = desk.book("2027-03-01", "2027-03-04", json!({})).await.data();
    folio_of(desk, &stay).await
}

fn path(folio: &Value, verb: &str) -> String {
    format!("/folios/{}{}{verb}", folio["id"].as_str().unwrap(), if verb.is_empty() { "" } else { "/" })
}

async fn statement(desk: Desk<'_>, folio: &Value) -> Value {
    desk.get(&path(folio, "")).await.data()
}

async fn charge(desk: Desk<'_>, folio: &Value, cents: i64) -> Value {
    let body = json!({"description": "Minibar", "amountCents": cents});
    desk.post(&path(folio, "charges"), body).await.data()["entries"][0].clone()
}

async fn pay(desk: Desk<'_>, folio: &Value, cents: i64) -> Value {
    let body = json!({"method": "CARD", "amountCents": cents, "sourceRef": "terminal 4711"});
    desk.post(&path(folio, "payments"), body).await.data()["entries"][0].clone()
}

fn amounts(statement: &Value) -> Vec<i64> {
    statement["entries"].as_array().unwrap().iter().map(|e| e["amountCents"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn charges_payments_and_refunds_make_the_balance() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let folio = new_folio(desk).await;
    assert_eq!((&folio["kind"], &folio["status"], &folio["balanceCents"]), (&json!("GUEST"), &json!("OPEN"), &json!(0)));
    let theirs = new_folio(other).await;

    charge(desk, &folio, 1250).await;
    let fee = json!({"entryType": "FEE", "description": "Late check-out", "amountCents": 3000});
    desk.post(&path(&folio, "charges"), fee).await.data();
    let discount = json!({"description": "Apology", "amountCents": -250});
    desk.post(&path(&folio, "charges"), discount).await.data();
    let paid = pay(desk, &folio, 5000).await;
    assert_eq!(
        (&paid["entryType"], &paid["amountCents"], &paid["sourceRef"]),
        (&json!("PAYMENT"), &json!(-5000), &json!("terminal 4711"))
    );
    let refund = json!({"method": "CASH", "amountCents": 1000});
    let now = desk.post(&path(&folio, "refunds"), refund).await.data();

    // 12.50 + 30.00 - 2.50 charged; 50.00 paid, 10.00 given back.
    assert_eq!(
        [&now["subtotalCents"], &now["taxCents"], &now["feeCents"], &now["totalCents"], &now["balanceCents"]],
        [&json!(1000), &json!(0), &json!(3000), &json!(4000), &json!(0)]
    );
    let read = statement(desk, &folio).await;
    assert_eq!(amounts(&read), [1250, 3000, -250, -5000, 1000]);
    assert_eq!(read["version"], json!(6));
    assert!(read["entries"].as_array().unwrap().iter().all(|e| e["businessDate"] == "2027-02-01"));

    desk.post(&path(&folio, "refunds"), json!({"method": "CASH", "amountCents": 4001})).await.invalid("amountCents");
    // The same ids stand in the other tenant, which sees nothing of it.
    assert_eq!(statement(other, &theirs).await["entries"], json!([]));
    other.get(&path(&folio, "")).await.refused(404, "NOT_FOUND");
    other.post(&path(&folio, "payments"), json!({"method": "CASH", "amountCents": 1})).await.refused(404, "NOT_FOUND");
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_entry_is_taken_back_once_and_a_reversal_never() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = new_folio(desk).await;
    let entry = charge(desk, &folio, 1250).await;
    let void = |id: &Value| json!({"entryId": id, "reason": "Posted on the wrong room"});

    let now = desk.post(&path(&folio, "void"), void(&entry["id"])).await.data();
    assert_eq!((&now["balanceCents"], &now["entries"][0]["reversesEntryId"]), (&json!(0), &entry["id"]));
    desk.post(&path(&folio, "void"), void(&entry["id"])).await.refused(409, "INVALID_STATUS_TRANSITION");
    desk.post(&path(&folio, "void"), void(&now["entries"][0]["id"])).await.refused(409, "INVALID_STATUS_TRANSITION");
    desk.post(&path(&folio, "void"), json!({"entryId": entry["id"], "reason": " "})).await.invalid("reason");
    let elsewhere = charge(desk, &new_folio(desk).await, 100).await;
    desk.post(&path(&folio, "void"), void(&elsewhere["id"])).await.invalid("entryId");

    // What was paid and taken back cannot be given back.
    let paid = pay(desk, &folio, 700).await;
    desk.post(&path(&folio, "void"), void(&paid["id"])).await.data();
    desk.post(&path(&folio, "refunds"), json!({"method": "CARD", "amountCents": 1})).await.invalid("amountCents");
    assert_eq!(amounts(&statement(desk, &folio).await), [1250, -1250, -700, 700]);
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn entries_move_between_open_folios_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let stay = desk.book("2027-03-01", "2027-03-04", json!({})).await.data();
    let folio = folio_of(desk, &stay).await;
    let company = json!({"propertyId": PROPERTY, "reservationId": stay["id"], "name": "Company"});
    let company = desk.post("/folios", company).await.data();
    let (bar, room) = (charge(desk, &folio, 900).await, charge(desk, &folio, 20000).await);

    let body = json!({"toFolioId": company["id"], "entryIds": [room["id"]]});
    desk.post(&path(&folio, "transfer"), body.clone()).await.data();
    assert_eq!(statement(desk, &folio).await["balanceCents"], json!(900));
    let there = statement(desk, &company).await;
    assert_eq!((&there["balanceCents"], &there["entries"][0]["movedFromEntryId"]), (&json!(20000), &room["id"]));
    desk.post(&path(&folio, "transfer"), body).await.refused(409, "INVALID_STATUS_TRANSITION");

    let to = |folio: &Value, ids: Value| json!({"toFolioId": folio["id"], "entryIds": ids});
    desk.post(&path(&folio, "transfer"), to(&folio, json!([bar["id"]]))).await.invalid("toFolioId");
    desk.post(&path(&folio, "transfer"), to(&company, json!([]))).await.invalid("entryIds");
    desk.post(&path(&folio, "transfer"), to(&company, json!([bar["id"], bar["id"]]))).await.invalid("entryIds");
    let theirs = new_folio(other).await;
    desk.post(&path(&folio, "transfer"), to(&theirs, json!([bar["id"]]))).await.refused(404, "NOT_FOUND");
    // And on to the city ledger, for the company to pay later.
    let ledger = json!({"propertyId": PROPERTY, "kind": "CITY_LEDGER", "name": "Lovelace & Co."});
    let ledger = desk.post("/folios", ledger).await.data();
    desk.post(&path(&company, "transfer"), to(&ledger, json!([there["entries"][0]["id"]]))).await.data();
    assert_eq!(statement(desk, &ledger).await["balanceCents"], json!(20000));
    assert_eq!(app.count("select sum(amount_cents)::bigint from pms_folio_entries").await, 20900);
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_closed_folio_has_a_number_and_never_changes() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    for desk in [desk, other] {
        for number in 1..=2 {
            let folio = new_folio(desk).await;
            let entry = charge(desk, &folio, 500).await;
            let seen = |folio: &Value| json!({"version": folio["version"]});
            let open = statement(desk, &folio).await;
            desk.post(&path(&folio, "close"), seen(&open)).await.refused(409, "FOLIO_NOT_BALANCED");
            pay(desk, &folio, 500).await;
            desk.post(&path(&folio, "close"), seen(&open)).await.refused(409, "CONCURRENCY_CONFLICT");
            let open = statement(desk, &folio).await;
            let closed = desk.post(&path(&folio, "close"), seen(&open)).await.data();
            assert_eq!((&closed["invoiceNumber"], &closed["closedOn"]), (&json!(number), &json!("2027-02-01")));

            let charge = json!({"description": "Late", "amountCents": 1});
            desk.post(&path(&folio, "charges"), charge).await.refused(409, "FOLIO_NOT_OPEN");
            desk.post(&path(&folio, "payments"), json!({"method": "CASH", "amountCents": 1}))
                .await
                .refused(409, "FOLIO_NOT_OPEN");
            desk.post(&path(&folio, "refunds"), json!({"method": "CASH", "amountCents": 1})).await.refused(409, "FOLIO_NOT_OPEN");
            let void = json!({"entryId": entry["id"], "reason": "x"});
            desk.post(&path(&folio, "void"), void).await.refused(409, "FOLIO_NOT_OPEN");
            desk.post(&path(&folio, "close"), seen(&closed)).await.refused(409, "FOLIO_NOT_OPEN");
            assert_eq!(statement(desk, &folio).await["balanceCents"], json!(0));
        }
    }
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_posted_names_its_field() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = new_folio(desk).await;
    let charges = path(&folio, "charges");
    let with = |amount: Value, kind: &str| json!({"entryType": kind, "description": "x", "amountCents": amount});
    desk.post(&charges, with(json!(0), "ADJUSTMENT")).await.invalid("amountCents");
    desk.post(&charges, with(json!(-1), "FEE")).await.invalid("amountCents");
    desk.post(&charges, with(json!(10_000_000_001_i64), "ROOM_CHARGE")).await.invalid("amountCents");
    desk.post(&charges, with(json!(1.5), "FEE")).await.invalid("amountCents");
    desk.post(&charges, with(json!(100), "PAYMENT")).await.invalid("entryType");
    desk.post(&charges, json!({"description": "", "amountCents": 1})).await.invalid("description");
    let payments = path(&folio, "payments");
    desk.post(&payments, json!({"method": "CASH", "amountCents": -5})).await.invalid("amountCents");
    desk.post(&payments, json!({"method": "SHELLS", "amountCents": 5})).await.invalid("method");
    desk.post(&payments, json!({"method": "CASH", "amountCents": 5, "currency": "EUR"})).await.invalid("currency");
    desk.post("/folios", json!({"propertyId": PROPERTY})).await.invalid("reservationId");
    desk.post("/folios", json!({"propertyId": PROPERTY, "kind": "HOUSE"})).await.invalid("name");
    let strange = json!({"propertyId": OTHER_PROPERTY, "reservationId": folio["reservationId"]});
    desk.post("/folios", strange).await.invalid("reservationId");
    assert_eq!(app.count("select count(*) from pms_folio_entries").await, 0);
}

#[tokio::test]
async fn roles_post_what_they_may() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = new_folio(desk).await;
    let entry = charge(desk, &folio, 500).await;
    let void = json!({"entryId": entry["id"], "reason": "x"});
    let pay = json!({"method": "CASH", "amountCents": 1});
    for (role, may_read, may_pay) in [
        (Role::FrontDesk, true, true),
        (Role::Revenue, true, false),
        (Role::ReadOnly, true, false),
        (Role::Housekeeping, false, false),
    ] {
        let read = app.as_role(role, Method::GET, &path(&folio, ""), Value::Null).await;
        assert_eq!(read.status, if may_read { 200 } else { 403 }, "{role:?}");
        let paid = app.as_role(role, Method::POST, &path(&folio, "payments"), pay.clone()).await;
        assert_eq!(paid.status, if may_pay { 201 } else { 403 }, "{role:?}");
        app.as_role(role, Method::POST, &path(&folio, "void"), void.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    }
}

#[tokio::test]
async fn the_history_of_a_folio_tells_totals_and_lines() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = new_folio(desk).await;
    let id = folio["id"].as_str().unwrap();
    charge(desk, &folio, 500).await;
    pay(desk, &folio, 500).await;
    let actions = app.sql(&format!("select action, diff_json from pms_audit_log where entity_id = '{id}' order by id")).await;
    let told: Vec<&str> = actions.iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(told, ["CREATED", "CHARGED", "PAID"]);
    assert_eq!(actions[1]["diff_json"]["balanceCents"], json!({"before": 0, "after": 500}));
    let events = app.count(&format!("select count(*) from pms_outbox where entity_id = '{id}'")).await;
    assert_eq!(events, 3);
}
