//! Lives the days of a hotel: many events in one operation, each by the use case that the API calls.

use std::{collections::HashMap, time::Instant};

use anyhow::Context;

use super::{
    Hotel, HotelReport, Opened, SourceRow,
    events::{Event, Kind, timeline},
    hotel::Names,
    house::House,
    report::{Stored, Tally, ZeroNights, per_second},
    source::Fate,
};
use crate::{
    calendar, call,
    day_close::{
        model::{Arrivals, Departures},
        run::close_in,
    },
    db::{Fail, Result},
    inventory::day::roll_business_date,
    kernel::{Code, Day, Refusal, ReservationId, RoomId, TenantId},
    op::{Op, Store},
    reservations::{
        Booking, Status,
        book::{self, NewReservation, Terms},
        cancel, check_in, check_out,
        fees::FeeChoice,
        model::PrimaryGuest,
        store,
    },
    rooms::{self, model::RoomStatus, status, wishes::Wishes},
};

/// Events in one operation. More make the counts of a day cheaper, which are taken once for all of them; fewer keep locks short.
const BATCH: usize = 1000;

const ANALYZE: &str =
    "analyze pms_reservations, pms_reservation_nights, pms_room_blocks, pms_folios, pms_folio_entries, pms_rooms, pms_room_types,
    rm_pms_calendar_segments, rm_pms_daily_occupancy, pms_outbox, pms_audit_log";

crate::sql! {
    STORED = "
        select count(*) as bookings, count(*) filter (where status = 'CHECKED_OUT') as checked_out,
          coalesce(sum(check_out_date - check_in_date) filter (where status = 'CHECKED_OUT'), 0)::bigint as room_nights,
          coalesce(sum(subtotal_cents) filter (where status = 'CHECKED_OUT'), 0)::bigint as revenue,
          (select count(distinct room_id) from pms_room_blocks
           where tenant_id = $1 and property_id = $2 and reservation_id is not null) as rooms_used,
          (select coalesce(max(n), 0) from (select count(*) as n from rm_pms_calendar_segments
           where tenant_id = $1 and property_id = $2 group by business_date) d) as most_rooms
        from pms_reservations where tenant_id = $1 and property_id = $2";
}

/// How many events [`replay`] goes through.
pub fn count_events(rows: &[SourceRow]) -> u64 {
    timeline(rows).len() as u64
}

/// What happens at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nights {
    /// It is closed: its nights are posted, and it gets its record.
    Posted,
    /// The date moves on, and nothing else.
    Passed,
}

struct Replay<'a> {
    store: &'a Store,
    nights: Nights,
    names: Names,
    rows: &'a [SourceRow],
    ids: Vec<ReservationId>,
    by_id: HashMap<ReservationId, usize>,
    house: House,
}

/// Replays the rows of one hotel, which is open. `progress` hears how many events more were gone through.
pub async fn replay(
    store: &Store,
    opened: &Opened,
    (tenant, hotel): (TenantId, Hotel),
    rows: &[SourceRow],
    nights: Nights,
    progress: impl Fn(u64),
) -> anyhow::Result<HotelReport> {
    let names = Names { tenant, hotel };
    let ids: Vec<ReservationId> = rows.iter().map(|row| names.reservation(row)).collect();
    let by_id: HashMap<ReservationId, usize> = ids.iter().copied().zip(0..).collect();
    let started = Instant::now();
    let house = House::load(store, names, &by_id).await?;
    let mut replay = Replay { store, nights, names, rows, ids, by_id, house };

    let mut tally = Tally::default();
    let events = timeline(rows);
    // Days before the business date are over: what an earlier run refused then stays refused.
    let begin = if opened.existed { replay.house.today() } else { Day::MIN };
    let (over, ahead) = events.split_at(events.partition_point(|e| e.day < begin));
    tally.done_before += over.len() as u64;
    progress(over.len() as u64);
    for (n, batch) in (1_usize..).zip(ahead.chunks(BATCH)) {
        tally.add(&replay.survive(batch).await?);
        progress(batch.len() as u64);
        if [1, 4, 16, 64, 256].contains(&n) {
            replay.analyze().await?;
        }
    }

    let seconds = started.elapsed().as_secs_f64();
    Ok(HotelReport {
        hotel: names.hotel,
        property_id: names.property(),
        rows: rows.len() as u64,
        zero_night_rows: zero_nights(rows),
        rows_without_person: rows.iter().filter(|r| r.stay.is_some() && r.has_nobody()).count() as u64,
        stored: replay.stored().await?,
        seconds: (seconds * 10.0).round() / 10.0,
        events_per_second: per_second(tally.events(), seconds),
        bookings_per_second: per_second(tally.booked, seconds),
        this_run: tally,
    })
}

