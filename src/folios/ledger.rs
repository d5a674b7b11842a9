//! The one way into the ledger: entries and totals in one statement.

use std::collections::HashMap;

use tokio_postgres::Row;

use super::model::{Entry, EntryType, Folio, FolioStatus, Method};
use crate::{
    call,
    db::Result,
    http::Actor,
    kernel::{Cents, Code, Day, EntryId, FolioId, PaymentIntentId, Refusal, ReservationId},
    op::{Change, Op},
    properties::{self, Property},
    taxes::TaxLine,
};

crate::sql! {
    /// As [`properties::model::hold_day`].
    HOLD_DAY_OF_FOLIO = "
        select pg_advisory_xact_lock_shared(hashtextextended(tenant_id || property_id, 0)) from pms_folios where tenant_id = $1 and id = $2";
    LOCK_FOLIOS = "select * from pms_folios where tenant_id = $1 and id = any($2) order by id for no key update";
    PROPERTY_OF_FOLIO = "
        select p.* from pms_properties p join pms_folios f on f.tenant_id = $1 and f.property_id = p.id
        where p.tenant_id = $1 and f.id = $2";
    POST_ENTRIES = "
        with posted as (
          insert into pms_folio_entries
            (tenant_id, id, property_id, folio_id, entry_type, description, amount_cents, business_date, charge_kind, reservation_id,
             reverses_entry_id, moved_from_entry_id, method, source_ref, posted_at, posted_by, parent_entry_id, tax_code,
             credits_entry_id, payment_intent_id)
          select $1, e.id, f.property_id, e.folio_id, e.entry_type, e.description, e.amount_cents, e.business_date, e.charge_kind,
            e.reservation_id, e.reverses_entry_id, e.moved_from_entry_id, e.method, e.source_ref, $14, $15,
            e.parent_entry_id, e.tax_code, e.credits_entry_id, e.payment_intent_id
          from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::date[], $8::text[], $9::text[], $10::text[],
            $11::text[], $12::text[], $13::text[], $16::text[], $17::text[], $18::text[], $19::text[]) as e (id, folio_id, entry_type, description,
            amount_cents, business_date, charge_kind, reservation_id, reverses_entry_id, moved_from_entry_id, method, source_ref,
            parent_entry_id, tax_code, credits_entry_id, payment_intent_id)
          join pms_folios f on f.tenant_id = $1 and f.id = e.folio_id
          returning folio_id, entry_type, amount_cents
        ), sums as (
          select folio_id,
            coalesce(sum(amount_cents) filter (where entry_type in ('ROOM_CHARGE', 'ADJUSTMENT')), 0)::bigint as subtotal,
            coalesce(sum(amount_cents) filter (where entry_type = 'TAX'), 0)::bigint as tax,
            coalesce(sum(amount_cents) filter (where entry_type = 'FEE'), 0)::bigint as fee,
            sum(amount_cents)::bigint as balance
          from posted group by folio_id
        )
        update pms_folios f set subtotal_cents = f.subtotal_cents + s.subtotal, tax_cents = f.tax_cents + s.tax,
          fee_cents = f.fee_cents + s.fee, total_cents = f.total_cents + s.subtotal + s.tax + s.fee,
          balance_cents = f.balance_cents + s.balance, version = f.version + 1, updated_at = $14, updated_by = $15
        from sums s where f.tenant_id = $1 and f.id = s.folio_id";
}

/// What an entry says; who posts it, and where and when, is known by the operation.
#[derive(Clone, Debug)]
pub struct Line {
    pub entry_type: EntryType,
    pub description: String,
    pub amount_cents: Cents,
    /// The day that it belongs to: the business date, unless a night of an earlier day is posted late.
    pub business_date: Day,
    pub charge_kind: Option<String>,
    pub reservation_id: Option<ReservationId>,
    pub method: Option<Method>,
    pub reverses: Option<EntryId>,
    pub moved_from: Option<EntryId>,
    pub source_ref: Option<String>,
    /// Of a tax or fee: how many lines before it its charge stands.
    pub parent_back: Option<usize>,
    /// Of a tax or fee: the code of its rule.
    pub tax_code: Option<String>,
    /// Of a credit note.
    pub credits: Option<EntryId>,
    /// Of what the gateway moved.
    pub payment_intent: Option<PaymentIntentId>,
}

