//! Two real hotels, as many rooms of each type as their busiest night needed: everybody who stayed is booked in the order of the
//! bookings, with a room fixed at once. Guests in the house do not move.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
    path::Path,
};

use oppsera_pms::{
    fit::{
        check,
        model::{Answer, Choice, Fixture, Guest, House, Nights, Patience},
        solve::solve,
    },
    import::{Fate, Hotel, Selection, read},
    kernel::{Day, Stay},
};

use crate::{TIMES, Tally, timed};

pub struct Hotels {
    pub page: String,
    pub undecided: usize,
}

/// In the order of a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Departure,
    Booking,
    Arrival,
}

pub fn measure(file: &Path) -> anyhow::Result<Hotels> {
    let mut hotels = Hotels { page: String::new(), undecided: 0 };
    let rows = read(file, &Hotel::ALL, Selection::default())?;
    let page = &mut hotels.page;
    writeln!(
        page,
        "\nThe real hotels of `make import-real`, each type with just the rooms of its busiest night, everybody given a room when he"
    )?;
    writeln!(
        page,
        "books, in the order of the bookings.\n\n| hotel | rooms | stays | without a room, first fit | without a room, Fit | proofs |"
    )?;
    writeln!(page, "|---|---:|---:|---:|---:|---:|")?;
    let mut times = format!("\n{TIMES}\n");
    for hotel in Hotel::ALL {
        let mut stays: BTreeMap<char, Vec<(Day, Stay)>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.hotel == hotel && row.fate == Fate::CheckedOut) {
            if let Some(stay) = row.stay {
                stays.entry(row.assigned_type).or_default().push((row.booked_on, stay));
            }
        }
        let (mut without, mut unplaced, mut rooms) = (0, 0, 0);
        let mut tally = Tally::default();
        for stays in stays.values() {
            let needed = most_at_once(stays);
            rooms += needed;
            without += Replay::new(needed, stays, None).live();
            unplaced += Replay::new(needed, stays, Some(&mut tally)).live();
        }
        let (count, proofs) = (stays.values().map(Vec::len).sum::<usize>(), tally.of("proof"));
        hotels.undecided += tally.of("undecided");
        writeln!(hotels.page, "| {} | {rooms} | {count} | {without} | {unplaced} | {proofs} |", hotel.name())?;
        writeln!(times, "{}", tally.row(hotel.name()))?;
    }
    hotels.page += &times;
    Ok(hotels)
}

fn most_at_once(stays: &[(Day, Stay)]) -> usize {
    let mut nights: HashMap<Day, usize> = HashMap::new();
    stays.iter().flat_map(|(_, stay)| stay.days()).for_each(|day| *nights.entry(day).or_default() += 1);
    nights.values().copied().max().unwrap_or(0)
}

struct Replay<'a> {
    stays: &'a [(Day, Stay)],
    rooms: usize,
    /// Without it, who finds no free room has none.
    fit: Option<&'a mut Tally>,
    /// By stay: its room, and whether the guest is in it.
    active: BTreeMap<usize, (usize, bool)>,
    /// By room: first nights and ends.
    taken: Vec<BTreeMap<Day, Day>>,
}

impl<'a> Replay<'a> {
    fn new(rooms: usize, stays: &'a [(Day, Stay)], fit: Option<&'a mut Tally>) -> Replay<'a> {
        Replay { stays, rooms, fit, active: BTreeMap::new(), taken: vec![BTreeMap::new(); rooms] }
    }

    /// How many found no room.
    fn live(&mut self) -> usize {
        let mut events = Vec::with_capacity(self.stays.len() * 3);
        for (n, (booked, stay)) in self.stays.iter().enumerate() {
            events.extend([(*booked, Event::Booking, n), (stay.from, Event::Arrival, n), (stay.to, Event::Departure, n)]);
        }
        events.sort_unstable();
        let mut without = 0;
        for (day, event, n) in events {
            match event {
                Event::Departure => self.leave(n),
                Event::Arrival => self.active.get_mut(&n).into_iter().for_each(|it| it.1 = true),
                Event::Booking => without += usize::from(!self.book(day, n)),
            }
        }
        without
    }

    fn leave(&mut self, n: usize) {
        if let Some((room, _)) = self.active.remove(&n) {
            self.taken[room].remove(&self.stays[n].1.from);
        }
    }

    fn lay(&mut self, n: usize, room: usize) {
        let stay = self.stays[n].1;
        self.taken[room].insert(stay.from, stay.to);
        self.active.insert(n, (room, false));
    }

    fn book(&mut self, today: Day, n: usize) -> bool {
        let stay = self.stays[n].1;
        let is_free = |room: &usize| self.taken[*room].range(..stay.to).next_back().is_none_or(|(_, to)| *to <= stay.from);
        if let Some(room) = (0..self.rooms).find(is_free) {
            self.lay(n, room);
            return true;
        }
        if self.fit.is_none() {
            return false;
        }
        let (house, who) = self.house(today, n);
        let (took, answer) = timed(|is_over| solve(&house, &mut Patience { steps: u64::MAX, is_over }));
        self.fit.iter_mut().for_each(|tally| tally.add(took, &answer));
        let plan = match answer {
            Answer::Plan(plan) => plan,
            Answer::Impossible(proof) => {
                check::proof(&house, &proof).expect("a proof that holds");
                return false;
            }
            Answer::Undecided { .. } => return false,
        };
        check::plan(&house, &plan).expect("a plan that holds");
        plan.rooms.iter().for_each(|(guest, _)| self.leave(who[*guest]));
        plan.rooms.iter().for_each(|(guest, room)| self.lay(who[*guest], *room));
        true
    }

    /// The question of a stay, and which stays its guests are.
    fn house(&self, today: Day, asks: usize) -> (House, Vec<usize>) {
        let last = self.active.keys().chain([&asks]).map(|n| self.stays[*n].1.to).max().unwrap_or(today);
        let nights = |stay: Stay| Nights {
            from: today.days_until(stay.from).max(0) as usize,
            to: today.days_until(stay.to).max(0) as usize,
        };
        let all = Choice { rooms: vec![true; self.rooms], ..Choice::default() };
        let mut house = House {
            nights: today.days_until(last) as usize,
            rooms: self.rooms,
            choices: vec![all],
            fixtures: Vec::new(),
            guests: vec![Guest { nights: nights(self.stays[asks].1), room: None, choice: 0 }],
            ..House::default()
        };
        let mut who = vec![asks];
        for (n, (room, is_in_it)) in &self.active {
            let nights = nights(self.stays[*n].1);
            if *is_in_it {
                house.fixtures.push(Fixture { room: *room, nights });
            } else {
                house.guests.push(Guest { nights, room: Some(*room), choice: 0 });
                who.push(*n);
            }
        }
        (house, who)
    }
}
