//! Rooms 101 to 105 of the test's hotel, set up from a drawing and drawn again. Column 0 is the night of the 10th of February. A small
//! letter is pinned, `#` is house use, lines with `?` wait for a room.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{desk::Desk, *};

pub const FIT: &str = "/properties/0000000000000000000000PRP1/fit";

pub struct Hotel<'a> {
    pub desk: Desk<'a>,
    pub stays: BTreeMap<char, Value>,
    nights: usize,
}

pub fn date(night: usize) -> String {
    format!("2027-02-{:02}", 10 + night)
}

fn runs(row: &str) -> Vec<(char, usize, usize)> {
    let letters: Vec<char> = row.chars().collect();
    let mut runs = Vec::new();
    let mut from = 0;
    for to in 1..=letters.len() {
        if to == letters.len() || letters[to] != letters[from] {
            runs.push((letters[from], from, to));
            from = to;
        }
    }
    runs
}

impl<'a> Hotel<'a> {
    pub async fn drawn(desk: Desk<'a>, text: &str) -> Hotel<'a> {
        let mut hotel = Hotel { desk, stays: BTreeMap::new(), nights: 0 };
        for line in text.lines() {
            let (label, row) = line.trim().split_once(" |").unwrap();
            hotel.nights = row.len();
            for (letter, from, to) in runs(row) {
                let (from, to) = (date(from), date(to));
                if letter == '#' {
                    let block = json!({"propertyId": PROPERTY, "roomId": room(label.parse().unwrap()), "blockType": "HOUSE_USE",
                        "startDate": from, "endDate": to});
                    desk.post("/room-blocks", block).await.data();
                } else if letter != '.' {
                    let guest = json!({"firstName": "Guest", "lastName": letter.to_string()});
                    let mut more = json!({"primaryGuestJson": guest, "isPinned": letter.is_lowercase()});
                    if let Ok(number) = label.parse() {
                        more["roomId"] = json!(room(number));
                    }
                    hotel.stays.insert(letter, desk.book(&from, &to, more).await.data());
                }
            }
        }
        hotel
    }

    /// The stays as they are now.
    pub async fn draw(&self) -> String {
        let mut rows: BTreeMap<String, Vec<char>> = (101..=105).map(|n| (n.to_string(), vec!['.'; self.nights])).collect();
        let mut waiting = String::new();
        let day = |value: &Value| value.as_str().unwrap()[8..].parse::<usize>().unwrap() - 10;
        for (letter, seen) in &self.stays {
            let stay = self.desk.look(seen).await;
            let (from, to) = (day(&stay["checkInDate"]), day(&stay["checkOutDate"]));
            match stay["roomId"].as_str() {
                Some(id) => rows.get_mut(&id[id.len() - 3..]).unwrap()[from..to].fill(*letter),
                None => waiting.push(*letter),
            }
        }
        let rows: Vec<String> = rows.iter().map(|(n, row)| format!("{n} |{}", row.iter().collect::<String>())).collect();
        rows.join("\n") + &if waiting.is_empty() { String::new() } else { format!("\n? {waiting}") }
    }

    #[track_caller]
    pub fn id(&self, letter: char) -> Value {
        self.stays[&letter]["id"].clone()
    }

    pub async fn ask(&self, question: Value) -> Answer {
        self.desk.post(&format!("{FIT}/preview"), question).await
    }

    /// The one answer to how this stay gets a room.
    pub async fn make_room(&self, letter: char) -> Value {
        self.ask(json!({"makeRoom": {"reservationId": self.id(letter)}})).await.data()[0].clone()
    }

    pub async fn execute(&self, body: Value) -> Answer {
        self.desk.post(&format!("{FIT}/execute"), body).await
    }
}

/// A plan as it is sent back.
pub fn accepted(answer: &Value) -> Value {
    let moves = answer["moves"].as_array().unwrap().iter();
    let moves: Vec<Value> =
        moves.map(|m| json!({"reservationId": m["reservationId"], "version": m["version"], "roomId": m["toRoomId"]})).collect();
    json!({ "moves": moves })
}

/// The moves in a line.
pub fn told(answer: &Value) -> String {
    let moves = answer["moves"].as_array().unwrap().iter();
    let moves: Vec<String> = moves
        .map(|m| {
            let from = m["fromRoomNumber"].as_str().unwrap_or("-");
            format!("{} {from}>{}", m["guestName"].as_str().unwrap_or("Nobody"), m["toRoomNumber"].as_str().unwrap())
        })
        .collect();
    moves.join(", ")
}

/// What the proof says is fixed.
pub fn fixed(answer: &Value) -> Vec<String> {
    let fixed = answer["proof"]["fixed"].as_array().unwrap().iter();
    fixed
        .map(|f| {
            format!("{} {} {}", f["roomNumber"].as_str().unwrap(), f["why"].as_str().unwrap(), f["startDate"].as_str().unwrap())
        })
        .collect()
}
