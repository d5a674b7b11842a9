//! The totals of each date, counted from the very rows that the chart shows.

use std::collections::HashMap;

use serde::Serialize;
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::kernel::{Day, RoomTypeId, Stay};

/// A date of the chart.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayTotals {
    date: Day,
    /// Stays of the night, with a room or without.
    sold: i32,
    /// Rooms of the house less sold, less off the market.
    available: i32,
    /// The same for each type, in the order of `roomTypes`, with the type's overbooking limit added.
    available_by_type: Vec<i32>,
    /// Rooms under a block that is no stay.
    off_market: i32,
    arrivals: i32,
    departures: i32,
    /// Sold per hundred rooms that are not off the market, rounded.
    occupancy_percent: i32,
}

pub(super) struct TypeLimit {
    pub room_type: RoomTypeId,
    pub night: Day,
    pub rooms: i32,
}

pub(super) fn totals(
    window: Stay,
    types: &[Row],
    rooms: &[Row],
    bars: &[Row],
    unassigned: &[Row],
    days: &[Row],
    limits: &[TypeLimit],
) -> Vec<DayTotals> {
    let nights = window.nights() as usize;
    let index: HashMap<&str, usize> = types.iter().enumerate().map(|(n, row)| (row.get(0), n)).collect();
    // A cell for each night and type: rooms, stays, off the market.
    let mut grid = vec![[0_i32; 3]; nights * types.len()];
    let mut add = |room_type: &str, from: Day, to: Day, what: usize| {
        let Some(column) = index.get(room_type) else { return };
        let first = window.from.days_until(from).max(0) as usize;
        let last = (window.from.days_until(to).max(0) as usize).min(nights);
        (first..last).for_each(|night| grid[night * types.len() + column][what] += 1);
    };
    for row in rooms {
        let (opened, closed): (Option<Day>, Option<Day>) = (row.get(8), row.get(9));
        add(row.get(3), opened.unwrap_or(Day::MIN), closed.unwrap_or(Day::MAX), 0);
    }
    for row in bars {
        let is_stay = row.get::<_, Option<&str>>(8).is_some();
        add(row.get(2), row.get(3), row.get(4), if is_stay { 1 } else { 2 });
    }
    for row in unassigned {
        add(row.get(1), row.get(2), row.get(3), 1);
    }
    let moves: HashMap<Day, (i32, i32)> = days.iter().map(|row| (row.get(0), (row.get(2), row.get(3)))).collect();
    let dated: HashMap<(RoomTypeId, Day), i32> = limits.iter().map(|l| ((l.room_type, l.night), l.rooms)).collect();

    window
        .days()
        .enumerate()
        .map(|(night, date)| {
            let cells = &grid[night * types.len()..(night + 1) * types.len()];
            let [rooms, sold, off_market] = cells.iter().fold([0; 3], |a, c| [a[0] + c[0], a[1] + c[1], a[2] + c[2]]);
            let limit = |row: &Row| dated.get(&(row.get(0), date)).copied().unwrap_or_else(|| row.get(3));
            let (arrivals, departures) = moves.get(&date).copied().unwrap_or_default();
            let base = rooms - off_market;
            DayTotals {
                date,
                sold,
                available: base - sold,
                available_by_type: types.iter().zip(cells).map(|(row, c)| c[0] - c[1] - c[2] + limit(row)).collect(),
                off_market,
                arrivals,
                departures,
                occupancy_percent: if base > 0 { (200 * sold + base) / (2 * base) } else { 0 },
            }
        })
        .collect()
}
