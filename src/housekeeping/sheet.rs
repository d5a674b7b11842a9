//! The day of housekeeping: every room with what happens in it, what it needs, and who does it.

use std::collections::HashMap;

use axum::extract::State;
use serde::Serialize;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    evenly::walk_order,
    model::{Assignment, Work},
    rules::{Facts, Held, Today, to_plan},
    settings::{self, HousekeepingSettings},
    sighting::{OPEN_DISCREPANCIES_OF, Sighting},
};
use crate::{
    call,
    db::{Call, Reply, Result},
    http::{
        AppState, Data, May, Path, data,
        permission::{CalendarMove, HousekeepingView, RoomsBlock},
    },
    kernel::{Day, PropertyId, RoomId, TenantId, UserId},
    properties,
    rooms::model::Room,
};

crate::sql! {
    /// The rooms with the stays that hold them last night and tonight. Blocks of a room do not overlap: the last one that begins before
    /// a day is the only one that may reach it.
    ROOMS_TODAY = "
        select r.*, p.business_date, was.reservation_id as was_id, was.start_date as was_from, ws.status as was_status,
          ws.persons as was_persons, tn.reservation_id as is_id, tn.start_date as is_from, ts.status as is_status, ts.persons as is_persons,
          (select max(a.business_date) from pms_housekeeping_assignments a
           where a.tenant_id = $1 and a.property_id = $2 and a.room_id = r.id and a.changes_linen and a.state in ('DONE', 'INSPECTED'))
            as linen_on,
          exists (select from pms_room_status_log l
                  where l.tenant_id = $1 and l.property_id = $2 and l.room_id = r.id and l.business_date = p.business_date
                    and l.from_status = 'VACANT_DIRTY' and l.to_status = 'VACANT_CLEAN') as was_cleaned
        from pms_properties p join pms_rooms r on r.tenant_id = $1 and r.property_id = p.id and r.is_active
        left join lateral (
          select b.* from (
            select reservation_id, start_date, end_date from pms_room_blocks
            where tenant_id = $1 and property_id = $2 and room_id = r.id and start_date < p.business_date order by start_date desc limit 1
          ) b where b.end_date >= p.business_date and b.reservation_id is not null
        ) was on true
        left join lateral (
          select status, adults + children as persons from pms_reservations where tenant_id = $1 and id = was.reservation_id offset 0
        ) ws on true
        left join lateral (
          select b.* from (
            select reservation_id, start_date, end_date from pms_room_blocks
            where tenant_id = $1 and property_id = $2 and room_id = r.id and start_date <= p.business_date order by start_date desc limit 1
          ) b where b.end_date > p.business_date and b.reservation_id is not null
        ) tn on true
        left join lateral (
          select status, adults + children as persons from pms_reservations where tenant_id = $1 and id = tn.reservation_id offset 0
        ) ts on true
        where p.tenant_id = $1 and p.id = $2 and ($3::text is null or r.id = $3)";
    ASSIGNMENTS_TODAY = "
        select a.* from pms_properties p join pms_housekeeping_assignments a
          on a.tenant_id = $1 and a.property_id = p.id and a.business_date = p.business_date
        where p.tenant_id = $1 and p.id = $2 and ($3::text is null or a.room_id = $3) order by a.id";
    ATTENDANTS = "
        select u.id, u.display_name, u.is_available from pms_properties p cross join lateral (
          select id, display_name, role = 'HOUSEKEEPING' and is_active and (all_properties or exists (
            select from pms_user_properties o where o.tenant_id = $1 and o.user_id = u.id and o.property_id = p.id)) as is_available
          from pms_users u where u.tenant_id = $1
        ) u
        where p.tenant_id = $1 and p.id = $2 and (u.is_available or exists (
          select from pms_housekeeping_assignments a
          where a.tenant_id = $1 and a.property_id = p.id and a.business_date = p.business_date and a.attendant_id = u.id))
        order by u.display_name, u.id";
}

/// A room on the business date.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomToday {
    pub room: Room,
    /// A guest is to come who is not in the room yet.
    pub is_arrival: bool,
    /// Who slept here leaves today.
    pub is_due_out: bool,
    /// Who slept here stays.
    pub is_stay_over: bool,
    /// The room of a guest who stays is to be serviced today, and was not yet.
    pub is_service_due: bool,
    /// He gets fresh linen today.
    pub is_linen_due: bool,
    /// Persons in the room by the books of the desk; null: nobody.
    pub persons: Option<i32>,
    /// Persons that it is made ready for; null: nobody comes.
    pub arriving_persons: Option<i32>,
    /// What nobody was given yet.
    pub to_plan: Option<Work>,
    /// The one that is under way, or else the newest of today.
    pub assignment: Option<Assignment>,
    /// What was seen and is not as the desk says.
    pub discrepancy: Option<Sighting>,
}

/// Somebody who cleans.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attendant {
    pub id: UserId,
    pub name: String,
    /// May be given rooms. Who may no longer is told while he has some.
    pub is_available: bool,
}

