use axum::extract::State;

use super::model::{Package, PackageChange, PackageItem, insert_items, locked};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::RatesManage},
    kernel::{Faults, PackageId, PackageItemId, Refusal, patch::set},
    op::{Change, Op},
};

crate::sql! {
    UPDATE_PACKAGE = "
        update pms_packages
        set code = $3, name = $4, description = $5, is_included = $6, rate_plan_id = $7, valid_from = $8, valid_to = $9, is_active = $10,
          version = $11, updated_at = $12, updated_by = $13
        where tenant_id = $1 and id = $2";
    DELETE_ITEMS = "delete from pms_package_items where tenant_id = $1 and package_id = $2";
}

/// Changes or deactivates a package. Stays that are booked keep it as it was.
#[utoipa::path(patch, path = "/packages/{id}", tag = "rates", params(("id" = PackageId, Path)), request_body = PackageChange,
    responses((status = 200, description = "The package as it is now.", body = Data<Package>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<RatesManage>,
    Path(id): Path<PackageId>,
    write: Write<PackageChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let before = locked(&mut op, id).await?;
    actor.sees(before.property_id).map_err(|_| Refusal::not_found("package"))?;
    if before.version != seen {
        return Err(Refusal::stale("package", &before).into());
    }
    let has_new_items = write.body.items.is_some();
    let mut after = changed(&mut op, &before, write.body);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;

    save(&mut op, &before, &mut after, has_new_items);
    op.commit(200, &after).await
}

fn changed(op: &mut Op, before: &Package, change: PackageChange) -> Package {
    let mut after = before.clone();
    set(&mut after.code, change.code.map(|code| code.trim().to_string()));
    set(&mut after.name, change.name.map(|name| name.trim().to_string()));
    set(&mut after.description, change.description.map(|d| d.map(|d| d.trim().to_string()).filter(|d| !d.is_empty())));
    set(&mut after.is_included, change.is_included);
    set(&mut after.rate_plan_id, change.rate_plan_id);
    set(&mut after.valid_from, change.valid_from);
    set(&mut after.valid_to, change.valid_to);
    set(&mut after.is_active, change.is_active);
    let items = change.items.map(|items| items.into_iter().map(|i| PackageItem::new(PackageItemId(op.new_id()), i)).collect());
    set(&mut after.items, items);
    after
}

fn save(op: &mut Op, before: &Package, after: &mut Package, has_new_items: bool) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_PACKAGE,
        op.tenant(),
        after.id,
        after.code.clone(),
        after.name.clone(),
        after.description.clone(),
        after.is_included,
        after.rate_plan_id,
        after.valid_from,
        after.valid_to,
        after.is_active,
        after.version,
        op.now,
        op.actor(),
    ));
    if has_new_items {
        op.write(call!(DELETE_ITEMS, op.tenant(), after.id));
        insert_items(op, after);
    }
    op.record(Change::changed(after.property_id, "package", after.id, "changed", before, after));
}
