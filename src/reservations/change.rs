use axum::extract::State;
use jiff::{Timestamp, civil::Time};
use serde::Deserialize;
use tokio_postgres::types::Json;
use utoipa::ToSchema;

use super::{
    model::{Booking, NightPrice, PrimaryGuest, Source, Status, Warning},
    price, rules, store,
};
use crate::{
    calendar, call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::ReservationsEdit},
    kernel::{
        Cents, Faults, GuestId, PackageId, RatePlanId, ReservationId, RoomTypeId,
        patch::{nullable, set},
    },
    op::Op,
    policies::{self, FrozenPolicies},
    properties::Property,
    rates::Occupancy,
    restrictions::{self, Restrictions},
    rooms::{
        self,
        model::RoomType,
        wishes::{self, Wishes},
    },
};

crate::sql! {
    TYPE_GUEST_AND_PLAN = "
        select t.*, g.is_active as guest_is_active, p.is_active as plan_is_active, p.occupancy_json
        from pms_room_types t
          left join pms_guests g on g.tenant_id = $1 and g.property_id = $2 and g.id = $4
          left join pms_rate_plans p on p.tenant_id = $1 and p.property_id = $2 and p.id = $5
        where t.tenant_id = $1 and t.property_id = $2 and t.id = $3";
}

/// What may be changed without touching nights or rooms, and the plan and type that are charged. Dates change by move and resize.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ReservationChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<GuestId>)]
    pub guest_id: Option<Option<GuestId>>,
    pub primary_guest_json: Option<PrimaryGuest>,
    #[schema(minimum = 0, maximum = 1000)]
    pub adults: Option<i32>,
    #[schema(minimum = 0, maximum = 1000)]
    pub children: Option<i32>,
    /// One for each child. Where the plan asks more for more persons, the nights to come cost so much more or less.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Vec<i32>>, max_items = 1000)]
    pub child_ages: Option<Option<Vec<i32>>>,
    /// Another charged type: every night is priced anew.
    pub room_type_id: Option<RoomTypeId>,
    /// Another plan: every night is priced anew, and its policies hold from now on.
    pub rate_plan_id: Option<RatePlanId>,
    /// All packages beside those of the plan; of the nights to come, when some were slept. What it has stays as it was booked; what ended
    /// and is named begins again.
    #[schema(max_items = 20)]
    pub package_ids: Option<Vec<PackageId>>,
    pub source_type: Option<Source>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub source_ref: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub internal_notes: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub guest_notes: Option<Option<String>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    pub arrival_time: Option<Option<Time>>,
    /// All of them anew; null: none any more. A room that the stay has already stays, whatever it is like.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Wishes>)]
    pub wishes: Option<Option<Wishes>>,
    /// Prolongs a hold.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub hold_expires_at: Option<Timestamp>,
    /// Sells against restrictions; what is overridden is audited. Needs `pms.restrictions.override`.
    pub override_restrictions: Option<bool>,
}

