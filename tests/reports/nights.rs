//! Occupancy, pick-up and forecast.

use super::*;

const SPAN: &str = "from=2027-02-01&to=2027-02-12";

fn rows(report: &Value) -> Vec<Value> {
    report["rows"].as_array().unwrap().clone()
}

fn row<'a>(report: &'a Value, key: &str) -> &'a Value {
    let is_it = |row: &&Value| row["key"] == key;
    report["rows"].as_array().unwrap().iter().find(is_it).unwrap_or_else(|| panic!("no {key} in {report}"))
}

const SOLD: [&str; 4] = ["roomsTotal", "roomsAvailable", "roomsSold", "roomRevenueCents"];

#[tokio::test]
async fn nights_are_grouped_by_day_month_type_and_source() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    play(&app, desk).await;
    // Nights of March, for the months; and a charge for a room that belongs to no stay.
    desk.book("2027-02-27", "2027-03-03", json!({"roomId": room(101)})).await.data();
    let house = json!({"propertyId": PROPERTY, "kind": "HOUSE", "name": "Meeting rooms"});
    let house = desk.post("/folios", house).await.data()["id"].as_str().unwrap().to_string();
    let hall = json!({"entryType": "ROOM_CHARGE", "description": "Hall", "amountCents": 700});
    desk.post(&format!("/folios/{house}/charges"), hall).await.data();

    let by_day = ask(desk, &format!("occupancy?{SPAN}")).await;
    assert_eq!((&by_day["by"], rows(&by_day).len()), (&json!("DAY"), 12));
    let sold: Vec<i64> = rows(&by_day).iter().map(|row| n(row, "roomsSold")).collect();
    assert_eq!(sold, [3, 3, 2, 1, 0, 0, 0, 0, 0, 1, 1, 0]);
    let revenue: Vec<i64> = rows(&by_day).iter().map(|row| n(row, "roomRevenueCents")).collect();
    assert_eq!(revenue, [35000, 35000, 35700, 25000, 0, 0, 0, 0, 0, 25000, 25000, 0]);
    assert_eq!(
        numbers(row(&by_day, "2027-02-01"), ["daysClosed", "roomsAvailable", "adrCents", "revparCents"]),
        [1, 7, 11667, 5000]
    );
    let empty = row(&by_day, "2027-02-05");
    assert_eq!((&empty["adrCents"], &empty["revparCents"], &empty["occupancyPercent"]), (&json!(null), &json!(0), &json!(0.0)));

    let by_type = ask(desk, &format!("occupancy?{SPAN}&by=TYPE")).await;
    // 12 nights of 5 rooms, one out of order twice; 12 of 3.
    assert_eq!(numbers(row(&by_type, "STD"), SOLD), [60, 58, 5, 30000]);
    assert_eq!(numbers(row(&by_type, "SUITE"), SOLD), [36, 36, 6, 150_000]);
    assert_eq!(numbers(row(&by_type, "-"), SOLD), [0, 0, 0, 700]);
    let by_source = ask(desk, &format!("occupancy?{SPAN}&by=SOURCE")).await;
    assert_eq!(numbers(row(&by_source, "OTA"), SOLD), [96, 94, 6, 105_000]);
    assert_eq!(numbers(row(&by_source, "DIRECT"), SOLD), [96, 94, 1, 25000]);
    assert_eq!(numbers(row(&by_source, "PHONE"), SOLD), [96, 94, 4, 50000]);
    assert_eq!(numbers(row(&by_source, "-"), SOLD), [96, 94, 0, 700]);
    // The plan says no segment; a night of a day that was closed keeps that, whatever the plan says later.
    let by_segment = ask(desk, &format!("occupancy?{SPAN}&by=SEGMENT")).await;
    assert_eq!(numbers(row(&by_segment, "NONE"), SOLD), [96, 94, 11, 180_000]);
    assert_eq!(numbers(row(&by_segment, "-"), SOLD), [96, 94, 0, 700]);
    let plan = desk.get(&format!("/rate-plans?propertyId={PROPERTY}")).await.data()[0].clone();
    let path = format!("/rate-plans/{}", plan["id"].as_str().unwrap());
    let change = json!({"version": plan["version"], "marketSegment": "GROUP"});
    assert_eq!(desk.send(Method::PATCH, &path, &[], change).await.data()["marketSegment"], "GROUP");
    let later = ask(desk, &format!("occupancy?{SPAN}&by=SEGMENT")).await;
    assert_eq!(numbers(row(&later, "GROUP"), SOLD)[2] + numbers(row(&later, "NONE"), SOLD)[2], 11);
    assert!(numbers(row(&later, "NONE"), SOLD)[2] > 0 && later["total"] == by_segment["total"], "{later}");
    let wrong = json!({"version": 2, "marketSegment": "NOPE"});
    desk.send(Method::PATCH, &path, &[], wrong).await.invalid("marketSegment");
    for report in [&by_type, &by_source, &by_segment] {
        assert_eq!(report["total"], by_day["total"]);
    }
    assert_eq!(numbers(&by_day["total"], SOLD), [96, 94, 11, 180_700]);

    let by_month = ask(desk, "occupancy?from=2027-01-01&to=2029-12-31&by=MONTH").await;
    assert_eq!(rows(&by_month).len(), 36);
    assert_eq!(numbers(row(&by_month, "2027-02"), ["days", "roomsSold", "roomRevenueCents"]), [28, 13, 200_700]);
    assert_eq!(numbers(row(&by_month, "2027-03"), ["days", "roomsSold", "roomRevenueCents"]), [31, 2, 20000]);
    assert_sound(&app).await;
}

