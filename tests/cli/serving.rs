use std::time::Duration;

use oppsera_pms::http::permission::Role;
use serde_json::{Value, json};

use super::{Serving, refuses, run};
use crate::support::{database, database::as_server, *};

#[tokio::test]
async fn a_database_that_is_not_fit_is_refused_with_the_way_to_mend_it() {
    let url = database::create().await;
    let serve = |url: &str| refuses(&["serve", "--listen", "127.0.0.1:0"], &[("DATABASE_URL", url)]);

    assert!(
        serve("host=/nowhere user=pms_app dbname=x")
            .contains("setting database_url: cannot connect to database x on /nowhere:5432")
    );
    let said = serve(&url);
    assert!(said.contains("is a superuser, so row security is void; connect as a role that owns nothing"), "{said}");
    let empty = database::create_empty().await;
    assert!(serve(&as_server(&empty)).contains("the database has schema 0 and this program needs"));
    database::execute(
        &url,
        "delete from refinery_schema_history where version = (select max(version) from refinery_schema_history)",
    )
    .await;
    assert!(serve(&as_server(&url)).contains("run `pms migrate`"));
}

#[tokio::test]
async fn roles_that_row_security_does_not_bind_are_refused() {
    let url = database::create().await;
    let name = format!("pms_test_{}", hex::encode(oppsera_pms::kernel::clock::random_bytes::<8>()));
    let login = as_server(&url).replace("pms_app", &name);
    let serve = || refuses(&["serve", "--listen", "127.0.0.1:0"], &[("DATABASE_URL", &login)]);

    database::execute(&url, &format!("create role {name} login bypassrls; grant pms_app to {name}")).await;
    let bypass = serve();
    database::execute(&url, &format!("alter role {name} nobypassrls; alter table pms_rooms owner to {name}")).await;
    let owner = serve();
    database::execute(&url, &format!("create role {name}_o; alter table pms_rooms owner to {name}_o; grant {name}_o to {name}"))
        .await;
    let member = serve();
    let cleanup =
        format!("alter table pms_rooms owner to current_user; drop owned by {name}, {name}_o; drop role {name}, {name}_o");
    database::execute(&url, &cleanup).await;

    assert!(bypass.contains("has BYPASSRLS") && bypass.contains("nobypassrls"), "{bypass}");
    assert!(owner.contains(&format!("the role {name} owns pms_rooms")), "{owner}");
    assert!(member.contains(&format!("is a member of {name}_o, which owns pms_rooms")), "{member}");
}

#[tokio::test]
async fn an_address_in_use_is_refused() {
    let url = as_server(&database::create().await);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refuses(&["serve", "--listen", &address], &[("DATABASE_URL", &url)]);
    assert!(said.contains(&format!("setting listen: cannot listen on {address}")), "{said}");
}

#[tokio::test]
async fn told_to_stop_it_finishes_what_runs_and_takes_no_more() {
    let app = TestApp::start().await;
    let mut serving = Serving::start(&app.owner_url, &[]);
    let path = format!("{}/api/v1/pms/properties/{PROPERTY}", serving.base);
    let key = app.a.key(Role::Manager).to_string();
    let http = app.http.clone();

    // A change that waits for a row that someone else holds.
    let holder = database::connect(&app.owner_url).await;
    holder.batch_execute("begin; select * from pms_properties for update").await.unwrap();
    let patch = http.patch(&path).bearer_auth(&key).json(&json!({"name": "Late", "version": 1})).send();
    let waiting = tokio::spawn(patch);
    let blocked = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    while app.count(blocked).await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    serving.signal("TERM");
    while http.get(&path).bearer_auth(&key).send().await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!waiting.is_finished());
    holder.batch_execute("commit").await.unwrap();

    let answer = waiting.await.unwrap().expect("the request that ran is answered");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json::<Value>().await.unwrap()["data"]["name"], "Late");
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
}

#[tokio::test]
async fn a_request_that_does_not_end_is_cut_off_after_the_grace() {
    let app = TestApp::start().await;
    let mut serving = Serving::start(&app.owner_url, &[("PMS_SHUTDOWN_GRACE", "300ms")]);
    let holder = database::connect(&app.owner_url).await;
    holder.batch_execute("begin; select * from pms_properties for update").await.unwrap();
    let path = format!("{}/api/v1/pms/properties/{PROPERTY}", serving.base);
    let patch = app.http.patch(&path).bearer_auth(app.a.key(Role::Manager)).json(&json!({"name": "x", "version": 1})).send();
    let waiting = tokio::spawn(patch);
    let blocked = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    while app.count(blocked).await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    serving.signal("INT");
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));

    assert!(waiting.await.unwrap().is_err());
    holder.batch_execute("commit").await.unwrap();
    assert_eq!(app.count("select count(*) from pms_properties where name = 'x'").await, 0);
}

