-- The hotel that `make bench-web` draws, written as sets of rows: 1,000 rooms of eight types, four fifths of the nights sold for
-- months around the business date, which makes about 21,500 stays in 90 days. What is computed from these rows, `pms calendar
-- rebuild` computes.
--
-- Each room repeats a pattern of 20 nights of which 16 are sold: stays of 5, 3, 2, 4 and 2 nights. One stay in 50 of those to come
-- waits for a room, and after some of three nights the room is out of order for one.

\set ON_ERROR_STOP on
\set QUIET on
-- The rows agree with each other as they are made: nothing has to be looked up for each of them.
set session_replication_role = replica;
begin;

create temp table hotel on commit drop as
  select id as tenant, lpad('101', 26, '0') as property, lpad('3001', 26, '0') as plan, date '2027-03-01' as today
  from pms_tenants where slug = 'bench';

insert into pms_properties (tenant_id, id, name, timezone, currency, business_date, created_by, updated_by)
  select tenant, property, 'Grand Harbour', 'Europe/Lisbon', 'EUR', today, 'bench', 'bench' from hotel;

create temp table room on commit drop as
  select h.*, n, lpad((2000 + n / 125)::text, 26, '0') as type_id, '0' || upper(substr(md5('room' || n), 1, 25)) as id
  from hotel h, generate_series(0, 999) n;

insert into pms_room_types (tenant_id, id, property_id, code, name, sort_order, max_adults, max_children, max_occupancy, created_by, updated_by)
  select distinct tenant, type_id, property, 'T' || right(type_id, 1),
    (array['Single', 'Double', 'Twin', 'Superior double', 'Family room', 'Junior suite', 'Harbour suite', 'Apartment'])[1 + right(type_id, 1)::int],
    right(type_id, 1)::int, 2, 2, 4, 'bench', 'bench'
  from room;
insert into pms_rooms (tenant_id, id, property_id, room_type_id, room_number, floor, created_by, updated_by)
  select tenant, id, property, type_id, (100 * (1 + n / 25) + n % 25)::text, (1 + n / 25)::text, 'bench', 'bench' from room;
insert into pms_rate_plans (tenant_id, id, property_id, code, name, currency, is_default, created_by, updated_by)
  select tenant, plan, property, 'BAR', 'Best available', 'EUR', true, 'bench', 'bench' from hotel;
insert into pms_rate_plan_prices (tenant_id, id, property_id, rate_plan_id, room_type_id, start_date, end_date, nightly_base_cents, created_by, updated_by)
  select distinct tenant, type_id, property, plan, type_id, date '2020-01-01', date '2040-01-01', 12000, 'bench', 'bench' from room;

create temp table stay on commit drop as
  select r.tenant, r.property, r.plan, r.today, r.id as room, r.type_id, d.start, d.start + p.length as finish,
    '1' || upper(substr(md5(r.id || d.start), 1, 25)) as id, l.luck,
    l.luck % 50 = 3 and d.start > r.today as is_waiting
  from room r
    cross join (values (0, 5), (5, 3), (9, 2), (11, 4), (17, 2)) as p (first, length)
    cross join generate_series(0, 13) k
    cross join lateral (select r.today - 80 + ((r.n * 7) % 20 + k * 20 + p.first) as start) d
    cross join lateral (select ('x' || substr(md5(d.start || r.id), 1, 7))::bit(28)::int as luck) l;

insert into pms_reservations
  (tenant_id, id, property_id, primary_guest_json, status, check_in_date, check_out_date, adults, children, room_type_id, room_id, rate_plan_id,
   nightly_rate_cents, subtotal_cents, total_cents, source_type, confirmation_number, currency, booked_on, internal_notes, arrival_time, created_by, updated_by)
  select tenant, id, property,
    jsonb_build_object(
      'firstName', (array['Ana','João','Maria','Pedro','Anna','Jonas','Linh','Yuki','Haruto','Lucía','Marco','Petra','Olga','Chidi','Layla','Noa'])[1 + luck % 16],
      'lastName', (array['Silva','Santos','Ferreira','Müller','Schmidt','Nguyen','Tanaka','Sato','García','Rossi','Novák','Ivanova','Okafor','Haddad','Cohen','Larsen'])[1 + luck / 16 % 16]
        || (array['son','sen','ez','ova','ini','berg','dottir','','','','','','','','',''])[1 + luck / 256 % 16]),
    case when finish <= today then 'CHECKED_OUT' when start < today then 'CHECKED_IN' else 'CONFIRMED' end,
    start, finish, 1 + luck % 2, luck / 4 % 7 / 5, type_id, case when not is_waiting then room end, plan,
    12000, 12000 * (finish - start), 12000 * (finish - start),
    (array['DIRECT', 'PHONE', 'BOOKING_ENGINE', 'OTA', 'OTA'])[1 + luck / 8 % 5], 'GH-' || substr(id, 2, 12), 'EUR', least(start, today) - luck % 150,
    case when luck % 7 = 0 then 'Quiet room, please' end, case when luck % 5 = 0 then time '18:30' end, 'bench', 'bench'
  from stay;
insert into pms_reservation_nights (tenant_id, property_id, reservation_id, night, room_type_id, rate_plan_id, price_cents)
  select tenant, property, id, start + n, type_id, plan, 12000 from stay, generate_series(0, finish - start - 1) n;
insert into pms_room_blocks (tenant_id, id, property_id, room_id, start_date, end_date, block_type, reservation_id, room_type_id, created_by, updated_by)
  select tenant, '2' || substr(id, 2), property, room, start, finish, 'RESERVATION', id, type_id, 'bench', 'bench' from stay where not is_waiting;
insert into pms_room_blocks (tenant_id, id, property_id, room_id, start_date, end_date, block_type, reason, room_type_id, created_by, updated_by)
  select tenant, '3' || substr(id, 2), property, room, finish, finish + 1, 'OUT_OF_ORDER', 'Shower leaks', type_id, 'bench', 'bench'
  from stay where finish - start = 3 and luck % 50 = 1 and finish <> today;
-- Who is in the house owes a night.
insert into pms_folios (tenant_id, id, property_id, reservation_id, currency, subtotal_cents, total_cents, balance_cents, created_by, updated_by)
  select tenant, '4' || substr(id, 2), property, id, 'EUR', owed, owed, owed, 'bench', 'bench'
  from stay, lateral (select case when start < today and finish > today then 12000 else 0 end as owed) o;
insert into pms_folio_entries (tenant_id, id, property_id, folio_id, entry_type, description, amount_cents, business_date, reservation_id, posted_by)
  select tenant, '5' || substr(id, 2), property, '4' || substr(id, 2), 'ROOM_CHARGE', 'Room', 12000, start, id, 'bench'
  from stay where start < today and finish > today;
update pms_rooms r set status = 'OCCUPIED'
  from stay s where r.tenant_id = s.tenant and r.id = s.room and s.start < s.today and s.finish > s.today;

commit;
analyze;
