//! The why of tables and columns, from the comments in the migrations, where it is written once.

use std::collections::BTreeMap;

use crate::db::migrate::Migration;

/// The comments of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TableComments {
    pub table: String,
    /// The lines before `create table`.
    pub text: String,
    /// By the name of the column.
    pub columns: BTreeMap<String, String>,
    /// By the name of the constraint: the lines before it.
    pub constraints: BTreeMap<String, String>,
}

/// The first comment of a migration, up to the first empty line.
pub fn header(migration: &Migration) -> String {
    joined(migration.sql.lines().map_while(comment).filter(|line| !line.starts_with("Why here")))
}

/// The tables that a migration creates, in order, with their comments.
pub fn tables(migration: &Migration) -> Vec<TableComments> {
    let mut tables: Vec<TableComments> = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    let mut is_inside = false;
    for line in migration.sql.lines() {
        if let Some(text) = comment(line.trim_start()) {
            before.push(text);
            continue;
        }
        if let Some(name) = line.strip_prefix("create table ") {
            let table = name.trim_end_matches([' ', '(']).to_string();
            tables.push(TableComments { table, text: joined(before.drain(..)), ..TableComments::default() });
            is_inside = true;
        } else if line.starts_with(')') {
            is_inside = false;
        } else if let (true, Some(table)) = (is_inside, tables.last_mut()) {
            take_line(table, line, joined(before.drain(..)));
        }
        before.clear();
    }
    tables
}

/// A column with the comment at its end, or a constraint with the lines before it.
fn take_line(table: &mut TableComments, line: &str, before: String) {
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return };
    let at_end = line.split_once("-- ").map(|(_, text)| text.trim().to_string()).unwrap_or_default();
    let text = if at_end.is_empty() { before } else { at_end };
    if text.is_empty() {
        return;
    }
    match (first, words.next()) {
        ("constraint", Some(name)) => table.constraints.insert(name.to_string(), text),
        _ => table.columns.insert(first.to_string(), text),
    };
}

fn comment(line: &str) -> Option<&str> {
    line.strip_prefix("--").map(str::trim)
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_where_they_are_written() {
        let sql = "-- A hotel.\n-- Two lines.\n\n-- A room.\ncreate table pms_rooms (\n  id text, -- its name\n  floor text,\n  \
                   -- Checked.\n  constraint pms_rooms_x check (a\n    and b)\n);\n-- no table\ncreate index i on pms_rooms (id);\n";
        let migration = Migration { version: 1, name: "x".into(), sql: sql.into(), checksum: 0 };
        assert_eq!(header(&migration), "A hotel. Two lines.");
        let tables = tables(&migration);
        let of = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        let expected = TableComments {
            table: "pms_rooms".into(),
            text: "A room.".into(),
            columns: of(&[("id", "its name")]),
            constraints: of(&[("pms_rooms_x", "Checked.")]),
        };
        assert_eq!(tables, [expected]);
    }
}
