//! Lives a planned house through the use cases: builds it, books everything, then opens the doors on the first day and closes
//! each until today.

use jiff::{ToSpan, civil::Time};

use super::{
    Step, extras,
    plan::{Fate, House, PlannedBlock, PlannedStay, Spec},
    setup::{Built, build},
};
use crate::{
    calendar, call,
    day_close::{
        model::{Arrivals, Departures},
        run::close_in,
    },
    db::{Fail, Result},
    folios::{
        ledger::{self, Line},
        model::{EntryType, Folio, Method},
    },
    inventory::{self, blocks::model::NewRoomBlock},
    kernel::{Cents, Day, PropertyId, ReservationId, TenantId},
    op::{Op, Store, Who},
    properties::{self, Property},
    reservations::{
        Booking, Status,
        book::{NewReservation, Terms, book_in},
        cancel::{Closing, close},
        check_in::check_in_in,
        check_out::check_out_in,
        fees::FeeChoice,
        model::PrimaryGuest,
        split::split_in,
    },
    rooms::{
        model::{Room, RoomStatus},
        status,
        wishes::Wishes,
    },
};

crate::sql! {
    FOLIOS_OWING = "
        select * from pms_folios
        where tenant_id = $1 and property_id = $2 and reservation_id = any($3) and status = 'OPEN' and balance_cents > 0
        order by id for no key update";
    FOLIOS_OF = "
        select * from pms_folios
        where tenant_id = $1 and property_id = $2 and reservation_id = any($3) and status = 'OPEN'
        order by id for no key update";
    DIRTY_ROOMS = "
        select * from pms_rooms where tenant_id = $1 and property_id = $2 and status = 'VACANT_DIRTY' order by id for no key update";
}

/// So many bookings in one operation: the read models of a batch are recomputed once.
const BATCH: usize = 200;

/// What was made of a house.
#[derive(Clone, Debug, Default)]
pub struct Played {
    pub property: Option<PropertyId>,
    pub name: &'static str,
    pub bookings: usize,
    /// What the house refused: a plan that fits has none.
    pub refused: usize,
}

struct Player<'a> {
    store: &'a Store,
    tenant: TenantId,
    spec: &'a Spec,
    house: &'a House,
    built: Built,
    /// Beside `house.stays`.
    bookings: Vec<Option<Booking>>,
    played: Played,
    progress: &'a (dyn Fn(Step) + Sync),
}

