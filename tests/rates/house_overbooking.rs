//! The overbooking limit of the whole house: its types may each be oversold, all together no more than it takes.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

/// Five standard rooms and three suites; each type takes ten more.
async fn generous(desk: Desk<'_>) {
    for id in [STD, SUITE] {
        let more = json!({"version": 1, "overbookingLimit": 10});
        desk.send(Method::PATCH, &format!("/room-types/{id}"), &[], more).await.data();
    }
}

async fn standing(desk: Desk<'_>, rooms: Value) -> Answer {
    let path = format!("/properties/{PROPERTY}");
    let version = desk.get(&path).await.data()["version"].clone();
    desk.send(Method::PATCH, &path, &[], json!({"version": version, "overbookingLimit": rooms})).await
}

async fn dated(desk: Desk<'_>, from: &str, to: &str, rooms: Value) -> Answer {
    let body = json!({"propertyId": PROPERTY, "startDate": from, "endDate": to, "rooms": rooms});
    desk.send(Method::PUT, "/overbooking-limits", &[], body).await
}

async fn book(desk: Desk<'_>, room_type: &str) -> Answer {
    desk.book("2027-02-10", "2027-02-12", json!({"roomTypeId": room_type})).await
}

fn full(answer: &Answer, message: &str) {
    assert_eq!(answer.refused(409, "NO_AVAILABILITY").body["error"]["message"], message);
}

const FULL: &str = "The house is full on 2027-02-10 and other nights: it takes no more stays by its overbooking limit.";

#[tokio::test]
async fn all_types_together_take_no_more_than_the_house() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    generous(desk).await;
    generous(other).await;
    standing(desk, json!(1)).await.data();
    let mut stays = Vec::new();
    for _ in 0..9 {
        stays.push(book(desk, STD).await.data());
    }
    full(&book(desk, STD).await, FULL);
    full(&book(desk, SUITE).await, FULL);
    // The other tenant's house has none, though everything in it is called the same.
    for _ in 0..10 {
        book(other, STD).await.data();
    }

    // Everywhere the same is told: nothing is left, of no type.
    let of = |all: &Value, id: &str| all.as_array().unwrap().iter().find(|t| t["roomTypeId"] == id).cloned().unwrap();
    let types = desk.get(&format!("/availability?propertyId={PROPERTY}&start=2027-02-09&days=2")).await.data();
    let nights = of(&types, SUITE)["nights"].clone();
    assert_eq!((&nights[0]["available"], &nights[0]["house"]), (&json!(9), &json!(9)));
    assert_eq!((&nights[1]["available"], &nights[1]["house"], &nights[1]["rooms"]), (&json!(0), &json!(0), &json!(3)));
    let found = desk.get(&format!("/offers?propertyId={PROPERTY}&arrival=2027-02-10&nights=1&types={SUITE}")).await.data();
    assert_eq!(
        found["offers"][0]["refusals"][0]["message"],
        "The house is full on 2027-02-10: it takes no more stays by its overbooking limit."
    );
    let ask = json!({"propertyId": PROPERTY, "roomTypeId": SUITE, "checkInDate": "2027-02-10", "checkOutDate": "2027-02-11"});
    assert_eq!(desk.post("/reservations/quote", ask).await.data()["available"], 0);
    let chart = desk.get(&format!("/calendar?propertyId={PROPERTY}&start=2027-02-10&days=1")).await.data();
    assert_eq!(chart["dates"][0]["availableByType"], json!([0, 0]));

    // Who is in the house already goes where he likes; a night more is one too many.
    let moved = desk.act(&stays[0], "assign", json!({"roomId": room(201)})).await;
    assert_eq!(moved.data()["roomId"], room(201));
    let path = format!("/reservations/{}/quote", stays[1]["id"].as_str().unwrap());
    let same = desk.post(&path, json!({"checkInDate": "2027-02-10", "checkOutDate": "2027-02-12"})).await.data();
    assert_eq!(same["available"], 1);
    standing(desk, json!(0)).await.data();
    let stay = desk.look(&stays[1]).await;
    desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-11"})).await.data();

    // A room less is a stay too many: for a while, or for good.
    let block = json!({"propertyId": PROPERTY, "roomId": room(202), "startDate": "2027-02-11", "endDate": "2027-02-12",
        "blockType": "OUT_OF_ORDER"});
    full(
        &desk.post("/room-blocks", block.clone()).await,
        "The house is full on 2027-02-11: it takes no more stays by its overbooking limit.",
    );
    let closed = desk.send(Method::PATCH, &format!("/rooms/{}", room(203)), &[], json!({"version": 1, "isActive": false})).await;
    full(&closed, "Without room 203 the house has more stays than it takes, first on 2027-02-10.");

    // A night has its own.
    dated(desk, "2027-02-10", "2027-02-12", json!(5)).await.data();
    book(desk, SUITE).await.data();
    desk.post("/room-blocks", block).await.data();
    dated(desk, "2027-02-10", "2027-02-12", Value::Null).await.data();
    full(&book(desk, SUITE).await, FULL);
    standing(desk, Value::Null).await.data();
    book(desk, SUITE).await.data();
    assert_sound(&app).await;
}

