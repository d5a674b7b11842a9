use std::sync::Arc;

use jiff::{Timestamp, civil::Time};
use serde::{Deserialize, Serialize};
use tokio_postgres::{Row, types::Json};
use utoipa::ToSchema;

use super::fees::ClosingFee;
pub use super::night::{NightPrice, Sums};
use crate::{
    inventory::{Claims, Piece},
    kernel::{Cents, Day, GuestId, PropertyId, RatePlanId, ReservationId, RoomId, RoomTypeId, Stay, text},
    packages::{FrozenPackage, PackageLine},
    policies::FrozenPolicies,
    restrictions::Violation,
    rooms::wishes::{UnmetWishes, Wishes},
    taxes::{TaxLine, TaxRule},
};

/// Where a reservation is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Hold,
    Confirmed,
    CheckedIn,
    CheckedOut,
    Cancelled,
    NoShow,
}

crate::text_enum!(Status {
    Hold => "HOLD", Confirmed => "CONFIRMED", CheckedIn => "CHECKED_IN", CheckedOut => "CHECKED_OUT", Cancelled => "CANCELLED",
    NoShow => "NO_SHOW",
});

/// How the booking came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Source {
    Direct,
    Phone,
    Walkin,
    BookingEngine,
    Ota,
}

crate::text_enum!(Source {
    Direct => "DIRECT", Phone => "PHONE", Walkin => "WALKIN", BookingEngine => "BOOKING_ENGINE", Ota => "OTA",
});

/// Who it was booked for, as told then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrimaryGuest {
    #[serde(default)]
    #[schema(max_length = 200)]
    pub first_name: String,
    #[schema(min_length = 1, max_length = 200)]
    pub last_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 254)]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40)]
    pub phone: Option<String>,
}

/// A reservation, as it is stored.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reservation {
    pub id: ReservationId,
    pub property_id: PropertyId,
    pub confirmation_number: String,
    pub guest_id: Option<GuestId>,
    pub primary_guest_json: PrimaryGuest,
    pub status: Status,
    pub check_in_date: Day,
    /// The day of departure; not a night.
    pub check_out_date: Day,
    pub adults: i32,
    pub children: i32,
    /// One for each child; null: they were not told.
    pub child_ages: Option<Vec<i32>>,
    /// The charged type. The guest may sleep in a room of another.
    pub room_type_id: RoomTypeId,
    /// Null until assigned; of a split stay the room of the present, or else the first, piece.
    pub room_id: Option<RoomId>,
    pub rate_plan_id: RatePlanId,
    /// Average of the nights, rounded half up.
    pub nightly_rate_cents: Cents,
    pub subtotal_cents: Cents,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
    pub total_cents: Cents,
    pub currency: String,
    pub source_type: Source,
    pub source_ref: Option<String>,
    pub internal_notes: Option<String>,
    pub guest_notes: Option<String>,
    /// Business date of the booking.
    pub booked_on: Day,
    /// Must not be moved by the assigner.
    pub is_pinned: bool,
    /// What must be so of the room, and what would be nice.
    #[serde(skip_serializing_if = "Wishes::is_empty")]
    #[schema(required = false)]
    pub wishes: Wishes,
    #[schema(value_type = Option<String>, example = "18:30:00")]
    pub arrival_time: Option<Time>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub hold_expires_at: Option<Timestamp>,
    pub checked_in_on: Option<Day>,
    pub checked_out_on: Option<Day>,
    /// Business date of the cancellation or no-show.
    pub closed_on: Option<Day>,
    pub close_reason: Option<String>,
    /// What the cancellation or no-show cost, and why.
    pub closing_fee: Option<ClosingFee>,
    /// What its deposit policy asks for.
    pub deposit_cents: Cents,
    /// Null: no deposit is asked.
    pub deposit_due_on: Option<Day>,
    /// The arrival before an early check-in, for its undo.
    #[serde(skip)]
    pub planned_check_in_date: Option<Day>,
    /// The departure before an early check-out, and the rooms, for its undo.
    #[serde(skip)]
    pub planned_check_out_date: Option<Day>,
    #[serde(skip)]
    pub planned_rooms_json: Option<Vec<Piece>>,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

