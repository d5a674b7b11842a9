//! How often rooms are serviced, what work is planned with, and whether housekeeping may take rooms out of order.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::model::Work;
use crate::{
    call,
    db::{Call, Reply, Result},
    http::{
        AppState, Data, May, Path, Write, data,
        permission::{HousekeepingView, PropertyManage},
    },
    kernel::{Faults, PropertyId, Refusal, TenantId, patch::set as put},
    op::Change,
};

/// The settings of a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HousekeepingSettings {
    pub property_id: PropertyId,
    /// How often a room is serviced whose guest stays; 0: when he asks.
    pub service_every_nights: i32,
    /// How often he gets fresh linen; 0: on departure only.
    pub linen_every_nights: i32,
    /// Planned minutes of each kind of work.
    pub departure_credits: i32,
    pub stay_over_credits: i32,
    pub touch_up_credits: i32,
    pub deep_clean_credits: i32,
    /// Housekeeping may take free rooms out of order, and put them back.
    pub may_block_rooms: bool,
    /// 0: nothing was ever set.
    pub version: i32,
}

/// What may change.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HousekeepingSettingsChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(minimum = 0, maximum = 99)]
    pub service_every_nights: Option<i32>,
    #[schema(minimum = 0, maximum = 99)]
    pub linen_every_nights: Option<i32>,
    #[schema(minimum = 1, maximum = 480)]
    pub departure_credits: Option<i32>,
    #[schema(minimum = 1, maximum = 480)]
    pub stay_over_credits: Option<i32>,
    #[schema(minimum = 1, maximum = 480)]
    pub touch_up_credits: Option<i32>,
    #[schema(minimum = 1, maximum = 480)]
    pub deep_clean_credits: Option<i32>,
    pub may_block_rooms: Option<bool>,
}

crate::sql! {
    GET_HOUSEKEEPING_SETTINGS = "
        select p.id, coalesce(s.service_every_nights, 1) as service_every_nights, coalesce(s.linen_every_nights, 0) as linen_every_nights,
          coalesce(s.departure_credits, 30) as departure_credits, coalesce(s.stay_over_credits, 15) as stay_over_credits,
          coalesce(s.touch_up_credits, 5) as touch_up_credits, coalesce(s.deep_clean_credits, 60) as deep_clean_credits,
          coalesce(s.may_block_rooms, false) as may_block_rooms, coalesce(s.version, 0) as version
        from pms_properties p left join pms_housekeeping_settings s on s.tenant_id = $1 and s.property_id = p.id
        where p.tenant_id = $1 and p.id = $2";
    /// The row is made before it is locked, so that the first two who come at once meet here, too.
    OPEN_HOUSEKEEPING_SETTINGS = "
        insert into pms_housekeeping_settings (tenant_id, property_id, version, created_at, created_by, updated_at, updated_by)
        select $1, p.id, 0, $3, $4, $3, $4 from pms_properties p where p.tenant_id = $1 and p.id = $2
        on conflict on constraint pms_housekeeping_settings_pkey do nothing";
    LOCK_HOUSEKEEPING_SETTINGS = "
        select property_id from pms_housekeeping_settings where tenant_id = $1 and property_id = $2 for no key update";
    UPDATE_HOUSEKEEPING_SETTINGS = "
        update pms_housekeeping_settings
        set service_every_nights = $3, linen_every_nights = $4, departure_credits = $5, stay_over_credits = $6, touch_up_credits = $7,
          deep_clean_credits = $8, may_block_rooms = $9, version = $10, updated_at = $11, updated_by = $12
        where tenant_id = $1 and property_id = $2";
}

impl HousekeepingSettings {
    fn from_row(row: &Row) -> HousekeepingSettings {
        HousekeepingSettings {
            property_id: row.get("id"),
            service_every_nights: row.get("service_every_nights"),
            linen_every_nights: row.get("linen_every_nights"),
            departure_credits: row.get("departure_credits"),
            stay_over_credits: row.get("stay_over_credits"),
            touch_up_credits: row.get("touch_up_credits"),
            deep_clean_credits: row.get("deep_clean_credits"),
            may_block_rooms: row.get("may_block_rooms"),
            version: row.get("version"),
        }
    }

