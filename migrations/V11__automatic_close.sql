-- When a property closes its days by itself.
alter table pms_properties
  add column auto_close_at time; -- in its zone, on the day after; null: somebody closes them

-- Which properties have a day to close: the server's role sees one tenant at a time, and its worker serves all of them. A day that was
-- missed is closed at once, whatever the hour.
create function pms_properties_to_close(p_now timestamptz) returns table (tenant_id text, property_id text)
  language sql stable security definer set search_path from current as $$
  select p.tenant_id, p.id
  from pms_properties p join pms_tenants t on t.id = p.tenant_id
  where p.is_active and t.is_active and p.auto_close_at is not null
    and p.business_date + 1 + p.auto_close_at <= p_now at time zone p.timezone
  order by 1, 2
$$;

revoke execute on function pms_properties_to_close(timestamptz) from public;
grant execute on function pms_properties_to_close(timestamptz) to pms_app;
