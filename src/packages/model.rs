use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_postgres::{Row, types::Json};
use utoipa::ToSchema;

use crate::{
    call,
    db::{Call, Result},
    kernel::{Cents, Day, Faults, PackageId, PackageItemId, PropertyId, RatePlanId, Refusal, TenantId, patch::nullable},
    op::Op,
    rates::nights::Weekday,
};

/// What the amount of an item is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PriceBasis {
    /// The stay: once, on the first night of the rhythm.
    Stay,
    /// Each night of the rhythm.
    Night,
    /// Each person, once, on the first night of the rhythm.
    Person,
    /// Each person on each night of the rhythm.
    PersonNight,
}

crate::text_enum!(PriceBasis { Stay => "STAY", Night => "NIGHT", Person => "PERSON", PersonNight => "PERSON_NIGHT" });

/// The nights on which an item is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PostingRhythm {
    EveryNight,
    Arrival,
    LastNight,
    AllButArrival,
    AllButLast,
    /// The nights of `weekdays`.
    Weekdays,
    /// Every `everyNights` nights from `fromNight` on.
    EveryN,
}

crate::text_enum!(PostingRhythm {
    EveryNight => "EVERY_NIGHT", Arrival => "ARRIVAL", LastNight => "LAST_NIGHT", AllButArrival => "ALL_BUT_ARRIVAL",
    AllButLast => "ALL_BUT_LAST", Weekdays => "WEEKDAYS", EveryN => "EVERY_N",
});

/// A part of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageItem {
    pub id: PackageItemId,
    /// What the folio says.
    pub name: String,
    pub amount_cents: Cents,
    pub price_basis: PriceBasis,
    pub posting_rhythm: PostingRhythm,
    /// Of WEEKDAYS: 1 is Monday.
    pub weekdays: Option<Vec<i32>>,
    /// Of EVERY_N.
    pub every_nights: Option<i32>,
    /// Of EVERY_N: the first of them; 1 is the arrival.
    pub from_night: Option<i32>,
}

/// A package as it was when a stay was booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrozenPackage {
    pub package_id: PackageId,
    /// The plan that it is a part of; null: it was chosen.
    pub rate_plan_id: Option<RatePlanId>,
    pub code: String,
    pub name: String,
    /// Part of the price of the night; others come on top.
    pub is_included: bool,
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    pub items: Vec<PackageItem>,
}

impl FrozenPackage {
    /// The column `packages_json`.
    pub fn from_row(row: &Row) -> Vec<FrozenPackage> {
        row.get::<_, Json<Vec<FrozenPackage>>>("packages_json").0
    }
}

/// A package of a property.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Package {
    pub id: PackageId,
    pub property_id: PropertyId,
    /// Unique in the property.
    pub code: String,
    pub name: String,
    pub description: Option<String>,
    /// Carved out of the price of the night; others come on top.
    pub is_included: bool,
    /// Every stay at this plan has it; null: it is chosen with the booking.
    pub rate_plan_id: Option<RatePlanId>,
    /// First night; null: always was.
    pub valid_from: Option<Day>,
    /// The night after the last; null: no end is known.
    pub valid_to: Option<Day>,
    pub items: Vec<PackageItem>,
    pub is_active: bool,
    pub version: i32,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub created_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    pub updated_by: String,
}

/// An item as it is asked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPackageItem {
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[schema(minimum = 1, maximum = 10_000_000_000_i64)]
    pub amount_cents: Cents,
    pub price_basis: PriceBasis,
    pub posting_rhythm: PostingRhythm,
    /// Of WEEKDAYS.
    #[schema(min_items = 1, max_items = 7)]
    pub weekdays: Option<Vec<Weekday>>,
    /// Of EVERY_N.
    #[schema(minimum = 1, maximum = 731)]
    pub every_nights: Option<i32>,
    /// Of EVERY_N: the first of them; 1 is the arrival.
    #[schema(minimum = 1, maximum = 731)]
    pub from_night: Option<i32>,
}

