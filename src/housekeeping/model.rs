use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::{
    call,
    db::{Call, Result},
    kernel::{AssignmentId, Day, Faults, PropertyId, Refusal, RoomId, TenantId, UserId},
    op::{Change, Op},
    rooms::model::Room,
};

/// What is done in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Work {
    /// The whole room, once the guest has left it, with fresh linen.
    Departure,
    /// Service for a guest who stays.
    StayOver,
    /// A last look into a clean room before a guest comes.
    TouchUp,
    /// The whole room and more, with fresh linen.
    DeepClean,
}

crate::text_enum!(Work { Departure => "DEPARTURE", StayOver => "STAY_OVER", TouchUp => "TOUCH_UP", DeepClean => "DEEP_CLEAN" });

/// How far an assignment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AssignmentState {
    Open,
    Started,
    Done,
    Inspected,
    /// The guest did not want it.
    Skipped,
}

crate::text_enum!(AssignmentState { Open => "OPEN", Started => "STARTED", Done => "DONE", Inspected => "INSPECTED", Skipped => "SKIPPED" });

impl AssignmentState {
    /// Somebody is still to go to the room. Of these a room has one at most.
    pub fn is_live(self) -> bool {
        matches!(self, AssignmentState::Open | AssignmentState::Started)
    }
}

/// Why a room was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SkipReason {
    DoNotDisturb,
    RefusedService,
}

crate::text_enum!(SkipReason { DoNotDisturb => "DO_NOT_DISTURB", RefusedService => "REFUSED_SERVICE" });

/// A room that an attendant does on a business date.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    pub id: AssignmentId,
    pub property_id: PropertyId,
    /// It is written on this day alone.
    pub business_date: Day,
    pub room_id: RoomId,
    pub attendant_id: UserId,
    pub kind: Work,
    /// The planned minutes, as the settings were when it was made.
    pub credits: i32,
    pub changes_linen: bool,
    pub state: AssignmentState,
    /// Exactly when `state` is `SKIPPED`.
    pub skip_reason: Option<SkipReason>,
    pub note: Option<String>,
    /// Of the round that is under way, or else of the last one.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub done_at: Option<Timestamp>,
    /// From start to done, of all rounds.
    pub worked_seconds: i32,
    /// How often an inspection sent it back.
    pub failed_inspections: i32,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub inspected_at: Option<Timestamp>,
    pub inspected_by: Option<String>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// What is to be done in a room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planned {
    pub kind: Work,
    pub credits: i32,
    pub changes_linen: bool,
}

crate::sql! {
    FIND_ASSIGNMENT = "select * from pms_housekeeping_assignments where tenant_id = $1 and id = $2";
    LOCK_ASSIGNMENT = "select * from pms_housekeeping_assignments where tenant_id = $1 and id = $2 for no key update";
    INSERT_ASSIGNMENT = "
        insert into pms_housekeeping_assignments
          (tenant_id, id, property_id, business_date, room_id, attendant_id, kind, credits, changes_linen, note, created_at, created_by,
           updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12)";
    UPDATE_ASSIGNMENT = "
        update pms_housekeeping_assignments
        set attendant_id = $3, kind = $4, credits = $5, changes_linen = $6, state = $7, skip_reason = $8, note = $9, started_at = $10,
          done_at = $11, worked_seconds = $12, failed_inspections = $13, inspected_at = $14, inspected_by = $15, version = $16,
          updated_at = $17, updated_by = $18
        where tenant_id = $1 and id = $2";
    /// Who may be sent to rooms of the property.
    ATTENDANTS_AMONG = "
        select u.id from pms_users u
        where u.tenant_id = $1 and u.id = any($3) and u.role = 'HOUSEKEEPING' and u.is_active
          and (u.all_properties
            or exists (select from pms_user_properties p where p.tenant_id = $1 and p.user_id = u.id and p.property_id = $2))
        order by u.id for key share of u";
    /// Who plans the same day stands in line, so that nobody is sent to a room twice.
    HOLD_PLAN = "
        select pg_advisory_xact_lock(hashtextextended('housekeeping' || tenant_id || id, 0)) from pms_properties
        where tenant_id = $1 and id = $2";
}

