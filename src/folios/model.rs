use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::kernel::{Cents, Day, EntryId, FolioId, PropertyId, ReservationId};

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FolioKind {
    /// Of a stay.
    Guest,
    /// The house's own: what nobody pays.
    House,
    /// Of a company or an agency that pays later.
    CityLedger,
}

crate::text_enum!(FolioKind { Guest => "GUEST", House => "HOUSE", CityLedger => "CITY_LEDGER" });

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FolioStatus {
    Open,
    /// Invoiced; it never changes again.
    Closed,
}

crate::text_enum!(FolioStatus { Open => "OPEN", Closed => "CLOSED" });

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntryType {
    RoomCharge,
    Tax,
    Fee,
    /// Other charges, and discounts.
    Adjustment,
    Payment,
    Refund,
}

crate::text_enum!(EntryType {
    RoomCharge => "ROOM_CHARGE", Tax => "TAX", Fee => "FEE", Adjustment => "ADJUSTMENT", Payment => "PAYMENT", Refund => "REFUND",
});

/// How money came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Method {
    Cash,
    /// By a terminal; its reference is `sourceRef`.
    Card,
    BankTransfer,
    Cheque,
    Other,
}

crate::text_enum!(Method { Cash => "CASH", Card => "CARD", BankTransfer => "BANK_TRANSFER", Cheque => "CHEQUE", Other => "OTHER" });

/// An account. Its totals are always the sums of its entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Folio {
    pub id: FolioId,
    pub property_id: PropertyId,
    /// Null for house and city-ledger accounts.
    pub reservation_id: Option<ReservationId>,
    pub kind: FolioKind,
    /// What people call it; null for the guest's own.
    pub name: Option<String>,
    pub status: FolioStatus,
    pub currency: String,
    /// Room charges and adjustments.
    pub subtotal_cents: Cents,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
    pub total_cents: Cents,
    /// What is owed: the total less payments plus refunds. Negative: the guest has credit.
    pub balance_cents: Cents,
    /// Gap-free within the property; given by closing.
    pub invoice_number: Option<i64>,
    /// Business date of the closing.
    pub closed_on: Option<Day>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

impl Folio {
    pub fn from_row(row: &Row) -> Folio {
        Folio {
            id: row.get("id"),
            property_id: row.get("property_id"),
            reservation_id: row.get("reservation_id"),
            kind: row.get("kind"),
            name: row.get("name"),
            status: row.get("status"),
            currency: row.get("currency"),
            subtotal_cents: row.get("subtotal_cents"),
            tax_cents: row.get("tax_cents"),
            fee_cents: row.get("fee_cents"),
            total_cents: row.get("total_cents"),
            balance_cents: row.get("balance_cents"),
            invoice_number: row.get("invoice_number"),
            closed_on: row.get("closed_on"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// The totals once this entry is in the ledger.
    pub fn add(&mut self, entry: &Entry) {
        let amount = entry.amount_cents;
        match entry.entry_type {
            EntryType::RoomCharge | EntryType::Adjustment => self.subtotal_cents = self.subtotal_cents + amount,
            EntryType::Tax => self.tax_cents = self.tax_cents + amount,
            EntryType::Fee => self.fee_cents = self.fee_cents + amount,
            EntryType::Payment | EntryType::Refund => {}
        }
        self.total_cents = self.subtotal_cents + self.tax_cents + self.fee_cents;
        self.balance_cents = self.balance_cents + amount;
    }
}

/// A line of the ledger. It is written once; a correction is another line that reverses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub id: EntryId,
    pub property_id: PropertyId,
    pub folio_id: FolioId,
    pub entry_type: EntryType,
    pub description: String,
    /// Positive: a charge. Negative: a credit.
    pub amount_cents: Cents,
    /// The day that it belongs to.
    pub business_date: Day,
    /// Of what is posted once for a stay: `ROOM` for each night, `CANCELLATION:…` and `NO_SHOW:…` each time that it is given up.
    pub charge_kind: Option<String>,
    pub reservation_id: Option<ReservationId>,
    pub method: Option<Method>,
    /// The entry that this one takes back.
    pub reverses_entry_id: Option<EntryId>,
    /// The entry of another folio that was moved here.
    pub moved_from_entry_id: Option<EntryId>,
    /// Of a tax or fee: the charge that it was computed on. It goes where its charge goes.
    pub parent_entry_id: Option<EntryId>,
    /// Of a tax or fee: the code of the rule that it came from.
    pub tax_code: Option<String>,
    pub source_ref: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub posted_at: Timestamp,
    pub posted_by: String,
}

impl Entry {
    pub fn from_row(row: &Row) -> Entry {
        Entry {
            id: row.get("id"),
            property_id: row.get("property_id"),
            folio_id: row.get("folio_id"),
            entry_type: row.get("entry_type"),
            description: row.get("description"),
            amount_cents: row.get("amount_cents"),
            business_date: row.get("business_date"),
            charge_kind: row.get("charge_kind"),
            reservation_id: row.get("reservation_id"),
            method: row.get("method"),
            reverses_entry_id: row.get("reverses_entry_id"),
            moved_from_entry_id: row.get("moved_from_entry_id"),
            parent_entry_id: row.get("parent_entry_id"),
            tax_code: row.get("tax_code"),
            source_ref: row.get("source_ref"),
            posted_at: row.get("posted_at"),
            posted_by: row.get("posted_by"),
        }
    }
}

/// A folio with its whole ledger, in the order of posting: what the guest reads.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    #[serde(flatten)]
    pub folio: Folio,
    pub entries: Vec<Entry>,
    /// Of a stay whose policy asks for one; not in the answer to a posting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub deposit: Option<DepositState>,
}

/// What a stay has to pay ahead, and what of it was paid, whichever of its folios.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DepositState {
    pub required_cents: Cents,
    /// Payments less refunds.
    pub paid_cents: Cents,
    pub due_on: Day,
}

impl DepositState {
    /// Columns `deposit_cents`, `deposit_due_on` and `paid`. `None`: nothing is asked.
    pub fn from_row(row: &Row) -> Option<DepositState> {
        let due_on = row.get::<_, Option<Day>>("deposit_due_on")?;
        Some(DepositState { required_cents: row.get("deposit_cents"), paid_cents: row.get("paid"), due_on })
    }
}
