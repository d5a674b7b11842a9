//! Tenants: made by the owner of the database, never over HTTP.

pub mod create;
pub mod find;
