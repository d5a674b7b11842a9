//! Money goes back to the card that it came from, never more than came.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{at, charge, hotel, is, of, owing, posted, settle, statement};
use crate::support::{desk::Desk, sound::assert_sound, *};

async fn refund(desk: Desk<'_>, intent: &Value, key: &str, cents: i64, how: &str) -> Answer {
    let body = json!({"amountCents": cents, "description": how});
    desk.send(Method::POST, &at(intent, "refunds"), &[("Idempotency-Key", key)], body).await
}

async fn refunded(desk: Desk<'_>, intent: &Value) -> Value {
    desk.get(&format!("/payment-intents/{}", intent["id"].as_str().unwrap())).await.data()["refundedCents"].clone()
}

#[tokio::test]
async fn a_refund_is_at_most_what_is_left_of_the_charge() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "Card").await.data();
        // Other money in the folio does not make the charge larger.
        desk.post(&of(&folio, "payments"), json!({"method": "CASH", "amountCents": 5000})).await.data();
        refund(desk, &intent, "r0", 10001, "Refund").await.invalid("amountCents");
        let some = refund(desk, &intent, "r1", 4000, "Refund").await.data();
        assert_eq!(
            (&some["kind"], &some["status"], &some["refundsIntentId"]),
            (&json!("REFUND"), &json!("SETTLED"), &intent["id"])
        );
        assert_eq!(refund(desk, &intent, "r1", 4000, "Refund").await.data(), some, "once");
        assert_eq!(posted(desk, &folio, &some).await, is("SETTLED", &[4000]));
        assert_eq!(refunded(desk, &intent).await, 4000);
        refund(desk, &intent, "r2", 6001, "Refund").await.invalid("amountCents");
        refund(desk, &some, "r3", 100, "Refund").await.refused(409, "INVALID_STATUS_TRANSITION");
        refund(desk, &intent, "r4", 6000, "Refund").await.data();
        refund(desk, &intent, "r5", 1, "Refund").await.invalid("amountCents");
        assert_eq!(statement(desk, &folio).await["balanceCents"], 5000);
    }
    let cents: Vec<i64> = fake.moved().iter().map(|(_, cents)| *cents).collect();
    assert_eq!(cents.iter().sum::<i64>(), 2 * 20000, "charged and given back");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_refund_under_way_is_taken_of_what_is_left_and_one_that_fails_is_free_again() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "Card").await.data();
        let declined = refund(desk, &intent, "r1", 10000, "declined").await.data();
        assert_eq!((&declined["status"], refunded(desk, &intent).await), (&json!("DECLINED"), json!(0)));

        let waiting = refund(desk, &intent, "r2", 7000, "waits").await.data();
        assert_eq!((&waiting["status"], refunded(desk, &intent).await), (&json!("PENDING"), json!(7000)));
        refund(desk, &intent, "r3", 3001, "Refund").await.invalid("amountCents");
        // Nor is it given back in cash meanwhile.
        let cash = |cents: i64| json!({"method": "CASH", "amountCents": cents});
        desk.post(&of(&folio, "refunds"), cash(3001)).await.invalid("amountCents");
        desk.post(&of(&folio, "refunds"), cash(3000)).await.data();
        // And what was given in cash is not given by card.
        refund(desk, &intent, "r4", 3000, "Refund").await.invalid("amountCents");
        fake.release();
        assert_eq!(settle(desk, &waiting).await["status"], "SETTLED");
        assert_eq!(posted(desk, &folio, &waiting).await, is("SETTLED", &[7000]));
        assert_eq!(statement(desk, &folio).await["balanceCents"], 10000);
    }
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_refunds_as_many_count_as_there_is_money() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "Card").await.data();
        let keys: Vec<String> = (0..8).map(|n| format!("r{n}")).collect();
        // Every other one is declined, and what it had taken is free for the next.
        let how = |n: usize| if n.is_multiple_of(2) { "Refund" } else { "declined" };
        let answers = join_all(keys.iter().enumerate().map(|(n, key)| refund(desk, &intent, key, 3000, how(n)))).await;
        let mut settled = answers.iter().filter(|a| a.status == 201 && a.data()["status"] == "SETTLED").count();
        // None at all, when the declined ones were all asked first: what is under way counts until its end is known.
        assert!(settled <= 3 && answers.iter().all(|a| [201, 422].contains(&a.status)), "{answers:?}");
        assert_eq!(refunded(desk, &intent).await, 3000 * settled as i64);
        // Then what the declined ones had taken is free again.
        let rest = refund(desk, &intent, "rest", 3000, "Refund").await;
        if settled < 3 {
            assert_eq!(rest.data()["status"], "SETTLED");
            settled += 1;
        } else {
            rest.invalid("amountCents");
        }
        assert_eq!(statement(desk, &folio).await["balanceCents"], 3000 * settled as i64);
    }
    assert_eq!(fake.moved().iter().filter(|(_, cents)| *cents == 10000).count(), 2);
    assert_sound(&app).await;
}

/// A payment that is moved to another folio is still the gateway's, and what was invoiced is given back from its credit note.
#[tokio::test]
async fn moved_and_invoiced_payments_are_given_back_where_the_money_stands() {
    let (app, _fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "Card").await.data();
        let new = json!({"propertyId": PROPERTY, "reservationId": folio["reservationId"], "name": "Company"});
        let second = desk.post("/folios", new).await.data();
        let entries: Vec<Value> =
            statement(desk, &folio).await["entries"].as_array().unwrap().iter().map(|e| e["id"].clone()).collect();
        desk.post(&of(&folio, "transfer"), json!({"toFolioId": second["id"], "entryIds": entries})).await.data();
        let moved = statement(desk, &second).await["entries"][1].clone();
        assert_eq!(moved["paymentIntentId"], intent["id"]);
        desk.post(&of(&second, "void"), json!({"entryId": moved["id"], "reason": "x"}))
            .await
            .refused(409, "INVALID_STATUS_TRANSITION");
        refund(desk, &intent, "r1", 10000, "Refund").await.invalid("amountCents");

        let seen = statement(desk, &second).await;
        desk.post(&of(&second, "close"), json!({"version": seen["version"]})).await.data();
        let note = desk.post(&of(&second, "credit-note"), json!({"reason": "Cold soup"})).await.data();
        let body = |folio: &Value| json!({"amountCents": 10000, "folioId": folio["id"]});
        let key = [("Idempotency-Key", "r2")];
        desk.send(Method::POST, &at(&intent, "refunds"), &key, body(&second)).await.refused(409, "FOLIO_NOT_OPEN");
        let back = desk.send(Method::POST, &at(&intent, "refunds"), &key, body(&note)).await.data();
        assert_eq!((&back["status"], &back["folioId"]), (&json!("SETTLED"), &note["id"]));
        assert_eq!(statement(desk, &note).await["balanceCents"], 0);
    }
    assert_sound(&app).await;
}
