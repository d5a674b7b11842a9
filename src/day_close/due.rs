//! What stands before a close, and what it will post.

use super::model::{Due, NightDue};
use crate::{
    call,
    db::Call,
    kernel::{Day, PropertyId, TenantId},
};

crate::sql! {
    ARRIVALS_DUE = "
        select id, confirmation_number, coalesce(primary_guest_json ->> 'lastName', '') as last_name, status, check_in_date, check_out_date
        from pms_reservations
        where tenant_id = $1 and property_id = $2 and status in ('HOLD', 'CONFIRMED') and check_in_date <= $3
        order by check_in_date, id";
    DEPARTURES_DUE = "
        select id, confirmation_number, coalesce(primary_guest_json ->> 'lastName', '') as last_name, status, check_in_date, check_out_date
        from pms_reservations
        where tenant_id = $1 and property_id = $2 and status = 'CHECKED_IN' and check_out_date <= $3
        order by check_out_date, id";
    /// The nights are looked up one by one (`offset 0` keeps the planner from joining), so that the cost does not grow with history.
    NIGHTS_DUE = "
        select r.id, r.confirmation_number, coalesce(r.primary_guest_json ->> 'lastName', '') as last_name, m.room_number, n.price_cents,
          n.included_cents, n.lines_json, n.packages_json, coalesce(x.id, f.id) as folio_id
        from pms_reservations r
        cross join lateral (
          select price_cents, included_cents, lines_json, packages_json from pms_reservation_nights
          where tenant_id = $1 and reservation_id = r.id and night = $3 and not is_released offset 0
        ) n
        left join lateral (
          select id from pms_folios
          where tenant_id = $1 and property_id = $2 and reservation_id = r.id and kind = 'GUEST' and status = 'OPEN'
            and credit_note_number is null
          order by created_at, id limit 1
        ) f on true
        left join lateral (
          select t.id from pms_folio_routes o join pms_folios t on t.tenant_id = $1 and t.id = o.folio_id and t.status = 'OPEN'
          where o.tenant_id = $1 and o.reservation_id = r.id and o.entry_type = 'ROOM_CHARGE' offset 0
        ) x on true
        left join pms_rooms m on m.tenant_id = $1 and m.id = r.room_id
        where r.tenant_id = $1 and r.property_id = $2 and r.status = 'CHECKED_IN' and not exists (
          select from pms_folio_entries e
          where e.tenant_id = $1 and e.reservation_id = r.id and e.business_date = $3 and e.charge_kind = 'ROOM'
            and e.reverses_entry_id is null)
        order by r.id";
}

/// The calls for [`DueOn::from_rows`].
pub fn calls(tenant: TenantId, property: PropertyId, day: Day) -> [Call; 3] {
    [
        call!(ARRIVALS_DUE, tenant, property, day),
        call!(DEPARTURES_DUE, tenant, property, day),
        call!(NIGHTS_DUE, tenant, property, day),
    ]
}

pub struct DueOn {
    pub arrivals: Vec<Due>,
    pub departures: Vec<Due>,
    pub nights: Vec<NightDue>,
}

impl DueOn {
    pub fn from_rows(rows: &[Vec<tokio_postgres::Row>]) -> DueOn {
        DueOn {
            arrivals: rows[0].iter().map(Due::from_row).collect(),
            departures: rows[1].iter().map(Due::from_row).collect(),
            nights: rows[2].iter().map(NightDue::from_row).collect(),
        }
    }
}
