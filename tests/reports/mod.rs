//! Reports over HTTP. What they say is counted again here, from the ledger and the stays as they were written, or known from the play.

mod lists;
mod money;
mod nights;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::{
    desk::Desk,
    sound::{assert_sound, faults},
    *,
};

const COMPANY: &str = "Lovelace & Co.";

fn report(path: &str) -> String {
    format!("/properties/{PROPERTY}/reports/{path}")
}

async fn ask(desk: Desk<'_>, path: &str) -> Value {
    desk.get(&report(path)).await.data()
}

/// The text of a file.
async fn file(desk: Desk<'_>, path: &str) -> String {
    let answer = desk.send(Method::GET, &report(path), &[("Accept", "text/csv")], Value::Null).await;
    assert_eq!(
        (answer.status, &answer.headers["content-type"]),
        (200, &"text/csv; charset=utf-8".parse().unwrap()),
        "{}",
        answer.body
    );
    answer.body.as_str().unwrap().to_string()
}

fn n(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_else(|| panic!("no number {field} in {value}"))
}

fn numbers<const N: usize>(value: &Value, fields: [&str; N]) -> [i64; N] {
    fields.map(|field| n(value, field))
}

/// The clock, which stands at the first of February, goes on to noon of a later day.
fn noon(app: &TestApp, day: &str) {
    let noon = format!("{day}T17:00:00Z").parse::<Timestamp>().unwrap();
    app.clock.advance(noon.duration_since(app.clock.now()).unsigned_abs());
}

/// Closes a day; who did not come is given up.
async fn close(app: &TestApp, desk: Desk<'_>, day: &str) -> Value {
    let next = day.parse::<jiff::civil::Date>().unwrap().tomorrow().unwrap();
    noon(app, &next.to_string());
    let body = json!({"businessDate": day, "arrivals": "NO_SHOW"});
    desk.post(&format!("/properties/{PROPERTY}/day-close"), body).await.data()[0].clone()
}

async fn check_in(desk: Desk<'_>, stay: &Value) -> Value {
    desk.act(&desk.look(stay).await, "check-in", json!({})).await.data()
}

async fn leave(desk: Desk<'_>, stay: &Value) -> Value {
    desk.act(&desk.look(stay).await, "check-out", json!({"acceptBalance": true})).await.data()
}

async fn folio(desk: Desk<'_>, stay: &Value) -> String {
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    desk.get(&path).await.data()[0]["id"].as_str().unwrap().to_string()
}

async fn statement(desk: Desk<'_>, folio: &str) -> Value {
    desk.get(&format!("/folios/{folio}")).await.data()
}

async fn pay(desk: Desk<'_>, folio: &str, verb: &str, cents: i64) {
    desk.post(&format!("/folios/{folio}/{verb}"), json!({"method": "CARD", "amountCents": cents})).await.data();
}

async fn charge(desk: Desk<'_>, folio: &str, cents: i64) -> Value {
    let body = json!({"description": "Bar", "amountCents": cents});
    desk.post(&format!("/folios/{folio}/charges"), body).await.data()["entries"][0].clone()
}

async fn block(desk: Desk<'_>, number: u32, kind: &str, from: &str, to: &str) {
    let body = json!({"propertyId": PROPERTY, "roomId": room(number), "blockType": kind, "startDate": from, "endDate": to});
    desk.post("/room-blocks", body).await.data();
}

/// What is left of the play.
struct Hotel {
    /// In the house for three nights, from the first on, at 100.00; by OTA.
    long: Value,
    /// The folio of that stay.
    folio: String,
    /// The account of the company in the city ledger.
    company: String,
    /// Would have stayed for five nights from the first on.
    absent: Value,
    /// Booked on the third, for the suite and the nights of the tenth and the eleventh.
    next: Value,
}

