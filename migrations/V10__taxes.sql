-- Each night carries the taxes and fees that it will be posted with: quote, reservation and folio are made of the same lines.
alter table pms_reservation_nights
  add column included_cents bigint not null default 0, -- of the price, what is inclusive taxes and fees
  add column tax_cents      bigint not null default 0, -- taxes, the inclusive ones too
  add column fee_cents      bigint not null default 0, -- fees, the inclusive ones too
  add column lines_json     jsonb not null default '[]'; -- the lines themselves: code, name, cents, whether fee and inclusive

-- A tax goes where its charge goes.
alter table pms_folio_entries
  add column parent_entry_id text, -- the charge that a tax or fee was computed on
  add constraint pms_folio_entries_parent_fk foreign key (tenant_id, property_id, parent_entry_id)
    references pms_folio_entries (tenant_id, property_id, id);
create index pms_folio_entries_parent_idx on pms_folio_entries (tenant_id, property_id, parent_entry_id) where parent_entry_id is not null;

alter table pms_tax_rules
  add constraint pms_tax_rules_percent_check check (percent between 0 and 100),
  add constraint pms_tax_rules_amount_check check (amount_cents between 0 and 10000000000),
  add constraint pms_tax_rules_age_check check (minimum_age between 0 and 120),
  add constraint pms_tax_rules_nights_check check (maximum_nights between 1 and 1000);