    pub fn credits(&self, kind: Work) -> i32 {
        match kind {
            Work::Departure => self.departure_credits,
            Work::StayOver => self.stay_over_credits,
            Work::TouchUp => self.touch_up_credits,
            Work::DeepClean => self.deep_clean_credits,
        }
    }

    fn check(&self, faults: &mut Faults) {
        faults.range("serviceEveryNights", self.service_every_nights, 0, 99);
        faults.range("linenEveryNights", self.linen_every_nights, 0, 99);
        faults.range("departureCredits", self.departure_credits, 1, 480);
        faults.range("stayOverCredits", self.stay_over_credits, 1, 480);
        faults.range("touchUpCredits", self.touch_up_credits, 1, 480);
        faults.range("deepCleanCredits", self.deep_clean_credits, 1, 480);
    }

    #[cfg(test)]
    pub(super) fn drawn(service_every_nights: i32, linen_every_nights: i32) -> HousekeepingSettings {
        HousekeepingSettings {
            property_id: PropertyId(ulid::Ulid::nil()),
            service_every_nights,
            linen_every_nights,
            departure_credits: 30,
            stay_over_credits: 15,
            touch_up_credits: 5,
            deep_clean_credits: 60,
            may_block_rooms: false,
            version: 0,
        }
    }
}

/// The call that reads the settings of a property, with the defaults where nothing was set.
pub fn get(tenant: TenantId, id: PropertyId) -> Call {
    call!(GET_HOUSEKEEPING_SETTINGS, tenant, id)
}

/// The settings in the rows of [`get`].
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<HousekeepingSettings, Refusal> {
    rows.first().map(HousekeepingSettings::from_row).ok_or_else(|| Refusal::not_found("property"))
}

/// The settings of housekeeping.
#[utoipa::path(get, path = "/properties/{id}/housekeeping/settings", tag = "housekeeping", params(("id" = PropertyId, Path)),
    responses((status = 200, description = "The settings.", body = Data<HousekeepingSettings>)))]
pub async fn read(State(app): State<AppState>, actor: May<HousekeepingView>, Path(id): Path<PropertyId>) -> Result<Reply> {
    actor.sees(id)?;
    let rows = app.store.read(actor.tenant, vec![get(actor.tenant, id)]).await?;

    let settings = found(&rows[0])?;
    Ok(Reply { version: Some(settings.version), ..data(&settings) })
}

/// Changes the settings of housekeeping. What was planned stays as it was planned.
#[utoipa::path(patch, path = "/properties/{id}/housekeeping/settings", tag = "housekeeping", params(("id" = PropertyId, Path)),
    request_body = HousekeepingSettingsChange,
    responses((status = 200, description = "The settings as they are now.", body = Data<HousekeepingSettings>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<PropertyManage>,
    Path(id): Path<PropertyId>,
    write: Write<HousekeepingSettingsChange>,
) -> Result<Reply> {
    actor.sees(id)?;
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let tenant = op.tenant();
    op.write(call!(OPEN_HOUSEKEEPING_SETTINGS, tenant, id, op.now, op.actor()));
    let [_, rows] = op.run([call!(LOCK_HOUSEKEEPING_SETTINGS, tenant, id), get(tenant, id)]).await?;
    let before = found(&rows)?;
    if before.version != seen {
        return Err(Refusal::stale("setting", &before).into());
    }

    let mut after = before.clone();
    let change = write.body;
    put(&mut after.service_every_nights, change.service_every_nights);
    put(&mut after.linen_every_nights, change.linen_every_nights);
    put(&mut after.departure_credits, change.departure_credits);
    put(&mut after.stay_over_credits, change.stay_over_credits);
    put(&mut after.touch_up_credits, change.touch_up_credits);
    put(&mut after.deep_clean_credits, change.deep_clean_credits);
    put(&mut after.may_block_rooms, change.may_block_rooms);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;

    after.version += 1;
    op.write(call!(
        UPDATE_HOUSEKEEPING_SETTINGS,
        tenant,
        id,
        after.service_every_nights,
        after.linen_every_nights,
        after.departure_credits,
        after.stay_over_credits,
        after.touch_up_credits,
        after.deep_clean_credits,
        after.may_block_rooms,
        after.version,
        op.now,
        op.actor(),
    ));
    op.record(Change::changed(id, "housekeeping_settings", id, "changed", &before, &after));
    op.commit(200, &after).await
}
