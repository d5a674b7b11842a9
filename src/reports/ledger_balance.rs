use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    check_range,
    file::{self, Columns, Format},
    taxes::SpanQuery,
};
use crate::{
    call,
    db::Result,
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Cents, Day, PropertyId},
    properties,
};

crate::sql! {
    /// A row for each ledger and kind of movement. Begins with the balances of the last day that was closed before the span; what was
    /// posted since then and before it belongs to the opening, too. After the business date nothing is posted.
    REPORT_LEDGERS = "
        with span as materialized (
          select p.business_date, coalesce(
            (select max(business_date) + 1 from pms_day_closes where tenant_id = $1 and property_id = $2 and business_date < $3),
            least($3, (select min(business_date) from pms_folio_entries where tenant_id = $1 and property_id = $2))) as first
          from pms_properties p where p.tenant_id = $1 and p.id = $2
        ), closed as materialized (
          select * from pms_day_closes where tenant_id = $1 and property_id = $2 and business_date between $3 and $4
        ), live as materialized (
          select s.first + n as day from span s cross join lateral generate_series(0, least($4, s.business_date) - s.first) n
          except select business_date from closed
        ), move as (
          select c.business_date as day, x.ledger, x.kind, x.amount_cents
          from closed c cross join lateral jsonb_to_recordset(c.ledgers_json) as x (ledger text, kind text, amount_cents bigint)
          union all
          select l.day, x.ledger, x.kind, x.amount_cents from live l cross join lateral pms_day_ledgers($1, $2, l.day) x
        ), recorded as (
          select c.business_date as day, x.ledger, x.balance
          from pms_day_closes c cross join lateral (values ('GUEST', c.guest_ledger_cents), ('DEPOSIT', c.deposit_ledger_cents),
            ('HOUSE', c.house_ledger_cents), ('CITY_LEDGER', c.city_ledger_cents)) as x (ledger, balance)
          where c.tenant_id = $1 and c.property_id = $2 and c.business_date in ((select first - 1 from span), $4)
        ), owed as (
          select case when f.kind <> 'GUEST' then f.kind when r.status in ('CHECKED_IN', 'CHECKED_OUT') or f.balance_cents > 0
              then 'GUEST' else 'DEPOSIT' end as ledger, f.balance_cents as balance
          from (
            select kind, reservation_id, balance_cents from pms_folios where tenant_id = $1 and property_id = $2 and balance_cents <> 0 offset 0
          ) f left join lateral (
            select status from pms_reservations where tenant_id = $1 and id = f.reservation_id offset 0
          ) r on true
          where $4 >= (select business_date from span)
        )
        select ledger, case when day < $3 then 'OPENING' else kind end as kind, sum(amount_cents)::bigint as amount from move group by 1, 2
        union all select ledger, case when day = $4 then 'CLOSING' else 'OPENING' end, balance from recorded
        union all select ledger, 'CLOSING', sum(balance)::bigint from owed group by 1";
}

/// Whose money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Ledger {
    /// Folios of who is or was in the house, and what others owe: for a cancellation, say.
    Guest,
    /// What was paid ahead by who has not come yet, or will not, and is not used up: the house owes it.
    Deposit,
    House,
    CityLedger,
}

crate::text_enum!(Ledger { Guest => "GUEST", Deposit => "DEPOSIT", House => "HOUSE", CityLedger => "CITY_LEDGER" });

/// A ledger over a span. Opening and movements make the closing.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerRow {
    /// Null for the sum of all ledgers.
    pub ledger: Option<Ledger>,
    /// Before the first day.
    pub opening_cents: Cents,
    pub room_charge_cents: Cents,
    pub adjustment_cents: Cents,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
    /// Below zero: payments are credits.
    pub payment_cents: Cents,
    pub refund_cents: Cents,
    /// What went over from deposits with guests who came.
    pub check_in_cents: Cents,
    /// What charges took of deposits without a stay: the fee for a cancellation, say.
    pub applied_cents: Cents,
    /// After the last day: by the record of that day, or by the folios as they are when it is not closed yet.
    pub closing_cents: Cents,
    /// What closing has more than opening and movements: zero.
    pub difference_cents: Cents,
}

impl Columns for LedgerRow {
    const COLUMNS: &'static [&'static str] = &[
        "ledger",
        "openingCents",
        "roomChargeCents",
        "adjustmentCents",
        "taxCents",
        "feeCents",
        "paymentCents",
        "refundCents",
        "checkInCents",
        "appliedCents",
        "closingCents",
        "differenceCents",
    ];
}

impl LedgerRow {
    fn of(ledger: Option<Ledger>, rows: &[Row], is_told: bool) -> LedgerRow {
        let own = |row: &&Row| ledger.is_none_or(|ledger| row.get::<_, Ledger>("ledger") == ledger);
        let sum =
            |kind: &str| rows.iter().filter(own).filter(|r| r.get::<_, &str>("kind") == kind).map(|r| r.get("amount")).sum();
        let mut row = LedgerRow {
            ledger,
            opening_cents: sum("OPENING"),
            room_charge_cents: sum("ROOM_CHARGE"),
            adjustment_cents: sum("ADJUSTMENT"),
            tax_cents: sum("TAX"),
            fee_cents: sum("FEE"),
            payment_cents: sum("PAYMENT"),
            refund_cents: sum("REFUND"),
            check_in_cents: sum("CHECK_IN"),
            applied_cents: sum("APPLIED"),
            closing_cents: sum("CLOSING"),
            difference_cents: Cents(0),
        };
        let moved = row.opening_cents
            + row.room_charge_cents
            + row.adjustment_cents
            + row.tax_cents
            + row.fee_cents
            + row.payment_cents
            + row.refund_cents
            + row.check_in_cents
            + row.applied_cents;
        if !is_told {
            row.closing_cents = moved;
        }
        row.difference_cents = row.closing_cents - moved;
        row
    }
}

/// The ledgers of a property over a span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerBalance {
    pub property_id: PropertyId,
    pub currency: String,
    pub from: Day,
    pub to: Day,
    /// The last day has a record: the figures never change.
    pub is_closed: bool,
    pub rows: Vec<LedgerRow>,
    pub total: LedgerRow,
}

/// Each ledger with its opening balance, its movements by kind, and its closing balance.
#[utoipa::path(get, path = "/properties/{id}/reports/ledger-balance", tag = "reports", params(("id" = PropertyId, Path), SpanQuery),
    responses((status = 200, description = "The four ledgers.", content((Data<LedgerBalance> = "application/json"), (String = "text/csv")))))]
pub async fn ledger_balance(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<SpanQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to) = (query.from, query.to);
    check_range(from, to)?;
    let calls = vec![properties::model::get(actor.tenant, id), call!(REPORT_LEDGERS, actor.tenant, id, from, to)];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    // The record of a day tells all four balances, even those of zero.
    let is_closed = to < property.business_date && rows[1].iter().any(|row| row.get::<_, &str>("kind") == "CLOSING");
    let is_told = is_closed || to >= property.business_date;
    let lines: Vec<LedgerRow> = Ledger::ALL.iter().map(|ledger| LedgerRow::of(Some(*ledger), &rows[1], is_told)).collect();
    let name = format!("ledger-balance-{from}-{to}");
    file::answer(Format::wanted(query.format, &headers), &name, &property.currency, &lines, || {
        data(&LedgerBalance {
            property_id: id,
            currency: property.currency.clone(),
            from,
            to,
            is_closed,
            total: LedgerRow::of(None, &rows[1], is_told),
            rows: lines.clone(),
        })
    })
}
