//! Days that close by themselves at the hour of their property.

use super::{
    model::{Arrivals, Departures},
    run::close_in,
};
use crate::{
    calendar, call,
    db::{Fail, Result},
    kernel::{PropertyId, TenantId},
    op::{Op, Store, Who},
    properties,
};

crate::sql! {
    /// Asked before any tenant is known, so through a function of the owner.
    PROPERTIES_TO_CLOSE = "select tenant_id, property_id from pms_properties_to_close($1)";
}

/// Closes one day of each property whose hour has come; answers how many. Who did not come becomes a no-show; a guest who should have left
/// stands before the close, and nobody checks him out unseen. A property that cannot be closed does not stop the others.
pub async fn close_due(store: &Store) -> Result<usize> {
    let mut closed = 0;
    for row in store.read_unscoped(call!(PROPERTIES_TO_CLOSE, store.clock.now())).await? {
        let (tenant, property): (TenantId, PropertyId) = (row.get(0), row.get(1));
        match close(store, tenant, property).await {
            Ok(()) => closed += 1,
            Err(error) => tracing::warn!(%tenant, %property, %error, "a day does not close by itself; it is tried again"),
        }
    }
    Ok(closed)
}

async fn close(store: &Store, tenant: TenantId, property: PropertyId) -> Result<(), Fail> {
    let who = Who { tenant, actor: "system".into(), correlation: "day-close".into() };
    let mut op = Op::begin(store, who, None).await?;
    let day = properties::model::load(&mut op, property).await?.business_date;
    // Another server may have closed it meanwhile: then its record is found, and nothing is written.
    let is_new = close_in(&mut op, property, day, Arrivals::NoShow, Departures::Refuse, &mut Vec::new()).await?;
    calendar::settle(&mut op).await?;
    if is_new {
        op.finish().await?;
    }
    Ok(())
}
