//! What may happen to a stay, and what it looks like afterwards. Pure: of values alone.

use crate::{
    guests::model::email_fault,
    inventory::Piece,
    kernel::{Code, Day, Faults, PackageId, Refusal, RoomId, Stay, text},
    properties::Property,
    rates::derive::OLDEST_CHILD,
    restrictions::{Restrictions, Sold, Violation},
    rooms::room_type::RoomType,
};

use super::model::{Booking, NightPrice, PrimaryGuest, Reservation, Status};

impl Status {
    pub fn is_active(self) -> bool {
        matches!(self, Status::Hold | Status::Confirmed | Status::CheckedIn)
    }

    /// The table of the states. An undo has its own rule: the same business date.
    pub fn may_become(self, to: Status) -> bool {
        use Status::*;
        matches!(
            (self, to),
            (Hold, Confirmed | Cancelled)
                | (Confirmed, CheckedIn | Cancelled | NoShow)
                | (CheckedIn, CheckedOut | Confirmed)
                | (NoShow | Cancelled, Confirmed)
                | (CheckedOut, CheckedIn)
        )
    }
}

/// Errors: INVALID_STATUS_TRANSITION.
pub fn transition(r: &Reservation, to: Status) -> Result<(), Refusal> {
    if r.status.may_become(to) {
        return Ok(());
    }
    let message = format!("A reservation that is {} cannot become {to}.", r.status);
    Err(Refusal::new(Code::InvalidStatusTransition, message).facts(serde_json::json!({ "status": r.status })))
}

/// How far ahead of the business date a stay may begin: five years.
pub const FARTHEST_ARRIVAL_DAYS: i32 = 5 * 366;

/// Where a stay may begin when its arrival is set anew.
///
/// Errors: VALIDATION_ERROR of `checkInDate`.
pub fn arrival(day: Day, business_date: Day) -> Result<(), Refusal> {
    match business_date.days_until(day) {
        ..0 => Err(Refusal::invalid("checkInDate", format!("must not be before the business date, {business_date}"))),
        n if n > FARTHEST_ARRIVAL_DAYS => Err(Refusal::invalid("checkInDate", "must be at most five years ahead")),
        _ => Ok(()),
    }
}

/// Errors: RESERVATION_NOT_MOVABLE for stays that are over or never were.
pub fn movable(r: &Reservation) -> Result<(), Refusal> {
    if r.status.is_active() {
        return Ok(());
    }
    let message = format!("A reservation that is {} cannot be moved.", r.status);
    Err(Refusal::new(Code::ReservationNotMovable, message).facts(serde_json::json!({ "status": r.status })))
}

/// The restrictions that a stay breaks, for the plan and the type that are charged. `was`: the stay as it is booked, when it changes.
pub fn restricted(
    restrictions: &Restrictions,
    property: &Property,
    was: Option<&Reservation>,
    r: &Reservation,
) -> Vec<Violation> {
    let sold = |r: &Reservation| (r.rate_plan_id, r.room_type_id);
    let was = was.filter(|was| sold(was) == sold(r)).map(Reservation::stay);
    restrictions.broken_by(r.rate_plan_id, r.room_type_id, Sold { stay: r.stay(), on: property.business_date, was })
}

/// Adults when nobody says how many: two, or one with children, as far as the type takes them.
pub fn usual_adults(has_children: bool, room_type: &RoomType) -> i32 {
    if has_children { 1 } else { 2 }.min(room_type.max_adults)
}

/// Persons against what the type holds.
pub fn check_persons(faults: &mut Faults, (adults, children): (i32, i32), ages: Option<&[i32]>, room_type: &RoomType) {
    let RoomType { max_adults, max_occupancy, .. } = *room_type;
    if adults < 0 || children < 0 || adults > 1000 || children > 1000 {
        faults.add("adults", "and children must be 0 to 1000");
    } else if adults + children < 1 {
        faults.add("adults", "and children must be at least one person");
    } else if adults > max_adults {
        faults.add("adults", format!("must be at most {max_adults} in this room type"));
    } else if adults + children > max_occupancy {
        faults.add("children", format!("and adults must be at most {max_occupancy} persons in this room type"));
    }
    check_ages(faults, children, ages);
}

