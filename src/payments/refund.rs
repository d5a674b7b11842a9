use std::sync::Arc;

use axum::extract::State;

use super::{
    charge::{demand_currency, demand_gateway, demand_key, described, present},
    finish,
    model::{IntentKind, IntentStatus, NewGatewayRefund, PaymentIntent},
    store::{self, Fresh},
};
use crate::{
    db::{Fail, Reply, Result},
    folios::{ledger, post::demand_refundable},
    gateway::Gateway,
    http::{Actor, App, AppState, Data, May, Path, Write, data, permission::FolioPostPayments},
    kernel::{Cents, Code, Faults, PaymentIntentId, Refusal},
    op::Idempotency,
};

/// Gives money back to the card that it came from; needs an `Idempotency-Key`. At most what is left of the charge, and of what was paid into
/// the folio. The answer is the refund, which is an intent of its own.
#[utoipa::path(post, path = "/payment-intents/{id}/refunds", tag = "payments", params(("id" = PaymentIntentId, Path)),
    request_body = NewGatewayRefund, responses((status = 201, description = "The refund as it is now.", body = Data<PaymentIntent>)))]
pub async fn refund(
    State(app): State<AppState>,
    actor: May<FolioPostPayments>,
    Path(id): Path<PaymentIntentId>,
    write: Write<NewGatewayRefund>,
) -> Result<Reply> {
    let mut faults = Faults::default();
    faults.range("amountCents", write.body.amount_cents.0, 1, Cents::MAX_NIGHT.0);
    faults.optional_text("description", write.body.description.as_deref(), 200);
    faults.finish()?;
    let key = demand_key(write.key)?;

    let (gateway, intent) = match begin(&app, &actor, key, id, write.body).await {
        Err(Fail::Replayed(reply)) => return present(&app, &actor, reply).await,
        begun => begun?,
    };
    let intent = finish::carry_out(&app.store, gateway, actor.who(), intent).await;
    Ok(Reply { status: 201, ..data(&intent) })
}

/// The amount is taken of the charge before the gateway is asked, so that two refunds at once never give back more than there was.
async fn begin(
    app: &App,
    actor: &Actor,
    key: Idempotency,
    id: PaymentIntentId,
    new: NewGatewayRefund,
) -> Result<(Arc<dyn Gateway>, PaymentIntent)> {
    let mut op = app.begin(actor, Some(key)).await?;
    let seen = store::look(&mut op, id).await?;
    actor.sees(seen.property_id).map_err(|_| Refusal::not_found("payment"))?;
    demand_currency(&seen.currency, new.currency.as_deref())?;
    let ([folio], _) = ledger::lock(&mut op, actor, [new.folio_id.unwrap_or(seen.folio_id)]).await?;
    if folio.property_id != seen.property_id || folio.currency != seen.currency {
        return Err(Refusal::invalid("folioId", "must be of the property and in the currency of the payment").into());
    }
    let [charge] = store::lock(&mut op, [id]).await?;
    demand_settled(&charge)?;
    let left = charge.amount_cents - charge.refunded_cents;
    if new.amount_cents > left {
        return Err(Refusal::invalid("amountCents", format!("must be at most what is left of the payment, {}", left.0)).into());
    }
    demand_refundable(&mut op, &folio, new.amount_cents).await?;
    let gateway = demand_gateway(app)?;

    let reserved = PaymentIntent { refunded_cents: charge.refunded_cents + new.amount_cents, ..charge.clone() };
    let charge = store::save(&mut op, &charge, reserved, "refund_begun");
    let description = described(new.description, "Refund");
    let of =
        Fresh { folio: &folio, refunds: Some(id), amount: new.amount_cents, description, source: None, account: charge.account };
    let intent = store::fresh(&op, of);
    store::insert(&mut op, &intent);
    op.commit(201, &intent).await?;
    Ok((gateway, intent))
}

fn demand_settled(charge: &PaymentIntent) -> Result<(), Refusal> {
    let message = match (charge.kind, charge.status) {
        (IntentKind::Charge, IntentStatus::Settled) => return Ok(()),
        (IntentKind::Refund, _) => "This gave money back; only a charge can be refunded.".to_string(),
        (_, IntentStatus::SettledUnposted) => "This payment stands on no folio yet. Post it to an open one first.".to_string(),
        (_, status) => format!("This payment is {status}; only what was taken is given back."),
    };
    Err(Refusal::new(Code::InvalidStatusTransition, message))
}
