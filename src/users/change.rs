use axum::extract::State;
use tokio_postgres::Row;

use super::{
    PasswordHash, User,
    create::grant_properties,
    demand_whole_tenant,
    model::{UserChange, properties_of},
    sessions::END_SESSIONS,
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::UsersManage},
    kernel::{Faults, Refusal, UserId, patch::set},
    op::{Change, Op, json},
};

crate::sql! {
    /// With all active managers, so that of two who demote each other one comes second.
    LOCK_USER_AND_MANAGERS = "
        select u.*, array(select p.property_id from pms_user_properties p where p.tenant_id = $1 and p.user_id = u.id order by 1) as property_ids
        from pms_users u
        where u.tenant_id = $1 and (u.id = $2 or u.role = 'MANAGER' and u.is_active)
        order by u.id for no key update of u";
    UPDATE_USER = "
        update pms_users
        set display_name = $3, role = $4, locale = $5, all_properties = $6, is_active = $7, password_hash = coalesce($8, password_hash),
          version = $9, updated_at = $10, updated_by = $11
        where tenant_id = $1 and id = $2";
    DELETE_USER_PROPERTIES = "delete from pms_user_properties where tenant_id = $1 and user_id = $2";
}

/// Changes or deactivates a user. The last active manager of all properties stays one.
#[utoipa::path(patch, path = "/users/{id}", tag = "users", params(("id" = UserId, Path)), request_body = UserChange,
    responses((status = 200, description = "The user as it is now.", body = Data<User>)))]
pub async fn change(
    State(app): State<AppState>,
    actor: May<UsersManage>,
    Path(id): Path<UserId>,
    write: Write<UserChange>,
) -> Result<Reply> {
    demand_whole_tenant(&actor)?;
    let seen = write.version(write.body.version)?;
    let mut faults = Faults::default();
    if let Some(password) = &write.body.password {
        password.check(&mut faults);
    }
    faults.finish()?;
    let hash = match &write.body.password {
        Some(password) => Some(password.hash().await?),
        None => None,
    };

    let mut op = app.begin(&actor, write.key).await?;
    let lock = call!(LOCK_USER_AND_MANAGERS, op.tenant(), id);
    let rows = op.query(lock).await?;
    let (before, others) = split(&rows, id)?;
    if before.version != seen {
        return Err(Refusal::stale("user", &before).into());
    }

    let mut after = before.clone();
    apply(&mut after, write.body);
    let mut faults = Faults::default();
    after.check(&mut faults);
    faults.finish()?;
    demand_manager_left(&before, &after, &others)?;

    save(&mut op, &before, &mut after, hash);
    let reply = op.commit(200, &after).await?;
    app.forget_actors();
    Ok(reply)
}

fn split(rows: &[Row], id: UserId) -> Result<(User, Vec<User>), Refusal> {
    let (mut own, others): (Vec<User>, Vec<User>) = rows.iter().map(User::from_row).partition(|u| u.id == id);
    own.pop().map(|user| (user, others)).ok_or_else(|| Refusal::not_found("user"))
}

fn apply(user: &mut User, change: UserChange) {
    set(&mut user.display_name, change.display_name.map(|n| n.trim().to_string()));
    set(&mut user.role, change.role);
    set(&mut user.locale, change.locale);
    set(&mut user.is_active, change.is_active);
    if change.all_properties.is_some() || change.property_ids.is_some() {
        (user.all_properties, user.property_ids) = properties_of(change.all_properties, change.property_ids);
    }
}

/// Errors: nobody could manage users any more.
fn demand_manager_left(before: &User, after: &User, others: &[User]) -> Result<(), Refusal> {
    if !before.is_full_manager() || after.is_full_manager() || others.iter().any(User::is_full_manager) {
        return Ok(());
    }
    let field = match after {
        after if !after.is_active => "isActive",
        after if after.role != before.role => "role",
        _ => "allProperties",
    };
    Err(Refusal::invalid(field, "must stay: this is the last active manager of all properties"))
}

fn save(op: &mut Op, before: &User, after: &mut User, hash: Option<PasswordHash>) {
    after.version += 1;
    after.updated_at = op.now;
    after.updated_by = op.actor();
    let has_new_password = hash.is_some();
    op.write(call!(
        UPDATE_USER,
        op.tenant(),
        after.id,
        after.display_name.clone(),
        after.role,
        after.locale.clone(),
        after.all_properties,
        after.is_active,
        hash.map(|h| h.0),
        after.version,
        op.now,
        op.actor(),
    ));
    if before.property_ids != after.property_ids {
        op.write(call!(DELETE_USER_PROPERTIES, op.tenant(), after.id));
        grant_properties(op, after.id, &after.property_ids);
    }
    // Who knew the old password is out.
    if has_new_password || !after.is_active {
        op.write(call!(END_SESSIONS, op.tenant(), after.id));
    }
    let verb = match (before.is_active, after.is_active) {
        (true, false) => "deactivated",
        _ if has_new_password => "password_changed",
        _ => "changed",
    };
    op.record(Change {
        property: None,
        entity: "user",
        id: after.id.to_string(),
        verb,
        before: json(before),
        after: json(after),
    });
}
