use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::rules::{Merged, Rule, Said, Scope, Sold, violations};
use crate::{
    call,
    db::Call,
    http::{Actor, permission::RestrictionsOverride},
    kernel::{
        Code, Day, Faults, PropertyId, RatePlanId, Refusal, RestrictionId, RoomId, RoomTypeId, Stay, TenantId, patch::nullable,
    },
};

/// What a restriction says of a date. A field that is null says nothing, so that a broader restriction counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Restraints {
    /// No stay may have this night.
    pub is_closed: Option<bool>,
    /// No stay may begin on this date.
    pub closed_to_arrival: Option<bool>,
    /// No stay may end on this date, which is not a night of it.
    pub closed_to_departure: Option<bool>,
    /// Nights of a stay that begins on this date, at least.
    pub min_stay_arrival: Option<i32>,
    pub max_stay_arrival: Option<i32>,
    /// Nights of a stay that has this night, at least; of all its nights the strictest counts.
    pub min_stay_through: Option<i32>,
    pub max_stay_through: Option<i32>,
    /// Days from the booking to a stay that begins on this date, at least.
    pub min_advance_days: Option<i32>,
    pub max_advance_days: Option<i32>,
}

/// What changes: a field that is absent stays as it is, null says nothing any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RestraintsChange {
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<bool>)]
    pub is_closed: Option<Option<bool>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<bool>)]
    pub closed_to_arrival: Option<Option<bool>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<bool>)]
    pub closed_to_departure: Option<Option<bool>>,
    /// 1 lifts what a broader restriction says.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 731)]
    pub min_stay_arrival: Option<Option<i32>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 731)]
    pub max_stay_arrival: Option<Option<i32>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 731)]
    pub min_stay_through: Option<Option<i32>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 731)]
    pub max_stay_through: Option<Option<i32>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 1830)]
    pub min_advance_days: Option<Option<i32>>,
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 1830)]
    pub max_advance_days: Option<Option<i32>>,
}

impl Restraints {
    /// What it says by a rule; of those that are yes or no, 1 is yes.
    pub fn says(&self, rule: Rule) -> Option<i32> {
        match rule {
            Rule::Closed => self.is_closed.map(i32::from),
            Rule::ClosedToArrival => self.closed_to_arrival.map(i32::from),
            Rule::ClosedToDeparture => self.closed_to_departure.map(i32::from),
            Rule::MinStayArrival => self.min_stay_arrival,
            Rule::MaxStayArrival => self.max_stay_arrival,
            Rule::MinStayThrough => self.min_stay_through,
            Rule::MaxStayThrough => self.max_stay_through,
            Rule::MinAdvance => self.min_advance_days,
            Rule::MaxAdvance => self.max_advance_days,
        }
    }

    pub fn say(&mut self, rule: Rule, value: Option<i32>) {
        match rule {
            Rule::Closed => self.is_closed = value.map(|v| v != 0),
            Rule::ClosedToArrival => self.closed_to_arrival = value.map(|v| v != 0),
            Rule::ClosedToDeparture => self.closed_to_departure = value.map(|v| v != 0),
            Rule::MinStayArrival => self.min_stay_arrival = value,
            Rule::MaxStayArrival => self.max_stay_arrival = value,
            Rule::MinStayThrough => self.min_stay_through = value,
            Rule::MaxStayThrough => self.max_stay_through = value,
            Rule::MinAdvance => self.min_advance_days = value,
            Rule::MaxAdvance => self.max_advance_days = value,
        }
    }

    pub fn says_nothing(&self) -> bool {
        *self == Restraints::default()
    }

    pub fn from_row(row: &Row) -> Restraints {
        Restraints {
            is_closed: row.get("is_closed"),
            closed_to_arrival: row.get("closed_to_arrival"),
            closed_to_departure: row.get("closed_to_departure"),
            min_stay_arrival: row.get("min_stay_arrival"),
            max_stay_arrival: row.get("max_stay_arrival"),
            min_stay_through: row.get("min_stay_through"),
            max_stay_through: row.get("max_stay_through"),
            min_advance_days: row.get("min_advance_days"),
            max_advance_days: row.get("max_advance_days"),
        }
    }

    /// Notes a shortest that is longer than its longest.
    pub fn check(&self, faults: &mut Faults, field: &str, date: Day) {
        for (min, max) in [
            (Rule::MinStayArrival, Rule::MaxStayArrival),
            (Rule::MinStayThrough, Rule::MaxStayThrough),
            (Rule::MinAdvance, Rule::MaxAdvance),
        ] {
            if let (Some(least), Some(most)) = (self.says(min), self.says(max))
                && least > most
            {
                faults.add(format!("{field}.{}", min.field()), format!("must not exceed {}, {most} on {date}", max.field()));
            }
        }
    }
}

impl RestraintsChange {
    /// The value that a rule gets, if it gets another.
    fn gives(&self, rule: Rule) -> Option<Option<i32>> {
        let yes_or_no = |value: Option<Option<bool>>| value.map(|v| v.map(i32::from));
        match rule {
            Rule::Closed => yes_or_no(self.is_closed),
            Rule::ClosedToArrival => yes_or_no(self.closed_to_arrival),
            Rule::ClosedToDeparture => yes_or_no(self.closed_to_departure),
            Rule::MinStayArrival => self.min_stay_arrival,
            Rule::MaxStayArrival => self.max_stay_arrival,
            Rule::MinStayThrough => self.min_stay_through,
            Rule::MaxStayThrough => self.max_stay_through,
            Rule::MinAdvance => self.min_advance_days,
            Rule::MaxAdvance => self.max_advance_days,
        }
    }

