use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{model::Booking, rules, store};
use crate::{
    calendar,
    db::{Reply, Result},
    http::{AppState, Data, May, Path, Write, permission::CalendarMove},
    kernel::ReservationId,
};

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pin {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
    pub is_pinned: bool,
}

/// Pins a stay to its room, or lets it go: the assigner never moves a pinned stay.
#[utoipa::path(post, path = "/reservations/{id}/pin", tag = "reservations", params(("id" = ReservationId, Path)), request_body = Pin,
    responses((status = 200, description = "The booking.", body = Data<Booking>)))]
pub async fn pin(
    State(app): State<AppState>,
    actor: May<CalendarMove>,
    Path(id): Path<ReservationId>,
    write: Write<Pin>,
) -> Result<Reply> {
    let seen = write.version(write.body.version)?;

    let mut op = app.begin(&actor, write.key).await?;
    let (before, property) = store::load_seen(&mut op, &actor, id, seen).await?;
    rules::movable(&before.reservation)?;
    let mut after = before.clone();
    after.reservation.is_pinned = write.body.is_pinned;

    store::save(&mut op, &property, &before, &mut after, if write.body.is_pinned { "pinned" } else { "unpinned" }).await?;
    calendar::settle(&mut op).await?;
    op.commit(200, &after).await
}
