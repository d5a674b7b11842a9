//! The longest gaps that a few moves can free. docs/fit.md has the argument why none is overlooked.
//!
//! Counted are the squares of the lengths of all gaps: seven nights at a stretch are worth 49, four and three of them 25. Whoever moves is
//! taken out of his room and put into a gap of another.

use super::{
    board::{Board, ones},
    model::{House, Nights, Patience, Plan},
    solve::MOST_ROOMS,
};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tidied {
    pub plan: Plan,
    /// Of the gaps as they are, and as the plan leaves them.
    pub before: u64,
    pub after: u64,
    /// No plan of so many moves makes it more.
    pub at_most: u64,
    /// All plans were seen: none makes it more, and none as much with fewer moves.
    pub is_best: bool,
}

/// The plan of at most `moves` moves that leaves the longest gaps in the nights before `until`; of these, that of the fewest moves.
///
/// # Panics
/// With more than [`MOST_ROOMS`] rooms.
pub fn tidy(house: &House, until: usize, moves: usize, patience: &mut Patience) -> Tidied {
    match house.rooms {
        0..=64 => Tidying::<1>::new(house, until, moves, patience).run(moves),
        65..=256 => Tidying::<4>::new(house, until, moves, patience).run(moves),
        257..=MOST_ROOMS => Tidying::<16>::new(house, until, moves, patience).run(moves),
        rooms => panic!("{rooms} rooms in one question"),
    }
}

/// The gaps of a house before `until`: of each its nights.
pub fn gaps(house: &House, rooms: &[usize], until: usize) -> Vec<u64> {
    let mut taken = vec![vec![false; until]; house.rooms];
    let mut take =
        |room: usize, nights: Nights| nights.all().take_while(|night| *night < until).for_each(|n| taken[room][n] = true);
    house.fixtures.iter().for_each(|fixture| take(fixture.room, fixture.nights));
    house.guests.iter().zip(rooms).for_each(|(guest, room)| take(*room, guest.nights));
    let gaps = taken.iter().flat_map(|row| row.split(|is_taken| *is_taken)).map(|gap| gap.len() as u64);
    gaps.filter(|gap| *gap > 0).collect()
}

/// Their squares.
pub fn score(house: &House, rooms: &[usize], until: usize) -> u64 {
    gaps(house, rooms, until).iter().map(|gap| gap * gap).sum()
}

/// No arrangement whatever has more: on each night so many rooms are free, and it is best when the same rooms are free as long as so
/// many are. Two gaps that overlap are worth no less as their union and what they share.
pub fn most(house: &House, until: usize) -> u64 {
    let mut free = vec![house.rooms; until];
    let guests = house.guests.iter().map(|guest| guest.nights);
    for nights in guests.chain(house.fixtures.iter().map(|fixture| fixture.nights)) {
        nights.all().take_while(|night| *night < until).for_each(|night| free[night] = free[night].saturating_sub(1));
    }
    let gaps = (1..=house.rooms).flat_map(|deep| free.split(move |rooms| *rooms < deep)).map(|gap| gap.len() as u64);
    gaps.map(|gap| gap * gap).sum()
}

/// Who begins before this may have to move: he makes way for one who makes way for one … who begins before `until`.
fn horizon(house: &House, until: usize, moves: usize) -> usize {
    let ends = |before: usize| {
        let near = house.guests.iter().map(|guest| guest.nights).filter(|nights| nights.from < before);
        near.map(|nights| nights.to).max().unwrap_or(before).max(before)
    };
    (1..moves).fold(until, |before, _| ends(before))
}

struct Tidying<'a, 'p, const W: usize> {
    house: &'a House,
    until: usize,
    board: Board<W>,
    patience: &'a mut Patience<'p>,
    /// Of each room those who may move, in the order of their nights.
    rows: Vec<Vec<usize>>,
    /// Of each room what taking so many out of it can be worth at most, when each fits its new gap to the night.
    worth: Vec<Vec<i64>>,
    /// The same of this room and all after it together.
    rest: Vec<Vec<i64>>,
    lifted: Vec<usize>,
    put: Vec<(usize, usize)>,
    /// By how much the best plan makes it more, and who moves in it.
    best: (i64, Vec<(usize, usize)>),
    is_over: bool,
}

