//! One night looked at by itself: everybody who sleeps then needs a room of his own whose free time is as long as his stay. When that
//! cannot be, no plan can; whom and what it takes to see it is found along the way.

use super::{
    feasible::Part,
    model::{House, Nights},
};

/// The rooms on one night: how long each is without a fixture around it. `None`: it has one on the night.
fn free_times(house: &House, part: &Part, night: usize) -> Vec<Option<Nights>> {
    let mut times = vec![Some(Nights { from: 0, to: house.nights }); house.rooms];
    for fixture in part.fixtures.iter().map(|n| house.fixtures[*n]) {
        let time = &mut times[fixture.room];
        if fixture.nights.has(night) {
            *time = None;
        } else if let Some(time) = time {
            if fixture.nights.to <= night {
                time.from = time.from.max(fixture.nights.to);
            } else {
                time.to = time.to.min(fixture.nights.from);
            }
        }
    }
    times
}

/// Rooms for all of the part who sleep on this night, each whose free time holds the whole stay; or those who cannot have them, with
/// all that keeps them out of other rooms.
pub fn seat(house: &House, part: &Part, night: usize) -> Result<Vec<(usize, usize)>, Part> {
    let times = free_times(house, part, night);
    let here: Vec<usize> = part.guests.iter().copied().filter(|n| house.guests[*n].nights.has(night)).collect();
    let will_do = |guest: usize, room: usize| {
        let it = &house.guests[guest];
        let holds = times[room].is_some_and(|time| time.from <= it.nights.from && it.nights.to <= time.to);
        holds && (it.room == Some(room) || house.allows(guest, room))
    };
    // Who has a room keeps it until somebody needs it.
    let mut owner: Vec<Option<usize>> = vec![None; house.rooms];
    let mut waiting = Vec::new();
    for guest in here {
        match house.guests[guest].room.filter(|room| owner[*room].is_none() && will_do(guest, *room)) {
            Some(room) => owner[room] = Some(guest),
            None => waiting.push(guest),
        }
    }
    for guest in waiting {
        // Breadth first: from a guest to the rooms that would do, from a room to who has it.
        let mut reached = vec![guest];
        let mut came_from: Vec<Option<usize>> = vec![None; house.rooms];
        let mut at = 0;
        let mut end = None;
        while at < reached.len() && end.is_none() {
            let from = reached[at];
            at += 1;
            for room in (0..house.rooms).filter(|room| will_do(from, *room)) {
                if came_from[room].is_some() {
                    continue;
                }
                came_from[room] = Some(from);
                match owner[room] {
                    Some(other) => reached.push(other),
                    None => {
                        end = Some(room);
                        break;
                    }
                }
            }
        }
        let Some(mut room) = end else { return Err(reason(house, part, reached, &came_from)) };
        while let Some(from) = came_from[room] {
            let before = owner.iter().position(|who| *who == Some(from));
            owner[room] = Some(from);
            match before {
                Some(next) if from != guest => room = next,
                _ => break,
            }
        }
    }
    Ok(owner.iter().enumerate().filter_map(|(room, who)| Some(((*who)?, room))).collect())
}

/// They have one room fewer than they are, and these fixtures keep them out of all others.
fn reason(house: &House, part: &Part, mut guests: Vec<usize>, reached: &[Option<usize>]) -> Part {
    guests.sort_unstable();
    let keeps_out = |n: &usize| {
        let fixture = house.fixtures[*n];
        reached[fixture.room].is_none() && guests.iter().any(|guest| house.guests[*guest].nights.overlap(fixture.nights))
    };
    let fixtures = part.fixtures.iter().copied().filter(keeps_out).collect();
    Part { fixtures, guests }
}

/// The first night on which not all can be seated, with the reason.
pub fn short(house: &House, part: &Part) -> Option<Part> {
    // More sleep on the night of an arrival than on those before it.
    let mut arrivals: Vec<usize> = part.guests.iter().map(|guest| house.guests[*guest].nights.from).collect();
    arrivals.sort_unstable();
    arrivals.dedup();
    arrivals.into_iter().find_map(|night| seat(house, part, night).err())
}

/// A night on which all of the part sleep.
pub fn common(house: &House, part: &Part) -> Option<usize> {
    let night = part.guests.iter().map(|guest| house.guests[*guest].nights.from).max()?;
    part.guests.iter().all(|guest| house.guests[*guest].nights.has(night)).then_some(night)
}
