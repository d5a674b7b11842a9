-- The schema of OppsEra PMS, made from migrations/ by `make gen`. For an empty database of PostgreSQL 15 or newer:
--
--     psql -v ON_ERROR_STOP=1 -d DATABASE -f schema.sql
--
-- Run it as the role that is to own the tables. The server connects as pms_app, which owns nothing; unless there is
-- such a role, it is made here, which needs CREATEROLE. The same as `pms migrate`, which may follow at any time.

begin;

do $$
begin
  if not exists (select from pg_roles where rolname = 'pms_app') then
    create role pms_app login nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
end $$;

-- ===== V01__foundation =====

-- Ids, the tenant of the transaction, and who may use the system.
-- Why here: every later table refers to a tenant, and every policy to `app.tenant_id`.

create extension if not exists btree_gist; -- equality on text beside a date range in exclusion constraints
create extension if not exists btree_gin;  -- tenant first in the trigram index of guests
create extension if not exists pg_trgm;    -- guest search with typos, in any script

-- A ULID: 48 bits of milliseconds, 10 bits of microseconds so that ids of one millisecond sort too, 70 random bits.
-- Kept when the database brings its own.
do $do$
begin
  if to_regprocedure('gen_ulid()') is null then
    execute $create$
      create function gen_ulid() returns text language plpgsql volatile parallel safe as $fn$
      declare
        alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
        micros   constant bigint := floor(extract(epoch from clock_timestamp()) * 1000000);
        millis   constant bigint := micros / 1000;
        random   constant bytea := uuid_send(gen_random_uuid());
        high     bigint;
        ulid     text := '';
      begin
        for i in reverse 9..0 loop
          ulid := ulid || substr(alphabet, ((millis >> (5 * i)) & 31)::int + 1, 1);
        end loop;
        high := micros % 1000;
        ulid := ulid || substr(alphabet, (high >> 5)::int + 1, 1) || substr(alphabet, (high & 31)::int + 1, 1);
        -- Bytes 6 and 8 of a version 4 UUID carry fixed bits, so they are passed over.
        for i in 0..13 loop
          ulid := ulid || substr(alphabet, (get_byte(random, case i when 6 then 14 when 8 then 15 else i end) & 31) + 1, 1);
        end loop;
        return ulid;
      end $fn$
    $create$;
  end if;
end $do$;

-- Sets the tenant for the running transaction; the policies compare with it.
-- A function, so that it can be pipelined with other statements and works through connection poolers.
create function set_tenant(p_tenant text) returns void language plpgsql as $$
begin
  execute format('set local app.tenant_id = %L', p_tenant);
end $$;

create function current_tenant() returns text language sql stable parallel safe
  return current_setting('app.tenant_id', true);

create table pms_tenants (
  id         text not null default gen_ulid(),
  slug       text not null,
  name       text not null,
  is_active  boolean not null default true,
  created_at timestamptz not null default now(),
  created_by text not null,
  updated_at timestamptz not null default now(),
  updated_by text not null,
  constraint pms_tenants_pkey primary key (id),
  constraint pms_tenants_slug_key unique (slug),
  constraint pms_tenants_slug_check check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$')
);

create table pms_users (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  email          text not null,
  display_name   text not null,
  password_hash  text not null, -- argon2id, PHC string
  role           text not null,
  locale         text not null default 'en',
  all_properties boolean not null default true, -- false: only those of pms_user_properties
  is_active      boolean not null default true,
  version        int not null default 1,
  created_at     timestamptz not null default now(),
  created_by     text not null,
  updated_at     timestamptz not null default now(),
  updated_by     text not null,
  constraint pms_users_pkey primary key (tenant_id, id),
  constraint pms_users_email_key unique (tenant_id, email),
  constraint pms_users_tenant_fk foreign key (tenant_id) references pms_tenants (id),
  constraint pms_users_role_check check (role in ('MANAGER', 'FRONT_DESK', 'HOUSEKEEPING', 'REVENUE', 'READ_ONLY')),
  constraint pms_users_email_check check (email = lower(email))
);
create index pms_users_email_idx on pms_users (email); -- log-in by e-mail alone, across tenants

create table pms_sessions (
  tenant_id  text not null,
  id         text not null default gen_ulid(),
  user_id    text not null,
  token_hash text not null, -- sha-256 of the random token; the token itself is never stored
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint pms_sessions_pkey primary key (tenant_id, id),
  constraint pms_sessions_token_key unique (tenant_id, token_hash),
  constraint pms_sessions_user_fk foreign key (tenant_id, user_id) references pms_users (tenant_id, id)
);
create index pms_sessions_user_idx on pms_sessions (tenant_id, user_id);
create index pms_sessions_expiry_idx on pms_sessions (tenant_id, expires_at);

-- The gap-free counters of a tenant ('events', later invoice numbers): locked last, inside the transaction that uses them.
create table pms_counters (
  tenant_id text not null,
  name      text not null,
  value     bigint not null default 0,
  constraint pms_counters_pkey primary key (tenant_id, name),
  constraint pms_counters_tenant_fk foreign key (tenant_id) references pms_tenants (id),
  constraint pms_counters_value_check check (value >= 0)
);

-- Which tenants know this e-mail: the one question that is asked before the tenant is known.
create function pms_login_tenants(p_email text) returns table (tenant_id text, tenant_slug text)
  language sql stable security definer set search_path from current as $$
  select u.tenant_id, t.slug
  from pms_users u join pms_tenants t on t.id = u.tenant_id
  where u.email = lower(p_email) and u.is_active and t.is_active
$$;

-- ===== V02__properties_rooms_rates =====

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

-- ===== V03__guests_reservations =====

-- Who stays, when, and what each night costs.

create table pms_guests (
  tenant_id            text not null,
  id                   text not null default gen_ulid(),
  property_id          text not null,
  first_name           text not null,
  last_name            text not null,
  email                text,
  phone                text,
  notes                text,
  preferences_json     jsonb,
  country              text, -- ISO 3166-1 alpha-2
  language             text,
  search_key           text not null default '', -- names, e-mail and phone digits, folded: what the search compares
  is_active            boolean not null default true,
  merged_into_guest_id text, -- set when this profile was merged into another
  version              int not null default 1,
  created_at           timestamptz not null default now(),
  created_by           text not null,
  updated_at           timestamptz not null default now(),
  updated_by           text not null,
  constraint pms_guests_pkey primary key (tenant_id, id),
  constraint pms_guests_property_key unique (tenant_id, property_id, id),
  constraint pms_guests_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_guests_merged_fk foreign key (tenant_id, property_id, merged_into_guest_id)
    references pms_guests (tenant_id, property_id, id),
  constraint pms_guests_merged_check check (merged_into_guest_id is null or not is_active)
);
create index pms_guests_name_idx on pms_guests (tenant_id, property_id, last_name, first_name);
create index pms_guests_email_idx on pms_guests (tenant_id, property_id, email);
create index pms_guests_phone_idx on pms_guests (tenant_id, property_id, phone);
create index pms_guests_merged_idx on pms_guests (tenant_id, property_id, merged_into_guest_id) where merged_into_guest_id is not null;
create index pms_guests_search_idx on pms_guests using gin (tenant_id, property_id, search_key gin_trgm_ops);

