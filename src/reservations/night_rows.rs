//! The rows of the nights of a booking.

use tokio_postgres::Row;

use super::model::{Booking, NightPrice};
use crate::{
    call,
    kernel::{Cents, Day},
    op::{Op, json},
    taxes::TaxLine,
};

crate::sql! {
    NIGHTS_OF = "
        select reservation_id, night, room_type_id, rate_plan_id, price_cents, is_released, included_cents, tax_cents, fee_cents
        from pms_reservation_nights
        where tenant_id = $1 and reservation_id = any($2) order by reservation_id, night";
    WRITE_NIGHTS = "
        insert into pms_reservation_nights as n
          (tenant_id, property_id, reservation_id, night, room_type_id, rate_plan_id, price_cents, is_released, included_cents, tax_cents,
           fee_cents, lines_json, packages_json)
        select r.tenant_id, r.property_id, r.id, x.night, x.room_type_id, x.rate_plan_id, x.price_cents, x.is_released, x.included_cents,
          x.tax_cents, x.fee_cents, x.lines_json, x.packages_json
        from pms_reservations r, unnest($3::date[], $4::text[], $5::text[], $6::bigint[], $7::boolean[], $8::bigint[], $9::bigint[],
            $10::bigint[], $11::jsonb[], $12::jsonb[])
          as x (night, room_type_id, rate_plan_id, price_cents, is_released, included_cents, tax_cents, fee_cents, lines_json,
            packages_json)
        where r.tenant_id = $1 and r.id = $2
        on conflict (tenant_id, reservation_id, night) do update set
          room_type_id = excluded.room_type_id, rate_plan_id = excluded.rate_plan_id, price_cents = excluded.price_cents,
          is_released = excluded.is_released, included_cents = excluded.included_cents, tax_cents = excluded.tax_cents,
          fee_cents = excluded.fee_cents, lines_json = excluded.lines_json, packages_json = excluded.packages_json";
    DELETE_NIGHTS = "delete from pms_reservation_nights where tenant_id = $1 and reservation_id = $2 and night = any($3)";
}

/// Of a row of [`NIGHTS_OF`].
pub(super) fn night_of(row: &Row) -> NightPrice {
    NightPrice {
        night: row.get(1),
        room_type_id: row.get(2),
        rate_plan_id: row.get(3),
        price_cents: row.get(4),
        is_released: row.get(5),
        included_cents: row.get(6),
        tax_cents: row.get(7),
        fee_cents: row.get(8),
    }
}

/// Queues nights of a booking, new ones and others.
pub(super) fn write_nights(op: &mut Op, booking: &Booking, nights: &[NightPrice]) {
    let id = booking.reservation.id;
    let lines: Vec<Vec<TaxLine>> = nights.iter().map(|n| booking.lines_of(n)).collect();
    op.write(call!(
        WRITE_NIGHTS,
        op.tenant(),
        id,
        nights.iter().map(|n| n.night).collect::<Vec<Day>>(),
        nights.iter().map(|n| n.room_type_id).collect::<Vec<_>>(),
        nights.iter().map(|n| n.rate_plan_id).collect::<Vec<_>>(),
        nights.iter().map(|n| n.price_cents).collect::<Vec<Cents>>(),
        nights.iter().map(|n| n.is_released).collect::<Vec<bool>>(),
        nights.iter().map(|n| n.included_cents).collect::<Vec<Cents>>(),
        nights.iter().map(|n| n.tax_cents).collect::<Vec<Cents>>(),
        nights.iter().map(|n| n.fee_cents).collect::<Vec<Cents>>(),
        lines.iter().map(json).collect::<Vec<_>>(),
        nights.iter().zip(&lines).map(|(n, lines)| json(&booking.packages_of(n, lines))).collect::<Vec<_>>(),
    ));
}
