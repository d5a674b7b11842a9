use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::Message;
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, May, Page, Query, cut, page, page_of, permission::FolioView},
    kernel::{FolioId, MessageId, PropertyId, ReservationId},
    properties,
};

crate::sql! {
    LIST_MESSAGES = "
        select * from pms_messages
        where tenant_id = $1 and property_id = $2 and ($3::text is null or reservation_id = $3) and ($4::text is null or folio_id = $4)
          and ($5::text is null or id < $5)
        order by id desc limit $6";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessagesQuery {
    property_id: PropertyId,
    /// Those of one stay.
    reservation_id: Option<ReservationId>,
    /// Those that a folio went with.
    folio_id: Option<FolioId>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// Messages of a property, of a stay or of a folio, the newest first.
#[utoipa::path(get, path = "/messages", tag = "folios", params(MessagesQuery),
    responses((status = 200, description = "A page of messages.", body = Page<Message>)))]
pub async fn list(State(app): State<AppState>, actor: May<FolioView>, Query(query): Query<MessagesQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<MessageId>(query.limit, query.cursor.as_deref())?;
    let (property, stay, folio) = (query.property_id, query.reservation_id, query.folio_id);
    let calls = vec![
        properties::model::get(actor.tenant, property),
        call!(LIST_MESSAGES, actor.tenant, property, stay, folio, after, limit + 1).fitted(),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let mut messages: Vec<Message> = rows[1].iter().map(Message::from_row).collect();
    let meta = cut(&mut messages, limit, |message| message.id);
    Ok(page(&messages, &meta))
}
