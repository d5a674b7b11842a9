//! Upgrades of an oversold type, and longer gaps.

use std::fmt::Write;

use oppsera_pms::fit::{
    check,
    model::{Answer, Guest, House, Nights, Patience},
    solve::solve_with_upgrades,
    tidy,
};
use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::{TIMES, Tally, houses, timed};

const HOUSES: u64 = 10;
const NIGHTS: usize = 60;
/// Standard, better, suite: rooms, and how far they are sold.
const TYPES: [(usize, f64); 3] = [(140, 0.93), (70, 0.85), (40, 0.75)];
const TOO_MANY: [usize; 3] = [1, 3, 8];

/// Tables of both.
pub fn measure() -> anyhow::Result<String> {
    let mut page = String::from("\n");
    writeln!(
        page,
        "Upgrades: 250 rooms of three types (140, 70 and 40, sold to 93, 85 and 75 %) × 60 nights. On the fullest night of a random"
    )?;
    writeln!(
        page,
        "week so many more stays wait for the lowest type than it has rooms; each such night is asked in {HOUSES} houses.\n\n{TIMES}"
    )?;
    for more in TOO_MANY {
        let mut tally = Tally::default();
        (0..HOUSES).for_each(|seed| oversell(seed, more, &mut tally));
        writeln!(page, "{}", tally.row(&format!("{more} too many")))?;
    }
    writeln!(
        page,
        "\nLonger gaps: one type, sold to 80 % for four weeks; of at most so many moves the best plan, or the best found and a bound."
    )?;
    writeln!(page, "\n{TIMES}")?;
    for (rooms, moves) in [(30, 1), (30, 3), (60, 1), (60, 3), (60, 5)] {
        let mut tally = Tally::default();
        (0..HOUSES).for_each(|seed| tidied(seed, rooms, moves, &mut tally));
        let many = if moves == 1 { "" } else { "s" };
        writeln!(page, "{}", tally.row(&format!("{rooms} rooms, {moves} move{many}")))?;
    }
    Ok(page)
}

fn oversell(seed: u64, more: usize, tally: &mut Tally) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut house = houses::levels(&mut rng, NIGHTS, &TYPES);
    let there = |night: usize, house: &House| house.guests.iter().filter(|it| it.choice == 0 && it.nights.has(night)).count();
    let week = rng.random_range(7..NIGHTS - 14);
    let night = (week..week + 7).max_by_key(|night| there(*night, &house)).unwrap_or(week);
    for _ in 0..TYPES[0].0 - there(night, &house) + more {
        let from = night - rng.random_range(0..3);
        let nights = Nights::new(from, night + 1 + rng.random_range(0..3));
        house.guests.push(Guest { nights, room: None, choice: 0 });
    }
    let (took, (answer, least)) = timed(|is_over| solve_with_upgrades(&house, &mut Patience { steps: u64::MAX, is_over }));
    let name = match &answer {
        Answer::Plan(plan) => {
            check::plan(&house, plan).expect("a plan that holds");
            assert_eq!(plan.upgrades, least, "the fewest");
            "fewest"
        }
        Answer::Impossible(proof) => {
            check::proof(&house, proof).expect("a proof that holds");
            "proof"
        }
        Answer::Undecided { found: Some(plan), .. } if plan.upgrades == least => "fewest upgrades, moves undecided",
        Answer::Undecided { found: Some(_), .. } => "a plan, undecided",
        Answer::Undecided { .. } => "undecided",
    };
    tally.count(took, name.into());
}

fn tidied(seed: u64, rooms: usize, moves: usize, tally: &mut Tally) {
    let mut rng = StdRng::seed_from_u64(seed);
    let house = houses::one_type(&mut rng, rooms, 28, 0.8);
    let (took, tidied) = timed(|is_over| tidy::tidy(&house, 28, moves, &mut Patience { steps: u64::MAX, is_over }));
    check::plan(&house, &tidied.plan).expect("a plan that holds");
    tally.count(took, if tidied.is_best { "best" } else { "bound" }.into());
}
