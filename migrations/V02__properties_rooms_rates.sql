-- What a hotel is made of: properties, room types, rooms, rate plans with prices.

create table pms_properties (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  name           text not null,
  timezone       text not null, -- IANA name
  currency       text not null default 'USD',
  address_json   jsonb,
  is_active      boolean not null default true,
  business_date  date not null, -- the open day; moves only by day close
  locale         text not null default 'en', -- language of its documents
  check_in_time  time not null default '15:00',
  check_out_time time not null default '11:00',
  hold_minutes   int not null default 1440, -- how long a hold lives when its booking names no expiry
  version        int not null default 1,
  created_at     timestamptz not null default now(),
  created_by     text not null,
  updated_at     timestamptz not null default now(),
  updated_by     text not null,
  constraint pms_properties_pkey primary key (tenant_id, id),
  constraint pms_properties_tenant_fk foreign key (tenant_id) references pms_tenants (id),
  constraint pms_properties_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint pms_properties_hold_check check (hold_minutes between 1 and 525600)
);
create index pms_properties_active_idx on pms_properties (tenant_id, is_active);
create index pms_properties_name_idx on pms_properties (tenant_id, name);

create table pms_user_properties (
  tenant_id   text not null,
  user_id     text not null,
  property_id text not null,
  constraint pms_user_properties_pkey primary key (tenant_id, user_id, property_id),
  constraint pms_user_properties_user_fk foreign key (tenant_id, user_id) references pms_users (tenant_id, id),
  constraint pms_user_properties_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id)
);
create index pms_user_properties_property_idx on pms_user_properties (tenant_id, property_id);

create table pms_api_keys (
  tenant_id   text not null,
  id          text not null default gen_ulid(),
  name        text not null,
  key_hash    text not null, -- sha-256 of the random key
  key_prefix  text not null, -- its first characters, to recognise it in a list
  role        text not null,
  property_id text, -- null: every property of the tenant
  expires_at  timestamptz,
  revoked_at  timestamptz,
  created_at  timestamptz not null default now(),
  created_by  text not null,
  constraint pms_api_keys_pkey primary key (tenant_id, id),
  constraint pms_api_keys_hash_key unique (tenant_id, key_hash),
  constraint pms_api_keys_tenant_fk foreign key (tenant_id) references pms_tenants (id),
  constraint pms_api_keys_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_api_keys_role_check check (role in ('MANAGER', 'FRONT_DESK', 'HOUSEKEEPING', 'REVENUE', 'READ_ONLY'))
);
create index pms_api_keys_property_idx on pms_api_keys (tenant_id, property_id);

create table pms_room_types (
  tenant_id         text not null,
  id                text not null default gen_ulid(),
  property_id       text not null,
  code              text not null,
  name              text not null,
  description       text,
  max_adults        int not null default 2,
  max_children      int not null default 0,
  max_occupancy     int not null default 2,
  beds_json         jsonb, -- [{"type": "queen", "count": 1}]
  amenities_json    jsonb,
  is_active         boolean not null default true,
  sort_order        int not null default 0, -- the order of the groups on the calendar
  overbooking_limit int not null default 0, -- where pms_overbooking_limits has no row for the night
  version           int not null default 1,
  created_at        timestamptz not null default now(),
  created_by        text not null,
  updated_at        timestamptz not null default now(),
  updated_by        text not null,
  constraint pms_room_types_pkey primary key (tenant_id, id),
  constraint pms_room_types_property_key unique (tenant_id, property_id, id), -- target of the foreign keys that carry the property
  constraint pms_room_types_code_key unique (tenant_id, property_id, code),
  constraint pms_room_types_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_room_types_occupancy_check check (max_adults >= 1 and max_children >= 0 and max_occupancy >= 1
    and max_adults <= max_occupancy and max_children <= max_occupancy),
  constraint pms_room_types_overbooking_check check (overbooking_limit >= 0)
);
create index pms_room_types_active_idx on pms_room_types (tenant_id, property_id, is_active);

