//! Merging two profiles of one guest. It stands here because it writes reservations, and they are written by one slice.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    call,
    db::{Reply, Result},
    guests::{
        change::merged_already,
        model::{Guest, LOCK_GUESTS, found, get, save},
    },
    http::{AppState, Data, May, Path, Write, permission::GuestsManage},
    kernel::{GuestId, Refusal, ReservationId},
    op::{Change, Op},
};

crate::sql! {
    LOCK_RESERVATIONS_OF_GUEST = "
        select id from pms_reservations where tenant_id = $1 and property_id = $2 and guest_id = $3 order by id for no key update";
    REASSIGN_GUEST = "
        update pms_reservations set guest_id = $4, version = version + 1, updated_at = $5, updated_by = $6
        where tenant_id = $1 and property_id = $2 and guest_id = $3 returning id, version";
}

/// Which profile stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuestMerge {
    /// The profile that is kept.
    pub into_guest_id: GuestId,
    /// The version that was seen of the profile that goes; or send `If-Match`.
    pub version: Option<i32>,
}

/// Both profiles after the merge.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergedGuests {
    /// The profile that was kept, its empty fields filled from the other.
    pub kept: Guest,
    /// The profile that went: inactive from now on.
    pub merged: Guest,
    /// How many reservations moved to the kept profile.
    pub reservations: i64,
}

/// Merges a guest's profile into another of the same property: its reservations move there, and it becomes inactive.
#[utoipa::path(post, path = "/guests/{id}/merge", tag = "guests", params(("id" = GuestId, Path)), request_body = GuestMerge,
    responses((status = 200, description = "Both profiles as they are now.", body = Data<MergedGuests>)))]
pub async fn merge(
    State(app): State<AppState>,
    actor: May<GuestsManage>,
    Path(id): Path<GuestId>,
    write: Write<GuestMerge>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;
    let into = write.body.into_guest_id;
    if into == id {
        return Err(Refusal::invalid("intoGuestId", "must be another guest").into());
    }

    // Reservations are locked before guests; which ones, only the profile's property tells.
    let mut op = app.begin(&actor, write.key).await?;
    let unlocked = get(op.tenant(), id);
    let property = found(&op.query(unlocked).await?)?.property_id;
    actor.sees(property).map_err(|_| Refusal::not_found("guest"))?;
    let locks = [call!(LOCK_RESERVATIONS_OF_GUEST, op.tenant(), property, id), call!(LOCK_GUESTS, op.tenant(), vec![id, into])];
    let [_, rows] = op.run(locks).await?;
    let both: Vec<Guest> = rows.iter().map(Guest::from_row).collect();
    let gone = both.iter().find(|g| g.id == id).ok_or_else(|| Refusal::not_found("guest"))?;
    let kept = both.iter().find(|g| g.id == into);
    if gone.version != seen {
        return Err(Refusal::stale("guest", gone).into());
    }
    if gone.merged_into_guest_id.is_some() {
        return Err(merged_already(gone).into());
    }
    let kept = demand_kept(gone, kept)?;

    let reservations = reassign(&mut op, gone, kept).await?;
    let mut merged = Guest { is_active: false, merged_into_guest_id: Some(kept.id), ..gone.clone() };
    save(&mut op, &mut merged);
    op.record(Change::changed(property, "guest", merged.id, "merged", gone, &merged));
    let mut filled = filled(kept, gone);
    save(&mut op, &mut filled);
    op.record(Change::changed(property, "guest", filled.id, "changed", kept, &filled));
    op.commit(200, &MergedGuests { kept: filled, merged, reservations }).await
}

/// Errors: the other profile is not one that reservations can go to.
fn demand_kept<'a>(gone: &Guest, kept: Option<&'a Guest>) -> Result<&'a Guest, Refusal> {
    let kept = kept.filter(|k| k.property_id == gone.property_id);
    let kept = kept.ok_or_else(|| Refusal::invalid("intoGuestId", "does not exist in this property"))?;
    if !kept.is_active {
        return Err(Refusal::invalid("intoGuestId", "is inactive or was merged itself"));
    }
    Ok(kept)
}

/// The kept profile, with what only the other one knew.
fn filled(kept: &Guest, gone: &Guest) -> Guest {
    let or = |a: &Option<String>, b: &Option<String>| a.clone().or_else(|| b.clone());
    Guest {
        first_name: if kept.first_name.is_empty() { gone.first_name.clone() } else { kept.first_name.clone() },
        email: or(&kept.email, &gone.email),
        phone: or(&kept.phone, &gone.phone),
        notes: or(&kept.notes, &gone.notes),
        preferences_json: kept.preferences_json.clone().or_else(|| gone.preferences_json.clone()),
        country: or(&kept.country, &gone.country),
        language: or(&kept.language, &gone.language),
        ..kept.clone()
    }
}

async fn reassign(op: &mut Op, gone: &Guest, kept: &Guest) -> Result<i64> {
    let call = call!(REASSIGN_GUEST, op.tenant(), gone.property_id, gone.id, kept.id, op.now, op.actor());
    let rows = op.query(call).await?;
    for row in &rows {
        let (id, version): (ReservationId, i32) = (row.get("id"), row.get("version"));
        op.record(Change {
            property: Some(gone.property_id),
            entity: "reservation",
            id: id.to_string(),
            verb: "guest_changed",
            before: json!({ "guestId": gone.id, "version": version - 1 }),
            after: json!({ "guestId": kept.id, "version": version }),
        });
    }
    Ok(rows.len() as i64)
}
