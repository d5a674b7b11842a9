//! Nobody heard the end of a payment: it is asked about, and finished once.

use std::time::{Duration, Instant};

use futures_util::future::{join, join_all};
use oppsera_pms::payments::sweep::settle_due;
use serde_json::json;

use super::{at, charge, hotel, is, of, owing, posted, settle, statement};
use crate::support::{
    sound::{assert_sound, faults},
    *,
};

#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for() {
    let (app, fake) = hotel().await;
    let ways = ["answers late", "taken, then 500", "taken, then rubbish", "taken, then endless", "taken, then another"];
    for desk in app.desks() {
        for how in ways {
            let folio = owing(desk).await;
            let intent = charge(desk, &folio, how, how).await.data();
            assert_eq!((intent["status"].as_str(), &intent["finishedAt"]), (Some("PENDING"), &json!(null)), "{how}: {intent}");
            assert_eq!(posted(desk, &folio, &intent).await, is("PENDING", &[]), "{how}");
            // Sent again, it is the same payment, and the gateway is not asked for money again.
            let before = fake.requests_for_money();
            assert_eq!(charge(desk, &folio, how, how).await.data(), intent);
            assert_eq!(fake.requests_for_money(), before);

            assert_eq!(settle(desk, &intent).await["status"], "SETTLED", "{how}");
            assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED", &[-10000]), "{how}");
        }
    }
    assert_eq!(fake.moved().len(), 2 * ways.len());
    assert_sound(&app).await;
}

/// Others work on the folio as long as the gateway takes.
#[tokio::test]
async fn nothing_is_locked_while_the_gateway_is_asked() {
    let (app, fake) = hotel().await;
    for (n, desk) in app.desks().into_iter().enumerate() {
        let folio = owing(desk).await;
        let paying = async {
            let intent = charge(desk, &folio, "k", "answers late").await.data();
            (intent, Instant::now())
        };
        let working = async {
            while fake.moved().len() <= n {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            desk.post(&of(&folio, "charges"), json!({"description": "Bar", "amountCents": 500})).await.data();
            let held =
                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
            assert_eq!(app.count(held).await, 0);
            Instant::now()
        };
        let ((intent, paid), worked) = join(paying, working).await;
        assert!(worked < paid);
        assert_eq!(settle(desk, &intent).await["status"], "SETTLED");
        assert_eq!(statement(desk, &folio).await["balanceCents"], 500);
    }
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_settle_one_posts() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "waits").await.data();
        assert_eq!(settle(desk, &intent).await["status"], "PENDING", "the gateway does not know either");
        fake.release();
        app.clock.advance(Duration::from_secs(40));
        let gateway = fake.gateway();
        let (answers, swept) = join(join_all((0..8).map(|_| settle(desk, &intent))), settle_due(&app.store, &gateway)).await;
        assert!(answers.iter().all(|a| a["status"] == "SETTLED"), "{answers:?}");
        assert!(swept.unwrap() <= 1);
        assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED", &[-10000]));
    }
    assert_sound(&app).await;
}

/// Between the two transactions the server died; the next one, or two of them, find the payment and finish it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_server_left_behind_is_finished_by_the_next() {
    let (app, fake) = hotel().await;
    let mut left = Vec::new();
    for desk in app.desks() {
        for n in 0..3 {
            let folio = owing(desk).await;
            let intent = charge(desk, &folio, &format!("k{n}"), "taken, then 500").await.data();
            left.push((desk, folio, intent));
        }
    }
    let gateway = fake.gateway();
    assert_eq!(settle_due(&app.store, &gateway).await.unwrap(), 0, "the one who charges may still be at it");
    assert_eq!(fake.questions(), 0);
    app.clock.advance(Duration::from_secs(31));
    let (one, two) = join(settle_due(&app.store, &gateway), settle_due(&app.store, &gateway)).await;
    assert_eq!(one.unwrap() + two.unwrap(), 6);
    assert_eq!(fake.questions(), 6, "each is asked about by one of them");
    for (desk, folio, intent) in left {
        assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED", &[-10000]));
    }
    assert_eq!(fake.moved().len(), 6);
    assert_sound(&app).await;
}

