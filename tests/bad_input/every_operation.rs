//! The same faults in every operation of the document: a new endpoint is tried without anybody thinking of it.

use futures_util::{StreamExt, stream};
use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{House, Operation, operations, refuses};
use crate::support::*;

const JSON: Option<&str> = Some("application/json");

/// Tries each operation, a few at once, and asserts that nothing was written.
async fn each<'a, F: Future<Output = ()>>(
    house: &'a House,
    chosen: impl Fn(&Operation) -> bool,
    try_it: impl Fn(&'a House, Operation) -> F,
) {
    let before = house.written().await;
    let chosen: Vec<Operation> = operations().into_iter().filter(chosen).collect();
    assert!(chosen.len() > 20, "{}", chosen.len());
    stream::iter(chosen).for_each_concurrent(8, |operation| try_it(house, operation)).await;
    assert_eq!(house.written().await, before, "nothing is written");
}

fn has_body(operation: &Operation) -> bool {
    operation.has_body
}

#[tokio::test]
async fn without_credentials_nothing_is_served() {
    let house = House::build().await;
    let longer = format!("{}0", house.manager());
    let shorter = &house.manager()[..house.manager().len() - 1];
    let theirs = house.manager().replace(&house.app.a.id.to_string(), &house.app.b.id.to_string());
    let keys = [None, Some("nonsense"), Some("pms_"), Some(longer.as_str()), Some(shorter), Some(theirs.as_str())];
    each(
        &house,
        |o| !o.is_open,
        |house, operation| async move {
            for key in keys {
                let answer = house.raw(&operation, key, JSON, b"{}".to_vec()).await;
                refuses(&answer, &format!("{operation:?}"));
                answer.refused(401, "UNAUTHENTICATED");
                assert_eq!(answer.headers["www-authenticate"], "Bearer");
            }
        },
    )
    .await;
}

/// What housekeeping may ask for; everything else it may not.
const FOR_HOUSEKEEPING: [(&str, &str); 29] = [
    ("GET", "/availability"),
    ("GET", "/availability/rooms"),
    ("GET", "/housekeeping-assignments/{id}"),
    ("PATCH", "/housekeeping-assignments/{id}"),
    ("DELETE", "/housekeeping-assignments/{id}"),
    ("POST", "/housekeeping-assignments"),
    ("POST", "/housekeeping-assignments/{id}/done"),
    ("POST", "/housekeeping-assignments/{id}/inspect"),
    ("POST", "/housekeeping-assignments/{id}/reopen"),
    ("POST", "/housekeeping-assignments/{id}/send-back"),
    ("POST", "/housekeeping-assignments/{id}/skip"),
    ("POST", "/housekeeping-assignments/{id}/start"),
    ("GET", "/housekeeping/stream"),
    ("GET", "/me"),
    ("GET", "/properties/{id}/housekeeping"),
    ("GET", "/properties/{id}/housekeeping/discrepancies"),
    ("GET", "/properties/{id}/housekeeping/settings"),
    ("POST", "/properties/{id}/housekeeping/spread"),
    ("GET", "/room-blocks"),
    ("GET", "/room-blocks/{id}"),
    ("GET", "/room-types"),
    ("GET", "/room-types/{id}"),
    ("GET", "/rooms"),
    ("GET", "/rooms/{id}"),
    ("GET", "/rooms/{id}/status-log"),
    ("POST", "/rooms/{id}/sightings"),
    ("POST", "/rooms/{id}/status"),
    ("POST", "/room-sightings/{id}/resolve"),
    ("POST", "/room-blocks"),
];
/// Where it may ask, and the settings of the property answer.
const WHERE_IT_IS_LET: [(&str, &str); 2] = [("PATCH", "/room-blocks/{id}"), ("DELETE", "/room-blocks/{id}")];

