//! Where the charges of a stay go: rooms to the company, extras to the guest. A tax goes where its charge goes.

use std::collections::{BTreeSet, HashMap};

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;
use utoipa::ToSchema;

use super::{
    bill::standing,
    ledger::{self, Line},
    model::{EntryType, Folio, FolioKind, FolioStatus},
    read::entries_of,
    void::moved,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{
        Actor, AppState, Data, May, Path, Write, data,
        permission::{FolioPostCharges, FolioTransfer, FolioView, Permission},
    },
    kernel::{Code, Day, EntryId, Faults, FolioId, PropertyId, Refusal, ReservationId, TenantId},
    op::{Change, Op},
    properties,
};

crate::sql! {
    STAY_OF_ROUTING = "
        select r.property_id, coalesce(g.version, 0) as version
        from pms_reservations r left join pms_folio_routings g on g.tenant_id = $1 and g.reservation_id = r.id
        where r.tenant_id = $1 and r.id = $2";
    ROUTES_OF = "select entry_type, folio_id from pms_folio_routes where tenant_id = $1 and reservation_id = $2 order by entry_type desc";
    /// The row is made before it is locked, so that the first two who come at once meet here, too.
    OPEN_ROUTING = "
        insert into pms_folio_routings (tenant_id, reservation_id, property_id, version, created_at, created_by, updated_at, updated_by)
        select $1, r.id, r.property_id, 0, $3, $4, $3, $4 from pms_reservations r where r.tenant_id = $1 and r.id = $2
        on conflict on constraint pms_folio_routings_pkey do nothing";
    LOCK_ROUTING = "select version from pms_folio_routings where tenant_id = $1 and reservation_id = $2 for no key update";
    SET_ROUTING = "
        update pms_folio_routings set version = $3, updated_at = $4, updated_by = $5 where tenant_id = $1 and reservation_id = $2";
    CLEAR_ROUTES = "delete from pms_folio_routes where tenant_id = $1 and reservation_id = $2";
    ADD_ROUTES = "
        insert into pms_folio_routes (tenant_id, reservation_id, entry_type, property_id, folio_id)
        select $1, g.reservation_id, x.entry_type, g.property_id, x.folio_id
        from pms_folio_routings g, unnest($3::text[], $4::text[]) as x (entry_type, folio_id)
        where g.tenant_id = $1 and g.reservation_id = $2";
    OPEN_FOLIOS_OF = "
        select id from pms_folios
        where tenant_id = $1 and property_id = $2 and reservation_id = $3 and status = 'OPEN' and credit_note_number is null";
    /// A rule whose folio was closed since sends nothing there.
    TARGET_OF = "
        select f.property_id, f.reservation_id, coalesce(t.id, f.id) as folio_id
        from pms_folios f
        left join pms_folio_routes x on f.status = 'OPEN' and x.tenant_id = $1 and x.reservation_id = f.reservation_id and x.entry_type = $3
        left join pms_folios t on t.tenant_id = $1 and t.id = x.folio_id and t.status = 'OPEN'
        where f.tenant_id = $1 and f.id = $2";
}

/// A rule: charges of this type go to that folio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    /// `ROOM_CHARGE`, `ADJUSTMENT`, `FEE` or `TAX`: what is posted by itself. Taxes and fees of a charge go with it.
    pub entry_type: EntryType,
    /// Of the stay, or an account of the house or the city ledger.
    pub folio_id: FolioId,
}

/// The rules of a stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Routing {
    pub reservation_id: ReservationId,
    /// Types without a rule go to the folio that is charged; nights go to the first open one.
    pub rules: Vec<Route>,
    /// 0: nothing was ever set.
    pub version: i32,
}

/// The rules of a stay, all of them.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRouting {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    /// At most one for each type.
    #[schema(max_items = 4)]
    pub rules: Vec<Route>,
    /// Also moves what stands on the open folios of the stay, which needs pms.folio.transfer.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub move_existing: bool,
}

/// Where the charges of a stay go.
#[utoipa::path(get, path = "/reservations/{id}/routing", tag = "folios", params(("id" = ReservationId, Path)),
    responses((status = 200, description = "The rules.", body = Data<Routing>)))]
