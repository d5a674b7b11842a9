//! What lies in the rooms of a type, read from the database and put as a question to the assigner.

use std::collections::HashMap;

use serde_json::Value;
use tokio_postgres::Row;

use super::{
    model::{Choice, Fixture, Guest, House, Nights},
    oversold::Rank,
    weeks::Tidying,
    wish::Wished,
};
use crate::{
    call,
    db::Call,
    inventory::facts::BlockKind,
    kernel::{Day, PropertyId, ReservationId, RoomId, RoomTypeId, Stay, TenantId},
    reservations::model::Status,
};

/// Stays without a room, with what they wish.
macro_rules! waiting {
    ($which:literal) => {
        concat!(
            "
        select r.id, r.room_type_id, r.check_in_date, r.check_out_date, r.version, r.confirmation_number,
          r.primary_guest_json ->> 'lastName', r.primary_guest_json ->> 'firstName', r.status, r.room_id is not null,
          r.wished_features, r.wished_floor, r.near_reservation_id, coalesce(r.wished_room_id, l.room_id) as favourite_room_id, n.*,
          r.room_type_id as charged_type_id, r.adults, r.adults + r.children as persons
        from pms_reservations r
        left join lateral (
          select room_id from pms_reservations
          where tenant_id = $1 and property_id = $2 and r.wants_last_room and guest_id = r.guest_id and status = 'CHECKED_OUT'
          order by check_out_date desc, id desc limit 1
        ) l on true left join lateral (
          select d.id as near_room_id, d.room_number as near_number, d.floor as near_floor, d.features_json as near_features,
            d.room_type_id as near_type_id
          from pms_reservations p join pms_rooms d on d.tenant_id = $1 and d.id = p.room_id
          where p.tenant_id = $1 and p.id = r.near_reservation_id offset 0
        ) n on true
        where r.tenant_id = $1 and r.property_id = $2 and ",
            $which,
            "
        order by r.check_out_date - r.check_in_date desc, r.id"
        )
    };
}

