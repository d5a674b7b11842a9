//! Oversold types: small houses of several levels against trying everything, and what is made of it at the desk.

use futures_util::future::join_all;
use oppsera_pms::fit::{
    check,
    model::{self, House, Patience},
    solve::solve_with_upgrades,
    upgrade,
};
use serde_json::{Value, json};

use super::{
    brute, drawing,
    hotel::{FIT, accepted, fixed, told},
    houses::{self, Size},
};
use crate::support::{desk::Desk, sound::assert_sound, *};

fn compare(seed: u64, size: Size) -> &'static str {
    let house = houses::random_with_levels(seed, size);
    let truth = brute::fewest_upgrades(&house);
    let seen = || format!("seed {seed} {size:?} levels {:?}\n{}", house.levels, drawing::draw(&house));
    let (answer, least) = solve_with_upgrades(&house, &mut Patience { steps: 4_000_000, is_over: &|| false });
    match answer {
        model::Answer::Plan(plan) => {
            check::plan(&house, &plan).unwrap_or_else(|wrong| panic!("{wrong}\n{}", seen()));
            assert!(plan.is_cheapest && least == plan.upgrades);
            assert_eq!(Some((plan.upgrades, plan.moves, plan.cost)), truth, "{plan:?}\n{}", seen());
            assert!(upgrade::at_least(&house) <= plan.upgrades, "{}", seen());
            match (plan.upgrades, plan.moves) {
                (0, _) => "none",
                (_, 0) => "upgraded",
                _ => "upgraded and moved",
            }
        }
        model::Answer::Impossible(proof) => {
            assert_eq!(truth, None, "{proof:?}\n{}", seen());
            check::proof(&house, &proof).unwrap_or_else(|wrong| panic!("{wrong}: {proof:?}\n{}", seen()));
            assert!(proof.is_smallest);
            "proof"
        }
        model::Answer::Undecided { .. } => panic!("not decided\n{}", seen()),
    }
}

fn compare_all(seeds: std::ops::Range<u64>, size: impl Fn(u64) -> Size) {
    let mut told = std::collections::BTreeMap::<&str, usize>::new();
    for seed in seeds {
        *told.entry(compare(seed, size(seed))).or_default() += 1;
    }
    assert!(told.len() == 4 && told.values().all(|n| *n > 20), "of each answer there must be some: {told:?}");
}

#[test]
fn the_fewest_upgrades_and_then_moves_as_by_trying_everything() {
    compare_all(40_000..43_000, |seed| Size {
        rooms: 3 + (seed % 3) as usize,
        nights: 6,
        fixed: 15,
        empty: 40,
        requests: 1 + (seed % 3) as usize,
        has_choices: seed % 4 == 0,
        has_costs: seed % 3 == 0,
        pairs: (seed % 5 / 4) as usize,
    });
}

#[test]
fn without_levels_nobody_is_upgraded() {
    let (house, _) = drawing::house("0 |AA.BBB\n1 |CCC.DD\n? |..XX..");
    let answer = |house: &House| solve_with_upgrades(house, &mut Patience { steps: 1_000_000, is_over: &|| false });
    let (model::Answer::Plan(plan), 0) = answer(&house) else { panic!("two moves make room") };
    assert_eq!((plan.upgrades, plan.moves), (0, 2));
}

/// Standard below suite; with them a third type above, which has one room for one person.
async fn ranked(desk: Desk<'_>) -> Value {
    for (id, rank) in [(STD, 1), (SUITE, 2)] {
        let ranked =
            desk.send(Method::PATCH, &format!("/room-types/{id}"), &[], json!({"version": 1, "upgradeRank": rank})).await;
        assert_eq!(ranked.data()["upgradeRank"], rank);
    }
    let more = json!({"roomTypeId": STD, "startDate": "2027-02-01", "endDate": "2027-03-01", "rooms": 5});
    desk.send(Method::PUT, "/overbooking-limits", &[], more).await.data();
    let top = json!({"propertyId": PROPERTY, "code": "TOP", "name": "Top", "maxAdults": 1, "maxOccupancy": 1, "upgradeRank": 3});
    let top = desk.post("/room-types", top).await.data();
    desk.post("/rooms", json!({"propertyId": PROPERTY, "roomTypeId": top["id"], "roomNumber": "401"})).await.data();
    top["id"].clone()
}

async fn ask(desk: Desk<'_>, room_type: Value) -> Answer {
    let asked = json!({"upgrade": {"roomTypeId": room_type, "startDate": "2027-02-10", "endDate": "2027-02-12"}});
    desk.post(&format!("{FIT}/preview"), asked).await
}

fn named(name: &str) -> Value {
    json!({"firstName": "Guest", "lastName": name})
}

