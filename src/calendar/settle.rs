//! Recomputes the touched cells of the read models from the truth, in the transaction that touched them. A rebuild is the same
//! computation over all nights.
//!
//! Cells are safe from lost updates because whoever writes blocks holds the lock of the room. A day's counts are shared by the
//! whole house, so their rows are locked first, in the order of days, and counted by a later statement, which sees what others
//! committed meanwhile.

use crate::{
    call,
    db::{Call, Result},
    kernel::{Day, PropertyId, RoomId, Stay, TenantId},
    op::Op,
};

crate::sql! {
    /// The block that covers a night is the last one that starts on or before it, since none overlap: one row of the index.
    /// Everything is looked up cell by cell (`limit 1` keeps the planner from joining), so that the cost does not grow with history.
    SETTLE_CELLS = "
        with cell as materialized (
          select distinct c.room_id, c.from_day + n as night
          from unnest($3::text[], $4::date[], $5::date[]) as c (room_id, from_day, to_day),
            generate_series(0, c.to_day - c.from_day - 1) n
        ), truth as materialized (
          select cell.room_id, cell.night, b.reservation_id
          from cell cross join lateral (
            select reservation_id, end_date from pms_room_blocks
            where tenant_id = $1 and property_id = $2 and room_id = cell.room_id and start_date <= cell.night
            order by start_date desc limit 1
          ) b
          where b.end_date > cell.night and b.reservation_id is not null
        ), gone as (
          delete from rm_pms_calendar_segments
          where tenant_id = $1 and id = any (array(
            select s.id from cell cross join lateral (
              select id from rm_pms_calendar_segments
              where tenant_id = $1 and property_id = $2 and room_id = cell.room_id and business_date = cell.night limit 1
            ) s
            where not exists (select from truth where truth.room_id = cell.room_id and truth.night = cell.night)))
          returning 1
        ), written as (
          insert into rm_pms_calendar_segments as s
            (tenant_id, id, property_id, room_id, business_date, reservation_id, status, guest_name, check_in_date, check_out_date,
             source_type, color_key, updated_at)
          select r.tenant_id, truth.room_id || '-' || to_char(truth.night, 'YYYYMMDD'), r.property_id, truth.room_id, truth.night, r.id,
            r.status, concat_ws(', ', nullif(r.primary_guest_json ->> 'lastName', ''), nullif(r.primary_guest_json ->> 'firstName', '')),
            r.check_in_date, r.check_out_date, r.source_type, lower(r.status), $6
          from truth cross join lateral (
            select * from pms_reservations where tenant_id = $1 and id = truth.reservation_id limit 1
          ) r
          on conflict (tenant_id, property_id, room_id, business_date) do update set
            reservation_id = excluded.reservation_id, status = excluded.status, guest_name = excluded.guest_name,
            check_in_date = excluded.check_in_date, check_out_date = excluded.check_out_date, source_type = excluded.source_type,
            color_key = excluded.color_key, updated_at = excluded.updated_at
          where (s.reservation_id, s.status, s.guest_name, s.check_in_date, s.check_out_date, s.source_type) is distinct from
            (excluded.reservation_id, excluded.status, excluded.guest_name, excluded.check_in_date, excluded.check_out_date,
             excluded.source_type)
          returning 1
        )
        select (select count(*) from gone) + (select count(*) from written) as changed";
    ENSURE_DAYS = "
        insert into rm_pms_daily_occupancy
          (tenant_id, id, property_id, business_date, rooms_occupied, rooms_available, arrivals, departures, updated_at)
        select p.tenant_id, p.id || '-' || to_char(d.day, 'YYYYMMDD'), p.id, d.day, 0, -1, 0, 0, $4
        from pms_properties p, unnest($3::date[]) as d (day)
        where p.tenant_id = $1 and p.id = $2
          and not exists (select from rm_pms_daily_occupancy o where o.tenant_id = $1 and o.property_id = $2 and o.business_date = d.day)
        order by d.day
        on conflict (tenant_id, property_id, business_date) do nothing";
    LOCK_DAYS = "
        select business_date from rm_pms_daily_occupancy
        where tenant_id = $1 and property_id = $2 and business_date = any($3)
        order by business_date for no key update";
    /// Stays without a room are found like blocks: the short ones by where they begin, the few long ones by their own index.
    /// Materialized: however many rows the planner expects, each day is counted once.
    SETTLE_DAYS = "
        with n as materialized (
          select d.day,
            (select count(*) from pms_rooms where tenant_id = $1 and property_id = $2)
              - (select count(*) from pms_rooms where tenant_id = $1 and property_id = $2
                   and (opened_on is not null or closed_on is not null) and (opened_on > d.day or closed_on <= d.day)) as rooms,
            (select count(*) from rm_pms_calendar_segments s
              where s.tenant_id = $1 and s.property_id = $2 and s.business_date = d.day) as occupied,
            (select count(*) from pms_room_blocks b where b.tenant_id = $1 and b.property_id = $2 and b.block_type <> 'RESERVATION'
               and b.end_date > d.day and b.start_date <= d.day) as off_market,
            (select count(*) from pms_reservations r where r.tenant_id = $1 and r.property_id = $2 and r.check_in_date = d.day
               and r.status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT')) as arrivals,
            (select count(*) from pms_reservations r where r.tenant_id = $1 and r.property_id = $2 and r.check_out_date = d.day
               and r.status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT')) as departures,
            (select count(*) from pms_room_types t cross join lateral (
                 select from pms_reservations r where r.tenant_id = $1 and r.property_id = $2
                   and r.room_type_id = t.id and r.room_id is null and r.status in ('HOLD', 'CONFIRMED')
                   and r.check_in_date between d.day - 13 and d.day and r.check_out_date > d.day
                   and r.check_out_date - r.check_in_date <= 14 offset 0
               ) waiting
               where t.tenant_id = $1 and t.property_id = $2)
              + (select count(*) from pms_reservations r where r.tenant_id = $1 and r.property_id = $2
                   and r.room_id is null and r.status in ('HOLD', 'CONFIRMED') and r.check_out_date - r.check_in_date > 14
                   and r.check_out_date > d.day and r.check_in_date <= d.day) as unassigned
          from unnest($3::date[]) as d (day)
        )
        update rm_pms_daily_occupancy o set
          rooms_occupied = n.occupied, rooms_available = n.rooms - n.occupied - n.off_market, arrivals = n.arrivals,
          departures = n.departures, rooms_unassigned = n.unassigned, rooms_off_market = n.off_market, updated_at = $4
        from n
        where o.tenant_id = $1 and o.property_id = $2 and o.business_date = n.day and o.business_date = any($3)
          and (o.rooms_occupied, o.rooms_available, o.arrivals, o.departures, o.rooms_unassigned, o.rooms_off_market) is distinct from
            (n.occupied, n.rooms - n.occupied - n.off_market, n.arrivals, n.departures, n.unassigned, n.off_market)
        returning o.business_date";
    DAYS_FROM = "
        select business_date from rm_pms_daily_occupancy where tenant_id = $1 and property_id = $2 and business_date >= $3";
}

/// Queues the recomputation of everything that the operation touched. Every use case that writes blocks ends with it.
pub async fn settle(op: &mut Op) -> Result<()> {
    for (property, mut touched) in op.touched.take() {
        if let Some(from) = touched.house_from {
            let rows = op.query(call!(DAYS_FROM, op.tenant(), property, from)).await?;
            touched.days.extend(rows.iter().map(|row| row.get::<_, Day>(0)));
        }
        if !touched.cells.is_empty() {
            op.write(cells(op.tenant(), property, &touched.cells, op.now));
        }
        let days: Vec<Day> = touched.days.into_iter().collect();
        if !days.is_empty() {
            for call in counts(op.tenant(), property, &days, op.now) {
                op.write(call);
            }
        }
    }
    Ok(())
}

/// Recomputes the cells; answers one row, the number that changed.
pub(super) fn cells(tenant: TenantId, property: PropertyId, cells: &[(RoomId, Stay)], now: jiff::Timestamp) -> Call {
    let rooms: Vec<RoomId> = cells.iter().map(|(room, _)| *room).collect();
    let from: Vec<Day> = cells.iter().map(|(_, stay)| stay.from).collect();
    let to: Vec<Day> = cells.iter().map(|(_, stay)| stay.to).collect();
    call!(SETTLE_CELLS, tenant, property, rooms, from, to, now)
}

/// Recomputes the counts of `days`, which are in order; the last call answers a row for each day that changed.
pub(super) fn counts(tenant: TenantId, property: PropertyId, days: &[Day], now: jiff::Timestamp) -> [Call; 3] {
    [
        call!(ENSURE_DAYS, tenant, property, days.to_vec(), now),
        call!(LOCK_DAYS, tenant, property, days.to_vec()),
        call!(SETTLE_DAYS, tenant, property, days.to_vec(), now),
    ]
}
