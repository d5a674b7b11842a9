mod same;

use serde_json::{Value, json};

use crate::{restrictions::restrict, support::*};

/// The offers of a search.
pub async fn offers(app: &TestApp, more: &str) -> Value {
    app.get(&format!("/offers?propertyId={PROPERTY}&{more}")).await.data()
}

/// `02-10 02-12 STD 20000 (5 left)`, or the rules that refuse it and what could be had.
fn drawn(found: &Value) -> Vec<String> {
    let day = |v: &Value| v.as_str().unwrap()[5..].to_string();
    let kind = |v: &Value| if *v == STD { "STD" } else { "SUITE" };
    let one = |o: &Value| {
        let head = format!("{} {} {}", day(&o["checkInDate"]), day(&o["checkOutDate"]), kind(&o["roomTypeId"]));
        if o["isAvailable"] == true {
            return format!("{head} {} ({} left)", o["price"]["totalCents"], o["roomsLeft"]);
        }
        let refusals = o["refusals"].as_array().unwrap().iter().map(|r| {
            let rule = r["restriction"]["rule"].as_str().or(r["rule"].as_str()).unwrap();
            r["date"].as_str().map_or(rule.to_string(), |date| format!("{rule} {}", &date[5..]))
        });
        let nearest = o["nearest"].as_array().unwrap().iter().map(|n| match n["kind"].as_str().unwrap() {
            "ROOM_TYPE" => kind(&n["roomTypeId"]).to_string(),
            _ => format!("{}–{}", day(&n["checkInDate"]), day(&n["checkOutDate"])),
        });
        format!("{head} {} -> {}", refusals.collect::<Vec<_>>().join(", "), nearest.collect::<Vec<_>>().join(", "))
    };
    found["offers"].as_array().unwrap().iter().map(one).collect()
}

#[tokio::test]
async fn every_type_is_offered_with_what_is_left() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    desk.book("2027-02-10", "2027-02-12", json!({"roomId": room(101)})).await.data();
    other.book("2027-02-10", "2027-02-12", json!({"roomId": room(102)})).await.data();
    let found = offers(&app, "arrival=2027-02-10&nights=2").await;
    assert_eq!(drawn(&found), ["02-10 02-12 STD 20000 (4 left)", "02-10 02-12 SUITE 50000 (3 left)"]);
    assert_eq!((&found["currency"], &found["ratePlans"][0]["code"]), (&json!("USD"), &json!("BAR")));
    assert_eq!(found["offers"][0]["price"]["nights"].as_array().unwrap().len(), 2);

    let around = offers(&app, &format!("arrival=2027-02-10&departure=2027-02-11&flexibleDays=1&types={STD}&plans={BAR}")).await;
    assert_eq!(
        drawn(&around),
        ["02-09 02-10 STD 10000 (5 left)", "02-10 02-11 STD 10000 (4 left)", "02-11 02-12 STD 10000 (4 left)"]
    );
}

#[tokio::test]
async fn what_is_refused_says_why_and_what_is_near() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    restrict(desk, "2027-02-10", "2027-02-11", json!({"minStayArrival": 3})).await;
    let suite = json!({"propertyId": PROPERTY, "changes": [
        {"roomTypeId": SUITE, "startDate": "2027-02-11", "endDate": "2027-02-12", "set": {"isClosed": true}}]});
    desk.send(Method::PUT, "/restrictions", &[], suite).await.data();
    let found = offers(&app, "arrival=2027-02-10&nights=2").await;
    assert_eq!(
        drawn(&found),
        [
            // The next day, or a night more; of the suite the day before.
            "02-10 02-12 STD MIN_STAY_ARRIVAL 02-10 -> 02-11–02-13, 02-10–02-13",
            "02-10 02-12 SUITE CLOSED 02-11, MIN_STAY_ARRIVAL 02-10 -> 02-09–02-11",
        ]
    );
    let row = app.sql("select id from pms_restrictions where min_stay_arrival = 3").await;
    assert_eq!(found["offers"][0]["refusals"][0]["restriction"]["id"], row[0]["id"]);
    assert_eq!(found["offers"][0]["price"]["totalCents"], 200_00, "the price is told all the same");

    for number in 101..=105 {
        desk.book("2027-02-20", "2027-02-22", json!({"roomId": room(number)})).await.data();
    }
    let full = offers(&app, "arrival=2027-02-20&nights=1").await;
    assert_eq!(drawn(&full), ["02-20 02-21 STD NO_AVAILABILITY 02-20 -> 02-19–02-20, SUITE", "02-20 02-21 SUITE 25000 (3 left)"]);
    let crowd = offers(&app, "arrival=2027-02-24&adults=2&children=4,9").await;
    assert_eq!(drawn(&crowd), ["02-24 02-25 STD OCCUPANCY -> SUITE", "02-24 02-25 SUITE 25000 (3 left)"]);
    let past = offers(&app, &format!("arrival=2027-01-30&nights=1&types={STD}")).await;
    assert_eq!(drawn(&past), ["01-30 01-31 STD ARRIVAL 01-30 -> 02-01–02-02"]);
    let unpriced = offers(&app, &format!("arrival=2029-12-31&nights=2&types={STD}")).await;
    assert_eq!(drawn(&unpriced), ["12-31 01-02 STD NO_PRICE 01-01 -> 12-30–01-01, 12-31–01-01"]);
}

