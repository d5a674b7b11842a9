use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    ledger::{self, Line},
    model::{Entry, Statement},
    post::demand_standing,
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

/// Takes back an entry, once, by one of the opposite amount on the business date. The ledger keeps both.
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
    let line =
        reversal(demand_standing(&entries, body.entry_id)?, &format!("Void: {}", body.reason.trim()), property.business_date);
    let (folio, entries) = ledger::post(&mut op, vec![(folio, vec![line])], "voided").remove(0);
    op.commit(201, &Statement { folio, entries }).await
}

fn reversal(entry: &Entry, description: &str, on: Day) -> Line {
    Line {
        charge_kind: entry.charge_kind.clone(),
        reservation_id: entry.reservation_id,
        method: entry.method,
        reverses: Some(entry.id),
        source_ref: entry.source_ref.clone(),
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

/// Moves entries to another open folio of the property and currency: each is taken back here and stands there. Nothing is gained or lost.
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
    ledger::demand_open(&from)?;
    ledger::demand_open(&to)?;
    let entries = ledger::entries(&op.query(entries_of(op.tenant(), id)).await?);
    let on = property.business_date;
    let (mut given, mut taken) = (Vec::new(), Vec::new());
    for entry_id in &body.entry_ids {
        let entry = demand_standing(&entries, *entry_id)?;
        given.push(reversal(entry, &format!("Moved: {}", entry.description), on));
        taken.push(Line {
            reservation_id: entry.reservation_id,
            method: entry.method,
            moved_from: Some(entry.id),
            source_ref: entry.source_ref.clone(),
            ..Line::new(entry.entry_type, entry.description.clone(), entry.amount_cents, entry.business_date)
        });
    }
    if from.currency != to.currency {
        return Err(Refusal::new(Code::ValidationError, "Both folios must have one currency.").into());
    }
    let mut posted = ledger::post(&mut op, vec![(from, given), (to, taken)], "moved");
    let (folio, entries) = posted.remove(0);
    op.commit(201, &Statement { folio, entries }).await
}
