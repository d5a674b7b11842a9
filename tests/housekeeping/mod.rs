//! Housekeeping over HTTP: what rooms need, who does them, how that goes, and what is seen against what the desk says.

mod blocks;
mod plan;
mod races;
mod report;
mod sightings;
mod stream;
mod work;

use jiff::Timestamp;
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::{desk::Desk, *};

const PASSWORD: &str = "correct horse battery";
const DAY: &str = "/properties/0000000000000000000000PRP1/housekeeping";
const SPREAD: &str = "/properties/0000000000000000000000PRP1/housekeeping/spread";
const SETTINGS: &str = "/properties/0000000000000000000000PRP1/housekeeping/settings";
const TASKS: &str = "/housekeeping-assignments";

/// The clock goes on to noon of a later day.
fn noon(app: &TestApp, day: &str) {
    let noon = format!("{day}T17:00:00Z").parse::<Timestamp>().unwrap();
    app.clock.advance(noon.duration_since(app.clock.now()).unsigned_abs());
}

fn minutes(app: &TestApp, n: u64) {
    app.clock.advance(std::time::Duration::from_secs(60 * n));
}

/// Closes the day before `day`.
async fn close_before(app: &TestApp, desk: Desk<'_>, closed: &str, day: &str) {
    noon(app, day);
    desk.post(&format!("/properties/{PROPERTY}/day-close"), json!({"businessDate": closed})).await.data();
}

/// A user with the role, by his name.
async fn attendant(desk: Desk<'_>, name: &str) -> String {
    let email = format!("{}@example.com", name.to_lowercase());
    let user = json!({"email": email, "displayName": name, "role": "HOUSEKEEPING", "password": PASSWORD});
    desk.post("/users", user).await.data()["id"].as_str().unwrap().to_string()
}

/// A user's session of tenant A, who was made by [`attendant`].
struct Session<'a> {
    app: &'a TestApp,
    cookie: String,
}

impl<'a> Session<'a> {
    async fn of(app: &'a TestApp, name: &str) -> Session<'a> {
        let body = json!({"email": format!("{}@example.com", name.to_lowercase()), "password": PASSWORD});
        let answer = app.http.post(format!("{}/api/v1/pms/auth/login", app.base)).json(&body).send().await.unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_string();
        Session { app, cookie }
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        let url = format!("{}/api/v1/pms{path}", self.app.base);
        let response = self.app.http.post(url).header("cookie", &self.cookie).json(&body).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: response.json().await.unwrap_or(Value::Null) }
    }

    /// A verb of an assignment as it was seen.
    async fn act(&self, seen: &Value, verb: &str) -> Answer {
        self.post(&verb_of(seen, verb), json!({"version": seen["version"]})).await
    }
}

fn verb_of(seen: &Value, verb: &str) -> String {
    format!("{TASKS}/{}/{verb}", seen["id"].as_str().unwrap())
}

async fn act(desk: Desk<'_>, seen: &Value, verb: &str) -> Answer {
    desk.post(&verb_of(seen, verb), json!({"version": seen["version"]})).await
}

async fn give(desk: Desk<'_>, number: u32, to: &str, more: Value) -> Answer {
    let mut body = json!({"propertyId": PROPERTY, "roomId": room(number), "attendantId": to});
    for (k, v) in more.as_object().into_iter().flatten() {
        body[k] = v.clone();
    }
    desk.post(TASKS, body).await
}

async fn soil(desk: Desk<'_>, number: u32) {
    let path = format!("/rooms/{}", room(number));
    let version = desk.get(&path).await.data()["version"].clone();
    desk.post(&format!("{path}/status"), json!({"status": "VACANT_DIRTY", "version": version})).await.data();
}

async fn arrive(desk: Desk<'_>, number: u32, from: &str, until: &str) -> Value {
    let stay = desk.book(from, until, json!({"roomId": room(number), "adults": 2})).await.data();
    desk.act(&stay, "check-in", json!({"overrideDirty": true})).await.data()
}

/// The room of the day's sheet.
async fn today(desk: Desk<'_>, number: u32) -> Value {
    let day = desk.get(DAY).await.data();
    let number = number.to_string();
    let of = |r: &&Value| r["room"]["roomNumber"] == number.as_str();
    day["rooms"].as_array().unwrap().iter().find(of).unwrap_or_else(|| panic!("no room {number}")).clone()
}

/// `101 DEPARTURE Ada` of every room that has an assignment.
async fn drawn(desk: Desk<'_>) -> Vec<String> {
    let day = desk.get(DAY).await.data();
    let name = |id: &Value| {
        let of = |a: &&Value| a["id"] == *id;
        day["attendants"].as_array().unwrap().iter().find(of).unwrap()["name"].as_str().unwrap().to_string()
    };
    let rooms = day["rooms"].as_array().unwrap().iter().filter(|r| !r["assignment"].is_null());
    let line = |r: &Value| {
        let task = &r["assignment"];
        format!("{} {} {}", r["room"]["roomNumber"].as_str().unwrap(), task["kind"].as_str().unwrap(), name(&task["attendantId"]))
    };
    rooms.map(line).collect()
}

