use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::{Row, types::Json};
use utoipa::ToSchema;

use super::derive::{Derivation, Occupancy};
use crate::{
    call,
    db::{Call, Result},
    kernel::{Currency, Faults, PolicyId, PropertyId, RatePlanId, Refusal, TenantId, patch::nullable},
    op::Op,
    policies::PolicyKind,
};

/// Whom a rate plan is for, as the uniform system of accounts for hotels tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MarketSegment {
    /// Anybody, at the public rate.
    Retail,
    /// Anybody, at less: early, late, or by a package.
    Discount,
    /// A company with a rate of its own.
    Negotiated,
    /// Who belongs to something: officials, members.
    Qualified,
    /// Operators that sell on.
    Wholesale,
    Group,
    /// Rooms that are taken for months, such as those of crews.
    Contract,
    Complimentary,
}

crate::text_enum!(MarketSegment {
    Retail => "RETAIL", Discount => "DISCOUNT", Negotiated => "NEGOTIATED", Qualified => "QUALIFIED", Wholesale => "WHOLESALE",
    Group => "GROUP", Contract => "CONTRACT", Complimentary => "COMPLIMENTARY",
});

/// A way to price nights.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RatePlan {
    pub id: RatePlanId,
    pub property_id: PropertyId,
    /// Unique in the property.
    pub code: String,
    pub name: String,
    pub description: Option<String>,
    /// That of the property.
    pub currency: String,
    /// At most one plan of a property is its default.
    pub is_default: bool,
    pub is_active: bool,
    /// By which its nights are reported; null: none was said.
    pub market_segment: Option<MarketSegment>,
    /// What holds for bookings at this plan; null: the default policy of the property.
    pub deposit_policy_id: Option<PolicyId>,
    pub cancellation_policy_id: Option<PolicyId>,
    pub no_show_policy_id: Option<PolicyId>,
    /// Where it has no price of its own, that of this plan counts, changed by `derivation`.
    pub parent_plan_id: Option<RatePlanId>,
    pub derivation: Option<Derivation>,
    /// Null: a night costs the same whoever sleeps there.
    pub occupancy: Option<Occupancy>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// What a new rate plan needs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRatePlan {
    /// Made by the server when absent.
    pub id: Option<RatePlanId>,
    pub property_id: PropertyId,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    pub code: String,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[schema(max_length = 4000)]
    pub description: Option<String>,
    /// The currency of the property, which is taken when absent.
    pub currency: Option<Currency>,
    /// `true` takes it from the plan that has it.
    pub is_default: Option<bool>,
    pub market_segment: Option<MarketSegment>,
    /// The default of the property when absent.
    pub deposit_policy_id: Option<PolicyId>,
    pub cancellation_policy_id: Option<PolicyId>,
    pub no_show_policy_id: Option<PolicyId>,
    /// Not a derived one itself.
    pub parent_plan_id: Option<RatePlanId>,
    /// Of a plan with a parent.
    pub derivation: Option<Derivation>,
    pub occupancy: Option<Occupancy>,
}

/// What may change of a rate plan.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RatePlanChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    pub code: Option<String>,
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub description: Option<Option<String>>,
    /// `true` takes it from the plan that has it.
    pub is_default: Option<bool>,
    /// `false` deactivates; the default plan cannot be.
    pub is_active: Option<bool>,
    /// Closed days keep what it was.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<MarketSegment>)]
    pub market_segment: Option<Option<MarketSegment>>,
    /// Null: the default of the property. It counts for what is booked from now on.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<PolicyId>)]
    pub deposit_policy_id: Option<Option<PolicyId>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<PolicyId>)]
    pub cancellation_policy_id: Option<Option<PolicyId>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<PolicyId>)]
    pub no_show_policy_id: Option<Option<PolicyId>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<RatePlanId>)]
    pub parent_plan_id: Option<Option<RatePlanId>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Derivation>)]
    pub derivation: Option<Option<Derivation>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Occupancy>)]
    pub occupancy: Option<Option<Occupancy>>,
}

