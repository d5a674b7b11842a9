//! Small houses: thousands at random against trying everything, and some that one can see.

use oppsera_pms::fit::{
    check,
    model::{Answer, House, Patience},
    solve::solve,
};

use super::{
    brute, drawing,
    houses::{self, Size},
};

fn solved(house: &House) -> Answer {
    solve(house, &mut Patience { steps: 2_000_000, is_over: &|| false })
}

/// A house that keeps only what the proof names, without one of them.
fn only(house: &House, fixtures: &[usize], guests: &[usize]) -> House {
    House {
        fixtures: fixtures.iter().map(|n| house.fixtures[*n]).collect(),
        guests: guests.iter().map(|n| house.guests[*n]).collect(),
        pairs: Vec::new(),
        ..house.clone()
    }
}

fn without(list: &[usize], n: usize) -> Vec<usize> {
    list.iter().enumerate().filter(|(at, _)| *at != n).map(|(_, it)| *it).collect()
}

fn compare(seed: u64, size: Size) -> &'static str {
    let house = houses::random(seed, size);
    let truth = brute::fewest(&house);
    let seen = || format!("seed {seed} {size:?}\n{}", drawing::draw(&house));
    match solved(&house) {
        Answer::Plan(plan) => {
            check::plan(&house, &plan).unwrap_or_else(|wrong| panic!("{wrong}\n{}", seen()));
            assert!(plan.is_cheapest);
            assert_eq!(Some((plan.moves, plan.cost)), truth, "{plan:?}\n{}", seen());
            if plan.moves == 0 { "free" } else { "plan" }
        }
        Answer::Impossible(proof) => {
            assert_eq!(truth, None, "{proof:?}\n{}", seen());
            check::proof(&house, &proof).unwrap_or_else(|wrong| panic!("{wrong}: {proof:?}\n{}", seen()));
            assert!(brute::fewest(&only(&house, &proof.fixtures, &proof.guests)).is_none(), "{proof:?}\n{}", seen());
            assert!(proof.is_smallest);
            for n in 0..proof.fixtures.len() {
                let rest = only(&house, &without(&proof.fixtures, n), &proof.guests);
                assert!(brute::fewest(&rest).is_some(), "fixture {n} of {proof:?}\n{}", seen());
            }
            for n in 0..proof.guests.len() {
                let rest = only(&house, &proof.fixtures, &without(&proof.guests, n));
                assert!(brute::fewest(&rest).is_some(), "guest {n} of {proof:?}\n{}", seen());
            }
            "proof"
        }
        Answer::Undecided { .. } => panic!("not decided\n{}", seen()),
    }
}

fn compare_all(seeds: std::ops::Range<u64>, size: impl Fn(u64) -> Size) {
    let mut told = std::collections::BTreeMap::<&str, usize>::new();
    for seed in seeds {
        *told.entry(compare(seed, size(seed))).or_default() += 1;
    }
    assert!(told.len() == 3 && told.values().all(|n| *n > 20), "of each answer there must be some: {told:?}");
}

#[test]
fn rooms_alike_as_by_trying_everything() {
    compare_all(0..3000, |seed| Size {
        rooms: 2 + (seed % 3) as usize,
        nights: 6,
        fixed: 15,
        empty: 30,
        requests: 1 + (seed % 7 / 6) as usize,
        has_choices: false,
        has_costs: false,
        pairs: 0,
    });
}

#[test]
fn hard_wishes_and_many_requests_as_by_trying_everything() {
    compare_all(10_000..12_000, |seed| Size {
        rooms: 2 + (seed % 3) as usize,
        nights: 6,
        fixed: 20,
        empty: 40,
        requests: 1 + (seed % 3) as usize,
        has_choices: true,
        has_costs: false,
        pairs: 0,
    });
}

#[test]
fn of_as_many_moves_the_cheapest_as_by_trying_everything() {
    compare_all(20_000..22_000, |seed| Size {
        rooms: 3 + (seed % 2) as usize,
        nights: 5,
        fixed: 15,
        empty: 40,
        requests: 1 + (seed % 2) as usize,
        has_choices: seed % 3 == 0,
        has_costs: true,
        pairs: 0,
    });
}

#[test]
fn of_as_many_moves_the_nearest_as_by_trying_everything() {
    compare_all(30_000..32_000, |seed| Size {
        rooms: 3 + (seed % 2) as usize,
        nights: 5,
        fixed: 15,
        empty: 40,
        requests: 1 + (seed % 2) as usize,
        has_choices: seed % 3 == 0,
        has_costs: seed % 2 == 0,
        pairs: 1 + (seed % 3) as usize,
    });
}

#[track_caller]
fn answers(text: &str, expected: &str) {
    let (house, names) = drawing::house(text);
    let answer = solved(&house);
    match &answer {
        Answer::Plan(plan) => check::plan(&house, plan).unwrap(),
        Answer::Impossible(proof) => check::proof(&house, proof).unwrap(),
        Answer::Undecided { .. } => {}
    }
    assert_eq!(drawing::told(&answer, &names), expected, "{text}");
}

#[test]
fn a_free_room_needs_no_move() {
    answers(
        "0 |AAA.
         1 |....
         ? |.XX.",
        "0 moves: X 1",
    );
}

#[test]
fn one_makes_way() {
    answers(
        "0 |AA..
         1 |..BB
         ? |.XX.",
        "1 moves: A 1, X 0",
    );
}

#[test]
fn two_change_rooms_at_the_end_of_a_third() {
    answers(
        "0 |AABBB.
         1 |.CCC..
         2 |DDDFEE
         ? |...XXX",
        "no: fixtures [], guests BCFX, nights 1-6",
    );
    answers(
        "0 |AA.BBB
         1 |CCC.DD
         ? |..XX..",
        "2 moves: B 1, D 0, X 0",
    );
}

#[test]
fn what_cannot_move_is_named() {
    answers(
        "0 |AA.##
         1 |##...
         ? |..XXX",
        "0 moves: X 1",
    );
    answers(
        "0 |AAA##
         1 |##..B
         ? |...XX",
        "no: fixtures [0], guests BX, nights 3-5",
    );
}

#[test]
fn who_needs_a_certain_room_gets_it() {
    answers(
        "0 |AAA
         1 |...
         ? |XXX
         X: 0",
        "1 moves: A 1, X 0",
    );
    answers(
        "0 |AAA
         1 |...
         ? |XXX
         AX: 0",
        "no: fixtures [], guests AX, nights 0-3",
    );
}

#[test]
fn an_end_of_patience_is_told() {
    let (house, _) = drawing::house("0 |AA..\n1 |..BB\n? |.XX.");
    let answer = solve(&house, &mut Patience { steps: 1, is_over: &|| false });
    assert_eq!(answer, Answer::Undecided { at_least: 0, found: None });
}
