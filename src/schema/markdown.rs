//! `docs/schema.md`: every table with both names of each column, what may stand in it, and why it is there.

use std::fmt::Write;

use tokio_postgres::Client;

use super::{catalog, comments};
use crate::db::migrate;

const HEAD: &str = "\
# Schema

Made from the migrated database and the comments in `migrations/` by `make gen`; do not edit.

Names are snake_case in SQL and camelCase in JSON, without exceptions: `check_in_date` is `checkInDate`. Every table has its tenant
first in each key, and row security: the server's role sees the rows of one tenant per transaction (`app.tenant_id`). Amounts
(`…_cents`) are in minor units of the currency beside them. Ranges of dates are half-open: the end is not part of them.
";

/// The whole page. `client` is connected to a migrated database.
pub async fn markdown(client: &Client) -> anyhow::Result<String> {
    let migrations = migrate::all();
    let mut page = HEAD.to_string();
    let mut contents = String::new();
    let mut body = String::new();
    for migration in &migrations {
        let tables = comments::tables(migration);
        if tables.is_empty() {
            continue;
        }
        writeln!(body, "\n## {}\n\n{}", title(&migration.name), comments::header(migration))?;
        for about in &tables {
            writeln!(contents, "- [{0}](#{0})", about.table)?;
            write_table(&mut body, about, &catalog::table(client, &about.table).await?)?;
        }
    }
    write!(page, "\n{contents}{body}")?;
    Ok(page)
}

fn write_table(page: &mut String, about: &comments::TableComments, table: &catalog::Table) -> std::fmt::Result {
    writeln!(page, "\n### {}\n", about.table)?;
    if !about.text.is_empty() {
        writeln!(page, "{}\n", about.text)?;
    }
    writeln!(page, "| SQL | JSON | Type | Null | Default | |\n|---|---|---|---|---|---|")?;
    for column in &table.columns {
        let default = if column.default.is_empty() { String::new() } else { format!("`{}`", cell(&column.default)) };
        let null = if column.is_null { "yes" } else { "" };
        let why = about.columns.get(&column.name).map(|text| cell(text)).unwrap_or_default();
        let (name, json) = (&column.name, camel(&column.name));
        writeln!(page, "| {name} | {json} | {} | {null} | {default} | {why} |", column.sql_type)?;
    }
    writeln!(page, "\nConstraints:\n")?;
    for constraint in &table.constraints {
        let why = about.constraints.get(&constraint.name).map(|text| format!(" — {text}")).unwrap_or_default();
        writeln!(page, "- {}: `{}`{why}", constraint.name, constraint.definition)?;
    }
    if !table.indexes.is_empty() {
        writeln!(page, "\nIndexes:\n")?;
    }
    for index in &table.indexes {
        // The name stands before it; what is left says on what.
        let (_, on) = index.definition.split_once(" USING ").unwrap_or(("", &index.definition));
        let unique = if index.definition.starts_with("CREATE UNIQUE") { "unique " } else { "" };
        writeln!(page, "- {}: `{unique}{on}`", index.name)?;
    }
    Ok(())
}

/// `V02__properties_rooms_rates` is about properties, rooms, rates.
fn title(name: &str) -> String {
    let words = name.replace('_', ", ");
    words[..1].to_uppercase() + &words[1..]
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// `check_in_date` is `checkInDate`.
fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_string();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn both_names_follow_one_rule() {
        assert_eq!(camel("check_in_date"), "checkInDate");
        assert_eq!(camel("id"), "id");
    }
}
