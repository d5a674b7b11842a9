//! How many rooms of each type are left on each night.

use std::collections::HashMap;

use tokio_postgres::Row;

use crate::{
    call,
    db::Call,
    kernel::{Day, PropertyId, RoomId, RoomTypeId, Stay, TenantId},
};

crate::sql! {
    /// One row for each group of equal ranges. Kinds: R rooms (from the day they open), B stays in rooms, O rooms off the market,
    /// U stays without a room, L the dated overbooking limit, S the standing one, and of the house D the dated and H the standing one.
    /// Where the house has a limit on a night to come all types are counted, for all are locked then. Blocks and stays that reach into the window are
    /// the short ones that begin at most 14 nights before, and the few long ones. Each type is read by
    /// itself (`offset 0`), whatever the planner believes of the others. `+ 0` keeps the long ones to the index that
    /// holds nothing else: any other would be read from the beginning of history.
    COUNT_TYPES = "
        with dated as materialized (
          select night, rooms from pms_house_overbooking_limits
          where tenant_id = $1 and property_id = $2 and night >= $5 and night < $6
            and night >= (select business_date from pms_properties where tenant_id = $1 and id = $2)
        ), standing as materialized (
          select overbooking_limit from pms_properties where tenant_id = $1 and id = $2 and overbooking_limit is not null
        ), type as materialized (
          select id, overbooking_limit from pms_room_types
          where tenant_id = $1 and property_id = $2
            and ($4::text[] is null or id = any($4) or exists (select from standing) or exists (select from dated)
              or id in (select room_type_id from pms_rooms where tenant_id = $1 and id = any($3)))
        )
        select 'S' as kind, id as type_id, null::date as starts, null::date as ends, overbooking_limit::bigint as n from type
        union all
        select 'R', room_type_id, opened_on, null, count(*) from pms_rooms
        where tenant_id = $1 and property_id = $2 and is_active and room_type_id in (select id from type)
        group by room_type_id, opened_on
        union all
        select case block_type when 'RESERVATION' then 'B' else 'O' end, type.id, greatest(start_date, $5), least(end_date, $6), count(*)
        from type cross join lateral (
          select block_type, start_date, end_date from pms_room_blocks
          where tenant_id = $1 and property_id = $2 and room_type_id = type.id
            and start_date > $5::date - 14 and start_date < $6 and end_date > $5 and end_date - start_date <= 14 offset 0
        ) b
        group by 1, 2, 3, 4
        union all
        select case block_type when 'RESERVATION' then 'B' else 'O' end, type.id, greatest(start_date, $5), least(end_date, $6), count(*)
        from type join (
          select block_type, room_type_id, start_date, end_date from pms_room_blocks
          where tenant_id = $1 and property_id = $2 and end_date - start_date > 14 and end_date > $5 and start_date + 0 < $6 offset 0
        ) b on b.room_type_id = type.id
        group by 1, 2, 3, 4
        union all
        select 'U', type.id, greatest(check_in_date, $5), least(check_out_date, $6), count(*)
        from type cross join lateral (
          select check_in_date, check_out_date from pms_reservations
          where tenant_id = $1 and property_id = $2 and room_type_id = type.id and room_id is null and status in ('HOLD', 'CONFIRMED')
            and check_in_date > $5::date - 14 and check_in_date < $6 and check_out_date > $5 and check_out_date - check_in_date <= 14 offset 0
        ) r
        group by 2, 3, 4
        union all
        select 'U', type.id, greatest(check_in_date, $5), least(check_out_date, $6), count(*)
        from type join (
          select room_type_id, check_in_date, check_out_date from pms_reservations
          where tenant_id = $1 and property_id = $2 and room_id is null and status in ('HOLD', 'CONFIRMED')
            and check_out_date - check_in_date > 14 and check_out_date > $5 and check_in_date + 0 < $6 offset 0
        ) r on r.room_type_id = type.id
        group by 2, 3, 4
        union all
        select 'L', type.id, night, night + 1, rooms
        from type cross join lateral (
          select night, rooms from pms_overbooking_limits
          where tenant_id = $1 and room_type_id = type.id and night >= $5 and night < $6 offset 0
        ) l
        union all
        select 'H', null, null, null, overbooking_limit from standing
        union all
        select 'D', null, night, night + 1, rooms from dated";
}

/// Counts the types given and those of the rooms given; `types: None` counts every type of the property.
pub fn call(tenant: TenantId, property: PropertyId, rooms: Vec<RoomId>, types: Option<Vec<RoomTypeId>>, window: Stay) -> Call {
    call!(COUNT_TYPES, tenant, property, rooms, types, window.from, window.to)
}

/// A night of one type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Night {
    /// Active rooms.
    pub rooms: i64,
    /// Stays in rooms of the type.
    pub assigned: i64,
    /// Stays booked into the type that have no room yet.
    pub unassigned: i64,
    pub off_market: i64,
    /// How many stays more than rooms the type may take.
    pub overbooking: i64,
    /// What the house can take of all its types together, where it has a limit.
    pub house: Option<i64>,
}

