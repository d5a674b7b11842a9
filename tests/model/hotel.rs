//! A hotel in memory, as simple as can be: who is in which room on which night. It shares no code with the program.

use std::collections::{BTreeMap, BTreeSet};

use super::steps::{Step, When};

/// Standard rooms, then suites.
pub const ROOMS: [u32; 5] = [101, 102, 103, 201, 202];

pub fn is_suite(room: u32) -> bool {
    room > 200
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Hold,
    Confirmed,
    InHouse,
    Left,
    Cancelled,
    NoShow,
}

#[derive(Clone, Debug)]
pub struct Guest {
    pub state: State,
    pub from: i32,
    pub to: i32,
    pub wants_suite: bool,
    /// The room of each night; empty while he waits for one. Of a guest who has left, the nights that he slept.
    pub nights: BTreeMap<i32, u32>,
    /// The room that a guest in the house is in, or left.
    pub is_in: Option<u32>,
    came: Option<i32>,
    went: Option<i32>,
    would_have_come: Option<i32>,
    would_have_left: Option<(i32, BTreeMap<i32, u32>)>,
    pub version: i64,
}

#[derive(Clone, Debug)]
pub struct Closed {
    pub room: u32,
    pub from: i32,
    pub to: i32,
    pub for_repair: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Hotel {
    pub today: i32,
    pub guests: Vec<Guest>,
    pub closed: Vec<Closed>,
}

impl Guest {
    pub fn waits(&self) -> bool {
        self.nights.is_empty() && matches!(self.state, State::Hold | State::Confirmed)
    }

    fn is_booked(&self) -> bool {
        matches!(self.state, State::Hold | State::Confirmed)
    }

    /// May still be moved.
    fn is_alive(&self) -> bool {
        self.is_booked() || self.state == State::InHouse
    }

    /// The room for tonight, or for the first night to come, or of the last.
    fn room_for(&self, today: i32) -> Option<u32> {
        self.nights.range(today..).next().or(self.nights.iter().next_back()).map(|(_, room)| *room)
    }

    /// What the API calls his room.
    pub fn room(&self, today: i32) -> Option<u32> {
        if self.is_in.is_some() { self.is_in } else { self.room_for(today) }
    }

    fn all_in(&mut self, room: u32) {
        self.nights = (self.from..self.to).map(|night| (night, room)).collect();
    }

    fn sleeps_from(&mut self, date: i32, room: u32) {
        self.nights.extend((date.max(self.from)..self.to).map(|night| (night, room)));
    }

    /// Other dates: nights that are kept stay where they are, the ends are stretched.
    fn dates(&mut self, from: i32, to: i32) {
        let was = std::mem::take(&mut self.nights);
        (self.from, self.to) = (from, to);
        let Some((_, last_of_all)) = was.last_key_value() else { return };
        let kept: BTreeMap<i32, u32> = was.range(from..to).map(|(n, r)| (*n, *r)).collect();
        let first = kept.first_key_value().map_or(*last_of_all, |(_, r)| *r);
        let last = kept.last_key_value().map_or(*last_of_all, |(_, r)| *r);
        let begin = kept.first_key_value().map_or(from, |(n, _)| *n);
        self.nights = (from..to).map(|n| (n, kept.get(&n).copied().unwrap_or(if n < begin { first } else { last }))).collect();
    }
}

impl Hotel {
    fn taken(&self, but: &[usize]) -> BTreeSet<(u32, i32)> {
        let stays = self.guests.iter().enumerate().filter(|(n, _)| !but.contains(n));
        let stays = stays.flat_map(|(_, g)| g.nights.iter().map(|(night, room)| (*room, *night)));
        stays.chain(self.closed.iter().flat_map(|c| (c.from..c.to).map(|night| (c.room, night)))).collect()
    }

