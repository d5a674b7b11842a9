//! One answer per idempotency key: the key is claimed in the operation's own transaction, so a second request with the same key
//! waits for the first and gets its answer, and a request that failed leaves the key free.

use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio_postgres::Row;

use super::{Op, Store};
use crate::{
    call,
    db::{Call, Fail, Reply, Result},
    kernel::{Code, Refusal, TenantId},
};

crate::sql! {
    /// An expired key counts as absent.
    CLAIM_KEY = "
        insert into pms_idempotency_keys as k
          (tenant_id, id, key, request_hash, response_json, response_status, created_at, expires_at)
        values ($1, $2, $3, $4, 'null', 0, $5, $6)
        on conflict (tenant_id, key) do update
          set request_hash = excluded.request_hash, created_at = excluded.created_at, expires_at = excluded.expires_at
          where k.expires_at <= excluded.created_at
        returning k.id";
    STORE_ANSWER = "
        update pms_idempotency_keys set response_json = $3, response_status = $4 where tenant_id = $1 and key = $2";
    READ_ANSWER = "
        select request_hash, response_json, response_status from pms_idempotency_keys where tenant_id = $1 and key = $2";
    PURGE_KEYS = "delete from pms_idempotency_keys where tenant_id = $1 and expires_at <= $2";
}

/// A key of the client, bound to the operation, its path and its body.
#[derive(Clone, Debug)]
pub struct Idempotency {
    pub key: String,
    pub request_hash: String,
}

impl Idempotency {
    /// `operation` is the method and path; the order of the fields in `body` does not matter.
    pub fn new(key: String, operation: &str, body: &Value) -> Idempotency {
        let mut hash = Sha256::new();
        hash.update(operation.as_bytes());
        hash.update([0]);
        hash.update(body.to_string().as_bytes());
        Idempotency { key, request_hash: hex::encode(hash.finalize()) }
    }
}

pub(super) fn claim(op: &Op, key: &Idempotency) -> Call {
    let id = op.new_id().to_string();
    call!(CLAIM_KEY, op.tenant(), id, key.key.clone(), key.request_hash.clone(), op.now, expiry(op.now))
}

/// Keys are kept for a day.
fn expiry(now: Timestamp) -> Timestamp {
    now.checked_add(24.hours()).unwrap_or(now)
}

pub(super) fn answer(op: &Op, key: &Idempotency, status: u16, body: &str) -> Call {
    let body: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    call!(STORE_ANSWER, op.tenant(), key.key.clone(), body, i32::from(status))
}

pub(super) fn stored(op: &Op, key: &Idempotency) -> Call {
    call!(READ_ANSWER, op.tenant(), key.key.clone())
}

pub(super) fn judge(ours: &Idempotency, row: Option<&Row>) -> Fail {
    let Some(row) = row else {
        return Refusal::new(
            Code::ConcurrencyConflict,
            "The request with this Idempotency-Key is just being answered. Try again.",
        )
        .into();
    };
    if row.get::<_, &str>("request_hash") != ours.request_hash {
        return Refusal::new(
            Code::IdempotencyKeyReused,
            "This Idempotency-Key was used for another request. Use a new key for each request.",
        )
        .into();
    }
    let body: Value = row.get("response_json");
    let status: i32 = row.get("response_status");
    Fail::Replayed(Reply { status: status as u16, body: body.to_string(), replayed: true, version: None })
}

/// Deletes the keys of a tenant that ran out.
pub async fn purge_expired(store: &Store, tenant: TenantId) -> Result<()> {
    let tx = crate::db::Tx::new(&store.db, tenant, crate::db::Mode::Write).await?;
    tx.commit(vec![call!(PURGE_KEYS, tenant, store.clock.now())]).await?;
    Ok(())
}
