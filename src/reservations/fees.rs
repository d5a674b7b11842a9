//! What it costs to give a reservation up: assessed by the policies that it was booked under, charged to its folio, and taken back when
//! it is reinstated.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Booking, Status};
use crate::{
    call,
    db::Result,
    folios::{
        self,
        credit::credit_in,
        ledger::{self, Line},
        model::{Entry, EntryType, Folio, FolioStatus},
        void::reversal,
    },
    kernel::{Cents, Code, Day, EntryId, PolicyId, Refusal, ReservationId},
    op::Op,
    policies::PolicyKind,
    properties::Property,
    taxes::{TaxLine, lines_beside_nights, model::AppliesTo},
};

crate::sql! {
    /// Where the routing of the stay sends it; else where the deposit is, so that the fee takes it: the folio with the most credit, and of
    /// several the oldest.
    FOLIO_FOR_FEE = "
        select f.* from pms_folios f
        where f.tenant_id = $1 and f.property_id = $2 and f.status = 'OPEN' and f.credit_note_number is null
          and (f.reservation_id = $3 and f.kind = 'GUEST' or f.id in (
            select folio_id from pms_folio_routes where tenant_id = $1 and reservation_id = $3 and entry_type = 'ADJUSTMENT'))
        order by exists (select from pms_folio_routes o where o.tenant_id = $1 and o.reservation_id = $3 and o.entry_type = 'ADJUSTMENT'
            and o.folio_id = f.id) desc, f.balance_cents, f.created_at, f.id
        limit 1 for no key update of f";
    /// A fee that was moved stands on another folio, as the last of its copies.
    STANDING_FEES = "
        with recursive fee as (
          select e.* from pms_folio_entries e
          where e.tenant_id = $1 and e.property_id = $2 and e.reservation_id = $3 and e.reverses_entry_id is null
            and (e.charge_kind like 'CANCELLATION:%' or e.charge_kind like 'NO_SHOW:%')
          union all
          select c.* from fee f join pms_folio_entries c
            on c.tenant_id = $1 and c.property_id = $2 and c.moved_from_entry_id = f.id
        )
        select * from fee where not exists (
          select from pms_folio_entries x
          where x.tenant_id = $1 and x.property_id = $2 and (x.reverses_entry_id = fee.id or x.credits_entry_id = fee.id))
        order by posted_at, id";
    /// The folios of the stay, and others that its fee was moved to.
    LOCK_FOLIOS_OF_FEE = "
        select * from pms_folios
        where tenant_id = $1 and property_id = $2 and (reservation_id = $3 or id in (
          with recursive fee as (
            select id, folio_id from pms_folio_entries
            where tenant_id = $1 and property_id = $2 and reservation_id = $3 and reverses_entry_id is null
              and (charge_kind like 'CANCELLATION:%' or charge_kind like 'NO_SHOW:%')
            union all
            select c.id, c.folio_id from fee f join pms_folio_entries c
              on c.tenant_id = $1 and c.property_id = $2 and c.moved_from_entry_id = f.id
          )
          select folio_id from fee))
        order by id for no key update";
}

/// What a cancellation or no-show costs, and the rule that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClosingFee {
    pub kind: PolicyKind,
    pub policy_id: PolicyId,
    pub policy_code: String,
    pub policy_name: String,
    /// The rule in words.
    pub rule: String,
    /// Of a cancellation: the last deadline that had passed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub after: Option<Timestamp>,
    /// Of a cancellation: the deadline up to which the rule counts.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    /// As the policy asks it: with inclusive taxes, without the others.
    pub amount_cents: Cents,
    /// By the tax rules that name CANCELLATION_FEE or NO_SHOW_FEE.
    pub taxes: Vec<TaxLine>,
    /// What the guest pays.
    pub total_cents: Cents,
    /// Nothing was charged, by decision of the house.
    pub is_waived: bool,
}

/// What becomes of the fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeChoice {
    /// It is charged; a total other than the one that was shown is refused.
    ByPolicy {
        expected: Option<Cents>,
    },
    Waived,
    /// There is none: nobody decided to give the stay up, or it happened elsewhere.
    Nothing,
}

/// What it would cost now. `None`: no policy asks for anything, or it is a hold, which costs nothing.
pub fn assess(booking: &Booking, kind: PolicyKind, property: &Property, now: Timestamp) -> Option<ClosingFee> {
    let r = &booking.reservation;
    if r.status == Status::Hold {
        return None;
    }
    let asked = booking.policies.asked(kind, r.check_in_date, &property.timezone, now, &r.currency)?;
    let nights: Vec<Cents> = booking.nights.iter().filter(|n| !n.is_released).map(|n| n.price_cents).collect();
    let amount_cents = asked.amount.of(&nights);
    let what = if kind == PolicyKind::NoShow { AppliesTo::NoShowFee } else { AppliesTo::CancellationFee };
    let taxes = lines_beside_nights(&booking.tax_rules, what, amount_cents, property.business_date);
    let on_top: Cents = taxes.iter().filter(|tax| !tax.is_inclusive).map(|tax| tax.amount_cents).sum();
    Some(ClosingFee {
        kind,
        policy_id: asked.policy.policy_id,
        policy_code: asked.policy.code.clone(),
        policy_name: asked.policy.name.clone(),
        rule: asked.rule,
        after: asked.after,
        until: asked.until,
        amount_cents,
        total_cents: amount_cents + on_top,
        taxes,
        is_waived: false,
    })
}