-- The search runs as the owner, because row security keeps operators that are not leak-proof (LIKE, trigrams) out of the
-- index; it compares with the tenant of the transaction itself. The words come folded as search_key is, the longest first: that
-- one is what the index looks for. A guest is found when the key holds each word, or one that is like it (0.5 lets a wrong letter
-- of a short name pass), or when the query as a whole is like the key.
-- One or two characters are like nothing, so they are only looked for.
create function pms_search_guests(p_tenant text, p_property text, p_active boolean, p_words text[], p_patterns text[], p_query text, p_limit int)
  returns table (guest_id text, score real)
  language sql stable security definer set search_path from current set pg_trgm.word_similarity_threshold = 0.5 as $$
  select g.id, (case when g.search_key like all (p_patterns) then 1 else 0 end
    + case when length(p_query) >= 3 then word_similarity(p_query, g.search_key) else 0 end)::real
  from pms_guests g
  where g.tenant_id = p_tenant and g.tenant_id = current_setting('app.tenant_id', true)
    and g.property_id = p_property and g.is_active = p_active
    and (g.search_key like p_patterns[1] or p_words[1] <% g.search_key or p_query <% g.search_key)
    and (g.search_key like all (p_patterns) or length(p_query) >= 3 and (word_similarity(p_query, g.search_key) >= 0.6 or not exists (
      select from unnest(p_words, p_patterns) as w (word, pattern)
      where not (g.search_key like w.pattern or w.word <% g.search_key))))
  order by 2 desc, g.last_name, g.first_name, g.id
  limit p_limit
$$;

