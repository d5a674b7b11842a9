//! The hotels that are measured, written by the owner as sets of rows.
//!
//! Each room repeats a pattern of 20 nights of which 16 are sold: stays of 5, 3, 2, 4 and 2 nights. One room in 40 has one stay
//! of 16 nights instead. So 80 of 100 nights are sold, on every day alike. Ids are ULIDs of the moment of the booking, up to 150
//! days before the stay.

use jiff::{ToSpan, civil::Date};
use oppsera_pms::{http::auth::Token, kernel::TenantId};

/// The business date of every hotel but the one whose days are closed.
pub const TODAY: Date = jiff::civil::date(2027, 3, 1);
/// The tenant that is asked; the others only lie beside it.
pub const TENANT: u64 = 1;
/// The hotel of the calendars.
pub const HOTEL: u64 = 101;
/// The hotel of the writes: its ids are numbers, so that pgbench can compute them.
pub const WORK_HOTEL: u64 = 102;
pub const WORK_ROOMS: u64 = 400;
pub const WORK_ROOMS_PER_TYPE: u64 = 20;
pub const WORK_FIRST_ROOM: u64 = 5_000;
pub const WORK_FIRST_TYPE: u64 = 4_000;

/// A number as an id: 26 characters of which the last are its digits.
pub fn id(number: u64) -> String {
    format!("{number:026}")
}

/// Rooms and the days whose nights are filled.
#[derive(Clone, Copy)]
pub struct Hotels {
    /// The first tenant and, one by one, those after it; each has one of these hotels.
    pub tenant: u64,
    pub count: u64,
    pub rooms: u64,
    pub from: Date,
    pub to: Date,
    /// The business date.
    pub today: Date,
    /// The hotels are there; only more nights are wanted.
    pub more_history: bool,
}

pub fn years_ago(years: i32) -> Date {
    TODAY - years.years()
}

pub fn in_days(days: i32) -> Date {
    TODAY + days.days()
}

/// The SQL that fills them. One hotel has the number [`HOTEL`] within its tenant.
pub fn fill(hotels: Hotels) -> String {
    let Hotels { tenant, count, rooms, from, to, today, more_history } = hotels;
    let last = tenant + count - 1;
    let house = if more_history { "" } else { HOUSE };
    format!(
        "create temp table hotel as select lpad(n::text, 26, '0') as tenant, {HOTEL_ID} as property from generate_series({tenant}, {last}) n;
         create temp table room as
           select h.*, n, lpad((2000 + n / ({rooms} / 5 + 1))::text, 26, '0') as type_id,
             '0' || upper(substr(md5(h.tenant || 'room' || n), 1, 25)) as id
           from hotel h, generate_series(0, {rooms} - 1) n;
         {house}
         create temp table stay as
           select r.tenant, r.property, r.id as room, r.type_id, d.start, d.start + p.length as finish,
             t.prefix || upper(substr(md5(r.tenant || r.id || d.start), 1, 16)) as id, l.luck
           from room r
             cross join (values (false, 0, 5), (false, 5, 3), (false, 9, 2), (false, 11, 4), (false, 17, 2), (true, 0, 16)) as p (long, first, length)
             cross join generate_series(0, (date '{to}' - date '{from}') / 20) k
             cross join lateral (select date '{from}' + ((r.n * 7) % 20 + k * 20 + p.first)::int as start) d
             cross join lateral (select ('x' || substr(md5(r.id || d.start), 1, 7))::bit(28)::int as luck) l
             cross join lateral (
               select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (b.ms >> (45 - 5 * n) & 31)::int + 1, 1), '' order by n) as prefix
               from (select (extract(epoch from d.start)::bigint - 86400 * (1 + l.luck % 150)) * 1000 + l.luck % 86400000 as ms) b,
                 generate_series(0, 9) n
             ) t
           where p.long = (r.n % 40 = 7) and d.start + p.length <= date '{to}';
         {STAYS}
         drop table stay, room, hotel;",
        HOTEL_ID = "lpad('101', 26, '0')",
    )
    .replace("{TODAY}", &today.to_string())
    .replace("{ROOMS}", &rooms.to_string())
}

