use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::model::{AppliesTo, Percent, TaxKind, TaxRule};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::RatesManage},
    kernel::{Cents, Day, Faults, PropertyId, TaxRuleId},
    op::{Change, Op},
    properties,
};

crate::sql! {
    INSERT_TAX_RULE = "
        insert into pms_tax_rules
          (tenant_id, id, property_id, code, name, kind, percent, amount_cents, is_inclusive, is_fee, applies_to, valid_from, valid_to,
           minimum_age, maximum_nights, compounds_on, sort_order, created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7::bigint / 1000000.0, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $18, $19)";
}

/// A new rule. It counts for what is booked from now on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTaxRule {
    pub property_id: PropertyId,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$", example = "VAT")]
    pub code: String,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    pub kind: TaxKind,
    #[schema(value_type = Option<String>, example = "8.25")]
    pub percent: Option<Percent>,
    #[schema(minimum = 0, maximum = 10_000_000_000_i64)]
    pub amount_cents: Option<Cents>,
    pub is_inclusive: Option<bool>,
    pub is_fee: Option<bool>,
    /// `["ROOM_CHARGE"]` when absent.
    #[schema(min_items = 1, max_items = 4)]
    pub applies_to: Option<Vec<AppliesTo>>,
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    #[schema(minimum = 0, maximum = 120)]
    pub minimum_age: Option<i32>,
    #[schema(minimum = 1, maximum = 1000)]
    pub maximum_nights: Option<i32>,
    #[schema(max_items = 10)]
    pub compounds_on: Option<Vec<String>>,
    #[schema(minimum = 0, maximum = 10_000)]
    pub sort_order: Option<i32>,
}

/// Makes a tax or fee of a property.
#[utoipa::path(post, path = "/tax-rules", tag = "taxes", request_body = NewTaxRule,
    responses((status = 201, description = "The new rule.", body = Data<TaxRule>)))]
pub async fn create(State(app): State<AppState>, actor: May<RatesManage>, write: Write<NewTaxRule>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    properties::model::load(&mut op, write.body.property_id).await?;
    let rule = create_in(&mut op, write.body)?;
    op.commit(201, &rule).await
}

/// The use case itself, joined to an operation.
pub fn create_in(op: &mut Op, new: NewTaxRule) -> Result<TaxRule> {
    let rule = TaxRule {
        id: TaxRuleId(op.new_id()),
        property_id: new.property_id,
        code: new.code.trim().to_string(),
        name: new.name.trim().to_string(),
        kind: new.kind,
        percent: new.percent,
        amount_cents: new.amount_cents,
        is_inclusive: new.is_inclusive.unwrap_or(false),
        is_fee: new.is_fee.unwrap_or(false),
        applies_to: new.applies_to.unwrap_or_else(|| vec![AppliesTo::RoomCharge]),
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        minimum_age: new.minimum_age,
        maximum_nights: new.maximum_nights,
        compounds_on: new.compounds_on.unwrap_or_default(),
        sort_order: new.sort_order.unwrap_or(0),
        is_active: true,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    rule.check(&mut faults);
    faults.range("sortOrder", rule.sort_order, 0, 10_000);
    faults.finish()?;

    op.write(call!(
        INSERT_TAX_RULE,
        op.tenant(),
        rule.id,
        rule.property_id,
        rule.code.clone(),
        rule.name.clone(),
        rule.kind,
        rule.percent.map(Percent::micros),
        rule.amount_cents,
        rule.is_inclusive,
        rule.is_fee,
        rule.applies_to.clone(),
        rule.valid_from,
        rule.valid_to,
        rule.minimum_age,
        rule.maximum_nights,
        rule.compounds_on.clone(),
        rule.sort_order,
        op.now,
        op.actor(),
    ));
    op.record(Change::created(rule.property_id, "tax_rule", rule.id, &rule));
    Ok(rule)
}
