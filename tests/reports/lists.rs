//! Lists, files, and what is refused.

use std::collections::BTreeSet;

use oppsera_pms::http::permission::Role;

use super::*;

const REPORTS: [&str; 10] = [
    "manager-flash?date=2027-02-01",
    "occupancy?from=2027-02-01&to=2027-02-03",
    "pick-up?from=2027-02-01&to=2027-02-03&since=2027-02-01",
    "forecast?from=2027-02-01&to=2027-02-03",
    "taxes?from=2027-02-01&to=2027-02-03",
    "payments?from=2027-02-01&to=2027-02-03",
    "payment-journal?from=2027-02-01&to=2027-02-03",
    "ledger-balance?from=2027-02-01&to=2027-02-03",
    "no-shows?from=2027-02-01&to=2027-02-03",
    "movements?date=2027-02-01",
];

/// All pages of a list, one row at a time.
pub async fn walk(desk: Desk<'_>, path: &str) -> Vec<Value> {
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let page = desk.get(&report(&format!("{path}&limit=1{cursor}"))).await;
        seen.extend(page.data().as_array().unwrap().clone());
        assert_eq!(page.body["meta"]["hasMore"], json!(page.body["meta"]["cursor"].is_string()));
        match page.body["meta"]["cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return seen,
        }
    }
}

fn told(rows: &[Value]) -> BTreeSet<(String, String)> {
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or("-").to_string();
    rows.iter().map(|row| (text(row, "movement"), text(row, "roomNumber"))).collect()
}

fn these(all: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    all.iter().map(|(movement, room)| (movement.to_string(), room.to_string())).collect()
}

#[tokio::test]
async fn who_moves_on_a_day_is_told_completely() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let hotel = play(&app, desk).await;

    let second = walk(desk, "movements?date=2027-02-02").await;
    assert_eq!(second.len(), 7);
    let all = [
        ("ARRIVAL", "202"),
        ("ARRIVAL", "103"),
        ("DEPARTURE", "201"),
        ("DEPARTURE", "103"),
        ("IN_HOUSE", "101"),
        ("IN_HOUSE", "102"),
        ("IN_HOUSE", "202"),
    ];
    assert_eq!(told(&second), these(&all));
    let page = desk.get(&report("movements?date=2027-02-02")).await.data();
    assert_eq!(page, json!(second), "in the same order at once");
    let in_house = walk(desk, "movements?date=2027-02-02&movement=IN_HOUSE").await;
    assert_eq!(in_house, second[4..]);
    let long = in_house.iter().find(|row| row["roomNumber"] == "101").unwrap();
    assert_eq!(
        (&long["reservationId"], &long["lastName"], &long["roomTypeCode"]),
        (&hotel.long["id"], &json!("Lovelace"), &json!("STD"))
    );
    assert_eq!(n(long, "balanceCents"), n(&statement(desk, &hotel.folio).await, "balanceCents"));

    // The open day: who left, and who is still expected; he is not in the house yet.
    desk.book("2027-02-03", "2027-02-04", json!({"roomId": room(104)})).await.data();
    let third = walk(desk, "movements?date=2027-02-03").await;
    assert_eq!(told(&third), these(&[("ARRIVAL", "104"), ("DEPARTURE", "102"), ("IN_HOUSE", "101"), ("IN_HOUSE", "202")]));
    // A day to come: who is booked.
    assert_eq!(told(&walk(desk, "movements?date=2027-02-11").await), these(&[("IN_HOUSE", "-")]));
    assert_eq!(told(&walk(desk, "movements?date=2027-02-12").await), these(&[("DEPARTURE", "-")]));
    assert_eq!(walk(other, "movements?date=2027-02-02").await, Vec::<Value>::new());
}