impl Night {
    fn vacant(self) -> i64 {
        self.rooms - self.assigned - self.unassigned - self.off_market
    }

    /// What the type has left, whatever the house says. Negative after a limit was lowered.
    pub fn left(self) -> i64 {
        self.vacant() + self.overbooking
    }

    /// What can be sold: no more than the house takes.
    pub fn available(self) -> i64 {
        self.left().min(self.house.unwrap_or(i64::MAX))
    }

    /// What can be sold to a stay that takes these rooms of the type, and of the house, already.
    pub fn available_to(self, of_type: i64, of_house: i64) -> i64 {
        (self.left() + of_type).min(self.house.map_or(i64::MAX, |house| house + of_house))
    }

    /// Why the type takes no more on this night, and perhaps others. Rooms may look free: those who wait for one need them.
    pub fn why_full(self, on: Day, are_others: bool) -> String {
        let free = self.rooms - self.assigned - self.off_market;
        let why = match (self.unassigned, free) {
            (1, 1..) => ": a stay that waits for one needs the one that is free".to_string(),
            (waiting @ 2.., 1..) => format!(": {waiting} stays that wait for one need those that are free"),
            _ => String::new(),
        };
        format!("No room of this type is left on {on}{}{why}.", others(are_others))
    }
}

/// Why the house takes no more.
pub fn why_house_full(on: Day, are_others: bool) -> String {
    format!("The house is full on {on}{}: it takes no more stays by its overbooking limit.", others(are_others))
}

fn others(are_there: bool) -> &'static str {
    if are_there { " and other nights" } else { "" }
}

/// The nights of a window, for each type that was counted.
#[derive(Clone, Debug)]
pub struct Counts {
    pub window: Stay,
    types: HashMap<RoomTypeId, Vec<Night>>,
}

impl Counts {
    pub fn from_rows(window: Stay, rows: &[Row]) -> Counts {
        let mut counts = Counts { window, types: HashMap::new() };
        let mut house = vec![None; window.nights() as usize];
        // A dated limit replaces the standing one, so it comes last.
        for dated in [false, true] {
            for row in rows.iter().filter(|row| matches!(row.get(0), "L" | "D") == dated) {
                let (starts, ends, n) = (row.get(2), row.get(3), row.get(4));
                match row.get::<_, Option<RoomTypeId>>(1) {
                    Some(id) => counts.add(row.get(0), id, starts, ends, n),
                    None => house[offsets(window, starts, ends)].fill(Some(n)),
                }
            }
        }
        counts.limit(&house);
        counts
    }

    /// `house`: its limit on each night, where it has one. Then all types were counted.
    fn limit(&mut self, house: &[Option<i64>]) {
        for (offset, limit) in house.iter().enumerate() {
            let Some(limit) = limit else { continue };
            let vacant: i64 = self.types.values().map(|nights| nights[offset].vacant()).sum();
            self.types.values_mut().for_each(|nights| nights[offset].house = Some(vacant + limit));
        }
    }

    fn add(&mut self, kind: &str, id: RoomTypeId, starts: Option<Day>, ends: Option<Day>, n: i64) {
        let window = self.window;
        let nights = self.types.entry(id).or_insert_with(|| vec![Night::default(); window.nights() as usize]);
        for night in &mut nights[offsets(window, starts, ends)] {
            match kind {
                "R" => night.rooms += n,
                "B" => night.assigned += n,
                "O" => night.off_market += n,
                "U" => night.unassigned += n,
                _ => night.overbooking = n,
            }
        }
    }

    /// The types that were counted, when it is because the house has a limit on one of the nights.
    pub fn types_of_limited_house(&self) -> impl Iterator<Item = RoomTypeId> {
        self.types.iter().filter(|(_, nights)| nights.iter().any(|night| night.house.is_some())).map(|(id, _)| *id)
    }

    /// What the house can take on a night, where it has a limit.
    pub fn house(&self, day: Day) -> Option<i64> {
        let offset = usize::try_from(self.window.from.days_until(day)).ok()?;
        self.types.values().next()?.get(offset)?.house
    }

    /// `None` for a type or a night that was not counted.
    pub fn night(&self, id: RoomTypeId, day: Day) -> Option<Night> {
        let offset = usize::try_from(self.window.from.days_until(day)).ok()?;
        self.types.get(&id)?.get(offset).copied()
    }

    pub fn nights(&self, id: RoomTypeId) -> impl Iterator<Item = (Day, Night)> {
        self.window.days().zip(self.types.get(&id).into_iter().flatten().copied())
    }
}

/// The nights of the window within a range; without an end all of them.
fn offsets(window: Stay, starts: Option<Day>, ends: Option<Day>) -> std::ops::Range<usize> {
    let nights = window.nights();
    let at = |day: Day| window.from.days_until(day).clamp(0, nights);
    let first = starts.map_or(0, at);
    first as usize..ends.map_or(nights, at).max(first) as usize
}