crate::sql! {
    GET_RATE_PLAN = "select * from pms_rate_plans where tenant_id = $1 and id = $2";
    /// Plans that a plan is derived of, or that are derived of it.
    RELATED_PLANS = "
        select id, parent_plan_id from pms_rate_plans
        where tenant_id = $1 and property_id = $2 and (id = $3 or parent_plan_id = $4)";
    LOCK_RATE_PLAN = "select * from pms_rate_plans where tenant_id = $1 and id = $2 for no key update";
}

impl RatePlan {
    pub fn from_row(row: &Row) -> RatePlan {
        RatePlan {
            id: row.get("id"),
            property_id: row.get("property_id"),
            code: row.get("code"),
            name: row.get("name"),
            description: row.get("description"),
            currency: row.get("currency"),
            is_default: row.get("is_default"),
            is_active: row.get("is_active"),
            market_segment: row.get("market_segment"),
            deposit_policy_id: row.get("deposit_policy_id"),
            cancellation_policy_id: row.get("cancellation_policy_id"),
            no_show_policy_id: row.get("no_show_policy_id"),
            parent_plan_id: row.get("parent_plan_id"),
            derivation: row.get::<_, Option<Json<_>>>("derivation_json").map(|Json(it)| it),
            occupancy: row.get::<_, Option<Json<_>>>("occupancy_json").map(|Json(it)| it),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// The policies that it names, with their fields.
    pub(super) fn policies(&self) -> [(&'static str, PolicyKind, Option<PolicyId>); 3] {
        [
            ("depositPolicyId", PolicyKind::Deposit, self.deposit_policy_id),
            ("cancellationPolicyId", PolicyKind::Cancellation, self.cancellation_policy_id),
            ("noShowPolicyId", PolicyKind::NoShow, self.no_show_policy_id),
        ]
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.code("code", &self.code);
        faults.text("name", &self.name, 1, 200);
        faults.optional_text("description", self.description.as_deref(), 4000);
        match (self.parent_plan_id, &self.derivation) {
            (Some(_), None) => faults.add("derivation", "is required for a plan with a parent"),
            (None, Some(_)) => faults.add("derivation", "is for a plan with a parent"),
            (_, derivation) => {
                if let Some(derivation) = derivation {
                    derivation.check(faults, "derivation");
                }
            }
        }
        if let Some(occupancy) = &self.occupancy {
            occupancy.check(faults);
        }
    }
}

/// The parent of a plan is another plan of its property, and none that has a parent itself: so no plan is made of itself, however
/// far around. The operation holds the lock of the property.
pub(super) async fn check_parent(op: &mut Op, plan: &RatePlan, faults: &mut Faults) -> Result<()> {
    let Some(parent) = plan.parent_plan_id else { return Ok(()) };
    let rows = op.query(call!(RELATED_PLANS, op.tenant(), plan.property_id, parent, plan.id)).await?;
    let related = |row: &Row| -> (RatePlanId, Option<RatePlanId>) { (row.get(0), row.get(1)) };
    match rows.iter().map(related).find(|(id, _)| *id == parent) {
        _ if parent == plan.id => faults.add("parentPlanId", "must be another plan"),
        None => faults.add("parentPlanId", "does not exist in this property"),
        Some((_, Some(_))) => faults.add("parentPlanId", "must not be a derived plan itself"),
        Some((_, None)) => {}
    }
    if rows.iter().map(related).any(|(_, its_parent)| its_parent == Some(plan.id)) {
        faults.add("parentPlanId", "must be null: other plans are derived of this one");
    }
    Ok(())
}

/// The call that reads a rate plan.
pub fn get(tenant: TenantId, id: RatePlanId) -> Call {
    call!(GET_RATE_PLAN, tenant, id)
}

/// The call that locks a rate plan: whoever sets its prices holds it.
pub fn lock(tenant: TenantId, id: RatePlanId) -> Call {
    call!(LOCK_RATE_PLAN, tenant, id)
}

/// The rate plan in the rows of [`get`] or [`lock`].
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> std::result::Result<RatePlan, Refusal> {
    rows.first().map(RatePlan::from_row).ok_or_else(|| Refusal::not_found("rate plan"))
}
