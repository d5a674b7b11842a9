//! Time and identity are handed in: a test stops the clock and knows every id. The one place that reads the system's.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use jiff::{Timestamp, tz::TimeZone};
use ulid::Ulid;

use super::Day;

/// The time of the system, or one that a test sets.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    Stopped(Arc<AtomicI64>),
}

impl Clock {
    pub fn stopped_at(at: Timestamp) -> Clock {
        Clock::Stopped(Arc::new(AtomicI64::new(at.as_millisecond())))
    }

    #[allow(clippy::disallowed_methods, reason = "the one reader of the system's clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            // The database keeps microseconds; so does every instant of ours.
            Clock::System => Timestamp::from_microsecond(Timestamp::now().as_microsecond()).unwrap_or(Timestamp::UNIX_EPOCH),
            Clock::Stopped(at) => Timestamp::from_millisecond(at.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH),
        }
    }

    /// Moves a stopped clock on; the system's goes by itself.
    pub fn advance(&self, by: std::time::Duration) {
        if let Clock::Stopped(at) = self {
            at.fetch_add(by.as_millis() as i64, Ordering::Relaxed);
        }
    }
}

/// The civil day in a zone. `None` for a name that the tz database does not have.
pub fn day_in(at: Timestamp, zone: &str) -> Option<Day> {
    let zone = TimeZone::get(zone).ok()?;
    Some(Day::from(at.to_zoned(zone).date()))
}

/// Makes ids: ULIDs that grow within the process, or a seeded sequence for tests.
#[derive(Clone)]
pub enum Ids {
    Random(Arc<Mutex<ulid::Generator>>),
    Seeded(Arc<AtomicU64>),
}

impl Default for Ids {
    fn default() -> Ids {
        Ids::Random(Arc::new(Mutex::new(ulid::Generator::new())))
    }
}

impl Ids {
    pub fn seeded(from: u64) -> Ids {
        Ids::Seeded(Arc::new(AtomicU64::new(from)))
    }

    pub fn next(&self, at: Timestamp) -> Ulid {
        let millis = at.as_millisecond().max(0) as u64;
        match self {
            Ids::Random(generator) => {
                let mut generator = generator.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let time = std::time::UNIX_EPOCH + std::time::Duration::from_millis(millis);
                generator.generate_from_datetime(time).unwrap_or_else(|_| Ulid::from_parts(millis, random_u128()))
            }
            Ids::Seeded(next) => Ulid::from_parts(millis, u128::from(next.fetch_add(1, Ordering::Relaxed))),
        }
    }
}

fn random_u128() -> u128 {
    u128::from_le_bytes(random_bytes())
}

/// Random bytes from the operating system, for tokens and ids.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
