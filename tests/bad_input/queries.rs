//! Query strings, parameter by parameter.

use serde_json::Value;

use super::{House, Operation, operations, refuses};
use crate::support::*;

/// A value that is right.
fn right(name: &str, schema: &Value) -> String {
    match name {
        "propertyId" => PROPERTY.into(),
        "roomTypeId" => STD.into(),
        "roomId" => room(101),
        "year" => "2027".into(),
        "month" => "2".into(),
        "days" => "7".into(),
        "checkOutDate" | "to" => "2027-02-12".into(),
        _ if schema["format"] == "date" => "2027-02-10".into(),
        _ => panic!("no value for {name}: {schema}"),
    }
}

/// Values that are wrong.
fn wrong(name: &str, schema: &Value) -> Vec<&'static str> {
    let mut wrong = vec!["%00"];
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("integer") => wrong.extend(["", "x", "1.5", "0", "-1", "99999", "99999999999999999999"]),
        Some("boolean") => wrong.extend(["", "maybe", "1", "TRUE"]),
        Some("string") if name == "cursor" => wrong.extend(["zz", "7b7d", "5b5d", "5b22323032372d30322d3331222c2231225d", "00"]),
        Some("string") if schema["format"] == "date" => {
            wrong.extend(["", "2027-02-31", "2027-2-1", "0000-01-01", "2027-02-10T00:00:00Z", "today"])
        }
        Some("string") if schema["pattern"].as_str().is_some_and(|p| p.starts_with("^[0-7][0-9A-H")) => {
            wrong.extend(["", "x", "01j9zk3t5v8m2q4r6x7y9abcde"])
        }
        Some("string") if schema["enum"].is_array() => wrong.extend(["", "NOPE", "hold"]),
        // Any text is a text.
        _ => {}
    }
    wrong
}

fn query(operation: &Operation, but: Option<(&str, &str)>) -> String {
    let mut pairs: Vec<String> = operation
        .query
        .iter()
        .filter(|(name, _, required)| *required && but.is_none_or(|(other, _)| other != name))
        .map(|(name, schema, _)| format!("{name}={}", right(name, schema)))
        .collect();
    pairs.extend(but.map(|(name, value)| format!("{name}={value}")));
    pairs.join("&")
}

async fn ask(house: &House, operation: &Operation, query: &str) -> Answer {
    house.app.get(&format!("{}?{query}", house.path(operation, None))).await
}

fn reads() -> Vec<Operation> {
    let reads: Vec<Operation> = operations().into_iter().filter(|o| o.method == Method::GET && !o.query.is_empty()).collect();
    assert!(reads.len() > 15);
    reads
}

#[tokio::test]
async fn each_parameter_is_read_strictly_and_named() {
    let house = House::build().await;
    let mut tried = 0;
    for operation in reads() {
        for (name, schema, _) in &operation.query {
            for value in wrong(name, schema) {
                let answer = ask(&house, &operation, &query(&operation, Some((name, value)))).await;
                refuses(&answer, &format!("{} {name}={value}", operation.path));
                assert_eq!(answer.code(), "VALIDATION_ERROR", "{} {name}={value}: {}", operation.path, answer.body);
                answer.invalid(name);
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[tokio::test]
async fn a_parameter_is_known_given_once_and_not_left_out() {
    let house = House::build().await;
    for operation in reads() {
        let good = query(&operation, None);
        let answer = ask(&house, &operation, &format!("{good}&noSuchField=1")).await;
        refuses(&answer, &operation.path);
        answer.invalid("noSuchField");
        for (name, schema, required) in &operation.query {
            if *required {
                let twice = format!("{good}&{name}={}", right(name, schema));
                ask(&house, &operation, &twice).await.invalid(name);
                let rest: Vec<&str> = good.split('&').filter(|pair| !pair.starts_with(&format!("{name}="))).collect();
                let answer = ask(&house, &operation, &rest.join("&")).await;
                refuses(&answer, &format!("{} without {name}", operation.path));
                answer.invalid(name);
            }
        }
    }
}

/// Trap 39: each read is asked once as it should be, and answers.
#[tokio::test]
async fn each_read_answers_when_it_is_asked_rightly() {
    let house = House::build().await;
    let before = house.written().await;
    for operation in operations().into_iter().filter(|o| o.method == Method::GET && !o.path.ends_with("/stream")) {
        let answer = ask(&house, &operation, &query(&operation, None)).await;
        // An open folio has a statement, and neither of the other papers.
        let is_other_paper = ["/invoice.pdf", "/credit-note.pdf"].iter().any(|paper| operation.path.ends_with(paper));
        assert_eq!(answer.status, if is_other_paper { 409 } else { 200 }, "{operation:?}: {}", answer.body);
        assert!(operation.path.ends_with(".pdf") || !answer.body["data"].is_null(), "{operation:?}");
    }
    // Trap 45: a read writes nothing.
    assert_eq!(house.written().await, before);
}

/// Trap 37: a cursor of one list is none of another, and pages leave nothing out, whatever is in the names.
#[tokio::test]
async fn pages_follow_each_other_without_gaps() {
    let app = TestApp::start().await;
    for n in 0..7 {
        let more = serde_json::json!({"roomTypeId": SUITE, "primaryGuestJson": {"lastName": format!("O'Neil | \"{n}\" 王")}});
        let (from, to) = (format!("2027-03-{:02}", 1 + n / 3), format!("2027-03-{:02}", 2 + n / 3));
        app.book(&from, &to, more).await.data();
    }
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let page = app.get(&format!("/reservations?propertyId={PROPERTY}&limit=2{cursor}")).await;
        seen.extend(
            page.data().as_array().unwrap().iter().map(|r| r["primaryGuestJson"]["lastName"].as_str().unwrap().to_string()),
        );
        match page.body["meta"]["cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 7);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 7);
    app.get(&format!("/room-types?propertyId={PROPERTY}{cursor}")).await.invalid("cursor");
}