/// What a new package needs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPackage {
    /// Made by the server when absent.
    pub id: Option<PackageId>,
    pub property_id: PropertyId,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    pub code: String,
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    #[schema(max_length = 4000)]
    pub description: Option<String>,
    /// `false` when absent: it comes on top.
    pub is_included: Option<bool>,
    pub rate_plan_id: Option<RatePlanId>,
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    #[schema(min_items = 1, max_items = 20)]
    pub items: Vec<NewPackageItem>,
}

/// What may change of a package. It counts for what is booked from now on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PackageChange {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    pub code: Option<String>,
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    pub description: Option<Option<String>>,
    pub is_included: Option<bool>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<RatePlanId>)]
    pub rate_plan_id: Option<Option<RatePlanId>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Day>)]
    pub valid_from: Option<Option<Day>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Day>)]
    pub valid_to: Option<Option<Day>>,
    /// Takes the place of all the items.
    #[schema(min_items = 1, max_items = 20)]
    pub items: Option<Vec<NewPackageItem>>,
    pub is_active: Option<bool>,
}

/// The packages that are sold with a plan, in the shape of [`FrozenPackage`], as a part of a statement whose first two parameters are
/// the tenant and the property: those of the plan, and those of the list that are part of none.
macro_rules! packages_of {
    ($plan:literal, $chosen:literal) => {
        concat!(
            "(select coalesce(jsonb_agg(jsonb_build_object('packageId', k.id, 'ratePlanId', k.rate_plan_id, 'code', k.code, 'name', k.name,
              'isIncluded', k.is_included, 'validFrom', k.valid_from, 'validTo', k.valid_to, 'items', (
                select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'amountCents', i.amount_cents,
                  'priceBasis', i.price_basis, 'postingRhythm', i.posting_rhythm, 'weekdays', i.weekdays, 'everyNights', i.every_nights,
                  'fromNight', i.from_night) order by i.sort_order, i.id), '[]')
                from pms_package_items i where i.tenant_id = $1 and i.property_id = $2 and i.package_id = k.id)) order by k.code), '[]')
            from pms_packages k where k.tenant_id = $1 and k.property_id = $2 and k.is_active
              and (k.rate_plan_id = ",
            $plan,
            " or k.rate_plan_id is null and k.id = any(",
            $chosen,
            ")))"
        )
    };
}
pub(crate) use packages_of;

crate::sql! {
    GET_PACKAGE = "
        select p.*, (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'amountCents', i.amount_cents,
             'priceBasis', i.price_basis, 'postingRhythm', i.posting_rhythm, 'weekdays', i.weekdays, 'everyNights', i.every_nights,
             'fromNight', i.from_night) order by i.sort_order, i.id), '[]')
           from pms_package_items i where i.tenant_id = $1 and i.package_id = p.id) as items
        from pms_packages p where p.tenant_id = $1 and p.id = $2";
    LOCK_PACKAGE = "select id from pms_packages where tenant_id = $1 and id = $2 for no key update";
    INSERT_ITEMS = "
        insert into pms_package_items
          (tenant_id, id, property_id, package_id, name, amount_cents, price_basis, posting_rhythm, weekdays, every_nights, from_night,
           sort_order)
        select t.id, n.id, $2, $3, n.name, n.amount, n.basis, n.rhythm,
          (select array_agg(d::int) from jsonb_array_elements_text(n.weekdays) d), n.every, n.first, n.place
        from pms_tenants t, unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::jsonb[], $10::int[], $11::int[], $12::int[])
          as n (id, name, amount, basis, rhythm, weekdays, every, first, place)
        where t.id = $1";
}

impl Package {
    pub fn from_row(row: &Row) -> Package {
        Package {
            id: row.get("id"),
            property_id: row.get("property_id"),
            code: row.get("code"),
            name: row.get("name"),
            description: row.get("description"),
            is_included: row.get("is_included"),
            rate_plan_id: row.get("rate_plan_id"),
            valid_from: row.get("valid_from"),
            valid_to: row.get("valid_to"),
            items: row.get::<_, Json<Vec<PackageItem>>>("items").0,
            is_active: row.get("is_active"),
            version: row.get("version"),
            created_at: row.get("created_at"),
            created_by: row.get("created_by"),
            updated_at: row.get("updated_at"),
            updated_by: row.get("updated_by"),
        }
    }

