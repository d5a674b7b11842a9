//! Folios: accounts of guests, of the house and of those who pay later. One is opened with each reservation. The ledger is written
//! once and never changed; a correction is another entry.

pub mod bill;
pub mod change;
pub mod close;
pub mod credit;
pub mod discount;
pub mod head;
pub mod ledger;
pub mod model;
pub mod post;
pub mod print;
pub mod read;
pub mod routing;
pub mod void;
pub mod words;

use tokio_postgres::types::Json;

use self::model::{BillTo, FolioKind};
use crate::{
    call,
    db::Result,
    kernel::{Cents, Code, FolioId, PropertyId, Refusal, ReservationId},
    op::{Change, Op},
};

crate::sql! {
    INSERT_FOLIO = "
        insert into pms_folios
          (tenant_id, id, property_id, reservation_id, kind, name, currency, created_at, created_by, updated_at, updated_by, bill_to_json)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $9, $10)";
    BALANCE_OF = "
        select coalesce(sum(balance_cents), 0)::bigint from pms_folios where tenant_id = $1 and property_id = $2 and reservation_id = $3";
}

/// Queues an open folio for a reservation that is queued before it.
pub fn open(op: &mut Op, property: PropertyId, reservation: ReservationId, currency: &str) -> FolioId {
    let id = FolioId(op.new_id());
    let (kind, name, bill_to) = (FolioKind::Guest, None::<String>, None::<Json<BillTo>>);
    let currency = currency.to_string();
    op.write(call!(
        INSERT_FOLIO,
        op.tenant(),
        id,
        property,
        reservation,
        kind,
        name,
        currency.clone(),
        op.now,
        op.actor(),
        bill_to
    ));
    let folio = serde_json::json!({ "reservationId": reservation, "kind": "GUEST", "status": "OPEN", "currency": currency });
    op.record(Change::created(property, "folio", id, &folio));
    id
}

/// Errors: FOLIO_NOT_BALANCED when the folios of the reservation do not add up to zero.
pub async fn demand_balanced(op: &mut Op, property: PropertyId, reservation: ReservationId) -> Result<()> {
    let rows = op.query(call!(BALANCE_OF, op.tenant(), property, reservation)).await?;
    let balance: Cents = rows[0].get(0);
    if balance == Cents(0) {
        return Ok(());
    }
    let message = format!("The balance is {} minor units. Settle it, or check out with acceptBalance.", balance.0);
    Err(Refusal::new(Code::FolioNotBalanced, message).facts(serde_json::json!({ "balanceCents": balance })).into())
}
