//! The policies of the two houses, and which rate plan has which.

use jiff::civil::Time;

use super::plan::Kind;
use crate::{
    db::Result,
    kernel::{PolicyId, PropertyId},
    op::Op,
    policies::{
        PolicyAmount, PolicyKind,
        create::{NewPolicy, create_in},
        model::{AmountKind, CancellationTerms, DepositTerms, NoShowTerms, Tier, TierUnit},
    },
};

/// What the plan for early bookers names; the other plans have the defaults.
pub(super) struct Strict {
    pub deposit: PolicyId,
    pub cancellation: PolicyId,
    pub no_show: PolicyId,
}

fn amount(kind: AmountKind) -> PolicyAmount {
    PolicyAmount { kind, percent: None, nights: None, amount_cents: None }
}

fn first_night() -> PolicyAmount {
    PolicyAmount { nights: Some(1), ..amount(AmountKind::Nights) }
}

fn until(days: i32, fee: PolicyAmount) -> Tier {
    Tier { unit: TierUnit::Days, before: days, at: Time::constant(18, 0, 0, 0), fee }
}

/// A resort takes the first night ahead and half of the stay when it is late; a hotel in the city asks for nothing until the day before.
pub(super) async fn build(op: &mut Op, kind: Kind, property: PropertyId) -> Result<Strict> {
    let new = |kind: PolicyKind, code: &str, name: &str, is_default: bool| NewPolicy {
        id: None,
        property_id: property,
        kind,
        code: code.into(),
        name: name.into(),
        guest_text: None,
        deposit: None,
        cancellation: None,
        no_show: None,
        is_default: Some(is_default),
    };
    let whole = amount(AmountKind::WholeStay);
    let half = PolicyAmount { percent: "50".parse().ok(), ..amount(AmountKind::Percent) };
    let free = amount(AmountKind::Nothing);
    let tiers = match kind {
        Kind::Resort => vec![until(14, free), until(2, first_night())],
        Kind::City => vec![until(1, free)],
    };
    let afterwards = if kind == Kind::Resort { half } else { first_night() };
    let flexible = CancellationTerms { tiers, afterwards };
    let none = CancellationTerms { tiers: Vec::new(), afterwards: whole };
    if kind == Kind::Resort {
        let deposit = DepositTerms { amount: first_night(), days_before_arrival: Some(14) };
        create_in(op, NewPolicy { deposit: Some(deposit), ..new(PolicyKind::Deposit, "NIGHT", "First night ahead", true) })
            .await?;
    }
    let flexible = NewPolicy { cancellation: Some(flexible), ..new(PolicyKind::Cancellation, "FLEX", "Flexible", true) };
    create_in(op, flexible).await?;
    let one = NoShowTerms { fee: first_night() };
    create_in(op, NewPolicy { no_show: Some(one), ..new(PolicyKind::NoShow, "NOSHOW1", "First night", true) }).await?;

    let deposit = DepositTerms { amount: whole, days_before_arrival: None };
    let deposit = NewPolicy { deposit: Some(deposit), ..new(PolicyKind::Deposit, "PREPAID", "Paid at booking", false) };
    let none = NewPolicy { cancellation: Some(none), ..new(PolicyKind::Cancellation, "NONREF", "Not refundable", false) };
    let all = NoShowTerms { fee: whole };
    let all = NewPolicy { no_show: Some(all), ..new(PolicyKind::NoShow, "NOSHOWALL", "Whole stay", false) };
    Ok(Strict {
        deposit: create_in(op, deposit).await?.id,
        cancellation: create_in(op, none).await?.id,
        no_show: create_in(op, all).await?.id,
    })
}
