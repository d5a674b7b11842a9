//! The adapter: JSON over HTTP, with limits on time and size. Every request may be repeated, because the key stands in its path.

use std::time::Duration;

use anyhow::Context;
use futures_util::future::BoxFuture;
use reqwest::{
    Client, Method,
    header::{HeaderMap, HeaderValue},
    redirect::Policy,
};
use tokio::time::{Instant, sleep, timeout_at};

use super::{
    Gateway, GatewaySettings, Order, Outcome,
    wire::{self, Asked},
};

/// An answer is some hundred bytes; what is longer is none of ours.
const LONGEST_ANSWER: usize = 64 * 1024;
const MOST_ATTEMPTS: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// A gateway that speaks the protocol of docs/payments.md.
pub struct HttpGateway {
    client: Client,
    url: String,
    timeout: Duration,
}

/// How one request ended.
enum Attempt {
    Said(Outcome),
    /// There was no connection: nothing was sent.
    Unreached,
}

impl HttpGateway {
    /// Errors: a secret that no header can carry.
    pub fn new(settings: &GatewaySettings) -> anyhow::Result<HttpGateway> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", settings.secret.expose()))
            .ok()
            .context("the secret of the payment gateway must be printable ASCII")?;
        bearer.set_sensitive(true);
        let client = Client::builder()
            .default_headers(HeaderMap::from_iter([(reqwest::header::AUTHORIZATION, bearer)]))
            .user_agent(concat!("oppsera-pms/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .connect_timeout(settings.timeout)
            .build()?;
        Ok(HttpGateway { client, url: settings.url.clone(), timeout: settings.timeout })
    }

    /// Asks until there is an answer that counts, the attempts are used up, or the time is.
    async fn ask(&self, method: Method, order: &Order) -> Outcome {
        let until = Instant::now() + self.timeout;
        let mut pause = FIRST_PAUSE;
        let mut unclear = None;
        for attempt in 1..=MOST_ATTEMPTS {
            let is_first = method == Method::PUT && unclear.is_none();
            let ended = timeout_at(until, self.attempt(method.clone(), order, is_first)).await;
            match ended.unwrap_or_else(|_| Attempt::Said(Outcome::Unclear("it did not answer in time".into()))) {
                Attempt::Said(Outcome::Unclear(why)) => unclear = Some(why),
                Attempt::Said(outcome) => return outcome,
                Attempt::Unreached => {}
            }
            if attempt == MOST_ATTEMPTS || Instant::now() + pause >= until {
                break;
            }
            sleep(pause).await;
            pause *= 2;
        }
        unclear.map_or(Outcome::Unreached, Outcome::Unclear)
    }

    async fn attempt(&self, method: Method, order: &Order, is_first: bool) -> Attempt {
        let mut request = self.client.request(method.clone(), format!("{}{}", self.url, wire::path(order)));
        if method == Method::PUT {
            let body = serde_json::to_vec(&Asked::new(order)).unwrap_or_default();
            request = request.header("idempotency-key", &order.key).header("content-type", "application/json").body(body);
        }
        let unclear = |why: &str| Attempt::Said(Outcome::Unclear(why.into()));
        let mut response = match request.send().await {
            Ok(response) => response,
            Err(error) if error.is_connect() => return Attempt::Unreached,
            Err(_) => return unclear("the connection broke"),
        };
        let status = response.status().as_u16();
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= LONGEST_ANSWER => body.extend_from_slice(&chunk),
                Ok(Some(_)) => return unclear("its answer is too long"),
                Ok(None) => return Attempt::Said(wire::read(order, status, &body, is_first)),
                Err(_) => return unclear("the connection broke within its answer"),
            }
        }
    }
}

impl Gateway for HttpGateway {
    fn submit<'a>(&'a self, order: &'a Order) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            match self.ask(Method::PUT, order).await {
                // It must know a key that it was just told.
                Outcome::Unknown => Outcome::Unclear("it does not know the payment that it was asked for".into()),
                outcome => outcome,
            }
        })
    }

    fn look_up<'a>(&'a self, order: &'a Order) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(Method::GET, order))
    }
}
