//! What is offered is what is quoted, what is booked and what is on the bill, to the cent: whatever the prices, the taxes and the stay.

use serde_json::{Value, json};

use super::offers;
use crate::support::{
    desk::{Desk, Dice},
    sound::assert_sound,
    *,
};

const STAYS: usize = 40;

/// Prices, taxes and packages as the dice say: the plans, and what may be chosen beside them.
async fn furnish(desk: Desk<'_>, dice: &mut Dice) -> (Vec<String>, Vec<String>) {
    let occupancy = json!({"includedAdults": 1, "extraAdultCents": dice.roll(3_000), "children": [
        {"fromAge": 2, "toAge": 9, "amountCents": dice.roll(2_000)}, {"fromAge": 10, "toAge": 17, "amountCents": dice.roll(3_000)}]});
    let derivation = json!({"percent": "-12.345", "amountCents": dice.roll(500), "roundToCents": 50});
    let saver = json!({"propertyId": PROPERTY, "code": "SAVER", "name": "Saver", "parentPlanId": BAR, "derivation": derivation,
        "occupancy": occupancy});
    let saver = desk.post("/rate-plans", saver).await.data()["id"].as_str().unwrap().to_string();
    for room_type in [STD, SUITE] {
        for _ in 0..6 {
            let from = dice.roll(20);
            let body = json!({"roomTypeId": room_type, "startDate": date(from), "endDate": date(from + 1 + dice.roll(9)),
                "nightlyBaseCents": dice.roll(40_000) as i64 + 1});
            desk.send(Method::PUT, &format!("/rate-plans/{BAR}/prices"), &[], body).await.data();
        }
    }
    let kinds = ["PERCENT", "FIXED_STAY", "FIXED_NIGHT", "FIXED_PERSON_NIGHT", "FIXED_ROOM_NIGHT", "PERCENT"];
    for (n, kind) in kinds.into_iter().enumerate() {
        let mut body = json!({"propertyId": PROPERTY, "code": format!("T{n}"), "name": format!("Tax {n}"), "kind": kind,
            "isInclusive": dice.roll(2) == 0, "isFee": dice.roll(3) == 0, "sortOrder": n});
        match kind {
            "PERCENT" => body["percent"] = json!(format!("{}.{:03}", dice.roll(20), dice.roll(1000))),
            _ => body["amountCents"] = json!(dice.roll(500)),
        }
        if dice.roll(3) == 0 {
            body["maximumNights"] = json!(1 + dice.roll(3));
        }
        if dice.roll(3) == 0 {
            body["minimumAge"] = json!(12);
        }
        desk.post("/tax-rules", body).await.data();
    }
    let rhythms = ["EVERY_NIGHT", "ARRIVAL", "LAST_NIGHT", "ALL_BUT_ARRIVAL", "ALL_BUT_LAST", "WEEKDAYS", "EVERY_N"];
    let (saver_of, bar, none) = (json!(saver), json!(BAR), Value::Null);
    let packages = [
        ("BB", &saver_of, true),
        ("SPA", &saver_of, false),
        ("PARK", &bar, false),
        ("PICK", &none, true),
        ("WINE", &none, false),
    ];
    let mut chosen = Vec::new();
    for (code, plan, is_included) in packages {
        let items: Vec<Value> = (0..1 + dice.roll(3))
            .map(|_| {
                let rhythm = *dice.pick(&rhythms);
                let basis = *dice.pick(&["STAY", "NIGHT", "PERSON", "PERSON_NIGHT"]);
                let mut item =
                    json!({"name": "x", "amountCents": 1 + dice.roll(3_000), "priceBasis": basis, "postingRhythm": rhythm});
                match rhythm {
                    "WEEKDAYS" => item["weekdays"] = json!([1 + dice.roll(7)]),
                    "EVERY_N" => (item["everyNights"], item["fromNight"]) = (json!(1 + dice.roll(3)), json!(1 + dice.roll(3))),
                    _ => {}
                }
                item
            })
            .collect();
        let package = json!({"propertyId": PROPERTY, "code": code, "name": code, "ratePlanId": plan, "isIncluded": is_included, "items": items});
        let package = desk.post("/packages", package).await.data();
        if plan.is_null() {
            chosen.push(package["id"].as_str().unwrap().to_string());
        }
    }
    let vat = json!({"propertyId": PROPERTY, "code": "EXTRA", "name": "VAT of extras", "kind": "PERCENT", "percent": "19", "isInclusive": true,
        "appliesTo": ["ADJUSTMENT"]});
    desk.post("/tax-rules", vat).await.data();
    (vec![BAR.to_string(), saver], chosen)
}

fn date(n: usize) -> String {
    format!("2027-02-{:02}", 1 + n)
}

fn sums(of: &Value) -> [i64; 4] {
    ["subtotalCents", "taxCents", "feeCents", "totalCents"].map(|field| of[field].as_i64().unwrap())
}

