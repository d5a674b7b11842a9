//! A transaction of one tenant. Statements that are handed in together travel together: one round trip for many.

use std::pin::pin;

use deadpool_postgres::Object;
use futures_util::{TryStreamExt, future::maybe_done, poll};
use tokio_postgres::Row;

use super::{Call, Db, Result, statement::Param};
use crate::{call, kernel::TenantId};

crate::sql! {
    BEGIN = "begin";
    /// One snapshot for all statements of a read.
    BEGIN_READ = "begin isolation level repeatable read read only";
    COMMIT = "commit";
    SET_TENANT = "select set_tenant($1)";
    FIT_PLANS = "set local plan_cache_mode = force_custom_plan";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All statements see one snapshot, and none may write.
    Read,
    Write,
}

/// An open transaction. Dropped before [`Tx::commit`], it is rolled back.
pub struct Tx {
    client: Option<Object>,
    tenant: TenantId,
    mode: Mode,
    begun: bool,
    round_trips: u32,
}

impl Tx {
    /// Takes a connection; `begin` travels with the first statements.
    pub async fn new(db: &Db, tenant: TenantId, mode: Mode) -> Result<Tx> {
        Ok(Tx { client: Some(db.connection().await?), tenant, mode, begun: false, round_trips: 0 })
    }

    /// Sends all calls at once and awaits their rows, in order.
    ///
    /// Errors: of the first call that failed; those after it did nothing.
    pub async fn run(&mut self, calls: Vec<Call>) -> Result<Vec<Vec<Row>>> {
        self.gathered(calls, false).await
    }

    /// Sends the calls and the commit at once. When a call fails, nothing is written.
    pub async fn commit(mut self, calls: Vec<Call>) -> Result<Vec<Vec<Row>>> {
        let rows = self.gathered(calls, true).await?;
        drop(self.client.take());
        Ok(rows)
    }

    /// As [`Tx::commit`], with each row handed over as it comes, under the number of its call: thousands of rows are neither kept
    /// nor waited for.
    pub async fn commit_each(mut self, calls: Vec<Call>, each: impl FnMut(usize, Row) -> Result<()>) -> Result<()> {
        self.send(calls, true, each).await?;
        drop(self.client.take());
        Ok(())
    }

    /// How often the transaction waited for the database.
    pub fn round_trips(&self) -> u32 {
        self.round_trips
    }

    async fn gathered(&mut self, calls: Vec<Call>, commit: bool) -> Result<Vec<Vec<Row>>> {
        let mut rows: Vec<Vec<Row>> = calls.iter().map(|_| Vec::new()).collect();
        self.send(calls, commit, |call, row| {
            rows[call].push(row);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    async fn send(&mut self, calls: Vec<Call>, commit: bool, mut each: impl FnMut(usize, Row) -> Result<()>) -> Result<()> {
        let mut all = Vec::with_capacity(calls.len() + 4);
        if !self.begun {
            all.push(call!(if self.mode == Mode::Read { BEGIN_READ } else { BEGIN }));
            all.push(call!(SET_TENANT, self.tenant));
        }
        if calls.iter().any(|call| call.is_fitted) {
            all.push(call!(FIT_PLANS));
        }
        let own = all.len()..all.len() + calls.len();
        all.extend(calls);
        if commit {
            all.push(call!(COMMIT));
        }

        let client = self.client.as_ref().expect("a transaction has its connection until it ends");
        self.begun = true;
        self.round_trips += 1;
        // Prepared first (a look into the connection's cache, once warm), so that the executions leave in the order given:
        // a statement that must be prepared would otherwise be overtaken by one that is.
        let mut prepared = Vec::with_capacity(all.len());
        for call in &all {
            prepared.push(client.prepare_cached(call.sql).await?);
        }
        let mut executions = Vec::with_capacity(all.len());
        for (call, statement) in all.iter().zip(&prepared) {
            let params = call.params.iter().map(|p: &Param| &**p as &(dyn postgres_types::ToSql + Sync));
            executions.push(Box::pin(maybe_done(client.query_raw(statement, params))));
        }
        // A call leaves when it is first polled; only then are answers awaited.
        for execution in &mut executions {
            let _ = poll!(execution.as_mut());
        }
        for (number, mut execution) in executions.into_iter().enumerate() {
            execution.as_mut().await;
            let mut rows = pin!(execution.as_mut().take_output().expect("an execution is asked once for what it gave")?);
            while let Some(row) = rows.try_next().await? {
                if own.contains(&number) {
                    each(number - own.start, row)?;
                }
            }
        }
        Ok(())
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        if !self.begun {
            return;
        }
        // The connection goes back to the pool only after the rollback, which queues behind all that was sent.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if client.batch_execute("rollback").await.is_err() {
                    drop(Object::take(client));
                }
            });
        } else {
            drop(Object::take(client));
        }
    }
}
