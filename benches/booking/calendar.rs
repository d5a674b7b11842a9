//! The calendar: over HTTP against pgbench, and against itself with more history and more tenants.

use std::collections::HashMap;

use anyhow::Context;

use crate::{
    bench::Bench,
    client::{Caller, Connection},
    data,
    drive::drive,
    pgbench::{Script, Travel, Until},
    sample::{Runs, median},
};

pub const DAYS: i32 = 31;
const ROUNDS: usize = 5;
const SECONDS: f64 = 2.0;
const GROWTH_ROUNDS: usize = 11;
const GROWTH_SECONDS: f64 = 0.7;

fn path(days: i32) -> String {
    format!("/calendar?propertyId={}&start={}&days={days}", data::id(data::HOTEL), data::in_days(-3))
}

/// Over HTTP and by pgbench, in rounds that take turns.
pub struct Compared {
    pub rooms: u32,
    pub clients: u64,
    /// Each drawn anew.
    pub anew: Runs,
    /// As a server is: what has not changed is not drawn again.
    pub kept: Runs,
    pub pipelined: Runs,
    pub one_by_one: Runs,
    /// Each drawn anew and compressed.
    pub compressed: Runs,
}

/// Bytes of one answer.
pub struct Payload {
    pub rooms: u32,
    pub bars: usize,
    pub plain: usize,
    pub gzip: usize,
    pub brotli: usize,
}

pub fn compare(bench: &Bench, database: &str, rooms: u32) -> anyhow::Result<(Payload, Vec<Compared>, f64, f64)> {
    bench.progress(&format!("calendar of {rooms} rooms"));
    let transaction = {
        bench.capture(true)?;
        let (_server, caller) = bench.serve(database)?;
        Connection::open(caller.address)?.ask(&caller.get(&path(DAYS), ""))?;
        bench.capture(false)?;
        bench.log.transaction_with("CHART_BARS")?
    };
    let script = |travel, name: &str| Script::write(&bench.folder, name, &transaction, &HashMap::new(), "", travel);
    let pipelined = script(Travel::Pipelined, "calendar-pipelined")?;
    let one_by_one = script(Travel::OneByOne, "calendar-one-by-one")?;

    let (server, caller) = bench.serve(database)?;
    let (_other_server, anew) = bench.serve_anew(database)?;
    let idle = server.memory_mb()?;
    let payload = payload(&caller, rooms)?;
    let (plain, gzip) = (caller.get(&path(DAYS), ""), caller.get(&path(DAYS), "Accept-Encoding: gzip\r\n"));
    let url = bench.server_url(database);
    let mut all = Vec::new();
    for clients in [1, 8] {
        let mut it = Compared {
            rooms,
            clients,
            anew: Runs::default(),
            kept: Runs::default(),
            pipelined: Runs::default(),
            one_by_one: Runs::default(),
            compressed: Runs::default(),
        };
        let until = Until::Seconds(SECONDS);
        for round in 0..ROUNDS {
            for turn in 0..5 {
                match (turn + round) % 5 {
                    0 => it.anew.0.push(drive(&anew, clients, until, 200, |_, _| plain.clone())?),
                    1 => it.pipelined.0.push(bench.pgbench.run(&url, &pipelined, clients, until, &[])?),
                    2 => it.one_by_one.0.push(bench.pgbench.run(&url, &one_by_one, clients, until, &[])?),
                    3 => it.kept.0.push(drive(&caller, clients, Until::Seconds(1.0), 200, |_, _| plain.clone())?),
                    _ => it.compressed.0.push(drive(&anew, clients, Until::Seconds(1.0), 200, |_, _| gzip.clone())?),
                }
            }
        }
        bench.told(clients, &it.anew, &it.pipelined);
        all.push(it);
    }
    Ok((payload, all, idle, server.memory_mb()?))
}

fn payload(caller: &Caller, rooms: u32) -> anyhow::Result<Payload> {
    let mut connection = Connection::open(caller.address)?;
    let plain = connection.ask(&caller.get(&path(DAYS), ""))?.body.to_vec();
    let chart: serde_json::Value = serde_json::from_slice(&plain).context("the calendar is no JSON")?;
    let bars = chart["data"]["bars"].as_array().map_or(0, Vec::len);
    let mut compressed = |encoding: &str| -> anyhow::Result<usize> {
        Ok(connection.ask(&caller.get(&path(DAYS), &format!("Accept-Encoding: {encoding}\r\n")))?.body.len())
    };
    Ok(Payload { rooms, bars, plain: plain.len(), gzip: compressed("gzip")?, brotli: compressed("br")? })
}

/// What one calendar costs in each database, as a multiple of the first.
pub struct Growth {
    pub database: &'static str,
    pub milliseconds: f64,
    pub cost: f64,
}

pub fn growth(bench: &Bench, databases: [&'static str; 4]) -> anyhow::Result<Vec<Growth>> {
    bench.progress("calendar with more history, with more tenants");
    let servers = databases.iter().map(|database| bench.serve_anew(database)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut runs = vec![Runs::default(); databases.len()];
    for round in 0..GROWTH_ROUNDS {
        for turn in 0..databases.len() {
            let at = (turn + round) % databases.len();
            let caller = &servers[at].1;
            let request = caller.get(&path(DAYS), "");
            runs[at].0.push(drive(caller, 1, Until::Seconds(GROWTH_SECONDS), 200, |_, _| request.clone())?);
        }
    }
    let growth = databases.iter().zip(&runs).map(|(database, own)| {
        let costs = own.0.iter().zip(&runs[0].0).map(|(it, first)| it.milliseconds(0.5) / first.milliseconds(0.5));
        let it = Growth { database, milliseconds: own.milliseconds(0.5), cost: median(costs) };
        bench.progress(&format!("  {database}: {:.2} ms, × {:.2}", it.milliseconds, it.cost));
        it
    });
    Ok(growth.collect())
}