/// Trap 37: more than a page arrives on one day, and all of them are told.
#[tokio::test]
async fn no_arrival_is_left_out() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let types = format!("update pms_room_types set overbooking_limit = 200 where id = '{STD}'");
    database::execute(&app.owner_url, &types).await;
    for _ in 0..103 {
        desk.book("2027-02-05", "2027-02-06", json!({})).await.data();
    }
    let mut seen = BTreeSet::new();
    let mut cursor = String::new();
    for expected in [100, 3] {
        let page = desk.get(&report(&format!("movements?date=2027-02-05&movement=ARRIVAL&limit=100{cursor}"))).await;
        let rows = page.data().as_array().unwrap().clone();
        assert_eq!(rows.len(), expected);
        seen.extend(rows.iter().map(|row| row["reservationId"].to_string()));
        cursor = format!("&cursor={}", page.body["meta"]["cursor"].as_str().unwrap_or_default());
    }
    assert_eq!((seen.len(), cursor.as_str()), (103, "&cursor="));
    // A file holds all of them, or as many as were asked for and where the next begin.
    assert_eq!(file(desk, "movements?date=2027-02-05&movement=ARRIVAL").await.lines().count(), 104);
    let path = report("movements?date=2027-02-05&movement=ARRIVAL&format=CSV&limit=102");
    let part = desk.get(&path).await;
    let next = part.headers["x-next-cursor"].to_str().unwrap().to_string();
    let rest = desk.get(&format!("{path}&cursor={next}")).await;
    assert_eq!(rest.body.as_str().unwrap().lines().count(), 2);
    assert!(!rest.headers.contains_key("x-next-cursor"));
}

#[tokio::test]
async fn who_did_not_come_is_told_with_what_was_lost() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let hotel = play(&app, desk).await;
    let again = desk.book("2027-02-03", "2027-02-05", json!({})).await.data();
    close(&app, desk, "2027-02-03").await;

    let all = walk(desk, "no-shows?from=2027-02-01&to=2027-02-28").await;
    let ids: Vec<&Value> = all.iter().map(|row| &row["reservationId"]).collect();
    assert_eq!(ids, [&hotel.absent["id"], &again["id"]]);
    assert_eq!((&all[0]["closedOn"], &all[0]["lastName"]), (&json!("2027-02-01"), &json!("=1+1")));
    assert_eq!(numbers(&all[0], ["nights", "lostRevenueCents", "chargedCents", "balanceCents"]), [5, 50000, 0, 0]);
    let charge = json!({"entryType": "FEE", "description": "Did not come", "amountCents": 10000});
    desk.post(&format!("/folios/{}/charges", folio(desk, &hotel.absent).await), charge).await.data();
    let one = walk(desk, "no-shows?from=2027-02-01&to=2027-02-02").await;
    assert_eq!((one.len(), n(&one[0], "chargedCents"), n(&one[0], "balanceCents")), (1, 10000, 10000));
    assert_eq!(walk(desk, "no-shows?from=2027-02-02&to=2027-02-02").await, Vec::<Value>::new());
    assert_eq!(walk(other, "no-shows?from=2027-02-01&to=2027-02-28").await, Vec::<Value>::new());
}

