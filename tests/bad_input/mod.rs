//! What the server is told wrongly it refuses by field and rule; nothing is written, nothing leaks.

mod every_operation;
mod fields;
mod queries;
mod strangers;

use std::collections::BTreeMap;

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

/// An operation of the OpenAPI document.
#[derive(Clone, Debug)]
pub struct Operation {
    pub method: Method,
    /// With `{id}`.
    pub path: String,
    pub has_body: bool,
    /// Name, schema, and whether it must be given.
    pub query: Vec<(String, Value, bool)>,
    /// May be asked without credentials.
    pub is_open: bool,
}

/// Every operation below `/api/v1/pms`.
pub fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(oppsera_pms::router::openapi_document()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/api/v1/pms/")) {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            if ![Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE].contains(&method) {
                continue;
            }
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let query = parameters.iter().filter(|p| p["in"] == "query").map(|p| {
                let schema = resolved(&document, &p["schema"]);
                (p["name"].as_str().unwrap().to_string(), schema, p["required"] == true)
            });
            all.push(Operation {
                method,
                path: path.strip_prefix("/api/v1/pms").unwrap().to_string(),
                has_body: !operation["requestBody"].is_null(),
                query: query.collect(),
                is_open: operation["security"].as_array().is_some_and(|s| s.iter().any(|way| way == &json!({}))),
            });
        }
    }
    assert!(all.len() > 60, "{}", all.len());
    all
}

fn resolved(document: &Value, schema: &Value) -> Value {
    let inner = schema["oneOf"].as_array().and_then(|ways| ways.iter().find(|w| w["type"] != "null"));
    let schema = inner.unwrap_or(schema);
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference}")).clone(),
        None => schema.clone(),
    }
}

/// A hotel with one of everything, which is tenant A's alone but for what both tenants have.
pub struct House {
    pub app: TestApp,
    /// The ids to put into paths, by their first part.
    pub ids: BTreeMap<&'static str, String>,
}

