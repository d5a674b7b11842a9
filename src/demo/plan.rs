//! Draws what happens in a house: pure, and the same for the same seed. Stays follow one another in each room, so that the plan
//! fits by construction; living it through the use cases then proves it.

use rand::{Rng, SeedableRng, rngs::StdRng};

use super::names::{HOLDS, HOUSE_USES, NOTES, REPAIRS, TONGUES};
use crate::{
    inventory::facts::BlockKind,
    kernel::{Day, Stay},
    reservations::model::Source,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Resort,
    City,
}

pub struct Type {
    pub code: &'static str,
    pub name: &'static str,
    pub rooms: u32,
    pub persons: i32,
    pub bed: &'static str,
    pub beds: i32,
    /// A night of the best available rate in the middle of the year.
    pub cents: i64,
}

pub struct Spec {
    /// Leads the ids of the hotel, which are short and known, so that examples can name them.
    pub number: u32,
    pub name: &'static str,
    pub street: &'static str,
    pub postal_code: &'static str,
    pub city: &'static str,
    pub region: &'static str,
    pub country: &'static str,
    pub tax_number: &'static str,
    pub timezone: &'static str,
    pub currency: &'static str,
    pub locale: &'static str,
    pub kind: Kind,
    pub floors: u32,
    /// Guests with a profile.
    pub profiles: usize,
    pub types: &'static [Type],
}

/// Who comes.
#[derive(Clone, Debug)]
pub struct Person {
    pub first: &'static str,
    pub last: &'static str,
    pub country: &'static str,
    pub language: &'static str,
}

/// How a stay stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Departed,
    InHouse,
    /// In a room, or waiting for one.
    Expected {
        assigned: bool,
    },
    Hold {
        assigned: bool,
    },
    Cancelled,
    NoShow,
}

#[derive(Clone, Debug)]
pub struct PlannedStay {
    pub room: usize,
    pub room_type: usize,
    pub stay: Stay,
    pub fate: Fate,
    /// The last nights are in this room.
    pub split: Option<(Day, usize)>,
    pub booked_on: Day,
    pub source: Source,
    pub plan: usize,
    pub adults: i32,
    pub children: i32,
    pub person: Person,
    /// A profile of the house.
    pub profile: Option<usize>,
    pub note: Option<&'static str>,
    pub arrival_hour: Option<i8>,
    pub pinned: bool,
}

#[derive(Clone, Debug)]
pub struct PlannedBlock {
    pub room: usize,
    pub stay: Stay,
    pub kind: BlockKind,
    pub reason: &'static str,
}

/// Everything that happens in a house.
pub struct House {
    pub today: Day,
    pub first: Day,
    pub last: Day,
    pub profiles: Vec<Person>,
    /// Those that come to nothing first, then by arrival.
    pub stays: Vec<PlannedStay>,
    pub blocks: Vec<PlannedBlock>,
}

impl House {
    /// `reach` days back and ahead of `today`.
    pub fn draw(spec: &Spec, today: Day, reach: i32, seed: u64) -> House {
        let mut rng = StdRng::seed_from_u64(seed);
        let (first, last) = (today.plus(-reach), today.plus(reach));
        let profiles = (0..spec.profiles).map(|_| person(&mut rng)).collect();
        let mut house = House { today, first, last, profiles, stays: Vec::new(), blocks: Vec::new() };
        let rooms = spec.types.iter().enumerate().flat_map(|(t, kind)| (0..kind.rooms).map(move |_| t));
        for (room, room_type) in rooms.enumerate() {
            house.fill_room(&mut rng, spec, room, room_type);
        }
        house.split_some(&mut rng, spec);
        house.add_failures(&mut rng, spec);
        house.stays.sort_by_key(|s| (!matches!(s.fate, Fate::Cancelled | Fate::NoShow), s.stay.from, s.room));
        house.blocks.sort_by_key(|b| (b.stay.from, b.room));
        house
    }

    fn fill_room(&mut self, rng: &mut StdRng, spec: &Spec, room: usize, room_type: usize) {
        let mut day = self.first.plus(rng.random_range(0..3));
        let mut turned_over_today = false;
        while day < self.last {
            if rng.random_ratio(1, 90) {
                let stay = Stay { from: day, to: day.plus(rng.random_range(1..=6)) };
                let kind = block_kind(rng);
                self.blocks.push(PlannedBlock { room, stay, kind, reason: pick(rng, reasons(kind)) });
                day = stay.to;
                continue;
            }
            let stay = Stay { from: day, to: day.plus(length(rng, spec.kind)) };
            let fate = self.fate(rng, stay, turned_over_today);
            let planned = self.planned(rng, spec, room, room_type, stay, fate);
            turned_over_today = stay.to == self.today && fate == Fate::InHouse;
            self.stays.push(planned);
            day = stay.to.plus(self.gap(rng, spec.kind, stay.to));
        }
    }

