//! Whether these guests can all be given rooms at all, however many move: from the first arrival to the last, room by room.
//!
//! Exact: of rooms that are free when a guest arrives, those with the same fixtures to come and the same guests who may use them are
//! one choice; what was tried in vain is remembered.

use std::collections::HashSet;

use super::{
    model::{House, Nights, Patience},
    night, upgrade,
};

/// A part of a house: which of its fixtures and guests are there.
#[derive(Clone, Debug)]
pub struct Part {
    pub fixtures: Vec<usize>,
    pub guests: Vec<usize>,
}

impl Part {
    pub fn whole(house: &House) -> Part {
        Part { fixtures: (0..house.fixtures.len()).collect(), guests: (0..house.guests.len()).collect() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A room for each guest of the part, in its order.
    Possible(Vec<usize>),
    Impossible,
    /// The time was over.
    Unknown,
}

/// The rooms at an arrival: of each its kind, the number of the fixtures to come, and until when somebody is in it; in order.
type State = Vec<(usize, usize, usize)>;

struct Sweep<'a, 'p> {
    house: &'a House,
    patience: &'a mut Patience<'p>,
    /// By arrival; of those who arrive together, the longest first.
    guests: Vec<usize>,
    /// For each room its fixtures in order, each with a number: rooms that have the same from there on have the same number.
    ahead: Vec<Vec<(Nights, usize)>>,
    /// Rooms with the same number will do for the same guests.
    kind: Vec<usize>,
    /// For each room the first night that is free after the guests in it.
    until: Vec<usize>,
    given: Vec<usize>,
    /// How many may still be upgraded.
    upgrades: usize,
    /// Of each guest whether he is to be upgraded first.
    is_first: Vec<bool>,
    vain: HashSet<(usize, usize, State)>,
}

/// Gives every guest of the part a room, however many are upgraded.
pub fn feasible(house: &House, part: &Part, patience: &mut Patience) -> Verdict {
    feasible_within(house, part, usize::MAX, patience)
}

/// The same, at most so many upgraded.
pub fn feasible_within(house: &House, part: &Part, upgrades: usize, patience: &mut Patience) -> Verdict {
    // Seats of one night do not count upgrades.
    let night = if upgrades >= part.guests.len() { night::common(house, part) } else { None };
    if let Some(night) = night {
        // All sleep on it, so seats for this night are rooms for all.
        let Ok(seats) = night::seat(house, part, night) else { return Verdict::Impossible };
        let room_of = |guest: &usize| seats.iter().find(|(who, _)| who == guest).map(|(_, room)| *room);
        return Verdict::Possible(part.guests.iter().filter_map(room_of).collect());
    }
    if night::short(house, part).is_some() {
        return Verdict::Impossible;
    }
    let mut guests: Vec<usize> = part.guests.clone();
    guests.sort_by_key(|n| (house.guests[*n].nights.from, std::cmp::Reverse(house.guests[*n].nights.to)));
    let count = guests.len();
    let mut sweep = Sweep {
        house,
        ahead: ahead(house, &part.fixtures),
        kind: kinds(house, &guests),
        guests,
        patience,
        until: vec![0; house.rooms],
        given: Vec::with_capacity(count),
        upgrades,
        is_first: first_upgraded(house, upgrades),
        vain: HashSet::new(),
    };
    match sweep.place() {
        None => Verdict::Unknown,
        Some(false) => Verdict::Impossible,
        Some(true) => {
            let room_of = |guest: &usize| sweep.guests.iter().position(|n| n == guest).map(|at| sweep.given[at]);
            Verdict::Possible(part.guests.iter().filter_map(room_of).collect())
        }
    }
}

/// Who leaves by the counts alone: the others fit then, as often as not.
fn first_upgraded(house: &House, upgrades: usize) -> Vec<bool> {
    let mut is_first = vec![false; house.guests.len()];
    if upgrades > 0 && !house.levels.is_empty() {
        upgrade::leavers_of(house).into_iter().for_each(|guest| is_first[guest] = true);
    }
    is_first
}

fn ahead(house: &House, fixtures: &[usize]) -> Vec<Vec<(Nights, usize)>> {
    let mut rooms: Vec<Vec<Nights>> = vec![Vec::new(); house.rooms];
    fixtures.iter().map(|n| house.fixtures[*n]).for_each(|fixture| rooms[fixture.room].push(fixture.nights));
    let mut known: Vec<Vec<Nights>> = vec![Vec::new()];
    let mut number = |rest: &[Nights]| match known.iter().position(|other| other == rest) {
        Some(n) => n,
        None => {
            known.push(rest.to_vec());
            known.len() - 1
        }
    };
    rooms
        .into_iter()
        .map(|mut nights| {
            nights.sort_unstable();
            (0..nights.len()).map(|n| (nights[n], number(&nights[n..]))).collect()
        })
        .collect()
}

fn kinds(house: &House, guests: &[usize]) -> Vec<usize> {
    let mut choices: Vec<usize> = guests.iter().map(|guest| house.guests[*guest].choice).collect();
    choices.sort_unstable();
    choices.dedup();
    // Who has a room that would not do anew may still stay in it; that room is like no other.
    let only_his = |room| guests.iter().any(|guest| house.guests[*guest].room == Some(room) && !house.allows(*guest, room));
    let mut known: Vec<(usize, Vec<usize>)> = Vec::new();
    (0..house.rooms)
        .map(|room| {
            let mut mark: Vec<usize> = choices.iter().copied().filter(|choice| house.choices[*choice].rooms[room]).collect();
            if only_his(room) {
                mark.push(usize::MAX - room);
            }
            let mark = (house.level(room), mark);
            known.iter().position(|other| *other == mark).unwrap_or_else(|| {
                known.push(mark);
                known.len() - 1
            })
        })
        .collect()
}

impl Sweep<'_, '_> {
    /// Gives rooms to the guests who have none yet. `None`: the time was over.
    fn place(&mut self) -> Option<bool> {
        let n = self.given.len();
        let Some(guest) = self.guests.get(n).copied() else { return Some(true) };
        if !self.patience.step() {
            return None;
        }
        let nights = self.house.guests[guest].nights;
        // More than everybody who is to come cannot be upgraded.
        let state = (n, self.upgrades.min(self.guests.len() - n), self.state(nights.from));
        if self.vain.contains(&state) {
            return Some(false);
        }
        for room in self.rooms_for(guest, nights) {
            let before = std::mem::replace(&mut self.until[room], nights.to);
            let raised = usize::from(self.house.is_upgrade(guest, room));
            self.upgrades -= raised;
            self.given.push(room);
            match self.place() {
                Some(false) => {}
                done => return done,
            }
            self.given.pop();
            self.upgrades += raised;
            self.until[room] = before;
        }
        self.vain.insert(state);
        Some(false)
    }

    /// All that counts of the rooms from this night on, alike rooms being alike.
    fn state(&self, night: usize) -> State {
        let of =
            |room: usize| (self.kind[room], self.next(room, night).map_or(0, |(_, number)| number), self.until[room].max(night));
        let mut state: State = (0..self.house.rooms).map(of).collect();
        state.sort_unstable();
        state
    }

    /// The first fixture of the room that ends after this night.
    fn next(&self, room: usize, night: usize) -> Option<(Nights, usize)> {
        self.ahead[room].iter().copied().find(|(nights, _)| nights.to > night)
    }

    /// One of each sort of rooms that are free, the tightest first; those that are no upgrade before the others, unless he is to be upgraded.
    fn rooms_for(&self, guest: usize, nights: Nights) -> Vec<usize> {
        let mut sorts: Vec<(bool, usize, usize, usize, usize)> = Vec::new();
        for room in 0..self.house.rooms {
            let will_do = self.house.allows(guest, room) || self.house.guests[guest].room == Some(room);
            let is_upgrade = self.house.is_upgrade(guest, room);
            if !will_do || self.until[room] > nights.from || is_upgrade && self.upgrades == 0 {
                continue;
            }
            let (begins, number) = self.next(room, nights.from).map_or((usize::MAX, 0), |(next, number)| (next.from, number));
            if begins >= nights.to
                && !sorts.iter().any(|(_, b, num, kind, _)| (*b, *num, *kind) == (begins, number, self.kind[room]))
            {
                sorts.push((is_upgrade != self.is_first[guest], begins, number, self.kind[room], room));
            }
        }
        sorts.sort_unstable();
        sorts.into_iter().map(|(.., room)| room).collect()
    }
}