create table pms_reservations (
  tenant_id           text not null,
  id                  text not null default gen_ulid(),
  property_id         text not null,
  guest_id            text,
  primary_guest_json  jsonb not null, -- who it was booked for, as told then
  status              text not null,
  check_in_date       date not null,
  check_out_date      date not null, -- exclusive
  adults              int not null default 2,
  children            int not null default 0,
  room_type_id        text not null, -- the charged type
  room_id             text, -- null until assigned; of a split stay, the room of the present or first piece
  rate_plan_id        text not null,
  nightly_rate_cents  bigint not null, -- average of the nights, half up
  subtotal_cents      bigint not null, -- their sum
  tax_cents           bigint not null default 0,
  fee_cents           bigint not null default 0,
  total_cents         bigint not null,
  source_type         text not null default 'DIRECT',
  source_ref          text,
  internal_notes      text,
  guest_notes         text,
  version             int not null default 1,
  stay_range          daterange generated always as (daterange(check_in_date, check_out_date, '[)')) stored,
  confirmation_number text not null, -- what the guest says at the desk
  currency            text not null,
  booked_on           date not null, -- business date of the booking
  is_pinned           boolean not null default false, -- must not be moved by the assigner
  arrival_time        time, -- when the guest said to come
  hold_expires_at     timestamptz,
  checked_in_on       date, -- business dates: an undo is allowed on the same one only
  checked_out_on      date,
  planned_check_in_date date, -- the arrival before an early check-in, for its undo
  planned_check_out_date date, -- the departure before an early check-out, for its undo
  planned_rooms_json  jsonb, -- the rooms before an early check-out, for its undo
  search_key          text not null default '', -- names, confirmation number and reference, folded: what the search compares
  closed_on           date, -- business date of the cancellation or no-show
  close_reason        text,
  created_at          timestamptz not null default now(),
  created_by          text not null,
  updated_at          timestamptz not null default now(),
  updated_by          text not null,
  constraint pms_reservations_pkey primary key (tenant_id, id),
  constraint pms_reservations_property_key unique (tenant_id, property_id, id),
  constraint pms_reservations_confirmation_key unique (tenant_id, property_id, confirmation_number),
  constraint pms_reservations_guest_fk foreign key (tenant_id, property_id, guest_id) references pms_guests (tenant_id, property_id, id),
  constraint pms_reservations_type_fk foreign key (tenant_id, property_id, room_type_id) references pms_room_types (tenant_id, property_id, id),
  constraint pms_reservations_room_fk foreign key (tenant_id, property_id, room_id) references pms_rooms (tenant_id, property_id, id),
  constraint pms_reservations_plan_fk foreign key (tenant_id, property_id, rate_plan_id) references pms_rate_plans (tenant_id, property_id, id),
  constraint pms_reservations_status_check check (status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT', 'CANCELLED', 'NO_SHOW')),
  constraint pms_reservations_source_check check (source_type in ('DIRECT', 'PHONE', 'WALKIN', 'BOOKING_ENGINE', 'OTA')),
  constraint pms_reservations_dates_check check (check_out_date > check_in_date),
  constraint pms_reservations_guests_check check (adults >= 0 and children >= 0 and adults + children >= 1),
  constraint pms_reservations_total_check check (total_cents = subtotal_cents + tax_cents + fee_cents),
  constraint pms_reservations_hold_check check ((status = 'HOLD') = (hold_expires_at is not null)),
  -- Who is or was in the house was in a room.
  constraint pms_reservations_room_check check (status not in ('CHECKED_IN', 'CHECKED_OUT') or room_id is not null)
);
create index pms_reservations_status_idx on pms_reservations (tenant_id, property_id, status);
create index pms_reservations_check_in_idx on pms_reservations (tenant_id, property_id, check_in_date);
create index pms_reservations_check_out_idx on pms_reservations (tenant_id, property_id, check_out_date);
create index pms_reservations_room_idx on pms_reservations (tenant_id, property_id, room_id, check_in_date, check_out_date);
create index pms_reservations_type_idx on pms_reservations (tenant_id, property_id, room_type_id, check_in_date, check_out_date);
create index pms_reservations_guest_idx on pms_reservations (tenant_id, property_id, guest_id, created_at);
create index pms_reservations_plan_idx on pms_reservations (tenant_id, property_id, rate_plan_id);
-- Few rows at any time: what still waits for a room, and what may expire.
create index pms_reservations_unassigned_idx on pms_reservations (tenant_id, property_id, room_type_id, check_in_date)
  where room_id is null and status in ('HOLD', 'CONFIRMED');
create index pms_reservations_unassigned_long_idx on pms_reservations (tenant_id, property_id, check_out_date)
  where room_id is null and status in ('HOLD', 'CONFIRMED') and check_out_date - check_in_date > 14;
create index pms_reservations_hold_idx on pms_reservations (tenant_id, hold_expires_at) where status = 'HOLD';
create index pms_reservations_search_idx on pms_reservations using gin (tenant_id, property_id, search_key gin_trgm_ops);

-- The stays whose key is like each of the patterns, the longest of which comes first. Runs as the owner for the same reason as
-- pms_search_guests, and looks after the tenant itself.
create function pms_search_reservations(p_tenant text, p_property text, p_patterns text[]) returns table (reservation_id text)
  language sql stable security definer set search_path from current as $$
  select r.id from pms_reservations r
  where r.tenant_id = p_tenant and r.tenant_id = current_setting('app.tenant_id', true) and r.property_id = p_property
    and r.search_key like p_patterns[1] and r.search_key like all (p_patterns)
$$;

-- Which tenants have holds that ran out: asked by the sweeper, which serves every tenant.
create function pms_tenants_with_expired_holds(p_now timestamptz) returns table (tenant_id text)
  language sql stable security definer set search_path from current as $$
  select distinct r.tenant_id from pms_reservations r where r.status = 'HOLD' and r.hold_expires_at <= p_now
$$;

create table pms_reservation_nights (
  tenant_id      text not null,
  property_id    text not null,
  reservation_id text not null,
  night          date not null,
  room_type_id   text not null, -- the charged type
  rate_plan_id   text not null,
  price_cents    bigint not null,
  is_released    boolean not null default false, -- given back by an early departure; kept for its undo, in no total
  constraint pms_reservation_nights_pkey primary key (tenant_id, reservation_id, night),
  constraint pms_reservation_nights_reservation_fk foreign key (tenant_id, property_id, reservation_id)
    references pms_reservations (tenant_id, property_id, id),
  constraint pms_reservation_nights_type_fk foreign key (tenant_id, property_id, room_type_id)
    references pms_room_types (tenant_id, property_id, id),
  constraint pms_reservation_nights_plan_fk foreign key (tenant_id, property_id, rate_plan_id)
    references pms_rate_plans (tenant_id, property_id, id),
  constraint pms_reservation_nights_price_check check (price_cents between -10000000000 and 10000000000)
);
create index pms_reservation_nights_reservation_idx on pms_reservation_nights (tenant_id, property_id, reservation_id);
create index pms_reservation_nights_type_idx on pms_reservation_nights (tenant_id, property_id, room_type_id, night);
create index pms_reservation_nights_plan_idx on pms_reservation_nights (tenant_id, property_id, rate_plan_id);

create table pms_room_blocks (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  property_id    text not null,
  room_id        text not null,
  start_date     date not null,
  end_date       date not null, -- exclusive
  block_type     text not null,
  reservation_id text,
  reason         text,
  room_type_id   text not null, -- the occupied type: the room's type when the block was written
  version        int not null default 1,
  created_at     timestamptz not null default now(),
  created_by     text not null,
  updated_at     timestamptz not null default now(),
  updated_by     text not null,
  constraint pms_room_blocks_pkey primary key (tenant_id, id),
  constraint pms_room_blocks_room_fk foreign key (tenant_id, property_id, room_id) references pms_rooms (tenant_id, property_id, id),
  constraint pms_room_blocks_type_fk foreign key (tenant_id, property_id, room_type_id) references pms_room_types (tenant_id, property_id, id),
  constraint pms_room_blocks_reservation_fk foreign key (tenant_id, property_id, reservation_id)
    references pms_reservations (tenant_id, property_id, id),
  constraint pms_room_blocks_type_check check (block_type in ('RESERVATION', 'OUT_OF_ORDER', 'MAINTENANCE', 'HOUSE_USE', 'HOLD')),
  constraint pms_room_blocks_dates_check check (end_date > start_date),
  constraint pms_room_blocks_reservation_check check ((block_type = 'RESERVATION') = (reservation_id is not null)),
  -- The promise of the product: no two blocks of any type overlap in one room. Deferrable, so that two stays can swap.
  constraint pms_room_blocks_no_overlap exclude using gist
    (tenant_id with =, room_id with =, daterange(start_date, end_date, '[)') with &&) deferrable initially immediate
);
create index pms_room_blocks_room_idx on pms_room_blocks (tenant_id, property_id, room_id, start_date);
create index pms_room_blocks_kind_idx on pms_room_blocks (tenant_id, property_id, block_type);
create index pms_room_blocks_reservation_idx on pms_room_blocks (tenant_id, property_id, reservation_id);
-- A window of dates is read as one range of starts (a short block that reaches into it began at most 14 days before) plus the
-- few long blocks. Flat in stored history, which one index over dates alone is not.
create index pms_room_blocks_start_idx on pms_room_blocks (tenant_id, property_id, start_date);
create index pms_room_blocks_type_idx on pms_room_blocks (tenant_id, property_id, room_type_id, start_date);
create index pms_room_blocks_long_idx on pms_room_blocks (tenant_id, property_id, end_date) where end_date - start_date > 14;
create index pms_room_blocks_off_market_idx on pms_room_blocks (tenant_id, property_id, end_date) where block_type <> 'RESERVATION';

-- ===== V04__folios =====

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

-- ===== V05__audit_events_read_models =====

-- What happened, who must hear of it, what was answered, and the two read models of the calendar.

create table pms_audit_log (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  property_id    text,
  actor_user_id  text not null, -- user, API key or 'system'
  entity_type    text not null,
  entity_id      text not null,
  action         text not null,
  diff_json      jsonb not null, -- {"field": {"before", "after"}}, personal data masked
  occurred_at    timestamptz not null default now(),
  correlation_id text,
  constraint pms_audit_log_pkey primary key (tenant_id, id),
  constraint pms_audit_log_tenant_fk foreign key (tenant_id) references pms_tenants (id)
);
create index pms_audit_log_entity_idx on pms_audit_log (tenant_id, entity_type, entity_id, occurred_at);
create index pms_audit_log_actor_idx on pms_audit_log (tenant_id, actor_user_id, occurred_at);

create table pms_idempotency_keys (
  tenant_id       text not null,
  id              text not null default gen_ulid(),
  key             text not null,
  request_hash    text not null, -- sha-256 over operation, path and body
  response_json   jsonb not null,
  response_status int not null,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  constraint pms_idempotency_keys_pkey primary key (tenant_id, id),
  constraint pms_idempotency_keys_key_key unique (tenant_id, key),
  constraint pms_idempotency_keys_tenant_fk foreign key (tenant_id) references pms_tenants (id)
);
create index pms_idempotency_keys_expiry_idx on pms_idempotency_keys (tenant_id, expires_at);

create table pms_outbox (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  property_id    text,
  sequence       bigint not null, -- the tenant's 'events' counter: without gaps, in the order of commits
  event_type     text not null,   -- pms.<entity>.<verb>.v1
  entity_type    text not null,
  entity_id      text not null,
  payload_json   jsonb not null,
  correlation_id text,
  occurred_at    timestamptz not null default now(),
  processed_at   timestamptz,
  attempts       int not null default 0,
  constraint pms_outbox_pkey primary key (tenant_id, id),
  constraint pms_outbox_sequence_key unique (tenant_id, sequence),
  constraint pms_outbox_tenant_fk foreign key (tenant_id) references pms_tenants (id)
);
create index pms_outbox_pending_idx on pms_outbox (processed_at, occurred_at);
create index pms_outbox_property_idx on pms_outbox (tenant_id, property_id, sequence);

-- One row per room and night that a stay occupies.
create table rm_pms_calendar_segments (
  tenant_id      text not null,
  id             text not null default gen_ulid(),
  property_id    text not null,
  room_id        text not null,
  business_date  date not null,
  reservation_id text not null,
  status         text not null,
  guest_name     text not null,
  check_in_date  date not null,
  check_out_date date not null,
  source_type    text not null,
  color_key      text,
  updated_at     timestamptz not null default now(),
  constraint rm_pms_calendar_segments_pkey primary key (tenant_id, id),
  constraint rm_pms_calendar_segments_night_key unique (tenant_id, property_id, room_id, business_date),
  constraint rm_pms_calendar_segments_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id)
);
create index rm_pms_calendar_segments_date_idx on rm_pms_calendar_segments (tenant_id, property_id, business_date);

