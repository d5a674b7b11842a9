//! One envelope for every refusal, one for every answer.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    db::{Fail, Reply},
    kernel::{Code, Refusal, page::PageMeta},
};

/// Travels with a response to the layer that writes the body, which knows the correlation id and what the client accepts.
#[derive(Clone)]
pub(super) struct Refused(pub Refusal);

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let refusal = match self {
            Fail::Replayed(reply) => return reply.into_response(),
            Fail::Refused(refusal) => refusal,
            Fail::Broken(error) => {
                tracing::error!(error = format!("{error:#}"), "request failed");
                Refusal::new(Code::InternalError, "Something went wrong on our side.")
            }
        };
        let mut response = status(refusal.code.status()).into_response();
        response.extensions_mut().insert(Refused(refusal));
        response
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        Fail::Refused(self.0).into_response()
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = status(self.status);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if self.replayed {
            headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
        }
        if let Some(version) = self.version
            && let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\""))
        {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// `{"data": …}` with 200.
pub fn data<T: Serialize>(value: &T) -> Reply {
    #[derive(Serialize)]
    struct Envelope<'a, T> {
        data: &'a T,
    }
    answer(&Envelope { data: value })
}

/// `{"data": […], "meta": …}` with 200.
pub fn page<T: Serialize>(rows: &[T], meta: &PageMeta) -> Reply {
    #[derive(Serialize)]
    struct Envelope<'a, T> {
        data: &'a [T],
        meta: &'a PageMeta,
    }
    answer(&Envelope { data: rows, meta })
}

fn answer<T: Serialize>(envelope: &T) -> Reply {
    let body = serde_json::to_string(envelope).expect("the types of the API have a JSON form");
    Reply { status: 200, body, replayed: false, version: None }
}

/// The body of a refusal: ours, or RFC 9457 when the client asks for it.
pub(super) fn body_of(refusal: &Refusal, correlation: &str, problem: bool) -> (HeaderValue, String) {
    let mut inner = json!({ "code": refusal.code, "message": refusal.message, "correlationId": correlation });
    if !refusal.faults.is_empty() {
        inner["details"] = json!(refusal.faults);
    }
    if let Some(facts) = &refusal.facts {
        inner["facts"] = facts.clone();
    }
    if problem {
        let mut body = json!({
            "type": "about:blank", "status": refusal.code.status(), "title": refusal.code, "detail": refusal.message,
            "code": refusal.code, "correlationId": correlation,
        });
        for member in ["details", "facts"] {
            if let Some(value) = inner.get(member) {
                body[member] = value.clone();
            }
        }
        return (HeaderValue::from_static("application/problem+json"), body.to_string());
    }
    (HeaderValue::from_static("application/json"), json!({ "error": inner }).to_string())
}
