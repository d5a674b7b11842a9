//! The file: xz or plain CSV, each row read strictly.

use std::{
    fs::File,
    io::{BufReader, Read, Seek},
    path::Path,
};

use anyhow::{Context, anyhow, ensure};
use serde::Deserialize;

use super::Hotel;
use crate::{
    kernel::{Cents, Day, Stay},
    rates::model::MarketSegment,
    reservations::model::Source,
};

/// How a booking ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    CheckedOut,
    Cancelled(Day),
    NoShow,
}

/// A booking of the file.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// Its place in the file: the first row below the header is 1.
    pub number: u32,
    pub hotel: Hotel,
    pub booked_on: Day,
    pub arrival: Day,
    /// None: the guest stayed no night.
    pub stay: Option<Stay>,
    pub adults: i32,
    /// With babies.
    pub children: i32,
    pub country: String,
    pub source: Source,
    pub segment: Option<MarketSegment>,
    pub source_ref: Option<String>,
    /// A letter each.
    pub reserved_type: char,
    pub assigned_type: char,
    /// In cents of a euro, per night.
    pub rate: Cents,
    pub fate: Fate,
}

impl SourceRow {
    pub fn has_nobody(&self) -> bool {
        self.adults + self.children == 0
    }
}

/// Which rows of each hotel to take: for trials.
#[derive(Clone, Copy, Debug, Default)]
pub struct Selection {
    /// Counted within the hotel; the first is 1.
    pub from_row: Option<u32>,
    pub limit: Option<u32>,
}

#[derive(Deserialize)]
struct RawRow<'a> {
    hotel: &'a str,
    lead_time: i32,
    arrival_date_year: i16,
    arrival_date_month: &'a str,
    arrival_date_day_of_month: i8,
    stays_in_weekend_nights: i32,
    stays_in_week_nights: i32,
    adults: i32,
    children: &'a str,
    babies: i32,
    country: &'a str,
    market_segment: &'a str,
    distribution_channel: &'a str,
    reserved_room_type: &'a str,
    assigned_room_type: &'a str,
    agent: &'a str,
    company: &'a str,
    adr: &'a str,
    reservation_status: &'a str,
    reservation_status_date: &'a str,
}

/// Reads the rows of these hotels.
///
/// Errors: the file cannot be read, or a row is not as it should be; the row and the field are named.
pub fn read(path: &Path, hotels: &[Hotel], selection: Selection) -> anyhow::Result<Vec<SourceRow>> {
    let shown = path.display();
    let mut file = File::open(path).with_context(|| format!("cannot open {shown}"))?;
    let mut magic = [0; 6];
    let is_xz = file.read_exact(&mut magic).is_ok() && magic == *b"\xfd7zXZ\0";
    file.rewind().with_context(|| format!("cannot read {shown}"))?;
    let reader: Box<dyn Read> = match is_xz {
        true => Box::new(liblzma::read::XzDecoder::new_multi_decoder(BufReader::new(file))),
        false => Box::new(BufReader::new(file)),
    };
    parse(reader, hotels, selection).with_context(|| format!("cannot import {shown}"))
}

/// The rows of a CSV with a header.
pub fn parse(reader: impl Read, hotels: &[Hotel], selection: Selection) -> anyhow::Result<Vec<SourceRow>> {
    let mut csv = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(reader);
    let header = csv.headers().context("it has no header")?.clone();
    let (from, limit) = (selection.from_row.unwrap_or(1), selection.limit.unwrap_or(u32::MAX));
    let mut seen = [0_u32; 2];
    let (mut rows, mut record, mut number) = (Vec::new(), csv::StringRecord::new(), 0);
    while csv.read_record(&mut record).with_context(|| format!("row {} cannot be read", number + 1))? {
        number += 1;
        let raw: RawRow =
            record.deserialize(Some(&header)).map_err(|error| anyhow!("row {number}: {}", told(&error, &header)))?;
        let hotel = Hotel::of_name(raw.hotel).ok_or_else(|| anyhow!("row {number}: hotel {:?} is not known", raw.hotel))?;
        if !hotels.contains(&hotel) {
            continue;
        }
        let place = &mut seen[hotel as usize];
        *place += 1;
        if *place >= from && *place - from < limit {
            rows.push(raw.understood(number, hotel).with_context(|| format!("row {number}"))?);
        }
    }
    Ok(rows)
}

