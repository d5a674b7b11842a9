-- Papers by e-mail: a message names the folio whose paper goes with it, and when it is tried next.
alter table pms_messages
  add column folio_id        text, -- its paper goes with the message
  add column next_attempt_at timestamptz not null default now(), -- of one that waits
  add constraint pms_messages_folio_fk foreign key (tenant_id, property_id, folio_id) references pms_folios (tenant_id, property_id, id);
create index pms_messages_folio_idx on pms_messages (tenant_id, property_id, folio_id);
drop index pms_messages_queued_idx;
create index pms_messages_queued_idx on pms_messages (next_attempt_at, tenant_id) where status = 'QUEUED';

-- Which tenants have letters to send: the server's role sees one tenant at a time, and its worker serves all of them.
create function pms_tenants_with_mail_due(p_now timestamptz) returns table (tenant_id text)
  language sql stable security definer set search_path from current as $$
  select distinct m.tenant_id from pms_messages m
  where m.status = 'QUEUED' and m.direction = 'OUTBOUND' and m.channel = 'EMAIL' and m.next_attempt_at <= p_now
$$;
revoke execute on function pms_tenants_with_mail_due(timestamptz) from public;
grant execute on function pms_tenants_with_mail_due(timestamptz) to pms_app;
