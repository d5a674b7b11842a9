use axum::extract::State;
use serde::Deserialize;
use tokio_postgres::types::Json;
use utoipa::ToSchema;

use super::{
    INSERT_FOLIO, head, ledger,
    model::{BillTo, Folio, FolioKind, FolioStatus},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{
        AppState, Data, May, Path, Write,
        permission::{FolioPostCharges, FolioPostPayments},
    },
    kernel::{Cents, Code, Faults, FolioId, PropertyId, Refusal, ReservationId},
    op::Change,
    properties,
};

crate::sql! {
    CLOSE_FOLIO = "
        update pms_folios
        set status = 'CLOSED', invoice_number = $3, closed_on = $4, version = $5, updated_at = $6, updated_by = $7,
          issued_json = coalesce(issued_json, $8)
        where tenant_id = $1 and id = $2";
    RESERVATION_OF = "select property_id from pms_reservations where tenant_id = $1 and id = $2";
}

/// Another folio of a stay, or an account of the house or of the city ledger.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewFolio {
    pub property_id: PropertyId,
    /// Of a GUEST folio alone.
    pub reservation_id: Option<ReservationId>,
    /// `GUEST` when absent.
    pub kind: Option<FolioKind>,
    /// Required for accounts: the company, the department.
    #[schema(max_length = 200, example = "Company")]
    pub name: Option<String>,
    /// To whom its invoice is made out, when not to the guest or to `name`.
    pub bill_to: Option<BillTo>,
}

/// Opens another folio.
#[utoipa::path(post, path = "/folios", tag = "folios", request_body = NewFolio,
    responses((status = 201, description = "The new folio.", body = Data<Folio>)))]
pub async fn open(State(app): State<AppState>, actor: May<FolioPostCharges>, write: Write<NewFolio>) -> Result<Reply> {
    let new = write.body;
    let kind = new.kind.unwrap_or(FolioKind::Guest);
    let name = new.name.map(|n| n.trim().to_string()).filter(|n| !n.is_empty());
    let mut faults = Faults::default();
    faults.optional_text("name", name.as_deref(), 200);
    new.bill_to.iter().for_each(|bill_to| bill_to.check(&mut faults));
    match (kind, new.reservation_id, &name) {
        (FolioKind::Guest, None, _) => faults.add("reservationId", "is required for a folio of a guest"),
        (FolioKind::House | FolioKind::CityLedger, Some(_), _) => faults.add("reservationId", "is for folios of guests alone"),
        (FolioKind::House | FolioKind::CityLedger, _, None) => faults.add("name", "is required for an account"),
        _ => {}
    }
    faults.finish()?;
    actor.sees(new.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let [property, reservation] = op
        .run([properties::model::get(actor.tenant, new.property_id), call!(RESERVATION_OF, actor.tenant, new.reservation_id)])
        .await?;
    let property = properties::model::found(&property)?;
    if new.reservation_id.is_some() && reservation.first().map(|row| row.get::<_, PropertyId>(0)) != Some(property.id) {
        return Err(Refusal::invalid("reservationId", "does not exist in this property").into());
    }
    let folio = Folio {
        reservation_id: new.reservation_id,
        name,
        bill_to: new.bill_to,
        ..Folio::new(&op, property.id, &property.currency, kind)
    };
    op.write(call!(
        INSERT_FOLIO,
        op.tenant(),
        folio.id,
        folio.property_id,
        folio.reservation_id,
        folio.kind,
        folio.name.clone(),
        folio.currency.clone(),
        op.now,
        op.actor(),
        folio.bill_to.clone().map(Json),
    ));
    op.record(Change::created(folio.property_id, "folio", folio.id, &folio));
    op.commit(201, &folio).await
}

/// The version that was seen.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CloseFolio {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
}

/// Closes a folio whose balance is zero and gives it its invoice number; a credit note keeps its own. It never changes again.
#[utoipa::path(post, path = "/folios/{id}/close", tag = "folios", params(("id" = FolioId, Path)), request_body = CloseFolio,
    responses((status = 200, description = "The folio, closed.", body = Data<Folio>)))]
pub async fn close(
    State(app): State<AppState>,
    actor: May<FolioPostPayments>,
    Path(id): Path<FolioId>,
    write: Write<CloseFolio>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let ([before], property) = ledger::lock(&mut op, &actor, [id]).await?;
    ledger::demand_open(&before)?;
    if before.version != seen {
        return Err(Refusal::stale("folio", &before).into());
    }
    if before.balance_cents != Cents(0) {
        let message = format!("The balance is {} minor units; a folio is closed at zero.", before.balance_cents.0);
        let facts = serde_json::json!({ "balanceCents": before.balance_cents });
        return Err(Refusal::new(Code::FolioNotBalanced, message).facts(facts).into());
    }
    let head = head::found(&op.query(head::get(op.tenant(), id)).await?)?;
    // A credit note has the number of its own already.
    let number = match before.credit_note_number {
        Some(_) => None,
        None => Some(op.next_number(&format!("invoices:{}", property.id)).await?),
    };
    let after = Folio {
        status: FolioStatus::Closed,
        invoice_number: number,
        closed_on: Some(property.business_date),
        version: before.version + 1,
        updated_at: op.now,
        updated_by: op.actor(),
        ..before.clone()
    };
    op.write(call!(
        CLOSE_FOLIO,
        op.tenant(),
        id,
        number,
        property.business_date,
        after.version,
        op.now,
        op.actor(),
        crate::op::json(&head)
    ));
    op.record(Change::changed(property.id, "folio", id, "closed", &before, &after));
    op.commit(200, &after).await
}
