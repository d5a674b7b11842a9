use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    ledger::{self, Line},
    model::{EntryType, Folio, Method, Statement},
    routing,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{
        AppState, Data, May, Path, Write,
        permission::{FolioPostCharges, FolioPostPayments},
    },
    kernel::{Cents, Day, Faults, FolioId, Refusal},
    op::Op,
    taxes::{self, TaxRule, lines_beside_nights, model::AppliesTo},
};

crate::sql! {
    PAID_INTO = "
        select coalesce(-sum(e.amount_cents), 0)::bigint from pms_folios f join pms_folio_entries e
          on e.tenant_id = $1 and e.property_id = f.property_id and e.folio_id = f.id and e.entry_type in ('PAYMENT', 'REFUND')
        where f.tenant_id = $1 and f.id = $2";
    /// What the gateway is giving back, or gave back, without a word of it in the ledger yet.
    REFUNDS_UNDER_WAY = "
        select coalesce(sum(i.amount_cents), 0)::bigint from pms_folios f join pms_payment_intents i
          on i.tenant_id = $1 and i.property_id = f.property_id and i.folio_id = f.id
          and i.kind = 'REFUND' and i.status in ('PENDING', 'SETTLED_UNPOSTED')
        where f.tenant_id = $1 and f.id = $2";
}

/// A charge, or a discount.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCharge {
    /// `ROOM_CHARGE`, `FEE`, `TAX` or `ADJUSTMENT`; the last when absent.
    pub entry_type: Option<EntryType>,
    #[schema(min_length = 1, max_length = 200, example = "Minibar")]
    pub description: String,
    /// Above zero; an ADJUSTMENT below zero is a discount.
    #[schema(minimum = -10_000_000_000_i64, maximum = 10_000_000_000_i64)]
    pub amount_cents: Cents,
    #[schema(max_length = 200)]
    pub source_ref: Option<String>,
    /// `false`: it stays on this folio, whatever the routing of the stay says.
    pub is_routed: Option<bool>,
}

/// Money that comes, or goes back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPayment {
    pub method: Method,
    /// Above zero, in the folio's currency.
    #[schema(minimum = 1, maximum = 10_000_000_000_i64)]
    pub amount_cents: Cents,
    #[schema(max_length = 200)]
    pub description: Option<String>,
    /// Of the card terminal, the bank, the receipt.
    #[schema(max_length = 200)]
    pub source_ref: Option<String>,
    /// Must be the folio's when given.
    #[schema(example = "EUR")]
    pub currency: Option<String>,
}

/// Posts a charge or a discount on the business date, to where the routing of the stay sends its type; the answer is the folio that has it.
#[utoipa::path(post, path = "/folios/{id}/charges", tag = "folios", params(("id" = FolioId, Path)), request_body = NewCharge,
    responses((status = 201, description = "The folio with the new entry.", body = Data<Statement>)))]
pub async fn charge(
    State(app): State<AppState>,
    actor: May<FolioPostCharges>,
    Path(id): Path<FolioId>,
    write: Write<NewCharge>,
) -> Result<Reply> {
    let new = write.body;
    let entry_type = new.entry_type.unwrap_or(EntryType::Adjustment);
    let mut faults = Faults::default();
    faults.text("description", &new.description, 1, 200);
    faults.optional_text("sourceRef", new.source_ref.as_deref(), 200);
    match entry_type {
        EntryType::Payment | EntryType::Refund => faults.add("entryType", "must be ROOM_CHARGE, FEE, TAX or ADJUSTMENT"),
        EntryType::Adjustment if new.amount_cents == Cents(0) => faults.add("amountCents", "must not be zero"),
        EntryType::Adjustment => faults.range("amountCents", new.amount_cents.0, -Cents::MAX_NIGHT.0, Cents::MAX_NIGHT.0),
        _ => faults.range("amountCents", new.amount_cents.0, 1, Cents::MAX_NIGHT.0),
    }
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let from = routing::target_of(&mut op, &actor, id, entry_type, new.is_routed.unwrap_or(true)).await?;
    let ([folio], property) = ledger::lock(&mut op, &actor, [from.folio]).await?;
    ledger::demand_chargeable(&folio)?;
    let rules = op.query(taxes::model::active(op.tenant(), property.id)).await?;
    let rules: Vec<TaxRule> = rules.iter().map(TaxRule::from_row).collect();
    let mut lines = taxed(new, entry_type, &rules, property.business_date);
    // On an account it still says whose stay it is of.
    lines.iter_mut().for_each(|line| line.reservation_id = from.reservation);
    let statement = posted(&mut op, folio, lines, "charged");
    op.commit(201, &statement).await
}

/// Records a payment on the business date.
#[utoipa::path(post, path = "/folios/{id}/payments", tag = "folios", params(("id" = FolioId, Path)), request_body = NewPayment,
    responses((status = 201, description = "The folio with the new entry.", body = Data<Statement>)))]
