//! What the server costs over its database, and whether that grows: `make bench`.
//!
//! Prints a table and writes docs/performance.md. With `--strict` it fails when a bar is missed.

mod bench;
mod calendar;
mod capture;
mod client;
mod data;
mod drive;
mod pgbench;
mod report;
mod sample;
mod server;
mod writes;

use std::path::PathBuf;

use bench::Bench;
use report::Measured;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let strict = std::env::args().any(|arg| arg == "--strict");
    let (mut bench, cluster) = Bench::start().await?;
    let work = tokio::task::spawn_blocking(move || measure(&mut bench));
    let met = tokio::select! {
        done = work => done?,
        // The servers and pgbench hear it too.
        _ = tokio::signal::ctrl_c() => {
            bench::stop(cluster).await?;
            std::process::exit(130);
        }
    };
    bench::stop(cluster).await?;
    if !met? && strict {
        anyhow::bail!("a bar is missed");
    }
    Ok(())
}

fn measure(bench: &mut Bench) -> anyhow::Result<bool> {
    bench.load()?;
    let (small, mut calendars, idle, busy) = calendar::compare(bench, "years_1", 200)?;
    let (big, more, big_idle, big_busy) = calendar::compare(bench, "rooms_1000", 1000)?;
    calendars.extend(more);
    let growth = calendar::growth(bench, ["years_1", "years_2", "years_10", "tenants_500"])?;
    let writes = writes::compare(bench, "work")?;
    let measured = Measured {
        payloads: vec![small, big],
        calendars,
        growth,
        writes,
        calendar_memory_mb: (idle, busy),
        big_memory_mb: (big_idle, big_busy),
    };
    report::report(bench, &measured, &PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md"))
}