create table rm_pms_daily_occupancy (
  tenant_id         text not null,
  id                text not null default gen_ulid(),
  property_id       text not null,
  business_date     date not null,
  rooms_occupied    int not null, -- rooms with a stay
  rooms_available   int not null, -- rooms of the house less occupied, less off the market
  arrivals          int not null, -- stays that begin, with a room or not
  departures        int not null, -- stays that end
  rooms_unassigned  int not null default 0, -- stays of the night that have no room yet
  rooms_off_market  int not null default 0, -- rooms under a block that is not a stay
  updated_at        timestamptz not null,
  constraint rm_pms_daily_occupancy_pkey primary key (tenant_id, id),
  constraint rm_pms_daily_occupancy_date_key unique (tenant_id, property_id, business_date),
  constraint rm_pms_daily_occupancy_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id)
) with (fillfactor = 50); -- updated often, and by no indexed column: room for heap-only updates

-- ===== V06__selling_messages_channels =====

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

-- ===== V07__row_security =====

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

-- ===== V08__purge =====

-- Which tenants have rows to purge: the server's role sees one tenant at a time, and its sweeper serves all of them.

create function pms_tenants_to_purge(p_now timestamptz) returns table (tenant_id text)
  language sql stable security definer set search_path from current as $$
  select t.id
  from pms_tenants t
  where exists (select from pms_idempotency_keys k where k.tenant_id = t.id and k.expires_at <= p_now)
    or exists (select from pms_sessions s where s.tenant_id = t.id and s.expires_at <= p_now)
$$;

revoke execute on function pms_tenants_to_purge(timestamptz) from public;
grant execute on function pms_tenants_to_purge(timestamptz) to pms_app;

-- ===== V09__ledger_and_day_close =====

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

-- ===== V10__taxes =====

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

-- ===== V11__automatic_close =====

-- When a property closes its days by itself.
alter table pms_properties
  add column auto_close_at time; -- in its zone, on the day after; null: somebody closes them

-- Which properties have a day to close: the server's role sees one tenant at a time, and its worker serves all of them. A day that was
-- missed is closed at once, whatever the hour.
create function pms_properties_to_close(p_now timestamptz) returns table (tenant_id text, property_id text)
  language sql stable security definer set search_path from current as $$
  select p.tenant_id, p.id
  from pms_properties p join pms_tenants t on t.id = p.tenant_id
  where p.is_active and t.is_active and p.auto_close_at is not null
    and p.business_date + 1 + p.auto_close_at <= p_now at time zone p.timezone
  order by 1, 2
$$;

revoke execute on function pms_properties_to_close(timestamptz) from public;
grant execute on function pms_properties_to_close(timestamptz) to pms_app;

-- ===== V12__statistics =====

-- What a closed day was in detail, so that reports of the past read its record and never change; and the two settings that say what
-- statistics divide by. The details of a day that is still open are computed by the very functions that write the record.

alter table pms_properties
  add column counts_out_of_order boolean not null default false, -- rooms out of order stand in what occupancy and RevPAR divide by
  add column counts_free_nights  boolean not null default true; -- nights at a price of zero stand in what ADR divides by

-- The rule that a tax or fee came from: its name may change, and a reversal has another.
alter table pms_folio_entries add column tax_code text;
update pms_folio_entries set tax_code = split_part(charge_kind, ':', 2) where charge_kind like 'ROOM:%';
update pms_folio_entries e set tax_code = t.code from pms_tax_rules t
where t.tenant_id = e.tenant_id and t.property_id = e.property_id and t.name = e.description and e.parent_entry_id is not null
  and e.tax_code is null;
update pms_folio_entries e set tax_code = o.tax_code from pms_folio_entries o
where o.tenant_id = e.tenant_id and o.id = e.reverses_entry_id and e.tax_code is null and o.tax_code is not null;

-- The functions below look rows up one by one (`offset 0` keeps the planner from joining), so that the cost of a day does not grow
-- with history.

-- Rooms of the house by their type, and how many of them are under a block that is no stay.
create function pms_day_rooms(p_tenant text, p_property text, p_day date)
  returns table (room_type_id text, rooms int, off_market int, out_of_order int)
  language sql stable set search_path from current as $$
  select r.room_type_id, count(*)::int, count(b.block_type)::int,
    (count(*) filter (where b.block_type in ('OUT_OF_ORDER', 'MAINTENANCE')))::int
  from pms_rooms r left join (
    select distinct on (room_id) room_id, block_type from pms_room_blocks
    where tenant_id = p_tenant and property_id = p_property and block_type <> 'RESERVATION' and start_date <= p_day and end_date > p_day
    order by room_id
  ) b on b.room_id = r.id
  where r.tenant_id = p_tenant and r.property_id = p_property and (r.opened_on is null or r.opened_on <= p_day)
    and (r.closed_on is null or r.closed_on > p_day)
  group by 1
$$;

