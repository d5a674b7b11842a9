use std::collections::HashSet;

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    bill::standing,
    head,
    ledger::{self, Line},
    model::{Entry, Folio, FolioStatus, Statement},
    read::entries_of,
    void::{dated, demand_standing, with_taxes},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::FolioCredit},
    kernel::{Cents, Code, Day, EntryId, Faults, FolioId, Refusal},
    op::{Change, Op},
};

crate::sql! {
    INSERT_CREDIT_NOTE = "
        insert into pms_folios
          (tenant_id, id, property_id, reservation_id, kind, name, currency, bill_to_json, credits_folio_id, credit_note_number,
           credit_reason, created_at, created_by, updated_at, updated_by)
        select $1, $2, f.property_id, f.reservation_id, f.kind, f.name, f.currency, f.bill_to_json, f.id, $4, $5, $6, $7, $6, $7
        from pms_folios f where f.tenant_id = $1 and f.id = $3";
    /// The head of the invoice, with its number: the paper of the credit note is made out to the same.
    ISSUE_CREDIT_NOTE = "update pms_folios set issued_json = $3 where tenant_id = $1 and id = $2";
    CREDITED_OF = "
        select e.credits_entry_id, e.amount_cents from pms_folios f join pms_folio_entries e
          on e.tenant_id = $1 and e.property_id = f.property_id and e.folio_id = f.id and e.credits_entry_id is not null
        where f.tenant_id = $1 and f.property_id = (select property_id from pms_folios where tenant_id = $1 and id = $2)
          and f.credits_folio_id = $2";
}

/// What of an invoice is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCreditNote {
    #[schema(min_length = 1, max_length = 200)]
    pub reason: String,
    /// Charges of the invoice, with their taxes; all that were not credited yet when absent.
    #[schema(min_items = 1, max_items = 500)]
    pub entry_ids: Option<Vec<EntryId>>,
}

/// Takes back charges of an invoiced folio, each once: a document of its own with a number of its own, whose credit is refunded.
/// The closed folio stays as it is.
#[utoipa::path(post, path = "/folios/{id}/credit-note", tag = "folios", params(("id" = FolioId, Path)), request_body = NewCreditNote,
    responses((status = 201, description = "The credit note, with its entries.", body = Data<Statement>)))]
pub async fn credit(
    State(app): State<AppState>,
    actor: May<FolioCredit>,
    Path(id): Path<FolioId>,
    write: Write<NewCreditNote>,
) -> Result<Reply> {
    let chosen = check(&write.body)?;
    let reason = write.body.reason.trim().to_string();

    let mut op = app.begin(&actor, write.key).await?;
    // The closed folio is locked, and never written: its credit notes are made one after the other.
    let ([invoiced], property) = ledger::lock(&mut op, &actor, [id]).await?;
    let (folio, entries) = credit_in(&mut op, property.business_date, &invoiced, chosen.as_deref(), reason).await?;
    op.commit(201, &Statement { folio, entries }).await
}

/// The use case itself, joined to an operation that holds the lock of the folio.
pub async fn credit_in(
    op: &mut Op,
    on: Day,
    invoiced: &Folio,
    chosen: Option<&[EntryId]>,
    reason: String,
) -> Result<(Folio, Vec<Entry>)> {
    let id = invoiced.id;
    demand_invoiced(invoiced)?;
    let [entries, credited, head] =
        op.run([entries_of(op.tenant(), id), call!(CREDITED_OF, op.tenant(), id), head::get(op.tenant(), id)]).await?;
    let credited: Vec<(EntryId, Cents)> = credited.iter().map(|row| (row.get(0), row.get(1))).collect();
    let head = head::Head { credited_invoice: invoiced.invoice_number, ..head::found(&head)? };
    let entries = ledger::entries(&entries);
    let lines = lines(invoiced, &entries, &credited, chosen, on)?;

    let number = op.next_number(&format!("credit-notes:{}", invoiced.property_id)).await?;
    let note = Folio {
        reservation_id: invoiced.reservation_id,
        name: invoiced.name.clone(),
        bill_to: invoiced.bill_to.clone(),
        credits_folio_id: Some(id),
        credit_note_number: Some(number),
        credit_reason: Some(reason.clone()),
        ..Folio::new(op, invoiced.property_id, &invoiced.currency, invoiced.kind)
    };
    op.write(call!(INSERT_CREDIT_NOTE, op.tenant(), note.id, id, number, reason, op.now, op.actor()));
    op.write(call!(ISSUE_CREDIT_NOTE, op.tenant(), note.id, crate::op::json(&head)));
    op.record(Change::created(invoiced.property_id, "folio", note.id, &note));
    Ok(ledger::post(op, vec![(note, lines)], "credited").remove(0))
}

