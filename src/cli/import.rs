//! `pms import hotel-bookings`.

use std::{path::PathBuf, time::Instant};

use anyhow::ensure;
use clap::ValueEnum;
use futures_util::future::try_join_all;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::{ConfigFile, owner_store_with};
use crate::{
    config::{Flags, Owner},
    db::PoolSettings,
    import::{self, Hotel, HotelReport, Nights, Report, Selection, SourceRow},
    kernel::TenantId,
    op::Store,
    tenants::{
        create::{NewTenant, create},
        find,
    },
};

pub const EXAMPLES: &str = "\
Examples:
  pms import hotel-bookings hotel_bookings.csv.xz --hotel both
  pms import hotel-bookings hotel_bookings.csv --hotel H1 --tenant trial --limit 3000 --json

The file is that of Antonio, de Almeida and Nunes (Data in Brief 22, 2019), xz or plain. Each hotel is
opened on the day of its first booking and its bookings are replayed day by day, through the same use cases as
the API; each day is closed before the next begins, so that the reports can be read. Interrupted at any point, the same command goes on where it was, and nothing is written twice.
The import's own connections use synchronous_commit=off: it can be repeated. Trials with --limit go into a tenant
of their own, since a hotel goes on from its business date.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    #[value(name = "H1")]
    H1,
    #[value(name = "H2")]
    H2,
    #[value(name = "both")]
    Both,
}

impl Which {
    fn hotels(self) -> &'static [Hotel] {
        match self {
            Which::H1 => &[Hotel::Resort],
            Which::H2 => &[Hotel::City],
            Which::Both => &Hotel::ALL,
        }
    }
}

/// Replay the bookings of two real hotels
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The data: CSV, plain or compressed with xz
    file: PathBuf,
    /// The resort, the city hotel, or both at once
    #[arg(long, value_enum)]
    hotel: Which,
    /// The tenant that gets the hotels, by its slug; it is made when there is none
    #[arg(long, default_value = "hotel-bookings")]
    tenant: String,
    /// How many stays more than rooms each type takes on a night, 0 to 10000, or `unlimited`; for hotels that are not there yet
    #[arg(long, default_value = "unlimited", value_parser = overbooking)]
    overbooking: i32,
    /// Begin with this row of each hotel
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    from_row: Option<u32>,
    /// Take at most so many rows of each hotel
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Only move the date on at the end of a day: faster, but no night is posted and no day has a record
    #[arg(long)]
    without_closes: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Flags<Owner>,
}

fn overbooking(text: &str) -> Result<i32, String> {
    const MOST: i32 = 10_000;
    if text == "unlimited" {
        return Ok(MOST);
    }
    text.parse().ok().filter(|n| (0..=MOST).contains(n)).ok_or_else(|| format!("must be 0 to {MOST}, or `unlimited`"))
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let hotels = args.hotel.hotels();
    let rows = read(&args, hotels).await?;
    let pool = |pool| PoolSettings { size: hotels.len() + 2, synchronous_commit: false, ..pool };
    let store = owner_store_with(&args.settings, file, pool).await?;
    let tenant = tenant(&store, &args.tenant).await?;

    let started = Instant::now();
    let bars = MultiProgress::new();
    let each = hotels.iter().map(|hotel| {
        let (store, bars) = (store.clone(), bars.clone());
        let rows: Vec<SourceRow> = rows.iter().filter(|r| r.hotel == *hotel).cloned().collect();
        let (overbooking, nights) = (args.overbooking, if args.without_closes { Nights::Passed } else { Nights::Posted });
        let task = tokio::spawn(async move { replay(&store, tenant, *hotel, &rows, (overbooking, nights), &bars).await });
        async move { task.await? }
    });
    let reports: Vec<HotelReport> = try_join_all(each).await?;
    let seconds = started.elapsed().as_secs_f64();

    let spinner = bars.add(ProgressBar::new_spinner().with_message("checking what was imported"));
    spinner.enable_steady_tick(std::time::Duration::from_millis(100));
    let checks = import::checks(&store, tenant, &reports, &rows).await?;
    spinner.finish_and_clear();
    let report = Report::new(args.tenant.clone(), reports, seconds, checks);
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&report)?),
        false => println!("{report}"),
    }
    ensure!(report.checks.iter().all(|c| c.holds), "the import is not as it should be: see the checks above");
    Ok(())
}

async fn read(args: &Args, hotels: &'static [Hotel]) -> anyhow::Result<Vec<SourceRow>> {
    let (path, selection) = (args.file.clone(), Selection { from_row: args.from_row, limit: args.limit });
    let rows = tokio::task::spawn_blocking(move || import::read(&path, hotels, selection)).await??;
    for hotel in hotels {
        ensure!(rows.iter().any(|r| r.hotel == *hotel), "the file has no such rows of {}", hotel.code());
    }
    Ok(rows)
}

async fn tenant(store: &Store, slug: &str) -> anyhow::Result<TenantId> {
    if let Some(tenant) = find::find(store, slug).await? {
        return Ok(tenant);
    }
    let id = TenantId(store.ids.next(store.clock.now()));
    create(store, NewTenant { id, slug: slug.to_string(), name: slug.to_string() }).await?;
    Ok(id)
}

async fn replay(
    store: &Store,
    tenant: TenantId,
    hotel: Hotel,
    rows: &[SourceRow],
    (overbooking, nights): (i32, Nights),
    bars: &MultiProgress,
) -> anyhow::Result<HotelReport> {
    let opened = import::open(store, tenant, hotel, rows, overbooking).await?;
    let bar = bars.add(ProgressBar::new(import::count_events(rows)));
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {human_pos}/{human_len} events, {per_sec}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(hotel.code());

    let report = import::replay(store, &opened, (tenant, hotel), rows, nights, |n| bar.inc(n)).await?;

    bar.finish();
    Ok(report)
}