-- The night by charged type and source of the booking: what is on the books, what of it was posted, and what is still due. Who left on
-- the day of arrival slept no night. Room charges of accounts that belong to no stay have neither type nor source.
create function pms_day_sales(p_tenant text, p_property text, p_day date)
  returns table (room_type_id text, source_type text, sold int, free int, guests int, posted_cents bigint, due_cents bigint,
    due_tax_cents bigint, due_fee_cents bigint)
  language sql stable set search_path from current as $$
  with nights as materialized (
    select n.room_type_id, r.source_type, r.guests, n.price_cents, n.included_cents, n.tax_cents, n.fee_cents, case when exists (
        select from pms_folio_entries e
        where e.tenant_id = p_tenant and e.reservation_id = n.reservation_id and e.business_date = p_day and e.charge_kind = 'ROOM'
          and e.reverses_entry_id is null) then 0 else 1 end as due
    from pms_room_types t cross join lateral (
      select * from pms_reservation_nights
      where tenant_id = p_tenant and property_id = p_property and room_type_id = t.id and night = p_day and not is_released offset 0
    ) n cross join lateral (
      select source_type, adults + children as guests from pms_reservations
      where tenant_id = p_tenant and id = n.reservation_id and status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT')
        and (checked_out_on is null or checked_out_on > p_day) offset 0
    ) r
    where t.tenant_id = p_tenant and t.property_id = p_property
  ), charges as materialized (
    select coalesce(n.room_type_id, r.room_type_id) as room_type_id, r.source_type, e.amount_cents
    from (
      select reservation_id, amount_cents from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and business_date = p_day and entry_type = 'ROOM_CHARGE' offset 0
    ) e left join lateral (
      select room_type_id, source_type from pms_reservations where tenant_id = p_tenant and id = e.reservation_id offset 0
    ) r on true left join lateral (
      select room_type_id from pms_reservation_nights
      where tenant_id = p_tenant and reservation_id = e.reservation_id and night = p_day offset 0
    ) n on true
  )
  select x.room_type_id, x.source_type, sum(x.sold)::int, sum(x.free)::int, sum(x.guests)::int, sum(x.posted)::bigint, sum(x.due)::bigint,
    sum(x.due_tax)::bigint, sum(x.due_fee)::bigint
  from (
    select room_type_id, source_type, 1 as sold, case when price_cents = 0 then 1 else 0 end as free, guests, 0::bigint as posted,
      due * (price_cents - included_cents) as due, due * tax_cents as due_tax, due * fee_cents as due_fee
    from nights
    union all select room_type_id, source_type, 0, 0, 0, amount_cents, 0, 0, 0 from charges
  ) x
  group by 1, 2
$$;

-- How the ledgers moved, by type of entry. A stay's folios are in the deposit ledger until the day on which the guest comes; what was on
-- them before goes over with the guest, as CHECK_IN.
create function pms_day_ledgers(p_tenant text, p_property text, p_day date)
  returns table (ledger text, kind text, amount_cents bigint)
  language sql stable set search_path from current as $$
  select x.ledger, x.kind, sum(x.amount)::bigint
  from (
    select case when f.kind <> 'GUEST' then f.kind when r.checked_in_on <= p_day then 'GUEST' else 'DEPOSIT' end as ledger,
      e.entry_type as kind, e.amount_cents as amount
    from (
      select folio_id, entry_type, amount_cents from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and business_date = p_day offset 0
    ) e cross join lateral (
      select kind, reservation_id from pms_folios where tenant_id = p_tenant and id = e.folio_id offset 0
    ) f left join lateral (
      select checked_in_on from pms_reservations where tenant_id = p_tenant and id = f.reservation_id offset 0
    ) r on true
    union all
    select l.ledger, 'CHECK_IN', l.sign * before.amount
    from (
      select id from pms_reservations
      where tenant_id = p_tenant and property_id = p_property and checked_in_on = p_day and status in ('CHECKED_IN', 'CHECKED_OUT') offset 0
    ) r cross join lateral (
      select sum(e.amount_cents) as amount
      from pms_folios f cross join lateral (
        select amount_cents from pms_folio_entries
        where tenant_id = p_tenant and property_id = p_property and folio_id = f.id and business_date < p_day offset 0
      ) e
      where f.tenant_id = p_tenant and f.property_id = p_property and f.reservation_id = r.id
    ) before cross join (values ('DEPOSIT', -1), ('GUEST', 1)) l (ledger, sign)
    where before.amount <> 0
  ) x
  group by 1, 2 having sum(x.amount) <> 0
$$;

-- Taxes and fees by rule, with the charges that they were computed on. What was posted by hand has no rule. A reversal takes its charge
-- and itself off the sums.
create function pms_day_taxes(p_tenant text, p_property text, p_day date)
  returns table (entry_type text, code text, name text, base_cents bigint, amount_cents bigint, lines int)
  language sql stable set search_path from current as $$
  select e.entry_type, e.tax_code, case when e.tax_code is not null then coalesce(o.description, e.description) end,
    coalesce(sum(e.sign * c.amount_cents), 0)::bigint, sum(e.amount_cents)::bigint, sum(e.sign)::int
  from (
    select entry_type, tax_code, description, amount_cents, parent_entry_id, reverses_entry_id,
      case when reverses_entry_id is null then 1 else -1 end as sign
    from pms_folio_entries
    where tenant_id = p_tenant and property_id = p_property and business_date = p_day and entry_type in ('TAX', 'FEE') offset 0
  ) e left join lateral (
    select description, parent_entry_id from pms_folio_entries where tenant_id = p_tenant and id = e.reverses_entry_id offset 0
  ) o on true left join lateral (
    select amount_cents from pms_folio_entries where tenant_id = p_tenant and id = coalesce(e.parent_entry_id, o.parent_entry_id) offset 0
  ) c on true
  group by 1, 2, 3
$$;

-- The rows of these functions when the day was closed.
alter table pms_day_closes
  add column rooms_json   jsonb not null default '[]',
  add column sales_json   jsonb not null default '[]',
  add column ledgers_json jsonb not null default '[]',
  add column taxes_json   jsonb not null default '[]';
update pms_day_closes d set
  rooms_json = coalesce((select jsonb_agg(x) from pms_day_rooms(d.tenant_id, d.property_id, d.business_date) x), '[]'),
  sales_json = coalesce((select jsonb_agg(x) from pms_day_sales(d.tenant_id, d.property_id, d.business_date) x), '[]'),
  ledgers_json = coalesce((select jsonb_agg(x) from pms_day_ledgers(d.tenant_id, d.property_id, d.business_date) x), '[]'),
  taxes_json = coalesce((select jsonb_agg(x) from pms_day_taxes(d.tenant_id, d.property_id, d.business_date) x), '[]');

-- ===== V13__policies =====

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

-- ===== V14__papers =====

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

-- ===== V15__taxes_of_a_day =====

-- Row security tells functions that could leak a row apart from those that cannot, and takes COALESCE for one that could: a condition
-- with it is no condition of an index. The charge of a tax line was so looked for in the whole ledger. It is named first, then looked up.
create or replace function pms_day_taxes(p_tenant text, p_property text, p_day date)
  returns table (entry_type text, code text, name text, base_cents bigint, amount_cents bigint, lines int)
  language sql stable set search_path from current as $$
  select e.entry_type, e.tax_code, case when e.tax_code is not null then coalesce(o.description, e.description) end,
    coalesce(sum(e.sign * c.amount_cents), 0)::bigint, sum(e.amount_cents)::bigint, sum(e.sign)::int
  from (
    select entry_type, tax_code, description, amount_cents, parent_entry_id, reverses_entry_id,
      case when reverses_entry_id is null then 1 else -1 end as sign
    from pms_folio_entries
    where tenant_id = p_tenant and property_id = p_property and business_date = p_day and entry_type in ('TAX', 'FEE') offset 0
  ) e left join lateral (
    select description, parent_entry_id from pms_folio_entries where tenant_id = p_tenant and id = e.reverses_entry_id offset 0
  ) o on true cross join lateral (
    select coalesce(e.parent_entry_id, o.parent_entry_id) as id offset 0
  ) charge left join lateral (
    select amount_cents from pms_folio_entries where tenant_id = p_tenant and id = charge.id offset 0
  ) c on true
  group by 1, 2, 3