    /// `due_out`: the guest before is still in the room today.
    fn fate(&self, rng: &mut StdRng, stay: Stay, due_out: bool) -> Fate {
        let today = self.today;
        if stay.to < today || (stay.to == today && rng.random_ratio(9, 20)) {
            return Fate::Departed;
        }
        if stay.from < today || (stay.from == today && !due_out && rng.random_ratio(3, 10)) {
            return Fate::InHouse;
        }
        let near = today.days_until(stay.from) < 3;
        let assigned = if near { rng.random_ratio(4, 5) } else { rng.random_ratio(17, 20) };
        if !near && rng.random_ratio(1, 16) { Fate::Hold { assigned } } else { Fate::Expected { assigned } }
    }

    /// Empty nights before the next stay: fewer in season and before weekends, more in the far future.
    fn gap(&self, rng: &mut StdRng, kind: Kind, day: Day) -> i32 {
        let ahead = self.today.days_until(day).max(0);
        let summer = (6..=9).contains(&day.date().month());
        let weekend = day.date().weekday().to_monday_one_offset() >= 5;
        let base = if kind == Kind::Resort { 105 } else { 65 };
        let mean = base - if summer { 25 } else { 0 } - if weekend { 10 } else { 0 } + ahead * 2 / 5;
        // `mean` in hundredths of a night; one night at a time, so that most gaps are none at all.
        let mut nights = 0;
        while nights < 20 && rng.random_range(0..100 + mean) < mean {
            nights += 1;
        }
        nights
    }

    fn planned(&self, rng: &mut StdRng, spec: &Spec, room: usize, room_type: usize, stay: Stay, fate: Fate) -> PlannedStay {
        let kind = &spec.types[room_type];
        let adults = rng.random_range(1..=kind.persons.min(2));
        let children = if kind.persons > 2 && rng.random_ratio(1, 3) { rng.random_range(1..=kind.persons - 2) } else { 0 };
        let source = match rng.random_range(0..100) {
            0..=19 => Source::Direct,
            20..=31 => Source::Phone,
            32..=35 => Source::Walkin,
            36..=59 => Source::BookingEngine,
            _ => Source::Ota,
        };
        let lead = if source == Source::Walkin { 0 } else { rng.random_range(0_i32..15).pow(2) / 2 };
        let profile = (rng.random_ratio(2, 5) && !self.profiles.is_empty()).then(|| rng.random_range(0..self.profiles.len()));
        PlannedStay {
            room,
            room_type,
            stay,
            fate,
            split: None,
            booked_on: self.booked_on(stay.from.plus(-lead)),
            source,
            plan: if source == Source::Ota { 0 } else { rng.random_range(0..3) },
            adults,
            children,
            person: profile.map_or_else(|| person(rng), |n| self.profiles[n].clone()),
            profile,
            note: rng.random_ratio(1, 6).then(|| pick(rng, &NOTES)),
            arrival_hour: rng.random_ratio(1, 3).then(|| rng.random_range(13..23)),
            pinned: rng.random_ratio(1, 25),
        }
    }

    /// Lets some future stays end in another room of their type that is free on the last night.
    /// Who books for later than a lead from today did so on one of the hundred days before: a hotel is not sold out in a day.
    fn booked_on(&self, day: Day) -> Day {
        let ahead = self.today.days_until(day);
        if ahead > 0 { self.today.plus(-(ahead % 97)) } else { day }
    }

    fn split_some(&mut self, rng: &mut StdRng, spec: &Spec) {
        let mut held: Vec<Vec<Stay>> = vec![Vec::new(); spec.types.iter().map(|t| t.rooms as usize).sum()];
        self.stays.iter().for_each(|s| held[s.room].push(s.stay));
        self.blocks.iter().for_each(|b| held[b.room].push(b.stay));
        for stay in &mut self.stays {
            let splittable =
                stay.fate == (Fate::Expected { assigned: true }) && stay.stay.nights() >= 3 && stay.stay.from > self.today;
            if !splittable || !rng.random_ratio(1, 12) {
                continue;
            }
            let tail = Stay { from: stay.stay.to.plus(-1), to: stay.stay.to };
            let first: usize = spec.types[..stay.room_type].iter().map(|t| t.rooms as usize).sum();
            let rooms = first..first + spec.types[stay.room_type].rooms as usize;
            if let Some(room) = rooms.into_iter().find(|room| !held[*room].iter().any(|h| h.overlaps(tail))) {
                held[room].push(tail);
                stay.split = Some((tail.from, room));
            }
        }
    }

