//! The policies of a booking, as they were when it was made.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::{Row, types::Json};
use utoipa::ToSchema;

use super::{
    model::{CancellationTerms, DepositTerms, NoShowTerms, Policy, PolicyAmount, PolicyKind},
    rules::zone,
    words,
};
use crate::{
    call,
    db::Call,
    kernel::{Cents, Day, PolicyId, PropertyId, RatePlanId, TenantId},
};

crate::sql! {
    /// Those that the plan names, or else the defaults of the property. The plan given, or the default one.
    POLICIES_IN_FORCE = "
        select p.*, h.currency
        from pms_rate_plans r join pms_properties h on h.tenant_id = $1 and h.id = r.property_id
        cross join lateral (values ('DEPOSIT', r.deposit_policy_id), ('CANCELLATION', r.cancellation_policy_id),
          ('NO_SHOW', r.no_show_policy_id)) as named (kind, id)
        join pms_policies p on p.tenant_id = $1 and p.property_id = r.property_id and p.kind = named.kind
          and (p.id = named.id or named.id is null and p.is_default)
        where r.tenant_id = $1 and r.property_id = $2 and (r.id = $3 or ($3 is null and r.is_default))";
}

/// Which policy it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyName {
    pub policy_id: PolicyId,
    pub code: String,
    pub name: String,
    /// What the guest was told.
    pub text: String,
    /// In the words of the house; otherwise it only says what the terms say.
    pub is_own_words: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrozenDeposit {
    #[serde(flatten)]
    pub policy: PolicyName,
    pub terms: DepositTerms,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrozenCancellation {
    #[serde(flatten)]
    pub policy: PolicyName,
    pub terms: CancellationTerms,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrozenNoShow {
    #[serde(flatten)]
    pub policy: PolicyName,
    pub terms: NoShowTerms,
}

/// The policies that a booking was made under. One that is absent asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrozenPolicies {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub deposit: Option<FrozenDeposit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub cancellation: Option<FrozenCancellation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub no_show: Option<FrozenNoShow>,
}

/// The call for [`FrozenPolicies::in_force`].
pub fn call(tenant: TenantId, property: PropertyId, plan: Option<RatePlanId>) -> Call {
    call!(POLICIES_IN_FORCE, tenant, property, plan)
}

/// What a policy asks for at some time, and the rule that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    pub policy: &'a PolicyName,
    /// In words.
    pub rule: String,
    pub amount: PolicyAmount,
    /// The last deadline that had passed.
    pub after: Option<Timestamp>,
    /// Up to when it is asked.
    pub until: Option<Timestamp>,
}

impl FrozenPolicies {
    /// As they are now.
    pub fn in_force(rows: &[Row]) -> FrozenPolicies {
        let mut frozen = FrozenPolicies::default();
        for Policy { id, code, name, text, terms, guest_text, .. } in rows.iter().map(Policy::from_row) {
            let policy = PolicyName { policy_id: id, code, name, text, is_own_words: guest_text.is_some() };
            match (terms.deposit, terms.cancellation, terms.no_show) {
                (Some(terms), ..) => frozen.deposit = Some(FrozenDeposit { policy, terms }),
                (_, Some(terms), _) => frozen.cancellation = Some(FrozenCancellation { policy, terms }),
                (.., Some(terms)) => frozen.no_show = Some(FrozenNoShow { policy, terms }),
                _ => {}
            }
        }
        frozen
    }

    /// As they were frozen: the column `policies_json`.
    pub fn from_row(row: &Row) -> FrozenPolicies {
        row.get::<_, Json<FrozenPolicies>>("policies_json").0
    }

    /// The deposit of nights that cost so much with taxes and fees, and when it is due; none when nothing is asked.
    pub fn deposit_of(&self, nights: &[Cents], booked_on: Day, arrival: Day) -> Option<(Cents, Day)> {
        let terms = &self.deposit.as_ref()?.terms;
        let asked = terms.asked(nights);
        (asked > Cents(0)).then(|| (asked, terms.due_on(booked_on, arrival)))
    }

    /// What a cancellation at an instant, or a no-show, costs by its policy.
    pub fn asked(&self, kind: PolicyKind, arrival: Day, timezone: &str, now: Timestamp, currency: &str) -> Option<Asked<'_>> {
        match kind {
            PolicyKind::Deposit => None,
            PolicyKind::Cancellation => {
                let FrozenCancellation { policy, terms } = self.cancellation.as_ref()?;
                let step = terms.step_at(arrival, &zone(timezone), now);
                let rule = words::step(&step, currency);
                Some(Asked { policy, rule, amount: step.fee, after: step.after, until: step.until })
            }
            PolicyKind::NoShow => {
                let FrozenNoShow { policy, terms } = self.no_show.as_ref()?;
                Some(Asked { policy, rule: words::no_show(terms, currency), amount: terms.fee, after: None, until: None })
            }
        }
    }
}
