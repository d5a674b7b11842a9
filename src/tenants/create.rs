use serde::Serialize;

use crate::{
    call,
    db::Result,
    kernel::{Faults, TenantId},
    op::{Change, Op, Store, Who, json},
};

crate::sql! {
    INSERT_TENANT = "
        insert into pms_tenants (id, slug, name, created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $4, $5)";
}

#[derive(Clone, Debug, Serialize)]
pub struct NewTenant {
    pub id: TenantId,
    /// Names it in log-ins and commands.
    pub slug: String,
    pub name: String,
}

/// Makes a tenant; `store` is the owner's.
///
/// Errors: a slug that is used or has other signs than a-z, 0-9 and `-`.
pub async fn create(store: &Store, new: NewTenant) -> Result<()> {
    let mut faults = Faults::default();
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if new.slug.is_empty() || new.slug.len() > 63 || new.slug.starts_with('-') || !new.slug.chars().all(sound) {
        faults.add("slug", "must be 1 to 63 of a-z, 0-9 and -, and not begin with -");
    }
    faults.text("name", &new.name, 1, 200);
    faults.finish()?;

    let who = Who { tenant: new.id, actor: "system".into(), correlation: "pms tenant add".into() };
    let mut op = Op::begin(store, who, None).await?;
    op.write(call!(INSERT_TENANT, new.id, new.slug.clone(), new.name.clone(), op.now, op.actor()));
    op.record(Change {
        property: None,
        entity: "tenant",
        id: new.id.to_string(),
        verb: "created",
        before: serde_json::Value::Null,
        after: json(&new),
    });
    op.finish().await
}
