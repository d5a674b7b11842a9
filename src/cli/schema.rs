//! `pms schema`: for those who work on the program; `make gen` runs it.

use std::path::PathBuf;

use anyhow::Context;

use crate::{
    db::{migrate::migrate, readiness},
    kernel::clock::random_bytes,
    schema,
};

pub const EXAMPLES: &str = "\
Examples:
  scripts/with-postgres.sh pms schema --markdown docs/schema.md --sql schema.sql";

/// Write the schema down, as SQL and as a page for readers
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Write the page here
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// Write the SQL here
    #[arg(long, value_name = "FILE")]
    sql: Option<PathBuf>,
    /// A superuser of a PostgreSQL where a database is made for a moment; for the page only
    #[arg(long, value_name = "URL", env = "PMS_TEST_DATABASE_URL", hide_env_values = true)]
    admin_url: Option<String>,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    if let Some(path) = args.sql {
        write(path, &schema::sql())?;
    }
    if let Some(path) = args.markdown {
        let url = args.admin_url.context("--admin-url is needed for the page")?;
        write(path, &page(&url).await?)?;
    }
    Ok(())
}

/// The page of a database that is made for it and dropped.
async fn page(admin_url: &str) -> anyhow::Result<String> {
    let admin = readiness::connect(admin_url, "admin_url").await?;
    let name = format!("pms_schema_{}", hex::encode(random_bytes::<6>()));
    admin.batch_execute(&format!("create database {name} template template0")).await?;
    let written = async {
        let url = readiness::with_database(admin_url, &name);
        migrate(&url).await?;
        schema::markdown(&readiness::connect(&url, "admin_url").await?).await
    };
    let written = written.await;
    admin.batch_execute(&format!("drop database {name} with (force)")).await?;
    written
}

fn write(path: PathBuf, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}
