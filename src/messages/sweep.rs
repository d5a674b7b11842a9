//! Messages that wait are given to the mail server, again and again, more and more seldom, until it takes or refuses them.

use std::sync::Arc;

use super::model::{Message, MessageStatus};
use crate::{
    call,
    db::{Mode, Result, Tx},
    folios::print::{self, Paper},
    kernel::TenantId,
    mail::{Delivery, Letter, Post},
    op::{Change, Op, Store, Who},
    paper::Fonts,
};

/// Some three hours: the pauses double from half a minute on, up to an hour.
const MOST_ATTEMPTS: i32 = 10;

crate::sql! {
    /// Asked before any tenant is known, so through a function of the owner.
    TENANTS_WITH_MAIL_DUE = "select tenant_id from pms_tenants_with_mail_due($1)";
    /// Taken by one server at a time. Who dies while he sends is followed by another after the pause, and the letter has the same id.
    CLAIM_MAIL = "
        update pms_messages set attempts = attempts + 1,
          next_attempt_at = $2::timestamptz + least(interval '30 seconds' * power(2, least(attempts, 10)), interval '1 hour')
        where tenant_id = $1 and id in (
          select id from pms_messages
          where tenant_id = $1 and status = 'QUEUED' and direction = 'OUTBOUND' and channel = 'EMAIL' and next_attempt_at <= $2
          order by next_attempt_at limit 20 for no key update skip locked)
        returning *";
    FINISH_MESSAGE = "
        update pms_messages set status = $3, failure_reason = $4, sent_at = $5
        where tenant_id = $1 and id = $2 and status = 'QUEUED' returning id";
}

/// Sends what is due; answers how many ended, sent or given up. One that fails does not stop the others.
pub async fn send_due(store: &Store, fonts: &Fonts, post: &Arc<dyn Post>) -> Result<usize> {
    let now = store.clock.now();
    let mut ended = 0;
    for row in store.read_unscoped(call!(TENANTS_WITH_MAIL_DUE, now)).await? {
        let tenant: TenantId = row.get(0);
        let tx = Tx::new(&store.db, tenant, Mode::Write).await?;
        let rows = tx.commit(vec![call!(CLAIM_MAIL, tenant, now)]).await?;
        for message in rows[0].iter().map(Message::from_row) {
            match send(store, fonts, post, tenant, &message).await {
                Ok(is_over) => ended += usize::from(is_over),
                Err(error) => tracing::warn!(%error, %tenant, message = %message.id, "a message was not sent; it is tried again"),
            }
        }
    }
    Ok(ended)
}

/// Whether it is over.
async fn send(store: &Store, fonts: &Fonts, post: &Arc<dyn Post>, tenant: TenantId, message: &Message) -> Result<bool> {
    let Some(folio) = message.folio_id else { return Ok(false) };
    let rows = store.read(tenant, print::facts(tenant, folio).into()).await?;
    let paper = Paper::found(&rows)?;
    let letter = Letter {
        id: message.id.to_string(),
        from_name: paper.head.property_name.clone(),
        reply_to: paper.head.email.clone(),
        to: message.recipient.clone(),
        subject: message.subject.clone().unwrap_or_default(),
        text: message.body.clone(),
        file_name: format!("{}.pdf", paper.file_name()),
        pdf: paper.pdf(fonts).await?,
    };
    let delivery = post.send(&letter).await;
    let is_last = message.attempts >= MOST_ATTEMPTS;
    let (status, reason) = match delivery {
        Delivery::Taken => (MessageStatus::Sent, None),
        Delivery::Refused(reason) => (MessageStatus::Failed, Some(reason)),
        Delivery::Failed(reason) if is_last => (MessageStatus::Failed, Some(reason)),
        Delivery::Failed(reason) => (MessageStatus::Queued, Some(reason)),
    };
    finish(store, tenant, message, status, reason).await?;
    Ok(status != MessageStatus::Queued)
}

/// Writes what became of it, and tells it where it is the end.
async fn finish(store: &Store, tenant: TenantId, before: &Message, status: MessageStatus, reason: Option<String>) -> Result<()> {
    let who = Who { tenant, actor: "system".into(), correlation: "mail".into() };
    let mut op = Op::begin(store, who, None).await?;
    let sent_at = (status == MessageStatus::Sent).then_some(op.now);
    let after = Message { status, failure_reason: reason.clone(), sent_at, ..before.clone() };
    let rows = op.query(call!(FINISH_MESSAGE, tenant, before.id, status, reason, sent_at)).await?;
    let verb = match status {
        MessageStatus::Sent => "sent",
        MessageStatus::Failed => "failed",
        _ => return op.finish().await,
    };
    if !rows.is_empty() {
        op.record(Change::changed(before.property_id, "message", before.id, verb, before, &after));
    }
    op.finish().await
}
