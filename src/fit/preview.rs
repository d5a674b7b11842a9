use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    answer::{FitAnswer, answered},
    model::Patience,
    oversold::{self, OversoldType},
    question::{self, Question, Sleeper, Waiting},
    solve::{MOST_ROOMS, solve, solve_with_upgrades},
    weeks::{self, TidyWeeks},
    wish::Wished,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, data, permission::CalendarMove},
    kernel::{Day, Faults, PropertyId, Refusal, ReservationId, RoomId, RoomTypeId, Stay, TenantId},
    op::Store,
    properties::{self, Property},
    reservations::Status,
    rooms::wishes,
};

/// How long is searched before it is said that nothing was decided.
const LONGEST_SEARCH: std::time::Duration = std::time::Duration::from_secs(2);

/// What is wanted: exactly one of the five.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FitQuestion {
    /// A room for a stay that fits no single one.
    pub make_room: Option<MakeRoom>,
    /// A room without anybody, such as before it goes out of order.
    pub free_room: Option<FreeRoom>,
    /// Rooms for all who arrive on a day and have none yet.
    pub arrivals: Option<ArrivalsOn>,
    /// Rooms for all who wait for one of a type that is oversold, some of them of a better type.
    pub upgrade: Option<OversoldType>,
    /// The longest gaps that a few moves can free in the weeks to come.
    pub tidy: Option<TidyWeeks>,
}

/// A stay that is booked and waits for a room, or one that is not booked yet.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MakeRoom {
    pub reservation_id: Option<ReservationId>,
    /// With the dates, for a stay that is not booked yet.
    pub room_type_id: Option<RoomTypeId>,
    pub check_in_date: Option<Day>,
    pub check_out_date: Option<Day>,
    /// Only this room will do: who lies there makes way.
    pub room_id: Option<RoomId>,
    /// Only rooms of this floor will do, whatever floor the stay wishes.
    #[schema(max_length = 20)]
    pub floor: Option<String>,
    /// Only rooms with all of these will do, beside what the stay wishes; by the names in `featuresJson`: "accessible", …
    #[serde(default)]
    #[schema(max_items = 20)]
    pub features: Vec<String>,
    /// Asks for `roomId` although it is not as the stay must have it.
    #[serde(default)]
    pub override_wishes: bool,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FreeRoom {
    pub room_id: RoomId,
    /// First night.
    pub start_date: Day,
    /// The day after the last night.
    pub end_date: Day,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArrivalsOn {
    pub date: Day,
    pub room_type_id: Option<RoomTypeId>,
}

crate::sql! {
    TYPE_OF_ROOM = "select room_type_id from pms_rooms where tenant_id = $1 and property_id = $2 and id = $3 and is_active";
    FIT_TYPE = "select id from pms_room_types where tenant_id = $1 and property_id = $2 and id = $3";
}

/// Finds the rearrangement of fewest moves that gives everybody a room, or says why there is none. Nothing is changed.
#[utoipa::path(post, path = "/properties/{id}/fit/preview", tag = "fit", params(("id" = PropertyId, Path)), request_body = FitQuestion,
    responses((status = 200, description = "An answer for each room type that was asked about.", body = Data<Vec<FitAnswer>>)))]
pub async fn preview(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    Path(id): Path<PropertyId>,
    write: Write<FitQuestion>,
) -> Result<Reply> {
    actor.sees(id)?;
    Ok(data(&answers(&app.store, actor.tenant, id, write.body).await?))
}

/// The use case itself: reads, and searches on a thread of its own.
pub async fn answers(store: &Store, tenant: TenantId, id: PropertyId, asked: FitQuestion) -> Result<Vec<FitAnswer>> {
    let found = store.read(tenant, vec![properties::model::get(tenant, id)]).await?;
    let property = properties::model::found(&found[0])?;
    let mut questions = match (asked.make_room, asked.free_room, asked.arrivals, asked.upgrade, asked.tidy) {
        (Some(asked), None, None, None, None) => vec![make_room(store, tenant, &property, asked).await?],
        (None, Some(asked), None, None, None) => vec![free_room(store, tenant, &property, asked).await?],
        (None, None, Some(asked), None, None) => arrivals(store, tenant, &property, asked).await?,
        (None, None, None, Some(asked), None) => vec![oversold::question(store, tenant, &property, asked).await?],
        (None, None, None, None, Some(asked)) => vec![weeks::question(store, tenant, &property, asked).await?],
        _ => {
            return Err(
                Refusal::invalid("makeRoom", "or freeRoom, arrivals, upgrade or tidy is required, and only one of them").into()
            );
        }
    };
    questions.iter_mut().for_each(Question::settle);
    let answers = tokio::task::spawn_blocking(move || questions.iter().map(search).collect());
    Ok(answers.await.map_err(anyhow::Error::new)?)
}

