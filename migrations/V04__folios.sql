-- The guest's account: an append-only ledger. A folio is opened with each reservation.

create table pms_folios (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  property_id    text not null,
  reservation_id text, -- null only for house and city-ledger accounts
  kind           text not null default 'GUEST',
  status         text not null default 'OPEN',
  currency       text not null,
  subtotal_cents bigint not null default 0,
  tax_cents      bigint not null default 0,
  fee_cents      bigint not null default 0,
  total_cents    bigint not null default 0,
  balance_cents  bigint not null default 0, -- total less payments plus refunds
  version        int not null default 1,
  created_at     timestamptz not null default now(),
  created_by     text not null,
  updated_at     timestamptz not null default now(),
  updated_by     text not null,
  constraint pms_folios_pkey primary key (tenant_id, id),
  constraint pms_folios_property_key unique (tenant_id, property_id, id),
  constraint pms_folios_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_folios_reservation_fk foreign key (tenant_id, property_id, reservation_id)
    references pms_reservations (tenant_id, property_id, id),
  constraint pms_folios_kind_check check (kind in ('GUEST', 'HOUSE', 'CITY_LEDGER')),
  constraint pms_folios_reservation_check check ((kind = 'GUEST') = (reservation_id is not null)),
  constraint pms_folios_status_check check (status in ('OPEN', 'CLOSED')),
  constraint pms_folios_total_check check (total_cents = subtotal_cents + tax_cents + fee_cents),
  constraint pms_folios_closed_check check (status = 'OPEN' or balance_cents = 0)
);
create index pms_folios_reservation_idx on pms_folios (tenant_id, property_id, reservation_id);
-- The few that are not settled: what the calendar shows as owed.
create index pms_folios_owing_idx on pms_folios (tenant_id, property_id, reservation_id) where balance_cents <> 0;
create index pms_folios_status_idx on pms_folios (tenant_id, property_id, status);

create table pms_folio_entries (
  tenant_id         text not null,
  id                text not null default gen_ulid(),
  property_id       text not null,
  folio_id          text not null,
  entry_type        text not null,
  description       text not null,
  amount_cents      bigint not null, -- positive: charge; negative: credit
  business_date     date not null, -- the day it belongs to
  charge_kind       text, -- of a room night: what it is, posted once per reservation and day
  reservation_id    text,
  reverses_entry_id text, -- a correction names what it reverses
  posted_at         timestamptz not null default now(),
  posted_by         text not null,
  source_ref        text,
  constraint pms_folio_entries_pkey primary key (tenant_id, id),
  constraint pms_folio_entries_property_key unique (tenant_id, property_id, id),
  constraint pms_folio_entries_folio_fk foreign key (tenant_id, property_id, folio_id) references pms_folios (tenant_id, property_id, id),
  constraint pms_folio_entries_reservation_fk foreign key (tenant_id, property_id, reservation_id)
    references pms_reservations (tenant_id, property_id, id),
  constraint pms_folio_entries_reverses_fk foreign key (tenant_id, property_id, reverses_entry_id)
    references pms_folio_entries (tenant_id, property_id, id),
  constraint pms_folio_entries_reversed_once_key unique (tenant_id, property_id, reverses_entry_id),
  constraint pms_folio_entries_type_check check (entry_type in ('ROOM_CHARGE', 'TAX', 'FEE', 'ADJUSTMENT', 'PAYMENT', 'REFUND')),
  constraint pms_folio_entries_amount_check check (amount_cents between -1000000000000 and 1000000000000)
);
create index pms_folio_entries_folio_idx on pms_folio_entries (tenant_id, property_id, folio_id, posted_at);
create index pms_folio_entries_type_idx on pms_folio_entries (tenant_id, property_id, entry_type, posted_at);
create index pms_folio_entries_reservation_idx on pms_folio_entries (tenant_id, property_id, reservation_id);
-- A room night is posted once, by the database.
create unique index pms_folio_entries_night_key on pms_folio_entries (tenant_id, reservation_id, business_date, charge_kind)
  where charge_kind is not null and reverses_entry_id is null;
