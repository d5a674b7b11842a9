use axum::extract::State;

use super::model::{NewPackage, Package, PackageItem, insert_items};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::RatesManage},
    kernel::{Faults, PackageId, PackageItemId},
    op::{Change, Op},
    properties,
};

crate::sql! {
    INSERT_PACKAGE = "
        insert into pms_packages
          (tenant_id, id, property_id, code, name, description, is_included, rate_plan_id, valid_from, valid_to, created_at, created_by,
           updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12)";
}

/// Makes a package. It counts for what is booked from now on.
#[utoipa::path(post, path = "/packages", tag = "rates", request_body = NewPackage,
    responses((status = 201, description = "The new package.", body = Data<Package>)))]
pub async fn create(State(app): State<AppState>, actor: May<RatesManage>, write: Write<NewPackage>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let package = create_in(&mut op, write.body).await?;

    op.commit(201, &package).await
}

/// The use case itself, joined to an operation.
pub async fn create_in(op: &mut Op, new: NewPackage) -> Result<Package> {
    let property = properties::model::load(op, new.property_id).await?;
    let package = Package {
        id: new.id.unwrap_or_else(|| PackageId(op.new_id())),
        property_id: property.id,
        code: new.code.trim().to_string(),
        name: new.name.trim().to_string(),
        description: new.description.map(|d| d.trim().to_string()).filter(|d| !d.is_empty()),
        is_included: new.is_included.unwrap_or(false),
        rate_plan_id: new.rate_plan_id,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        items: new.items.into_iter().map(|item| PackageItem::new(PackageItemId(op.new_id()), item)).collect(),
        is_active: true,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    package.check(&mut faults);
    faults.finish()?;

    op.write(call!(
        INSERT_PACKAGE,
        op.tenant(),
        package.id,
        package.property_id,
        package.code.clone(),
        package.name.clone(),
        package.description.clone(),
        package.is_included,
        package.rate_plan_id,
        package.valid_from,
        package.valid_to,
        op.now,
        op.actor(),
    ));
    insert_items(op, &package);
    op.record(Change::created(package.property_id, "package", package.id, &package));
    Ok(package)
}
