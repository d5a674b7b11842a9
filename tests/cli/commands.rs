use std::{io::Write, process::Stdio};

use serde_json::{Value, json};

use super::{Serving, pms, refuses, run, succeeds};
use crate::support::{database, *};

#[tokio::test]
async fn from_an_empty_database_to_a_key_that_opens_a_property() {
    let url = database::create_empty().await;
    let env = [("PMS_OWNER_DATABASE_URL", url.as_str())];

    let said = succeeds(&["migrate"], &env);
    assert!(said.starts_with("applied V1__foundation\n"), "{said}");
    assert!(!succeeds(&["migrate"], &env).contains("applied"), "a second time does nothing");

    succeeds(&["tenant", "add", "lakeside", "--name", "Lakeside Hotels"], &env);
    let twice = refuses(&["tenant", "add", "lakeside", "--name", "x"], &env);
    assert_eq!(twice, "error: slug is already used by another tenant.\n");
    assert!(refuses(&["tenant", "add", "Lake Side", "--name", ""], &env).contains("\n  slug must be 1 to 63 of a-z"));

    let user = ["user", "add", "--tenant", "lakeside", "--email", "Ada@Example.com", "--role", "manager"];
    let password = succeeds(&user, &env).lines().find_map(|l| l.strip_prefix("password: ").map(str::to_string)).unwrap();
    assert!(refuses(&user, &env).contains("email is already used by another user"));
    assert!(
        refuses(&["user", "add", "--tenant", "x", "--email", "a@b.c", "--role", "manager"], &env).contains("no tenant \"x\"")
    );
    let key = succeeds(&["api-key", "create", "--tenant", "lakeside", "--name", "script", "--role", "manager"], &env);

    let serving = Serving::start(&url, &[]);
    let http = reqwest::Client::new();
    let base = format!("{}/api/v1/pms", serving.base);
    let made =
        http.post(format!("{base}/properties")).bearer_auth(key.trim()).json(&json!({"name": "L", "timezone": "Europe/Lisbon"}));
    assert_eq!(made.send().await.unwrap().status(), 201);
    let log_in = http
        .post(format!("{base}/auth/login"))
        .json(&json!({"email": "ada@example.com", "password": password}))
        .send()
        .await
        .unwrap();
    assert!(log_in.status().is_success(), "{}", log_in.text().await.unwrap());

    let doctor = succeeds(&["doctor"], &env);
    assert!(doctor.ends_with("all is well\n") && !doctor.contains('✗'), "{doctor}");
}

