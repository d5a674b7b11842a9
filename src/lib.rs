//! OppsEra PMS: a calendar-first, multi-tenant property management system on PostgreSQL.
//!
//! The modules stand in the order of their ladder: each calls only those above it. ARCHITECTURE.md says why.

pub mod kernel;

pub mod paper;

pub mod db;

pub mod op;

pub mod gateway;

pub mod mail;

pub mod http;

pub mod tenants;

pub mod properties;

pub mod calendar;

pub mod rooms;

pub mod taxes;

pub mod policies;

pub mod rates;

pub mod restrictions;

pub mod packages;

pub mod guests;

pub mod inventory;

pub mod folios;

pub mod payments;

pub mod messages;

pub mod reservations;

pub mod offers;

pub mod fit;

pub mod housekeeping;

pub mod day_close;

pub mod reports;

pub mod users;

pub mod events;

pub mod demo;
pub mod health;
pub mod web;

pub mod router;

pub mod doctor;

pub mod import;

pub mod schema;

pub mod config;

pub mod server;

pub mod cli;
