use axum::extract::State;

use super::{
    change::take_default,
    model::{NewRatePlan, RatePlan, check_parent},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::RatesManage},
    kernel::{Faults, RatePlanId},
    op::{Change, Op, json},
    policies, properties,
};

crate::sql! {
    INSERT_RATE_PLAN = "
        insert into pms_rate_plans
          (tenant_id, id, property_id, code, name, description, currency, is_default, created_at, created_by, updated_at, updated_by,
           deposit_policy_id, cancellation_policy_id, no_show_policy_id, parent_plan_id, derivation_json, occupancy_json, market_segment)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
}

/// Adds a rate plan to a property.
#[utoipa::path(post, path = "/rate-plans", tag = "rates", request_body = NewRatePlan,
    responses((status = 201, description = "The new rate plan.", body = Data<RatePlan>)))]
pub async fn create(State(app): State<AppState>, actor: May<RatesManage>, write: Write<NewRatePlan>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let plan = create_in(&mut op, write.body).await?;

    op.commit(201, &plan).await
}

/// The use case itself, joined to an operation.
pub async fn create_in(op: &mut Op, new: NewRatePlan) -> Result<RatePlan> {
    let is_default = new.is_default.unwrap_or(false);
    let property = if is_default || new.parent_plan_id.is_some() {
        let lock = call!(properties::model::LOCK_PROPERTY, op.tenant(), new.property_id);
        properties::model::found(&op.query(lock).await?)?
    } else {
        properties::model::load(op, new.property_id).await?
    };

    let plan = RatePlan {
        id: new.id.unwrap_or_else(|| RatePlanId(op.new_id())),
        property_id: new.property_id,
        code: new.code.trim().to_string(),
        name: new.name.trim().to_string(),
        description: new.description.map(|d| d.trim().to_string()).filter(|d| !d.is_empty()),
        currency: new.currency.map_or(property.currency.clone(), |c| c.code().to_string()),
        is_default,
        is_active: true,
        market_segment: new.market_segment,
        deposit_policy_id: new.deposit_policy_id,
        cancellation_policy_id: new.cancellation_policy_id,
        no_show_policy_id: new.no_show_policy_id,
        parent_plan_id: new.parent_plan_id,
        derivation: new.derivation,
        occupancy: new.occupancy,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    plan.check(&mut faults);
    if plan.currency != property.currency {
        faults.add("currency", format!("must be {}, the currency of the property", property.currency));
    }
    check_parent(op, &plan, &mut faults).await?;
    policies::model::check_named(op, plan.property_id, plan.policies(), &mut faults).await?;
    faults.finish()?;

    if is_default {
        take_default(op, plan.property_id).await?;
    }
    op.write(call!(
        INSERT_RATE_PLAN,
        op.tenant(),
        plan.id,
        plan.property_id,
        plan.code.clone(),
        plan.name.clone(),
        plan.description.clone(),
        plan.currency.clone(),
        plan.is_default,
        op.now,
        op.actor(),
        plan.deposit_policy_id,
        plan.cancellation_policy_id,
        plan.no_show_policy_id,
        plan.parent_plan_id,
        plan.derivation.as_ref().map(json),
        plan.occupancy.as_ref().map(json),
        plan.market_segment,
    ));
    op.record(Change::created(plan.property_id, "rate_plan", plan.id, &plan));
    Ok(plan)
}
