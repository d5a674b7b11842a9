use axum::extract::State;

use super::{
    finish,
    model::{IntentKind, IntentStatus, PaymentIntent, PostIntent},
    store,
};
use crate::{
    db::{Reply, Result},
    folios::ledger,
    http::{AppState, Data, May, Path, Write, permission::FolioPostPayments},
    kernel::{Code, PaymentIntentId, Refusal},
};

/// Posts what was SETTLED_UNPOSTED, because its folio was closed when the money moved, to an open folio.
#[utoipa::path(post, path = "/payment-intents/{id}/post", tag = "payments", params(("id" = PaymentIntentId, Path)), request_body = PostIntent,
    responses((status = 200, description = "The payment, settled.", body = Data<PaymentIntent>)))]
pub async fn post(
    State(app): State<AppState>,
    actor: May<FolioPostPayments>,
    Path(id): Path<PaymentIntentId>,
    write: Write<PostIntent>,
) -> Result<Reply> {
    let mut op = app.begin(&actor, write.key).await?;
    let seen = store::look(&mut op, id).await?;
    actor.sees(seen.property_id).map_err(|_| Refusal::not_found("payment"))?;
    let ([folio], property) = ledger::lock(&mut op, &actor, [write.body.folio_id]).await?;
    let [before] = store::lock(&mut op, [id]).await?;
    if before.status != IntentStatus::SettledUnposted {
        let message = format!("This payment is {}; only one that is SETTLED_UNPOSTED is posted.", before.status);
        return Err(Refusal::new(Code::InvalidStatusTransition, message).into());
    }
    if folio.property_id != before.property_id || folio.currency != before.currency {
        return Err(Refusal::invalid("folioId", "must be of the property and in the currency of the payment").into());
    }
    match before.kind {
        IntentKind::Charge => ledger::demand_chargeable(&folio)?,
        IntentKind::Refund => ledger::demand_open(&folio)?,
    }

    let after = PaymentIntent { status: IntentStatus::Settled, folio_id: folio.id, ..before.clone() };
    finish::post(&mut op, folio, property.business_date, &after);
    let after = store::save(&mut op, &before, after, "posted");
    op.commit(200, &after).await
}
