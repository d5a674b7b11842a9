//! Policies over HTTP: named, chosen by plans, frozen onto bookings, and applied when a stay is given up.

mod deposits;
mod fees;
mod ledgers;
mod races;

use jiff::Timestamp;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

fn with(mut body: Value, more: Value) -> Value {
    for (k, v) in more.as_object().unwrap() {
        body[k] = v.clone();
    }
    body
}

/// A new policy of the property of the tests.
fn new(kind: &str, code: &str, more: Value) -> Value {
    with(json!({"propertyId": PROPERTY, "kind": kind, "code": code, "name": code}), more)
}

async fn policy(desk: Desk<'_>, kind: &str, code: &str, more: Value) -> Value {
    desk.post("/policies", new(kind, code, more)).await.data()
}

fn path(policy: &Value) -> String {
    format!("/policies/{}", policy["id"].as_str().unwrap())
}

async fn change(desk: Desk<'_>, policy: &Value, more: Value) -> Answer {
    let body = with(json!({"version": policy["version"]}), more);
    desk.send(Method::PATCH, &path(policy), &[], body).await
}

async fn change_plan(desk: Desk<'_>, more: Value) -> Answer {
    let plan = format!("/rate-plans/{BAR}");
    let seen = desk.get(&plan).await.data();
    desk.send(Method::PATCH, &plan, &[], with(json!({"version": seen["version"]}), more)).await
}

/// Free until 18:00 two days before, then the first night, and in the last 24 hours before 15:00 the whole stay.
fn flexible() -> Value {
    let tier = |unit: &str, before: i32, at: &str, fee: Value| json!({"unit": unit, "before": before, "at": at, "fee": fee});
    let night = json!({"kind": "NIGHTS", "nights": 1});
    let tiers = json!([tier("DAYS", 2, "18:00", json!({"kind": "NOTHING"})), tier("HOURS", 24, "15:00", night)]);
    json!({"cancellation": {"tiers": tiers, "afterwards": {"kind": "WHOLE_STAY"}}})
}

/// The same fee whenever a stay is cancelled.
fn always(fee: Value) -> Value {
    json!({"cancellation": {"tiers": [], "afterwards": fee}, "isDefault": true})
}

fn no_show(fee: Value) -> Value {
    json!({"noShow": {"fee": fee}, "isDefault": true})
}

/// The clock goes on to an instant.
fn at(app: &TestApp, instant: &str) {
    app.clock.advance(instant.parse::<Timestamp>().unwrap().duration_since(app.clock.now()).unsigned_abs());
}

async fn close_day(app: &TestApp, desk: Desk<'_>, day: &str, next: &str) -> Value {
    let noon = format!("{next}T17:00:00Z");
    if app.clock.now() < noon.parse().unwrap() {
        at(app, &noon);
    }
    let body = json!({"businessDate": day, "arrivals": "NO_SHOW", "departures": "CHECK_OUT"});
    desk.post(&format!("/properties/{PROPERTY}/day-close"), body).await.data()[0].clone()
}

async fn folio(desk: Desk<'_>, stay: &Value) -> String {
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    let page = desk.get(&path).await.data();
    page.as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_string()
}

async fn statement(desk: Desk<'_>, stay: &Value) -> Value {
    desk.get(&format!("/folios/{}", folio(desk, stay).await)).await.data()
}

async fn pay(desk: Desk<'_>, stay: &Value, cents: i64) {
    let path = format!("/folios/{}/payments", folio(desk, stay).await);
    desk.post(&path, json!({"method": "CARD", "amountCents": cents})).await.data();
}

async fn preview(desk: Desk<'_>, stay: &Value) -> Value {
    desk.get(&format!("/reservations/{}/fee-preview", stay["id"].as_str().unwrap())).await.data()
}

