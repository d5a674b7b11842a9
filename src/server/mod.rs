//! The running server: checks its database, listens, works in the background, and stops without breaking a request.

pub mod telemetry;
mod worker;

pub use worker::purge;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use axum::serve::ListenerExt;
use tokio::{net::TcpListener, sync::watch, time::timeout};

use crate::{
    config::Config,
    db::{Db, readiness},
    gateway::HttpGateway,
    http::App,
    kernel::{Clock, Ids},
    mail::Smtp,
    op::Store,
    router,
};

/// A server that listens but does not answer yet.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
    hold_sweep_interval: Duration,
    shutdown_grace: Duration,
}

impl Server {
    /// Checks the database and takes the address.
    ///
    /// Errors: a database that cannot be reached, is behind, or whose row security would be void; an address in use.
    pub async fn new(config: &Config, database_url: &str) -> anyhow::Result<Server> {
        readiness::check(database_url).await?;
        let listener = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("setting listen: cannot listen on {}; is another program there?", config.listen))?;
        let store = Store::new(Db::new(database_url, &config.pool)?, Clock::System, Ids::default());
        let mut app = App::new(store, config.http.clone());
        if let Some(settings) = &config.gateway {
            app.gateway = Some(Arc::new(HttpGateway::new(settings)?));
        }
        if let Some(settings) = &config.mail {
            app.mail = Some(Arc::new(Smtp::new(settings)?));
        }
        app.metrics = Some(telemetry::install_metrics()?);
        Ok(Server {
            listener,
            app: Arc::new(app),
            hold_sweep_interval: config.hold_sweep_interval,
            shutdown_grace: config.shutdown_grace,
        })
    }

    /// The address that was taken.
    pub fn address(&self) -> anyhow::Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    pub fn store(&self) -> &Store {
        &self.app.store
    }

    /// Serves until `stop` is done, then finishes the requests that run, for as long as the grace lasts.
    pub async fn run(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let (stopping, stopped) = watch::channel(false);
        let worker = tokio::spawn(worker::run(self.app.clone(), self.hold_sweep_interval, stopped.clone()));
        let settling = tokio::spawn(worker::settle_payments(self.app.clone(), stopped.clone()));
        let mailing = tokio::spawn(worker::send_mail(self.app.clone(), stopped.clone()));
        let mut on_stop = stopped;
        // The last piece of a large answer must not wait for the client to acknowledge the others.
        let listener = self.listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a connection keeps Nagle's algorithm");
            }
        });
        let serving = axum::serve(listener, router::router(self.app.clone()))
            .with_graceful_shutdown(async move {
                // An error says that the sender is gone, which means the same.
                let _ = on_stop.changed().await;
            })
            .into_future();
        let mut serving = std::pin::pin!(serving);

        tokio::select! {
            ended = &mut serving => return ended.context("the server ended by itself"),
            () = stop => {}
        }
        tracing::info!("stopping: no new requests are taken");
        stopping.send_replace(true);
        self.app.closing.send_replace(true);
        match timeout(self.shutdown_grace, serving).await {
            Ok(ended) => ended?,
            Err(_) => tracing::warn!("requests that took longer than {:?} were cut off", self.shutdown_grace),
        }
        // The worker looks at the signal between its tasks, each of which has its own time limit.
        let _ = timeout(self.shutdown_grace, worker).await;
        // What is cut off here is asked about again by the next server.
        settling.abort();
        mailing.abort();
        self.app.store.db.close();
        Ok(())
    }
}

/// Done when the process is told to stop, by SIGTERM or Ctrl+C. Told twice, it ends at once.
pub async fn stop_signal() {
    told().await;
    tokio::spawn(async {
        told().await;
        std::process::exit(130);
    });
}

async fn told() {
    use tokio::signal::unix::{SignalKind, signal};
    let streams = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    let (Ok(mut terminate), Ok(mut interrupt)) = streams else {
        tracing::error!("signals cannot be listened to; stop the process with SIGKILL");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
