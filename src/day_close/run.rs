use std::collections::HashMap;

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    due::{self, DueOn},
    model::{Arrivals, DayClose, Departures, Due, NightDue},
    read::between,
};
use crate::{
    calendar, call,
    db::{Reply, Result},
    folios::{
        self,
        ledger::{self, Line},
        model::{EntryType, Folio},
    },
    http::{AppState, Data, May, Path, Write, data, permission::DayCloseRun},
    inventory,
    kernel::{Code, Day, Faults, FolioId, PropertyId, Refusal, ReservationId, RoomId, RoomTypeId, clock::day_in},
    op::{Change, Op},
    packages::PackageLine,
    properties::{self, Property},
    reservations::{cancel, check_out::check_out_in, fees::FeeChoice, model::Status, store},
};

/// What the close posts for a night; the database takes it once for each stay and day.
const ROOM: &str = "ROOM";

crate::sql! {
    DAY_FIGURES = "
        with here as materialized (
          select r.adults + r.children as guests, n.price_cents
          from pms_reservations r cross join lateral (
            select price_cents from pms_reservation_nights
            where tenant_id = $1 and reservation_id = r.id and night = $3 and not is_released offset 0
          ) n
          where r.tenant_id = $1 and r.property_id = $2 and r.status = 'CHECKED_IN'
        ), house as materialized (
          select * from pms_day_rooms($1, $2, $3)
        ), posted as materialized (
          select entry_type, sum(amount_cents)::bigint as amount from pms_folio_entries
          where tenant_id = $1 and property_id = $2 and business_date = $3 group by entry_type
        ), owed as materialized (
          select case when f.kind <> 'GUEST' then f.kind when r.status in ('CHECKED_IN', 'CHECKED_OUT') or f.balance_cents > 0 then 'GUEST'
              else 'DEPOSIT' end as ledger,
            sum(f.balance_cents)::bigint as balance
          from pms_folios f left join pms_reservations r on r.tenant_id = $1 and r.id = f.reservation_id
          where f.tenant_id = $1 and f.property_id = $2 and f.balance_cents <> 0 group by 1
        )
        insert into pms_day_closes
        select $1, $2, $3,
          (select coalesce(sum(rooms), 0) from house),
          (select coalesce(sum(off_market), 0) from house),
          (select coalesce(sum(out_of_order), 0) from house),
          (select count(*) from here),
          (select count(*) from here where price_cents = 0),
          (select coalesce(sum(guests), 0) from here),
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and checked_in_on = $3
            and status in ('CHECKED_IN', 'CHECKED_OUT')),
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and checked_out_on = $3 and status = 'CHECKED_OUT'),
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and closed_on = $3 and status = 'NO_SHOW'),
          (select count(*) from pms_reservations where tenant_id = $1 and property_id = $2 and closed_on = $3 and status = 'CANCELLED'),
          coalesce((select amount from posted where entry_type = 'ROOM_CHARGE'), 0),
          coalesce((select amount from posted where entry_type = 'ADJUSTMENT'), 0),
          coalesce((select amount from posted where entry_type = 'TAX'), 0),
          coalesce((select amount from posted where entry_type = 'FEE'), 0),
          coalesce((select amount from posted where entry_type = 'PAYMENT'), 0),
          coalesce((select amount from posted where entry_type = 'REFUND'), 0),
          coalesce((select balance from owed where ledger = 'GUEST'), 0),
          coalesce((select balance from owed where ledger = 'DEPOSIT'), 0),
          coalesce((select balance from owed where ledger = 'HOUSE'), 0),
          coalesce((select balance from owed where ledger = 'CITY_LEDGER'), 0),
          $4, $5,
          (select coalesce(jsonb_agg(x), '[]') from house x),
          (select coalesce(jsonb_agg(x), '[]') from pms_day_sales($1, $2, $3) x),
          (select coalesce(jsonb_agg(x), '[]') from pms_day_ledgers($1, $2, $3) x),
          (select coalesce(jsonb_agg(x), '[]') from pms_day_taxes($1, $2, $3) x)
        returning *";
}