#[tokio::test]
async fn the_property_says_what_is_divided_by() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    play(&app, desk).await;
    let ask_first = || ask(desk, "occupancy?from=2027-02-01&to=2027-02-01");
    let rates = |report: &Value| {
        let total = &report["total"];
        (total["occupancyPercent"].clone(), n(total, "adrCents"), n(total, "revparCents"))
    };
    assert_eq!(rates(&ask_first().await), (json!(42.86), 11667, 5000));

    let property = format!("/properties/{PROPERTY}");
    let seen = desk.get(&property).await.data();
    assert_eq!((&seen["countsOutOfOrder"], &seen["countsFreeNights"]), (&json!(false), &json!(true)));
    let change = json!({"version": seen["version"], "countsOutOfOrder": true, "countsFreeNights": false});
    let now = desk.send(Method::PATCH, &property, &[], change).await.data();
    assert_eq!((&now["countsOutOfOrder"], &now["countsFreeNights"]), (&json!(true), &json!(false)));
    // Three of eight rooms; 350.00 of two nights that were paid, and of eight rooms.
    let report = ask_first().await;
    assert_eq!(rates(&report), (json!(37.5), 17500, 4375));
    assert_eq!((&report["countsOutOfOrder"], &report["countsFreeNights"]), (&json!(true), &json!(false)));
    let flash = ask(desk, "manager-flash?date=2027-02-01").await;
    assert_eq!(rates(&json!({"total": flash["day"]})), (json!(37.5), 17500, 4375));
    let change = json!({"version": now["version"], "countsOutOfOrder": "yes"});
    desk.send(Method::PATCH, &property, &[], change).await.invalid("countsOutOfOrder");
}

