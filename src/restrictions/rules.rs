//! How restrictions are merged, and what a stay breaks. Pure: of values alone.
//!
//! The order is property, type, plan, plan and type: each says field by field what it says, and what it leaves open stays as the
//! one before it said. `docs/decisions/restrictions-are-merged.md` tells why a plan is more specific than a type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Restraints, Violation, Whom};
use crate::kernel::{Day, RestrictionId, Stay};

/// The rules, in the order in which a refusal names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = RestrictionRule)]
pub enum Rule {
    Closed,
    ClosedToArrival,
    ClosedToDeparture,
    MinStayArrival,
    MaxStayArrival,
    MinStayThrough,
    MaxStayThrough,
    MinAdvance,
    MaxAdvance,
}

impl Rule {
    pub const ALL: &'static [Rule] = &[
        Rule::Closed,
        Rule::ClosedToArrival,
        Rule::ClosedToDeparture,
        Rule::MinStayArrival,
        Rule::MaxStayArrival,
        Rule::MinStayThrough,
        Rule::MaxStayThrough,
        Rule::MinAdvance,
        Rule::MaxAdvance,
    ];

    /// Its name in a request.
    pub fn field(self) -> &'static str {
        match self {
            Rule::Closed => "isClosed",
            Rule::ClosedToArrival => "closedToArrival",
            Rule::ClosedToDeparture => "closedToDeparture",
            Rule::MinStayArrival => "minStayArrival",
            Rule::MaxStayArrival => "maxStayArrival",
            Rule::MinStayThrough => "minStayThrough",
            Rule::MaxStayThrough => "maxStayThrough",
            Rule::MinAdvance => "minAdvanceDays",
            Rule::MaxAdvance => "maxAdvanceDays",
        }
    }

    /// It allows so much and no more; the others ask for so much.
    fn is_most(self) -> bool {
        matches!(self, Rule::MaxStayArrival | Rule::MaxStayThrough | Rule::MaxAdvance)
    }

    /// What may be set; `None` for those that are yes or no.
    pub fn range(self) -> Option<(i32, i32)> {
        match self {
            Rule::Closed | Rule::ClosedToArrival | Rule::ClosedToDeparture => None,
            Rule::MinAdvance | Rule::MaxAdvance => Some((0, 1830)),
            _ => Some((1, Stay::MAX_NIGHTS)),
        }
    }
}

/// Who said it, the most general first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = RestrictionScope)]
pub enum Scope {
    Property,
    RoomType,
    RatePlan,
    RatePlanAndRoomType,
}

impl Scope {
    pub fn of((plan, room_type): Whom) -> Scope {
        match (plan, room_type) {
            (None, None) => Scope::Property,
            (None, Some(_)) => Scope::RoomType,
            (Some(_), None) => Scope::RatePlan,
            (Some(_), Some(_)) => Scope::RatePlanAndRoomType,
        }
    }

    /// Everyone who may say something for a plan and a type, the most general first.
    pub fn upwards((plan, room_type): Whom) -> impl Iterator<Item = (Scope, Whom)> {
        let all = [(None, None), (None, room_type), (plan, None), (plan, room_type)];
        let given = move |(n, whom): &(usize, Whom)| !all[..*n].contains(whom);
        all.into_iter().enumerate().filter(given).map(|(_, whom)| (Scope::of(whom), whom))
    }

    fn named(self) -> &'static str {
        match self {
            Scope::Property => "the house",
            Scope::RoomType => "this room type",
            Scope::RatePlan => "this rate plan",
            Scope::RatePlanAndRoomType => "this rate plan in this room type",
        }
    }
}

/// A value and who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub value: i32,
    pub scope: Scope,
    pub by: RestrictionId,
}

/// What counts on one date, rule by rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged([Option<Said>; 9]);

impl Merged {
    pub fn get(&self, rule: Rule) -> Option<Said> {
        self.0[rule as usize]
    }

    /// The values, and who said each.
    pub fn said(&self) -> (Restraints, BTreeMap<&'static str, Scope>) {
        let (mut restraints, mut by) = (Restraints::default(), BTreeMap::new());
        for rule in Rule::ALL {
            if let Some(said) = self.get(*rule) {
                restraints.say(*rule, Some(said.value));
                by.insert(rule.field(), said.scope);
            }
        }
        (restraints, by)
    }

    /// Whether one of the rules that are yes or no says yes.
    fn forbids(&self, rule: Rule) -> Option<Said> {
        self.get(rule).filter(|said| said.value != 0)
    }

