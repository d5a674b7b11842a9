//! What the catalog of a migrated database says about a table.

use tokio_postgres::Client;

pub struct Column {
    pub name: String,
    pub sql_type: String,
    pub is_null: bool,
    pub default: String,
}

/// A constraint or an index.
pub struct Named {
    pub name: String,
    pub definition: String,
}

pub struct Table {
    pub columns: Vec<Column>,
    pub constraints: Vec<Named>,
    /// Those that are not a constraint's own.
    pub indexes: Vec<Named>,
}

const COLUMNS: &str = "
    select a.attname::text, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
      case when a.attgenerated <> '' then 'generated: ' else '' end || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum";
/// From version 18 on, NOT NULL is a constraint too; here it is a property of the column.
const CONSTRAINTS: &str = "
    select conname::text, pg_get_constraintdef(oid) from pg_constraint
    where conrelid = $1::text::regclass and contype <> 'n'
    order by strpos('pufxc', contype::text), conname";
const INDEXES: &str = "
    select c.relname::text, pg_get_indexdef(x.indexrelid) from pg_index x join pg_class c on c.oid = x.indexrelid
    where x.indrelid = $1::text::regclass and not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype <> 'f')
    order by c.relname";

/// Reads a table of the database.
pub async fn table(client: &Client, name: &str) -> anyhow::Result<Table> {
    let column = |row: &tokio_postgres::Row| Column {
        name: row.get(0),
        sql_type: short(row.get(1)),
        is_null: row.get(2),
        default: row.get::<_, String>(3).replace("::text", ""),
    };
    let named = |row: &tokio_postgres::Row| Named { name: row.get(0), definition: row.get(1) };
    Ok(Table {
        columns: client.query(COLUMNS, &[&name]).await?.iter().map(column).collect(),
        constraints: client.query(CONSTRAINTS, &[&name]).await?.iter().map(named).collect(),
        indexes: client.query(INDEXES, &[&name]).await?.iter().map(named).collect(),
    })
}

fn short(sql_type: String) -> String {
    sql_type.replace("timestamp with time zone", "timestamptz").replace("time without time zone", "time")
}