impl Line {
    /// The taxes and fees of the line before them.
    pub fn taxes(taxes: &[TaxLine], business_date: Day) -> impl Iterator<Item = Line> {
        taxes.iter().enumerate().map(move |(n, tax)| {
            let entry_type = if tax.is_fee { EntryType::Fee } else { EntryType::Tax };
            Line {
                parent_back: Some(n + 1),
                tax_code: Some(tax.code.clone()),
                ..Line::new(entry_type, tax.name.clone(), tax.amount_cents, business_date)
            }
        })
    }

    pub fn new(entry_type: EntryType, description: impl Into<String>, amount_cents: Cents, business_date: Day) -> Line {
        Line {
            entry_type,
            description: description.into(),
            amount_cents,
            business_date,
            charge_kind: None,
            reservation_id: None,
            method: None,
            reverses: None,
            moved_from: None,
            source_ref: None,
            parent_back: None,
            tax_code: None,
            credits: None,
            payment_intent: None,
        }
    }
}

/// The folios, locked in the order of their ids, and the property of the first, whose day stays open until the operation ends.
///
/// Errors: NOT_FOUND when one does not exist, or lies in a property that the actor does not see.
pub async fn lock<const N: usize>(op: &mut Op, actor: &Actor, ids: [FolioId; N]) -> Result<([Folio; N], Property)> {
    let (folios, property) = lock_all(op, actor, &ids).await?;
    Ok((folios.try_into().unwrap_or_else(|_| unreachable!("one folio for each id")), property))
}

/// The same for any number of folios, at least one; each once.
pub async fn lock_all(op: &mut Op, actor: &Actor, ids: &[FolioId]) -> Result<(Vec<Folio>, Property)> {
    let (folios, property) = lock_for_program(op, ids).await?;
    for folio in &folios {
        actor.sees(folio.property_id).map_err(|_| Refusal::not_found("folio"))?;
    }
    Ok((folios, property))
}

/// The same for the program's own work, which sees every property.
pub async fn lock_for_program(op: &mut Op, ids: &[FolioId]) -> Result<(Vec<Folio>, Property)> {
    let [_, rows, property] = op
        .run([
            call!(HOLD_DAY_OF_FOLIO, op.tenant(), ids[0]),
            call!(LOCK_FOLIOS, op.tenant(), ids.to_vec()),
            call!(PROPERTY_OF_FOLIO, op.tenant(), ids[0]),
        ])
        .await?;
    let mut found: HashMap<FolioId, Folio> = rows.iter().map(Folio::from_row).map(|folio| (folio.id, folio)).collect();
    let mut folios = Vec::with_capacity(ids.len());
    for id in ids {
        folios.push(found.remove(id).ok_or_else(|| Refusal::not_found("folio"))?);
    }
    Ok((folios, properties::model::found(&property)?))
}

/// Errors: FOLIO_NOT_OPEN for a closed folio, and for a credit note: its lines are what was credited, and money goes out of it alone.
pub fn demand_chargeable(folio: &Folio) -> Result<(), Refusal> {
    demand_open(folio)?;
    match folio.credit_note_number {
        None => Ok(()),
        Some(number) => {
            let message = format!("This is credit note {number}: it takes refunds alone.");
            Err(Refusal::new(Code::FolioNotOpen, message).facts(serde_json::json!({ "creditNoteNumber": number })))
        }
    }
}

/// Errors: FOLIO_NOT_OPEN.
pub fn demand_open(folio: &Folio) -> Result<(), Refusal> {
    match (folio.status, folio.invoice_number) {
        (FolioStatus::Open, _) => Ok(()),
        (FolioStatus::Closed, Some(number)) => {
            let message = format!("The folio was closed as invoice {number}; it never changes again.");
            Err(Refusal::new(Code::FolioNotOpen, message).facts(serde_json::json!({ "invoiceNumber": number })))
        }
        (FolioStatus::Closed, None) => {
            let message = "The credit note was settled and closed; it never changes again.";
            let facts = serde_json::json!({ "creditNoteNumber": folio.credit_note_number });
            Err(Refusal::new(Code::FolioNotOpen, message).facts(facts))
        }
    }
}

