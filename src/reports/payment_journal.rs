use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::{
    check_range,
    file::{self, Columns, Format},
    payments::money,
};
use crate::{
    call,
    db::Result,
    folios::model::{EntryType, Method},
    http::{AppState, May, Page, Path, Query, cut, page, permission::FolioView},
    kernel::{Cents, Day, EntryId, FolioId, PropertyId, ReservationId},
    properties,
};

crate::sql! {
    REPORT_PAYMENT_JOURNAL = money!(", page as materialized (
          select * from money
          where ($5::text is null or method = $5) and ($6::text is null or posted_by = $6) and ($7::text is null or id > $7)
          order by id limit $8
        )
        select page.*, coalesce(u.display_name, k.name) as cashier, f.kind, f.name as account, f.reservation_id as stay,
          r.confirmation_number, btrim(concat_ws(' ', r.primary_guest_json ->> 'firstName', r.primary_guest_json ->> 'lastName')) as guest
        from page
        join pms_folios f on f.tenant_id = $1 and f.id = page.folio_id
        left join pms_reservations r on r.tenant_id = $1 and r.id = f.reservation_id
        left join pms_users u on u.tenant_id = $1 and u.id = page.posted_by
        left join pms_api_keys k on k.tenant_id = $1 and k.id = page.posted_by
        order by page.id");
}

/// Money that came or went.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentLine {
    pub entry_id: EntryId,
    pub business_date: Day,
    #[schema(value_type = String, format = DateTime)]
    pub posted_at: Timestamp,
    /// The id of a user or an API key, or `system`.
    pub posted_by: String,
    /// The name of the user or the key; null for `system`.
    pub cashier: Option<String>,
    /// `PAYMENT` or `REFUND`.
    pub entry_type: EntryType,
    pub method: Method,
    /// It takes an entry back.
    pub is_void: bool,
    pub folio_id: FolioId,
    /// Null where the folio is an account of the house or of the city ledger.
    pub reservation_id: Option<ReservationId>,
    pub confirmation_number: Option<String>,
    /// The guest of the stay, or the name of the account.
    pub name: String,
    pub description: String,
    pub source_ref: Option<String>,
    /// What came in; below zero for what went out.
    pub received_cents: Cents,
}

impl Columns for PaymentLine {
    const COLUMNS: &'static [&'static str] = &[
        "entryId",
        "businessDate",
        "postedAt",
        "postedBy",
        "cashier",
        "entryType",
        "method",
        "isVoid",
        "folioId",
        "reservationId",
        "confirmationNumber",
        "name",
        "description",
        "sourceRef",
        "receivedCents",
    ];
}

impl PaymentLine {
    fn from_row(row: &Row) -> PaymentLine {
        PaymentLine {
            entry_id: row.get("id"),
            business_date: row.get("business_date"),
            posted_at: row.get("posted_at"),
            posted_by: row.get("posted_by"),
            cashier: row.get("cashier"),
            entry_type: row.get("entry_type"),
            method: row.get("method"),
            is_void: row.get::<_, Option<EntryId>>("reverses_entry_id").is_some(),
            folio_id: row.get("folio_id"),
            reservation_id: row.get("stay"),
            confirmation_number: row.get("confirmation_number"),
            name: row.get::<_, Option<String>>("account").unwrap_or_else(|| row.get("guest")),
            description: row.get("description"),
            source_ref: row.get("source_ref"),
            received_cents: Cents(-row.get::<_, Cents>("amount_cents").0),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JournalQuery {
    from: Day,
    /// The last day, at most 1099 after the first.
    to: Day,
    #[param(inline)]
    method: Option<Method>,
    /// Who posted it: the id of a user or an API key, or `system`.
    #[param(max_length = 100)]
    posted_by: Option<String>,
    /// 1 to 100, and 50 when absent; of a file 1 to 10000, and 10000 when absent.
    #[param(minimum = 1, maximum = 10000)]
    limit: Option<i64>,
    /// `meta.cursor` of the page before; of a file, its header `X-Next-Cursor`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
    /// As `Accept` says when absent.
    #[param(inline)]
    format: Option<Format>,
}

/// Payments, refunds and what took them back, one by one, as they were posted. Their sums: `payments`.
#[utoipa::path(get, path = "/properties/{id}/reports/payment-journal", tag = "reports", params(("id" = PropertyId, Path), JournalQuery),
    responses((status = 200, description = "A page of entries.", content((Page<PaymentLine> = "application/json"), (String = "text/csv")))))]
pub async fn payment_journal(
    State(app): State<AppState>,
    actor: May<FolioView>,
    Path(id): Path<PropertyId>,
    headers: HeaderMap,
    Query(query): Query<JournalQuery>,
) -> Result<Response> {
    actor.sees(id)?;
    let (from, to) = (query.from, query.to);
    check_range(from, to)?;
    let format = Format::wanted(query.format, &headers);
    let (limit, after) = file::page_of::<EntryId>(format, query.limit, query.cursor.as_deref())?;
    let calls = vec![
        properties::model::get(actor.tenant, id),
        call!(REPORT_PAYMENT_JOURNAL, actor.tenant, id, from, to, query.method, query.posted_by, after, limit + 1),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    let property = properties::model::found(&rows[0])?;
    let mut lines: Vec<PaymentLine> = rows[1].iter().map(PaymentLine::from_row).collect();
    let meta = cut(&mut lines, limit, |line| line.entry_id);
    let name = format!("payment-journal-{from}-{to}");
    file::page(format, &name, &property.currency, &lines, meta.cursor.as_deref(), || page(&lines, &meta))
}
