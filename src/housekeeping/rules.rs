//! What a room needs today, and what may be done with an assignment. Pure.

use serde_json::json;

use super::{
    model::{Assignment, AssignmentState, Work},
    settings::HousekeepingSettings,
};
use crate::{
    kernel::{Code, Day, Refusal},
    rooms::model::{Room, RoomStatus},
};

/// A stay that holds a room for a night.
#[derive(Clone, Debug)]
pub struct Held {
    pub reservation: String,
    pub is_in_house: bool,
    pub persons: i32,
    /// Since when it is in this room.
    pub from: Day,
}

/// What the books say of a room on its business date.
#[derive(Clone, Debug)]
pub struct Facts {
    pub room: Room,
    pub today: Day,
    pub last_night: Option<Held>,
    pub tonight: Option<Held>,
    /// The last day on which the linen was changed.
    pub linen_on: Option<Day>,
    /// It became clean today.
    pub was_cleaned: bool,
}

/// What happens in a room today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Today {
    pub is_arrival: bool,
    pub is_due_out: bool,
    pub is_stay_over: bool,
    pub is_service_due: bool,
    pub is_linen_due: bool,
    /// Of the guest who is in it.
    pub persons: Option<i32>,
    /// Of the guest who is to come.
    pub arriving: Option<i32>,
}

impl Facts {
    /// Who is in the room, by the books.
    fn occupant(&self) -> Option<&Held> {
        if self.room.status != RoomStatus::Occupied {
            return None;
        }
        [&self.last_night, &self.tonight].into_iter().flatten().find(|held| held.is_in_house)
    }

    pub fn today(&self, settings: &HousekeepingSettings) -> Today {
        let occupant = self.occupant();
        let who = |held: &Option<Held>| held.as_ref().map(|h| h.reservation.clone());
        let stays = occupant.filter(|o| Some(&o.reservation) == who(&self.tonight).as_ref());
        let slept = occupant.filter(|o| Some(&o.reservation) == who(&self.last_night).as_ref());
        let comes = self.tonight.as_ref().filter(|next| occupant.is_none_or(|o| o.reservation != next.reservation));
        let comes = comes.filter(|_| occupant.is_some() || self.room.status != RoomStatus::Occupied);
        let stay_over = stays.filter(|_| slept.is_some());
        let is_linen_due = stay_over.is_some_and(|o| self.is_due(settings.linen_every_nights, o.from, self.linen_on));
        let service_is_due = stay_over.is_some_and(|o| self.is_due(settings.service_every_nights, o.from, self.room.serviced_on));
        Today {
            is_arrival: comes.is_some(),
            is_due_out: slept.is_some() && stays.is_none(),
            is_stay_over: stay_over.is_some(),
            is_service_due: service_is_due || is_linen_due,
            is_linen_due,
            persons: occupant.map(|o| o.persons),
            arriving: comes.map(|next| next.persons),
        }
    }

    /// Whether `every` nights have passed since it was done last, or since the guest came. Never when `every` is 0.
    fn is_due(&self, every: i32, from: Day, last: Option<Day>) -> bool {
        let since = last.filter(|day| *day > from).unwrap_or(from);
        every > 0 && since.days_until(self.today) >= every
    }

    /// What the room needs today, when nobody was there yet.
    pub fn need(&self, today: &Today) -> Option<Work> {
        match self.room.status {
            RoomStatus::VacantDirty => Some(Work::Departure),
            RoomStatus::Occupied if today.is_due_out => Some(Work::Departure),
            RoomStatus::Occupied if today.is_service_due => Some(Work::StayOver),
            RoomStatus::VacantClean if today.is_arrival && !self.room.is_inspected && !self.was_cleaned => Some(Work::TouchUp),
            _ => None,
        }
    }
}

/// What is still to be planned: what the room needs, unless somebody is to go there, or was there for that.
pub fn to_plan(need: Option<Work>, own: &[&Assignment]) -> Option<Work> {
    let need = need?;
    let is_live = own.iter().any(|a| a.state.is_live());
    // A room may be left twice on a day; nobody is sent again to who did not want it.
    let was_done = need != Work::Departure && own.iter().any(|a| a.kind == need);
    (!is_live && !was_done).then_some(need)
}

/// Whether the linen is changed with it.
pub fn changes_linen(kind: Work, today: &Today) -> bool {
    match kind {
        Work::Departure | Work::DeepClean => true,
        Work::StayOver => today.is_linen_due,
        Work::TouchUp => false,
    }
}

