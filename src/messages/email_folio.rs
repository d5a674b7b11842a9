use axum::extract::State;

use super::model::{Channel, Message, MessageStatus, NewEmail};
use crate::{
    call,
    db::{Reply, Result},
    folios::print::{self, Paper},
    guests::model::email_fault,
    http::{AppState, Data, May, Path, Write, permission::MessagesSend},
    kernel::{Code, Faults, FolioId, MessageId, Refusal},
    op::{Change, Op},
};

crate::sql! {
    INSERT_MESSAGE = "
        insert into pms_messages
          (tenant_id, id, property_id, reservation_id, folio_id, channel, recipient, subject, body, queued_at, next_attempt_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
}

/// Sends a folio by e-mail: its statement while it is open, its invoice or credit note once it is closed, as PDF. The answer says that it waits
/// to be sent; whether it was, its status tells.
#[utoipa::path(post, path = "/folios/{id}/email", tag = "folios", params(("id" = FolioId, Path)), request_body = NewEmail,
    responses((status = 202, description = "The message, which waits to be sent.", body = Data<Message>)))]
pub async fn email(
    State(app): State<AppState>,
    actor: May<MessagesSend>,
    Path(id): Path<FolioId>,
    write: Write<NewEmail>,
) -> Result<Reply> {
    let recipient = write.body.recipient.trim().to_string();
    let mut faults = Faults::default();
    if let Some(fault) = email_fault(&recipient) {
        faults.add("recipient", fault);
    }
    faults.optional_text("text", write.body.text.as_deref(), 4000);
    faults.finish()?;
    if app.mail.is_none() {
        let message = "This server sends no mail. Who runs it sets mail_url and mail_from.";
        return Err(Refusal::new(Code::MailServerMissing, message).into());
    }

    let mut op = app.begin(&actor, write.key).await?;
    let rows = op.run(print::facts(op.tenant(), id)).await?;
    let paper = Paper::found(&rows)?;
    let folio = &paper.bill.folio;
    actor.sees(folio.property_id).map_err(|_| Refusal::not_found("folio"))?;
    let text = write.body.text.map(|text| text.trim().to_string()).filter(|text| !text.is_empty());
    let message = Message {
        id: MessageId(op.new_id()),
        property_id: folio.property_id,
        reservation_id: folio.reservation_id,
        folio_id: Some(id),
        channel: Channel::Email,
        recipient,
        subject: Some(format!("{} · {}", paper.title(), paper.head.property_name)),
        body: text.unwrap_or_else(|| paper.letter()),
        status: MessageStatus::Queued,
        failure_reason: None,
        attempts: 0,
        queued_at: op.now,
        sent_at: None,
        created_by: op.actor(),
    };
    queue(&mut op, &message);
    op.commit(202, &message).await
}

fn queue(op: &mut Op, message: &Message) {
    op.write(call!(
        INSERT_MESSAGE,
        op.tenant(),
        message.id,
        message.property_id,
        message.reservation_id,
        message.folio_id,
        message.channel,
        message.recipient.clone(),
        message.subject.clone(),
        message.body.clone(),
        op.now,
        op.actor(),
    ));
    op.record(Change::created(message.property_id, "message", message.id, message));
}
