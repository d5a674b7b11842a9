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
