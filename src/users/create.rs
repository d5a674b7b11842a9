use axum::extract::State;

use super::{NewUser, PasswordHash, User, demand_whole_tenant, model::properties_of};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, permission::UsersManage},
    kernel::{Faults, PropertyId, UserId},
    op::{Change, Op, json},
};

crate::sql! {
    INSERT_USER = "
        insert into pms_users
          (tenant_id, id, email, display_name, password_hash, role, locale, all_properties, created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $10)";
    INSERT_USER_PROPERTIES = "
        insert into pms_user_properties (tenant_id, user_id, property_id)
        select t.id, $2, p.id from pms_tenants t, unnest($3::text[]) as p (id) where t.id = $1";
}

/// Adds a user who logs in with e-mail and password.
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUser,
    responses((status = 201, description = "The new user.", body = Data<User>)))]
pub async fn create(State(app): State<AppState>, actor: May<UsersManage>, write: Write<NewUser>) -> Result<Reply> {
    demand_whole_tenant(&actor)?;
    let mut faults = Faults::default();
    write.body.password.check(&mut faults);
    faults.finish()?;
    let hash = write.body.password.hash().await?;

    let mut op = app.begin(&actor, write.key).await?;
    let user = create_in(&mut op, write.body, hash)?;

    op.commit(201, &user).await
}

/// The use case itself, joined to an operation. The hash of the password comes with it, because making it takes long.
pub fn create_in(op: &mut Op, new: NewUser, hash: PasswordHash) -> Result<User> {
    let (all_properties, property_ids) = properties_of(new.all_properties, new.property_ids);
    let user = User {
        id: new.id.unwrap_or_else(|| UserId(op.new_id())),
        email: new.email.trim().to_lowercase(),
        display_name: new.display_name.trim().to_string(),
        role: new.role,
        locale: new.locale.unwrap_or_else(|| "en".into()),
        all_properties,
        property_ids,
        is_active: true,
        version: 1,
        created_at: op.now,
        created_by: op.actor(),
        updated_at: op.now,
        updated_by: op.actor(),
    };
    let mut faults = Faults::default();
    user.check(&mut faults);
    new.password.check(&mut faults);
    faults.finish()?;

    op.write(call!(
        INSERT_USER,
        op.tenant(),
        user.id,
        user.email.clone(),
        user.display_name.clone(),
        hash.0,
        user.role,
        user.locale.clone(),
        user.all_properties,
        op.now,
        op.actor(),
    ));
    grant_properties(op, user.id, &user.property_ids);
    op.record(Change {
        property: None,
        entity: "user",
        id: user.id.to_string(),
        verb: "created",
        before: serde_json::Value::Null,
        after: json(&user),
    });
    Ok(user)
}

pub(super) fn grant_properties(op: &mut Op, user: UserId, properties: &[PropertyId]) {
    if !properties.is_empty() {
        op.write(call!(INSERT_USER_PROPERTIES, op.tenant(), user, properties.to_vec()));
    }
}
