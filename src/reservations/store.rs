//! Reads and writes a booking as one: its row, its nights, its blocks.

use std::{collections::HashMap, sync::Arc};

use tokio_postgres::Row;

use super::{
    model::{Booking, NightPrice, Reservation},
    night_rows::{DELETE_NIGHTS, NIGHTS_OF, night_of, write_nights},
    rules,
};
use crate::{
    call,
    db::Result,
    http::Actor,
    inventory::{self, Facts, Piece, Shift, Wanted, facts::LOCK_ROOMS},
    kernel::{Day, Refusal, ReservationId, RoomId, Stay},
    op::{Change, Op, json},
    packages::FrozenPackage,
    policies::FrozenPolicies,
    properties::{self, Property},
    rooms::{
        model::Room,
        wishes::{self, UnmetWishes},
    },
    taxes::TaxRule,
};

crate::sql! {
    /// As [`properties::model::hold_day`].
    HOLD_DAY_OF = "
        select pg_advisory_xact_lock_shared(hashtextextended(tenant_id || property_id, 0)) from pms_reservations
        where tenant_id = $1 and id = $2";
    LOCK_RESERVATIONS = "
        select * from pms_reservations where tenant_id = $1 and id = any($2) order by id for no key update";
    READ_RESERVATION = "select * from pms_reservations where tenant_id = $1 and id = $2";
    READ_RESERVATIONS = "select * from pms_reservations where tenant_id = $1 and id = any($2)";
    /// Looked up one by one (`offset 0` keeps the planner from joining), so that the cost does not grow with history.
    PIECES_OF = "
        select r.id, b.room_id, b.start_date, b.end_date, b.room_type_id
        from pms_reservations r cross join lateral (
          select room_id, start_date, end_date, room_type_id from pms_room_blocks
          where tenant_id = $1 and property_id = r.property_id and reservation_id = r.id offset 0
        ) b
        where r.tenant_id = $1 and r.id = any($2) order by r.id, b.start_date";
    /// As [`crate::taxes::model::active`].
    TAX_RULES_OF = "
        select t.*, (t.percent * 1000000)::bigint as percent_micros
        from pms_reservations r join pms_tax_rules t on t.tenant_id = $1 and t.property_id = r.property_id and t.is_active
        where r.tenant_id = $1 and r.id = $2 order by t.sort_order, t.code, t.valid_from, t.id";
    PROPERTY_OF = "
        select p.* from pms_properties p join pms_reservations r on r.tenant_id = $1 and r.property_id = p.id
        where p.tenant_id = $1 and r.id = $2";
    INSERT_RESERVATION = "
        insert into pms_reservations
          (tenant_id, id, property_id, guest_id, primary_guest_json, status, check_in_date, check_out_date, adults, children,
           room_type_id, room_id, rate_plan_id, nightly_rate_cents, subtotal_cents, tax_cents, fee_cents, total_cents, source_type,
           source_ref, internal_notes, guest_notes, confirmation_number, currency, booked_on, is_pinned, arrival_time,
           hold_expires_at, search_key, created_at, created_by, updated_at, updated_by, policies_json, deposit_cents, deposit_due_on,
           child_ages, packages_json, wished_features, wished_floor, near_reservation_id, wished_room_id, wants_last_room)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
           $26, $27, $28, $29, $30, $31, $30, $31, $32, $33, $34, $35, $36,
           $37, $38, $39, $40, $41)";
    UPDATE_RESERVATION = "
        update pms_reservations set
          guest_id = $3, primary_guest_json = $4, status = $5, check_in_date = $6, check_out_date = $7, adults = $8, children = $9,
          room_type_id = $10, room_id = $11, rate_plan_id = $12, nightly_rate_cents = $13, subtotal_cents = $14, tax_cents = $15,
          fee_cents = $16, total_cents = $17, source_type = $18, source_ref = $19, internal_notes = $20, guest_notes = $21,
          is_pinned = $22, arrival_time = $23, hold_expires_at = $24, checked_in_on = $25, checked_out_on = $26, closed_on = $27,
          close_reason = $28, planned_check_in_date = $29, planned_check_out_date = $30, planned_rooms_json = $31, search_key = $32,
          version = $33, updated_at = $34, updated_by = $35, policies_json = $36, deposit_cents = $37, deposit_due_on = $38,
          closing_fee_json = $39, child_ages = $40, packages_json = $41, wished_features = $42, wished_floor = $43,
          near_reservation_id = $44, wished_room_id = $45, wants_last_room = $46
        where tenant_id = $1 and id = $2";
}

