//! Payments by the gateway: whatever it answers, and whoever asks at once, money that moved stands on a folio once and nothing else does.

mod fake;
mod killed;
mod late;
mod refunds;

use futures_util::future::join_all;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use self::fake::Fake;
use crate::support::{desk::Desk, sound::assert_sound, *};

/// A hotel whose two tenants have accounts at a gateway.
async fn hotel() -> (TestApp, Fake) {
    let fake = Fake::start().await;
    let app = TestApp::with_gateway(fake.gateway()).await;
    for desk in app.desks() {
        let body = json!({"version": 1, "paymentAccount": "grand-test"});
        desk.send(Method::PATCH, &format!("/properties/{PROPERTY}"), &[], body).await.data();
    }
    (app, fake)
}

/// A folio that owes 100.00.
async fn owing(desk: Desk<'_>) -> Value {
    let stay = desk.book("2027-03-01", "2027-03-04", json!({})).await.data();
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    let folio = desk.get(&path).await.data()[0].clone();
    desk.post(&of(&folio, "charges"), json!({"description": "Dinner", "amountCents": 10000})).await.data();
    folio
}

fn of(folio: &Value, verb: &str) -> String {
    format!("/folios/{}/{verb}", folio["id"].as_str().unwrap())
}

fn at(intent: &Value, verb: &str) -> String {
    format!("/payment-intents/{}/{verb}", intent["id"].as_str().unwrap())
}

async fn statement(desk: Desk<'_>, folio: &Value) -> Value {
    desk.get(&format!("/folios/{}", folio["id"].as_str().unwrap())).await.data()
}

/// A charge of which the fake does what is said here.
async fn charge(desk: Desk<'_>, folio: &Value, key: &str, how: &str) -> Answer {
    let body = json!({"amountCents": 10000, "description": how});
    desk.send(Method::POST, &of(folio, "payment-intents"), &[("Idempotency-Key", key)], body).await
}

async fn settle(desk: Desk<'_>, intent: &Value) -> Value {
    desk.post(&at(intent, "settle"), json!({})).await.data()
}

/// The status of an intent with the amounts of the folio that stand for it.
async fn posted(desk: Desk<'_>, folio: &Value, intent: &Value) -> (String, Vec<i64>) {
    let now = desk.get(&format!("/payment-intents/{}", intent["id"].as_str().unwrap())).await.data();
    let bill = statement(desk, folio).await;
    let entries = bill["entries"].as_array().unwrap().iter().filter(|e| e["paymentIntentId"] == intent["id"]);
    (now["status"].as_str().unwrap().to_string(), entries.map(|e| e["amountCents"].as_i64().unwrap()).collect())
}

fn is(status: &str, amounts: &[i64]) -> (String, Vec<i64>) {
    (status.to_string(), amounts.to_vec())
}

#[tokio::test]
async fn a_card_is_charged_and_posted_once() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k1", "Card").await;
        assert_eq!(intent.status, 201);
        let intent = intent.data();
        assert_eq!(
            (&intent["status"], &intent["amountCents"], &intent["currency"]),
            (&json!("SETTLED"), &json!(10000), &json!("USD"))
        );
        assert!(intent["source"].is_null() && !intent["finishedAt"].is_null(), "{intent}");

        let bill = statement(desk, &folio).await;
        let entry = &bill["entries"][1];
        assert_eq!(
            (&bill["balanceCents"], &entry["entryType"], &entry["method"]),
            (&json!(0), &json!("PAYMENT"), &json!("CARD"))
        );
        assert_eq!((&entry["sourceRef"], &entry["paymentIntentId"]), (&intent["gatewayRef"], &intent["id"]));

        // Asked again, whoever asks, nothing moves.
        assert_eq!(settle(desk, &intent).await, intent);
        let again = charge(desk, &folio, "k1", "Card").await;
        assert_eq!((again.headers["idempotency-replayed"].to_str().unwrap(), again.data()), ("true", intent.clone()));
        assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED", &[-10000]));

        let list = format!("/payment-intents?propertyId={PROPERTY}&reservationId={}", folio["reservationId"].as_str().unwrap());
        assert_eq!(desk.get(&list).await.data(), json!([intent]));
        assert_eq!(desk.get(&format!("{list}&status=PENDING")).await.data(), json!([]));
        // What the gateway took stands until the gateway gives it back.
        desk.post(&of(&folio, "void"), json!({"entryId": entry["id"], "reason": "oops"}))
            .await
            .refused(409, "INVALID_STATUS_TRANSITION");
    }
    assert_eq!((fake.moved().len(), fake.requests_for_money(), fake.questions()), (2, 2, 0));
    let told =
        "select count(*) from pms_outbox where event_type in ('pms.payment_intent.created.v1', 'pms.payment_intent.settled.v1')";
    assert_eq!(app.count(told).await, 4);
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_no_of_the_bank_or_of_the_gateway_posts_nothing() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        for (how, status, code) in [("declined", "DECLINED", "INSUFFICIENT_FUNDS"), ("refused", "FAILED", "NO_SUCH_TERMINAL")] {
            let intent = charge(desk, &folio, how, how).await.data();
            assert_eq!((&intent["status"], &intent["reasonCode"]), (&json!(status), &json!(code)), "{intent}");
            assert_eq!(posted(desk, &folio, &intent).await, is(status, &[]));
            assert_eq!(settle(desk, &intent).await["status"], status);
        }
        assert_eq!(statement(desk, &folio).await["balanceCents"], 10000);
    }
    assert_eq!(fake.moved(), []);
    assert_sound(&app).await;
}

