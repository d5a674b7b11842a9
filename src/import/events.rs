//! What happened, day by day, in the order in which a hotel lives its day. Pure.

use super::{SourceRow, source::Fate};
use crate::kernel::Day;

/// In the order of a day: rooms come free before they are given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Departure,
    Booking,
    Cancellation,
    Arrival,
    NoShow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub day: Day,
    pub kind: Kind,
    /// Index of the row.
    pub row: usize,
}

/// Everything that happened to these rows, in order. Rows without a night are left out.
pub(super) fn timeline(rows: &[SourceRow]) -> Vec<Event> {
    let mut events = Vec::with_capacity(rows.len() * 3);
    for (row, source) in rows.iter().enumerate() {
        let Some(stay) = source.stay else { continue };
        events.push(Event { day: source.booked_on, kind: Kind::Booking, row });
        match source.fate {
            Fate::Cancelled(day) => events.push(Event { day, kind: Kind::Cancellation, row }),
            Fate::NoShow => events.push(Event { day: stay.from, kind: Kind::NoShow, row }),
            Fate::CheckedOut => {
                events.push(Event { day: stay.from, kind: Kind::Arrival, row });
                events.push(Event { day: stay.to, kind: Kind::Departure, row });
            }
        }
    }
    events.sort_unstable();
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        import::Hotel,
        kernel::{Cents, Stay},
        reservations::model::Source,
    };

    fn row(lead: i32, arrival: i32, nights: i32, fate: Fate) -> SourceRow {
        let arrival = day(arrival);
        SourceRow {
            number: 1,
            hotel: Hotel::City,
            booked_on: arrival.plus(-lead),
            arrival,
            stay: Stay::new(arrival, arrival.plus(nights)).ok(),
            adults: 1,
            children: 0,
            country: "PRT".into(),
            source: Source::Direct,
            segment: None,
            source_ref: None,
            reserved_type: 'A',
            assigned_type: 'A',
            rate: Cents(0),
            fate,
        }
    }
    fn day(n: i32) -> Day {
        Day::new(2016, 5, 1).unwrap().plus(n)
    }

    #[test]
    fn a_day_frees_rooms_before_it_gives_them() {
        use Kind::*;
        let rows = [
            row(5, 5, 2, Fate::CheckedOut),
            row(7, 7, 1, Fate::Cancelled(day(7))),
            row(0, 7, 1, Fate::CheckedOut),
            row(1, 7, 0, Fate::CheckedOut),
            row(2, 7, 3, Fate::NoShow),
        ];
        let on_the_seventh: Vec<_> = timeline(&rows).into_iter().filter(|e| e.day == day(7)).map(|e| (e.kind, e.row)).collect();
        assert_eq!(on_the_seventh, [(Departure, 0), (Booking, 2), (Cancellation, 1), (Arrival, 2), (NoShow, 4)]);
        assert_eq!(timeline(&rows).len(), 3 + 2 + 3 + 2);
    }
}
