//! What holds of what may be sold.

use super::invariants::{BY_HAND, Invariant};

pub(super) const SELLING: &[Invariant] = &[
    Invariant {
        name: "derived plans",
        rule: "the plan that a plan is derived of is not derived itself",
        mend: BY_HAND,
        sql: "
            select c.tenant_id, c.property_id, 'rate plan ' || c.id, 'is derived of ' || p.id || ', which is derived of ' || p.parent_plan_id
            from pms_rate_plans c join pms_rate_plans p on p.tenant_id = c.tenant_id and p.id = c.parent_plan_id
            where ($1::text is null or c.tenant_id = $1) and p.parent_plan_id is not null
            order by 1, 3",
    },
    Invariant {
        name: "packages",
        rule: "each package has an item, so that it is posted somewhere",
        mend: "deactivate it: PATCH /packages/{id}",
        sql: "
            select tenant_id, property_id, 'package ' || id, code || ' has no item'
            from pms_packages p
            where ($1::text is null or tenant_id = $1) and is_active and not exists (
              select from pms_package_items i where i.tenant_id = p.tenant_id and i.property_id = p.property_id and i.package_id = p.id)
            order by 1, 3",
    },
    Invariant {
    name: "restrictions",
    rule: "each restriction says something",
    mend: BY_HAND,
    sql: "
        select tenant_id, property_id, 'restriction ' || id, 'of ' || date || ' says nothing'
        from pms_restrictions
        where ($1::text is null or tenant_id = $1) and coalesce(is_closed, closed_to_arrival, closed_to_departure) is null
          and coalesce(min_stay_arrival, max_stay_arrival, min_stay_through, max_stay_through, min_advance_days, max_advance_days) is null
        order by 1, 3",
},
];
