use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Guest, NewGuest,
    search::{Wanted, key_of, name_of},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::GuestsManage},
    kernel::{Faults, GuestId, text::digits},
    op::{Change, Op},
};

crate::sql! {
    INSERT_GUEST = "
        insert into pms_guests
          (tenant_id, id, property_id, first_name, last_name, email, phone, notes, preferences_json, country, language, search_key,
           created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $14)";
    GUESTS_BY_EMAIL = "
        select * from pms_guests where tenant_id = $1 and property_id = $2 and email = $3 and is_active order by id limit 20";
}

/// Fewer digits are no number of a person.
const MIN_PHONE_DIGITS: usize = 5;

/// The new guest, with those that may be the same person.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreatedGuest {
    #[serde(flatten)]
    pub guest: Guest,
    /// A hint: the guest was created all the same. Merge the profiles when they are of one person.
    pub possible_duplicates: Vec<Duplicate>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Duplicate {
    pub id: GuestId,
    pub first_name: String,
    pub last_name: String,
    pub reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    SameEmail,
    SamePhone,
    SameName,
}

/// Creates a guest's profile, and hints at profiles that may be of the same person.
#[utoipa::path(post, path = "/guests", tag = "guests", request_body = NewGuest,
    responses((status = 201, description = "The new guest.", body = Data<CreatedGuest>)))]
pub async fn create(State(app): State<AppState>, actor: May<GuestsManage>, write: Write<NewGuest>) -> Result<Reply> {
    actor.sees(write.body.property_id)?;

    let mut op = app.begin(&actor, write.key).await?;
    let guest = guest_of(&op, write.body)?;
    let possible_duplicates = duplicates(&mut op, &guest).await?;
    insert(&mut op, &guest);

    op.commit(201, &CreatedGuest { guest, possible_duplicates }).await
}

/// The use case itself, joined to an operation: without the hint.
pub fn create_in(op: &mut Op, new: NewGuest) -> Result<Guest> {
    let guest = guest_of(op, new)?;
    insert(op, &guest);
    Ok(guest)
}

fn guest_of(op: &Op, new: NewGuest) -> Result<Guest> {
    let mut guest = Guest {
        id: new.id.unwrap_or_else(|| GuestId(op.new_id())),
        property_id: new.property_id,
        first_name: new.first_name,
        last_name: new.last_name,
        email: new.email,
        phone: new.phone,
        notes: new.notes,
        preferences_json: new.preferences_json,
        country: new.country,
        language: new.language,
        is_active: true,
        merged_into_guest_id: None,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    guest.tidy();
    let mut faults = Faults::default();
    guest.check(&mut faults);
    faults.finish()?;
    Ok(guest)
}

fn insert(op: &mut Op, guest: &Guest) {
    op.write(call!(
        INSERT_GUEST,
        op.tenant(),
        guest.id,
        guest.property_id,
        guest.first_name.clone(),
        guest.last_name.clone(),
        guest.email.clone(),
        guest.phone.clone(),
        guest.notes.clone(),
        guest.preferences_json.clone(),
        guest.country.clone(),
        guest.language.clone(),
        key_of(guest),
        op.now,
        op.actor(),
    ));
    op.record(Change::created(guest.property_id, "guest", guest.id, guest));
}

async fn duplicates(op: &mut Op, guest: &Guest) -> Result<Vec<Duplicate>> {
    let (tenant, property) = (op.tenant(), guest.property_id);
    let phone = guest.phone.as_deref().map(digits).filter(|d| d.len() >= MIN_PHONE_DIGITS);
    let name = name_of(guest);

    let mut calls = vec![call!(GUESTS_BY_EMAIL, tenant, property, guest.email.clone())];
    calls.extend(phone.as_deref().and_then(Wanted::new).map(|w| w.call(tenant, property, true, 20)));
    calls.extend(Wanted::new(&name).map(|w| w.call(tenant, property, true, 20)));
    let mut rows = Vec::new();
    for call in calls {
        rows.extend(op.query(call).await?);
    }

    let mut same: Vec<Duplicate> = Vec::new();
    for other in rows.iter().map(Guest::from_row) {
        let reason = if guest.email.is_some() && other.email == guest.email {
            Reason::SameEmail
        } else if phone.is_some() && other.phone.as_deref().map(digits) == phone {
            Reason::SamePhone
        } else if name_of(&other) == name {
            Reason::SameName
        } else {
            continue;
        };
        if !same.iter().any(|d| d.id == other.id) {
            same.push(Duplicate { id: other.id, first_name: other.first_name, last_name: other.last_name, reason });
        }
    }
    Ok(same)
}
