//! The same question answered by trying everything: every guest in every room.

use oppsera_pms::fit::model::House;

/// Fewest moves and, of those plans, the least cost. `None`: it cannot be done.
pub fn fewest(house: &House) -> Option<(usize, u64)> {
    fewest_upgrades(house).map(|(_, moves, cost)| (moves, cost))
}

/// Fewest upgrades, of those plans fewest moves, of those the least cost.
pub fn fewest_upgrades(house: &House) -> Option<(usize, usize, u64)> {
    let mut taken = vec![0_u64; house.rooms];
    for fixture in &house.fixtures {
        taken[fixture.room] |= mask(fixture.nights.from, fixture.nights.to);
    }
    let mut best = None;
    place(house, &mut Vec::new(), &mut taken, (0, 0, 0), &mut best);
    best
}

fn mask(from: usize, to: usize) -> u64 {
    (from..to).fold(0, |bits, night| bits | 1 << night)
}

/// How far those are apart who would rather be near, where one of them sleeps elsewhere than before.
fn apart(house: &House, rooms: &[usize]) -> u64 {
    let changed = |guest: usize| house.guests[guest].room != Some(rooms[guest]);
    let pairs = house.pairs.iter().filter(|(a, b)| changed(*a) || changed(*b));
    pairs.map(|(a, b)| u64::from(house.apart[rooms[*a] * house.rooms + rooms[*b]])).sum()
}

/// `rooms`: of the guests so far.
fn place(
    house: &House,
    rooms: &mut Vec<usize>,
    taken: &mut [u64],
    sum: (usize, usize, u64),
    best: &mut Option<(usize, usize, u64)>,
) {
    if best.is_some_and(|best| sum >= best) {
        return;
    }
    let Some(it) = house.guests.get(rooms.len()) else {
        let sum = (sum.0, sum.1, sum.2 + apart(house, rooms));
        if best.is_none_or(|best| sum < best) {
            *best = Some(sum);
        }
        return;
    };
    let nights = mask(it.nights.from, it.nights.to);
    for room in 0..house.rooms {
        let stays = it.room == Some(room);
        if taken[room] & nights != 0 || !(stays || house.choices[it.choice].rooms[room]) {
            continue;
        }
        let better = usize::from(!stays && house.levels.get(room).is_some_and(|level| *level > house.choices[it.choice].level));
        let moved = usize::from(!stays && it.room.is_some());
        let cost = if stays { 0 } else { house.choices[it.choice].costs.get(room).copied().unwrap_or(0) };
        taken[room] |= nights;
        rooms.push(room);
        place(house, rooms, taken, (sum.0 + better, sum.1 + moved, sum.2 + u64::from(cost)), best);
        rooms.pop();
        taken[room] &= !nights;
    }
}
