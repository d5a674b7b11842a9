//! What happens to every request: a correlation id, a span, counters, and the body of a refusal.

use std::time::Instant;

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;

use super::error::{Refused, body_of};
use crate::{
    db::Fail,
    kernel::{Code, Refusal, clock::random_bytes},
};

/// The id that ties a request to its logs, audit rows and events.
#[derive(Clone, Debug)]
pub struct Correlation(pub String);

static CORRELATION: HeaderName = HeaderName::from_static("x-correlation-id");

/// Takes `X-Correlation-Id`, or the trace id of a W3C `traceparent`, or makes one.
fn correlation_of(headers: &HeaderMap) -> String {
    let given = headers.get(&CORRELATION).and_then(|v| v.to_str().ok());
    let sound =
        |id: &&str| (1..=100).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b));
    if let Some(id) = given.filter(sound) {
        return id.to_string();
    }
    let trace = headers.get("traceparent").and_then(|v| v.to_str().ok()).and_then(|v| v.split('-').nth(1));
    match trace.filter(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())) {
        Some(id) => id.to_string(),
        None => hex::encode(random_bytes::<16>()),
    }
}

/// The outermost layer of the API.
pub async fn around(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let correlation = correlation_of(request.headers());
    request.extensions_mut().insert(Correlation(correlation.clone()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-".to_string(), |p| p.as_str().to_string());
    let problem = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|accept| accept.contains("application/problem+json"));
    let span = tracing::info_span!("request", %method, route, correlation);

    let mut response = next.run(request).instrument(span.clone()).await;
    if response.extensions().get::<Refused>().is_none() {
        // Refusals of the router itself.
        let code = match response.status().as_u16() {
            405 => Some((Code::MethodNotAllowed, "This path does not know the method.")),
            408 | 504 => Some((Code::ServiceUnavailable, "The request took too long. Try again.")),
            413 => Some((Code::PayloadTooLarge, "The body is too large.")),
            _ => None,
        };
        if let Some((code, message)) = code {
            let allow = response.headers().get(header::ALLOW).cloned();
            response = Fail::from(Refusal::new(code, message)).into_response();
            if let Some(allow) = allow {
                response.headers_mut().insert(header::ALLOW, allow);
            }
        }
    }
    if let Some(Refused(refusal)) = response.extensions_mut().remove::<Refused>() {
        span.in_scope(|| tracing::debug!(code = ?refusal.code, message = refusal.message, "refused"));
        let (kind, body) = body_of(&refusal, &correlation, problem);
        *response.body_mut() = Body::from(body);
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.headers_mut().remove(header::CONTENT_LENGTH);
        match refusal.code {
            Code::RateLimited => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("900"));
            }
            Code::ServiceUnavailable => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            Code::Unauthenticated => {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
    }
    if let Ok(value) = HeaderValue::from_str(&correlation) {
        response.headers_mut().insert(&CORRELATION, value);
    }

    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(status, ms = elapsed.as_secs_f64() * 1000.0, "answered"));
    let labels = [("method", method.to_string()), ("route", route), ("status", status.to_string())];
    metrics::counter!("pms_http_requests_total", &labels).increment(1);
    metrics::histogram!("pms_http_request_seconds", &labels[..2]).record(elapsed.as_secs_f64());
    response
}

/// A panic is a fault of ours: 500 with nothing but the correlation id.
pub fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_default();
    Fail::Broken(anyhow::anyhow!("panic: {message}")).into_response()
}

/// Headers that keep a browser from doing more than it should.
pub async fn secure(request: Request, next: Next) -> Response {
    let is_docs = request.uri().path().starts_with("/api/docs");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("referrer-policy", HeaderValue::from_static("no-referrer"));
    headers.insert("x-frame-options", HeaderValue::from_static("DENY"));
    // The reader of the API's document sets inline styles and draws icons from data URLs; its scripts are files of ours.
    let policy = if is_docs {
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
    } else {
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    };
    headers.entry("content-security-policy").or_insert(HeaderValue::from_static(policy));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
