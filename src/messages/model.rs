use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use crate::kernel::{FolioId, MessageId, PropertyId, ReservationId};

/// How a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    Email,
    Sms,
    #[serde(rename = "WHATSAPP")]
    WhatsApp,
}

crate::text_enum!(Channel { Email => "EMAIL", Sms => "SMS", WhatsApp => "WHATSAPP" });

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageStatus {
    /// It waits for the mail server, or for another try.
    Queued,
    /// The mail server took it over.
    Sent,
    /// It arrived; nobody says so yet.
    Delivered,
    /// It will not be sent; `failureReason` tells why.
    Failed,
    /// It came from a guest.
    Received,
}

crate::text_enum!(MessageStatus {
    Queued => "QUEUED", Sent => "SENT", Delivered => "DELIVERED", Failed => "FAILED", Received => "RECEIVED"
});

/// A message to a guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    pub id: MessageId,
    pub property_id: PropertyId,
    pub reservation_id: Option<ReservationId>,
    /// Its paper goes with the message.
    pub folio_id: Option<FolioId>,
    pub channel: Channel,
    pub recipient: String,
    pub subject: Option<String>,
    pub body: String,
    pub status: MessageStatus,
    /// Of the last try that failed.
    pub failure_reason: Option<String>,
    pub attempts: i32,
    #[schema(value_type = String, format = DateTime)]
    pub queued_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Timestamp>,
    pub created_by: String,
}

impl Message {
    pub fn from_row(row: &Row) -> Message {
        Message {
            id: row.get("id"),
            property_id: row.get("property_id"),
            reservation_id: row.get("reservation_id"),
            folio_id: row.get("folio_id"),
            channel: row.get("channel"),
            recipient: row.get("recipient"),
            subject: row.get("subject"),
            body: row.get("body"),
            status: row.get("status"),
            failure_reason: row.get("failure_reason"),
            attempts: row.get("attempts"),
            queued_at: row.get("queued_at"),
            sent_at: row.get("sent_at"),
            created_by: row.get("created_by"),
        }
    }
}

/// A folio to send.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewEmail {
    /// An e-mail address.
    #[schema(max_length = 254)]
    pub recipient: String,
    /// What stands in the letter; a sentence in the language of the property when absent.
    #[schema(max_length = 4000)]
    pub text: Option<String>,
}
