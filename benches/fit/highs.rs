//! The same questions asked of HiGHS alone.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use oppsera_pms::fit::model::{House, Nights};
use serde_json::{Value, json};

/// Seconds for one question.
const LONGEST: &str = "60";

/// The table; `None` where OR-tools, which brings HiGHS, is not installed.
pub fn compare(samples: &[(House, usize, f64)]) -> anyhow::Result<Option<String>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".pms/venv/bin/python");
    if !python.exists() {
        eprintln!("without HiGHS: scripts/bootstrap.sh test installs it");
        return Ok(None);
    }
    let mut child = Command::new(python)
        .arg(root.join("benches/fit/highs.py"))
        .arg(LONGEST)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let lines: String = samples.iter().map(|(house, ..)| near(house).to_string() + "\n").collect();
    let mut stdin = child.stdin.take().expect("it is piped");
    // Beside, for neither pipe holds all of it.
    let writing = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output()?;
    writing.join().expect("no panic")?;
    let told: Vec<Value> =
        String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| serde_json::from_str(line).ok()).collect();

    let mut page = String::from(
        "\nHiGHS alone, by OR-tools, on some of the last: a variable for each stay and room. It is asked about less: only stays within a night\nof \
         the one that asks may move, the others are fixed, for of all of them it makes two million variables.\n\n\
         | moves | Fit ms | HiGHS ms | variables | HiGHS ÷ Fit |\n|---:|---:|---:|---:|---:|\n",
    );
    for ((_, moves, fit), told) in samples.iter().zip(&told) {
        let highs = told["seconds"].as_f64().unwrap_or_default();
        let agrees = if told["moves"] == json!(moves) { "" } else { " (another answer)" };
        writeln!(
            page,
            "| {moves} | {:.2} | {:.0}{agrees} | {} | {:.0} |",
            fit * 1e3,
            highs * 1e3,
            told["variables"],
            highs / fit
        )?;
    }
    Ok(Some(page))
}

fn near(house: &House) -> Value {
    let asks = house.guests.iter().find(|guest| guest.room.is_none()).map(|guest| guest.nights);
    let asks = asks.expect("somebody asks");
    let near = Nights { from: asks.from.saturating_sub(1), to: (asks.to + 1).min(house.nights) };
    let (guests, fixtures): (Vec<_>, Vec<_>) = house.guests.iter().partition(|guest| guest.nights.overlap(near));
    let all = |list: Vec<&oppsera_pms::fit::model::Guest>| -> Vec<Value> {
        list.iter().map(|it| json!({"room": it.room, "from": it.nights.from, "to": it.nights.to})).collect()
    };
    json!({"rooms": house.rooms, "guests": all(guests), "fixtures": all(fixtures)})
}