    /// Cancellations and no-shows: they hold nothing, so they fit anywhere.
    fn add_failures(&mut self, rng: &mut StdRng, spec: &Spec) {
        let (cancelled, no_shows) = (self.stays.len() / 7, self.stays.len() / 60);
        for n in 0..cancelled + no_shows {
            let model = rng.random_range(0..self.stays.len());
            let (room, room_type) = (self.stays[model].room, self.stays[model].room_type);
            let no_show = n < no_shows;
            let span = self.first.days_until(if no_show { self.today } else { self.last.plus(-14) }).max(1);
            let from = self.first.plus(rng.random_range(0..span));
            let stay = Stay { from, to: from.plus(length(rng, spec.kind)) };
            let fate = if no_show { Fate::NoShow } else { Fate::Cancelled };
            let planned = self.planned(rng, spec, room, room_type, stay, fate);
            self.stays.push(planned);
        }
    }
}

fn length(rng: &mut StdRng, kind: Kind) -> i32 {
    let weights: &[(i32, u32)] = match kind {
        Kind::Resort => &[(1, 8), (2, 26), (3, 22), (4, 14), (5, 8), (7, 16), (10, 4), (14, 2)],
        Kind::City => &[(1, 28), (2, 30), (3, 22), (4, 10), (5, 5), (7, 4), (21, 1)],
    };
    let mut roll = rng.random_range(0..weights.iter().map(|(_, w)| w).sum());
    for (nights, weight) in weights {
        if roll < *weight {
            return *nights;
        }
        roll -= weight;
    }
    1
}

fn block_kind(rng: &mut StdRng) -> BlockKind {
    match rng.random_range(0..10) {
        0..=4 => BlockKind::OutOfOrder,
        5..=6 => BlockKind::Maintenance,
        7..=8 => BlockKind::HouseUse,
        _ => BlockKind::Hold,
    }
}

fn reasons(kind: BlockKind) -> &'static [&'static str] {
    match kind {
        BlockKind::HouseUse => &HOUSE_USES,
        BlockKind::Hold => &HOLDS,
        _ => &REPAIRS,
    }
}

fn person(rng: &mut StdRng) -> Person {
    let mut roll = rng.random_range(0..TONGUES.iter().map(|t| t.share).sum());
    let mut tongue = &TONGUES[0];
    for candidate in &TONGUES {
        tongue = candidate;
        if roll < candidate.share {
            break;
        }
        roll -= candidate.share;
    }
    Person { first: pick(rng, tongue.first), last: pick(rng, tongue.last), country: tongue.country, language: tongue.language }
}

fn pick(rng: &mut StdRng, from: &[&'static str]) -> &'static str {
    from[rng.random_range(0..from.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::HOTELS;

    #[test]
    fn the_houses_are_as_big_as_they_say_and_sell_three_nights_of_four() {
        let today = Day::new(2027, 2, 12).unwrap();
        for (spec, rooms) in HOTELS.iter().zip([30, 200]) {
            assert_eq!(spec.types.iter().map(|t| t.rooms).sum::<u32>(), rooms);
            let house = House::draw(spec, today, 365, 1);
            let sold: i32 =
                house.stays.iter().filter(|s| !matches!(s.fate, Fate::Cancelled | Fate::NoShow)).map(|s| s.stay.nights()).sum();
            let share = f64::from(sold) / f64::from(rooms * 730);
            assert!((0.71..0.79).contains(&share), "{}: {share}", spec.name);
        }
    }

    #[test]
    fn nothing_in_the_plan_overlaps_and_every_fate_occurs() {
        let house = House::draw(&HOTELS[0], Day::new(2027, 2, 12).unwrap(), 365, 7);
        let held: Vec<(usize, Stay)> = house
            .stays
            .iter()
            .filter(|s| !matches!(s.fate, Fate::Cancelled | Fate::NoShow))
            .flat_map(|s| match s.split {
                Some((date, room)) => vec![(s.room, Stay { to: date, ..s.stay }), (room, Stay { from: date, ..s.stay })],
                None => vec![(s.room, s.stay)],
            })
            .chain(house.blocks.iter().map(|b| (b.room, b.stay)))
            .collect();
        for (n, (room, stay)) in held.iter().enumerate() {
            assert!(!held[..n].iter().any(|(r, s)| r == room && s.overlaps(*stay)), "room {room} {stay:?}");
        }
        assert!(house.stays.iter().any(|s| s.split.is_some()));
        let fates: std::collections::HashSet<_> = house.stays.iter().map(|s| std::mem::discriminant(&s.fate)).collect();
        assert_eq!(fates.len(), 6);
    }
}
