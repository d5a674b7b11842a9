-- What a closed day was in detail, so that reports of the past read its record and never change; and the two settings that say what
-- statistics divide by. The details of a day that is still open are computed by the very functions that write the record.

alter table pms_properties
  add column counts_out_of_order boolean not null default false, -- rooms out of order stand in what occupancy and RevPAR divide by
  add column counts_free_nights  boolean not null default true; -- nights at a price of zero stand in what ADR divides by

-- The rule that a tax or fee came from: its name may change, and a reversal has another.
alter table pms_folio_entries add column tax_code text;
update pms_folio_entries set tax_code = split_part(charge_kind, ':', 2) where charge_kind like 'ROOM:%';
update pms_folio_entries e set tax_code = t.code from pms_tax_rules t
where t.tenant_id = e.tenant_id and t.property_id = e.property_id and t.name = e.description and e.parent_entry_id is not null
  and e.tax_code is null;
update pms_folio_entries e set tax_code = o.tax_code from pms_folio_entries o
where o.tenant_id = e.tenant_id and o.id = e.reverses_entry_id and e.tax_code is null and o.tax_code is not null;

-- The functions below look rows up one by one (`offset 0` keeps the planner from joining), so that the cost of a day does not grow
-- with history.

-- Rooms of the house by their type, and how many of them are under a block that is no stay.
create function pms_day_rooms(p_tenant text, p_property text, p_day date)
  returns table (room_type_id text, rooms int, off_market int, out_of_order int)
  language sql stable set search_path from current as $$
  select r.room_type_id, count(*)::int, count(b.block_type)::int,
    (count(*) filter (where b.block_type in ('OUT_OF_ORDER', 'MAINTENANCE')))::int
  from pms_rooms r left join (
    select distinct on (room_id) room_id, block_type from pms_room_blocks
    where tenant_id = p_tenant and property_id = p_property and block_type <> 'RESERVATION' and start_date <= p_day and end_date > p_day
    order by room_id
  ) b on b.room_id = r.id
  where r.tenant_id = p_tenant and r.property_id = p_property and (r.opened_on is null or r.opened_on <= p_day)
    and (r.closed_on is null or r.closed_on > p_day)
  group by 1
$$;

-- The night by charged type and source of the booking: what is on the books, what of it was posted, and what is still due. Who left on
-- the day of arrival slept no night. Room charges of accounts that belong to no stay have neither type nor source.
create function pms_day_sales(p_tenant text, p_property text, p_day date)
  returns table (room_type_id text, source_type text, sold int, free int, guests int, posted_cents bigint, due_cents bigint,
    due_tax_cents bigint, due_fee_cents bigint)
  language sql stable set search_path from current as $$
  with nights as materialized (
    select n.room_type_id, r.source_type, r.guests, n.price_cents, n.included_cents, n.tax_cents, n.fee_cents, case when exists (
        select from pms_folio_entries e
        where e.tenant_id = p_tenant and e.reservation_id = n.reservation_id and e.business_date = p_day and e.charge_kind = 'ROOM'
          and e.reverses_entry_id is null) then 0 else 1 end as due
    from pms_room_types t cross join lateral (
      select * from pms_reservation_nights
      where tenant_id = p_tenant and property_id = p_property and room_type_id = t.id and night = p_day and not is_released offset 0
    ) n cross join lateral (
      select source_type, adults + children as guests from pms_reservations
      where tenant_id = p_tenant and id = n.reservation_id and status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT')
        and (checked_out_on is null or checked_out_on > p_day) offset 0
    ) r
    where t.tenant_id = p_tenant and t.property_id = p_property
  ), charges as materialized (
    select coalesce(n.room_type_id, r.room_type_id) as room_type_id, r.source_type, e.amount_cents
    from (
      select reservation_id, amount_cents from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and business_date = p_day and entry_type = 'ROOM_CHARGE' offset 0
    ) e left join lateral (
      select room_type_id, source_type from pms_reservations where tenant_id = p_tenant and id = e.reservation_id offset 0
    ) r on true left join lateral (
      select room_type_id from pms_reservation_nights
      where tenant_id = p_tenant and reservation_id = e.reservation_id and night = p_day offset 0
    ) n on true
  )
  select x.room_type_id, x.source_type, sum(x.sold)::int, sum(x.free)::int, sum(x.guests)::int, sum(x.posted)::bigint, sum(x.due)::bigint,
    sum(x.due_tax)::bigint, sum(x.due_fee)::bigint
  from (
    select room_type_id, source_type, 1 as sold, case when price_cents = 0 then 1 else 0 end as free, guests, 0::bigint as posted,
      due * (price_cents - included_cents) as due, due * tax_cents as due_tax, due * fee_cents as due_fee
    from nights
    union all select room_type_id, source_type, 0, 0, 0, amount_cents, 0, 0, 0 from charges
  ) x
  group by 1, 2
