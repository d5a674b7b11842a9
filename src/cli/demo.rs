//! `pms demo`.

use std::{
    collections::HashMap,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use anyhow::Context;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::ConfigFile;
use crate::{
    config::{self, Config, Flags},
    demo::{self, LOG_INS, PASSWORD, Step, cluster::Demo},
    server::{Server, stop_signal, telemetry},
};

pub const EXAMPLES: &str = "\
Examples:
  pms demo
  pms demo --port 9000 --data-dir /tmp/pms-demo

The first start makes a private PostgreSQL with two hotels in the data folder; later starts keep
what is there. Remove the folder to begin anew. Nothing else on this machine is touched.";

/// Serve a demo with data of its own, in a PostgreSQL of its own
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Where the demo keeps everything [default: oppsera-pms/demo in the user's data folder]
    #[arg(long, env = "PMS_DATA_DIR", value_name = "FOLDER", hide_env_values = true)]
    data_dir: Option<PathBuf>,
    /// Short for --listen 127.0.0.1:N
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    #[command(flatten)]
    settings: Flags<config::Demo>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let mut config = Config::load(&args.settings, file)?;
    telemetry::start_logs(&config);
    if let Some(port) = args.port {
        config.listen = SocketAddr::from(([127, 0, 0, 1], port));
    }
    // Minutes of filling must not end with an address that is taken.
    drop(TcpListener::bind(config.listen).with_context(|| format!("setting listen: cannot listen on {}", config.listen))?);
    let data_dir = args.data_dir.map_or_else(default_folder, Ok)?;
    // Listened for from here on, so that Ctrl+C never leaves a PostgreSQL behind.
    let mut stop = tokio::spawn(stop_signal());

    let demo = Demo::start(data_dir, config.pool.size).await?;

    let served = tokio::select! {
        prepared = prepare(&demo, &config) => match prepared {
            Ok(server) => server.run(async { stop.await.unwrap_or_default() }).await,
            Err(error) => Err(error),
        },
        _ = &mut stop => Ok(()),
    };
    demo.stop().await?;
    served
}

async fn prepare(demo: &Demo, config: &Config) -> anyhow::Result<Server> {
    let bars = MultiProgress::new();
    let style = ProgressStyle::with_template("{prefix:26} {bar:30} {pos:>6}/{len:6} {eta:>4}  {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    // One for each hotel, for they are filled side by side.
    let shown: Mutex<HashMap<&str, ProgressBar>> = Mutex::default();
    let is_new = demo
        .prepare(&|step: Step| {
            let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            let bar = shown.entry(step.hotel).or_insert_with(|| {
                let bar = ProgressBar::new(step.of).with_style(style.clone()).with_prefix(step.hotel);
                bars.add(bar)
            });
            let tenths = |done: u64| done * 10 / step.of.max(1);
            // Nobody sees a bar in a log.
            if bar.is_hidden() && tenths(step.done) > tenths(bar.position()) {
                eprintln!("{}: {} % {}", step.hotel, tenths(step.done) * 10, step.what);
            }
            bar.set_length(step.of);
            bar.set_position(step.done);
            bar.set_message(step.what);
        })
        .await?;
    // The bars give way to what is said below.
    bars.clear()?;

    let server = Server::new(config, &demo.database_url()).await?;
    println!("{}", welcome(demo, is_new, server.address()?));
    Ok(server)
}

fn welcome(demo: &Demo, is_new: bool, address: SocketAddr) -> String {
    let log_ins: Vec<String> = LOG_INS.iter().map(|(email, _, role)| format!("    {email:<28}{role}\n")).collect();
    let key = demo.api_key().unwrap_or_else(|| "(its file was removed; make one with `pms api-key create`)".into());
    let mut text = format!(
        "\nThe demo runs at http://{address}\n\n\
         \x20 Log-ins, each with the password {PASSWORD}\n{}\
         \x20 API key of a manager\n    {key}\n\
         \x20 The data is in {}{}\n\
         \x20 Other commands on it, such as `pms doctor`, with\n    export PMS_OWNER_DATABASE_URL='{}'\n\n\
         Ctrl+C stops it and keeps the data.",
        log_ins.concat(),
        demo.data_dir().display(),
        if is_new { "" } else { ",\n    made by an earlier start; delete that folder to begin anew" },
        demo.owner_database_url(),
    );
    if !address.ip().is_loopback() {
        text += "\n\nWARNING: others can reach this address, and these log-ins are known to everyone.";
    }
    text
}

/// `$XDG_DATA_HOME/oppsera-pms/demo`, or below `~/.local/share`.
fn default_folder() -> anyhow::Result<PathBuf> {
    let given = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let share = given("XDG_DATA_HOME").or_else(|| Some(given("HOME")?.join(".local/share")));
    Ok(share.context("there is no HOME; name a folder with --data-dir")?.join("oppsera-pms").join(demo::TENANT_SLUG))
}
