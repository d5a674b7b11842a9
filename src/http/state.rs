//! What every request can reach.

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::body::Bytes;
use moka::sync::Cache;
use tokio::sync::watch;

use super::Actor;
use crate::{
    db::Result,
    gateway::Gateway,
    kernel::{Day, PropertyId, TenantId},
    mail::Post,
    op::{Idempotency, Op, Store},
    paper::Fonts,
};

/// Settings of the HTTP server.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// Bodies above are refused with 413.
    pub max_body_bytes: usize,
    pub request_timeout: Duration,
    /// Set the `Secure` attribute on the session cookie: needed behind HTTPS, in the way on plain http.
    pub secure_cookies: bool,
    /// How much memory drawn charts may take.
    pub chart_cache_bytes: usize,
    /// Where the fonts of the machine are, for letters that the program's own has not.
    pub font_folder: PathBuf,
}

impl Default for HttpSettings {
    fn default() -> Self {
        HttpSettings {
            max_body_bytes: 256 * 1024,
            request_timeout: Duration::from_secs(60),
            secure_cookies: false,
            chart_cache_bytes: 64 << 20,
            font_folder: "/usr/share/fonts".into(),
        }
    }
}

/// Of which house, from which night on, and how many nights.
pub type ChartKey = (TenantId, PropertyId, Day, i32);

/// A chart as it was sent, and the revision of the property that it shows.
#[derive(Clone)]
pub struct DrawnChart {
    pub revision: i64,
    pub body: Bytes,
}

pub struct App {
    pub store: Store,
    pub settings: HttpSettings,
    /// Who a token stands for. Short-lived, so that a key revoked through another server stops within seconds.
    pub(super) actors: Cache<String, Arc<Actor>>,
    /// Failed log-ins by e-mail.
    pub failed_log_ins: Cache<String, u32>,
    /// Charts by first night and number of nights, so that of ten desks that look after a change nine find it drawn. Each is only
    /// used when its revision is still that of the property; the short life is for repairs, which no event tells of.
    pub charts: Cache<ChartKey, DrawnChart>,
    /// Of statements and invoices.
    pub fonts: Fonts,
    /// Who takes payments by card; absent: nobody does.
    pub gateway: Option<Arc<dyn Gateway>>,
    /// Who takes letters; absent: nobody does.
    pub mail: Option<Arc<dyn Post>>,
    /// Text of `/metrics`; absent in tests.
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
    /// How often a stream that stays open looks whether its token is still valid.
    pub recheck_every: Duration,
    /// Set when the server stops: streams end, which would otherwise keep it waiting.
    pub closing: watch::Sender<bool>,
}

pub type AppState = Arc<App>;

impl App {
    pub fn new(store: Store, settings: HttpSettings) -> App {
        let charts = Cache::builder()
            .weigher(|_, chart: &DrawnChart| u32::try_from(chart.body.len()).unwrap_or(u32::MAX))
            .max_capacity(settings.chart_cache_bytes as u64)
            .time_to_live(Duration::from_secs(60))
            .build();
        App {
            fonts: Fonts::new(&settings.font_folder),
            gateway: None,
            mail: None,
            store,
            settings,
            charts,
            actors: Cache::builder().max_capacity(10_000).time_to_live(Duration::from_secs(5)).build(),
            failed_log_ins: Cache::builder().max_capacity(100_000).time_to_live(Duration::from_secs(15 * 60)).build(),
            metrics: None,
            recheck_every: Duration::from_secs(60),
            closing: watch::Sender::new(false),
        }
    }

    /// Begins an operation in the name of the actor.
    pub async fn begin(&self, actor: &Actor, key: Option<Idempotency>) -> Result<Op> {
        Op::begin(&self.store, actor.who(), key).await
    }

    /// Forgets whom tokens stand for: after a user or a key was changed.
    pub fn forget_actors(&self) {
        self.actors.invalidate_all();
    }
}
