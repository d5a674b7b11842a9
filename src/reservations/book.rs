use std::sync::Arc;

use axum::extract::State;
use jiff::{Timestamp, ToSpan, civil::Time};
use serde::Deserialize;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    model::{Booking, NightPrice, PrimaryGuest, Reservation, Source, Status, Warning},
    price::{self, Tariff},
    rules, store,
};
use crate::{
    call,
    db::{Reply, Result},
    folios,
    http::{
        Actor, AppState, Data, May, Write,
        permission::{RatesManage, ReservationsCreate},
    },
    inventory::{self, Claims, Facts, Piece, Shift, Wanted, availability},
    kernel::{
        Cents, Code, Day, Faults, GuestId, PackageId, PropertyId, RatePlanId, Refusal, ReservationId, RoomId, RoomTypeId, Stay,
    },
    op::{Change, Op},
    policies::{self, FrozenPolicies},
    properties::{self, Property},
    restrictions::{self, Restrictions},
    rooms::{
        room_type::RoomType,
        wishes::{self, Wishes},
    },
    taxes::{self, TaxRule},
};

/// What a booking needs: the type, or the room, and the nights.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReservation {
    /// Made by the server when absent.
    pub id: Option<ReservationId>,
    pub property_id: PropertyId,
    /// The charged type; that of the room when absent.
    pub room_type_id: Option<RoomTypeId>,
    /// Without it the stay waits for a room.
    pub room_id: Option<RoomId>,
    /// The property's default plan when absent.
    pub rate_plan_id: Option<RatePlanId>,
    /// Packages beside those of the plan.
    #[schema(max_items = 20)]
    pub package_ids: Option<Vec<PackageId>>,
    pub check_in_date: Day,
    /// The day of departure; not a night.
    pub check_out_date: Day,
    #[schema(minimum = 0, maximum = 1000)]
    pub adults: Option<i32>,
    #[schema(minimum = 0, maximum = 1000)]
    pub children: Option<i32>,
    /// 0 to 17, one for each child: some plans price by age. Of an age that is not told the dearest is asked.
    #[schema(max_items = 1000)]
    pub child_ages: Option<Vec<i32>>,
    pub guest_id: Option<GuestId>,
    /// Taken from the profile when `guestId` is given without it.
    pub primary_guest_json: Option<PrimaryGuest>,
    /// `HOLD` or `CONFIRMED`, the latter when absent.
    pub status: Option<Status>,
    /// Of a hold; after the property's `holdMinutes` when absent.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub hold_expires_at: Option<Timestamp>,
    pub source_type: Option<Source>,
    #[schema(max_length = 200)]
    pub source_ref: Option<String>,
    #[schema(max_length = 4000)]
    pub internal_notes: Option<String>,
    #[schema(max_length = 4000)]
    pub guest_notes: Option<String>,
    #[schema(value_type = Option<String>, example = "18:30")]
    pub arrival_time: Option<Time>,
    pub is_pinned: Option<bool>,
    /// What must be so of the room, and what would be nice.
    #[serde(default)]
    #[schema(required = false)]
    pub wishes: Wishes,
    /// Takes `roomId` although it is not as wished; that is audited.
    pub override_wishes: Option<bool>,
    /// Another price than the plan's, for every night. Needs `pms.rates.manage`.
    #[schema(minimum = 0)]
    pub nightly_rate_cents: Option<Cents>,
    /// Sells against restrictions; what is overridden is audited. Needs `pms.restrictions.override`.
    pub override_restrictions: Option<bool>,
}

/// What the desk may not do and an import may.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms {
    /// Arrivals before the business date, prices below zero, whatever restrictions say.
    pub history: bool,
    pub booked_on: Option<Day>,
}

crate::sql! {
    GUEST_SNAPSHOT = "
        select first_name, last_name, email, phone, is_active, property_id from pms_guests where tenant_id = $1 and id = $2";
}

/// Books a stay, with a room or without.
#[utoipa::path(post, path = "/reservations", tag = "reservations", request_body = NewReservation,
    responses((status = 201, description = "The booking.", body = Data<Booking>)))]
