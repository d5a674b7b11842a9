-- The tables of the second version: restrictions, packages, messages, channels. Their slices come later; the columns are here,
-- so that a database need not be migrated for them.

create table pms_restrictions (
  tenant_id           text not null,
  id                  text not null default gen_ulid(),
  property_id         text not null,
  rate_plan_id        text, -- null: every plan
  room_type_id        text, -- null: every type
  date                date not null,
  is_closed           boolean, -- null in any field: says nothing, so that a broader row counts
  closed_to_arrival   boolean,
  closed_to_departure boolean,
  min_stay_arrival    int,
  max_stay_arrival    int,
  min_stay_through    int,
  max_stay_through    int,
  min_advance_days    int,
  max_advance_days    int,
  version             int not null default 1,
  created_at          timestamptz not null default now(),
  created_by          text not null,
  updated_at          timestamptz not null default now(),
  updated_by          text not null,
  constraint pms_restrictions_pkey primary key (tenant_id, id),
  constraint pms_restrictions_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_restrictions_plan_fk foreign key (tenant_id, property_id, rate_plan_id) references pms_rate_plans (tenant_id, property_id, id),
  constraint pms_restrictions_type_fk foreign key (tenant_id, property_id, room_type_id) references pms_room_types (tenant_id, property_id, id),
  constraint pms_restrictions_arrival_check check (min_stay_arrival >= 1 and max_stay_arrival >= 1 and min_stay_arrival <= max_stay_arrival),
  constraint pms_restrictions_through_check check (min_stay_through >= 1 and max_stay_through >= 1 and min_stay_through <= max_stay_through),
  constraint pms_restrictions_advance_check check (min_advance_days >= 0 and max_advance_days >= 0 and min_advance_days <= max_advance_days)
);
create unique index pms_restrictions_scope_key on pms_restrictions
  (tenant_id, property_id, date, coalesce(rate_plan_id, ''), coalesce(room_type_id, ''));
create index pms_restrictions_plan_idx on pms_restrictions (tenant_id, property_id, rate_plan_id, date);
create index pms_restrictions_type_idx on pms_restrictions (tenant_id, property_id, room_type_id, date);

create table pms_packages (
  tenant_id    text not null,
  id           text not null default gen_ulid(),
  property_id  text not null,
  code         text not null,
  name         text not null,
  description  text,
  is_included  boolean not null default false, -- carved out of the rate; false: on top
  rate_plan_id text, -- null: sold by itself
  valid_from   date,
  valid_to     date, -- exclusive
  is_active    boolean not null default true,
  version      int not null default 1,
  created_at   timestamptz not null default now(),
  created_by   text not null,
  updated_at   timestamptz not null default now(),
  updated_by   text not null,
  constraint pms_packages_pkey primary key (tenant_id, id),
  constraint pms_packages_property_key unique (tenant_id, property_id, id),
  constraint pms_packages_code_key unique (tenant_id, property_id, code),
  constraint pms_packages_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_packages_plan_fk foreign key (tenant_id, property_id, rate_plan_id) references pms_rate_plans (tenant_id, property_id, id),
  constraint pms_packages_dates_check check (valid_to > valid_from)
);
create index pms_packages_plan_idx on pms_packages (tenant_id, property_id, rate_plan_id);

create table pms_package_items (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  property_id    text not null,
  package_id     text not null,
  name           text not null,
  entry_type     text not null default 'FEE',
  amount_cents   bigint not null,
  price_basis    text not null, -- what the amount is multiplied with
  posting_rhythm text not null, -- on which nights it is posted
  weekdays       int[], -- 1 Monday … 7 Sunday, for WEEKDAYS
  every_nights   int,   -- N, for EVERY_N
  from_night     int,   -- M, for EVERY_N: the first of them, 1 = arrival
  sort_order     int not null default 0,
  constraint pms_package_items_pkey primary key (tenant_id, id),
  constraint pms_package_items_package_fk foreign key (tenant_id, property_id, package_id) references pms_packages (tenant_id, property_id, id),
  constraint pms_package_items_entry_check check (entry_type in ('ROOM_CHARGE', 'FEE')),
  constraint pms_package_items_basis_check check (price_basis in ('STAY', 'NIGHT', 'PERSON', 'PERSON_NIGHT')),
  constraint pms_package_items_rhythm_check check (posting_rhythm in
    ('EVERY_NIGHT', 'ARRIVAL', 'LAST_NIGHT', 'ALL_BUT_ARRIVAL', 'ALL_BUT_LAST', 'WEEKDAYS', 'EVERY_N')),
  constraint pms_package_items_weekdays_check check ((posting_rhythm = 'WEEKDAYS') = (weekdays is not null)),
  constraint pms_package_items_every_check check ((posting_rhythm = 'EVERY_N') = (every_nights is not null and from_night is not null)
    and (every_nights is null or every_nights >= 1) and (from_night is null or from_night >= 1))
);
create index pms_package_items_package_idx on pms_package_items (tenant_id, property_id, package_id);

