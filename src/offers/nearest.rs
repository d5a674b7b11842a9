//! What can be sold, night by night, and what is nearest to something that cannot. Pure: of values alone.

use super::{
    facts::Facts,
    model::{OfferRefusal, OfferRule},
};
use crate::{
    inventory::count::{Night, why_house_full},
    kernel::{Day, RatePlanId, RoomTypeId, Stay},
    rates::Guests,
    reservations::{price::Tariff, rules::FARTHEST_ARRIVAL_DAYS},
    restrictions::{
        Sold,
        rules::{Merged, violations},
    },
};

/// How many days from what was asked another is looked for.
pub const REACH_DAYS: i32 = 14;

/// One type at one plan, over all dates that were read.
pub struct Shelf<'a> {
    pub room_type: RoomTypeId,
    pub tariff: Option<&'a Tariff>,
    pub guests: Guests<'a>,
    window: Stay,
    business_date: Day,
    left: Vec<Night>,
    /// Of each night and the departure after the last: what restrictions say. Empty when there are none.
    merged: Vec<Merged>,
    /// More adults, or more persons, than the type takes.
    crowd: Option<String>,
}

impl<'a> Shelf<'a> {
    pub fn of(facts: &'a Facts, plan: RatePlanId, index: usize, guests: Guests<'a>) -> Shelf<'a> {
        let room_type = &facts.types[index];
        let window = facts.counts.window;
        let whom = (Some(plan), Some(room_type.id));
        let dates = if facts.restrictions.is_empty() { Day::MIN.until(Day::MIN) } else { window.from.until(window.to.plus(1)) };
        let crowd = match (guests.adults, guests.children) {
            (adults, _) if adults > room_type.max_adults => {
                Some(format!("The type takes at most {} adults.", room_type.max_adults))
            }
            (adults, children) if adults + children > room_type.max_occupancy => {
                Some(format!("The type takes at most {} persons.", room_type.max_occupancy))
            }
            _ => None,
        };
        Shelf {
            room_type: room_type.id,
            tariff: facts.tariffs.get(&(plan, room_type.id)),
            guests,
            window,
            business_date: facts.business_date,
            left: facts.counts.nights(room_type.id).map(|(_, night)| night).collect(),
            merged: dates.map(|date| facts.restrictions.merged(whom, date)).collect(),
            crowd,
        }
    }

    fn at(&self, date: Day) -> Merged {
        let offset = usize::try_from(self.window.from.days_until(date)).ok();
        offset.and_then(|n| self.merged.get(n)).copied().unwrap_or_default()
    }

    fn night(&self, night: Day) -> Night {
        let offset = usize::try_from(self.window.from.days_until(night)).ok();
        offset.and_then(|n| self.left.get(n)).copied().unwrap_or_default()
    }

    fn left_on(&self, night: Day) -> i64 {
        self.night(night).available()
    }

    fn has_price(&self, night: Day) -> bool {
        self.tariff.is_some_and(|tariff| tariff.has(night))
    }

    pub fn rooms_left(&self, stay: Stay) -> i64 {
        stay.days().map(|night| self.left_on(night)).min().unwrap_or(0)
    }

    fn is_in_time(&self, stay: Stay) -> bool {
        (0..=FARTHEST_ARRIVAL_DAYS).contains(&self.business_date.days_until(stay.from))
    }

    /// Everything that stands against it.
    pub fn refusals(&self, stay: Stay) -> Vec<OfferRefusal> {
        let refused = |rule, date, message: String| OfferRefusal { rule, date, restriction: None, message };
        let mut all = Vec::new();
        if !self.is_in_time(stay) {
            let message = format!("An arrival is from {} on, and at most five years ahead.", self.business_date);
            all.push(refused(OfferRule::Arrival, Some(stay.from), message));
        }
        all.extend(self.crowd.clone().map(|message| refused(OfferRule::Occupancy, None, message)));
        if let Some(night) = stay.days().find(|night| !self.has_price(*night)) {
            all.push(refused(OfferRule::NoPrice, Some(night), format!("The plan has no price for {night}.")));
        }
        let sold = Sold { stay, on: self.business_date, was: None };
        all.extend(violations(|date| self.at(date), sold).into_iter().map(OfferRefusal::from));
        if let Some(night) = stay.days().find(|night| self.left_on(*night) < 1) {
            let message = match self.night(night) {
                of_type if of_type.left() < 1 => of_type.why_full(night, false),
                _ => why_house_full(night, false),
            };
            all.push(refused(OfferRule::NoAvailability, Some(night), message));
        }
        all
    }

    /// Whether a booking would be taken.
    pub fn sells(&self, stay: Stay) -> bool {
        self.crowd.is_none()
            && stay.from >= self.window.from
            && stay.to <= self.window.to
            && self.is_in_time(stay)
            && stay.days().all(|night| self.left_on(night) >= 1 && self.has_price(night))
            && (self.merged.is_empty()
                || violations(|date| self.at(date), Sold { stay, on: self.business_date, was: None }).is_empty())
    }

    /// The same length on the nearest other date; of two that are as near the later.
    pub fn nearest_date(&self, stay: Stay) -> Option<Stay> {
        let moved = |days: i32| stay.starting(stay.from.plus(days));
        (1..=REACH_DAYS).flat_map(|n| [n, -n]).map(moved).find(|stay| self.sells(*stay))
    }

    /// The same arrival with the nearest other length; of two that are as near the longer.
    pub fn nearest_length(&self, stay: Stay) -> Option<Stay> {
        let ended = |days: i32| Stay { to: stay.to.plus(days), ..stay };
        (1..=REACH_DAYS).flat_map(|n| [n, -n]).map(ended).filter(|stay| stay.nights() >= 1).find(|stay| self.sells(*stay))
    }
}
