//! The schema against its rules, read from the catalog of a migrated database.

mod catalog;
mod generated;
mod plans;
mod rules;
mod security;
mod seed;
mod statements;
mod ulid;
