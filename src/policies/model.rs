use jiff::{Timestamp, civil::Time};
use serde::{Deserialize, Serialize};
use tokio_postgres::{Row, types::Json};
use utoipa::ToSchema;

use super::words;
use crate::{
    call,
    db::{Call, Result},
    kernel::{Cents, Faults, PolicyId, PropertyId, Refusal, TenantId},
    op::Op,
    taxes::model::Percent,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PolicyKind {
    Deposit,
    Cancellation,
    NoShow,
}

crate::text_enum!(PolicyKind { Deposit => "DEPOSIT", Cancellation => "CANCELLATION", NoShow => "NO_SHOW" });

/// How an amount of a policy is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AmountKind {
    Nothing,
    Percent,
    /// The first nights.
    Nights,
    Fixed,
    WholeStay,
}

/// A part of what a stay costs, or a fixed amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyAmount {
    pub kind: AmountKind,
    /// Of PERCENT: of the stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "50")]
    pub percent: Option<Percent>,
    /// Of NIGHTS: how many, the first ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 365)]
    pub nights: Option<i32>,
    /// Of FIXED, in the currency of the property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 10_000_000_000_i64)]
    pub amount_cents: Option<Cents>,
}

/// What is paid ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DepositTerms {
    /// Of the stay with its taxes and fees.
    pub amount: PolicyAmount,
    /// Null: it is due at booking.
    #[schema(minimum = 0, maximum = 730)]
    pub days_before_arrival: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TierUnit {
    /// Days of the calendar, and the hour of that day.
    Days,
    /// Hours that pass, back from the hour of the day of arrival.
    Hours,
}

/// A deadline, and what a cancellation costs up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tier {
    pub unit: TierUnit,
    /// How many of them before the arrival: 0 to 730 days, or 0 to 17520 hours.
    #[schema(minimum = 0, maximum = 17520)]
    pub before: i32,
    /// In the zone of the property.
    #[schema(value_type = String, example = "18:00")]
    pub at: Time,
    /// Of the nights at their prices; taxes come to it by the tax rules that name CANCELLATION_FEE.
    pub fee: PolicyAmount,
}

/// What a cancellation costs, the longer before the arrival the less: the first deadline that has not passed counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancellationTerms {
    /// At most ten, each later than the one before; none: `afterwards` always counts.
    #[schema(max_items = 10)]
    pub tiers: Vec<Tier>,
    /// Once all deadlines have passed.
    pub afterwards: PolicyAmount,
}

/// What it costs not to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoShowTerms {
    /// Of the nights at their prices; taxes come to it by the tax rules that name NO_SHOW_FEE.
    pub fee: PolicyAmount,
}

/// The terms of a policy: those of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTerms {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<DepositTerms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancellation: Option<CancellationTerms>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_show: Option<NoShowTerms>,
}

/// A named policy of a property.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    pub id: PolicyId,
    pub property_id: PropertyId,
    pub kind: PolicyKind,
    /// Unique in the property.
    pub code: String,
    pub name: String,
    /// What a guest is told, in the words of the house; null: `text` is made of the terms.
    pub guest_text: Option<String>,
    /// What a guest is told.
    pub text: String,
    #[serde(flatten)]
    pub terms: PolicyTerms,
    /// Of its kind, for the rate plans that name none.
    pub is_default: bool,
    pub is_active: bool,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

crate::sql! {
    GET_POLICY = "
        select p.*, h.currency from pms_policies p join pms_properties h on h.tenant_id = $1 and h.id = p.property_id
        where p.tenant_id = $1 and p.id = $2";
    LOCK_POLICY = "
        select p.*, h.currency from pms_policies p join pms_properties h on h.tenant_id = $1 and h.id = p.property_id
        where p.tenant_id = $1 and p.id = $2 for no key update of p";
    /// Whoever deactivates one waits until the plan that names it is written.
    NAMED_POLICIES = "
        select id, kind, is_active from pms_policies where tenant_id = $1 and property_id = $2 and id = any($3) order by id for share";
}

