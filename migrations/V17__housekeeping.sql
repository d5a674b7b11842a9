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
