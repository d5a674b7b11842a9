use axum::extract::State;

use super::model::{RatePlan, RatePlanChange, check_parent, found, lock};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::RatesManage},
    kernel::{Code, Faults, PropertyId, RatePlanId, Refusal, patch::set},
    op::{Change, Op, json},
    policies,
};

crate::sql! {
    UPDATE_RATE_PLAN = "
        update pms_rate_plans
        set code = $3, name = $4, description = $5, is_default = $6, is_active = $7, version = $8, updated_at = $9, updated_by = $10,
          deposit_policy_id = $11, cancellation_policy_id = $12, no_show_policy_id = $13, parent_plan_id = $14, derivation_json = $15,
          occupancy_json = $16, market_segment = $17
        where tenant_id = $1 and id = $2";
    LOCK_PROPERTY_OF_PLAN = "
        select id from pms_properties
        where tenant_id = $1 and id = (select property_id from pms_rate_plans where tenant_id = $1 and id = $2)
        for no key update";
    LOCK_DEFAULT_PLAN = "
        select * from pms_rate_plans where tenant_id = $1 and property_id = $2 and is_default for no key update";
}

/// Changes or deactivates a rate plan, or makes it the default.
#[utoipa::path(patch, path = "/rate-plans/{id}", tag = "rates", params(("id" = RatePlanId, Path)), request_body = RatePlanChange,
    responses((status = 200, description = "The rate plan as it is now.", body = Data<RatePlan>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<RatesManage>,
    Path(id): Path<RatePlanId>,
    write: Write<RatePlanChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    if write.body.is_default.is_some() || write.body.parent_plan_id.is_some() {
        // Two plans may want to be the default at once, or each other's parent: they take turns at the property.
        op.query(call!(LOCK_PROPERTY_OF_PLAN, op.tenant(), id)).await?;
    }
    let before = found(&op.query(lock(op.tenant(), id)).await?)?;
    actor.sees(before.property_id)?;
    if before.version != seen {
        return Err(Refusal::stale("rate plan", &before).into());
    }

    let mut after = changed(&before, write.body);
    let mut faults = Faults::default();
    after.check(&mut faults);
    if after.parent_plan_id != before.parent_plan_id {
        check_parent(&mut op, &after, &mut faults).await?;
    }
    if after.is_active {
        policies::model::check_named(&mut op, after.property_id, after.policies(), &mut faults).await?;
    }
    faults.finish()?;
    if after.is_default && !after.is_active {
        let message = "The default plan must be active: make another plan the default first.";
        return Err(Refusal::new(Code::InvalidStatusTransition, message).into());
    }
    if after.is_default && !before.is_default {
        take_default(&mut op, before.property_id).await?;
    }

    save(&mut op, &before, &mut after);
    op.commit(200, &after).await
}

fn changed(before: &RatePlan, change: RatePlanChange) -> RatePlan {
    let mut after = before.clone();
    set(&mut after.code, change.code.map(|code| code.trim().to_string()));
    set(&mut after.name, change.name.map(|name| name.trim().to_string()));
    set(&mut after.description, change.description.map(|d| d.map(|d| d.trim().to_string()).filter(|d| !d.is_empty())));
    set(&mut after.is_default, change.is_default);
    set(&mut after.is_active, change.is_active);
    set(&mut after.market_segment, change.market_segment);
    set(&mut after.deposit_policy_id, change.deposit_policy_id);
    set(&mut after.cancellation_policy_id, change.cancellation_policy_id);
    set(&mut after.no_show_policy_id, change.no_show_policy_id);
    set(&mut after.parent_plan_id, change.parent_plan_id);
    set(&mut after.derivation, change.derivation);
    set(&mut after.occupancy, change.occupancy);
    after
}

/// Takes the default from the plan that has it. The operation holds the lock of the property.
pub(super) async fn take_default(op: &mut Op, property: PropertyId) -> Result<()> {
    let rows = op.query(call!(LOCK_DEFAULT_PLAN, op.tenant(), property)).await?;
    if let Some(before) = rows.first().map(RatePlan::from_row) {
        let mut after = RatePlan { is_default: false, ..before.clone() };
        save(op, &before, &mut after);
    }
    Ok(())
}

fn save(op: &mut Op, before: &RatePlan, after: &mut RatePlan) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_RATE_PLAN,
        op.tenant(),
        after.id,
        after.code.clone(),
        after.name.clone(),
        after.description.clone(),
        after.is_default,
        after.is_active,
        after.version,
        op.now,
        op.actor(),
        after.deposit_policy_id,
        after.cancellation_policy_id,
        after.no_show_policy_id,
        after.parent_plan_id,
        after.derivation.as_ref().map(json),
        after.occupancy.as_ref().map(json),
        after.market_segment,
    ));
    op.record(Change::changed(after.property_id, "rate_plan", after.id, "changed", before, after));
}
