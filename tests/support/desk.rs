//! Somebody at the desk of one of the two tenants.

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{Answer, Method, TestApp, TestTenant, booking};

/// A client of a tenant.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub app: &'a TestApp,
    key: &'a str,
}

impl TestApp {
    /// One client for each tenant; their hotels have the same ids.
    pub fn desks(&self) -> [Desk<'_>; 2] {
        [&self.a, &self.b].map(|tenant: &TestTenant| Desk { app: self, key: tenant.key(Role::Manager) })
    }
}

impl Desk<'_> {
    pub async fn post(self, path: &str, body: Value) -> Answer {
        self.app.send(self.key, Method::POST, path, &[], body).await
    }

    pub async fn get(self, path: &str) -> Answer {
        self.app.send(self.key, Method::GET, path, &[], Value::Null).await
    }

    /// What is no JSON: the bytes, with the kind that they are said to be of.
    pub async fn file(self, path: &str) -> (String, Vec<u8>) {
        let url = format!("{}/api/v1/pms{path}", self.app.base);
        let response = self.app.http.get(url).bearer_auth(self.key).send().await.expect("the server answers");
        let kind = response.headers()["content-type"].to_str().unwrap().to_string();
        (kind, response.bytes().await.unwrap().to_vec())
    }

    /// With headers.
    pub async fn send(self, method: Method, path: &str, headers: &[(&str, &str)], body: Value) -> Answer {
        self.app.send(self.key, method, path, headers, body).await
    }

    pub async fn book(self, from: &str, to: &str, more: Value) -> Answer {
        self.post("/reservations", booking(from, to, more)).await
    }

    /// A verb of a reservation as it was seen.
    pub async fn act(self, seen: &Value, verb: &str, mut body: Value) -> Answer {
        body["version"] = seen["version"].clone();
        self.post(&format!("/reservations/{}/{verb}", seen["id"].as_str().unwrap()), body).await
    }

    /// The present state of a reservation.
    pub async fn look(self, seen: &Value) -> Value {
        self.get(&format!("/reservations/{}", seen["id"].as_str().unwrap())).await.data()
    }

    /// `{"reservationId", "version"}`, for a swap.
    pub fn side(seen: &Value) -> Value {
        json!({"reservationId": seen["id"], "version": seen["version"]})
    }
}

/// A small generator of random numbers: the same seed, the same numbers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// 0 to `n` − 1. Splitmix64.
    pub fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}