$$;

-- ===== V16__payments =====

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

-- ===== V17__housekeeping =====

-- Housekeeping: who cleans which room today and how that went, what was seen in rooms against what the desk says, and how often the
-- rooms of guests who stay are serviced and get fresh linen.

create table pms_housekeeping_settings (
  tenant_id            text not null,
  property_id          text not null, -- without a row, the defaults below hold
  service_every_nights int not null default 1, -- of a room whose guest stays; 0: only when he asks
  linen_every_nights   int not null default 0, -- 0: on departure only
  departure_credits    int not null default 30, -- what a task is planned with; a credit is a minute
  stay_over_credits    int not null default 15,
  touch_up_credits     int not null default 5,
  deep_clean_credits   int not null default 60,
  may_block_rooms      boolean not null default false, -- housekeeping may take rooms out of order by itself
  version              int not null default 1,
  created_at           timestamptz not null default now(),
  created_by           text not null,
  updated_at           timestamptz not null default now(),
  updated_by           text not null,
  constraint pms_housekeeping_settings_pkey primary key (tenant_id, property_id),
  constraint pms_housekeeping_settings_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_housekeeping_settings_nights_check check (service_every_nights between 0 and 99 and linen_every_nights between 0 and 99),
  constraint pms_housekeeping_settings_credits_check check (least(departure_credits, stay_over_credits, touch_up_credits,
    deep_clean_credits) >= 1 and greatest(departure_credits, stay_over_credits, touch_up_credits, deep_clean_credits) <= 480)
);
select pms_protect('pms_housekeeping_settings');

create table pms_housekeeping_assignments (
  tenant_id          text not null,
  id                 text not null default gen_ulid(),
  property_id        text not null,
  business_date      date not null, -- written on that day alone, so that what is reported of past days never changes
  room_id            text not null,
  attendant_id       text not null, -- a user, who had the role when it was given to him
  kind               text not null,
  credits            int not null, -- as the settings were when it was planned
  changes_linen      boolean not null,
  state              text not null default 'OPEN',
  skip_reason        text,
  note               text,
  started_at         timestamptz, -- the round that is under way, or the last one
  done_at            timestamptz,
  worked_seconds     int not null default 0, -- of all rounds that were done
  failed_inspections int not null default 0, -- how often it was sent back
  inspected_at       timestamptz,
  inspected_by       text,
  version            int not null default 1,
  created_at         timestamptz not null default now(),
  created_by         text not null,
  updated_at         timestamptz not null default now(),
  updated_by         text not null,
  constraint pms_housekeeping_assignments_pkey primary key (tenant_id, id),
  constraint pms_housekeeping_assignments_room_fk foreign key (tenant_id, property_id, room_id)
    references pms_rooms (tenant_id, property_id, id),
  constraint pms_housekeeping_assignments_attendant_fk foreign key (tenant_id, attendant_id) references pms_users (tenant_id, id),
  constraint pms_housekeeping_assignments_kind_check check (kind in ('DEPARTURE', 'STAY_OVER', 'TOUCH_UP', 'DEEP_CLEAN')),
  constraint pms_housekeeping_assignments_state_check check (state in ('OPEN', 'STARTED', 'DONE', 'INSPECTED', 'SKIPPED')),
  constraint pms_housekeeping_assignments_skip_check check (
    (state = 'SKIPPED') = (skip_reason is not null) and skip_reason in ('DO_NOT_DISTURB', 'REFUSED_SERVICE')),
  constraint pms_housekeeping_assignments_credits_check check (credits between 1 and 480),
  constraint pms_housekeeping_assignments_times_check check (
    (started_at is not null or state in ('OPEN', 'SKIPPED')) and (done_at is not null or state in ('OPEN', 'STARTED', 'SKIPPED'))
    and done_at >= started_at and worked_seconds >= 0 and failed_inspections >= 0),
  constraint pms_housekeeping_assignments_inspect_check check (
    (state = 'INSPECTED') = (inspected_at is not null) and (inspected_at is null) = (inspected_by is null))
);
-- Nobody is sent to a room where somebody is still to go.
create unique index pms_housekeeping_assignments_live_key on pms_housekeeping_assignments (tenant_id, property_id, business_date, room_id)
  where state in ('OPEN', 'STARTED');
create index pms_housekeeping_assignments_date_idx on pms_housekeeping_assignments (tenant_id, property_id, business_date);
create index pms_housekeeping_assignments_room_idx on pms_housekeeping_assignments (tenant_id, property_id, room_id, business_date);
create index pms_housekeeping_assignments_user_idx on pms_housekeeping_assignments (tenant_id, attendant_id);
select pms_protect('pms_housekeeping_assignments');

-- What was seen in a room, against what the desk said at that moment. Where they differ, it is a discrepancy until somebody says how
-- that came about.
create table pms_room_sightings (
  tenant_id     text not null,
  id            text not null default gen_ulid(),
  property_id   text not null,
  room_id       text not null,
  business_date date not null,
  seen_occupied boolean not null,
  seen_persons  int, -- null: not counted
  note          text,
  desk_occupied boolean not null,
  desk_persons  int, -- of the stay in house; null: none
  discrepancy   text, -- SKIP: only the desk has a guest; SLEEP: only the room has; PERSONS: another number of them; null: none
  resolution    text, -- what it was
  resolved_at   timestamptz,
  resolved_by   text,
  version       int not null default 1,
  created_at    timestamptz not null default now(),
  created_by    text not null,
  updated_at    timestamptz not null default now(),
  updated_by    text not null,
  constraint pms_room_sightings_pkey primary key (tenant_id, id),
  constraint pms_room_sightings_room_fk foreign key (tenant_id, property_id, room_id) references pms_rooms (tenant_id, property_id, id),
  constraint pms_room_sightings_persons_check check (seen_persons between 1 and 99 and (seen_occupied or seen_persons is null)),
  constraint pms_room_sightings_kind_check check (
    discrepancy in ('SKIP', 'SLEEP', 'PERSONS')
    and (desk_occupied and not seen_occupied) = (discrepancy is not distinct from 'SKIP')
    and (seen_occupied and not desk_occupied) = (discrepancy is not distinct from 'SLEEP')),
  constraint pms_room_sightings_resolved_check check (
    (resolved_at is null) = (resolved_by is null) and (resolved_at is null) = (resolution is null)
    and (resolved_at is null or discrepancy is not null))
);
-- A room has one open discrepancy: what is seen later takes the place of what was seen before.
create unique index pms_room_sightings_open_key on pms_room_sightings (tenant_id, property_id, room_id)
  where discrepancy is not null and resolved_at is null;
create index pms_room_sightings_room_idx on pms_room_sightings (tenant_id, property_id, room_id);
create index pms_room_sightings_date_idx on pms_room_sightings (tenant_id, property_id, business_date) where discrepancy is not null;
select pms_protect('pms_room_sightings');

