use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::{
    gateway::Order,
    kernel::{Cents, FolioId, PaymentIntentId, PropertyId, TenantId},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IntentKind {
    /// Money of the guest.
    Charge,
    /// Money that goes back, of one charge.
    Refund,
}

crate::text_enum!(IntentKind { Charge => "CHARGE", Refund => "REFUND" });

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IntentStatus {
    /// Not known yet: the money may have moved.
    Pending,
    /// The money moved, and the ledger says so.
    Settled,
    /// The money moved when its folio was closed already: it waits to be posted to another.
    SettledUnposted,
    /// The bank or the guest said no; no money moved.
    Declined,
    /// The gateway did not take it; no money moved.
    Failed,
}

crate::text_enum!(IntentStatus {
    Pending => "PENDING", Settled => "SETTLED", SettledUnposted => "SETTLED_UNPOSTED", Declined => "DECLINED", Failed => "FAILED",
});

/// Money that the gateway moves, moved, or did not move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentIntent {
    pub id: PaymentIntentId,
    pub property_id: PropertyId,
    /// Where it is posted, as an entry with this intent's id.
    pub folio_id: FolioId,
    pub kind: IntentKind,
    /// Of a refund: the charge that it gives back of.
    pub refunds_intent_id: Option<PaymentIntentId>,
    pub status: IntentStatus,
    pub amount_cents: Cents,
    pub currency: String,
    /// Of a charge: what was given back through the gateway, or is about to be.
    pub refunded_cents: Cents,
    pub description: String,
    /// What is charged, in the gateway's words. Neither answers nor audit nor events show it.
    #[serde(skip)]
    pub source: Option<String>,
    /// Of the property at the gateway.
    pub account: String,
    /// What the gateway calls the movement of money; the `sourceRef` of the entry.
    pub gateway_ref: Option<String>,
    /// Why no money moved: a code of the gateway.
    pub reason_code: Option<String>,
    /// The same in words, of the gateway or the program.
    pub reason: Option<String>,
    /// From then on the gateway does not move money for it.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// Null: nobody knows yet.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Timestamp>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

impl PaymentIntent {
    pub fn from_row(row: &Row) -> PaymentIntent {
        PaymentIntent {
            id: row.get("id"),
            property_id: row.get("property_id"),
            folio_id: row.get("folio_id"),
            kind: row.get("kind"),
            refunds_intent_id: row.get("refunds_intent_id"),
            status: row.get("status"),
            amount_cents: row.get("amount_cents"),
            currency: row.get("currency"),
            refunded_cents: row.get("refunded_cents"),
            description: row.get("description"),
            source: row.get("source"),
            account: row.get("account"),
            gateway_ref: row.get("gateway_ref"),
            reason_code: row.get("reason_code"),
            reason: row.get("reason"),
            expires_at: row.get("expires_at"),
            finished_at: row.get("finished_at"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// What the gateway is asked for: the same as long as the intent lives.
    pub fn order(&self, tenant: TenantId) -> Order {
        let key = |id: PaymentIntentId| format!("{tenant}.{id}");
        Order {
            key: key(self.id),
            refunds: self.refunds_intent_id.map(key),
            account: self.account.clone(),
            amount: self.amount_cents,
            currency: self.currency.clone(),
            description: self.description.clone(),
            source: self.source.clone(),
            valid_until: self.expires_at,
        }
    }
}

/// Money to take of a card.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPaymentIntent {
    /// Above zero, in the folio's currency.
    #[schema(minimum = 1, maximum = 10_000_000_000_i64)]
    pub amount_cents: Cents,
    /// Must be the folio's when given.
    #[schema(example = "EUR")]
    pub currency: Option<String>,
    /// What stands on the folio.
    #[schema(max_length = 200)]
    pub description: Option<String>,
    /// The gateway's token of a card, or a terminal; absent: as the account at the gateway is set up. Never the number of a card.
    #[schema(max_length = 200)]
    pub source: Option<String>,
}

/// Money to give back to where it came from.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewGatewayRefund {
    /// Above zero; at most what is left of the charge.
    #[schema(minimum = 1, maximum = 10_000_000_000_i64)]
    pub amount_cents: Cents,
    /// Must be the charge's when given.
    pub currency: Option<String>,
    #[schema(max_length = 200)]
    pub description: Option<String>,
    /// The open folio that it is posted to, such as a credit note; absent: the folio of the charge.
    pub folio_id: Option<FolioId>,
}

/// Where to post what could not be posted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostIntent {
    /// An open folio of the property, in the currency of the payment.
    pub folio_id: FolioId,
}

/// Nothing more needs to be said.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Settle {}
