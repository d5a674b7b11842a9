//! A payment gateway that does what the description of a payment says, and remembers which money it moved.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};
use oppsera_pms::gateway::{Gateway, GatewaySettings, HttpGateway, Secret};
use serde_json::{Value, json};

pub const SECRET: &str = "a-secret-of-the-tests";
/// Longer than any answer that comes, also on a machine with much to do.
const TIMEOUT: Duration = Duration::from_secs(3);

#[derive(Clone)]
struct Known {
    asked: Value,
    status: &'static str,
}

#[derive(Default)]
struct Memory {
    known: HashMap<String, Known>,
    /// Requests for money by key, taken or not.
    puts: HashMap<String, usize>,
    gets: usize,
}

#[derive(Clone, Default)]
pub struct Fake {
    memory: Arc<Mutex<Memory>>,
    url: String,
}

impl Fake {
    pub async fn start() -> Fake {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Fake { url: format!("http://{}", listener.local_addr().unwrap()), ..Fake::default() };
        let service = Router::new().fallback(answer).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        fake
    }

    pub fn gateway(&self) -> Arc<dyn Gateway> {
        gateway(&self.url, SECRET)
    }

    /// Where it is, for the settings of a server.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn with_secret(&self, secret: &str) -> Arc<dyn Gateway> {
        gateway(&self.url, secret)
    }

    /// How much money moved, by key: each at most once.
    pub fn moved(&self) -> Vec<(String, i64)> {
        let memory = self.memory.lock().unwrap();
        let settled = memory.known.iter().filter(|(_, known)| known.status == "SETTLED");
        let mut moved: Vec<_> = settled.map(|(key, known)| (key.clone(), known.asked["amount"].as_i64().unwrap())).collect();
        moved.sort();
        moved
    }

    pub fn requests_for_money(&self) -> usize {
        self.memory.lock().unwrap().puts.values().sum()
    }

    pub fn questions(&self) -> usize {
        self.memory.lock().unwrap().gets
    }

    /// The guest puts his card in.
    pub fn release(&self) {
        let mut memory = self.memory.lock().unwrap();
        memory.known.values_mut().filter(|known| known.status == "PENDING").for_each(|known| known.status = "SETTLED");
    }

    /// It takes an order that it had not answered for.
    pub fn take(&self, key: &str, amount: i64) {
        let asked = json!({"key": key, "amount": amount, "currency": "USD"});
        self.memory.lock().unwrap().known.insert(key.to_string(), Known { asked, status: "SETTLED" });
    }
}

pub fn gateway(url: &str, secret: &str) -> Arc<dyn Gateway> {
    let settings = GatewaySettings { url: url.into(), secret: Secret::new(secret), timeout: TIMEOUT };
    assert!(!format!("{settings:?}").contains(secret), "a secret is not shown");
    Arc::new(HttpGateway::new(&settings).unwrap())
}

async fn answer(State(fake): State<Fake>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bearer = parts.headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
    if bearer != format!("Bearer {SECRET}") {
        return error(StatusCode::UNAUTHORIZED, "WRONG_SECRET");
    }
    let path = parts.uri.path().to_string();
    assert!(path.starts_with("/v1/payments/"), "{path}");
    let key = path.rsplit('/').next().unwrap().to_string();
    if parts.method == Method::GET {
        let mut memory = fake.memory.lock().unwrap();
        memory.gets += 1;
        return told(&key, memory.known.get(&key));
    }
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let asked: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((asked["key"].as_str(), parts.headers["idempotency-key"].to_str().unwrap()), (Some(key.as_str()), key.as_str()));
    let how = asked["description"].as_str().unwrap().to_string();
    let put = put(&fake, &key, asked, &how);
    if how == "answers late" {
        tokio::time::sleep(TIMEOUT * 2).await;
    }
    put
}

fn put(fake: &Fake, key: &str, asked: Value, how: &str) -> Response {
    let mut memory = fake.memory.lock().unwrap();
    let puts = memory.puts.entry(key.to_string()).or_default();
    *puts += 1;
    let puts = *puts;
    if how == "refused" {
        return error(StatusCode::UNPROCESSABLE_ENTITY, "NO_SUCH_TERMINAL");
    }
    if how == "never arrives" || (how == "arrives late" && puts <= 3) {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let status = match how {
        "declined" => "DECLINED",
        "waits" => "PENDING",
        _ => "SETTLED",
    };
    let known = memory.known.entry(key.to_string()).or_insert(Known { asked, status }).clone();
    match how {
        "taken, then 500" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        "taken, then rubbish" => "<html>It works!</html>".into_response(),
        "taken, then endless" => "x".repeat(1 << 20).into_response(),
        "taken, then another" => {
            let mut other = known;
            other.asked["amount"] = json!(1);
            told(key, Some(&other))
        }
        _ => told(key, Some(&known)),
    }
}

fn told(key: &str, known: Option<&Known>) -> Response {
    let Some(Known { asked, status }) = known else { return error(StatusCode::NOT_FOUND, "UNKNOWN_KEY") };
    let mut body = json!({"key": key, "status": status, "amount": asked["amount"], "currency": asked["currency"]});
    match *status {
        "SETTLED" => body["reference"] = json!(format!("ref-{key}")),
        "DECLINED" => (body["code"], body["message"]) = (json!("INSUFFICIENT_FUNDS"), json!("Not enough money.")),
        _ => {}
    }
    Json(body).into_response()
}

fn error(status: StatusCode, code: &str) -> Response {
    (status, Json(json!({"error": {"code": code, "message": "No."}}))).into_response()
}
