use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn ten_clients_make_the_same_room_number() {
    let app = TestApp::start().await;
    let make = || app.post("/rooms", json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": "106"}));
    let answers = join_all((0..10).map(|_| make())).await;

    assert_eq!(answers.iter().filter(|a| a.status == 201).count(), 1);
    for answer in answers.iter().filter(|a| a.status != 201) {
        answer.invalid("roomNumber");
    }
    assert_eq!(app.count("select count(*) from pms_rooms where room_number = '106'").await, 1);
}

#[tokio::test]
async fn rooms_open_close_and_change_their_type_at_once() {
    let app = TestApp::with_pool(8).await;
    let work = |n: u32| {
        let app = &app;
        async move {
            let path = format!("/rooms/{}", room(101 + n % 5));
            let (mut done, mut version) = (0, 1);
            for round in 0..8 {
                let body = match (n + round) % 4 {
                    0 => json!({"version": version, "isActive": round % 2 == 0}),
                    1 => json!({"version": version, "roomTypeId": if round % 2 == 0 { SUITE } else { STD }}),
                    2 => json!({"version": version, "name": format!("{n}-{round}")}),
                    _ => {
                        let new = json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": format!("N{n}-{round}")});
                        app.post("/rooms", new).await.data();
                        continue;
                    }
                };
                let answer = app.patch(&path, body).await;
                match answer.status {
                    200 => {
                        done += 1;
                        version = answer.data()["version"].as_i64().unwrap();
                    }
                    _ => {
                        let facts = &answer.refused(409, "CONCURRENCY_CONFLICT").body["error"]["facts"];
                        version = facts["current"]["version"].as_i64().unwrap_or_else(|| panic!("lost a lock: {}", answer.body));
                    }
                }
            }
            done
        }
    };
    let done: i64 = join_all((0..10).map(work)).await.into_iter().sum();
    assert!(done >= 10, "every client got through at least once: {done}");

    // Those that were made meanwhile have letters.
    let grown = format!(
        "select sum(version) - count(*) from pms_rooms where room_number not like 'N%' and property_id = '{PROPERTY}' and tenant_id = '{}'",
        app.a.id
    );
    assert_eq!(app.count(&grown).await, done);
    assert_eq!(app.count("select count(*) from pms_outbox where event_type = 'pms.room.changed.v1'").await, done);
    assert_eq!(app.b(Method::GET, &format!("/rooms/{}", room(101)), Value::Null).await.data()["version"], 1);
}

/// Bookings count rooms while rooms come and go. Whatever the order, no type ends up with more stays than rooms, and the counts
/// of the calendar are those of a recount: the days of these bookings were never counted before.
#[tokio::test]
async fn rooms_come_and_go_under_bookings() {
    let app = TestApp::with_pool(8).await;
    let booker = |n: u32| {
        let app = &app;
        async move {
            for round in 0..6 {
                let day = 1 + (n * 5 + round * 3) % 25;
                let more = if n.is_multiple_of(2) { json!({"roomId": room(101 + round % 5)}) } else { json!({}) };
                let (from, to) = (format!("2027-04-{day:02}"), format!("2027-04-{:02}", day + 3));
                let answer = app.book(&from, &to, more).await;
                // A room that was closed meanwhile is refused by field.
                let is_fair = matches!(answer.code(), "-" | "NO_AVAILABILITY" | "ROOM_ALREADY_BOOKED" | "VALIDATION_ERROR");
                assert!(is_fair, "{} {}", answer.status, answer.body);
            }
        }
    };
    let builder = |n: u32| {
        let app = &app;
        async move {
            for round in 0..6 {
                let path = format!("/rooms/{}", room(101 + (n + round) % 5));
                let now = app.get(&path).await.data();
                let body = json!({"version": now["version"], "isActive": now["isActive"] != json!(true)});
                let answer = app.patch(&path, body).await;
                let is_fair = match answer.code() {
                    "-" | "NO_AVAILABILITY" | "ROOM_ALREADY_BOOKED" => true,
                    "CONCURRENCY_CONFLICT" => !answer.body["error"]["facts"]["current"].is_null(),
                    _ => false,
                };
                assert!(is_fair, "{} {}", answer.status, answer.body);
                let new = json!({"propertyId": PROPERTY, "roomTypeId": STD, "roomNumber": format!("N{n}-{round}"), "openedOn": "2027-04-10"});
                app.post("/rooms", new).await.data();
            }
        }
    };
    futures_util::future::join(join_all((0..12).map(booker)), join_all((0..4).map(builder))).await;

    let short = format!(
        "select count(*) from rm_pms_daily_occupancy where tenant_id = '{}' and (rooms_available - rooms_unassigned < 0)",
        app.a.id
    );
    assert_eq!(app.count(&short).await, 0);
    let counted = app.sql("select count(*) as days, sum(rooms_available) as n from rm_pms_daily_occupancy").await;
    assert!(counted[0]["days"].as_i64().unwrap() > 20, "{counted:?}");
    let wrong = "select o.business_date, o.rooms_available, o.rooms_occupied, r.rooms, r.taken
        from rm_pms_daily_occupancy o cross join lateral (select
          (select count(*) from pms_rooms r where (r.tenant_id, r.property_id) = (o.tenant_id, o.property_id)
             and coalesce(r.opened_on <= o.business_date, true) and coalesce(r.closed_on > o.business_date, true)) as rooms,
          (select count(*) from pms_room_blocks b where (b.tenant_id, b.property_id) = (o.tenant_id, o.property_id)
             and b.start_date <= o.business_date and b.end_date > o.business_date) as taken) r
        where o.rooms_available <> r.rooms - r.taken";
    assert_eq!(app.sql(wrong).await, [] as [Value; 0]);
    let unlawful = "select count(*) from pms_room_blocks b join pms_rooms r on r.tenant_id = b.tenant_id and r.id = b.room_id
        where r.opened_on > b.start_date or r.closed_on < b.end_date";
    assert_eq!(app.count(unlawful).await, 0);
}

/// A booking holds the lock of its type until it has counted the house, so the house must wait for it, whatever the type.
#[tokio::test]
async fn the_house_does_not_change_while_somebody_counts() {
    let app = TestApp::start().await;
    let booking = app.store.db.connection().await.unwrap();
    booking.batch_execute(&format!("begin; select set_tenant('{}')", app.a.id)).await.unwrap();
    let lock = format!("select from pms_room_types where tenant_id = '{}' and id = '{STD}' for no key update", app.a.id);
    booking.batch_execute(&lock).await.unwrap();

    let made = app.post("/rooms", json!({"propertyId": PROPERTY, "roomTypeId": SUITE, "roomNumber": "204"}));
    let path = format!("/rooms/{}", room(201));
    let closed = app.patch(&path, json!({"version": 1, "isActive": false}));
    let both = futures_util::future::join(made, closed);
    tokio::pin!(both);
    let pause = std::time::Duration::from_millis(300);
    assert!(tokio::time::timeout(pause, &mut both).await.is_err(), "neither may end before the booking does");
    // Who changes nothing that is counted need not wait.
    app.patch(&format!("/rooms/{}", room(202)), json!({"version": 1, "name": "Rose"})).await.data();
    assert_eq!(app.count("select count(*) from pms_rooms where room_number = '204' or not is_active").await, 0);

    booking.batch_execute("rollback").await.unwrap();
    let (made, closed) = both.await;
    assert_eq!((made.status, closed.status), (201, 200));
}