fn check(new: &NewCreditNote) -> Result<Option<Vec<EntryId>>, Refusal> {
    let mut faults = Faults::default();
    faults.text("reason", &new.reason, 1, 200);
    if let Some(ids) = &new.entry_ids {
        faults.range("entryIds", ids.len(), 1, 500);
        if ids.iter().collect::<HashSet<_>>().len() < ids.len() {
            faults.add("entryIds", "must name each entry once");
        }
    }
    faults.finish()?;
    Ok(new.entry_ids.clone())
}

/// Errors: INVALID_STATUS_TRANSITION for a folio that has no invoice.
fn demand_invoiced(folio: &Folio) -> Result<(), Refusal> {
    let refused = |why: &str| Err(Refusal::new(Code::InvalidStatusTransition, why));
    match (folio.status, folio.invoice_number) {
        (FolioStatus::Closed, Some(_)) => Ok(()),
        (FolioStatus::Open, _) if folio.credit_note_number.is_none() => {
            refused("The folio is open: take its entries back on it; a credit note is for an invoice.")
        }
        _ => refused("A credit note takes back an invoice, not another credit note."),
    }
}

/// The lines of the credit note: of each chosen charge, and of its taxes that were not credited before, the opposite.
///
/// Errors: an entry is not of the folio, is money, or was credited; together they come to more than is left of the invoice.
fn lines(
    invoiced: &Folio,
    entries: &[Entry],
    credited: &[(EntryId, Cents)],
    chosen: Option<&[EntryId]>,
    on: Day,
) -> Result<Vec<Line>, Refusal> {
    let done: HashSet<EntryId> = credited.iter().map(|(id, _)| *id).collect();
    let all: Vec<EntryId> =
        standing(entries).iter().filter(|e| e.method.is_none() && !done.contains(&e.id)).map(|e| e.id).collect();
    if all.is_empty() {
        return Err(Refusal::new(Code::InvalidStatusTransition, "Nothing is left of the invoice to credit."));
    }
    let ids = chosen.unwrap_or(&all);
    let mut lines = Vec::new();
    for id in ids {
        let entry = demand_standing(entries, *id).map_err(|refusal| match refusal.faults.is_empty() {
            true => refusal,
            false => Refusal::invalid("entryIds", format!("{id} is not an entry of this folio")),
        })?;
        if entry.method.is_some() {
            return Err(Refusal::invalid("entryIds", format!("{id} is a payment or a refund; charges are credited")));
        }
        if done.contains(id) {
            return Err(Refusal::new(Code::InvalidStatusTransition, "This entry was credited already.")
                .facts(serde_json::json!({ "entryId": id })));
        }
        if entry.parent_entry_id.is_some_and(|charge| ids.contains(&charge)) {
            continue; // goes with its charge
        }
        let own = with_taxes(entries, entry).into_iter().filter(|e| !done.contains(&e.id));
        lines.extend(own.enumerate().map(|(n, entry)| Line {
            reservation_id: entry.reservation_id,
            parent_back: (n > 0).then_some(n),
            tax_code: entry.tax_code.clone(),
            credits: Some(entry.id),
            ..Line::new(entry.entry_type, dated(entry, on), Cents(0) - entry.amount_cents, on)
        }));
    }
    // Charges without the discounts that stood beside them could come to more than the guest paid.
    let left = invoiced.total_cents + credited.iter().map(|(_, amount)| *amount).sum();
    let amount = Cents(0) - lines.iter().map(|line| line.amount_cents).sum();
    if amount <= Cents(0) || amount > left {
        let rule =
            format!("must come to more than zero and at most what is left of the invoice, {}; they come to {}", left.0, amount.0);
        return Err(Refusal::invalid("entryIds", rule));
    }
    Ok(lines)
}
