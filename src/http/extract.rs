//! How a request is read: strictly. An unknown field, a wrong type or an unreal date is refused by name before any use case runs.

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, FromRequestParts},
    http::{HeaderMap, Request, header, request::Parts},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{AppState, auth::operation};
use crate::{
    db::{Fail, Result},
    kernel::{
        Code, Faults, Refusal,
        page::{PageMeta, cursor_of, key_of},
    },
    op::Idempotency,
};

/// No text of a request is longer, whatever the field.
const MAX_TEXT: usize = 10_000;
const MAX_LIST: usize = 1_000;

/// A write: the body, the idempotency key that is bound to it, and the version that the client saw.
pub struct Write<T> {
    pub body: T,
    pub key: Option<Idempotency>,
    if_match: Option<i32>,
}

impl<T> Write<T> {
    /// The same request with its body read as something else.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Write<U> {
        Write { body: to(self.body), key: self.key, if_match: self.if_match }
    }

    /// The version from `If-Match`, or else from the body.
    ///
    /// Errors: neither names one, or they differ.
    pub fn version(&self, in_body: Option<i32>) -> Result<i32, Refusal> {
        match (self.if_match, in_body) {
            (Some(a), Some(b)) if a != b => Err(Refusal::invalid("version", "differs from If-Match")),
            (Some(version), _) | (None, Some(version)) => Ok(version),
            (None, None) => Err(Refusal::invalid("version", "is required: the version that you saw, here or in If-Match")),
        }
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for Write<T> {
    type Rejection = Fail;

    async fn from_request(request: Request<Body>, app: &AppState) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, app.settings.max_body_bytes).await.map_err(|_| {
            Refusal::new(Code::PayloadTooLarge, format!("The body must have at most {} bytes.", app.settings.max_body_bytes))
        })?;
        let mut value = if bytes.iter().all(u8::is_ascii_whitespace) {
            Value::Object(Map::new())
        } else {
            demand_json(&parts.headers)?;
            serde_json::from_slice(&bytes)
                .map_err(|e| Refusal::new(Code::MalformedRequest, format!("The body is not JSON: {e}.")))?
        };
        // A list would be taken for the fields of a struct, in their order.
        if !value.is_object() {
            return Err(Refusal::invalid("body", "must be an object").into());
        }
        let mut faults = Faults::default();
        inspect("", &value, &mut faults);
        faults.finish()?;

        let in_body = match value.as_object_mut().and_then(|o| o.remove("idempotencyKey")) {
            None | Some(Value::Null) => None,
            Some(Value::String(key)) => Some(key),
            Some(_) => return Err(Refusal::invalid("idempotencyKey", "must be a text").into()),
        };
        let if_match = if_match(&parts.headers)?;
        let key = idempotency_key(&parts.headers, in_body)?;
        // The version that was seen is a part of the request, wherever it stands.
        let asked = format!("{} {if_match:?}", operation(&parts));
        let key = key.map(|key| Idempotency::new(key, &asked, &without_secrets(&value)));
        let body = serde_path_to_error::deserialize(value).map_err(|e| {
            let path = e.path().to_string();
            rule_of(if path == "." { "body" } else { &path }, &e.into_inner().to_string())
        })?;
        Ok(Write { body, key, if_match })
    }
}

/// A verb that needs nothing but the version.
#[derive(Clone, Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Seen {
    /// The version that was seen; or send `If-Match`.
    pub version: Option<i32>,
}

/// The hash of a request is stored; a fast hash over a password could be used to guess it.
fn without_secrets(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("password");
    }
    body
}

fn demand_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/json" {
        return Ok(());
    }
    Err(Refusal::new(Code::UnsupportedMediaType, "Send `Content-Type: application/json`."))
}

/// Limits on every text and list of a body, at any depth.
fn inspect(path: &str, value: &Value, faults: &mut Faults) {
    let child = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
    match value {
        Value::String(text) => {
            if let Some(rule) = crate::kernel::text::fault(text, MAX_TEXT) {
                faults.add(if path.is_empty() { "body" } else { path }, rule);
            }
        }
        Value::Array(items) if items.len() > MAX_LIST => faults.add(path, format!("must have at most {MAX_LIST} items")),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| inspect(&format!("{path}[{i}]"), v, faults)),
        Value::Object(map) => map.iter().for_each(|(k, v)| {
            if k.contains('\0') {
                faults.add("body", "must not have control characters in the name of a field");
            } else {
                inspect(&child(k), v, faults);
            }
        }),
        _ => {}
    }
}

