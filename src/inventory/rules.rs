//! Whether stays can be where they are wanted. Pure: of values alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Counts, count,
    facts::{BlockKind, Facts, Taken},
};
use crate::{
    kernel::{BlockId, Code, Day, Refusal, ReservationId, RoomId, RoomTypeId, Stay},
    rooms::model::Room,
};

/// Nights in one room: a block of a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    pub room_id: RoomId,
    #[serde(flatten)]
    pub stay: Stay,
}

/// What a stay takes of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claims {
    /// Cancelled, no-show: nothing.
    Nothing,
    /// A room of this type, whichever.
    AnyRoom(RoomTypeId, Stay),
    /// These rooms, one after the other.
    Rooms(Vec<Piece>),
}

impl Claims {
    pub fn pieces(&self) -> &[Piece] {
        if let Claims::Rooms(pieces) = self { pieces } else { &[] }
    }

    /// First and last night of the claim.
    pub fn window(&self) -> Option<Stay> {
        match self {
            Claims::Nothing => None,
            Claims::AnyRoom(_, stay) => Some(*stay),
            Claims::Rooms(pieces) => {
                let from = pieces.iter().map(|p| p.stay.from).min()?;
                let to = pieces.iter().map(|p| p.stay.to).max()?;
                Some(Stay { from, to })
            }
        }
    }
}

/// A stay that takes something else than before. `before` is `Nothing` for a new one.
#[derive(Clone, Debug)]
pub struct Shift {
    pub reservation: ReservationId,
    pub before: Claims,
    pub after: Claims,
}

/// Whether all of these may happen together.
///
/// Errors, in this order: an unknown or inactive room, ROOM_OUT_OF_ORDER, ROOM_ALREADY_BOOKED with the stays in the way,
/// NO_AVAILABILITY with the nights.
pub fn decide(facts: &Facts, shifts: &[Shift]) -> Result<(), Refusal> {
    let own: Vec<ReservationId> = shifts.iter().map(|s| s.reservation).collect();
    let mut in_the_way: Vec<&Taken> = Vec::new();
    let mut newcomers: Vec<Piece> = Vec::new();
    for shift in shifts {
        for piece in shift.after.pieces() {
            if shift.before.pieces().contains(piece) {
                continue;
            }
            let room = facts.room(piece.room_id).ok_or_else(|| Refusal::invalid("roomId", "does not exist in this property"))?;
            demand_locked_type(facts, room)?;
            if !room.is_active || room.opened_on.is_some_and(|day| day > piece.stay.from) {
                return Err(Refusal::invalid("roomId", format!("room {} is not in use on these nights", room.room_number)));
            }
            in_the_way.extend(facts.taken.iter().filter(|t| {
                t.room_id == piece.room_id && t.stay.overlaps(piece.stay) && t.reservation_id.is_none_or(|r| !own.contains(&r))
            }));
            if newcomers.iter().any(|other| other.room_id == piece.room_id && other.stay.overlaps(piece.stay)) {
                return Err(Refusal::new(Code::RoomAlreadyBooked, format!("Room {} would be taken twice.", room.room_number)));
            }
        }
        newcomers.extend(shift.after.pieces());
    }
    if !in_the_way.is_empty() {
        return Err(taken_refusal(facts, &in_the_way));
    }
    demand_locked_house(facts)?;
    enough_rooms(&facts.counts, &demand(facts, shifts))
}

/// A house is counted as a whole only under the locks of all its types. Whoever took his before it got a limit has some of them.
fn demand_locked_house(facts: &Facts) -> Result<(), Refusal> {
    if facts.counts.types_of_limited_house().all(|id| facts.room_type(id).is_some()) {
        return Ok(());
    }
    Err(Refusal::new(Code::ConcurrencyConflict, "The house just got an overbooking limit. Try again."))
}

/// The types of the rooms are found before their locks are held; a room that changed its type meanwhile was counted for another.
fn demand_locked_type(facts: &Facts, room: &Room) -> Result<(), Refusal> {
    match facts.room_type(room.room_type_id) {
        Some(_) => Ok(()),
        None => {
            Err(Refusal::new(Code::ConcurrencyConflict, format!("Room {} just changed its type. Try again.", room.room_number)))
        }
    }
}

