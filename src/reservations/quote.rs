use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    model::{Booking, NightPrice, Sums},
    price, rules,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, data, permission::ReservationsView},
    inventory::{Counts, availability, count},
    kernel::{Cents, Day, Faults, PackageId, PropertyId, RatePlanId, Refusal, ReservationId, RoomId, RoomTypeId, Stay},
    packages::{FrozenPackage, PackageLine},
    policies::{self, FrozenPolicies, rules::zone},
    properties::{self, Property},
    rates::Guests,
    restrictions::{self, Restrictions, Sold, Violation},
    rooms::{
        room_type::{self, RoomType},
        wishes::Wishes,
    },
    taxes::{self, TaxLine, TaxRule},
};

use super::{
    night_rows::NIGHTS_OF,
    store::{PIECES_OF, READ_RESERVATION, assemble},
};

/// What a stay would cost.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuoteRequest {
    pub property_id: PropertyId,
    pub room_type_id: RoomTypeId,
    /// The property's default plan when absent.
    pub rate_plan_id: Option<RatePlanId>,
    /// Packages beside those of the plan.
    #[schema(max_items = 20)]
    pub package_ids: Option<Vec<PackageId>>,
    pub check_in_date: Day,
    /// The day of departure; not a night.
    pub check_out_date: Day,
    /// When absent 2, or 1 with children, as far as the type takes them.
    #[schema(minimum = 0, maximum = 1000)]
    pub adults: Option<i32>,
    #[schema(minimum = 0, maximum = 1000)]
    pub children: Option<i32>,
    /// 0 to 17, one for each child.
    #[schema(max_items = 1000)]
    pub child_ages: Option<Vec<i32>>,
    /// Of the free rooms, those that are as it must be are told.
    #[serde(default)]
    #[schema(required = false)]
    pub wishes: Wishes,
}

/// The lines of a stay and whether it can be had. Nothing is held by it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    pub currency: String,
    pub rate_plan_id: RatePlanId,
    pub nights: Vec<NightPrice>,
    pub nightly_rate_cents: Cents,
    /// The nights without taxes and fees.
    pub subtotal_cents: Cents,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
    pub total_cents: Cents,
    /// Taxes and fees of all nights, by code.
    pub taxes: Vec<TaxLine>,
    /// What is sold with the nights, in their order.
    pub packages: Vec<NightPackage>,
    /// The fewest rooms left on any of the nights; below 1 a booking is refused.
    pub available: i64,
    /// Restrictions that forbid it: a booking is refused unless they are overridden. Of a quote for a change: what it makes new or worse.
    pub violations: Vec<Violation>,
    /// Rooms that are free on all nights, the best first.
    pub free_room_ids: Vec<RoomId>,
    /// Against the stay as it is booked: of a quote for a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub difference_cents: Option<Cents>,
    /// What the guest is told and the booking keeps. Of a quote for a change: as they were frozen.
    pub policies: FrozenPolicies,
    pub deposit_cents: Cents,
    /// Null: no deposit is asked.
    pub deposit_due_on: Option<Day>,
    /// What a cancellation costs, without taxes that come on top: one after the other.
    pub cancellation_steps: Vec<CancellationStep>,
}

/// A part of a package, with the night that it is posted with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NightPackage {
    pub night: Day,
    #[serde(flatten)]
    pub line: PackageLine,
}

/// What a cancellation costs for some time.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancellationStep {
    /// Up to and with this instant; null: once all deadlines have passed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    pub amount_cents: Cents,
}

/// Quotes a stay before it is booked.
#[utoipa::path(post, path = "/reservations/quote", tag = "reservations", request_body = QuoteRequest,
    responses((status = 200, description = "The quote.", body = Data<Quote>)))]
