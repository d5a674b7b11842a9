//! Housekeeping: who cleans which room today and how that goes, what was seen in rooms against what the desk says, and when the room of
//! a guest who stays is due for service and fresh linen.
//!
//! The state of a room is written by `rooms::status` alone; this slice says when. Locks, in this order: the day of the property, the plan
//! of its day (spreading and adding take turns), the room, the assignment.
//!
//! Housekeeping sees no reservations and no names: a room is told with who is to come, to go and to stay as facts, and with how many
//! persons it must be made ready for.

pub mod change;
pub mod create;
pub mod evenly;
pub mod model;
pub mod rules;
pub mod settings;
pub mod sheet;
pub mod sighting;
pub mod spread;
pub mod work;
