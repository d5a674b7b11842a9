use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{TaxRule, found};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Query, data, permission::RatesView},
    kernel::{PropertyId, Refusal, TaxRuleId},
    properties,
};

crate::sql! {
    LIST_TAX_RULES = "
        select *, (percent * 1000000)::bigint as percent_micros from pms_tax_rules
        where tenant_id = $1 and property_id = $2 order by sort_order, code, valid_from, id";
    READ_TAX_RULE = "select *, (percent * 1000000)::bigint as percent_micros from pms_tax_rules where tenant_id = $1 and id = $2";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaxRulesQuery {
    property_id: PropertyId,
}

/// All tax rules of a property, those that ended too, in the order in which they are computed.
#[utoipa::path(get, path = "/tax-rules", tag = "taxes", params(TaxRulesQuery),
    responses((status = 200, description = "The rules.", body = Data<Vec<TaxRule>>)))]
pub async fn list(State(app): State<AppState>, actor: May<RatesView>, Query(query): Query<TaxRulesQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let calls =
        vec![properties::model::get(actor.tenant, query.property_id), call!(LIST_TAX_RULES, actor.tenant, query.property_id)];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    Ok(data(&rows[1].iter().map(TaxRule::from_row).collect::<Vec<_>>()))
}

/// One tax rule.
#[utoipa::path(get, path = "/tax-rules/{id}", tag = "taxes", params(("id" = TaxRuleId, Path)),
    responses((status = 200, description = "The rule.", body = Data<TaxRule>)))]
pub async fn read(State(app): State<AppState>, actor: May<RatesView>, Path(id): Path<TaxRuleId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![call!(READ_TAX_RULE, actor.tenant, id)]).await?;

    let rule = found(&rows[0])?;
    actor.sees(rule.property_id).map_err(|_| Refusal::not_found("tax rule"))?;
    Ok(Reply { version: Some(rule.version), ..data(&rule) })
}
