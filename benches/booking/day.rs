//! The close of a day against pgbench inserting the same rows, and the reports of a year against themselves with more history.

use std::time::Instant;

use anyhow::{Context, ensure};
use jiff::{ToSpan, civil::Date};

use crate::{
    bench::Bench,
    client::{Caller, Connection},
    data::{self, HOTEL, TENANT, id},
    drive::drive,
    pgbench::{Script, Until},
    sample::{Runs, median},
};

/// Days that can be closed: they must be over.
pub const OPEN_DAY: Date = jiff::civil::date(2026, 3, 1);
/// Of which some 1,000 are sold.
pub const ROOMS: u64 = 1275;
const DAYS: i32 = 7;
const REPORT_ROUNDS: usize = 7;
const REPORT_SECONDS: f64 = 0.7;

/// What a close inserts, but for the totals that it updates.
const TABLES: [&str; 4] = ["pms_folio_entries", "pms_audit_log", "pms_outbox", "pms_day_closes"];

/// Milliseconds of the closes, and of pgbench for the rows of each.
pub struct Closes {
    pub stays: u64,
    pub rows: u64,
    pub http: Vec<f64>,
    pub pgbench: Vec<f64>,
}

impl Closes {
    /// Days take turns on neither side, so the medians are compared.
    pub fn cost(&self) -> f64 {
        median(self.http.iter().copied()) / median(self.pgbench.iter().copied())
    }
}

fn day(n: i32) -> Date {
    OPEN_DAY + n.days()
}

/// Everybody who should be here is, and two taxes are due on each night.
pub fn in_house() -> String {
    let lines = r#"[{"code":"VAT","name":"VAT 7 %","amountCents":785,"isFee":false,"isInclusive":true},{"code":"CITY","name":"City tax","amountCents":300,"isFee":true,"isInclusive":false}]"#;
    format!(
        "update pms_reservation_nights set lines_json = '{lines}', tax_cents = 785, fee_cents = 300, included_cents = 785
           where night >= date '{OPEN_DAY}';
         {}",
        arrivals_of(OPEN_DAY)
    )
}

/// Who leaves and comes on a day has done so.
fn arrivals_of(day: Date) -> String {
    format!(
        "update pms_reservations set status = 'CHECKED_OUT', checked_out_on = '{day}' where check_out_date = '{day}' and status = 'CHECKED_IN';
         delete from pms_reservations where check_in_date = '{day}' and status = 'CONFIRMED' and room_id is null;
         update pms_reservations set status = 'CHECKED_IN', checked_in_on = '{day}' where check_in_date = '{day}' and status = 'CONFIRMED';"
    )
}

pub fn close(bench: &Bench, database: &str) -> anyhow::Result<Closes> {
    bench.progress("closes of days with 1,000 stays");
    bench.sql(database, "create schema bench; grant usage on schema bench to pms_app")?;
    for table in TABLES {
        bench.sql(
            database,
            &format!("create table bench.{table} as select 0 as k, t.* from {table} t limit 0; grant select on bench.{table} to pms_app"),
        )?;
    }
    let (server, caller) = bench.serve(database)?;
    let mut connection = Connection::open(caller.address)?;
    let mut http = Vec::new();
    for n in 0..DAYS {
        let body = serde_json::json!({ "businessDate": day(n) });
        let request = caller.post(&format!("/properties/{}/day-close", id(HOTEL)), &id(600 + n as u64), &body);
        let begun = Instant::now();
        let answer = connection.ask(&request)?;
        http.push(begun.elapsed().as_secs_f64() * 1000.0);
        ensure!(answer.status == 200, "{}: {}", answer.status, String::from_utf8_lossy(answer.body));
        for table in TABLES {
            let of_close = format!("(select xmin::text from pms_day_closes where business_date = '{}')", day(n));
            bench.sql(
                database,
                &format!("insert into bench.{table} select {n} + 1, t.* from {table} t where t.xmin::text = {of_close}"),
            )?;
        }
        bench.sql(database, &arrivals_of(day(n + 1)))?;
    }
    drop(server);

    let stays = bench.sql(database, "select round(avg(rooms_sold)) from pms_day_closes")?;
    let counts = TABLES.map(|table| format!("(select count(*) from bench.{table})")).join(" + ");
    let rows: u64 = bench.sql(database, &format!("select {counts}"))?.parse().context("a number of rows")?;
    let [entries, audit, outbox, closes] = TABLES;
    let forget = [entries, audit, outbox].map(|t| format!("delete from {t} where id in (select id from bench.{t});")).concat();
    bench.sql(database, &format!("set session_replication_role = replica; {forget} delete from {closes}"))?;
    bench.sql(database, "vacuum (analyze)")?;

    let mut inserts = String::new();
    for table in TABLES {
        let columns = bench.sql(
            database,
            &format!("select string_agg(attname, ', ') from pg_attribute where attrelid = '{table}'::regclass and attnum > 0"),
        )?;
        inserts += &format!("insert into {table} ({columns}) select {columns} from bench.{table} where k = :k;\n");
    }
    let text = format!("\\set k :k + 1\nbegin;\nselect set_tenant('{}');\n{inserts}commit;\n", id(TENANT));
    let script = Script::plain(&bench.folder, "close", &text)?;
    let url = bench.server_url(database);
    let sample = bench.pgbench.run(&url, &script, 1, Until::Transactions(DAYS as u64), &[("k", 0)])?;
    let it = Closes {
        stays: stays.parse().context("a number of stays")?,
        rows: rows / DAYS as u64,
        http,
        pgbench: sample.requests.iter().map(|(_, took)| took * 1000.0).collect(),
    };
    bench.progress(&format!("  {} stays, {} rows: × {:.2}", it.stays, it.rows, it.cost()));
    Ok(it)
}

