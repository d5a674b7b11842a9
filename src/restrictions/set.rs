use std::collections::{BTreeMap, HashSet};

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::model::{Restraints, RestraintsChange, Restriction, Restrictions, Whom};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, data, permission::RatesManage},
    kernel::{Day, Faults, PropertyId, RatePlanId, RestrictionId, RoomTypeId},
    op::{Change, Op},
    properties::{self, Property},
    rates::nights::{Span, Weekday, check_range, joined},
};

crate::sql! {
    PLANS_NAMED = "select id from pms_rate_plans where tenant_id = $1 and property_id = $2 and id = any($3)";
    TYPES_NAMED = "select id from pms_room_types where tenant_id = $1 and property_id = $2 and id = any($3)";
    /// The empty text stands for every plan or type, as in the index.
    RESTRICTIONS_NEAR = "
        select r.* from unnest($3::text[], $4::text[], $5::date[], $6::date[]) as s (plan, type, starts, ends)
        join pms_restrictions r on r.tenant_id = $1 and r.property_id = $2 and r.date >= s.starts and r.date < s.ends
          and coalesce(r.rate_plan_id, '') = s.plan and coalesce(r.room_type_id, '') = s.type";
    SET_RESTRICTIONS = "
        insert into pms_restrictions
          (tenant_id, id, property_id, rate_plan_id, room_type_id, date, is_closed, closed_to_arrival, closed_to_departure,
           min_stay_arrival, max_stay_arrival, min_stay_through, max_stay_through, min_advance_days, max_advance_days,
           created_at, created_by, updated_at, updated_by)
        select p.tenant_id, n.id, p.id, n.plan, n.type, n.date, n.closed, n.cta, n.ctd, n.mina, n.maxa, n.mint, n.maxt, n.minadv, n.maxadv,
          $3, $4, $3, $4
        from pms_properties p, unnest($5::text[], $6::text[], $7::text[], $8::date[], $9::boolean[], $10::boolean[], $11::boolean[],
            $12::int[], $13::int[], $14::int[], $15::int[], $16::int[], $17::int[])
          as n (id, plan, type, date, closed, cta, ctd, mina, maxa, mint, maxt, minadv, maxadv)
        where p.tenant_id = $1 and p.id = $2
        on conflict (tenant_id, property_id, date, coalesce(rate_plan_id, ''), coalesce(room_type_id, '')) do update set
          is_closed = excluded.is_closed, closed_to_arrival = excluded.closed_to_arrival,
          closed_to_departure = excluded.closed_to_departure, min_stay_arrival = excluded.min_stay_arrival,
          max_stay_arrival = excluded.max_stay_arrival, min_stay_through = excluded.min_stay_through,
          max_stay_through = excluded.max_stay_through, min_advance_days = excluded.min_advance_days,
          max_advance_days = excluded.max_advance_days, version = pms_restrictions.version + 1, updated_at = excluded.updated_at,
          updated_by = excluded.updated_by";
    CLEAR_RESTRICTIONS = "delete from pms_restrictions where tenant_id = $1 and property_id = $2 and id = any($3)";
}

/// One request changes at most so many, and so many dates of all of them together.
const MAX_CHANGES: usize = 500;
const MAX_DATES: i32 = 20_000;

/// What becomes of the restrictions of a property, one change after the other.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RestrictionsChange {
    pub property_id: PropertyId,
    #[schema(min_items = 1, max_items = 500)]
    pub changes: Vec<RestrictionChange>,
    /// `true` shows what would change, and changes nothing.
    pub is_preview: Option<bool>,
}

/// For a plan, a type, a plan in a type, or, without either, the whole house.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RestrictionChange {
    pub rate_plan_id: Option<RatePlanId>,
    pub room_type_id: Option<RoomTypeId>,
    /// Not before the business date.
    pub start_date: Day,
    /// Exclusive, at most 1100 days after `startDate`.
    pub end_date: Day,
    /// Only these days of the week; every day when absent.
    #[schema(min_items = 1, max_items = 7)]
    pub weekdays: Option<Vec<Weekday>>,
    pub set: RestraintsChange,
}

/// What changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestrictionsChanged {
    pub is_preview: bool,
    /// How many dates say something else now, each plan and type by itself.
    pub dates: usize,
    /// What they said before: sent as `changes` it undoes the change.
    pub before: Vec<RestrictionRange>,
    pub after: Vec<RestrictionRange>,
}

/// Dates that say the same.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestrictionRange {
    pub rate_plan_id: Option<RatePlanId>,
    pub room_type_id: Option<RoomTypeId>,
    pub start_date: Day,
    /// Exclusive.
    pub end_date: Day,
    pub set: Restraints,
}

