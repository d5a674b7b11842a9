//! Day close over HTTP: what is posted, what stands before it, and that to repeat it changes nothing.

mod killed;
mod storm;
mod zones;

use futures_util::future::join_all;
use jiff::Timestamp;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::{
    desk::Desk,
    sound::{assert_sound, faults},
    *,
};

const CLOSE: &str = "/properties/0000000000000000000000PRP1/day-close";

/// The clock, which stands at the first of February, goes on to noon of a later day.
fn noon(app: &TestApp, day: &str) {
    let noon = format!("{day}T17:00:00Z").parse::<Timestamp>().unwrap();
    app.clock.advance(noon.duration_since(app.clock.now()).unsigned_abs());
}

fn day(date: &str) -> Value {
    json!({"businessDate": date})
}

async fn arrive(desk: Desk<'_>, room_number: u32, nights: u32) -> Value {
    let until = format!("2027-02-{:02}", 1 + nights);
    let stay = desk.book("2027-02-01", &until, json!({"roomId": room(room_number)})).await.data();
    desk.act(&stay, "check-in", json!({})).await.data()
}

#[tokio::test]
async fn a_close_posts_the_nights_and_moves_the_date() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let stays = [arrive(desk, 101, 3).await, arrive(desk, 102, 1).await];
    desk.book("2027-02-05", "2027-02-06", json!({})).await.data();

    desk.post(CLOSE, day("2027-02-01")).await.refused(409, "INVALID_STATUS_TRANSITION");
    noon(&app, "2027-02-02");
    let preview = desk.get(CLOSE).await.data();
    assert_eq!((&preview["isOver"], &preview["roomRevenueCents"]), (&json!(true), &json!(20000)));
    assert_eq!(preview["nights"].as_array().map(Vec::len), Some(2));

    let closed = desk.post(CLOSE, day("2027-02-01")).await.data();
    let record = &closed[0];
    assert_eq!(
        [&record["roomsTotal"], &record["roomsSold"], &record["arrivals"], &record["departures"], &record["noShows"]],
        [&json!(8), &json!(2), &json!(2), &json!(0), &json!(0)]
    );
    assert_eq!((&record["roomRevenueCents"], &record["guestLedgerCents"]), (&json!(20000), &json!(20000)));
    let property = desk.get(&format!("/properties/{PROPERTY}")).await.data();
    assert_eq!(property["businessDate"], "2027-02-02");
    assert_eq!(other.get(&format!("/properties/{PROPERTY}")).await.data()["businessDate"], "2027-02-01");

    // To repeat it changes nothing, and answers the record.
    let ledger = app.count("select count(*) from pms_folio_entries").await;
    assert_eq!(desk.post(CLOSE, day("2027-02-01")).await.data(), closed);
    assert_eq!((ledger, app.count("select count(*) from pms_folio_entries").await), (2, 2));
    desk.post(CLOSE, day("2027-02-02")).await.refused(409, "INVALID_STATUS_TRANSITION");
    desk.post(CLOSE, day("2027-02-07")).await.refused(409, "INVALID_STATUS_TRANSITION");

    // Who leaves today owes the night, and may go when it is paid.
    let stay = desk.look(&stays[1]).await;
    desk.act(&stay, "check-out", json!({})).await.refused(409, "FOLIO_NOT_BALANCED");
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    let folio = desk.get(&path).await.data()[0].clone();
    assert_eq!(folio["balanceCents"], json!(10000));
    let pay = json!({"method": "CASH", "amountCents": 10000});
    desk.post(&format!("/folios/{}/payments", folio["id"].as_str().unwrap()), pay).await.data();
    desk.act(&stay, "check-out", json!({})).await.data();

    noon(&app, "2027-02-03");
    let record = desk.post(CLOSE, day("2027-02-02")).await.data()[0].clone();
    assert_eq!(
        [&record["roomsSold"], &record["departures"], &record["paymentCents"], &record["guestLedgerCents"]],
        [&json!(1), &json!(1), &json!(-10000), &json!(20000)]
    );
    let both = desk.get("/properties/0000000000000000000000PRP1/day-closes?start=2027-02-01&days=30").await.data();
    assert_eq!(both.as_array().map(Vec::len), Some(2));
    assert_eq!(both[0], closed[0]);
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_is_unresolved_stands_before_a_close_or_is_resolved_by_it() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let late = desk.book("2027-02-01", "2027-02-03", json!({"roomId": room(101)})).await.data();
    let hold =
        desk.book("2027-02-01", "2027-02-02", json!({"status": "HOLD", "holdExpiresAt": "2027-02-20T00:00:00Z"})).await.data();
    let stays_on = arrive(desk, 102, 1).await;
    noon(&app, "2027-02-02");

    let refused = desk.post(CLOSE, day("2027-02-01")).await;
    refused.refused(409, "INVALID_STATUS_TRANSITION");
    let arrivals = refused.body["error"]["facts"]["arrivals"].as_array().unwrap();
    assert_eq!(arrivals.len(), 2, "{}", refused.body);
    assert_eq!(app.count("select count(*) from pms_folio_entries").await, 0);

    let mut body = day("2027-02-01");
    body["arrivals"] = json!("NO_SHOW");
    let record = desk.post(CLOSE, body).await.data()[0].clone();
    assert_eq!((&record["noShows"], &record["cancellations"], &record["roomsSold"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!((&desk.look(&late).await["status"], &desk.look(&hold).await["status"]), (&json!("NO_SHOW"), &json!("CANCELLED")));
    // The room of who did not come is free again.
    desk.book("2027-02-02", "2027-02-03", json!({"roomId": room(101)})).await.data();

    noon(&app, "2027-02-03");
    let mut body = day("2027-02-02");
    body["arrivals"] = json!("NO_SHOW");
    desk.post(CLOSE, body.clone()).await.refused(409, "INVALID_STATUS_TRANSITION");
    body["departures"] = json!("CHECK_OUT");
    let record = desk.post(CLOSE, body).await.data()[0].clone();
    assert_eq!((&record["departures"], &record["guestLedgerCents"]), (&json!(1), &json!(10000)));
    assert_eq!(desk.look(&stays_on).await["status"], "CHECKED_OUT");
    assert_sound(&app).await;
}

#[tokio::test]
async fn several_days_are_caught_up_one_by_one() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = arrive(desk, 101, 5).await;
    noon(&app, "2027-02-05");
    let body = json!({"businessDate": "2027-02-01", "through": "2027-02-04", "idempotencyKey": "catch-up"});
    let closed = desk.post(CLOSE, body.clone()).await;
    assert_eq!(closed.data().as_array().map(Vec::len), Some(4));
    let again = desk.post(CLOSE, body).await;
    assert_eq!(again.data(), closed.data());
    assert_eq!(app.count("select count(*) from pms_folio_entries").await, 4);

    // A day that cannot be closed does not undo those before it.
    noon(&app, "2027-02-06");
    let body = json!({"businessDate": "2027-02-05", "through": "2027-02-08"});
    desk.post(CLOSE, body).await.refused(409, "INVALID_STATUS_TRANSITION");
    let property = desk.get(&format!("/properties/{PROPERTY}")).await.data();
    assert_eq!(property["businessDate"], "2027-02-06");
    assert_eq!(desk.look(&stay).await["status"], "CHECKED_IN");
    desk.post(CLOSE, json!({"businessDate": "2027-02-06", "through": "2027-02-01"})).await.invalid("through");
    desk.post(CLOSE, json!({"businessDate": "2027-02-06", "through": "2029-02-01"})).await.invalid("through");
    assert_sound(&app).await;
}

#[tokio::test]
async fn only_a_manager_closes_the_day() {
    let app = TestApp::start().await;
    for role in [Role::FrontDesk, Role::Housekeeping, Role::Revenue, Role::ReadOnly] {
        app.as_role(role, Method::POST, CLOSE, day("2027-02-01")).await.refused(403, "AUTHORIZATION_DENIED");
        app.as_role(role, Method::GET, CLOSE, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    }
}

/// A clerk posts, moves and checks out while others close the day: each night is posted once, and nobody sees two dates.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_close_the_day_while_the_desk_works() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let stays = [arrive(desk, 101, 3).await, arrive(desk, 102, 3).await, arrive(desk, 103, 3).await];
        if app.clock.now() < "2027-02-02T00:00:00Z".parse().unwrap() {
            noon(&app, "2027-02-02");
        }
        let closes = join_all((0..8).map(|_| desk.post(CLOSE, day("2027-02-01"))));
        let clerks = join_all(stays.iter().map(|stay| async move {
            let folio = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
            let folio = desk.get(&folio).await.data()[0]["id"].as_str().unwrap().to_string();
            for _ in 0..5 {
                let body = json!({"description": "Bar", "amountCents": 100});
                desk.post(&format!("/folios/{folio}/charges"), body).await.data();
            }
            desk.act(stay, "move", json!({"roomId": room(104)})).await.status
        }));
        let (closed, moved) = futures_util::future::join(closes, clerks).await;
        assert!(closed.iter().all(|answer| answer.data() == closed[0].data()), "one record for all");
        assert!(moved.iter().filter(|status| **status == 200).count() == 1, "{moved:?}");
    }
    let twice =
        "select count(*) from (select 1 from pms_folio_entries where charge_kind = 'ROOM' group by tenant_id, reservation_id,
        business_date having count(*) <> 1) x";
    assert_eq!(app.count(twice).await, 0);
    assert_eq!(app.count("select count(*) from pms_folio_entries where charge_kind = 'ROOM'").await, 6);
    assert_eq!(app.count("select count(*) from pms_day_closes").await, 2);
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_day_closes_by_itself_at_the_hour_of_its_property() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let property = format!("/properties/{PROPERTY}");
    for desk in [desk, other] {
        let seen = desk.get(&property).await.data();
        let change = json!({"version": seen["version"], "autoCloseAt": "03:00"});
        let now = desk.send(Method::PATCH, &property, &[], change).await.data();
        assert_eq!(now["autoCloseAt"], "03:00:00");
        arrive(desk, 101, 1).await;
    }
    let did_not_come = desk.book("2027-02-01", "2027-02-02", json!({})).await.data();
    let due = || oppsera_pms::day_close::auto::close_due(&app.store);
    let date = || async {
        (desk.get(&property).await.data()["businessDate"].clone(), other.get(&property).await.data()["businessDate"].clone())
    };

    // The hotel is in New York: 3 o'clock is 8 o'clock in Greenwich.
    let at = |time: &str| app.clock.advance(time.parse::<Timestamp>().unwrap().duration_since(app.clock.now()).unsigned_abs());
    at("2027-02-02T07:59:00Z");
    assert_eq!((due().await.unwrap(), date().await), (0, (json!("2027-02-01"), json!("2027-02-01"))));
    at("2027-02-02T08:00:00Z");
    assert_eq!((due().await.unwrap(), date().await), (2, (json!("2027-02-02"), json!("2027-02-02"))));
    assert_eq!(due().await.unwrap(), 0);
    assert_eq!(desk.look(&did_not_come).await["status"], "NO_SHOW");

    // One whose guest should have left does not close, and does not stop the other.
    let stays = other.get(&format!("/reservations?propertyId={PROPERTY}&status=CHECKED_IN")).await.data();
    let leaving = other.look(&stays[0]).await;
    other.act(&leaving, "check-out", json!({"acceptBalance": true})).await.data();
    at("2027-02-03T08:00:00Z");
    assert_eq!((due().await.unwrap(), date().await), (1, (json!("2027-02-02"), json!("2027-02-03"))));
    assert_sound(&app).await;
}