crate::sql! {
    FIT_ROOMS = "
        select id, room_number, floor, features_json, opened_on, room_type_id from pms_rooms
        where tenant_id = $1 and property_id = $2 and room_type_id = any($3) and is_active order by room_number, id";
    /// Whatever ends after the business date: short ones by where they begin, the few long ones by their own index.
    FIT_BLOCKS = "
        select b.room_id, b.start_date, b.end_date, b.block_type, b.reservation_id,
          r.status, r.is_pinned, r.version, r.check_in_date, r.check_out_date, r.confirmation_number,
          r.primary_guest_json ->> 'lastName', r.primary_guest_json ->> 'firstName',
          r.wished_features, r.wished_floor, r.near_reservation_id, coalesce(r.wished_room_id, l.room_id) as favourite_room_id, n.*,
          r.room_type_id as charged_type_id, r.adults, r.adults + r.children as persons
        from (
          select room_id, start_date, end_date, block_type, reservation_id from pms_room_blocks
          where tenant_id = $1 and property_id = $2 and room_type_id = any($3)
            and start_date > $4::date - 14 and end_date > $4 and end_date - start_date <= 14
          union all
          select room_id, start_date, end_date, block_type, reservation_id from pms_room_blocks
          where tenant_id = $1 and property_id = $2 and end_date > $4 and end_date - start_date > 14 and room_type_id = any($3)
        ) b left join lateral (
          select * from pms_reservations where tenant_id = $1 and id = b.reservation_id offset 0
        ) r on true
        left join lateral (
          select room_id from pms_reservations
          where tenant_id = $1 and property_id = $2 and r.wants_last_room and guest_id = r.guest_id and status = 'CHECKED_OUT'
          order by check_out_date desc, id desc limit 1
        ) l on true left join lateral (
          select d.id as near_room_id, d.room_number as near_number, d.floor as near_floor, d.features_json as near_features,
            d.room_type_id as near_type_id
          from pms_reservations p join pms_rooms d on d.tenant_id = $1 and d.id = p.room_id
          where p.tenant_id = $1 and p.id = r.near_reservation_id offset 0
        ) n on true
        order by b.room_id, b.start_date";
    FIT_WAITING = waiting!("(r.id = $3
          or ($3::text is null and r.check_in_date = $4 and r.room_id is null and r.status in ('HOLD', 'CONFIRMED')
            and ($5::text is null or r.room_type_id = $5)))");
    FIT_WAITING_IN = waiting!("r.room_type_id = any($3) and r.check_in_date < $5 and r.check_out_date > $4
          and r.room_id is null and r.status in ('HOLD', 'CONFIRMED')");
}

/// Everything that holds rooms of these types from the business date on.
pub fn calls(tenant: TenantId, property: PropertyId, types: Vec<RoomTypeId>, business_date: Day) -> [Call; 2] {
    [call!(FIT_ROOMS, tenant, property, types.clone()), call!(FIT_BLOCKS, tenant, property, types, business_date)]
}

/// One stay by its id.
pub fn waiting(tenant: TenantId, property: PropertyId, id: ReservationId) -> Call {
    call!(FIT_WAITING, tenant, property, Some(id), None::<Day>, None::<RoomTypeId>)
}

/// Those who arrive on this day and have no room yet.
pub fn arrivals(tenant: TenantId, property: PropertyId, day: Day, room_type: Option<RoomTypeId>) -> Call {
    call!(FIT_WAITING, tenant, property, None::<ReservationId>, Some(day), room_type)
}

/// Those of these types who have no room yet and are there on one of these nights.
pub fn waiting_in(tenant: TenantId, property: PropertyId, types: Vec<RoomTypeId>, stay: Stay) -> Call {
    call!(FIT_WAITING_IN, tenant, property, types, stay.from, stay.to)
}

/// A room that can be given.
#[derive(Clone, Debug)]
pub struct Door {
    pub id: RoomId,
    pub number: String,
    pub floor: Option<String>,
    pub features: Option<Value>,
    pub room_type_id: RoomTypeId,
    pub opened_on: Option<Day>,
}

impl Door {
    fn from_row(row: &Row) -> Door {
        Door {
            id: row.get(0),
            number: row.get(1),
            floor: row.get(2),
            features: row.get(3),
            opened_on: row.get(4),
            room_type_id: row.get(5),
        }
    }
}

/// A stay that may move, or asks for a room. `None` for one that is not booked yet.
#[derive(Clone, Debug)]
pub struct Sleeper {
    pub reservation: Option<Known>,
    pub stay: Stay,
    /// Where it lies now.
    pub room: Option<usize>,
    pub wish: Wished,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub id: ReservationId,
    pub version: i32,
    pub confirmation_number: String,
    pub last_name: String,
    pub first_name: String,
}

/// A stay of [`arrivals`] or [`waiting`].
#[derive(Clone, Debug)]
pub struct Waiting {
    pub known: Known,
    pub stay: Stay,
    pub room_type_id: RoomTypeId,
    pub status: Status,
    pub has_room: bool,
    pub wish: Wished,
}

impl Waiting {
    pub fn from_row(row: &Row) -> Waiting {
        Waiting {
            known: Known {
                id: row.get(0),
                version: row.get(4),
                confirmation_number: row.get(5),
                last_name: row.get::<_, Option<String>>(6).unwrap_or_default(),
                first_name: row.get::<_, Option<String>>(7).unwrap_or_default(),
            },
            stay: Stay { from: row.get(2), to: row.get(3) },
            room_type_id: row.get(1),
            status: row.get(8),
            has_room: row.get(9),
            wish: Wished::from_row(row),
        }
    }
}

/// Why something cannot move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    InHouse,
    Pinned,
    /// One reservation in several rooms, one after the other.
    Split,
    Block(BlockKind),
    /// The room is not open yet.
    NotOpen,
    /// What the question is about: these nights are to be free.
    Wanted,
}

/// A fixture with its reason.
#[derive(Clone, Debug)]
pub struct Anchored {
    pub room: usize,
    pub stay: Stay,
    pub why: Anchor,
    pub reservation: Option<Known>,
}

/// A house of numbers, and what the numbers stand for.
#[derive(Clone, Debug)]
pub struct Question {
    pub house: House,
    pub doors: Vec<Door>,
    pub sleepers: Vec<Sleeper>,
    pub anchored: Vec<Anchored>,
    pub room_type_id: RoomTypeId,
    /// The types by how good they are; empty: nobody is upgraded.
    pub ranks: Vec<Rank>,
    /// The gaps are to be made longer, and nobody asks for a room.
    pub tidying: Option<Tidying>,
    first: Day,
}

impl Question {
    /// Who lies where; nobody asks for a room yet. `until` is the end of what will be asked about.
    pub fn read(room_type_id: RoomTypeId, business_date: Day, until: Day, rooms: &[Row], blocks: &[Row]) -> Question {
        let doors: Vec<Door> = rooms.iter().map(Door::from_row).collect();
        let last = blocks.iter().map(|row| row.get(2)).max().unwrap_or(until).max(until);
        let nights = business_date.days_until(last).max(1) as usize;
        let all = Choice { rooms: vec![true; doors.len()], ..Choice::default() };
        let house = House { nights, rooms: doors.len(), choices: vec![all], ..House::default() };
        let (sleepers, anchored, ranks) = (Vec::new(), Vec::new(), Vec::new());
        let mut question =
            Question { house, doors, sleepers, anchored, room_type_id, ranks, tidying: None, first: business_date };
        let at: HashMap<RoomId, usize> = question.doors.iter().enumerate().map(|(n, door)| (door.id, n)).collect();
        for row in blocks {
            // A room that is no longer in use keeps its blocks.
            if let Some(room) = at.get(&row.get(0)) {
                question.lay(*room, row);
            }
        }
        for room in 0..question.doors.len() {
            if let Some(opens) = question.doors[room].opened_on.filter(|day| *day > business_date) {
                question.anchor(room, Stay { from: business_date, to: opens.min(last.plus(1)) }, Anchor::NotOpen, None);
            }
        }
        question
    }

