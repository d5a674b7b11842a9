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
