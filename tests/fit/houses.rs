//! Houses made at random, from a seed.

use oppsera_pms::fit::model::{Choice, Fixture, Guest, House, Nights};
use rand::{Rng, SeedableRng, rngs::StdRng};

#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub rooms: usize,
    pub nights: usize,
    /// Of a hundred stays so many cannot move.
    pub fixed: u32,
    /// Of a hundred nights so many are empty.
    pub empty: u32,
    pub requests: usize,
    pub has_choices: bool,
    pub has_costs: bool,
    /// So many would rather be near somebody.
    pub pairs: usize,
}

pub fn random(seed: u64, size: Size) -> House {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut house = House { nights: size.nights, rooms: size.rooms, ..House::default() };
    house.choices.push(choice(&mut rng, size, true));
    for _ in 0..if size.has_choices { 2 } else { 0 } {
        house.choices.push(choice(&mut rng, size, false));
    }
    for room in 0..size.rooms {
        let mut night = 0;
        while night < size.nights {
            let to = (night + rng.random_range(1..=4)).min(size.nights);
            let nights = Nights::new(night, to);
            if rng.random_range(0..100) < size.empty {
                night += 1;
                continue;
            }
            if rng.random_range(0..100) < size.fixed {
                house.fixtures.push(Fixture { room, nights });
            } else {
                // Now and then somebody has a room that would not be given to him anew.
                let choice = rng.random_range(0..house.choices.len());
                house.guests.push(Guest { nights, room: Some(room), choice });
            }
            night = to;
        }
    }
    for _ in 0..size.requests {
        let from = rng.random_range(0..size.nights);
        let to = (from + rng.random_range(1..=4)).min(size.nights);
        let choice = rng.random_range(0..house.choices.len());
        house.guests.push(Guest { nights: Nights::new(from, to), room: None, choice });
    }
    let guests = house.guests.len();
    if size.pairs > 0 && guests > 1 {
        house.apart = vec![0; size.rooms * size.rooms];
        for a in 0..size.rooms {
            for b in 0..a {
                let far = rng.random_range(0..3);
                (house.apart[a * size.rooms + b], house.apart[b * size.rooms + a]) = (far, far);
            }
        }
        for _ in 0..size.pairs {
            let a = rng.random_range(0..guests);
            house.pairs.push((a, (a + rng.random_range(1..guests)) % guests));
        }
    }
    house
}

fn choice(rng: &mut StdRng, size: Size, all: bool) -> Choice {
    let rooms = (0..size.rooms).map(|_| all || rng.random_range(0..3) > 0).collect();
    let costs = if size.has_costs { (0..size.rooms).map(|_| rng.random_range(0..3)).collect() } else { Vec::new() };
    Choice { rooms, costs, level: 0 }
}

/// One of rooms of two or three levels; nobody is given a room below his own.
pub fn random_with_levels(seed: u64, size: Size) -> House {
    let mut house = random(seed, size);
    let mut rng = StdRng::seed_from_u64(seed ^ 0x5EED);
    let top = rng.random_range(1..=2);
    house.levels = (0..house.rooms).map(|room| if room == 0 { 0 } else { rng.random_range(0..=top) }).collect();
    let choices = std::mem::take(&mut house.choices);
    for guest in &mut house.guests {
        let booked = if rng.random_range(0..3) > 0 { 0 } else { rng.random_range(0..=top) };
        let level = guest.room.map_or(booked, |room| booked.max(house.levels[room]));
        let mut choice = Choice { level, ..choices[guest.choice].clone() };
        choice.rooms.iter_mut().zip(&house.levels).for_each(|(will_do, of_room)| *will_do &= *of_room >= level);
        guest.choice = house.choices.iter().position(|known| *known == choice).unwrap_or(house.choices.len());
        if guest.choice == house.choices.len() {
            house.choices.push(choice);
        }
    }
    house
}

/// One in which no night has more guests than rooms, and the first request no room that is free on all of its nights: what a desk
/// asks about.
pub fn random_that_counts(seed: u64, size: Size) -> House {
    (0..)
        .map(|n| random(seed * 10_000 + n, size))
        .find(|house| {
            let asks = house.guests.iter().find(|guest| guest.room.is_none()).map(|guest| guest.nights);
            let lies_on = |night: usize| {
                let guests = house.guests.iter().filter(|guest| guest.nights.has(night)).count();
                guests + house.fixtures.iter().filter(|fixture| fixture.nights.has(night)).count()
            };
            let is_taken = |room: usize, nights: Nights| {
                house.guests.iter().any(|guest| guest.room == Some(room) && guest.nights.overlap(nights))
                    || house.fixtures.iter().any(|fixture| fixture.room == room && fixture.nights.overlap(nights))
            };
            (0..house.nights).all(|night| lies_on(night) <= house.rooms)
                && asks.is_some_and(|nights| (0..house.rooms).all(|room| is_taken(room, nights)))
        })
        .expect("there is one")
}
