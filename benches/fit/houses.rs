//! Houses with everybody in his room, booked at random.

use oppsera_pms::fit::{
    model::{Answer, Choice, Guest, House, Patience},
    solve::solve,
};
use rand::rngs::StdRng;

use crate::{speed::nights_at_random, timed};

/// Rooms of one type, sold up to this share; nobody moves for it.
pub fn one_type(rng: &mut StdRng, rooms: usize, nights: usize, share: f64) -> House {
    let all = Choice { rooms: vec![true; rooms], ..Choice::default() };
    let mut house = House { nights, rooms, choices: vec![all], ..House::default() };
    let mut sold = 0;
    while (sold as f64) < share * (rooms * nights) as f64 {
        let stay = nights_at_random(rng, nights);
        house.guests.push(Guest { nights: stay, room: None, choice: 0 });
        // Whoever needs others to move does not book.
        match timed(|is_over| solve(&house, &mut Patience { steps: u64::MAX, is_over })).1 {
            Answer::Plan(plan) if plan.moves == 0 => {
                plan.rooms.iter().for_each(|(guest, room)| house.guests[*guest].room = Some(*room));
                sold += stay.all().len();
            }
            _ => drop(house.guests.pop()),
        }
    }
    house
}

/// Types one above the other, each with its rooms and how far it is sold; who booked a type may have a room of a better one.
pub fn levels(rng: &mut StdRng, nights: usize, types: &[(usize, f64)]) -> House {
    let rooms = types.iter().map(|(rooms, _)| rooms).sum();
    let mut house = House { nights, rooms, ..House::default() };
    for (level, (count, share)) in types.iter().enumerate() {
        let first = house.levels.len();
        house.levels.resize(first + count, level);
        let rooms = (0..rooms).map(|room| room >= first).collect();
        house.choices.push(Choice { rooms, level, ..Choice::default() });
        let guests = one_type(rng, *count, nights, *share).guests;
        let placed = guests.into_iter().map(|it| Guest { room: it.room.map(|room| room + first), choice: level, ..it });
        house.guests.extend(placed);
    }
    house
}
