//! The notation of the drawn calendars.
//!
//! ```text
//! from 2027-02-01   today @1     the first night drawn, and the business date; without `today` it is @0
//! 101 |aaa.BB.                   a room: each letter is a stay, in capitals until its guest is in the house, = once he has left
//! 102 |..CCCC.                   the same letter in two rooms: one stay that is split
//! 103 |...##..                   # out of order, % maintenance, + house use, ~ hold
//! STD |.DD....                   a stay that waits for a room of the type
//! move C -> 103 @2               ROOM_OUT_OF_ORDER (# 3–5)
//! ```
//! Below the first drawing each line is a command with what comes of it, or a line of a drawing. All of it is played over HTTP, and
//! written down again as it really was; the test compares the two texts.

use std::collections::BTreeMap;

pub const BLOCKS: [(char, &str); 4] = [('#', "OUT_OF_ORDER"), ('%', "MAINTENANCE"), ('+', "HOUSE_USE"), ('~', "HOLD")];

/// Nights in a room, or of a type when nobody has given a room yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    pub from: usize,
    pub to: usize,
    /// `101`, or `STD`.
    pub row: String,
}

#[derive(Debug, Default)]
pub struct Drawing {
    pub rows: Vec<String>,
    pub nights: usize,
    /// By letter, in capitals; in the order of nights.
    pub stays: BTreeMap<char, Vec<Run>>,
    /// Letters of guests who are in the house.
    pub in_house: Vec<char>,
    pub blocks: Vec<(char, Run)>,
}

impl Drawing {
    pub fn read(lines: &[&str]) -> Drawing {
        let mut drawing = Drawing::default();
        for line in lines {
            let (row, nights) = line.split_once(" |").unwrap_or_else(|| panic!("not a row: {line}"));
            let nights: Vec<char> = nights.trim_end().chars().collect();
            drawing.nights = drawing.nights.max(nights.len());
            if row.starts_with(char::is_numeric) {
                drawing.rows.push(row.to_string());
            }
            drawing.read_row(row, &nights);
        }
        drawing.stays.values_mut().for_each(|runs| runs.sort());
        drawing
    }

    fn read_row(&mut self, row: &str, nights: &[char]) {
        let mut at = 0;
        while at < nights.len() {
            let sign = nights[at];
            let to = at + nights[at..].iter().take_while(|c| **c == sign).count();
            let run = Run { from: at, to, row: row.to_string() };
            if sign.is_alphabetic() {
                let letter = sign.to_ascii_uppercase();
                self.stays.entry(letter).or_default().push(run);
                if sign.is_lowercase() && !self.in_house.contains(&letter) {
                    self.in_house.push(letter);
                }
            } else if sign != '.' {
                assert!(BLOCKS.iter().any(|(c, _)| *c == sign), "no sign of a set-up: {sign}");
                self.blocks.push((sign, run));
            }
            at = to;
        }
    }
}

pub fn is_row(line: &str) -> bool {
    line.split_once(" |").is_some_and(|(row, _)| !row.contains(' '))
}

/// The words of a command: `move`, `A`, `->`, `103`, `@2`.
pub struct Words<'a>(Vec<&'a str>);

impl<'a> Words<'a> {
    pub fn of(command: &'a str) -> Words<'a> {
        Words(command.split_whitespace().collect())
    }

    pub fn nth(&self, n: usize) -> &'a str {
        self.0.get(n).unwrap_or_else(|| panic!("word {n} of {:?}", self.0))
    }

    /// All after the first.
    pub fn rest(&self) -> Vec<&'a str> {
        self.0[1..].to_vec()
    }

    /// The letters of stays, each with the number of the piece that is grabbed.
    pub fn stays(&self) -> Vec<(char, usize)> {
        let letter = |word: &&str| {
            let mut chars = word.chars();
            let first = chars.next().filter(char::is_ascii_uppercase)?;
            match (chars.next(), chars.as_str()) {
                (None, _) => Some((first, 1)),
                (Some('.'), piece) => Some((first, piece.parse().ok()?)),
                _ => None,
            }
        };
        self.0.iter().filter_map(letter).collect()
    }

    /// After `->`.
    pub fn room(&self) -> Option<u32> {
        let arrow = self.0.iter().position(|w| *w == "->")?;
        self.0.get(arrow + 1)?.parse().ok()
    }

    /// After `@`: a night, or two.
    pub fn nights(&self) -> Vec<i64> {
        let at = self.0.iter().find_map(|w| w.strip_prefix('@'));
        at.into_iter().flat_map(|text| text.split('–')).map(|n| n.parse().expect("a night")).collect()
    }
}
