//! Who may log in to the demo. The passwords are no secret: the demo serves this machine only, unless told otherwise.

use crate::{
    db::Result,
    http::permission::Role,
    kernel::TenantId,
    op::{Op, Store, Who},
    users::{self, NewUser, Password, api_keys},
};

pub const PASSWORD: &str = "welcome-to-the-demo";

/// E-mail, name and role.
pub const LOG_INS: [(&str, &str, Role); 6] = [
    ("manager@demo.example", "Mona Manager", Role::Manager),
    ("desk@demo.example", "Frank Desk", Role::FrontDesk),
    ("housekeeping@demo.example", "Hilda House", Role::Housekeeping),
    ("attendant@demo.example", "Hugo House", Role::Housekeeping),
    ("revenue@demo.example", "Rita Revenue", Role::Revenue),
    ("reader@demo.example", "Rob Reader", Role::ReadOnly),
];

/// Adds the users and an API key of a manager; answers the key.
pub(super) async fn add(store: &Store, tenant: TenantId) -> Result<String> {
    let password = Password::new(PASSWORD);
    let hash = password.hash().await?;
    let who = Who { tenant, actor: "system".into(), correlation: "pms demo".into() };
    let mut op = Op::begin(store, who, None).await?;
    for (email, name, role) in LOG_INS {
        let new = NewUser {
            id: None,
            email: email.into(),
            display_name: name.into(),
            role,
            password: password.clone(),
            locale: None,
            all_properties: None,
            property_ids: None,
        };
        users::create_in(&mut op, new, hash.clone())?;
    }
    let key = api_keys::NewApiKey { name: "demo".into(), role: Role::Manager, property_id: None, expires_at: None };
    let (_, secret) = api_keys::create_in(&mut op, key)?;
    op.finish().await?;
    Ok(secret)
}
