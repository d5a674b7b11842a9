//! Field by field: reservations, blocks, calendar and availability.

use serde_json::{Value, json};

use super::refuses;
use crate::support::*;

/// A hotel with what is no longer in use: room 105, a type OLD, a plan OLD, the other property.
struct Worn {
    app: TestApp,
    old_type: String,
    old_plan: String,
    stay: Value,
    events: i64,
}

const EVENTS: &str = "select count(*) from pms_outbox";

impl Worn {
    async fn build() -> Worn {
        let app = TestApp::start().await;
        let id = |v: Value| v["id"].as_str().unwrap().to_string();
        app.patch(&format!("/rooms/{}", room(105)), json!({"version": 1, "isActive": false})).await.data();
        let old_type = id(app.post("/room-types", json!({"propertyId": PROPERTY, "code": "OLD", "name": "Old"})).await.data());
        app.patch(&format!("/room-types/{old_type}"), json!({"version": 1, "isActive": false})).await.data();
        let old_plan = id(app.post("/rate-plans", json!({"propertyId": PROPERTY, "code": "OLD", "name": "Old"})).await.data());
        let price = json!({"roomTypeId": STD, "startDate": "2027-01-01", "endDate": "2028-01-01", "nightlyBaseCents": 5000});
        app.put(&format!("/rate-plans/{old_plan}/prices"), price).await.data();
        let plan = app.get(&format!("/rate-plans/{old_plan}")).await.data();
        app.patch(&format!("/rate-plans/{old_plan}"), json!({"version": plan["version"], "isActive": false})).await.data();
        app.patch(&format!("/properties/{OTHER_PROPERTY}"), json!({"version": 1, "isActive": false})).await.data();
        let stay = app.book("2027-02-10", "2027-02-14", json!({"roomId": room(101)})).await.data();
        let events = app.count(EVENTS).await;
        Worn { app, old_type, old_plan, stay, events }
    }

    /// Each of the requests is refused, and names its field.
    async fn refuse_all(&self, path: &str, cases: Vec<(&str, Value)>) {
        for (field, body) in cases {
            let method = if path.ends_with(self.stay["id"].as_str().unwrap()) { Method::PATCH } else { Method::POST };
            let answer = self.app.as_role(oppsera_pms::http::permission::Role::Manager, method, path, body.clone()).await;
            refuses(&answer, &format!("{path} {body}"));
            assert_eq!(answer.code(), "VALIDATION_ERROR", "{path} {body}: {}", answer.body);
            answer.invalid(field);
        }
        assert_eq!(self.app.count(EVENTS).await, self.events, "nothing is written");
    }

    fn verb(&self, verb: &str) -> String {
        format!("/reservations/{}/{verb}", self.stay["id"].as_str().unwrap())
    }
}

fn book(more: Value) -> Value {
    booking("2027-03-01", "2027-03-03", more)
}

#[tokio::test]
async fn dates_of_a_booking() {
    let worn = Worn::build().await;
    let dates = |from: Value, to: Value| book(json!({"checkInDate": from, "checkOutDate": to}));
    let mut cases = Vec::new();
    // Trap 30.
    for unreal in [
        "2027-02-31",
        "2027-13-01",
        "2027-00-10",
        "2027-2-1",
        "27-02-01",
        "2027-02-30T00:00",
        "",
        "tomorrow",
        "0000-00-00",
        "9999-12-31",
        "+2027-03-01",
        "２０２７-03-01",
    ] {
        cases.push(("checkInDate", dates(json!(unreal), json!("2027-03-03"))));
        cases.push(("checkOutDate", dates(json!("2027-03-01"), json!(unreal))));
    }
    for no_text in [json!(20270301), json!(null), json!(["2027-03-01"]), json!({"year": 2027}), json!(true)] {
        cases.push(("checkInDate", dates(no_text, json!("2027-03-03"))));
    }
    cases.push(("checkOutDate", dates(json!("2027-03-03"), json!("2027-03-01"))));
    cases.push(("checkOutDate", dates(json!("2027-03-03"), json!("2027-03-03"))));
    // 10,000 nights.
    cases.push(("checkOutDate", dates(json!("2027-03-01"), json!("2054-07-17"))));
    cases.push(("checkOutDate", dates(json!("2027-03-01"), json!("2029-03-03"))));
    cases.push(("checkInDate", dates(json!("2027-01-31"), json!("2027-02-03"))));
    cases.push(("checkInDate", dates(json!("2199-12-30"), json!("2199-12-31"))));
    // Nights without a price.
    cases.push(("ratePlanId", dates(json!("2030-06-01"), json!("2030-06-02"))));
    worn.refuse_all("/reservations", cases).await;
}