pub async fn quote(State(app): State<AppState>, actor: May<ReservationsView>, write: Write<QuoteRequest>) -> Result<Reply> {
    let body = write.body;
    actor.sees(body.property_id)?;
    let stay = Stay::new(body.check_in_date, body.check_out_date).map_err(|rule| Refusal::invalid("checkOutDate", rule))?;
    let ages = body.child_ages.as_deref();
    let children = body.children.or(ages.map(|ages| ages.len() as i32));
    let mut faults = Faults::default();
    faults.range("adults", body.adults.unwrap_or(0), 0, 1000);
    faults.range("children", children.unwrap_or(0), 0, 1000);
    rules::check_packages(&mut faults, body.package_ids.as_deref().unwrap_or_default());
    body.wishes.check(&mut faults, None);
    faults.finish()?;

    let chosen = body.package_ids.as_deref().unwrap_or_default();
    let rows = app
        .store
        .read(
            actor.tenant,
            vec![
                properties::model::get(actor.tenant, body.property_id),
                price::call(actor.tenant, body.property_id, body.rate_plan_id, Some(body.room_type_id), None, stay, chosen),
                count::call(actor.tenant, body.property_id, Vec::new(), Some(vec![body.room_type_id]), stay),
                availability::free_rooms(actor.tenant, body.property_id, Some(body.room_type_id), stay, None),
                taxes::model::active(actor.tenant, body.property_id),
                policies::frozen::call(actor.tenant, body.property_id, body.rate_plan_id),
                restrictions::of_stay(actor.tenant, body.property_id, body.rate_plan_id, Some(body.room_type_id), None, stay),
                room_type::get(actor.tenant, body.room_type_id),
            ],
        )
        .await?;
    let property = properties::model::found(&rows[0])?;
    let counts = Counts::from_rows(stay, &rows[2]);
    let room_type = rows[7].first().map(RoomType::from_row).filter(|it| it.property_id == body.property_id);
    let room_type = room_type.ok_or_else(|| Refusal::invalid("roomTypeId", "does not exist in this property"))?;
    let tariff = price::found(&rows[1])?;
    if !tariff.is_active {
        return Err(Refusal::invalid("ratePlanId", "is not active").into());
    }
    let persons = (body.adults.unwrap_or_else(|| rules::usual_adults(children.is_some(), &room_type)), children.unwrap_or(0));
    let mut faults = Faults::default();
    rules::check_persons(&mut faults, persons, ages, &room_type);
    faults.finish()?;
    let guests = Guests { adults: persons.0, children: persons.1, ages: ages.unwrap_or_default() };
    let nights = rules::repriced(&[], stay, |day| tariff.night(day, body.room_type_id, guests))?;

    let available = counts.nights(body.room_type_id).map(|(_, n)| n.available()).min().unwrap_or(0);
    let free = availability::as_wished(&rows[3], &body.wishes);
    let taxed = Taxed::all(nights, &rules_of(&rows[4]), &tariff.packages(chosen)?, stay, persons, Day::MIN);
    let policies = FrozenPolicies::in_force(&rows[5]);
    let under = Under { policies: &policies, booked_on: property.business_date, stay };
    let mut quote = composed(&property, tariff.plan, taxed, available, free, under);
    let sold = Sold { stay, on: property.business_date, was: None };
    quote.violations = Restrictions::from_rows(&rows[6]).broken_by(tariff.plan, body.room_type_id, sold);
    Ok(data(&quote))
}

fn rules_of(rows: &[Row]) -> Vec<TaxRule> {
    rows.iter().map(TaxRule::from_row).collect()
}

/// Nights with their taxes, and these by code.
pub struct Taxed {
    pub nights: Vec<NightPrice>,
    pub taxes: Vec<TaxLine>,
    pub packages: Vec<NightPackage>,
}

