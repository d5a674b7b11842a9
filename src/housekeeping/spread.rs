use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    evenly::{self, Task},
    model::{Assignment, AssignmentState, Planned, demand_attendants, hold_plan, insert, save},
    rules::{Facts, changes_linen, to_plan},
    settings::{self, HousekeepingSettings},
    sheet::Books,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::HousekeepingManage},
    kernel::{Faults, PropertyId, Refusal, UserId},
    op::{Change, Op, json},
    properties,
};

/// One house has no more of them at work.
const MOST_ATTENDANTS: usize = 100;

crate::sql! {
    LOCK_OPEN_ASSIGNMENTS = "
        select * from pms_housekeeping_assignments
        where tenant_id = $1 and property_id = $2 and state = 'OPEN' and $3
          and business_date = (select business_date from pms_properties where tenant_id = $1 and id = $2)
        order by id for no key update";
}

/// Who is at work today.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spread {
    /// Rounds follow each other in the order of these.
    #[schema(min_items = 1, max_items = 100)]
    pub attendant_ids: Vec<UserId>,
    /// Also spreads again what was given to somebody and is not begun.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub reassign_open: bool,
}

/// What became of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SpreadOut {
    /// Rooms that got an attendant.
    pub created: i32,
    /// Rooms that got another one.
    pub moved: i32,
    /// What each of them has now, in the order asked for, in credits of what is not skipped.
    pub loads: Vec<AttendantLoad>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendantLoad {
    pub attendant_id: UserId,
    pub rooms: i32,
    pub credits: i32,
}

/// Spreads the rooms of the day over attendants: each gets rooms that follow each other, floors are kept together, and all get as nearly as
/// possible the same credits, with what they have already. The same house gives the same rounds.
#[utoipa::path(post, path = "/properties/{id}/housekeeping/spread", tag = "housekeeping", params(("id" = PropertyId, Path)),
    request_body = Spread, responses((status = 200, description = "What was given to whom.", body = Data<SpreadOut>)))]
pub async fn spread(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<PropertyId>,
    write: Write<Spread>,
) -> Result<Reply> {
    actor.sees(id)?;
    let Spread { attendant_ids: attendants, reassign_open } = write.body;
    check(&attendants)?;

    let mut op = app.begin(&actor, write.key).await?;
    let tenant = op.tenant();
    let [rooms, assignments] = Books::calls(tenant, id, None);
    let calls = [
        properties::model::hold_day(tenant, id),
        hold_plan(tenant, id),
        // Before they are read, so that nobody begins one that goes to somebody else.
        call!(LOCK_OPEN_ASSIGNMENTS, tenant, id, reassign_open),
        settings::get(tenant, id),
        rooms,
        assignments,
    ];
    let [_, _, _, settings, rooms, assignments] = op.run(calls).await?;
    let settings = settings::found(&settings)?;
    let books = Books::from_rows(&rooms, &assignments);
    demand_attendants(&mut op, id, &attendants, |n| format!("attendantIds[{n}]")).await?;

    let tasks = tasks_of(&books, &settings, reassign_open);
    let answer = give(&mut op, &attendants, &books, tasks);
    op.record(Change {
        property: Some(id),
        entity: "housekeeping_plan",
        id: id.to_string(),
        verb: "spread",
        before: serde_json::Value::Null,
        after: json(&answer),
    });
    op.commit(200, &answer).await
}

fn check(attendants: &[UserId]) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if !(1..=MOST_ATTENDANTS).contains(&attendants.len()) {
        faults.add("attendantIds", format!("must name 1 to {MOST_ATTENDANTS} attendants"));
    }
    for (n, id) in attendants.iter().enumerate().filter(|(n, id)| attendants[..*n].contains(id)) {
        faults.add(format!("attendantIds[{n}]"), format!("names {id} again"));
    }
    faults.finish()
}

/// A room to be done: one that nobody has yet, or an assignment that is open.
struct Wanted<'a> {
    facts: &'a Facts,
    planned: Planned,
    open: Option<&'a Assignment>,
}

/// What is to be spread, as one walks.
fn tasks_of<'a>(books: &'a Books, settings: &HousekeepingSettings, reassign_open: bool) -> Vec<Wanted<'a>> {
    let by_room = books.by_room();
    let task = |facts: &'a Facts| {
        let own = by_room.get(&facts.room.id).map_or(&[][..], Vec::as_slice);
        if let Some(open) = own.iter().copied().find(|a| reassign_open && a.state == AssignmentState::Open) {
            let planned = Planned { kind: open.kind, credits: open.credits, changes_linen: open.changes_linen };
            return Some(Wanted { facts, planned, open: Some(open) });
        }
        let today = facts.today(settings);
        let kind = to_plan(facts.need(&today), own)?;
        let planned = Planned { kind, credits: settings.credits(kind), changes_linen: changes_linen(kind, &today) };
        Some(Wanted { facts, planned, open: None })
    };
    books.facts.iter().filter_map(task).collect()
}

/// Queues the assignments.
fn give(op: &mut Op, attendants: &[UserId], books: &Books, wanted: Vec<Wanted>) -> SpreadOut {
    let mut loads: Vec<AttendantLoad> =
        attendants.iter().map(|id| AttendantLoad { attendant_id: *id, rooms: 0, credits: 0 }).collect();
    let stays =
        |a: &&Assignment| a.state != AssignmentState::Skipped && !wanted.iter().any(|w| w.open.is_some_and(|o| o.id == a.id));
    for own in books.assignments.iter().filter(stays) {
        for load in loads.iter_mut().filter(|load| load.attendant_id == own.attendant_id) {
            load.rooms += 1;
            load.credits += own.credits;
        }
    }
    let task = |w: &Wanted| Task { floor: w.facts.room.floor.clone().unwrap_or_default(), credits: i64::from(w.planned.credits) };
    let tasks: Vec<Task> = wanted.iter().map(task).collect();
    let before: Vec<i64> = loads.iter().map(|load| i64::from(load.credits)).collect();

    let (mut created, mut moved) = (0, 0);
    for (one, n) in wanted.iter().zip(evenly::spread(&tasks, &before)) {
        loads[n].rooms += 1;
        loads[n].credits += one.planned.credits;
        match one.open {
            None => {
                let new = Assignment::planned(op, &one.facts.room, one.facts.today, attendants[n], one.planned);
                insert(op, &new);
                created += 1;
            }
            Some(open) if open.attendant_id != attendants[n] => {
                let mut after = Assignment { attendant_id: attendants[n], ..open.clone() };
                save(op, open, &mut after, "moved");
                moved += 1;
            }
            Some(_) => {}
        }
    }
    SpreadOut { created, moved, loads }
}
