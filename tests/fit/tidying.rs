//! Longer gaps: small houses against trying everything, and what is made of it at the desk.

use oppsera_pms::fit::{
    check,
    model::{House, Nights, Patience},
    tidy::{Tidied, most, score, tidy},
};
use serde_json::json;

use super::{
    drawing,
    hotel::{Hotel, accepted, told},
    houses::{self, Size},
};
use crate::support::{sound::assert_sound, *};

/// Every guest in every room, by at most so many moves: the most that can be had, and the fewest moves for it.
fn best(house: &House, until: usize, moves: usize) -> (u64, std::cmp::Reverse<usize>) {
    fn place(house: &House, rooms: &mut Vec<usize>, left: usize, all: &mut impl FnMut(&[usize], usize)) {
        let Some(guest) = house.guests.get(rooms.len()) else { return all(rooms, left) };
        for room in 0..house.rooms {
            let stays = guest.room == Some(room);
            if !stays && (left == 0 || !house.choices[guest.choice].rooms[room]) {
                continue;
            }
            let is_taken = |other: Nights| other.overlap(guest.nights);
            let by_guest = rooms.iter().enumerate().any(|(n, of)| *of == room && is_taken(house.guests[n].nights));
            if by_guest || house.fixtures.iter().any(|f| f.room == room && is_taken(f.nights)) {
                continue;
            }
            rooms.push(room);
            place(house, rooms, left - usize::from(!stays), all);
            rooms.pop();
        }
    }
    let mut best = (0, std::cmp::Reverse(0));
    place(house, &mut Vec::new(), moves, &mut |rooms, left| {
        best = best.max((score(house, rooms, until), std::cmp::Reverse(moves - left)));
    });
    best
}

fn house(seed: u64) -> House {
    let size = Size {
        rooms: 2 + (seed % 3) as usize,
        nights: 8,
        fixed: 15,
        empty: [30, 50, 70][(seed % 3) as usize],
        requests: 0,
        has_choices: seed.is_multiple_of(4),
        has_costs: false,
        pairs: 0,
    };
    houses::random(seed, size)
}

fn checked(house: &House, until: usize, moves: usize, steps: u64) -> Tidied {
    let seen = || format!("{moves} moves until {until}\n{}", drawing::draw(house));
    let tidied = tidy(house, until, moves, &mut Patience { steps, is_over: &|| false });
    check::plan(house, &tidied.plan).unwrap_or_else(|wrong| panic!("{wrong}\n{}", seen()));
    let mut rooms: Vec<usize> = house.guests.iter().map(|guest| guest.room.unwrap()).collect();
    assert_eq!(tidied.before, score(house, &rooms, until), "{}", seen());
    tidied.plan.rooms.iter().for_each(|(guest, room)| rooms[*guest] = *room);
    assert_eq!(tidied.after, score(house, &rooms, until), "{tidied:?}\n{}", seen());
    assert!(tidied.plan.moves <= moves && tidied.before <= tidied.after, "{tidied:?}\n{}", seen());
    assert!(tidied.after <= tidied.at_most && tidied.at_most <= most(house, until), "{tidied:?}\n{}", seen());
    tidied
}

#[test]
fn the_longest_gaps_and_then_the_fewest_moves_as_by_trying_everything() {
    let mut by_moves = [0; 4];
    for seed in 50_000..53_000 {
        let (house, until, moves) = (house(seed), 5 + (seed % 4) as usize, 1 + (seed % 3) as usize);
        let tidied = checked(&house, until, moves, 10_000_000);
        let seen = || format!("seed {seed}, {moves} moves until {until}\n{}", drawing::draw(&house));
        assert!(tidied.is_best, "{}", seen());
        let truth = best(&house, until, moves);
        assert_eq!((tidied.after, std::cmp::Reverse(tidied.plan.moves)), truth, "{tidied:?}\n{}", seen());
        by_moves[tidied.plan.moves] += 1;
    }
    assert!(by_moves.iter().all(|n| *n > 20), "{by_moves:?}");
}

#[test]
fn what_was_found_when_the_time_was_over_is_bounded() {
    let mut cut = 0;
    for seed in 60_000..60_500 {
        let house = house(seed);
        let tidied = checked(&house, 8, 3, 20);
        assert!(best(&house, 8, 3).0 <= tidied.at_most, "{tidied:?}\n{}", drawing::draw(&house));
        cut += usize::from(!tidied.is_best);
    }
    assert!(cut > 50, "{cut}");
}

#[test]
fn a_hole_is_filled_and_a_week_becomes_free() {
    let (house, names) = drawing::house(
        "0 |AA..BBB
         1 |..CC...",
    );
    let tidied = checked(&house, 7, 2, 1_000_000);
    assert_eq!((tidied.before, tidied.after, tidied.is_best), (4 + 4 + 9, 49, true));
    assert_eq!(tidied.plan.rooms.iter().map(|(guest, room)| (names[*guest], *room)).collect::<Vec<_>>(), [('C', 0)]);
}

#[tokio::test]
async fn a_tidy_week_is_shown_and_then_made() {
    let app = TestApp::start().await;
    for desk in app.desks() {
        let text = "101 |AA.BBB
             102 |..C...
             103 |d.EEEE
             104 |FFFFFF
             105 |######";
        let hotel = Hotel::drawn(desk, text).await;
        let asked = |weeks: u32, moves: u32| json!({"tidy": {"roomTypeId": STD, "weeks": weeks, "moves": moves}});
        let answer = hotel.ask(asked(3, 1)).await.data()[0].clone();
        assert_eq!((&answer["outcome"], told(&answer).as_str()), (&json!("PLAN"), "Guest C 102>101"), "{answer}");
        let gaps = &answer["gaps"];
        assert_eq!((&gaps["isBest"], &gaps["after"]), (&json!(true), &gaps["atMost"]));
        let (before, after) = (gaps["before"].as_u64().unwrap(), gaps["after"].as_u64().unwrap());
        // From the 1st to the 21st: what was 11, 1 and 8 nights apart is one gap of 21, and the hole of one night is filled.
        assert_eq!(after - before, 21 * 21 - 11 * 11 - 9 * 9 - 1);
        let (now, then) = (json!({"count": 12, "longest": 11}), json!({"count": 10, "longest": 21}));
        assert_eq!((&gaps["now"], &gaps["then"]), (&now, &then), "{answer}");
        assert!(
            answer["message"].as_str().unwrap().ends_with("10 instead of 12, the longest 21 nights instead of 11."),
            "{answer}"
        );
        hotel.execute(accepted(&answer)).await.data();
        assert!(hotel.draw().await.starts_with("101 |AACBBB\n102 |......"), "{}", hotel.draw().await);

        hotel.ask(asked(0, 1)).await.invalid("tidy.weeks");
        hotel.ask(asked(27, 1)).await.invalid("tidy.weeks");
        hotel.ask(asked(1, 21)).await.invalid("tidy.moves");
        let elsewhere = json!({"tidy": {"roomTypeId": OTHER_TYPE, "weeks": 1, "moves": 1}});
        hotel.ask(elsewhere).await.invalid("tidy.roomTypeId");
    }
    assert_sound(&app).await;
}
