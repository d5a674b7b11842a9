-- Papers: what an invoice and a credit note are made of, and where the charges of a stay go.

alter table pms_properties
  add column tax_number text; -- stands on its invoices

alter table pms_folios
  add column bill_to_json       jsonb, -- to whom the invoice is made out; null: to the guest
  add column issued_json        jsonb, -- the head of the paper when it was issued: a closed folio prints the same for ever
  add column credits_folio_id   text, -- of a credit note: the invoiced folio that it takes back from
  add column credit_note_number bigint, -- gap-free within the property
  add column credit_reason      text,
  add constraint pms_folios_credits_fk foreign key (tenant_id, property_id, credits_folio_id)
    references pms_folios (tenant_id, property_id, id),
  add constraint pms_folios_credit_note_key unique (tenant_id, property_id, credit_note_number),
  add constraint pms_folios_credit_note_check check (
    (credits_folio_id is null) = (credit_note_number is null) and (credits_folio_id is null) = (credit_reason is null)),
  -- It gives back and never asks for money.
  add constraint pms_folios_credit_sign_check check (credit_note_number is null or (total_cents <= 0 and balance_cents <= 0)),
  drop constraint pms_folios_invoice_check,
  add constraint pms_folios_invoice_check check ((status = 'CLOSED' and credit_note_number is null) = (invoice_number is not null));
create index pms_folios_credits_idx on pms_folios (tenant_id, property_id, credits_folio_id) where credits_folio_id is not null;

-- What was invoiced is credited once, by the database.
alter table pms_folio_entries
  add column credits_entry_id text, -- of a credit note: the invoiced entry that it takes back
  add constraint pms_folio_entries_credits_fk foreign key (tenant_id, property_id, credits_entry_id)
    references pms_folio_entries (tenant_id, property_id, id);
create unique index pms_folio_entries_credited_key on pms_folio_entries (tenant_id, property_id, credits_entry_id)
  where credits_entry_id is not null;

-- Where the charges of a stay go. The rules of a stay are replaced as a whole, so they have one version.
create table pms_folio_routings (
  tenant_id      text not null,
  reservation_id text not null,
  property_id    text not null,
  version        int not null default 1,
  created_at     timestamptz not null default now(),
  created_by     text not null,
  updated_at     timestamptz not null default now(),
  updated_by     text not null,
  constraint pms_folio_routings_pkey primary key (tenant_id, reservation_id),
  constraint pms_folio_routings_property_key unique (tenant_id, property_id, reservation_id),
  constraint pms_folio_routings_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_folio_routings_reservation_fk foreign key (tenant_id, property_id, reservation_id)
    references pms_reservations (tenant_id, property_id, id)
);
select pms_protect('pms_folio_routings');

create table pms_folio_routes (
  tenant_id      text not null,
  reservation_id text not null,
  entry_type     text not null, -- what goes there; its taxes and fees go with it
  property_id    text not null,
  folio_id       text not null, -- of the stay, or an account; one that was closed since takes nothing more
  constraint pms_folio_routes_pkey primary key (tenant_id, reservation_id, entry_type),
  constraint pms_folio_routes_routing_fk foreign key (tenant_id, property_id, reservation_id)
    references pms_folio_routings (tenant_id, property_id, reservation_id),
  constraint pms_folio_routes_folio_fk foreign key (tenant_id, property_id, folio_id) references pms_folios (tenant_id, property_id, id),
  constraint pms_folio_routes_type_check check (entry_type in ('ROOM_CHARGE', 'ADJUSTMENT', 'FEE', 'TAX'))
);
create index pms_folio_routes_routing_idx on pms_folio_routes (tenant_id, property_id, reservation_id);
create index pms_folio_routes_folio_idx on pms_folio_routes (tenant_id, property_id, folio_id);
select pms_protect('pms_folio_routes');