/// Somebody at the desk wants the money and asks for it again; the program by itself never does.
#[tokio::test]
async fn what_never_reached_the_gateway_is_asked_for_by_people_alone() {
    let (app, fake) = hotel().await;
    let gateway = fake.gateway();
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "arrives late").await.data();
        assert_eq!(intent["status"], "PENDING");
        app.clock.advance(Duration::from_secs(31));
        let before = fake.requests_for_money();
        assert_eq!(settle_due(&app.store, &gateway).await.unwrap(), 0);
        assert_eq!(fake.requests_for_money(), before);
        assert_eq!(settle(desk, &intent).await["status"], "SETTLED");
        assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED", &[-10000]));
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_the_gateway_never_heard_of_fails_when_its_time_is_over() {
    let (app, fake) = hotel().await;
    let gateway = fake.gateway();
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "never arrives").await.data();
        assert_eq!((&intent["status"], settle(desk, &intent).await["status"].as_str()), (&json!("PENDING"), Some("PENDING")));
        app.clock.advance(Duration::from_secs(10 * 60 + 30));
        assert_eq!(settle_due(&app.store, &gateway).await.unwrap(), 0, "the clocks may differ");
        let before = fake.requests_for_money();
        assert_eq!(settle(desk, &intent).await["status"], "PENDING", "its time is over, so it is not asked for again");
        assert_eq!(fake.requests_for_money(), before);
        app.clock.advance(Duration::from_secs(10 * 60 + 31));
        assert_eq!(settle_due(&app.store, &gateway).await.unwrap(), 1);
        let failed = desk.get(&format!("/payment-intents/{}", intent["id"].as_str().unwrap())).await.data();
        assert_eq!((&failed["status"], &failed["reasonCode"]), (&json!("FAILED"), &json!("NEVER_RECEIVED")));

        // A gateway that says later that it has the money broke its word; the money still counts.
        let key =
            format!("{}.{}", desk.get("/me").await.data()["tenant"]["id"].as_str().unwrap(), intent["id"].as_str().unwrap());
        fake.take(&key, 10000);
        assert_eq!(settle(desk, &intent).await["status"], "SETTLED");
        assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED", &[-10000]));
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn money_for_a_folio_that_was_closed_waits_for_another() {
    let (app, fake) = hotel().await;
    for desk in app.desks() {
        let folio = owing(desk).await;
        let intent = charge(desk, &folio, "k", "waits").await.data();
        // The guest would not wait, and pays in cash.
        desk.post(&of(&folio, "payments"), json!({"method": "CASH", "amountCents": 10000})).await.data();
        let seen = statement(desk, &folio).await;
        desk.post(&of(&folio, "close"), json!({"version": seen["version"]})).await.data();
        fake.release();
        let unposted = settle(desk, &intent).await;
        assert_eq!(unposted["status"], "SETTLED_UNPOSTED");
        assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED_UNPOSTED", &[]));
        assert_eq!(faults(&app.owner_url).await.len(), 1, "the doctor tells");
        let key = [("Idempotency-Key", "r")];
        let refund = json!({"amountCents": 10000});
        desk.send(Method::POST, &at(&intent, "refunds"), &key, refund.clone()).await.refused(409, "INVALID_STATUS_TRANSITION");
        desk.post(&at(&intent, "post"), json!({"folioId": folio["id"]})).await.refused(409, "FOLIO_NOT_OPEN");

        // Another folio of the stay takes it, and from there it is given back.
        let new = json!({"propertyId": PROPERTY, "reservationId": folio["reservationId"], "name": "Paid twice"});
        let second = desk.post("/folios", new).await.data();
        let path = at(&intent, "post");
        let posts = join_all((0..8).map(|_| desk.post(&path, json!({"folioId": second["id"]})))).await;
        assert_eq!(posts.iter().filter(|a| a.status == 200).count(), 1);
        assert_eq!(posted(desk, &second, &intent).await, is("SETTLED", &[-10000]));
        assert_eq!(desk.send(Method::POST, &at(&intent, "refunds"), &key, refund).await.data()["status"], "SETTLED");
        assert_eq!(statement(desk, &second).await["balanceCents"], 0);
    }
    assert_sound(&app).await;
}