/// Errors: INVALID_STATUS_TRANSITION when it is not in one of these states.
pub fn demand_state(a: &Assignment, from: &[AssignmentState], to: &str) -> Result<(), Refusal> {
    if from.contains(&a.state) {
        return Ok(());
    }
    let message = format!("The assignment is {} and cannot become {to}.", a.state);
    Err(Refusal::new(Code::InvalidStatusTransition, message).facts(json!({ "state": a.state, "version": a.version })))
}

/// Errors: INVALID_STATUS_TRANSITION when the room is not as the work needs it: nobody cleans up after a guest who is still there.
pub fn demand_room(kind: Work, room: &Room) -> Result<(), Refusal> {
    let is_in = room.status == RoomStatus::Occupied;
    let number = &room.room_number;
    let message = match kind {
        Work::Departure if is_in => format!("Room {number} is still occupied. If nobody is in it, report what you see."),
        Work::TouchUp if is_in => format!("The guest is in room {number} already."),
        Work::StayOver if !is_in => format!("Nobody is in room {number} any more: it needs a departure clean."),
        _ => return Ok(()),
    };
    Err(Refusal::new(Code::InvalidStatusTransition, message).facts(json!({ "roomId": room.id, "roomStatus": room.status })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i8) -> Day {
        Day::new(2027, 2, n).unwrap()
    }

    fn held(drawn: char) -> Option<Held> {
        // A capital letter is in the house.
        let is_in_house = drawn.is_ascii_uppercase();
        let from = day(if drawn.eq_ignore_ascii_case(&'a') { 1 } else { 4 });
        (drawn != '-').then(|| Held { reservation: drawn.to_ascii_lowercase().into(), is_in_house, persons: 2, from })
    }

    fn facts(drawn: &str, status: RoomStatus) -> Facts {
        let [last_night, tonight] = [0, 1].map(|n| held(drawn.chars().nth(n).unwrap()));
        Facts { room: Room::drawn(status), today: day(4), last_night, tonight, linen_on: None, was_cleaned: false }
    }

    #[test]
    fn what_happens_in_a_room_is_who_held_it_and_who_is_in_it() {
        use RoomStatus::*;
        // Last night and tonight; arrival, due out, stay-over, and what is needed.
        for (drawn, status, expected, need) in [
            ("--", VacantClean, "...", None),
            ("-b", VacantClean, "a..", Some(Work::TouchUp)),
            ("-b", VacantDirty, "a..", Some(Work::Departure)),
            ("-b", OutOfOrder, "a..", None),
            ("AA", Occupied, "..s", Some(Work::StayOver)),
            ("A-", Occupied, ".d.", Some(Work::Departure)),
            ("Ab", Occupied, "ad.", Some(Work::Departure)),
            // The one left, the other came.
            ("aB", Occupied, "...", None),
            ("-B", Occupied, "...", None),
            ("a-", VacantDirty, "...", Some(Work::Departure)),
            ("aa", VacantDirty, "a..", Some(Work::Departure)),
        ] {
            let facts = facts(drawn, status);
            let today = facts.today(&HousekeepingSettings::drawn(1, 0));
            let flags = [(today.is_arrival, 'a'), (today.is_due_out, 'd'), (today.is_stay_over, 's')];
            let told: String = flags.iter().map(|(is, letter)| if *is { *letter } else { '.' }).collect();
            assert_eq!((told.as_str(), facts.need(&today)), (expected, need), "{drawn} {status}");
        }
    }

    #[test]
    fn service_and_linen_are_due_after_so_many_nights() {
        // In the house since the 1st, today is the 4th: three nights.
        for (service, linen, serviced, linen_on, expected) in [
            (1, 0, None, None, (true, false)),
            (1, 0, Some(3), None, (true, false)),
            (1, 0, Some(4), None, (false, false)),
            (0, 0, None, None, (false, false)),
            (2, 0, Some(3), None, (false, false)),
            (0, 3, None, None, (true, true)),
            (0, 4, None, None, (false, false)),
            (1, 3, Some(3), Some(2), (true, false)),
            // What was changed for the guest before counts for nothing.
            (0, 3, None, Some(1), (true, true)),
        ] {
            let mut facts = facts("AA", RoomStatus::Occupied);
            (facts.room.serviced_on, facts.linen_on) = (serviced.map(day), linen_on.map(day));
            let today = facts.today(&HousekeepingSettings::drawn(service, linen));
            assert_eq!((today.is_service_due, today.is_linen_due), expected, "{service} {linen} {serviced:?} {linen_on:?}");
        }
    }
}
