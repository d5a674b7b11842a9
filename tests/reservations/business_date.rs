//! Trap 28: today is the open day of the property, never the date of a clock.

use std::time::Duration;

use oppsera_pms::{
    inventory::day::roll_business_date,
    op::{Op, Who},
};
use serde_json::json;

use crate::support::{sound::assert_sound, *};

#[tokio::test]
async fn in_the_evening_of_new_york_it_is_still_today() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let today = desk.book("2027-02-01", "2027-02-03", json!({"roomId": room(101)})).await.data();
    let tomorrow = desk.book("2027-02-02", "2027-02-03", json!({"roomId": room(102)})).await.data();
    // 20:00 in New York is 01:00 of the next day in UTC.
    app.clock.advance(Duration::from_secs(13 * 3600));
    assert_eq!(app.clock.now().to_string(), "2027-02-02T01:00:00Z");

    desk.act(&tomorrow, "no-show", json!({})).await.refused(409, "INVALID_STATUS_TRANSITION");
    let inside = desk.act(&today, "check-in", json!({})).await.data();
    assert_eq!((&inside["checkedInOn"], &inside["checkInDate"]), (&json!("2027-02-01"), &json!("2027-02-01")));
    let walk_in = desk.book("2027-02-01", "2027-02-02", json!({"roomId": room(103)})).await.data();
    assert_eq!(walk_in["bookedOn"], "2027-02-01");
    assert_eq!(app.count("select count(*) from pms_room_status_log where business_date <> '2027-02-01'").await, 0);
    assert_sound(&app).await;
}

/// Trap 31: Samoa had no 30th of December 2011; nights are counted by the calendar of the hotel, and this one has it.
#[tokio::test]
async fn a_date_that_a_zone_left_out_is_a_night_like_any_other() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let price = json!({"roomTypeId": STD, "startDate": "2011-12-01", "endDate": "2012-02-01", "nightlyBaseCents": 10_000});
    desk.send(Method::PUT, &format!("/rate-plans/{BAR}/prices"), &[], price).await.data();
    desk.send(Method::PATCH, &format!("/properties/{PROPERTY}"), &[], json!({"version": 1, "timezone": "Pacific/Apia"}))
        .await
        .data();
    let roll = |day: &'static str| {
        let who = Who { tenant: app.a.id, actor: "system".into(), correlation: format!("night {day}") };
        let store = &app.store;
        async move {
            let mut op = Op::begin(store, who, None).await.unwrap();
            roll_business_date(&mut op, PROPERTY.parse().unwrap(), day.parse().unwrap()).await.unwrap();
            op.finish().await.unwrap();
        }
    };
    roll("2011-12-29").await;
    let stay = desk.book("2011-12-29", "2012-01-01", json!({"roomId": room(101)})).await.data();
    assert_eq!(stay["nights"].as_array().unwrap().len(), 3);
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    roll("2011-12-30").await;
    let stay = desk.act(&stay, "move", json!({"roomId": room(102)})).await.data();
    roll("2011-12-31").await;
    let stay = desk.act(&stay, "check-out", json!({})).await.data();
    let rooms = stay["rooms"].as_array().unwrap().iter().map(|p| format!("{} {}", p["from"], p["to"]).replace('"', ""));
    assert_eq!(rooms.collect::<Vec<_>>(), ["2011-12-29 2011-12-30", "2011-12-30 2011-12-31"]);
    assert_sound(&app).await;
}