impl Reservation {
    /// Adults and children.
    pub fn persons(&self) -> (i32, i32) {
        (self.adults, self.children)
    }

    /// Columns `select r.*` of `pms_reservations`.
    pub fn from_row(row: &Row) -> Reservation {
        let guest: serde_json::Value = row.get("primary_guest_json");
        Reservation {
            id: row.get("id"),
            property_id: row.get("property_id"),
            confirmation_number: row.get("confirmation_number"),
            guest_id: row.get("guest_id"),
            primary_guest_json: serde_json::from_value(guest).unwrap_or_else(|_| PrimaryGuest {
                first_name: String::new(),
                last_name: "?".into(),
                email: None,
                phone: None,
            }),
            status: row.get("status"),
            check_in_date: row.get("check_in_date"),
            check_out_date: row.get("check_out_date"),
            adults: row.get("adults"),
            children: row.get("children"),
            child_ages: row.get("child_ages"),
            room_type_id: row.get("room_type_id"),
            room_id: row.get("room_id"),
            rate_plan_id: row.get("rate_plan_id"),
            nightly_rate_cents: row.get("nightly_rate_cents"),
            subtotal_cents: row.get("subtotal_cents"),
            tax_cents: row.get("tax_cents"),
            fee_cents: row.get("fee_cents"),
            total_cents: row.get("total_cents"),
            currency: row.get("currency"),
            source_type: row.get("source_type"),
            source_ref: row.get("source_ref"),
            internal_notes: row.get("internal_notes"),
            guest_notes: row.get("guest_notes"),
            booked_on: row.get("booked_on"),
            is_pinned: row.get("is_pinned"),
            wishes: Wishes::from_row(row),
            arrival_time: row.get("arrival_time"),
            hold_expires_at: row.get("hold_expires_at"),
            checked_in_on: row.get("checked_in_on"),
            checked_out_on: row.get("checked_out_on"),
            closed_on: row.get("closed_on"),
            close_reason: row.get("close_reason"),
            closing_fee: row.get::<_, Option<Json<_>>>("closing_fee_json").map(|Json(fee)| fee),
            deposit_cents: row.get("deposit_cents"),
            deposit_due_on: row.get("deposit_due_on"),
            planned_check_in_date: row.get("planned_check_in_date"),
            planned_check_out_date: row.get("planned_check_out_date"),
            planned_rooms_json: row.get::<_, Option<Json<_>>>("planned_rooms_json").map(|Json(rooms)| rooms),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    /// What a search compares with: the guest's names, the confirmation number and the reference of the source.
    pub fn search_key(&self) -> String {
        let guest = &self.primary_guest_json;
        let together = text::run_together(&guest.first_name, &guest.last_name);
        let reference = self.source_ref.as_deref().unwrap_or_default();
        text::search_key([guest.first_name.as_str(), &guest.last_name, &together, &self.confirmation_number, reference])
    }

    pub fn stay(&self) -> Stay {
        Stay { from: self.check_in_date, to: self.check_out_date }
    }
}

/// A reservation with its nights and its rooms: what every use case changes as one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Booking {
    #[serde(flatten)]
    pub reservation: Reservation,
    #[serde(serialize_with = "kept_nights")]
    pub nights: Vec<NightPrice>,
    /// The rooms, one after the other; more than one when the stay is split, none until assigned.
    pub rooms: Vec<Piece>,
    /// As they were when it was booked, or when it got another rate plan.
    pub policies: FrozenPolicies,
    /// As they were then, too: those of the plan, and those that were chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub packages: Vec<FrozenPackage>,
    /// What the desk should know: `NO_SINGLE_ROOM_FREE`, `NEXT_GUEST_WAITING`, `NIGHTS_ADDED`, `ROOM_NOT_AS_WISHED`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub warnings: Vec<Warning>,
    /// What was overridden by this very write.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub overridden_restrictions: Vec<Violation>,
    /// Rooms that this very write gave although they are not as wished.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub overridden_wishes: Vec<UnmetWishes>,
    /// Whether a room that is not as wished was asked for all the same.
    #[serde(skip)]
    pub is_free_of_wishes: bool,
    /// What its nights are taxed by when they are added up.
    #[serde(skip)]
    pub tax_rules: Arc<[TaxRule]>,
}

/// A code for programs and a sentence for people.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Warning {
    pub code: &'static str,
    pub message: String,
}

