//! The truth tables of restrictions. Each begins with a rule; below it who says what, date by date, and stays with what comes of them.
//!
//! ```text
//! minStayArrival
//! house |..3....     the whole house: a digit or x (yes) and o (no); . says nothing
//! type  |.......     a type, a plan, and that plan in that type (both)
//!       |..==D..     a stay: its nights, and D the date of departure            MIN_STAY_ARRIVAL 3 @2 PROPERTY
//!       |..==D.. -> ..===D.     a stay that is booked, and what it becomes      ok
//! today |.......     t is the business date, for the rules of advance; the first date when it is not drawn
//! ```
//! The test draws what really comes and compares the two texts.

use oppsera_pms::{
    kernel::{Day, RatePlanId, RestrictionId, RoomTypeId, Stay},
    restrictions::{
        Restrictions, Rule, Sold,
        model::{Restraints, Restriction, Whom},
    },
};
use ulid::Ulid;

const PLAN: RatePlanId = RatePlanId(Ulid(1));
const TYPE: RoomTypeId = RoomTypeId(Ulid(2));

fn day(n: usize) -> Day {
    "2027-03-01".parse::<Day>().unwrap().plus(n as i32)
}

fn stay(drawing: &str) -> Stay {
    let from = drawing.find('=').expect("a night");
    Stay { from: day(from), to: day(drawing.find('D').expect("a departure")) }
}

fn whom(name: &str) -> Whom {
    match name {
        "house" => (None, None),
        "type" => (None, Some(TYPE)),
        "plan" => (Some(PLAN), None),
        "both" => (Some(PLAN), Some(TYPE)),
        // Those of others are not asked.
        "other" => (Some(RatePlanId(Ulid(9))), Some(TYPE)),
        _ => panic!("who is {name}?"),
    }
}

#[derive(Default)]
struct Table {
    rule: Option<Rule>,
    said: Vec<Restriction>,
    today: usize,
}

impl Table {
    fn say(&mut self, name: &str, drawing: &str) {
        for (n, sign) in drawing.chars().enumerate().filter(|(_, sign)| *sign != '.') {
            let value = match sign {
                'x' => 1,
                'o' => 0,
                digit => digit.to_digit(10).expect("a digit") as i32,
            };
            let mut restraints = Restraints::default();
            restraints.say(self.rule.expect("a rule above"), Some(value));
            let id = RestrictionId(Ulid(self.said.len() as u128));
            self.said.push(Restriction { id, whom: whom(name), date: day(n), restraints });
        }
    }

    fn judge(&self, line: &str) -> String {
        let restrictions: Restrictions = self.said.iter().copied().collect();
        let (was, is) = match line.split_once(" -> ") {
            Some((was, is)) => (Some(stay(was)), stay(is)),
            None => (None, stay(line)),
        };
        let broken = restrictions.broken_by(PLAN, TYPE, Sold { stay: is, on: day(self.today), was });
        let one = |v: &oppsera_pms::restrictions::Violation| {
            let by = self.said.iter().find(|r| r.id == v.restriction_id).expect("a row is named");
            assert!(v.message.contains(&v.date.to_string()) && by.restraints.says(v.rule).is_some(), "{v:?}");
            let limit = v.limit.map_or(String::new(), |n| format!(" {n}"));
            format!("{}{limit} @{} {}", word(&v.rule), day(0).days_until(v.date), word(&v.scope))
        };
        let told: Vec<String> = broken.iter().map(one).collect();
        if told.is_empty() { "ok".into() } else { told.join(", ") }
    }
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_string()
}

#[track_caller]
fn plays(text: &str) {
    let mut table = Table::default();
    let mut played = String::new();
    for line in text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()) {
        let line = line.strip_prefix("        ").unwrap_or(line);
        let drawn = match line.split_once('|') {
            None => {
                let rule = Rule::ALL.iter().find(|rule| rule.field() == line.trim()).unwrap_or_else(|| panic!("no rule: {line}"));
                table = Table { rule: Some(*rule), ..Table::default() };
                line.to_string()
            }
            Some((name, rest)) if name.trim().is_empty() => {
                let asked = rest.split("   ").next().unwrap_or_default().trim_end();
                format!("{:<32}{}", format!("{name}|{asked}"), table.judge(asked))
            }
            Some(("today ", drawing)) => {
                table.today = drawing.find('t').expect("a day");
                line.to_string()
            }
            Some((name, drawing)) => {
                table.say(name.trim(), drawing);
                line.to_string()
            }
        };
        played += &format!("{drawn}\n");
    }
    let asked: String = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| format!("{}\n", l.trim_end().strip_prefix("        ").unwrap_or(l)))
        .collect();
    assert_eq!(played, asked, "\n{played}");
}

#[test]
fn a_closed_night_is_in_no_stay() {
    plays(
        "
        isClosed
        house |..x....
              |==D....                  ok
              |.=D....                  ok
              |.==D...                  CLOSED @2 PROPERTY
              |..=D...                  CLOSED @2 PROPERTY
              |...=D..                  ok
        isClosed
        house |..xx...
              |.====D.                  CLOSED @2 PROPERTY, CLOSED @3 PROPERTY",
    );
}

#[test]
fn closed_to_arrival_is_about_the_first_night_alone() {
    plays(
        "
        closedToArrival
        house |..x....
              |..==D..                  CLOSED_TO_ARRIVAL @2 PROPERTY
              |.===D..                  ok
              |=D.....                  ok
              |.=D....                  ok",
    );
}