/// A year of each report, at a year of history and at ten.
pub struct Report {
    pub name: &'static str,
    pub milliseconds: f64,
    pub ten_years_milliseconds: f64,
    pub cost: f64,
}

/// Records of all days before the business date: a day of the pattern again and again.
pub fn closed_days(from: Date) -> String {
    CLOSED_DAYS
        .replace("{FROM}", &from.to_string())
        .replace("{TO}", &data::in_days(-1).to_string())
        .replace("{SAMPLE}", &data::in_days(-10).to_string())
        .replace("{HOTEL}", &id(HOTEL))
}

const CLOSED_DAYS: &str = r#"
    insert into pms_day_closes
      select p.tenant_id, p.id, d::date, 200, 0, 0, 160, 0, 320, 40, 40, 1, 1, 1920000, 0, 125600, 48000, -1900000, 0, 0, 0, 0, 0, now(), 'bench',
        r.rooms, s.sales,
        '[{"ledger":"GUEST","kind":"ROOM_CHARGE","amount_cents":1920000},{"ledger":"GUEST","kind":"PAYMENT","amount_cents":-1900000}]',
        '[{"entry_type":"TAX","code":"VAT","name":"VAT 7 %","base_cents":1920000,"amount_cents":125600,"lines":160},
          {"entry_type":"FEE","code":"CITY","name":"City tax","base_cents":1920000,"amount_cents":48000,"lines":160}]'
      from pms_properties p
      cross join lateral (select jsonb_agg(x) as rooms from pms_day_rooms(p.tenant_id, p.id, '{SAMPLE}') x) r
      cross join lateral (select jsonb_agg(x) as sales from pms_day_sales(p.tenant_id, p.id, '{SAMPLE}') x) s
      cross join generate_series(timestamp '{FROM}', timestamp '{TO}', interval '1 day') d
      where p.id = '{HOTEL}' on conflict do nothing;"#;

pub fn reports(bench: &Bench) -> anyhow::Result<Vec<Report>> {
    bench.progress("reports of a year, with more history");
    let (from, to) = (data::in_days(-364), data::in_days(-1));
    let span = format!("from={from}&to={to}");
    let asked = [
        ("occupancy by day", format!("occupancy?{span}&by=DAY")),
        ("occupancy by month", format!("occupancy?{span}&by=MONTH")),
        ("occupancy by type", format!("occupancy?{span}&by=TYPE")),
        ("occupancy by source", format!("occupancy?{span}&by=SOURCE")),
        ("manager flash", format!("manager-flash?date={to}")),
        ("ledger balance", format!("ledger-balance?{span}")),
        ("taxes", format!("taxes?{span}")),
        ("pick-up", format!("pick-up?{span}&since={}", data::in_days(-30))),
    ];
    let databases = ["years_1", "years_10"];
    let servers = databases.iter().map(|database| bench.serve(database)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut all = Vec::new();
    for (name, path) in asked {
        let mut runs = [Runs::default(), Runs::default()];
        for round in 0..REPORT_ROUNDS {
            for turn in 0..2 {
                let at = (turn + round) % 2;
                let caller: &Caller = &servers[at].1;
                let request = caller.get(&format!("/properties/{}/reports/{path}", id(HOTEL)), "");
                runs[at].0.push(drive(caller, 1, Until::Seconds(REPORT_SECONDS), 200, |_, _| request.clone())?);
            }
        }
        let [one, ten] = &runs;
        let costs = ten.0.iter().zip(&one.0).map(|(ten, one)| ten.milliseconds(0.5) / one.milliseconds(0.5));
        let it = Report {
            name,
            milliseconds: one.milliseconds(0.5),
            ten_years_milliseconds: ten.milliseconds(0.5),
            cost: median(costs),
        };
        bench.progress(&format!(
            "  {name}: {:.2} ms, {:.2} ms at ten years, × {:.2}",
            it.milliseconds, it.ten_years_milliseconds, it.cost
        ));
        all.push(it);
    }
    Ok(all)
}
