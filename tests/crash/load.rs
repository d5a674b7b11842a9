//! Clients that do not give up: each repeats a request, with its key, until somebody answers.

use std::{
    collections::BTreeMap,
    sync::{
        RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::support::{desk::Dice, *};

/// A write that was answered.
pub struct Done {
    tenant: usize,
    key: String,
    path: String,
    body: Value,
    pub status: u16,
    pub data: Value,
    /// How often it was sent.
    pub sent: usize,
}

pub struct Load {
    /// Where the server is now.
    pub base: RwLock<String>,
    /// The API key of each tenant.
    pub api_keys: [String; 2],
    pub stop: AtomicBool,
    pub answered: AtomicUsize,
    http: reqwest::Client,
}

impl Load {
    pub fn new(base: String, api_keys: [String; 2]) -> Load {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Load { base: RwLock::new(base), api_keys, stop: AtomicBool::new(false), answered: AtomicUsize::new(0), http }
    }

    /// Eight clients, until `stop`.
    pub async fn run(&self) -> Vec<Done> {
        let clients = (0..8).map(|n| self.client(n));
        join_all(clients).await.into_iter().flatten().collect()
    }

    /// Waits until so many more were answered.
    pub async fn until_answered(&self, more: usize) {
        let enough = self.answered.load(Ordering::Relaxed) + more;
        let reached = async {
            while self.answered.load(Ordering::Relaxed) < enough {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(30), reached).await.expect("the load goes on");
    }

    async fn client(&self, n: usize) -> Vec<Done> {
        let mut dice = Dice::new(n as u64);
        let mut done: Vec<Done> = Vec::new();
        // The client's own stays as they were last answered.
        let mut stays: BTreeMap<String, Value> = BTreeMap::new();
        for count in 0.. {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            let alive: Vec<&Value> = stays.values().filter(|s| s["status"] == "CONFIRMED").collect();
            let (path, body) = request(&mut dice, &alive);
            let write = self.until_an_answer(n % 2, format!("client-{n}-{count}"), path, body).await;
            if write.status < 300 {
                stays.insert(write.data["id"].as_str().unwrap().to_string(), write.data.clone());
            }
            done.push(write);
        }
        done
    }

    async fn until_an_answer(&self, tenant: usize, key: String, path: String, body: Value) -> Done {
        for sent in 1.. {
            match self.send(tenant, &key, &path, &body).await {
                Ok((503, _, _)) | Err(_) => sleep(Duration::from_millis(40)).await,
                Ok((status, data, _)) => {
                    self.answered.fetch_add(1, Ordering::Relaxed);
                    assert!(status < 500, "{path}: {status} {data}");
                    assert!([200, 201, 409].contains(&status), "{path} {body}: {status} {data}");
                    return Done { tenant, key, path, body, status, data, sent };
                }
            }
            assert!(sent < 500, "nobody answers");
        }
        unreachable!("the loop ends by an answer")
    }

    /// Status, the data or the error, and whether it is the answer of an earlier request.
    async fn send(&self, tenant: usize, key: &str, path: &str, body: &Value) -> Result<(u16, Value, bool), reqwest::Error> {
        let url = format!("{}/api/v1/pms{path}", self.base.read().unwrap());
        let request = self.http.post(url).bearer_auth(&self.api_keys[tenant]).header("Idempotency-Key", key).json(body);
        let response = request.send().await?;
        let status = response.status().as_u16();
        let replayed = response.headers().contains_key("idempotency-replayed");
        let mut body: Value = response.json().await?;
        let member = if status < 300 { "data" } else { "error" };
        Ok((status, body[member].take(), replayed))
    }

    /// Each write that succeeded is asked for once more, and answered as before; nothing is done twice.
    pub async fn repeat(&self, done: &[Done]) {
        for chunk in done.iter().filter(|d| d.status < 300).collect::<Vec<_>>().chunks(8) {
            let again = chunk.iter().map(|d| self.send(d.tenant, &d.key, &d.path, &d.body));
            for (before, now) in chunk.iter().zip(join_all(again).await) {
                let (status, data, replayed) = now.expect("the server answers again");
                assert_eq!((status, &data, replayed), (before.status, &before.data, true), "{}", before.key);
            }
        }
    }
}

fn request(dice: &mut Dice, stays: &[&Value]) -> (String, Value) {
    let first = 1 + dice.roll(24);
    let (from, to) = (format!("2027-03-{first:02}"), format!("2027-03-{:02}", first + 1 + dice.roll(3)));
    let any_room = room([101, 102, 103, 104, 105][dice.roll(5)]);
    if stays.is_empty() || dice.roll(2) == 0 {
        let more = if dice.roll(3) == 0 { json!({}) } else { json!({"roomId": any_room}) };
        return ("/reservations".into(), booking(&from, &to, more));
    }
    let stay = dice.pick(stays);
    let (verb, mut body) = match dice.roll(3) {
        0 => ("move", json!({"roomId": any_room, "checkInDate": from})),
        1 => ("pin", json!({"isPinned": true})),
        _ => ("cancel", json!({"reason": "load"})),
    };
    body["version"] = stay["version"].clone();
    (format!("/reservations/{}/{verb}", stay["id"].as_str().unwrap()), body)
}

/// Every acknowledged write is in the database, and no other: as events, which are written with each.
pub async fn assert_all_there_once(owner_url: &str, done: &[Done], tenants: [String; 2]) {
    let sql = "select jsonb_build_array(tenant_id, entity_id, (payload_json -> 'after' ->> 'version')::int)
               from pms_outbox where entity_type = 'RESERVATION'";
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    let there = sorted(database::query(owner_url, sql).await.iter().map(Value::to_string).collect());
    let acknowledged = done.iter().filter(|d| d.status < 300);
    let told = acknowledged.map(|d| json!([tenants[d.tenant], d.data["id"], d.data["version"]]).to_string());
    let told = sorted(told.collect());
    assert!(told.len() > 100, "only {} writes: the test shows little", told.len());
    assert_eq!(there, told);
}