/// Reads the bookings, their rows locked in the order of their ids, and the property of the first.
///
/// Errors: NOT_FOUND when one does not exist, or lies in a property that the actor does not see.
pub async fn load<const N: usize>(
    op: &mut Op,
    actor: Option<&Actor>,
    ids: [ReservationId; N],
) -> Result<([Booking; N], Property)> {
    let (bookings, property) = load_all(op, actor, ids.to_vec()).await?;
    let bookings = bookings.try_into().unwrap_or_else(|_| unreachable!("one booking for each id"));
    Ok((bookings, property))
}

/// The same for any number of them, at least one, in the order given.
pub async fn load_all(op: &mut Op, actor: Option<&Actor>, ids: Vec<ReservationId>) -> Result<(Vec<Booking>, Property)> {
    let tenant = op.tenant();
    let [_, rows, nights, pieces, tax_rules, property] = op
        .run([
            call!(HOLD_DAY_OF, tenant, ids[0]),
            call!(LOCK_RESERVATIONS, tenant, ids.clone()),
            call!(NIGHTS_OF, tenant, ids.clone()),
            call!(PIECES_OF, tenant, ids.clone()),
            call!(TAX_RULES_OF, tenant, ids[0]),
            call!(PROPERTY_OF, tenant, ids[0]),
        ])
        .await?;
    let tax_rules: Arc<[TaxRule]> = tax_rules.iter().map(TaxRule::from_row).collect();
    let (mut nights, mut pieces) = (by_reservation(&nights, night_of), by_reservation(&pieces, piece_of));
    let mut found: HashMap<ReservationId, &Row> = rows.iter().map(|row| (row.get("id"), row)).collect();
    let mut bookings = Vec::with_capacity(ids.len());
    for id in ids {
        let row = found.remove(&id).ok_or_else(|| Refusal::not_found("reservation"))?;
        let (reservation, policies) = (Reservation::from_row(row), FrozenPolicies::from_row(row));
        if let Some(actor) = actor {
            actor.sees(reservation.property_id).map_err(|_| Refusal::not_found("reservation"))?;
        }
        let (nights, rooms) = (nights.remove(&id).unwrap_or_default(), pieces.remove(&id).unwrap_or_default());
        let tax_rules = tax_rules.clone();
        let packages = FrozenPackage::from_row(row);
        bookings.push(Booking { tax_rules, packages, ..Booking::of(reservation, nights, rooms, policies) });
    }
    Ok((bookings, properties::model::found(&property)?))
}

/// Rows that begin with the id of a reservation, grouped by it.
fn by_reservation<T>(rows: &[Row], of: fn(&Row) -> T) -> HashMap<ReservationId, Vec<T>> {
    let mut groups: HashMap<ReservationId, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(row.get(0)).or_default().push(of(row));
    }
    groups
}

fn piece_of(row: &Row) -> Piece {
    Piece { room_id: row.get(1), stay: Stay { from: row.get(2), to: row.get(3) } }
}

/// Reads one booking for a change.
///
/// Errors: NOT_FOUND; CONCURRENCY_CONFLICT with the present state when it is not as the client saw it.
pub async fn load_seen(op: &mut Op, actor: &Actor, id: ReservationId, seen: i32) -> Result<(Booking, Property)> {
    let ([booking], property) = load(op, Some(actor), [id]).await?;
    demand_seen(&booking, seen)?;
    Ok((booking, property))
}

pub fn demand_seen(booking: &Booking, seen: i32) -> Result<(), Refusal> {
    if booking.reservation.version == seen { Ok(()) } else { Err(Refusal::stale("reservation", booking)) }
}

/// One booking of its row and the rows of [`NIGHTS_OF`] and [`PIECES_OF`].
pub fn assemble(row: &Row, nights: &[Row], pieces: &[Row]) -> Booking {
    let (reservation, policies) = (Reservation::from_row(row), FrozenPolicies::from_row(row));
    let of_it = |row: &&Row| row.get::<_, ReservationId>(0) == reservation.id;
    let nights = nights.iter().filter(of_it).map(night_of).collect();
    let rooms = pieces.iter().filter(of_it).map(piece_of).collect();
    Booking { packages: FrozenPackage::from_row(row), ..Booking::of(reservation, nights, rooms, policies) }
}

