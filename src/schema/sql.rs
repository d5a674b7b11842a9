//! `schema.sql`: the migrations one after the other, in one transaction, with the record that they were applied, so that
//! `pms migrate` goes on from there. Not a dump: a dump differs between versions of PostgreSQL and says nothing of the why.

use crate::db::migrate::{self, SERVER_ROLE};

/// The whole file.
pub fn sql() -> String {
    let mut text = format!(
        "-- The schema of OppsEra PMS, made from migrations/ by `make gen`. For an empty database of PostgreSQL 15 or newer:\n\
         --\n\
         --     psql -v ON_ERROR_STOP=1 -d DATABASE -f schema.sql\n\
         --\n\
         -- Run it as the role that is to own the tables. The server connects as {SERVER_ROLE}, which owns nothing; unless there is\n\
         -- such a role, it is made here, which needs CREATEROLE. The same as `pms migrate`, which may follow at any time.\n\n\
         begin;\n\n\
         do $$\n\
         begin\n\
         \x20 if not exists (select from pg_roles where rolname = '{SERVER_ROLE}') then\n\
         \x20   create role {SERVER_ROLE} login nosuperuser nobypassrls nocreatedb nocreaterole;\n\
         \x20 end if;\n\
         end $$;\n"
    );
    let migrations = migrate::all();
    for migration in &migrations {
        text += &format!("\n-- ===== V{:02}__{} =====\n\n{}\n", migration.version, migration.name, migration.sql.trim_end());
    }
    text += "\n-- ===== What was applied, as `pms migrate` records it =====\n\n\
             create table refinery_schema_history (\n\
             \x20 version    int4 primary key,\n\
             \x20 name       varchar(255),\n\
             \x20 applied_on varchar(255),\n\
             \x20 checksum   varchar(255)\n);\n\
             insert into refinery_schema_history (version, name, applied_on, checksum)\n\
             select version, name, to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), checksum from (values\n";
    let rows: Vec<String> = migrations.iter().map(|m| format!("  ({}, '{}', '{}')", m.version, m.name, m.checksum)).collect();
    text += &rows.join(",\n");
    text += "\n) applied (version, name, checksum);\n\n";
    text += &format!(
        "grant usage on schema public to {SERVER_ROLE};\ngrant select on refinery_schema_history to {SERVER_ROLE};\n\ncommit;\n"
    );
    text
}
