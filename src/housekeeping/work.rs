//! An attendant at work: start, done, skipped; and who looks after: inspected, sent back.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    change::{Locked, lock},
    model::{Assignment, AssignmentState, SkipReason, save, trimmed},
    rules::{demand_room, demand_state},
};
use crate::{
    db::{Reply, Result},
    http::{
        Actor, AppState, Data, May, Path, Write,
        permission::{HousekeepingManage, Role},
    },
    kernel::{AssignmentId, Code, Day, Faults, Refusal},
    op::Op,
    rooms::{
        model::{Room, RoomStatus},
        status,
    },
};

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WorkStep {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// Takes the place of the one before.
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Skip {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    pub reason: SkipReason,
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// A step of the work, taken under the locks.
async fn take(
    app: AppState,
    actor: &Actor,
    id: AssignmentId,
    write: Write<WorkStep>,
    verb: &'static str,
    step: impl FnOnce(&mut Op, &Locked, &mut Assignment) -> Result<(), Refusal>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let mut faults = Faults::default();
    faults.optional_text("note", write.body.note.as_deref(), 1000);
    faults.finish()?;

    let mut op = app.begin(actor, write.key).await?;
    let locked = lock(&mut op, actor, id, seen).await?;
    let mut after = locked.assignment.clone();
    step(&mut op, &locked, &mut after)?;
    if let Some(note) = trimmed(write.body.note) {
        after.note = Some(note);
    }

    save(&mut op, &locked.assignment, &mut after, verb);
    op.commit(200, &after).await
}

/// Begins the work. An attendant who begins what was given to another takes it over.
#[utoipa::path(post, path = "/housekeeping-assignments/{id}/start", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    request_body = WorkStep, responses((status = 200, description = "The assignment as it is now.", body = Data<Assignment>)))]
pub async fn start(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<WorkStep>,
) -> Result<Reply> {
    let attendant = if actor.is_user && actor.role == Role::Housekeeping { actor.id.parse().ok() } else { None };
    take(app, &actor, id, write, "started", |op, locked, after| {
        demand_state(&locked.assignment, &[AssignmentState::Open], "STARTED")?;
        demand_room(after.kind, &locked.room)?;
        after.state = AssignmentState::Started;
        after.attendant_id = attendant.unwrap_or(after.attendant_id);
        (after.started_at, after.done_at) = (Some(op.now), None);
        Ok(())
    })
    .await
}

/// The work is done: a vacant dirty room is clean, an occupied one serviced.
#[utoipa::path(post, path = "/housekeeping-assignments/{id}/done", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    request_body = WorkStep, responses((status = 200, description = "The assignment as it is now.", body = Data<Assignment>)))]
pub async fn done(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<WorkStep>,
) -> Result<Reply> {
    take(app, &actor, id, write, "done", |op, locked, after| {
        demand_state(&locked.assignment, &[AssignmentState::Started], "DONE")?;
        after.state = AssignmentState::Done;
        // Clocks of two servers may differ a little.
        let began = after.started_at.unwrap_or(op.now);
        let ended = op.now.max(began);
        after.done_at = Some(ended);
        let seconds = i32::try_from(ended.as_second() - began.as_second()).unwrap_or(i32::MAX);
        after.worked_seconds = after.worked_seconds.saturating_add(seconds);
        let today = locked.property.business_date;
        match locked.room.status {
            // The guest left while somebody made his bed: the room is still to be done.
            RoomStatus::VacantDirty if after.kind == super::model::Work::StayOver => {}
            RoomStatus::VacantDirty => {
                status::set(op, &locked.room, RoomStatus::VacantClean, None, today);
            }
            RoomStatus::Occupied => {
                status::service(op, &locked.room, Some(today), "serviced", today);
            }
            RoomStatus::VacantClean | RoomStatus::OutOfOrder => {}
        }
        Ok(())
    })
    .await
}

/// The work was seen and is good. Nobody inspects what he has done himself.
#[utoipa::path(post, path = "/housekeeping-assignments/{id}/inspect", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    request_body = WorkStep, responses((status = 200, description = "The assignment as it is now.", body = Data<Assignment>)))]
pub async fn inspect(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<WorkStep>,
) -> Result<Reply> {
    take(app, &actor, id, write, "inspected", |op, locked, after| {
        demand_state(&locked.assignment, &[AssignmentState::Done], "INSPECTED")?;
        demand_other(&actor, after)?;
        let Room { status, is_inspected, room_number: number, .. } = &locked.room;
        if *status == RoomStatus::VacantDirty && after.kind != super::model::Work::StayOver {
            let message = format!("Room {number} is dirty again.");
            return Err(Refusal::new(Code::InvalidStatusTransition, message));
        }
        if *status == RoomStatus::VacantClean && !is_inspected {
            status::inspect(op, &locked.room, locked.property.business_date);
        }
        after.state = AssignmentState::Inspected;
        (after.inspected_at, after.inspected_by) = (Some(op.now), Some(op.actor()));
        Ok(())
    })
    .await
}

/// The work was seen and is to be done again: the room is dirty, or not serviced.
#[utoipa::path(post, path = "/housekeeping-assignments/{id}/send-back", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    request_body = WorkStep, responses((status = 200, description = "The assignment as it is now.", body = Data<Assignment>)))]
pub async fn send_back(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<WorkStep>,
) -> Result<Reply> {
    take(app, &actor, id, write, "sent_back", |op, locked, after| {
        demand_state(&locked.assignment, &[AssignmentState::Done], "OPEN")?;
        demand_other(&actor, after)?;
        not_done(op, &locked.room, locked.property.business_date);
        after.state = AssignmentState::Open;
        after.failed_inspections += 1;
        (after.started_at, after.done_at) = (None, None);
        Ok(())
    })
    .await
}

fn not_done(op: &mut Op, room: &Room, today: Day) {
    match room.status {
        RoomStatus::VacantClean => {
            status::set(op, room, RoomStatus::VacantDirty, Some("sent back by inspection".into()), today);
        }
        RoomStatus::Occupied if room.serviced_on == Some(today) => {
            status::service(op, room, None, "sent back by inspection", today);
        }
        _ => {}
    }
}

/// The guest did not want it: do not disturb, or no service.
#[utoipa::path(post, path = "/housekeeping-assignments/{id}/skip", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    request_body = Skip, responses((status = 200, description = "The assignment as it is now.", body = Data<Assignment>)))]
pub async fn skip(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<Skip>,
) -> Result<Reply> {
    let reason = write.body.reason;
    let write = write.map(|skip| WorkStep { version: skip.version, note: skip.note });
    take(app, &actor, id, write, "skipped", |_, locked, after| {
        demand_state(&locked.assignment, &[AssignmentState::Open, AssignmentState::Started], "SKIPPED")?;
        if locked.room.status != RoomStatus::Occupied {
            let message =
                format!("Nobody is in room {} by the books. If somebody is, report what you see.", locked.room.room_number);
            return Err(Refusal::new(Code::InvalidStatusTransition, message));
        }
        after.state = AssignmentState::Skipped;
        after.skip_reason = Some(reason);
        Ok(())
    })
    .await
}

/// Back to the beginning: what was begun by mistake, or the guest wants it after all.
#[utoipa::path(post, path = "/housekeeping-assignments/{id}/reopen", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    request_body = WorkStep, responses((status = 200, description = "The assignment as it is now.", body = Data<Assignment>)))]
pub async fn reopen(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<WorkStep>,
) -> Result<Reply> {
    take(app, &actor, id, write, "reopened", |_, locked, after| {
        demand_state(&locked.assignment, &[AssignmentState::Started, AssignmentState::Skipped], "OPEN")?;
        after.state = AssignmentState::Open;
        after.skip_reason = None;
        (after.started_at, after.done_at) = (None, None);
        Ok(())
    })
    .await
}

/// Errors: AUTHORIZATION_DENIED for who has done it himself.
fn demand_other(actor: &Actor, assignment: &Assignment) -> Result<(), Refusal> {
    if actor.id == assignment.attendant_id.to_string() {
        return Err(Refusal::new(Code::AuthorizationDenied, "Nobody inspects what he has done himself."));
    }
    Ok(())
}