impl Policy {
    /// Columns of `pms_policies` and the `currency` of the property.
    pub fn from_row(row: &Row) -> Policy {
        let mut policy = Policy {
            id: row.get("id"),
            property_id: row.get("property_id"),
            kind: row.get("kind"),
            code: row.get("code"),
            name: row.get("name"),
            guest_text: row.get("guest_text"),
            text: String::new(),
            terms: row.get::<_, Json<PolicyTerms>>("terms_json").0,
            is_default: row.get("is_default"),
            is_active: row.get("is_active"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        };
        policy.say(row.get("currency"));
        policy
    }

    /// Puts into words what a guest is told.
    pub fn say(&mut self, currency: &str) {
        self.text = self.guest_text.clone().unwrap_or_else(|| words::of(&self.terms, currency));
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.code("code", &self.code);
        faults.text("name", &self.name, 1, 200);
        faults.optional_text("guestText", self.guest_text.as_deref(), 4000);
        self.terms.check(self.kind, faults);
    }
}

impl PolicyTerms {
    fn check(&self, kind: PolicyKind, faults: &mut Faults) {
        let given = [
            (PolicyKind::Deposit, "deposit", self.deposit.is_some()),
            (PolicyKind::Cancellation, "cancellation", self.cancellation.is_some()),
            (PolicyKind::NoShow, "noShow", self.no_show.is_some()),
        ];
        for (of, field, is_given) in given {
            match (of == kind, is_given) {
                (true, false) => faults.add(field, format!("is required for {kind}")),
                (false, true) => faults.add(field, format!("is not for {kind}")),
                _ => {}
            }
        }
        if let Some(deposit) = &self.deposit {
            if deposit.amount.kind == AmountKind::Nothing {
                faults.add("deposit.amount.kind", "must ask for something");
            }
            deposit.amount.check("deposit.amount", faults);
            if let Some(days) = deposit.days_before_arrival {
                faults.range("deposit.daysBeforeArrival", days, 0, 730);
            }
        }
        if let Some(cancellation) = &self.cancellation {
            cancellation.check(faults);
        }
        if let Some(no_show) = &self.no_show {
            no_show.fee.check("noShow.fee", faults);
        }
    }
}

impl CancellationTerms {
    fn check(&self, faults: &mut Faults) {
        if self.tiers.len() > 10 {
            return faults.add("cancellation.tiers", "must be at most ten");
        }
        for (n, tier) in self.tiers.iter().enumerate() {
            let field = |name: &str| format!("cancellation.tiers[{n}].{name}");
            let most = if tier.unit == TierUnit::Days { 730 } else { 17_520 };
            faults.range(&field("before"), tier.before, 0, most);
            tier.fee.check(&field("fee"), faults);
            if n > 0 && self.tiers[n - 1].minutes_before() <= tier.minutes_before() {
                faults.add(field("before"), "must be a deadline later than the one before it");
            }
        }
        self.afterwards.check("cancellation.afterwards", faults);
    }
}

impl Tier {
    /// How long before the midnight that begins the day of arrival, on days of 24 hours: to compare two deadlines.
    fn minutes_before(&self) -> i32 {
        let unit = if self.unit == TierUnit::Days { 24 * 60 } else { 60 };
        self.before.clamp(0, 20_000) * unit - i32::from(self.at.hour()) * 60 - i32::from(self.at.minute())
    }
}

impl PolicyAmount {
    fn check(&self, field: &str, faults: &mut Faults) {
        use AmountKind::*;
        let given = [
            (Percent, "percent", self.percent.is_some()),
            (Nights, "nights", self.nights.is_some()),
            (Fixed, "amountCents", self.amount_cents.is_some()),
        ];
        for (of, name, is_given) in given {
            match (of == self.kind, is_given) {
                (true, false) => faults.add(format!("{field}.{name}"), "is required for this kind"),
                (false, true) => faults.add(format!("{field}.{name}"), "is not for this kind"),
                _ => {}
            }
        }
        if self.percent.is_some_and(|p| p.micros() == 0) {
            faults.add(format!("{field}.percent"), "must be above 0; for nothing there is NOTHING");
        }
        if let Some(nights) = self.nights {
            faults.range(&format!("{field}.nights"), nights, 1, 365);
        }
        if let Some(amount) = self.amount_cents {
            faults.range(&format!("{field}.amountCents"), amount.0, 1, Cents::MAX_NIGHT.0);
        }
    }
}

/// The call that reads a policy.
pub fn get(tenant: TenantId, id: PolicyId) -> Call {
    call!(GET_POLICY, tenant, id)
}

/// The call that locks it.
pub fn lock(tenant: TenantId, id: PolicyId) -> Call {
    call!(LOCK_POLICY, tenant, id)
}

/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<Policy, Refusal> {
    rows.first().map(Policy::from_row).ok_or_else(|| Refusal::not_found("policy"))
}

/// The policies that a rate plan names, and the fields in which it does: each is one of the property, of its kind, and active.
pub async fn check_named(
    op: &mut Op,
    property: PropertyId,
    named: [(&'static str, PolicyKind, Option<PolicyId>); 3],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<PolicyId> = named.iter().filter_map(|(_, _, id)| *id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let rows = op.query(call!(NAMED_POLICIES, op.tenant(), property, ids)).await?;
    for (field, kind, id) in named {
        let Some(id) = id else { continue };
        match rows.iter().find(|row| row.get::<_, PolicyId>(0) == id) {
            None => faults.add(field, "does not exist in this property"),
            Some(row) if row.get::<_, PolicyKind>(1) != kind => faults.add(field, format!("must be a policy of the kind {kind}")),
            Some(row) if !row.get::<_, bool>(2) => faults.add(field, "is not active"),
            Some(_) => {}
        }
    }
    Ok(())
}
