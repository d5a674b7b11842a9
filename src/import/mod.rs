//! Real bookings of two hotels, replayed through the use cases of the API.
//!
//! The file is that of N. Antonio, A. de Almeida and L. Nunes, "Hotel booking demand datasets", Data in Brief 22 (2019) 41–49: 119,390
//! bookings of a resort (H1) and a city hotel (H2). The importer opens each hotel on the day of its first booking and lives its
//! days one by one: departures, the bookings made that day, cancellations, housekeeping, arrivals, no-shows. Ids are made of
//! tenant, hotel and row, so that a second run finds what the first one wrote and goes on from there.
//!
//! # What the file says, and what becomes of it
//! - A booking was made `lead_time` days before its arrival, and cancelled on its `reservation_status_date`, or on the day of arrival
//!   when that is later. Who checked out stayed the booked nights; who did not come is a no-show at the end of the day of arrival.
//! - `market_segment` and `distribution_channel` become the source: GDS is BOOKING_ENGINE; Online TA is OTA; Offline TA/TO, Corporate and
//!   Aviation are PHONE; Direct on the day of arrival is WALKIN; the others (Direct, Groups, Complementary, Undefined) are DIRECT.
//! - Rows without a night cannot be stays: they are counted and left out. Rows without any person get one adult, and are counted.
//! - Babies are children. The file has no names: row 12 of a guest from PRT is "Guest 12, PRT".
//! - A guest sleeps in a room of the assigned type, which may be another than the booked one: the room that was vacant longest.
//! - Each day is closed before the next begins: its nights are posted, and whoever found no room is a no-show of that day. What the
//!   guests paid is not in the file, so the guest ledger ends with the whole revenue.
//!
//! An import can be repeated, so its own connections do not wait for the disk (`synchronous_commit=off`).

mod check;
mod events;
mod hotel;
mod house;
mod replay;
mod report;
mod source;

pub use check::{Check, checks};
pub use hotel::{Hotel, Opened, open};
pub use replay::{Nights, count_events, replay};
pub use report::{HotelReport, Report, Stored, Tally, ZeroNights};
pub use source::{Fate, Selection, SourceRow, read};