/// The ages of children, when they are told.
pub fn check_ages(faults: &mut Faults, children: i32, ages: Option<&[i32]>) {
    let Some(ages) = ages else { return };
    if ages.len() as i64 != i64::from(children) {
        faults.add("childAges", "must be one for each child");
    } else if ages.iter().any(|age| !(0..=OLDEST_CHILD).contains(age)) {
        faults.add("childAges", format!("must be 0 to {OLDEST_CHILD}: who is older is an adult"));
    }
}

/// Most packages that are chosen for a stay.
pub const MOST_PACKAGES: usize = 20;

pub fn check_packages(faults: &mut Faults, chosen: &[PackageId]) {
    if chosen.len() > MOST_PACKAGES {
        faults.add("packageIds", format!("must be at most {MOST_PACKAGES}"));
    }
}

pub fn check_guest(faults: &mut Faults, guest: &PrimaryGuest) {
    faults.text("primaryGuestJson.lastName", &guest.last_name, 1, 200);
    faults.text("primaryGuestJson.firstName", &guest.first_name, 0, 200);
    faults.optional_text("primaryGuestJson.phone", guest.phone.as_deref(), 40);
    faults.optional_text("primaryGuestJson.email", guest.email.as_deref(), 254);
    if let Some(rule) = guest.email.as_deref().and_then(email_fault) {
        faults.add("primaryGuestJson.email", rule);
    }
}

pub fn check_notes(faults: &mut Faults, r: &Reservation) {
    faults.optional_text("internalNotes", r.internal_notes.as_deref(), 4000);
    faults.optional_text("guestNotes", r.guest_notes.as_deref(), 4000);
    faults.optional_text("sourceRef", r.source_ref.as_deref(), 200);
    if let Some(rule) = r.close_reason.as_deref().and_then(|t| text::fault(t, 1000)) {
        faults.add("reason", rule);
    }
}

/// The pieces of a stay whose dates became `stay`: cut at the ends, and the first and the last stretched.
pub fn stretched(rooms: &[Piece], stay: Stay) -> Vec<Piece> {
    let mut kept: Vec<Piece> =
        rooms.iter().filter_map(|p| p.stay.overlap(stay).map(|stay| Piece { room_id: p.room_id, stay })).collect();
    if kept.is_empty()
        && let Some(last) = rooms.last()
    {
        kept.push(Piece { room_id: last.room_id, stay });
    }
    if let Some(first) = kept.first_mut() {
        first.stay.from = stay.from;
    }
    if let Some(last) = kept.last_mut() {
        last.stay.to = stay.to;
    }
    kept
}

/// The pieces when from `date` on the stay is in `room`; neighbours in one room become one piece.
pub fn moved_from(rooms: &[Piece], stay: Stay, date: Day, room: RoomId) -> Vec<Piece> {
    let before =
        rooms.iter().filter(|p| p.stay.from < date).map(|p| Piece { stay: Stay { to: p.stay.to.min(date), ..p.stay }, ..*p });
    let mut pieces: Vec<Piece> = before.collect();
    match pieces.last_mut() {
        Some(last) if last.room_id == room => last.stay.to = stay.to,
        _ => pieces.push(Piece { room_id: room, stay: Stay { from: date.max(stay.from), to: stay.to } }),
    }
    pieces
}

/// The room of the present piece, or of the first that is still to come, or of the last.
pub fn room_on(rooms: &[Piece], business_date: Day) -> Option<RoomId> {
    rooms.iter().find(|p| p.stay.to > business_date).or(rooms.last()).map(|p| p.room_id)
}

/// The room of a stay that changes. A guest is where he was checked in until somebody moves him: the seam of a split stay passes by
/// itself, people do not. Who has left keeps the room that he left, and is in it again when that is undone.
pub fn room_after(before: &Booking, after: &Booking, business_date: Day) -> Option<RoomId> {
    let planned = room_on(&after.rooms, business_date);
    let stays_put = match (before.reservation.status, after.reservation.status) {
        (_, Status::CheckedOut) | (Status::CheckedOut, _) => true,
        (Status::CheckedIn, Status::CheckedIn) => planned == room_on(&before.rooms, business_date),
        _ => false,
    };
    if stays_put { after.reservation.room_id } else { planned }
}

/// The nights of `stay`: kept ones at their stored price, the others as quoted.
pub fn repriced(kept: &[NightPrice], stay: Stay, quoted: impl Fn(Day) -> Option<NightPrice>) -> Result<Vec<NightPrice>, Refusal> {
    stay.days()
        .map(|day| {
            kept.iter()
                .find(|n| n.night == day && !n.is_released)
                .copied()
                .or_else(|| quoted(day))
                .ok_or_else(|| Refusal::invalid("ratePlanId", format!("has no price for {day}")))
        })
        .collect()
}