#[tokio::test]
async fn what_cannot_be_searched_is_refused_by_field() {
    let app = TestApp::start().await;
    for (more, field) in [
        ("arrival=2027-02-10&departure=2027-02-10", "departure"),
        ("arrival=2027-02-10&departure=2027-02-12&nights=2", "nights"),
        ("arrival=2027-02-10&departure=2027-09-10", "departure"),
        ("arrival=2027-02-10&nights=40&flexibleDays=7", "departure"),
        ("arrival=2027-02-10&children=18", "children"),
        ("arrival=2027-02-10&children=4,x", "children"),
        ("arrival=2027-02-10&children=-1", "children"),
        ("arrival=2027-02-10&types=x", "types"),
        ("arrival=2027-02-10&plans=,", "plans"),
        ("arrival=2027-02-10&packages=x", "packages"),
    ] {
        app.get(&format!("/offers?propertyId={PROPERTY}&{more}")).await.invalid(field);
    }
    for (named, field) in [(OTHER_TYPE, "types"), (STD, "plans"), (BAR, "packages")] {
        app.get(&format!("/offers?propertyId={PROPERTY}&arrival=2027-02-10&{field}={named}")).await.invalid(field);
    }
    app.get(&format!("/offers?propertyId={STD}&arrival=2027-02-10")).await.refused(404, "NOT_FOUND");
}

/// Seven arrivals of ten types at ten plans: four statements, whatever is asked.
#[tokio::test]
async fn a_search_is_four_statements() {
    let app = TestApp::start().await;
    let (tenant, id) = (app.a.id, "lpad(n::text, 26, '0')");
    let fill = format!(
        "insert into pms_room_types (tenant_id, id, property_id, code, name, max_adults, max_occupancy, created_by, updated_by)
           select '{tenant}', {id}, '{PROPERTY}', 'T' || n, 'T', 2, 2, 'test', 'test' from generate_series(1, 8) n;
         insert into pms_rate_plans (tenant_id, id, property_id, code, name, currency, created_by, updated_by)
           select '{tenant}', {id}, '{PROPERTY}', 'P' || n, 'P', 'USD', 'test', 'test' from generate_series(1, 9) n;
         insert into pms_rate_plan_prices (tenant_id, property_id, rate_plan_id, room_type_id, start_date, end_date, nightly_base_cents, created_by, updated_by)
           select '{tenant}', '{PROPERTY}', p.id, t.id, '2027-01-01', '2028-01-01', 9000, 'test', 'test'
           from pms_rate_plans p join pms_room_types t on t.tenant_id = p.tenant_id and t.property_id = p.property_id
           where p.tenant_id = '{tenant}' and p.property_id = '{PROPERTY}' and p.id <> '{BAR}';"
    );
    database::execute(&app.owner_url, &fill).await;
    let found = offers(&app, "arrival=2027-02-10&nights=3&flexibleDays=3").await;
    assert_eq!(found["offers"].as_array().unwrap().len(), 7 * 10 * 10);

    let wanted = oppsera_pms::offers::facts::Wanted {
        property: PROPERTY.parse().unwrap(),
        types: None,
        plans: None,
        packages: Vec::new(),
        window: oppsera_pms::kernel::Stay { from: "2027-02-01".parse().unwrap(), to: "2027-03-01".parse().unwrap() },
    };
    assert_eq!(oppsera_pms::offers::facts::calls(app.a.id, &wanted).len(), 4);
}
