use axum::extract::State;

use super::{
    super::demand_whole_tenant,
    model::{ApiKey, found},
};
use crate::{
    call,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, data, permission::UsersManage},
    kernel::ApiKeyId,
    op::{Change, json},
};

crate::sql! {
    LOCK_API_KEY = "select * from pms_api_keys where tenant_id = $1 and id = $2 for no key update";
    REVOKE_API_KEY = "update pms_api_keys set revoked_at = $3 where tenant_id = $1 and id = $2";
}

/// Revokes an API key: it opens nothing from now on. One that was revoked before stays as it is.
#[utoipa::path(delete, path = "/api-keys/{id}", tag = "users", params(("id" = ApiKeyId, Path)),
    responses((status = 200, description = "The revoked key.", body = Data<ApiKey>)))]
pub async fn revoke(State(app): State<AppState>, actor: May<UsersManage>, Path(id): Path<ApiKeyId>) -> Result<Reply> {
    demand_whole_tenant(&actor)?;

    let mut op = app.begin(&actor, None).await?;
    let lock = call!(LOCK_API_KEY, op.tenant(), id);
    let before = found(&op.query(lock).await?)?;
    if before.revoked_at.is_some() {
        op.abandon();
        return Ok(data(&before));
    }

    let after = ApiKey { revoked_at: Some(op.now), ..before.clone() };
    op.write(call!(REVOKE_API_KEY, op.tenant(), id, op.now));
    op.record(Change {
        property: None,
        entity: "api_key",
        id: id.to_string(),
        verb: "revoked",
        before: json(&before),
        after: json(&after),
    });
    let reply = op.commit(200, &after).await?;
    app.forget_actors();
    Ok(reply)
}
