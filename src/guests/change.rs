use axum::extract::State;

use super::model::{Guest, GuestChange, LOCK_GUESTS, found, save};
use crate::{
    call,
    db::{Reply, Result},
    http::{Actor, AppState, Data, May, Path, Write, permission::GuestsManage},
    kernel::{Code, Faults, GuestId, Refusal, patch::set},
    op::{Change, Op},
};

/// Changes or deactivates a guest's profile.
#[utoipa::path(patch, path = "/guests/{id}", tag = "guests", params(("id" = GuestId, Path)), request_body = GuestChange,
    responses((status = 200, description = "The guest as it is now.", body = Data<Guest>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<GuestsManage>,
    Path(id): Path<GuestId>,
    write: Write<GuestChange>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let before = lock(&mut op, &actor, id).await?;
    if before.version != seen {
        return Err(Refusal::stale("guest", &before).into());
    }
    if before.merged_into_guest_id.is_some() {
        return Err(merged_already(&before).into());
    }

    let mut after = before.clone();
    apply(&mut after, write.body);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;

    save(&mut op, &mut after);
    let verb = if before.is_active && !after.is_active { "deactivated" } else { "changed" };
    op.record(Change::changed(after.property_id, "guest", after.id, verb, &before, &after));
    op.commit(200, &after).await
}

fn apply(guest: &mut Guest, change: GuestChange) {
    set(&mut guest.first_name, change.first_name);
    set(&mut guest.last_name, change.last_name);
    set(&mut guest.email, change.email);
    set(&mut guest.phone, change.phone);
    set(&mut guest.notes, change.notes);
    set(&mut guest.preferences_json, change.preferences_json);
    set(&mut guest.country, change.country);
    set(&mut guest.language, change.language);
    set(&mut guest.is_active, change.is_active);
    guest.tidy();
}

async fn lock(op: &mut Op, actor: &Actor, id: GuestId) -> Result<Guest> {
    let call = call!(LOCK_GUESTS, op.tenant(), vec![id]);
    let guest = found(&op.query(call).await?)?;
    actor.sees(guest.property_id).map_err(|_| Refusal::not_found("guest"))?;
    Ok(guest)
}

/// Errors of a profile that was merged into another: it is history.
pub fn merged_already(guest: &Guest) -> Refusal {
    Refusal::new(Code::InvalidStatusTransition, "This profile was merged into another and no longer changes.")
        .facts(serde_json::json!({ "mergedIntoGuestId": guest.merged_into_guest_id }))
}
