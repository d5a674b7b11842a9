//! What is seen in a room, against what the desk says.

use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::{
    model::trimmed,
    settings::{self, HousekeepingSettings},
    sheet::Books,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{
        AppState, Data, May, Page, Path, Query, Write, cut, page, page_of,
        permission::{HousekeepingManage, HousekeepingResolve, HousekeepingView},
    },
    kernel::{Code, Day, Faults, PropertyId, Refusal, RoomId, SightingId},
    op::{Change, Op},
    properties,
    rooms::{
        self,
        model::{Room, RoomStatus},
    },
};

/// How what was seen differs from what the desk says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DiscrepancyKind {
    /// The desk has a guest and the room has none: he may have left without paying.
    Skip,
    /// The room has a guest and the desk has none.
    Sleep,
    /// Another number of persons.
    Persons,
}

crate::text_enum!(DiscrepancyKind { Skip => "SKIP", Sleep => "SLEEP", Persons => "PERSONS" });

impl DiscrepancyKind {
    /// `desk`: whether the desk has a guest there, and with how many persons.
    fn of(
        seen_occupied: bool,
        seen_persons: Option<i32>,
        desk_occupied: bool,
        desk_persons: Option<i32>,
    ) -> Option<DiscrepancyKind> {
        match (desk_occupied, seen_occupied) {
            (true, false) => Some(DiscrepancyKind::Skip),
            (false, true) => Some(DiscrepancyKind::Sleep),
            (false, false) => None,
            (true, true) => {
                let differs = seen_persons.is_some() && desk_persons.is_some() && seen_persons != desk_persons;
                differs.then_some(DiscrepancyKind::Persons)
            }
        }
    }
}

/// What somebody saw in a room, beside what the desk said at that moment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sighting {
    pub id: SightingId,
    pub property_id: PropertyId,
    pub room_id: RoomId,
    pub business_date: Day,
    pub seen_occupied: bool,
    pub seen_persons: Option<i32>,
    pub note: Option<String>,
    pub desk_occupied: bool,
    /// Persons of the stay in house.
    pub desk_persons: Option<i32>,
    /// Null: it is as the desk says.
    pub discrepancy: Option<DiscrepancyKind>,
    /// What it was; null while it is open.
    pub resolution: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Option<Timestamp>,
    pub resolved_by: Option<String>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// What is seen in a room.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSighting {
    /// Made by the server when absent.
    pub id: Option<SightingId>,
    pub occupied: bool,
    /// Of an occupied room, when they were counted.
    #[schema(minimum = 1, maximum = 99)]
    pub persons: Option<i32>,
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// How a discrepancy came about.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resolve {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 1000)]
    pub resolution: String,
}

/// A discrepancy of the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Discrepancy {
    pub room_number: String,
    pub floor: Option<String>,
    /// The desk says by now what was seen, such as after a check-out.
    pub agrees_now: bool,
    #[serde(flatten)]
    pub sighting: Sighting,
}

crate::sql! {
    INSERT_SIGHTING = "
        insert into pms_room_sightings
          (tenant_id, id, property_id, room_id, business_date, seen_occupied, seen_persons, note, desk_occupied, desk_persons, discrepancy,
           created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12, $13)";
    RESOLVE_SIGHTING = "
        update pms_room_sightings
        set resolution = $3, resolved_at = $4, resolved_by = $5, version = $6, updated_at = $4, updated_by = $5
        where tenant_id = $1 and id = $2";
    LOCK_SIGHTING = "select * from pms_room_sightings where tenant_id = $1 and id = $2 for no key update";
    OPEN_DISCREPANCIES_OF = "
        select * from pms_room_sightings
        where tenant_id = $1 and property_id = $2 and discrepancy is not null and resolved_at is null order by id";
    LOCK_OPEN_DISCREPANCIES = "
        select * from pms_room_sightings
        where tenant_id = $1 and property_id = $2 and discrepancy is not null and resolved_at is null and room_id = $3
        order by id for no key update";
    LIST_DISCREPANCIES = "
        select s.*, r.room_number, r.floor, r.status as room_status from pms_room_sightings s cross join lateral (
          select room_number, floor, status from pms_rooms where tenant_id = $1 and id = s.room_id offset 0
        ) r
        where s.tenant_id = $1 and s.property_id = $2 and s.discrepancy is not null
          and ($3::boolean is null or (s.resolved_at is null) = $3) and ($4::date is null or (s.business_date, s.id) < ($4, $5))
        order by s.business_date desc, s.id desc limit $6";
}

