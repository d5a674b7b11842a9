//! How long Fit takes, beside HiGHS alone, and what it is good for: `make bench-fit`, with FILE=… also the replay of two real hotels.
//!
//! Prints the tables and writes docs/performance-fit.md. With `--strict` it fails when a bar is missed.

mod highs;
mod houses;
mod others;
mod replay;
mod speed;

use std::{collections::BTreeMap, fmt::Write, path::PathBuf, time::Duration};

use oppsera_pms::fit::model::Answer;

/// Nothing may take longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was asked, counted by answer.
#[derive(Default)]
pub struct Tally {
    times: Vec<Duration>,
    answers: BTreeMap<String, usize>,
}

impl Tally {
    fn add(&mut self, took: Duration, answer: &Answer) {
        let name = match answer {
            Answer::Plan(plan) => format!("{} moves", plan.moves),
            Answer::Impossible(_) => "proof".into(),
            Answer::Undecided { .. } => "undecided".into(),
        };
        self.count(took, name);
    }

    fn count(&mut self, took: Duration, answer: String) {
        self.times.push(took);
        *self.answers.entry(answer).or_default() += 1;
    }

    fn of(&self, answer: &str) -> usize {
        self.answers.get(answer).copied().unwrap_or(0)
    }

    /// In milliseconds.
    fn quantile(&self, share: f64) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        let at = ((times.len().max(1) - 1) as f64 * share).round() as usize;
        times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }

    fn row(&self, name: &str) -> String {
        let answers: Vec<String> = self.answers.iter().map(|(answer, n)| format!("{answer}: {n}")).collect();
        let [p50, p99, max] = [0.5, 0.99, 1.0].map(|share| self.quantile(share));
        format!("| {name} | {} | {p50:.2} | {p99:.2} | {max:.1} | {} |", self.times.len(), answers.join(", "))
    }
}

const TIMES: &str = "| | questions | p50 ms | p99 ms | max ms | answers |\n|---|---:|---:|---:|---:|---|";

/// Says the time; the rest of the program is handed it.
fn timed<T>(work: impl FnOnce(&dyn Fn() -> bool) -> T) -> (Duration, T) {
    let began = std::time::Instant::now();
    let answer = work(&|| began.elapsed() > PATIENCE);
    (began.elapsed(), answer)
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let strict = args.iter().any(|arg| arg == "--strict");
    let file = args.iter().position(|arg| arg == "--hotels").and_then(|at| args.get(at + 1)).map(PathBuf::from);
    let mut page = String::from("<!-- Written by `make bench-fit`. -->\n# Fit, measured\n\n");

    let speed = speed::measure();
    writeln!(
        page,
        "Make room: 250 rooms of one type × 90 days, booked at random up to 95 %; asked is who passes the count and finds no"
    )?;
    writeln!(page, "single room free. `make bench-fit` on {} cores.\n\n{TIMES}", std::thread::available_parallelism()?)?;
    writeln!(page, "{}", speed.whole.row("from the first to 95 %"))?;
    writeln!(page, "{}", speed.full.row("between 94 % and 95 %"))?;
    let mut met = speed.full.quantile(0.99) <= 50.0 && speed.whole.of("undecided") == 0;

    if let Some(compared) = highs::compare(&speed.samples)? {
        page += &compared;
    }
    page += &others::measure()?;
    if let Some(file) = file {
        let hotels = replay::measure(&file)?;
        page += &hotels.page;
        met &= hotels.undecided == 0;
    }
    println!("{page}");
    std::fs::write(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/performance-fit.md"), page)?;
    anyhow::ensure!(met || !strict, "a bar is missed");
    Ok(())
}
