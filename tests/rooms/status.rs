use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use crate::support::*;

async fn set(app: &TestApp, number: u32, body: Value) -> Answer {
    app.as_role(Role::Housekeeping, Method::POST, &format!("/rooms/{}/status", room(number)), body).await
}

#[tokio::test]
async fn housekeeping_cleans_inspects_and_soils() {
    let app = TestApp::start().await;

    let dirty = set(&app, 101, json!({"status": "VACANT_DIRTY", "note": " Coffee on the carpet ", "version": 1})).await.data();
    assert_eq!((&dirty["status"], &dirty["version"], &dirty["isInspected"]), (&json!("VACANT_DIRTY"), &json!(2), &json!(false)));
    let clean = set(&app, 101, json!({"status": "VACANT_CLEAN", "version": 2})).await.data();
    assert_eq!((&clean["status"], &clean["isInspected"]), (&json!("VACANT_CLEAN"), &json!(false)));
    let seen = set(&app, 101, json!({"status": "VACANT_CLEAN", "isInspected": true, "version": 3})).await.data();
    assert_eq!(seen["isInspected"], true);
    // Dirty again, and the inspection is void.
    set(&app, 101, json!({"status": "VACANT_DIRTY", "version": 4})).await.data();
    let clean = set(&app, 101, json!({"status": "VACANT_CLEAN", "version": 5})).await.data();
    assert_eq!((&clean["isInspected"], &clean["version"]), (&json!(false), &json!(6)));

    let path = format!("/rooms/{}/status-log", room(101));
    let log = app.as_role(Role::Housekeeping, Method::GET, &format!("{path}?limit=3"), Value::Null).await;
    let shown = |rows: &Value| -> Vec<String> {
        let row =
            |r: &Value| format!("{} {}>{} {}", r["businessDate"], r["fromStatus"], r["toStatus"], r["note"]).replace('"', "");
        rows.as_array().unwrap().iter().map(row).collect()
    };
    assert_eq!(
        shown(&log.data()),
        [
            "2027-02-01 VACANT_DIRTY>VACANT_CLEAN null",
            "2027-02-01 VACANT_CLEAN>VACANT_DIRTY null",
            "2027-02-01 VACANT_CLEAN>VACANT_CLEAN null"
        ]
    );
    let cursor = log.body["meta"]["cursor"].as_str().unwrap();
    let rest = app.get(&format!("{path}?cursor={cursor}")).await.data();
    assert_eq!(
        shown(&rest),
        ["2027-02-01 VACANT_DIRTY>VACANT_CLEAN null", "2027-02-01 VACANT_CLEAN>VACANT_DIRTY Coffee on the carpet"]
    );
    assert_eq!(app.count("select count(*) from pms_outbox where event_type = 'pms.room.status_changed.v1'").await, 5);

    // Tenant B has the same room, untouched and without a log.
    assert_eq!(app.b(Method::GET, &format!("/rooms/{}", room(101)), Value::Null).await.data()["version"], 1);
    assert_eq!(app.b(Method::GET, &path, Value::Null).await.data(), json!([]));
}

#[tokio::test]
async fn what_follows_stays_and_blocks_is_not_set_by_hand() {
    let app = TestApp::start().await;
    let sql = |number, status| {
        format!(
            "update pms_rooms set status = '{status}', is_out_of_order = '{status}' = 'OUT_OF_ORDER' where id = '{}'",
            room(number)
        )
    };
    database::execute(&app.owner_url, &sql(102, "OCCUPIED")).await;
    database::execute(&app.owner_url, &sql(103, "OUT_OF_ORDER")).await;

    for (number, to) in
        [(101, "OCCUPIED"), (101, "OUT_OF_ORDER"), (101, "VACANT_CLEAN"), (102, "VACANT_DIRTY"), (103, "VACANT_CLEAN")]
    {
        let refused = set(&app, number, json!({"status": to, "version": 1})).await;
        refused.refused(409, "INVALID_STATUS_TRANSITION");
    }
    set(&app, 101, json!({"status": "VACANT_DIRTY", "isInspected": true, "version": 1})).await.invalid("isInspected");
    set(&app, 101, json!({"status": "SPARKLING", "version": 1})).await.invalid("status");
    set(&app, 101, json!({"status": "VACANT_DIRTY", "note": "x".repeat(4001), "version": 1})).await.invalid("note");
    set(&app, 101, json!({"status": "VACANT_DIRTY"})).await.invalid("version");
    set(&app, 101, json!({"status": "VACANT_DIRTY", "version": 2})).await.refused(409, "CONCURRENCY_CONFLICT");
    set(&app, 999, json!({"status": "VACANT_DIRTY", "version": 1})).await.refused(404, "NOT_FOUND");
    app.get(&format!("/rooms/{}/status-log", room(999))).await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_room_status_log").await, 0);
}

#[tokio::test]
async fn the_desk_looks_on_and_revenue_does_not() {
    let app = TestApp::start().await;
    let body = json!({"status": "VACANT_DIRTY", "version": 1});
    for role in [Role::FrontDesk, Role::Revenue, Role::ReadOnly] {
        let path = format!("/rooms/{}/status", room(101));
        app.as_role(role, Method::POST, &path, body.clone()).await.refused(403, "AUTHORIZATION_DENIED");
    }
    let path = format!("/rooms/{}/status-log", room(101));
    app.as_role(Role::FrontDesk, Method::GET, &path, Value::Null).await.data();
    app.as_role(Role::Revenue, Method::GET, &path, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    app.post(&format!("/rooms/{}/status", room(101)), body).await.data();
}