    /// Rooms of the kind that are left on a night.
    fn left(&self, suite: bool, night: i32) -> i64 {
        let rooms = ROOMS.iter().filter(|r| is_suite(**r) == suite).count();
        let taken = self.taken(&[]).iter().filter(|(room, n)| is_suite(*room) == suite && *n == night).count();
        let wait = self.guests.iter().filter(|g| g.waits() && g.wants_suite == suite && (g.from..g.to).contains(&night)).count();
        rooms as i64 - taken as i64 - wait as i64
    }

    fn demand(guest: &Guest) -> Vec<(bool, i32)> {
        if guest.waits() {
            return (guest.from..guest.to).map(|night| (guest.wants_suite, night)).collect();
        }
        guest.nights.iter().map(|(night, room)| (is_suite(*room), *night)).collect()
    }

    /// Whether these guests may become what they are in the second list.
    fn fits(&self, who: &[usize], after: &[Guest]) -> bool {
        let mut taken = self.taken(who);
        let free = after.iter().flat_map(|g| &g.nights).all(|(night, room)| taken.insert((*room, *night)));
        let mut more: BTreeMap<(bool, i32), i64> = BTreeMap::new();
        for guest in after {
            Self::demand(guest).into_iter().for_each(|key| *more.entry(key).or_default() += 1);
        }
        for n in who {
            let before = self.guests.get(*n).map(Self::demand).unwrap_or_default();
            before.into_iter().for_each(|key| *more.entry(key).or_default() -= 1);
        }
        free && more.iter().all(|((suite, night), n)| *n <= 0 || self.left(*suite, *night) >= *n)
    }

    fn is_under_repair(&self, room: u32) -> bool {
        self.closed.iter().any(|c| c.room == room && c.for_repair && (c.from..c.to).contains(&self.today))
    }

    fn somebody_is_in(&self, room: u32) -> bool {
        self.guests.iter().any(|g| g.state == State::InHouse && g.is_in == Some(room))
    }

    fn can_be_entered(&self, room: u32) -> bool {
        !self.somebody_is_in(room) && !self.is_under_repair(room)
    }

    /// Rooms that a guest who waits for one could have.
    pub fn free_rooms(&self, n: usize) -> Vec<u32> {
        let guest = &self.guests[n];
        let taken = self.taken(&[]);
        let is_free = |room: &u32| (guest.from..guest.to).all(|night| !taken.contains(&(*room, night)));
        ROOMS.into_iter().filter(|room| is_suite(*room) == guest.wants_suite).filter(is_free).collect()
    }

    /// Each room and each lane with its nights, as the calendar must show them.
    pub fn drawn(&self) -> Vec<String> {
        let mut cells: BTreeMap<(String, i32), String> = BTreeMap::new();
        for (n, guest) in self.guests.iter().enumerate() {
            let state = match guest.state {
                State::InHouse => "in",
                State::Left => "left",
                State::Hold => "hold",
                _ => "",
            };
            guest.nights.iter().for_each(|(night, room)| drop(cells.insert((room.to_string(), *night), format!("{n}{state}"))));
            if guest.waits() {
                let lane = format!("{} {n}{state}", if guest.wants_suite { "SUITE" } else { "STD" });
                (guest.from..guest.to).for_each(|night| drop(cells.insert((lane.clone(), night), "waits".into())));
            }
        }
        for closed in &self.closed {
            let sign = if closed.for_repair { "repair" } else { "held" };
            (closed.from..closed.to).for_each(|night| drop(cells.insert((closed.room.to_string(), night), sign.into())));
        }
        cells.into_iter().map(|((row, night), what)| format!("{row} @{night} {what}")).collect()
    }

    /// Does the step, or answers that it cannot be done. The guests that changed.
    pub fn step(&mut self, step: &Step) -> Option<Vec<usize>> {
        match *step {
            Step::Book { suite, room, from, nights, hold } => self.book(suite, room, from, nights, hold),
            Step::Swap { a, b } => self.swap(a, b),
            Step::Close { room, from, nights, repair } => self.close(room, from, nights, repair).then(Vec::new),
            Step::Open { which } => self.open(which).then(Vec::new),
            Step::Night => {
                self.today += 1;
                Some(Vec::new())
            }
            _ => {
                let (n, after) = self.changed(step)?;
                let moves_in = after.state == State::InHouse
                    && (self.guests[n].state != State::InHouse || after.is_in != self.guests[n].is_in);
                if moves_in && !self.can_be_entered(after.is_in?) {
                    return None;
                }
                self.commit(vec![n], vec![after])
            }
        }
    }

