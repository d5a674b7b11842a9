//! Credit notes: what was invoiced is taken back once, by a document with a number of its own; the invoice stays as it is.

use futures_util::future::join_all;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{amounts, charge, new_folio, path, pay, statement};
use crate::support::{
    desk::Desk,
    sound::{assert_sound, faults},
    *,
};

/// A folio with charges of these amounts, paid and closed.
async fn invoiced(desk: Desk<'_>, cents: &[i64]) -> Value {
    let folio = new_folio(desk).await;
    for cents in cents {
        charge(desk, &folio, *cents).await;
    }
    let owed = statement(desk, &folio).await["balanceCents"].as_i64().unwrap();
    pay(desk, &folio, owed).await;
    let seen = statement(desk, &folio).await;
    desk.post(&path(&folio, "close"), json!({"version": seen["version"]})).await.data();
    statement(desk, &folio).await
}

fn entry(folio: &Value, n: usize) -> Value {
    folio["entries"][n]["id"].clone()
}

async fn credit(desk: Desk<'_>, folio: &Value, body: Value) -> Answer {
    desk.post(&path(folio, "credit-note"), body).await
}

#[tokio::test]
async fn a_credit_note_takes_back_chosen_entries_with_their_taxes() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let vat = json!({"propertyId": PROPERTY, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": "10", "appliesTo": ["ADJUSTMENT"]});
    desk.post("/tax-rules", vat).await.data();
    let folio = invoiced(desk, &[1000, 2000]).await;
    assert_eq!(amounts(&folio), [1000, 100, 2000, 200, -3300]);

    let body = json!({"reason": "The minibar was empty", "entryIds": [entry(&folio, 2)]});
    let note = credit(desk, &folio, body.clone()).await.data();
    assert_eq!(
        [&note["creditNoteNumber"], &note["creditsFolioId"], &note["totalCents"], &note["balanceCents"], &note["status"]],
        [&json!(1), &folio["id"], &json!(-2200), &json!(-2200), &json!("OPEN")]
    );
    assert_eq!((&note["reservationId"], &note["invoiceNumber"]), (&folio["reservationId"], &json!(null)));
    assert_eq!(amounts(&note), [-2000, -200]);
    assert_eq!(note["entries"][1]["parentEntryId"], note["entries"][0]["id"]);
    assert_eq!(note["entries"][1]["creditsEntryId"], entry(&folio, 3));
    assert_eq!(statement(desk, &folio).await, folio, "the invoice is as it was");

    // Each entry once; then what is left; then nothing.
    credit(desk, &folio, body).await.refused(409, "INVALID_STATUS_TRANSITION");
    let rest = credit(desk, &folio, json!({"reason": "All of it"})).await.data();
    assert_eq!((amounts(&rest), &rest["creditNoteNumber"]), (vec![-1000, -100], &json!(2)));
    credit(desk, &folio, json!({"reason": "More"})).await.refused(409, "INVALID_STATUS_TRANSITION");
    credit(desk, &note, json!({"reason": "Of a credit note"})).await.refused(409, "INVALID_STATUS_TRANSITION");

    // The other tenant counts for itself.
    let theirs = invoiced(other, &[500]).await;
    assert_eq!(credit(other, &theirs, json!({"reason": "x"})).await.data()["creditNoteNumber"], json!(1));
    credit(other, &folio, json!({"reason": "x"})).await.refused(404, "NOT_FOUND");
    let actions =
        format!("select action from pms_audit_log where entity_id = {} order by id", note["id"].to_string().replace('"', "'"));
    let told: Vec<Value> = app.sql(&actions).await.iter().map(|row| row["action"].clone()).collect();
    assert_eq!(told, ["CREATED", "CREDITED"]);
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_credit_is_refunded_and_the_note_closed_without_an_invoice_number() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = invoiced(desk, &[2500]).await;
    let note = credit(desk, &folio, json!({"reason": "Not stayed"})).await.data();

    // It takes refunds alone, up to its credit.
    let (charges, payments) = (path(&note, "charges"), path(&note, "payments"));
    desk.post(&charges, json!({"description": "Bar", "amountCents": 5})).await.refused(409, "FOLIO_NOT_OPEN");
    desk.post(&payments, json!({"method": "CASH", "amountCents": 5})).await.refused(409, "FOLIO_NOT_OPEN");
    desk.post(&path(&note, "void"), json!({"entryId": entry(&note, 0), "reason": "x"})).await.refused(409, "FOLIO_NOT_OPEN");
    let open = new_folio(desk).await;
    let away = json!({"toFolioId": open["id"], "entryIds": [entry(&note, 0)]});
    desk.post(&path(&note, "transfer"), away).await.refused(409, "FOLIO_NOT_OPEN");
    let refund = |cents: i64| json!({"method": "CASH", "amountCents": cents});
    desk.post(&path(&note, "refunds"), refund(2501)).await.invalid("amountCents");
    desk.post(&path(&note, "refunds"), refund(1000)).await.data();
    let wrong = desk.post(&path(&note, "refunds"), refund(500)).await.data();
    desk.post(&path(&note, "void"), json!({"entryId": entry(&wrong, 0), "reason": "Not given"})).await.data();
    desk.post(&path(&note, "refunds"), refund(1501)).await.invalid("amountCents");
    let seen = desk.post(&path(&note, "refunds"), refund(1500)).await.data();
    assert_eq!(seen["balanceCents"], json!(0));

    let closed = desk.post(&path(&note, "close"), json!({"version": seen["version"]})).await.data();
    assert_eq!(
        (&closed["status"], &closed["invoiceNumber"], &closed["creditNoteNumber"]),
        (&json!("CLOSED"), &json!(null), &json!(1))
    );
    let next = invoiced(desk, &[100]).await;
    assert_eq!(next["invoiceNumber"], json!(2), "no number was lost");
    let (_, pdf) = desk.file(&path(&note, "credit-note.pdf")).await;
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(desk.file(&path(&note, "credit-note.pdf")).await.1, pdf);
    desk.get(&path(&note, "invoice.pdf")).await.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(app.count("select sum(amount_cents)::bigint from pms_folio_entries").await, 0);
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn never_more_than_was_invoiced() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = invoiced(desk, &[1000, 700, -500]).await;
    let of = |ids: Value| json!({"reason": "x", "entryIds": ids});
    // 17.00 without the discount of 5.00 is more than the 12.00 that were paid.
    credit(desk, &folio, of(json!([entry(&folio, 0), entry(&folio, 1)]))).await.invalid("entryIds");
    credit(desk, &folio, of(json!([entry(&folio, 2)]))).await.invalid("entryIds");
    credit(desk, &folio, of(json!([entry(&folio, 3)]))).await.invalid("entryIds");
    credit(desk, &folio, of(json!([]))).await.invalid("entryIds");
    credit(desk, &folio, of(json!([entry(&folio, 0), entry(&folio, 0)]))).await.invalid("entryIds");
    let elsewhere = invoiced(desk, &[900]).await;
    credit(desk, &folio, of(json!([entry(&elsewhere, 0)]))).await.invalid("entryIds");
    credit(desk, &folio, json!({"reason": " "})).await.invalid("reason");
    credit(desk, &folio, json!({})).await.invalid("reason");
    credit(desk, &new_folio(desk).await, json!({"reason": "x"})).await.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(app.count("select count(*) from pms_folios where credit_note_number is not null").await, 0);

    let note = credit(desk, &folio, of(json!([entry(&folio, 0)]))).await.data();
    assert_eq!(note["balanceCents"], json!(-1000));
    credit(desk, &folio, of(json!([entry(&folio, 1)]))).await.invalid("entryIds");
    assert_eq!(credit(desk, &folio, json!({"reason": "x"})).await.data()["balanceCents"], json!(-200));
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn managers_credit_and_repeats_are_one() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folio = invoiced(desk, &[1000]).await;
    let body = json!({"reason": "x"});
    for role in [Role::FrontDesk, Role::Revenue, Role::ReadOnly, Role::Housekeeping] {
        app.as_role(role, Method::POST, &path(&folio, "credit-note"), body.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    }
    let reads = [(Role::FrontDesk, 200), (Role::Revenue, 200), (Role::ReadOnly, 200), (Role::Housekeeping, 403)];
    for (role, status) in reads {
        assert_eq!(app.as_role(role, Method::GET, &path(&folio, "invoice.pdf"), Value::Null).await.status, status, "{role:?}");
    }
    let key = [("Idempotency-Key", "credit-1")];
    let path = path(&folio, "credit-note");
    let answers = join_all((0..8).map(|_| desk.send(Method::POST, &path, &key, body.clone()))).await;
    assert!(answers.iter().all(|a| a.status == 201 && a.body == answers[0].body), "{answers:?}");
    desk.send(Method::POST, &path, &key, json!({"reason": "y"})).await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(app.count("select count(*) from pms_folios where credit_note_number is not null").await, 1);
    assert_sound(&app).await;
}

/// Eight clients credit the same invoices at once, whole and in parts, and refund what was credited.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_credits_none_is_too_much() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    for desk in [desk, other] {
        let folios = [invoiced(desk, &[1000, 700, -500]).await, invoiced(desk, &[300, 200, 100]).await];
        let client = |n: usize| {
            let folios = &folios;
            async move {
                for turn in 0..6 {
                    let folio = &folios[(n + turn) % 2];
                    let mut body = json!({"reason": format!("{n} {turn}")});
                    if !(n + turn).is_multiple_of(3) {
                        body["entryIds"] = json!([entry(folio, (n + turn) % 3)]);
                    }
                    let answer = credit(desk, folio, body).await;
                    assert!([201, 409, 422].contains(&answer.status), "{} {}", answer.status, answer.body);
                    if answer.status == 201 {
                        let note = answer.data();
                        let all = json!({"method": "CASH", "amountCents": -note["balanceCents"].as_i64().unwrap()});
                        let refunds = path(&note, "refunds");
                        let twice = join_all((0..2).map(|_| desk.post(&refunds, all.clone()))).await;
                        assert_eq!(twice.iter().filter(|a| a.status == 201).count(), 1, "{twice:?}");
                    }
                }
            }
        };
        join_all((0..8).map(client)).await;
        for folio in &folios {
            assert_eq!(statement(desk, folio).await, *folio, "the invoice is as it was");
        }
    }
    // Each invoice is credited in the end, to the cent, and no number is missing.
    let sql = "select f.total_cents + sum(n.total_cents) as left from pms_folios f join pms_folios n
                 on n.tenant_id = f.tenant_id and n.credits_folio_id = f.id group by f.tenant_id, f.id, f.total_cents";
    let left = app.sql(sql).await;
    assert!(left.len() == 4 && left.iter().all(|row| row["left"] == 0), "{left:?}");
    let gaps = "select count(*) from (select tenant_id, max(credit_note_number) as last, count(*) as n from pms_folios
                where credit_note_number is not null group by 1) x where last <> n";
    assert_eq!(app.count(gaps).await, 0);
    assert_eq!(app.count("select sum(amount_cents)::bigint from pms_folio_entries").await, 0);
    assert_sound(&app).await;
}