pub async fn book(State(app): State<AppState>, actor: May<ReservationsCreate>, write: Write<NewReservation>) -> Result<Reply> {
    demand_price_permission(&actor, write.body.nightly_rate_cents)?;
    restrictions::demand_override(&actor, write.body.override_restrictions == Some(true))?;
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let mut booking = book_in(&mut op, write.body, Terms::default()).await?;
    crate::calendar::settle(&mut op).await?;
    if booking.rooms.is_empty() {
        warn_when_no_room_fits(&mut op, &mut booking).await?;
    }

    op.commit(201, &booking).await
}

pub(super) fn demand_price_permission(actor: &Actor, price: Option<Cents>) -> Result<(), Refusal> {
    if price.is_some() && !actor.may::<RatesManage>() {
        return Err(Refusal::new(
            Code::AuthorizationDenied,
            "A price other than the plan's needs the permission pms.rates.manage.",
        ));
    }
    Ok(())
}

/// The use case itself, joined to an operation. The caller settles the calendar.
pub async fn book_in(op: &mut Op, new: NewReservation, terms: Terms) -> Result<Booking> {
    let stay = check_request(&new)?;

    let wanted = Wanted {
        property: new.property_id,
        rooms: new.room_id.into_iter().collect(),
        types: new.room_type_id.into_iter().collect(),
        window: stay,
    };
    let tenant = op.tenant();
    let chosen = new.package_ids.as_deref().unwrap_or_default();
    let [types, rooms, taken, counts] = Facts::calls(op, &wanted);
    let rows = op
        .run([
            properties::model::hold_day(tenant, new.property_id),
            properties::model::get(tenant, new.property_id),
            price::call(tenant, new.property_id, new.rate_plan_id, new.room_type_id, new.room_id, stay, chosen),
            call!(GUEST_SNAPSHOT, tenant, new.guest_id),
            taxes::model::active(tenant, new.property_id),
            policies::frozen::call(tenant, new.property_id, new.rate_plan_id),
            restrictions::of_stay(tenant, new.property_id, new.rate_plan_id, new.room_type_id, new.room_id, stay),
            types,
            rooms,
            taken,
            counts,
        ])
        .await?;
    let [_, property, tariff, guest, tax_rules, in_force, restricted, types, rooms, taken, counts] = rows;
    let property = properties::model::found(&property)?;
    let facts = Facts::from_rows(&wanted, &[types, rooms, taken, counts]);

    let known = Known {
        tariff: Tariff::from_rows(&tariff),
        profile: guest.first(),
        tax_rules: tax_rules.iter().map(TaxRule::from_row).collect(),
        policies: FrozenPolicies::in_force(&in_force),
    };
    let (is_free, is_free_of_wishes) = (new.override_restrictions == Some(true), new.override_wishes == Some(true));
    let mut booking = compose(op, &property, &facts, known, new, terms)?;
    if !terms.history {
        let broken = rules::restricted(&Restrictions::from_rows(&restricted), &property, None, &booking.reservation);
        booking.overridden_restrictions = restrictions::heed(broken, is_free)?;
    }
    let r = &booking.reservation;
    if r.wishes.is_hard() {
        let rooms = op.query(wishes::rooms_of(tenant, property.id, r.room_type_id)).await?;
        r.wishes.demand_possible(&rooms)?;
    }
    let shift = Shift { reservation: booking.reservation.id, before: Claims::Nothing, after: booking.claims() };
    inventory::decide(&facts, std::slice::from_ref(&shift))?;
    booking.is_free_of_wishes = is_free_of_wishes;
    booking.overridden_wishes = store::heed_wishes(&facts, None, &booking)?;

    store::insert(op, &booking);
    op.record(Change::created(property.id, "reservation", booking.reservation.id, &booking));
    folios::open(op, property.id, booking.reservation.id, &property.currency);
    inventory::write::shift(op, property.id, &facts, &[shift]);
    Ok(booking)
}