impl Taxed {
    /// As [`super::Booking::add_up`] does it: nights before the business date keep what they have, and are told by the rules as far as
    /// these still make it.
    pub fn all(
        mut nights: Vec<NightPrice>,
        rules: &[TaxRule],
        sold_with: &[FrozenPackage],
        stay: Stay,
        persons: (i32, i32),
        business_date: Day,
    ) -> Taxed {
        let (mut taxes, mut packages): (Vec<TaxLine>, Vec<NightPackage>) = (Vec::new(), Vec::new());
        for night in nights.iter_mut().filter(|n| !n.is_released) {
            let mut lines = night.lines(rules, stay.from, persons.0, persons.1);
            let mut sold = night.packages(sold_with, rules, stay, persons, &lines);
            if night.night >= business_date {
                night.take(&lines, &sold);
            } else if !night.has_taken(&lines, &sold) {
                (lines, sold) = (night.lump(), Vec::new());
            }
            for line in lines.into_iter().chain(sold.iter().flat_map(|package| package.taxes.clone())) {
                match taxes.iter_mut().find(|t| t.code == line.code && t.is_inclusive == line.is_inclusive) {
                    Some(sum) => sum.amount_cents = sum.amount_cents + line.amount_cents,
                    None => taxes.push(line),
                }
            }
            packages.extend(sold.into_iter().map(|line| NightPackage { night: night.night, line }));
        }
        Taxed { nights, taxes, packages }
    }
}

/// What the booking is made under.
pub struct Under<'a> {
    pub policies: &'a FrozenPolicies,
    pub booked_on: Day,
    pub stay: Stay,
}

impl Under<'_> {
    /// The deposit of nights that cost so much with taxes and fees, and when it is due.
    pub fn deposit(&self, totals: &[Cents]) -> Option<(Cents, Day)> {
        self.policies.deposit_of(totals, self.booked_on, self.stay.from)
    }

    pub fn steps(&self, nights: &[NightPrice], timezone: &str) -> Vec<CancellationStep> {
        let Some(cancellation) = &self.policies.cancellation else { return Vec::new() };
        let prices: Vec<Cents> = nights.iter().map(|n| n.price_cents).collect();
        let steps = cancellation.terms.steps(self.stay.from, &zone(timezone));
        steps.iter().map(|step| CancellationStep { until: step.until, amount_cents: step.fee.of(&prices) }).collect()
    }
}

fn composed(
    property: &Property,
    plan: RatePlanId,
    taxed: Taxed,
    available: i64,
    free_room_ids: Vec<RoomId>,
    under: Under<'_>,
) -> Quote {
    let sums = Sums::of(&taxed.nights);
    let totals: Vec<Cents> = taxed.nights.iter().map(NightPrice::total).collect();
    let (deposit, deposit_due_on) = under.deposit(&totals).unzip();
    Quote {
        currency: property.currency.clone(),
        deposit_cents: deposit.unwrap_or(Cents(0)),
        deposit_due_on,
        cancellation_steps: under.steps(&taxed.nights, &property.timezone),
        policies: under.policies.clone(),
        rate_plan_id: plan,
        nightly_rate_cents: sums.nightly_rate,
        subtotal_cents: sums.subtotal,
        tax_cents: sums.tax,
        fee_cents: sums.fee,
        total_cents: sums.total(),
        nights: taxed.nights,
        taxes: taxed.taxes,
        packages: taxed.packages,
        available,
        violations: Vec::new(),
        free_room_ids,
        difference_cents: None,
    }
}

/// Other dates for a stay, or other packages.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeQuoteRequest {
    pub check_in_date: Day,
    /// The day of departure; not a night.
    pub check_out_date: Day,
    /// All packages beside those of the plan; as they are when absent.
    #[schema(max_items = 20)]
    pub package_ids: Option<Vec<PackageId>>,
}

/// Quotes other dates or packages for a stay: kept nights at their stored price, the others by its plan, and the difference.
#[utoipa::path(post, path = "/reservations/{id}/quote", tag = "reservations", params(("id" = ReservationId, Path)), request_body = ChangeQuoteRequest,
    responses((status = 200, description = "The quote with the difference.", body = Data<Quote>)))]