impl Sighting {
    pub fn from_row(row: &Row) -> Sighting {
        Sighting {
            id: row.get("id"),
            property_id: row.get("property_id"),
            room_id: row.get("room_id"),
            business_date: row.get("business_date"),
            seen_occupied: row.get("seen_occupied"),
            seen_persons: row.get("seen_persons"),
            note: row.get("note"),
            desk_occupied: row.get("desk_occupied"),
            desk_persons: row.get("desk_persons"),
            discrepancy: row.get("discrepancy"),
            resolution: row.get("resolution"),
            resolved_at: row.get("resolved_at"),
            resolved_by: row.get("resolved_by"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// What is seen now, beside what the books say.
    fn of(op: &Op, room: &Room, today: Day, desk_persons: Option<i32>, new: NewSighting) -> Sighting {
        let desk_occupied = room.status == RoomStatus::Occupied;
        Sighting {
            id: new.id.unwrap_or_else(|| SightingId(op.new_id())),
            property_id: room.property_id,
            room_id: room.id,
            business_date: today,
            seen_occupied: new.occupied,
            seen_persons: new.persons,
            note: trimmed(new.note),
            desk_occupied,
            desk_persons,
            discrepancy: DiscrepancyKind::of(new.occupied, new.persons, desk_occupied, desk_persons),
            resolution: None,
            resolved_at: None,
            resolved_by: None,
            version: 1,
            created_at: op.now,
            created_by: op.actor(),
            updated_at: op.now,
            updated_by: op.actor(),
        }
    }
}

/// Reports what is seen in a room. What differs from what the desk says is a discrepancy, in the place of the one before.
#[utoipa::path(post, path = "/rooms/{id}/sightings", tag = "housekeeping", params(("id" = RoomId, Path)), request_body = NewSighting,
    responses((status = 201, description = "What was seen, and whether the desk says otherwise.", body = Data<Sighting>)))]
pub async fn report(
    State(app): State<AppState>,
    actor: May<HousekeepingManage>,
    Path(id): Path<RoomId>,
    write: Write<NewSighting>,
) -> Result<Reply> {
    let new = write.body;
    let mut faults = Faults::default();
    faults.optional_text("note", new.note.as_deref(), 1000);
    match new.persons {
        Some(_) if !new.occupied => faults.add("persons", "must not be told of a vacant room"),
        Some(persons) => faults.range("persons", persons, 1, 99),
        None => {}
    }
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let tenant = op.tenant();
    let known = rooms::model::found(&op.query(rooms::model::get(tenant, id)).await?)?;
    actor.sees(known.property_id)?;
    let property = known.property_id;
    let [books, assignments] = Books::calls(tenant, property, Some(id));
    let calls = [
        properties::model::hold_day(tenant, property),
        rooms::model::lock(tenant, vec![id]),
        settings::get(tenant, property),
        call!(LOCK_OPEN_DISCREPANCIES, tenant, property, id),
        books,
        assignments,
    ];
    let [_, _, settings, open, books, assignments] = op.run(calls).await?;
    let settings: HousekeepingSettings = settings::found(&settings)?;
    let books = Books::from_rows(&books, &assignments);
    let facts = books.facts.first().ok_or_else(|| Refusal::invalid("id", "is no room in use"))?;

    for before in open.iter().map(Sighting::from_row) {
        resolve_in(&mut op, &before, "Seen again.".into());
    }
    let seen = Sighting::of(&op, &facts.room, facts.today, facts.today(&settings).persons, new);
    op.write(call!(
        INSERT_SIGHTING,
        tenant,
        seen.id,
        seen.property_id,
        seen.room_id,
        seen.business_date,
        seen.seen_occupied,
        seen.seen_persons,
        seen.note.clone(),
        seen.desk_occupied,
        seen.desk_persons,
        seen.discrepancy,
        op.now,
        op.actor(),
    ));
    op.record(Change::created(property, "room_sighting", seen.id, &seen));
    op.commit(201, &seen).await
}

fn resolve_in(op: &mut Op, before: &Sighting, resolution: String) -> Sighting {
    let mut after = before.clone();
    after.resolution = Some(resolution);
    (after.resolved_at, after.resolved_by) = (Some(op.now), Some(op.actor()));
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(RESOLVE_SIGHTING, op.tenant(), after.id, after.resolution.clone(), op.now, op.actor(), after.version));
    op.record(Change::changed(after.property_id, "room_sighting", after.id, "resolved", before, &after));
    after
}

