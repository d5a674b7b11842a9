//! What stays wish of their rooms, as limits and costs for the search.

use std::collections::HashMap;

use tokio_postgres::Row;

use super::{
    model::Choice,
    oversold::Standing,
    question::{Door, Question},
};
use crate::{
    kernel::{ReservationId, RoomId, RoomTypeId},
    rooms::wishes::{self, Wishes},
};

/// Another room than the one that is liked.
const ANOTHER_ROOM: u32 = 2;
/// On the floor of the other stay, or on another floor; next door is as near as can be.
const SAME_FLOOR: u32 = 1;
const OTHER_FLOOR: u32 = 2;

/// The wishes of one stay.
#[derive(Clone, Debug, Default)]
pub struct Wished {
    /// What must be so: of it the features and the floor alone are looked at.
    pub hard: Wishes,
    /// The one room that is asked for.
    pub only: Option<RoomId>,
    /// It is asked for although it is not as it must be.
    pub is_free_of_hard: bool,
    /// The type that is paid, and for how many persons.
    pub charged: Option<RoomTypeId>,
    pub adults: i32,
    pub persons: i32,
    favourite: Option<RoomId>,
    near: Option<(ReservationId, Option<Door>)>,
}

/// What makes two choices the same.
type Key = (Vec<String>, Option<String>, Option<RoomId>, bool, Option<RoomId>, Option<RoomId>, Standing);

impl Wished {
    /// Columns of the statements of [`super::question`].
    pub fn from_row(row: &Row) -> Wished {
        let near_room: Option<RoomId> = row.get("near_room_id");
        let door = near_room.map(|id| Door {
            id,
            number: row.get("near_number"),
            floor: row.get("near_floor"),
            features: row.get("near_features"),
            room_type_id: row.get("near_type_id"),
            opened_on: None,
        });
        let near: Option<ReservationId> = row.get("near_reservation_id");
        Wished {
            hard: Wishes { features: row.get("wished_features"), floor: row.get("wished_floor"), ..Wishes::default() },
            favourite: row.get("favourite_room_id"),
            near: near.map(|id| (id, door)),
            charged: row.get("charged_type_id"),
            adults: row.get("adults"),
            persons: row.get("persons"),
            ..Wished::default()
        }
    }

    pub fn lacks(&self, door: &Door) -> Vec<String> {
        self.hard.lacks(door.floor.as_deref(), door.features.as_ref())
    }

    /// Whether a room is the one that was asked for, if one was, and as it must be.
    pub fn will_do(&self, door: &Door) -> bool {
        self.only.is_none_or(|room| room == door.id) && (self.is_free_of_hard || self.lacks(door).is_empty())
    }

    fn costs(&self, doors: &[Door], near: Option<&Door>) -> Vec<u32> {
        if self.favourite.is_none() && near.is_none() {
            return Vec::new();
        }
        let another = |door: &Door| self.favourite.map_or(0, |room| if room == door.id { 0 } else { ANOTHER_ROOM });
        doors.iter().map(|door| another(door) + near.map_or(0, |near| apart(door, near))).collect()
    }
}

/// How far two rooms are from each other: 0 next door or through a connecting door.
pub fn apart(a: &Door, b: &Door) -> u32 {
    let is_same_floor = a.floor.is_some() && a.floor == b.floor;
    let is_next = match (number(&a.number), number(&b.number)) {
        (Some((of_a, a)), Some((of_b, b))) => of_a == of_b && a.abs_diff(b) <= 1,
        _ => false,
    };
    if a.id == b.id || is_same_floor && is_next || connected(a, b) {
        0
    } else if is_same_floor {
        SAME_FLOOR
    } else {
        OTHER_FLOOR
    }
}

fn connected(a: &Door, b: &Door) -> bool {
    wishes::connects(a.features.as_ref(), &b.number) || wishes::connects(b.features.as_ref(), &a.number)
}

/// `("B", 12)` of B12.
fn number(text: &str) -> Option<(&str, u32)> {
    let digits = text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
    Some((&text[..digits], text[digits..].parse().ok()?))
}

impl Question {
    /// Turns the wishes of all who may move, or ask for a room, into limits, costs and pairs. Once, when all have asked.
    pub fn settle(&mut self) {
        self.house.levels = self.levels();
        let mut known: HashMap<Key, usize> = HashMap::new();
        let at: HashMap<ReservationId, usize> =
            self.sleepers.iter().enumerate().filter_map(|(n, it)| Some((it.reservation.as_ref()?.id, n))).collect();
        for n in 0..self.sleepers.len() {
            let wish = &self.sleepers[n].wish;
            let standing = self.standing(&self.sleepers[n]);
            let mut near = None;
            if let Some((other, door)) = &wish.near {
                match at.get(other) {
                    Some(other) if self.house.guests[n].nights.overlap(self.house.guests[*other].nights) => {
                        self.house.pairs.push((n, *other));
                    }
                    Some(_) => {}
                    None => near = door.as_ref(),
                }
            }
            let hard = &wish.hard;
            let near_room = near.map(|door| door.id);
            let key =
                (hard.features.clone(), hard.floor.clone(), wish.only, wish.is_free_of_hard, wish.favourite, near_room, standing);
            if self.ranks.is_empty() && key == Key::default() {
                continue;
            }
            let choice = match known.get(&key) {
                Some(choice) => *choice,
                None => {
                    let will_do = |door: &Door| wish.will_do(door) && self.is_good_enough(&standing, door);
                    let rooms = self.doors.iter().map(will_do).collect();
                    self.house.choices.push(Choice { rooms, costs: wish.costs(&self.doors, near), level: standing.0 });
                    known.insert(key, self.house.choices.len() - 1);
                    self.house.choices.len() - 1
                }
            };
            self.house.guests[n].choice = choice;
        }
        if !self.house.pairs.is_empty() {
            let all = || self.doors.iter();
            self.house.apart = all().flat_map(|a| all().map(move |b| apart(a, b))).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::RoomTypeId;
    use serde_json::json;
    use ulid::Ulid;

    fn door(number: &str, floor: Option<&str>, connecting: &str) -> Door {
        let id = RoomId(Ulid::from(number.bytes().fold(0_u128, |sum, byte| sum * 256 + u128::from(byte))));
        let features = Some(json!({ "connecting": connecting }));
        let room_type_id = RoomTypeId(Ulid::nil());
        Door { id, number: number.into(), floor: floor.map(Into::into), features, room_type_id, opened_on: None }
    }

    #[test]
    fn next_door_is_nearer_than_the_floor_and_the_floor_than_the_house() {
        let here = door("102", Some("1"), "");
        let far = |number, floor, connecting| apart(&here, &door(number, floor, connecting));
        assert_eq!([far("101", Some("1"), ""), far("103", Some("1"), ""), far("202", Some("2"), "102")], [0, 0, 0]);
        assert_eq!([far("104", Some("1"), ""), far("B103", Some("1"), "")], [1, 1]);
        assert_eq!([far("103", None, ""), far("202", Some("2"), ""), far("X", Some("2"), "")], [2, 2, 2]);
    }
}