/// Nights that are over limit nobody.
#[tokio::test]
async fn the_limit_of_a_night_that_is_over_is_in_nobodys_way() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    dated(desk, "2027-02-01", "2027-02-02", json!(0)).await.data();
    let stay = desk.book("2027-02-01", "2027-02-03", json!({"roomId": room(101)})).await.data();
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    app.clock.advance(std::time::Duration::from_secs(86_400));
    let close = json!({"businessDate": "2027-02-01", "arrivals": "NO_SHOW", "departures": "CHECK_OUT"});
    desk.post(&format!("/properties/{PROPERTY}/day-close"), close).await.data();
    let longer = desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-05"})).await.data();
    assert_eq!(longer["checkOutDate"], "2027-02-05");
    assert_sound(&app).await;
}

#[tokio::test]
async fn its_nights_are_told_first_and_bad_ones_refused_by_field() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    standing(desk, json!(2)).await.data();
    dated(desk, "2027-02-02", "2027-02-04", json!(0)).await.data();
    let nights = desk.get(&format!("/overbooking-limits?propertyId={PROPERTY}&start=2027-02-01&days=3")).await.data();
    let house: Vec<String> =
        nights.as_array().unwrap()[..3].iter().map(|n| format!("{} {} {}", n["roomTypeId"], n["rooms"], n["isDated"])).collect();
    assert_eq!(house, ["null 2 false", "null 0 true", "null 0 true"]);
    assert_eq!(nights.as_array().unwrap().len(), 9);
    let told = app.sql("select diff_json -> 'overbookingLimits' as d from pms_audit_log where action = 'OVERBOOKING_SET'").await;
    assert_eq!(told[0]["d"]["after"], json!([{"startDate": "2027-02-02", "endDate": "2027-02-04", "rooms": 0}]));

    dated(desk, "2027-02-02", "2027-02-02", json!(1)).await.invalid("endDate");
    dated(desk, "2027-02-02", "2027-02-03", json!(10_001)).await.invalid("rooms");
    for rooms in [-1, 10_001] {
        standing(desk, json!(rooms)).await.invalid("overbookingLimit");
    }
    let put = |body: Value| async move { desk.send(Method::PUT, "/overbooking-limits", &[], body).await };
    let dates = json!({"startDate": "2027-02-02", "endDate": "2027-02-03", "rooms": 1});
    put(dates.clone()).await.invalid("roomTypeId");
    let mut both = dates.clone();
    (both["roomTypeId"], both["propertyId"]) = (json!(STD), json!(PROPERTY));
    put(both).await.invalid("roomTypeId");
    let mut nobody = dates;
    nobody["propertyId"] = json!(room(999));
    put(nobody).await.invalid("propertyId");
    assert_eq!(app.count("select count(*) from pms_house_overbooking_limits").await, 2);
}

/// While the limit comes and goes, clients of two tenants book both types at once.
#[tokio::test]
async fn many_book_all_types_at_once_up_to_the_limit() {
    let app = TestApp::with_pool(8).await;
    let desks = app.desks();
    for desk in desks {
        generous(desk).await;
    }
    dated(desks[0], "2027-02-10", "2027-02-12", json!(1)).await.data();
    let booked = |desk| join_all((0..24).map(move |n| book(desk, if n % 3 == 0 { SUITE } else { STD })));
    let limited = async {
        for rooms in [json!(2), Value::Null, json!(0)] {
            standing(desks[1], rooms).await.data();
        }
    };
    let (ours, theirs, ()) = futures_util::join!(booked(desks[0]), booked(desks[1]), limited);
    let won = ours.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(won, 9, "eight rooms and one more");
    for answer in ours.iter().chain(&theirs).filter(|answer| answer.status != 201) {
        let code = answer.body["error"]["code"].as_str().unwrap().to_string();
        assert!(code == "NO_AVAILABILITY" || code == "CONCURRENCY_CONFLICT", "{}", answer.body);
        answer.refused(409, &code);
    }
    // From the last limit on nobody was taken beyond it, whatever was taken before.
    let again = book(desks[1], SUITE).await;
    let taken = theirs.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(again.status == 201, taken < 8, "{taken} {}", again.body);
    assert_sound(&app).await;
}
