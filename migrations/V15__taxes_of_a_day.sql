-- Row security tells functions that could leak a row apart from those that cannot, and takes COALESCE for one that could: a condition
-- with it is no condition of an index. The charge of a tax line was so looked for in the whole ledger. It is named first, then looked up.
create or replace function pms_day_taxes(p_tenant text, p_property text, p_day date)
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
  ) o on true cross join lateral (
    select coalesce(e.parent_entry_id, o.parent_entry_id) as id offset 0
  ) charge left join lateral (
    select amount_cents from pms_folio_entries where tenant_id = p_tenant and id = charge.id offset 0
  ) c on true
  group by 1, 2, 3
$$;