/// The fee as it is decided.
///
/// Errors: CONCURRENCY_CONFLICT when it is not the one that was shown.
pub fn chosen(
    before: &Booking,
    to: Status,
    property: &Property,
    now: Timestamp,
    choice: FeeChoice,
) -> Result<Option<ClosingFee>, Refusal> {
    let kind = if to == Status::NoShow { PolicyKind::NoShow } else { PolicyKind::Cancellation };
    let fee = if choice == FeeChoice::Nothing { None } else { assess(before, kind, property, now) };
    if let FeeChoice::ByPolicy { expected: Some(expected) } = choice {
        let total = fee.as_ref().map_or(Cents(0), |fee| fee.total_cents);
        if total != expected {
            let message = format!("The fee is {} minor units now, and not {}.", total.0, expected.0);
            let facts = serde_json::json!({ "closingFee": fee });
            return Err(Refusal::new(Code::ConcurrencyConflict, message).facts(facts));
        }
    }
    Ok(fee.map(|fee| ClosingFee { is_waived: choice == FeeChoice::Waived, ..fee }))
}

/// A fee that will be charged, with the folio that takes it, locked.
pub struct Charge {
    fee: ClosingFee,
    folio: Option<Folio>,
}

impl Charge {
    /// `None`: there is nothing to charge.
    pub async fn prepare(op: &mut Op, after: &Booking) -> Result<Option<Charge>> {
        let r = &after.reservation;
        let Some(fee) = r.closing_fee.clone().filter(|fee| !fee.is_waived && fee.amount_cents > Cents(0)) else {
            return Ok(None);
        };
        let rows = op.query(call!(FOLIO_FOR_FEE, op.tenant(), r.property_id, r.id)).await?;
        Ok(Some(Charge { fee, folio: rows.first().map(Folio::from_row) }))
    }

    /// Queues the fee with its taxes on the business date. The version of the reservation stands in the kind of the charge, which the
    /// database takes once.
    pub async fn post(self, op: &mut Op, property: &Property, after: &Booking) -> Result<()> {
        let r = &after.reservation;
        let (kind, description) = match self.fee.kind {
            PolicyKind::NoShow => ("NO_SHOW", "No-show fee"),
            _ => ("CANCELLATION", "Cancellation fee"),
        };
        let (kind, day) = (format!("{kind}:{}", r.version), property.business_date);
        let included: Cents = self.fee.taxes.iter().filter(|t| t.is_inclusive).map(|t| t.amount_cents).sum();
        let charge = Line::new(EntryType::Adjustment, description, self.fee.amount_cents - included, day);
        let taxes = Line::taxes(&self.fee.taxes, day);
        let lines = std::iter::once(charge).chain(taxes).map(|line| {
            let charge_kind = line.tax_code.as_ref().map_or(kind.clone(), |code| format!("{kind}:{code}"));
            Line { charge_kind: Some(charge_kind), reservation_id: Some(r.id), ..line }
        });
        let lines = lines.collect();
        let folio = match self.folio {
            Some(folio) => folio,
            None => new_folio(op, property, r.id).await?,
        };
        ledger::post(op, vec![(folio, lines)], "closing_fee_charged");
        Ok(())
    }
}

/// Another folio for a stay whose folios are all closed.
async fn new_folio(op: &mut Op, property: &Property, reservation: ReservationId) -> Result<Folio> {
    let id = folios::open(op, property.id, reservation, &property.currency);
    let rows = op.query(call!(ledger::LOCK_FOLIOS, op.tenant(), vec![id])).await?;
    Ok(rows.first().map(Folio::from_row).ok_or_else(|| Refusal::not_found("folio"))?)
}

/// A fee that stands, with the folios that it is taken back on, locked.
pub struct Reversal {
    standing: Vec<Entry>,
    folios: Vec<Folio>,
}

impl Reversal {
    /// Errors: CONCURRENCY_CONFLICT when somebody moves the fee to another folio just now.
    pub async fn find(op: &mut Op, property: &Property, reservation: ReservationId) -> Result<Reversal> {
        let (tenant, property) = (op.tenant(), property.id);
        let [folios, standing] = op
            .run([call!(LOCK_FOLIOS_OF_FEE, tenant, property, reservation), call!(STANDING_FEES, tenant, property, reservation)])
            .await?;
        let (folios, standing): (Vec<Folio>, _) = (folios.iter().map(Folio::from_row).collect(), ledger::entries(&standing));
        if standing.iter().any(|entry| !folios.iter().any(|folio| folio.id == entry.folio_id)) {
            return Err(Refusal::new(Code::ConcurrencyConflict, "Somebody moves the fee of this stay. Try again.").into());
        }
        Ok(Reversal { standing, folios })
    }

    /// Queues the reversals on the business date, each on the folio of its entry. What was invoiced is taken back by a credit note: the
    /// closed folio never changes.
    pub async fn post(self, op: &mut Op, property: &Property) -> Result<()> {
        let on = property.business_date;
        let mut lines: Vec<(Folio, Vec<Line>)> = Vec::new();
        for folio in self.folios {
            let own: Vec<&Entry> = self.standing.iter().filter(|entry| entry.folio_id == folio.id).collect();
            if own.is_empty() {
                continue;
            }
            if folio.status == FolioStatus::Open {
                let taken_back = own.into_iter().map(|entry| taken_back(entry, on)).collect();
                lines.push((folio, taken_back));
            } else {
                let ids: Vec<EntryId> = own.iter().map(|entry| entry.id).collect();
                credit_in(op, on, &folio, Some(&ids), "Reinstated".into()).await?;
            }
        }
        if !lines.is_empty() {
            ledger::post(op, lines, "closing_fee_reversed");
        }
        Ok(())
    }
}

fn taken_back(entry: &Entry, on: Day) -> Line {
    reversal(entry, &format!("Reinstated: {}", entry.description), on)
}