const HOUSE: &str = "
    insert into pms_tenants (id, slug, name, created_by, updated_by)
      select tenant, 't' || ltrim(tenant, '0'), 'Tenant', 'bench', 'bench' from hotel on conflict do nothing;
    insert into pms_counters (tenant_id, name, value) select tenant, 'events', 0 from hotel;
    insert into pms_properties (tenant_id, id, name, timezone, currency, business_date, created_by, updated_by)
      select tenant, property, 'Grand Harbour', 'Europe/Lisbon', 'EUR', '{TODAY}', 'bench', 'bench' from hotel;
    insert into pms_room_types (tenant_id, id, property_id, code, name, sort_order, max_adults, max_children, max_occupancy, created_by, updated_by)
      select distinct tenant, type_id, property, 'T' || right(type_id, 2), 'Type ' || right(type_id, 2), right(type_id, 2)::int, 2, 2, 4, 'bench', 'bench' from room;
    insert into pms_rooms (tenant_id, id, property_id, room_type_id, room_number, floor, created_by, updated_by)
      select tenant, id, property, type_id, (100 * (1 + n / 25) + n % 25)::text, (1 + n / 25)::text, 'bench', 'bench' from room;
    insert into pms_rate_plans (tenant_id, id, property_id, code, name, currency, is_default, created_by, updated_by)
      select tenant, lpad('3001', 26, '0'), property, 'BAR', 'Best available', 'EUR', true, 'bench', 'bench' from hotel;
    insert into pms_rate_plan_prices (tenant_id, id, property_id, rate_plan_id, room_type_id, start_date, end_date, nightly_base_cents, created_by, updated_by)
      select distinct tenant, type_id, property, lpad('3001', 26, '0'), type_id, date '2010-01-01', date '2040-01-01', 12000, 'bench', 'bench' from room;";

const STAYS: &str = "
    create temp table guest as select
      array['Silva','Santos','Ferreira','Müller','Schmidt','Nguyen','Tanaka','Sato','García','Rossi','Novák','Ivanova','Okafor','Haddad','Cohen','Larsen'] as last,
      array['son','sen','ez','ova','ini','berg','dottir','','','','','','','','','wala'] as ending,
      array['Ana','João','Maria','Pedro','Anna','Jonas','Linh','Yuki','Haruto','Lucía','Marco','Petra','Olga','Chidi','Layla','Noa'] as first;
    insert into pms_reservations
      (tenant_id, id, property_id, primary_guest_json, status, check_in_date, check_out_date, adults, children, room_type_id, room_id,
       rate_plan_id, nightly_rate_cents, subtotal_cents, total_cents, source_type, confirmation_number, currency, booked_on,
       internal_notes, arrival_time, created_by, updated_by)
      select tenant, id, property,
        jsonb_build_object('firstName', g.first[1 + luck % 16], 'lastName', g.last[1 + luck / 16 % 16] || g.ending[1 + luck / 256 % 16],
          'email', lower(g.first[1 + luck % 16]) || luck || '@example.com', 'phone', '+351 9' || luck),
        case when finish <= date '{TODAY}' then 'CHECKED_OUT' when start < date '{TODAY}' then 'CHECKED_IN' else 'CONFIRMED' end,
        start, finish, 1 + luck % 2, luck / 4 % 7 / 5, type_id,
        case when luck % 50 = 3 and start > date '{TODAY}' then null else room end,
        lpad('3001', 26, '0'), 12000, 12000 * (finish - start), 12000 * (finish - start),
        (array['DIRECT', 'PHONE', 'BOOKING_ENGINE', 'OTA', 'OTA'])[1 + luck / 8 % 5], substr(id, 15, 12), 'EUR', start - 1 - luck % 150,
        case when luck % 7 = 0 then 'Quiet room, please' end, case when luck % 5 = 0 then time '18:30' end, 'bench', 'bench'
      from stay, guest g;
    delete from stay where luck % 50 = 3 and start > date '{TODAY}'; -- those wait for a room
    insert into pms_reservation_nights (tenant_id, property_id, reservation_id, night, room_type_id, rate_plan_id, price_cents)
      select tenant, property, id, start + n, type_id, lpad('3001', 26, '0'), 12000 from stay, generate_series(0, finish - start - 1) n;
    insert into pms_room_blocks (tenant_id, id, property_id, room_id, start_date, end_date, block_type, reservation_id, room_type_id, created_by, updated_by)
      select tenant, '1' || substr(id, 2), property, room, start, finish, 'RESERVATION', id, type_id, 'bench', 'bench' from stay;
    -- A day out of order after every 50th stay of three nights: the pattern leaves that night free.
    insert into pms_room_blocks (tenant_id, id, property_id, room_id, start_date, end_date, block_type, reason, room_type_id, created_by, updated_by)
      select tenant, '2' || substr(id, 2), property, room, finish, finish + 1, 'OUT_OF_ORDER', 'Shower leaks', type_id, 'bench', 'bench'
      from stay where finish - start = 3 and luck % 50 = 1;
    insert into pms_folios (tenant_id, id, property_id, reservation_id, currency, subtotal_cents, total_cents, balance_cents, created_by, updated_by)
      select tenant, '3' || substr(id, 2), property, id, 'EUR', 12000 * (finish - start), 12000 * (finish - start),
        case when start < date '{TODAY}' and finish > date '{TODAY}' then 12000 else 0 end, 'bench', 'bench' from stay;
    insert into rm_pms_calendar_segments
      (tenant_id, id, property_id, room_id, business_date, reservation_id, status, guest_name, check_in_date, check_out_date, source_type, color_key)
      select r.tenant_id, b.room_id || '-' || to_char(b.start_date + n, 'YYYYMMDD'), r.property_id, b.room_id, b.start_date + n, r.id, r.status,
        concat_ws(', ', r.primary_guest_json ->> 'lastName', r.primary_guest_json ->> 'firstName'), r.check_in_date, r.check_out_date,
        r.source_type, lower(r.status)
      from stay s join pms_reservations r on r.tenant_id = s.tenant and r.id = s.id
        join pms_room_blocks b on b.tenant_id = s.tenant and b.id = '1' || substr(s.id, 2), generate_series(0, b.end_date - b.start_date - 1) n;
    insert into rm_pms_daily_occupancy
      (tenant_id, id, property_id, business_date, rooms_occupied, rooms_available, arrivals, departures, updated_at)
      select tenant, property || '-' || to_char(start, 'YYYYMMDD'), property, start, {ROOMS} * 4 / 5, {ROOMS} / 5, count(*), count(*), now()
      from stay group by tenant, property, start on conflict do nothing;
    insert into pms_outbox (tenant_id, id, property_id, sequence, event_type, entity_type, entity_id, payload_json)
      select s.tenant, '4' || substr(s.id, 2), s.property, c.value + row_number() over (partition by s.tenant order by s.start, s.id),
        'pms.reservation.created.v1', 'RESERVATION', s.id, '{}'
      from stay s join pms_counters c on c.tenant_id = s.tenant and c.name = 'events';
    update pms_counters c set value = (select max(sequence) from pms_outbox o where o.tenant_id = c.tenant_id)
      where name = 'events' and exists (select from pms_outbox o where o.tenant_id = c.tenant_id);
    drop table guest;";

