//! How many must be upgraded, seen from the counts of the nights alone.

use super::model::House;

/// At least so many must be given a better room than they have, however the others lie. Exact as long as only the counts are short.
///
/// Of the rooms up to a level and those who have not more than it, each night that has more guests than rooms must be left by as many.
/// Whoever leaves, leaves all of his nights: so the fewest who cover the nights, each as often as it is short, is what it takes. Going by
/// the nights, the one who covers a short night and stays longest is as good as any other.
pub fn at_least(house: &House) -> usize {
    leavers_of(house).len()
}

/// Those by whom it is seen: who is upgraded first when it does not matter.
pub fn leavers_of(house: &House) -> Vec<usize> {
    let mut levels = house.levels.clone();
    levels.sort_unstable();
    levels.dedup();
    levels.pop();
    levels.into_iter().map(|level| leavers(house, level)).max_by_key(Vec::len).unwrap_or_default()
}

fn leavers(house: &House, level: usize) -> Vec<usize> {
    let level_of = |guest: usize| house.choices[house.guests[guest].choice].level;
    let own_room = |guest: usize| house.guests[guest].room.map(|room| house.level(room));
    let is_here = |guest: &usize| level_of(*guest) <= level && own_room(*guest).is_none_or(|it| it <= level);
    let nights_of = |guest: usize| house.guests[guest].nights;
    let mut staying: Vec<usize> = (0..house.guests.len()).filter(is_here).collect();
    let rooms = (0..house.rooms).filter(|room| house.level(*room) <= level).count();
    let mut there = vec![0_usize; house.nights];
    let fixed = house.fixtures.iter().filter(|fixture| house.level(fixture.room) <= level).map(|fixture| fixture.nights);
    for nights in fixed.chain(staying.iter().map(|guest| nights_of(*guest))) {
        nights.all().for_each(|night| there[night] += 1);
    }
    let mut gone = Vec::new();
    for night in 0..house.nights {
        while there[night] > rooms {
            let longest =
                (0..staying.len()).filter(|n| nights_of(staying[*n]).has(night)).max_by_key(|n| nights_of(staying[*n]).to);
            // None left to go: it is impossible, which others will say.
            let Some(longest) = longest else { break };
            let guest = staying.swap_remove(longest);
            nights_of(guest).all().for_each(|night| there[night] -= 1);
            gone.push(guest);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::model::{Choice, Guest, Nights};

    #[test]
    fn who_stays_longest_leaves_for_all_nights_that_are_short() {
        let guest = |from, to| Guest { nights: Nights::new(from, to), room: None, choice: 0 };
        let mut house = House {
            nights: 4,
            rooms: 2,
            levels: vec![0, 1],
            choices: vec![Choice { rooms: vec![true, true], ..Choice::default() }],
            guests: vec![guest(0, 2), guest(0, 4), guest(2, 4)],
            ..House::default()
        };
        assert_eq!(at_least(&house), 1);
        house.guests.push(guest(3, 4));
        assert_eq!(at_least(&house), 2);
        house.levels = vec![0, 0];
        assert_eq!(at_least(&house), 0);
    }
}
