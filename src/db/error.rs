//! What can go wrong, and the one place where SQLSTATE and constraint names become refusals.

use tokio_postgres::error::{DbError, SqlState};

use crate::kernel::{Code, Refusal};

/// An answer that is ready to be sent.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub body: String,
    /// The stored answer of an earlier request with the same idempotency key.
    pub replayed: bool,
    /// The version of the row in the body, for `ETag`.
    pub version: Option<i32>,
}

/// Why a use case did not end as asked.
#[derive(Debug)]
pub enum Fail {
    /// A rule forbids it; the client is told which.
    Refused(Refusal),
    /// It was done before, under the same idempotency key.
    Replayed(Reply),
    /// A fault of ours or of the machine's; the client is told nothing but a correlation id.
    Broken(anyhow::Error),
}

pub type Result<T, E = Fail> = std::result::Result<T, E>;

impl Fail {
    pub fn refusal(&self) -> Option<&Refusal> {
        if let Fail::Refused(refusal) = self { Some(refusal) } else { None }
    }
}

impl std::fmt::Display for Fail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fail::Refused(refusal) => write!(f, "{:?}: {}", refusal.code, refusal.message),
            Fail::Replayed(_) => f.write_str("already done under this idempotency key"),
            Fail::Broken(error) => write!(f, "{error:#}"),
        }
    }
}
impl std::error::Error for Fail {}

impl From<Refusal> for Fail {
    fn from(refusal: Refusal) -> Fail {
        Fail::Refused(refusal)
    }
}

impl From<anyhow::Error> for Fail {
    fn from(error: anyhow::Error) -> Fail {
        Fail::Broken(error)
    }
}

impl From<deadpool_postgres::PoolError> for Fail {
    fn from(error: deadpool_postgres::PoolError) -> Fail {
        tracing::warn!(%error, "no database connection");
        Refusal::new(Code::ServiceUnavailable, "The database cannot be reached just now. Try again.").into()
    }
}

impl From<tokio_postgres::Error> for Fail {
    fn from(error: tokio_postgres::Error) -> Fail {
        match error.as_db_error() {
            Some(db) => refusal_of(db).map_or_else(|| Fail::Broken(anyhow::Error::new(error)), Fail::Refused),
            None if error.is_closed() || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>()) => {
                tracing::warn!(%error, "the database connection broke");
                Refusal::new(Code::ServiceUnavailable, "The database cannot be reached just now. Try again.").into()
            }
            None => Fail::Broken(anyhow::Error::new(error)),
        }
    }
}

fn refusal_of(error: &DbError) -> Option<Refusal> {
    let state = error.code();
    let constraint = error.constraint().unwrap_or_default();
    if [SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::LOCK_NOT_AVAILABLE].contains(state) {
        tracing::warn!(%error, "lost a race for locks");
        return Some(Refusal::new(Code::ConcurrencyConflict, "Others are changing the same rows. Try again."));
    }
    let gone = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW, SqlState::QUERY_CANCELED];
    if gone.contains(state) {
        tracing::warn!(%error, "the database is going down or too slow");
        return Some(Refusal::new(Code::ServiceUnavailable, "The database cannot answer just now. Try again."));
    }
    if *state == SqlState::EXCLUSION_VIOLATION && constraint == "pms_room_blocks_no_overlap" {
        return Some(Refusal::new(Code::RoomAlreadyBooked, "The room is already taken on some of these nights."));
    }
    if constraint == "pms_housekeeping_assignments_live_key" {
        return Some(Refusal::new(Code::ConcurrencyConflict, "Somebody is to go to that room already."));
    }
    if constraint == "pms_reservations_confirmation_key" {
        // Drawn at random, and once in a long while drawn twice.
        return Some(Refusal::new(Code::ConcurrencyConflict, "The confirmation number was taken. Try again."));
    }
    if state.code().starts_with("23") {
        let (field, rule) = broken_rule(state, constraint)?;
        return Some(Refusal::invalid(field, rule));
    }
    None
}

/// The field and the rule behind a named constraint `<table>_<rule>`. `None`: a fault of ours.
fn broken_rule(state: &SqlState, constraint: &str) -> Option<(&'static str, &'static str)> {
    const TAKEN: &str = "is already used in this property";
    const FOREIGN: &str = "does not exist in this property";
    let rule = match constraint {
        "pms_room_types_code_key" | "pms_rate_plans_code_key" | "pms_policies_code_key" | "pms_packages_code_key" => {
            ("code", TAKEN)
        }
        "pms_rooms_number_key" => ("roomNumber", TAKEN),
        "pms_tenants_slug_key" => ("slug", "is already used by another tenant"),
        "pms_users_email_key" => ("email", "is already used by another user"),
        "pms_rate_plans_default_key" => ("isDefault", "is already set on another plan of the property"),
        "pms_policies_default_key" => ("isDefault", "is already set on another policy of the kind"),
        "pms_tax_rules_no_overlap" => ("validFrom", "overlaps another rule of the same code"),
        "pms_rate_plan_prices_no_overlap" => ("startDate", "overlaps another price of the plan and the type"),
        "pms_user_properties_property_fk" => ("propertyIds", "must be properties of the tenant"),
        "pms_reservations_near_fk" => ("wishes.nearReservationId", FOREIGN),
        "pms_reservations_near_check" => ("wishes.nearReservationId", "must be another stay"),
        "pms_reservations_wished_fk" => ("wishes.roomId", FOREIGN),
        _ if constraint.ends_with("_pkey") => ("id", "is already used"),
        _ if *state == SqlState::FOREIGN_KEY_VIOLATION && constraint.ends_with("_type_fk") => ("roomTypeId", FOREIGN),
        _ if *state == SqlState::FOREIGN_KEY_VIOLATION && constraint.ends_with("_room_fk") => ("roomId", FOREIGN),
        _ if *state == SqlState::FOREIGN_KEY_VIOLATION && constraint.ends_with("_plan_fk") => ("ratePlanId", FOREIGN),
        _ if *state == SqlState::FOREIGN_KEY_VIOLATION && constraint.ends_with("_guest_fk") => ("guestId", FOREIGN),
        _ if *state == SqlState::FOREIGN_KEY_VIOLATION && constraint.ends_with("_property_fk") => {
            ("propertyId", "does not exist")
        }
        _ => return None,
    };
    Some(rule)
}