#[tokio::test]
async fn holds_that_ran_out_are_released_without_being_asked() {
    let app = TestApp::start().await;
    let serving = Serving::start(&app.owner_url, &[("PMS_HOLD_SWEEP_INTERVAL", "100ms")]);
    let book = |expiry: jiff::Timestamp| {
        let body = booking("2027-03-01", "2027-03-03", json!({"status": "HOLD", "holdExpiresAt": expiry.to_string()}));
        app.http
            .post(format!("{}/api/v1/pms/reservations", serving.base))
            .bearer_auth(app.a.key(Role::Manager))
            .json(&body)
            .send()
    };
    // The server runs on the real clock.
    let now = jiff::Timestamp::from_millisecond(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as i64).unwrap();
    let soon = book(now + Duration::from_millis(1500)).await.unwrap().json::<Value>().await.unwrap();
    let later = book(now + Duration::from_secs(3600)).await.unwrap().json::<Value>().await.unwrap();

    let status = async |answer: &Value| {
        let id = answer["data"]["id"].as_str().unwrap_or_else(|| panic!("{answer}"));
        app.get(&format!("/reservations/{id}")).await.data()["status"].clone()
    };
    assert_eq!(status(&soon).await, "HOLD");
    for _ in 0..100 {
        if status(&soon).await != "HOLD" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!((status(&soon).await, status(&later).await), (json!("CANCELLED"), json!("HOLD")));
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    let app = TestApp::start().await;
    let mut serving = Serving::start(&app.owner_url, &[("PMS_SHUTDOWN_GRACE", "60s")]);
    let holder = database::connect(&app.owner_url).await;
    holder.batch_execute("begin; select * from pms_properties for update").await.unwrap();
    let path = format!("{}/api/v1/pms/properties/{PROPERTY}", serving.base);
    let patch = app.http.patch(&path).bearer_auth(app.a.key(Role::Manager)).json(&json!({"name": "x", "version": 1})).send();
    let waiting = tokio::spawn(patch);
    let blocked = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    while app.count(blocked).await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    serving.signal("TERM");
    while app.http.get(&path).send().await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    serving.signal("TERM");
    assert_eq!(serving.child.wait().unwrap().code(), Some(130));
    assert!(waiting.await.unwrap().is_err());
    assert!(run(&["--version"], &[]).status.success());
}

#[tokio::test]
async fn what_ran_out_is_purged_for_every_tenant_and_nothing_else() {
    let app = TestApp::start().await;
    for tenant in [&app.a.id, &app.b.id] {
        let sql = format!(
            "insert into pms_users (tenant_id, id, email, display_name, password_hash, role, created_by, updated_by)
             values ('{tenant}', 'U', 'a@b.c', 'A', 'x', 'MANAGER', 'test', 'test');
             insert into pms_sessions (tenant_id, id, user_id, token_hash, expires_at)
             values ('{tenant}', 'old', 'U', 'h1', '2027-02-01 12:00'), ('{tenant}', 'new', 'U', 'h2', '2027-02-01 12:01');
             insert into pms_idempotency_keys (tenant_id, id, key, request_hash, response_json, response_status, expires_at)
             values ('{tenant}', 'old', 'k1', 'x', '{{}}', 200, '2027-02-01 12:00'), ('{tenant}', 'new', 'k2', 'x', '{{}}', 200, '2027-02-01 12:01')"
        );
        database::execute(&app.owner_url, &sql).await;
    }

    // The clock stands at noon.
    oppsera_pms::server::purge(&app.store).await.unwrap();

    let left = "select tenant_id, id from pms_sessions union all select tenant_id, id from pms_idempotency_keys";
    let left = app.sql(left).await;
    assert_eq!(left.len(), 4);
    assert!(left.iter().all(|row| row["id"] == "new"), "{left:?}");
}

#[tokio::test]
async fn the_running_server_measures_itself() {
    let app = TestApp::start().await;
    let serving = Serving::start(&app.owner_url, &[]);
    let path = format!("{}/api/v1/pms/properties/{PROPERTY}", serving.base);
    assert_eq!(app.http.get(&path).bearer_auth(app.a.key(Role::Manager)).send().await.unwrap().status(), 200);
    let metrics = app.http.get(format!("{}/metrics", serving.base)).send().await.unwrap().text().await.unwrap();
    for name in ["pms_http_requests_total{", "pms_http_request_seconds_bucket{", "pms_db_connections_open"] {
        assert!(metrics.contains(name), "{name} in {metrics}");
    }
}
