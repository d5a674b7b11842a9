use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{super::demand_whole_tenant, ApiKey, NewApiKey};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Write, auth::Token, data, permission::UsersManage},
    kernel::{ApiKeyId, Faults},
    op::{Change, Op, json},
};

crate::sql! {
    INSERT_API_KEY = "
        insert into pms_api_keys (tenant_id, id, name, key_hash, key_prefix, role, property_id, expires_at, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// How much of a key is kept to recognise it by: `pms_`, the tenant, and four of its 48 secret signs.
const PREFIX_LENGTH: usize = 4 + 26 + 1 + 4;

/// A new API key, with the key itself.
#[derive(Serialize, ToSchema)]
pub struct CreatedApiKey {
    #[serde(flatten)]
    pub key: ApiKey,
    /// The key, for `Authorization: Bearer`. It is told in the first answer only: null when the request is repeated with the
    /// same `Idempotency-Key`.
    pub secret: Option<String>,
}

/// Makes an API key for a program.
#[utoipa::path(post, path = "/api-keys", tag = "users", request_body = NewApiKey,
    responses((status = 201, description = "The new key. Keep `secret`: it is told this once.", body = Data<CreatedApiKey>)))]
pub async fn create(State(app): State<AppState>, actor: May<UsersManage>, write: Write<NewApiKey>) -> Result<Reply> {
    demand_whole_tenant(&actor)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (key, secret) = create_in(&mut op, write.body)?;

    // What is stored for a repeated request must not hold the secret.
    let mut created = CreatedApiKey { key, secret: None };
    op.commit(201, &created).await?;
    created.secret = Some(secret);
    Ok(Reply { status: 201, ..data(&created) })
}

/// The use case itself, joined to an operation; answers the key and its secret.
pub fn create_in(op: &mut Op, new: NewApiKey) -> Result<(ApiKey, String)> {
    let (secret, hash) = Token::new_api_key(op.tenant());
    let key = ApiKey {
        id: ApiKeyId(op.new_id()),
        name: new.name.trim().to_string(),
        key_prefix: secret[..PREFIX_LENGTH].to_string(),
        role: new.role,
        property_id: new.property_id,
        // The database keeps microseconds.
        expires_at: new.expires_at.and_then(|at| Timestamp::from_microsecond(at.as_microsecond()).ok()),
        revoked_at: None,
        created_at: op.now,
        created_by: op.actor(),
    };
    let mut faults = Faults::default();
    faults.text("name", &key.name, 1, 200);
    if key.expires_at.is_some_and(|at| at <= op.now) {
        faults.add("expiresAt", "must be in the future");
    }
    faults.finish()?;

    op.write(call!(
        INSERT_API_KEY,
        op.tenant(),
        key.id,
        key.name.clone(),
        hash,
        key.key_prefix.clone(),
        key.role,
        key.property_id,
        key.expires_at,
        op.now,
        op.actor(),
    ));
    op.record(Change {
        property: None,
        entity: "api_key",
        id: key.id.to_string(),
        verb: "created",
        before: Value::Null,
        after: json(&key),
    });
    Ok((key, secret))
}