#[tokio::test]
async fn fields_of_a_booking() {
    let worn = Worn::build().await;
    let guest = |guest: Value| book(json!({"primaryGuestJson": guest}));
    let cases = vec![
        ("nightlyRateCents", book(json!({"nightlyRateCents": -1}))),
        ("nightlyRateCents", book(json!({"nightlyRateCents": 10_000_000_001_i64}))),
        ("nightlyRateCents", book(json!({"nightlyRateCents": i64::MAX}))),
        ("nightlyRateCents", book(json!({"nightlyRateCents": 99.5}))),
        ("nightlyRateCents", book(json!({"nightlyRateCents": 1e30}))),
        ("nightlyRateCents", book(json!({"nightlyRateCents": "100"}))),
        ("adults", book(json!({"adults": -1}))),
        ("adults", book(json!({"adults": 0, "children": 0}))),
        ("adults", book(json!({"adults": 3}))),
        ("adults", book(json!({"adults": 1_001}))),
        ("adults", book(json!({"adults": 2_147_483_648_i64}))),
        ("adults", book(json!({"adults": 1.5}))),
        ("children", book(json!({"adults": 1, "children": 2}))),
        ("adults", book(json!({"adults": 1, "children": -1}))),
        ("primaryGuestJson", book(json!({"primaryGuestJson": null}))),
        ("primaryGuestJson", guest(json!("Ada"))),
        ("primaryGuestJson.lastName", guest(json!({"firstName": "Ada"}))),
        ("primaryGuestJson.lastName", guest(json!({"lastName": " "}))),
        ("primaryGuestJson.lastName", guest(json!({"lastName": "a\u{0}b"}))),
        ("primaryGuestJson.lastName", guest(json!({"lastName": "x".repeat(201)}))),
        ("primaryGuestJson.firstName", guest(json!({"lastName": "x", "firstName": "x".repeat(201)}))),
        ("primaryGuestJson.email", guest(json!({"lastName": "x", "email": "x".repeat(255)}))),
        ("primaryGuestJson.phone", guest(json!({"lastName": "x", "phone": "1".repeat(41)}))),
        ("primaryGuestJson.shoeSize", guest(json!({"lastName": "x", "shoeSize": 43}))),
        ("internalNotes", book(json!({"internalNotes": "x".repeat(4_001)}))),
        ("guestNotes", book(json!({"guestNotes": "x".repeat(4_001)}))),
        ("sourceRef", book(json!({"sourceRef": "x".repeat(201)}))),
        ("sourceType", book(json!({"sourceType": "FAX"}))),
        ("status", book(json!({"status": "CHECKED_IN"}))),
        ("status", book(json!({"status": "confirmed"}))),
        ("holdExpiresAt", book(json!({"holdExpiresAt": "2027-02-02T12:00:00Z"}))),
        ("holdExpiresAt", book(json!({"status": "HOLD", "holdExpiresAt": "2027-02-01T11:59:59Z"}))),
        ("holdExpiresAt", book(json!({"status": "HOLD", "holdExpiresAt": "2027-02-31T12:00:00Z"}))),
        ("holdExpiresAt", book(json!({"status": "HOLD", "holdExpiresAt": "soon"}))),
        ("arrivalTime", book(json!({"arrivalTime": "25:00"}))),
        ("isPinned", book(json!({"isPinned": "yes"}))),
        ("id", book(json!({"id": "x"}))),
        ("id", book(json!({"id": worn.stay["id"]}))),
        ("idempotencyKey", book(json!({"idempotencyKey": 7}))),
        ("propertyId", book(json!({"propertyId": "x"}))),
    ];
    worn.refuse_all("/reservations", cases).await;
    for key in ["", "é", &"x".repeat(256)] {
        let answer = worn
            .app
            .send(
                worn.app.a.key(oppsera_pms::http::permission::Role::Manager),
                Method::POST,
                "/reservations",
                &[("Idempotency-Key", key)],
                book(json!({})),
            )
            .await;
        answer.invalid("Idempotency-Key");
    }
    worn.app.post("/reservations", book(json!({"propertyId": room(999)}))).await.refused(404, "NOT_FOUND");
}