    pub fn apply(&self, to: &mut Restraints) {
        for rule in Rule::ALL {
            if let Some(value) = self.gives(*rule) {
                to.say(*rule, value);
            }
        }
    }

    pub fn check(&self, faults: &mut Faults, field: &str) {
        if *self == RestraintsChange::default() {
            faults.add(field, "must name at least one restriction to set or, with null, to clear");
        }
        for rule in Rule::ALL {
            if let Some(Some(value)) = self.gives(*rule)
                && let Some((least, most)) = rule.range()
            {
                faults.range(&format!("{field}.{}", rule.field()), value, least, most);
            }
        }
    }
}

/// For whom a restriction counts: every plan and type, one of either, or one plan in one type.
pub type Whom = (Option<RatePlanId>, Option<RoomTypeId>);

/// A restriction of one date.
#[derive(Clone, Copy, Debug)]
pub struct Restriction {
    pub id: RestrictionId,
    pub whom: Whom,
    pub date: Day,
    pub restraints: Restraints,
}

crate::sql! {
    /// All that may count for one plan and type over the nights of a stay and its departure: the plan given, or the default one; the
    /// type given, or that of the room. The empty text stands for every plan or type, as in the index.
    RESTRICTIONS_OF_STAY = "
        select r.* from pms_restrictions r
        where r.tenant_id = $1 and r.property_id = $2 and r.date between $6 and $7
          and coalesce(r.rate_plan_id, '') in ('', coalesce($3,
            (select id from pms_rate_plans where tenant_id = $1 and property_id = $2 and is_default)))
          and coalesce(r.room_type_id, '') in ('', coalesce($4,
            (select room_type_id from pms_rooms where tenant_id = $1 and property_id = $2 and id = $5)))";
}

/// The call for [`Restrictions::from_rows`]: what may count for a stay.
pub fn of_stay(
    tenant: TenantId,
    property: PropertyId,
    plan: Option<RatePlanId>,
    room_type: Option<RoomTypeId>,
    room: Option<RoomId>,
    stay: Stay,
) -> Call {
    call!(RESTRICTIONS_OF_STAY, tenant, property, plan, room_type, room, stay.from, stay.to)
}

impl Restriction {
    pub fn from_row(row: &Row) -> Restriction {
        Restriction {
            id: row.get("id"),
            whom: (row.get("rate_plan_id"), row.get("room_type_id")),
            date: row.get("date"),
            restraints: Restraints::from_row(row),
        }
    }
}

/// Restrictions, to be asked by date.
#[derive(Clone, Debug, Default)]
pub struct Restrictions(HashMap<(Day, Whom), Restriction>);

impl Restrictions {
    pub fn from_rows(rows: &[Row]) -> Restrictions {
        rows.iter().map(Restriction::from_row).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn own(&self, whom: Whom, date: Day) -> Option<&Restriction> {
        self.0.get(&(date, whom))
    }

    /// What counts on a date, each field from whoever said it most specifically.
    pub fn merged(&self, whom: Whom, date: Day) -> Merged {
        let mut merged = Merged::default();
        if self.0.is_empty() {
            return merged;
        }
        for (scope, whom) in Scope::upwards(whom) {
            if let Some(r) = self.own(whom, date) {
                merged.lay(&r.restraints, Said { value: 0, scope, by: r.id });
            }
        }
        merged
    }
}

impl Restrictions {
    /// Everything that a sale of this plan and type breaks.
    pub fn broken_by(&self, plan: RatePlanId, room_type: RoomTypeId, sold: Sold) -> Vec<Violation> {
        violations(|day| self.merged((Some(plan), Some(room_type)), day), sold)
    }
}

impl FromIterator<Restriction> for Restrictions {
    fn from_iter<I: IntoIterator<Item = Restriction>>(all: I) -> Restrictions {
        Restrictions(all.into_iter().map(|r| ((r.date, r.whom), r)).collect())
    }
}

/// What a stay breaks: the rule, the date and the restriction that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    pub rule: Rule,
    /// The arrival, the departure or the night that it is about.
    pub date: Day,
    /// The nights or days that it allows, of the rules that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub limit: Option<i32>,
    pub restriction_id: RestrictionId,
    pub scope: Scope,
    /// For people.
    pub message: String,
}

/// Errors: AUTHORIZATION_DENIED for who asks to override restrictions and may not.
pub fn demand_override(actor: &Actor, wanted: bool) -> Result<(), Refusal> {
    if wanted && !actor.may::<RestrictionsOverride>() {
        let message = "To sell against a restriction needs the permission pms.restrictions.override.";
        return Err(Refusal::new(Code::AuthorizationDenied, message));
    }
    Ok(())
}

/// What is sold all the same: nothing is broken, or it is overridden.
///
/// Errors: RESTRICTION_VIOLATED with all that is broken.
pub fn heed(broken: Vec<Violation>, is_overridden: bool) -> Result<Vec<Violation>, Refusal> {
    match broken.as_slice() {
        [first, rest @ ..] if !is_overridden => {
            let more = if rest.is_empty() { String::new() } else { format!(" {} more restrictions say no.", rest.len()) };
            let message = format!("{}{more}", first.message);
            Err(Refusal::new(Code::RestrictionViolated, message).facts(json!({ "violations": broken })))
        }
        _ => Ok(broken),
    }
}
