use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{self, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        watch,
    },
    time::{Instant, sleep, timeout},
};
use tokio_postgres::Row;
use utoipa::{IntoParams, ToSchema};

use super::feed::{last_event, sequence_of};
use crate::{
    call,
    db::Result,
    http::{
        Actor, AppState, May, Query,
        auth::{Token, look_up},
        permission::{CalendarView, HousekeepingView},
    },
    kernel::{PropertyId, Refusal},
    op::Hint,
    properties,
};

crate::sql! {
    CHANGES_AFTER = "
        select sequence, event_type, entity_type, entity_id from pms_outbox
        where tenant_id = $1 and property_id = $2 and sequence > $3 order by sequence limit 500";
    LAST_BEFORE = "
        select sequence from pms_outbox
        where tenant_id = $1 and property_id = $2 and occurred_at < $3 order by sequence desc limit 1";
}

/// A hint may be lost, and another server's commits give none.
const POLL_EVERY: Duration = Duration::from_millis(750);
/// After a hint: what is committed in this time is read at once.
const GATHER_FOR: Duration = Duration::from_millis(50);
const HEARTBEAT_EVERY: Duration = Duration::from_secs(15);
/// Seconds.
const LONGEST_RECENT: i64 = 60;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StreamQuery {
    pub(super) property_id: PropertyId,
    /// Tells first what happened in these seconds before, so that nothing is lost between reading a page and hearing of it.
    #[param(minimum = 1, maximum = 60)]
    pub(super) recent: Option<i64>,
}

/// What `data` of an event `change` holds: enough to know what to read again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StreamedChange {
    pub sequence: i64,
    /// `pms.<entity>.<verb>.v1`
    #[serde(rename = "type")]
    pub event_type: String,
    pub entity_type: String,
    pub entity_id: String,
    pub property_id: PropertyId,
}

/// Whose stream it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything of the property.
    Calendar,
    /// Rooms and what is done in them.
    Rooms,
}

impl Scope {
    fn allows(self, actor: &Actor) -> bool {
        match self {
            Scope::Calendar => actor.may::<CalendarView>(),
            Scope::Rooms => actor.may::<HousekeepingView>(),
        }
    }

    /// What is told of a change. Who sees no reservations hears that something about the rooms is different, and not what.
    fn told(self, change: StreamedChange) -> Option<StreamedChange> {
        if self == Scope::Calendar {
            return Some(change);
        }
        match change.entity_type.as_str() {
            "DAY_CLOSE" | "ROOM" | "ROOM_BLOCK" | "ROOM_TYPE" | "ROOM_SIGHTING" | "PROPERTY" => Some(change),
            of if of.starts_with("HOUSEKEEPING_") => Some(change),
            "RESERVATION" => Some(StreamedChange {
                event_type: "pms.housekeeping.changed.v1".into(),
                entity_type: "HOUSEKEEPING".into(),
                entity_id: change.property_id.to_string(),
                ..change
            }),
            _ => None,
        }
    }
}

/// Tells of every change in a property as it happens.
///
/// Server-sent events: first `ready` with the number that the stream begins after, then `change` for each event. The `id` is the event's sequence; a client that comes back with `Last-Event-ID` misses
/// nothing. The stream ends when the server stops or the token is no longer valid.
#[utoipa::path(get, path = "/calendar/stream", tag = "events",
    params(StreamQuery, ("Last-Event-ID" = Option<i64>, Header, description = "Begin after this one instead of now.", minimum = 0)),
    responses((status = 200, description = "Server-sent events without end.", body = StreamedChange, content_type = "text/event-stream")))]
pub async fn stream(
    State(app): State<AppState>,
    actor: May<CalendarView>,
    headers: HeaderMap,
    Query(query): Query<StreamQuery>,
) -> Result<Sse<impl Stream<Item = Result<sse::Event, Infallible>>>> {
    open(app, &actor, &headers, query, Scope::Calendar).await
}