    /// Lays what a more specific one says over it.
    pub fn lay(&mut self, restraints: &Restraints, who: Said) {
        for rule in Rule::ALL {
            if let Some(value) = restraints.says(*rule) {
                self.0[*rule as usize] = Some(Said { value, ..who });
            }
        }
    }
}

/// A stay that is sold, or changed.
#[derive(Clone, Copy, Debug)]
pub struct Sold {
    pub stay: Stay,
    /// The business date on which it is.
    pub on: Day,
    /// What it was before, when plan and type stay: what was sold stays sold, and only what becomes new or worse is judged.
    pub was: Option<Stay>,
}

/// Everything that the stay breaks, in the order of the rules. `at` answers what counts on a date.
pub fn violations(at: impl Fn(Day) -> Merged, sold: Sold) -> Vec<Violation> {
    let Sold { stay, on, was } = sold;
    let is_same = |of: fn(Stay) -> Day| was.is_some_and(|was| of(was) == of(stay));
    let (same_arrival, same_departure) = (is_same(|s| s.from), is_same(|s| s.to));
    let shrinks = was.is_none_or(|was| stay.nights() < was.nights());
    let grows = was.is_none_or(|was| stay.nights() > was.nights());
    let is_new = |night: &Day| was.is_none_or(|was| !was.contains(*night));

    let mut broken = Vec::new();
    for night in stay.days().filter(is_new) {
        broken.extend(at(night).forbids(Rule::Closed).map(|said| told(Rule::Closed, night, said)));
    }
    let arrival = at(stay.from);
    if !same_arrival {
        broken.extend(arrival.forbids(Rule::ClosedToArrival).map(|said| told(Rule::ClosedToArrival, stay.from, said)));
    }
    if !same_departure {
        let departure = at(stay.to);
        broken.extend(departure.forbids(Rule::ClosedToDeparture).map(|said| told(Rule::ClosedToDeparture, stay.to, said)));
    }
    let mut count = |rule: Rule, date: Day, said: Option<Said>, n: i32| {
        let is_broken = |said: &Said| if rule.is_most() { n > said.value } else { n < said.value };
        broken.extend(said.filter(is_broken).map(|said| told(rule, date, said)));
    };
    if !same_arrival || shrinks {
        count(Rule::MinStayArrival, stay.from, arrival.get(Rule::MinStayArrival), stay.nights());
    }
    if !same_arrival || grows {
        count(Rule::MaxStayArrival, stay.from, arrival.get(Rule::MaxStayArrival), stay.nights());
    }
    for (rule, is_worse) in [(Rule::MinStayThrough, shrinks), (Rule::MaxStayThrough, grows)] {
        let judged = stay.days().filter(|night| is_worse || is_new(night));
        let strict = |(_, said): &(Day, Said)| if rule.is_most() { said.value } else { -said.value };
        // Of equally strict nights the first is named.
        if let Some((night, said)) = judged.filter_map(|night| Some((night, at(night).get(rule)?))).min_by_key(strict) {
            count(rule, night, Some(said), stay.nights());
        }
    }
    if !same_arrival {
        let ahead = on.days_until(stay.from);
        count(Rule::MinAdvance, stay.from, arrival.get(Rule::MinAdvance), ahead);
        count(Rule::MaxAdvance, stay.from, arrival.get(Rule::MaxAdvance), ahead);
    }
    broken
}

fn told(rule: Rule, date: Day, said: Said) -> Violation {
    let (n, whom) = (said.value, said.scope.named());
    let message = match rule {
        Rule::Closed => format!("The night of {date} is closed for {whom}."),
        Rule::ClosedToArrival => format!("No stay may begin on {date}: closed to arrival for {whom}."),
        Rule::ClosedToDeparture => format!("No stay may end on {date}: closed to departure for {whom}."),
        Rule::MinStayArrival => format!("A stay that begins on {date} has at least {n} nights for {whom}."),
        Rule::MaxStayArrival => format!("A stay that begins on {date} has at most {n} nights for {whom}."),
        Rule::MinStayThrough => format!("A stay over the night of {date} has at least {n} nights for {whom}."),
        Rule::MaxStayThrough => format!("A stay over the night of {date} has at most {n} nights for {whom}."),
        Rule::MinAdvance => format!("A stay that begins on {date} is booked at least {n} days ahead for {whom}."),
        Rule::MaxAdvance => format!("A stay that begins on {date} is booked at most {n} days ahead for {whom}."),
    };
    Violation { rule, date, limit: rule.range().map(|_| n), restriction_id: said.by, scope: said.scope, message }
}
