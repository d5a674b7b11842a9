//! Holds that ran out release their nights by themselves.

use super::{
    cancel::{Closing, close},
    fees::FeeChoice,
    model::Status,
    store,
};
use crate::{
    calendar, call,
    db::{Fail, Mode, Result, Tx},
    kernel::{ReservationId, TenantId},
    op::{Op, Store, Who},
};

crate::sql! {
    TENANTS_WITH_EXPIRED_HOLDS = "select tenant_id from pms_tenants_with_expired_holds($1)";
    EXPIRED_HOLDS = "
        select id from pms_reservations where tenant_id = $1 and status = 'HOLD' and hold_expires_at <= $2 order by hold_expires_at limit 100";
}

/// Cancels every hold that ran out; answers how many. One that fails does not stop the others.
pub async fn expire_holds(store: &Store) -> Result<usize> {
    let now = store.clock.now();
    let client = store.db.connection().await?;
    let statement = client.prepare_cached(TENANTS_WITH_EXPIRED_HOLDS).await?;
    let tenants: Vec<TenantId> = client.query(&statement, &[&now]).await?.iter().map(|row| row.get(0)).collect();
    drop(client);

    let mut expired = 0;
    for tenant in tenants {
        let tx = Tx::new(&store.db, tenant, Mode::Read).await?;
        let rows = tx.commit(vec![call!(EXPIRED_HOLDS, tenant, now)]).await?;
        for row in &rows[0] {
            match expire(store, tenant, row.get(0)).await {
                Ok(done) => expired += usize::from(done),
                Err(error) => tracing::warn!(%error, "a hold could not be released; it is tried again"),
            }
        }
    }
    Ok(expired)
}

async fn expire(store: &Store, tenant: TenantId, id: ReservationId) -> Result<bool, Fail> {
    let who = Who { tenant, actor: "system".into(), correlation: "hold-expiry".into() };
    let mut op = Op::begin(store, who, None).await?;
    let ([before], property) = store::load(&mut op, None, [id]).await?;
    // Under the lock: it may have been confirmed or prolonged meanwhile.
    let r = &before.reservation;
    if r.status != Status::Hold || r.hold_expires_at.is_none_or(|at| at > op.now) {
        return Ok(false);
    }
    let reason = Some("The hold ran out.".to_string());
    let on = property.business_date;
    let closing = Closing { to: Status::Cancelled, verb: "expired", reason, on, fee: FeeChoice::Nothing };
    close(&mut op, &property, before, closing).await?;
    calendar::settle(&mut op).await?;
    op.finish().await?;
    Ok(true)
}
