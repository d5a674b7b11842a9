use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    model::{Assignment, AssignmentState, FIND_ASSIGNMENT, LOCK_ASSIGNMENT, Work, demand_attendants, found, save, trimmed},
    rules::{changes_linen, demand_state},
    settings::{self, HousekeepingSettings},
    sheet::Books,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{Actor, AppState, Data, May, Path, Seen, Write, permission::HousekeepingManage},
    kernel::{
        AssignmentId, Code, Faults, Refusal, UserId,
        patch::{nullable, set},
    },
    op::{Change, Op, json},
    properties::{self, Property},
    rooms,
};

crate::sql! {
    DELETE_ASSIGNMENT = "delete from pms_housekeeping_assignments where tenant_id = $1 and id = $2";
}

/// What may change of an assignment that nobody has begun.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AssignmentChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// Moves the room to another attendant.
    pub attendant_id: Option<UserId>,
    /// With it come the credits of the settings, unless `credits` says otherwise.
    pub kind: Option<Work>,
    #[schema(minimum = 1, maximum = 480)]
    pub credits: Option<i32>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    pub note: Option<Option<String>>,
}

/// An assignment of the business date with its room, both locked.
pub(super) struct Locked {
    pub property: Property,
    pub room: rooms::model::Room,
    pub assignment: Assignment,
    pub settings: HousekeepingSettings,
}

/// Locks the room and the assignment, and demands that nobody changed it meanwhile, and that its day is open.
///
/// Errors: NOT_FOUND, CONCURRENCY_CONFLICT, INVALID_STATUS_TRANSITION.
pub(super) async fn lock(op: &mut Op, actor: &Actor, id: AssignmentId, seen: i32) -> Result<Locked> {
    let tenant = op.tenant();
    let known = found(&op.query(call!(FIND_ASSIGNMENT, tenant, id)).await?)?;
    actor.sees(known.property_id).map_err(|_| Refusal::not_found("assignment"))?;
    let calls = [
        properties::model::hold_day(tenant, known.property_id),
        properties::model::get(tenant, known.property_id),
        settings::get(tenant, known.property_id),
        rooms::model::lock(tenant, vec![known.room_id]),
        call!(LOCK_ASSIGNMENT, tenant, id),
    ];
    let [_, property, settings, room, assignment] = op.run(calls).await?;
    let property = properties::model::found(&property)?;
    let Some(assignment) = assignment.first().map(Assignment::from_row) else {
        return Err(Refusal::new(Code::ConcurrencyConflict, "The assignment was removed by someone else meanwhile.").into());
    };
    if assignment.version != seen {
        return Err(Refusal::stale("assignment", &assignment).into());
    }
    if assignment.business_date != property.business_date {
        let message =
            format!("The assignment is of {}, and the business date is {}.", assignment.business_date, property.business_date);
        return Err(Refusal::new(Code::InvalidStatusTransition, message).into());
    }
    Ok(Locked { property, room: rooms::model::found(&room)?, assignment, settings: settings::found(&settings)? })
}

/// Moves a room to another attendant, or changes what is done there, while nobody has begun.
#[utoipa::path(patch, path = "/housekeeping-assignments/{id}", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    request_body = AssignmentChange, responses((status = 200, description = "The assignment as it is now.", body = Data<Assignment>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<AssignmentChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let change = write.body;

    let mut op = app.begin(&actor, write.key).await?;
    let Locked { room, assignment: before, settings, .. } = lock(&mut op, &actor, id, seen).await?;
    demand_state(&before, &[AssignmentState::Open], "another one")?;
    let mut after = before.clone();
    if let Some(kind) = change.kind.filter(|kind| *kind != before.kind) {
        let [rooms, assignments] = Books::calls(op.tenant(), room.property_id, Some(room.id));
        let [rooms, assignments] = op.run([rooms, assignments]).await?;
        let facts = Books::from_rows(&rooms, &assignments).facts;
        after.changes_linen = facts.first().is_some_and(|f| changes_linen(kind, &f.today(&settings)));
        after.kind = kind;
        after.credits = settings.credits(kind);
    }
    set(&mut after.credits, change.credits);
    set(&mut after.note, change.note.map(trimmed));
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;
    let mut verb = "changed";
    if let Some(attendant) = change.attendant_id.filter(|id| *id != before.attendant_id) {
        demand_attendants(&mut op, before.property_id, &[attendant], |_| "attendantId".into()).await?;
        after.attendant_id = attendant;
        verb = "moved";
    }

    save(&mut op, &before, &mut after, verb);
    op.commit(200, &after).await
}

/// Takes an assignment away that nobody has begun.
#[utoipa::path(delete, path = "/housekeeping-assignments/{id}", tag = "housekeeping",
    params(("id" = AssignmentId, Path), ("If-Match" = String, Header, description = "The version that was seen, in quotes.")),
    responses((status = 200, description = "The assignment as it was last.", body = Data<Assignment>)))]
pub async fn remove(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<AssignmentId>,
    write: Write<Seen>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let before = lock(&mut op, &actor, id, seen).await?.assignment;
    demand_state(&before, &[AssignmentState::Open], "none")?;

    op.write(call!(DELETE_ASSIGNMENT, op.tenant(), id));
    op.record(Change {
        property: Some(before.property_id),
        entity: "housekeeping_assignment",
        id: id.to_string(),
        verb: "removed",
        before: json(&before),
        after: serde_json::Value::Null,
    });
    op.commit(200, &before).await
}