fn search(question: &Question) -> FitAnswer {
    if let Some(blocked) = question.blocked() {
        return FitAnswer::blocked(question, blocked);
    }
    let began = std::time::Instant::now();
    let is_over = || began.elapsed() > LONGEST_SEARCH;
    let mut patience = Patience { steps: u64::MAX, is_over: &is_over };
    if let Some(tidying) = question.tidying {
        return weeks::answer(question, tidying, &mut patience);
    }
    if question.ranks.is_empty() {
        return answered(question, solve(&question.house, &mut patience), 0);
    }
    let (answer, upgrades) = solve_with_upgrades(&question.house, &mut patience);
    answered(question, answer, upgrades)
}

/// Who lies where in the rooms of these types; the first is what the question is about.
pub(super) async fn read(
    store: &Store,
    tenant: TenantId,
    property: &Property,
    (room_type, types): (RoomTypeId, Vec<RoomTypeId>),
    until: Day,
) -> Result<Question> {
    let calls = question::calls(tenant, property.id, types, property.business_date);
    let rows = store.read(tenant, calls.into()).await?;
    if rows[0].len() > MOST_ROOMS {
        return Err(Refusal::invalid("roomTypeId", format!("has more than {MOST_ROOMS} rooms")).into());
    }
    Ok(Question::read(room_type, property.business_date, until, &rows[0], &rows[1]))
}

/// The stay that is asked about.
async fn wanted(store: &Store, tenant: TenantId, property: &Property, asked: &MakeRoom) -> Result<(RoomTypeId, Sleeper)> {
    if let Some(id) = asked.reservation_id {
        if asked.room_type_id.is_some() || asked.check_in_date.is_some() || asked.check_out_date.is_some() {
            return Err(Refusal::invalid("makeRoom.reservationId", "brings type and dates with it").into());
        }
        let rows = store.read(tenant, vec![question::waiting(tenant, property.id, id)]).await?;
        let waiting = rows[0].first().map(Waiting::from_row).ok_or_else(|| Refusal::not_found("reservation"))?;
        if !matches!(waiting.status, Status::Hold | Status::Confirmed) {
            return Err(
                Refusal::invalid("makeRoom.reservationId", format!("is {}: nobody waits for a room", waiting.status)).into()
            );
        }
        return Ok((
            waiting.room_type_id,
            Sleeper { reservation: Some(waiting.known), stay: waiting.stay, room: None, wish: waiting.wish },
        ));
    }
    let mut faults = Faults::default();
    if asked.room_type_id.is_none() {
        faults.add("makeRoom.roomTypeId", "is required when there is no reservationId");
    }
    let stay = match (asked.check_in_date, asked.check_out_date) {
        (Some(from), Some(to)) => faults.check("makeRoom.checkOutDate", Stay::new(from, to)),
        _ => {
            faults.add("makeRoom.checkInDate", "and checkOutDate are required when there is no reservationId");
            None
        }
    };
    if stay.is_some_and(|stay| stay.from < property.business_date) {
        faults.add("makeRoom.checkInDate", format!("must not be before the business date, {}", property.business_date));
    }
    faults.finish()?;
    let (Some(stay), Some(room_type)) = (stay, asked.room_type_id) else {
        return Err(Refusal::invalid("makeRoom.checkOutDate", "must be after the arrival").into());
    };
    Ok((room_type, Sleeper { reservation: None, stay, room: None, wish: Wished::default() }))
}

async fn make_room(store: &Store, tenant: TenantId, property: &Property, asked: MakeRoom) -> Result<Question> {
    let (mut room_type, mut sleeper) = wanted(store, tenant, property, &asked).await?;
    if let Some(room) = asked.room_id {
        room_type = type_of(store, tenant, property, room, "makeRoom.roomId").await?;
    }
    let found = store.read(tenant, vec![call!(FIT_TYPE, tenant, property.id, room_type)]).await?;
    if found[0].is_empty() {
        return Err(Refusal::invalid("makeRoom.roomTypeId", "does not exist in this property").into());
    }
    let mut question = read(store, tenant, property, (room_type, vec![room_type]), sleeper.stay.to).await?;
    // A stay that has a room asks for another one: it does not lie there meanwhile.
    if let Some(known) = &sleeper.reservation {
        let stuck = |why| Refusal::invalid("makeRoom.reservationId", format!("cannot be moved: {}", super::answer::why(why)));
        sleeper.room = question.forget(known.id).map_err(stuck)?;
    }
    let wished = &mut sleeper.wish;
    let stored = wished.hard.clone();
    wished.only = asked.room_id;
    wished.is_free_of_hard = asked.override_wishes && asked.room_id.is_some();
    wished.hard.features.extend(asked.features.iter().cloned());
    wished.hard.floor = asked.floor.clone().or(stored.floor);
    if !question.doors.iter().any(|door| sleeper.wish.will_do(door)) {
        return Err(no_room(&question, &asked, &sleeper).into());
    }
    question.ask(sleeper);
    Ok(question)
}

