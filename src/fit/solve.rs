//! The whole question: each night by itself, few moves, whether it is possible at all, and then as many moves as it takes.

use super::{
    feasible::{Part, Verdict, feasible},
    model::{Answer, House, Patience, Plan},
    night, proof,
    search::{OutOfTime, Search},
};

/// Most rooms of one question.
pub const MOST_ROOMS: usize = 1024;

/// Up to so many moves are tried before it is asked whether more can help: most questions end here, in less time than that takes.
const QUICK_MOVES: usize = 2;

/// With how many steps of the search the two ways take turns at first; each time it is twice as many.
const FIRST_TURN: u64 = 20_000;

/// A step of the sweep looks at every room twice; so many of the search take as long.
const STEPS_OF_SEARCH: u64 = 50;

/// The plan of fewest moves, or why there is none.
///
/// # Panics
/// With more than [`MOST_ROOMS`] rooms.
pub fn solve(house: &House, patience: &mut Patience) -> Answer {
    match house.rooms {
        0..=64 => solve_in::<1>(house, patience),
        65..=256 => solve_in::<4>(house, patience),
        257..=MOST_ROOMS => solve_in::<16>(house, patience),
        rooms => panic!("{rooms} rooms in one question"),
    }
}

fn solve_in<const W: usize>(house: &House, patience: &mut Patience) -> Answer {
    if let Some(part) = night::short(house, &proof::neighbourhood(house, 0)) {
        return Answer::Impossible(proof::smallest(house, part, patience));
    }
    let mut moves = 0;
    while moves <= QUICK_MOVES {
        match Search::<W>::new(house, patience).with(moves) {
            Ok(Some(plan)) => return Answer::Plan(plan),
            Ok(None) => moves += 1,
            Err(OutOfTime) => return Answer::Undecided { at_least: moves, found: None },
        }
    }
    // Whether it is possible, asked of ever more nights around, and ever more moves: whoever is done first.
    let (mut reach, mut turn, mut arrangement) = (1, FIRST_TURN, None);
    while patience.steps > 0 {
        if let Some(plan) = patience.in_turn(turn, |turn| more_moves::<W>(house, &mut moves, turn)) {
            return Answer::Plan(plan);
        }
        if arrangement.is_none() {
            match patience.in_turn(turn / STEPS_OF_SEARCH, |turn| possible(house, &mut reach, turn)) {
                Some(Ok(plan)) => arrangement = Some(plan),
                Some(Err(part)) => return Answer::Impossible(proof::smallest(house, part, patience)),
                None => {}
            }
        }
        turn *= 2;
    }
    Answer::Undecided { at_least: moves, found: arrangement }
}

/// An arrangement of the whole house, or a part of it for which there is none. `None`: the time was over.
fn possible(house: &House, reach: &mut usize, patience: &mut Patience) -> Option<Result<Plan, Part>> {
    loop {
        let part = if *reach < house.nights { proof::neighbourhood(house, *reach) } else { Part::whole(house) };
        match feasible(house, &part, patience) {
            Verdict::Impossible => return Some(Err(part)),
            Verdict::Possible(rooms) if *reach >= house.nights => return Some(Ok(plan_of(house, &rooms))),
            Verdict::Possible(_) => *reach *= 2,
            Verdict::Unknown => return None,
        }
    }
}

/// The first plan, from so many moves on. `None`: the time was over.
fn more_moves<const W: usize>(house: &House, moves: &mut usize, patience: &mut Patience) -> Option<Plan> {
    loop {
        match Search::<W>::new(house, patience).with(*moves) {
            Ok(Some(plan)) => return Some(plan),
            Ok(None) => *moves += 1,
            Err(OutOfTime) => return None,
        }
    }
}

/// The arrangement as a plan: who sleeps elsewhere than now.
fn plan_of(house: &House, rooms: &[usize]) -> Plan {
    let rooms: Vec<(usize, usize)> =
        rooms.iter().copied().enumerate().filter(|(guest, room)| house.guests[*guest].room != Some(*room)).collect();
    let moves = rooms.iter().filter(|(guest, _)| house.guests[*guest].room.is_some()).count();
    let cost = house.cost_of(&rooms);
    Plan { rooms, moves, cost, is_cheapest: false }
}
