use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    change::take_default,
    model::{CancellationTerms, DepositTerms, NoShowTerms, Policy, PolicyKind, PolicyTerms},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::RatesManage},
    kernel::{Faults, PolicyId, PropertyId},
    op::{Change, Op, json},
    properties,
};

crate::sql! {
    INSERT_POLICY = "
        insert into pms_policies
          (tenant_id, id, property_id, kind, code, name, guest_text, terms_json, is_default, created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $11)";
}

/// A new policy, with the terms of its kind and no others.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPolicy {
    /// Made by the server when absent.
    pub id: Option<PolicyId>,
    pub property_id: PropertyId,
    pub kind: PolicyKind,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$", example = "FLEX")]
    pub code: String,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// What a guest is told; the terms in words when absent.
    #[schema(max_length = 4000)]
    pub guest_text: Option<String>,
    pub deposit: Option<DepositTerms>,
    pub cancellation: Option<CancellationTerms>,
    pub no_show: Option<NoShowTerms>,
    /// `true` takes it from the policy of the kind that has it.
    pub is_default: Option<bool>,
}

/// Adds a policy to a property.
#[utoipa::path(post, path = "/policies", tag = "policies", request_body = NewPolicy,
    responses((status = 201, description = "The new policy.", body = Data<Policy>)))]
pub async fn create(State(app): State<AppState>, actor: May<RatesManage>, write: Write<NewPolicy>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let policy = create_in(&mut op, write.body).await?;
    op.commit(201, &policy).await
}

/// The use case itself, joined to an operation.
pub async fn create_in(op: &mut Op, new: NewPolicy) -> Result<Policy> {
    let is_default = new.is_default.unwrap_or(false);
    let property = if is_default {
        let lock = call!(properties::model::LOCK_PROPERTY, op.tenant(), new.property_id);
        properties::model::found(&op.query(lock).await?)?
    } else {
        properties::model::load(op, new.property_id).await?
    };
    let mut policy = Policy {
        id: new.id.unwrap_or_else(|| PolicyId(op.new_id())),
        property_id: new.property_id,
        kind: new.kind,
        code: new.code.trim().to_string(),
        name: new.name.trim().to_string(),
        guest_text: new.guest_text.map(|text| text.trim().to_string()).filter(|text| !text.is_empty()),
        text: String::new(),
        terms: PolicyTerms { deposit: new.deposit, cancellation: new.cancellation, no_show: new.no_show },
        is_default,
        is_active: true,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    policy.check(&mut faults);
    faults.finish()?;
    policy.say(&property.currency);

    if is_default {
        take_default(op, policy.property_id, policy.kind).await?;
    }
    op.write(call!(
        INSERT_POLICY,
        op.tenant(),
        policy.id,
        policy.property_id,
        policy.kind,
        policy.code.clone(),
        policy.name.clone(),
        policy.guest_text.clone(),
        json(&policy.terms),
        policy.is_default,
        op.now,
        op.actor(),
    ));
    op.record(Change::created(policy.property_id, "policy", policy.id, &policy));
    Ok(policy)
}
