//! What may be done, at random. Guests and blocks are meant by their number, counted from the first again when there are fewer.

use proptest::{option, prelude::*, sample::select};

use super::hotel::{Guest, Hotel, ROOMS, State};

/// A date of a resize: as it is, or another.
#[derive(Clone, Copy, Debug)]
pub enum When {
    Same,
    On(i32),
}

impl When {
    pub fn of(self, now: i32) -> i32 {
        if let When::On(day) = self { day } else { now }
    }
}

#[derive(Clone, Debug)]
pub enum Step {
    Book {
        suite: bool,
        room: Option<u32>,
        from: i32,
        nights: i32,
        hold: bool,
    },
    Move {
        guest: usize,
        room: Option<u32>,
        from: Option<i32>,
    },
    /// Gives a room, by the verb of its own.
    Assign {
        guest: usize,
        room: Option<u32>,
    },
    Resize {
        guest: usize,
        from: When,
        to: When,
    },
    Split {
        guest: usize,
        date: i32,
        room: u32,
    },
    Swap {
        a: usize,
        b: usize,
    },
    Unassign {
        guest: usize,
    },
    Confirm {
        guest: usize,
    },
    Cancel {
        guest: usize,
    },
    NoShow {
        guest: usize,
    },
    Reinstate {
        guest: usize,
        room: Option<u32>,
    },
    CheckIn {
        guest: usize,
        room: Option<u32>,
    },
    CheckOut {
        guest: usize,
    },
    /// Of the check-in, or of the check-out.
    Undo {
        guest: usize,
    },
    Close {
        room: u32,
        from: i32,
        nights: i32,
        repair: bool,
    },
    Open {
        which: usize,
    },
    Night,
}

impl Step {
    pub fn guest(&self) -> Option<usize> {
        use Step::*;
        match *self {
            Move { guest, .. } | Assign { guest, .. } | Resize { guest, .. } | Split { guest, .. } | Unassign { guest } => {
                Some(guest)
            }
            Confirm { guest } | Cancel { guest } | NoShow { guest } | Reinstate { guest, .. } => Some(guest),
            CheckIn { guest, .. } | CheckOut { guest } | Undo { guest } => Some(guest),
            _ => None,
        }
    }

    /// `Book`, `Move`, …
    pub fn kind(&self) -> String {
        format!("{self:?}").split(' ').next().unwrap_or_default().to_string()
    }

    /// The same with numbers that there are; none when nobody is there yet. Mostly somebody is meant with whom it may work.
    pub fn meant(&self, hotel: &Hotel) -> Option<Step> {
        use Step::*;
        let mut step = self.clone();
        let choose = |number: usize| {
            let all = hotel.guests.len();
            let fit: Vec<usize> = (0..all).filter(|n| self.fits(&hotel.guests[*n])).collect();
            let among_all = number % 4 == 3 || fit.is_empty();
            if among_all { number.checked_rem(all) } else { Some(fit[number % fit.len()]) }
        };
        match &mut step {
            Book { .. } | Close { .. } | Night => {}
            Open { which } => *which = which.checked_rem(hotel.closed.len())?,
            Swap { a, b } => (*a, *b) = (choose(*a)?, choose(*b)?),
            Move { guest, .. } | Assign { guest, .. } | Resize { guest, .. } | Split { guest, .. } | Unassign { guest } => {
                *guest = choose(*guest)?;
            }
            Confirm { guest } | Cancel { guest } | NoShow { guest } | Reinstate { guest, .. } => *guest = choose(*guest)?,
            CheckIn { guest, .. } | CheckOut { guest } | Undo { guest } => *guest = choose(*guest)?,
        }
        Some(step)
    }

    /// Whether the step is one for a guest like this.
    fn fits(&self, guest: &Guest) -> bool {
        use State::*;
        match self {
            Step::Confirm { .. } => guest.state == Hold,
            Step::Cancel { .. } | Step::Unassign { .. } => matches!(guest.state, Hold | Confirmed),
            Step::NoShow { .. } | Step::CheckIn { .. } => guest.state == Confirmed,
            Step::Reinstate { .. } => matches!(guest.state, Cancelled | NoShow),
            Step::CheckOut { .. } => guest.state == InHouse,
            Step::Undo { .. } => matches!(guest.state, InHouse | Left),
            Step::Assign { .. } => guest.waits(),
            Step::Swap { .. } => matches!(guest.state, Hold | Confirmed) && !guest.nights.is_empty(),
            Step::Split { .. } => matches!(guest.state, Hold | Confirmed | InHouse) && !guest.nights.is_empty(),
            _ => matches!(guest.state, Hold | Confirmed | InHouse),
        }
    }
}

/// The last night that anything begins on.
const LAST: i32 = 6;

fn room() -> impl Strategy<Value = u32> {
    select(&ROOMS[..])
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![Just(When::Same), (0..LAST + 5).prop_map(When::On)]
}

pub fn step() -> impl Strategy<Value = Step> {
    let guest = || 0..9_usize;
    let maybe = || option::of(room());
    prop_oneof![
        8 => (any::<bool>(), maybe(), 0..LAST, 1..5, prop::bool::weighted(0.2))
            .prop_map(|(suite, room, from, nights, hold)| Step::Book { suite, room, from, nights, hold }),
        4 => (guest(), maybe(), option::of(0..LAST)).prop_map(|(guest, room, from)| Step::Move { guest, room, from }),
        4 => (guest(), maybe()).prop_map(|(guest, room)| Step::Assign { guest, room }),
        3 => (guest(), when(), when()).prop_map(|(guest, from, to)| Step::Resize { guest, from, to }),
        3 => (guest(), 1..LAST, room()).prop_map(|(guest, date, room)| Step::Split { guest, date, room }),
        4 => (guest(), guest()).prop_map(|(a, b)| Step::Swap { a, b }),
        1 => guest().prop_map(|guest| Step::Unassign { guest }),
        1 => guest().prop_map(|guest| Step::Confirm { guest }),
        1 => guest().prop_map(|guest| Step::Cancel { guest }),
        1 => guest().prop_map(|guest| Step::NoShow { guest }),
        2 => (guest(), maybe()).prop_map(|(guest, room)| Step::Reinstate { guest, room }),
        6 => (guest(), maybe()).prop_map(|(guest, room)| Step::CheckIn { guest, room }),
        3 => guest().prop_map(|guest| Step::CheckOut { guest }),
        3 => guest().prop_map(|guest| Step::Undo { guest }),
        2 => (room(), 0..LAST, 1..5, any::<bool>())
            .prop_map(|(room, from, nights, repair)| Step::Close { room, from, nights, repair }),
        1 => (0..4_usize).prop_map(|which| Step::Open { which }),
        1 => Just(Step::Night),
    ]
}