#[tokio::test]
async fn pick_up_is_what_came_less_what_went() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let hotel = play(&app, desk).await;
    // On the third two more book, and one of them changes his mind; one who booked on the third, too, is gone.
    let fickle = desk.book("2027-02-10", "2027-02-11", json!({})).await.data();
    desk.act(&fickle, "cancel", json!({})).await.data();
    desk.book("2027-02-11", "2027-02-13", json!({"adults": 2})).await.data();

    let all = ["nights", "bookedNights", "lostNights", "pickedUpNights", "nightsBefore"];
    let money = ["revenueCents", "bookedRevenueCents", "lostRevenueCents", "pickedUpRevenueCents", "revenueBeforeCents"];
    let report = ask(desk, "pick-up?from=2027-02-10&to=2027-02-13&since=2027-02-03").await;
    let counts: Vec<[i64; 5]> = rows(&report).iter().map(|row| numbers(row, all)).collect();
    assert_eq!(counts, [[1, 2, 1, 1, 0], [2, 2, 0, 2, 0], [1, 1, 0, 1, 0], [0, 0, 0, 0, 0]]);
    assert_eq!(numbers(&rows(&report)[0], money), [25000, 35000, 10000, 25000, 0]);
    assert_eq!(numbers(&report["total"], all), [4, 5, 1, 4, 0]);

    // Since the second: the no-show of the first and the cancellation of that day are history.
    let early = ask(desk, "pick-up?from=2027-02-01&to=2027-02-04&since=2027-02-02").await;
    let counts: Vec<[i64; 5]> = rows(&early).iter().map(|row| numbers(row, all)).collect();
    // On the second somebody walked in and left again: he slept no night.
    assert_eq!(counts, [[3, 0, 0, 0, 3], [3, 0, 0, 0, 3], [2, 0, 0, 0, 2], [1, 0, 0, 0, 1]]);
    let whole = ask(desk, "pick-up?from=2027-02-01&to=2027-02-04&since=2027-02-01").await;
    let counts: Vec<[i64; 5]> = rows(&whole).iter().map(|row| numbers(row, all)).collect();
    // The no-show and who cancelled booked on the first and went on the first.
    assert_eq!(counts, [[3, 4, 1, 3, 0], [3, 5, 2, 3, 0], [2, 4, 2, 2, 0], [1, 2, 1, 1, 0]]);

    // What is on the books now, as the nights were written.
    let written = format!(
        "select count(*) from pms_reservation_nights n join pms_reservations r using (tenant_id) where r.id = n.reservation_id
         and tenant_id = '{}' and night between '2027-02-10' and '2027-02-13' and r.status = 'CONFIRMED'",
        app.a.id
    );
    assert_eq!(app.count(&written).await, n(&report["total"], "nights"));
    assert_eq!(hotel.next["nights"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn the_books_are_told_against_the_same_weekday_a_year_before() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    play(&app, desk).await;
    // 2028-01-31 is a Monday, as 2027-02-01 was.
    let body = json!({"roomId": room(101), "nightlyRateCents": 12_000});
    desk.book("2028-01-31", "2028-02-02", body).await.data();

    let report = ask(desk, "forecast?from=2028-01-31&to=2028-02-02").await;
    let rows = rows(&report);
    assert_eq!((&rows[0]["date"], &rows[0]["lastYearDate"]), (&json!("2028-01-31"), &json!("2027-02-01")));
    let fields = [
        "roomsSold",
        "lastYearRoomsSold",
        "roomsSoldDifference",
        "roomRevenueCents",
        "lastYearRoomRevenueCents",
        "roomRevenueDifferenceCents",
    ];
    assert_eq!(numbers(&rows[0], fields), [1, 3, -2, 12_000, 35_000, -23_000]);
    assert_eq!(numbers(&rows[1], fields), [1, 3, -2, 12_000, 35_000, -23_000]);
    assert_eq!(numbers(&rows[2], fields), [0, 2, -2, 0, 35_000, -35_000]);
    assert_eq!(numbers(&report["total"], fields), [2, 8, -6, 24_000, 105_000, -81_000]);
    assert_eq!((&rows[0]["isClosed"], &report["total"]["date"]), (&json!(false), &Value::Null));
    // What was sold a year before is of closed days; the other tenant sold nothing.
    assert_eq!(ask(desk, "forecast?from=2027-02-01&to=2027-02-01").await["rows"][0]["isClosed"], true);
    let theirs = ask(other, "forecast?from=2028-01-31&to=2028-02-02").await;
    assert_eq!(numbers(&theirs["total"], fields), [0; 6]);
}