pub async fn pay(
    State(app): State<AppState>,
    actor: May<FolioPostPayments>,
    Path(id): Path<FolioId>,
    write: Write<NewPayment>,
) -> Result<Reply> {
    check(&write.body)?;

    let mut op = app.begin(&actor, write.key).await?;
    let ([folio], property) = ledger::lock(&mut op, &actor, [id]).await?;
    demand_currency(&folio, &write.body)?;
    ledger::demand_chargeable(&folio)?;
    let amount = Cents(0) - write.body.amount_cents;
    let line = money(write.body, EntryType::Payment, amount, "Payment", property.business_date);
    let statement = posted(&mut op, folio, vec![line], "paid");
    op.commit(201, &statement).await
}

/// Gives money back: at most what was paid into the folio, or credited by the credit note, and not given back yet.
#[utoipa::path(post, path = "/folios/{id}/refunds", tag = "folios", params(("id" = FolioId, Path)), request_body = NewPayment,
    responses((status = 201, description = "The folio with the new entry.", body = Data<Statement>)))]
pub async fn refund(
    State(app): State<AppState>,
    actor: May<FolioPostPayments>,
    Path(id): Path<FolioId>,
    write: Write<NewPayment>,
) -> Result<Reply> {
    check(&write.body)?;

    let mut op = app.begin(&actor, write.key).await?;
    let ([folio], property) = ledger::lock(&mut op, &actor, [id]).await?;
    demand_currency(&folio, &write.body)?;
    demand_refundable(&mut op, &folio, write.body.amount_cents).await?;
    let amount = write.body.amount_cents;
    let line = money(write.body, EntryType::Refund, amount, "Refund", property.business_date);
    let statement = posted(&mut op, folio, vec![line], "refunded");
    op.commit(201, &statement).await
}

/// Errors: FOLIO_NOT_OPEN; `amountCents` above what is left of the payments of a locked folio, or of a credit note's credit.
pub(crate) async fn demand_refundable(op: &mut Op, folio: &Folio, amount: Cents) -> Result<()> {
    ledger::demand_open(folio)?;
    let calls = [call!(PAID_INTO, op.tenant(), folio.id), call!(REFUNDS_UNDER_WAY, op.tenant(), folio.id)];
    let [paid, under_way] = op.run(calls).await?.map(|rows| rows[0].get::<_, Cents>(0));
    let (most, of) = match folio.credit_note_number {
        Some(_) => (Cents(0) - folio.balance_cents - under_way, "credit"),
        None => (paid - under_way, "payments"),
    };
    if amount > most {
        return Err(Refusal::invalid("amountCents", format!("must be at most what is left of the {of}, {}", most.0)).into());
    }
    Ok(())
}

fn check(new: &NewPayment) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.range("amountCents", new.amount_cents.0, 1, Cents::MAX_NIGHT.0);
    faults.optional_text("description", new.description.as_deref(), 200);
    faults.optional_text("sourceRef", new.source_ref.as_deref(), 200);
    faults.finish()
}

fn demand_currency(folio: &Folio, new: &NewPayment) -> Result<(), Refusal> {
    match &new.currency {
        Some(currency) if *currency != folio.currency => {
            Err(Refusal::invalid("currency", format!("must be {}, the folio's", folio.currency)))
        }
        _ => Ok(()),
    }
}

fn money(new: NewPayment, entry_type: EntryType, amount: Cents, plain: &str, on: Day) -> Line {
    let described = new.description.map(|d| d.trim().to_string()).filter(|d| !d.is_empty());
    Line {
        method: Some(new.method),
        source_ref: new.source_ref,
        ..Line::new(entry_type, described.unwrap_or_else(|| plain.to_string()), amount, on)
    }
}

/// The charge and its taxes. The amount is what the guest is told, so inclusive taxes are taken out of it.
fn taxed(new: NewCharge, entry_type: EntryType, rules: &[TaxRule], day: Day) -> Vec<Line> {
    let what = match entry_type {
        EntryType::RoomCharge => Some(AppliesTo::RoomCharge),
        EntryType::Adjustment => Some(AppliesTo::Adjustment),
        _ => None,
    };
    let taxes = what.map_or(Vec::new(), |what| lines_beside_nights(rules, what, new.amount_cents, day));
    let included = taxes.iter().filter(|t| t.is_inclusive).map(|t| t.amount_cents).sum();
    let charge =
        Line { source_ref: new.source_ref, ..Line::new(entry_type, new.description.trim(), new.amount_cents - included, day) };
    std::iter::once(charge).chain(Line::taxes(&taxes, day)).collect()
}

/// Queues lines; the folio with those lines alone.
fn posted(op: &mut Op, folio: Folio, lines: Vec<Line>, verb: &'static str) -> Statement {
    let (folio, entries) = ledger::post(op, vec![(folio, lines)], verb).remove(0);
    Statement { folio, entries }
}
