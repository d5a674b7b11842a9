use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    model::{Guest, found, get},
    search::Wanted,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::GuestsView},
    kernel::{GuestId, PropertyId, Refusal, page::PageMeta},
};

crate::sql! {
    LIST_GUESTS = "
        select * from pms_guests
        where tenant_id = $1 and property_id = $2 and is_active = $3
          and ($4::text is null or (last_name, first_name, id) > ($4, $5, $6))
        order by last_name, first_name, id limit $7";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    property_id: PropertyId,
    /// Looks for names in either order, an e-mail address or a telephone number, or parts of them, in any script and with typos.
    /// The answer is the best matches, best first, and has no further page.
    #[param(max_length = 200)]
    q: Option<String>,
    /// `true` when absent: those that were deactivated or merged are left out.
    is_active: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    cursor: Option<String>,
}

/// The guests of a property by name, or those that a search finds.
#[utoipa::path(get, path = "/guests", tag = "guests", params(ListQuery),
    responses((status = 200, description = "A page of guests.", body = Page<Guest>)))]
pub async fn list(State(app): State<AppState>, actor: May<GuestsView>, Query(query): Query<ListQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<(String, String, GuestId)>(query.limit, query.cursor.as_deref())?;
    let is_active = query.is_active.unwrap_or(true);

    if let Some(q) = query.q.as_deref().filter(|q| !q.trim().is_empty()) {
        if after.is_some() {
            return Err(Refusal::invalid("cursor", "does not go with q: a search has one page").into());
        }
        if q.chars().count() > 200 {
            return Err(Refusal::invalid("q", "must have at most 200 characters").into());
        }
        let rows = match Wanted::new(q) {
            Some(wanted) => {
                app.store.read(actor.tenant, vec![wanted.call(actor.tenant, query.property_id, is_active, limit)]).await?
            }
            None => vec![Vec::new()],
        };
        let guests: Vec<Guest> = rows[0].iter().map(Guest::from_row).collect();
        return Ok(page(&guests, &PageMeta { cursor: None, has_more: false }));
    }

    let (last, first, id) = after.map_or((None, None, None), |(last, first, id)| (Some(last), Some(first), Some(id)));
    let call = call!(LIST_GUESTS, actor.tenant, query.property_id, is_active, last, first, id, limit + 1);
    let rows = app.store.read(actor.tenant, vec![call.fitted()]).await?;

    let mut guests: Vec<Guest> = rows[0].iter().map(Guest::from_row).collect();
    let meta = cut(&mut guests, limit, |g| (g.last_name.clone(), g.first_name.clone(), g.id));
    Ok(page(&guests, &meta))
}

/// One guest.
#[utoipa::path(get, path = "/guests/{id}", tag = "guests", params(("id" = GuestId, Path)),
    responses((status = 200, description = "The guest.", body = Data<Guest>)))]
pub async fn read(State(app): State<AppState>, actor: May<GuestsView>, Path(id): Path<GuestId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let guest = found(&rows[0])?;
    actor.sees(guest.property_id).map_err(|_| Refusal::not_found("guest"))?;
    Ok(Reply { version: Some(guest.version), ..data(&guest) })
}
