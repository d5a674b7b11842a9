//! Plays a script over HTTP and writes it down again as it was.

use std::collections::BTreeMap;

use oppsera_pms::{
    inventory::day::roll_business_date,
    kernel::Day,
    op::{Op, Who},
};
use serde_json::{Value, json};

use super::notation::{BLOCKS, Drawing, Words, is_row};
use crate::support::{desk::Desk, sound::assert_sound, *};

struct Stage {
    app: TestApp,
    from: Day,
    drawing: Drawing,
    /// The stays as they are now, by letter.
    stays: BTreeMap<char, Value>,
}

/// Plays the script and compares; afterwards everything holds.
pub async fn play(script: &str) {
    let lines: Vec<&str> = script.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let first = lines.iter().position(|l| is_row(l)).expect("a drawing");
    let set_up = lines[first..].iter().take_while(|l| is_row(l)).count() + first;
    let mut stage = Stage::set_up(&lines[..first], &lines[first..set_up]).await;
    assert_eq!(stage.drawn().await, lines[first..set_up], "the set-up");

    let mut played: Vec<String> = Vec::new();
    let mut at = set_up;
    while at < lines.len() {
        if is_row(lines[at]) {
            let rows = lines[at..].iter().take_while(|l| is_row(l)).count();
            played.extend(stage.drawn().await);
            at += rows;
        } else {
            let command = lines[at].split("  ").next().unwrap_or_default();
            let outcome = stage.command(command).await;
            played.push(format!("{command}  {outcome}"));
            at += 1;
        }
    }
    let spaced = |line: &&str| line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
    let expected: Vec<String> = lines[set_up..].iter().map(spaced).collect();
    assert_eq!(played.join("\n"), expected.join("\n"), "\nplayed:\n{}\n", played.join("\n"));
    assert_sound(&stage.app).await;
}

impl Stage {
    async fn set_up(header: &[&str], rows: &[&str]) -> Stage {
        let words: Vec<&str> = header.iter().flat_map(|l| l.split_whitespace()).collect();
        let after = |word: &str| words.iter().position(|w| *w == word).map(|n| words[n + 1]);
        let from: Day = after("from").expect("the first night").parse().expect("a date");
        let today: i32 = after("today").map_or(0, |at| at.trim_start_matches('@').parse().expect("a night"));
        let mut stage = Stage { app: TestApp::start().await, from, drawing: Drawing::read(rows), stays: BTreeMap::new() };
        stage.roll(0).await;
        stage.book().await;
        for day in 0..=today {
            stage.roll(day).await;
            stage.arrive(day as usize).await;
        }
        stage
    }

