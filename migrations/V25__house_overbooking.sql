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
