-- The market segment of a rate plan, by which nights and revenue are reported. A closed day keeps what its plans were then.
alter table pms_rate_plans
  add column market_segment text, -- null: none was said
  add constraint pms_rate_plans_segment_check check (market_segment in
    ('RETAIL', 'DISCOUNT', 'NEGOTIATED', 'QUALIFIED', 'WHOLESALE', 'GROUP', 'CONTRACT', 'COMPLIMENTARY'));

drop function pms_day_sales(text, text, date);
-- As in V12, and by segment: NONE where the plan says none.
create function pms_day_sales(p_tenant text, p_property text, p_day date)
  returns table (room_type_id text, source_type text, market_segment text, sold int, free int, guests int, posted_cents bigint, due_cents bigint,
    due_tax_cents bigint, due_fee_cents bigint)
  language sql stable set search_path from current as $$
  with nights as materialized (
    select n.room_type_id, r.source_type, coalesce(p.market_segment, 'NONE') as market_segment, r.guests, n.price_cents, n.included_cents, n.tax_cents, n.fee_cents, case when exists (
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
    left join lateral (
      select market_segment from pms_rate_plans where tenant_id = p_tenant and id = n.rate_plan_id offset 0
    ) p on true
    where t.tenant_id = p_tenant and t.property_id = p_property
  ), charges as materialized (
    select coalesce(n.room_type_id, r.room_type_id) as room_type_id, r.source_type,
      case when r.source_type is not null then coalesce(p.market_segment, 'NONE') end as market_segment, e.amount_cents
    from (
      select reservation_id, amount_cents from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and business_date = p_day and entry_type = 'ROOM_CHARGE' offset 0
    ) e left join lateral (
      select room_type_id, rate_plan_id, source_type from pms_reservations where tenant_id = p_tenant and id = e.reservation_id offset 0
    ) r on true left join lateral (
      select room_type_id, rate_plan_id from pms_reservation_nights
      where tenant_id = p_tenant and reservation_id = e.reservation_id and night = p_day offset 0
    ) n on true left join lateral (
      select market_segment from pms_rate_plans where tenant_id = p_tenant and id = coalesce(n.rate_plan_id, r.rate_plan_id) offset 0
    ) p on true
  )
  select x.room_type_id, x.source_type, x.market_segment, sum(x.sold)::int, sum(x.free)::int, sum(x.guests)::int, sum(x.posted)::bigint, sum(x.due)::bigint,
    sum(x.due_tax)::bigint, sum(x.due_fee)::bigint
  from (
    select room_type_id, source_type, market_segment, 1 as sold, case when price_cents = 0 then 1 else 0 end as free, guests, 0::bigint as posted,
      due * (price_cents - included_cents) as due, due * tax_cents as due_tax, due * fee_cents as due_fee
    from nights
    union all select room_type_id, source_type, market_segment, 0, 0, 0, amount_cents, 0, 0, 0 from charges
  ) x
  group by 1, 2, 3
$$;

-- A close looks for arrivals up to its day among all that are expected.
drop index pms_reservations_status_idx;
create index pms_reservations_status_idx on pms_reservations (tenant_id, property_id, status, check_in_date);
