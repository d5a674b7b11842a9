//! Which cells of the calendar an operation has touched.

use std::collections::BTreeMap;

use crate::kernel::{Day, PropertyId, RoomId, Stay};

/// Rooms with the nights whose cells must be recomputed, and days whose counts must be, in one property each.
#[derive(Debug, Default)]
pub struct Touched {
    properties: BTreeMap<PropertyId, PropertyTouched>,
}

#[derive(Debug, Default)]
pub struct PropertyTouched {
    /// Ranges may overlap; recomputing twice is harmless.
    pub cells: Vec<(RoomId, Stay)>,
    pub days: std::collections::BTreeSet<Day>,
    /// All counted days from here on: the number of rooms changed.
    pub house_from: Option<Day>,
}

impl Touched {
    /// The cells of a room, and the counts of these nights and of the day after the last (its departures).
    pub fn room(&mut self, property: PropertyId, room: RoomId, stay: Stay) {
        let of = self.properties.entry(property).or_default();
        of.cells.push((room, stay));
        of.days.extend(stay.from.until(stay.to.plus(1)));
    }

    /// The counts alone: of a stay without a room.
    pub fn days(&mut self, property: PropertyId, stay: Stay) {
        self.properties.entry(property).or_default().days.extend(stay.from.until(stay.to.plus(1)));
    }

    /// The counts of every day from `from` on.
    pub fn house(&mut self, property: PropertyId, from: Day) {
        let of = self.properties.entry(property).or_default();
        of.house_from = Some(of.house_from.map_or(from, |known| known.min(from)));
    }

    pub fn is_empty(&self) -> bool {
        self.properties.is_empty()
    }

    pub fn take(&mut self) -> BTreeMap<PropertyId, PropertyTouched> {
        std::mem::take(&mut self.properties)
    }
}