/// Which day to close, and what becomes of whom it cannot be closed over.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseDay {
    /// The open day; one that was closed before is answered as it was.
    pub business_date: Day,
    /// The last day to close, to catch up with several, at most 366; `businessDate` when absent.
    pub through: Option<Day>,
    #[serde(default)]
    #[schema(value_type = Option<Arrivals>)]
    pub arrivals: Arrivals,
    #[serde(default)]
    #[schema(value_type = Option<Departures>)]
    pub departures: Departures,
}

/// Closes the open day, or several one after the other, each whole or not at all. To repeat it changes nothing.
#[utoipa::path(post, path = "/properties/{id}/day-close", tag = "day close", params(("id" = PropertyId, Path)), request_body = CloseDay,
    responses((status = 200, description = "The records of the days.", body = Data<Vec<DayClose>>)))]
pub async fn run(
    State(app): State<AppState>,
    actor: May<DayCloseRun>,
    Path(id): Path<PropertyId>,
    write: Write<CloseDay>,
) -> Result<Reply> {
    actor.sees(id)?;
    let body = write.body;
    let last = body.through.unwrap_or(body.business_date);
    let mut faults = Faults::default();
    if !(0..366).contains(&body.business_date.days_until(last)) {
        faults.add("through", "must be businessDate or one of the 365 days after it");
    }
    faults.finish()?;

    let mut closed = Vec::new();
    let mut key = write.key;
    for day in body.business_date.until(last.plus(1)) {
        // The key is bound to the last day, whose answer is the answer to all.
        let mut op = app.begin(&actor, if day == last { key.take() } else { None }).await?;
        let is_new = close_in(&mut op, id, day, body.arrivals, body.departures, &mut closed).await?;
        calendar::settle(&mut op).await?;
        match (is_new, day == last) {
            (true, true) => return op.commit(200, &closed).await,
            (true, false) => op.finish().await?,
            (false, _) => op.abandon(),
        }
    }
    Ok(data(&closed))
}

/// Closes one day, or finds its record; answers whether it was closed just now. The caller settles the calendar.
pub async fn close_in(
    op: &mut Op,
    id: PropertyId,
    day: Day,
    arrivals: Arrivals,
    departures: Departures,
    closed: &mut Vec<DayClose>,
) -> Result<bool> {
    let tenant = op.tenant();
    let [_, property, record] = op
        .run([
            properties::model::hold_day_alone(tenant, id),
            properties::model::get(tenant, id),
            between(tenant, id, day, day.plus(1)),
        ])
        .await?;
    let property = properties::model::found(&property)?;
    if let Some(row) = record.first() {
        closed.push(DayClose::from_row(row));
        return Ok(false);
    }
    demand_due(op, &property, day)?;

    let due = DueOn::from_rows(&op.run(due::calls(tenant, id, day)).await?);
    resolve(op, &property, due.arrivals, due.departures, arrivals, departures).await?;
    post_nights(op, &property, &due.nights).await?;

    let rows = op.query(call!(DAY_FIGURES, tenant, id, day, op.now, op.actor())).await?;
    let record = DayClose::from_row(&rows[0]);
    op.record(Change::created(id, "day_close", day, &record));
    inventory::day::roll_business_date(op, id, day.plus(1)).await?;
    closed.push(record);
    Ok(true)
}

/// Errors: INVALID_STATUS_TRANSITION when it is not the open day, or not over in the property's zone.
fn demand_due(op: &Op, property: &Property, day: Day) -> Result<(), Refusal> {
    let open = property.business_date;
    let refused = |why: String| Err(Refusal::new(Code::InvalidStatusTransition, why).facts(json!({ "businessDate": open })));
    if day != open {
        return refused(format!("The open day is {open}; {day} cannot be closed."));
    }
    let today = day_in(op.now, &property.timezone).unwrap_or(open);
    if day >= today {
        return refused(format!("{day} is not over yet: today is {today} in {}.", property.timezone));
    }
    Ok(())
}

