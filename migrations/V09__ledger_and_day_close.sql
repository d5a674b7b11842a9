-- The ledger of a folio, and the record of each closed day.

-- A stay may have several folios (the guest's extras, the company's room), and a house or city-ledger account needs a name.
alter table pms_folios
  add column name           text, -- what people call it; null: the guest's folio
  add column invoice_number bigint, -- given when it is closed, gap-free within the property
  add column closed_on      date, -- business date of the closing
  add constraint pms_folios_invoice_key unique (tenant_id, property_id, invoice_number),
  add constraint pms_folios_invoice_check check ((status = 'CLOSED') = (invoice_number is not null)),
  add constraint pms_folios_closed_on_check check ((status = 'CLOSED') = (closed_on is not null)),
  add constraint pms_folios_name_check check (kind = 'GUEST' or name is not null);
-- The accounts of a property, which belong to no stay.
create index pms_folios_accounts_idx on pms_folios (tenant_id, property_id, kind, name) where kind <> 'GUEST';

alter table pms_folio_entries
  add column method              text, -- how money came or went
  add column moved_from_entry_id text, -- the entry of another folio that this one stands for
  add constraint pms_folio_entries_moved_fk foreign key (tenant_id, property_id, moved_from_entry_id)
    references pms_folio_entries (tenant_id, property_id, id),
  add constraint pms_folio_entries_moved_once_key unique (tenant_id, property_id, moved_from_entry_id),
  add constraint pms_folio_entries_method_check check (method in ('CASH', 'CARD', 'BANK_TRANSFER', 'CHEQUE', 'OTHER')),
  add constraint pms_folio_entries_money_check check ((entry_type in ('PAYMENT', 'REFUND')) = (method is not null)),
  -- A payment lowers the balance and a refund raises it; what reverses one has its other sign.
  add constraint pms_folio_entries_sign_check check (
    case entry_type
      when 'PAYMENT' then (amount_cents < 0) = (reverses_entry_id is null)
      when 'REFUND' then (amount_cents > 0) = (reverses_entry_id is null)
      else true
    end);

-- What a day was when it was closed. Reports of the past read these rows, so they never change.
create table pms_day_closes (
  tenant_id           text not null,
  property_id         text not null,
  business_date       date not null, -- the day that was closed
  rooms_total         int not null, -- rooms of the house
  rooms_off_market    int not null, -- under a block that is no stay
  rooms_out_of_order  int not null, -- of these, out of order or in maintenance
  rooms_sold          int not null, -- in-house nights posted
  rooms_free_of_charge int not null, -- of these, at a price of zero
  guests_in_house     int not null,
  arrivals            int not null, -- checked in on that day
  departures          int not null, -- checked out on that day
  no_shows            int not null,
  cancellations       int not null,
  room_revenue_cents  bigint not null, -- postings of the day, by type of entry
  adjustment_cents    bigint not null,
  tax_cents           bigint not null,
  fee_cents           bigint not null,
  payment_cents       bigint not null,
  refund_cents        bigint not null,
  guest_ledger_cents  bigint not null, -- balances when the day was closed: who is or was in the house
  deposit_ledger_cents bigint not null, -- who has not come yet, or will not
  house_ledger_cents  bigint not null,
  city_ledger_cents   bigint not null,
  closed_at           timestamptz not null,
  closed_by           text not null,
  constraint pms_day_closes_pkey primary key (tenant_id, property_id, business_date),
  constraint pms_day_closes_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_day_closes_sold_check check (rooms_free_of_charge between 0 and rooms_sold)
);
select pms_protect('pms_day_closes');
revoke update, delete on pms_day_closes from pms_app;

-- The postings of a day, for its record.
create index pms_folio_entries_date_idx on pms_folio_entries (tenant_id, property_id, business_date);
-- Who came, left or was given up on a day.
create index pms_reservations_checked_in_on_idx on pms_reservations (tenant_id, property_id, checked_in_on) where checked_in_on is not null;
create index pms_reservations_checked_out_on_idx on pms_reservations (tenant_id, property_id, checked_out_on)
  where checked_out_on is not null;
create index pms_reservations_closed_on_idx on pms_reservations (tenant_id, property_id, closed_on) where closed_on is not null;