/// What a change takes and frees, found possible: nothing is written yet, and everything that it needs is locked.
pub struct Plan {
    shifts: Vec<Shift>,
    facts: Option<Facts>,
}

impl Plan {
    /// Locks what the changes take or free, and asks the inventory.
    ///
    /// Errors: the inventory's refusals; ROOM_NOT_AS_WISHED.
    pub async fn make<'a>(
        op: &mut Op,
        property: &Property,
        pairs: impl IntoIterator<Item = (&'a Booking, &'a Booking)>,
    ) -> Result<Plan> {
        let shift = |(before, after): (&Booking, &Booking)| Shift {
            reservation: before.reservation.id,
            before: before.claims(),
            after: after.claims(),
        };
        let pairs: Vec<(&Booking, &Booking)> = pairs.into_iter().collect();
        let shifts: Vec<Shift> = pairs.iter().copied().map(shift).collect();
        let facts = match Wanted::by(property.id, &shifts) {
            Some(wanted) if shifts.iter().any(|s| s.before != s.after) => {
                let facts = Facts::gather(op, &wanted, &shifts).await?;
                inventory::decide(&facts, &shifts)?;
                pairs.iter().copied().try_for_each(|(before, after)| heed_wishes(&facts, Some(before), after).map(drop))?;
                Some(facts)
            }
            _ => None,
        };
        Ok(Plan { shifts, facts })
    }

    /// The room, locked.
    ///
    /// Errors: it is not of this property.
    pub async fn room(&self, op: &mut Op, property: &Property, id: RoomId) -> Result<Room> {
        if let Some(room) = self.facts.as_ref().and_then(|f| f.room(id)) {
            return Ok(room.clone());
        }
        let rows = op.query(call!(LOCK_ROOMS, op.tenant(), property.id, vec![id])).await?;
        let room = rows.first().map(Room::from_row);
        Ok(room.ok_or_else(|| Refusal::invalid("roomId", "does not exist in this property"))?)
    }

    /// Queues the rows of one of the bookings that the plan was made for.
    fn write_row(&self, op: &mut Op, property: &Property, before: &Booking, after: &mut Booking, verb: &'static str) {
        after.reservation.room_id = rules::room_after(before, after, property.business_date);
        after.overridden_wishes = self.facts.as_ref().map(|facts| unmet(facts, Some(before), after)).unwrap_or_default();
        update(op, property.business_date, before, after);
        op.record(Change::changed(property.id, "reservation", after.reservation.id, verb, before, after));
    }

    fn write_blocks(&self, op: &mut Op, property: &Property) {
        match &self.facts {
            Some(facts) => inventory::write::shift(op, property.id, facts, &self.shifts),
            None => inventory::write::touch(op, property.id, &self.shifts),
        }
    }

    /// Queues the change of one booking. From here on nothing may be refused.
    pub fn write(self, op: &mut Op, property: &Property, before: &Booking, after: &mut Booking, verb: &'static str) {
        self.write_row(op, property, before, after, verb);
        self.write_blocks(op, property);
    }

    /// The same for bookings that change together.
    pub fn write_all(
        self,
        op: &mut Op,
        property: &Property,
        pairs: &mut [(Booking, Booking)],
        verb: impl Fn(&Booking, &Booking) -> &'static str,
    ) {
        for (before, after) in pairs.iter_mut() {
            let verb = verb(before, after);
            self.write_row(op, property, before, after, verb);
        }
        self.write_blocks(op, property);
    }
}

/// The rooms that a stay gets and that are not as it must have them.
fn unmet(facts: &Facts, before: Option<&Booking>, after: &Booking) -> Vec<UnmetWishes> {
    let had = |id: RoomId| before.is_some_and(|before| before.rooms.iter().any(|piece| piece.room_id == id));
    let new = after.rooms.iter().filter(|piece| !had(piece.room_id));
    new.filter_map(|piece| after.reservation.wishes.unmet_by(facts.room(piece.room_id)?)).collect()
}