impl<'a, 'p, const W: usize> Tidying<'a, 'p, W> {
    fn new(house: &'a House, until: usize, moves: usize, patience: &'a mut Patience<'p>) -> Tidying<'a, 'p, W> {
        let horizon = horizon(house, until, moves);
        let can_move = |n: usize| {
            let guest = &house.guests[n];
            guest.nights.from < horizon && (0..house.rooms).any(|room| Some(room) != guest.room && house.allows(n, room))
        };
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); house.rooms];
        for n in (0..house.guests.len()).filter(|n| can_move(*n)) {
            house.guests[n].room.into_iter().for_each(|room| rows[room].push(n));
        }
        rows.iter_mut().for_each(|row| row.sort_by_key(|n| house.guests[*n].nights.from));
        let board = Board::of(house);
        let mut tidying = Tidying {
            house,
            until,
            board,
            patience,
            rows,
            worth: Vec::new(),
            rest: vec![vec![0; moves + 1]; house.rooms + 1],
            lifted: Vec::new(),
            put: Vec::new(),
            best: (0, Vec::new()),
            is_over: false,
        };
        for room in 0..house.rooms {
            let worth = tidying.worth_of(room, moves);
            tidying.worth.push(worth);
        }
        for room in (0..house.rooms).rev() {
            for left in 0..=moves {
                let here = |taken: usize| tidying.worth[room][taken] + tidying.rest[room + 1][left - taken];
                tidying.rest[room][left] = (0..=left).map(here).max().unwrap_or(0);
            }
        }
        tidying
    }

    fn run(mut self, moves: usize) -> Tidied {
        let rooms: Vec<usize> = self.house.guests.iter().map(|guest| guest.room.unwrap_or(0)).collect();
        let before = score(self.house, &rooms, self.until);
        self.climb(moves);
        for budget in 1..=moves {
            self.from(0, 0, budget);
        }
        let (gain, mut put) = std::mem::take(&mut self.best);
        put.sort_unstable();
        let at_most = most(self.house, self.until).min(before + self.rest[0][moves].unsigned_abs());
        let after = before + gain.unsigned_abs();
        let cost = self.house.cost_of(&put);
        let plan = Plan { moves: put.len(), rooms: put, upgrades: 0, cost, is_cheapest: false };
        let is_best = !self.is_over;
        Tidied { plan, before, after, at_most: if is_best { after } else { at_most }, is_best }
    }

    /// His nights that count.
    fn length(&self, guest: usize) -> i64 {
        let nights = self.board.guests[guest];
        nights.to.min(self.until).saturating_sub(nights.from) as i64
    }

    /// The free nights before and after his own in a room where he would lie, or lies no more.
    fn beside(&self, guest: usize, room: usize) -> (i64, i64) {
        let nights = self.board.guests[guest];
        let gap = self.board.gap_around(room, nights);
        let after = gap.to.min(self.until).saturating_sub(nights.to.min(self.until));
        (nights.from.min(self.until).saturating_sub(gap.from) as i64, after as i64)
    }

    /// What the gap around him is worth more than its two ends and he himself, as a gap: what is won when he is taken out, and lost when
    /// he is put in.
    fn span(&self, guest: usize, room: usize) -> i64 {
        let ((a, b), own) = (self.beside(guest, room), self.length(guest));
        2 * (a * own + b * own + a * b)
    }

    /// For each number of those who are taken out of a room, the most that it can be worth. Between two who stay, or something fixed, the
    /// gap and the gaps that were there are known: so by who is the last to stay.
    fn worth_of(&mut self, room: usize, moves: usize) -> Vec<i64> {
        let row = std::mem::take(&mut self.rows[room]);
        let end = row.len() + 1;
        // Of the first, each stay and the end, as the last that stays: by how many were taken out before. `None`: not so many are there.
        let mut worth: Vec<Vec<Option<i64>>> = vec![vec![None; moves + 1]; end + 1];
        worth[0][0] = Some(0);
        for from in 0..end {
            let mut won = 0;
            let last = end.min(from + moves + 1);
            for to in from + 1..=last {
                let gone = to - from - 1;
                if gone > 0 {
                    won += self.span(row[to - 2], room);
                    self.board.lift(row[to - 2], room);
                }
                for taken in 0..=moves - gone {
                    let sum = worth[from][taken].map(|before| before + won);
                    worth[to][taken + gone] = worth[to][taken + gone].max(sum);
                }
            }
            (from + 2..=last).for_each(|to| self.board.lay(row[to - 2], room));
        }
        self.rows[room] = row;
        let most = |most: &mut i64, it: &Option<i64>| {
            *most = it.unwrap_or(0).max(*most);
            Some(*most)
        };
        worth[end].iter().scan(0, most).collect()
    }

    fn is_better(&self, gain: i64, moves: usize) -> bool {
        gain > self.best.0 || gain == self.best.0 && moves < self.best.1.len()
    }

    /// Takes `left` more out of the rooms from `room` on, in every way that may still be better; `gain` is what it is worth so far.
    fn from(&mut self, room: usize, gain: i64, left: usize) {
        for room in room..self.house.rooms {
            let moves = self.lifted.len() + left;
            if self.is_over || !self.is_better(gain + self.rest[room][left], moves) {
                return;
            }
            self.within(room, (0, 0), (gain, gain), left);
        }
    }

    /// The same in one room, from its `start`th on; `taken` are out of it already, and before the first of them it was worth `base`.
    fn within(&mut self, room: usize, (start, taken): (usize, usize), (base, gain): (i64, i64), left: usize) {
        let moves = self.lifted.len() + left;
        for at in start..self.rows[room].len() {
            let rest = |more: usize| self.worth[room][taken + more] + self.rest[room + 1][left - more];
            let bound = base + (1..=left).map(rest).max().unwrap_or(0);
            if !self.is_better(bound, moves) {
                return;
            }
            if !self.patience.step() {
                self.is_over = true;
                return;
            }
            let guest = self.rows[room][at];
            self.board.lift(guest, room);
            self.lifted.push(guest);
            let won = gain + self.span(guest, room);
            if left == 1 {
                let mut pending = self.lifted.clone();
                pending.sort_by_key(|guest| self.length(*guest));
                self.place(&mut pending, won);
            } else {
                self.within(room, (at + 1, taken + 1), (base, won), left - 1);
                self.from(room + 1, won, left - 1);
            }
            self.lifted.pop();
            self.board.lay(guest, room);
        }
    }

    /// Puts those who are out into other rooms, the longest first; `gain`: when all the others fit to the night.
    fn place(&mut self, pending: &mut Vec<usize>, gain: i64) {
        if !self.is_better(gain, self.lifted.len()) {
            return;
        }
        let Some(guest) = pending.pop() else {
            self.best = (gain, self.put.clone());
            return;
        };
        if self.patience.step() {
            let own = self.house.guests[guest].room;
            let gaps = self.board.gaps(guest);
            let mut ways: Vec<(i64, usize)> =
                ones(&gaps).filter(|room| Some(*room) != own).map(|room| (self.span(guest, room), room)).collect();
            ways.sort_unstable();
            for (lost, room) in ways {
                self.board.lay(guest, room);
                self.put.push((guest, room));
                self.place(pending, gain - lost);
                self.put.pop();
                self.board.lift(guest, room);
            }
        } else {
            self.is_over = true;
        }
        pending.push(guest);
    }

    /// A first plan, so that less is worth a look: the one move that helps most, again and again.
    fn climb(&mut self, moves: usize) {
        let mut at: Vec<Option<usize>> = self.house.guests.iter().map(|guest| guest.room).collect();
        let guests: Vec<usize> = self.rows.iter().flatten().copied().collect();
        let (house, mut gain) = (self.house, 0);
        let moved = |at: &[Option<usize>]| (0..at.len()).filter(|n| at[*n] != house.guests[*n].room).collect::<Vec<_>>();
        loop {
            let gone = moved(&at);
            let mut best = (0, 0, 0);
            for guest in guests.iter().copied().filter(|guest| gone.len() < moves || gone.contains(guest)) {
                let Some(own) = at[guest] else { continue };
                if !self.patience.step() {
                    break;
                }
                self.board.lift(guest, own);
                let won = self.span(guest, own);
                for room in ones(&self.board.gaps(guest)).filter(|room| *room != own) {
                    best = best.max((won - self.span(guest, room), guest, room));
                }
                self.board.lay(guest, own);
            }
            let (more, guest, room) = best;
            let Some(own) = at.get(guest).copied().flatten().filter(|_| more > 0) else { break };
            self.board.lift(guest, own);
            self.board.lay(guest, room);
            (at[guest], gain) = (Some(room), gain + more);
        }
        let gone = moved(&at);
        for guest in &gone {
            at[*guest].into_iter().for_each(|room| self.board.lift(*guest, room));
        }
        for guest in &gone {
            self.house.guests[*guest].room.into_iter().for_each(|room| self.board.lay(*guest, room));
        }
        self.best = (gain, gone.iter().filter_map(|guest| Some((*guest, at[*guest]?))).collect());
    }
}
