//! Reservations: from the quote to the departure. A file for each verb; what they have in common is in `store`.

pub mod assign;
pub mod book;
pub mod cancel;
pub mod change;
pub mod check_in;
pub mod check_out;
pub mod confirm;
pub mod deposits;
pub mod expire;
pub mod fee_preview;
pub mod fees;
pub mod merge_guests;
pub mod model;
pub mod move_stay;
pub mod night;
pub mod night_rows;
pub mod no_show;
pub mod pin;
pub mod price;
pub mod quote;
pub mod read;
pub mod reinstate;
pub mod resize;
pub mod rules;
pub mod split;
pub mod store;
pub mod swap;
pub mod undo;

pub use expire::expire_holds;
pub use model::{Booking, Reservation, Status};