    fn lay(&mut self, room: usize, row: &Row) {
        let stay = Stay { from: row.get(1), to: row.get(2) };
        let Some(id) = row.get::<_, Option<ReservationId>>(4) else {
            return self.anchor(room, stay, Anchor::Block(row.get(3)), None);
        };
        let known = Known {
            id,
            version: row.get(7),
            confirmation_number: row.get(10),
            last_name: row.get::<_, Option<String>>(11).unwrap_or_default(),
            first_name: row.get::<_, Option<String>>(12).unwrap_or_default(),
        };
        let status: Status = row.get(5);
        let whole = Stay { from: row.get(8), to: row.get(9) };
        let why = match status {
            _ if stay.to <= self.first => return,
            Status::Hold | Status::Confirmed if row.get(6) => Anchor::Pinned,
            Status::Hold | Status::Confirmed if whole != stay => Anchor::Split,
            Status::Hold | Status::Confirmed if stay.from >= self.first => {
                let nights = self.nights(stay);
                self.house.guests.push(Guest { nights, room: Some(room), choice: 0 });
                let wish = Wished::from_row(row);
                self.sleepers.push(Sleeper { reservation: Some(known), stay, room: Some(room), wish });
                return;
            }
            _ => Anchor::InHouse,
        };
        self.anchor(room, stay, why, Some(known));
    }

    /// From the business date on, counted from it.
    pub fn nights(&self, stay: Stay) -> Nights {
        let from = self.first.days_until(stay.from).max(0) as usize;
        let to = (self.first.days_until(stay.to).max(0) as usize).min(self.house.nights);
        Nights { from, to }
    }

    pub fn day(&self, night: usize) -> Day {
        self.first.plus(night as i32)
    }

    pub fn anchor(&mut self, room: usize, stay: Stay, why: Anchor, reservation: Option<Known>) {
        let nights = self.nights(stay);
        if nights.from < nights.to {
            self.house.fixtures.push(Fixture { room, nights });
            self.anchored.push(Anchored { room, stay, why, reservation });
        }
    }

    /// Asks for a room.
    pub fn ask(&mut self, sleeper: Sleeper) {
        let nights = self.nights(sleeper.stay);
        self.house.guests.push(Guest { nights, room: None, choice: 0 });
        self.sleepers.push(sleeper);
    }

    /// Leaves this stay out, as if it had no room; says where it lies.
    ///
    /// Errors: it lies there for good.
    pub fn forget(&mut self, id: ReservationId) -> Result<Option<usize>, Anchor> {
        let is_it = |known: &Option<Known>| known.as_ref().is_some_and(|known| known.id == id);
        if let Some(it) = self.anchored.iter().find(|it| is_it(&it.reservation)) {
            return Err(it.why);
        }
        let room = self.sleepers.iter().find(|it| is_it(&it.reservation)).and_then(|it| it.room);
        let kept: Vec<usize> = (0..self.sleepers.len()).filter(|n| !is_it(&self.sleepers[*n].reservation)).collect();
        self.house.guests = kept.iter().map(|n| self.house.guests[*n]).collect();
        self.sleepers = kept.iter().map(|n| self.sleepers[*n].clone()).collect();
        Ok(room)
    }

    /// What cannot move and lies in the nights of a room that are wanted free.
    pub fn blocked(&self) -> Option<&Anchored> {
        let wanted = self.anchored.iter().find(|it| it.why == Anchor::Wanted)?;
        self.anchored.iter().find(|it| it.why != Anchor::Wanted && it.room == wanted.room && it.stay.overlaps(wanted.stay))
    }

    /// Takes these nights of a room: who lies there and may move asks for another.
    pub fn take(&mut self, room: usize, stay: Stay) {
        let nights = self.nights(stay);
        for guest in self.house.guests.iter_mut().filter(|guest| guest.room == Some(room) && guest.nights.overlap(nights)) {
            guest.room = None;
        }
        self.anchor(room, stay, Anchor::Wanted, None);
    }
}
