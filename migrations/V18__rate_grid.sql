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
