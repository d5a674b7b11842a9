//! What must be known, and locked, before a stay may be put anywhere.

use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{Claims, Counts, Shift, count, rules};
use crate::{
    call,
    db::{Call, Result},
    kernel::{BlockId, PropertyId, ReservationId, RoomId, RoomTypeId, Stay, TenantId},
    op::Op,
    rooms::model::{Room, RoomType},
};

/// Why a room is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BlockKind {
    Reservation,
    OutOfOrder,
    Maintenance,
    HouseUse,
    Hold,
}

crate::text_enum!(BlockKind {
    Reservation => "RESERVATION", OutOfOrder => "OUT_OF_ORDER", Maintenance => "MAINTENANCE", HouseUse => "HOUSE_USE", Hold => "HOLD",
});

impl BlockKind {
    /// Nobody can sleep there; a room in house use or on hold is merely not for sale.
    pub fn is_out_of_order(self) -> bool {
        matches!(self, BlockKind::OutOfOrder | BlockKind::Maintenance)
    }
}

crate::sql! {
    /// All of them where the house has a limit: it counts them together.
    LOCK_TYPES = "
        select * from pms_room_types
        where tenant_id = $1 and property_id = $2
          and (id = any($4) or id in (select room_type_id from pms_rooms where tenant_id = $1 and id = any($3))
            or exists (select from pms_properties p where p.tenant_id = $1 and p.id = $2 and (p.overbooking_limit is not null
              or exists (select from pms_house_overbooking_limits h
                where h.tenant_id = $1 and h.property_id = $2 and h.night >= p.business_date))))
        order by id for no key update";
    LOCK_ROOMS = "
        select * from pms_rooms where tenant_id = $1 and property_id = $2 and id = any($3) order by id for no key update";
    /// No blocks of a room overlap, so of those that began before the window only the last can reach into it.
    TAKEN = "
        select b.id, b.room_id, b.start_date, b.end_date, b.block_type, b.reservation_id
        from unnest($3::text[]) as wanted (room_id) cross join lateral (
          (select * from pms_room_blocks
           where tenant_id = $1 and property_id = $2 and room_id = wanted.room_id and start_date <= $4
           order by start_date desc limit 1)
          union all
          (select * from pms_room_blocks
           where tenant_id = $1 and property_id = $2 and room_id = wanted.room_id and start_date > $4 and start_date < $5)
        ) b
        where b.end_date > $4
        order by b.room_id, b.start_date";
}

/// A block in a room that is wanted.
#[derive(Clone, Debug)]
pub struct Taken {
    pub block_id: BlockId,
    pub room_id: RoomId,
    pub stay: Stay,
    pub kind: BlockKind,
    pub reservation_id: Option<ReservationId>,
}

/// The rooms and types that an operation is about, and the nights.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub property: PropertyId,
    pub rooms: Vec<RoomId>,
    pub types: Vec<RoomTypeId>,
    pub window: Stay,
}

impl Wanted {
    /// What these shifts are about. `None` when none takes or frees anything.
    pub fn by(property: PropertyId, shifts: &[Shift]) -> Option<Wanted> {
        let claims = || shifts.iter().flat_map(|s| [&s.before, &s.after]);
        let windows: Vec<Stay> = claims().filter_map(Claims::window).collect();
        let window = Stay { from: windows.iter().map(|w| w.from).min()?, to: windows.iter().map(|w| w.to).max()? };
        let mut rooms: Vec<RoomId> = claims().flat_map(Claims::pieces).map(|p| p.room_id).collect();
        rooms.sort();
        rooms.dedup();
        let types = claims().filter_map(|c| if let Claims::AnyRoom(t, _) = c { Some(*t) } else { None }).collect();
        Some(Wanted { property, rooms, types, window })
    }
}

/// Locked rows and counts; true until the operation ends.
#[derive(Clone, Debug)]
pub struct Facts {
    pub types: Vec<RoomType>,
    pub rooms: Vec<Room>,
    pub taken: Vec<Taken>,
    pub counts: Counts,
}

/// Locks types and rooms. Who changes several bookings one by one locks what they all need first, in order.
pub fn lock(tenant: TenantId, property: PropertyId, rooms: &[RoomId], types: &[RoomTypeId]) -> [Call; 2] {
    [call!(LOCK_TYPES, tenant, property, rooms.to_vec(), types.to_vec()), call!(LOCK_ROOMS, tenant, property, rooms.to_vec())]
}

impl Facts {
    /// Locks the types, then the rooms, then reads and counts. The calls belong into one round trip, in this order.
    pub fn calls(op: &Op, wanted: &Wanted) -> [Call; 4] {
        let (tenant, property) = (op.tenant(), wanted.property);
        let [types, rooms] = lock(tenant, property, &wanted.rooms, &wanted.types);
        [
            types,
            rooms,
            call!(TAKEN, tenant, property, wanted.rooms.clone(), wanted.window.from, wanted.window.to),
            count::call(tenant, property, wanted.rooms.clone(), Some(wanted.types.clone()), wanted.window),
        ]
    }

    pub fn from_rows(wanted: &Wanted, [types, rooms, taken, counts]: &[Vec<Row>; 4]) -> Facts {
        Facts {
            types: types.iter().map(RoomType::from_row).collect(),
            rooms: rooms.iter().map(Room::from_row).collect(),
            taken: taken
                .iter()
                .map(|row| Taken {
                    block_id: row.get(0),
                    room_id: row.get(1),
                    stay: Stay { from: row.get(2), to: row.get(3) },
                    kind: row.get(4),
                    reservation_id: row.get(5),
                })
                .collect(),
            counts: Counts::from_rows(wanted.window, counts),
        }
    }

    /// Locks and reads in round trips of their own. The types are counted only when these shifts take more of one than before.
    pub async fn gather(op: &mut Op, wanted: &Wanted, shifts: &[Shift]) -> Result<Facts> {
        let [types, rooms, taken, counts] = Facts::calls(op, wanted);
        let [types, rooms, taken] = op.run([types, rooms, taken]).await?;
        let mut facts = Facts::from_rows(wanted, &[types, rooms, taken, Vec::new()]);
        if rules::takes_more(&facts, shifts) {
            facts.counts = Counts::from_rows(wanted.window, &op.query(counts).await?);
        }
        Ok(facts)
    }

    pub fn room(&self, id: RoomId) -> Option<&Room> {
        self.rooms.iter().find(|r| r.id == id)
    }

    pub fn room_type(&self, id: RoomTypeId) -> Option<&RoomType> {
        self.types.iter().find(|t| t.id == id)
    }
}
