//! Writes a chart while its bars come from the database: of thousands of rows none is kept, and PostgreSQL does not wait for the
//! JSON nor the JSON for PostgreSQL.

use axum::body::Bytes;
use foldhash::HashMap;
use serde::Serialize;
use tokio_postgres::Row;

use super::{
    drawing::{Chart, ChartType, bar, block, room, waiting},
    totals::{Counts, Limit},
};
use crate::{
    db::Result,
    http::DrawnChart,
    kernel::{Cents, Stay},
    properties,
};

/// What is read before the bars: property, revision, types, rooms, blocks, unassigned stays, days, limits, balances.
pub(super) type Facts = [Vec<Row>; 9];

/// A piece of the answer.
pub(super) struct Part {
    pub revision: i64,
    pub bytes: Bytes,
}

pub(super) struct Writing {
    body: Vec<u8>,
    counts: Counts,
    balances: HashMap<String, Cents>,
    revision: i64,
    /// How much of the body has been sent.
    sent: usize,
}

impl Writing {
    /// Writes what stands before the bars.
    ///
    /// Errors: NOT_FOUND when there is no such property.
    pub fn begin(window: Stay, facts: &Facts) -> Result<Writing> {
        let [property, revision, types, rooms, blocks, unassigned, _, _, balances] = facts;
        let property = properties::model::found(property)?;
        let mut counts = Counts::new(window, types);
        counts.rooms(rooms);
        let chart = Chart {
            property_id: property.id,
            start: window.from,
            days: window.nights(),
            business_date: property.business_date,
            currency: property.currency,
            revision: revision[0].get(0),
            room_types: types.iter().map(|row| ChartType { id: row.get(0), code: row.get(1), name: row.get(2) }).collect(),
            rooms: rooms.iter().map(room).collect(),
            blocks: blocks.iter().map(block).collect(),
            unassigned: unassigned.iter().map(waiting).collect(),
            bars: Vec::new(),
            dates: Vec::new(),
        };
        for (row, block) in blocks.iter().zip(&chart.blocks) {
            counts.off_market(row.get(2), block.start_date, block.end_date);
        }
        for stay in &chart.unassigned {
            counts.stay(stay.room_type_id, stay.check_in_date, stay.check_out_date);
        }
        let mut writing = Writing {
            body: Vec::with_capacity(chart.likely_bytes()),
            counts,
            balances: balances.iter().map(|row| (row.get(0), row.get(1))).collect(),
            revision: chart.revision,
            sent: 0,
        };
        writing.text(br#"{"data":"#);
        writing.json(&chart)?;
        // The object stays open for the bars and the dates.
        writing.body.pop();
        writing.text(br#","bars":["#);
        Ok(writing)
    }

    pub fn bar(&mut self, row: &Row) -> Result<()> {
        let bar = bar(row, &self.balances);
        self.counts.stay(row.get(2), bar.start_date, bar.end_date);
        if self.body.last() != Some(&b'[') {
            self.body.push(b',');
        }
        self.json(&bar)
    }

    /// Writes the totals of the dates, which are the last.
    pub fn end(&mut self, facts: &Facts) -> Result<()> {
        let [property, _, types, _, _, _, days, limits, _] = facts;
        let limit = |row: &Row| Limit { room_type: row.get(0), night: row.get(1), rooms: row.get(2) };
        let limits: Vec<Limit> = limits.iter().map(limit).collect();
        let standing = properties::model::found(property)?.overbooking_limit;
        let dates = self.counts.totals(types, days, &limits, standing);
        self.text(br#"],"dates":"#);
        self.json(&dates)?;
        self.text(b"}}");
        Ok(())
    }

    pub fn unsent_len(&self) -> usize {
        self.body.len() - self.sent
    }

    /// What was written since it was last asked for.
    pub fn part(&mut self) -> Part {
        let bytes = Bytes::copy_from_slice(&self.body[self.sent..]);
        self.sent = self.body.len();
        Part { revision: self.revision, bytes }
    }

    /// All of it.
    pub fn drawn(self) -> DrawnChart {
        DrawnChart { revision: self.revision, body: self.body.into() }
    }

    fn text(&mut self, text: &[u8]) {
        self.body.extend_from_slice(text);
    }

    /// By the faster of the two JSON libraries.
    fn json(&mut self, value: &impl Serialize) -> Result<()> {
        Ok(sonic_rs::to_writer(&mut self.body, value).map_err(anyhow::Error::from)?)
    }
}
