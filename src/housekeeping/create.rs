use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    model::{Assignment, FIND_ASSIGNMENT, Planned, Work, demand_attendants, found, hold_plan, insert, trimmed},
    rules::{changes_linen, to_plan},
    settings,
    sheet::Books,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{
        AppState, Data, May, Path, Write, data,
        permission::{HousekeepingManage, HousekeepingView},
    },
    kernel::{AssignmentId, Code, Faults, PropertyId, Refusal, RoomId, UserId},
    properties,
};

/// A room that somebody is to do today.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewAssignment {
    /// Made by the server when absent.
    pub id: Option<AssignmentId>,
    pub property_id: PropertyId,
    pub room_id: RoomId,
    /// An active user with the housekeeping role who sees the property.
    pub attendant_id: UserId,
    /// What the room needs when absent.
    pub kind: Option<Work>,
    /// As the settings say when absent.
    #[schema(minimum = 1, maximum = 480)]
    pub credits: Option<i32>,
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// Gives a room of the business date to an attendant.
#[utoipa::path(post, path = "/housekeeping-assignments", tag = "housekeeping", request_body = NewAssignment,
    responses((status = 201, description = "The assignment.", body = Data<Assignment>)))]
pub async fn create(State(app): State<AppState>, actor: May<HousekeepingManage>, write: Write<NewAssignment>) -> Result<Reply> {
    let new = write.body;
    actor.sees(new.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let tenant = op.tenant();
    let [rooms, assignments] = Books::calls(tenant, new.property_id, Some(new.room_id));
    let calls = [
        properties::model::hold_day(tenant, new.property_id),
        hold_plan(tenant, new.property_id),
        properties::model::get(tenant, new.property_id),
        settings::get(tenant, new.property_id),
        rooms,
        assignments,
    ];
    let [_, _, property, settings, rooms, assignments] = op.run(calls).await?;
    let property = properties::model::found(&property)?;
    let settings = settings::found(&settings)?;
    let books = Books::from_rows(&rooms, &assignments);
    let facts = books.facts.first().ok_or_else(|| Refusal::invalid("roomId", "is no room in use of this property"))?;
    demand_attendants(&mut op, property.id, &[new.attendant_id], |_| "attendantId".into()).await?;
    if let Some(live) = books.assignments.iter().find(|a| a.state.is_live()) {
        let message = format!("Somebody is to go to room {} already.", facts.room.room_number);
        return Err(Refusal::new(Code::ConcurrencyConflict, message).facts(serde_json::json!({ "current": live })).into());
    }

    let today = facts.today(&settings);
    let own: Vec<&Assignment> = books.assignments.iter().collect();
    let Some(kind) = new.kind.or_else(|| to_plan(facts.need(&today), &own)) else {
        return Err(Refusal::invalid("kind", "is required: the room needs nothing today").into());
    };
    let planned = Planned {
        kind,
        credits: new.credits.unwrap_or_else(|| settings.credits(kind)),
        changes_linen: changes_linen(kind, &today),
    };
    let mut assignment = Assignment::planned(&op, &facts.room, property.business_date, new.attendant_id, planned);
    assignment.id = new.id.unwrap_or(assignment.id);
    assignment.note = trimmed(new.note);
    let mut faults = Faults::default();
    assignment.check(&mut faults);
    faults.finish()?;

    insert(&mut op, &assignment);
    op.commit(201, &assignment).await
}

/// One assignment.
#[utoipa::path(get, path = "/housekeeping-assignments/{id}", tag = "housekeeping", params(("id" = AssignmentId, Path)),
    responses((status = 200, description = "The assignment.", body = Data<Assignment>)))]
pub async fn read(State(app): State<AppState>, actor: May<HousekeepingView>, Path(id): Path<AssignmentId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![call!(FIND_ASSIGNMENT, actor.tenant, id)]).await?;

    let assignment = found(&rows[0])?;
    actor.sees(assignment.property_id).map_err(|_| Refusal::not_found("assignment"))?;
    Ok(Reply { version: Some(assignment.version), ..data(&assignment) })
}