fn zero_nights(rows: &[SourceRow]) -> ZeroNights {
    let mut zero = ZeroNights::default();
    for row in rows.iter().filter(|r| r.stay.is_none()) {
        match row.fate {
            Fate::CheckedOut => zero.checked_out += 1,
            Fate::Cancelled(_) => zero.cancelled += 1,
            Fate::NoShow => zero.no_shows += 1,
        }
    }
    zero
}

impl Replay<'_> {
    /// One batch. When it fails as a whole (someone else held a lock, the database refused a row), its events are done one by one,
    /// so that one event cannot take others with it.
    async fn survive(&mut self, batch: &[Event]) -> anyhow::Result<Tally> {
        let fail = match self.batch(batch).await {
            Ok(tally) => return Ok(tally),
            Err(fail) => fail,
        };
        tracing::warn!(%fail, "a batch failed; its events are done one by one");
        let mut tally = Tally::default();
        for event in batch {
            self.house = House::load(self.store, self.names, &self.by_id).await?;
            match self.batch(std::slice::from_ref(event)).await {
                Ok(one) => tally.add(&one),
                Err(Fail::Refused(refusal)) if refusal.code != Code::ServiceUnavailable => refused(&mut tally, &refusal),
                Err(fail) => {
                    let row = self.rows[event.row].number;
                    return Err(fail).with_context(|| format!("row {row}, {:?} of {}", event.kind, event.day));
                }
            }
        }
        self.house = House::load(self.store, self.names, &self.by_id).await?;
        Ok(tally)
    }

    /// These events in one operation: all of them, or none.
    async fn batch(&mut self, events: &[Event]) -> Result<Tally> {
        let mut tally = Tally::default();
        let mut op = Op::begin(self.store, self.names.hotel.who(self.names.tenant), None).await?;
        for group in events.chunk_by(|a, b| (a.day, a.kind) == (b.day, b.kind)) {
            let (day, kind) = (group[0].day, group[0].kind);
            self.close_days_before(&mut op, &mut tally, day).await?;
            if kind == Kind::Booking {
                for event in group {
                    self.book(&mut op, &mut tally, event.row).await?;
                }
                continue;
            }
            if kind == Kind::Arrival {
                self.clean(&mut op, &mut tally).await?;
            }
            self.act(&mut op, &mut tally, kind, group).await?;
        }
        calendar::settle(&mut op).await?;
        op.finish().await?;
        Ok(tally)
    }

    /// Each day is closed as the night auditor does it: who should be here and is not has given up, and the nights are posted. Or the
    /// date moves on, and that is all.
    async fn close_days_before(&mut self, op: &mut Op, tally: &mut Tally, day: Day) -> Result<()> {
        if self.nights == Nights::Passed && self.house.today() < day {
            self.house.property = roll_business_date(op, self.names.property(), day).await?;
        }
        let mut closed = Vec::new();
        while self.house.today() < day {
            let open = self.house.today();
            close_in(op, self.names.property(), open, Arrivals::NoShow, Departures::CheckOut, &mut closed).await?;
            self.house.property.business_date = open.plus(1);
        }
        tally.days_closed += closed.len() as u64;
        tally.nights_posted += closed.iter().map(|close| u64::from(close.rooms_sold.unsigned_abs())).sum::<u64>();
        Ok(())
    }

    async fn book(&mut self, op: &mut Op, tally: &mut Tally, row: usize) -> Result<()> {
        if self.house.states[row].is_some() {
            tally.done_before += 1;
            return Ok(());
        }
        let source = &self.rows[row];
        let terms = Terms { history: true, booked_on: Some(source.booked_on) };
        match book::book_in(op, self.new_reservation(row), terms).await {
            Ok(_) => {
                self.house.states[row] = Some(Status::Confirmed);
                tally.booked += 1;
                Ok(())
            }
            Err(fail) => count_refusal(tally, fail),
        }
    }

    fn new_reservation(&self, row: usize) -> NewReservation {
        let source = &self.rows[row];
        NewReservation {
            id: Some(self.ids[row]),
            property_id: self.names.property(),
            room_type_id: Some(self.names.room_type(source.reserved_type)),
            room_id: None,
            rate_plan_id: Some(self.names.plan(source.segment)),
            check_in_date: source.arrival,
            check_out_date: source.stay.map_or(source.arrival, |stay| stay.to),
            adults: Some(if source.has_nobody() { 1 } else { source.adults }),
            children: Some(source.children),
            guest_id: None,
            primary_guest_json: Some(PrimaryGuest {
                first_name: source.country.clone(),
                last_name: format!("Guest {}", source.number),
                email: None,
                phone: None,
            }),
            status: None,
            hold_expires_at: None,
            source_type: Some(source.source),
            source_ref: source.source_ref.clone(),
            internal_notes: None,
            guest_notes: None,
            arrival_time: None,
            is_pinned: None,
            nightly_rate_cents: Some(source.rate),
            override_restrictions: None,
            wishes: Wishes::default(),
            override_wishes: None,
            child_ages: None,
            package_ids: None,
        }
    }

    /// Housekeeping, before the guests of the day arrive.
    async fn clean(&mut self, op: &mut Op, tally: &mut Tally) -> Result<()> {
        if self.house.dirty.is_empty() {
            return Ok(());
        }
        let dirty = std::mem::take(&mut self.house.dirty);
        let rows = op.query(rooms::model::lock(op.tenant(), dirty)).await?;
        for room in rows.iter().map(rooms::model::Room::from_row).filter(|r| r.status == RoomStatus::VacantDirty) {
            status::set(op, &room, RoomStatus::VacantClean, None, self.house.today());
            tally.rooms_cleaned += 1;
        }
        Ok(())
    }

    /// What happens to bookings that are there: read together, then done one after the other.
    async fn act(&mut self, op: &mut Op, tally: &mut Tally, kind: Kind, group: &[Event]) -> Result<()> {
        let needed = if kind == Kind::Departure { Status::CheckedIn } else { Status::Confirmed };
        let mut due = Vec::with_capacity(group.len());
        for event in group {
            match self.house.states[event.row] {
                Some(state) if state == needed => due.push(event.row),
                None => tally.without_booking += 1,
                // The guest found no room on arrival, and so cannot leave it.
                Some(Status::Confirmed) => tally.without_booking += 1,
                Some(_) => tally.done_before += 1,
            }
        }
        if due.is_empty() {
            return Ok(());
        }
        let (bookings, _) = store::load_all(op, None, due.iter().map(|row| self.ids[*row]).collect()).await?;
        for (row, before) in due.into_iter().zip(bookings) {
            let done = match kind {
                Kind::Arrival => self.arrive(op, tally, row, &before).await,
                Kind::Departure => self.depart(op, tally, row, &before).await,
                _ => self.close(op, tally, row, before, kind).await,
            };
            done.or_else(|fail| count_refusal(tally, fail))?;
        }
        Ok(())
    }

    async fn arrive(&mut self, op: &mut Op, tally: &mut Tally, row: usize, before: &Booking) -> Result<()> {
        let wanted = self.names.room_type(self.rows[row].assigned_type);
        let mut last = Refusal::new(Code::NoAvailability, "No room of the assigned type is vacant.");
        for room in self.house.vacant(wanted) {
            match self.enter(op, before, room).await {
                Ok(()) => {
                    self.house.occupy(room);
                    self.house.states[row] = Some(Status::CheckedIn);
                    tally.checked_in += 1;
                    tally.upgrades += u64::from(self.rows[row].assigned_type != self.rows[row].reserved_type);
                    return Ok(());
                }
                // Someone else put a stay or a block into the room that the import knows nothing of: the next one, then.
                Err(Fail::Refused(refusal)) if matches!(refusal.code, Code::RoomAlreadyBooked | Code::RoomOutOfOrder) => {
                    last = refusal
                }
                Err(fail) => return Err(fail),
            }
        }
        Err(last.into())
    }

    async fn enter(&self, op: &mut Op, before: &Booking, room: RoomId) -> Result<()> {
        check_in::check_in_in(op, &self.house.property, before, Some(room), false).await.map(drop)
    }

    async fn depart(&mut self, op: &mut Op, tally: &mut Tally, row: usize, before: &Booking) -> Result<()> {
        // What the guests paid is not in the file.
        check_out::check_out_in(op, &self.house.property, before, true).await?;
        if let Some(room) = before.reservation.room_id {
            self.house.leave(room);
        }
        self.house.states[row] = Some(Status::CheckedOut);
        tally.checked_out += 1;
        Ok(())
    }

    async fn close(&mut self, op: &mut Op, tally: &mut Tally, row: usize, before: Booking, kind: Kind) -> Result<()> {
        let (to, verb, count) = match kind {
            Kind::NoShow => (Status::NoShow, "no_show", &mut tally.no_shows),
            _ => (Status::Cancelled, "cancelled", &mut tally.cancelled),
        };
        // What it cost is not in the file.
        let closing = cancel::Closing { to, verb, reason: None, on: self.house.today(), fee: FeeChoice::Nothing };
        cancel::close(op, &self.house.property, before, closing).await?;
        self.house.states[row] = Some(to);
        *count += 1;
        Ok(())
    }

    /// Plans are made for the sizes that the database knows of, and these tables grow from nothing.
    async fn analyze(&self) -> Result<()> {
        Ok(self.store.db.connection().await?.batch_execute(ANALYZE).await?)
    }

    async fn stored(&self) -> Result<Stored> {
        let (tenant, property) = (self.names.tenant, self.names.property());
        let rows = self.store.read(tenant, vec![call!(STORED, tenant, property)]).await?;
        let row = &rows[0][0];
        Ok(Stored {
            bookings: row.get("bookings"),
            checked_out: row.get("checked_out"),
            room_nights: row.get("room_nights"),
            room_revenue_cents: row.get("revenue"),
            rooms_used: row.get("rooms_used"),
            most_rooms_in_a_night: row.get("most_rooms"),
        })
    }
}

fn refused(tally: &mut Tally, refusal: &Refusal) {
    let code = serde_json::to_value(refusal.code).ok().and_then(|v| v.as_str().map(String::from));
    *tally.refused.entry(code.unwrap_or_else(|| format!("{:?}", refusal.code))).or_default() += 1;
}

/// A refusal is counted; after one by the database itself the operation is lost, and its events are done one by one.
fn count_refusal(tally: &mut Tally, fail: Fail) -> Result<()> {
    match fail {
        Fail::Refused(refusal) if !matches!(refusal.code, Code::ConcurrencyConflict | Code::ServiceUnavailable) => {
            refused(tally, &refusal);
            Ok(())
        }
        fail => Err(fail),
    }
}
