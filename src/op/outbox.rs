//! Events: written with the change, numbered per tenant without gaps in the order of commits, because the counter's row stays
//! locked until the commit. So a reader that has seen number n has seen all before it.

use serde_json::{Value, json};

use super::{
    Op,
    audit::{diff, masked},
};
use crate::{call, db::Call, kernel::TenantId};

crate::sql! {
    NEXT_NUMBER = "
        insert into pms_counters as c (tenant_id, name, value) values ($1, $2, 1)
        on conflict (tenant_id, name) do update set value = c.value + 1 returning value";
    INSERT_EVENTS = "
        with counter as (
          insert into pms_counters as c (tenant_id, name, value) values ($1, 'events', cardinality($4::text[]))
          on conflict (tenant_id, name) do update set value = c.value + excluded.value
          returning value
        )
        insert into pms_outbox
          (tenant_id, id, property_id, sequence, event_type, entity_type, entity_id, payload_json, correlation_id, occurred_at)
        select t.id, e.id, e.property_id, counter.value - cardinality($4::text[]) + e.n, e.event_type, e.entity_type, e.entity_id,
          e.payload_json, $2, $3
        from pms_tenants t, counter, unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[])
          with ordinality as e (id, property_id, event_type, entity_type, entity_id, payload_json, n)
        where t.id = $1";
}

/// The next number of a counter of the tenant.
pub(super) fn next_number(tenant: TenantId, counter: &str) -> Call {
    call!(NEXT_NUMBER, tenant, counter.to_string())
}

pub(super) fn insert(op: &Op) -> Call {
    let changes = &op.changes;
    let payload = |c: &super::Change| -> Value {
        let mut changed = diff(&c.before, &c.after);
        if c.before.is_null() {
            changed = Value::Null;
        }
        json!({ "changed": changed, "after": masked(&c.after), "actor": op.who.actor })
    };
    call!(
        INSERT_EVENTS,
        op.tenant(),
        op.who.correlation.clone(),
        op.now,
        changes.iter().map(|_| op.new_id().to_string()).collect::<Vec<_>>(),
        changes.iter().map(|c| c.property.map(|p| p.to_string())).collect::<Vec<_>>(),
        changes.iter().map(|c| format!("pms.{}.{}.v1", c.entity, c.verb)).collect::<Vec<_>>(),
        changes.iter().map(|c| c.entity.to_uppercase()).collect::<Vec<_>>(),
        changes.iter().map(|c| c.id.clone()).collect::<Vec<_>>(),
        changes.iter().map(payload).collect::<Vec<_>>(),
    )
}