    fn commit(&mut self, who: Vec<usize>, mut after: Vec<Guest>) -> Option<Vec<usize>> {
        if !self.fits(&who, &after) {
            return None;
        }
        for (n, mut guest) in who.iter().zip(after.drain(..)) {
            guest.version += 1;
            self.guests[*n] = guest;
        }
        Some(who)
    }

    fn book(&mut self, suite: bool, room: Option<u32>, from: i32, nights: i32, hold: bool) -> Option<Vec<usize>> {
        let mut guest = Guest {
            state: if hold { State::Hold } else { State::Confirmed },
            from,
            to: from + nights,
            wants_suite: room.map_or(suite, is_suite),
            nights: BTreeMap::new(),
            is_in: None,
            came: None,
            went: None,
            would_have_come: None,
            would_have_left: None,
            version: 1,
        };
        room.into_iter().for_each(|room| guest.all_in(room));
        if from < self.today || !self.fits(&[], std::slice::from_ref(&guest)) {
            return None;
        }
        self.guests.push(guest);
        Some(vec![self.guests.len() - 1])
    }

    fn swap(&mut self, a: usize, b: usize) -> Option<Vec<usize>> {
        let one_room = |n: usize| {
            let guest = &self.guests[n];
            let rooms: BTreeSet<u32> = guest.nights.values().copied().collect();
            (guest.is_booked() && rooms.len() == 1).then(|| rooms.into_iter().next()).flatten()
        };
        let (room_a, room_b) = (one_room(a)?, one_room(b)?);
        let (mut first, mut second) = (self.guests[a].clone(), self.guests[b].clone());
        first.all_in(room_b);
        second.all_in(room_a);
        if a == b { None } else { self.commit(vec![a, b], vec![first, second]) }
    }

    fn close(&mut self, room: u32, from: i32, nights: i32, repair: bool) -> bool {
        let taken = self.taken(&[]);
        let free = (from..from + nights).all(|night| !taken.contains(&(room, night)) && self.left(is_suite(room), night) >= 1);
        let in_the_way = repair && from <= self.today && self.somebody_is_in(room);
        if from < self.today || !free || in_the_way {
            return false;
        }
        self.closed.push(Closed { room, from, to: from + nights, for_repair: repair });
        true
    }

    fn open(&mut self, which: usize) -> bool {
        let closed = &mut self.closed[which];
        if closed.to <= self.today {
            return false;
        }
        if closed.from < self.today {
            closed.to = self.today;
        } else {
            (closed.from, closed.to) = (i32::MIN, i32::MIN);
        }
        true
    }

