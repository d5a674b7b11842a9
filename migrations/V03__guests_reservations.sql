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