/// Trap 32.
#[test]
fn closed_to_departure_is_about_the_date_of_departure_which_is_no_night() {
    plays(
        "
        closedToDeparture
        house |...x...
              |.==D...                  CLOSED_TO_DEPARTURE @3 PROPERTY
              |..==D..                  ok
              |...=D..                  ok
              |.=D....                  ok",
    );
}

#[test]
fn the_stay_on_arrival_counts_where_it_begins() {
    plays(
        "
        minStayArrival
        house |..3....
              |..==D..                  MIN_STAY_ARRIVAL 3 @2 PROPERTY
              |..===D.                  ok
              |.==D...                  ok
              |...=D..                  ok
        maxStayArrival
        house |..2....
              |..==D..                  ok
              |..===D.                  MAX_STAY_ARRIVAL 2 @2 PROPERTY
              |.====D.                  ok",
    );
}

#[test]
fn the_stay_through_counts_on_any_night_and_the_strictest_counts() {
    plays(
        "
        minStayThrough
        house |..3.4..
              |.==D...                  MIN_STAY_THROUGH 3 @2 PROPERTY
              |.===D..                  ok
              |..===D.                  MIN_STAY_THROUGH 4 @4 PROPERTY
              |.====D.                  ok
              |==D....                  ok
              |...=D..                  ok
        maxStayThrough
        house |..3.1..
              |.===D..                  ok
              |====D..                  MAX_STAY_THROUGH 3 @2 PROPERTY
              |...==D.                  MAX_STAY_THROUGH 1 @4 PROPERTY
              |..===D.                  MAX_STAY_THROUGH 1 @4 PROPERTY
              |....=D.                  ok",
    );
}

#[test]
fn advance_is_counted_from_the_business_date_to_the_arrival() {
    plays(
        "
        minAdvanceDays
        today |.t.....
        house |..2333.
              |..=D...                  MIN_ADVANCE 2 @2 PROPERTY
              |...=D..                  MIN_ADVANCE 3 @3 PROPERTY
              |....=D.                  ok
        maxAdvanceDays
        today |.t.....
        house |.0.11..
              |.=D....                  ok
              |..=D...                  ok
              |...=D..                  MAX_ADVANCE 1 @3 PROPERTY",
    );
}

#[test]
fn who_is_more_specific_has_the_last_word() {
    plays(
        "
        minStayArrival
        house |3333.3333
        type  |.2.2..2..
        plan  |..4.4.44.
        both  |......5.1
              |=D.......                MIN_STAY_ARRIVAL 3 @0 PROPERTY
              |.=D......                MIN_STAY_ARRIVAL 2 @1 ROOM_TYPE
              |..=D.....                MIN_STAY_ARRIVAL 4 @2 RATE_PLAN
              |...=D....                MIN_STAY_ARRIVAL 2 @3 ROOM_TYPE
              |....=D...                MIN_STAY_ARRIVAL 4 @4 RATE_PLAN
              |.....=D..                MIN_STAY_ARRIVAL 3 @5 PROPERTY
              |......=D.                MIN_STAY_ARRIVAL 5 @6 RATE_PLAN_AND_ROOM_TYPE
              |.......=D                MIN_STAY_ARRIVAL 4 @7 RATE_PLAN
              |........=D               ok
        isClosed
        house |x.x.x.x.x
        type  |.x.o.xo..
        plan  |oo..xo.x.
        both  |....ox..o
        other |.......xx
              |=D.......                ok
              |.=D......                ok
              |..=D.....                CLOSED @2 PROPERTY
              |...=D....                ok
              |....=D...                ok
              |.....=D..                CLOSED @5 RATE_PLAN_AND_ROOM_TYPE
              |......=D.                ok
              |.......=D                CLOSED @7 RATE_PLAN
              |........=D               ok",
    );
}

#[test]
fn what_was_sold_stays_sold_and_only_what_becomes_new_or_worse_is_judged() {
    plays(
        "
        isClosed
        house |..xx...
              |.==D... -> .===D..       CLOSED @3 PROPERTY
              |.==D... -> .=D....       ok
              |.==D... -> ===D...       ok
              |==D.... -> .==D...       CLOSED @2 PROPERTY
        closedToArrival
        house |.x.x...
              |.==D... -> .===D..       ok
              |..=D... -> .==D...       CLOSED_TO_ARRIVAL @1 PROPERTY
        closedToDeparture
        house |...x...
              |.==D... -> ..=D...       ok
              |.=D.... -> .==D...       CLOSED_TO_DEPARTURE @3 PROPERTY
        minStayArrival
        house |.44....
              |.==D... -> .===D..       ok
              |.===D.. -> .==D...       MIN_STAY_ARRIVAL 4 @1 PROPERTY
              |.===D.. -> ..==D..       MIN_STAY_ARRIVAL 4 @2 PROPERTY
        maxStayArrival
        house |.1.....
              |.===D.. -> .==D...       ok
              |.==D... -> .===D..       MAX_STAY_ARRIVAL 1 @1 PROPERTY
        minStayThrough
        house |.9.7...
              |.==D... -> .===D..       MIN_STAY_THROUGH 7 @3 PROPERTY
              |.===D.. -> .==D...       MIN_STAY_THROUGH 9 @1 PROPERTY
              |.=D.... -> .==D...       ok
        maxStayThrough
        house |..1....
              |.===D.. -> .==D...       ok
              |.==D... -> .===D..       MAX_STAY_THROUGH 1 @2 PROPERTY
        minAdvanceDays
        house |99.....
              |.==D... -> .===D..       ok
              |.==D... -> ===D...       MIN_ADVANCE 9 @0 PROPERTY",
    );
}
