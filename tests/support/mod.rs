//! A hotel to test with: the real router on a real port, a database cloned from a migrated template, a stopped clock, and two
//! tenants whose ids, codes and rooms are equal.

pub mod database;
pub mod desk;
pub mod fixture;
pub mod sound;

use std::sync::Arc;

use jiff::Timestamp;
use oppsera_pms::{
    db::{Db, PoolSettings},
    gateway::Gateway,
    http::{App, HttpSettings, auth::Token, permission::Role},
    kernel::{Clock, Ids, TenantId},
    mail::Post,
    op::Store,
    router,
};
pub use reqwest::Method;
use serde_json::{Value, json};

pub const PROPERTY: &str = "0000000000000000000000PRP1";
/// Standard: 5 rooms, 101 to 105, 2 persons, 100.00 a night.
pub const STD: &str = "0000000000000000000000STD0";
/// Suite: 3 rooms, 201 to 203, 4 persons, 250.00 a night.
pub const SUITE: &str = "000000000000000000000SV1TE";
pub const BAR: &str = "0000000000000000000000BAR0";
/// The other property of each tenant, with one type and one room (301).
pub const OTHER_PROPERTY: &str = "0000000000000000000000PRP2";
pub const OTHER_TYPE: &str = "00000000000000000000THER00";

/// The id of room 101, 204, …
pub fn room(number: u32) -> String {
    format!("0000000000000000000000R{number:03}")
}

pub struct TestApp {
    pub base: String,
    pub store: Store,
    pub clock: Clock,
    pub http: reqwest::Client,
    /// As superuser, for what the API does not show.
    pub owner_url: String,
    pub a: TestTenant,
    pub b: TestTenant,
}

pub struct TestTenant {
    pub id: TenantId,
    /// One API key for each role.
    pub keys: Vec<(Role, String)>,
}

impl TestTenant {
    pub fn key(&self, role: Role) -> &str {
        &self.keys.iter().find(|(r, _)| *r == role).expect("a key for each role").1
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or("-")
    }

    /// The `data`, or a panic that shows the refusal.
    #[track_caller]
    pub fn data(&self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.body["data"].clone()
    }

    /// Asserts a refusal with this status and code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Answer {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.body);
        self
    }

    /// Asserts VALIDATION_ERROR that names this field.
    #[track_caller]
    pub fn invalid(&self, field: &str) -> &Answer {
        self.refused(422, "VALIDATION_ERROR");
        let fields: Vec<&str> =
            self.body["error"]["details"].as_array().into_iter().flatten().filter_map(|d| d["field"].as_str()).collect();
        assert!(fields.contains(&field), "{field} not in {}", self.body);
        self
    }
}

impl TestApp {
    /// A hotel on 2027-02-01, its business date.
    pub async fn start() -> TestApp {
        TestApp::with_pool(16).await
    }

    pub async fn with_pool(size: usize) -> TestApp {
        TestApp::with(size, |_| {}).await
    }

    /// One whose server has a payment gateway.
    pub async fn with_gateway(gateway: Arc<dyn Gateway>) -> TestApp {
        TestApp::with(16, |app| app.gateway = Some(gateway)).await
    }

    /// One whose server sends mail.
    pub async fn with_mail(post: Arc<dyn Post>) -> TestApp {
        TestApp::with(16, |app| app.mail = Some(post)).await
    }

    async fn with(size: usize, equip: impl FnOnce(&mut App)) -> TestApp {
        let owner_url = database::create().await;
        let clock = Clock::stopped_at("2027-02-01T12:00:00Z".parse::<Timestamp>().unwrap());
        let ids = Ids::default();
        let (a, b) = (TenantId(ulid(1)), TenantId(ulid(2)));
        let mut tenants = Vec::new();
        for tenant in [a, b] {
            let mut keys = Vec::new();
            for role in Role::ALL {
                let (key, hash) = Token::new_api_key(tenant);
                keys.push((*role, key, hash));
            }
            fixture::load(&owner_url, tenant, &keys).await;
            tenants.push(TestTenant { id: tenant, keys: keys.into_iter().map(|(r, k, _)| (r, k)).collect() });
        }
        let settings = PoolSettings { size, ..PoolSettings::default() };
        let db = Db::new(&database::as_server(&owner_url), &settings).unwrap();
        let store = Store::new(db, clock.clone(), ids);
        let mut app = App::new(store.clone(), HttpSettings::default());
        equip(&mut app);

        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let service = router::router(Arc::new(app));
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        let b = tenants.pop().unwrap();
        let a = tenants.pop().unwrap();
        TestApp { base, store, clock, http: reqwest::Client::new(), owner_url, a, b }
    }

    /// A request of a role of tenant A, below `/api/v1/pms`.
    pub async fn as_role(&self, role: Role, method: Method, path: &str, body: Value) -> Answer {
        self.send(self.a.key(role), method, path, &[], body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.as_role(Role::Manager, Method::GET, path, Value::Null).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.as_role(Role::Manager, Method::POST, path, body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.as_role(Role::Manager, Method::PUT, path, body).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.as_role(Role::Manager, Method::PATCH, path, body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.as_role(Role::Manager, Method::DELETE, path, Value::Null).await
    }

    /// The same, as the manager of tenant B.
    pub async fn b(&self, method: Method, path: &str, body: Value) -> Answer {
        self.send(self.b.key(Role::Manager), method, path, &[], body).await
    }

    pub async fn send(&self, key: &str, method: Method, path: &str, headers: &[(&str, &str)], body: Value) -> Answer {
        let url = if path.starts_with("/api/") || path.starts_with("/health") || path == "/metrics" {
            format!("{}{path}", self.base)
        } else {
            format!("{}/api/v1/pms{path}", self.base)
        };
        let mut request = self.http.request(method, url).bearer_auth(key);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let response = request.send().await.expect("the server answers");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap_or_default();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status, body, headers }
    }

    /// Rows of a query as the owner, each as a JSON object.
    pub async fn sql(&self, query: &str) -> Vec<Value> {
        database::query(&self.owner_url, &format!("select to_jsonb(q) from ({query}) q")).await
    }

    /// One number of a query as the owner.
    pub async fn count(&self, query: &str) -> i64 {
        let rows = self.sql(&format!("select ({query}) as n")).await;
        rows[0]["n"].as_i64().unwrap_or_default()
    }

    /// What is not as it must be, over all tenants.
    pub async fn broken_invariants(&self) -> Vec<String> {
        database::invariants(&self.owner_url).await
    }

    /// Books over the API as tenant A's manager; the answer's `data`.
    pub async fn book(&self, from: &str, to: &str, more: Value) -> Answer {
        self.post("/reservations", booking(from, to, more)).await
    }
}

/// A booking of the standard type.
pub fn booking(from: &str, to: &str, more: Value) -> Value {
    let mut body = json!({
        "propertyId": PROPERTY, "roomTypeId": STD, "ratePlanId": BAR, "checkInDate": from, "checkOutDate": to, "adults": 1,
        "primaryGuestJson": { "firstName": "Ada", "lastName": "Lovelace" },
    });
    for (k, v) in more.as_object().into_iter().flatten() {
        body[k] = v.clone();
    }
    body
}

fn ulid(n: u128) -> ulid::Ulid {
    ulid::Ulid::from_parts(1, n)
}
