use std::sync::Arc;

use axum::extract::State;

use super::{
    charge::demand_gateway,
    finish::finish,
    model::{IntentStatus, PaymentIntent, Settle},
    read, rules,
};
use crate::{
    db::{Reply, Result},
    gateway::{Gateway, Outcome},
    http::{AppState, Data, May, Path, Write, data, permission::FolioPostPayments},
    kernel::PaymentIntentId,
    op::{Store, Who},
};

/// Asks the gateway what became of a payment, and finishes it. A payment that the gateway never heard of is asked for again while its time
/// lasts. One that is finished is answered as it is: to ask twice changes nothing.
#[utoipa::path(post, path = "/payment-intents/{id}/settle", tag = "payments", params(("id" = PaymentIntentId, Path)), request_body = Settle,
    responses((status = 200, description = "The payment as it is now.", body = Data<PaymentIntent>)))]
pub async fn settle(
    State(app): State<AppState>,
    actor: May<FolioPostPayments>,
    Path(id): Path<PaymentIntentId>,
    _write: Write<Settle>,
) -> Result<Reply> {
    let seen = read::get(&app.store, &actor, id).await?;
    if !rules::is_open(&seen) {
        return Ok(data(&seen));
    }
    let gateway = demand_gateway(&app)?;

    let now = ask(&app.store, &gateway, actor.who(), &seen, Asking::ForThePayment).await?;
    Ok(data(&now))
}

/// Who asks what became of a payment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// Somebody at the desk, who wants the money: what the gateway never heard of it is asked for again.
    ForThePayment,
    /// The program by itself: the guest may have paid in another way meanwhile, so it asks for no money.
    ForNews,
}

/// Asks, and writes what the answer means.
pub(super) async fn ask(
    store: &Store,
    gateway: &Arc<dyn Gateway>,
    who: Who,
    seen: &PaymentIntent,
    asking: Asking,
) -> Result<PaymentIntent> {
    let order = seen.order(who.tenant);
    let mut outcome = gateway.look_up(&order).await;
    let is_wanted = asking == Asking::ForThePayment && seen.status == IntentStatus::Pending;
    if outcome == Outcome::Unknown && is_wanted && store.clock.now() < seen.expires_at {
        outcome = gateway.submit(&order).await;
    }
    finish(store, who, seen, outcome).await
}
