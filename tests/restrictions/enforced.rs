//! Where restrictions are asked: in quotes, bookings and changes; never where something that was is taken back.

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{body, change, named, restrict, told};
use crate::support::{sound::assert_sound, *};

#[tokio::test]
async fn a_booking_is_refused_with_rule_date_and_row() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    restrict(desk, "2027-02-10", "2027-02-11", json!({"minStayArrival": 3})).await;
    restrict(desk, "2027-02-12", "2027-02-13", json!({"closedToDeparture": true})).await;

    let answer = desk.book("2027-02-10", "2027-02-12", json!({"roomId": room(101)})).await;
    assert_eq!(named(&answer), ["CLOSED_TO_DEPARTURE 2027-02-12", "MIN_STAY_ARRIVAL 2027-02-10"]);
    let violation = &answer.body["error"]["facts"]["violations"][1];
    let row = app.sql("select id from pms_restrictions where min_stay_arrival = 3").await;
    assert_eq!((&violation["restrictionId"], &violation["limit"]), (&row[0]["id"], &json!(3)));
    assert_eq!(violation["scope"], "PROPERTY");
    assert!(answer.body["error"]["message"].as_str().unwrap().contains("2027-02-12"));
    // Without a room, at the default plan, as a hold: the same.
    let waiting = json!({"ratePlanId": null, "status": "HOLD"});
    assert_eq!(named(&desk.book("2027-02-10", "2027-02-12", waiting).await).len(), 2);
    // A quote says it, and has the price.
    let ask = json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-02-10", "checkOutDate": "2027-02-12"});
    let quote = desk.post("/reservations/quote", ask).await.data();
    assert_eq!(told(&quote["violations"]), ["CLOSED_TO_DEPARTURE 2027-02-12", "MIN_STAY_ARRIVAL 2027-02-10"]);
    assert_eq!(quote["totalCents"], 200_00);

    desk.book("2027-02-10", "2027-02-13", json!({"roomId": room(101)})).await.data();
    other.book("2027-02-10", "2027-02-12", json!({"roomId": room(101)})).await.data();
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_plan_and_a_type_have_their_own() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let closed = |whom: Value| change(whom, "2027-02-10", "2027-02-11", json!({"isClosed": true}));
    let open = change(json!({"ratePlanId": BAR, "roomTypeId": SUITE}), "2027-02-10", "2027-02-11", json!({"isClosed": false}));
    desk.send(Method::PUT, "/restrictions", &[], body(&[closed(json!({"ratePlanId": BAR})), open])).await.data();
    // The type of the room counts when none is named.
    let standard = json!({"roomTypeId": null, "roomId": room(101)});
    assert_eq!(named(&desk.book("2027-02-10", "2027-02-11", standard).await), ["CLOSED 2027-02-10"]);
    let stay = desk.book("2027-02-10", "2027-02-11", json!({"roomTypeId": null, "roomId": room(201)})).await.data();
    // The charged type is what is sold: the standard is closed, whatever room it is.
    let charged = json!({"roomTypeId": STD, "version": stay["version"]});
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    assert_eq!(named(&desk.send(Method::PATCH, &path, &[], charged).await), ["CLOSED 2027-02-10"]);
    desk.act(&stay, "move", json!({"roomId": room(202)})).await.data();
}