/// Sets or clears restrictions over ranges of dates, or shows what that would change. The answer says what was before.
#[utoipa::path(put, path = "/restrictions", tag = "rates", request_body = RestrictionsChange,
    responses((status = 200, description = "What changed.", body = Data<RestrictionsChanged>)))]
pub async fn set(State(app): State<AppState>, actor: May<RatesManage>, write: Write<RestrictionsChange>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;
    let mut faults = Faults::default();
    write.body.check(&mut faults);
    faults.finish()?;
    let is_preview = write.body.is_preview.unwrap_or(false);

    let mut op = app.begin(&actor, write.key).await?;
    let changed = set_in(&mut op, write.body).await?;

    if is_preview {
        op.abandon();
        return Ok(data(&changed));
    }
    op.commit(200, &changed).await
}

impl RestrictionsChange {
    fn check(&self, faults: &mut Faults) {
        if !(1..=MAX_CHANGES).contains(&self.changes.len()) {
            faults.add("changes", format!("must have 1 to {MAX_CHANGES} items"));
        }
        let mut dates = 0_i32;
        for (n, change) in self.changes.iter().enumerate() {
            let mut own = Faults::default();
            check_range(&mut own, change.start_date, change.end_date);
            own.each(|field, rule| faults.add(format!("changes[{n}].{field}"), rule));
            if change.weekdays.as_ref().is_some_and(|days| days.is_empty() || days.len() > 7) {
                faults.add(format!("changes[{n}].weekdays"), "must name 1 to 7 days");
            }
            change.set.check(faults, &format!("changes[{n}].set"));
            dates = dates.saturating_add(change.start_date.days_until(change.end_date).max(0));
        }
        if dates > MAX_DATES {
            faults.add("changes", format!("must cover at most {MAX_DATES} dates together"));
        }
    }
}

/// The restrictions that a change is about, as they were and as they become.
type Cells = BTreeMap<(Whom, Day), Restraints>;

/// The use case itself, joined to an operation.
pub async fn set_in(op: &mut Op, change: RestrictionsChange) -> Result<RestrictionsChanged> {
    let (property, stored) = read(op, &change).await?;
    let mut faults = Faults::default();
    for (n, one) in change.changes.iter().enumerate() {
        if one.start_date < property.business_date {
            let rule = format!("must not be before the business date, {}", property.business_date);
            faults.add(format!("changes[{n}].startDate"), rule);
        }
    }
    let (before, after) = applied(&stored, &change.changes, &mut faults);
    faults.finish()?;

    store(op, property.id, &stored, &after);
    let changed = RestrictionsChanged {
        is_preview: change.is_preview.unwrap_or(false),
        dates: after.len(),
        before: ranges(&before),
        after: ranges(&after),
    };
    let restrictions = |ranges: &[RestrictionRange]| json!({ "restrictions": ranges });
    let (was, is) = (restrictions(&changed.before), restrictions(&changed.after));
    op.record(Change::changed(property.id, "property", property.id, "restrictions_set", &was, &is));
    Ok(changed)
}

/// The property, locked, and what stands in the ranges.
async fn read(op: &mut Op, change: &RestrictionsChange) -> Result<(Property, Restrictions)> {
    let (tenant, id) = (op.tenant(), change.property_id);
    let plans: Vec<RatePlanId> = change.changes.iter().filter_map(|c| c.rate_plan_id).collect();
    let types: Vec<RoomTypeId> = change.changes.iter().filter_map(|c| c.room_type_id).collect();
    let text = |id: Option<String>| id.unwrap_or_default();
    let [property, known_plans, known_types, rows] = op
        .run([
            call!(properties::model::LOCK_PROPERTY, tenant, id),
            call!(PLANS_NAMED, tenant, id, plans),
            call!(TYPES_NAMED, tenant, id, types),
            call!(
                RESTRICTIONS_NEAR,
                tenant,
                id,
                change.changes.iter().map(|c| text(c.rate_plan_id.map(|p| p.to_string()))).collect::<Vec<_>>(),
                change.changes.iter().map(|c| text(c.room_type_id.map(|t| t.to_string()))).collect::<Vec<_>>(),
                change.changes.iter().map(|c| c.start_date).collect::<Vec<_>>(),
                change.changes.iter().map(|c| c.end_date).collect::<Vec<_>>(),
            ),
        ])
        .await?;
    let property = properties::model::found(&property)?;
    let known_plans: HashSet<RatePlanId> = known_plans.iter().map(|row| row.get(0)).collect();
    let known_types: HashSet<RoomTypeId> = known_types.iter().map(|row| row.get(0)).collect();
    let mut faults = Faults::default();
    for (n, one) in change.changes.iter().enumerate() {
        if one.rate_plan_id.is_some_and(|plan| !known_plans.contains(&plan)) {
            faults.add(format!("changes[{n}].ratePlanId"), "does not exist in this property");
        }
        if one.room_type_id.is_some_and(|room_type| !known_types.contains(&room_type)) {
            faults.add(format!("changes[{n}].roomTypeId"), "does not exist in this property");
        }
    }
    faults.finish()?;
    Ok((property, Restrictions::from_rows(&rows)))
}

