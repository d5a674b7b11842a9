use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    kernel::{Cents, Day, RatePlanId, RestrictionId, RoomTypeId},
    packages::FrozenPackage,
    policies::FrozenPolicies,
    reservations::{
        model::NightPrice,
        quote::{CancellationStep, NightPackage},
    },
    restrictions::{Rule, Violation, rules::Scope},
    taxes::TaxLine,
};

/// What was found, with the names and terms that the offers share.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Offers {
    pub currency: String,
    pub room_types: Vec<OfferedType>,
    pub rate_plans: Vec<OfferedPlan>,
    /// By arrival, then type, then plan: what can be had and what is refused.
    pub offers: Vec<Offer>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferedType {
    pub id: RoomTypeId,
    pub code: String,
    pub name: String,
    pub max_adults: i32,
    /// Adults and children together.
    pub max_occupancy: i32,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferedPlan {
    pub id: RatePlanId,
    pub code: String,
    pub name: String,
    /// What the guest is told and a booking would keep.
    pub policies: FrozenPolicies,
    /// What every stay at this plan has, and what was chosen.
    pub packages: Vec<FrozenPackage>,
}

/// A room type at a rate plan for some nights.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    pub room_type_id: RoomTypeId,
    pub rate_plan_id: RatePlanId,
    pub check_in_date: Day,
    /// The day of departure; not a night.
    pub check_out_date: Day,
    /// It can be booked as it stands.
    pub is_available: bool,
    /// The fewest rooms left on any of the nights.
    pub rooms_left: i64,
    /// Null when a night has no price.
    pub price: Option<OfferPrice>,
    /// Why it cannot be booked.
    pub refusals: Vec<OfferRefusal>,
    /// What could be booked instead: the nearest other date, the nearest other length, the first other type.
    pub nearest: Vec<OfferChange>,
}

/// As a quote would tell it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferPrice {
    pub nights: Vec<NightPrice>,
    pub subtotal_cents: Cents,
    pub tax_cents: Cents,
    pub fee_cents: Cents,
    pub total_cents: Cents,
    /// Taxes and fees of all nights, by code.
    pub taxes: Vec<TaxLine>,
    /// What is sold with the nights, in their order.
    pub packages: Vec<NightPackage>,
    pub deposit_cents: Cents,
    /// Null: no deposit is asked.
    pub deposit_due_on: Option<Day>,
    pub cancellation_steps: Vec<CancellationStep>,
}

/// Why something is not sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OfferRule {
    /// A restriction says no; `restriction` tells which.
    Restricted,
    /// All rooms of the type are sold.
    NoAvailability,
    /// The plan has no price for the type.
    NoPrice,
    /// More adults, or more persons, than the type takes.
    Occupancy,
    /// Before the business date, or more than five years after it.
    Arrival,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferRefusal {
    pub rule: OfferRule,
    /// The night, or the date of arrival or departure, that it is about.
    pub date: Option<Day>,
    /// Which rule of which restriction.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub restriction: Option<BrokenRestriction>,
    /// For people.
    pub message: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrokenRestriction {
    pub id: RestrictionId,
    pub rule: Rule,
    pub scope: Scope,
    /// The nights or days that it allows, of the rules that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub limit: Option<i32>,
}

impl From<Violation> for OfferRefusal {
    fn from(v: Violation) -> OfferRefusal {
        let restriction = BrokenRestriction { id: v.restriction_id, rule: v.rule, scope: v.scope, limit: v.limit };
        OfferRefusal { rule: OfferRule::Restricted, date: Some(v.date), restriction: Some(restriction), message: v.message }
    }
}

/// What is changed of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OfferChangeKind {
    /// The same length on another date.
    Date,
    /// Another departure.
    Length,
    /// The same nights in another room type.
    RoomType,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferChange {
    pub kind: OfferChangeKind,
    pub room_type_id: RoomTypeId,
    pub check_in_date: Day,
    pub check_out_date: Day,
    pub total_cents: Cents,
}
