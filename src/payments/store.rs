//! The rows of intents. Each change is recorded where it is written.

use super::model::{IntentKind, IntentStatus, PaymentIntent};
use crate::{
    call,
    db::Result,
    kernel::{Cents, PaymentIntentId, Refusal},
    op::{Change, Op},
};

crate::sql! {
    INSERT_INTENT = "
        insert into pms_payment_intents
          (tenant_id, id, property_id, folio_id, kind, refunds_intent_id, amount_cents, currency, description, source, account,
           expires_at, checked_at, created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $13, $14)";
    READ_INTENT = "select * from pms_payment_intents where tenant_id = $1 and id = $2";
    LOCK_INTENTS = "select * from pms_payment_intents where tenant_id = $1 and id = any($2) order by id for no key update";
    UPDATE_INTENT = "
        update pms_payment_intents set folio_id = $3, status = $4, refunded_cents = $5, source = $6, gateway_ref = $7, reason_code = $8,
          reason = $9, finished_at = $10, version = $11, updated_at = $12, updated_by = $13
        where tenant_id = $1 and id = $2";
}

/// One that is made now, as yet unknown to anybody.
pub(super) fn insert(op: &mut Op, intent: &PaymentIntent) {
    op.write(call!(
        INSERT_INTENT,
        op.tenant(),
        intent.id,
        intent.property_id,
        intent.folio_id,
        intent.kind,
        intent.refunds_intent_id,
        intent.amount_cents,
        intent.currency.clone(),
        intent.description.clone(),
        intent.source.clone(),
        intent.account.clone(),
        intent.expires_at,
        op.now,
        op.actor(),
    ));
    op.record(Change::created(intent.property_id, "payment_intent", intent.id, intent));
}

/// What a new intent has before anything is known of it: `of` names where and how much.
pub(super) fn fresh(op: &Op, of: Fresh) -> PaymentIntent {
    PaymentIntent {
        id: PaymentIntentId(op.new_id()),
        property_id: of.folio.property_id,
        folio_id: of.folio.id,
        kind: if of.refunds.is_some() { IntentKind::Refund } else { IntentKind::Charge },
        refunds_intent_id: of.refunds,
        status: IntentStatus::Pending,
        amount_cents: of.amount,
        currency: of.folio.currency.clone(),
        refunded_cents: Cents(0),
        description: of.description,
        source: of.source,
        account: of.account,
        gateway_ref: None,
        reason_code: None,
        reason: None,
        expires_at: op.now.saturating_add(super::rules::VALID_FOR).unwrap_or(op.now),
        finished_at: None,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    }
}

pub(super) struct Fresh<'a> {
    pub folio: &'a crate::folios::model::Folio,
    pub refunds: Option<PaymentIntentId>,
    pub amount: Cents,
    pub description: String,
    pub source: Option<String>,
    pub account: String,
}

/// As it is, without a lock: where to lock first.
///
/// Errors: NOT_FOUND.
pub(super) async fn look(op: &mut Op, id: PaymentIntentId) -> Result<PaymentIntent> {
    let rows = op.query(call!(READ_INTENT, op.tenant(), id)).await?;
    Ok(found(&rows)?)
}

/// Locked in the order of their ids, and answered in the order asked for.
pub(super) async fn lock<const N: usize>(op: &mut Op, ids: [PaymentIntentId; N]) -> Result<[PaymentIntent; N]> {
    let rows = op.query(call!(LOCK_INTENTS, op.tenant(), ids.to_vec())).await?;
    let intents: Vec<PaymentIntent> = rows.iter().map(PaymentIntent::from_row).collect();
    let one = |id| intents.iter().find(|intent| intent.id == id).cloned().ok_or_else(|| Refusal::not_found("payment"));
    let mut locked = Vec::with_capacity(N);
    for id in ids {
        locked.push(one(id)?);
    }
    Ok(locked.try_into().unwrap_or_else(|_| unreachable!("one intent for each id")))
}

/// Errors: NOT_FOUND.
pub(super) fn found(rows: &[tokio_postgres::Row]) -> Result<PaymentIntent, Refusal> {
    rows.first().map(PaymentIntent::from_row).ok_or_else(|| Refusal::not_found("payment"))
}

/// Queues the change of a locked intent.
pub(super) fn save(op: &mut Op, before: &PaymentIntent, mut after: PaymentIntent, verb: &'static str) -> PaymentIntent {
    after.version = before.version + 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_INTENT,
        op.tenant(),
        after.id,
        after.folio_id,
        after.status,
        after.refunded_cents,
        after.source.clone(),
        after.gateway_ref.clone(),
        after.reason_code.clone(),
        after.reason.clone(),
        after.finished_at,
        after.version,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(after.property_id, "payment_intent", after.id, verb, before, &after));
    after
}