/// Answers what was overridden.
///
/// Errors: ROOM_NOT_AS_WISHED unless that was asked for.
pub fn heed_wishes(facts: &Facts, before: Option<&Booking>, after: &Booking) -> Result<Vec<UnmetWishes>, Refusal> {
    let unmet = unmet(facts, before, after);
    match unmet.first() {
        Some(first) if !after.is_free_of_wishes => Err(wishes::refusal(after.reservation.id, first)),
        _ => Ok(unmet),
    }
}

/// Plans and queues a change that needs no more than the inventory's word.
///
/// Errors: the inventory's refusals; nothing is queued then.
pub async fn save(op: &mut Op, property: &Property, before: &Booking, after: &mut Booking, verb: &'static str) -> Result<()> {
    Plan::make(op, property, [(before, &*after)]).await?.write(op, property, before, after, verb);
    Ok(())
}

/// Queues the row and the nights that differ.
fn update(op: &mut Op, business_date: Day, before: &Booking, after: &mut Booking) {
    after.add_up(business_date);
    let r = &mut after.reservation;
    r.version = before.reservation.version + 1;
    r.updated_at = op.now;
    r.updated_by = op.actor();
    op.write(call!(
        UPDATE_RESERVATION,
        op.tenant(),
        r.id,
        r.guest_id,
        json(&r.primary_guest_json),
        r.status,
        r.check_in_date,
        r.check_out_date,
        r.adults,
        r.children,
        r.room_type_id,
        r.room_id,
        r.rate_plan_id,
        r.nightly_rate_cents,
        r.subtotal_cents,
        r.tax_cents,
        r.fee_cents,
        r.total_cents,
        r.source_type,
        r.source_ref.clone(),
        r.internal_notes.clone(),
        r.guest_notes.clone(),
        r.is_pinned,
        r.arrival_time,
        r.hold_expires_at,
        r.checked_in_on,
        r.checked_out_on,
        r.closed_on,
        r.close_reason.clone(),
        r.planned_check_in_date,
        r.planned_check_out_date,
        r.planned_rooms_json.as_ref().map(json),
        r.search_key(),
        r.version,
        op.now,
        r.updated_by.clone(),
        json(&after.policies),
        r.deposit_cents,
        r.deposit_due_on,
        r.closing_fee.as_ref().map(json),
        r.child_ages.clone(),
        json(&after.packages),
        r.wishes.features.clone(),
        r.wishes.floor.clone(),
        r.wishes.near_reservation_id,
        r.wishes.room_id,
        r.wishes.last_room,
    ));
    let id = r.id;
    let gone: Vec<Day> =
        before.nights.iter().map(|n| n.night).filter(|day| !after.nights.iter().any(|n| n.night == *day)).collect();
    if !gone.is_empty() {
        op.write(call!(DELETE_NIGHTS, op.tenant(), id, gone));
    }
    // Other packages may cost as much.
    let is_other = |n: &NightPrice| n.night >= business_date && before.packages != after.packages;
    let new: Vec<NightPrice> = after.nights.iter().filter(|n| !before.nights.contains(n) || is_other(n)).copied().collect();
    if !new.is_empty() {
        write_nights(op, after, &new);
    }
}

/// Queues a new row with its nights.
pub fn insert(op: &mut Op, booking: &Booking) {
    let r = &booking.reservation;
    op.write(call!(
        INSERT_RESERVATION,
        op.tenant(),
        r.id,
        r.property_id,
        r.guest_id,
        json(&r.primary_guest_json),
        r.status,
        r.check_in_date,
        r.check_out_date,
        r.adults,
        r.children,
        r.room_type_id,
        r.room_id,
        r.rate_plan_id,
        r.nightly_rate_cents,
        r.subtotal_cents,
        r.tax_cents,
        r.fee_cents,
        r.total_cents,
        r.source_type,
        r.source_ref.clone(),
        r.internal_notes.clone(),
        r.guest_notes.clone(),
        r.confirmation_number.clone(),
        r.currency.clone(),
        r.booked_on,
        r.is_pinned,
        r.arrival_time,
        r.hold_expires_at,
        r.search_key(),
        r.created_at,
        r.created_by.clone(),
        json(&booking.policies),
        r.deposit_cents,
        r.deposit_due_on,
        r.child_ages.clone(),
        json(&booking.packages),
        r.wishes.features.clone(),
        r.wishes.floor.clone(),
        r.wishes.near_reservation_id,
        r.wishes.room_id,
        r.wishes.last_room,
    ));
    write_nights(op, booking, &booking.nights);
}
