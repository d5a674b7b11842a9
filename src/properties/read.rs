use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Property, found, get};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, data, page, page_of, permission::PropertyView},
    kernel::PropertyId,
};

crate::sql! {
    LIST_PROPERTIES = "
        select * from pms_properties
        where tenant_id = $1 and ($2::boolean is null or is_active = $2) and ($3::text[] is null or id = any($3))
          and ($4::text is null or (name, id) > ($4, $5))
        order by name, id limit $6";
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

/// The properties that the caller may see, by name.
#[utoipa::path(get, path = "/properties", tag = "properties", params(ListQuery),
    responses((status = 200, description = "A page of properties.", body = Page<Property>)))]
pub async fn list(State(app): State<AppState>, actor: May<PropertyView>, Query(query): Query<ListQuery>) -> Result<Reply> {
    let (limit, after) = page_of::<(String, PropertyId)>(query.limit, query.cursor.as_deref())?;
    let (name, id) = after.unzip();

    let call = call!(LIST_PROPERTIES, actor.tenant, query.is_active, actor.property_filter(), name, id, limit + 1);
    let rows = app.store.read(actor.tenant, vec![call]).await?;

    let mut properties: Vec<Property> = rows[0].iter().map(Property::from_row).collect();
    let meta = crate::http::cut(&mut properties, limit, |p| (p.name.clone(), p.id));
    Ok(page(&properties, &meta))
}

/// One property.
#[utoipa::path(get, path = "/properties/{id}", tag = "properties", params(("id" = PropertyId, Path)),
    responses((status = 200, description = "The property.", body = Data<Property>)))]
pub async fn read(State(app): State<AppState>, actor: May<PropertyView>, Path(id): Path<PropertyId>) -> Result<Reply> {
    actor.sees(id)?;

    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let property = found(&rows[0])?;
    Ok(Reply { version: Some(property.version), ..data(&property) })
}