    /// The guest as a step would make him, if his state allows it.
    fn changed(&self, step: &Step) -> Option<(usize, Guest)> {
        let today = self.today;
        let (n, mut g) = step.guest().map(|n| (n, self.guests[n].clone()))?;
        let was_for_today = g.room_for(today);
        match *step {
            Step::Move { room, from, .. } => self.moved(&mut g, room, from)?,
            Step::Assign { room: Some(room), .. } if g.nights.is_empty() && g.is_alive() => g.all_in(room),
            Step::Assign { room, .. } => self.moved(&mut g, room, None)?,
            Step::Resize { from, to, .. } => self.resized(&mut g, from, to)?,
            Step::Split { date, room, .. } => {
                let slept = g.state == State::InHouse && date < today;
                if !g.is_alive() || g.nights.is_empty() || slept || date <= g.from || date >= g.to {
                    return None;
                }
                g.sleeps_from(date, room);
            }
            Step::Unassign { .. } => {
                if !g.is_booked() {
                    return None;
                }
                g.nights.clear();
            }
            Step::Confirm { .. } if g.state == State::Hold => g.state = State::Confirmed,
            Step::Cancel { .. } if g.is_booked() => (g.state, g.nights) = (State::Cancelled, BTreeMap::new()),
            Step::NoShow { .. } if g.state == State::Confirmed && g.from <= today => {
                (g.state, g.nights) = (State::NoShow, BTreeMap::new());
            }
            Step::Reinstate { room, .. } if matches!(g.state, State::Cancelled | State::NoShow) && g.to > today => {
                (g.state, g.from) = (State::Confirmed, g.from.max(today));
                room.into_iter().for_each(|room| g.all_in(room));
            }
            Step::CheckIn { room, .. } => self.checked_in(&mut g, room)?,
            Step::CheckOut { .. } if g.state == State::InHouse => checked_out(&mut g, today),
            Step::Undo { .. } => undone(&mut g, today)?,
            _ => return None,
        }
        if self.guests[n].state == State::InHouse && g.state == State::InHouse && g.room_for(today) != was_for_today {
            g.is_in = g.room_for(today);
        }
        Some((n, g))
    }

    fn moved(&self, g: &mut Guest, room: Option<u32>, from: Option<i32>) -> Option<()> {
        if !g.is_alive() {
            return None;
        }
        let begins = from.unwrap_or(g.from);
        if g.state == State::InHouse {
            let is_possible = begins == g.from && (room.is_none() || g.to > self.today);
            if let (Some(room), true) = (room, is_possible) {
                g.sleeps_from(self.today, room);
                g.is_in = Some(room);
            }
            return is_possible.then_some(());
        }
        if begins != g.from && begins < self.today {
            return None;
        }
        let by = begins - g.from;
        (g.from, g.to) = (begins, g.to + by);
        g.nights = g.nights.iter().map(|(night, room)| (night + by, *room)).collect();
        room.into_iter().for_each(|room| g.all_in(room));
        Some(())
    }

    fn resized(&self, g: &mut Guest, from: When, to: When) -> Option<()> {
        let (from, to) = (from.of(g.from), to.of(g.to));
        let is_in = g.state == State::InHouse;
        let left_moves_badly = from != g.from && (is_in || from < self.today);
        let right_moves_badly = to != g.to && is_in && to <= self.today;
        if !g.is_alive() || from >= to || left_moves_badly || right_moves_badly {
            return None;
        }
        g.dates(from, to);
        Some(())
    }

    fn checked_in(&self, g: &mut Guest, room: Option<u32>) -> Option<()> {
        let today = self.today;
        if g.state != State::Confirmed || g.to <= today {
            return None;
        }
        if today < g.from {
            g.would_have_come = Some(g.from);
            g.dates(today, g.to);
        }
        if let Some(room) = room {
            if g.nights.is_empty() {
                g.from = g.from.max(today);
            }
            g.sleeps_from(today, room);
        }
        (g.state, g.came, g.is_in) = (State::InHouse, Some(today), Some(g.room_for(today)?));
        Some(())
    }
}

fn checked_out(g: &mut Guest, today: i32) {
    (g.state, g.went) = (State::Left, Some(today));
    if today < g.to {
        g.would_have_left = Some((g.to, g.nights.clone()));
        g.to = today.max(g.from + 1);
        g.nights.retain(|night, _| *night < today);
    }
}

/// Takes back a check-in or a check-out of the same day.
fn undone(g: &mut Guest, today: i32) -> Option<()> {
    match g.state {
        State::InHouse if g.came == Some(today) => {
            (g.state, g.came, g.is_in) = (State::Confirmed, None, None);
            if let Some(from) = g.would_have_come.take().filter(|from| *from < g.to) {
                g.dates(from, g.to);
            }
        }
        State::Left if g.went == Some(today) => {
            (g.state, g.went) = (State::InHouse, None);
            if let Some((to, nights)) = g.would_have_left.take() {
                (g.to, g.nights) = (to, nights);
            }
        }
        _ => return None,
    }
    Some(())
}
