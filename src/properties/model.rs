use jiff::{Timestamp, civil::Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::{
    call,
    db::{Call, Result},
    kernel::{Currency, Day, Faults, PropertyId, Refusal, TenantId, clock::day_in, patch::nullable},
    op::Op,
};

/// A hotel.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Property {
    pub id: PropertyId,
    pub name: String,
    /// IANA name of the zone that its dates are in.
    pub timezone: String,
    pub currency: String,
    pub address_json: Option<Value>,
    /// Stands on its invoices.
    pub tax_number: Option<String>,
    pub is_active: bool,
    /// The open day. It moves by day close alone, never by the clock.
    pub business_date: Day,
    /// Language of its documents, a BCP 47 tag.
    pub locale: String,
    #[schema(value_type = String, example = "15:00:00")]
    pub check_in_time: Time,
    #[schema(value_type = String, example = "11:00:00")]
    pub check_out_time: Time,
    /// How long a hold lives when its booking names no expiry, in minutes.
    pub hold_minutes: i32,
    /// When its days are closed by the program, in its zone, on the day after. Null: somebody closes them.
    #[schema(value_type = Option<String>, example = "03:00:00")]
    pub auto_close_at: Option<Time>,
    /// Rooms out of order stand in what occupancy and RevPAR divide by.
    pub counts_out_of_order: bool,
    /// Nights at a price of zero stand in what ADR divides by.
    pub counts_free_nights: bool,
    /// Its account at the server's payment gateway. Null: it takes no payments by it.
    pub payment_account: Option<String>,
    /// How many stays more than rooms the whole house takes on a night that has no limit of its own. Null: only the limits of its types
    /// count.
    pub overbooking_limit: Option<i32>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// What a new property needs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewProperty {
    /// Made by the server when absent.
    pub id: Option<PropertyId>,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[schema(example = "Europe/Lisbon")]
    pub timezone: String,
    pub currency: Option<Currency>,
    /// `lines`, or `line1`, `line2`, `postalCode`, `city`, `region`, `country`, `phone` and `email` stand on its invoices.
    #[schema(value_type = Option<Object>)]
    pub address_json: Option<Value>,
    #[schema(max_length = 50)]
    pub tax_number: Option<String>,
    /// Today in the zone when absent.
    pub business_date: Option<Day>,
    #[schema(max_length = 35)]
    pub locale: Option<String>,
    #[schema(value_type = Option<String>, example = "15:00")]
    pub check_in_time: Option<Time>,
    #[schema(value_type = Option<String>, example = "11:00")]
    pub check_out_time: Option<Time>,
    #[schema(minimum = 1, maximum = 525_600)]
    pub hold_minutes: Option<i32>,
}

/// What may change. Currency and business date do not: money is booked in the one, the other moves by day close.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PropertyChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    pub name: Option<String>,
    pub timezone: Option<String>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Object>)]
    pub address_json: Option<Option<Value>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(max_length = 50)]
    pub tax_number: Option<Option<String>>,
    /// `false` deactivates.
    pub is_active: Option<bool>,
    pub locale: Option<String>,
    #[schema(value_type = Option<String>)]
    pub check_in_time: Option<Time>,
    #[schema(value_type = Option<String>)]
    pub check_out_time: Option<Time>,
    #[schema(minimum = 1, maximum = 525_600)]
    pub hold_minutes: Option<i32>,
    /// The hour at which its days close by themselves; null: by hand.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, example = "03:00")]
    pub auto_close_at: Option<Option<Time>>,
    /// Rooms out of order stand in what occupancy and RevPAR divide by; `false` when it was never set.
    pub counts_out_of_order: Option<bool>,
    /// Nights at a price of zero stand in what ADR divides by; `true` when it was never set.
    pub counts_free_nights: Option<bool>,
    /// Its account at the server's payment gateway; null: none.
    #[serde(deserialize_with = "nullable")]
    #[schema(max_length = 100, example = "grand-hotel")]
    pub payment_account: Option<Option<String>>,
    /// How many stays more than rooms the whole house takes; null: only the limits of its types count.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 10_000)]
    pub overbooking_limit: Option<Option<i32>>,
}