/// Queues the lines of folios that are locked and open, each with its own; answers the folios as they will be, with the new entries.
pub fn post(op: &mut Op, lines: Vec<(Folio, Vec<Line>)>, verb: &'static str) -> Vec<(Folio, Vec<Entry>)> {
    let mut posted = Vec::with_capacity(lines.len());
    for (before, lines) in lines {
        let mut entries: Vec<Entry> = Vec::with_capacity(lines.len());
        for line in lines {
            let parent = line.parent_back.map(|back| entries[entries.len() - back].id);
            entries.push(Entry { parent_entry_id: parent, ..entry(op, &before, line) });
        }
        let mut after = before.clone();
        entries.iter().for_each(|entry| after.add(entry));
        after.version += 1;
        after.updated_at = op.now;
        after.updated_by = op.actor();
        record(op, &before, &after, &entries, verb);
        posted.push((after, entries));
    }
    write(op, posted.iter().flat_map(|(_, entries)| entries));
    posted
}

/// Audit and event tell the totals and the new lines, not the whole ledger.
fn record(op: &mut Op, before: &Folio, after: &Folio, entries: &[Entry], verb: &'static str) {
    let mut change = Change::changed(before.property_id, "folio", before.id, verb, before, after);
    change.after["entries"] = crate::op::json(&entries);
    op.record(change);
}

fn entry(op: &Op, folio: &Folio, line: Line) -> Entry {
    Entry {
        id: EntryId(op.new_id()),
        property_id: folio.property_id,
        folio_id: folio.id,
        entry_type: line.entry_type,
        description: line.description,
        amount_cents: line.amount_cents,
        business_date: line.business_date,
        charge_kind: line.charge_kind,
        reservation_id: line.reservation_id.or(folio.reservation_id),
        method: line.method,
        reverses_entry_id: line.reverses,
        moved_from_entry_id: line.moved_from,
        source_ref: line.source_ref,
        stay_number: None,
        stay_guest: None,
        parent_entry_id: None,
        tax_code: line.tax_code,
        credits_entry_id: line.credits,
        payment_intent_id: line.payment_intent,
        posted_at: op.now,
        posted_by: op.actor(),
    }
}

fn write<'a>(op: &mut Op, entries: impl Iterator<Item = &'a Entry> + Clone) {
    fn each<'a, T>(entries: impl Iterator<Item = &'a Entry>, of: impl Fn(&'a Entry) -> T) -> Vec<T> {
        entries.map(of).collect()
    }
    op.write(call!(
        POST_ENTRIES,
        op.tenant(),
        each(entries.clone(), |e| e.id),
        each(entries.clone(), |e| e.folio_id),
        each(entries.clone(), |e| e.entry_type),
        each(entries.clone(), |e| e.description.clone()),
        each(entries.clone(), |e| e.amount_cents),
        each(entries.clone(), |e| e.business_date),
        each(entries.clone(), |e| e.charge_kind.clone()),
        each(entries.clone(), |e| e.reservation_id),
        each(entries.clone(), |e| e.reverses_entry_id),
        each(entries.clone(), |e| e.moved_from_entry_id),
        each(entries.clone(), |e| e.method),
        each(entries.clone(), |e| e.source_ref.clone()),
        op.now,
        op.actor(),
        each(entries.clone(), |e| e.parent_entry_id),
        each(entries.clone(), |e| e.tax_code.clone()),
        each(entries.clone(), |e| e.credits_entry_id),
        each(entries, |e| e.payment_intent_id),
    ));
}

/// The entries of a statement's rows.
pub fn entries(rows: &[Row]) -> Vec<Entry> {
    rows.iter().map(Entry::from_row).collect()
}
