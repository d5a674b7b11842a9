//! A smallest reason why there is no plan: taken from all that is there by taking away what is not needed for it.

use super::{
    feasible::{Part, Verdict, feasible},
    model::{House, Nights, Patience, Proof},
};

/// What is taken away first: fixtures, so that as few as possible are named.
#[derive(Clone, Copy)]
enum Thing {
    Fixture(usize),
    Guest(usize),
}

/// Shrinks a part of a house that is known to be impossible.
pub fn smallest(house: &House, mut part: Part, patience: &mut Patience) -> Proof {
    let things: Vec<Thing> = part.fixtures.iter().map(|n| Thing::Fixture(*n)).collect();
    let mut is_smallest = shrink(house, &mut part, &things, patience);
    let things: Vec<Thing> = part.guests.iter().map(|n| Thing::Guest(*n)).collect();
    is_smallest &= shrink(house, &mut part, &things, patience);
    let nights = around(house, &part.guests);
    Proof { fixtures: part.fixtures, guests: part.guests, nights, is_smallest }
}

/// Whoever and whatever lies within so many nights of those who ask.
pub fn neighbourhood(house: &House, reach: usize) -> Part {
    let asked = around(house, &house.requests().collect::<Vec<_>>());
    let near = Nights { from: asked.from.saturating_sub(reach), to: (asked.to + reach).min(house.nights) };
    Part {
        fixtures: (0..house.fixtures.len()).filter(|n| house.fixtures[*n].nights.overlap(near)).collect(),
        guests: (0..house.guests.len()).filter(|n| house.guests[*n].nights.overlap(near)).collect(),
    }
}

fn around(house: &House, guests: &[usize]) -> Nights {
    let nights = || guests.iter().map(|n| house.guests[*n].nights);
    Nights { from: nights().map(|n| n.from).min().unwrap_or(0), to: nights().map(|n| n.to).max().unwrap_or(1) }
}

/// Takes these away where it stays impossible: all at once, else by halves. What is needed beside more is needed beside less, so
/// each is asked about once. `false`: the time was over.
fn shrink(house: &House, part: &mut Part, things: &[Thing], patience: &mut Patience) -> bool {
    if things.is_empty() {
        return true;
    }
    let mut without = part.clone();
    for thing in things {
        match thing {
            Thing::Fixture(n) => without.fixtures.retain(|other| other != n),
            Thing::Guest(n) => without.guests.retain(|other| other != n),
        }
    }
    match feasible(house, &without, patience) {
        Verdict::Impossible => {
            *part = without;
            true
        }
        Verdict::Unknown => false,
        Verdict::Possible(_) if things.len() == 1 => true,
        Verdict::Possible(_) => {
            let (first, second) = things.split_at(things.len() / 2);
            let is_first = shrink(house, part, first, patience);
            shrink(house, part, second, patience) && is_first
        }
    }
}
