use axum::extract::State;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::model::{PrimaryGuest, Status};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, May, Page, Query, cut, page, page_of, permission::FolioView},
    kernel::{Cents, Day, PropertyId, ReservationId},
    properties,
};

crate::sql! {
    /// Payments are looked up booking by booking (`offset 0` keeps the planner from joining), so that the cost does not grow with history.
    DEPOSITS_DUE = "
        select r.id, r.confirmation_number, r.primary_guest_json, r.status, r.check_in_date, r.check_out_date, r.currency, r.deposit_cents,
          r.deposit_due_on, paid.cents as paid
        from pms_reservations r cross join lateral (
          select coalesce(-sum(e.cents), 0)::bigint as cents
          from pms_folios f cross join lateral (
            select sum(amount_cents) as cents from pms_folio_entries
            where tenant_id = $1 and property_id = $2 and folio_id = f.id and entry_type in ('PAYMENT', 'REFUND') offset 0
          ) e
          where f.tenant_id = $1 and f.property_id = $2 and f.reservation_id = r.id
        ) paid
        where r.tenant_id = $1 and r.property_id = $2 and r.status in ('HOLD', 'CONFIRMED') and r.deposit_due_on is not null
          and ($3::date is null or r.deposit_due_on <= $3) and ($4::date is null or (r.deposit_due_on, r.id) > ($4, $5))
          and paid.cents < r.deposit_cents
        order by r.deposit_due_on, r.id limit $6";
}

/// A booking whose deposit was not paid, or not whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DepositDue {
    pub reservation_id: ReservationId,
    pub confirmation_number: String,
    pub first_name: String,
    pub last_name: String,
    pub status: Status,
    pub check_in_date: Day,
    pub check_out_date: Day,
    pub currency: String,
    pub due_on: Day,
    /// The day was before the business date.
    pub is_overdue: bool,
    pub required_cents: Cents,
    /// Payments less refunds, on all folios of the stay.
    pub paid_cents: Cents,
    pub open_cents: Cents,
}

impl DepositDue {
    fn from_row(row: &Row, business_date: Day) -> DepositDue {
        let guest = serde_json::from_value::<PrimaryGuest>(row.get("primary_guest_json")).ok();
        let (first_name, last_name) = guest.map_or((String::new(), "?".into()), |guest| (guest.first_name, guest.last_name));
        let (required, paid, due_on): (Cents, Cents, Day) =
            (row.get("deposit_cents"), row.get("paid"), row.get("deposit_due_on"));
        DepositDue {
            reservation_id: row.get("id"),
            confirmation_number: row.get("confirmation_number"),
            first_name,
            last_name,
            status: row.get("status"),
            check_in_date: row.get("check_in_date"),
            check_out_date: row.get("check_out_date"),
            currency: row.get("currency"),
            due_on,
            is_overdue: due_on < business_date,
            required_cents: required,
            paid_cents: paid,
            open_cents: required - paid,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DepositsQuery {
    property_id: PropertyId,
    /// Due on this day or before it; all when absent.
    due_to: Option<Day>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// The bookings whose deposit is due and was not paid, the longest overdue first.
#[utoipa::path(get, path = "/deposits-due", tag = "reservations", params(DepositsQuery),
    responses((status = 200, description = "A page of bookings.", body = Page<DepositDue>)))]
pub async fn due(State(app): State<AppState>, actor: May<FolioView>, Query(query): Query<DepositsQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<(Day, ReservationId)>(query.limit, query.cursor.as_deref())?;
    let (day, id) = after.unzip();
    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(DEPOSITS_DUE, actor.tenant, query.property_id, query.due_to, day, id, limit + 1),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let mut lines: Vec<DepositDue> = rows[1].iter().map(|row| DepositDue::from_row(row, property.business_date)).collect();
    let meta = cut(&mut lines, limit, |line| (line.due_on, line.reservation_id));
    Ok(page(&lines, &meta))
}
