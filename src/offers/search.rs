use std::str::FromStr;

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    facts::{self, Facts, Wanted},
    model::{Offer, OfferChange, OfferChangeKind, OfferPrice, OfferedPlan, Offers},
    nearest::{REACH_DAYS, Shelf},
};
use crate::{
    db::{Reply, Result},
    http::{AppState, Data, May, Query, data, permission::ReservationsView},
    kernel::{Cents, Day, Faults, PackageId, PropertyId, RatePlanId, Refusal, RoomTypeId, Stay},
    rates::{Guests, derive::OLDEST_CHILD},
    reservations::{
        model::{NightPrice, Sums},
        quote::{Taxed, Under},
        rules,
    },
};

/// The longest stay that is searched for, and the longest when days around it are searched, too.
const MAX_NIGHTS: i32 = 180;
const MAX_FLEXIBLE_NIGHTS: i32 = 31;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OffersQuery {
    property_id: PropertyId,
    /// The day of arrival.
    arrival: Day,
    /// The day of departure; not a night. Or say `nights`.
    departure: Option<Day>,
    /// 1 when neither is given; at most 180, with `flexibleDays` 31.
    #[param(minimum = 1, maximum = 180)]
    nights: Option<i32>,
    /// 2 when absent.
    #[param(minimum = 1, maximum = 1000)]
    adults: Option<i32>,
    /// The age of each child, 0 to 17, with commas between: `4,9`.
    #[param(max_length = 200)]
    children: Option<String>,
    /// Ids of room types, with commas between; every active one when absent.
    #[param(max_length = 2000)]
    types: Option<String>,
    /// Ids of rate plans, with commas between; every active one when absent.
    #[param(max_length = 2000)]
    plans: Option<String>,
    /// Ids of packages beside those of the plans, with commas between; at most 20.
    #[param(max_length = 600)]
    packages: Option<String>,
    /// Arrivals up to so many days earlier and later are offered, too.
    #[param(minimum = 1, maximum = 7)]
    flexible_days: Option<i32>,
}

/// What can be sold for these dates, with prices, and what cannot, with the reasons and what could be had instead.
#[utoipa::path(get, path = "/offers", tag = "availability", params(OffersQuery),
    responses((status = 200, description = "Every room type at every rate plan.", body = Data<Offers>)))]
pub async fn search(
    State(app): State<AppState>,
    actor: May<ReservationsView>,
    Query(query): Query<OffersQuery>,
) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let asked = Asked::read(&query)?;

    let rows = app.store.read(actor.tenant, facts::calls(actor.tenant, &asked.wanted)).await?;
    let facts = Facts::from_rows(&asked.wanted, &rows)?;
    if !facts.is_active {
        return Err(Refusal::invalid("propertyId", "is not active").into());
    }
    Ok(data(&found(facts, &asked)))
}

/// A search that can be made.
pub struct Asked {
    pub wanted: Wanted,
    pub stays: Vec<Stay>,
    pub adults: i32,
    /// One for each child.
    pub ages: Vec<i32>,
}

impl Asked {
    fn read(query: &OffersQuery) -> Result<Asked, Refusal> {
        let mut faults = Faults::default();
        let departure = match (query.departure, query.nights) {
            (Some(_), Some(_)) => {
                faults.add("nights", "must not be given beside departure");
                query.arrival.plus(1)
            }
            (Some(day), None) => day,
            (None, nights) => query.arrival.plus(nights.unwrap_or(1).clamp(1, MAX_NIGHTS)),
        };
        if let Some(nights) = query.nights {
            faults.range("nights", nights, 1, MAX_NIGHTS);
        }
        let flexible = query.flexible_days.unwrap_or(0);
        if query.flexible_days.is_some() {
            faults.range("flexibleDays", flexible, 1, 7);
        }
        let stay = faults.check("departure", Stay::new(query.arrival, departure));
        let most = if flexible > 0 { MAX_FLEXIBLE_NIGHTS } else { MAX_NIGHTS };
        if stay.is_some_and(|stay| stay.nights() > most) {
            faults.add("departure", format!("must be at most {most} nights after the arrival"));
        }
        let adults = query.adults.unwrap_or(2);
        faults.range("adults", adults, 1, 1000);
        let ages: Vec<i32> =
            listed(&mut faults, "children", query.children.as_deref(), "must be ages, such as 4,9").unwrap_or_default();
        if ages.iter().any(|age| !(0..=OLDEST_CHILD).contains(age)) {
            faults.add("children", format!("must be ages of 0 to {OLDEST_CHILD}: who is older is an adult"));
        }
        const IDS: &str = "must be ids with commas between";
        let types: Option<Vec<RoomTypeId>> = listed(&mut faults, "types", query.types.as_deref(), IDS);
        let plans: Option<Vec<RatePlanId>> = listed(&mut faults, "plans", query.plans.as_deref(), IDS);
        let packages: Option<Vec<PackageId>> = listed(&mut faults, "packages", query.packages.as_deref(), IDS);
        let packages = packages.unwrap_or_default();
        if packages.len() > rules::MOST_PACKAGES {
            faults.add("packages", format!("must be at most {}", rules::MOST_PACKAGES));
        }
        faults.finish()?;

        let stay = stay.ok_or_else(|| Refusal::invalid("departure", "must be after the arrival"))?;
        let reach = flexible.clamp(0, 7) + REACH_DAYS;
        let window = Stay { from: stay.from.plus(-reach), to: stay.to.plus(reach) };
        Ok(Asked {
            wanted: Wanted { property: query.property_id, types, plans, packages, window },
            stays: (-flexible..=flexible).map(|days| stay.starting(stay.from.plus(days))).collect(),
            adults,
            ages,
        })
    }
}

