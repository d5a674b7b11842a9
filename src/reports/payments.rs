use axum::{extract::State, http::HeaderMap, response::Response};
use serde::Serialize;
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
    folios::model::Method,
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Cents, Day, PropertyId},
    properties,
};

/// The money that came and went, by business date. What was moved to another folio came once: neither the copy nor what it was taken back by is there.
macro_rules! money {
    ($($rest:literal),*) => {
        concat!(
            "
        with money as materialized (
          select e.* from pms_folio_entries e
          where e.tenant_id = $1 and e.property_id = $2 and e.business_date between $3 and $4 and e.entry_type in ('PAYMENT', 'REFUND')
            and e.moved_from_entry_id is null
            and not exists (
              select from pms_folio_entries m
              where m.tenant_id = $1 and m.property_id = $2 and m.moved_from_entry_id = e.reverses_entry_id)
        )",
            $($rest),*
        )
    };
}
pub(super) use money;

crate::sql! {
    REPORT_PAYMENTS = money!("
        select m.method, m.posted_by, coalesce(u.display_name, k.name) as cashier, count(*) as lines,
          coalesce(-sum(m.amount_cents) filter (where m.entry_type = 'PAYMENT'), 0)::bigint as received,
          coalesce(sum(m.amount_cents) filter (where m.entry_type = 'REFUND'), 0)::bigint as refunded
        from money m
        left join pms_users u on u.tenant_id = $1 and u.id = m.posted_by
        left join pms_api_keys k on k.tenant_id = $1 and k.id = m.posted_by
        group by 1, 2, 3 order by 1, 3 nulls last, 2");
}

/// What one cashier took and gave back, by one method.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentReportRow {
    pub method: Method,
    /// The id of a user or an API key, or `system`.
    pub posted_by: String,
    /// The name of the user or the key; null for `system`.
    pub cashier: Option<String>,
    /// Entries, those that take one back as well.
    pub lines: i64,
    /// Payments, less those that were taken back.
    pub received_cents: Cents,
    /// Refunds, less those that were taken back.
    pub refunded_cents: Cents,
    /// What must be in the till: received less refunded.
    pub net_cents: Cents,
}

impl Columns for PaymentReportRow {
    const COLUMNS: &'static [&'static str] =
        &["method", "postedBy", "cashier", "lines", "receivedCents", "refundedCents", "netCents"];
}

impl PaymentReportRow {
    fn from_row(row: &Row) -> PaymentReportRow {
        let (received_cents, refunded_cents): (Cents, Cents) = (row.get("received"), row.get("refunded"));
        PaymentReportRow {
            method: row.get("method"),
            posted_by: row.get("posted_by"),
            cashier: row.get("cashier"),
            lines: row.get("lines"),
            received_cents,
            refunded_cents,
            net_cents: received_cents - refunded_cents,
        }
    }
}

/// The money of a span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentReport {
    pub property_id: PropertyId,
    pub currency: String,
    pub from: Day,
    pub to: Day,
    pub rows: Vec<PaymentReportRow>,
    pub received_cents: Cents,
    pub refunded_cents: Cents,
    pub net_cents: Cents,
}

/// What was received and given back, by method and by who posted it. The lines themselves: `payment-journal`.
#[utoipa::path(get, path = "/properties/{id}/reports/payments", tag = "reports", params(("id" = PropertyId, Path), SpanQuery),
    responses((status = 200, description = "A row for each method and cashier.",
        content((Data<PaymentReport> = "application/json"), (String = "text/csv")))))]
pub async fn payments(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<SpanQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to) = (query.from, query.to);
    check_range(from, to)?;
    let calls = vec![properties::model::get(actor.tenant, id), call!(REPORT_PAYMENTS, actor.tenant, id, from, to)];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let lines: Vec<PaymentReportRow> = rows[1].iter().map(PaymentReportRow::from_row).collect();
    let sum = |of: fn(&PaymentReportRow) -> Cents| lines.iter().map(of).sum();
    let name = format!("payments-{from}-{to}");
    file::answer(Format::wanted(query.format, &headers), &name, &property.currency, &lines, || {
        data(&PaymentReport {
            property_id: id,
            currency: property.currency.clone(),
            from,
            to,
            received_cents: sum(|line| line.received_cents),
            refunded_cents: sum(|line| line.refunded_cents),
            net_cents: sum(|line| line.net_cents),
            rows: lines.clone(),
        })
    })
}
