use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::room_type::{RoomType, found, get};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::RoomsView},
    kernel::{PropertyId, RoomTypeId},
    properties,
};

crate::sql! {
    LIST_ROOM_TYPES = "
        select * from pms_room_types
        where tenant_id = $1 and property_id = $2 and ($3::boolean is null or is_active = $3)
          and ($4::int is null or (sort_order, code) > ($4, $5))
        order by sort_order, code limit $6";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoomTypesQuery {
    property_id: PropertyId,
    /// Only active ones, or only others.
    is_active: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// The room types of a property, in the order of the calendar.
#[utoipa::path(get, path = "/room-types", tag = "room types", params(RoomTypesQuery),
    responses((status = 200, description = "A page of room types.", body = Page<RoomType>)))]
pub async fn list(State(app): State<AppState>, actor: May<RoomsView>, Query(query): Query<RoomTypesQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<(i32, String)>(query.limit, query.cursor.as_deref())?;
    let (sort_order, code) = after.unzip();

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(LIST_ROOM_TYPES, actor.tenant, query.property_id, query.is_active, sort_order, code, limit + 1),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let mut types: Vec<RoomType> = rows[1].iter().map(RoomType::from_row).collect();
    let meta = cut(&mut types, limit, |t| (t.sort_order, t.code.clone()));
    Ok(page(&types, &meta))
}

/// One room type.
#[utoipa::path(get, path = "/room-types/{id}", tag = "room types", params(("id" = RoomTypeId, Path)),
    responses((status = 200, description = "The room type.", body = Data<RoomType>)))]
pub async fn read(State(app): State<AppState>, actor: May<RoomsView>, Path(id): Path<RoomTypeId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let room_type = found(&rows[0])?;
    actor.sees(room_type.property_id)?;
    Ok(Reply { version: Some(room_type.version), ..data(&room_type) })
}