/// Two days, closed, and a third that is open. VAT of 8.25 % on everything, 2.50 a person and night for the city.
async fn play(app: &TestApp, desk: Desk<'_>) -> Hotel {
    let vat = json!({"propertyId": PROPERTY, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": "8.25", "appliesTo": ["ROOM_CHARGE", "ADJUSTMENT"]});
    desk.post("/tax-rules", vat).await.data();
    let city = json!({"propertyId": PROPERTY, "code": "CITY", "name": "City", "kind": "FIXED_PERSON_NIGHT", "amountCents": 250, "isFee": true,
        "appliesTo": ["ROOM_CHARGE"], "sortOrder": 1});
    desk.post("/tax-rules", city).await.data();

    // The first: a room, a suite, a night for nothing, somebody who does not come, one who cancels, two rooms off the market.
    let long = desk.book("2027-02-01", "2027-02-04", json!({"roomId": room(101), "sourceType": "OTA"})).await.data();
    let suite =
        desk.book("2027-02-01", "2027-02-02", json!({"roomTypeId": SUITE, "roomId": room(201), "adults": 2})).await.data();
    let free = json!({"roomId": room(102), "nightlyRateCents": 0, "sourceType": "PHONE"});
    let free = desk.book("2027-02-01", "2027-02-03", free).await.data();
    let absent = desk.book("2027-02-01", "2027-02-06", json!({"primaryGuestJson": {"lastName": "=1+1"}})).await.data();
    let cancelled = desk.book("2027-02-02", "2027-02-04", json!({"sourceType": "PHONE"})).await.data();
    let deposit = json!({"roomTypeId": SUITE, "roomId": room(202), "sourceType": "OTA"});
    let deposit = desk.book("2027-02-02", "2027-02-05", deposit).await.data();
    for stay in [&long, &suite, &free] {
        check_in(desk, stay).await;
    }
    desk.act(&cancelled, "cancel", json!({})).await.data();
    block(desk, 105, "OUT_OF_ORDER", "2027-02-01", "2027-02-03").await;
    block(desk, 203, "HOUSE_USE", "2027-02-01", "2027-02-02").await;
    let account = folio(desk, &long).await;
    let bar = charge(desk, &account, 1250).await;
    pay(desk, &folio(desk, &deposit).await, "payments", 5000).await;
    close(app, desk, "2027-02-01").await;

    // The second: the suite leaves, the deposit arrives, somebody comes and goes, the bar was wrong, a company takes over a night.
    leave(desk, &suite).await;
    check_in(desk, &deposit).await;
    let shortly = desk.book("2027-02-02", "2027-02-03", json!({"roomId": room(103), "sourceType": "WALKIN"})).await.data();
    check_in(desk, &shortly).await;
    leave(desk, &shortly).await;
    let void = json!({"entryId": bar["id"], "reason": "Another room"});
    desk.post(&format!("/folios/{account}/void"), void).await.data();
    let company = json!({"propertyId": PROPERTY, "kind": "CITY_LEDGER", "name": COMPANY});
    let company = desk.post("/folios", company).await.data()["id"].as_str().unwrap().to_string();
    give(desk, &account, &company, "2027-02-01").await;
    close(app, desk, "2027-02-02").await;

    // The third is open: money comes and goes, and somebody books.
    leave(desk, &free).await;
    pay(desk, &account, "payments", 3000).await;
    pay(desk, &account, "refunds", 1000).await;
    let next = json!({"roomTypeId": SUITE, "sourceType": "PHONE"});
    let next = desk.book("2027-02-10", "2027-02-12", next).await.data();
    Hotel { long, folio: account, company, absent, next }
}

/// The room charge of a night goes to another folio, with its taxes.
async fn give(desk: Desk<'_>, from: &str, to: &str, night: &str) {
    let entries = statement(desk, from).await["entries"].clone();
    let is_it = |e: &&Value| e["chargeKind"] == "ROOM" && e["businessDate"] == night && e["reversesEntryId"].is_null();
    let room = entries.as_array().unwrap().iter().find(is_it).unwrap()["id"].clone();
    desk.post(&format!("/folios/{from}/transfer"), json!({"toFolioId": to, "entryIds": [room]})).await.data();
}

/// A sum over the ledger of the first tenant, as it was written.
async fn ledger(app: &TestApp, condition: &str) -> i64 {
    let sql = "select coalesce(sum(e.amount_cents), 0)::bigint from pms_folio_entries e join pms_folios f using (tenant_id)
        where f.id = e.folio_id and tenant_id =";
    app.count(&format!("{sql} '{}' and {condition}", app.a.id)).await
}

/// All that is said about closed days.
async fn past(desk: Desk<'_>) -> Vec<Value> {
    let span = "from=2027-02-01&to=2027-02-02";
    let mut told = Vec::new();
    for path in
        ["occupancy?by=DAY&", "occupancy?by=TYPE&", "occupancy?by=SOURCE&", "occupancy?by=SEGMENT&", "taxes?", "ledger-balance?"]
    {
        told.push(ask(desk, &format!("{path}{span}")).await);
    }
    for day in ["2027-02-01", "2027-02-02"] {
        told.push(ask(desk, &format!("manager-flash?date={day}")).await);
    }
    // The open day of the property is no figure of the past.
    told.iter_mut().for_each(|report| report["businessDate"] = json!(null));
    told
}

#[tokio::test]
async fn a_day_at_a_glance_is_what_was_written() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    play(&app, desk).await;

    let first = ask(desk, "manager-flash?date=2027-02-01").await;
    assert_eq!((&first["state"], &first["currency"]), (&json!("CLOSED"), &json!("USD")));
    let house =
        ["roomsTotal", "roomsOutOfOrder", "roomsHouseUse", "roomsAvailable", "roomsSold", "roomsFreeOfCharge", "guestsInHouse"];
    assert_eq!(numbers(&first["day"], house), [8, 1, 1, 7, 3, 1, 4]);
    assert_eq!(numbers(&first["day"], ["arrivals", "departures", "noShows", "cancellations"]), [3, 0, 1, 1]);
    // 350.00 of three nights, one of them for nothing, in seven rooms.
    assert_eq!(first["day"]["occupancyPercent"], json!(42.86));
    assert_eq!(numbers(&first["day"], ["roomRevenueCents", "adrCents", "revparCents"]), [35000, 11667, 5000]);

    let second = ask(desk, "manager-flash?date=2027-02-02").await;
    assert_eq!(numbers(&second["day"], house), [8, 1, 0, 7, 3, 1, 3]);
    assert_eq!(numbers(&second["day"], ["arrivals", "departures", "noShows", "cancellations"]), [2, 2, 0, 0]);
    for (flash, day) in [(&first, "2027-02-01"), (&second, "2027-02-02")] {
        for (field, kind) in [
            ("roomRevenueCents", "ROOM_CHARGE"),
            ("adjustmentCents", "ADJUSTMENT"),
            ("taxCents", "TAX"),
            ("feeCents", "FEE"),
            ("paymentCents", "PAYMENT"),
            ("refundCents", "REFUND"),
        ] {
            let written = ledger(&app, &format!("e.business_date = '{day}' and e.entry_type = '{kind}'")).await;
            assert_eq!(n(&flash["day"], field), written, "{day} {field}");
        }
    }
    assert_eq!(numbers(&second["day"], ["adjustmentCents", "roomRevenueCents"]), [-1250, 35000]);
    assert_sound(&app).await;
}

#[tokio::test]
async fn month_and_year_are_sums_of_their_days() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    play(&app, desk).await;

    let flash = ask(desk, "manager-flash?date=2027-02-11").await;
    assert_eq!((&flash["state"], &flash["businessDate"]), (&json!("FUTURE"), &json!("2027-02-03")));
    assert_eq!(numbers(&flash["month"], ["days", "daysClosed"]), [11, 2]);
    assert_eq!(numbers(&flash["year"], ["days", "daysClosed"]), [42, 2]);
    assert_eq!((&flash["month"]["from"], &flash["year"]["from"]), (&json!("2027-02-01"), &json!("2027-01-01")));
    let summed =
        ["roomsTotal", "roomsSold", "roomRevenueCents", "taxCents", "feeCents", "paymentCents", "arrivals", "departures"];
    let mut sums = [0; 8];
    for day in 1..=11 {
        let one = ask(desk, &format!("manager-flash?date=2027-02-{day:02}")).await;
        numbers(&one["day"], summed).iter().zip(&mut sums).for_each(|(one, sum)| *sum += one);
    }
    assert_eq!((numbers(&flash["month"], summed), sums[1]), (sums, 3 + 3 + 2 + 1 + 2));
    // January was before the hotel was run here: its rooms stood there, and nobody came.
    assert_eq!(ask(desk, "manager-flash?date=2027-01-31").await["state"], "UNRECORDED");
    assert_eq!(n(&flash["year"], "roomsTotal"), 42 * 8);
    assert_eq!(n(&flash["year"], "roomsSold"), sums[1]);
}

