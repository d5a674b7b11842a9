//! The whole question: each night by itself, few moves, whether it is possible at all, and then as many moves as it takes.

use super::{
    feasible::{Part, Verdict, feasible, feasible_within},
    model::{Answer, House, Patience, Plan},
    night, proof,
    search::{OutOfTime, Search},
    upgrade,
};

/// Most rooms of one question.
pub const MOST_ROOMS: usize = 1024;

/// Up to so many moves are tried before it is asked whether more can help: most questions end here, in less time than that takes.
const QUICK_MOVES: usize = 2;

/// With how many steps of the search the two ways take turns at first; each time it is twice as many.
const FIRST_TURN: u64 = 20_000;

/// A step of the sweep looks at every room twice; so many of the search take as long.
const STEPS_OF_SEARCH: u64 = 50;

/// With so many moves a plan is looked for that will do, while that of the fewest is.
const GENEROUS_MOVES: usize = 40;

/// However many are upgraded.
const ANY: usize = usize::MAX;

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
        match Search::<W>::new(house, patience).with(moves, ANY) {
            Ok(Some(plan)) => return Answer::Plan(plan),
            Ok(None) => moves += 1,
            Err(OutOfTime) => return Answer::Undecided { at_least: moves, found: None },
        }
    }
    // Whether it is possible, asked of ever more nights around, and ever more moves: whoever is done first.
    let (mut reach, mut turn, mut arrangement) = (1, FIRST_TURN, None);
    while patience.steps > 0 {
        if let Some(plan) = patience.in_turn(turn, |turn| more_moves::<W>(house, &mut moves, ANY, turn)) {
            return Answer::Plan(plan);
        }
        if arrangement.is_none() {
            match patience.in_turn(turn / STEPS_OF_SEARCH, |turn| possible(house, &mut reach, ANY, turn)) {
                Some(Ok(plan)) => arrangement = Some(plan),
                Some(Err(part)) => return Answer::Impossible(proof::smallest(house, part, patience)),
                None => {}
            }
        }
        turn *= 2;
    }
    Answer::Undecided { at_least: moves, found: arrangement }
}

/// The plan that upgrades the fewest, and of these plans that of fewest moves; or why there is none. Also how many must be upgraded,
/// as far as that is known.
///
/// # Panics
/// With more than [`MOST_ROOMS`] rooms.
pub fn solve_with_upgrades(house: &House, patience: &mut Patience) -> (Answer, usize) {
    match house.rooms {
        0..=64 => upgrading::<1>(house, patience),
        65..=256 => upgrading::<4>(house, patience),
        257..=MOST_ROOMS => upgrading::<16>(house, patience),
        rooms => panic!("{rooms} rooms in one question"),
    }
}

fn upgrading<const W: usize>(house: &House, patience: &mut Patience) -> (Answer, usize) {
    if let Some(part) = night::short(house, &proof::neighbourhood(house, 0)) {
        return (Answer::Impossible(proof::smallest(house, part, patience)), 0);
    }
    // What cannot be however many are upgraded is nearly always seen soon.
    if let Some(Err(part)) = patience.in_turn(FIRST_TURN / STEPS_OF_SEARCH, |turn| possible(house, &mut 1, ANY, turn)) {
        return (Answer::Impossible(proof::smallest(house, part, patience)), 0);
    }
    let mut least = upgrade::at_least(house);
    loop {
        let (mut reach, mut turn, mut moves, mut found, mut slack) = (Some(1), FIRST_TURN, 0, None, 0);
        // Until it is known that so many do not do.
        let part = loop {
            if patience.steps == 0 {
                return (Answer::Undecided { at_least: moves, found }, least);
            }
            if let Some(plan) = patience.in_turn(turn, |turn| more_moves::<W>(house, &mut moves, least, turn)) {
                return (Answer::Plan(plan), least);
            }
            // With more upgrades than it takes a plan is there sooner still.
            let more = if found.is_none() { slack } else { 0 };
            patience.in_turn(turn, |turn| any_plan::<W>(house, least + more, &mut found, turn));
            slack += 1;
            if let Some(reach_now) = &mut reach {
                match patience.in_turn(turn / STEPS_OF_SEARCH, |turn| possible(house, reach_now, least, turn)) {
                    Some(Ok(plan)) => (found, reach) = (found.or(Some(plan)), None),
                    Some(Err(part)) => break part,
                    None => {}
                }
            }
            turn *= 2;
        };
        // Is it for want of upgrades?
        match feasible(house, &part, patience) {
            Verdict::Impossible => return (Answer::Impossible(proof::smallest(house, part, patience)), least),
            Verdict::Possible(_) => least += 1,
            Verdict::Unknown => return (Answer::Undecided { at_least: 0, found: None }, least + 1),
        }
    }
}

/// A plan of fewer moves than the one that was found, if any was, though not of the fewest: with more moves than it takes it is soon there.
fn any_plan<const W: usize>(house: &House, upgrades: usize, found: &mut Option<Plan>, patience: &mut Patience) {
    let mut moves = match found {
        Some(plan) if plan.upgrades <= upgrades => plan.moves.saturating_sub(1).min(GENEROUS_MOVES),
        _ => GENEROUS_MOVES,
    };
    while let Ok(Some(plan)) = Search::<W>::new(house, patience).with(moves, upgrades) {
        moves = plan.moves.saturating_sub(1);
        let is_least = plan.moves == 0;
        *found = Some(plan);
        if is_least {
            return;
        }
    }
}

/// An arrangement of the whole house, or a part of it for which there is none. `None`: the time was over.
fn possible(house: &House, reach: &mut usize, upgrades: usize, patience: &mut Patience) -> Option<Result<Plan, Part>> {
    loop {
        let part = if *reach < house.nights { proof::neighbourhood(house, *reach) } else { Part::whole(house) };
        match feasible_within(house, &part, upgrades, patience) {
            Verdict::Impossible => return Some(Err(part)),
            Verdict::Possible(rooms) if *reach >= house.nights => return Some(Ok(plan_of(house, &rooms))),
            Verdict::Possible(_) => *reach *= 2,
            Verdict::Unknown => return None,
        }
    }
}

/// The first plan, from so many moves on. `None`: the time was over.
fn more_moves<const W: usize>(house: &House, moves: &mut usize, upgrades: usize, patience: &mut Patience) -> Option<Plan> {
    loop {
        match Search::<W>::new(house, patience).with(*moves, upgrades) {
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
    let moves = house.moves_of(&rooms);
    let (upgrades, cost) = (house.upgrades_of(&rooms), house.cost_of(&rooms));
    Plan { rooms, moves, upgrades, cost, is_cheapest: false }
}
