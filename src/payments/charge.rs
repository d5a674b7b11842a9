use std::sync::Arc;

use axum::extract::State;

use super::{
    finish,
    model::{NewPaymentIntent, PaymentIntent},
    rules,
    store::{self, Fresh},
};
use crate::{
    db::{Fail, Reply, Result},
    folios::ledger,
    gateway::Gateway,
    http::{Actor, App, AppState, Data, May, Path, Write, data, permission::FolioPostPayments},
    kernel::{Cents, Code, Faults, FolioId, PaymentIntentId, Refusal},
    op::Idempotency,
};

/// Takes money of a card through the payment gateway; needs an `Idempotency-Key`. The answer tells what became of it: SETTLED, with its entry
/// posted; DECLINED or FAILED, with the reason, and no money moved; PENDING when that is not known yet.
#[utoipa::path(post, path = "/folios/{id}/payment-intents", tag = "payments", params(("id" = FolioId, Path)), request_body = NewPaymentIntent,
    responses((status = 201, description = "The payment as it is now.", body = Data<PaymentIntent>)))]
pub async fn charge(
    State(app): State<AppState>,
    actor: May<FolioPostPayments>,
    Path(id): Path<FolioId>,
    write: Write<NewPaymentIntent>,
) -> Result<Reply> {
    check(&write.body)?;
    let key = demand_key(write.key)?;

    // The first transaction says that money is about to move; the second, what became of it.
    let (gateway, intent) = match begin(&app, &actor, key, id, write.body).await {
        Err(Fail::Replayed(reply)) => return present(&app, &actor, reply).await,
        begun => begun?,
    };
    let intent = finish::carry_out(&app.store, gateway, actor.who(), intent).await;
    Ok(Reply { status: 201, ..data(&intent) })
}

async fn begin(
    app: &App,
    actor: &Actor,
    key: Idempotency,
    id: FolioId,
    new: NewPaymentIntent,
) -> Result<(Arc<dyn Gateway>, PaymentIntent)> {
    let mut op = app.begin(actor, Some(key)).await?;
    let ([folio], property) = ledger::lock(&mut op, actor, [id]).await?;
    demand_currency(&folio.currency, new.currency.as_deref())?;
    ledger::demand_chargeable(&folio)?;
    let gateway = demand_gateway(app)?;
    let Some(account) = property.payment_account else {
        let message = "The property has no account at the payment gateway. A manager sets `paymentAccount` of the property.";
        return Err(Refusal::new(Code::PaymentGatewayMissing, message).into());
    };
    let description = described(new.description, "Payment");
    let of = Fresh { folio: &folio, refunds: None, amount: new.amount_cents, description, source: new.source, account };
    let intent = store::fresh(&op, of);
    store::insert(&mut op, &intent);
    op.commit(201, &intent).await?;
    Ok((gateway, intent))
}

fn check(new: &NewPaymentIntent) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.range("amountCents", new.amount_cents.0, 1, Cents::MAX_NIGHT.0);
    faults.optional_text("description", new.description.as_deref(), 200);
    faults.optional_text("source", new.source.as_deref(), 200);
    if new.source.as_deref().is_some_and(rules::is_card_number) {
        faults.add("source", "must be a token of the gateway, never the number of a card");
    }
    faults.finish()
}

/// Errors: there is none. Sent twice without a key, a request would take the money twice.
pub(super) fn demand_key(key: Option<Idempotency>) -> Result<Idempotency, Refusal> {
    key.ok_or_else(|| {
        Refusal::invalid("Idempotency-Key", "is required: a new one for each payment, the same when it is sent again")
    })
}

/// Errors: PAYMENT_GATEWAY_MISSING.
pub(super) fn demand_gateway(app: &App) -> Result<Arc<dyn Gateway>, Refusal> {
    app.gateway.clone().ok_or_else(|| {
        let message = "This server has no payment gateway. Who runs it sets gateway_url and gateway_secret.";
        Refusal::new(Code::PaymentGatewayMissing, message)
    })
}

pub(super) fn demand_currency(currency: &str, named: Option<&str>) -> Result<(), Refusal> {
    match named {
        Some(named) if named != currency => Err(Refusal::invalid("currency", format!("must be {currency}, the folio's"))),
        _ => Ok(()),
    }
}

pub(super) fn described(description: Option<String>, plain: &str) -> String {
    description.map(|d| d.trim().to_string()).filter(|d| !d.is_empty()).unwrap_or_else(|| plain.to_string())
}

/// A repeated request gets the first one's payment as it is now: what was stored is from before the gateway was asked.
pub(super) async fn present(app: &App, actor: &Actor, stored: Reply) -> Result<Reply> {
    let body: serde_json::Value = serde_json::from_str(&stored.body).unwrap_or_default();
    let id = body["data"]["id"].as_str().and_then(|id| id.parse::<PaymentIntentId>().ok());
    let Some(id) = id else { return Err(Fail::Replayed(stored)) };
    let intent = super::read::get(&app.store, actor, id).await?;
    Ok(Reply { status: stored.status, replayed: true, ..data(&intent) })
}
