//! The totals of each date, counted from the very rows that the chart shows.

use foldhash::HashMap;
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
    /// The same for each type, in the order of `roomTypes`, with the type's overbooking limit added, and no more than the house takes.
    available_by_type: Vec<i32>,
    /// Rooms under a block that is no stay.
    off_market: i32,
    arrivals: i32,
    departures: i32,
    /// Sold per hundred rooms that are not off the market, rounded.
    occupancy_percent: i32,
}

/// The overbooking limit of a night.
pub(super) struct Limit {
    /// `None`: of the house.
    pub room_type: Option<RoomTypeId>,
    pub night: Day,
    pub rooms: i32,
}

/// What is counted while the rows are drawn: rooms, stays, rooms off the market, for each night and type.
pub(super) struct Counts {
    window: Stay,
    /// The column of each type.
    index: HashMap<String, usize>,
    cells: Vec<[i32; 3]>,
}

const ROOMS: usize = 0;
const SOLD: usize = 1;
const OFF_MARKET: usize = 2;

impl Counts {
    pub fn new(window: Stay, types: &[Row]) -> Counts {
        let index = types.iter().enumerate().map(|(n, row)| (row.get(0), n)).collect();
        Counts { window, index, cells: vec![[0; 3]; window.nights() as usize * types.len()] }
    }

    fn add(&mut self, room_type: &str, from: Day, to: Day, what: usize) {
        let Some(&column) = self.index.get(room_type) else { return };
        let nights = self.window.nights();
        let first = self.window.from.days_until(from).clamp(0, nights) as usize;
        let last = self.window.from.days_until(to).clamp(0, nights) as usize;
        (first..last).for_each(|night| self.cells[night * self.index.len() + column][what] += 1);
    }

    pub fn rooms(&mut self, rooms: &[Row]) {
        for row in rooms {
            let (opened, closed): (Option<Day>, Option<Day>) = (row.get(8), row.get(9));
            self.add(row.get(3), opened.unwrap_or(Day::MIN), closed.unwrap_or(Day::MAX), ROOMS);
        }
    }

    pub fn stay(&mut self, room_type: &str, from: Day, to: Day) {
        self.add(room_type, from, to, SOLD);
    }

    pub fn off_market(&mut self, room_type: &str, from: Day, to: Day) {
        self.add(room_type, from, to, OFF_MARKET);
    }

    /// `standing`: the limit of the house on nights that have none of their own.
    pub fn totals(&self, types: &[Row], days: &[Row], limits: &[Limit], standing: Option<i32>) -> Vec<DayTotals> {
        let moves: HashMap<Day, (i32, i32)> = days.iter().map(|row| (row.get(0), (row.get(2), row.get(3)))).collect();
        let dated: HashMap<(Option<RoomTypeId>, Day), i32> = limits.iter().map(|l| ((l.room_type, l.night), l.rooms)).collect();
        let columns = types.len();

        self.window
            .days()
            .enumerate()
            .map(|(night, date)| {
                let cells = &self.cells[night * columns..(night + 1) * columns];
                let [rooms, sold, off_market] = cells.iter().fold([0; 3], |a, c| [a[0] + c[0], a[1] + c[1], a[2] + c[2]]);
                let limit = |row: &Row| dated.get(&(Some(row.get(0)), date)).copied().unwrap_or_else(|| row.get(3));
                let (arrivals, departures) = moves.get(&date).copied().unwrap_or_default();
                let base = rooms - off_market;
                let house = dated.get(&(None, date)).copied().or(standing).map_or(i32::MAX, |limit| base - sold + limit);
                let by_type = |(row, c): (&Row, &[i32; 3])| (c[ROOMS] - c[SOLD] - c[OFF_MARKET] + limit(row)).min(house);
                DayTotals {
                    date,
                    sold,
                    available: base - sold,
                    available_by_type: types.iter().zip(cells).map(by_type).collect(),
                    off_market,
                    arrivals,
                    departures,
                    occupancy_percent: if base > 0 { (200 * sold + base) / (2 * base) } else { 0 },
                }
            })
            .collect()
    }
}
