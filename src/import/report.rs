//! What an import did, for people and as JSON.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use super::{Check, Hotel};
use crate::kernel::{Cents, PropertyId};

/// Counts of one run over one hotel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    pub booked: u64,
    pub cancelled: u64,
    pub checked_in: u64,
    pub checked_out: u64,
    pub no_shows: u64,
    /// By the code of the refusal.
    pub refused: BTreeMap<String, u64>,
    /// Later events of bookings that were refused.
    pub without_booking: u64,
    /// Done by an earlier run.
    pub done_before: u64,
    /// Arrivals into a room of another type than was booked.
    pub upgrades: u64,
    pub rooms_cleaned: u64,
    pub days_closed: u64,
    pub nights_posted: u64,
}

impl Tally {
    /// Steps in the life of a stay.
    pub fn events(&self) -> u64 {
        self.booked + self.cancelled + self.checked_in + self.checked_out + self.no_shows
    }

    pub(super) fn add(&mut self, other: &Tally) {
        self.booked += other.booked;
        self.cancelled += other.cancelled;
        self.checked_in += other.checked_in;
        self.checked_out += other.checked_out;
        self.no_shows += other.no_shows;
        for (code, n) in &other.refused {
            *self.refused.entry(code.clone()).or_default() += n;
        }
        self.without_booking += other.without_booking;
        self.done_before += other.done_before;
        self.upgrades += other.upgrades;
        self.rooms_cleaned += other.rooms_cleaned;
        self.days_closed += other.days_closed;
        self.nights_posted += other.nights_posted;
    }
}

/// Rows without a night, which are no stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ZeroNights {
    pub checked_out: u64,
    pub cancelled: u64,
    pub no_shows: u64,
}

/// What now lies in the database, whichever run wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    pub bookings: i64,
    pub checked_out: i64,
    /// Of stays that were checked out.
    pub room_nights: i64,
    pub room_revenue_cents: Cents,
    pub rooms_used: i64,
    pub most_rooms_in_a_night: i64,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HotelReport {
    pub hotel: Hotel,
    pub property_id: PropertyId,
    pub rows: u64,
    pub zero_night_rows: ZeroNights,
    pub rows_without_person: u64,
    pub this_run: Tally,
    pub stored: Stored,
    pub seconds: f64,
    pub events_per_second: f64,
    pub bookings_per_second: f64,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub tenant: String,
    pub hotels: Vec<HotelReport>,
    pub events: u64,
    pub seconds: f64,
    pub events_per_second: f64,
    pub bookings_per_second: f64,
    pub checks: Vec<Check>,
}

impl Report {
    /// `seconds`: of all hotels, which run side by side.
    pub fn new(tenant: String, hotels: Vec<HotelReport>, seconds: f64, checks: Vec<Check>) -> Report {
        let events = hotels.iter().map(|h| h.this_run.events()).sum();
        let booked = hotels.iter().map(|h| h.this_run.booked).sum();
        Report {
            tenant,
            hotels,
            events,
            seconds: (seconds * 10.0).round() / 10.0,
            events_per_second: per_second(events, seconds),
            bookings_per_second: per_second(booked, seconds),
            checks,
        }
    }
}

/// `n` things in `seconds`.
pub fn per_second(n: u64, seconds: f64) -> f64 {
    if seconds > 0.0 { (n as f64 / seconds * 10.0).round() / 10.0 } else { 0.0 }
}

impl fmt::Display for HotelReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (run, stored, zero) = (&self.this_run, &self.stored, &self.zero_night_rows);
        writeln!(f, "{} {}, property {}", self.hotel.code(), self.hotel.name(), self.property_id)?;
        let mut line = |what: &str, value: String| writeln!(f, "  {what:<28}{value}");
        line("rows", thousands(self.rows as i64))?;
        let left_out = zero.checked_out + zero.cancelled + zero.no_shows;
        let kinds = format!("{} checked out, {} cancelled, {} no-shows", zero.checked_out, zero.cancelled, zero.no_shows);
        line("without a night, left out", format!("{} ({kinds})", thousands(left_out as i64)))?;
        line("without a person, one adult", self.rows_without_person.to_string())?;
        line("bookings accepted", thousands(run.booked as i64))?;
        if run.done_before > 0 {
            line("events of an earlier run", thousands(run.done_before as i64))?;
        }
        for (code, n) in &run.refused {
            line("refused", format!("{} {code}", thousands(*n as i64)))?;
        }
        if run.without_booking > 0 {
            line("later events of refused ones", thousands(run.without_booking as i64))?;
        }
        line("cancelled", thousands(run.cancelled as i64))?;
        line("no-shows", thousands(run.no_shows as i64))?;
        line(
            "arrivals",
            format!("{}, {} of them into another type", thousands(run.checked_in as i64), thousands(run.upgrades as i64)),
        )?;
        line("departures", thousands(run.checked_out as i64))?;
        line("rooms cleaned", thousands(run.rooms_cleaned as i64))?;
        line(
            "days closed",
            format!("{}, {} nights posted", thousands(run.days_closed as i64), thousands(run.nights_posted as i64)),
        )?;
        line("rooms used", format!("{}, at most {} in one night", stored.rooms_used, stored.most_rooms_in_a_night))?;
        line("room nights, departed stays", thousands(stored.room_nights))?;
        let cents = stored.room_revenue_cents.0;
        line("room revenue", format!("{}.{:02} EUR", thousands(cents / 100), cents.rem_euclid(100)))?;
        let speed =
            format!("{:.1} s, {} events/s, {} bookings/s", self.seconds, self.events_per_second, self.bookings_per_second);
        line("time", speed)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for hotel in &self.hotels {
            write!(f, "{hotel}")?;
        }
        writeln!(
            f,
            "{} events in {:.1} s: {} events/s, {} bookings/s",
            thousands(self.events as i64),
            self.seconds,
            self.events_per_second,
            self.bookings_per_second
        )?;
        for check in &self.checks {
            writeln!(f, "  {} {}{}", if check.holds { "ok    " } else { "FAILED" }, check.rule, check.shown())?;
        }
        write!(f, "Data: N. Antonio, A. de Almeida, L. Nunes, Data in Brief 22 (2019) 41-49, CC BY 4.0")
    }
}

/// `1234567` as `1,234,567`.
fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn digits_stand_in_threes() {
        let shown: Vec<String> = [0, 999, 1000, -1234567].into_iter().map(thousands).collect();
        assert_eq!(shown, ["0", "999", "1,000", "-1,234,567"]);
    }
}
