//! For those who run the server: whether it lives, whether it can answer, and its figures. None of it needs a tenant, so none of
//! it tells of one.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    call,
    db::{Result, migrate},
    http::AppState,
    kernel::{Code, Refusal},
};

crate::sql! {
    SCHEMA_VERSION = "select max(version) as version from refinery_schema_history";
}

/// Who asks whether the server is ready wants to know it soon.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process answers; nothing else is asked.
pub async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// The database answers and has the schema of this program, or a newer one, as while servers are being replaced.
///
/// Errors: SERVICE_UNAVAILABLE: send requests elsewhere.
pub async fn ready(State(app): State<AppState>) -> Result<Json<Value>> {
    let unready = |why: String| Refusal::new(Code::ServiceUnavailable, why);
    let read = timeout(PATIENCE, app.store.read_unscoped(call!(SCHEMA_VERSION))).await;
    let rows = read.map_err(|_| unready("The database did not answer in time.".into()))?.map_err(|error| {
        tracing::warn!(%error, "not ready");
        unready("The database does not answer.".into())
    })?;
    let schema: i32 = rows.first().and_then(|row| row.get("version")).unwrap_or(0);
    let needed = migrate::newest();
    if schema < needed {
        return Err(unready(format!("The database has schema {schema}, {needed} is needed: run `pms migrate`.")).into());
    }
    Ok(Json(json!({ "status": "ready", "schema": schema })))
}

/// Counters and histograms as Prometheus reads them. They tell how much is going on, so keep the path away from the public: let
/// the proxy in front pass `/api` alone.
pub async fn metrics(State(app): State<AppState>) -> Result<Response> {
    let handle = app.metrics.as_ref().ok_or_else(|| Refusal::not_found("resource"))?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response())
}
