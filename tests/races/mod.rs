//! Everybody at once: real connections, many clients, and a second tenant with equal ids doing the same.

mod booking;
mod day;
mod keys;
mod pool;
mod round_trips;
mod storm;
mod versions;