crate::sql! {
    GET_PROPERTY = "select * from pms_properties where tenant_id = $1 and id = $2";
    LOCK_HOUSE = "select id from pms_room_types where tenant_id = $1 and property_id = $2 order by id for no key update";
    LOCK_PROPERTY = "select * from pms_properties where tenant_id = $1 and id = $2 for no key update";
    /// Not the lock of the row: who rolls the date would wait for ever while others come and go, and here he stands in line.
    HOLD_DAY = "
        select pg_advisory_xact_lock_shared(hashtextextended(tenant_id || id, 0)) from pms_properties where tenant_id = $1 and id = $2";
    HOLD_DAY_ALONE = "
        select pg_advisory_xact_lock(hashtextextended(tenant_id || id, 0)) from pms_properties where tenant_id = $1 and id = $2";
}

impl Property {
    pub fn from_row(row: &Row) -> Property {
        Property {
            id: row.get("id"),
            name: row.get("name"),
            timezone: row.get("timezone"),
            currency: row.get("currency"),
            address_json: row.get("address_json"),
            tax_number: row.get("tax_number"),
            is_active: row.get("is_active"),
            business_date: row.get("business_date"),
            locale: row.get("locale"),
            check_in_time: row.get("check_in_time"),
            check_out_time: row.get("check_out_time"),
            hold_minutes: row.get("hold_minutes"),
            auto_close_at: row.get("auto_close_at"),
            counts_out_of_order: row.get("counts_out_of_order"),
            counts_free_nights: row.get("counts_free_nights"),
            payment_account: row.get("payment_account"),
            overbooking_limit: row.get("overbooking_limit"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.text("name", &self.name, 1, 200);
        if day_in(Timestamp::UNIX_EPOCH, &self.timezone).is_none() {
            faults.add("timezone", "must be an IANA time zone, such as Europe/Lisbon");
        }
        faults.optional_text("taxNumber", self.tax_number.as_deref(), 50);
        faults.optional_text("paymentAccount", self.payment_account.as_deref(), 100);
        faults.text("locale", &self.locale, 2, 35);
        faults.range("holdMinutes", self.hold_minutes, 1, 525_600);
        if let Some(limit) = self.overbooking_limit {
            faults.range("overbookingLimit", limit, 0, 10_000);
        }
        if self.address_json.as_ref().is_some_and(|a| !a.is_object()) {
            faults.add("addressJson", "must be an object");
        }
    }
}

/// The call that reads a property.
pub fn get(tenant: TenantId, id: PropertyId) -> Call {
    call!(GET_PROPERTY, tenant, id)
}

/// The call that keeps the business date as it is until the operation ends. It comes before the property is read, and before any
/// row is locked; many may hold the day at once.
pub fn hold_day(tenant: TenantId, id: PropertyId) -> Call {
    call!(HOLD_DAY, tenant, id)
}

/// The same for whoever moves the date: he waits for all who hold the day.
pub fn hold_day_alone(tenant: TenantId, id: PropertyId) -> Call {
    call!(HOLD_DAY_ALONE, tenant, id)
}

/// Locks all room types, before the property itself: everybody who counts the house waits, or has counted.
pub async fn lock_house(op: &mut Op, id: PropertyId) -> Result<()> {
    op.query(call!(LOCK_HOUSE, op.tenant(), id)).await?;
    Ok(())
}

/// The property in the rows of [`get`].
///
/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<Property, Refusal> {
    rows.first().map(Property::from_row).ok_or_else(|| Refusal::not_found("property"))
}

/// Reads the property within an operation.
pub async fn load(op: &mut Op, id: PropertyId) -> Result<Property> {
    let call = get(op.tenant(), id);
    Ok(found(&op.query(call).await?)?)
}
