//! The OpenAPI document: made from the handlers, with what all of them share added once.

use serde::Serialize;
use utoipa::{
    Modify, OpenApi, PartialSchema, ToSchema,
    openapi::{
        ContentBuilder, Ref, RefOr, ResponseBuilder,
        path::{Operation, ParameterBuilder, ParameterIn},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use crate::kernel::{Fault, page::PageMeta, refusal::Code};

/// One thing.
#[derive(Serialize, ToSchema)]
pub struct Data<T> {
    pub data: T,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    pub data: Vec<T>,
    pub meta: PageMeta,
}

/// A refusal: nothing was written.
#[derive(Serialize, ToSchema)]
pub struct ErrorBody {
    pub error: ErrorInner,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorInner {
    pub code: Code,
    /// A sentence for people.
    pub message: String,
    /// The fields and the rules that they break, with VALIDATION_ERROR.
    #[schema(required = false, nullable = false)]
    pub details: Option<Vec<Fault>>,
    /// Facts for programs: conflicting stays, the present state of the row, …
    #[schema(required = false, nullable = false, value_type = Object)]
    pub facts: Option<serde_json::Value>,
    pub correlation_id: String,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "OppsEra PMS",
        description = "The HTTP API of a calendar-first, multi-tenant property management system.\n\n\
            Money is in minor units of the currency beside it, dates are civil dates of the property, instants are UTC. \
            Writes take an `Idempotency-Key`; a repeated request gets the first answer with `Idempotency-Replayed: true`. \
            Changes of a row name the version that they saw, in `If-Match` or as `version`; a stale one is answered with 409 \
            and the present state. Every answer carries `X-Correlation-Id`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(ErrorBody, ErrorInner)),
    modifiers(&Shared)
)]
pub struct Doc;

struct Shared;

impl Modify for Shared {
    fn modify(&self, doc: &mut utoipa::openapi::OpenApi) {
        let components = doc.components.get_or_insert_with(Default::default);
        components.add_security_scheme(
            "apiKey",
            SecurityScheme::Http(
                HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An API key, `pms_…`.")).build(),
            ),
        );
        components.add_security_scheme(
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(super::auth::SESSION_COOKIE))),
        );
    }
}

/// Adds what every operation has: the two ways to say who asks, the error envelope, the headers of writes.
pub fn complete(doc: &mut utoipa::openapi::OpenApi) {
    for (path, item) in &mut doc.paths.paths {
        let slots = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in slots {
            if let Some(operation) = operation {
                operation.operation_id = Some(operation_id(method, path));
                complete_operation(operation, method != "get");
            }
        }
    }
}

/// `patch /api/v1/pms/room-types/{id}` is `patchRoomTypesById`: one name for each operation, and the same as long as it lives.
fn operation_id(method: &str, path: &str) -> String {
    let mut id = method.to_string();
    for word in path.trim_start_matches("/api/v1/pms").split(['/', '-', '.']).filter(|w| !w.is_empty()) {
        let name = word.trim_matches(['{', '}']);
        if name.len() < word.len() {
            id.push_str("By");
        }
        let mut letters = name.chars();
        id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        id.push_str(letters.as_str());
    }
    id
}

fn complete_operation(operation: &mut Operation, writes: bool) {
    let none: [&str; 0] = [];
    operation
        .security
        .get_or_insert_with(|| vec![SecurityRequirement::new("apiKey", none), SecurityRequirement::new("session", none)]);
    let content = || ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
    let refusal = ResponseBuilder::new()
        .description("A refusal: `error.code` says which, `error.message` says why. Nothing was written.")
        .content("application/json", content())
        .content("application/problem+json", ContentBuilder::new().schema(Some(serde_json::Value::schema())).build())
        .build();
    operation.responses.responses.entry("default".into()).or_insert(RefOr::T(refusal));
    if writes && operation.request_body.is_some() {
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(utoipa::openapi::Required::False)
            .description(Some("Makes a repeated request harmless: it gets the first answer."))
            .schema(Some(
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .min_length(Some(1))
                    .max_length(Some(255))
                    .pattern(Some("^[!-~]+$")),
            ))
            .build();
        operation.parameters.get_or_insert_with(Vec::new).push(key.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_named_after_its_path() {
        assert_eq!(operation_id("patch", "/api/v1/pms/room-types/{id}"), "patchRoomTypesById");
        assert_eq!(operation_id("get", "/api/v1/pms/folios/{id}/credit-note.pdf"), "getFoliosByIdCreditNotePdf");
        assert_eq!(operation_id("post", "/api/v1/pms/reservations/{id}/check-in"), "postReservationsByIdCheckIn");
    }
}
