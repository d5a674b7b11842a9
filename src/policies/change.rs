use axum::extract::State;
use serde::Deserialize;
use serde_json::json as facts;
use utoipa::ToSchema;

use super::model::{CancellationTerms, DepositTerms, NoShowTerms, Policy, PolicyKind, found, lock};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::RatesManage},
    kernel::{
        Code, Faults, PolicyId, PropertyId, Refusal,
        patch::{nullable, set},
    },
    op::{Change, Op, json},
};

crate::sql! {
    UPDATE_POLICY = "
        update pms_policies
        set code = $3, name = $4, guest_text = $5, terms_json = $6, is_default = $7, is_active = $8, version = $9, updated_at = $10,
          updated_by = $11
        where tenant_id = $1 and id = $2";
    LOCK_PROPERTY_OF_POLICY = "
        select id, currency from pms_properties
        where tenant_id = $1 and id = (select property_id from pms_policies where tenant_id = $1 and id = $2)
        for no key update";
    LOCK_DEFAULT_POLICY = "
        select p.*, h.currency from pms_policies p join pms_properties h on h.tenant_id = $1 and h.id = p.property_id
        where p.tenant_id = $1 and p.property_id = $2 and p.kind = $3 and p.is_default for no key update of p";
    /// Read under the lock of the policy, which a plan that names it shares.
    PLANS_UNDER = "
        select code from pms_rate_plans
        where tenant_id = $1 and property_id = $2 and is_active
          and (deposit_policy_id = $3 or cancellation_policy_id = $3 or no_show_policy_id = $3)
        order by code";
}

/// What may change of a policy: not its kind. Bookings that were made keep it as it was.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PolicyChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    pub code: Option<String>,
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// Null: the terms in words.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub guest_text: Option<Option<String>>,
    pub deposit: Option<DepositTerms>,
    pub cancellation: Option<CancellationTerms>,
    pub no_show: Option<NoShowTerms>,
    /// `true` takes it from the policy of the kind that has it.
    pub is_default: Option<bool>,
    /// `false` deactivates; the default, and one that an active rate plan names, cannot be.
    pub is_active: Option<bool>,
}

/// Changes or deactivates a policy, or makes it the default of its kind.
#[utoipa::path(patch, path = "/policies/{id}", tag = "policies", params(("id" = PolicyId, Path)), request_body = PolicyChange,
    responses((status = 200, description = "The policy as it is now.", body = Data<Policy>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<RatesManage>,
    Path(id): Path<PolicyId>,
    write: Write<PolicyChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    if write.body.is_default.is_some() {
        // Two may want to be the default at once: they take turns at the property.
        op.query(call!(LOCK_PROPERTY_OF_POLICY, op.tenant(), id)).await?;
    }
    let rows = op.query(lock(op.tenant(), id)).await?;
    let before = found(&rows)?;
    let currency: String = rows[0].get("currency");
    actor.sees(before.property_id).map_err(|_| Refusal::not_found("policy"))?;
    if before.version != seen {
        return Err(Refusal::stale("policy", &before).into());
    }

    let mut after = changed(&before, write.body);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;
    after.say(&currency);
    demand_unused(&mut op, &before, &after).await?;
    if after.is_default && !before.is_default {
        take_default(&mut op, before.property_id, before.kind).await?;
    }

    save(&mut op, &before, &mut after);
    op.commit(200, &after).await
}

fn changed(before: &Policy, change: PolicyChange) -> Policy {
    let mut after = before.clone();
    set(&mut after.code, change.code.map(|code| code.trim().to_string()));
    set(&mut after.name, change.name.map(|name| name.trim().to_string()));
    set(&mut after.guest_text, change.guest_text.map(|t| t.map(|t| t.trim().to_string()).filter(|t| !t.is_empty())));
    set(&mut after.terms.deposit, change.deposit.map(Some));
    set(&mut after.terms.cancellation, change.cancellation.map(Some));
    set(&mut after.terms.no_show, change.no_show.map(Some));
    set(&mut after.is_default, change.is_default);
    set(&mut after.is_active, change.is_active);
    after
}

/// Errors: INVALID_STATUS_TRANSITION when it would be inactive and still hold for somebody.
async fn demand_unused(op: &mut Op, before: &Policy, after: &Policy) -> Result<()> {
    if after.is_active {
        return Ok(());
    }
    if after.is_default {
        let message = "The default policy must be active: make another one the default first, or none.";
        return Err(Refusal::new(Code::InvalidStatusTransition, message).into());
    }
    let rows = op.query(call!(PLANS_UNDER, op.tenant(), before.property_id, before.id)).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let plans: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let message = format!("The policy holds for the rate plans {}: give them another first.", plans.join(", "));
    Err(Refusal::new(Code::InvalidStatusTransition, message).facts(facts!({ "ratePlans": plans })).into())
}

/// Takes the default from the policy that has it. The operation holds the lock of the property.
pub(super) async fn take_default(op: &mut Op, property: PropertyId, kind: PolicyKind) -> Result<()> {
    let rows = op.query(call!(LOCK_DEFAULT_POLICY, op.tenant(), property, kind)).await?;
    if let Some(before) = rows.first().map(Policy::from_row) {
        let mut after = Policy { is_default: false, ..before.clone() };
        save(op, &before, &mut after);
    }
    Ok(())
}

fn save(op: &mut Op, before: &Policy, after: &mut Policy) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_POLICY,
        op.tenant(),
        after.id,
        after.code.clone(),
        after.name.clone(),
        after.guest_text.clone(),
        json(&after.terms),
        after.is_default,
        after.is_active,
        after.version,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(after.property_id, "policy", after.id, "changed", before, after));
}
