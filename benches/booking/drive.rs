//! The load over HTTP: threads that each keep one connection and ask one request after the other.

use std::{
    sync::Barrier,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use crate::{
    client::{Caller, Connection},
    pgbench::Until,
    sample::Sample,
};

/// Runs `clients` connections; `request` writes the `n`th request of a client. Every answer must have the status `wanted`.
pub fn drive(
    caller: &Caller,
    clients: u64,
    until: Until,
    wanted: u16,
    request: impl Fn(u64, u64) -> Vec<u8> + Sync,
) -> anyhow::Result<Sample> {
    let barrier = Barrier::new(clients as usize);
    let (barrier, request) = (&barrier, &request);
    let samples = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..clients).map(|client| scope.spawn(move || one_client(caller, client, until, wanted, barrier, request))).collect();
        threads.into_iter().map(|t| t.join().expect("a client thread does not panic")).collect::<anyhow::Result<Vec<_>>>()
    })?;
    Ok(Sample { requests: samples.concat() })
}

fn one_client(
    caller: &Caller,
    client: u64,
    until: Until,
    wanted: u16,
    barrier: &Barrier,
    request: &(impl Fn(u64, u64) -> Vec<u8> + Sync),
) -> anyhow::Result<Vec<(f64, f64)>> {
    let connection = Connection::open(caller.address).context("cannot connect to the server");
    barrier.wait();
    let mut connection = connection?;
    let begun = Instant::now();
    let mut done = Vec::new();
    for n in 0.. {
        let over = match until {
            Until::Seconds(seconds) => begun.elapsed() >= Duration::from_secs_f64(seconds),
            Until::Transactions(count) => n >= count,
        };
        if over {
            break;
        }
        let request = request(client, n);
        let asked = begun.elapsed().as_secs_f64();
        let answer = connection.ask(&request)?;
        if answer.status != wanted {
            let request = String::from_utf8_lossy(&request);
            bail!(
                "{} for {}: {}",
                answer.status,
                request.lines().next().unwrap_or_default(),
                String::from_utf8_lossy(answer.body)
            );
        }
        let ended = begun.elapsed().as_secs_f64();
        done.push((ended, ended - asked));
    }
    Ok(done)
}
