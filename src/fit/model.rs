//! What the assigner is told and what it answers. Plain values: rooms, nights and guests are numbers, counted from 0.

/// The nights from `from` up to but not including `to`; night 0 is the first of the house's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nights {
    pub from: usize,
    pub to: usize,
}

impl Nights {
    pub fn new(from: usize, to: usize) -> Nights {
        assert!(from < to, "a stay has at least one night");
        Nights { from, to }
    }

    pub fn overlap(self, other: Nights) -> bool {
        self.from < other.to && other.from < self.to
    }

    pub fn has(self, night: usize) -> bool {
        self.from <= night && night < self.to
    }

    pub fn all(self) -> std::ops::Range<usize> {
        self.from..self.to
    }
}

/// Nights of a room that nothing may change: a guest who is in the house, a pinned stay, a room out of order, a night before the
/// room opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fixture {
    pub room: usize,
    pub nights: Nights,
}

/// The rooms that a guest can be given, and what he would rather not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// For each room whether it will do: type, features and accessibility are hard limits.
    pub rooms: Vec<bool>,
    /// For each room how far it is from what is wished; the less the better. Empty: all are as good.
    pub costs: Vec<u32>,
    /// The level that he has booked or sleeps in: a room of a higher one is an upgrade.
    pub level: usize,
}

/// A stay that may be moved, or waits for a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guest {
    pub nights: Nights,
    /// The room now. `None`: asks for one.
    pub room: Option<usize>,
    /// Which of the house's choices.
    pub choice: usize,
}

/// One question: everything that lies in these rooms and nights, and who needs a room.
#[derive(Clone, Debug, Default)]
pub struct House {
    pub nights: usize,
    pub rooms: usize,
    pub choices: Vec<Choice>,
    pub fixtures: Vec<Fixture>,
    pub guests: Vec<Guest>,
    /// Guests of whom the first would rather be near the second.
    pub pairs: Vec<(usize, usize)>,
    /// Room after room, how far it is from each other one; empty when nobody wishes to be near anybody.
    pub apart: Vec<u32>,
    /// Of each room how good its type is; empty: all are the same.
    pub levels: Vec<usize>,
}

impl House {
    /// Whether this room will do for a guest who is moved or given a room.
    pub fn allows(&self, guest: usize, room: usize) -> bool {
        self.choices[self.guests[guest].choice].rooms[room]
    }

    pub fn cost(&self, guest: usize, room: usize) -> u32 {
        self.choices[self.guests[guest].choice].costs.get(room).copied().unwrap_or(0)
    }

    pub fn level(&self, room: usize) -> usize {
        self.levels.get(room).copied().unwrap_or(0)
    }

    /// Whether the guest gets more there than he has. His own room never is.
    pub fn is_upgrade(&self, guest: usize, room: usize) -> bool {
        let it = &self.guests[guest];
        it.room != Some(room) && self.level(room) > self.choices[it.choice].level
    }

    pub fn moves_of(&self, put: &[(usize, usize)]) -> usize {
        put.iter().filter(|(guest, _)| self.guests[*guest].room.is_some()).count()
    }

    pub fn upgrades_of(&self, put: &[(usize, usize)]) -> usize {
        put.iter().filter(|(guest, room)| self.is_upgrade(*guest, *room)).count()
    }

    /// What a plan costs: of each who is put somewhere his room, and of each pair of whom one is put somewhere how far they are apart.
    pub fn cost_of(&self, put: &[(usize, usize)]) -> u64 {
        put.iter().map(|(guest, room)| u64::from(self.cost(*guest, *room))).sum::<u64>() + self.apart(put)
    }

    /// The part of it that comes of pairs. Nobody is near somebody who has no room.
    pub fn apart(&self, put: &[(usize, usize)]) -> u64 {
        let new = |guest: usize| put.iter().find(|(who, _)| *who == guest).map(|(_, room)| *room);
        let of_pair = |(a, b): &(usize, usize)| {
            let (to_a, to_b) = (new(*a), new(*b));
            let _ = to_a.or(to_b)?;
            let (a, b) = (to_a.or(self.guests[*a].room)?, to_b.or(self.guests[*b].room)?);
            Some(u64::from(self.apart[a * self.rooms + b]))
        };
        self.pairs.iter().filter_map(of_pair).sum()
    }

    pub fn is_in_pair(&self, guest: usize) -> bool {
        self.pairs.iter().any(|(a, b)| *a == guest || *b == guest)
    }

    pub fn requests(&self) -> impl Iterator<Item = usize> {
        self.guests.iter().enumerate().filter(|(_, guest)| guest.room.is_none()).map(|(n, _)| n)
    }
}

/// Who sleeps elsewhere than now. Whoever is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Guest and room, in the order of the guests; those who ask for a room are among them.
    pub rooms: Vec<(usize, usize)>,
    /// How many of them had a room and change it.
    pub moves: usize,
    /// How many get a room of a better type than they have.
    pub upgrades: usize,
    /// The sum of their costs: [`House::cost_of`].
    pub cost: u64,
    /// No plan of as many moves costs less. Not so when the time was over before all were seen.
    pub is_cheapest: bool,
}

/// Why there is no plan: these guests cannot all be given rooms on their nights beside these fixtures, whatever else is in the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// By number, in order.
    pub fixtures: Vec<usize>,
    pub guests: Vec<usize>,
    /// All nights of these guests.
    pub nights: Nights,
    /// Take any one of them away, and they can. Not so when the time was over before each was tried.
    pub is_smallest: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nobody needs fewer moves.
    Plan(Plan),
    Impossible(Proof),
    /// The time was over. A plan needs at least so many moves, if there is one; `found` is one that is there, though not proved to
    /// be the smallest.
    Undecided {
        at_least: usize,
        found: Option<Plan>,
    },
}

/// How long may be searched.
pub struct Patience<'a> {
    pub steps: u64,
    /// Asked now and then.
    pub is_over: &'a dyn Fn() -> bool,
}

impl Patience<'_> {
    /// A part of it: at most so many steps, which are taken from the whole.
    pub fn in_turn<T>(&mut self, steps: u64, work: impl FnOnce(&mut Patience) -> T) -> T {
        let given = steps.min(self.steps);
        let mut turn = Patience { steps: given, is_over: self.is_over };
        let done = work(&mut turn);
        // Who is told that the time is over has none left.
        self.steps = if (self.is_over)() { 0 } else { self.steps - (given - turn.steps) };
        done
    }

    /// Takes one step. `false`: no more.
    pub fn step(&mut self) -> bool {
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        if self.steps.is_multiple_of(256) && (self.is_over)() {
            self.steps = 0;
        }
        self.steps > 0
    }
}
