//! A house as one sees it: a line for each room, a column for each night. `#` cannot move, a letter is a guest, each run of a letter
//! one stay; lines that begin with `?` ask for a room. After a second `|`: the rooms that will do for a letter, as `A: 0 2`.

use oppsera_pms::fit::model::{Answer, Choice, Fixture, Guest, House, Nights, Plan};

/// The house, and the letter of each of its guests.
pub fn house(text: &str) -> (House, Vec<char>) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let rows: Vec<(&str, &str)> = lines.iter().filter_map(|line| line.split_once('|')).collect();
    let mut house = House { nights: rows[0].1.trim().len(), ..House::default() };
    let (mut fixtures, mut guests, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (label, row) in rows {
        let room = (!label.starts_with('?')).then_some(house.rooms);
        house.rooms += usize::from(room.is_some());
        for (letter, nights) in runs(row.trim()) {
            match (letter, room) {
                ('.', _) => {}
                ('#', Some(room)) => fixtures.push(Fixture { room, nights }),
                _ => {
                    guests.push(Guest { nights, room, choice: 0 });
                    names.push(letter);
                }
            }
        }
    }
    house.choices.push(Choice { rooms: vec![true; house.rooms], ..Choice::default() });
    for line in lines.iter().filter(|line| !line.contains('|')) {
        let (letter, rooms) = line.split_once(':').unwrap();
        let wanted: Vec<usize> = rooms.split_whitespace().map(|room| room.parse().unwrap()).collect();
        house.choices.push(Choice { rooms: (0..house.rooms).map(|room| wanted.contains(&room)).collect(), ..Choice::default() });
        for (guest, name) in guests.iter_mut().zip(&names) {
            if letter.contains(*name) {
                guest.choice = house.choices.len() - 1;
            }
        }
    }
    (house.fixtures, house.guests) = (fixtures, guests);
    (house, names)
}

fn runs(row: &str) -> Vec<(char, Nights)> {
    let letters: Vec<char> = row.chars().collect();
    let mut runs = Vec::new();
    let mut from = 0;
    for to in 1..=letters.len() {
        if to == letters.len() || letters[to] != letters[from] {
            runs.push((letters[from], Nights::new(from, to)));
            from = to;
        }
    }
    runs
}

fn letter(n: usize) -> char {
    (b'A'..=b'Z').chain(b'a'..=b'z').map(char::from).nth(n).unwrap_or('*')
}

/// The house as text, which [`house`] reads back; two of its guests side by side have different letters.
pub fn draw(house: &House) -> String {
    let mut rows = vec![vec!['.'; house.nights]; house.rooms];
    house.fixtures.iter().for_each(|f| rows[f.room][f.nights.all()].fill('#'));
    let mut text = String::new();
    let mut asking = String::new();
    for (n, guest) in house.guests.iter().enumerate() {
        match guest.room {
            Some(room) => rows[room][guest.nights.all()].fill(letter(n)),
            None => {
                let mut row = vec!['.'; house.nights];
                row[guest.nights.all()].fill(letter(n));
                asking += &format!("?{n} |{}\n", row.iter().collect::<String>());
            }
        }
    }
    for (n, row) in rows.iter().enumerate() {
        text += &format!("{n:2} |{}\n", row.iter().collect::<String>());
    }
    text += &asking;
    for (n, guest) in house.guests.iter().enumerate() {
        let choice = &house.choices[guest.choice];
        if choice.rooms.contains(&false) || !choice.costs.is_empty() {
            let rooms: Vec<String> = (0..house.rooms).filter(|room| choice.rooms[*room]).map(|room| room.to_string()).collect();
            text += &format!("{}: {} (costs {:?})\n", letter(n), rooms.join(" "), choice.costs);
        }
    }
    text
}

/// An answer in a line: `2 moves: X 0, A 1`, `no: fixtures 2, guests X A, nights 3-5`, or that it is not decided.
pub fn told(answer: &Answer, names: &[char]) -> String {
    match answer {
        Answer::Plan(Plan { rooms, moves, .. }) => {
            let rooms: Vec<String> = rooms.iter().map(|(guest, room)| format!("{} {room}", names[*guest])).collect();
            format!("{moves} moves: {}", rooms.join(", "))
        }
        Answer::Impossible(proof) => {
            let guests: String = proof.guests.iter().map(|guest| names[*guest]).collect();
            format!("no: fixtures {:?}, guests {guests}, nights {}-{}", proof.fixtures, proof.nights.from, proof.nights.to)
        }
        Answer::Undecided { at_least, .. } => format!("at least {at_least}"),
    }
}