create table pms_message_templates (
  tenant_id    text not null,
  id           text not null default gen_ulid(),
  property_id  text not null,
  code         text not null, -- 'booking_confirmation', 'pre_arrival', …
  channel      text not null,
  language     text not null default 'en',
  subject      text,
  body         text not null,
  is_active    boolean not null default true,
  version      int not null default 1,
  created_at   timestamptz not null default now(),
  created_by   text not null,
  updated_at   timestamptz not null default now(),
  updated_by   text not null,
  constraint pms_message_templates_pkey primary key (tenant_id, id),
  constraint pms_message_templates_property_key unique (tenant_id, property_id, id),
  constraint pms_message_templates_code_key unique (tenant_id, property_id, code, channel, language),
  constraint pms_message_templates_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_message_templates_channel_check check (channel in ('EMAIL', 'SMS', 'WHATSAPP'))
);

create table pms_messages (
  tenant_id           text not null,
  id                  text not null default gen_ulid(),
  property_id         text not null,
  reservation_id      text,
  guest_id            text,
  template_id         text,
  direction           text not null default 'OUTBOUND',
  channel             text not null,
  recipient           text not null,
  subject             text,
  body                text not null,
  status              text not null default 'QUEUED', -- SENT only on the word of the provider
  provider_message_id text,
  failure_reason      text,
  attempts            int not null default 0,
  queued_at           timestamptz not null default now(),
  sent_at             timestamptz,
  created_by          text not null,
  constraint pms_messages_pkey primary key (tenant_id, id),
  constraint pms_messages_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_messages_reservation_fk foreign key (tenant_id, property_id, reservation_id) references pms_reservations (tenant_id, property_id, id),
  constraint pms_messages_guest_fk foreign key (tenant_id, property_id, guest_id) references pms_guests (tenant_id, property_id, id),
  constraint pms_messages_template_fk foreign key (tenant_id, property_id, template_id) references pms_message_templates (tenant_id, property_id, id),
  constraint pms_messages_direction_check check (direction in ('OUTBOUND', 'INBOUND')),
  constraint pms_messages_channel_check check (channel in ('EMAIL', 'SMS', 'WHATSAPP')),
  constraint pms_messages_status_check check (status in ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'RECEIVED')),
  constraint pms_messages_sent_check check (status not in ('SENT', 'DELIVERED') or sent_at is not null)
);
create index pms_messages_reservation_idx on pms_messages (tenant_id, property_id, reservation_id);
create index pms_messages_guest_idx on pms_messages (tenant_id, property_id, guest_id);
create index pms_messages_template_idx on pms_messages (tenant_id, property_id, template_id);
create index pms_messages_queued_idx on pms_messages (tenant_id, queued_at) where status = 'QUEUED';

create table pms_channel_mappings (
  tenant_id             text not null,
  id                    text not null default gen_ulid(),
  property_id           text not null,
  channel               text not null, -- 'booking.com', 'ical', …
  external_property_id  text not null,
  room_type_id          text,
  external_room_type_id text,
  rate_plan_id          text,
  external_rate_plan_id text,
  settings_json         jsonb,
  is_active             boolean not null default true,
  version               int not null default 1,
  created_at            timestamptz not null default now(),
  created_by            text not null,
  updated_at            timestamptz not null default now(),
  updated_by            text not null,
  constraint pms_channel_mappings_pkey primary key (tenant_id, id),
  constraint pms_channel_mappings_property_key unique (tenant_id, property_id, id),
  constraint pms_channel_mappings_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_channel_mappings_type_fk foreign key (tenant_id, property_id, room_type_id) references pms_room_types (tenant_id, property_id, id),
  constraint pms_channel_mappings_plan_fk foreign key (tenant_id, property_id, rate_plan_id) references pms_rate_plans (tenant_id, property_id, id)
);
create unique index pms_channel_mappings_external_key on pms_channel_mappings
  (tenant_id, property_id, channel, external_property_id, coalesce(external_room_type_id, ''), coalesce(external_rate_plan_id, ''));
create index pms_channel_mappings_type_idx on pms_channel_mappings (tenant_id, property_id, room_type_id);
create index pms_channel_mappings_plan_idx on pms_channel_mappings (tenant_id, property_id, rate_plan_id);

create table pms_channel_reservations (
  tenant_id         text not null,
  id                text not null default gen_ulid(),
  property_id       text not null,
  channel           text not null,
  external_id       text not null,
  external_revision text not null, -- a superseded revision is kept, never applied again
  reservation_id    text, -- null until applied
  mapping_id        text,
  status            text not null default 'RECEIVED',
  payload_json      jsonb not null,
  failure_reason    text,
  received_at       timestamptz not null default now(),
  applied_at        timestamptz,
  constraint pms_channel_reservations_pkey primary key (tenant_id, id),
  constraint pms_channel_reservations_revision_key unique (tenant_id, property_id, channel, external_id, external_revision),
  constraint pms_channel_reservations_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_channel_reservations_reservation_fk foreign key (tenant_id, property_id, reservation_id)
    references pms_reservations (tenant_id, property_id, id),
  constraint pms_channel_reservations_mapping_fk foreign key (tenant_id, property_id, mapping_id)
    references pms_channel_mappings (tenant_id, property_id, id),
  constraint pms_channel_reservations_status_check check (status in ('RECEIVED', 'APPLIED', 'FAILED', 'SUPERSEDED'))
);
create index pms_channel_reservations_reservation_idx on pms_channel_reservations (tenant_id, property_id, reservation_id);
create index pms_channel_reservations_mapping_idx on pms_channel_reservations (tenant_id, property_id, mapping_id);
create index pms_channel_reservations_pending_idx on pms_channel_reservations (tenant_id, received_at) where status = 'RECEIVED';