/// Changes what a reservation says.
#[utoipa::path(patch, path = "/reservations/{id}", tag = "reservations", params(("id" = ReservationId, Path)), request_body = ReservationChange,
    responses((status = 200, description = "The booking as it is now.", body = Data<Booking>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<ReservationsEdit>,
    Path(id): Path<ReservationId>,
    write: Write<ReservationChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    restrictions::demand_override(&actor, write.body.override_restrictions == Some(true))?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    let mut after = changed(&mut op, &property, &before, write.body).await?;

    store::save(&mut op, &property, &before, &mut after, "changed").await?;
    calendar::settle(&mut op).await?;
    if after.reservation.wishes != before.reservation.wishes {
        after.warnings = not_as_wished(&mut op, &after).await?;
    }
    op.commit(200, &after).await
}

async fn changed(op: &mut Op, property: &Property, before: &Booking, change: ReservationChange) -> Result<Booking> {
    let mut after = before.clone();
    let r = &mut after.reservation;
    let has_new_plan = change.rate_plan_id.is_some_and(|p| p != r.rate_plan_id);
    let reprices = change.room_type_id.is_some_and(|t| t != r.room_type_id) || has_new_plan;
    set(&mut r.guest_id, change.guest_id);
    set(&mut r.primary_guest_json, change.primary_guest_json);
    set(&mut r.adults, change.adults);
    set(&mut r.children, change.children);
    // Ages of other children are not theirs.
    set(&mut r.child_ages, change.child_ages.or(change.children.filter(|n| *n != before.reservation.children).map(|_| None)));
    set(&mut r.room_type_id, change.room_type_id);
    set(&mut r.rate_plan_id, change.rate_plan_id);
    set(&mut r.source_type, change.source_type);
    set(&mut r.source_ref, change.source_ref);
    set(&mut r.internal_notes, change.internal_notes);
    set(&mut r.guest_notes, change.guest_notes);
    set(&mut r.arrival_time, change.arrival_time);
    set(&mut r.wishes, change.wishes.map(Option::unwrap_or_default));

    let mut faults = Faults::default();
    if let Some(at) = change.hold_expires_at {
        if r.status != Status::Hold {
            faults.add("holdExpiresAt", "is for holds alone");
        } else if at <= op.now {
            faults.add("holdExpiresAt", "must be in the future");
        } else {
            r.hold_expires_at = Some(at);
        }
    }
    if reprices && !matches!(r.status, Status::Hold | Status::Confirmed) {
        faults.add("ratePlanId", "and the charged type change only before the arrival");
    }
    if let Some(wanted) = &change.package_ids {
        rules::check_packages(&mut faults, wanted);
        if !r.status.is_active() {
            faults.add("packageIds", format!("cannot change: the reservation is {}", r.status));
        } else if r.check_out_date <= property.business_date {
            faults.add("packageIds", "cannot change: no night of the stay is to come");
        }
    }
    let occupancy = check(op, before, &after, &mut faults).await?;
    faults.finish()?;
    if let Some(wanted) = &change.package_ids {
        let r = &after.reservation;
        let call = price::call(op.tenant(), r.property_id, Some(r.rate_plan_id), Some(r.room_type_id), None, r.stay(), wanted);
        after.packages = price::found(&op.query(call).await?)?.chosen_anew(before, wanted, property.business_date)?;
    }
    let r = &after.reservation;
    let was = &before.reservation;
    if r.wishes.is_hard() && (&r.wishes, r.room_type_id) != (&was.wishes, was.room_type_id) {
        let rooms = op.query(wishes::rooms_of(op.tenant(), r.property_id, r.room_type_id)).await?;
        r.wishes.demand_possible(&rooms)?;
    }
    if let (false, Some(occupancy)) = (reprices, occupancy) {
        let more = occupancy.supplement(after.reservation.guests()) - occupancy.supplement(before.reservation.guests());
        for night in after.nights.iter_mut().filter(|n| n.night >= property.business_date && !n.is_released) {
            night.price_cents = (night.price_cents + more).clamp(Cents(0), Cents::MAX_NIGHT);
        }
    }
    if reprices {
        requote(op, property, before, &mut after, change.override_restrictions == Some(true)).await?;
    }
    if has_new_plan {
        let r = &after.reservation;
        let in_force = policies::frozen::call(op.tenant(), r.property_id, Some(r.rate_plan_id));
        after.policies = FrozenPolicies::in_force(&op.query(in_force).await?);
    }
    Ok(after)
}

/// Its rooms stay its rooms; the desk is told which are not as they must be.
async fn not_as_wished(op: &mut Op, booking: &Booking) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    for piece in &booking.rooms {
        let room = rooms::model::found(&op.query(rooms::model::get(op.tenant(), piece.room_id)).await?)?;
        if let Some(unmet) = booking.reservation.wishes.unmet_by(&room) {
            let message = format!("Room {} is not as wished: {}.", unmet.room_number, unmet.lacks.join(", "));
            warnings.push(Warning { code: "ROOM_NOT_AS_WISHED", message });
        }
    }
    Ok(warnings)
}

