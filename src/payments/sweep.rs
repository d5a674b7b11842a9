//! Payments that nobody heard the end of are asked about again and again, more and more seldom, until the gateway says.

use std::sync::Arc;

use futures_util::{StreamExt, stream};

use super::{
    model::PaymentIntent,
    settle::{Asking, ask},
};
use crate::{
    call,
    db::{Mode, Result, Tx},
    gateway::Gateway,
    kernel::TenantId,
    op::{Store, Who},
};

crate::sql! {
    /// Asked before any tenant is known, so through a function of the owner.
    TENANTS_WITH_PAYMENTS_DUE = "select tenant_id from pms_tenants_with_payments_due($1)";
    /// Taken by one server at a time. Not a change that anybody would audit: it says when somebody asked.
    CLAIM_DUE = "
        update pms_payment_intents set checked_at = $2
        where tenant_id = $1 and id in (
          select id from pms_payment_intents
          where tenant_id = $1 and status = 'PENDING' and pms_payment_check_due(created_at, checked_at) <= $2
          order by checked_at limit 50 for no key update skip locked)
        returning *";
}

/// A slow gateway must not hold up the payments of all for those of one.
const ASKED_AT_ONCE: usize = 4;

/// Asks about every payment that is due; answers how many were finished. One that fails does not stop the others.
pub async fn settle_due(store: &Store, gateway: &Arc<dyn Gateway>) -> Result<usize> {
    let now = store.clock.now();
    let mut finished = 0;
    for row in store.read_unscoped(call!(TENANTS_WITH_PAYMENTS_DUE, now)).await? {
        let tenant: TenantId = row.get(0);
        let tx = Tx::new(&store.db, tenant, Mode::Write).await?;
        let rows = tx.commit(vec![call!(CLAIM_DUE, tenant, now)]).await?;
        let claimed: Vec<PaymentIntent> = rows[0].iter().map(PaymentIntent::from_row).collect();
        let ended = stream::iter(claimed)
            .map(|intent| async move {
                let who = Who { tenant, actor: "system".into(), correlation: "payment-settlement".into() };
                match ask(store, gateway, who, &intent, Asking::ForNews).await {
                    Ok(now) => usize::from(now.finished_at.is_some()),
                    Err(error) => {
                        tracing::warn!(%error, %tenant, intent = %intent.id, "a payment was not finished; it is asked about again");
                        0
                    }
                }
            })
            .buffer_unordered(ASKED_AT_ONCE);
        finished += ended.fold(0, |sum, n| async move { sum + n }).await;
    }
    Ok(finished)
}