/// What can be seen without the database.
fn check_request(new: &NewReservation) -> Result<Stay, Refusal> {
    let mut faults = Faults::default();
    let stay = faults.check("checkOutDate", Stay::new(new.check_in_date, new.check_out_date));
    if new.room_type_id.is_none() && new.room_id.is_none() {
        faults.add("roomTypeId", "is required when there is no roomId");
    }
    match new.status {
        None | Some(Status::Confirmed) if new.hold_expires_at.is_some() => faults.add("holdExpiresAt", "is for holds alone"),
        None | Some(Status::Hold | Status::Confirmed) => {}
        Some(_) => faults.add("status", "must be HOLD or CONFIRMED"),
    }
    if new.guest_id.is_none() && new.primary_guest_json.is_none() {
        faults.add("primaryGuestJson", "is required when there is no guestId");
    }
    if let Some(guest) = &new.primary_guest_json {
        rules::check_guest(&mut faults, guest);
    }
    rules::check_packages(&mut faults, new.package_ids.as_deref().unwrap_or_default());
    new.wishes.check(&mut faults, new.id);
    if new.wishes.last_room && new.guest_id.is_none() {
        faults.add("wishes.lastRoom", "needs a guestId, whose last room it is");
    }
    faults.finish()?;
    stay.ok_or_else(|| Refusal::invalid("checkOutDate", "must be after the arrival"))
}

/// What the database knows of the plan, the guest, the taxes and the policies.
struct Known<'a> {
    tariff: Option<Tariff>,
    profile: Option<&'a Row>,
    tax_rules: Arc<[TaxRule]>,
    policies: FrozenPolicies,
}

/// Puts the booking together from what was asked and what is known.
fn compose(
    op: &Op,
    property: &Property,
    facts: &Facts,
    known: Known<'_>,
    new: NewReservation,
    terms: Terms,
) -> Result<Booking, Refusal> {
    let Known { tariff, profile, tax_rules, policies } = known;
    let stay = Stay { from: new.check_in_date, to: new.check_out_date };
    let mut faults = Faults::default();
    if !property.is_active {
        faults.add("propertyId", "is not active");
    }
    if !terms.history && stay.from < property.business_date {
        faults.add("checkInDate", format!("must not be before the business date, {}", property.business_date));
    }
    if property.business_date.days_until(stay.from) > rules::FARTHEST_ARRIVAL_DAYS {
        faults.add("checkInDate", "must be at most five years ahead");
    }
    let room = new.room_id.map(|id| facts.room(id).ok_or_else(|| Refusal::invalid("roomId", "does not exist in this property")));
    let room = room.transpose()?;
    let room_type_id = new.room_type_id.or(room.map(|r| r.room_type_id));
    let room_type = room_type_id.and_then(|id| facts.room_type(id));
    let room_type = room_type.ok_or_else(|| Refusal::invalid("roomTypeId", "does not exist in this property"))?;
    if !room_type.is_active {
        faults.add("roomTypeId", "is not active");
    }
    let tariff = tariff.ok_or_else(|| match new.rate_plan_id {
        Some(_) => Refusal::invalid("ratePlanId", "does not exist in this property"),
        None => Refusal::invalid("ratePlanId", "is required: the property has no default plan"),
    })?;
    if !tariff.is_active {
        faults.add("ratePlanId", "is not active");
    }
    let price = new.nightly_rate_cents;
    let packages = tariff.packages(new.package_ids.as_deref().unwrap_or_default())?;
    let guest = primary_guest(property, profile, &new, &mut faults);
    let rooms = new.room_id.map(|room_id| Piece { room_id, stay }).into_iter().collect();
    let reservation = composed(op, property, room_type, tariff.plan, guest, new, terms);
    let nights = nights_of(&tariff, &reservation, price, terms, &mut faults);
    if reservation.hold_expires_at.is_some_and(|at| at <= op.now) {
        faults.add("holdExpiresAt", "must be in the future");
    }
    rules::check_persons(&mut faults, reservation.persons(), reservation.child_ages.as_deref(), room_type);
    rules::check_notes(&mut faults, &reservation);
    faults.finish()?;
    let mut booking = Booking { tax_rules, packages, ..Booking::of(reservation, nights, rooms, policies) };
    booking.add_up(Day::MIN);
    Ok(booking)
}

