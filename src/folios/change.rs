use axum::extract::State;
use serde::Deserialize;
use tokio_postgres::types::Json;
use utoipa::ToSchema;

use super::{
    ledger,
    model::{BillTo, Folio, FolioKind},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::FolioPostCharges},
    kernel::{
        Faults, FolioId, Refusal,
        patch::{nullable, set},
    },
    op::Change,
};

crate::sql! {
    CHANGE_FOLIO = "
        update pms_folios set name = $3, bill_to_json = $4, version = $5, updated_at = $6, updated_by = $7 where tenant_id = $1 and id = $2";
}

/// What may change of an open folio; its money changes by postings alone.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FolioChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[serde(deserialize_with = "nullable")]
    #[schema(max_length = 200)]
    pub name: Option<Option<String>>,
    /// To whom the invoice is made out; null: to the guest, or to `name`.
    #[serde(deserialize_with = "nullable")]
    pub bill_to: Option<Option<BillTo>>,
}

/// Renames an open folio, or makes its invoice out to somebody else.
#[utoipa::path(patch, path = "/folios/{id}", tag = "folios", params(("id" = FolioId, Path)), request_body = FolioChange,
    responses((status = 200, description = "The folio as it is now.", body = Data<Folio>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<FolioPostCharges>,
    Path(id): Path<FolioId>,
    write: Write<FolioChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let ([before], property) = ledger::lock(&mut op, &actor, [id]).await?;
    ledger::demand_chargeable(&before)?;
    if before.version != seen {
        return Err(Refusal::stale("folio", &before).into());
    }
    let mut after = before.clone();
    let named = |name: Option<String>| name.map(|n| n.trim().to_string()).filter(|n| !n.is_empty());
    set(&mut after.name, write.body.name.map(named));
    set(&mut after.bill_to, write.body.bill_to);
    let mut faults = Faults::default();
    faults.optional_text("name", after.name.as_deref(), 200);
    if after.kind != FolioKind::Guest && after.name.is_none() {
        faults.add("name", "is required for an account");
    }
    after.bill_to.iter().for_each(|bill_to| bill_to.check(&mut faults));
    faults.finish()?;

    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        CHANGE_FOLIO,
        op.tenant(),
        id,
        after.name.clone(),
        after.bill_to.clone().map(Json),
        after.version,
        op.now,
        op.actor()
    ));
    op.record(Change::changed(property.id, "folio", id, "changed", &before, &after));
    op.commit(200, &after).await
}
