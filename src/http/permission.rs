//! Who may do what: the table of roles and permissions, in one place.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The five roles of a hotel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    Manager,
    FrontDesk,
    Housekeeping,
    Revenue,
    ReadOnly,
}

crate::text_enum!(Role { Manager => "MANAGER", FrontDesk => "FRONT_DESK", Housekeeping => "HOUSEKEEPING", Revenue => "REVENUE", ReadOnly => "READ_ONLY" });

/// A permission as a type, so that a handler's signature says what it demands.
pub trait Permission: Send + Sync + 'static {
    const NAME: &'static str;
    const ROLES: &'static [Role];
}

macro_rules! permissions {
    ($($(#[doc = $why:literal])* $name:ident = $text:literal: $($role:ident)*;)*) => {
        $(
            $(#[doc = $why])*
            #[doc = concat!("`", $text, "`")]
            pub struct $name;
            impl Permission for $name {
                const NAME: &'static str = $text;
                const ROLES: &'static [Role] = &[$(Role::$role),*];
            }
        )*
        /// Every permission with the roles that have it.
        pub const ALL: &[(&str, &[Role])] = &[$(($text, $name::ROLES)),*];
    };
}

permissions! {
    SignedIn = "pms.me.view": Manager FrontDesk Housekeeping Revenue ReadOnly;
    PropertyView = "pms.property.view": Manager FrontDesk Revenue ReadOnly;
    PropertyManage = "pms.property.manage": Manager;
    RoomsView = "pms.rooms.view": Manager FrontDesk Housekeeping Revenue ReadOnly;
    RoomsManage = "pms.rooms.manage": Manager;
    /// Who moves stays may take any room off the market; housekeeping what the property lets it, and only out of order.
    RoomsBlock = "pms.rooms.block": Manager FrontDesk Housekeeping;
    ReservationsView = "pms.reservations.view": Manager FrontDesk Revenue ReadOnly;
    ReservationsCreate = "pms.reservations.create": Manager FrontDesk Revenue;
    ReservationsEdit = "pms.reservations.edit": Manager FrontDesk Revenue;
    ReservationsCancel = "pms.reservations.cancel": Manager FrontDesk;
    ReservationsWaiveFee = "pms.reservations.waive_fee": Manager;
    FrontDeskCheckIn = "pms.front_desk.check_in": Manager FrontDesk;
    FrontDeskCheckOut = "pms.front_desk.check_out": Manager FrontDesk;
    FrontDeskNoShow = "pms.front_desk.no_show": Manager FrontDesk;
    CalendarView = "pms.calendar.view": Manager FrontDesk Revenue ReadOnly;
    CalendarMove = "pms.calendar.move": Manager FrontDesk;
    CalendarResize = "pms.calendar.resize": Manager FrontDesk;
    HousekeepingView = "pms.housekeeping.view": Manager FrontDesk Housekeeping ReadOnly;
    HousekeepingManage = "pms.housekeeping.manage": Manager Housekeeping;
    HousekeepingResolve = "pms.housekeeping.resolve": Manager FrontDesk Housekeeping;
    HousekeepingReport = "pms.housekeeping.report": Manager;
    GuestsView = "pms.guests.view": Manager FrontDesk Revenue ReadOnly;
    GuestsManage = "pms.guests.manage": Manager FrontDesk;
    FolioView = "pms.folio.view": Manager FrontDesk Revenue ReadOnly;
    FolioPostCharges = "pms.folio.post_charges": Manager FrontDesk;
    FolioPostPayments = "pms.folio.post_payments": Manager FrontDesk;
    FolioVoid = "pms.folio.void": Manager;
    FolioTransfer = "pms.folio.transfer": Manager;
    MessagesSend = "pms.messages.send": Manager FrontDesk;
    FolioCredit = "pms.folio.credit": Manager;
    RatesView = "pms.rates.view": Manager FrontDesk Revenue ReadOnly;
    RatesManage = "pms.rates.manage": Manager Revenue;
    RestrictionsOverride = "pms.restrictions.override": Manager Revenue;
    DayCloseRun = "pms.day_close.run": Manager;
    AuditView = "pms.audit.view": Manager;
    UsersManage = "pms.users.manage": Manager;
}

/// What a role may do.
pub fn of_role(role: Role) -> Vec<&'static str> {
    ALL.iter().filter(|(_, roles)| roles.contains(&role)).map(|(name, _)| *name).collect()
}
