use axum::extract::State;
use jiff::civil::time;

use super::model::{NewProperty, Property};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::PropertyManage},
    kernel::{Code, Faults, PropertyId, Refusal, clock::day_in},
    op::{Change, Op},
};

crate::sql! {
    INSERT_PROPERTY = "
        insert into pms_properties
          (tenant_id, id, name, timezone, currency, address_json, business_date, locale, check_in_time, check_out_time, hold_minutes,
           created_at, created_by, updated_at, updated_by, tax_number)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12, $13, $14)";
}

/// Opens a property.
#[utoipa::path(post, path = "/properties", tag = "properties", request_body = NewProperty,
    responses((status = 201, description = "The new property.", body = Data<Property>)))]
pub async fn create(State(app): State<AppState>, actor: May<PropertyManage>, write: Write<NewProperty>) -> Result<Reply> {
    if actor.properties.is_some() {
        return Err(Refusal::new(Code::AuthorizationDenied, "Only who sees every property may open another.").into());
    }

    let mut op = app.begin(&actor, write.key).await?;
    let property = create_in(&mut op, write.body)?;

    op.commit(201, &property).await
}

/// The use case itself, joined to an operation.
pub fn create_in(op: &mut Op, new: NewProperty) -> Result<Property> {
    let today = day_in(op.now, &new.timezone);
    let property = Property {
        id: new.id.unwrap_or_else(|| PropertyId(op.new_id())),
        name: new.name.trim().to_string(),
        business_date: new.business_date.or(today).unwrap_or(crate::kernel::Day::MIN),
        timezone: new.timezone,
        currency: new.currency.map_or("USD", |c| c.code()).to_string(),
        address_json: new.address_json,
        tax_number: new.tax_number.map(|n| n.trim().to_string()).filter(|n| !n.is_empty()),
        is_active: true,
        locale: new.locale.unwrap_or_else(|| "en".into()),
        check_in_time: new.check_in_time.unwrap_or(time(15, 0, 0, 0)),
        check_out_time: new.check_out_time.unwrap_or(time(11, 0, 0, 0)),
        hold_minutes: new.hold_minutes.unwrap_or(1440),
        auto_close_at: None,
        counts_out_of_order: false,
        counts_free_nights: true,
        payment_account: None,
        overbooking_limit: None,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    property.check(&mut faults);
    faults.finish()?;

    op.write(call!(
        INSERT_PROPERTY,
        op.tenant(),
        property.id,
        property.name.clone(),
        property.timezone.clone(),
        property.currency.clone(),
        property.address_json.clone(),
        property.business_date,
        property.locale.clone(),
        property.check_in_time,
        property.check_out_time,
        property.hold_minutes,
        op.now,
        op.actor(),
        property.tax_number.clone(),
    ));
    op.record(Change::created(property.id, "property", property.id, &property));
    Ok(property)
}
