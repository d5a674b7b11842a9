//! What the migrated database's own catalog says.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::Client;

#[derive(Debug, Clone)]
pub struct Column {
    pub sql_type: String,
    pub is_null: bool,
    pub default: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Index {
    pub table: String,
    pub name: String,
    pub columns: Vec<String>,
    pub is_unique: bool,
    pub is_exclusion: bool,
    pub predicate: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ForeignKey {
    pub table: String,
    pub name: String,
    pub columns: Vec<String>,
    pub target: String,
    pub target_columns: Vec<String>,
    pub actions: String,
}

pub struct Catalog {
    /// By table, then by column.
    pub tables: BTreeMap<String, BTreeMap<String, Column>>,
    pub indexes: Vec<Index>,
    pub foreign_keys: Vec<ForeignKey>,
    /// (table, name) of every constraint that has a name of its own.
    pub constraints: BTreeSet<(String, String)>,
}

const TABLES: &str = "
    select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
      case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'refinery_schema_history'";
/// The columns of the key only; an expression has an empty name.
const INDEXES: &str = "
    select t.relname::text, i.relname::text,
      array(select coalesce((select a.attname::text from pg_attribute a where a.attrelid = x.indrelid and a.attnum = k.attnum), '')
            from unnest(x.indkey::int2[]) with ordinality as k (attnum, n) where k.n <= x.indnkeyatts order by k.n),
      x.indisunique, x.indisexclusion, pg_get_expr(x.indpred, x.indrelid)
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relnamespace = 'public'::regnamespace and t.relname <> 'refinery_schema_history'
    order by 1, 2";
const FOREIGN_KEYS: &str = "
    select c.conrelid::regclass::text, c.conname::text,
      array(select a.attname::text from unnest(c.conkey) with ordinality k (attnum, n)
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum order by k.n),
      c.confrelid::regclass::text,
      array(select a.attname::text from unnest(c.confkey) with ordinality k (attnum, n)
            join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum order by k.n),
      c.confdeltype::text || c.confupdtype::text
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    order by 1, 2";
/// From version 18 on, NOT NULL is a constraint with a name that PostgreSQL makes up.
const CONSTRAINTS: &str = "
    select conrelid::regclass::text, conname::text from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 'n'
      and conrelid <> 'refinery_schema_history'::regclass";

impl Catalog {
    pub async fn read(client: &Client) -> Catalog {
        let mut tables: BTreeMap<String, BTreeMap<String, Column>> = BTreeMap::new();
        for row in client.query(TABLES, &[]).await.unwrap() {
            let column = Column { sql_type: row.get(2), is_null: row.get(3), default: row.get(4) };
            tables.entry(row.get(0)).or_default().insert(row.get(1), column);
        }
        let index = |row: &tokio_postgres::Row| Index {
            table: row.get(0),
            name: row.get(1),
            columns: row.get(2),
            is_unique: row.get(3),
            is_exclusion: row.get(4),
            predicate: row.get(5),
        };
        let foreign_key = |row: &tokio_postgres::Row| ForeignKey {
            table: row.get(0),
            name: row.get(1),
            columns: row.get(2),
            target: row.get(3),
            target_columns: row.get(4),
            actions: row.get(5),
        };
        Catalog {
            tables,
            indexes: client.query(INDEXES, &[]).await.unwrap().iter().map(index).collect(),
            foreign_keys: client.query(FOREIGN_KEYS, &[]).await.unwrap().iter().map(foreign_key).collect(),
            constraints: client.query(CONSTRAINTS, &[]).await.unwrap().iter().map(|row| (row.get(0), row.get(1))).collect(),
        }
    }

    pub fn has_column(&self, table: &str, column: &str) -> bool {
        self.tables[table].contains_key(column)
    }

    pub fn indexes_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Index> {
        self.indexes.iter().filter(move |i| i.table == table)
    }
}
