//! Many at one ledger: nothing is lost, nothing counts twice, nobody waits for ever.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{charge, new_folio, path, pay, statement};
use crate::support::{desk::Dice, sound::assert_sound, *};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_voids_and_refunds_one_counts() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let folio = new_folio(desk).await;
        let entry = charge(desk, &folio, 900).await;
        let void = json!({"entryId": entry["id"], "reason": "twice"});
        let voids = join_all((0..20).map(|_| async { desk.post(&path(&folio, "void"), void.clone()).await.status })).await;
        assert_eq!(voids.iter().filter(|s| **s == 201).count(), 1, "{voids:?}");
        assert!(voids.iter().all(|s| [201, 409].contains(s)), "{voids:?}");

        pay(desk, &folio, 1000).await;
        let refunds =
            join_all((0..20).map(|_| async {
                desk.post(&path(&folio, "refunds"), json!({"method": "CASH", "amountCents": 300})).await.status
            }))
            .await;
        assert_eq!(refunds.iter().filter(|s| **s == 201).count(), 3, "{refunds:?}");
        assert!(refunds.iter().all(|s| [201, 422].contains(s)), "{refunds:?}");
    }
    assert_sound(&app).await;
}

/// Eight clients charge, pay, void and move to and fro among four folios; the books add up whatever came first.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn any_sequence_of_postings_keeps_the_books() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let folios = join_all((0..4).map(|_| new_folio(desk))).await;
    let client = |seed: u64| {
        let folios = &folios;
        async move {
            let mut dice = Dice::new(seed);
            let mut own: Vec<(Value, Value)> = Vec::new();
            for _ in 0..25 {
                let folio = dice.pick(folios).clone();
                let cents = 1 + dice.roll(50_000) as i64;
                let answer = match dice.roll(4) {
                    0 => desk.post(&path(&folio, "charges"), json!({"description": "Bar", "amountCents": cents})).await,
                    1 => desk.post(&path(&folio, "payments"), json!({"method": "CARD", "amountCents": cents})).await,
                    2 if !own.is_empty() => {
                        let (folio, entry) = own.swap_remove(dice.roll(own.len()));
                        desk.post(&path(&folio, "void"), json!({"entryId": entry, "reason": "dice"})).await
                    }
                    _ if !own.is_empty() => {
                        let (from, entry) = own.swap_remove(dice.roll(own.len()));
                        let body = json!({"toFolioId": folio["id"], "entryIds": [entry]});
                        desk.post(&path(&from, "transfer"), body).await
                    }
                    _ => continue,
                };
                assert!([201, 422].contains(&answer.status), "{} {}", answer.status, answer.body);
                let entry = &answer.body["data"]["entries"][0];
                if answer.status == 201 && entry["reversesEntryId"].is_null() {
                    own.push((folio, entry["id"].clone()));
                }
            }
        }
    };
    join_all((1..=8).map(client)).await;

    let mut balances = 0;
    for folio in &folios {
        let now = statement(desk, folio).await;
        assert_eq!(now["balanceCents"].as_i64(), Some(super::amounts(&now).iter().sum()), "{now}");
        balances += now["balanceCents"].as_i64().unwrap();
    }
    assert_eq!(app.count("select sum(amount_cents)::bigint from pms_folio_entries").await, balances);
    assert_sound(&app).await;
}
