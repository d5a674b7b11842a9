use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::model::{TaxRule, found, lock};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::RatesManage},
    kernel::{
        Day, Faults, Refusal, TaxRuleId,
        patch::{nullable, set},
    },
    op::Change,
};

crate::sql! {
    UPDATE_TAX_RULE = "
        update pms_tax_rules set name = $3, valid_to = $4, sort_order = $5, is_active = $6, version = $7, updated_at = $8, updated_by = $9
        where tenant_id = $1 and id = $2";
}

/// What may change: not the value, which is another rule from its day on.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TaxRuleChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// The night after the last.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Day>)]
    pub valid_to: Option<Option<Day>>,
    #[schema(minimum = 0, maximum = 10_000)]
    pub sort_order: Option<i32>,
    /// `false` deactivates: it counts for nothing that is booked from now on.
    pub is_active: Option<bool>,
}

/// Renames, ends or deactivates a tax rule. Stays keep the taxes that they were booked with until they are changed.
#[utoipa::path(patch, path = "/tax-rules/{id}", tag = "taxes", params(("id" = TaxRuleId, Path)), request_body = TaxRuleChange,
    responses((status = 200, description = "The rule as it is now.", body = Data<TaxRule>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<RatesManage>,
    Path(id): Path<TaxRuleId>,
    write: Write<TaxRuleChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let before = found(&op.query(lock(op.tenant(), id)).await?)?;
    actor.sees(before.property_id).map_err(|_| Refusal::not_found("tax rule"))?;
    if before.version != seen {
        return Err(Refusal::stale("tax rule", &before).into());
    }
    let mut after = before.clone();
    let change = write.body;
    set(&mut after.name, change.name.map(|name| name.trim().to_string()));
    set(&mut after.valid_to, change.valid_to);
    set(&mut after.sort_order, change.sort_order);
    set(&mut after.is_active, change.is_active);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.range("sortOrder", after.sort_order, 0, 10_000);
    faults.finish()?;

    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_TAX_RULE,
        op.tenant(),
        id,
        after.name.clone(),
        after.valid_to,
        after.sort_order,
        after.is_active,
        after.version,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(after.property_id, "tax_rule", id, "changed", &before, &after));
    op.commit(200, &after).await
}
