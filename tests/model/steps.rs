//! What may be done, at random. Guests and blocks are meant by their number, counted from the first again when there are fewer.

use proptest::{option, prelude::*, sample::select};

use super::hotel::ROOMS;

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

    /// The same with numbers that there are; none when nobody is there yet.
    pub fn meant(&self, guests: usize, blocks: usize) -> Option<Step> {
        use Step::*;
        let mut step = self.clone();
        match &mut step {
            Book { .. } | Close { .. } | Night => {}
            Open { which } => *which = which.checked_rem(blocks)?,
            Swap { a, b } => (*a, *b) = (a.checked_rem(guests)?, b.checked_rem(guests)?),
            Move { guest, .. } | Assign { guest, .. } | Resize { guest, .. } | Split { guest, .. } | Unassign { guest } => {
                *guest = guest.checked_rem(guests)?;
            }
            Confirm { guest } | Cancel { guest } | NoShow { guest } | Reinstate { guest, .. } => {
                *guest = guest.checked_rem(guests)?
            }
            CheckIn { guest, .. } | CheckOut { guest } | Undo { guest } => *guest = guest.checked_rem(guests)?,
        }
        Some(step)
    }
}

/// The last night that anything begins on.
const LAST: i32 = 9;

fn room() -> impl Strategy<Value = u32> {
    select(&ROOMS[..])
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![Just(When::Same), (0..LAST + 5).prop_map(When::On)]
}

pub fn step() -> impl Strategy<Value = Step> {
    let guest = || 0..12_usize;
    let maybe = || option::of(room());
    prop_oneof![
        8 => (any::<bool>(), maybe(), 0..LAST, 1..5, prop::bool::weighted(0.2))
            .prop_map(|(suite, room, from, nights, hold)| Step::Book { suite, room, from, nights, hold }),
        4 => (guest(), maybe(), option::of(0..LAST)).prop_map(|(guest, room, from)| Step::Move { guest, room, from }),
        2 => (guest(), maybe()).prop_map(|(guest, room)| Step::Assign { guest, room }),
        3 => (guest(), when(), when()).prop_map(|(guest, from, to)| Step::Resize { guest, from, to }),
        3 => (guest(), 1..LAST, room()).prop_map(|(guest, date, room)| Step::Split { guest, date, room }),
        2 => (guest(), guest()).prop_map(|(a, b)| Step::Swap { a, b }),
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
        2 => Just(Step::Night),
    ]
}