/// Says how a discrepancy came about, and ends it. The desk and housekeeping both may.
#[utoipa::path(post, path = "/room-sightings/{id}/resolve", tag = "housekeeping", params(("id" = SightingId, Path)), request_body = Resolve,
    responses((status = 200, description = "The sighting as it is now.", body = Data<Sighting>)))]
pub async fn resolve(
    State(app): State<AppState>,
    actor: May<HousekeepingResolve>,
    Path(id): Path<SightingId>,
    write: Write<Resolve>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let mut faults = Faults::default();
    faults.text("resolution", &write.body.resolution, 1, 1000);
    faults.finish()?;

    let mut op = app.begin(&actor, write.key).await?;
    let rows = op.query(call!(LOCK_SIGHTING, op.tenant(), id)).await?;
    let before = rows.first().map(Sighting::from_row).filter(|s| actor.sees(s.property_id).is_ok());
    let before = before.ok_or_else(|| Refusal::not_found("sighting"))?;
    if before.version != seen {
        return Err(Refusal::stale("sighting", &before).into());
    }
    if before.discrepancy.is_none() || before.resolved_at.is_some() {
        return Err(Refusal::new(Code::InvalidStatusTransition, "There is nothing open about it.").into());
    }

    let after = resolve_in(&mut op, &before, write.body.resolution.trim().to_string());
    op.commit(200, &after).await
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiscrepanciesQuery {
    /// Only open ones, or only others.
    is_open: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// Where housekeeping and the desk differ, the newest first.
#[utoipa::path(get, path = "/properties/{id}/housekeeping/discrepancies", tag = "housekeeping",
    params(("id" = PropertyId, Path), DiscrepanciesQuery),
    responses((status = 200, description = "A page of discrepancies.", body = Page<Discrepancy>)))]
pub async fn discrepancies(
    State(app): State<AppState>,
    actor: May<HousekeepingView>,
    Path(id): Path<PropertyId>,
    Query(query): Query<DiscrepanciesQuery>,
) -> Result<Reply> {
    actor.sees(id)?;
    let (limit, after) = page_of::<(Day, SightingId)>(query.limit, query.cursor.as_deref())?;
    let (day, last) = after.unzip();
    let list = call!(LIST_DISCREPANCIES, actor.tenant, id, query.is_open, day, last, limit + 1).fitted();
    let rows = app.store.read(actor.tenant, vec![properties::model::get(actor.tenant, id), list]).await?;

    properties::model::found(&rows[0])?;
    let mut found: Vec<Discrepancy> = rows[1].iter().map(discrepancy).collect();
    let meta = cut(&mut found, limit, |d| (d.sighting.business_date, d.sighting.id));
    Ok(page(&found, &meta))
}

fn discrepancy(row: &Row) -> Discrepancy {
    let sighting = Sighting::from_row(row);
    let is_in = row.get::<_, RoomStatus>("room_status") == RoomStatus::Occupied;
    let agrees_now = sighting.discrepancy != Some(DiscrepancyKind::Persons) && is_in == sighting.seen_occupied;
    Discrepancy { room_number: row.get("room_number"), floor: row.get("floor"), agrees_now, sighting }
}
