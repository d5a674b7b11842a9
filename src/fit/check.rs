//! Looks at what the search says, and shares none of its code: a plan by laying it out, a proof by following every way to fill the
//! rooms, arrival by arrival.

use std::collections::BTreeSet;

use super::model::{House, Plan, Proof};

/// Errors: what is wrong with the plan.
pub fn plan(house: &House, plan: &Plan) -> Result<(), String> {
    let mut room_of: Vec<Option<usize>> = house.guests.iter().map(|guest| guest.room).collect();
    let mut moves = 0;
    let mut cost = 0;
    for (n, (guest, room)) in plan.rooms.iter().enumerate() {
        if plan.rooms[..n].iter().any(|(other, _)| other == guest) {
            return Err(format!("guest {guest} is moved twice"));
        }
        let (nights, choice) = (house.guests[*guest].nights, &house.choices[house.guests[*guest].choice]);
        if !choice.rooms[*room] {
            return Err(format!("room {room} will not do for guest {guest}, nights {nights:?}"));
        }
        if room_of[*guest] == Some(*room) {
            return Err(format!("guest {guest} is moved to where he is"));
        }
        moves += usize::from(house.guests[*guest].room.is_some());
        cost += u64::from(choice.costs.get(*room).copied().unwrap_or(0));
        room_of[*guest] = Some(*room);
    }
    for (a, b) in &house.pairs {
        let is_put = plan.rooms.iter().any(|(guest, _)| guest == a || guest == b);
        if let (true, Some(from), Some(to)) = (is_put, room_of[*a], room_of[*b]) {
            cost += u64::from(house.apart[from * house.rooms + to]);
        }
    }
    let better = |(guest, room): &&(usize, usize)| {
        let level = house.choices[house.guests[*guest].choice].level;
        house.levels.get(*room).is_some_and(|of_room| *of_room > level)
    };
    let upgrades = plan.rooms.iter().filter(better).count();
    if (moves, upgrades, cost) != (plan.moves, plan.upgrades, plan.cost) {
        let told = (plan.moves, plan.upgrades, plan.cost);
        return Err(format!("{moves} moves, {upgrades} upgrades, cost {cost}; told are {told:?}"));
    }
    let mut taken = vec![vec![None; house.nights]; house.rooms];
    for (n, fixture) in house.fixtures.iter().enumerate() {
        fixture.nights.all().for_each(|night| taken[fixture.room][night] = Some(format!("fixture {n}")));
    }
    for (n, guest) in house.guests.iter().enumerate() {
        let Some(room) = room_of[n] else { return Err(format!("guest {n} has no room")) };
        for night in guest.nights.all() {
            if let Some(other) = taken[room][night].replace(format!("guest {n}")) {
                return Err(format!("room {room} has {other} and guest {n} on night {night}"));
            }
        }
    }
    Ok(())
}

/// How many ways to fill the rooms are followed side by side.
const MOST_WAYS: usize = 200_000;

/// A room as it is at an arrival: whom it will do for, what is fixed from then on, until when a guest is in it.
type Seen = (Vec<bool>, Vec<(usize, usize)>, usize);

/// Errors: the guests do fit beside the fixtures; or the ways are too many to follow.
pub fn proof(house: &House, proof: &Proof) -> Result<(), String> {
    if is_too_full(house, proof) {
        return Ok(());
    }
    let mut guests = proof.guests.clone();
    guests.sort_by_key(|n| house.guests[*n].nights.from);
    let mut start: Vec<Seen> = (0..house.rooms).map(|room| first_seen(house, proof, room)).collect();
    start.sort();
    let mut ways = BTreeSet::from([start]);
    for (n, guest) in guests.iter().enumerate() {
        let (from, to) = (house.guests[*guest].nights.from, house.guests[*guest].nights.to);
        let mut next = BTreeSet::new();
        for way in &ways {
            for (at, (will_do, fixed, until)) in way.iter().enumerate() {
                let is_same = at > 0 && way[at] == way[at - 1];
                let is_free = *until <= from && fixed.iter().all(|(a, b)| *b <= from || to <= *a);
                // Whom a room will do for stands in the order of the proof's guests.
                let own = proof.guests.iter().position(|other| other == guest).is_some_and(|k| will_do[k]);
                if is_same || !is_free || !own {
                    continue;
                }
                let mut then = way.clone();
                then[at].2 = to;
                let now = guests.get(n + 1).map_or(to, |later| house.guests[*later].nights.from);
                for room in &mut then {
                    room.1.retain(|(_, b)| *b > now);
                    if room.2 <= now {
                        room.2 = 0;
                    }
                }
                then.sort();
                next.insert(then);
                if next.len() > MOST_WAYS {
                    return Err("there are too many ways to follow them all".into());
                }
            }
        }
        ways = next;
    }
    if ways.is_empty() { Ok(()) } else { Err(format!("guests {:?} fit beside fixtures {:?}", proof.guests, proof.fixtures)) }
}

fn first_seen(house: &House, proof: &Proof, room: usize) -> Seen {
    let will_do = |n: &usize| house.guests[*n].room == Some(room) || house.choices[house.guests[*n].choice].rooms[room];
    let in_it = proof.fixtures.iter().map(|n| house.fixtures[*n]).filter(|f| f.room == room);
    let mut fixed: Vec<(usize, usize)> = in_it.map(|f| (f.nights.from, f.nights.to)).collect();
    fixed.sort_unstable();
    (proof.guests.iter().map(will_do).collect(), fixed, 0)
}

/// A night with more of them than rooms: the simplest of proofs.
fn is_too_full(house: &House, proof: &Proof) -> bool {
    (0..house.nights).any(|night| {
        let guests = proof.guests.iter().filter(|n| house.guests[**n].nights.has(night)).count();
        let fixtures = proof.fixtures.iter().filter(|n| house.fixtures[**n].nights.has(night)).count();
        guests + fixtures > house.rooms
    })
}
