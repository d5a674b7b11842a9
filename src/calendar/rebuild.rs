//! Recomputes the read models from the truth: the same computation as after each change, over all nights. When nothing is wrong,
//! no row changes.

use super::settle::{cells, counts};
use crate::{
    call,
    db::Result,
    kernel::{Day, PropertyId, RoomId, Stay, TenantId},
    op::{Op, Store, Who},
};

crate::sql! {
    REBUILD_ROOMS = "select id from pms_rooms where tenant_id = $1 and property_id = $2 order by id for no key update";
    /// Everything that a cell or a count may speak of.
    REBUILD_RANGE = "
        select min(first), max(last) from (
          select min(start_date) as first, max(end_date) as last from pms_room_blocks where tenant_id = $1 and property_id = $2
          union all
          select min(check_in_date), max(check_out_date) from pms_reservations where tenant_id = $1 and property_id = $2
          union all
          select min(business_date), max(business_date) from rm_pms_calendar_segments where tenant_id = $1 and property_id = $2
          union all
          select min(business_date), max(business_date) from rm_pms_daily_occupancy where tenant_id = $1 and property_id = $2
        ) bounds";
    /// The days that have a count, or need one.
    REBUILD_DAYS = "
        select day from (
          select business_date as day from rm_pms_daily_occupancy
          where tenant_id = $1 and property_id = $2 and business_date >= $3 and business_date < $4
          union
          select $3::date + n from generate_series(0, $4::date - $3::date - 1) n
          where exists (select from pms_room_blocks where tenant_id = $1 and property_id = $2
              and start_date <= $3::date + n and end_date >= $3::date + n)
            or exists (select from pms_reservations where tenant_id = $1 and property_id = $2
              and status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT')
              and check_in_date <= $3::date + n and check_out_date >= $3::date + n)
        ) days order by day";
}

/// How much was wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    pub cells: i64,
    pub days: i64,
}

/// Rebuilds one property, month by month, each in a transaction of its own; `progress` hears of each month.
pub async fn rebuild(store: &Store, tenant: TenantId, property: PropertyId, mut progress: impl FnMut(Day)) -> Result<Rebuilt> {
    let mut rebuilt = Rebuilt::default();
    let rows = store.read(tenant, vec![call!(REBUILD_RANGE, tenant, property)]).await?;
    let (Some(first), Some(last)): (Option<Day>, Option<Day>) = (rows[0][0].get(0), rows[0][0].get(1)) else {
        return Ok(rebuilt);
    };
    let mut from = first;
    while from <= last {
        let month = Stay { from, to: from.plus(31) };
        let who = Who { tenant, actor: "system".into(), correlation: "calendar-rebuild".into() };
        let mut op = Op::begin(store, who, None).await?;
        let rooms: Vec<RoomId> = op.query(call!(REBUILD_ROOMS, tenant, property)).await?.iter().map(|row| row.get(0)).collect();
        let touched: Vec<(RoomId, Stay)> = rooms.into_iter().map(|room| (room, month)).collect();
        let [changed, days] = op
            .run([cells(tenant, property, &touched, op.now), call!(REBUILD_DAYS, tenant, property, month.from, month.to)])
            .await?;
        rebuilt.cells += changed[0].get::<_, i64>(0);
        let days: Vec<Day> = days.iter().map(|row| row.get(0)).collect();
        let [_, _, changed] = op.run(counts(tenant, property, &days, op.now)).await?;
        rebuilt.days += changed.len() as i64;
        op.finish().await?;
        progress(month.to);
        from = month.to;
    }
    Ok(rebuilt)
}
