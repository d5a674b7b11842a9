use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Package, found, get};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Page, Path, Query, cut, data, page, page_of, permission::RatesView},
    kernel::{PackageId, PropertyId, Refusal},
    properties,
};

crate::sql! {
    LIST_PACKAGES = "
        select p.*, (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'amountCents', i.amount_cents,
             'priceBasis', i.price_basis, 'postingRhythm', i.posting_rhythm, 'weekdays', i.weekdays, 'everyNights', i.every_nights,
             'fromNight', i.from_night) order by i.sort_order, i.id), '[]')
           from pms_package_items i where i.tenant_id = $1 and i.property_id = $2 and i.package_id = p.id) as items
        from pms_packages p
        where p.tenant_id = $1 and p.property_id = $2 and ($3::boolean is null or p.is_active = $3) and ($4::text is null or p.code > $4)
        order by p.code limit $5";
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PackagesQuery {
    property_id: PropertyId,
    /// Only active ones, or only others.
    is_active: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

/// The packages of a property, by code.
#[utoipa::path(get, path = "/packages", tag = "rates", params(PackagesQuery),
    responses((status = 200, description = "A page of packages.", body = Page<Package>)))]
pub async fn list(State(app): State<AppState>, actor: May<RatesView>, Query(query): Query<PackagesQuery>) -> Result<Reply> {
    actor.sees(query.property_id)?;
    let (limit, after) = page_of::<String>(query.limit, query.cursor.as_deref())?;

    let calls = vec![
        properties::model::get(actor.tenant, query.property_id),
        call!(LIST_PACKAGES, actor.tenant, query.property_id, query.is_active, after, limit + 1),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;

    properties::model::found(&rows[0])?;
    let mut packages: Vec<Package> = rows[1].iter().map(Package::from_row).collect();
    let meta = cut(&mut packages, limit, |package| package.code.clone());
    Ok(page(&packages, &meta))
}

/// One package with its items.
#[utoipa::path(get, path = "/packages/{id}", tag = "rates", params(("id" = PackageId, Path)),
    responses((status = 200, description = "The package.", body = Data<Package>)))]
pub async fn read(State(app): State<AppState>, actor: May<RatesView>, Path(id): Path<PackageId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let package = found(&rows[0])?;
    actor.sees(package.property_id).map_err(|_| Refusal::not_found("package"))?;
    Ok(Reply { version: Some(package.version), ..data(&package) })
}
