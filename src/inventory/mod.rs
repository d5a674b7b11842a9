//! The one keeper of blocks. Every path that puts a stay into a room, or takes a room off the market, comes through here.
//!
//! # Lock order
//! Whoever writes takes locks in this order, each kind by id, and never one that stands before what it already holds:
//!
//! 1. the idempotency key
//! 2. the business date of the property, held by many or moved by one
//! 3. reservations
//! 4. room types: the counts of a type change only under its lock, so 50 bookings into 5 rooms give 5; all of them where the house has
//!    an overbooking limit of its own
//! 5. rooms, `for no key update`
//! 6. the routing of a stay, then folios
//! 7. counters of invoices and credit notes, inserts
//! 8. the days of `rm_pms_daily_occupancy`, by date
//! 9. the tenant's counter of events
//!
//! The exclusion constraint on `pms_room_blocks` is the last word; the locks make sure that it is not the first: by itself it is
//! safe, but its waits form circles under load.

pub mod availability;
pub mod blocks;
pub mod count;
pub mod day;
pub mod facts;
pub mod rules;
pub mod write;

pub use count::Counts;
pub use facts::{Facts, Wanted};
pub use rules::{Claims, Piece, Shift, decide};
