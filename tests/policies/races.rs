//! Many give up, bring back and move the same stay at once: one fee stands, or none.

use futures_util::future::{join, join_all};

use super::*;

const STANDING: &str = "select count(*) from pms_folio_entries e where e.tax_code is null and e.reverses_entry_id is null
    and (e.charge_kind like 'CANCELLATION:%' or e.charge_kind like 'NO_SHOW:%')
    and not exists (select from pms_folio_entries x where x.tenant_id = e.tenant_id and x.reverses_entry_id = e.id)";

async fn strict(desk: Desk<'_>) {
    policy(desk, "CANCELLATION", "C", always(json!({"kind": "WHOLE_STAY"}))).await;
    policy(desk, "NO_SHOW", "N", no_show(json!({"kind": "NIGHTS", "nights": 1}))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_give_a_stay_up_one_charges_the_fee() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        strict(desk).await;
    }
    for round in 0..5 {
        let clients = app.desks().map(|desk| async move {
            let stay = desk.book("2027-02-01", "2027-02-03", json!({})).await.data();
            let stay = &stay;
            let verbs =
                (0..8).map(|n| async move { desk.act(stay, if n % 2 == 0 { "cancel" } else { "no-show" }, json!({})).await });
            let answers = join_all(verbs).await;
            let done = answers.iter().filter(|a| a.status == 200).count();
            assert_eq!(done, 1, "{answers:?}");
            assert!(answers.iter().all(|a| [200, 409].contains(&a.status)), "{answers:?}");
            // Brought back by one of eight, the fee is taken back once.
            let seen = desk.look(stay).await;
            let seen = &seen;
            let back = join_all((0..8).map(|_| desk.act(seen, "reinstate", json!({"reason": "race"})))).await;
            assert_eq!(back.iter().filter(|a| a.status == 200).count(), 1);
            assert_eq!(statement(desk, stay).await["balanceCents"], json!(0));
            desk.act(&desk.look(stay).await, "cancel", json!({"waiveFee": true, "reason": "room for the next"})).await.data();
        });
        join_all(clients).await;
        assert_eq!(app.count(STANDING).await, 0, "round {round}");
    }
    // The same key at once: one answer for all.
    let [desk, _] = app.desks();
    let stay = desk.book("2027-02-01", "2027-02-03", json!({})).await.data();
    let path = format!("/reservations/{}/cancel", stay["id"].as_str().unwrap());
    let send = || desk.send(Method::POST, &path, &[("Idempotency-Key", "once")], json!({"version": 1}));
    let answers = join_all((0..8).map(|_| send())).await;
    assert!(answers.iter().all(|a| a.data() == answers[0].data()));
    assert_eq!(app.count(STANDING).await, 1);
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_fee_that_is_moved_and_taken_back_at_once_is_lost_nowhere() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    strict(desk).await;
    let company = json!({"propertyId": PROPERTY, "kind": "CITY_LEDGER", "name": "Lovelace & Co."});
    let company = desk.post("/folios", company).await.data()["id"].as_str().unwrap().to_string();
    for _ in 0..20 {
        let stay = desk.book("2027-02-01", "2027-02-03", json!({})).await.data();
        let ended = desk.act(&stay, "cancel", json!({})).await.data();
        let own = statement(desk, &stay).await;
        let body = json!({"toFolioId": company, "entryIds": [own["entries"][0]["id"]]});
        let path = format!("/folios/{}/transfer", own["id"].as_str().unwrap());
        let (moved, back) = join(desk.post(&path, body), desk.act(&ended, "reinstate", json!({"reason": "race"}))).await;
        assert!([201, 409].contains(&moved.status), "{}", moved.body);
        assert!([200, 409].contains(&back.status), "{}", back.body);
        if back.status == 409 {
            desk.act(&ended, "reinstate", json!({"reason": "again"})).await.data();
        }
        assert_eq!(app.count("select sum(amount_cents)::bigint from pms_folio_entries").await, 0);
        desk.act(&desk.look(&stay).await, "cancel", json!({"waiveFee": true, "reason": "room for the next"})).await.data();
    }
    assert_sound(&app).await;
}

/// Plans name a policy while others deactivate it: no active plan is left with one that is not.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_policy_is_named_or_deactivated() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    for n in 0..10 {
        let policy = policy(desk, "NO_SHOW", &format!("N{n}"), json!({"noShow": {"fee": {"kind": "WHOLE_STAY"}}})).await;
        let named = change_plan(desk, json!({"noShowPolicyId": policy["id"]}));
        let (named, ended) = join(named, change(desk, &policy, json!({"isActive": false}))).await;
        assert!(named.status == 200 && ended.status == 409 || named.status == 422 && ended.status == 200, "{named:?} {ended:?}");
        change_plan(desk, json!({"noShowPolicyId": null})).await.data();
    }
    let eight = (0..8).map(|n| async move {
        let terms = no_show(json!({"kind": "WHOLE_STAY"}));
        desk.post("/policies", new("NO_SHOW", &format!("D{n}"), terms)).await.data();
    });
    join_all(eight).await;
    assert_eq!(app.count("select count(*) from pms_policies where is_default").await, 1);
    assert_sound(&app).await;
}