/// Why no room of the type will do.
fn no_room(question: &Question, asked: &MakeRoom, sleeper: &Sleeper) -> Refusal {
    let door = question.doors.iter().find(|door| Some(door.id) == asked.room_id);
    if let (Some(door), Some(known)) = (door, &sleeper.reservation) {
        let unmet = wishes::UnmetWishes { room_id: door.id, room_number: door.number.clone(), lacks: sleeper.wish.lacks(door) };
        return wishes::refusal(known.id, &unmet);
    }
    match (asked.features.is_empty(), &asked.floor) {
        (false, _) => Refusal::invalid("makeRoom.features", "is what no room of this type has"),
        (true, Some(_)) => Refusal::invalid("makeRoom.floor", "is where no room of this type is"),
        (true, None) if sleeper.wish.hard.is_hard() => {
            Refusal::invalid("makeRoom.reservationId", "must have what no room of this type has")
        }
        (true, None) => Refusal::invalid("makeRoom.roomTypeId", "has no room that is in use"),
    }
}

async fn type_of(store: &Store, tenant: TenantId, property: &Property, room: RoomId, field: &str) -> Result<RoomTypeId> {
    let rows = store.read(tenant, vec![call!(TYPE_OF_ROOM, tenant, property.id, room)]).await?;
    let none = || Refusal::invalid(field, "does not exist in this property, or is not in use");
    Ok(rows[0].first().map(|row| row.get(0)).ok_or_else(none)?)
}

async fn free_room(store: &Store, tenant: TenantId, property: &Property, asked: FreeRoom) -> Result<Question> {
    let mut faults = Faults::default();
    let stay = faults.check("freeRoom.endDate", Stay::new(asked.start_date, asked.end_date));
    if asked.start_date < property.business_date {
        faults.add("freeRoom.startDate", format!("must not be before the business date, {}", property.business_date));
    }
    faults.finish()?;
    let stay = stay.ok_or_else(|| Refusal::invalid("freeRoom.endDate", "must be after the first night"))?;
    let room_type = type_of(store, tenant, property, asked.room_id, "freeRoom.roomId").await?;
    let mut question = read(store, tenant, property, (room_type, vec![room_type]), stay.to).await?;
    let room = question.doors.iter().position(|door| door.id == asked.room_id);
    let room = room.ok_or_else(|| Refusal::invalid("freeRoom.roomId", "is not in use"))?;
    question.take(room, stay);
    Ok(question)
}

async fn arrivals(store: &Store, tenant: TenantId, property: &Property, asked: ArrivalsOn) -> Result<Vec<Question>> {
    if asked.date < property.business_date {
        let rule = format!("must not be before the business date, {}", property.business_date);
        return Err(Refusal::invalid("arrivals.date", rule).into());
    }
    let call = question::arrivals(tenant, property.id, asked.date, asked.room_type_id);
    let rows = store.read(tenant, vec![call]).await?;
    let waiting: Vec<Waiting> = rows[0].iter().map(Waiting::from_row).collect();
    let mut types: Vec<RoomTypeId> = waiting.iter().map(|stay| stay.room_type_id).collect();
    types.sort();
    types.dedup();
    let mut questions = Vec::new();
    for room_type in types {
        let of_it: Vec<&Waiting> = waiting.iter().filter(|stay| stay.room_type_id == room_type).collect();
        let until = of_it.iter().map(|stay| stay.stay.to).max().unwrap_or(asked.date);
        let mut question = read(store, tenant, property, (room_type, vec![room_type]), until).await?;
        for stay in of_it {
            question.ask(Sleeper { reservation: Some(stay.known.clone()), stay: stay.stay, room: None, wish: stay.wish.clone() });
        }
        questions.push(question);
    }
    Ok(questions)
}
