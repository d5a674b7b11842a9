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
