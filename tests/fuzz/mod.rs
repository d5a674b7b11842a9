//! schemathesis over the whole document, against a real server with a hotel in it: no 5xx, no answer outside the schema.

use std::{path::PathBuf, process::Stdio};

use oppsera_pms::http::permission::Role;
use serde_json::json;

use crate::support::*;

/// Where `scripts/bootstrap.sh test` puts it.
fn schemathesis() -> PathBuf {
    let installed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".pms/venv/bin/schemathesis");
    assert!(installed.exists(), "schemathesis is not installed: run scripts/bootstrap.sh test");
    installed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn schemathesis_finds_nothing() {
    let app = TestApp::start().await;
    let booked = app.book("2027-02-01", "2027-02-05", json!({"roomId": room(101)})).await.data();
    let guest = app.post("/guests", json!({"propertyId": PROPERTY, "firstName": "Ada", "lastName": "Lovelace"})).await.data();
    let maid =
        json!({"email": "eve@example.com", "displayName": "Eve", "password": "correct horse battery", "role": "HOUSEKEEPING"});
    let maid = app.post("/users", maid).await.data();
    let task = json!({"propertyId": PROPERTY, "roomId": room(104), "attendantId": maid["id"], "kind": "DEEP_CLEAN"});
    let task = app.post("/housekeeping-assignments", task).await.data();
    let seen = app.post(&format!("/rooms/{}/sightings", room(104)), json!({"occupied": true})).await.data();
    // Real ids now and then, so that the fuzzer gets past 404.
    let ids = json!({
        "propertyId": PROPERTY, "roomTypeId": STD, "roomId": room(102), "ratePlanId": BAR, "guestId": guest["id"],
        "reservationId": booked["id"], "/properties": PROPERTY, "/room-types": STD, "/rooms": room(103), "/rate-plans": BAR,
        "/guests": guest["id"], "/reservations": booked["id"],
        "attendantId": maid["id"], "/housekeeping-assignments": task["id"], "/room-sightings": seen["id"],
    });

    let seconds = std::env::var("PMS_FUZZ_SECONDS").unwrap_or_else(|_| "100".into());
    let output = tokio::process::Command::new(schemathesis())
        .args([
            "run",
            &format!("{}/api/openapi.json", app.base),
            "--header",
            &format!("Authorization: Bearer {}", app.a.key(Role::Manager)),
        ])
        .args(["--checks", "not_a_server_error,response_schema_conformance,status_code_conformance,content_type_conformance"])
        .args(["--phases", "examples,coverage,fuzzing", "--max-time", &seconds, "--seed", "1", "--continue-on-failure"])
        // A stream never ends, so it is not for a client that waits for the end.
        .args([
            "--exclude-path-regex",
            "/(calendar|housekeeping)/stream",
            "--no-color",
            "--warnings",
            "off",
            "--request-timeout",
            "20",
        ])
        .current_dir(std::env::temp_dir())
        .env("SCHEMATHESIS_HOOKS", "schemathesis_hooks")
        .env("PYTHONPATH", PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz"))
        .env("PMS_FUZZ_IDS", ids.to_string())
        .stdin(Stdio::null())
        .output()
        .await
        .expect("schemathesis runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("No issues found"), "did it test anything?\n{text}");

    assert_eq!(app.broken_invariants().await, Vec::<String>::new());
}
