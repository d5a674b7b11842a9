-- Deny by default: row security on every table, and a role that owns nothing. Last, so that it covers all tables before it;
-- a later migration that adds a table calls pms_protect for it.

-- Enabled, not forced: the owner migrates and repairs, the server's role is bound.
create function pms_protect(p_table regclass, p_tenant_column text default 'tenant_id') returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('create policy %I on %s using (%I = current_setting(''app.tenant_id'', true))',
    p_table::text || '_tenant', p_table, p_tenant_column);
  execute format('grant select, insert, update, delete on %s to pms_app', p_table);
end $$;

select pms_protect('pms_tenants', 'id');
select pms_protect(c.oid::regclass)
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and (c.relname like 'pms\_%' or c.relname like 'rm\_pms\_%')
order by c.relname;

-- History is written once.
revoke update, delete on pms_audit_log, pms_room_status_log, pms_folio_entries from pms_app;
-- Tenants are made by the owner.
revoke insert, update, delete on pms_tenants from pms_app;

revoke execute on function pms_login_tenants(text), pms_search_guests(text, text, boolean, text[], text[], text, int),
  pms_search_reservations(text, text, text[]), pms_tenants_with_expired_holds(timestamptz), pms_protect(regclass, text) from public;
grant execute on function pms_login_tenants(text), pms_search_guests(text, text, boolean, text[], text[], text, int),
  pms_search_reservations(text, text, text[]), pms_tenants_with_expired_holds(timestamptz) to pms_app;