#[tokio::test]
async fn an_oversold_type_is_raised_into_the_next_one_at_the_price_that_was_booked() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        ranked(desk).await;
        for n in 0..6 {
            let (from, to) = if n == 5 { ("2027-02-10", "2027-02-14") } else { ("2027-02-10", "2027-02-12") };
            desk.book(from, to, json!({"primaryGuestJson": named(&format!("S{n}"))})).await.data();
        }
        // One more on the second night: the one who stays for both nights leaves for both.
        desk.book("2027-02-11", "2027-02-12", json!({"primaryGuestJson": named("Late")})).await.data();
        let answer = ask(desk, json!(STD)).await.data()[0].clone();
        assert_eq!(
            (&answer["outcome"], &answer["upgradeCount"], &answer["moveCount"]),
            (&json!("PLAN"), &json!(2), &json!(0)),
            "{answer}"
        );
        assert_eq!((&answer["message"], &answer["atLeastUpgrades"]), (&json!("It fits when 2 stays are upgraded."), &json!(2)));
        let moves = answer["moves"].as_array().unwrap();
        assert_eq!((moves.len(), moves.iter().filter(|it| it["isUpgrade"] == true).count()), (7, 2));

        let done = desk.post(&format!("{FIT}/execute"), accepted(&answer)).await.data();
        let raised: Vec<&Value> =
            done["bookings"].as_array().unwrap().iter().filter(|b| !b["roomId"].as_str().unwrap().contains("R10")).collect();
        assert_eq!(raised.len(), 2);
        for booking in raised {
            assert_eq!((&booking["roomTypeId"], &booking["nightlyRateCents"]), (&json!(STD), &json!(100_00)));
        }
        desk.post(&format!("{FIT}/execute"), json!({"moves": done["undo"]})).await.data();
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn nobody_is_lowered_and_who_cannot_move_stays() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let top = ranked(desk).await;
        let book = |name: &'static str, more: Value| async move {
            let mut more = more;
            more["primaryGuestJson"] = named(name);
            desk.book("2027-02-10", "2027-02-12", more).await.data()
        };
        for n in 101..106 {
            book("Pinned", json!({"roomId": room(n), "isPinned": true})).await;
        }
        for n in [201, 202] {
            book("Pinned", json!({"roomTypeId": SUITE, "roomId": room(n), "isPinned": true})).await;
        }
        // One suite is left, and the top: alone the suite's guest can go there, for the other is two.
        let alone = book("Alone", json!({"roomTypeId": SUITE, "roomId": room(203), "adults": 1})).await;
        book("Two", json!({"adults": 2})).await;
        let answer = ask(desk, json!(STD)).await.data()[0].clone();
        assert_eq!(told(&answer), "Guest Alone 203>401, Guest Two ->203", "{answer}");
        assert_eq!(
            (&answer["upgradeCount"], &answer["message"]),
            (&json!(2), &json!("It fits when 2 stays are upgraded and 1 stay moves."))
        );
        assert_eq!(answer["moves"][0]["version"], alone["version"]);

        // For a second two there is no way, and those who cannot move are named.
        book("More", json!({"adults": 2})).await;
        let answer = ask(desk, json!(STD)).await.data()[0].clone();
        assert_eq!(answer["outcome"], "IMPOSSIBLE", "{answer}");
        assert!(fixed(&answer).iter().all(|it| it.contains("PINNED")) && answer["proof"]["isSmallest"] == true, "{answer}");
        // Nobody is upgraded from the best.
        ask(desk, top).await.invalid("upgrade.roomTypeId");
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_name() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    ask(desk, json!(STD)).await.invalid("upgrade.roomTypeId");
    ranked(desk).await;
    ask(other, json!(STD)).await.invalid("upgrade.roomTypeId");
    ask(desk, json!(OTHER_TYPE)).await.invalid("upgrade.roomTypeId");
    let dates = |from: &str, to: &str| json!({"upgrade": {"roomTypeId": STD, "startDate": from, "endDate": to}});
    let preview = format!("{FIT}/preview");
    desk.post(&preview, dates("2027-02-12", "2027-02-12")).await.invalid("upgrade.endDate");
    desk.post(&preview, dates("2027-01-31", "2027-02-12")).await.invalid("upgrade.startDate");
    let out_of_order = json!({"version": 2, "upgradeRank": null});
    assert_eq!(
        desk.send(Method::PATCH, &format!("/room-types/{STD}"), &[], out_of_order).await.data()["upgradeRank"],
        Value::Null
    );
    let too_high = json!({"version": 3, "upgradeRank": 1001});
    desk.send(Method::PATCH, &format!("/room-types/{STD}"), &[], too_high).await.invalid("upgradeRank");
    // Nobody waits.
    assert_eq!(
        desk.send(Method::PATCH, &format!("/room-types/{STD}"), &[], json!({"version": 3, "upgradeRank": 1})).await.status,
        200
    );
    assert_eq!(ask(desk, json!(STD)).await.data()[0]["message"], "Nobody waits for a room.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_upgrade_at_once_one_wins() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        ranked(desk).await;
        for _ in 0..6 {
            desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
        }
        let plan = accepted(&ask(desk, json!(STD)).await.data()[0]);
        let path = format!("{FIT}/execute");
        let answers = join_all((0..8).map(|_| desk.post(&path, plan.clone()))).await;
        assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
        answers.iter().filter(|a| a.status != 200).for_each(|lost| {
            lost.refused(409, "CONCURRENCY_CONFLICT");
        });
    }
    assert_sound(&app).await;
}