-- The second axis of an occupied room: whether it was serviced.
alter table pms_rooms
  add column serviced_on date, -- the last business date on which it was serviced for the guest who is in it
  add constraint pms_rooms_serviced_check check (serviced_on is null or status = 'OCCUPIED');

-- ===== V18__rate_grid =====

-- Plans whose prices are made of another plan's, what more persons pay, and how old the children of a stay are.

alter table pms_rate_plans
  add column parent_plan_id  text,  -- its prices count where this plan has none of its own
  add column derivation_json jsonb, -- what becomes of them: {"percent", "amountCents", "roundToCents", "rounding"}
  add column occupancy_json  jsonb, -- what comes to a night by persons: {"includedAdults", "extraAdultCents", "children"}; null: nothing
  add constraint pms_rate_plans_parent_fk foreign key (tenant_id, property_id, parent_plan_id)
    references pms_rate_plans (tenant_id, property_id, id),
  add constraint pms_rate_plans_parent_check check ((parent_plan_id is null) = (derivation_json is null) and parent_plan_id <> id);
create index pms_rate_plans_parent_idx on pms_rate_plans (tenant_id, property_id, parent_plan_id);

-- The ages of the children, one for each; null: they were not told.
alter table pms_reservations
  add column child_ages int[],
  add constraint pms_reservations_ages_check check (cardinality(child_ages) = children);

-- ===== V19__packages =====

-- Packages as they were when a stay was booked, and what of them each night is charged.

alter table pms_reservations
  add column packages_json jsonb not null default '[]'; -- those of its plan and those that were chosen, with their items, as booked
alter table pms_reservation_nights
  add column packages_json jsonb not null default '[]'; -- the lines that the close of that night posts; in the sums of the night

alter table pms_package_items
  add constraint pms_package_items_amount_check check (amount_cents between 1 and 10000000000),
  -- A package is not room revenue: what is carved out of a rate is not posted as a part of it again.
  add constraint pms_package_items_fee_check check (entry_type = 'FEE');

-- What a stay at a plan is sold with: the packages of the plan, and those that were chosen beside it. In the shape in which they are frozen.
create function pms_packages_of(p_tenant text, p_property text, p_plan text, p_chosen text[]) returns jsonb
  language sql stable set search_path from current as $$
  select coalesce(jsonb_agg(jsonb_build_object('packageId', p.id, 'ratePlanId', p.rate_plan_id, 'code', p.code, 'name', p.name,
    'isIncluded', p.is_included, 'validFrom', p.valid_from, 'validTo', p.valid_to, 'items', (
      select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'amountCents', i.amount_cents, 'priceBasis', i.price_basis,
        'postingRhythm', i.posting_rhythm, 'weekdays', i.weekdays, 'everyNights', i.every_nights, 'fromNight', i.from_night)
        order by i.sort_order, i.id), '[]')
      from pms_package_items i where i.tenant_id = p_tenant and i.property_id = p_property and i.package_id = p.id)) order by p.code), '[]')
  from pms_packages p
  where p.tenant_id = p_tenant and p.property_id = p_property and p.is_active
    and (p.rate_plan_id = p_plan or p.rate_plan_id is null and p.id = any(p_chosen))
$$;

-- ===== V20__packages_in_statements =====

-- The packages of a plan are read within the statements that price it: a function in SQL that sets its search path is planned anew at
-- each call, which cost a booking five times what its prices cost.
drop function pms_packages_of(text, text, text, text[]);

-- ===== V21__segments =====

-- The market segment of a rate plan, by which nights and revenue are reported. A closed day keeps what its plans were then.
alter table pms_rate_plans
  add column market_segment text, -- null: none was said
  add constraint pms_rate_plans_segment_check check (market_segment in
    ('RETAIL', 'DISCOUNT', 'NEGOTIATED', 'QUALIFIED', 'WHOLESALE', 'GROUP', 'CONTRACT', 'COMPLIMENTARY'));

drop function pms_day_sales(text, text, date);
-- As in V12, and by segment: NONE where the plan says none.
create function pms_day_sales(p_tenant text, p_property text, p_day date)
  returns table (room_type_id text, source_type text, market_segment text, sold int, free int, guests int, posted_cents bigint, due_cents bigint,
    due_tax_cents bigint, due_fee_cents bigint)
  language sql stable set search_path from current as $$
  with nights as materialized (
    select n.room_type_id, r.source_type, coalesce(p.market_segment, 'NONE') as market_segment, r.guests, n.price_cents, n.included_cents, n.tax_cents, n.fee_cents, case when exists (
        select from pms_folio_entries e
        where e.tenant_id = p_tenant and e.reservation_id = n.reservation_id and e.business_date = p_day and e.charge_kind = 'ROOM'
          and e.reverses_entry_id is null) then 0 else 1 end as due
    from pms_room_types t cross join lateral (
      select * from pms_reservation_nights
      where tenant_id = p_tenant and property_id = p_property and room_type_id = t.id and night = p_day and not is_released offset 0
    ) n cross join lateral (
      select source_type, adults + children as guests from pms_reservations
      where tenant_id = p_tenant and id = n.reservation_id and status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT')
        and (checked_out_on is null or checked_out_on > p_day) offset 0
    ) r
    left join lateral (
      select market_segment from pms_rate_plans where tenant_id = p_tenant and id = n.rate_plan_id offset 0
    ) p on true
    where t.tenant_id = p_tenant and t.property_id = p_property
  ), charges as materialized (
    select coalesce(n.room_type_id, r.room_type_id) as room_type_id, r.source_type,
      case when r.source_type is not null then coalesce(p.market_segment, 'NONE') end as market_segment, e.amount_cents
    from (
      select reservation_id, amount_cents from pms_folio_entries
      where tenant_id = p_tenant and property_id = p_property and business_date = p_day and entry_type = 'ROOM_CHARGE' offset 0
    ) e left join lateral (
      select room_type_id, rate_plan_id, source_type from pms_reservations where tenant_id = p_tenant and id = e.reservation_id offset 0
    ) r on true left join lateral (
      select room_type_id, rate_plan_id from pms_reservation_nights
      where tenant_id = p_tenant and reservation_id = e.reservation_id and night = p_day offset 0
    ) n on true left join lateral (
      select market_segment from pms_rate_plans where tenant_id = p_tenant and id = coalesce(n.rate_plan_id, r.rate_plan_id) offset 0
    ) p on true
  )
  select x.room_type_id, x.source_type, x.market_segment, sum(x.sold)::int, sum(x.free)::int, sum(x.guests)::int, sum(x.posted)::bigint, sum(x.due)::bigint,
    sum(x.due_tax)::bigint, sum(x.due_fee)::bigint
  from (
    select room_type_id, source_type, market_segment, 1 as sold, case when price_cents = 0 then 1 else 0 end as free, guests, 0::bigint as posted,
      due * (price_cents - included_cents) as due, due * tax_cents as due_tax, due * fee_cents as due_fee
    from nights
    union all select room_type_id, source_type, market_segment, 0, 0, 0, amount_cents, 0, 0, 0 from charges
  ) x
  group by 1, 2, 3
