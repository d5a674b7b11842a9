//! The second transaction: what the gateway said becomes the end of the intent and, when money moved, one entry of the ledger.

use std::sync::Arc;

use tracing::Instrument;

use super::{
    model::{IntentKind, IntentStatus, PaymentIntent},
    rules::{self, End},
    store,
};
use crate::{
    db::Result,
    folios::{
        ledger::{self, Line},
        model::{EntryType, Folio, FolioStatus, Method},
    },
    gateway::{Gateway, Outcome},
    kernel::{Cents, Day},
    op::{Op, Store, Who},
};

/// Asks the gateway for the money of a new intent and finishes it. Answers the intent as it is then; it stays pending when nothing is known,
/// whatever broke. Runs to its end also when nobody waits for it any more.
pub(super) async fn carry_out(store: &Store, gateway: Arc<dyn Gateway>, who: Who, intent: PaymentIntent) -> PaymentIntent {
    let (store, seen) = (store.clone(), intent.clone());
    let work = async move {
        let outcome = match gateway.submit(&seen.order(who.tenant)).await {
            // The first request for it: so the gateway has heard nothing of it, and never will.
            Outcome::Unreached => Outcome::Failed(unreachable_gateway()),
            outcome => outcome,
        };
        finish(&store, who, &seen, outcome).await
    };
    match tokio::spawn(work.in_current_span()).await {
        Ok(Ok(finished)) => finished,
        Ok(Err(error)) => {
            tracing::error!(%error, intent = %intent.id, "a payment was not finished; the gateway is asked about it again");
            intent
        }
        Err(error) => {
            tracing::error!(%error, intent = %intent.id, "a payment was not finished; the gateway is asked about it again");
            intent
        }
    }
}

fn unreachable_gateway() -> crate::gateway::Reason {
    crate::gateway::Reason::new("GATEWAY_UNREACHABLE", "The payment gateway could not be reached.")
}

/// Writes what an answer of the gateway means; nothing when it means nothing, or somebody wrote it before.
pub(super) async fn finish(store: &Store, who: Who, seen: &PaymentIntent, outcome: Outcome) -> Result<PaymentIntent> {
    metrics::counter!("pms_payment_answers_total", "answer" => word(&outcome)).increment(1);
    if let Outcome::Unclear(why) = &outcome {
        tracing::warn!(intent = %seen.id, why, "the payment gateway gave no answer that counts");
    }
    let Some(end) = rules::end(seen, outcome.clone(), store.clock.now()) else { return Ok(seen.clone()) };

    let mut op = Op::begin(store, who, None).await?;
    let (mut folios, property) = ledger::lock_for_program(&mut op, &[seen.folio_id]).await?;
    let (before, charge) = match seen.refunds_intent_id {
        Some(charge) => {
            let [before, charge] = store::lock(&mut op, [seen.id, charge]).await?;
            (before, Some(charge))
        }
        None => {
            let [before] = store::lock(&mut op, [seen.id]).await?;
            (before, None)
        }
    };
    // Under the lock: another answer may have come first.
    if rules::end(&before, outcome, op.now).is_none() {
        return Ok(before);
    }
    let after = match end {
        End::Settled(reference) => settled(&mut op, folios.remove(0), property.business_date, &before, reference),
        End::Declined(reason) => gave_up(&mut op, &before, charge, IntentStatus::Declined, reason),
        End::Failed(reason) => gave_up(&mut op, &before, charge, IntentStatus::Failed, reason),
    };
    op.finish().await?;
    Ok(after)
}

fn settled(op: &mut Op, folio: Folio, day: Day, before: &PaymentIntent, reference: String) -> PaymentIntent {
    let is_open = folio.status == FolioStatus::Open;
    let after = PaymentIntent {
        status: if is_open { IntentStatus::Settled } else { IntentStatus::SettledUnposted },
        gateway_ref: Some(reference),
        reason_code: None,
        reason: None,
        source: None,
        finished_at: Some(op.now),
        ..before.clone()
    };
    if is_open {
        post(op, folio, day, &after);
        return store::save(op, before, after, "settled");
    }
    tracing::warn!(intent = %after.id, folio = %folio.id, "money moved for a folio that was closed meanwhile; post it to an open one");
    store::save(op, before, after, "settled_unposted")
}

/// No money moved: what a refund had taken of its charge is free again.
fn gave_up(
    op: &mut Op,
    before: &PaymentIntent,
    charge: Option<PaymentIntent>,
    status: IntentStatus,
    reason: crate::gateway::Reason,
) -> PaymentIntent {
    if let Some(charge) = charge {
        let freed = PaymentIntent { refunded_cents: charge.refunded_cents - before.amount_cents, ..charge.clone() };
        store::save(op, &charge, freed, "refund_ended");
    }
    let after = PaymentIntent {
        status,
        reason_code: Some(reason.code),
        reason: Some(reason.message).filter(|m| !m.is_empty()),
        source: None,
        finished_at: Some(op.now),
        ..before.clone()
    };
    store::save(op, before, after, if status == IntentStatus::Declined { "declined" } else { "failed" })
}

/// Queues the one entry of an intent, on a folio that is locked and open.
pub(super) fn post(op: &mut Op, folio: Folio, day: Day, intent: &PaymentIntent) {
    let (entry_type, amount, verb) = match intent.kind {
        IntentKind::Charge => (EntryType::Payment, Cents(0) - intent.amount_cents, "paid"),
        IntentKind::Refund => (EntryType::Refund, intent.amount_cents, "refunded"),
    };
    let line = Line {
        method: Some(Method::Card),
        source_ref: intent.gateway_ref.clone(),
        payment_intent: Some(intent.id),
        ..Line::new(entry_type, intent.description.clone(), amount, day)
    };
    ledger::post(op, vec![(folio, vec![line])], verb);
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Settled(_) => "settled",
        Outcome::Declined(_) => "declined",
        Outcome::Failed(_) => "failed",
        Outcome::Pending => "pending",
        Outcome::Unknown => "unknown",
        Outcome::Unreached => "unreached",
        Outcome::Unclear(_) => "unclear",
    }
}