#[tokio::test]
async fn offer_quote_booking_and_folio_are_the_same_to_the_cent() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let mut dice = Dice::new(4711);
    let (plans, packages) = furnish(desk, &mut dice).await;
    let mut in_house: Vec<(Value, [i64; 4])> = Vec::new();
    for n in 0..STAYS {
        let room_type = if dice.roll(3) == 0 { SUITE } else { STD };
        // The first stay in each room begins today, so that its folio is looked at.
        let from = if n % 4 == 0 { 0 } else { dice.roll(20) };
        let to = from + 1 + dice.roll(6);
        let (adults, children) = if room_type == STD { (1 + dice.roll(2), 0) } else { (1 + dice.roll(2), dice.roll(3)) };
        let plan = dice.pick(&plans).clone();
        let ages: Vec<String> = (0..children).map(|_| dice.roll(18).to_string()).collect();
        let listed = if ages.is_empty() { String::new() } else { format!("&children={}", ages.join(",")) };
        let chosen = &packages[..dice.roll(3)];
        let with = if chosen.is_empty() { String::new() } else { format!("&packages={}", chosen.join(",")) };
        let dates = format!("arrival={}&departure={}", date(from), date(to));
        let found = offers(&app, &format!("{dates}&types={room_type}&plans={plan}&adults={adults}{listed}{with}")).await;
        let offer = &found["offers"][0];
        let ask = json!({"propertyId": PROPERTY, "roomTypeId": room_type, "checkInDate": date(from), "checkOutDate": date(to),
            "ratePlanId": plan, "adults": adults, "packageIds": chosen, "childAges": ages.iter().map(|age| age.parse::<i32>().unwrap()).collect::<Vec<_>>()});
        let quote = desk.post("/reservations/quote", ask.clone()).await.data();
        assert_eq!(sums(&offer["price"]), sums(&quote));
        assert_eq!((&offer["price"]["nights"], &offer["price"]["taxes"]), (&quote["nights"], &quote["taxes"]));
        assert_eq!(offer["price"]["packages"], quote["packages"]);
        assert_eq!(offer["roomsLeft"], quote["available"]);

        let mut book = ask;
        book["primaryGuestJson"] = json!({"lastName": "Lovelace"});
        let booked = desk.post("/reservations", book).await;
        assert_eq!(booked.status == 201, offer["isAvailable"] == true, "{} {offer}", booked.body);
        if booked.status != 201 {
            booked.refused(409, "NO_AVAILABILITY");
            continue;
        }
        let booked = booked.data();
        assert_eq!(sums(&booked), sums(&quote));
        let booked = there_and_back(desk, booked, to).await;
        assert_eq!(sums(&booked), sums(&quote), "nights that come and go leave nothing behind");
        let booked = unpacked_and_back(desk, booked, chosen).await;
        assert_eq!(sums(&booked), sums(&quote), "packages that come and go leave nothing behind");
        if from == 0 {
            in_house.push((booked, sums(&quote)));
        }
    }
    assert!(in_house.len() >= 4, "{}", in_house.len());
    lived_through(&app, desk, in_house).await;
}

/// The stay with two nights more, as quoted, and then without them; where they are sold out, as it is.
async fn there_and_back(desk: Desk<'_>, stay: Value, to: usize) -> Value {
    let path = format!("/reservations/{}/quote", stay["id"].as_str().unwrap());
    let quote = desk.post(&path, json!({"checkInDate": stay["checkInDate"], "checkOutDate": date(to + 2)})).await.data();
    let longer = desk.act(&stay, "resize", json!({"checkOutDate": date(to + 2)})).await;
    if longer.status != 200 {
        longer.refused(409, "NO_AVAILABILITY");
        return stay;
    }
    let longer = longer.data();
    assert_eq!(sums(&longer), sums(&quote));
    let back = desk.act(&longer, "resize", json!({"checkOutDate": stay["checkOutDate"]})).await.data();
    assert_eq!(back["nights"], stay["nights"]);
    back
}

/// The stay without what was chosen, and then with it again.
async fn unpacked_and_back(desk: Desk<'_>, stay: Value, chosen: &[String]) -> Value {
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let bare = json!({"version": stay["version"], "packageIds": []});
    let bare = desk.send(Method::PATCH, &path, &[], bare).await.data();
    let back = json!({"version": bare["version"], "packageIds": chosen});
    let back = desk.send(Method::PATCH, &path, &[], back).await.data();
    assert_eq!(back["nights"], stay["nights"]);
    back
}

/// Everybody who came today stays to the end; then the folio says what the offer said.
async fn lived_through(app: &TestApp, desk: Desk<'_>, in_house: Vec<(Value, [i64; 4])>) {
    let mut stays = Vec::new();
    for (stay, wanted) in in_house {
        let stay = desk.act(&stay, "assign", json!({})).await;
        // No room may be free for all of its nights.
        if stay.status != 200 {
            continue;
        }
        let stay = desk.act(&stay.data(), "check-in", json!({})).await.data();
        stays.push((stay, wanted));
    }
    assert!(stays.len() >= 3, "{}", stays.len());
    app.clock.advance(std::time::Duration::from_secs(11 * 86_400));
    for n in 0..8 {
        let close = json!({"businessDate": date(n), "arrivals": "NO_SHOW", "departures": "CHECK_OUT"});
        desk.post(&format!("/properties/{PROPERTY}/day-close"), close).await.data();
    }
    for (stay, wanted) in stays {
        let folios =
            desk.get(&format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap())).await.data();
        let all: Vec<[i64; 4]> = folios.as_array().unwrap().iter().map(sums).collect();
        let total = |n: usize| all.iter().map(|f| f[n]).sum::<i64>();
        assert_eq!([0, 1, 2, 3].map(total), wanted, "{stay}");
    }
    assert_sound(app).await;
}