/// Opens a stream for an actor who may have it.
pub(super) async fn open(
    app: AppState,
    actor: &Actor,
    headers: &HeaderMap,
    query: StreamQuery,
    scope: Scope,
) -> Result<Sse<impl Stream<Item = Result<sse::Event, Infallible>> + use<>>> {
    let property = query.property_id;
    actor.sees(property)?;
    if query.recent.is_some_and(|seconds| !(1..=LONGEST_RECENT).contains(&seconds)) {
        return Err(Refusal::invalid("recent", format!("must be 1 to {LONGEST_RECENT} seconds")).into());
    }
    let from = last_event_id(headers)?;
    let token = Token::of(headers).ok_or_else(|| Refusal::not_found("property"))?;

    // Listens before it looks where to begin, so that nothing falls in between.
    let (hints, closing) = (app.store.feed.listen(), app.closing.subscribe());
    let since = app.store.clock.now() - query.recent.unwrap_or(0).seconds();
    let calls = vec![
        properties::model::get(actor.tenant, property),
        last_event(actor.tenant),
        call!(LAST_BEFORE, actor.tenant, property, since),
    ];
    let rows = app.store.read(actor.tenant, calls).await?;
    properties::model::found(&rows[0])?;
    let newest = sequence_of(&rows[1]);
    let begin = query.recent.map_or(newest, |_| rows[2].first().map_or(0, |row| row.get("sequence")));
    // A number beyond the newest was never given: the client comes from another database.
    let seen = from.unwrap_or(begin).min(newest);

    let ready = sse::Event::default().event("ready").id(seen.to_string()).data(format!(r#"{{"sequence":{seen}}}"#));
    let listener =
        Listener { checked: Instant::now(), property, scope, waiting: VecDeque::from([ready]), app, token, seen, hints, closing };
    let events = stream::unfold(listener, |mut listener| async { listener.next().await.map(|event| (Ok(event), listener)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT_EVERY).text("heartbeat")))
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<i64>, Refusal> {
    let Some(value) = headers.get("last-event-id") else { return Ok(None) };
    let number = value.to_str().ok().and_then(|v| v.trim().parse().ok()).filter(|n| *n >= 0);
    number.map(Some).ok_or_else(|| Refusal::invalid("Last-Event-ID", "must be the id of an event of this stream"))
}

/// One open stream. It holds a database connection only while it reads.
struct Listener {
    app: AppState,
    token: Token,
    property: PropertyId,
    scope: Scope,
    seen: i64,
    waiting: VecDeque<sse::Event>,
    checked: Instant,
    hints: broadcast::Receiver<Hint>,
    closing: watch::Receiver<bool>,
}

impl Listener {
    /// The next event; `None` ends the stream. A browser then comes back by itself.
    async fn next(&mut self) -> Option<sse::Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if *self.closing.borrow() {
                return None;
            }
            match self.read().await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    tracing::warn!(%error, "a stream of changes ends");
                    return None;
                }
            }
            if self.waiting.is_empty() {
                self.wait().await;
            }
        }
    }

    /// Reads what happened since; `false` when the listener may no longer know.
    async fn read(&mut self) -> Result<bool> {
        if self.checked.elapsed() >= self.app.recheck_every {
            let actor = look_up(&self.app, &self.token, self.app.store.clock.now()).await?;
            if !actor.is_some_and(|a| self.scope.allows(&a) && a.sees(self.property).is_ok()) {
                return Ok(false);
            }
            self.checked = Instant::now();
        }

        let call = call!(CHANGES_AFTER, self.token.tenant, self.property, self.seen);
        let rows = self.app.store.read(self.token.tenant, vec![call]).await?;
        for row in &rows[0] {
            let change = self.change_of(row);
            self.seen = change.sequence;
            let Some(change) = self.scope.told(change) else { continue };
            let data = serde_json::to_string(&change).map_err(anyhow::Error::new)?;
            self.waiting.push_back(sse::Event::default().event("change").id(change.sequence.to_string()).data(data));
        }
        Ok(true)
    }

    fn change_of(&self, row: &Row) -> StreamedChange {
        StreamedChange {
            sequence: row.get("sequence"),
            event_type: row.get("event_type"),
            entity_type: row.get("entity_type"),
            entity_id: row.get("entity_id"),
            property_id: self.property,
        }
    }

    /// Until something was committed for the tenant, or it is time to look anyway.
    async fn wait(&mut self) {
        let hinted = async {
            loop {
                match self.hints.recv().await {
                    Ok(hint) if hint.tenant != self.token.tenant => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return,
                    // Without hints, by polling alone.
                    Err(RecvError::Closed) => sleep(POLL_EVERY).await,
                }
            }
        };
        tokio::select! {
            outcome = timeout(POLL_EVERY, hinted) => if outcome.is_ok() { sleep(GATHER_FOR).await },
            () = async { drop(self.closing.wait_for(|closing| *closing).await) } => {}
        }
    }
}