impl Assignment {
    pub fn from_row(row: &Row) -> Assignment {
        Assignment {
            id: row.get("id"),
            property_id: row.get("property_id"),
            business_date: row.get("business_date"),
            room_id: row.get("room_id"),
            attendant_id: row.get("attendant_id"),
            kind: row.get("kind"),
            credits: row.get("credits"),
            changes_linen: row.get("changes_linen"),
            state: row.get("state"),
            skip_reason: row.get("skip_reason"),
            note: row.get("note"),
            started_at: row.get("started_at"),
            done_at: row.get("done_at"),
            worked_seconds: row.get("worked_seconds"),
            failed_inspections: row.get("failed_inspections"),
            inspected_at: row.get("inspected_at"),
            inspected_by: row.get("inspected_by"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// A new one, which nobody has begun.
    pub(super) fn planned(op: &Op, room: &Room, business_date: Day, attendant: UserId, task: Planned) -> Assignment {
        Assignment {
            id: AssignmentId(op.new_id()),
            property_id: room.property_id,
            business_date,
            room_id: room.id,
            attendant_id: attendant,
            kind: task.kind,
            credits: task.credits,
            changes_linen: task.changes_linen,
            state: AssignmentState::Open,
            skip_reason: None,
            note: None,
            started_at: None,
            done_at: None,
            worked_seconds: 0,
            failed_inspections: 0,
            inspected_at: None,
            inspected_by: None,
            version: 1,
            created_at: op.now,
            created_by: op.actor(),
            updated_at: op.now,
            updated_by: op.actor(),
        }
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        faults.range("credits", self.credits, 1, 480);
        faults.optional_text("note", self.note.as_deref(), 1000);
    }
}

/// The assignment in the rows of [`FIND_ASSIGNMENT`] or [`LOCK_ASSIGNMENT`].
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<Assignment, Refusal> {
    rows.first().map(Assignment::from_row).ok_or_else(|| Refusal::not_found("assignment"))
}

pub(super) fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
}

pub(super) fn hold_plan(tenant: TenantId, property: PropertyId) -> Call {
    call!(HOLD_PLAN, tenant, property)
}

/// Errors: a user who is none of the property's attendants, under the name of his field.
pub(super) async fn demand_attendants(
    op: &mut Op,
    property: PropertyId,
    wanted: &[UserId],
    field: impl Fn(usize) -> String,
) -> Result<()> {
    let rows = op.query(call!(ATTENDANTS_AMONG, op.tenant(), property, wanted.to_vec())).await?;
    let known: Vec<UserId> = rows.iter().map(|row| row.get(0)).collect();
    let mut faults = Faults::default();
    for (n, _) in wanted.iter().enumerate().filter(|(_, id)| !known.contains(id)) {
        faults.add(field(n), "must be an active user with the housekeeping role who sees this property");
    }
    Ok(faults.finish()?)
}

/// Queues a new assignment.
pub(super) fn insert(op: &mut Op, new: &Assignment) {
    op.write(call!(
        INSERT_ASSIGNMENT,
        op.tenant(),
        new.id,
        new.property_id,
        new.business_date,
        new.room_id,
        new.attendant_id,
        new.kind,
        new.credits,
        new.changes_linen,
        new.note.clone(),
        op.now,
        op.actor(),
    ));
    op.record(Change::created(new.property_id, "housekeeping_assignment", new.id, new));
}

/// Queues a change of an assignment that the operation has locked.
pub(super) fn save(op: &mut Op, before: &Assignment, after: &mut Assignment, verb: &'static str) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_ASSIGNMENT,
        op.tenant(),
        after.id,
        after.attendant_id,
        after.kind,
        after.credits,
        after.changes_linen,
        after.state,
        after.skip_reason,
        after.note.clone(),
        after.started_at,
        after.done_at,
        after.worked_seconds,
        after.failed_inspections,
        after.inspected_at,
        after.inspected_by.clone(),
        after.version,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(after.property_id, "housekeeping_assignment", after.id, verb, before, after));
}