impl House {
    pub async fn build() -> House {
        let app = TestApp::start().await;
        let stay = app.book("2027-02-10", "2027-02-14", json!({"roomId": room(101)})).await.data();
        let guest = app.post("/guests", json!({"propertyId": PROPERTY, "firstName": "Ada", "lastName": "Lovelace"})).await.data();
        let block = json!({"propertyId": PROPERTY, "roomId": room(102), "startDate": "2027-02-20", "endDate": "2027-02-22", "blockType": "HOLD"});
        let block = app.post("/room-blocks", block).await.data();
        let tax = json!({"propertyId": PROPERTY, "code": "OLD", "name": "Old", "kind": "PERCENT", "percent": "7", "validTo": "2020-01-01"});
        let tax = app.post("/tax-rules", tax).await.data();
        let policy = json!({"propertyId": PROPERTY, "kind": "NO_SHOW", "code": "NS", "name": "No-show", "noShow": {"fee": {"kind": "WHOLE_STAY"}}});
        let policy = app.post("/policies", policy).await.data();
        let item =
            json!({"name": "Breakfast", "amountCents": 1200, "priceBasis": "PERSON_NIGHT", "postingRhythm": "EVERY_NIGHT"});
        let package = app
            .post("/packages", json!({"propertyId": PROPERTY, "code": "BB", "name": "Breakfast", "items": [item]}))
            .await
            .data();
        let folio = app.get(&format!("/folios?propertyId={PROPERTY}")).await.data()[0].clone();
        let user =
            json!({"email": "ada@example.com", "displayName": "Ada", "password": "correct horse battery", "role": "FRONT_DESK"});
        let user = app.post("/users", user).await.data();
        let key = app.post("/api-keys", json!({"name": "script", "role": "READ_ONLY"})).await.data();
        // This server has no gateway that would make one.
        let intent = "01J9ZK3T5V8M2Q4R6X7Y9ABCDE";
        let sql = format!(
            "insert into pms_payment_intents (tenant_id, id, property_id, folio_id, kind, status, amount_cents, currency, description,
               account, reason_code, expires_at, checked_at, finished_at, created_by, updated_by)
             select tenant_id, '{intent}', property_id, id, 'CHARGE', 'DECLINED', 100, currency, 'Card', 'x', 'NO', now(), now(), now(), 'x', 'x'
             from pms_folios"
        );
        database::execute(&app.owner_url, &sql).await;
        let maid = json!({"email": "eve@example.com", "displayName": "Eve", "password": "correct horse battery", "role": "HOUSEKEEPING"});
        let maid = app.post("/users", maid).await.data();
        let task = json!({"propertyId": PROPERTY, "roomId": room(104), "attendantId": maid["id"], "kind": "DEEP_CLEAN"});
        let task = app.post("/housekeeping-assignments", task).await.data();
        let seen = app.post(&format!("/rooms/{}/sightings", room(104)), json!({"occupied": true})).await.data();
        let id = |value: &Value| value["id"].as_str().unwrap_or_else(|| panic!("no id: {value}")).to_string();
        let ids = [
            ("properties", PROPERTY.to_string()),
            ("room-types", STD.to_string()),
            ("rooms", room(103)),
            ("rate-plans", BAR.to_string()),
            ("reservations", id(&stay)),
            ("guests", id(&guest)),
            ("room-blocks", id(&block)),
            ("folios", id(&folio)),
            ("payment-intents", intent.to_string()),
            ("tax-rules", id(&tax)),
            ("policies", id(&policy)),
            ("packages", id(&package)),
            ("users", id(&user)),
            ("api-keys", id(&key)),
            ("housekeeping-assignments", id(&task)),
            ("room-sightings", id(&seen)),
        ];
        House { app, ids: ids.into() }
    }

    /// The path with the id that is meant by it, or another.
    pub fn path(&self, operation: &Operation, id: Option<&str>) -> String {
        let noun = operation.path.split('/').nth(1).unwrap();
        let id = id.or(self.ids.get(noun).map(String::as_str));
        let path = match operation.path.contains("{id}") {
            true => operation.path.replace("{id}", id.unwrap_or_else(|| panic!("an id for {noun}"))),
            false => operation.path.clone(),
        };
        assert!(!path.contains('{'), "{path}");
        path
    }

    /// Sends bytes as they are.
    pub async fn raw(&self, operation: &Operation, key: Option<&str>, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let url = format!("{}/api/v1/pms{}", self.app.base, self.path(operation, None));
        let mut request = self.app.http.request(operation.method.clone(), url).body(body);
        if let Some(key) = key {
            request = request.bearer_auth(key);
        }
        if let Some(kind) = kind {
            request = request.header("Content-Type", kind);
        }
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap_or_default();
        Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }

    pub fn manager(&self) -> &str {
        self.app.a.key(Role::Manager)
    }

    /// How many rows there are in each table, and what the rows that change say.
    pub async fn written(&self) -> Vec<Value> {
        let tables = "select c.relname as name from pg_class c
                      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname like any (array['pms%', 'rm%']) order by 1";
        let mut all = Vec::new();
        for table in self.app.sql(tables).await {
            let name = table["name"].as_str().unwrap();
            // A use of a key or a log-in may be noted; everything else may not change.
            let sql = format!(
                "select '{name}' as name, count(*) as rows, coalesce(sum(hashtext(t::text)::bigint), 0) as content from {name} t"
            );
            all.extend(self.app.sql(&sql).await);
        }
        assert!(all.len() > 20);
        all
    }
}

/// An answer that refuses, in the one envelope, and tells nothing of the inside.
#[track_caller]
pub fn refuses(answer: &Answer, what: &str) {
    let error = &answer.body["error"];
    assert!((400..500).contains(&answer.status), "{what}: {} {}", answer.status, answer.body);
    let named =
        ["code", "message", "correlationId"].iter().all(|member| error[member].as_str().is_some_and(|text| !text.is_empty()));
    assert!(named, "{what}: {}", answer.body);
    let text = answer.body.to_string();
    for inside in ["pms_r", "rm_pms", "violates", "SQLSTATE", "constraint", "panicked", "src/", "select ", "insert ", "tokio"] {
        assert!(!text.contains(inside), "{what}: {inside:?} in {text}");
    }
    if answer.code() == "VALIDATION_ERROR" {
        let details = error["details"].as_array().map(Vec::as_slice).unwrap_or_default();
        let sound = |d: &Value| ["field", "message"].iter().all(|m| d[m].as_str().is_some_and(|text| !text.is_empty()));
        assert!(!details.is_empty() && details.iter().all(sound), "{what}: {text}");
    }
}
