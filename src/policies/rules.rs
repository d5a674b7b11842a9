//! What a policy asks for, and when. Pure: of values alone.

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::model::{AmountKind, CancellationTerms, DepositTerms, PolicyAmount, Tier, TierUnit};
use crate::kernel::{Cents, Day};

impl PolicyAmount {
    /// Of nights that cost so much each. Never below zero: an import may have nights that do.
    pub fn of(&self, nights: &[Cents]) -> Cents {
        let whole: Cents = nights.iter().copied().sum();
        let asked = match self.kind {
            AmountKind::Nothing => Cents(0),
            AmountKind::Percent => self.percent.map_or(Cents(0), |percent| percent.of(whole)),
            AmountKind::Nights => nights.iter().copied().take(self.nights.unwrap_or(0).max(0) as usize).sum(),
            AmountKind::Fixed => self.amount_cents.unwrap_or(Cents(0)),
            AmountKind::WholeStay => whole,
        };
        asked.max(Cents(0))
    }
}

impl DepositTerms {
    /// Of a booking, whose nights cost so much with taxes and fees. Never more than that.
    pub fn asked(&self, nights: &[Cents]) -> Cents {
        let whole: Cents = nights.iter().copied().sum();
        self.amount.of(nights).min(whole).max(Cents(0))
    }

    /// The business date on which it is due: never before the booking.
    pub fn due_on(&self, booked_on: Day, arrival: Day) -> Day {
        self.days_before_arrival.map_or(booked_on, |days| arrival.plus(-days).max(booked_on))
    }
}

impl Tier {
    /// The last instant at which it counts. An hour that the clocks leave out is the one after it, an hour that comes twice the first.
    pub fn deadline(&self, arrival: Day, zone: &TimeZone) -> Timestamp {
        let instant = |day: Day| {
            let at = day.date().to_datetime(self.at).to_zoned(zone.clone());
            at.map_or(Timestamp::MIN, |zoned| zoned.timestamp())
        };
        match self.unit {
            TierUnit::Days => instant(arrival.plus(-self.before)),
            TierUnit::Hours => instant(arrival).checked_sub(i64::from(self.before).hours()).unwrap_or(Timestamp::MIN),
        }
    }
}

/// What a cancellation costs for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// After this instant; none: from the booking on.
    pub after: Option<Timestamp>,
    /// Up to and with this one; none: for good.
    pub until: Option<Timestamp>,
    /// The deadline; none: all have passed.
    pub tier: Option<Tier>,
    pub fee: PolicyAmount,
}

impl CancellationTerms {
    /// One after the other. A deadline that a change of the clocks puts before the one ahead of it counts for no time.
    pub fn steps(&self, arrival: Day, zone: &TimeZone) -> Vec<Step> {
        let mut after = None;
        let mut steps = Vec::with_capacity(self.tiers.len() + 1);
        for tier in &self.tiers {
            let until = tier.deadline(arrival, zone);
            if after.is_none_or(|after| after < until) {
                steps.push(Step { after, until: Some(until), tier: Some(*tier), fee: tier.fee });
                after = Some(until);
            }
        }
        steps.push(Step { after, until: None, tier: None, fee: self.afterwards });
        steps
    }

    /// What counts at an instant.
    pub fn step_at(&self, arrival: Day, zone: &TimeZone, now: Timestamp) -> Step {
        let steps = self.steps(arrival, zone);
        let last = Step { after: None, until: None, tier: None, fee: self.afterwards };
        steps.into_iter().find(|step| step.until.is_none_or(|until| now <= until)).unwrap_or(last)
    }
}

