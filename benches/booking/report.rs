//! The tables: on the terminal, and in docs/performance.md.

use std::{fmt::Write, path::Path};

use crate::{
    bench::Bench,
    calendar::{self, Growth, Payload},
    day::{Closes, Report},
    offers::Searches,
    sample::{Runs, median},
    writes::{Verb, Writes},
};

pub struct Measured {
    pub payloads: Vec<Payload>,
    pub calendars: Vec<calendar::Compared>,
    pub growth: Vec<Growth>,
    pub writes: Writes,
    pub closes: Closes,
    pub reports: Vec<Report>,
    pub searches: Vec<Searches>,
    /// Of the server that draws 200 rooms: started, and after all calendars.
    pub calendar_memory_mb: (f64, f64),
    pub big_memory_mb: (f64, f64),
}

struct Bar {
    what: String,
    measured: String,
    wanted: &'static str,
    met: bool,
}

fn bars(m: &Measured) -> Vec<Bar> {
    let mut bars = Vec::new();
    let mut bar = |what: String, measured: String, wanted, met| bars.push(Bar { what, measured, wanted, met });
    for it in m.calendars.iter().filter(|c| c.clients == 8) {
        for (how, runs) in [("", &it.kept), (", each drawn anew", &it.anew)] {
            let share = runs.against(&it.pipelined);
            let what = format!("calendar of {} rooms{how}, 8 clients, against pgbench", it.rooms);
            bar(what, format!("{share:.2}"), "≥ 0.8", share >= 0.8);
        }
    }
    for it in m.writes.compared.iter().filter(|c| c.clients == 8 && c.verb == Verb::Book) {
        let share = it.http.against(&it.pipelined);
        bar("bookings, 8 clients, against pgbench".into(), format!("{share:.2}"), "≥ 0.7", share >= 0.7);
    }
    for (database, what) in
        [("years_10", "calendar at 10 years against 1 year"), ("tenants_500", "calendar at 500 tenants against 1")]
    {
        if let Some(it) = m.growth.iter().find(|g| g.database == database) {
            bar(what.into(), format!("× {:.2}", it.cost), "≤ 1.1", it.cost <= 1.1);
        }
    }
    let cost = m.closes.cost();
    let what = format!("close of a day with {} stays against pgbench inserting its rows", m.closes.stays);
    bar(what, format!("× {cost:.2}"), "≤ 3", cost <= 3.0);
    for it in &m.reports {
        let what = format!("report of a year, {}: at 10 years against 1 year", it.name);
        bar(what, format!("× {:.2}", it.cost), "≤ 1.1", it.cost <= 1.1);
    }
    if let Some(it) = m.payloads.iter().find(|p| p.rooms == 200) {
        let kilobytes = it.gzip as f64 / 1000.0;
        bar("200 rooms × 31 days, compressed".into(), format!("{kilobytes:.0} kB"), "≤ 120 kB", kilobytes <= 120.0);
    }
    let trips = m.writes.round_trips;
    let told = trips.map_or("not told".into(), |t| format!("{t:.1}"));
    bar("round trips of a booking to the database".into(), told, "≤ 6", trips.is_some_and(|t| t <= 6.0));
    bars
}

/// Prints the tables and writes the page; answers whether every bar is met.
pub fn report(bench: &Bench, measured: &Measured, page: &Path) -> anyhow::Result<bool> {
    let bars = bars(measured);
    let mut text = String::new();
    write_bars(&mut text, &bars)?;
    write_calendars(&mut text, measured)?;
    write_growth(&mut text, &measured.growth)?;
    write_writes(&mut text, &measured.writes)?;
    write_day(&mut text, measured)?;
    write_searches(&mut text, &measured.searches)?;
    write_memory(&mut text, measured)?;

    println!("{text}");
    let whole = INTRODUCTION
        .replace("{MACHINE}", &machine(bench)?)
        .replace("{BENCH_SECONDS}", &bench.elapsed().as_secs().to_string())
        .replace("{TABLES}", &text);
    std::fs::create_dir_all(page.parent().unwrap_or(Path::new(".")))?;
    std::fs::write(page, whole)?;
    Ok(bars.iter().all(|bar| bar.met))
}