pub async fn read(State(app): State<AppState>, actor: May<FolioView>, Path(id): Path<ReservationId>) -> Result<Reply> {
    let rows = app.store.read(actor.tenant, vec![call!(STAY_OF_ROUTING, actor.tenant, id), routes(actor.tenant, id)]).await?;

    let (_, version) = stay(&rows[0], &actor)?;
    Ok(Reply { version: Some(version), ..data(&Routing { reservation_id: id, rules: rules(&rows[1]), version }) })
}

/// Sets where the charges of a stay go from now on, and on request moves those that stand.
#[utoipa::path(put, path = "/reservations/{id}/routing", tag = "folios", params(("id" = ReservationId, Path)), request_body = NewRouting,
    responses((status = 200, description = "The rules as they are now.", body = Data<Routing>)))]
pub async fn set(
    State(app): State<AppState>,
    actor: May<FolioPostCharges>,
    Path(id): Path<ReservationId>,
    write: Write<NewRouting>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    check(&write.body, &actor)?;
    let NewRouting { rules: wanted, move_existing, .. } = write.body;

    let mut op = app.begin(&actor, write.key).await?;
    let tenant = op.tenant();
    let (property, _) = stay(&op.query(call!(STAY_OF_ROUTING, tenant, id)).await?, &actor)?;
    op.write(properties::model::hold_day(tenant, property));
    op.write(call!(OPEN_ROUTING, tenant, id, op.now, op.actor()));
    let [locked, before, own] =
        op.run([call!(LOCK_ROUTING, tenant, id), routes(tenant, id), call!(OPEN_FOLIOS_OF, tenant, property, id)]).await?;
    let before = Routing { reservation_id: id, rules: rules(&before), version: locked[0].get(0) };
    if before.version != seen {
        return Err(Refusal::stale("routing", &before).into());
    }
    let own: Vec<FolioId> = own.iter().map(|row| row.get(0)).collect();
    let folios = folios_of(&mut op, &actor, &wanted, if move_existing { &own } else { &[] }).await?;
    check_folios(&wanted, &folios, property, id)?;

    let after = Routing { rules: wanted, version: before.version + 1, ..before.clone() };
    op.write(call!(CLEAR_ROUTES, tenant, id));
    let (kinds, ids): (Vec<EntryType>, Vec<FolioId>) = after.rules.iter().map(|rule| (rule.entry_type, rule.folio_id)).unzip();
    op.write(call!(ADD_ROUTES, tenant, id, kinds, ids));
    op.write(call!(SET_ROUTING, tenant, id, after.version, op.now, op.actor()));
    op.record(Change::changed(property, "routing", id, "set", &before, &after));
    if move_existing {
        let on = properties::model::load(&mut op, property).await?.business_date;
        move_standing(&mut op, &after.rules, folios, &own, on).await?;
    }
    op.commit(200, &after).await
}

fn check(new: &NewRouting, actor: &Actor) -> Result<(), Refusal> {
    if new.move_existing && !actor.may::<FolioTransfer>() {
        return Err(Refusal::new(Code::AuthorizationDenied, format!("This needs the permission {}.", FolioTransfer::NAME)));
    }
    let mut faults = Faults::default();
    for (n, rule) in new.rules.iter().enumerate() {
        let field = format!("rules[{n}].entryType");
        if matches!(rule.entry_type, EntryType::Payment | EntryType::Refund) {
            faults.add(field, "must be ROOM_CHARGE, ADJUSTMENT, FEE or TAX");
        } else if new.rules[..n].iter().any(|other| other.entry_type == rule.entry_type) {
            faults.add(field, "must stand in one rule alone");
        }
    }
    faults.finish()
}

/// The folios that rules name and those that entries may be moved from, locked; one that does not exist is missing.
async fn folios_of(op: &mut Op, actor: &Actor, rules: &[Route], own: &[FolioId]) -> Result<HashMap<FolioId, Folio>> {
    let ids: BTreeSet<FolioId> = rules.iter().map(|rule| rule.folio_id).chain(own.iter().copied()).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = op.query(call!(ledger::LOCK_FOLIOS, op.tenant(), ids.into_iter().collect::<Vec<_>>())).await?;
    let seen = rows.iter().map(Folio::from_row).filter(|folio| actor.sees(folio.property_id).is_ok());
    Ok(seen.map(|folio| (folio.id, folio)).collect())
}