/// The zone of a property; a name that nobody knows was refused when it was set.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> PolicyAmount {
        let none = PolicyAmount { kind: AmountKind::Nothing, percent: None, nights: None, amount_cents: None };
        match text.split_once(' ') {
            None if text == "free" => none,
            None => PolicyAmount { kind: AmountKind::WholeStay, ..none },
            Some((n, "%")) => PolicyAmount { kind: AmountKind::Percent, percent: Some(n.parse().unwrap()), ..none },
            Some((n, "nights")) => PolicyAmount { kind: AmountKind::Nights, nights: Some(n.parse().unwrap()), ..none },
            Some((n, _)) => PolicyAmount { kind: AmountKind::Fixed, amount_cents: Some(Cents(n.parse().unwrap())), ..none },
        }
    }

    /// `2 d 18:00 free` is free of charge until 18:00 two days before.
    fn tier(text: &str) -> Tier {
        let mut words = text.splitn(4, ' ');
        let mut word = || words.next().unwrap();
        let before = word().parse().unwrap();
        let unit = if word() == "d" { TierUnit::Days } else { TierUnit::Hours };
        Tier { unit, before, at: word().parse().unwrap(), fee: amount(word()) }
    }

    fn terms(text: &str) -> CancellationTerms {
        let mut parts: Vec<&str> = text.split(" | ").collect();
        let afterwards = amount(parts.pop().unwrap());
        CancellationTerms { tiers: parts.into_iter().map(tier).collect(), afterwards }
    }

    /// The zone, the day of arrival, the tier, and the instant in Greenwich.
    #[test]
    fn deadlines_are_local_hours_of_days_of_any_length() {
        let table = "
            America/New_York     2027-02-10  2 d 18:00    2027-02-08T23:00:00Z
            America/New_York     2027-03-14  1 d 18:00    2027-03-13T23:00:00Z   the day before the clocks go forward
            America/New_York     2027-03-14  0 d 18:00    2027-03-14T22:00:00Z   and on the day
            America/New_York     2027-03-15  1 d 02:30    2027-03-14T07:30:00Z   an hour that is left out: the one after it
            America/New_York     2027-11-08  1 d 01:30    2027-11-07T05:30:00Z   an hour that comes twice: the first
            America/New_York     2027-03-14  24 h 15:00   2027-03-13T19:00:00Z   24 hours pass: 14:00 of the day before
            America/New_York     2027-11-07  24 h 15:00   2027-11-06T20:00:00Z   16:00 of the day before
            Europe/Lisbon        2027-03-28  48 h 00:00   2027-03-26T00:00:00Z
            Australia/Lord_Howe  2027-10-03  1 d 12:00    2027-10-02T01:30:00Z   half an hour of summer
            Australia/Lord_Howe  2027-10-04  24 h 12:00   2027-10-03T01:00:00Z
            Pacific/Apia         2011-12-31  1 d 18:00    2011-12-31T04:00:00Z   a day that did not exist
            Asia/Beirut          2027-03-29  1 d 00:00    2027-03-27T22:00:00Z   a midnight that does not exist
            Pacific/Kiritimati   2027-02-10  0 d 18:00    2027-02-10T04:00:00Z
            Asia/Kathmandu       2027-02-10  0 h 15:00    2027-02-10T09:15:00Z
        ";
        for line in table.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let tier = tier(&format!("{} {} {} free", words[2], words[3], words[4]));
            let deadline = tier.deadline(words[1].parse().unwrap(), &zone(words[0]));
            assert_eq!(deadline.to_string(), words[5], "{line}");
        }
    }

    /// What is cancelled when, in New York, and what three nights of 100.00, 150.00 and 120.01 cost then.
    #[test]
    fn the_first_deadline_that_has_not_passed_counts() {
        let nights = [Cents(100_00), Cents(150_00), Cents(120_01)];
        let table = "
            7 d 18:00 free | 1 d 18:00 1 nights | 0 d 12:00 50 % | whole
              2027-05-01T00:00:00Z  0
              2027-06-03T22:00:00Z  0       the very second
              2027-06-03T22:00:01Z  10000
              2027-06-09T22:00:00Z  10000
              2027-06-09T22:00:01Z  18501   half of 370.01, half up
              2027-06-10T16:00:00Z  18501
              2027-06-10T16:00:01Z  37001
              2027-07-01T00:00:00Z  37001
            48 h 15:00 free | 9999 fixed
              2027-06-08T19:00:00Z  0
              2027-06-08T19:00:01Z  9999
            whole
              2027-01-01T00:00:00Z  37001
            3 d 00:00 33.333333 % | 5 nights
              2027-06-07T04:00:00Z  12334   123.33666
              2027-06-07T04:00:01Z  37001   no more nights than there are
        ";
        let mut policy = terms("free");
        for line in table.lines().filter(|l| !l.trim().is_empty()) {
            if line.starts_with("              ") {
                let mut words = line.split_whitespace();
                let now = words.next().unwrap().parse().unwrap();
                let step = policy.step_at("2027-06-10".parse().unwrap(), &zone("America/New_York"), now);
                assert_eq!(step.fee.of(&nights).0.to_string(), words.next().unwrap(), "{line}");
            } else {
                policy = terms(line.trim());
            }
        }
    }

    /// Twelve hours before noon is before midnight on a day of 23 hours: the tier after it comes to nothing, and nothing is skipped.
    #[test]
    fn a_deadline_that_falls_before_another_counts_for_no_time() {
        let policy = terms("1 d 23:30 free | 12 h 12:00 10 % | whole");
        let steps = policy.steps("2027-03-14".parse().unwrap(), &zone("America/New_York"));
        let untils: Vec<Option<String>> = steps.iter().map(|s| s.until.map(|u| u.to_string())).collect();
        assert_eq!(untils, [Some("2027-03-14T04:30:00Z".to_string()), None]);
        assert_eq!(policy.steps("2027-03-15".parse().unwrap(), &zone("America/New_York")).len(), 3);
    }

    #[test]
    fn a_deposit_is_due_in_time_and_never_more_than_the_stay() {
        let day = |d: &str| d.parse::<Day>().unwrap();
        let nights = [Cents(110_00), Cents(90_01)];
        let deposit = |what: &str, days| DepositTerms { amount: amount(what), days_before_arrival: days };
        for (what, cents) in
            [("30 %", 60_00), ("1 nights", 110_00), ("5000 fixed", 50_00), ("50000 fixed", 200_01), ("whole", 200_01)]
        {
            assert_eq!(deposit(what, None).asked(&nights), Cents(cents), "{what}");
        }
        let due = |days| deposit("whole", days).due_on(day("2027-02-01"), day("2027-02-20")).to_string();
        assert_eq!(
            [due(None), due(Some(14)), due(Some(30)), due(Some(0))],
            ["2027-02-01", "2027-02-06", "2027-02-01", "2027-02-20"]
        );
    }
}
