use crate::{db::Result, kernel::TenantId, op::Store};

crate::sql! {
    FIND_TENANT = "select id from pms_tenants where slug = $1 or id = $1";
}

/// The tenant of this slug or id; `store` is the owner's, who sees all.
pub async fn find(store: &Store, slug: &str) -> Result<Option<TenantId>> {
    // Not in a transaction of a tenant: which tenant is the question.
    let client = store.db.connection().await?;
    let row = client.query_opt(FIND_TENANT, &[&slug]).await?;
    Ok(row.map(|row| row.get(0)))
}