/// Gives up who did not come and lets go who should have left, or refuses.
async fn resolve(
    op: &mut Op,
    property: &Property,
    coming: Vec<Due>,
    leaving: Vec<Due>,
    arrivals: Arrivals,
    departures: Departures,
) -> Result<()> {
    let is_refused =
        !coming.is_empty() && arrivals == Arrivals::Refuse || !leaving.is_empty() && departures == Departures::Refuse;
    if is_refused {
        let message = format!(
            "{} arrivals and {} departures are unresolved: check them in or out, or say what becomes of them.",
            coming.len(),
            leaving.len()
        );
        let facts = json!({ "arrivals": coming, "departures": leaving });
        return Err(Refusal::new(Code::InvalidStatusTransition, message).facts(facts).into());
    }
    let ids: Vec<ReservationId> = coming.iter().chain(&leaving).map(|due| due.reservation_id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let (mut bookings, _) = store::load_all(op, None, ids).await?;
    let rooms: Vec<RoomId> = bookings.iter().flat_map(|b| &b.rooms).map(|piece| piece.room_id).collect();
    let types: Vec<RoomTypeId> = bookings.iter().map(|b| b.reservation.room_type_id).collect();
    // Whoever changes types and rooms does not hold the day: he would meet locks that are taken booking by booking in a circle.
    op.run(inventory::facts::lock(op.tenant(), property.id, &rooms, &types)).await?;
    let left = bookings.split_off(coming.len());
    for booking in bookings {
        let (to, verb) = match booking.reservation.status {
            Status::Hold => (Status::Cancelled, "cancelled"),
            _ => (Status::NoShow, "no_show"),
        };
        let reason = Some("Did not come.".to_string());
        let fee = FeeChoice::ByPolicy { expected: None };
        let closing = cancel::Closing { to, verb, reason, on: property.business_date, fee };
        cancel::close(op, property, booking, closing).await?;
    }
    for booking in left {
        check_out_in(op, property, &booking, true).await?;
    }
    Ok(())
}

/// A package with the taxes that come with it.
fn package_lines(reservation: ReservationId, package: &PackageLine, day: Day) -> Vec<Line> {
    let kind = format!("PACKAGE:{}", package.item_id);
    let of_stay =
        |charge_kind: String, line: Line| Line { charge_kind: Some(charge_kind), reservation_id: Some(reservation), ..line };
    let own = of_stay(kind.clone(), Line::new(EntryType::Fee, package.name.clone(), package.amount_cents, day));
    let taxes = package.taxes.iter().zip(Line::taxes(&package.taxes, day));
    [own].into_iter().chain(taxes.map(|(tax, line)| of_stay(format!("{kind}:{}", tax.code), line))).collect()
}

async fn post_nights(op: &mut Op, property: &Property, nights: &[NightDue]) -> Result<()> {
    if nights.is_empty() {
        return Ok(());
    }
    let mut lines: HashMap<FolioId, Vec<Line>> = HashMap::new();
    for night in nights {
        let folio = match night.folio_id {
            Some(folio) => folio,
            None => folios::open(op, property.id, night.reservation_id, &property.currency),
        };
        let description = match &night.room_number {
            Some(number) => format!("Room {number}"),
            None => "Room".to_string(),
        };
        let day = property.business_date;
        let own = lines.entry(folio).or_default();
        own.push(Line {
            charge_kind: Some(ROOM.to_string()),
            reservation_id: Some(night.reservation_id),
            ..Line::new(EntryType::RoomCharge, description, night.price_cents, day)
        });
        own.extend(night.taxes.iter().zip(Line::taxes(&night.taxes, day)).map(|(tax, line)| Line {
            charge_kind: Some(format!("{ROOM}:{}", tax.code)),
            reservation_id: Some(night.reservation_id),
            ..line
        }));
        own.extend(night.packages.iter().flat_map(|package| package_lines(night.reservation_id, package, day)));
    }
    let ids: Vec<FolioId> = lines.keys().copied().collect();
    let rows = op.query(call!(ledger::LOCK_FOLIOS, op.tenant(), ids)).await?;
    let folios = rows.iter().map(Folio::from_row);
    let with_lines = folios.filter_map(|folio| lines.remove(&folio.id).map(|own| (folio, own))).collect();
    ledger::post(op, with_lines, "night_posted");
    Ok(())
}