/// `ADJUSTMENT 10000 CANCELLATION:2`: what stands on the statement.
fn lines(statement: &Value) -> Vec<String> {
    let line = |e: &Value| {
        let kind = e["chargeKind"].as_str().unwrap_or("-");
        format!("{} {} {kind}", e["entryType"].as_str().unwrap(), e["amountCents"])
    };
    statement["entries"].as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn policies_are_named_changed_and_deactivated() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let deposit = json!({"deposit": {"amount": {"kind": "PERCENT", "percent": "30"}, "daysBeforeArrival": 14}});
    let deposit = policy(desk, "DEPOSIT", "DEP", deposit).await;
    assert_eq!(deposit["text"], "30 % of the stay is due 14 days before arrival.");
    let flex = policy(desk, "CANCELLATION", "FLEX", with(flexible(), json!({"isDefault": true}))).await;
    assert_eq!(
        flex["text"],
        "Until 18:00, 2 days before arrival: free of charge. Until 24 hours before 15:00 on the day of arrival: the first night. \
         After that: the whole stay."
    );
    let nothing = policy(desk, "NO_SHOW", "NS", json!({"noShow": {"fee": {"kind": "FIXED", "amountCents": 5000}}})).await;
    assert_eq!(nothing["text"], "A guest who does not arrive pays USD 50.00.");
    // Codes are each property's own, and the other tenant has nothing of it.
    policy(other, "CANCELLATION", "FLEX", flexible()).await;
    desk.post("/policies", new("NO_SHOW", "FLEX", no_show(json!({"kind": "WHOLE_STAY"})))).await.invalid("code");
    other.get(&path(&flex)).await.refused(404, "NOT_FOUND");
    change(other, &flex, json!({"name": "x"})).await.refused(404, "NOT_FOUND");

    // One default of a kind.
    let strict = policy(desk, "CANCELLATION", "STRICT", always(json!({"kind": "WHOLE_STAY"}))).await;
    let flex = desk.get(&path(&flex)).await.data();
    assert_eq!((&flex["isDefault"], &flex["version"], &strict["isDefault"]), (&json!(false), &json!(2), &json!(true)));
    let own = change(desk, &flex, json!({"guestText": "Call us."})).await.data();
    assert_eq!((&own["text"], &own["version"]), (&json!("Call us."), &json!(3)));
    change(desk, &flex, json!({"name": "late"})).await.refused(409, "CONCURRENCY_CONFLICT");
    assert!(change(desk, &own, json!({"guestText": null})).await.data()["text"].as_str().unwrap().starts_with("Until 18:00"));
    change(desk, &strict, json!({"isActive": false})).await.refused(409, "INVALID_STATUS_TRANSITION");

    // What a plan names is active, of its kind, and of its property.
    change_plan(desk, json!({"cancellationPolicyId": deposit["id"]})).await.invalid("cancellationPolicyId");
    change_plan(desk, json!({"depositPolicyId": room(999)})).await.invalid("depositPolicyId");
    let theirs = json!({"propertyId": OTHER_PROPERTY, "code": "X", "name": "X", "noShowPolicyId": nothing["id"]});
    desk.post("/rate-plans", theirs).await.invalid("noShowPolicyId");
    change_plan(desk, json!({"depositPolicyId": deposit["id"]})).await.data();
    let refused = change(desk, &deposit, json!({"isActive": false})).await;
    refused.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(refused.body["error"]["facts"]["ratePlans"], json!(["BAR"]));
    change_plan(desk, json!({"depositPolicyId": null})).await.data();
    change(desk, &deposit, json!({"isActive": false})).await.data();
    change_plan(desk, json!({"depositPolicyId": deposit["id"]})).await.invalid("depositPolicyId");

    let codes = |list: Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap().to_string()).collect()
    };
    let list = |more: &str| format!("/policies?propertyId={PROPERTY}{more}");
    assert_eq!(codes(desk.get(&list("")).await.data()), ["FLEX", "STRICT", "DEP", "NS"]);
    assert_eq!(codes(desk.get(&list("&kind=CANCELLATION")).await.data()), ["FLEX", "STRICT"]);
    assert_eq!(codes(desk.get(&list("&isActive=false")).await.data()), ["DEP"]);
    assert_eq!(codes(other.get(&list("")).await.data()), ["FLEX"]);
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_is_no_policy_names_field_and_rule() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let whole = json!({"kind": "WHOLE_STAY"});
    let fee = |fee: Value| new("NO_SHOW", "X", json!({"noShow": {"fee": fee}}));
    let tiers = |tiers: Value| new("CANCELLATION", "X", json!({"cancellation": {"tiers": tiers, "afterwards": whole}}));
    let tier = |unit: &str, before: i32, at: &str| json!({"unit": unit, "before": before, "at": at, "fee": {"kind": "NOTHING"}});
    let deposit =
        |amount: Value, days: Value| new("DEPOSIT", "X", json!({"deposit": {"amount": amount, "daysBeforeArrival": days}}));
    let good = fee(whole.clone());
    let cases = [
        ("code", with(good.clone(), json!({"code": "no spaces"}))),
        ("name", with(good.clone(), json!({"name": " "}))),
        ("guestText", with(good.clone(), json!({"guestText": "x".repeat(4001)}))),
        ("kind", with(good.clone(), json!({"kind": "REFUND"}))),
        ("noShow", new("NO_SHOW", "X", json!({}))),
        ("noShow", with(tiers(json!([])), json!({"noShow": {"fee": whole}}))),
        ("cancellation", new("CANCELLATION", "X", json!({"deposit": {"amount": whole}}))),
        ("noShow.fee.percent", fee(json!({"kind": "PERCENT"}))),
        ("noShow.fee.percent", fee(json!({"kind": "PERCENT", "percent": "0"}))),
        ("noShow.fee.percent", fee(json!({"kind": "PERCENT", "percent": "100.5"}))),
        ("noShow.fee.percent", fee(json!({"kind": "PERCENT", "percent": 50}))),
        ("noShow.fee.nights", fee(json!({"kind": "NIGHTS", "nights": 0}))),
        ("noShow.fee.nights", fee(json!({"kind": "WHOLE_STAY", "nights": 1}))),
        ("noShow.fee.amountCents", fee(json!({"kind": "FIXED", "amountCents": -1}))),
        ("noShow.fee.amountCents", fee(json!({"kind": "FIXED", "amountCents": 10_000_000_001_i64}))),
        ("noShow.fee.amountCents", fee(json!({"kind": "PERCENT", "percent": "5", "amountCents": 5}))),
        ("noShow.fee.kind", fee(json!({"kind": "HALF"}))),
        ("noShow.fee.tip", fee(json!({"kind": "NOTHING", "tip": 1}))),
        ("deposit.amount.kind", deposit(json!({"kind": "NOTHING"}), json!(null))),
        ("deposit.daysBeforeArrival", deposit(whole.clone(), json!(-1))),
        ("deposit.daysBeforeArrival", deposit(whole.clone(), json!(731))),
        ("cancellation.tiers[0].before", tiers(json!([tier("DAYS", 731, "18:00")]))),
        ("cancellation.tiers[0].before", tiers(json!([tier("HOURS", -1, "18:00")]))),
        ("cancellation.tiers[0].at", tiers(json!([tier("DAYS", 1, "25:00")]))),
        ("cancellation.tiers[0].unit", tiers(json!([tier("WEEKS", 1, "18:00")]))),
        ("cancellation.tiers[1].before", tiers(json!([tier("DAYS", 1, "18:00"), tier("DAYS", 2, "18:00")]))),
        ("cancellation.tiers[1].before", tiers(json!([tier("DAYS", 1, "18:00"), tier("DAYS", 1, "18:00")]))),
        ("cancellation.tiers[1].before", tiers(json!([tier("DAYS", 1, "18:00"), tier("HOURS", 24, "17:00")]))),
        ("cancellation.tiers", tiers(Value::Array((0..11).rev().map(|n| tier("DAYS", n, "18:00")).collect()))),
    ];
    for (field, body) in cases {
        desk.post("/policies", body.clone()).await.invalid(field);
    }
    assert_eq!(app.count("select count(*) from pms_policies").await, 0);
    // Each later than the one before, whatever it is counted in.
    desk.post("/policies", tiers(json!([tier("DAYS", 1, "18:00"), tier("HOURS", 23, "18:00"), tier("DAYS", 0, "18:00")])))
        .await
        .data();
}

