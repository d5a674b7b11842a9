//! Larger houses, against OR-tools' CP-SAT.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use oppsera_pms::fit::{
    check,
    model::{Answer, House, Patience},
    solve::solve,
};
use serde_json::{Value, json};

use super::{
    drawing,
    houses::{self, Size},
};

fn as_json(house: &House) -> Value {
    let fixtures: Vec<Value> =
        house.fixtures.iter().map(|f| json!({"room": f.room, "from": f.nights.from, "to": f.nights.to})).collect();
    let guests: Vec<Value> = house
        .guests
        .iter()
        .map(|g| json!({"room": g.room, "from": g.nights.from, "to": g.nights.to, "allowed": house.choices[g.choice].rooms}))
        .collect();
    json!({"rooms": house.rooms, "fixtures": fixtures, "guests": guests})
}

fn asked(houses: &[House]) -> Vec<Value> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".pms/venv/bin/python");
    assert!(python.exists(), "OR-tools is not installed: run scripts/bootstrap.sh test");
    let mut child = Command::new(python)
        .arg(root.join("tests/fit/cp_sat.py"))
        .arg("3")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python runs");
    let lines: String = houses.iter().map(|house| as_json(house).to_string() + "\n").collect();
    let mut stdin = child.stdin.take().unwrap();
    // Beside, for neither pipe holds all of it.
    let writing = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("python ends");
    writing.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn larger_houses_as_by_cp_sat() {
    let size = |seed: u64| Size {
        rooms: 8 + (seed % 4) as usize * 5,
        nights: 20,
        fixed: [0, 20, 40][(seed % 3) as usize],
        empty: 15,
        requests: 1 + (seed % 5 / 4) as usize,
        has_choices: seed % 6 == 5,
        has_costs: false,
        pairs: 0,
    };
    let houses: Vec<House> = (0..40).map(|seed| houses::random_that_counts(seed, size(seed))).collect();
    let truth = asked(&houses);
    assert_eq!(truth.len(), houses.len());
    let (mut plans, mut proofs) = (0, 0);
    for (seed, (house, truth)) in houses.iter().zip(truth).enumerate() {
        let seen = || format!("seed {seed}\n{}", drawing::draw(house));
        match solve(house, &mut Patience { steps: 20_000_000, is_over: &|| false }) {
            Answer::Plan(plan) => {
                check::plan(house, &plan).unwrap_or_else(|wrong| panic!("{wrong}\n{}", seen()));
                assert!(truth == "?" || truth == plan.moves, "{} moves, CP-SAT {truth}\n{}", plan.moves, seen());
                plans += usize::from(plan.moves > 1);
            }
            Answer::Impossible(proof) => {
                assert!(truth.is_null() || truth == "?", "no plan, CP-SAT {truth}\n{}", seen());
                check::proof(house, &proof).unwrap_or_else(|wrong| panic!("{wrong}\n{}", seen()));
                proofs += 1;
            }
            Answer::Undecided { at_least, .. } => panic!("at least {at_least}, CP-SAT {truth}\n{}", seen()),
        }
    }
    assert!(plans >= 15 && proofs >= 1, "{plans} plans of several moves, {proofs} proofs");
}
