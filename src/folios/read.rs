use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    bill::Bill,
    ledger,
    model::{DepositState, Folio, FolioKind, FolioStatus},
};
use crate::{
    call,
    db::{Call, Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::FolioView},
    kernel::{FolioId, PropertyId, Refusal, ReservationId, TenantId},
    properties,
};

crate::sql! {
    LIST_FOLIOS = "
        select * from pms_folios
        where tenant_id = $1 and property_id = $2 and ($3::text is null or reservation_id = $3) and ($4::text is null or kind = $4)
          and ($5::text is null or status = $5) and ($6::boolean is null or (balance_cents <> 0) = $6) and ($7::text is null or id < $7)
        order by id desc limit $8";
    READ_FOLIO = "select * from pms_folios where tenant_id = $1 and id = $2";
    DEPOSIT_OF = "
        select r.deposit_cents, r.deposit_due_on, paid.cents as paid
        from pms_folios o join pms_reservations r on r.tenant_id = $1 and r.id = o.reservation_id
        cross join lateral (
          select coalesce(-sum(e.amount_cents), 0)::bigint as cents
          from pms_folios f join pms_folio_entries e
            on e.tenant_id = $1 and e.property_id = f.property_id and e.folio_id = f.id and e.entry_type in ('PAYMENT', 'REFUND')
          where f.tenant_id = $1 and f.property_id = r.property_id and f.reservation_id = r.id
        ) paid
        where o.tenant_id = $1 and o.id = $2";
    ENTRIES_OF = "
        select e.*, r.confirmation_number as stay_number, r.primary_guest_json ->> 'lastName' as stay_guest
        from pms_folios f join pms_folio_entries e
          on e.tenant_id = $1 and e.property_id = f.property_id and e.folio_id = f.id
        left join pms_reservations r on r.tenant_id = $1 and r.id = e.reservation_id and f.reservation_id is distinct from e.reservation_id
        where f.tenant_id = $1 and f.id = $2 order by e.posted_at, e.id";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FoliosQuery {
    property_id: PropertyId,
    /// The folios of one stay.
    reservation_id: Option<ReservationId>,
    kind: Option<FolioKind>,
    status: Option<FolioStatus>,
    /// Only those with a balance, or only those without.
    has_balance: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// The folios of a property, of a stay, or of a kind; the newest first.
#[utoipa::path(get, path = "/folios", tag = "folios", params(FoliosQuery),
    responses((status = 200, description = "A page of folios.", body = Page<Folio>)))]
pub async fn list(State(app): State<AppState>, actor: May<FolioView>, Query(query): Query<FoliosQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<FolioId>(query.limit, query.cursor.as_deref())?;
    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(
            LIST_FOLIOS,
            actor.tenant,
            query.property_id,
            query.reservation_id,
            query.kind,
            query.status,
            query.has_balance,
            after,
            limit + 1
        )
        .fitted(),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let mut folios: Vec<Folio> = rows[1].iter().map(Folio::from_row).collect();
    let meta = cut(&mut folios, limit, |folio| folio.id);
    Ok(page(&folios, &meta))
}

/// A folio with its whole ledger, and as it is printed.
#[utoipa::path(get, path = "/folios/{id}", tag = "folios", params(("id" = FolioId, Path)),
    responses((status = 200, description = "The statement.", body = Data<Bill>)))]
pub async fn read(State(app): State<AppState>, actor: May<FolioView>, Path(id): Path<FolioId>) -> Result<Reply> {
    let calls = vec![get(actor.tenant, id), entries_of(actor.tenant, id), call!(DEPOSIT_OF, actor.tenant, id)];
    let rows = app.store.read(actor.tenant, calls).await?;

    let folio = rows[0].first().map(Folio::from_row).ok_or_else(|| Refusal::not_found("folio"))?;
    actor.sees(folio.property_id).map_err(|_| Refusal::not_found("folio"))?;
    let deposit = rows[2].first().and_then(DepositState::from_row);
    Ok(Reply { version: Some(folio.version), ..data(&Bill { deposit, ..Bill::new(folio, ledger::entries(&rows[1])) }) })
}

pub fn get(tenant: TenantId, id: FolioId) -> Call {
    call!(READ_FOLIO, tenant, id)
}

pub fn entries_of(tenant: TenantId, id: FolioId) -> Call {
    call!(ENTRIES_OF, tenant, id)
}
