use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    demand_whole_tenant,
    model::{GET_USER, User, found},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::UsersManage},
    kernel::UserId,
};

crate::sql! {
    LIST_USERS = "
        select u.*, array(select p.property_id from pms_user_properties p where p.tenant_id = $1 and p.user_id = u.id order by 1) as property_ids
        from pms_users u
        where u.tenant_id = $1 and ($2::boolean is null or u.is_active = $2) and ($3::text is null or u.email > $3)
        order by u.email limit $4";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only active ones, or only others.
    is_active: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    cursor: Option<String>,
}

/// The users of the tenant, by e-mail.
#[utoipa::path(get, path = "/users", tag = "users", params(ListQuery),
    responses((status = 200, description = "A page of users.", body = Page<User>)))]
pub async fn list(State(app): State<AppState>, actor: May<UsersManage>, Query(query): Query<ListQuery>) -> Result<Reply> {
    demand_whole_tenant(&actor)?;
    let (limit, after) = page_of::<String>(query.limit, query.cursor.as_deref())?;

    let call = call!(LIST_USERS, actor.tenant, query.is_active, after, limit + 1);
    let rows = app.store.read(actor.tenant, vec![call]).await?;

    let mut users: Vec<User> = rows[0].iter().map(User::from_row).collect();
    let meta = cut(&mut users, limit, |u| u.email.clone());
    Ok(page(&users, &meta))
}

/// One user.
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(("id" = UserId, Path)),
    responses((status = 200, description = "The user.", body = Data<User>)))]
pub async fn read(State(app): State<AppState>, actor: May<UsersManage>, Path(id): Path<UserId>) -> Result<Reply> {
    demand_whole_tenant(&actor)?;

    let rows = app.store.read(actor.tenant, vec![call!(GET_USER, actor.tenant, id)]).await?;

    let user = found(&rows[0])?;
    Ok(Reply { version: Some(user.version), ..data(&user) })
}