/// Trap 8.
#[tokio::test]
async fn rooms_types_and_plans_of_others_or_out_of_use() {
    let worn = Worn::build().await;
    let cases = vec![
        ("roomId", book(json!({"roomId": room(301)}))),
        ("roomId", book(json!({"roomId": room(999)}))),
        ("roomId", book(json!({"roomId": "101"}))),
        ("roomId", book(json!({"roomId": room(105)}))),
        ("roomTypeId", book(json!({"roomTypeId": OTHER_TYPE}))),
        ("roomTypeId", book(json!({"roomTypeId": room(999)}))),
        ("roomTypeId", book(json!({"roomTypeId": worn.old_type}))),
        ("roomTypeId", book(json!({"roomTypeId": null}))),
        ("ratePlanId", book(json!({"ratePlanId": room(999)}))),
        ("ratePlanId", book(json!({"ratePlanId": worn.old_plan}))),
        ("guestId", book(json!({"guestId": room(999)}))),
        (
            "propertyId",
            book(json!({"propertyId": OTHER_PROPERTY, "roomTypeId": OTHER_TYPE, "ratePlanId": null, "nightlyRateCents": 1})),
        ),
    ];
    // A plan belongs to a property, so the closed one is refused for that first.
    let (closed, cases): (Vec<_>, Vec<_>) = cases.into_iter().partition(|(field, _)| *field == "propertyId");
    worn.refuse_all("/reservations", cases).await;
    worn.refuse_all("/reservations", closed.into_iter().map(|(_, body)| ("ratePlanId", body)).collect()).await;

    let change = |more: Value| {
        let mut body = more;
        body["version"] = json!(1);
        body
    };
    let id = format!("/reservations/{}", worn.stay["id"].as_str().unwrap());
    let cases = vec![
        ("ratePlanId", change(json!({"ratePlanId": worn.old_plan}))),
        ("ratePlanId", change(json!({"ratePlanId": room(999)}))),
        ("roomTypeId", change(json!({"roomTypeId": worn.old_type}))),
        ("roomTypeId", change(json!({"roomTypeId": OTHER_TYPE}))),
        ("guestId", change(json!({"guestId": room(999)}))),
        ("adults", change(json!({"adults": 9}))),
        ("holdExpiresAt", change(json!({"holdExpiresAt": "2027-03-01T00:00:00Z"}))),
        ("checkInDate", change(json!({"checkInDate": "2027-02-11"}))),
        ("version", json!({"adults": 2})),
        ("version", json!({"version": "1", "adults": 2})),
    ];
    worn.refuse_all(&id, cases).await;
    let cases = [301, 999, 105].map(|number| ("roomId", change(json!({"roomId": room(number), "addNights": true}))));
    worn.refuse_all(&worn.verb("check-in"), cases.into()).await;
    for verb in ["move", "assign"] {
        let cases = [301, 999, 105].map(|number| ("roomId", change(json!({"roomId": room(number)}))));
        worn.refuse_all(&worn.verb(verb), cases.into()).await;
    }
    let cases = [301, 999, 105].map(|number| ("roomId", change(json!({"roomId": room(number), "date": "2027-02-12"}))));
    worn.refuse_all(&worn.verb("split"), cases.into()).await;
}

