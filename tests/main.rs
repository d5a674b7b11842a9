//! All tests that need a database, in one binary. `make test` gives them one PostgreSQL; each takes a database of its own.

#[allow(dead_code, reason = "each group of tests uses its own part")]
mod support;

mod bad_input;
mod calendar;
mod cli;
mod crash;
mod day_close;
mod demo;
mod doctor;
mod events;
mod fit;
mod folios;
mod fuzz;
mod guests;
mod housekeeping;
mod import;
mod messages;
mod model;
mod offers;
mod packages;
mod payments;
mod policies;
mod properties;
mod races;
mod rates;
mod reports;
mod reservations;
mod restrictions;
mod rooms;
mod schema;
mod taxes;
mod users;
mod web;
mod windows;