fn kept_nights<S: serde::Serializer>(nights: &[NightPrice], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(nights.iter().filter(|n| !n.is_released))
}

impl Booking {
    /// Without anything to say to the desk, and with no taxes known.
    pub fn of(reservation: Reservation, nights: Vec<NightPrice>, rooms: Vec<Piece>, policies: FrozenPolicies) -> Booking {
        Booking {
            reservation,
            nights,
            rooms,
            policies,
            packages: Vec::new(),
            warnings: Vec::new(),
            overridden_restrictions: Vec::new(),
            overridden_wishes: Vec::new(),
            is_free_of_wishes: false,
            tax_rules: Arc::default(),
        }
    }

    /// What it takes of the house.
    pub fn claims(&self) -> Claims {
        let r = &self.reservation;
        match r.status {
            Status::Cancelled | Status::NoShow => Claims::Nothing,
            _ if self.rooms.is_empty() => match r.status {
                // Left on the day of arrival: no night was slept.
                Status::CheckedOut => Claims::Nothing,
                _ => Claims::AnyRoom(r.room_type_id, r.stay()),
            },
            _ => Claims::Rooms(self.rooms.clone()),
        }
    }

    /// Gives back the nights before `day`: a stay holds inventory from the business date on.
    pub fn begin_on(&mut self, day: Day) {
        self.reservation.check_in_date = day;
        self.nights.retain(|n| n.night >= day);
    }

    /// The taxes and fees of one of its nights.
    pub fn lines_of(&self, night: &NightPrice) -> Vec<TaxLine> {
        let r = &self.reservation;
        night.lines(&self.tax_rules, r.check_in_date, r.adults, r.children)
    }

    /// What of its packages one of its nights is charged; `lines` are the taxes of that night.
    pub fn packages_of(&self, night: &NightPrice, lines: &[TaxLine]) -> Vec<PackageLine> {
        let r = &self.reservation;
        night.packages(&self.packages, &self.tax_rules, r.stay(), r.persons(), lines)
    }

    /// Brings taxes and sums in line with the nights. Nights before the business date are posted: their taxes stay as they are.
    pub fn add_up(&mut self, business_date: Day) {
        let mut nights = std::mem::take(&mut self.nights);
        for night in nights.iter_mut().filter(|n| n.night >= business_date) {
            let lines = self.lines_of(night);
            night.take(&lines, &self.packages_of(night, &lines));
        }
        self.nights = nights;
        let sums = Sums::of(&self.nights);
        let r = &mut self.reservation;
        r.nightly_rate_cents = sums.nightly_rate;
        r.subtotal_cents = sums.subtotal;
        r.tax_cents = sums.tax;
        r.fee_cents = sums.fee;
        r.total_cents = sums.total();
        let totals: Vec<Cents> = self.nights.iter().filter(|n| !n.is_released).map(NightPrice::total).collect();
        let (asked, due_on) = self.policies.deposit_of(&totals, r.booked_on, r.check_in_date).unzip();
        r.deposit_cents = asked.unwrap_or(Cents(0));
        r.deposit_due_on = due_on;
    }
}
