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
    /// U stays without a room, L the dated overbooking limit, S the standing one. Blocks and stays that reach into the window are
    /// the short ones that begin at most 14 nights before, and the few long ones. Each type is read by
    /// itself (`offset 0`), whatever the planner believes of the others. `+ 0` keeps the long ones to the index that
    /// holds nothing else: any other would be read from the beginning of history.
    COUNT_TYPES = "
        with type as materialized (
          select id, overbooking_limit from pms_room_types
          where tenant_id = $1 and property_id = $2
            and ($4::text[] is null or id = any($4)
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
        ) l";
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
}

impl Night {
    /// May be negative, after a limit was lowered.
    pub fn available(self) -> i64 {
        self.rooms - self.assigned - self.unassigned - self.off_market + self.overbooking
    }
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
        // A dated limit replaces the standing one, so it comes last.
        for dated in [false, true] {
            for row in rows.iter().filter(|row| (row.get::<_, &str>(0) == "L") == dated) {
                counts.add(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4));
            }
        }
        counts
    }

    fn add(&mut self, kind: &str, id: RoomTypeId, starts: Option<Day>, ends: Option<Day>, n: i64) {
        let window = self.window;
        let nights = self.types.entry(id).or_insert_with(|| vec![Night::default(); window.nights() as usize]);
        let first = starts.map_or(0, |day| window.from.days_until(day).max(0)) as usize;
        let last = ends.map_or(nights.len(), |day| window.from.days_until(day).max(0) as usize).min(nights.len());
        for night in nights.iter_mut().take(last).skip(first) {
            match kind {
                "R" => night.rooms += n,
                "B" => night.assigned += n,
                "O" => night.off_market += n,
                "U" => night.unassigned += n,
                _ => night.overbooking = n,
            }
        }
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
