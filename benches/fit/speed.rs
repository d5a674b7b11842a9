//! A house of 250 rooms, booked at random for 90 days.

use oppsera_pms::fit::{
    check,
    model::{Answer, Choice, Guest, House, Nights, Patience},
    solve::solve,
};
use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::{Tally, timed};

const ROOMS: usize = 250;
const NIGHTS: usize = 90;
const HOUSES: u64 = 20;
/// So many of the hardest kind are asked of HiGHS as well.
const SAMPLES: usize = 5;
/// How long guests stay: one of these.
const STAYS: [usize; 10] = [1, 1, 2, 2, 2, 3, 3, 4, 5, 7];

pub fn nights_at_random(rng: &mut StdRng, nights: usize) -> Nights {
    let long = STAYS[rng.random_range(0..STAYS.len())];
    let from = rng.random_range(0..=nights - long);
    Nights::new(from, from + long)
}

#[derive(Default)]
pub struct Speed {
    pub whole: Tally,
    pub full: Tally,
    /// Houses with their stay that asks, how many moves it takes and how many seconds Fit took.
    pub samples: Vec<(House, usize, f64)>,
}

pub fn measure() -> Speed {
    let mut speed = Speed::default();
    (0..HOUSES).for_each(|seed| fill(seed, &mut speed));
    speed
}

fn fill(seed: u64, speed: &mut Speed) {
    let mut rng = StdRng::seed_from_u64(seed);
    let all = Choice { rooms: vec![true; ROOMS], ..Choice::default() };
    let mut house = House { nights: NIGHTS, rooms: ROOMS, choices: vec![all], ..House::default() };
    let mut left = [ROOMS; NIGHTS];
    let sold = |left: &[usize]| 1.0 - left.iter().sum::<usize>() as f64 / (ROOMS * NIGHTS) as f64;
    while sold(&left) < 0.95 {
        let nights = nights_at_random(&mut rng, NIGHTS);
        if nights.all().any(|night| left[night] == 0) {
            continue;
        }
        house.guests.push(Guest { nights, room: None, choice: 0 });
        let (took, answer) = timed(|is_over| solve(&house, &mut Patience { steps: u64::MAX, is_over }));
        if !matches!(&answer, Answer::Plan(plan) if plan.moves == 0) {
            speed.whole.add(took, &answer);
            if sold(&left) >= 0.94 {
                speed.full.add(took, &answer);
            }
        }
        let Answer::Plan(plan) = answer else {
            house.guests.pop();
            continue;
        };
        check::plan(&house, &plan).expect("a plan that holds");
        if plan.moves >= 2 && sold(&left) >= 0.94 && speed.samples.len() < SAMPLES {
            speed.samples.push((house.clone(), plan.moves, took.as_secs_f64()));
        }
        plan.rooms.iter().for_each(|(guest, room)| house.guests[*guest].room = Some(*room));
        nights.all().for_each(|night| left[night] -= 1);
    }
}
