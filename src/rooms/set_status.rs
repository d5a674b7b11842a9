use axum::extract::State;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    create::trimmed,
    model::{Room, RoomStatus, found, lock},
    status,
};
use crate::{
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::HousekeepingManage},
    kernel::{Code, Faults, Refusal, RoomId},
    properties,
};

/// What housekeeping found or did.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomStatusChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// `VACANT_CLEAN` or `VACANT_DIRTY`: the others follow stays and blocks.
    pub status: RoomStatus,
    /// A supervisor saw the clean room. Unchanged when absent; a dirty room is never inspected.
    pub is_inspected: Option<bool>,
    #[schema(max_length = 4000)]
    pub note: Option<String>,
}

/// Sets a vacant room clean, inspected or dirty.
#[utoipa::path(post, path = "/rooms/{id}/status", tag = "rooms", params(("id" = RoomId, Path)), request_body = RoomStatusChange,
    responses((status = 200, description = "The room as it is now.", body = Data<Room>)))]
pub async fn set_status(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<RoomId>,
    write: Write<RoomStatusChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let change = write.body;
    let mut faults = Faults::default();
    faults.optional_text("note", change.note.as_deref(), 4000);
    if change.status == RoomStatus::VacantDirty && change.is_inspected == Some(true) {
        faults.add("isInspected", "must not be true for a dirty room");
    }
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let before = found(&op.query(lock(op.tenant(), vec![id])).await?)?;
    actor.sees(before.property_id)?;
    if before.version != seen {
        return Err(Refusal::stale("room", &before).into());
    }
    let mut after = by_hand(&before, change.status, change.is_inspected)?;
    let today = properties::model::load(&mut op, before.property_id).await?.business_date;

    status::save(&mut op, &before, &mut after, trimmed(change.note), today);
    op.commit(200, &after).await
}

/// The room after a change by hand.
///
/// Errors: INVALID_STATUS_TRANSITION; who sleeps in a room and what takes it off the market is not said here.
fn by_hand(room: &Room, to: RoomStatus, is_inspected: Option<bool>) -> Result<Room, Refusal> {
    let refused = |why: String| {
        Err(Refusal::new(Code::InvalidStatusTransition, why).facts(json!({ "status": room.status, "version": room.version })))
    };
    if !to.is_vacant() {
        return refused(format!("A room becomes {to} by a stay or a block, not by hand."));
    }
    if !room.status.is_vacant() {
        return refused(format!(
            "Room {} is {} and leaves that by a stay or a block, not by hand.",
            room.room_number, room.status
        ));
    }
    // A room that was just cleaned has not been inspected, unless this says so.
    let was_inspected = room.is_inspected && to == room.status;
    let is_inspected = is_inspected.unwrap_or(was_inspected);
    if to == room.status && is_inspected == room.is_inspected {
        return refused(format!("Room {} is {to} already.", room.room_number));
    }
    Ok(Room { status: to, is_inspected: is_inspected && to == RoomStatus::VacantClean, ..room.clone() })
}