#[tokio::test]
async fn a_role_does_what_it_may_and_no_more() {
    let house = House::build().await;
    let allowed = || FOR_HOUSEKEEPING.iter().chain(&WHERE_IT_IS_LET);
    let is_allowed = |o: &Operation| allowed().any(|(m, p)| *m == o.method.as_str() && *p == o.path);
    each(
        &house,
        |o| !o.is_open,
        |house, operation| async move {
            let answer =
                house.raw(&operation, Some(house.app.a.key(Role::Housekeeping)), JSON, b"{\"noSuchField\": 1}".to_vec()).await;
            if is_allowed(&operation) {
                assert_ne!(answer.status, 403, "{operation:?}");
            } else {
                refuses(&answer, &format!("{operation:?}"));
                assert_eq!((answer.status, answer.code()), (403, "AUTHORIZATION_DENIED"), "{operation:?}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn an_unknown_field_is_named() {
    let house = House::build().await;
    each(&house, has_body, |house, operation| async move {
        let answer = house.raw(&operation, Some(house.manager()), JSON, b"{\"noSuchField\": 1}".to_vec()).await;
        refuses(&answer, &format!("{operation:?}"));
        answer.invalid("noSuchField");
    })
    .await;
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let house = House::build().await;
    each(&house, has_body, |house, operation| async move {
        for body in ["[]", "[1]", "\"text\"", "7", "true", "null", "[[], {}]"] {
            let answer = house.raw(&operation, Some(house.manager()), JSON, body.into()).await;
            refuses(&answer, &format!("{operation:?} {body}"));
            answer.invalid("body");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_json_cannot_be_read() {
    let house = House::build().await;
    let deep = "[".repeat(10_000);
    let bodies: Vec<Vec<u8>> = [
        &b"{"[..],
        b"{\"a\": }",
        b"{} {}",
        b"\xff\xfe{}",
        b"{\"a\": \"\xc3\x28\"}",
        b"NaN",
        b"{\"a\": 1e999}",
        b"{'a': 1}",
        deep.as_bytes(),
    ]
    .map(<[u8]>::to_vec)
    .into();
    each(&house, has_body, |house, operation| {
        let bodies = bodies.clone();
        async move {
            for body in bodies {
                let answer = house.raw(&operation, Some(house.manager()), JSON, body).await;
                refuses(&answer, &format!("{operation:?}"));
                answer.refused(400, "MALFORMED_REQUEST");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_content_type_is_not_read() {
    let house = House::build().await;
    each(&house, has_body, |house, operation| async move {
        for kind in [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("application/jsonp"),
            Some("multipart/form-data"),
        ] {
            let answer = house.raw(&operation, Some(house.manager()), kind, b"{\"a\": 1}".to_vec()).await;
            refuses(&answer, &format!("{operation:?} {kind:?}"));
            answer.refused(415, "UNSUPPORTED_MEDIA_TYPE");
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let house = House::build().await;
    let name = |bytes: usize| format!("{{\"name\": \"{}\"}}", "x".repeat(bytes)).into_bytes();
    each(&house, has_body, |house, operation| {
        let body = name(300 * 1024);
        async move {
            let answer = house.raw(&operation, Some(house.manager()), JSON, body).await;
            refuses(&answer, &format!("{operation:?}"));
            answer.refused(413, "PAYLOAD_TOO_LARGE");
        }
    })
    .await;
    let book = operations().into_iter().find(|o| o.path == "/reservations" && o.method == Method::POST).unwrap();
    house.raw(&book, Some(house.manager()), JSON, name(10 << 20)).await.refused(413, "PAYLOAD_TOO_LARGE");
}

#[tokio::test]
async fn texts_with_nul_or_without_end_are_refused_anywhere() {
    let house = House::build().await;
    each(&house, has_body, |house, operation| async move {
        for (field, body) in [
            ("name", json!({"name": "a\u{0}b"})),
            ("deep.list[1].text", json!({"deep": {"list": [1, {"text": "\u{7}"}]}})),
            ("name", json!({"name": "x".repeat(10_001)})),
            ("list", json!({"list": vec![0; 1_001]})),
            ("body", json!({"na\u{0}me": 1})),
        ] {
            let answer = house.raw(&operation, Some(house.manager()), JSON, body.to_string().into_bytes()).await;
            refuses(&answer, &format!("{operation:?}"));
            answer.invalid(field);
        }
    })
    .await;
}

#[tokio::test]
async fn an_id_that_is_none_or_nobodys_is_refused() {
    let house = House::build().await;
    let before = house.written().await;
    let with_id: Vec<Operation> = operations().into_iter().filter(|o| o.path.contains("{id}")).collect();
    for operation in &with_id {
        for wrong in
            ["x", "0", "01j9zk3t5v8m2q4r6x7y9abcde", "81J9ZK3T5V8M2Q4R6X7Y9ABCDE", "%00", "..%2f..%2fetc", "'%20or%201=1--"]
        {
            let path = house.path(operation, Some(wrong));
            let answer = house.app.as_role(Role::Manager, operation.method.clone(), &path, json!({})).await;
            refuses(&answer, &format!("{operation:?} {wrong}"));
            assert_eq!(answer.status, 422, "{operation:?} {wrong}: {}", answer.body);
        }
    }
    assert_eq!(house.written().await, before);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_wrong_verbs_are_told() {
    let house = House::build().await;
    for path in ["/", "/nothing", "/reservations/x/y/z", "/RESERVATIONS"] {
        let answer = house.app.get(path).await;
        refuses(&answer, path);
        answer.refused(404, "NOT_FOUND");
    }
    let answer = house.app.delete("/reservations").await;
    refuses(&answer, "DELETE");
    answer.refused(405, "METHOD_NOT_ALLOWED");
    assert!(answer.headers["allow"].to_str().unwrap().contains("POST"));
    // RFC 9457, when it is asked for.
    let problem = house
        .app
        .send(house.manager(), Method::GET, "/reservations", &[("Accept", "application/problem+json")], Value::Null)
        .await;
    assert_eq!((problem.status, &problem.headers["content-type"]), (422, &"application/problem+json".parse().unwrap()));
    assert_eq!((&problem.body["status"], &problem.body["code"]), (&json!(422), &json!("VALIDATION_ERROR")));
    assert_eq!(problem.body["details"][0]["field"], "propertyId");
}