#[tokio::test]
async fn without_a_gateway_or_an_account_nothing_is_written() {
    let app = TestApp::start().await;
    let (with_gateway, fake) = hotel().await;
    let [desk, _] = app.desks();
    desk.send(Method::PATCH, &format!("/properties/{PROPERTY}"), &[], json!({"version": 1, "paymentAccount": "x"})).await.data();
    assert_eq!(desk.get("/me").await.data()["properties"][0]["takesGatewayPayments"], false);
    let folio = owing(desk).await;
    let answer = charge(desk, &folio, "k", "Card").await;
    answer.refused(409, "PAYMENT_GATEWAY_MISSING");
    assert!(answer.body["error"]["message"].as_str().unwrap().contains("gateway_url"), "{}", answer.body);

    let [desk, other] = with_gateway.desks();
    let body = json!({"version": 2, "paymentAccount": " "});
    let property = desk.send(Method::PATCH, &format!("/properties/{PROPERTY}"), &[], body).await.data();
    assert_eq!(property["paymentAccount"], json!(null));
    let takes = async |desk: Desk<'_>| desk.get("/me").await.data()["properties"][0]["takesGatewayPayments"].clone();
    assert_eq!((takes(desk).await, takes(other).await), (json!(false), json!(true)));
    let folio = owing(desk).await;
    let answer = charge(desk, &folio, "k", "Card").await;
    answer.refused(409, "PAYMENT_GATEWAY_MISSING");
    assert!(answer.body["error"]["message"].as_str().unwrap().contains("paymentAccount"), "{}", answer.body);

    for app in [&app, &with_gateway] {
        assert_eq!(app.count("select count(*) from pms_payment_intents").await, 0);
        assert_eq!(app.count("select count(*) from pms_idempotency_keys where key = 'k'").await, 0);
    }
    assert_eq!(fake.requests_for_money(), 0);
}

