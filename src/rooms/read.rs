use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Room, RoomStatus, StatusLogEntry, found, get};
use crate::{
    call,
    db::{Reply, Result},
    http::{
        AppState, Data, May, Page, Path, Query, cut, data, page, page_of,
        permission::{HousekeepingView, RoomsView},
    },
    kernel::{Day, Faults, PropertyId, RoomId, RoomTypeId, StatusLogId},
    properties,
};

crate::sql! {
    LIST_ROOMS = "
        select * from pms_rooms
        where tenant_id = $1 and property_id = $2 and ($3::text is null or room_type_id = $3) and ($4::text is null or status = $4)
          and ($5::boolean is null or is_active = $5) and ($6::text is null or floor = $6)
          and ($7::text is null or (room_number, id) > ($7, $8))
        order by room_number, id limit $9";
    LIST_STATUS_LOG = "
        select * from pms_room_status_log
        where tenant_id = $1 and property_id = (select property_id from pms_rooms where tenant_id = $1 and id = $2) and room_id = $2
          and ($3::date is null or (business_date, id) < ($3, $4))
        order by business_date desc, id desc limit $5";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoomsQuery {
    property_id: PropertyId,
    room_type_id: Option<RoomTypeId>,
    status: Option<RoomStatus>,
    /// Only active ones, or only others.
    is_active: Option<bool>,
    #[param(max_length = 20)]
    floor: Option<String>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// The rooms of a property, by number.
#[utoipa::path(get, path = "/rooms", tag = "rooms", params(RoomsQuery),
    responses((status = 200, description = "A page of rooms.", body = Page<Room>)))]
pub async fn list(State(app): State<AppState>, actor: May<RoomsView>, Query(query): Query<RoomsQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let mut faults = Faults::default();
    faults.optional_text("floor", query.floor.as_deref(), 20);
    faults.finish()?;
    let (limit, after) = page_of::<(String, RoomId)>(query.limit, query.cursor.as_deref())?;
    let (number, id) = after.unzip();

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(
            LIST_ROOMS,
            actor.tenant,
            query.property_id,
            query.room_type_id,
            query.status,
            query.is_active,
            query.floor,
            number,
            id,
            limit + 1
        )
        .fitted(),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let mut rooms: Vec<Room> = rows[1].iter().map(Room::from_row).collect();
    let meta = cut(&mut rooms, limit, |room| (room.room_number.clone(), room.id));
    Ok(page(&rooms, &meta))
}

/// One room.
#[utoipa::path(get, path = "/rooms/{id}", tag = "rooms", params(("id" = RoomId, Path)),
    responses((status = 200, description = "The room.", body = Data<Room>)))]
pub async fn read(State(app): State<AppState>, actor: May<RoomsView>, Path(id): Path<RoomId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let room = found(&rows[0])?;
    actor.sees(room.property_id)?;
    Ok(Reply { version: Some(room.version), ..data(&room) })
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatusLogQuery {
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// What the state of a room was, the newest change first.
#[utoipa::path(get, path = "/rooms/{id}/status-log", tag = "rooms", params(("id" = RoomId, Path), StatusLogQuery),
    responses((status = 200, description = "A page of changes.", body = Page<StatusLogEntry>)))]
pub async fn status_log(
    State(app): State<AppState>,
    actor: May<HousekeepingView>,
    Path(id): Path<RoomId>,
    Query(query): Query<StatusLogQuery>,
) -> Result<Reply> {
    let (limit, after) = page_of::<(Day, StatusLogId)>(query.limit, query.cursor.as_deref())?;
    let (day, last) = after.unzip();

    let calls = vec![get(actor.tenant, id), call!(LIST_STATUS_LOG, actor.tenant, id, day, last, limit + 1).fitted()];
    let rows = app.store.read(actor.tenant, calls).await?;

    actor.sees(found(&rows[0])?.property_id)?;
    let mut entries: Vec<StatusLogEntry> = rows[1].iter().map(StatusLogEntry::from_row).collect();
    let meta = cut(&mut entries, limit, |entry| (entry.business_date, entry.id));
    Ok(page(&entries, &meta))
}