#[tokio::test]
async fn who_manages_rates_manages_policies() {
    let app = TestApp::start().await;
    let list = format!("/policies?propertyId={PROPERTY}");
    let roles =
        [(Role::Revenue, 200, 201), (Role::FrontDesk, 200, 403), (Role::ReadOnly, 200, 403), (Role::Housekeeping, 403, 403)];
    for (role, reads, makes) in roles {
        let body = new("NO_SHOW", "N", no_show(json!({"kind": "WHOLE_STAY"})));
        assert_eq!(app.as_role(role, Method::POST, "/policies", body).await.status, makes, "{role:?}");
        assert_eq!(app.as_role(role, Method::GET, &list, Value::Null).await.status, reads, "{role:?}");
    }
}

#[tokio::test]
async fn a_booking_keeps_what_the_guest_was_told() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let half = json!({"kind": "PERCENT", "percent": "50"});
    let cancellation = policy(desk, "CANCELLATION", "C", always(half.clone())).await;
    let ahead = json!({"deposit": {"amount": half, "daysBeforeArrival": 7}, "isDefault": true});
    let deposit = policy(desk, "DEPOSIT", "D", ahead).await;
    let tax = json!({"propertyId": PROPERTY, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": "8.25"});
    desk.post("/tax-rules", tax).await.data();

    let ask = json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-02-20", "checkOutDate": "2027-02-23", "adults": 1});
    let quote = desk.post("/reservations/quote", ask).await.data();
    let stay = desk.book("2027-02-20", "2027-02-23", json!({})).await.data();
    // Half of three nights of 108.25, and the day; half of the price for a cancellation.
    for told in [&quote, &stay] {
        assert_eq!((&told["depositCents"], &told["depositDueOn"]), (&json!(162_38), &json!("2027-02-13")));
        assert_eq!(told["policies"], quote["policies"]);
        assert_eq!(told["totalCents"], json!(324_75));
    }
    assert_eq!(quote["cancellationSteps"], json!([{"until": null, "amountCents": 150_00}]));
    assert_eq!(stay["policies"]["cancellation"]["text"], "A cancellation costs: 50 % of the stay.");
    assert_eq!((&stay["policies"]["noShow"], &stay["policies"]["deposit"]["code"]), (&json!(null), &json!("D")));

    // Other terms, another name, another default: of the next booking.
    let dear = json!({"cancellation": {"tiers": [], "afterwards": {"kind": "WHOLE_STAY"}}, "name": "Dear"});
    change(desk, &cancellation, dear).await.data();
    change(desk, &deposit, json!({"deposit": {"amount": {"kind": "WHOLE_STAY"}, "daysBeforeArrival": null}})).await.data();
    let seen = desk.look(&stay).await;
    assert_eq!((&seen["policies"], &seen["version"]), (&stay["policies"], &json!(1)));
    let next = desk.book("2027-02-20", "2027-02-23", json!({})).await.data();
    assert_eq!((&next["depositCents"], &next["depositDueOn"]), (&json!(324_75), &json!("2027-02-01")));

    // Another night is asked for by the terms that were frozen; another type or room changes none of them.
    let longer = desk.act(&stay, "resize", json!({"checkOutDate": "2027-02-24"})).await.data();
    assert_eq!((&longer["depositCents"], &longer["policies"]), (&json!(216_50), &stay["policies"]));
    let id = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let suite = json!({"version": longer["version"], "roomTypeId": SUITE});
    let suite = desk.send(Method::PATCH, &id, &[], suite).await.data();
    assert_eq!((&suite["policies"], &suite["depositCents"]), (&stay["policies"], &json!(541_26)));
    assert_eq!(preview(desk, &suite).await["cancellation"]["totalCents"], json!(500_00));

    // Another rate plan is another contract.
    let plan = json!({"propertyId": PROPERTY, "code": "ADV", "name": "Advance", "cancellationPolicyId": cancellation["id"]});
    let plan = desk.post("/rate-plans", plan).await.data();
    let price = json!({"roomTypeId": SUITE, "startDate": "2027-01-01", "endDate": "2028-01-01", "nightlyBaseCents": 20000});
    desk.send(Method::PUT, &format!("/rate-plans/{}/prices", plan["id"].as_str().unwrap()), &[], price).await.data();
    let moved = json!({"version": suite["version"], "ratePlanId": plan["id"]});
    let moved = desk.send(Method::PATCH, &id, &[], moved).await.data();
    assert_eq!((&moved["policies"]["cancellation"]["name"], &moved["depositCents"]), (&json!("Dear"), &json!(866_00)));
    let ended = desk.act(&moved, "cancel", json!({})).await.data();
    assert_eq!((&ended["closingFee"]["policyName"], &ended["closingFee"]["totalCents"]), (&json!("Dear"), &json!(800_00)));
    assert_sound(&app).await;
}
