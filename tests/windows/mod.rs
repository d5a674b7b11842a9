//! Stays around 14 nights, where the statements change from one index to the other: what a window shows must not depend on it.

use std::collections::BTreeSet;

use oppsera_pms::kernel::Day;
use serde_json::{Value, json};

use crate::support::*;

const ARRIVAL: &str = "2027-03-10";
const NIGHTS: [i32; 6] = [1, 13, 14, 15, 16, 40];

fn ids(rows: &Value) -> BTreeSet<String> {
    rows.as_array().unwrap().iter().map(|row| row["reservationId"].as_str().unwrap().to_string()).collect()
}

#[tokio::test]
async fn every_window_shows_the_stays_that_touch_it_whatever_their_length() {
    let app = TestApp::start().await;
    let arrival: Day = ARRIVAL.parse().unwrap();
    let (mut assigned, mut waiting) = (Vec::new(), Vec::new());
    for (nights, number) in NIGHTS.into_iter().zip([101, 102, 103, 104, 105, 201]) {
        let stay =
            app.book(ARRIVAL, &arrival.plus(nights).to_string(), json!({"roomId": room(number), "roomTypeId": null})).await;
        assigned.push((nights, number, stay.data()["id"].as_str().unwrap().to_string()));
    }
    for nights in [14, 15] {
        let stay = app.book(ARRIVAL, &arrival.plus(nights).to_string(), json!({"roomTypeId": SUITE})).await;
        waiting.push((nights, stay.data()["id"].as_str().unwrap().to_string()));
    }

    for day in arrival.plus(-2).until(arrival.plus(45)) {
        let slept = |nights: i32| day >= arrival && day < arrival.plus(nights);
        let in_rooms: BTreeSet<String> = assigned.iter().filter(|s| slept(s.0)).map(|s| s.2.clone()).collect();
        let without: BTreeSet<String> = waiting.iter().filter(|s| slept(s.0)).map(|s| s.1.clone()).collect();

        let chart = app.get(&format!("/calendar?propertyId={PROPERTY}&start={day}&days=1")).await.data();
        assert_eq!((ids(&chart["bars"]), ids(&chart["unassigned"])), (in_rooms.clone(), without.clone()), "{day}");

        let types = app.get(&format!("/availability?propertyId={PROPERTY}&start={day}&days=1")).await.data();
        let counted = |type_id: &str, field: &str| {
            let of_type = types.as_array().unwrap().iter().find(|t| t["roomTypeId"] == type_id).unwrap();
            of_type["nights"][0][field].as_i64().unwrap() as usize
        };
        let standard = assigned.iter().filter(|s| s.1 < 200 && slept(s.0)).count();
        let found = (counted(STD, "assigned"), counted(STD, "available"), counted(SUITE, "unassigned"));
        assert_eq!(found, (standard, 5 - standard, without.len()), "{day}");

        let rooms =
            app.get(&format!("/availability/rooms?propertyId={PROPERTY}&checkInDate={day}&checkOutDate={}", day.plus(1))).await;
        let free = rooms.data().as_array().unwrap().iter().filter(|r| r["isFree"] == true).count();
        assert_eq!(free, 8 - in_rooms.len(), "{day}");
    }
    sound::assert_sound(&app).await;
}