$$;

-- How the ledgers moved, by type of entry. A stay's folios are in the deposit ledger until the day on which the guest comes; what was on
-- them before goes over with the guest, as CHECK_IN.
create function pms_day_ledgers(p_tenant text, p_property text, p_day date)
  returns table (ledger text, kind text, amount_cents bigint)
  language sql stable set search_path from current as $$
  select x.ledger, x.kind, sum(x.amount)::bigint
  from (
    select case when f.kind <> 'GUEST' then f.kind when r.checked_in_on <= p_day then 'GUEST' else 'DEPOSIT' end as ledger,
      e.entry_type as kind, e.amount_cents as amount
    from (
      select folio_id, entry_type, amount_cents from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and business_date = p_day offset 0
    ) e cross join lateral (
      select kind, reservation_id from pms_folios where tenant_id = p_tenant and id = e.folio_id offset 0
    ) f left join lateral (
      select checked_in_on from pms_reservations where tenant_id = p_tenant and id = f.reservation_id offset 0
    ) r on true
    union all
    select l.ledger, 'CHECK_IN', l.sign * before.amount
    from (
      select id from pms_reservations
      where tenant_id = p_tenant and property_id = p_property and checked_in_on = p_day and status in ('CHECKED_IN', 'CHECKED_OUT') offset 0
    ) r cross join lateral (
      select sum(e.amount_cents) as amount
      from pms_folios f cross join lateral (
        select amount_cents from pms_folio_entries
        where tenant_id = p_tenant and property_id = p_property and folio_id = f.id and business_date < p_day offset 0
      ) e
      where f.tenant_id = p_tenant and f.property_id = p_property and f.reservation_id = r.id
    ) before cross join (values ('DEPOSIT', -1), ('GUEST', 1)) l (ledger, sign)
    where before.amount <> 0
  ) x
  group by 1, 2 having sum(x.amount) <> 0
$$;

-- Taxes and fees by rule, with the charges that they were computed on. What was posted by hand has no rule. A reversal takes its charge
-- and itself off the sums.
create function pms_day_taxes(p_tenant text, p_property text, p_day date)
  returns table (entry_type text, code text, name text, base_cents bigint, amount_cents bigint, lines int)
  language sql stable set search_path from current as $$
  select e.entry_type, e.tax_code, case when e.tax_code is not null then coalesce(o.description, e.description) end,
    coalesce(sum(e.sign * c.amount_cents), 0)::bigint, sum(e.amount_cents)::bigint, sum(e.sign)::int
  from (
    select entry_type, tax_code, description, amount_cents, parent_entry_id, reverses_entry_id,
      case when reverses_entry_id is null then 1 else -1 end as sign
    from pms_folio_entries
    where tenant_id = p_tenant and property_id = p_property and business_date = p_day and entry_type in ('TAX', 'FEE') offset 0
  ) e left join lateral (
    select description, parent_entry_id from pms_folio_entries where tenant_id = p_tenant and id = e.reverses_entry_id offset 0
  ) o on true left join lateral (
    select amount_cents from pms_folio_entries where tenant_id = p_tenant and id = coalesce(e.parent_entry_id, o.parent_entry_id) offset 0
  ) c on true
  group by 1, 2, 3
$$;

-- The rows of these functions when the day was closed.
alter table pms_day_closes
  add column rooms_json   jsonb not null default '[]',
  add column sales_json   jsonb not null default '[]',
  add column ledgers_json jsonb not null default '[]',
  add column taxes_json   jsonb not null default '[]';
update pms_day_closes d set
  rooms_json = coalesce((select jsonb_agg(x) from pms_day_rooms(d.tenant_id, d.property_id, d.business_date) x), '[]'),
  sales_json = coalesce((select jsonb_agg(x) from pms_day_sales(d.tenant_id, d.property_id, d.business_date) x), '[]'),
  ledgers_json = coalesce((select jsonb_agg(x) from pms_day_ledgers(d.tenant_id, d.property_id, d.business_date) x), '[]'),
  taxes_json = coalesce((select jsonb_agg(x) from pms_day_taxes(d.tenant_id, d.property_id, d.business_date) x), '[]');
