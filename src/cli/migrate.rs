//! `pms migrate`.

use super::ConfigFile;
use crate::{
    config::{Config, Flags, Owner},
    db,
    server::telemetry,
};

pub const EXAMPLES: &str = "\
Examples:
  PMS_OWNER_DATABASE_URL=postgres://pms_owner:secret@db.example/pms pms migrate

Run it as the role that is to own the tables, as often as you like: it does what is missing. It
makes the role pms_app for the server unless there is one; give that role a password with
  alter role pms_app password '…'";

/// Bring the database to the schema of this program
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    settings: Flags<Owner>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let config = Config::load(&args.settings, file)?;
    telemetry::start_logs(&config);

    let applied = db::migrate::migrate(config.owner_database_url()?).await?;

    for name in &applied {
        println!("applied {name}");
    }
    println!("the database has schema {}", db::migrate::newest());
    Ok(())
}
