-- What a guest pays ahead, and what he pays when he cancels or does not come. A policy is frozen onto each booking that is made under
-- it; what becomes of the policy later changes no booking.

create table pms_policies (
  tenant_id   text not null,
  id          text not null default gen_ulid(),
  property_id text not null,
  kind        text not null, -- it never changes: rate plans name a policy of each kind
  code        text not null,
  name        text not null,
  guest_text  text, -- what a guest is told; null: the terms in words
  terms_json  jsonb not null, -- of its kind: amount and day; deadlines with their fees; a fee
  is_default  boolean not null default false, -- of its kind, for rate plans that name none
  is_active   boolean not null default true,
  version     int not null default 1,
  created_at  timestamptz not null default now(),
  created_by  text not null,
  updated_at  timestamptz not null default now(),
  updated_by  text not null,
  constraint pms_policies_pkey primary key (tenant_id, id),
  constraint pms_policies_property_key unique (tenant_id, property_id, id), -- target of the foreign keys that carry the property
  constraint pms_policies_code_key unique (tenant_id, property_id, code),
  constraint pms_policies_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_policies_kind_check check (kind in ('DEPOSIT', 'CANCELLATION', 'NO_SHOW')),
  constraint pms_policies_terms_check check (jsonb_typeof(terms_json) = 'object'),
  constraint pms_policies_default_check check (is_active or not is_default)
);
create unique index pms_policies_default_key on pms_policies (tenant_id, property_id, kind) where is_default;
select pms_protect('pms_policies');

-- A plan names its own policies; null: the default of the property.
alter table pms_rate_plans
  add column deposit_policy_id      text,
  add column cancellation_policy_id text,
  add column no_show_policy_id      text,
  add constraint pms_rate_plans_deposit_fk foreign key (tenant_id, property_id, deposit_policy_id)
    references pms_policies (tenant_id, property_id, id),
  add constraint pms_rate_plans_cancellation_fk foreign key (tenant_id, property_id, cancellation_policy_id)
    references pms_policies (tenant_id, property_id, id),
  add constraint pms_rate_plans_no_show_fk foreign key (tenant_id, property_id, no_show_policy_id)
    references pms_policies (tenant_id, property_id, id);
create index pms_rate_plans_deposit_idx on pms_rate_plans (tenant_id, property_id, deposit_policy_id) where deposit_policy_id is not null;
create index pms_rate_plans_cancellation_idx on pms_rate_plans (tenant_id, property_id, cancellation_policy_id)
  where cancellation_policy_id is not null;
create index pms_rate_plans_no_show_idx on pms_rate_plans (tenant_id, property_id, no_show_policy_id) where no_show_policy_id is not null;

alter table pms_reservations
  add column policies_json    jsonb not null default '{}', -- the policies as they were when it was booked, with what the guest was told
  add column deposit_cents    bigint not null default 0, -- what its deposit policy asks for its nights
  add column deposit_due_on   date, -- and when; null: nothing is asked
  add column closing_fee_json jsonb, -- what its cancellation or no-show cost: the rule, the amount, whether it was waived
  add constraint pms_reservations_deposit_check check (deposit_cents >= 0 and (deposit_cents > 0) = (deposit_due_on is not null)),
  add constraint pms_reservations_closing_check check (closing_fee_json is null or status in ('CANCELLED', 'NO_SHOW'));
-- Who still has to pay ahead.
create index pms_reservations_deposit_idx on pms_reservations (tenant_id, property_id, deposit_due_on)
  where deposit_due_on is not null and status in ('HOLD', 'CONFIRMED');

-- How the ledgers moved, by type of entry. Who is or was in the house has his folios in the guest ledger. Before that, and for who
-- never comes, what he paid beyond his charges is a deposit, which the house owes him; what he was charged beyond his payments is owed by
-- him, and in the guest ledger. So a fee for a cancellation takes of the deposit what it needs, as APPLIED, and the rest stays one. What is
-- a deposit goes over with a guest who comes, as CHECK_IN.
create or replace function pms_day_ledgers(p_tenant text, p_property text, p_day date)
  returns table (ledger text, kind text, amount_cents bigint)
  language sql stable set search_path from current as $$
  with moved as materialized (
    select e.folio_id, f.kind as whose, coalesce(r.checked_in_on <= p_day, false) as is_in, e.entry_type, e.amount_cents
    from (
      select folio_id, entry_type, amount_cents from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and business_date = p_day offset 0
    ) e cross join lateral (
      select kind, reservation_id from pms_folios where tenant_id = p_tenant and id = e.folio_id offset 0
    ) f left join lateral (
      select checked_in_on from pms_reservations where tenant_id = p_tenant and id = f.reservation_id offset 0
    ) r on true
  ), absent as materialized (
    select folio_id, sum(amount_cents) as moved,
      coalesce(sum(amount_cents) filter (where entry_type in ('PAYMENT', 'REFUND')), 0) as paid
    from moved where whose = 'GUEST' and not is_in group by 1
  )
  select x.ledger, x.kind, sum(x.amount)::bigint
  from (
    select case when whose <> 'GUEST' then whose when not is_in and entry_type in ('PAYMENT', 'REFUND') then 'DEPOSIT' else 'GUEST' end as ledger,
      entry_type as kind, amount_cents as amount
    from moved
    union all
    -- What of the deposit is left is what the balance of the folio says.
    select l.ledger, 'APPLIED', l.sign * (least(before.amount + a.moved, 0) - least(before.amount, 0) - a.paid)
    from absent a cross join lateral (
      select coalesce(sum(amount_cents), 0) as amount from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and folio_id = a.folio_id and business_date < p_day
    ) before cross join (values ('DEPOSIT', 1), ('GUEST', -1)) l (ledger, sign)
    union all
    select l.ledger, 'CHECK_IN', l.sign * least(before.amount, 0)
    from (
      select id from pms_reservations
      where tenant_id = p_tenant and property_id = p_property and checked_in_on = p_day and status in ('CHECKED_IN', 'CHECKED_OUT') offset 0
    ) r cross join lateral (
      select id from pms_folios where tenant_id = p_tenant and property_id = p_property and reservation_id = r.id
    ) f cross join lateral (
      select coalesce(sum(amount_cents), 0) as amount from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and folio_id = f.id and business_date < p_day
    ) before cross join (values ('DEPOSIT', -1), ('GUEST', 1)) l (ledger, sign)
  ) x
  where x.amount <> 0
  group by 1, 2 having sum(x.amount) <> 0
$$;