#[tokio::test]
async fn an_open_day_closes_as_it_was_told() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let hotel = play(&app, desk).await;

    let flash = ask(desk, "manager-flash?date=2027-02-03").await;
    assert_eq!((&flash["state"], n(&flash["day"], "daysClosed")), (&json!("OPEN"), 0));
    // A night at 100.00 and one at 250.00 are due; nothing of it is posted yet.
    assert_eq!(numbers(&flash["day"], ["roomsSold", "roomRevenueCents", "feeCents"]), [2, 35000, 500]);
    assert_eq!(ledger(&app, "e.business_date = '2027-02-03' and e.entry_type = 'ROOM_CHARGE'").await, 0);
    // Somebody who is still to come is expected.
    let late = desk.book("2027-02-03", "2027-02-04", json!({"roomId": room(104)})).await.data();
    let flash = ask(desk, "manager-flash?date=2027-02-03").await;
    assert_eq!(numbers(&flash["day"], ["roomsSold", "arrivals", "departures", "roomRevenueCents"]), [3, 1, 1, 45000]);
    check_in(desk, &late).await;
    charge(desk, &hotel.folio, 1000).await;
    // What is charged for a room by hand is room revenue, too.
    let by_hand = json!({"entryType": "ROOM_CHARGE", "description": "Late check-out", "amountCents": 2000});
    desk.post(&format!("/folios/{}/charges", hotel.folio), by_hand).await.data();

    let before = ask(desk, "manager-flash?date=2027-02-03").await["day"].clone();
    assert_eq!(n(&before, "roomRevenueCents"), 47000);
    let by_type = ask(desk, "occupancy?from=2027-02-03&to=2027-02-03&by=TYPE").await["rows"].clone();
    close(&app, desk, "2027-02-03").await;
    let mut after = ask(desk, "manager-flash?date=2027-02-03").await["day"].clone();
    assert_eq!(n(&after, "daysClosed"), 1);
    after["daysClosed"] = json!(0);
    assert_eq!(after, before);
    let mut closed = ask(desk, "occupancy?from=2027-02-03&to=2027-02-03&by=TYPE").await["rows"].clone();
    closed.as_array_mut().unwrap().iter_mut().for_each(|row| row["daysClosed"] = json!(0));
    assert_eq!(closed, by_type);
    assert_sound(&app).await;
}

