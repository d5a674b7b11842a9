use axum::{extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::{
    check_range, closed_and_live,
    file::{self, Columns, Format},
};
use crate::{
    call,
    db::Result,
    folios::model::EntryType,
    http::{AppState, Data, May, Path, Query, data, permission::FolioView},
    kernel::{Cents, Day, PropertyId},
    properties,
};

crate::sql! {
    REPORT_TAXES = closed_and_live!("
        select x.entry_type, x.code, x.name, sum(x.base_cents)::bigint as base, sum(x.amount_cents)::bigint as amount,
          sum(x.lines)::bigint as lines
        from (
          select x.* from closed c cross join lateral jsonb_to_recordset(c.taxes_json)
            as x (entry_type text, code text, name text, base_cents bigint, amount_cents bigint, lines int)
          union all
          select x.* from live l cross join lateral pms_day_taxes($1, $2, l.day) x
        ) x
        group by 1, 2, 3 order by 1 desc, 2 nulls last, 3");
}

/// A tax or fee of a span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaxReportRow {
    /// `TAX` or `FEE`.
    pub entry_type: EntryType,
    /// The code of its rule; null for what was posted by hand.
    pub code: Option<String>,
    /// The name of the rule when it was posted; null for what was posted by hand.
    pub name: Option<String>,
    /// The charges that it was computed on, without it.
    pub base_cents: Cents,
    pub amount_cents: Cents,
    /// How often it was posted, less how often it was taken back.
    pub lines: i64,
}

impl Columns for TaxReportRow {
    const COLUMNS: &'static [&'static str] = &["entryType", "code", "name", "baseCents", "amountCents", "lines"];
}

impl TaxReportRow {
    fn from_row(row: &Row) -> TaxReportRow {
        TaxReportRow {
            entry_type: row.get("entry_type"),
            code: row.get("code"),
            name: row.get("name"),
            base_cents: row.get("base"),
            amount_cents: row.get("amount"),
            lines: row.get("lines"),
        }
    }
}

/// The taxes and fees that were posted in a span.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaxReport {
    pub property_id: PropertyId,
    pub currency: String,
    pub from: Day,
    pub to: Day,
    pub rows: Vec<TaxReportRow>,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SpanQuery {
    pub(super) from: Day,
    /// The last day, at most 1099 after the first.
    pub(super) to: Day,
    /// As `Accept` says when absent.
    #[param(inline)]
    pub(super) format: Option<Format>,
}

/// Taxes and fees by rule: what they were computed on, and what they were. Of the ledger: what was not posted yet is not there.
#[utoipa::path(get, path = "/properties/{id}/reports/taxes", tag = "reports", params(("id" = PropertyId, Path), SpanQuery),
    responses((status = 200, description = "A row for each rule.", content((Data<TaxReport> = "application/json"), (String = "text/csv")))))]
pub async fn taxes(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<SpanQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to) = (query.from, query.to);
    check_range(from, to)?;
    let calls = vec![properties::model::get(actor.tenant, id), call!(REPORT_TAXES, actor.tenant, id, from, to)];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let lines: Vec<TaxReportRow> = rows[1].iter().map(TaxReportRow::from_row).collect();
    let sum = |of: EntryType| lines.iter().filter(|line| line.entry_type == of).map(|line| line.amount_cents).sum();
    let name = format!("taxes-{from}-{to}");
    file::answer(Format::wanted(query.format, &headers), &name, &property.currency, &lines, || {
        data(&TaxReport {
            property_id: id,
            currency: property.currency.clone(),
            from,
            to,
            tax_cents: sum(EntryType::Tax),
            fee_cents: sum(EntryType::Fee),
            rows: lines.clone(),
        })
    })
}
