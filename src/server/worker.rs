//! Work that no request asks for: holds that ran out, days that close by themselves, payments whose end nobody heard of, and rows that are
//! kept for a while only.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{Instant, MissedTickBehavior, interval, interval_at},
};

use super::telemetry::UPKEEP_EVERY;
use crate::{
    day_close,
    db::Result,
    http::App,
    kernel::TenantId,
    messages,
    op::{self, Store},
    payments, reservations, users,
};

const PURGE_EVERY: Duration = Duration::from_secs(3600);
const CLOSE_EVERY: Duration = Duration::from_secs(60);
const SETTLE_EVERY: Duration = Duration::from_secs(15);
const MAIL_EVERY: Duration = Duration::from_secs(2);

crate::sql! {
    /// Asked before any tenant is known, so through a function of the owner.
    TENANTS_TO_PURGE = "select tenant_id from pms_tenants_to_purge($1)";
}

/// Works until told to stop. A task that fails is logged and comes up again at its next time.
pub(super) async fn run(app: Arc<App>, sweep_every: Duration, mut stopped: watch::Receiver<bool>) {
    let mut sweep = interval(sweep_every);
    let mut purging = interval_at(Instant::now() + PURGE_EVERY / 60, PURGE_EVERY);
    let mut closing = interval(CLOSE_EVERY);
    let mut upkeep = interval(UPKEEP_EVERY);
    for timer in [&mut sweep, &mut purging, &mut closing, &mut upkeep] {
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    let mut is_failing = false;
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = sweep.tick() => match reservations::expire_holds(&app.store).await {
                Ok(expired) => {
                    is_failing = false;
                    metrics::counter!("pms_holds_expired_total").increment(expired as u64);
                }
                // Told once: the database may be away for a while, and this runs every second.
                Err(error) if !is_failing => {
                    is_failing = true;
                    tracing::error!(%error, "holds that ran out are not released; tried again until it works");
                }
                Err(_) => {}
            },
            _ = purging.tick() => {
                if let Err(error) = purge(&app.store).await {
                    tracing::error!(%error, "rows that ran out were not purged; tried again in an hour");
                }
            }
            _ = closing.tick() => {
                if let Err(error) = day_close::auto::close_due(&app.store).await {
                    tracing::error!(%error, "which days are to be closed cannot be read; tried again in a minute");
                }
            }
            _ = upkeep.tick() => measure(&app),
        }
    }
}

/// Asks the gateway about payments that it has not answered for, until told to stop. Apart from the other work, which must not wait for it.
pub(super) async fn settle_payments(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let Some(gateway) = app.gateway.clone() else { return };
    let mut asking = interval(SETTLE_EVERY);
    asking.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = asking.tick() => {
                if let Err(error) = payments::sweep::settle_due(&app.store, &gateway).await {
                    tracing::error!(%error, "which payments to ask about cannot be read; tried again soon");
                }
            }
        }
    }
}

/// Sends letters that wait, until told to stop. Apart from the other work, which must not wait for the mail server.
pub(super) async fn send_mail(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let Some(post) = app.mail.clone() else { return };
    let mut sending = interval(MAIL_EVERY);
    sending.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = sending.tick() => {
                if let Err(error) = messages::sweep::send_due(&app.store, &app.fonts, &post).await {
                    tracing::error!(%error, "which letters to send cannot be read; tried again soon");
                }
            }
        }
    }
}

/// Deletes what ran out, of every tenant: stored answers of requests, and sessions.
pub async fn purge(store: &Store) -> Result<()> {
    for tenant in tenants_to_purge(store).await? {
        op::purge_expired(store, tenant).await?;
        users::purge_sessions(store, tenant).await?;
    }
    Ok(())
}

async fn tenants_to_purge(store: &Store) -> Result<Vec<TenantId>> {
    // Not in a transaction of a tenant: which tenants is the question.
    let client = store.db.connection().await?;
    let statement = client.prepare_cached(TENANTS_TO_PURGE).await?;
    let rows = client.query(&statement, &[&store.clock.now()]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

fn measure(app: &App) {
    let (open, idle) = app.store.db.usage();
    metrics::gauge!("pms_db_connections_open").set(open as f64);
    metrics::gauge!("pms_db_connections_idle").set(idle as f64);
    if let Some(metrics) = &app.metrics {
        metrics.run_upkeep();
    }
}
