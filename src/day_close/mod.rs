//! Day close: the nights of who is in the house are posted, who did not come is given up, the day gets its record, and the business
//! date moves on. One transaction for each day; a day that is closed stays as it was.

pub mod auto;
mod due;
pub mod model;
pub mod preview;
pub mod read;
pub mod run;