-- How many stays more than rooms a type may take on a night.
create table pms_overbooking_limits (
  tenant_id    text not null,
  property_id  text not null,
  room_type_id text not null,
  night        date not null,
  rooms        int not null,
  updated_at   timestamptz not null default now(),
  updated_by   text not null,
  constraint pms_overbooking_limits_pkey primary key (tenant_id, room_type_id, night),
  constraint pms_overbooking_limits_type_fk foreign key (tenant_id, property_id, room_type_id)
    references pms_room_types (tenant_id, property_id, id),
  constraint pms_overbooking_limits_rooms_check check (rooms between 0 and 10000)
);
create index pms_overbooking_limits_type_idx on pms_overbooking_limits (tenant_id, property_id, room_type_id, night);

create table pms_rooms (
  tenant_id           text not null,
  id                  text not null default gen_ulid(),
  property_id         text not null,
  room_type_id        text not null,
  room_number         text not null,
  floor               text,
  name                text,
  status              text not null default 'VACANT_CLEAN',
  is_out_of_order     boolean not null default false,
  out_of_order_reason text,
  features_json       jsonb,
  is_active           boolean not null default true,
  is_inspected        boolean not null default false, -- second axis of housekeeping: a supervisor saw the clean room
  opened_on           date, -- first night that the room can be sold; null: always. Past days stay countable when rooms come and go
  closed_on           date, -- first night that it no longer can
  version             int not null default 1,
  created_at          timestamptz not null default now(),
  created_by          text not null,
  updated_at          timestamptz not null default now(),
  updated_by          text not null,
  constraint pms_rooms_pkey primary key (tenant_id, id),
  constraint pms_rooms_property_key unique (tenant_id, property_id, id),
  constraint pms_rooms_number_key unique (tenant_id, property_id, room_number),
  constraint pms_rooms_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_rooms_type_fk foreign key (tenant_id, property_id, room_type_id) references pms_room_types (tenant_id, property_id, id),
  constraint pms_rooms_status_check check (status in ('VACANT_CLEAN', 'VACANT_DIRTY', 'OCCUPIED', 'OUT_OF_ORDER')),
  constraint pms_rooms_out_of_order_check check (is_out_of_order = (status = 'OUT_OF_ORDER')),
  constraint pms_rooms_active_check check (is_active = (closed_on is null))
);
create index pms_rooms_type_idx on pms_rooms (tenant_id, property_id, room_type_id);
create index pms_rooms_status_idx on pms_rooms (tenant_id, property_id, status);

create index pms_rooms_dated_idx on pms_rooms (tenant_id, property_id) where opened_on is not null or closed_on is not null;

create table pms_room_status_log (
  tenant_id     text not null,
  id            text not null default gen_ulid(),
  property_id   text not null,
  room_id       text not null,
  business_date date not null,
  from_status   text not null,
  to_status     text not null,
  note          text,
  created_at    timestamptz not null default now(),
  created_by    text not null,
  constraint pms_room_status_log_pkey primary key (tenant_id, id),
  constraint pms_room_status_log_room_fk foreign key (tenant_id, property_id, room_id) references pms_rooms (tenant_id, property_id, id),
  constraint pms_room_status_log_from_check check (from_status in ('VACANT_CLEAN', 'VACANT_DIRTY', 'OCCUPIED', 'OUT_OF_ORDER')),
  constraint pms_room_status_log_to_check check (to_status in ('VACANT_CLEAN', 'VACANT_DIRTY', 'OCCUPIED', 'OUT_OF_ORDER'))
);
create index pms_room_status_log_date_idx on pms_room_status_log (tenant_id, property_id, business_date);
create index pms_room_status_log_room_idx on pms_room_status_log (tenant_id, property_id, room_id, business_date);

create table pms_rate_plans (
  tenant_id   text not null,
  id          text not null default gen_ulid(),
  property_id text not null,
  code        text not null,
  name        text not null,
  description text,
  currency    text not null,
  is_default  boolean not null default false,
  is_active   boolean not null default true,
  version     int not null default 1,
  created_at  timestamptz not null default now(),
  created_by  text not null,
  updated_at  timestamptz not null default now(),
  updated_by  text not null,
  constraint pms_rate_plans_pkey primary key (tenant_id, id),
  constraint pms_rate_plans_property_key unique (tenant_id, property_id, id),
  constraint pms_rate_plans_code_key unique (tenant_id, property_id, code),
  constraint pms_rate_plans_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_rate_plans_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint pms_rate_plans_default_check check (is_active or not is_default)
);
create unique index pms_rate_plans_default_key on pms_rate_plans (tenant_id, property_id) where is_default;

