//! The plan of fewest moves. docs/fit.md has the argument why none is overlooked.
//!
//! Somebody without a room is put into one; who lies there makes way and is without a room himself, which is one move. Who was put
//! somewhere stays there. With a budget of moves, all that can come of this is tried; the budget grows from 0.

use super::{
    board::{Bits, Board, count, ones},
    model::{House, Patience, Plan},
};

/// The time was over before it was decided.
#[derive(Clone, Copy, Debug)]
pub struct OutOfTime;

pub struct Search<'a, 'p, const W: usize> {
    house: &'a House,
    board: Board<W>,
    patience: &'a mut Patience<'p>,
    /// Guest and room, as they were put.
    put: Vec<(usize, usize)>,
    /// The cheapest of this budget so far.
    best: Option<Plan>,
    has_costs: bool,
    /// How many may still be upgraded.
    upgrades: usize,
    /// Whoever asks costs no less than this together.
    least_cost: u64,
    is_out_of_time: bool,
    scratch: Vec<u32>,
}

/// A way to give somebody a room.
struct Way {
    room: usize,
    out: Vec<u32>,
    cost: u32,
}

impl<'a, 'p, const W: usize> Search<'a, 'p, W> {
    pub fn new(house: &'a House, patience: &'a mut Patience<'p>) -> Search<'a, 'p, W> {
        let has_costs = !house.pairs.is_empty() || house.choices.iter().any(|choice| choice.costs.iter().any(|cost| *cost > 0));
        let board = Board::of(house);
        let cheapest = |guest: usize| ones(&board.reachable(guest)).map(|room| house.cost(guest, room)).min().unwrap_or(0);
        let least_cost = if has_costs { house.requests().map(|guest| u64::from(cheapest(guest))).sum() } else { 0 };
        let (put, scratch) = (Vec::new(), Vec::new());
        Search { house, board, patience, put, best: None, has_costs, upgrades: 0, least_cost, is_out_of_time: false, scratch }
    }

    /// Looks for a plan of at most `moves` moves that upgrades at most so many; of exactly as many moves when there is none of fewer.
    ///
    /// Errors: the time was over before one was found.
    pub fn with(&mut self, moves: usize, upgrades: usize) -> Result<Option<Plan>, OutOfTime> {
        let pending: Vec<usize> = self.house.requests().collect();
        (self.best, self.is_out_of_time) = (None, false);
        (self.upgrades, self.board.is_plain) = (upgrades, upgrades == 0);
        self.seek(&pending, moves, 0);
        match (self.best.take(), self.is_out_of_time) {
            (None, true) => Err(OutOfTime),
            (found, cut) => Ok(found.map(|plan| Plan { is_cheapest: !cut, ..plan })),
        }
    }

    /// Gives all of `pending` rooms with at most `left` moves. `true`: nothing better can come.
    fn seek(&mut self, pending: &[usize], left: usize, cost: u64) -> bool {
        if pending.is_empty() {
            return self.found(cost);
        }
        if !self.patience.step() {
            self.is_out_of_time = true;
            return true;
        }
        let Some(next) = self.most_pressed(pending, left, cost) else { return false };
        let guest = pending[next];
        let mut others: Vec<usize> = pending.to_vec();
        others.swap_remove(next);
        for way in self.ways(guest, &others, left) {
            let kept = others.len();
            others.extend(way.out.iter().map(|guest| *guest as usize));
            self.take(guest, &way);
            let is_done = self.seek(&others, left - way.out.len(), cost + u64::from(way.cost));
            self.give_back(guest, &way);
            others.truncate(kept);
            if is_done {
                return true;
            }
        }
        false
    }

    fn found(&mut self, cost: u64) -> bool {
        let cost = cost + self.house.apart(&self.put);
        if self.best.as_ref().is_none_or(|best| cost < best.cost) {
            let mut rooms = self.put.clone();
            rooms.sort_unstable();
            let (moves, upgrades) = (self.house.moves_of(&rooms), self.house.upgrades_of(&rooms));
            self.best = Some(Plan { rooms, moves, upgrades, cost, is_cheapest: false });
        }
        !self.has_costs || cost <= self.least_cost
    }

    /// Who has the fewest ways. `None`: they cannot all be given rooms with so many moves, or only for more than is known already.
    fn most_pressed(&mut self, pending: &[usize], left: usize, cost: u64) -> Option<usize> {
        if let Some(best) = &self.best
            && cost >= best.cost
        {
            return None;
        }
        let gaps: Vec<Bits<W>> = pending.iter().map(|guest| self.board.gaps(*guest)).collect();
        // Each night, somebody ends in a free room of that night, each in one room: so many but one have moved for him.
        if pending.iter().zip(&gaps).any(|(guest, gaps)| count(gaps) == 0 && !self.board.is_pieced(*guest, left + 1)) {
            return None;
        }
        // Guests of one night sleep in different rooms, so each needs a gap, or a move, of his own.
        for guest in pending {
            let night = self.board.guests[*guest].from;
            let same: Vec<usize> = (0..pending.len()).filter(|n| self.board.guests[pending[*n]].has(night)).collect();
            let short = same.len() - matched(&same, &gaps, same.len().saturating_sub(left));
            if short > left {
                return None;
            }
        }
        (0..pending.len()).min_by_key(|n| {
            (count(&gaps[*n]), std::cmp::Reverse(self.board.guests[pending[*n]].to - self.board.guests[pending[*n]].from))
        })
    }

