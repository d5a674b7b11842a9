//! A stay: a half-open range of nights.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Day;

/// The nights from `from` up to but not including `to`. At least one night, at most [`Stay::MAX_NIGHTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Stay {
    pub from: Day,
    pub to: Day,
}

impl Stay {
    /// Two years: longer stays are leases.
    pub const MAX_NIGHTS: i32 = 731;

    /// Errors: the rule that is broken.
    pub fn new(from: Day, to: Day) -> Result<Stay, &'static str> {
        match from.days_until(to) {
            ..=0 => Err("must be after the arrival: a stay has at least one night"),
            n if n > Self::MAX_NIGHTS => Err("must be at most 731 nights after the arrival"),
            _ => Ok(Stay { from, to }),
        }
    }

    pub fn nights(self) -> i32 {
        self.from.days_until(self.to)
    }

    pub fn days(self) -> impl Iterator<Item = Day> {
        self.from.until(self.to)
    }

    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    pub fn overlaps(self, other: Stay) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// The nights of both, if there are any.
    pub fn overlap(self, other: Stay) -> Option<Stay> {
        self.overlaps(other).then(|| Stay { from: self.from.max(other.from), to: self.to.min(other.to) })
    }

    /// The same length, beginning on `from`.
    pub fn starting(self, from: Day) -> Stay {
        Stay { from, to: from.plus(self.nights()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(from: &str, to: &str) -> Stay {
        Stay::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_departure_is_not_a_night() {
        let a = stay("2027-02-10", "2027-02-12");
        let b = stay("2027-02-12", "2027-02-13");
        assert_eq!(a.nights(), 2);
        assert!(!a.overlaps(b) && !a.contains(a.to));
        assert_eq!(a.overlap(stay("2027-02-11", "2027-02-20")), Some(stay("2027-02-11", "2027-02-12")));
    }

    #[test]
    fn reversed_empty_and_endless_ranges_are_refused() {
        let day: Day = "2027-02-10".parse().unwrap();
        assert!(
            Stay::new(day, day).is_err() && Stay::new(day, day.plus(-1)).is_err() && Stay::new(day, day.plus(10_000)).is_err()
        );
    }
}