/// The cells that differ, before and after the changes. A shortest that is longer than its longest is noted.
fn applied(stored: &Restrictions, changes: &[RestrictionChange], faults: &mut Faults) -> (Cells, Cells) {
    let (mut before, mut after) = (Cells::new(), Cells::new());
    for (n, change) in changes.iter().enumerate() {
        let whom = (change.rate_plan_id, change.room_type_id);
        let weekdays = change.weekdays.as_deref().unwrap_or_default();
        let mut own = Faults::default();
        for date in change.start_date.until(change.end_date) {
            if !weekdays.is_empty() && !weekdays.contains(&Weekday::of(date)) {
                continue;
            }
            let was = stored.own(whom, date).map(|r| r.restraints).unwrap_or_default();
            before.insert((whom, date), was);
            let cell = after.entry((whom, date)).or_insert(was);
            change.set.apply(cell);
            // The first date of a change tells enough.
            if own.is_empty() {
                cell.check(&mut own, &format!("changes[{n}].set"), date);
            }
        }
        own.each(|field, rule| faults.add(field, rule));
    }
    before.retain(|cell, was| after.get(cell) != Some(was));
    after.retain(|cell, _| before.contains_key(cell));
    (before, after)
}

/// Queues the rows of the cells that differ.
fn store(op: &mut Op, property: PropertyId, stored: &Restrictions, after: &Cells) {
    let own = |cell: &(Whom, Day)| stored.own(cell.0, cell.1).map(|r| r.id);
    let gone: Vec<RestrictionId> =
        after.iter().filter(|(_, restraints)| restraints.says_nothing()).filter_map(|(cell, _)| own(cell)).collect();
    let set: Vec<Restriction> = after
        .iter()
        .filter(|(_, restraints)| !restraints.says_nothing())
        .map(|(cell, restraints)| Restriction {
            id: own(cell).unwrap_or_else(|| RestrictionId(op.new_id())),
            whom: cell.0,
            date: cell.1,
            restraints: *restraints,
        })
        .collect();
    if !gone.is_empty() {
        op.write(call!(CLEAR_RESTRICTIONS, op.tenant(), property, gone));
    }
    if set.is_empty() {
        return;
    }
    let flags = |of: fn(&Restraints) -> Option<bool>| set.iter().map(|r| of(&r.restraints)).collect::<Vec<_>>();
    let counts = |of: fn(&Restraints) -> Option<i32>| set.iter().map(|r| of(&r.restraints)).collect::<Vec<_>>();
    op.write(call!(
        SET_RESTRICTIONS,
        op.tenant(),
        property,
        op.now,
        op.actor(),
        set.iter().map(|r| r.id).collect::<Vec<_>>(),
        set.iter().map(|r| r.whom.0).collect::<Vec<_>>(),
        set.iter().map(|r| r.whom.1).collect::<Vec<_>>(),
        set.iter().map(|r| r.date).collect::<Vec<_>>(),
        flags(|r| r.is_closed),
        flags(|r| r.closed_to_arrival),
        flags(|r| r.closed_to_departure),
        counts(|r| r.min_stay_arrival),
        counts(|r| r.max_stay_arrival),
        counts(|r| r.min_stay_through),
        counts(|r| r.max_stay_through),
        counts(|r| r.min_advance_days),
        counts(|r| r.max_advance_days),
    ));
}

/// Dates that follow each other and say the same, as ranges.
fn ranges(cells: &Cells) -> Vec<RestrictionRange> {
    let mut by_whom: BTreeMap<Whom, Vec<Span<Restraints>>> = BTreeMap::new();
    for ((whom, date), restraints) in cells {
        by_whom.entry(*whom).or_default().push(Span { from: *date, to: date.plus(1), value: *restraints });
    }
    let of = |(whom, spans): (Whom, Vec<Span<Restraints>>)| {
        joined(spans).into_iter().map(move |span| RestrictionRange {
            rate_plan_id: whom.0,
            room_type_id: whom.1,
            start_date: span.from,
            end_date: span.to,
            set: span.value,
        })
    };
    by_whom.into_iter().flat_map(of).collect()
}
