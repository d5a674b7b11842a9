use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    model::{IntentStatus, PaymentIntent},
    store::{READ_INTENT, found},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{Actor, AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::FolioView},
    kernel::{FolioId, PaymentIntentId, PropertyId, Refusal, ReservationId},
    op::Store,
    properties,
};

crate::sql! {
    LIST_INTENTS = "
        select i.* from pms_payment_intents i join pms_folios f
          on f.tenant_id = $1 and f.property_id = i.property_id and f.id = i.folio_id
        where i.tenant_id = $1 and i.property_id = $2 and ($3::text is null or i.folio_id = $3)
          and ($4::text is null or f.reservation_id = $4) and ($5::text is null or i.status = $5) and ($6::text is null or i.id < $6)
        order by i.id desc limit $7";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IntentsQuery {
    property_id: PropertyId,
    folio_id: Option<FolioId>,
    /// Of all folios of one stay.
    reservation_id: Option<ReservationId>,
    status: Option<IntentStatus>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// The payments and refunds through the gateway, the newest first.
#[utoipa::path(get, path = "/payment-intents", tag = "payments", params(IntentsQuery),
    responses((status = 200, description = "A page of payments.", body = Page<PaymentIntent>)))]
pub async fn list(State(app): State<AppState>, actor: May<FolioView>, Query(query): Query<IntentsQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<PaymentIntentId>(query.limit, query.cursor.as_deref())?;
    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(
            LIST_INTENTS,
            actor.tenant,
            query.property_id,
            query.folio_id,
            query.reservation_id,
            query.status,
            after,
            limit + 1
        )
        .fitted(),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let mut intents: Vec<PaymentIntent> = rows[1].iter().map(PaymentIntent::from_row).collect();
    let meta = cut(&mut intents, limit, |intent| intent.id);
    Ok(page(&intents, &meta))
}

/// A payment or refund through the gateway.
#[utoipa::path(get, path = "/payment-intents/{id}", tag = "payments", params(("id" = PaymentIntentId, Path)),
    responses((status = 200, description = "The payment.", body = Data<PaymentIntent>)))]
pub async fn read(State(app): State<AppState>, actor: May<FolioView>, Path(id): Path<PaymentIntentId>) -> Result<Reply> {
    let intent = get(&app.store, &actor, id).await?;
    Ok(Reply { version: Some(intent.version), ..data(&intent) })
}

/// Errors: NOT_FOUND, also for one of a property that the actor does not see.
pub(super) async fn get(store: &Store, actor: &Actor, id: PaymentIntentId) -> Result<PaymentIntent> {
    let rows = store.read(actor.tenant, vec![call!(READ_INTENT, actor.tenant, id)]).await?;
    let intent = found(&rows[0])?;
    actor.sees(intent.property_id).map_err(|_| Refusal::not_found("payment"))?;
    Ok(intent)
}