/// Whatever is posted, moved, taken back or changed afterwards: closed days stay as they were.
#[tokio::test]
async fn the_past_does_not_change() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let hotel = play(&app, desk).await;
    let told = past(desk).await;

    give(desk, &hotel.folio, &hotel.company, "2027-02-02").await;
    let entries = statement(desk, &hotel.company).await["entries"].clone();
    let moved = entries.as_array().unwrap().iter().find(|e| e["description"] == "Room 101 (2027-02-02)").unwrap();
    assert_eq!(moved["businessDate"], "2027-02-03", "it stands on the day of the move and tells its own");
    let void = json!({"entryId": moved["id"], "reason": "Not ours"});
    desk.post(&format!("/folios/{}/void", hotel.company), void).await.data();
    charge(desk, &hotel.folio, 700).await;
    pay(desk, &hotel.folio, "payments", 200).await;
    let seen = desk.look(&hotel.long).await;
    let change = json!({"version": seen["version"], "sourceType": "DIRECT"});
    let path = format!("/reservations/{}", seen["id"].as_str().unwrap());
    desk.send(Method::PATCH, &path, &[], change).await.data();
    block(desk, 104, "OUT_OF_ORDER", "2027-02-03", "2027-02-09").await;
    let reinstate = json!({"reason": "He came after all"});
    desk.act(&desk.look(&hotel.absent).await, "reinstate", reinstate).await.data();
    assert_eq!(past(desk).await, told);

    close(&app, desk, "2027-02-03").await;
    assert_eq!(past(desk).await, told);
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
    assert_sound(&app).await;
}
