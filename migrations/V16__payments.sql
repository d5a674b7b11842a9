-- Payments by a gateway. An intent is written before the gateway is asked and finished after it answered; the ledger has its entry once.

alter table pms_properties
  add column payment_account text, -- its account at the gateway; null: it takes no payments by it
  add constraint pms_properties_payment_account_check check (char_length(payment_account) between 1 and 100);

create table pms_payment_intents (
  tenant_id         text not null,
  id                text not null default gen_ulid(), -- with the tenant, the key by which the gateway knows it
  property_id       text not null,
  folio_id          text not null, -- where it is posted
  kind              text not null,
  refunds_intent_id text, -- of a refund: the charge that it gives back of
  status            text not null default 'PENDING',
  amount_cents      bigint not null,
  currency          text not null,
  refunded_cents    bigint not null default 0, -- of a charge: what was given back, or is about to be
  description       text not null,
  source            text, -- what the gateway charges: its token of a card, a terminal; forgotten when it is finished
  account           text not null, -- of the property at the gateway, as it was when the intent was made
  gateway_ref       text, -- what the gateway calls the movement of money
  reason_code       text, -- why no money moved, in the gateway's words
  reason            text,
  expires_at        timestamptz not null, -- from then on the gateway must not move money for it
  checked_at        timestamptz not null, -- when the gateway was asked last
  finished_at       timestamptz, -- null: nobody knows yet
  version           int not null default 1,
  created_at        timestamptz not null default now(),
  created_by        text not null,
  updated_at        timestamptz not null default now(),
  updated_by        text not null,
  constraint pms_payment_intents_pkey primary key (tenant_id, id),
  constraint pms_payment_intents_property_key unique (tenant_id, property_id, id),
  constraint pms_payment_intents_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_payment_intents_folio_fk foreign key (tenant_id, property_id, folio_id) references pms_folios (tenant_id, property_id, id),
  constraint pms_payment_intents_refunds_fk foreign key (tenant_id, property_id, refunds_intent_id)
    references pms_payment_intents (tenant_id, property_id, id),
  constraint pms_payment_intents_kind_check check (kind in ('CHARGE', 'REFUND') and (kind = 'REFUND') = (refunds_intent_id is not null)),
  constraint pms_payment_intents_status_check check (status in ('PENDING', 'SETTLED', 'SETTLED_UNPOSTED', 'DECLINED', 'FAILED')),
  constraint pms_payment_intents_amount_check check (amount_cents between 1 and 10000000000),
  -- No more is given back than was taken.
  constraint pms_payment_intents_refunded_check check (refunded_cents between 0 and case kind when 'CHARGE' then amount_cents else 0 end),
  constraint pms_payment_intents_finished_check check ((status = 'PENDING') = (finished_at is null)),
  constraint pms_payment_intents_ref_check check ((status in ('SETTLED', 'SETTLED_UNPOSTED')) = (gateway_ref is not null)),
  constraint pms_payment_intents_reason_check check ((status in ('DECLINED', 'FAILED')) = (reason_code is not null)),
  constraint pms_payment_intents_source_check check (source is null or status = 'PENDING')
);
create index pms_payment_intents_folio_idx on pms_payment_intents (tenant_id, property_id, folio_id);
create index pms_payment_intents_refunds_idx on pms_payment_intents (tenant_id, property_id, refunds_intent_id)
  where refunds_intent_id is not null;
-- Who waits for an answer of the gateway.
create index pms_payment_intents_pending_idx on pms_payment_intents (tenant_id, checked_at) where status = 'PENDING';
select pms_protect('pms_payment_intents');
revoke delete on pms_payment_intents from pms_app;

-- What was moved through the gateway is posted once, by the database. What takes an entry back or moves it names the intent as well, so
-- that the entries of an intent always add up to its amount.
alter table pms_folio_entries
  add column payment_intent_id text, -- of a payment or refund by the gateway
  add constraint pms_folio_entries_intent_fk foreign key (tenant_id, property_id, payment_intent_id)
    references pms_payment_intents (tenant_id, property_id, id),
  add constraint pms_folio_entries_intent_check check (payment_intent_id is null or method = 'CARD');
create index pms_folio_entries_intent_idx on pms_folio_entries (tenant_id, property_id, payment_intent_id) where payment_intent_id is not null;
create unique index pms_folio_entries_intent_key on pms_folio_entries (tenant_id, property_id, payment_intent_id)
  where payment_intent_id is not null and reverses_entry_id is null and moved_from_entry_id is null;

-- The gateway is asked again at double the age, from half a minute to an hour after the time before.
create function pms_payment_check_due(p_created_at timestamptz, p_checked_at timestamptz) returns timestamptz
  language sql immutable as $$
  select p_checked_at + greatest(interval '30 seconds', least(p_checked_at - p_created_at, interval '1 hour'))
$$;

-- Which tenants have payments to ask about: the server's role sees one tenant at a time, and its worker serves all of them.
create function pms_tenants_with_payments_due(p_now timestamptz) returns table (tenant_id text)
  language sql stable security definer set search_path from current as $$
  select distinct i.tenant_id from pms_payment_intents i
  where i.status = 'PENDING' and pms_payment_check_due(i.created_at, i.checked_at) <= p_now
$$;

revoke execute on function pms_tenants_with_payments_due(timestamptz), pms_payment_check_due(timestamptz, timestamptz) from public;
grant execute on function pms_tenants_with_payments_due(timestamptz), pms_payment_check_due(timestamptz, timestamptz) to pms_app;