/// Whatever is cut off in the middle of a close leaves the day open and the books as they were; run again, it is closed once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_close_that_is_cut_off_has_not_happened() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    for number in [101, 102, 103, 104, 105, 201, 202, 203] {
        let stay = json!({"roomId": room(number), "roomTypeId": if number > 200 { SUITE } else { STD }});
        let stay = desk.book("2027-02-01", "2027-02-20", stay).await.data();
        desk.act(&stay, "check-in", json!({})).await.data();
    }
    let owner = database::connect(&app.owner_url).await;
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'pms_app'";
    let mut cut_off = 0_u32;
    for n in 1..=10_u32 {
        let date = format!("2027-02-{n:02}");
        noon(&app, &format!("2027-02-{:02}", n + 1));
        loop {
            let scissors = async {
                tokio::time::sleep(std::time::Duration::from_micros(u64::from(cut_off * 311 % 6000))).await;
                owner.execute(cut, &[]).await.unwrap();
            };
            let (answer, ()) = futures_util::future::join(desk.post(CLOSE, day(&date)), scissors).await;
            if answer.status == 200 {
                break;
            }
            assert_eq!(answer.status, 503, "{}", answer.body);
            cut_off += 1;
            assert!(cut_off < 500, "it never gets through");
        }
    }
    assert!(cut_off > 3, "{cut_off}: the scissors came too late");
    assert_eq!(app.count("select count(*) from pms_folio_entries where charge_kind = 'ROOM'").await, 80);
    assert_eq!(app.count("select count(*) from pms_day_closes").await, 10);
    assert_sound(&app).await;
}