    fn desk(&self) -> Desk<'_> {
        self.app.desks()[0]
    }

    fn day(&self, n: i64) -> String {
        self.from.plus(n as i32).to_string()
    }

    /// Split stays first, while nobody is in their way.
    async fn book(&mut self) {
        let mut letters: Vec<char> = self.drawing.stays.keys().copied().collect();
        letters.sort_by_key(|l| self.drawing.stays[l].len() < 2);
        for letter in letters {
            let runs = self.drawing.stays[&letter].clone();
            let guest = json!({"primaryGuestJson": {"firstName": "", "lastName": letter.to_string()}});
            let mut more = guest;
            let row = &runs[0].row;
            match row.parse::<u32>() {
                Ok(number) => {
                    more["roomId"] = json!(room(number));
                    more["roomTypeId"] = json!(if number < 200 { STD } else { SUITE });
                }
                Err(_) => more["roomTypeId"] = json!(if row == "STD" { STD } else { SUITE }),
            }
            let (from, to) = (self.day(runs[0].from as i64), self.day(runs[runs.len() - 1].to as i64));
            let mut stay = self.desk().book(&from, &to, more).await.data();
            for run in &runs[1..] {
                let number: u32 = run.row.parse().expect("a split stay has rooms");
                let body = json!({"date": self.day(run.from as i64), "roomId": room(number)});
                stay = self.desk().act(&stay, "split", body).await.data();
            }
            self.stays.insert(letter, stay);
        }
        for (sign, run) in self.drawing.blocks.clone() {
            let outcome = self.block(sign, run.row.parse().expect("a room"), run.from as i64, run.to as i64).await;
            assert_eq!(outcome.status, 201, "{}", outcome.body);
        }
    }

    async fn arrive(&mut self, day: usize) {
        for letter in self.drawing.in_house.clone() {
            if self.drawing.stays[&letter][0].from == day {
                let body = json!({"overrideDirty": true});
                let stay = self.desk().act(&self.stays[&letter], "check-in", body).await.data();
                self.stays.insert(letter, stay);
            }
        }
    }

    async fn block(&self, sign: char, number: u32, from: i64, to: i64) -> Answer {
        let kind = BLOCKS.iter().find(|(c, _)| *c == sign).expect("a sign of a block").1;
        let body = json!({"propertyId": PROPERTY, "roomId": room(number), "blockType": kind,
            "startDate": self.day(from), "endDate": self.day(to)});
        self.desk().post("/room-blocks", body).await
    }

    async fn roll(&self, day: i32) {
        let who = Who { tenant: self.app.a.id, actor: "system".into(), correlation: "night".into() };
        let mut op = Op::begin(&self.app.store, who, None).await.unwrap();
        roll_business_date(&mut op, PROPERTY.parse().unwrap(), self.from.plus(day)).await.unwrap();
        op.finish().await.unwrap();
    }

    /// What comes of a command, in words.
    async fn command(&mut self, command: &str) -> String {
        let stale = command.strip_prefix("stale ");
        let words = Words::of(stale.unwrap_or(command));
        if words.nth(0) == "today" {
            self.roll(words.nights()[0] as i32).await;
            return "ok".into();
        }
        if words.nth(0) == "status" {
            return self.statuses(&words.rest()).await;
        }
        let answer = self.ask(&words, stale.is_some()).await;
        if words.nth(0) == "book" && answer.status == 201 {
            self.stays.insert(words.stays()[0].0, answer.data());
        }
        let told = answer.body["data"].as_array().cloned().unwrap_or_else(|| vec![answer.body["data"].clone()]);
        for stay in told.into_iter().filter(|s| !s["checkInDate"].is_null()) {
            let letter = self.letter_of(&stay["id"]);
            self.stays.insert(letter, stay);
        }
        self.outcome(&answer)
    }

    async fn ask(&self, words: &Words<'_>, stale: bool) -> Answer {
        let desk = self.desk();
        let letters = words.stays();
        let stay = |n: usize| {
            let mut stay = self.stays.get(&letters[n].0).unwrap_or_else(|| panic!("who is {:?}?", letters[n])).clone();
            if stale {
                stay["version"] = json!(stay["version"].as_i64().unwrap() - 1);
            }
            stay
        };
        let (nights, target) = (words.nights(), words.room());
        let date = |n: usize| nights.get(n).map(|night| json!(self.day(*night)));
        let to_room = || target.map_or(json!({}), |number| json!({"roomId": room(number)}));
        match words.nth(0) {
            "book" => {
                let type_id = if words.nth(2) == "SUITE" || target.is_some_and(|n| n > 200) { SUITE } else { STD };
                let mut more = to_room();
                more["roomTypeId"] = json!(type_id);
                desk.book(&self.day(nights[0]), &self.day(nights[1]), more).await
            }
            // By the menu of the stay, not by its bar.
            "change-room" => desk.act(&stay(0), "move", to_room()).await,
            "move" if target.is_none() => desk.act(&stay(0), "move", json!({"checkInDate": date(0)})).await,
            "move" => {
                let from = seen(&stay(0), letters[0].1);
                let to = json!({"roomId": room(target.unwrap()), "checkInDate": date(0).unwrap_or(from["checkInDate"].clone())});
                desk.post("/calendar/move", json!({"reservationId": stay(0)["id"], "from": from, "to": to})).await
            }
            "resize" => {
                let is_left = words.nth(2) == "left";
                let pieces = stay(0)["rooms"].as_array().unwrap().len();
                let from = seen(&stay(0), if is_left { 1 } else { pieces.max(1) });
                let (edge, field) = if is_left { ("LEFT", "checkInDate") } else { ("RIGHT", "checkOutDate") };
                let body = json!({"reservationId": stay(0)["id"], "edge": edge, "from": from, "to": {field: date(0)}});
                desk.post("/calendar/resize", body).await
            }
            "split" => desk.act(&stay(0), "split", json!({"date": date(0), "roomId": to_room()["roomId"]})).await,
            "swap" => desk.post("/reservations/swap", json!({"a": Desk::side(&stay(0)), "b": Desk::side(&stay(1))})).await,
            "block" => {
                self.block(words.nth(1).chars().next().unwrap(), words.nth(2).parse().unwrap(), nights[0], nights[1]).await
            }
            "unblock" => self.unblock(words.nth(1).parse().unwrap(), &self.day(nights[0])).await,
            "reinstate" => {
                let mut body = to_room();
                body["reason"] = json!("as drawn");
                desk.act(&stay(0), "reinstate", body).await
            }
            "check-in" => {
                let mut body = to_room();
                (body["overrideDirty"], body["addNights"]) = (json!(true), json!(true));
                desk.act(&stay(0), "check-in", body).await
            }
            "assign" => desk.act(&stay(0), "assign", to_room()).await,
            verb => desk.act(&stay(0), verb, json!({})).await,
        }
    }

    /// Removes the block that has this night.
    async fn unblock(&self, number: u32, night: &str) -> Answer {
        let path = format!("/room-blocks?propertyId={PROPERTY}&roomId={}&from={night}", room(number));
        let block = self.desk().get(&path).await.data()[0].clone();
        let (path, tag) = (format!("/room-blocks/{}", block["id"].as_str().unwrap()), format!("\"{}\"", block["version"]));
        self.desk().send(Method::DELETE, &path, &[("If-Match", &tag)], Value::Null).await
    }

    /// The states of rooms, one after the other.
    async fn statuses(&self, numbers: &[&str]) -> String {
        let rooms = self.desk().get(&format!("/rooms?propertyId={PROPERTY}&limit=100")).await.data();
        let state = |number: &&str| {
            let room = rooms.as_array().unwrap().iter().find(|r| r["roomNumber"] == **number);
            room.expect("a room")["status"].as_str().unwrap().to_string()
        };
        numbers.iter().map(state).collect::<Vec<_>>().join(" ")
    }

    fn letter_of(&self, id: &Value) -> char {
        *self.stays.iter().find(|(_, stay)| stay["id"] == *id).expect("a stay of the drawing").0
    }

    fn night_of(&self, date: &Value) -> i32 {
        self.from.days_until(date.as_str().unwrap().parse().unwrap())
    }

    /// `ok`, or the code with what is in the way, the nights, or the field.
    fn outcome(&self, answer: &Answer) -> String {
        if answer.status < 300 {
            let warnings = answer.body["data"]["warnings"].as_array().into_iter().flatten();
            return warnings.fold("ok".to_string(), |text, w| format!("{text} {}", w["code"].as_str().unwrap()));
        }
        assert!(answer.status < 500, "{}", answer.body);
        let error = &answer.body["error"];
        let mut parts: Vec<String> = Vec::new();
        for conflict in error["facts"]["conflicts"].as_array().into_iter().flatten() {
            let sign = match conflict["reservationId"].is_null() {
                true => BLOCKS.iter().find(|(_, kind)| conflict["blockType"] == *kind).unwrap().0,
                false => self.letter_of(&conflict["reservationId"]),
            };
            parts.push(format!("{sign} {}–{}", self.night_of(&conflict["startDate"]), self.night_of(&conflict["endDate"])));
        }
        for night in error["facts"]["nights"].as_array().into_iter().flatten() {
            parts.push(format!("@{}", self.night_of(night)));
        }
        let faults = error["details"].as_array().into_iter().flatten();
        parts.extend(faults.map(|f| f["field"].as_str().unwrap().to_string()));
        let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        format!("{}{parts}", answer.code())
    }

    /// The rows as the calendar shows them.
    async fn drawn(&self) -> Vec<String> {
        let width = self.drawing.nights;
        let chart = self.desk().get(&format!("/calendar?propertyId={PROPERTY}&start={}&days={width}", self.from)).await.data();
        let list = |name: &str| chart[name].as_array().unwrap().clone();
        let mut rows: Vec<(String, Vec<char>)> = self.drawing.rows.iter().map(|r| (r.clone(), vec!['.'; width])).collect();
        let numbers: BTreeMap<String, String> = list("rooms")
            .iter()
            .map(|r| (r["id"].as_str().unwrap().to_string(), r["roomNumber"].as_str().unwrap().to_string()))
            .collect();
        for bar in list("bars").iter().chain(&list("blocks")) {
            let number = &numbers[bar["roomId"].as_str().unwrap()];
            let row = rows.iter_mut().find(|(row, _)| row == number);
            let (_, row) = row.unwrap_or_else(|| panic!("something is in room {number}, which is not drawn"));
            self.draw(row, bar, "startDate", "endDate");
        }
        let mut lanes: Vec<(String, Vec<char>)> = Vec::new();
        for stay in list("unassigned") {
            let lane = if stay["roomTypeId"] == STD { "STD" } else { "SUITE" };
            let (from, to) = (self.night_of(&stay["checkInDate"]).max(0) as usize, self.night_of(&stay["checkOutDate"]) as usize);
            let is_free = |row: &[char]| row[from..to.min(width)].iter().all(|c| *c == '.');
            let at = lanes.iter().position(|(name, row)| name == lane && is_free(row));
            let at = at.unwrap_or_else(|| {
                lanes.push((lane.to_string(), vec!['.'; width]));
                lanes.len() - 1
            });
            self.draw(&mut lanes[at].1, &stay, "checkInDate", "checkOutDate");
        }
        lanes.sort_by_key(|(name, _)| name != "STD");
        rows.into_iter().chain(lanes).map(|(name, row)| format!("{name} |{}", row.iter().collect::<String>())).collect()
    }

    fn draw(&self, row: &mut [char], what: &Value, start: &str, end: &str) {
        let sign = match what["reservationId"].is_null() {
            true => BLOCKS.iter().find(|(_, kind)| what["blockType"] == *kind).unwrap().0,
            false => {
                let letter = self.letter_of(&what["reservationId"]);
                match what["status"].as_str().unwrap() {
                    "CHECKED_IN" => letter.to_ascii_lowercase(),
                    "CHECKED_OUT" => '=',
                    _ => letter,
                }
            }
        };
        let nights = self.night_of(&what[start]).max(0) as usize..(self.night_of(&what[end]) as usize).min(row.len());
        for night in nights {
            assert_eq!(row[night], '.', "two in one cell: {what}");
            row[night] = sign;
        }
    }
}

/// What the client saw of a piece of the stay, from 1 on.
fn seen(stay: &Value, piece: usize) -> Value {
    match stay["rooms"].as_array().and_then(|rooms| rooms.get(piece - 1)) {
        Some(p) => json!({"roomId": p["roomId"], "checkInDate": p["from"], "checkOutDate": p["to"], "version": stay["version"]}),
        None => {
            json!({"roomId": null, "checkInDate": stay["checkInDate"], "checkOutDate": stay["checkOutDate"], "version": stay["version"]})
        }
    }
}