fn write_bars(out: &mut String, bars: &[Bar]) -> std::fmt::Result {
    writeln!(out, "| bar | measured | wanted | |\n|---|---:|---:|---|")?;
    for bar in bars {
        writeln!(out, "| {} | {} | {} | {} |", bar.what, bar.measured, bar.wanted, if bar.met { "✓" } else { "✗" })?;
    }
    Ok(())
}

/// Requests a second, and the milliseconds that half and 99 of a hundred did not exceed.
fn pace(runs: &Runs) -> String {
    format!("{:.0} | {:.1} | {:.1}", runs.per_second(), runs.milliseconds(0.5), runs.milliseconds(0.99))
}

fn write_calendars(out: &mut String, measured: &Measured) -> std::fmt::Result {
    writeln!(
        out,
        "\n## The calendar, 31 days\n\n\
         | rooms | clients | HTTP /s | p50 ms | p99 ms | drawn anew /s | p50 ms | p99 ms | pgbench /s | p50 ms | p99 ms | HTTP ÷ pgbench | anew ÷ pgbench | one by one /s | anew, gzip /s |\n\
         |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    )?;
    for it in &measured.calendars {
        let (kept, anew, theirs) = (pace(&it.kept), pace(&it.anew), pace(&it.pipelined));
        let (share, anew_share) = (it.kept.against(&it.pipelined), it.anew.against(&it.pipelined));
        let (one_by_one, compressed) = (it.one_by_one.per_second(), it.compressed.per_second());
        writeln!(
            out,
            "| {} | {} | {kept} | {anew} | {theirs} | {share:.2} | {anew_share:.2} | {one_by_one:.0} | {compressed:.0} |",
            it.rooms, it.clients
        )?;
    }
    writeln!(out, "\n| rooms | bars | plain kB | gzip kB | brotli kB |\n|---:|---:|---:|---:|---:|")?;
    for it in &measured.payloads {
        let [plain, gzip, brotli] = [it.plain, it.gzip, it.brotli].map(|bytes| bytes as f64 / 1000.0);
        writeln!(out, "| {} | {} | {plain:.0} | {gzip:.0} | {brotli:.0} |", it.rooms, it.bars)?;
    }
    Ok(())
}

fn write_growth(out: &mut String, growth: &[Growth]) -> std::fmt::Result {
    writeln!(out, "\n## The same calendar with more in the database\n\n| database | p50 ms | cost |\n|---|---:|---:|")?;
    for it in growth {
        let what = match it.database {
            "years_1" => "1 year of history, 1 tenant",
            "years_2" => "2 years of history",
            "years_10" => "10 years of history",
            _ => "1 year of history, 500 tenants",
        };
        writeln!(out, "| {what} | {:.2} | × {:.2} |", it.milliseconds, it.cost)?;
    }
    Ok(())
}

fn write_writes(out: &mut String, writes: &Writes) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Writes\n\n\
         | | clients | HTTP /s | p50 ms | p99 ms | pgbench /s | p50 ms | p99 ms | HTTP ÷ pgbench | one by one /s | HTTP ÷ one by one |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    )?;
    for it in &writes.compared {
        let (ours, theirs, share) = (pace(&it.http), pace(&it.pipelined), it.http.against(&it.pipelined));
        let (one_by_one, other_share) = (it.one_by_one.per_second(), it.http.against(&it.one_by_one));
        let (verb, clients) = (it.verb.name(), it.clients);
        writeln!(out, "| {verb}s | {clients} | {ours} | {theirs} | {share:.2} | {one_by_one:.0} | {other_share:.2} |")?;
    }
    Ok(())
}

fn write_day(out: &mut String, measured: &Measured) -> std::fmt::Result {
    let Closes { stays, rows, http, pgbench } = &measured.closes;
    let (ours, theirs) = (median(http.iter().copied()), median(pgbench.iter().copied()));
    writeln!(
        out,
        "\n## The hotel's day\n\n\
         | close of a day | rows | HTTP ms | pgbench ms | HTTP ÷ pgbench |\n|---|---:|---:|---:|---:|\n\
         | {stays} stays in house, two taxes each | {rows} | {ours:.0} | {theirs:.0} | × {:.2} |\n\n\
         | report of a year | p50 ms | at 10 years ms | cost |\n|---|---:|---:|---:|",
        measured.closes.cost()
    )?;
    for it in &measured.reports {
        writeln!(out, "| {} | {:.2} | {:.2} | × {:.2} |", it.name, it.milliseconds, it.ten_years_milliseconds, it.cost)?;
    }
    Ok(())
}

