use serde_json::json;

use super::*;

const REPORT: &str = "/properties/0000000000000000000000PRP1/reports/housekeeping";

/// A room from dirty to done in so many minutes.
async fn clean(app: &TestApp, desk: Desk<'_>, number: u32, who: &str, n: u64) -> Value {
    soil(desk, number).await;
    let task = give(desk, number, who, json!({})).await.data();
    let task = act(desk, &task, "start").await.data();
    minutes(app, n);
    act(desk, &task, "done").await.data()
}

#[tokio::test]
async fn what_each_did_is_told_by_day_and_a_past_day_never_changes() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let (ada, ben) = (attendant(desk, "Ada").await, attendant(desk, "Ben").await);
    let first = clean(&app, desk, 101, &ada, 20).await;
    act(desk, &first, "inspect").await.data();
    let second = clean(&app, desk, 102, &ada, 30).await;
    let second = act(desk, &second, "send-back").await.data();
    let second = act(desk, &second, "start").await.data();
    minutes(&app, 11);
    let second = act(desk, &second, "done").await.data();
    act(desk, &second, "inspect").await.data();
    clean(&app, desk, 103, &ada, 25).await;
    give(desk, 104, &ben, json!({"kind": "DEEP_CLEAN"})).await.data();

    let path = format!("{REPORT}?from=2027-02-01&to=2027-02-01");
    let report = desk.get(&path).await.data();
    let [adas, bens] = [0, 1].map(|n| report["rows"][n].clone());
    let line = |r: &Value, names: &[&str]| names.iter().map(|name| r[*name].to_string()).collect::<Vec<_>>().join(" ");
    let names = ["assigned", "done", "departures", "credits", "workedMinutes", "medianMinutes", "inspected", "firstTimePercent"];
    assert_eq!(line(&adas, &names), "3 3 3 90 86 25.0 2 50.0");
    assert_eq!(line(&bens, &names), "1 0 0 0 0 null 0 null");
    assert_eq!((&adas["attendantName"], &bens["attendantId"]), (&json!("Ada"), &json!(ben)));
    assert_eq!(line(&report["total"], &names), "4 3 3 90 86 25.0 2 50.0");
    assert_eq!(report["attendants"].as_array().unwrap().len(), 2);

    // As a file, without amounts.
    let csv = desk.get(&format!("{path}&format=CSV")).await;
    let lines: Vec<&str> = csv.body.as_str().unwrap().lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].ends_with("inspectedFirstTime,firstTimePercent"), "{}", lines[0]);
    assert_eq!(lines[1], format!("2027-02-01,{ada},Ada,3,0,3,3,0,0,0,90,86,25.0,2,1,50.0"));

    // The day is closed, work goes on, and what is told of it stays.
    close_before(&app, desk, "2027-02-01", "2027-02-02").await;
    clean(&app, desk, 101, &ben, 17).await;
    let open = today(desk, 104).await;
    assert_eq!(open["assignment"], Value::Null);
    assert_eq!(desk.get(&path).await.data(), report);
    let both = desk.get(&format!("{REPORT}?from=2027-02-01&to=2027-02-02")).await.data();
    assert_eq!(both["rows"].as_array().unwrap().len(), 3);
    assert_eq!(line(&both["attendants"][1], &names), "2 1 1 30 17 17.0 0 null");

    // Others do not see it, and the other tenant has none of it.
    for role in [Role::FrontDesk, Role::Housekeeping, Role::Revenue, Role::ReadOnly] {
        app.as_role(role, Method::GET, &path, Value::Null).await.refused(403, "AUTHORIZATION_DENIED");
    }
    let theirs = other.get(&path).await.data();
    assert_eq!((&theirs["rows"], &theirs["total"]["assigned"]), (&json!([]), &json!(0)));
    desk.get(&format!("{REPORT}?from=2027-02-02&to=2027-02-01")).await.invalid("to");
    desk.get(&format!("{REPORT}?from=2027-02-01")).await.invalid("to");
    desk.get("/properties/0000000000000000000000N0NE/reports/housekeeping?from=2027-02-01&to=2027-02-01")
        .await
        .refused(404, "NOT_FOUND");
    crate::support::sound::assert_sound(&app).await;
}