/// A list in a parameter. `None` when it is absent.
fn listed<T: FromStr>(faults: &mut Faults, field: &str, text: Option<&str>, rule: &'static str) -> Option<Vec<T>> {
    let items: Vec<Option<T>> = text?.split(',').map(|item| item.trim().parse().ok()).collect();
    let all = items.into_iter().collect::<Option<Vec<T>>>();
    if all.is_none() {
        faults.add(field, rule);
    }
    all
}

/// The offers, and what all of them share.
pub fn found(facts: Facts, asked: &Asked) -> Offers {
    let guests = Guests { adults: asked.adults, children: asked.ages.len() as i32, ages: &asked.ages };
    let mut offers = Vec::with_capacity(asked.stays.len() * facts.plans.len() * facts.types.len());
    for plan in &facts.plans {
        let shelves: Vec<Shelf> = (0..facts.types.len()).map(|n| Shelf::of(&facts, plan.id, n, guests)).collect();
        for shelf in &shelves {
            offers.extend(asked.stays.iter().map(|stay| offer(&facts, plan, shelf, &shelves, *stay)));
        }
    }
    let place = |offer: &Offer| facts.types.iter().position(|t| t.id == offer.room_type_id);
    // The order of the plans is kept: the sort is stable.
    offers.sort_by_cached_key(|offer| (offer.check_in_date, place(offer)));
    Offers { currency: facts.currency, room_types: facts.types, rate_plans: facts.plans, offers }
}

fn offer(facts: &Facts, plan: &OfferedPlan, shelf: &Shelf, shelves: &[Shelf], stay: Stay) -> Offer {
    let refusals = shelf.refusals(stay);
    let nearest = if refusals.is_empty() {
        Vec::new()
    } else {
        let change = |kind, shelf: &Shelf, stay: Stay| {
            let price = priced(facts, plan, shelf, stay)?;
            let (room_type_id, check_in_date, check_out_date) = (shelf.room_type, stay.from, stay.to);
            Some(OfferChange { kind, room_type_id, check_in_date, check_out_date, total_cents: price.total_cents })
        };
        let other = shelves.iter().filter(|other| other.room_type != shelf.room_type).find(|other| other.sells(stay));
        [
            shelf.nearest_date(stay).and_then(|stay| change(OfferChangeKind::Date, shelf, stay)),
            shelf.nearest_length(stay).and_then(|stay| change(OfferChangeKind::Length, shelf, stay)),
            other.and_then(|other| change(OfferChangeKind::RoomType, other, stay)),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    Offer {
        room_type_id: shelf.room_type,
        rate_plan_id: plan.id,
        check_in_date: stay.from,
        check_out_date: stay.to,
        is_available: refusals.is_empty(),
        rooms_left: shelf.rooms_left(stay),
        price: priced(facts, plan, shelf, stay),
        refusals,
        nearest,
    }
}

/// By the functions that quote. `None` when a night has no price.
fn priced(facts: &Facts, plan: &OfferedPlan, shelf: &Shelf, stay: Stay) -> Option<OfferPrice> {
    let tariff = shelf.tariff?;
    let nights = rules::repriced(&[], stay, |night| tariff.night(night, shelf.room_type, shelf.guests)).ok()?;
    let persons = (shelf.guests.adults, shelf.guests.children);
    let Taxed { nights, taxes, packages } = Taxed::all(nights, &facts.taxes, &plan.packages, stay, persons, Day::MIN);
    let sums = Sums::of(&nights);
    let totals: Vec<Cents> = nights.iter().map(NightPrice::total).collect();
    let under = Under { policies: &plan.policies, booked_on: facts.business_date, stay };
    let (deposit, deposit_due_on) = under.deposit(&totals).unzip();
    Some(OfferPrice {
        cancellation_steps: under.steps(&nights, &facts.timezone),
        nights,
        subtotal_cents: sums.subtotal,
        tax_cents: sums.tax,
        fee_cents: sums.fee,
        total_cents: sums.total(),
        taxes,
        packages,
        deposit_cents: deposit.unwrap_or(Cents(0)),
        deposit_due_on,
    })
}