fn flags(room: &Value) -> String {
    let names = ["isArrival", "isDueOut", "isStayOver", "isServiceDue", "isLinenDue"];
    let told = names.iter().zip(["arrival", "dueOut", "stayOver", "service", "linen"]).filter(|(name, _)| room[**name] == true);
    told.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_day_tells_what_happens_in_rooms_and_what_is_due() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    desk.send(Method::PATCH, SETTINGS, &[], json!({"version": 0, "linenEveryNights": 2})).await.data();
    arrive(desk, 101, "2027-02-01", "2027-02-04").await;
    arrive(desk, 102, "2027-02-01", "2027-02-02").await;
    desk.book("2027-02-02", "2027-02-03", json!({"roomId": room(102)})).await.data();
    desk.book("2027-02-02", "2027-02-03", json!({"roomId": room(103), "adults": 2})).await.data();
    assert_eq!(flags(&today(desk, 101).await), "", "who came today is served already");

    close_before(&app, desk, "2027-02-01", "2027-02-02").await;
    let told = |room: &Value| (flags(room), room["toPlan"].as_str().unwrap_or("-").to_string());
    assert_eq!(told(&today(desk, 101).await), ("stayOver service".into(), "STAY_OVER".into()));
    assert_eq!(told(&today(desk, 102).await), ("arrival dueOut".into(), "DEPARTURE".into()));
    assert_eq!(told(&today(desk, 103).await), ("arrival".into(), "TOUCH_UP".into()));
    assert_eq!(told(&today(desk, 104).await), (String::new(), "-".into()));
    let room_103 = today(desk, 103).await;
    assert_eq!((&room_103["persons"], &room_103["arrivingPersons"]), (&Value::Null, &json!(2)));
    assert_eq!(today(desk, 101).await["persons"], 2);

    // Names and stays are not for housekeeping.
    let day = app.as_role(Role::Housekeeping, Method::GET, DAY, Value::Null).await.data();
    for word in ["Lovelace", "reservation", "guest", "Cents"] {
        assert!(!day.to_string().contains(word), "{word}");
    }
    // Two nights after the arrival the linen is due.
    let all = desk.get(&format!("/reservations?propertyId={PROPERTY}")).await.data();
    let stays: Vec<&Value> = all.as_array().unwrap().iter().collect();
    let leaves = stays.iter().find(|s| s["checkOutDate"] == "2027-02-02").unwrap();
    desk.act(leaves, "check-out", json!({"acceptBalance": true})).await.data();
    for stay in stays.iter().filter(|s| s["checkInDate"] == "2027-02-02") {
        desk.act(stay, "check-in", json!({"overrideDirty": true})).await.data();
    }
    close_before(&app, desk, "2027-02-02", "2027-02-03").await;
    assert_eq!(flags(&today(desk, 101).await), "stayOver service linen");

    // The other tenant has the same rooms on its own day.
    let theirs = other.get(DAY).await.data();
    assert_eq!((&theirs["businessDate"], &theirs["settings"]["version"]), (&json!("2027-02-01"), &json!(0)));
    assert!(theirs["rooms"].as_array().unwrap().iter().all(|r| flags(r).is_empty()));
    assert_eq!(app.broken_invariants().await, [] as [String; 0]);
}

#[tokio::test]
async fn settings_are_the_managers_and_refuse_what_is_out_of_bounds() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let first = desk.get(SETTINGS).await.data();
    assert_eq!(
        [&first["serviceEveryNights"], &first["linenEveryNights"], &first["departureCredits"], &first["mayBlockRooms"]],
        [&json!(1), &json!(0), &json!(30), &json!(false)]
    );
    let patch = |body: Value| desk.send(Method::PATCH, SETTINGS, &[], body);
    for (field, value) in [
        ("serviceEveryNights", json!(-1)),
        ("linenEveryNights", json!(100)),
        ("departureCredits", json!(0)),
        ("stayOverCredits", json!(481)),
        ("touchUpCredits", json!("5")),
        ("mayBlockRooms", json!("yes")),
    ] {
        patch(json!({"version": 0, field: value})).await.invalid(field);
    }
    patch(json!({"linenEveryNights": 3})).await.invalid("version");
    for role in [Role::FrontDesk, Role::Housekeeping, Role::Revenue, Role::ReadOnly] {
        let body = json!({"version": 0, "linenEveryNights": 3});
        app.as_role(role, Method::PATCH, SETTINGS, body).await.refused(403, "AUTHORIZATION_DENIED");
    }
    app.as_role(Role::Revenue, Method::GET, SETTINGS, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");

    let set = patch(json!({"version": 0, "linenEveryNights": 3, "departureCredits": 40})).await.data();
    assert_eq!((&set["version"], &set["linenEveryNights"], &set["stayOverCredits"]), (&json!(1), &json!(3), &json!(15)));
    patch(json!({"version": 0, "linenEveryNights": 4})).await.refused(409, "CONCURRENCY_CONFLICT");
    assert_eq!(other.get(SETTINGS).await.data()["version"], 0);
    assert_eq!(app.count("select count(*) from pms_outbox where entity_type = 'HOUSEKEEPING_SETTINGS'").await, 1);
}
