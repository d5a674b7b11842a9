use axum::extract::State;

use super::{
    super::demand_whole_tenant,
    model::{ApiKey, GET_API_KEY, found},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::UsersManage},
    kernel::{ApiKeyId, page::PageQuery},
};

crate::sql! {
    LIST_API_KEYS = "
        select * from pms_api_keys where tenant_id = $1 and ($2::text is null or id < $2) order by id desc limit $3";
}

/// The API keys of the tenant, newest first, revoked ones too.
#[utoipa::path(get, path = "/api-keys", tag = "users", params(PageQuery),
    responses((status = 200, description = "A page of API keys.", body = Page<ApiKey>)))]
pub async fn list(State(app): State<AppState>, actor: May<UsersManage>, Query(query): Query<PageQuery>) -> Result<Reply> {
    demand_whole_tenant(&actor)?;
    let (limit, after) = page_of::<ApiKeyId>(query.limit, query.cursor.as_deref())?;

    let rows = app.store.read(actor.tenant, vec![call!(LIST_API_KEYS, actor.tenant, after, limit + 1)]).await?;

    let mut keys: Vec<ApiKey> = rows[0].iter().map(ApiKey::from_row).collect();
    let meta = cut(&mut keys, limit, |k| k.id);
    Ok(page(&keys, &meta))
}

/// One API key.
#[utoipa::path(get, path = "/api-keys/{id}", tag = "users", params(("id" = ApiKeyId, Path)),
    responses((status = 200, description = "The API key.", body = Data<ApiKey>)))]
pub async fn read(State(app): State<AppState>, actor: May<UsersManage>, Path(id): Path<ApiKeyId>) -> Result<Reply> {
    demand_whole_tenant(&actor)?;

    let rows = app.store.read(actor.tenant, vec![call!(GET_API_KEY, actor.tenant, id)]).await?;

    Ok(data(&found(&rows[0])?))
}