/// The row itself; what it costs is added up from its nights.
fn composed(
    op: &Op,
    property: &Property,
    room_type: &RoomType,
    plan: RatePlanId,
    guest: Option<PrimaryGuest>,
    new: NewReservation,
    terms: Terms,
) -> Reservation {
    let status = new.status.unwrap_or(Status::Confirmed);
    let told_children = new.child_ages.as_ref().map(|ages| ages.len() as i32);
    let children = new.children.or(told_children);
    let expiry = || op.now.checked_add(i64::from(property.hold_minutes).minutes()).unwrap_or(op.now);
    Reservation {
        id: new.id.unwrap_or_else(|| ReservationId(op.new_id())),
        property_id: property.id,
        confirmation_number: op.new_id().to_string().split_off(18),
        guest_id: new.guest_id,
        primary_guest_json: guest.unwrap_or(PrimaryGuest {
            first_name: String::new(),
            last_name: String::new(),
            email: None,
            phone: None,
        }),
        status,
        check_in_date: new.check_in_date,
        check_out_date: new.check_out_date,
        adults: new.adults.unwrap_or_else(|| rules::usual_adults(children.is_some(), room_type)),
        children: children.unwrap_or(0),
        child_ages: new.child_ages,
        room_type_id: room_type.id,
        room_id: new.room_id,
        rate_plan_id: plan,
        nightly_rate_cents: Cents(0),
        subtotal_cents: Cents(0),
        tax_cents: Cents(0),
        fee_cents: Cents(0),
        total_cents: Cents(0),
        currency: property.currency.clone(),
        source_type: new.source_type.unwrap_or(Source::Direct),
        source_ref: new.source_ref,
        internal_notes: new.internal_notes,
        guest_notes: new.guest_notes,
        booked_on: terms.booked_on.unwrap_or(property.business_date),
        is_pinned: new.is_pinned.unwrap_or(false),
        wishes: new.wishes,
        arrival_time: new.arrival_time,
        hold_expires_at: (status == Status::Hold).then(|| new.hold_expires_at.unwrap_or_else(expiry)),
        checked_in_on: None,
        checked_out_on: None,
        closed_on: None,
        close_reason: None,
        closing_fee: None,
        deposit_cents: Cents(0),
        deposit_due_on: None,
        planned_check_in_date: None,
        planned_check_out_date: None,
        planned_rooms_json: None,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    }
}

fn nights_of(tariff: &Tariff, r: &Reservation, price: Option<Cents>, terms: Terms, faults: &mut Faults) -> Vec<NightPrice> {
    let (stay, room_type_id) = (r.stay(), r.room_type_id);
    if let Some(price_cents) = price {
        let lowest = if terms.history { -Cents::MAX_NIGHT.0 } else { 0 };
        faults.range("nightlyRateCents", price_cents.0, lowest, Cents::MAX_NIGHT.0);
        let night = |night| NightPrice::new(night, room_type_id, tariff.plan, price_cents);
        return stay.days().map(night).collect();
    }
    let priced: Vec<NightPrice> = stay.days().filter_map(|day| tariff.night(day, room_type_id, r.guests())).collect();
    if priced.len() < stay.nights() as usize {
        let missing = stay.days().find(|day| !tariff.has(*day));
        faults.add("ratePlanId", format!("has no price for {}", missing.unwrap_or(stay.from)));
    }
    priced
}

fn primary_guest(property: &Property, profile: Option<&Row>, new: &NewReservation, faults: &mut Faults) -> Option<PrimaryGuest> {
    if new.guest_id.is_some() {
        let known = profile.filter(|row| row.get::<_, PropertyId>("property_id") == property.id);
        match known {
            None => faults.add("guestId", "does not exist in this property"),
            Some(row) if !row.get::<_, bool>("is_active") => faults.add("guestId", "is not active: it was merged or closed"),
            Some(_) => {}
        }
    }
    new.primary_guest_json.clone().or_else(|| {
        profile.map(|row| PrimaryGuest {
            first_name: row.get("first_name"),
            last_name: row.get("last_name"),
            email: row.get("email"),
            phone: row.get("phone"),
        })
    })
}

/// A type may have a room left on each night, and no one room that is free on all of them.
async fn warn_when_no_room_fits(op: &mut Op, booking: &mut Booking) -> Result<()> {
    let r = &booking.reservation;
    let call = availability::free_rooms(op.tenant(), r.property_id, Some(r.room_type_id), r.stay(), None);
    if availability::as_wished(&op.query(call).await?, &r.wishes).is_empty() {
        booking.warnings.push(Warning {
            code: "NO_SINGLE_ROOM_FREE",
            message:
                "Each night has a room left, but no one room is free for all of them: stays must be moved, or the stay split."
                    .into(),
        });
    }
    Ok(())
}