/// The name of the field that could not be read, which the error knows by its number.
fn told(error: &csv::Error, header: &csv::StringRecord) -> String {
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else { return error.to_string() };
    let name = err.field().and_then(|n| header.get(n as usize)).unwrap_or("a field");
    format!("{name}: {}", err.kind())
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

impl RawRow<'_> {
    fn understood(&self, number: u32, hotel: Hotel) -> anyhow::Result<SourceRow> {
        let month = MONTHS.iter().position(|m| *m == self.arrival_date_month).context("arrival_date_month is no month")?;
        let arrival = Day::new(self.arrival_date_year, month as i8 + 1, self.arrival_date_day_of_month);
        let arrival = arrival.context("the arrival_date is no date")?;
        ensure!((0..=3660).contains(&self.lead_time), "lead_time must be 0 to 3660 days");
        let nights = self.stays_in_weekend_nights.checked_add(self.stays_in_week_nights).filter(|n| (0..=731).contains(n));
        let nights = nights.context("the nights must be 0 to 731")?;
        let children = if self.children == "NA" { 0 } else { self.children.parse().context("children is no number")? };
        ensure!([self.adults, children, self.babies].iter().all(|n| (0..=1000).contains(n)), "there must be 0 to 1000 persons");
        let booked_on = arrival.plus(-self.lead_time);
        let ended_on: Day = self.reservation_status_date.parse().map_err(|rule| anyhow!("reservation_status_date {rule}"))?;
        let fate = match self.reservation_status {
            "Check-Out" => Fate::CheckedOut,
            "No-Show" => Fate::NoShow,
            "Canceled" => Fate::Cancelled(ended_on.clamp(booked_on, arrival)),
            other => anyhow::bail!("reservation_status {other:?} is not known"),
        };
        Ok(SourceRow {
            number,
            hotel,
            booked_on,
            arrival,
            stay: Stay::new(arrival, arrival.plus(nights)).ok(),
            adults: self.adults,
            children: children + self.babies,
            country: self.country.to_string(),
            source: self.source(),
            segment: self.segment(),
            source_ref: self.source_ref(),
            reserved_type: letter(self.reserved_room_type).context("reserved_room_type is no letter")?,
            assigned_type: letter(self.assigned_room_type).context("assigned_room_type is no letter")?,
            rate: cents(self.adr).context("adr is no amount")?,
            fate,
        })
    }

    fn source(&self) -> Source {
        match (self.market_segment, self.distribution_channel) {
            (_, "GDS") => Source::BookingEngine,
            ("Online TA", _) => Source::Ota,
            ("Offline TA/TO" | "Corporate" | "Aviation", _) => Source::Phone,
            ("Direct", _) if self.lead_time == 0 => Source::Walkin,
            _ => Source::Direct,
        }
    }

    fn segment(&self) -> Option<MarketSegment> {
        match self.market_segment {
            "Direct" | "Online TA" => Some(MarketSegment::Retail),
            "Offline TA/TO" => Some(MarketSegment::Wholesale),
            "Corporate" => Some(MarketSegment::Negotiated),
            "Groups" => Some(MarketSegment::Group),
            "Aviation" => Some(MarketSegment::Contract),
            "Complementary" => Some(MarketSegment::Complimentary),
            _ => None,
        }
    }

    fn source_ref(&self) -> Option<String> {
        match (self.agent, self.company) {
            ("NULL" | "", "NULL" | "") => None,
            ("NULL" | "", company) => Some(format!("company {company}")),
            (agent, _) => Some(format!("agent {agent}")),
        }
    }
}

fn letter(text: &str) -> Option<char> {
    let text = text.trim();
    text.chars().next().filter(|c| text.len() == 1 && c.is_ascii_uppercase())
}

/// A decimal number with at most two places, in hundredths; never through a float.
fn cents(text: &str) -> Option<Cents> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let sound = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !sound(whole) || !sound(part) || part.len() > 2 {
        return None;
    }
    let hundredths: i64 = format!("{part:0<2}").parse().ok()?;
    let amount = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
    Some(Cents(sign * amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_cent() {
        for (text, expected) in [("0", 0), ("98.5", 98_50), ("-6.38", -6_38), ("5400", 5400_00), ("0.07", 7)] {
            assert_eq!(cents(text), Some(Cents(expected)), "{text}");
        }
        for wrong in ["", "-", "1.234", "1,5", "1e3", "NULL", "--1", ".5"] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_wrong_row_is_named_with_its_field() {
        let header = "hotel,lead_time,arrival_date_year,arrival_date_month,arrival_date_day_of_month,stays_in_weekend_nights,\
            stays_in_week_nights,adults,children,babies,country,market_segment,distribution_channel,reserved_room_type,\
            assigned_room_type,agent,company,adr,reservation_status,reservation_status_date";
        let right = "City Hotel,3,2016,May,7,0,2,2,NA,1,PRT,Online TA,TA/TO,A,D,9,NULL,80.5,Check-Out,2016-05-09";
        let read = |row: &str| parse(format!("{header}\n{right}\n{row}\n").as_bytes(), &[Hotel::City], Selection::default());
        let rows = read(right).unwrap();
        assert_eq!((rows.len(), rows[1].number, rows[1].children, rows[1].rate), (2, 2, 1, Cents(80_50)));
        assert_eq!((rows[0].source, rows[0].source_ref.as_deref()), (Source::Ota, Some("agent 9")));
        for (from, to, field) in [
            ("May,7", "Mai,7", "arrival_date_month"),
            ("May,7", "May,32", "arrival_date"),
            ("80.5", "80.555", "adr"),
            ("Check-Out", "Gone", "reservation_status"),
            ("2016-05-09", "2016-05-32", "reservation_status_date"),
            ("City Hotel", "Motel", "hotel"),
            (",A,D,", ",A,DD,", "assigned_room_type"),
            ("City Hotel,3", "City Hotel,x", "lead_time"),
        ] {
            let error = format!("{:#}", read(&right.replace(from, to)).unwrap_err());
            assert!(error.contains("row 2") && error.contains(field), "{error}");
        }
    }
}
