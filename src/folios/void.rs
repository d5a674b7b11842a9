use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    ledger::{self, Line},
    model::{Entry, Statement},
    read::entries_of,
};
use crate::{
    db::{Reply, Result},
    http::{
        AppState, Data, May, Path, Write,
        permission::{FolioTransfer, FolioVoid},
    },
    kernel::{Cents, Code, Day, EntryId, Faults, FolioId, Refusal},
};

/// An entry to take back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VoidEntry {
    pub entry_id: EntryId,
    #[schema(min_length = 1, max_length = 200)]
    pub reason: String,
}

/// Takes back an entry with its taxes, once, by one of the opposite amount on the business date. The ledger keeps both.
#[utoipa::path(post, path = "/folios/{id}/void", tag = "folios", params(("id" = FolioId, Path)), request_body = VoidEntry,
    responses((status = 201, description = "The folio with the reversal.", body = Data<Statement>)))]
pub async fn void(
    State(app): State<AppState>,
    actor: May<FolioVoid>,
    Path(id): Path<FolioId>,
    write: Write<VoidEntry>,
) -> Result<Reply> {
    let body = write.body;
    let mut faults = Faults::default();
    faults.text("reason", &body.reason, 1, 200);
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let ([folio], property) = ledger::lock(&mut op, &actor, [id]).await?;
    ledger::demand_open(&folio)?;
    let entries = ledger::entries(&op.query(entries_of(op.tenant(), id)).await?);
    let reason = format!("Void: {}", body.reason.trim());
    let entry = demand_standing(&entries, body.entry_id)?;
    if entry.payment_intent_id.is_some() {
        let message = "The payment gateway moved this money: give it back through the gateway, which posts it.";
        return Err(Refusal::new(Code::InvalidStatusTransition, message).into());
    }
    if entry.method.is_none() {
        ledger::demand_chargeable(&folio)?;
    }
    let taken_back = with_taxes(&entries, entry);
    let lines = taken_back.into_iter().map(|entry| reversal(entry, &reason, property.business_date)).collect();
    let (folio, entries) = ledger::post(&mut op, vec![(folio, lines)], "voided").remove(0);
    op.commit(201, &Statement { folio, entries }).await
}

/// An entry that may be taken back or moved.
///
/// Errors: it is not of this folio, it reverses another, or it was reversed already.
pub(super) fn demand_standing(entries: &[Entry], id: EntryId) -> Result<&Entry, Refusal> {
    let entry =
        entries.iter().find(|e| e.id == id).ok_or_else(|| Refusal::invalid("entryId", "is not an entry of this folio"))?;
    if entry.reverses_entry_id.is_some() {
        return Err(Refusal::new(
            Code::InvalidStatusTransition,
            "This entry takes back another; it cannot be taken back itself.",
        ));
    }
    if entries.iter().any(|e| e.reverses_entry_id == Some(id)) {
        return Err(Refusal::new(Code::InvalidStatusTransition, "This entry was taken back or moved already."));
    }
    Ok(entry)
}

/// The entry and those of its taxes that still stand.
pub(super) fn with_taxes<'a>(entries: &'a [Entry], entry: &'a Entry) -> Vec<&'a Entry> {
    let stands = |id: EntryId| !entries.iter().any(|e| e.reverses_entry_id == Some(id));
    let taxes = entries.iter().filter(|e| e.parent_entry_id == Some(entry.id) && e.reverses_entry_id.is_none() && stands(e.id));
    std::iter::once(entry).chain(taxes).collect()
}

/// What takes an entry back.
pub(crate) fn reversal(entry: &Entry, description: &str, on: Day) -> Line {
    Line {
        charge_kind: entry.charge_kind.clone(),
        reservation_id: entry.reservation_id,
        method: entry.method,
        reverses: Some(entry.id),
        source_ref: entry.source_ref.clone(),
        tax_code: entry.tax_code.clone(),
        payment_intent: entry.payment_intent_id,
        ..Line::new(entry.entry_type, description, Cents(0) - entry.amount_cents, on)
    }
}

/// Entries to move to another folio.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transfer {
    pub to_folio_id: FolioId,
    /// 1 to 500 entries of this folio.
    #[schema(min_items = 1, max_items = 500)]
    pub entry_ids: Vec<EntryId>,
}

/// Moves entries with their taxes to another open folio of the property and currency: each is taken back here and stands there. Nothing is gained or lost.
#[utoipa::path(post, path = "/folios/{id}/transfer", tag = "folios", params(("id" = FolioId, Path)), request_body = Transfer,
    responses((status = 201, description = "The folio that gave, with its reversals.", body = Data<Statement>)))]
pub async fn transfer(
    State(app): State<AppState>,
    actor: May<FolioTransfer>,
    Path(id): Path<FolioId>,
    write: Write<Transfer>,
) -> Result<Reply> {
    let mut body = write.body;
    let named = body.entry_ids.len();
    body.entry_ids.sort();
    body.entry_ids.dedup();
    let mut faults = Faults::default();
    faults.range("entryIds", named, 1, 500);
    if body.entry_ids.len() < named {
        faults.add("entryIds", "must name each entry once");
    }
    if body.to_folio_id == id {
        faults.add("toFolioId", "must be another folio");
    }
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let ([from, to], property) = ledger::lock(&mut op, &actor, [id, body.to_folio_id]).await?;
    if to.property_id != from.property_id {
        return Err(Refusal::invalid("toFolioId", "must be of the same property").into());
    }
    ledger::demand_chargeable(&from)?;
    ledger::demand_chargeable(&to)?;
    let entries = ledger::entries(&op.query(entries_of(op.tenant(), id)).await?);
    let (given, taken) = moved(&entries, &body.entry_ids, property.business_date)?;
    let mut posted = ledger::post(&mut op, vec![(from, given), (to, taken)], "moved");
    let (folio, entries) = posted.remove(0);
    op.commit(201, &Statement { folio, entries }).await
}

/// What a charge was, with its day when it is of another one: the copy stands on the day of the move, for a closed day never changes.
pub(super) fn dated(entry: &Entry, on: Day) -> String {
    match entry.moved_from_entry_id {
        None if entry.business_date != on && entry.tax_code.is_none() => {
            format!("{} ({})", entry.description, entry.business_date)
        }
        _ => entry.description.clone(),
    }
}

/// What the one folio gives and the other takes.
pub(super) fn moved(entries: &[Entry], ids: &[EntryId], on: Day) -> Result<(Vec<Line>, Vec<Line>), Refusal> {
    let (mut given, mut taken) = (Vec::new(), Vec::new());
    for id in ids {
        let entry = demand_standing(entries, *id)?;
        if entry.parent_entry_id.is_some_and(|charge| ids.contains(&charge)) {
            continue; // goes with its charge
        }
        for (n, entry) in with_taxes(entries, entry).into_iter().enumerate() {
            given.push(reversal(entry, &format!("Moved: {}", entry.description), on));
            taken.push(Line {
                reservation_id: entry.reservation_id,
                method: entry.method,
                moved_from: Some(entry.id),
                source_ref: entry.source_ref.clone(),
                parent_back: (n > 0).then_some(n),
                tax_code: entry.tax_code.clone(),
                payment_intent: entry.payment_intent_id,
                ..Line::new(entry.entry_type, dated(entry, on), entry.amount_cents, on)
            });
        }
    }
    Ok((given, taken))
}