/// The first lines of a file are the names of the rows' fields in JSON, and the currency.
#[tokio::test]
async fn each_report_is_a_file_too() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    play(&app, desk).await;
    for path in REPORTS {
        let text = file(desk, path).await;
        let mut lines = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = lines.headers().unwrap().iter().map(String::from).collect();
        let records: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();

        let json = ask(desk, path).await;
        let rows = match (json.as_array(), json["rows"].as_array()) {
            (Some(rows), _) | (_, Some(rows)) => rows.clone(),
            _ => ["day", "month", "year"].map(|period| json[period].clone()).to_vec(),
        };
        assert!(!rows.is_empty() && rows.len() == records.len(), "{path}: {text}");
        for (row, record) in rows.iter().zip(&records) {
            let fields: BTreeSet<&str> = row.as_object().unwrap().keys().map(String::as_str).chain(["currency"]).collect();
            assert_eq!(fields, head.iter().map(String::as_str).collect(), "{path}");
            for (name, cell) in head.iter().zip(record) {
                let told = match &row[name] {
                    Value::Null if name == "currency" => "USD".into(),
                    Value::Null => String::new(),
                    Value::String(text) if text.starts_with('=') => format!("'{text}"),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(cell, told, "{path} {name}");
            }
        }
        let named = desk.get(&format!("{}&format=CSV", report(path))).await;
        assert_eq!(named.body.as_str(), Some(text.as_str()));
        let name = named.headers["content-disposition"].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"") && name.ends_with(".csv\""), "{name}");
        let both = [("Accept", "text/csv")];
        let json = desk.send(Method::GET, &format!("{}&format=JSON", report(path)), &both, Value::Null).await;
        assert!(json.body["data"].is_object() || json.body["data"].is_array());
    }
    // A guest may call himself what he likes: no spreadsheet runs it.
    assert!(file(desk, "no-shows?from=2027-02-01&to=2027-02-03").await.contains(",'=1+1,"));
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    for name in ["occupancy", "forecast", "taxes", "payments", "payment-journal", "ledger-balance", "no-shows", "pick-up"] {
        let more = if name == "pick-up" { "&since=2027-02-01" } else { "" };
        for (from, to) in [("2027-02-02", "2027-02-01"), ("2027-01-01", "2030-01-05"), ("1900-01-01", "2199-12-31")] {
            desk.get(&report(&format!("{name}?from={from}&to={to}{more}"))).await.invalid("to");
        }
        desk.get(&report(&format!("{name}?from=2027-01-01&to=2030-01-04{more}"))).await.data();
        desk.get(&report(&format!("{name}?from=2027-02-30&to=2027-03-01{more}"))).await.invalid("from");
        desk.get(&report(&format!("{name}?from=2027-02-01&to=2027-02-01{more}&format=XML"))).await.invalid("format");
        desk.get(&report(&format!("{name}?from=2199-12-31&to=2199-12-31{more}"))).await.data();
    }
    desk.get(&report("occupancy?from=2027-02-01&to=2027-02-02&by=WEEK")).await.invalid("by");
    desk.get(&report("movements?date=2027-02-01&movement=ALL")).await.invalid("movement");
    desk.get(&report("movements?date=2027-02-01&limit=101")).await.invalid("limit");
    desk.get(&report("movements?date=2027-02-01&limit=10001&format=CSV")).await.invalid("limit");
    desk.get(&report("movements?date=2027-02-01&cursor=zz&format=CSV")).await.invalid("cursor");
    desk.get(&report("manager-flash")).await.invalid("date");
    ask(desk, "manager-flash?date=1900-01-01").await;
    ask(desk, "manager-flash?date=2199-12-31").await;
}

#[tokio::test]
async fn who_may_not_see_a_report_does_not() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    play(&app, desk).await;
    let elsewhere = json!({"name": "Other", "role": "MANAGER", "propertyId": OTHER_PROPERTY});
    let elsewhere = app.post("/api-keys", elsewhere).await.data()["secret"].as_str().unwrap().to_string();
    for path in REPORTS {
        app.as_role(Role::Housekeeping, Method::GET, &report(path), Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
        for role in [Role::Manager, Role::FrontDesk, Role::Revenue, Role::ReadOnly] {
            app.as_role(role, Method::GET, &report(path), Value::Null).await.data();
        }
        app.send(&elsewhere, Method::GET, &report(path), &[], Value::Null).await.refused(404, "NOT_FOUND");
        desk.get(&report(path).replace(PROPERTY, "0000000000000000000000N0NE")).await.refused(404, "NOT_FOUND");
        // The other hotels have rooms, and nothing else.
        for theirs in [other.get(&report(path)).await, desk.get(&report(path).replace(PROPERTY, OTHER_PROPERTY)).await] {
            let told = theirs.data().to_string();
            assert!(!told.contains("Lovelace") && !told.contains("35000") && !told.contains("1250"), "{path}: {told}");
        }
    }
    let theirs = ask(other, "manager-flash?date=2027-02-01").await;
    assert_eq!(numbers(&theirs["day"], ["roomsTotal", "roomsSold", "roomRevenueCents", "arrivals"]), [8, 0, 0, 0]);
    assert_eq!((&theirs["state"], &theirs["businessDate"]), (&json!("OPEN"), &json!("2027-02-01")));
}
