//! Room types and rooms: what a hotel sells, and the doors behind it.
//!
//! A change of how many rooms there are locks the room types of the property first, in the order of ids: every booking holds the
//! lock of its type while it counts, so the house does not change under it.

pub mod change;
pub mod create;
pub mod model;
pub mod read;
pub mod room_type;
pub mod set_status;
pub mod status;
pub mod type_change;
pub mod type_create;
pub mod type_read;
pub mod wishes;
