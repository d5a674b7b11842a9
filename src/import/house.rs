//! What the importer must know of the hotel to go on: read once at the start, and again after a batch that failed.

use std::collections::{HashMap, VecDeque};

use tokio_postgres::Row;

use super::hotel::Names;
use crate::{
    call,
    db::Result,
    kernel::{Day, ReservationId, RoomId, RoomTypeId},
    op::Store,
    properties::{self, Property},
    reservations::Status,
    rooms::model::RoomStatus,
};

crate::sql! {
    STATES = "select id, status from pms_reservations where tenant_id = $1 and property_id = $2";
    /// The room that was vacant longest first.
    ROOMS_BY_VACANCY = "
        select r.id, r.room_type_id, r.status from pms_rooms r
        where r.tenant_id = $1 and r.property_id = $2 and r.is_active
        order by (select max(end_date) from pms_room_blocks b
          where b.tenant_id = $1 and b.property_id = $2 and b.room_id = r.id) nulls first, r.room_number, r.id";
}

pub(super) struct House {
    pub property: Property,
    /// By the index of the row; none: not booked.
    pub states: Vec<Option<Status>>,
    /// Rooms without a guest, clean or not.
    vacant: HashMap<RoomTypeId, VecDeque<RoomId>>,
    pub dirty: Vec<RoomId>,
    types: HashMap<RoomId, RoomTypeId>,
}

impl House {
    pub async fn load(store: &Store, names: Names, ids: &HashMap<ReservationId, usize>) -> Result<House> {
        let (tenant, property) = (names.tenant, names.property());
        let calls = vec![
            properties::model::get(tenant, property),
            call!(STATES, tenant, property),
            call!(ROOMS_BY_VACANCY, tenant, property),
        ];
        let rows = store.read(tenant, calls).await?;
        let mut house = House {
            property: properties::model::found(&rows[0])?,
            states: vec![None; ids.len()],
            vacant: HashMap::new(),
            dirty: Vec::new(),
            types: HashMap::new(),
        };
        for row in &rows[1] {
            if let Some(index) = ids.get(&row.get(0)) {
                house.states[*index] = Some(row.get(1));
            }
        }
        rows[2].iter().for_each(|row| house.add(row));
        Ok(house)
    }

    fn add(&mut self, row: &Row) {
        let (room, room_type, status): (RoomId, RoomTypeId, RoomStatus) = (row.get(0), row.get(1), row.get(2));
        self.types.insert(room, room_type);
        match status {
            RoomStatus::Occupied | RoomStatus::OutOfOrder => {}
            RoomStatus::VacantClean => self.vacant.entry(room_type).or_default().push_back(room),
            RoomStatus::VacantDirty => {
                self.vacant.entry(room_type).or_default().push_back(room);
                self.dirty.push(room);
            }
        }
    }

    pub fn today(&self) -> Day {
        self.property.business_date
    }

    /// The vacant rooms of a type, the best first.
    pub fn vacant(&self, room_type: RoomTypeId) -> Vec<RoomId> {
        self.vacant.get(&room_type).into_iter().flatten().copied().collect()
    }

    pub fn occupy(&mut self, room: RoomId) {
        if let Some(rooms) = self.types.get(&room).and_then(|t| self.vacant.get_mut(t)) {
            rooms.retain(|r| *r != room);
        }
    }

    pub fn leave(&mut self, room: RoomId) {
        if let Some(room_type) = self.types.get(&room) {
            self.vacant.entry(*room_type).or_default().push_back(room);
            self.dirty.push(room);
        }
    }
}