pub async fn quote_change(
    State(app): State<AppState>,
    actor: May<ReservationsView>,
    Path(id): Path<ReservationId>,
    write: Write<ChangeQuoteRequest>,
) -> Result<Reply> {
    let stay =
        Stay::new(write.body.check_in_date, write.body.check_out_date).map_err(|rule| Refusal::invalid("checkOutDate", rule))?;
    let wanted = write.body.package_ids.as_deref();
    let mut faults = Faults::default();
    rules::check_packages(&mut faults, wanted.unwrap_or_default());
    faults.finish()?;

    let calls = vec![
        call!(READ_RESERVATION, actor.tenant, id),
        call!(NIGHTS_OF, actor.tenant, vec![id]),
        call!(PIECES_OF, actor.tenant, vec![id]),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;
    let row = rows[0].first().ok_or_else(|| Refusal::not_found("reservation"))?;
    let booking = assemble(row, &rows[1], &rows[2]);
    actor.sees(booking.reservation.property_id).map_err(|_| Refusal::not_found("reservation"))?;
    let r = &booking.reservation;
    let calls = vec![
        price::call(
            actor.tenant,
            r.property_id,
            Some(r.rate_plan_id),
            Some(r.room_type_id),
            None,
            stay,
            wanted.unwrap_or_default(),
        ),
        count::call(actor.tenant, r.property_id, Vec::new(), Some(vec![r.room_type_id]), stay),
        availability::free_rooms(actor.tenant, r.property_id, Some(r.room_type_id), stay, Some(id)),
        taxes::model::active(actor.tenant, r.property_id),
        properties::model::get(actor.tenant, r.property_id),
        restrictions::of_stay(actor.tenant, r.property_id, Some(r.rate_plan_id), Some(r.room_type_id), None, stay),
    ];
    let own_nights = nights_taken(&booking, &rows[2]);
    let rows = app.store.read(actor.tenant, calls).await?;
    let tariff = price::found(&rows[0])?;
    let nights = rules::repriced(&booking.nights, stay, |day| tariff.night(day, r.room_type_id, r.guests()))?;

    let counts = Counts::from_rows(stay, &rows[1]);
    let own = |day: Day| i64::from(own_nights.iter().any(|taken| taken.contains(day)));
    let in_house = |day: Day| i64::from(r.status.is_active() && r.stay().contains(day));
    let available = counts.nights(r.room_type_id).map(|(day, n)| n.available_to(own(day), in_house(day))).min().unwrap_or(0);
    let free = availability::as_wished(&rows[2], &r.wishes);
    let property = properties::model::found(&rows[4])?;
    let packages = match wanted {
        Some(wanted) => tariff.chosen_anew(&booking, wanted, property.business_date)?,
        None => booking.packages.clone(),
    };
    let taxed = Taxed::all(nights, &rules_of(&rows[3]), &packages, stay, r.persons(), property.business_date);
    let under = Under { policies: &booking.policies, booked_on: r.booked_on, stay };
    let mut quote = composed(&property, r.rate_plan_id, taxed, available, free, under);
    let sold = Sold { stay, on: property.business_date, was: Some(r.stay()) };
    quote.violations = Restrictions::from_rows(&rows[5]).broken_by(r.rate_plan_id, r.room_type_id, sold);
    quote.difference_cents = Some(quote.total_cents - r.total_cents);
    Ok(data(&quote))
}

/// The nights that the stay itself takes of its charged type: those in rooms of the type, or all while it waits for a room.
fn nights_taken(booking: &Booking, pieces: &[Row]) -> Vec<Stay> {
    let r = &booking.reservation;
    if pieces.is_empty() {
        return if r.status.is_active() { vec![r.stay()] } else { Vec::new() };
    }
    let of_type = pieces.iter().filter(|row| row.get::<_, RoomTypeId>(4) == r.room_type_id);
    of_type.map(|row| Stay { from: row.get(2), to: row.get(3) }).collect()
}