#[tokio::test]
async fn a_change_is_judged_by_what_it_makes_new() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = desk.book("2027-02-10", "2027-02-12", json!({"roomId": room(101)})).await.data();
    restrict(desk, "2027-02-10", "2027-02-14", json!({"isClosed": true})).await;
    restrict(desk, "2027-02-20", "2027-02-21", json!({"closedToArrival": true})).await;

    let quote = |dates: Value| {
        let path = format!("/reservations/{}/quote", stay["id"].as_str().unwrap());
        async move { told(&desk.post(&path, dates).await.data()["violations"]) }
    };
    let longer = json!({"checkInDate": "2027-02-10", "checkOutDate": "2027-02-13"});
    assert_eq!(quote(longer).await, ["CLOSED 2027-02-12"]);
    assert_eq!(named(&desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-13"})).await), ["CLOSED 2027-02-12"]);
    assert_eq!(named(&desk.act(&stay, "move", json!({"checkInDate": "2027-02-20"})).await), ["CLOSED_TO_ARRIVAL 2027-02-20"]);
    let seen =
        json!({"roomId": room(101), "checkInDate": "2027-02-10", "checkOutDate": "2027-02-12", "version": stay["version"]});
    let drag = json!({"reservationId": stay["id"], "from": seen, "to": {"roomId": room(102), "checkInDate": "2027-02-20"}});
    assert_eq!(named(&desk.post("/calendar/move", drag).await), ["CLOSED_TO_ARRIVAL 2027-02-20"]);
    let edge = json!({"reservationId": stay["id"], "edge": "RIGHT", "from": seen, "to": {"checkOutDate": "2027-02-14"}});
    assert_eq!(named(&desk.post("/calendar/resize", edge).await), ["CLOSED 2027-02-12", "CLOSED 2027-02-13"]);

    // Another room, fewer nights, and what was: nothing new is sold.
    let stay = desk.act(&stay, "move", json!({"roomId": room(102)})).await.data();
    let stay = desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-11"})).await.data();
    let stay = desk.act(&stay, "cancel", json!({})).await.data();
    let stay = desk.act(&stay, "reinstate", json!({"reason": "again", "roomId": room(101)})).await.data();
    assert_eq!(stay["status"], "CONFIRMED");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_guest_in_the_house_stays_longer_unless_his_new_nights_are_closed() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = desk.book("2027-02-01", "2027-02-03", json!({"roomId": room(101)})).await.data();
    restrict(desk, "2027-02-01", "2027-02-03", json!({"closedToArrival": true, "minStayArrival": 5, "minAdvanceDays": 30})).await;
    restrict(desk, "2027-02-05", "2027-02-06", json!({"isClosed": true})).await;
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    let stay = desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-05"})).await.data();
    assert_eq!(named(&desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-06"})).await), ["CLOSED 2027-02-05"]);
    // Who leaves, leaves; and who comes back the same day was there.
    let stay = desk.act(&stay, "check-out", json!({"acceptBalance": true})).await.data();
    desk.act(&stay, "undo-check-out", json!({})).await.data();
    assert_sound(&app).await;
}

#[tokio::test]
async fn who_may_overrides_and_it_is_audited() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    restrict(desk, "2027-02-10", "2027-02-12", json!({"isClosed": true})).await;
    let sell = |role: Role, free: bool| {
        let wanted = booking("2027-02-10", "2027-02-11", json!({"overrideRestrictions": free, "roomId": room(101)}));
        app.as_role(role, Method::POST, "/reservations", wanted)
    };
    sell(Role::FrontDesk, true).await.refused(403, "AUTHORIZATION_DENIED");
    named(&sell(Role::FrontDesk, false).await);
    named(&sell(Role::Manager, false).await);
    let stay = sell(Role::Manager, true).await.data();
    assert_eq!(told(&stay["overriddenRestrictions"]), ["CLOSED 2027-02-10"]);
    let longer = json!({"checkOutDate": "2027-02-12", "overrideRestrictions": true});
    let stay = desk.act(&stay, "resize", longer).await.data();
    assert_eq!(told(&stay["overriddenRestrictions"]), ["CLOSED 2027-02-11"]);
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    assert_eq!(app.get(&path).await.data()["overriddenRestrictions"], Value::Null, "it is of the write, not of the stay");

    let audited = app
        .sql(&format!(
            "select diff_json #>> '{{overriddenRestrictions,after,0,rule}}' as rule, diff_json #>> '{{overriddenRestrictions,after,0,date}}' as date
             from pms_audit_log where tenant_id = '{}' and entity_type = 'RESERVATION' order by id",
            app.a.id
        ))
        .await;
    assert_eq!(audited, [json!({"rule": "CLOSED", "date": "2027-02-10"}), json!({"rule": "CLOSED", "date": "2027-02-11"})]);
    assert_sound(&app).await;
}