#[tokio::test]
async fn dates_of_a_change() {
    let worn = Worn::build().await;
    let seen = json!({"roomId": room(101), "checkInDate": "2027-02-10", "checkOutDate": "2027-02-14", "version": 1});
    let days = |from: &str, to: &str| json!({"version": 1, "checkInDate": from, "checkOutDate": to});
    // The last days there are; five years ahead; before the business date.
    let moves = ["2199-12-31", "2199-12-30", "2032-03-01", "2027-01-31", "2027-02-30"]
        .map(|day| ("checkInDate", json!({"version": 1, "checkInDate": day})));
    worn.refuse_all(&worn.verb("move"), moves.into()).await;
    let resizes = vec![
        ("checkOutDate", json!({"version": 1, "checkOutDate": "2027-02-10"})),
        ("checkOutDate", json!({"version": 1, "checkOutDate": "2027-02-01"})),
        ("checkOutDate", json!({"version": 1, "checkOutDate": "2054-07-17"})),
        ("checkInDate", json!({"version": 1, "checkInDate": "2027-02-14"})),
        ("checkInDate", json!({"version": 1, "checkInDate": "2027-01-31"})),
        ("checkInDate", days("2199-12-30", "2199-12-31")),
        ("checkInDate", days("2027-02-31", "2027-03-02")),
        ("ratePlanId", days("2030-01-01", "2030-01-03")),
    ];
    worn.refuse_all(&worn.verb("resize"), resizes).await;
    let quotes = vec![
        ("checkOutDate", json!({"checkInDate": "2027-02-10", "checkOutDate": "2027-02-10"})),
        ("checkOutDate", json!({"checkInDate": "2027-02-10", "checkOutDate": "2054-07-17"})),
        ("checkOutDate", json!({"checkInDate": "2027-02-10"})),
    ];
    worn.refuse_all(&worn.verb("quote"), quotes).await;
    let splits = ["2027-02-10", "2027-02-14", "2027-02-31", "2199-12-31"]
        .map(|day| ("date", json!({"version": 1, "date": day, "roomId": room(104)})));
    worn.refuse_all(&worn.verb("split"), splits.into()).await;
    worn.refuse_all(
        &worn.verb("reinstate"),
        vec![("reason", json!({"version": 1, "reason": " "})), ("reason", json!({"version": 1}))],
    )
    .await;
    worn.refuse_all(&worn.verb("cancel"), vec![("reason", json!({"version": 1, "reason": "x".repeat(1_001)}))]).await;

    let id = &worn.stay["id"];
    let drag = |to: Value| json!({"reservationId": id, "from": seen, "to": to});
    let drags = vec![
        ("to.checkInDate", drag(json!({"roomId": room(101), "checkInDate": "2027-02-31"}))),
        ("checkInDate", drag(json!({"roomId": room(101), "checkInDate": "2199-12-31"}))),
        ("to.roomId", drag(json!({"checkInDate": "2027-02-10"}))),
        ("roomId", drag(json!({"roomId": room(301), "checkInDate": "2027-02-10"}))),
        ("roomId", drag(json!({"roomId": room(105), "checkInDate": "2027-02-10"}))),
        (
            "from.version",
            json!({"reservationId": id, "from": {"checkInDate": "2027-02-10", "checkOutDate": "2027-02-14"}, "to": {"roomId": room(101), "checkInDate": "2027-02-10"}}),
        ),
    ];
    worn.refuse_all("/calendar/move", drags).await;
    let edge = |edge: &str, to: Value| json!({"reservationId": id, "edge": edge, "from": seen, "to": to});
    let edges = vec![
        ("to.checkInDate", edge("LEFT", json!({"checkOutDate": "2027-02-16"}))),
        ("to.checkOutDate", edge("RIGHT", json!({}))),
        ("to.checkOutDate", edge("RIGHT", json!({"checkInDate": "2027-02-11", "checkOutDate": "2027-02-16"}))),
        ("edge", edge("TOP", json!({"checkOutDate": "2027-02-16"}))),
        ("checkOutDate", edge("RIGHT", json!({"checkOutDate": "2027-02-10"}))),
        ("checkInDate", edge("LEFT", json!({"checkInDate": "2027-02-14"}))),
    ];
    worn.refuse_all("/calendar/resize", edges).await;
    let side = json!({"reservationId": id, "version": 1});
    worn.refuse_all("/reservations/swap", vec![("b.reservationId", json!({"a": side, "b": side})), ("b", json!({"a": side}))])
        .await;
}

