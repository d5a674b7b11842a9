//! `pms serve`.

use super::ConfigFile;
use crate::{
    config::{Config, Flags, Serving},
    server::{Server, stop_signal, telemetry},
};

pub const EXAMPLES: &str = "\
Examples:
  DATABASE_URL=postgres://pms_app:secret@db.example/pms pms serve
  pms serve --config /etc/pms.toml --listen 0.0.0.0:8080 --log-format json

The database must be migrated (`pms migrate`), and the role of DATABASE_URL must own nothing, so
that row security binds it. SIGTERM or Ctrl+C finishes the running requests first; a second one ends at once.";

/// Serve the HTTP API
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    settings: Flags<Serving>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let config = Config::load(&args.settings, file)?;
    telemetry::start_logs(&config);
    let stop = tokio::spawn(stop_signal());

    let server = Server::new(&config, config.database_url()?).await?;

    println!("listening on http://{}", server.address()?);
    server.run(async { stop.await.unwrap_or_default() }).await
}