    pub fn check(&self, faults: &mut Faults) {
        faults.code("code", &self.code);
        faults.text("name", &self.name, 1, 200);
        faults.optional_text("description", self.description.as_deref(), 4000);
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to <= from
        {
            faults.add("validTo", "must be after validFrom: it is exclusive");
        }
        if !(1..=20).contains(&self.items.len()) {
            faults.add("items", "must have 1 to 20: a package without any would be posted nowhere");
        }
        for (n, item) in self.items.iter().enumerate() {
            item.check(faults, &format!("items[{n}]"));
        }
    }
}

impl PackageItem {
    pub(super) fn new(id: PackageItemId, new: NewPackageItem) -> PackageItem {
        PackageItem {
            id,
            name: new.name.trim().to_string(),
            amount_cents: new.amount_cents,
            price_basis: new.price_basis,
            posting_rhythm: new.posting_rhythm,
            weekdays: new.weekdays.map(|days| days.iter().map(|day| day.number()).collect()),
            every_nights: new.every_nights,
            from_night: new.from_night,
        }
    }

    fn check(&self, faults: &mut Faults, field: &str) {
        let at = |name: &str| format!("{field}.{name}");
        faults.text(&at("name"), &self.name, 1, 200);
        faults.range(&at("amountCents"), self.amount_cents.0, 1, Cents::MAX_NIGHT.0);
        match (self.posting_rhythm, self.weekdays.as_deref()) {
            (PostingRhythm::Weekdays, None | Some([])) => {
                faults.add(at("weekdays"), "must name 1 to 7 days: the item would be posted on none");
            }
            (PostingRhythm::Weekdays, Some(days)) if days.len() > 7 => faults.add(at("weekdays"), "must name 1 to 7 days"),
            (PostingRhythm::Weekdays, _) | (_, None) => {}
            (_, Some(_)) => faults.add(at("weekdays"), "is for WEEKDAYS alone"),
        }
        for (name, value) in [("everyNights", self.every_nights), ("fromNight", self.from_night)] {
            match (self.posting_rhythm == PostingRhythm::EveryN, value) {
                (true, None) => faults.add(at(name), "is required for EVERY_N"),
                (true, Some(n)) => faults.range(&at(name), n, 1, 731),
                (false, Some(_)) => faults.add(at(name), "is for EVERY_N alone"),
                (false, None) => {}
            }
        }
    }
}

/// The call that reads a package.
pub fn get(tenant: TenantId, id: PackageId) -> Call {
    call!(GET_PACKAGE, tenant, id)
}

/// Locks a package and reads it.
///
/// Errors: NOT_FOUND.
pub(super) async fn locked(op: &mut Op, id: PackageId) -> Result<Package> {
    let [_, rows] = op.run([call!(LOCK_PACKAGE, op.tenant(), id), get(op.tenant(), id)]).await?;
    Ok(found(&rows)?)
}

/// Errors: NOT_FOUND.
pub fn found(rows: &[Row]) -> Result<Package, Refusal> {
    rows.first().map(Package::from_row).ok_or_else(|| Refusal::not_found("package"))
}

/// Queues the items of a package that has none.
pub(super) fn insert_items(op: &mut Op, package: &Package) {
    let items = &package.items;
    op.write(call!(
        INSERT_ITEMS,
        op.tenant(),
        package.property_id,
        package.id,
        items.iter().map(|i| i.id).collect::<Vec<_>>(),
        items.iter().map(|i| i.name.clone()).collect::<Vec<_>>(),
        items.iter().map(|i| i.amount_cents).collect::<Vec<_>>(),
        items.iter().map(|i| i.price_basis).collect::<Vec<_>>(),
        items.iter().map(|i| i.posting_rhythm).collect::<Vec<_>>(),
        items.iter().map(|i| i.weekdays.as_ref().map(crate::op::json)).collect::<Vec<_>>(),
        items.iter().map(|i| i.every_nights).collect::<Vec<_>>(),
        items.iter().map(|i| i.from_night).collect::<Vec<_>>(),
        (0..items.len() as i32).collect::<Vec<_>>(),
    ));
}
