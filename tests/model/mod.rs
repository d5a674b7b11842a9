//! Random lives of a hotel, played over HTTP and in a model side by side: the same is accepted, the same is refused, the calendar shows
//! the same. What fails is printed at its smallest, with its seed in `regressions.txt`.

mod hotel;
mod steps;

use std::{collections::BTreeMap, sync::Mutex};

use hotel::{Hotel, State, is_suite};
use oppsera_pms::{
    inventory::day::roll_business_date,
    kernel::Day,
    op::{Op, Who},
};
use proptest::{
    prelude::ProptestConfig,
    test_runner::{FileFailurePersistence, TestRunner},
};
use serde_json::{Value, json};
use steps::{Step, When};

use crate::support::{
    desk::Desk,
    sound::{assert_rebuilt, assert_sound},
    *,
};

const LIVES: u32 = 20;
const STEPS: usize = 60;
/// Nights that the calendar is compared over.
const NIGHTS: i32 = 40;

#[test]
fn the_program_and_a_model_agree() {
    let config = ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(LIVES),
        max_shrink_iters: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/model/regressions.txt"))),
        ..ProptestConfig::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let lives = proptest::collection::vec(steps::step(), STEPS / 3..STEPS);
    let tally = Tally::default();
    let ran = TestRunner::new(config).run(&lives, |steps| {
        runtime.block_on(live(&steps, &tally));
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
    let tally = tally.into_inner().unwrap();
    println!("done and refused: {tally:?}");
    let done: u32 = tally.values().map(|(done, _)| done).sum();
    let refused: u32 = tally.values().map(|(_, refused)| refused).sum();
    assert!(tally.len() == 17 && done > 200 && refused > 200, "this life shows little: {tally:?}");
}

/// How often each kind of step was done, and refused.
type Tally = Mutex<BTreeMap<String, (u32, u32)>>;

/// The real hotel with what it has told.
struct Real {
    app: TestApp,
    guests: Vec<Value>,
    blocks: Vec<Value>,
}

async fn live(steps: &[Step], tally: &Tally) {
    let app = TestApp::start().await;
    // Fewer rooms, more quarrels.
    let fewer = "delete from pms_rooms where room_number in ('104', '105', '203')";
    database::execute(&app.owner_url, fewer).await;
    let mut real = Real { app, guests: Vec::new(), blocks: Vec::new() };
    let mut model = Hotel::default();
    for (n, step) in steps.iter().enumerate() {
        let Some(step) = step.meant(&model) else { continue };
        let step = chosen(step, &model);
        let before = model.clone();
        let done = real.take(&step, &mut model).await;
        let done = done.unwrap_or_else(|why| panic!("step {n}, {step:?}: {why}\nbefore: {before:#?}"));
        count(tally, &step, done);
        assert_eq!(real.drawn().await, model.drawn(), "step {n}, {step:?}\nbefore: {before:#?}");
    }
    assert_rebuilt(&real.app.store, real.app.a.id).await;
    assert_sound(&real.app).await;
}

fn count(tally: &Tally, step: &Step, done: bool) {
    let mut tally = tally.lock().unwrap();
    let counted = tally.entry(step.kind()).or_default();
    *if done { &mut counted.0 } else { &mut counted.1 } += 1;
}

/// Only a guest who waits lets the desk choose; another is told a room.
fn chosen(step: Step, model: &Hotel) -> Step {
    match step {
        Step::Assign { guest, room: None } if !model.guests[guest].waits() => {
            Step::Assign { guest, room: Some(hotel::ROOMS[guest % hotel::ROOMS.len()]) }
        }
        other => other,
    }
}

impl Real {
    fn desk(&self) -> Desk<'_> {
        self.app.desks()[0]
    }

    /// Takes a step here and there; whether it could be done.
    async fn take(&mut self, step: &Step, model: &mut Hotel) -> Result<bool, String> {
        if let Step::Night = step {
            self.night(model.today + 1).await;
            model.step(step);
            return Ok(true);
        }
        let answer = self.ask(step).await;
        if answer.status >= 500 || ![200, 201, 404, 409, 422].contains(&answer.status) {
            return Err(format!("{} {}", answer.status, answer.body));
        }
        let is_done = answer.status < 300;
        let accepted = match step {
            Step::Assign { guest, room: None } if is_done => {
                let number = room_number(&answer.body["data"]["roomId"]).ok_or("no room was chosen")?;
                if !model.free_rooms(*guest).contains(&number) {
                    return Err(format!("room {number} was chosen, and is not free"));
                }
                model.step(&Step::Assign { guest: *guest, room: Some(number) })
            }
            Step::Assign { guest, room: None } if model.free_rooms(*guest).is_empty() => None,
            Step::Assign { room: None, .. } => Some(Vec::new()),
            _ => model.step(step),
        };
        match (accepted, is_done) {
            (None, false) => Ok(false),
            (None, true) => Err(format!("done, and the model refuses: {}", answer.body["data"])),
            (Some(_), false) => Err(format!("refused, and the model does it: {}", answer.body["error"])),
            (Some(changed), true) => self.learn(step, &answer.body["data"], &changed, model),
        }
    }

    async fn night(&self, day: i32) {
        let who = Who { tenant: self.app.a.id, actor: "system".into(), correlation: format!("night {day}") };
        let mut op = Op::begin(&self.app.store, who, None).await.unwrap();
        let date: Day = date(day).as_str().unwrap().parse().unwrap();
        roll_business_date(&mut op, PROPERTY.parse().unwrap(), date).await.unwrap();
        op.finish().await.unwrap();
    }

    async fn ask(&self, step: &Step) -> Answer {
        let desk = self.desk();
        let guest = |n: usize| &self.guests[n];
        let room_or_none = |number: Option<u32>| number.map_or(json!({}), |n| json!({"roomId": room(n)}));
        match *step {
            Step::Book { suite, room: number, from, nights, hold } => {
                let mut more = room_or_none(number);
                more["roomTypeId"] = json!(if number.map_or(suite, is_suite) { SUITE } else { STD });
                more["status"] = json!(if hold { "HOLD" } else { "CONFIRMED" });
                let (from, to) = (date(from), date(from + nights));
                desk.book(from.as_str().unwrap(), to.as_str().unwrap(), more).await
            }
            Step::Move { guest: n, room: number, from } => {
                let mut body = room_or_none(number);
                from.into_iter().for_each(|from| body["checkInDate"] = date(from));
                desk.act(guest(n), "move", body).await
            }
            Step::Assign { guest: n, room } => desk.act(guest(n), "assign", room_or_none(room)).await,
            Step::Resize { guest: n, from, to } => {
                let mut body = json!({});
                for (field, when) in [("checkInDate", from), ("checkOutDate", to)] {
                    if let When::On(day) = when {
                        body[field] = date(day);
                    }
                }
                desk.act(guest(n), "resize", body).await
            }
            Step::Split { guest: n, date: on, room: to } => {
                desk.act(guest(n), "split", json!({"date": date(on), "roomId": room(to)})).await
            }
            Step::Swap { a, b } => {
                let body = json!({"a": Desk::side(guest(a)), "b": Desk::side(guest(b))});
                desk.post("/reservations/swap", body).await
            }
            Step::Unassign { guest: n } => desk.act(guest(n), "unassign", json!({})).await,
            Step::Confirm { guest: n } => desk.act(guest(n), "confirm", json!({})).await,
            Step::Cancel { guest: n } => desk.act(guest(n), "cancel", json!({})).await,
            Step::NoShow { guest: n } => desk.act(guest(n), "no-show", json!({})).await,
            Step::Reinstate { guest: n, room } => {
                let mut body = room_or_none(room);
                body["reason"] = json!("came after all");
                desk.act(guest(n), "reinstate", body).await
            }
            Step::CheckIn { guest: n, room } => {
                let mut body = room_or_none(room);
                (body["overrideDirty"], body["addNights"]) = (json!(true), json!(true));
                desk.act(guest(n), "check-in", body).await
            }
            Step::CheckOut { guest: n } => desk.act(guest(n), "check-out", json!({})).await,
            Step::Undo { guest: n } => {
                let verb = if guest(n)["status"] == "CHECKED_OUT" { "undo-check-out" } else { "undo-check-in" };
                desk.act(guest(n), verb, json!({})).await
            }
            Step::Close { .. } | Step::Open { .. } | Step::Night => self.ask_of_rooms(step).await,
        }
    }

    async fn ask_of_rooms(&self, step: &Step) -> Answer {
        match *step {
            Step::Close { room: number, from, nights, repair } => {
                let kind = match (repair, number % 2) {
                    (true, 0) => "MAINTENANCE",
                    (true, _) => "OUT_OF_ORDER",
                    (false, 0) => "HOLD",
                    (false, _) => "HOUSE_USE",
                };
                let body = json!({"propertyId": PROPERTY, "roomId": room(number), "blockType": kind, "startDate": date(from),
                    "endDate": date(from + nights)});
                self.desk().post("/room-blocks", body).await
            }
            Step::Open { which } => {
                let block = &self.blocks[which];
                let (path, tag) =
                    (format!("/room-blocks/{}", block["id"].as_str().unwrap()), format!("\"{}\"", block["version"]));
                self.desk().send(Method::DELETE, &path, &[("If-Match", &tag)], Value::Null).await
            }
            _ => unreachable!("not a step about rooms"),
        }
    }

    /// Keeps what the answer says, and compares it.
    fn learn(&mut self, step: &Step, data: &Value, changed: &[usize], model: &Hotel) -> Result<bool, String> {
        match *step {
            Step::Close { .. } => self.blocks.push(data.clone()),
            Step::Open { which } => self.blocks[which] = data.clone(),
            _ => {}
        }
        let told = data.as_array().cloned().unwrap_or_else(|| vec![data.clone()]);
        for (n, said) in changed.iter().zip(told) {
            let guest = &model.guests[*n];
            let truth = json!({"status": state(guest.state), "checkInDate": date(guest.from), "checkOutDate": date(guest.to),
                "roomId": guest.room(model.today).map(room), "version": guest.version});
            for (field, value) in truth.as_object().unwrap() {
                if said[field] != *value {
                    return Err(format!("{field} of guest {n} is {} and should be {value}", said[field]));
                }
            }
            if *n == self.guests.len() {
                self.guests.push(said);
            } else {
                self.guests[*n] = said;
            }
        }
        Ok(true)
    }

    /// As [`Hotel::drawn`], from the calendar.
    async fn drawn(&self) -> Vec<String> {
        let path = format!("/calendar?propertyId={PROPERTY}&start={}&days={NIGHTS}", date(0).as_str().unwrap());
        let chart = self.desk().get(&path).await.data();
        let number = |id: &Value| self.guests.iter().position(|g| g["id"] == *id).expect("a guest of ours");
        let state = |bar: &Value| match bar["status"].as_str().unwrap() {
            "CHECKED_IN" => "in",
            "CHECKED_OUT" => "left",
            "HOLD" => "hold",
            _ => "",
        };
        let mut cells: BTreeMap<(String, i32), String> = BTreeMap::new();
        let mut fill = |row: String, bar: &Value, from: &str, to: &str, what: String| {
            for night in night(&bar[from])..night(&bar[to]) {
                assert_eq!(cells.insert((row.clone(), night), what.clone()), None, "two in one cell");
            }
        };
        let list = |name: &str| chart[name].as_array().unwrap().clone();
        for bar in list("bars") {
            let row = room_number(&bar["roomId"]).unwrap().to_string();
            fill(row, &bar, "startDate", "endDate", format!("{}{}", number(&bar["reservationId"]), state(&bar)));
        }
        for block in list("blocks") {
            let repair = ["OUT_OF_ORDER", "MAINTENANCE"].contains(&block["blockType"].as_str().unwrap());
            let what = if repair { "repair" } else { "held" };
            fill(room_number(&block["roomId"]).unwrap().to_string(), &block, "startDate", "endDate", what.into());
        }
        for stay in list("unassigned") {
            let lane = if stay["roomTypeId"] == SUITE { "SUITE" } else { "STD" };
            let row = format!("{lane} {}{}", number(&stay["reservationId"]), state(&stay));
            fill(row, &stay, "checkInDate", "checkOutDate", "waits".into());
        }
        cells.into_iter().map(|((row, night), what)| format!("{row} @{night} {what}")).collect()
    }
}

fn date(n: i32) -> Value {
    json!(Day::new(2027, 2, 1).unwrap().plus(n))
}

fn night(date: &Value) -> i32 {
    Day::new(2027, 2, 1).unwrap().days_until(date.as_str().unwrap().parse().unwrap())
}

fn room_number(id: &Value) -> Option<u32> {
    id.as_str()?.rsplit('R').next()?.parse().ok()
}

fn state(state: State) -> &'static str {
    match state {
        State::Hold => "HOLD",
        State::Confirmed => "CONFIRMED",
        State::InHouse => "CHECKED_IN",
        State::Left => "CHECKED_OUT",
        State::Cancelled => "CANCELLED",
        State::NoShow => "NO_SHOW",
    }
}
