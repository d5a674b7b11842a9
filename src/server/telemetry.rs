//! Logs and metrics of the process.

use std::time::Duration;

use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// From a cached read to the longest request that is allowed, in seconds.
const REQUEST_SECONDS: [f64; 14] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0];

/// How often old samples are folded; without it they would pile up when nobody scrapes.
pub(super) const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Logs go to stderr, so that stdout holds what a command answers. Libraries speak only when something is wrong.
pub fn start_logs(config: &Config) {
    let filter = EnvFilter::new(format!("warn,oppsera_pms={}", config.log_level));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, in a process that has logs already, changes nothing.
    let _ = match config.log_format {
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
        LogFormat::Text => logs.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
    };
}

/// Makes the process collect metrics; the handle renders them for `/metrics`.
///
/// Errors: they are collected already.
pub(super) fn install_metrics() -> anyhow::Result<PrometheusHandle> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("pms_http_request_seconds".into()), &REQUEST_SECONDS)?
        .set_buckets_for_metric(Matcher::Full("pms_op_round_trips".into()), &[1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0])?
        .install_recorder()
        .context("metrics cannot be collected")
}