/// A refusal from serde's own words, in ours where they are clumsy.
fn rule_of(path: &str, message: &str) -> Refusal {
    let quoted = || message.split('`').nth(1).unwrap_or_default().to_string();
    let inside = |name: String| if path == "body" || path == "query" { name } else { format!("{path}.{name}") };
    if message.starts_with("unknown field") {
        let field = quoted();
        // The path of an unknown field ends with its own name already.
        let field = if path == field || path.ends_with(&format!(".{field}")) { path.to_string() } else { inside(field) };
        return Refusal::invalid(field, "is not a field of this request");
    }
    if message.starts_with("missing field") {
        return Refusal::invalid(inside(quoted()), "is required");
    }
    Refusal::invalid(path, message.split(" at line ").next().unwrap_or(message))
}

fn idempotency_key(headers: &HeaderMap, in_body: Option<String>) -> Result<Option<String>, Refusal> {
    let wrong = || Refusal::invalid("Idempotency-Key", "must be 1 to 255 printable ASCII characters");
    let in_header = match headers.get("idempotency-key") {
        // The draft writes it as a quoted string; most clients leave the quotes off.
        Some(value) => Some(value.to_str().map_err(|_| wrong())?.trim_matches('"').to_string()),
        None => None,
    };
    let Some(key) = in_header.or(in_body) else { return Ok(None) };
    if key.is_empty() || key.len() > 255 || !key.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Err(wrong());
    }
    Ok(Some(key))
}

fn if_match(headers: &HeaderMap) -> Result<Option<i32>, Refusal> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let version = value.to_str().ok().and_then(|v| v.trim().trim_start_matches("W/").trim_matches('"').parse().ok());
    version.map(Some).ok_or_else(|| Refusal::invalid("If-Match", "must be the version in quotes, such as \"3\""))
}

/// The query string, strictly.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Query<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_pairs(query)?;
        let mut faults = Faults::default();
        for (name, value) in &pairs {
            if let Some(rule) = crate::kernel::text::fault(value, 2_000) {
                faults.add(name, rule);
            }
        }
        faults.finish()?;
        let parser = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(parser).map(Query).map_err(|e| {
            let path = e.path().to_string();
            let message = e.into_inner().to_string();
            // This parser does not tell the field of a wrong value; the values that do not parse do.
            rule_of(if path == "." { "query" } else { &path }, &message).into()
        })
    }
}

fn form_pairs(query: &str) -> Result<Vec<(String, String)>, Refusal> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    for (n, (name, _)) in pairs.iter().enumerate() {
        if pairs[..n].iter().any(|(other, _)| other == name) {
            return Err(Refusal::invalid(name, "must be given once"));
        }
    }
    Ok(pairs)
}

/// An id in the path.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Path<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        match axum::extract::Path::<T>::from_request_parts(parts, app).await {
            Ok(path) => Ok(Path(path.0)),
            Err(_) => {
                Err(Refusal::invalid("path", "must name an id: a ULID of 26 characters, 0-9 and A-Z without I, L, O, U").into())
            }
        }
    }
}

/// Limit and start of a page. `K` is the sort key of the list.
///
/// Errors: VALIDATION_ERROR for a limit outside 1 to 100 or a cursor of another list.
pub fn page_of<K: DeserializeOwned>(limit: Option<i64>, cursor: Option<&str>) -> Result<(i64, Option<K>), Refusal> {
    let limit = limit.unwrap_or(50);
    let mut faults = Faults::default();
    faults.range("limit", limit, 1, 100);
    let after = cursor.map(|c| key_of::<K>(c).ok_or("must be the cursor of a page of this list"));
    let after = after.and_then(|result| faults.check("cursor", result));
    faults.finish()?;
    Ok((limit, after))
}

/// Cuts the one row too many that a list query asks for, and says where the next page begins.
pub(crate) fn cut<T, K: Serialize>(rows: &mut Vec<T>, limit: i64, key: impl Fn(&T) -> K) -> PageMeta {
    let has_more = rows.len() as i64 > limit;
    rows.truncate(limit as usize);
    PageMeta { cursor: if has_more { rows.last().map(|r| cursor_of(&key(r))) } else { None }, has_more }
}
