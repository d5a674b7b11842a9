//! A type that has more stays than rooms: which of them get a better room, by the order that the property sets.

use serde::Deserialize;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    preview,
    question::{self, Door, Question, Sleeper, Waiting},
};
use crate::{
    call,
    db::{Call, Result},
    kernel::{Day, Faults, PropertyId, Refusal, RoomTypeId, Stay, TenantId},
    op::Store,
    properties::Property,
};

/// Most stays without a room that are looked at together: as many as one execution takes.
const MOST_WAITING: usize = 200;

/// The nights on which a type has too many stays for its rooms. Whoever waits for a room of it on one of them is given one, and whoever
/// waits for a room of it, or of a better type, on the nights of these stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OversoldType {
    pub room_type_id: RoomTypeId,
    /// First night.
    pub start_date: Day,
    /// The day after the last night.
    pub end_date: Day,
}

crate::sql! {
    FIT_RANKS = "
        select id, upgrade_rank, max_adults, max_occupancy from pms_room_types
        where tenant_id = $1 and property_id = $2 and (is_active and upgrade_rank is not null or id = $3)
        order by upgrade_rank, sort_order, code";
}

/// A type in the order of upgrades.
#[derive(Clone, Copy, Debug)]
pub struct Rank {
    pub room_type_id: RoomTypeId,
    /// The better the higher. `None`: not in the order.
    rank: Option<i32>,
    max_adults: i32,
    max_occupancy: i32,
}

impl Rank {
    fn from_row(row: &Row) -> Rank {
        Rank { room_type_id: row.get(0), rank: row.get(1), max_adults: row.get(2), max_occupancy: row.get(3) }
    }

    fn level(&self) -> usize {
        self.rank.unwrap_or(0).unsigned_abs() as usize
    }
}

fn ranks(tenant: TenantId, property: PropertyId, room_type: RoomTypeId) -> Call {
    call!(FIT_RANKS, tenant, property, room_type)
}

/// What makes two stays the same to the order of upgrades: the level of what was booked or is slept in, these types, and the persons.
pub type Standing = (usize, Option<RoomTypeId>, Option<RoomTypeId>, i32, i32);

impl Question {
    fn rank(&self, room_type: RoomTypeId) -> Option<&Rank> {
        self.ranks.iter().find(|rank| rank.room_type_id == room_type)
    }

    /// How good the rooms are.
    pub fn levels(&self) -> Vec<usize> {
        let level = |door: &Door| self.rank(door.room_type_id).map_or(0, Rank::level);
        if self.ranks.is_empty() { Vec::new() } else { self.doors.iter().map(level).collect() }
    }

    /// Nobody gets less than was booked, nor less than what he sleeps in.
    pub fn standing(&self, sleeper: &Sleeper) -> Standing {
        if self.ranks.is_empty() {
            return Standing::default();
        }
        let (charged, present) = (sleeper.wish.charged, sleeper.room.map(|room| self.doors[room].room_type_id));
        let level = [charged, present].into_iter().flatten().filter_map(|it| self.rank(it)).map(Rank::level).max();
        (level.unwrap_or(0), charged, present, sleeper.wish.adults, sleeper.wish.persons)
    }

    /// Whether a room is of a type of the stay, or of a better one that holds as many persons.
    pub fn is_good_enough(&self, standing: &Standing, door: &Door) -> bool {
        let Some(rank) = self.rank(door.room_type_id) else { return self.ranks.is_empty() };
        let (level, charged, present, adults, persons) = *standing;
        let is_own = [charged, present].contains(&Some(rank.room_type_id));
        match rank.level().cmp(&level) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => is_own,
            std::cmp::Ordering::Greater => adults <= rank.max_adults && persons <= rank.max_occupancy,
        }
    }
}

/// The rooms of the type and of all better ones, and everybody who waits for one of them on these nights.
pub async fn question(store: &Store, tenant: TenantId, property: &Property, asked: OversoldType) -> Result<Question> {
    let mut faults = Faults::default();
    let stay = faults.check("upgrade.endDate", Stay::new(asked.start_date, asked.end_date));
    if asked.start_date < property.business_date {
        faults.add("upgrade.startDate", format!("must not be before the business date, {}", property.business_date));
    }
    faults.finish()?;
    let stay = stay.ok_or_else(|| Refusal::invalid("upgrade.endDate", "must be after the first night"))?;

    let rows = store.read(tenant, vec![ranks(tenant, property.id, asked.room_type_id)]).await?;
    let ranks: Vec<Rank> = rows[0].iter().map(Rank::from_row).collect();
    let own = ranks.iter().find(|rank| rank.room_type_id == asked.room_type_id);
    let own = own.ok_or_else(|| Refusal::invalid("upgrade.roomTypeId", "does not exist in this property"))?;
    let Some(lowest) = own.rank else {
        return Err(Refusal::invalid("upgrade.roomTypeId", "has no upgradeRank: nobody is upgraded from it").into());
    };
    let is_better = |rank: &&Rank| rank.rank > Some(lowest);
    if !ranks.iter().any(|rank| is_better(&rank)) {
        return Err(
            Refusal::invalid("upgrade.roomTypeId", "is the best in the order: there is no type of a higher upgradeRank").into()
        );
    }
    let path: Vec<Rank> = ranks.iter().filter(|rank| rank.room_type_id == own.room_type_id || is_better(rank)).copied().collect();
    let types: Vec<RoomTypeId> = path.iter().map(|rank| rank.room_type_id).collect();

    // Whoever waits takes all his nights along, and on each of them others may wait for the better rooms.
    let rows = store.read(tenant, vec![question::waiting_in(tenant, property.id, vec![own.room_type_id], stay)]).await?;
    let stay = rows[0]
        .iter()
        .map(Waiting::from_row)
        .fold(stay, |all, it| Stay { from: all.from.min(it.stay.from), to: all.to.max(it.stay.to) });
    let rows = store.read(tenant, vec![question::waiting_in(tenant, property.id, types.clone(), stay)]).await?;
    let waiting: Vec<Waiting> = rows[0].iter().map(Waiting::from_row).collect();
    if waiting.len() > MOST_WAITING {
        return Err(Refusal::invalid("upgrade.endDate", format!("leaves more than {MOST_WAITING} stays without a room")).into());
    }
    let until = waiting.iter().map(|it| it.stay.to).max().unwrap_or(stay.to);
    let mut question = preview::read(store, tenant, property, (own.room_type_id, types), until).await?;
    question.ranks = path;
    for it in waiting {
        question.ask(Sleeper { reservation: Some(it.known), stay: it.stay, room: None, wish: it.wish });
    }
    Ok(question)
}
