use std::convert::Infallible;

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{self, Sse},
};
use futures_util::Stream;

use super::stream::{Scope, StreamQuery, StreamedChange, open};
use crate::{
    db::Result,
    http::{AppState, May, Query, permission::HousekeepingView},
};

/// Tells of every change of rooms and of the work in them, as it happens.
///
/// As `/calendar/stream`, for those who see no reservations: of a change of a stay they hear `pms.housekeeping.changed.v1` of the
/// property and nothing else, and of guests, folios and users nothing at all.
#[utoipa::path(get, path = "/housekeeping/stream", tag = "events",
    params(StreamQuery, ("Last-Event-ID" = Option<i64>, Header, description = "Begin after this one instead of now.", minimum = 0)),
    responses((status = 200, description = "Server-sent events without end.", body = StreamedChange, content_type = "text/event-stream")))]
pub async fn stream(
    State(app): State<AppState>,
    actor: May<HousekeepingView>,
    headers: HeaderMap,
    Query(query): Query<StreamQuery>,
) -> Result<Sse<impl Stream<Item = Result<sse::Event, Infallible>>>> {
    open(app, &actor, &headers, query, Scope::Rooms).await
}