/// Answers what the plan asks of more persons.
async fn check(op: &mut Op, before: &Booking, after: &Booking, faults: &mut Faults) -> Result<Option<Occupancy>> {
    let r = &after.reservation;
    let rows =
        op.query(call!(TYPE_GUEST_AND_PLAN, op.tenant(), r.property_id, r.room_type_id, r.guest_id, r.rate_plan_id)).await?;
    let Some(row) = rows.first() else {
        faults.add("roomTypeId", "does not exist in this property");
        return Ok(None);
    };
    let room_type = RoomType::from_row(row);
    if r.room_type_id != before.reservation.room_type_id && !room_type.is_active {
        faults.add("roomTypeId", "is not active");
    }
    if r.rate_plan_id != before.reservation.rate_plan_id {
        match row.get::<_, Option<bool>>("plan_is_active") {
            None => faults.add("ratePlanId", "does not exist in this property"),
            Some(false) => faults.add("ratePlanId", "is not active"),
            Some(true) => {}
        }
    }
    if r.guest_id.is_some() && r.guest_id != before.reservation.guest_id {
        match row.get::<_, Option<bool>>("guest_is_active") {
            None => faults.add("guestId", "does not exist in this property"),
            Some(false) => faults.add("guestId", "is not active: it was merged or closed"),
            Some(true) => {}
        }
    }
    let persons = |b: &Booking| {
        let r = &b.reservation;
        (r.persons(), r.child_ages.clone(), r.room_type_id)
    };
    if persons(before) != persons(after) {
        rules::check_persons(faults, r.persons(), r.child_ages.as_deref(), &room_type);
    }
    if r.primary_guest_json != before.reservation.primary_guest_json {
        rules::check_guest(faults, &r.primary_guest_json);
    }
    rules::check_notes(faults, r);
    if r.wishes != before.reservation.wishes {
        r.wishes.check(faults, Some(r.id));
        if r.wishes.last_room && r.guest_id.is_none() {
            faults.add("wishes.lastRoom", "needs a guestId, whose last room it is");
        }
    }
    Ok(row.get::<_, Option<Json<Occupancy>>>("occupancy_json").map(|Json(occupancy)| occupancy))
}

/// Prices a stay whose dates, type or plan became others, and asks the restrictions: nights that it had, of the same type and plan,
/// keep their price, and what was sold stays sold.
///
/// Errors: VALIDATION_ERROR when a new night has no price; RESTRICTION_VIOLATED unless that is overridden.
pub async fn requote(op: &mut Op, property: &Property, before: &Booking, after: &mut Booking, is_free: bool) -> Result<()> {
    let (was, r) = (&before.reservation, &after.reservation);
    let is_same_sale = (was.room_type_id, was.rate_plan_id) == (r.room_type_id, r.rate_plan_id);
    if is_same_sale && was.stay() == r.stay() {
        return Ok(());
    }
    let kept = if is_same_sale { before.nights.as_slice() } else { &[] };
    let (tenant, plan, room_type, stay) = (op.tenant(), Some(r.rate_plan_id), Some(r.room_type_id), r.stay());
    let chosen: Vec<PackageId> = after.packages.iter().filter(|p| p.rate_plan_id.is_none()).map(|p| p.package_id).collect();
    let [prices, restricted] = op
        .run([
            price::call(tenant, r.property_id, plan, room_type, None, stay, &chosen),
            restrictions::of_stay(tenant, r.property_id, plan, room_type, None, stay),
        ])
        .await?;
    let tariff = price::found(&prices)?;
    let nights = rules::repriced(kept, stay, |day| tariff.night(day, r.room_type_id, r.guests()))?;
    let broken = rules::restricted(&Restrictions::from_rows(&restricted), property, Some(was), r);
    if was.rate_plan_id != r.rate_plan_id {
        // What was chosen stays, as far as it is still sold.
        after.packages = tariff.packages(&[])?;
    }
    after.overridden_restrictions = restrictions::heed(broken, is_free)?;
    after.nights = nights;
    Ok(())
}

/// The nights of the booking as its dates are now: those in `kept` at their stored price, the others quoted by its plan.
///
/// Errors: VALIDATION_ERROR when a new night has no price.
pub async fn quoted_nights(op: &mut Op, booking: &Booking, kept: &[NightPrice]) -> Result<Vec<NightPrice>> {
    let r = &booking.reservation;
    let stay = r.stay();
    let all_kept = stay.days().all(|day| kept.iter().any(|n| n.night == day && !n.is_released));
    let tariff = if all_kept {
        None
    } else {
        let call = price::call(op.tenant(), r.property_id, Some(r.rate_plan_id), Some(r.room_type_id), None, stay, &[]);
        Some(price::found(&op.query(call).await?)?)
    };
    Ok(rules::repriced(kept, stay, |day| tariff.as_ref().and_then(|t| t.night(day, r.room_type_id, r.guests())))?)
}