#[tokio::test]
async fn a_password_may_come_from_stdin() {
    let app = TestApp::start().await;
    let tenant = app.a.id.to_string();
    let args = ["user", "add", "--tenant", &tenant, "--email", "a@b.example", "--role", "front-desk", "--password-stdin"];
    let with = |password: &str| {
        let mut child = pms(&args, &[("PMS_OWNER_DATABASE_URL", &app.owner_url)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let short = with("short\n");
    assert_eq!(short.status.code(), Some(1));
    let good = with("correct horse battery\n");
    assert!(good.status.success());
    assert!(!String::from_utf8(good.stdout).unwrap().contains("password"));
}

#[tokio::test]
async fn the_doctor_finds_what_is_wrong_and_the_rebuild_mends_it() {
    let app = TestApp::start().await;
    app.book("2027-02-03", "2027-02-05", json!({"roomId": room(101)})).await.data();
    let env = [("PMS_OWNER_DATABASE_URL", app.owner_url.as_str())];
    assert_eq!(run(&["doctor"], &env).status.code(), Some(0));

    database::execute(&app.owner_url, "delete from rm_pms_calendar_segments where business_date = '2027-02-04'").await;
    let sick = run(&["doctor"], &env);
    let said = String::from_utf8(sick.stdout).unwrap();
    assert_eq!(sick.status.code(), Some(1));
    assert!(said.contains("✗ segments") && said.contains("to mend it: run `pms calendar rebuild`"), "{said}");
    let json: Value = serde_json::from_slice(&run(&["doctor", "--json"], &env).stdout).unwrap();
    assert_eq!(json["isOk"], false);
    let found: Vec<&Value> = json["checks"].as_array().unwrap().iter().filter(|c| c["isOk"] == false).collect();
    assert_eq!((found.len(), &found[0]["name"], &found[0]["findings"][0]["check"]), (1, &json!("segments"), &json!("segments")));

    let rebuilt = succeeds(&["calendar", "rebuild"], &env);
    assert!(rebuilt.contains("Grand Test: 1 cells and 0 days changed"), "{rebuilt}");
    assert_eq!(run(&["doctor"], &env).status.code(), Some(0));
    assert!(succeeds(&["calendar", "rebuild"], &env).contains("Grand Test: 0 cells and 0 days changed"));
}

#[tokio::test]
async fn the_doctor_finds_a_database_that_is_not_fit() {
    let url = database::create().await;
    database::execute(&url, "alter table pms_rooms disable row level security").await;
    let said = String::from_utf8(
        run(&["doctor", "--pool-size", "1000"], &[("PMS_OWNER_DATABASE_URL", &url), ("DATABASE_URL", &url)]).stdout,
    );
    let said = said.unwrap();
    for part in
        ["✗ connections", "✗ row security       pms_rooms", "alter table pms_rooms enable row level security", "✗ server log-in"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    let empty = database::create_empty().await;
    let said = String::from_utf8(run(&["doctor"], &[("PMS_OWNER_DATABASE_URL", &empty)]).stdout).unwrap();
    assert!(said.contains("✗ extensions") && said.contains("✗ schema") && said.contains("run `pms migrate`"), "{said}");
    let nowhere = run(&["doctor"], &[("PMS_OWNER_DATABASE_URL", "host=/nowhere user=x")]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(String::from_utf8(nowhere.stdout).unwrap().contains("✗ connection"));
}

#[test]
fn the_document_of_the_api_can_be_compared() {
    let document = succeeds(&["openapi"], &[]);
    let path = std::env::temp_dir().join(format!("pms_{}.json", hex::encode(oppsera_pms::kernel::clock::random_bytes::<8>())));
    std::fs::write(&path, &document).unwrap();
    succeeds(&["openapi", "--check", path.to_str().unwrap()], &[]);
    std::fs::write(&path, document.replace("3.1.0", "3.0.0")).unwrap();
    assert!(refuses(&["openapi", "--check", path.to_str().unwrap()], &[]).contains("differs from line 2 on"));
    std::fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn fit_shows_a_plan_and_executes_it_when_told() {
    let app = TestApp::start().await;
    for (from, to, number) in [("10", "12", 101), ("12", "16", 102), ("10", "16", 103), ("10", "16", 104), ("10", "16", 105)] {
        app.book(
            &format!("2027-02-{from}"),
            &format!("2027-02-{to}"),
            json!({"roomId": room(number), "isPinned": number == 103}),
        )
        .await
        .data();
    }
    let waits = app.book("2027-02-10", "2027-02-12", json!({})).await.data();
    let (tenant, id) = (app.a.id.to_string(), waits["id"].as_str().unwrap().to_string());
    let args = ["fit", "make-room", "--tenant", &tenant, "--property", PROPERTY, "--reservation", &id];
    let env = [("PMS_OWNER_DATABASE_URL", app.owner_url.as_str())];
    let said = succeeds(&args, &env);
    assert!(said.starts_with("A room is free; nobody has to move.\n  Ada Lovelace, "), "{said}");
    assert!(said.contains("2027-02-10 to 2027-02-12: waits, gets 102"), "{said}");
    assert_eq!(app.get(&format!("/reservations/{id}")).await.data()["roomId"], Value::Null);

    let pinned = room(103);
    let only_103 = [&args[..], &["--room", &pinned, "--json"]].concat();
    let output = run(&only_103, &env);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told[0]["outcome"], "IMPOSSIBLE");

    let done = succeeds(&[&args[..], &["--execute"]].concat(), &env);
    assert!(done.ends_with("done: 1 stays\n"), "{done}");
    assert_eq!(app.get(&format!("/reservations/{id}")).await.data()["roomId"], json!(room(102)));
}
