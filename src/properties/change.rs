use axum::extract::State;

use super::model::{LOCK_PROPERTY, Property, PropertyChange, found, hold_day_alone, lock_house};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::PropertyManage},
    kernel::{Day, Faults, PropertyId, Refusal, patch::set},
    op::{Change, Op},
};

crate::sql! {
    UPDATE_PROPERTY = "
        update pms_properties
        set name = $3, timezone = $4, address_json = $5, is_active = $6, locale = $7, check_in_time = $8, check_out_time = $9,
          hold_minutes = $10, business_date = $11, version = $12, updated_at = $13, updated_by = $14, auto_close_at = $15,
          counts_out_of_order = $16, counts_free_nights = $17, tax_number = $18, payment_account = $19, overbooking_limit = $20
        where tenant_id = $1 and id = $2";
}

/// Changes or deactivates a property.
#[utoipa::path(patch, path = "/properties/{id}", tag = "properties", params(("id" = PropertyId, Path)), request_body = PropertyChange,
    responses((status = 200, description = "The property as it is now.", body = Data<Property>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<PropertyManage>,
    Path(id): Path<PropertyId>,
    write: Write<PropertyChange>,
) -> Result<Reply> {
    actor.sees(id)?;
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    if write.body.overbooking_limit.is_some() {
        lock_house(&mut op, id).await?;
    }
    let before = lock(&mut op, id).await?;
    if before.version != seen {
        return Err(Refusal::stale("property", &before).into());
    }

    let mut after = before.clone();
    let change = write.body;
    set(&mut after.name, change.name.map(|n| n.trim().to_string()));
    set(&mut after.timezone, change.timezone);
    set(&mut after.address_json, change.address_json);
    set(&mut after.tax_number, change.tax_number.map(|n| n.map(|n| n.trim().to_string()).filter(|n| !n.is_empty())));
    set(&mut after.is_active, change.is_active);
    set(&mut after.locale, change.locale);
    set(&mut after.check_in_time, change.check_in_time);
    set(&mut after.check_out_time, change.check_out_time);
    set(&mut after.hold_minutes, change.hold_minutes);
    set(&mut after.auto_close_at, change.auto_close_at);
    set(&mut after.counts_out_of_order, change.counts_out_of_order);
    set(&mut after.counts_free_nights, change.counts_free_nights);
    set(&mut after.payment_account, change.payment_account.map(|a| a.map(|a| a.trim().to_string()).filter(|a| !a.is_empty())));
    set(&mut after.overbooking_limit, change.overbooking_limit);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;

    save(&mut op, &before, &mut after, "changed");
    op.commit(200, &after).await
}

/// Rolls the business date. Only day close and imports of the past do.
pub async fn roll_business_date(op: &mut Op, id: PropertyId, to: Day) -> Result<Property> {
    op.write(hold_day_alone(op.tenant(), id));
    let before = lock(op, id).await?;
    let mut after = Property { business_date: to, ..before.clone() };
    save(op, &before, &mut after, "business_date_rolled");
    Ok(after)
}

async fn lock(op: &mut Op, id: PropertyId) -> Result<Property> {
    let call = call!(LOCK_PROPERTY, op.tenant(), id);
    Ok(found(&op.query(call).await?)?)
}

fn save(op: &mut Op, before: &Property, after: &mut Property, verb: &'static str) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    op.write(call!(
        UPDATE_PROPERTY,
        op.tenant(),
        after.id,
        after.name.clone(),
        after.timezone.clone(),
        after.address_json.clone(),
        after.is_active,
        after.locale.clone(),
        after.check_in_time,
        after.check_out_time,
        after.hold_minutes,
        after.business_date,
        after.version,
        op.now,
        op.actor(),
        after.auto_close_at,
        after.counts_out_of_order,
        after.counts_free_nights,
        after.tax_number.clone(),
        after.payment_account.clone(),
        after.overbooking_limit,
    ));
    op.record(Change::changed(after.id, "property", after.id, verb, before, after));
}