/// Makes the hotel of `spec` as `house` has it.
pub async fn play(
    store: &Store,
    tenant: TenantId,
    spec: &Spec,
    house: &House,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Played> {
    let mut op = begin(store, tenant).await?;
    let built = build(&mut op, spec, house).await?;
    calendar::settle(&mut op).await?;
    op.finish().await?;
    let played = Played { property: Some(built.property.id), name: spec.name, ..Played::default() };
    let bookings = vec![None; house.stays.len()];
    let mut player = Player { store, tenant, spec, house, built, bookings, played, progress };
    player.book_all().await?;
    player.live().await?;
    player.block_the_future().await?;
    let mut op = begin(store, tenant).await?;
    let property = properties::model::load(&mut op, player.built.property.id).await?;
    if let Some(best) = player.built.types.last() {
        extras::restrict(&mut op, property.id, *best, property.business_date).await?;
    }
    op.finish().await?;
    Ok(player.played)
}

async fn begin(store: &Store, tenant: TenantId) -> Result<Op> {
    Op::begin(store, Who { tenant, actor: "system".into(), correlation: "demo".into() }, None).await
}

impl Player<'_> {
    fn step(&self, done: usize, of: usize, what: &'static str) {
        (self.progress)(Step { hotel: self.spec.name, done: done as u64, of: of as u64, what });
    }

    async fn end(&self, mut op: Op) -> Result<()> {
        calendar::settle(&mut op).await?;
        op.finish().await
    }

    /// Notes a refusal; it leaves the operation as it was, for every decision comes before the first write.
    fn allowed<T>(&mut self, result: Result<T>) -> Result<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Fail::Refused(refusal)) => {
                tracing::debug!(code = ?refusal.code, refusal.message, "the demo's plan was refused");
                self.played.refused += 1;
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    async fn book_all(&mut self) -> Result<()> {
        let count = self.house.stays.len();
        for first in (0..count).step_by(BATCH) {
            let mut op = begin(self.store, self.tenant).await?;
            for n in first..(first + BATCH).min(count) {
                let result = self.book(&mut op, &self.house.stays[n]).await;
                self.bookings[n] = self.allowed(result)?;
            }
            self.end(op).await?;
            self.step((first + BATCH).min(count), count, "bookings");
        }
        self.played.bookings = self.bookings.iter().flatten().count();
        Ok(())
    }

    async fn book(&self, op: &mut Op, planned: &PlannedStay) -> Result<Booking> {
        let (assigned, hold) = match planned.fate {
            Fate::Departed | Fate::InHouse => (true, false),
            Fate::Expected { assigned } => (assigned, false),
            Fate::Hold { assigned } => (assigned, true),
            Fate::Cancelled | Fate::NoShow => (false, false),
        };
        let days = i64::from(planned.stay.nights()) + i64::from(planned.room as i32 % 14) + 2;
        let request = NewReservation {
            id: None,
            property_id: self.built.property.id,
            room_type_id: Some(self.built.types[planned.room_type]),
            room_id: assigned.then(|| self.built.rooms[planned.room]),
            rate_plan_id: Some(self.built.plans[planned.plan]),
            check_in_date: planned.stay.from,
            check_out_date: planned.stay.to,
            adults: Some(planned.adults),
            children: Some(planned.children),
            guest_id: planned.profile.map(|n| self.built.guests[n]),
            primary_guest_json: Some(PrimaryGuest {
                first_name: planned.person.first.into(),
                last_name: planned.person.last.into(),
                email: None,
                phone: None,
            }),
            status: Some(if hold { Status::Hold } else { Status::Confirmed }),
            hold_expires_at: if hold { op.now.checked_add((days * 24).hours()).ok() } else { None },
            source_type: Some(planned.source),
            source_ref: None,
            internal_notes: planned.note.map(Into::into),
            guest_notes: None,
            arrival_time: planned.arrival_hour.and_then(|h| Time::new(h, 30, 0, 0).ok()),
            is_pinned: Some(planned.pinned),
            nightly_rate_cents: None,
            override_restrictions: None,
            wishes: Wishes::default(),
            override_wishes: None,
            child_ages: None,
            // Who comes by car.
            package_ids: planned.room.is_multiple_of(6).then(|| vec![self.built.parking]),
        };
        let booked = book_in(op, request, Terms { history: true, booked_on: Some(planned.booked_on) }).await?;
        let property = &self.built.property;
        match (planned.fate, planned.split) {
            (Fate::Cancelled, _) => {
                let on = planned.stay.from.plus(-1).min(self.house.today).max(planned.booked_on);
                // It was given up in its own time; what that cost was settled then.
                let reason = Some("Plans changed.".into());
                let fee = FeeChoice::Nothing;
                close(op, property, booked, Closing { to: Status::Cancelled, verb: "cancelled", reason, on, fee }).await
            }
            (Fate::NoShow, _) => {
                let (on, fee) = (planned.stay.from, FeeChoice::Nothing);
                close(op, property, booked, Closing { to: Status::NoShow, verb: "no_show", reason: None, on, fee }).await
            }
            (_, Some((date, room))) => split_in(op, property, &booked, date, self.built.rooms[room]).await,
            _ => Ok(booked),
        }
    }

    /// Day after day, each closed when it is over: departures, cleaning, arrivals, blocks; today is left as the desk finds it.
    async fn live(&mut self) -> Result<()> {
        let days = self.house.first.days_until(self.house.today);
        for (n, day) in self.house.first.until(self.house.today.plus(1)).enumerate() {
            let mut op = begin(self.store, self.tenant).await?;
            if day > self.house.first {
                let (id, over) = (self.built.property.id, day.plus(-1));
                close_in(&mut op, id, over, Arrivals::NoShow, Departures::CheckOut, &mut Vec::new()).await?;
            }
            let property = properties::model::load(&mut op, self.built.property.id).await?;
            self.depart(&mut op, &property).await?;
            self.clean(&mut op, &property).await?;
            self.collect_deposits(&mut op, &property).await?;
            self.arrive(&mut op, &property).await?;
            for block in self.house.blocks.iter().filter(|b| b.stay.from == day) {
                self.block(&mut op, block).await?;
            }
            if day == self.house.today {
                self.give_up_some(&mut op, &property).await?;
            }
            self.built.property = property;
            self.end(op).await?;
            self.step(n, days as usize, "days");
        }
        Ok(())
    }

    /// Which stays have this fate and this arrival (or departure).
    fn stays(&self, fits: impl Fn(&PlannedStay) -> bool) -> Vec<usize> {
        (0..self.house.stays.len()).filter(|n| self.bookings[*n].is_some() && fits(&self.house.stays[*n])).collect()
    }

    async fn depart(&mut self, op: &mut Op, property: &Property) -> Result<()> {
        let day = property.business_date;
        let leaving = self.stays(|s| s.fate == Fate::Departed && s.stay.to == day);
        self.settle_accounts(op, property, &leaving).await?;
        for n in leaving {
            let Some(booking) = self.bookings[n].take() else { continue };
            let result = check_out_in(op, property, &booking, true).await;
            self.bookings[n] = self.allowed(result)?;
        }
        Ok(())
    }

    /// Who leaves pays what he owes.
    async fn settle_accounts(&self, op: &mut Op, property: &Property, leaving: &[usize]) -> Result<()> {
        let ids: Vec<ReservationId> = leaving.iter().filter_map(|n| Some(self.bookings[*n].as_ref()?.reservation.id)).collect();
        let rows = op.query(call!(FOLIOS_OWING, self.tenant, property.id, ids)).await?;
        let owing = rows.iter().map(Folio::from_row).map(|folio| (folio.balance_cents, folio));
        pay(op, property, "Payment", owing.collect());
        Ok(())
    }

    /// Guests pay ahead on the day on which it is due; of those who have to today, some do not.
    async fn collect_deposits(&self, op: &mut Op, property: &Property) -> Result<()> {
        let day = property.business_date;
        let asked = |n: usize| {
            let r = &self.bookings[n].as_ref()?.reservation;
            let is_due = r.deposit_due_on?.max(self.house.first) == day && (day < self.house.today || !n.is_multiple_of(3));
            (is_due && r.status.is_active()).then_some((r.id, r.deposit_cents))
        };
        let due: Vec<(ReservationId, Cents)> = (0..self.bookings.len()).filter_map(asked).collect();
        if due.is_empty() {
            return Ok(());
        }
        let ids: Vec<ReservationId> = due.iter().map(|(id, _)| *id).collect();
        let rows = op.query(call!(FOLIOS_OF, self.tenant, property.id, ids)).await?;
        let ahead = rows.iter().map(Folio::from_row).filter_map(|folio| {
            let (_, cents) = due.iter().find(|(id, _)| Some(*id) == folio.reservation_id)?;
            Some((*cents, folio))
        });
        pay(op, property, "Deposit", ahead.collect());
        Ok(())
    }

    /// Today a few of those cancel who get nothing back.
    async fn give_up_some(&mut self, op: &mut Op, property: &Property) -> Result<()> {
        let today = self.house.today;
        let coming = self.stays(|s| s.fate == (Fate::Expected { assigned: false }) && s.plan == 1 && s.stay.from > today.plus(2));
        for n in coming.into_iter().take(2) {
            let Some(booking) = self.bookings[n].take() else { continue };
            let reason = Some("Falls ill.".into());
            let fee = FeeChoice::ByPolicy { expected: None };
            let closing = Closing { to: Status::Cancelled, verb: "cancelled", reason, on: today, fee };
            let result = close(op, property, booking, closing).await;
            self.bookings[n] = self.allowed(result)?;
        }
        Ok(())
    }

    async fn clean(&mut self, op: &mut Op, property: &Property) -> Result<()> {
        let rows = op.query(call!(DIRTY_ROOMS, self.tenant, property.id)).await?;
        // Today housekeeping is not through yet.
        let some = if property.business_date == self.house.today { rows.len() / 2 } else { rows.len() };
        for room in rows.iter().take(some).map(Room::from_row) {
            status::set(op, &room, RoomStatus::VacantClean, None, property.business_date);
        }
        Ok(())
    }

    async fn arrive(&mut self, op: &mut Op, property: &Property) -> Result<()> {
        let day = property.business_date;
        for n in self.stays(|s| matches!(s.fate, Fate::Departed | Fate::InHouse) && s.stay.from == day) {
            let Some(booking) = self.bookings[n].take() else { continue };
            let result = check_in_in(op, property, &booking, None, true).await;
            self.bookings[n] = self.allowed(result)?;
        }
        Ok(())
    }

    async fn block(&mut self, op: &mut Op, block: &PlannedBlock) -> Result<()> {
        let new = NewRoomBlock {
            property_id: self.built.property.id,
            room_id: self.built.rooms[block.room],
            start_date: block.stay.from,
            end_date: block.stay.to,
            block_type: block.kind,
            reason: Some(block.reason.into()),
        };
        let result = inventory::blocks::create::create_in(op, new).await;
        self.allowed(result)?;
        Ok(())
    }

    async fn block_the_future(&mut self) -> Result<()> {
        let today: Day = self.house.today;
        let mut op = begin(self.store, self.tenant).await?;
        let ahead: Vec<&PlannedBlock> = self.house.blocks.iter().filter(|b| b.stay.from > today).collect();
        if ahead.is_empty() {
            op.abandon();
            return Ok(());
        }
        for block in ahead {
            self.block(&mut op, block).await?;
        }
        self.end(op).await
    }
}

/// So much is paid on each of the folios, which are locked.
fn pay(op: &mut Op, property: &Property, what: &str, folios: Vec<(Cents, Folio)>) {
    let paid = folios.into_iter().enumerate().map(|(n, (cents, folio))| {
        let method = if n % 5 == 0 { Method::Cash } else { Method::Card };
        let line = Line::new(EntryType::Payment, what, Cents(0) - cents, property.business_date);
        (folio, vec![Line { method: Some(method), ..line }])
    });
    let paid: Vec<_> = paid.collect();
    if !paid.is_empty() {
        ledger::post(op, paid, "paid");
    }
}