#[tokio::test]
async fn a_gateway_that_cannot_be_reached_or_does_not_know_us_takes_nothing() {
    let fake = Fake::start().await;
    // Nobody listens where one did.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (gateway, code) in [
        (fake::gateway(&format!("http://{gone}"), fake::SECRET), "GATEWAY_UNREACHABLE"),
        (fake.with_secret("another-secret-than-its"), "WRONG_SECRET"),
    ] {
        let app = TestApp::with_gateway(gateway).await;
        let [desk, _] = app.desks();
        desk.send(Method::PATCH, &format!("/properties/{PROPERTY}"), &[], json!({"version": 1, "paymentAccount": "x"}))
            .await
            .data();
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "Card").await.data();
        assert_eq!((&intent["status"], &intent["reasonCode"]), (&json!("FAILED"), &json!(code)));
        assert_eq!(posted(desk, &folio, &intent).await, is("FAILED", &[]));
        assert_sound(&app).await;
    }
    assert_eq!(fake.requests_for_money(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_with_one_key_one_charges() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let answers = join_all((0..8).map(|_| charge(desk, &folio, "same", "Card"))).await;
        let ids: Vec<Value> = answers.iter().map(|a| a.data()["id"].clone()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(posted(desk, &folio, &answers[0].data()).await, is("SETTLED", &[-10000]));
        // The same key for something else is no repetition.
        charge(desk, &folio, "same", "Another").await.refused(422, "IDEMPOTENCY_KEY_REUSED");
    }
    assert_eq!((fake.moved().len(), fake.requests_for_money()), (2, 2));
    assert_sound(&app).await;
}

#[tokio::test]
async fn bad_requests_and_strangers_are_refused() {
    let (app, fake) = hotel().await;
    let [desk, other] = app.desks();
    let folio = owing(desk).await;
    let path = of(&folio, "payment-intents");
    let send = async |body: Value| desk.send(Method::POST, &path, &[("Idempotency-Key", "k")], body).await;
    send(json!({"amountCents": 0})).await.invalid("amountCents");
    send(json!({"amountCents": -5})).await.invalid("amountCents");
    send(json!({"amountCents": 5, "currency": "EUR"})).await.invalid("currency");
    send(json!({"amountCents": 5, "source": "4111 1111 1111 1111"})).await.invalid("source");
    send(json!({"amountCents": 5, "method": "CARD"})).await.invalid("method");
    desk.post(&path, json!({"amountCents": 5})).await.invalid("Idempotency-Key");
    other.send(Method::POST, &path, &[("Idempotency-Key", "k")], json!({"amountCents": 5})).await.refused(404, "NOT_FOUND");

    let intent = charge(desk, &folio, "k", "Card").await.data();
    for verb in ["settle", "post", "refunds"] {
        let body = if verb == "settle" { json!({}) } else { json!({"folioId": folio["id"]}) };
        let body = if verb == "refunds" { json!({"amountCents": 5}) } else { body };
        other.send(Method::POST, &at(&intent, verb), &[("Idempotency-Key", "k")], body.clone()).await.refused(404, "NOT_FOUND");
        for role in [Role::Housekeeping, Role::Revenue, Role::ReadOnly] {
            app.as_role(role, Method::POST, &at(&intent, verb), body.clone()).await.refused(403, "AUTHORIZATION_DENIED");
        }
    }
    other.get(&format!("/payment-intents/{}", intent["id"].as_str().unwrap())).await.refused(404, "NOT_FOUND");
    assert_eq!(other.get(&format!("/payment-intents?propertyId={PROPERTY}")).await.data(), json!([]));
    app.as_role(Role::ReadOnly, Method::POST, &path, json!({"amountCents": 5})).await.refused(403, "AUTHORIZATION_DENIED");
    desk.post(&at(&intent, "post"), json!({"folioId": folio["id"]})).await.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(fake.requests_for_money(), 1);

    // A closed folio takes no payment.
    let seen = statement(desk, &folio).await;
    desk.post(&of(&folio, "close"), json!({"version": seen["version"]})).await.data();
    charge(desk, &folio, "closed", "Card").await.refused(409, "FOLIO_NOT_OPEN");
    assert_sound(&app).await;
}

/// The token of a card goes to the gateway and nowhere else, and is forgotten.
#[tokio::test]
async fn what_is_charged_is_shown_nowhere() {
    let (app, _fake) = hotel().await;
    let [desk, _] = app.desks();
    let folio = owing(desk).await;
    for (key, how) in [("1", "Card"), ("2", "waits")] {
        let body = json!({"amountCents": 5, "description": how, "source": "tok_of_a_card"});
        let answer = desk.send(Method::POST, &of(&folio, "payment-intents"), &[("Idempotency-Key", key)], body).await;
        assert!(!answer.body.to_string().contains("tok_of_a_card"), "{}", answer.body);
    }
    let kept = "select count(*) from pms_payment_intents where source is not null";
    assert_eq!(app.count(kept).await, 1, "as long as it may have to be asked for again");
    for table in ["pms_outbox", "pms_audit_log", "pms_idempotency_keys"] {
        assert_eq!(
            app.count(&format!("select count(*) from {table} t where t::text like '%tok_of_a_card%'")).await,
            0,
            "{table}"
        );
    }
}
