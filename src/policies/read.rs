use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Policy, PolicyKind, found, get};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Query, data, permission::RatesView},
    kernel::{PolicyId, PropertyId, Refusal},
    properties,
};

crate::sql! {
    LIST_POLICIES = "
        select p.*, h.currency from pms_policies p join pms_properties h on h.tenant_id = $1 and h.id = p.property_id
        where p.tenant_id = $1 and p.property_id = $2 and ($3::text is null or p.kind = $3) and ($4::boolean is null or p.is_active = $4)
        order by p.kind, p.code";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PoliciesQuery {
    property_id: PropertyId,
    kind: Option<PolicyKind>,
    /// Only active ones, or only others.
    is_active: Option<bool>,
}

/// All policies of a property, by kind and code.
#[utoipa::path(get, path = "/policies", tag = "policies", params(PoliciesQuery),
    responses((status = 200, description = "The policies.", body = Data<Vec<Policy>>)))]
pub async fn list(State(app): State<AppState>, actor: May<RatesView>, Query(query): Query<PoliciesQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(LIST_POLICIES, actor.tenant, query.property_id, query.kind, query.is_active),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    Ok(data(&rows[1].iter().map(Policy::from_row).collect::<Vec<_>>()))
}

/// One policy.
#[utoipa::path(get, path = "/policies/{id}", tag = "policies", params(("id" = PolicyId, Path)),
    responses((status = 200, description = "The policy.", body = Data<Policy>)))]
pub async fn read(State(app): State<AppState>, actor: May<RatesView>, Path(id): Path<PolicyId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let policy = found(&rows[0])?;
    actor.sees(policy.property_id).map_err(|_| Refusal::not_found("policy"))?;
    Ok(Reply { version: Some(policy.version), ..data(&policy) })
}