#[tokio::test]
async fn blocks_quotes_and_what_is_read() {
    let worn = Worn::build().await;
    let block = |more: Value| {
        let mut body = json!({"propertyId": PROPERTY, "roomId": room(102), "startDate": "2027-03-01", "endDate": "2027-03-03", "blockType": "HOLD"});
        more.as_object().unwrap().iter().for_each(|(k, v)| body[k] = v.clone());
        body
    };
    let cases = vec![
        ("endDate", block(json!({"endDate": "2027-03-01"}))),
        ("endDate", block(json!({"endDate": "2027-02-01"}))),
        ("endDate", block(json!({"endDate": "2054-07-17"}))),
        ("startDate", block(json!({"startDate": "2027-02-31"}))),
        ("startDate", block(json!({"startDate": "2027-01-31"}))),
        ("blockType", block(json!({"blockType": "RESERVATION"}))),
        ("blockType", block(json!({"blockType": "PARTY"}))),
        ("roomId", block(json!({"roomId": room(301)}))),
        ("roomId", block(json!({"roomId": room(999)}))),
        ("roomId", block(json!({"roomId": room(105)}))),
        ("reason", block(json!({"reason": "x".repeat(1_001)}))),
        ("reason", block(json!({"reason": "a\u{0}b"}))),
        ("propertyId", block(json!({"propertyId": OTHER_PROPERTY, "roomId": room(301)}))),
    ];
    worn.refuse_all("/room-blocks", cases).await;
    let quote = |more: Value| {
        let mut body =
            json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-03-01", "checkOutDate": "2027-03-03"});
        more.as_object().unwrap().iter().for_each(|(k, v)| body[k] = v.clone());
        body
    };
    let cases = vec![
        ("checkOutDate", quote(json!({"checkOutDate": "2027-03-01"}))),
        ("roomTypeId", quote(json!({"roomTypeId": OTHER_TYPE}))),
        ("ratePlanId", quote(json!({"ratePlanId": room(999)}))),
        ("ratePlanId", quote(json!({"ratePlanId": worn.old_plan}))),
        ("ratePlanId", quote(json!({"checkInDate": "2030-06-01", "checkOutDate": "2030-06-02"}))),
    ];
    worn.refuse_all("/reservations/quote", cases).await;
    for (field, path) in [
        ("days", "/calendar?start=2027-02-01&days=401"),
        ("days", "/calendar?start=2027-02-01&days=0"),
        ("start", "/calendar?start=2199-12-31&days=2"),
        ("month", "/calendar/month?year=2027&month=13"),
        ("days", "/occupancy?start=2027-02-01&days=401"),
        ("days", "/availability?start=2027-02-01&days=401"),
        ("checkOutDate", "/availability/rooms?checkInDate=2027-02-03&checkOutDate=2027-02-02"),
        ("checkOutDate", "/availability/rooms?checkInDate=2027-02-03&checkOutDate=2054-07-17"),
    ] {
        let answer = worn.app.get(&format!("{path}&propertyId={PROPERTY}")).await;
        refuses(&answer, path);
        answer.invalid(field);
    }
    // The last days there are, read without harm.
    for path in ["/calendar/day?date=2199-12-30", "/calendar/week?start=2199-12-01", "/occupancy?start=2199-12-31&days=400"] {
        worn.app.get(&format!("{path}&propertyId={PROPERTY}")).await.data();
    }
}