$$;

-- A close looks for arrivals up to its day among all that are expected.
drop index pms_reservations_status_idx;
create index pms_reservations_status_idx on pms_reservations (tenant_id, property_id, status, check_in_date);

-- ===== V22__wishes =====

-- What guests wish of their room.

alter table pms_reservations
  -- What must be so, whoever assigns the room.
  add column wished_features     text[] not null default '{}', -- by the names in pms_rooms.features_json; all of them
  add column wished_floor        text,
  -- What would be nice.
  add column near_reservation_id text, -- next door to this stay, or through a connecting door; else on its floor
  add column wished_room_id      text,
  add column wants_last_room     boolean not null default false, -- the room of the guest's last stay
  add constraint pms_reservations_features_check check (cardinality(wished_features) <= 20),
  add constraint pms_reservations_near_check check (near_reservation_id <> id),
  add constraint pms_reservations_near_fk foreign key (tenant_id, property_id, near_reservation_id)
    references pms_reservations (tenant_id, property_id, id),
  add constraint pms_reservations_wished_fk foreign key (tenant_id, property_id, wished_room_id)
    references pms_rooms (tenant_id, property_id, id);
create index pms_reservations_near_idx on pms_reservations (tenant_id, property_id, near_reservation_id)
  where near_reservation_id is not null;
create index pms_reservations_wished_idx on pms_reservations (tenant_id, property_id, wished_room_id) where wished_room_id is not null;

-- ===== V23__mail =====

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

-- ===== V24__upgrade_ranks =====

-- The order in which stays are upgraded when their type is oversold.

alter table pms_room_types
  add column upgrade_rank int, -- into types of a higher rank; null: nobody is upgraded from it or into it
  add constraint pms_room_types_rank_check check (upgrade_rank between 0 and 1000);

-- ===== V25__house_overbooking =====

-- How many stays more than rooms the whole house may take, beside the limits of its types.

alter table pms_properties
  add column overbooking_limit int, -- where pms_house_overbooking_limits has no row for the night; null: only those of the types count
  add constraint pms_properties_overbooking_check check (overbooking_limit between 0 and 10000);

create table pms_house_overbooking_limits (
  tenant_id    text not null,
  property_id  text not null,
  night        date not null,
  rooms        int not null,
  updated_at   timestamptz not null default now(),
  updated_by   text not null,
  constraint pms_house_overbooking_limits_pkey primary key (tenant_id, property_id, night),
  constraint pms_house_overbooking_limits_property_fk foreign key (tenant_id, property_id) references pms_properties (tenant_id, id),
  constraint pms_house_overbooking_limits_rooms_check check (rooms between 0 and 10000)
);
select pms_protect('pms_house_overbooking_limits');

-- ===== V26__keys_before_indexes =====

-- The keys that rows are looked up by become the youngest indexes of their tables.
-- Why: while a table has no statistics, PostgreSQL finds every index that begins with tenant and property as cheap as the key itself, and of
-- equals it takes the youngest. The check of a foreign key then read all rows of the property: the first closes of a new hotel took time
-- with the square of its entries. The read models (rm_) are left alone: they are looked up by their nights. A later migration that adds an
-- index to another table ends with `select pms_keys_before_indexes();`.

-- A table that has rows is left alone: it has statistics, or will have them within a minute, and its foreign keys would be checked anew.
create function pms_keys_before_indexes() returns void language plpgsql as $$
declare
  wanted    record;
  has_rows  boolean;
  dropped   text[];
  added     text[];
begin
  for wanted in
    with keys as (
      select c.conrelid::regclass as of_table, c.contype, c.conname, c.conindid, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c
      where c.connamespace = current_schema()::regnamespace and c.conrelid::regclass::text ~ '^pms_'
        and (c.contype = 'p' or c.contype = 'u' and exists (select from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid)))
    select k.* from keys k
    where exists (
      select from pg_index i
      where i.indrelid = k.of_table and i.indexrelid > k.conindid and i.indexrelid not in (select conindid from keys))
    order by k.of_table::text, k.contype
  loop
    execute format('select exists (select from %s)', wanted.of_table) into has_rows;
    continue when has_rows;

    select array_agg(format('alter table %s drop constraint %I', f.conrelid::regclass, f.conname)),
      array_agg(format('alter table %s add constraint %I %s', f.conrelid::regclass, f.conname, pg_get_constraintdef(f.oid)))
    into dropped, added
    from pg_constraint f
    where f.contype = 'f' and f.conindid = wanted.conindid;
    dropped := coalesce(dropped, '{}') || format('alter table %s drop constraint %I', wanted.of_table, wanted.conname);
    added := format('alter table %s add constraint %I %s', wanted.of_table, wanted.conname, wanted.definition) || coalesce(added, '{}');

    for i in 1 .. cardinality(dropped) loop
      execute dropped[i];
    end loop;
    for i in 1 .. cardinality(added) loop
      execute added[i];
    end loop;
  end loop;
end $$;
revoke execute on function pms_keys_before_indexes() from public;

select pms_keys_before_indexes();

-- ===== What was applied, as `pms migrate` records it =====

create table refinery_schema_history (
  version    int4 primary key,
  name       varchar(255),
  applied_on varchar(255),
  checksum   varchar(255)
);
insert into refinery_schema_history (version, name, applied_on, checksum)
select version, name, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), checksum from (values
  (1, 'foundation', '12096246115388894987'),
  (2, 'properties_rooms_rates', '7127478155600677433'),
  (3, 'guests_reservations', '14265049229376245902'),
  (4, 'folios', '16026281071136088053'),
  (5, 'audit_events_read_models', '16146920016305667412'),
  (6, 'selling_messages_channels', '7130589620208749259'),
  (7, 'row_security', '9701903541406049445'),
  (8, 'purge', '15184517157741607579'),
  (9, 'ledger_and_day_close', '13199281638807886472'),
  (10, 'taxes', '1697515898135179030'),
  (11, 'automatic_close', '10169044131012055083'),
  (12, 'statistics', '1851988987671310205'),
  (13, 'policies', '210047748664163379'),
  (14, 'papers', '14023275177602870809'),
  (15, 'taxes_of_a_day', '16876679821121603516'),
  (16, 'payments', '14719977728354456077'),
  (17, 'housekeeping', '169394518593196421'),
  (18, 'rate_grid', '11194635709833476978'),
  (19, 'packages', '4742960949506633036'),
  (20, 'packages_in_statements', '6121148223895997632'),
  (21, 'segments', '14016661667057232942'),
  (22, 'wishes', '10782414101249139353'),
  (23, 'mail', '11000871231851024908'),
  (24, 'upgrade_ranks', '16746295994640470847'),
  (25, 'house_overbooking', '1938714749788110869'),
  (26, 'keys_before_indexes', '8931988893446830351')
) applied (version, name, checksum);

grant usage on schema public to pms_app;
grant select on refinery_schema_history to pms_app;

commit;