/// The hotel of the writes, empty, beside the filled one of the same tenant.
pub fn work_hotel() -> String {
    let (tenant, property, plan) = (id(TENANT), id(WORK_HOTEL), id(3_002));
    format!(
        "insert into pms_properties (tenant_id, id, name, timezone, currency, business_date, created_by, updated_by)
           values ('{tenant}', '{property}', 'Lakeside Lodge', 'Europe/Lisbon', 'EUR', '{TODAY}', 'bench', 'bench');
         insert into pms_room_types (tenant_id, id, property_id, code, name, max_adults, max_occupancy, created_by, updated_by)
           select '{tenant}', lpad(n::text, 26, '0'), '{property}', 'T' || n, 'Type ' || n, 2, 2, 'bench', 'bench'
           from generate_series({WORK_FIRST_TYPE}, {WORK_FIRST_TYPE} + {WORK_ROOMS} / {WORK_ROOMS_PER_TYPE} - 1) n;
         insert into pms_rooms (tenant_id, id, property_id, room_type_id, room_number, created_by, updated_by)
           select '{tenant}', lpad(({WORK_FIRST_ROOM} + n)::text, 26, '0'), '{property}',
             lpad(({WORK_FIRST_TYPE} + n / {WORK_ROOMS_PER_TYPE})::text, 26, '0'), (1000 + n)::text, 'bench', 'bench'
           from generate_series(0, {WORK_ROOMS} - 1) n;
         insert into pms_rate_plans (tenant_id, id, property_id, code, name, currency, is_default, created_by, updated_by)
           values ('{tenant}', '{plan}', '{property}', 'BAR', 'Best available', 'EUR', true, 'bench', 'bench');
         insert into pms_rate_plan_prices (tenant_id, id, property_id, rate_plan_id, room_type_id, start_date, end_date, nightly_base_cents, created_by, updated_by)
           select '{tenant}', '5' || substr(id, 2), '{property}', '{plan}', id, '2027-01-01', '2040-01-01', 12000, 'bench', 'bench'
           from pms_room_types where tenant_id = '{tenant}' and property_id = '{property}';"
    )
}

/// A manager's API key for the tenant, and the SQL that stores it.
pub fn api_key() -> (String, String) {
    let tenant: TenantId = id(TENANT).parse().expect("26 digits are a ULID");
    let (key, hash) = Token::new_api_key(tenant);
    let sql = format!(
        "insert into pms_api_keys (tenant_id, id, name, key_hash, key_prefix, role, created_by)
         values ('{tenant}', '{}', 'bench', '{hash}', 'pms_', 'MANAGER', 'bench');",
        id(9)
    );
    (key, sql)
}