/// The day of housekeeping in a property.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HousekeepingDay {
    pub property_id: PropertyId,
    pub business_date: Day,
    pub settings: HousekeepingSettings,
    /// Whether who asks may take rooms out of order.
    pub may_block_rooms: bool,
    pub attendants: Vec<Attendant>,
    /// All rooms in use, as one walks: by floor and number.
    pub rooms: Vec<RoomToday>,
    pub open_discrepancies: i32,
}

/// What the books say of the rooms of a property, or of one of them, with the assignments of the day.
pub(super) struct Books {
    pub facts: Vec<Facts>,
    pub assignments: Vec<Assignment>,
}

impl Books {
    /// The calls whose rows [`Books::from_rows`] reads.
    pub fn calls(tenant: TenantId, property: PropertyId, room: Option<RoomId>) -> [Call; 2] {
        [call!(ROOMS_TODAY, tenant, property, room).fitted(), call!(ASSIGNMENTS_TODAY, tenant, property, room).fitted()]
    }

    pub fn from_rows(rooms: &[Row], assignments: &[Row]) -> Books {
        let mut facts: Vec<Facts> = rooms.iter().map(facts_of).collect();
        let floor = |f: &Facts| f.room.floor.clone().unwrap_or_default();
        facts.sort_by_cached_key(|f| (floor(f).is_empty(), walk_order(&floor(f)), walk_order(&f.room.room_number), f.room.id));
        Books { facts, assignments: assignments.iter().map(Assignment::from_row).collect() }
    }

    /// The assignments by their room, the oldest first.
    pub fn by_room(&self) -> HashMap<RoomId, Vec<&Assignment>> {
        let mut by_room: HashMap<RoomId, Vec<&Assignment>> = HashMap::new();
        for one in &self.assignments {
            by_room.entry(one.room_id).or_default().push(one);
        }
        by_room
    }
}

fn facts_of(row: &Row) -> Facts {
    let held = |prefix: &str| {
        let get = |name: &str| format!("{prefix}_{name}");
        let status: Option<String> = row.get(get("status").as_str());
        Some(Held {
            reservation: row.get::<_, Option<String>>(get("id").as_str())?,
            is_in_house: status.as_deref() == Some("CHECKED_IN"),
            persons: row.get(get("persons").as_str()),
            from: row.get(get("from").as_str()),
        })
    };
    Facts {
        room: Room::from_row(row),
        today: row.get("business_date"),
        last_night: held("was"),
        tonight: held("is"),
        linen_on: row.get("linen_on"),
        was_cleaned: row.get("was_cleaned"),
    }
}

/// The day of housekeeping: rooms as one walks, with who is to come, to go and to stay, what they need, and who does it.
#[utoipa::path(get, path = "/properties/{id}/housekeeping", tag = "housekeeping", params(("id" = PropertyId, Path)),
    responses((status = 200, description = "The day.", body = Data<HousekeepingDay>)))]
pub async fn read(State(app): State<AppState>, actor: May<HousekeepingView>, Path(id): Path<PropertyId>) -> Result<Reply> {
    actor.sees(id)?;
    let [rooms, assignments] = Books::calls(actor.tenant, id, None);
    let calls = vec![
        properties::model::get(actor.tenant, id),
        settings::get(actor.tenant, id),
        call!(ATTENDANTS, actor.tenant, id),
        call!(OPEN_DISCREPANCIES_OF, actor.tenant, id),
        rooms,
        assignments,
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let settings = settings::found(&rows[1])?;
    let attendant =
        |row: &Row| Attendant { id: row.get("id"), name: row.get("display_name"), is_available: row.get("is_available") };
    let open: Vec<Sighting> = rows[3].iter().map(Sighting::from_row).collect();
    let books = Books::from_rows(&rows[4], &rows[5]);
    Ok(data(&HousekeepingDay {
        property_id: id,
        business_date: property.business_date,
        may_block_rooms: actor.may::<CalendarMove>() || (actor.may::<RoomsBlock>() && settings.may_block_rooms),
        attendants: rows[2].iter().map(attendant).collect(),
        open_discrepancies: i32::try_from(open.len()).unwrap_or(i32::MAX),
        rooms: rooms_of(&books, &settings, open),
        settings,
    }))
}

fn rooms_of(books: &Books, settings: &HousekeepingSettings, open: Vec<Sighting>) -> Vec<RoomToday> {
    let mut open: HashMap<RoomId, Sighting> = open.into_iter().map(|one| (one.room_id, one)).collect();
    let by_room = books.by_room();
    let of = |facts: &Facts| {
        let own = by_room.get(&facts.room.id).map_or(&[][..], Vec::as_slice);
        let today: Today = facts.today(settings);
        RoomToday {
            room: facts.room.clone(),
            is_arrival: today.is_arrival,
            is_due_out: today.is_due_out,
            is_stay_over: today.is_stay_over,
            is_service_due: today.is_service_due,
            is_linen_due: today.is_linen_due,
            persons: today.persons,
            arriving_persons: today.arriving,
            to_plan: to_plan(facts.need(&today), own),
            assignment: own.iter().find(|a| a.state.is_live()).or(own.last()).map(|a| (*a).clone()),
            discrepancy: open.remove(&facts.room.id),
        }
    };
    books.facts.iter().map(of).collect()
}
