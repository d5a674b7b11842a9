//! The unit of work. A use case begins an [`Op`], gathers facts, decides, and commits: rows, read models, audit, events and the
//! stored reply are written together or not at all.
//!
//! Writes that need no answer are queued with [`Op::write`] and travel with the next statements that do, or with the commit; a
//! booking takes two round trips. Statements run in the order in which they were handed in.

mod audit;
mod feed;
mod idempotency;
mod outbox;
mod touched;

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, value::to_raw_value};
use tokio_postgres::Row;
use ulid::Ulid;

pub use audit::{diff, masked};
pub use feed::{Feed, Hint};
pub use idempotency::{Idempotency, purge_expired};
pub use touched::Touched;

use crate::{
    db::{Call, Db, Mode, Reply, Result, Tx},
    kernel::{Clock, Ids, PropertyId, TenantId},
};

/// What a use case works with: the database, the time, new ids, and who must hear of a commit.
#[derive(Clone)]
pub struct Store {
    pub db: Db,
    pub clock: Clock,
    pub ids: Ids,
    pub feed: Feed,
}

impl Store {
    pub fn new(db: Db, clock: Clock, ids: Ids) -> Store {
        Store { db, clock, ids, feed: Feed::default() }
    }

    /// Reads in one snapshot and one round trip.
    pub async fn read(&self, tenant: TenantId, calls: Vec<Call>) -> Result<Vec<Vec<Row>>> {
        Tx::new(&self.db, tenant, Mode::Read).await?.commit(calls).await
    }

    /// As [`Store::read`], with each row handed over as it comes, under the number of its call.
    pub async fn read_each(&self, tenant: TenantId, calls: Vec<Call>, each: impl FnMut(usize, Row) -> Result<()>) -> Result<()> {
        Tx::new(&self.db, tenant, Mode::Read).await?.commit_each(calls, each).await
    }

    /// Reads before the tenant is known. No row of any tenant is visible, so this is for functions of the owner alone.
    pub async fn read_unscoped(&self, call: Call) -> Result<Vec<Row>> {
        let mut rows = self.read(TenantId(Ulid::nil()), vec![call]).await?;
        Ok(rows.remove(0))
    }
}

/// Who acts: goes into every audit row and event.
#[derive(Clone, Debug)]
pub struct Who {
    pub tenant: TenantId,
    /// The id of a user or an API key, or `system`.
    pub actor: String,
    pub correlation: String,
}

/// One change of one entity: one audit row and one event.
pub struct Change {
    pub property: Option<PropertyId>,
    /// `reservation`, `room`, …
    pub entity: &'static str,
    pub id: String,
    /// In the past tense: `created`, `checked_in`.
    pub verb: &'static str,
    pub before: Value,
    pub after: Value,
}

impl Change {
    pub fn created<T: Serialize>(property: PropertyId, entity: &'static str, id: impl ToString, after: &T) -> Change {
        Change { property: Some(property), entity, id: id.to_string(), verb: "created", before: Value::Null, after: json(after) }
    }

    pub fn changed<T: Serialize>(
        property: PropertyId,
        entity: &'static str,
        id: impl ToString,
        verb: &'static str,
        before: &T,
        after: &T,
    ) -> Change {
        Change { property: Some(property), entity, id: id.to_string(), verb, before: json(before), after: json(after) }
    }
}

/// A value as JSON; the types of this program always have one.
pub fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// An operation that is under way: nothing is written until [`Op::commit`], and dropped it leaves nothing behind.
pub struct Op {
    tx: Tx,
    store: Store,
    pub who: Who,
    /// The one instant of the operation.
    pub now: Timestamp,
    idempotency: Option<Idempotency>,
    /// The key was claimed, or there is none.
    claimed: bool,
    queue: VecDeque<Call>,
    changes: Vec<Change>,
    /// Cells of the calendar that `calendar::settle` must still recompute.
    pub touched: Touched,
}

impl Op {
    pub async fn begin(store: &Store, who: Who, idempotency: Option<Idempotency>) -> Result<Op> {
        Ok(Op {
            tx: Tx::new(&store.db, who.tenant, Mode::Write).await?,
            store: store.clone(),
            now: store.clock.now(),
            claimed: idempotency.is_none(),
            who,
            idempotency,
            queue: VecDeque::new(),
            changes: Vec::new(),
            touched: Touched::default(),
        })
    }

    pub fn tenant(&self) -> TenantId {
        self.who.tenant
    }

    pub fn actor(&self) -> String {
        self.who.actor.clone()
    }

