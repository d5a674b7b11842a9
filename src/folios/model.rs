use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::{Row, types::Json};
use utoipa::ToSchema;

use crate::{
    kernel::{Cents, Day, EntryId, Faults, FolioId, PaymentIntentId, PropertyId, ReservationId},
    op::Op,
};

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

/// To whom an invoice is made out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BillTo {
    #[schema(min_length = 1, max_length = 200, example = "Lovelace & Co.")]
    pub name: String,
    /// The lines of the address, at most six.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub address: Vec<String>,
    #[serde(default)]
    #[schema(max_length = 50)]
    pub tax_number: Option<String>,
}

impl BillTo {
    pub fn check(&self, faults: &mut Faults) {
        faults.text("billTo.name", &self.name, 1, 200);
        faults.optional_text("billTo.taxNumber", self.tax_number.as_deref(), 50);
        faults.range("billTo.address", self.address.len(), 0, 6);
        self.address.iter().enumerate().for_each(|(n, line)| faults.text(&format!("billTo.address[{n}]"), line, 1, 200));
    }
}

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
    /// To whom the invoice is made out; null: to the guest, or to whom the account is named after.
    pub bill_to: Option<BillTo>,
    /// Of a credit note: the invoiced folio that it takes back from.
    pub credits_folio_id: Option<FolioId>,
    /// Of a credit note: gap-free within the property; given when it is made.
    pub credit_note_number: Option<i64>,
    pub credit_reason: Option<String>,
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
            bill_to: row.get::<_, Option<Json<BillTo>>>("bill_to_json").map(|json| json.0),
            credits_folio_id: row.get("credits_folio_id"),
            credit_note_number: row.get("credit_note_number"),
            credit_reason: row.get("credit_reason"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// One that was opened just now.
    pub fn new(op: &Op, property: PropertyId, currency: &str, kind: FolioKind) -> Folio {
        Folio {
            id: FolioId(op.new_id()),
            property_id: property,
            reservation_id: None,
            kind,
            name: None,
            status: FolioStatus::Open,
            currency: currency.to_string(),
            subtotal_cents: Cents(0),
            tax_cents: Cents(0),
            fee_cents: Cents(0),
            total_cents: Cents(0),
            balance_cents: Cents(0),
            invoice_number: None,
            closed_on: None,
            bill_to: None,
            credits_folio_id: None,
            credit_note_number: None,
            credit_reason: None,
            version: 1,
            created_at: op.now,
            created_by: op.actor(),
            updated_at: op.now,
            updated_by: op.actor(),
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
    /// Of a credit note: the invoiced entry that it takes back.
    pub credits_entry_id: Option<EntryId>,
    /// Of what the payment gateway moved, and of what takes it back or moves it.
    pub payment_intent_id: Option<PaymentIntentId>,
    pub source_ref: Option<String>,
    /// The stay that it is of, where a folio that was read is not of that stay: its confirmation number and the guest's last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub stay_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub stay_guest: Option<String>,
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
            credits_entry_id: row.get("credits_entry_id"),
            payment_intent_id: row.get("payment_intent_id"),
            source_ref: row.get("source_ref"),
            // Only a folio that is read for people asks whose they are.
            stay_number: row.try_get("stay_number").ok().flatten(),
            stay_guest: row.try_get("stay_guest").ok().flatten(),
            posted_at: row.get("posted_at"),
            posted_by: row.get("posted_by"),
        }
    }
}

/// A folio with entries of its ledger, in the order of posting.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    #[serde(flatten)]
    pub folio: Folio,
    pub entries: Vec<Entry>,
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
