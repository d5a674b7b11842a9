//! What the chart draws: rooms, bars, blocks and stays that wait, each from its row. Ids stay the texts that they are in the
//! rows: a chart has thousands.

use foldhash::HashMap;
use jiff::civil::Time;
use serde::Serialize;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::totals::DayTotals;
use crate::kernel::{BlockId, Cents, Day, PropertyId, ReservationId, RoomId, RoomTypeId};

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Chart<'a> {
    pub(super) property_id: PropertyId,
    /// First night.
    pub(super) start: Day,
    pub(super) days: i32,
    pub(super) business_date: Day,
    pub(super) currency: String,
    /// Grows with every change in the property; the `ETag` of this answer.
    pub(super) revision: i64,
    pub(super) room_types: Vec<ChartType<'a>>,
    pub(super) rooms: Vec<ChartRoom<'a>>,
    /// Rooms off the market.
    pub(super) blocks: Vec<ChartBlock<'a>>,
    /// Stays that wait for a room, in the lane of their type.
    pub(super) unassigned: Vec<Waiting<'a>>,
    // Empty here: bars are written as their rows come, and the dates after them.
    /// One for each block of a stay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub(super) bars: Vec<Bar<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub(super) dates: Vec<DayTotals>,
}

impl Chart<'_> {
    /// About how long it is as JSON when a stay has three nights.
    pub(super) fn likely_bytes(&self) -> usize {
        let (types, days) = (self.room_types.len(), self.days as usize);
        2_000
            + 300 * self.rooms.len()
            + 400 * (self.rooms.len() * days / 3 + self.blocks.len() + self.unassigned.len())
            + (200 + 8 * types) * days
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChartType<'a> {
    #[schema(value_type = RoomTypeId)]
    pub(super) id: &'a str,
    pub(super) code: &'a str,
    pub(super) name: &'a str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChartRoom<'a> {
    #[schema(value_type = RoomId)]
    pub(super) id: &'a str,
    pub(super) room_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub(super) name: Option<&'a str>,
    #[schema(value_type = RoomTypeId)]
    pub(super) room_type_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub(super) floor: Option<&'a str>,
    pub(super) status: &'a str,
    pub(super) is_inspected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = Value)]
    pub(super) features_json: Option<serde_json::Value>,
    pub(super) version: i32,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bar<'a> {
    #[schema(value_type = ReservationId)]
    pub(super) reservation_id: &'a str,
    #[schema(value_type = RoomId)]
    pub(super) room_id: &'a str,
    /// The nights of this block; a split stay has several.
    pub(super) start_date: Day,
    pub(super) end_date: Day,
    /// Of the stay, where it is not the first night of this block.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = Day)]
    pub(super) check_in_date: Option<Day>,
    /// Of the stay, where it is not the end of this block.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = Day)]
    pub(super) check_out_date: Option<Day>,
    pub(super) status: &'a str,
    pub(super) last_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schema(required = false)]
    pub(super) first_name: &'a str,
    pub(super) adults: i32,
    pub(super) children: i32,
    pub(super) source_type: &'a str,
    pub(super) version: i32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub(super) is_pinned: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub(super) has_notes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = String)]
    pub(super) arrival_time: Option<Time>,
    /// What is owed, when it is not zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub(super) balance_cents: Option<Cents>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChartBlock<'a> {
    #[schema(value_type = BlockId)]
    pub(super) id: &'a str,
    #[schema(value_type = RoomId)]
    pub(super) room_id: &'a str,
    pub(super) start_date: Day,
    pub(super) end_date: Day,
    pub(super) block_type: &'a str,
    pub(super) reason: Option<&'a str>,
    pub(super) version: i32,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Waiting<'a> {
    #[schema(value_type = ReservationId)]
    pub(super) reservation_id: &'a str,
    #[schema(value_type = RoomTypeId)]
    pub(super) room_type_id: &'a str,
    pub(super) check_in_date: Day,
    pub(super) check_out_date: Day,
    pub(super) status: &'a str,
    pub(super) last_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schema(required = false)]
    pub(super) first_name: &'a str,
    pub(super) adults: i32,
    pub(super) children: i32,
    pub(super) source_type: &'a str,
    pub(super) version: i32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub(super) has_notes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = String)]
    pub(super) arrival_time: Option<Time>,
}

pub(super) fn room(row: &Row) -> ChartRoom<'_> {
    ChartRoom {
        id: row.get(0),
        room_number: row.get(1),
        name: row.get(2),
        room_type_id: row.get(3),
        floor: row.get(4),
        status: row.get(5),
        is_inspected: row.get(6),
        features_json: row.get(7),
        version: row.get(10),
    }
}

pub(super) fn bar<'a>(row: &'a Row, balances: &HashMap<String, Cents>) -> Bar<'a> {
    let reservation_id: &str = row.get(0);
    let (start_date, end_date): (Day, Day) = (row.get(3), row.get(4));
    let (check_in, check_out): (Day, Day) = (row.get(5), row.get(6));
    Bar {
        reservation_id,
        room_id: row.get(1),
        start_date,
        end_date,
        check_in_date: (check_in != start_date).then_some(check_in),
        check_out_date: (check_out != end_date).then_some(check_out),
        status: row.get(7),
        last_name: row.get::<_, Option<&str>>(8).unwrap_or_default(),
        first_name: row.get::<_, Option<&str>>(9).unwrap_or_default(),
        adults: row.get(10),
        children: row.get(11),
        source_type: row.get(12),
        is_pinned: row.get(13),
        version: row.get(14),
        has_notes: row.get(15),
        arrival_time: row.get(16),
        balance_cents: if balances.is_empty() { None } else { balances.get(reservation_id).copied() },
    }
}

pub(super) fn block(row: &Row) -> ChartBlock<'_> {
    ChartBlock {
        id: row.get(0),
        room_id: row.get(1),
        start_date: row.get(3),
        end_date: row.get(4),
        block_type: row.get(5),
        reason: row.get(6),
        version: row.get(7),
    }
}

pub(super) fn waiting(row: &Row) -> Waiting<'_> {
    Waiting {
        reservation_id: row.get(0),
        room_type_id: row.get(1),
        check_in_date: row.get(2),
        check_out_date: row.get(3),
        status: row.get(4),
        last_name: row.get::<_, Option<&str>>(5).unwrap_or_default(),
        first_name: row.get::<_, Option<&str>>(6).unwrap_or_default(),
        adults: row.get(7),
        children: row.get(8),
        source_type: row.get(9),
        version: row.get(10),
        has_notes: row.get(11),
        arrival_time: row.get(12),
    }
}
