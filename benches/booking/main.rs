//! What the server costs over its database, and whether that grows: `make bench`.
//!
//! Prints a table and writes docs/performance.md. With `--strict` it fails when a bar is missed; with `--only calendar`, `growth`,
//! `writes`, `day` or `offers` it measures that alone, tells it as it goes, and writes no page.

mod bench;
mod calendar;
mod capture;
mod client;
mod data;
mod day;
mod drive;
mod offers;
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
    let args: Vec<String> = std::env::args().collect();
    let strict = args.iter().any(|arg| arg == "--strict");
    let only = args.iter().position(|arg| arg == "--only").map(|at| args.get(at + 1).cloned().unwrap_or_default());
    let (mut bench, cluster) = Bench::start().await?;
    let work = tokio::task::spawn_blocking(move || match only {
        Some(part) => measure_part(&mut bench, &part).map(|()| true),
        None => measure(&mut bench),
    });
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

const GROWN: [&str; 4] = ["years_1", "years_2", "years_10", "tenants_500"];

fn measure_part(bench: &mut Bench, part: &str) -> anyhow::Result<()> {
    anyhow::ensure!(
        ["calendar", "growth", "writes", "day", "offers"].contains(&part),
        "--only takes calendar, growth, writes, day or offers"
    );
    bench.load()?;
    match part {
        "calendar" => {
            calendar::compare(bench, "years_1", 200)?;
            calendar::compare(bench, "rooms_1000", 1000)?;
        }
        "growth" => {
            calendar::growth(bench, GROWN)?;
        }
        "writes" => {
            writes::compare(bench, "work")?;
        }
        "offers" => {
            offers::search(bench, "offers")?;
        }
        _ => {
            day::close(bench, "days")?;
            day::reports(bench)?;
        }
    }
    Ok(())
}

fn measure(bench: &mut Bench) -> anyhow::Result<bool> {
    bench.load()?;
    let (small, mut calendars, idle, busy) = calendar::compare(bench, "years_1", 200)?;
    let (big, more, big_idle, big_busy) = calendar::compare(bench, "rooms_1000", 1000)?;
    calendars.extend(more);
    let growth = calendar::growth(bench, GROWN)?;
    let writes = writes::compare(bench, "work")?;
    let closes = day::close(bench, "days")?;
    let reports = day::reports(bench)?;
    let searches = offers::search(bench, "offers")?;
    let measured = Measured {
        payloads: vec![small, big],
        calendars,
        growth,
        writes,
        closes,
        reports,
        searches,
        calendar_memory_mb: (idle, busy),
        big_memory_mb: (big_idle, big_busy),
    };
    report::report(bench, &measured, &PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md"))
}