fn write_searches(out: &mut String, searches: &[Searches]) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Offers\n\n\
         | search, three nights | offers | can be had | kB | clients | searches /s | p50 ms | p99 ms | offers /s |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|"
    )?;
    for it in searches {
        let Searches { what, offers, available, kilobytes, clients, runs } = it;
        let rate = it.offers_per_second();
        writeln!(out, "| {what} | {offers} | {available} | {kilobytes:.0} | {clients} | {} | {rate:.0} |", pace(runs))?;
    }
    Ok(())
}

fn write_memory(out: &mut String, measured: &Measured) -> std::fmt::Result {
    writeln!(out, "\n## Memory of the server\n\n| | started MB | afterwards MB |\n|---|---:|---:|")?;
    let writes = (measured.writes.memory_before_mb, measured.writes.memory_after_mb);
    let rows = [
        ("calendars of 200 rooms", measured.calendar_memory_mb),
        ("calendars of 1,000 rooms", measured.big_memory_mb),
        ("writes", writes),
    ];
    for (what, (started, afterwards)) in rows {
        writeln!(out, "| {what} | {started:.0} | {afterwards:.0} |")?;
    }
    Ok(())
}

fn machine(bench: &Bench) -> anyhow::Result<String> {
    let cores = std::thread::available_parallelism()?;
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model.lines().find_map(|l| l.strip_prefix("model name")?.split_once(": ").map(|(_, m)| m.trim().to_owned()));
    let version = bench.sql("postgres", "select split_part(version(), ' (', 1)")?;
    let date = bench.sql("postgres", "select current_date::text")?;
    Ok(format!("{date}, {cores} cores{}, {version}", model.map(|m| format!(" ({m})")).unwrap_or_default()))
}

const INTRODUCTION: &str = "<!-- Written by `make bench`. -->
# Performance

Measured by `make bench` on {MACHINE}; the whole run took {BENCH_SECONDS} s.

The load, the server and PostgreSQL share the machine's cores, so the numbers per second are small and the ratios count. Each
ratio is the median of several short rounds in which the sides take turns.

**HTTP** is `pms serve`, the release binary with its default settings in a process of its own, asked by a small HTTP/1.1 client
over kept connections. **pgbench** runs the same statements, taken with their parameters from PostgreSQL's log of one such
request, from `begin` to `commit`, prepared, as the same role under row security. It sends them as one batch, which is
less waiting than any program can do that must look at a row before it writes; *one by one* is the same, each statement waiting
for the one before. PostgreSQL is durable: each commit waits for the disk.

{TABLES}
## How to read it

- The server keeps charts that it has drawn and asks PostgreSQL whether the hotel's revision is still the same before it sends
  one again: that is the column *HTTP*. *Drawn anew* is a server that keeps none, as if the hotel changed between any two
  requests; it runs every statement that pgbench runs, and writes some 550 kB of JSON from the rows.
- A calendar answer is made of one transaction in one round trip. The hotels are 80 % full; names, notes,
  balances and ids vary as in real ones.
- *More history*: the same hotel with 1, 2 and 10 years behind it, about 17,000 stays a year. *More tenants*: 499 other hotels of
  10 rooms beside it. Each in a database and a server of its own; the cost is the median answer time against the first row.
- Bookings take three nights in a given room, with an idempotency key: the row, its nights, its block, a folio, the cells of the
  calendar, the counts of four days, audit rows, events and the stored answer. All are in one hotel of one tenant, whose events
  are numbered without gaps: commits of one tenant wait for each other, on both sides alike.
- The close reads who is in the house, posts a night and its taxes to each folio, writes audit and events, and computes the record of
  the day. pgbench inserts the very rows that these closes left behind (entries, audit, events, the record), set by set, as the same
  role under row security, and updates nothing. The median of seven days on either side.
- A search for offers reads four statements in one round trip: the house with its types and taxes, the plans with their policies, the
  counts, prices with restrictions. Each offer has its nights with prices, taxes, terms and rooms left; what is refused has its reasons
  and what could be had instead. Ten types at ten plans have a price by the week and restrictions on one date in ten.
- Reports are those of the last 365 closed days of the hotel of 200 rooms; each is one query for its figures.
";