/// A departing stay ends on the business date; what was not slept is given back.
pub fn departed(booking: &Booking, business_date: Day) -> Booking {
    let mut after = booking.clone();
    let r = &mut after.reservation;
    r.status = Status::CheckedOut;
    r.checked_out_on = Some(business_date);
    if business_date < r.check_out_date {
        r.planned_check_out_date = Some(r.check_out_date);
        r.planned_rooms_json = Some(booking.rooms.clone());
        // A stay has at least one night: who leaves on the day of arrival has used the room.
        r.check_out_date = business_date.max(r.check_in_date.plus(1));
        for night in &mut after.nights {
            night.is_released |= night.night >= r.check_out_date;
        }
        let slept = Stay { from: r.check_in_date, to: business_date };
        after.rooms = booking.rooms.iter().filter_map(|p| p.stay.overlap(slept).map(|stay| Piece { stay, ..*p })).collect();
        if business_date <= r.check_in_date {
            after.rooms.clear();
        }
    }
    after.add_up(business_date);
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use ulid::Ulid;

    fn day(n: i32) -> Day {
        Day::new(2027, 2, 1).unwrap().plus(n)
    }
    fn piece(room: u128, from: i32, to: i32) -> Piece {
        Piece { room_id: RoomId(Ulid::from(room)), stay: Stay { from: day(from), to: day(to) } }
    }

    #[test]
    fn the_states_follow_the_table() {
        use Status::*;
        let allowed: Vec<(Status, Status)> =
            Status::ALL.iter().flat_map(|a| Status::ALL.iter().map(|b| (*a, *b))).filter(|(a, b)| a.may_become(*b)).collect();
        assert_eq!(
            allowed,
            [
                (Hold, Confirmed),
                (Hold, Cancelled),
                (Confirmed, CheckedIn),
                (Confirmed, Cancelled),
                (Confirmed, NoShow),
                (CheckedIn, Confirmed),
                (CheckedIn, CheckedOut),
                (CheckedOut, CheckedIn),
                (Cancelled, Confirmed),
                (NoShow, Confirmed),
            ]
        );
    }

    #[test]
    fn a_move_in_house_keeps_the_nights_slept() {
        let rooms = [piece(1, 0, 5)];
        let stay = Stay { from: day(0), to: day(5) };
        assert_eq!(moved_from(&rooms, stay, day(2), RoomId(Ulid::from(2))), [piece(1, 0, 2), piece(2, 2, 5)]);
        assert_eq!(moved_from(&rooms, stay, day(0), RoomId(Ulid::from(2))), [piece(2, 0, 5)]);
        let split = [piece(1, 0, 2), piece(2, 2, 5)];
        assert_eq!(moved_from(&split, stay, day(2), RoomId(Ulid::from(1))), [piece(1, 0, 5)]);
        assert_eq!(moved_from(&split, stay, day(4), RoomId(Ulid::from(1))), [piece(1, 0, 2), piece(2, 2, 4), piece(1, 4, 5)]);
    }

    #[test]
    fn a_resize_stretches_the_ends_and_drops_what_is_cut_off() {
        let split = [piece(1, 0, 2), piece(2, 2, 5)];
        assert_eq!(stretched(&split, Stay { from: day(0), to: day(7) }), [piece(1, 0, 2), piece(2, 2, 7)]);
        assert_eq!(stretched(&split, Stay { from: day(0), to: day(2) }), [piece(1, 0, 2)]);
        assert_eq!(stretched(&split, Stay { from: day(-1), to: day(1) }), [piece(1, -1, 1)]);
        assert_eq!(stretched(&split, Stay { from: day(3), to: day(4) }), [piece(2, 3, 4)]);
        assert_eq!(stretched(&split, Stay { from: day(8), to: day(9) }), [piece(2, 8, 9)]);
    }

    #[test]
    fn the_room_of_a_split_stay_is_the_present_one() {
        let split = [piece(1, 0, 2), piece(2, 2, 5)];
        let number = |d: i32| room_on(&split, day(d)).unwrap().0.0;
        assert_eq!([number(-3), number(0), number(1), number(2), number(9)], [1, 1, 1, 2, 2]);
    }
}
