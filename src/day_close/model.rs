use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::{Row, types::Json};
use utoipa::ToSchema;

use crate::{
    kernel::{Cents, Day, FolioId, PropertyId, ReservationId},
    packages::PackageLine,
    taxes::TaxLine,
};

/// What becomes of arrivals that did not come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Arrivals {
    /// The close is refused and lists them.
    #[default]
    Refuse,
    /// Confirmed ones become no-shows, holds are cancelled; their rooms are free.
    NoShow,
}

/// What becomes of guests who should have left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Departures {
    /// The close is refused and lists them.
    #[default]
    Refuse,
    /// They are checked out; what they owe stays on their folios.
    CheckOut,
}

/// A stay that the day cannot be closed over.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Due {
    pub reservation_id: ReservationId,
    pub confirmation_number: String,
    pub last_name: String,
    pub status: String,
    pub check_in_date: Day,
    pub check_out_date: Day,
    /// Of an arrival in the dry run: what its no-show policy asks for, with taxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub no_show_fee_cents: Option<Cents>,
}

impl Due {
    pub fn from_row(row: &Row) -> Due {
        Due {
            reservation_id: row.get("id"),
            confirmation_number: row.get("confirmation_number"),
            last_name: row.get("last_name"),
            status: row.get("status"),
            check_in_date: row.get("check_in_date"),
            check_out_date: row.get("check_out_date"),
            no_show_fee_cents: None,
        }
    }
}

/// A night that the close posts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NightDue {
    pub reservation_id: ReservationId,
    pub confirmation_number: String,
    pub last_name: String,
    pub room_number: Option<String>,
    /// Without taxes, fees and packages.
    pub price_cents: Cents,
    pub taxes: Vec<TaxLine>,
    pub packages: Vec<PackageLine>,
    /// Where the routing of the stay sends it, or its first open folio. Null: all are closed, and another is opened for it.
    pub folio_id: Option<FolioId>,
}

impl NightDue {
    pub fn from_row(row: &Row) -> NightDue {
        NightDue {
            reservation_id: row.get("id"),
            confirmation_number: row.get("confirmation_number"),
            last_name: row.get("last_name"),
            room_number: row.get("room_number"),
            price_cents: row.get::<_, Cents>("price_cents") - row.get("included_cents"),
            taxes: row.get::<_, Json<Vec<TaxLine>>>("lines_json").0,
            packages: row.get::<_, Json<Vec<PackageLine>>>("packages_json").0,
            folio_id: row.get("folio_id"),
        }
    }
}

/// What a day was when it was closed. It never changes again.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayClose {
    pub property_id: PropertyId,
    /// The day that was closed.
    pub business_date: Day,
    pub rooms_total: i32,
    /// Under a block that is no stay.
    pub rooms_off_market: i32,
    /// Of these, out of order or in maintenance.
    pub rooms_out_of_order: i32,
    /// Nights of who was in the house.
    pub rooms_sold: i32,
    /// Of these, at a price of zero.
    pub rooms_free_of_charge: i32,
    pub guests_in_house: i32,
    /// Checked in on the day.
    pub arrivals: i32,
    /// Checked out on the day.
    pub departures: i32,
    pub no_shows: i32,
    pub cancellations: i32,
    /// Postings of the day, by type of entry.
    pub room_revenue_cents: Cents,
    pub adjustment_cents: Cents,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
    /// Below zero: payments are credits.
    pub payment_cents: Cents,
    pub refund_cents: Cents,
    /// Balances when the day was closed: of who is or was in the house, and what others owe.
    pub guest_ledger_cents: Cents,
    /// What was paid ahead by who has not come yet, or will not.
    pub deposit_ledger_cents: Cents,
    pub house_ledger_cents: Cents,
    pub city_ledger_cents: Cents,
    #[schema(value_type = String, format = DateTime)]
    pub closed_at: Timestamp,
    pub closed_by: String,
}

impl DayClose {
    pub fn from_row(row: &Row) -> DayClose {
        DayClose {
            property_id: row.get("property_id"),
            business_date: row.get("business_date"),
            rooms_total: row.get("rooms_total"),
            rooms_off_market: row.get("rooms_off_market"),
            rooms_out_of_order: row.get("rooms_out_of_order"),
            rooms_sold: row.get("rooms_sold"),
            rooms_free_of_charge: row.get("rooms_free_of_charge"),
            guests_in_house: row.get("guests_in_house"),
            arrivals: row.get("arrivals"),
            departures: row.get("departures"),
            no_shows: row.get("no_shows"),
            cancellations: row.get("cancellations"),
            room_revenue_cents: row.get("room_revenue_cents"),
            adjustment_cents: row.get("adjustment_cents"),
            tax_cents: row.get("tax_cents"),
            fee_cents: row.get("fee_cents"),
            payment_cents: row.get("payment_cents"),
            refund_cents: row.get("refund_cents"),
            guest_ledger_cents: row.get("guest_ledger_cents"),
            deposit_ledger_cents: row.get("deposit_ledger_cents"),
            house_ledger_cents: row.get("house_ledger_cents"),
            city_ledger_cents: row.get("city_ledger_cents"),
            closed_at: row.get("closed_at"),
            closed_by: row.get("closed_by"),
        }
    }
}