fn taken_refusal(facts: &Facts, in_the_way: &[&Taken]) -> Refusal {
    let out_of_order = in_the_way.iter().find(|t| t.kind.is_out_of_order());
    let shown = out_of_order.copied().unwrap_or(in_the_way[0]);
    let number = facts.room(shown.room_id).map_or("", |r| &r.room_number);
    let (code, state) = match shown.kind {
        BlockKind::Reservation => (Code::RoomAlreadyBooked, "is booked"),
        BlockKind::OutOfOrder | BlockKind::Maintenance => (Code::RoomOutOfOrder, "is out of order"),
        BlockKind::HouseUse => (Code::RoomAlreadyBooked, "is in house use"),
        BlockKind::Hold => (Code::RoomAlreadyBooked, "is held"),
    };
    let conflicts: Vec<_> = in_the_way
        .iter()
        .map(|t| {
            json!({ "roomId": t.room_id, "roomNumber": facts.room(t.room_id).map(|r| &r.room_number), "blockType": t.kind,
                "startDate": t.stay.from, "endDate": t.stay.to, "reservationId": t.reservation_id, "blockId": t.block_id })
        })
        .collect();
    let message = format!("Room {number} {state} from {} to {}.", shown.stay.from, shown.stay.to);
    Refusal::new(code, message).facts(json!({ "conflicts": conflicts }))
}

/// Whether nothing but the block itself lies on these nights of a room.
///
/// Errors: ROOM_ALREADY_BOOKED or ROOM_OUT_OF_ORDER with everything in the way.
pub(super) fn free_for_block(facts: &Facts, own: Option<BlockId>, room: &Room, stay: Stay) -> Result<(), Refusal> {
    demand_locked_type(facts, room)?;
    let in_the_way: Vec<&Taken> =
        facts.taken.iter().filter(|t| t.room_id == room.id && t.stay.overlaps(stay) && Some(t.block_id) != own).collect();
    demand_locked_house(facts)?;
    if in_the_way.is_empty() { Ok(()) } else { Err(taken_refusal(facts, &in_the_way)) }
}

/// By how many rooms each type and night is taken more (or less) than before.
fn demand(facts: &Facts, shifts: &[Shift]) -> BTreeMap<(RoomTypeId, Day), i64> {
    let mut demand = BTreeMap::new();
    let mut count = |claims: &Claims, n: i64| match claims {
        Claims::Nothing => {}
        Claims::AnyRoom(room_type, stay) => stay.days().for_each(|day| *demand.entry((*room_type, day)).or_default() += n),
        Claims::Rooms(pieces) => {
            for piece in pieces {
                // A block was counted for the type that the room had when it was written; that type cannot change meanwhile.
                let Some(room) = facts.room(piece.room_id) else { continue };
                piece.stay.days().for_each(|day| *demand.entry((room.room_type_id, day)).or_default() += n);
            }
        }
    };
    for shift in shifts {
        count(&shift.before, -1);
        count(&shift.after, 1);
    }
    demand
}

/// Whether some type must give more rooms than before on some night: only then its count matters.
pub(super) fn takes_more(facts: &Facts, shifts: &[Shift]) -> bool {
    demand(facts, shifts).values().any(|n| *n > 0)
}

/// Errors: NO_AVAILABILITY with every night on which the demand is more than what is left, of a type or of the house.
pub(super) fn enough_rooms(counts: &Counts, demand: &BTreeMap<(RoomTypeId, Day), i64>) -> Result<(), Refusal> {
    let is_short = |(room_type, day): &(RoomTypeId, Day), n: i64| {
        n > 0 && counts.night(*room_type, *day).is_none_or(|night| night.left() < n)
    };
    let short: Vec<(RoomTypeId, Day)> = demand.iter().filter(|(key, n)| is_short(key, **n)).map(|(key, _)| *key).collect();
    if let Some((room_type, first)) = short.first().copied() {
        let message = counts.night(room_type, first).unwrap_or_default().why_full(first, short.len() > 1);
        let nights: Vec<Day> = short.iter().map(|(_, day)| *day).collect();
        return Err(Refusal::new(Code::NoAvailability, message).facts(json!({ "nights": nights })));
    }
    let mut of_house = BTreeMap::<Day, i64>::new();
    demand.iter().for_each(|((_, day), n)| *of_house.entry(*day).or_default() += n);
    let short: Vec<Day> = of_house
        .into_iter()
        .filter(|(day, n)| *n > 0 && counts.house(*day).is_some_and(|left| left < *n))
        .map(|(day, _)| day)
        .collect();
    let Some(first) = short.first() else { return Ok(()) };
    let message = count::why_house_full(*first, short.len() > 1);
    Err(Refusal::new(Code::NoAvailability, message).facts(json!({ "nights": short, "isHouse": true })))
}
