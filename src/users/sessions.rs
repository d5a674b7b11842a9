//! Sessions: a random token in the browser's cookie, of which the database keeps the hash.

use axum::http::HeaderValue;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::{
    call,
    db::{Mode, Result, Tx},
    http::auth::{SESSION_COOKIE, Token},
    kernel::{SessionId, TenantId, UserId},
    op::{Change, Op, Store},
};

crate::sql! {
    INSERT_SESSION = "
        insert into pms_sessions (tenant_id, id, user_id, token_hash, expires_at, created_at) values ($1, $2, $3, $4, $5, $6)";
    FIND_SESSION_ROW = "select id, user_id from pms_sessions where tenant_id = $1 and token_hash = $2";
    END_SESSION = "delete from pms_sessions where tenant_id = $1 and id = $2";
    END_SESSIONS = "delete from pms_sessions where tenant_id = $1 and user_id = $2";
    PURGE_SESSIONS = "delete from pms_sessions where tenant_id = $1 and expires_at <= $2";
}

/// A shift at the desk, with some hours to spare.
pub(super) const HOURS: i64 = 12;

/// Opens a session; answers the token for the cookie.
pub(super) fn open_in(op: &mut Op, user: UserId) -> String {
    let (secret, hash) = Token::new_session(op.tenant());
    let id = SessionId(op.new_id());
    let expires_at = op.now.checked_add(HOURS.hours()).unwrap_or(Timestamp::MAX);
    op.write(call!(INSERT_SESSION, op.tenant(), id, user, hash, expires_at, op.now));
    op.record(change(id, "opened", Value::Null, json!({ "userId": user, "expiresAt": expires_at })));
    secret
}

pub(super) fn close_in(op: &mut Op, id: SessionId, user: UserId) {
    op.write(call!(END_SESSION, op.tenant(), id));
    op.record(change(id, "closed", json!({ "userId": user }), Value::Null));
}

fn change(id: SessionId, verb: &'static str, before: Value, after: Value) -> Change {
    Change { property: None, entity: "session", id: id.to_string(), verb, before, after }
}

/// `Set-Cookie`: of a token, or one that takes it away.
pub(super) fn cookie(token: Option<&str>, secure: bool) -> Result<HeaderValue> {
    let (value, age) = token.map_or(("", 0), |t| (t, HOURS * 3600));
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{SESSION_COOKIE}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}");
    Ok(HeaderValue::from_str(&text).map_err(anyhow::Error::new)?)
}

/// Deletes the sessions of a tenant that ran out. Nobody is told: they were void before.
pub async fn purge_sessions(store: &Store, tenant: TenantId) -> Result<()> {
    let tx = Tx::new(&store.db, tenant, Mode::Write).await?;
    tx.commit(vec![call!(PURGE_SESSIONS, tenant, store.clock.now())]).await?;
    Ok(())
}
