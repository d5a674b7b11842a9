//! Eight clients of each tenant do whatever comes to their mind with the same stays; afterwards everything holds.

use std::sync::Mutex;

use futures_util::future::join_all;
use oppsera_pms::{
    inventory::day::roll_business_date,
    kernel::TenantId,
    op::{Op, Who},
};
use serde_json::{Value, json};

use crate::support::{
    desk::{Desk, Dice},
    sound::assert_sound,
    *,
};

/// Writes of each of the eight clients of each of the two tenants.
const WRITES: usize = 30;

const ROOMS: [u32; 8] = [101, 102, 103, 104, 105, 201, 202, 203];

/// What the clients of a tenant know of its stays, true or stale.
type Known = Mutex<Vec<Value>>;

fn day(n: usize) -> String {
    format!("2027-02-{:02}", 1 + n)
}

/// One random write. Bodies are in order, but seldom possible.
async fn write(desk: Desk<'_>, dice: &mut Dice, known: &Known) -> Answer {
    let (from, nights) = (dice.roll(12), 1 + dice.roll(4));
    let (start, end) = (day(from), day(from + nights));
    let any_room = room(*dice.pick(&ROOMS));
    let (stay, other) = {
        let all = known.lock().unwrap();
        if all.is_empty() { (Value::Null, Value::Null) } else { (dice.pick(&all).clone(), dice.pick(&all).clone()) }
    };
    if stay.is_null() || dice.roll(5) == 0 {
        let more = match dice.roll(4) {
            0 => json!({}),
            1 => json!({"roomTypeId": SUITE}),
            2 => json!({"roomId": any_room, "status": "HOLD"}),
            _ => json!({"roomId": any_room}),
        };
        return desk.book(&start, &end, more).await;
    }
    match dice.roll(20) {
        0 | 1 => desk.act(&stay, "move", json!({"roomId": any_room})).await,
        2 => desk.act(&stay, "move", json!({"checkInDate": start})).await,
        3 => desk.act(&stay, "move", json!({"roomId": any_room, "checkInDate": start})).await,
        4 => desk.act(&stay, "resize", json!({"checkOutDate": end})).await,
        5 => desk.act(&stay, "resize", json!({"checkInDate": start})).await,
        6 | 7 => desk.post("/reservations/swap", json!({"a": Desk::side(&stay), "b": Desk::side(&other)})).await,
        8 => desk.act(&stay, "split", json!({"date": end, "roomId": any_room})).await,
        9 => desk.act(&stay, "cancel", json!({"reason": "storm"})).await,
        10 => desk.act(&stay, "reinstate", json!({"reason": "storm"})).await,
        11 => desk.act(&stay, "no-show", json!({})).await,
        12 | 13 => desk.act(&stay, "check-in", json!({"roomId": any_room, "overrideDirty": true})).await,
        14 => desk.act(&stay, "check-out", json!({})).await,
        15 => desk.act(&stay, if dice.roll(2) == 0 { "undo-check-in" } else { "undo-check-out" }, json!({})).await,
        16 => desk.act(&stay, "assign", json!({})).await,
        17 => desk.act(&stay, "unassign", json!({})).await,
        18 => desk.act(&stay, "confirm", json!({})).await,
        _ => block(desk, dice, &any_room, &start, &end).await,
    }
}

/// Sets a block, or takes one away.
async fn block(desk: Desk<'_>, dice: &mut Dice, room_id: &str, start: &str, end: &str) -> Answer {
    let kind = *dice.pick(&["OUT_OF_ORDER", "MAINTENANCE", "HOUSE_USE", "HOLD"]);
    let all = desk.get(&format!("/room-blocks?propertyId={PROPERTY}")).await.data();
    let all = all.as_array().unwrap();
    if all.len() > 3 {
        let block = dice.pick(all);
        let tag = format!("\"{}\"", block["version"]);
        let path = format!("/room-blocks/{}", block["id"].as_str().unwrap());
        return desk.send(Method::DELETE, &path, &[("If-Match", &tag)], Value::Null).await;
    }
    let new = json!({"propertyId": PROPERTY, "roomId": room_id, "blockType": kind, "startDate": start, "endDate": end});
    desk.post("/room-blocks", new).await
}

/// Keeps what an answer tells of a stay.
fn learn(known: &Known, answer: &Answer) {
    let told = [&answer.body["data"], &answer.body["error"]["facts"]["current"]];
    let single = told.iter().flat_map(|v| v.as_array().cloned().unwrap_or_else(|| vec![(*v).clone()]));
    let mut all = known.lock().unwrap();
    for stay in single.filter(|v| !v["checkInDate"].is_null()) {
        match all.iter_mut().find(|k| k["id"] == stay["id"]) {
            Some(old) => *old = stay,
            None => all.push(stay),
        }
    }
}

async fn clerk(desk: Desk<'_>, seed: u64, known: &Known) -> usize {
    let mut dice = Dice::new(seed);
    let mut done = 0;
    for _ in 0..WRITES {
        let answer = write(desk, &mut dice, known).await;
        assert!(answer.status < 500, "seed {seed}: {} {}", answer.status, answer.body);
        assert!([200, 201, 404, 409, 422].contains(&answer.status), "seed {seed}: {} {}", answer.status, answer.body);
        let message = answer.body["error"]["message"].as_str().unwrap_or_default();
        assert!(!message.starts_with("Others are changing"), "seed {seed}: a deadlock or a lock that took too long");
        assert!(message != "The room is already taken on some of these nights.", "seed {seed}: the constraint came first");
        done += usize::from(answer.status < 300);
        learn(known, &answer);
    }
    done
}

/// The night falls while everybody works.
async fn night(app: &TestApp, tenant: TenantId, seed: u64) {
    for date in ["2027-02-02", "2027-02-03", "2027-02-04"] {
        tokio::time::sleep(std::time::Duration::from_millis(300 + seed % 200)).await;
        let who = Who { tenant, actor: "system".into(), correlation: format!("night-{date}") };
        let mut op = Op::begin(&app.store, who, None).await.unwrap();
        roll_business_date(&mut op, PROPERTY.parse().unwrap(), date.parse().unwrap()).await.unwrap();
        op.finish().await.unwrap();
    }
}

async fn storm(seed: u64) {
    let app = TestApp::with_pool(12).await;
    let known = [Known::default(), Known::default()];
    let clerks =
        app.desks().into_iter().zip(&known).flat_map(|(desk, known)| (0..8).map(move |n| clerk(desk, seed * 1000 + n, known)));
    let nights = join_all([night(&app, app.a.id, seed), night(&app, app.b.id, seed + 77)]);
    let (done, _) = futures_util::future::join(join_all(clerks), nights).await;

    let done: usize = done.into_iter().sum();
    assert!(done > WRITES * 2, "seed {seed}: only {done} writes were possible; the test shows little");
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_holds_after_a_storm() {
    storm(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_holds_after_another_storm() {
    storm(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_holds_after_a_storm_that_is_never_the_same() {
    let seed = u64::from_le_bytes(oppsera_pms::kernel::clock::random_bytes::<8>()) % 1_000_000;
    println!("seed {seed}");
    storm(seed).await;
}
