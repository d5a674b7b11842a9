-- Which tenants have rows to purge: the server's role sees one tenant at a time, and its sweeper serves all of them.

create function pms_tenants_to_purge(p_now timestamptz) returns table (tenant_id text)
  language sql stable security definer set search_path from current as $$
  select t.id
  from pms_tenants t
  where exists (select from pms_idempotency_keys k where k.tenant_id = t.id and k.expires_at <= p_now)
    or exists (select from pms_sessions s where s.tenant_id = t.id and s.expires_at <= p_now)
$$;

revoke execute on function pms_tenants_to_purge(timestamptz) from public;
grant execute on function pms_tenants_to_purge(timestamptz) to pms_app;