/// Errors: a rule names a folio that is not there, of another stay, closed, or a credit note.
fn check_folios(
    rules: &[Route],
    folios: &HashMap<FolioId, Folio>,
    property: PropertyId,
    stay: ReservationId,
) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    for (n, rule) in rules.iter().enumerate() {
        let fault = match folios.get(&rule.folio_id).filter(|folio| folio.property_id == property) {
            None => "does not exist in this property",
            Some(folio) if folio.kind == FolioKind::Guest && folio.reservation_id != Some(stay) => {
                "must be a folio of this stay, or an account"
            }
            Some(folio) if folio.status == FolioStatus::Closed || folio.credit_note_number.is_some() => {
                "must be open, and no credit note"
            }
            Some(_) => continue,
        };
        faults.add(format!("rules[{n}].folioId"), fault);
    }
    faults.finish()
}

/// Moves what stands on the stay's own folios to where the rules send it.
async fn move_standing(op: &mut Op, rules: &[Route], folios: HashMap<FolioId, Folio>, own: &[FolioId], on: Day) -> Result<()> {
    let mut lines: HashMap<FolioId, Vec<Line>> = HashMap::new();
    for from in own.iter().filter(|id| folios.get(id).is_some_and(|folio| folio.status == FolioStatus::Open)) {
        let entries = ledger::entries(&op.query(entries_of(op.tenant(), *from)).await?);
        for rule in rules.iter().filter(|rule| rule.folio_id != *from) {
            let ids: Vec<EntryId> = standing(&entries)
                .iter()
                .filter(|e| e.entry_type == rule.entry_type && e.parent_entry_id.is_none())
                .map(|e| e.id)
                .collect();
            let (given, taken) = moved(&entries, &ids, on)?;
            lines.entry(*from).or_default().extend(given);
            lines.entry(rule.folio_id).or_default().extend(taken);
        }
    }
    let mut folios: Vec<Folio> = folios.into_values().collect();
    folios.sort_by_key(|folio| folio.id);
    let with_lines = folios
        .into_iter()
        .filter_map(|folio| lines.remove(&folio.id).filter(|own| !own.is_empty()).map(|own| (folio, own)))
        .collect::<Vec<_>>();
    if !with_lines.is_empty() {
        ledger::post(op, with_lines, "moved");
    }
    Ok(())
}

/// Where a charge goes.
pub(super) struct Target {
    pub folio: FolioId,
    /// Of the folio that was charged.
    pub reservation: Option<ReservationId>,
}

/// The folio that takes a charge of this type posted to `id`. Nothing is locked: who sets the rules meanwhile comes after.
pub(super) async fn target_of(op: &mut Op, actor: &Actor, id: FolioId, kind: EntryType, is_routed: bool) -> Result<Target> {
    let rows = op.query(call!(TARGET_OF, op.tenant(), id, kind)).await?;
    let row = rows.first().ok_or_else(|| Refusal::not_found("folio"))?;
    actor.sees(row.get("property_id")).map_err(|_| Refusal::not_found("folio"))?;
    let folio = if is_routed { row.get("folio_id") } else { id };
    Ok(Target { folio, reservation: row.get("reservation_id") })
}

fn routes(tenant: TenantId, id: ReservationId) -> crate::db::Call {
    call!(ROUTES_OF, tenant, id)
}

fn rules(rows: &[Row]) -> Vec<Route> {
    rows.iter().map(|row| Route { entry_type: row.get("entry_type"), folio_id: row.get("folio_id") }).collect()
}

/// Errors: NOT_FOUND.
fn stay(rows: &[Row], actor: &Actor) -> Result<(PropertyId, i32), Refusal> {
    let row = rows.first().ok_or_else(|| Refusal::not_found("reservation"))?;
    let property: PropertyId = row.get("property_id");
    actor.sees(property).map_err(|_| Refusal::not_found("reservation"))?;
    Ok((property, row.get("version")))
}