create table pms_rate_plan_prices (
  tenant_id          text not null,
  id                 text not null default gen_ulid(),
  property_id        text not null,
  rate_plan_id       text not null,
  room_type_id       text not null,
  start_date         date not null,
  end_date           date not null, -- exclusive
  nightly_base_cents bigint not null,
  created_at         timestamptz not null default now(),
  created_by         text not null,
  updated_at         timestamptz not null default now(),
  updated_by         text not null,
  constraint pms_rate_plan_prices_pkey primary key (tenant_id, id),
  constraint pms_rate_plan_prices_range_key unique (tenant_id, rate_plan_id, room_type_id, start_date, end_date),
  constraint pms_rate_plan_prices_plan_fk foreign key (tenant_id, property_id, rate_plan_id)
    references pms_rate_plans (tenant_id, property_id, id),
  constraint pms_rate_plan_prices_type_fk foreign key (tenant_id, property_id, room_type_id)
    references pms_room_types (tenant_id, property_id, id),
  constraint pms_rate_plan_prices_dates_check check (end_date > start_date),
  constraint pms_rate_plan_prices_cents_check check (nightly_base_cents between 0 and 10000000000),
  -- Two prices for one night cannot be stored; deferrable, because setting a range splits what it covers.
  constraint pms_rate_plan_prices_no_overlap exclude using gist
    (tenant_id with =, rate_plan_id with =, room_type_id with =, daterange(start_date, end_date, '[)') with &&)
    deferrable initially immediate
);
create index pms_rate_plan_prices_start_idx on pms_rate_plan_prices (tenant_id, property_id, rate_plan_id, room_type_id, start_date);
create index pms_rate_plan_prices_type_idx on pms_rate_plan_prices (tenant_id, property_id, room_type_id);

-- Taxes and fees: the rules; they are applied to folio lines.
create table pms_tax_rules (
  tenant_id           text not null,
  id                  text not null default gen_ulid(),
  property_id         text not null,
  code                text not null,
  name                text not null,
  kind                text not null, -- how value is read
  percent             numeric(9, 6), -- PERCENT: 8.25 is 8.25 %
  amount_cents        bigint,        -- the FIXED kinds
  is_inclusive        boolean not null default false,
  is_fee              boolean not null default false, -- a fee is posted as FEE, a tax as TAX
  applies_to          text[] not null default '{ROOM_CHARGE}',
  valid_from          date, -- by night; null: open
  valid_to            date, -- exclusive
  minimum_age         int,
  maximum_nights      int,
  compounds_on        text[] not null default '{}', -- codes of the taxes on top of which it is computed
  sort_order          int not null default 0,
  is_active           boolean not null default true,
  version             int not null default 1,
  created_at          timestamptz not null default now(),
  created_by          text not null,
  updated_at          timestamptz not null default now(),
  updated_by          text not null,
  constraint pms_tax_rules_pkey primary key (tenant_id, id),
  constraint pms_tax_rules_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_tax_rules_kind_check check (kind in ('PERCENT', 'FIXED_STAY', 'FIXED_NIGHT', 'FIXED_PERSON_NIGHT', 'FIXED_ROOM_NIGHT')),
  constraint pms_tax_rules_value_check check ((kind = 'PERCENT') = (percent is not null) and (kind <> 'PERCENT') = (amount_cents is not null)),
  constraint pms_tax_rules_dates_check check (valid_to > valid_from),
  -- One rule per code and night.
  constraint pms_tax_rules_no_overlap exclude using gist
    (tenant_id with =, property_id with =, code with =, daterange(valid_from, valid_to, '[)') with &&) where (is_active)
);
create index pms_tax_rules_property_idx on pms_tax_rules (tenant_id, property_id);