    /// All ways of at most `left` moves that need a look, those first that lead on soonest.
    fn ways(&mut self, guest: usize, others: &[usize], left: usize) -> Vec<Way> {
        let board = &self.board;
        let gaps = board.gaps(guest);
        let mut ways: Vec<Way> = Vec::new();
        let mut seen = Vec::new();
        // Near whom a room is, is part of what it is like.
        let is_near = others.iter().chain([&guest]).any(|guest| self.house.is_in_pair(*guest));
        for room in ones(&gaps) {
            let way = Way { room, out: Vec::new(), cost: self.house.cost(guest, room) };
            if left == 0 && !is_near {
                // Nobody moves any more, so of a room only the gap counts, and for whom it would do.
                let is_upgrade = self.house.is_upgrade(guest, room);
                let alike = (board.gap_around(room, board.guests[guest]), way.cost, is_upgrade, self.liked(others, room));
                if seen.contains(&alike) {
                    continue;
                }
                seen.push(alike);
            }
            ways.push(way);
            if others.is_empty() && !self.has_costs {
                return ways;
            }
        }
        if left > 0 {
            let mut out = std::mem::take(&mut self.scratch);
            let mut reachable = board.reachable(guest);
            (0..W).for_each(|w| reachable[w] &= !gaps[w]);
            for room in ones(&reachable) {
                if !board.in_the_way(guest, room, left, &mut out) {
                    continue;
                }
                // The last to move need gaps, and none opens for them here.
                if out.len() == left && out.iter().any(|guest| count(&board.gaps(*guest as usize)) == 0) {
                    continue;
                }
                ways.push(Way { room, out: out.clone(), cost: self.house.cost(guest, room) });
            }
            self.scratch = out;
        }
        ways.sort_by_key(|way| (way.out.len(), way.cost));
        ways
    }

    /// For whom of these the room would do, at what cost, and for whom it is an upgrade.
    fn liked(&self, others: &[usize], room: usize) -> Vec<(bool, u32, bool)> {
        let house = self.house;
        let liked = |other: &usize| (house.allows(*other, room), house.cost(*other, room), house.is_upgrade(*other, room));
        others.iter().map(liked).collect()
    }

    fn take(&mut self, guest: usize, way: &Way) {
        way.out.iter().for_each(|out| self.board.lift(*out as usize, way.room));
        self.board.hold(way.room, self.board.guests[guest]);
        self.put.push((guest, way.room));
        if self.house.is_upgrade(guest, way.room) {
            self.upgrades -= 1;
            self.board.is_plain = self.upgrades == 0;
        }
    }

    fn give_back(&mut self, guest: usize, way: &Way) {
        self.put.pop();
        if self.house.is_upgrade(guest, way.room) {
            self.upgrades += 1;
            self.board.is_plain = false;
        }
        self.board.release(way.room, self.board.guests[guest]);
        way.out.iter().for_each(|out| self.board.lay(*out as usize, way.room));
    }
}

/// How many of these can be given gaps in different rooms; looks no further than `enough`.
fn matched<const W: usize>(guests: &[usize], gaps: &[Bits<W>], enough: usize) -> usize {
    // Most have more gaps than there are guests: they never go without.
    let plenty = guests.len() as u32;
    let (mut sure, mut pressed) = (0, Vec::new());
    for guest in guests {
        if count(&gaps[*guest]) >= plenty { sure += 1 } else { pressed.push(*guest) }
    }
    let mut owner: Vec<(usize, usize)> = Vec::new();
    for guest in pressed {
        if sure >= enough {
            break;
        }
        let mut tried = [0; W];
        if seat(guest, gaps, &mut owner, &mut tried) {
            sure += 1;
        }
    }
    sure
}

/// Finds a gap for one more guest, others changing theirs.
fn seat<const W: usize>(guest: usize, gaps: &[Bits<W>], owner: &mut Vec<(usize, usize)>, tried: &mut Bits<W>) -> bool {
    for room in ones(&gaps[guest]) {
        if tried[room / 64] >> (room % 64) & 1 == 1 {
            continue;
        }
        tried[room / 64] |= 1 << (room % 64);
        match owner.iter().position(|(at, _)| *at == room) {
            None => {
                owner.push((room, guest));
                return true;
            }
            Some(n) => {
                if seat(owner[n].1, gaps, owner, tried) {
                    owner[n].1 = guest;
                    return true;
                }
            }
        }
    }
    false
}