    pub fn new_id(&self) -> Ulid {
        self.store.ids.next(self.now)
    }

    /// Queues a write that needs no answer.
    pub fn write(&mut self, call: Call) {
        self.queue.push_back(call);
    }

    /// Sends what is queued and these calls, in one round trip; answers the rows of these.
    ///
    /// Errors: [`crate::db::Fail::Replayed`] when the idempotency key has an answer; refusals by constraint.
    pub async fn run<const N: usize>(&mut self, calls: [Call; N]) -> Result<[Vec<Row>; N]> {
        // A queued write of a repeated request would break a rule, such as a number that is used already, before the stored
        // answer is found: so the key is claimed before it. Facts do not, and travel with the claim.
        if !self.queue.is_empty() {
            self.claim(Vec::new()).await?;
        }
        let all = self.queue.drain(..).chain(calls).collect();
        let mut rows = self.claim(all).await?;
        let skip = rows.len() - N;
        let answers: Vec<Vec<Row>> = rows.drain(skip..).collect();
        Ok(answers.try_into().unwrap_or_else(|_| unreachable!("as many answers as calls")))
    }

    /// Claims the idempotency key, if there is one that is not claimed, and answers the rows of these calls.
    async fn claim(&mut self, calls: Vec<Call>) -> Result<Vec<Vec<Row>>> {
        let key = if self.claimed { None } else { self.idempotency.as_ref() };
        let Some(claim) = key.map(|key| idempotency::claim(self, key)) else { return self.send(calls).await };
        let mut rows = self.send(std::iter::once(claim).chain(calls).collect()).await?;
        self.claimed = true;
        if rows.remove(0).is_empty() {
            return Err(self.stored_answer().await);
        }
        Ok(rows)
    }

    async fn send(&mut self, calls: Vec<Call>) -> Result<Vec<Vec<Row>>> {
        if calls.is_empty() { Ok(Vec::new()) } else { self.tx.run(calls).await }
    }

    /// One call; its rows.
    pub async fn query(&mut self, call: Call) -> Result<Vec<Row>> {
        let [rows] = self.run([call]).await?;
        Ok(rows)
    }

    async fn stored_answer(&mut self) -> crate::db::Fail {
        let Some(ours) = self.idempotency.clone() else { unreachable!("only a key has a stored answer") };
        match self.tx.run(vec![idempotency::stored(self, &ours)]).await {
            Ok(rows) => idempotency::judge(&ours, rows[0].first()),
            Err(fail) => fail,
        }
    }

    /// The next number of a gap-free counter, whose row stays locked until the commit: no number is skipped.
    pub async fn next_number(&mut self, counter: &str) -> Result<i64> {
        let rows = self.query(outbox::next_number(self.tenant(), counter)).await?;
        Ok(rows[0].get(0))
    }

    /// Notes a change: it becomes one audit row and one event of the commit.
    pub fn record(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Writes everything that is queued, the audit rows, the events and the reply, and commits; all in one round trip.
    ///
    /// Panics when nothing was recorded or the calendar was not settled: both are faults of the use case.
    pub async fn commit<T: Serialize>(mut self, status: u16, data: &T) -> Result<Reply> {
        assert!(!self.changes.is_empty(), "a write that recorded nothing: audit and events cannot be forgotten");
        let body = format!(r#"{{"data":{}}}"#, to_raw_value(data).map_err(anyhow::Error::new)?.get());
        self.claim(Vec::new()).await?;
        if let Some(key) = self.idempotency.clone() {
            let answer = idempotency::answer(&self, &key, status, &body);
            self.write(answer);
        }
        self.finish().await?;
        Ok(Reply { status, body, replayed: false, version: None })
    }

    /// Commits without an answer to store: for work that no request asked for, and for batches.
    pub async fn finish(mut self) -> Result<()> {
        assert!(self.touched.is_empty(), "blocks were written without calendar::settle");
        let hint = (!self.changes.is_empty()).then_some(Hint { tenant: self.who.tenant });
        let mut calls: Vec<Call> = self.queue.drain(..).collect();
        if !self.changes.is_empty() {
            calls.push(audit::insert(&self));
            calls.push(outbox::insert(&self)); // last: it locks the tenant's counter
        }
        let round_trips = self.tx.round_trips() + 1;
        self.tx.commit(calls).await?;
        metrics::histogram!("pms_op_round_trips").record(f64::from(round_trips));
        if let Some(hint) = hint {
            self.store.feed.hint(hint);
        }
        Ok(())
    }

    /// Lets go without writing.
    pub fn abandon(self) {}
}
