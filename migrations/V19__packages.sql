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
