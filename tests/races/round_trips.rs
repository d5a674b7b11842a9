//! Trap 36: a write waits for the database a few times, however much it writes.

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use serde_json::{Value, json};

use crate::support::*;

const MOST: f64 = 6.0;

// One thread: the recorder is the thread's own, and the server runs on it.
#[tokio::test]
async fn no_write_takes_more_than_six_round_trips() {
    let name = Matcher::Full("pms_op_round_trips".into());
    let recorder = PrometheusBuilder::new().set_buckets_for_metric(name, &[2.0, 3.0, MOST]).unwrap().build_recorder();
    let told = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let app = TestApp::start().await;
    let [desk, _] = app.desks();

    let waiting = desk.book("2027-02-01", "2027-02-05", json!({})).await.data();
    assert_eq!(sample(&told.render(), r#"bucket{le="3"}"#), 1.0, "a booking without a room");
    desk.book("2027-02-01", "2027-02-21", json!({"roomId": room(102)})).await.data();
    assert_eq!(sample(&told.render(), r#"bucket{le="2"}"#), 1.0, "a booking of a room");
    assert_eq!(sample(&told.render(), r#"bucket{le="3"}"#), 2.0);

    let mut writes = 2;
    let mut stay: Value = waiting;
    for (verb, body) in [
        ("assign", json!({})),
        ("move", json!({"roomId": room(103)})),
        ("resize", json!({"checkOutDate": "2027-02-09"})),
        ("split", json!({"date": "2027-02-04", "roomId": room(104)})),
        ("check-in", json!({})),
        ("move", json!({"roomId": room(105)})),
        ("check-out", json!({})),
        ("undo-check-out", json!({})),
        ("undo-check-in", json!({})),
        ("unassign", json!({})),
        ("cancel", json!({})),
        ("reinstate", json!({"reason": "again", "roomId": room(103)})),
        ("no-show", json!({})),
    ] {
        let keyed = [("Idempotency-Key", verb)];
        let mut body = body;
        body["version"] = stay["version"].clone();
        let path = format!("/reservations/{}/{verb}", stay["id"].as_str().unwrap());
        // The second move has a key of its own.
        let headers = if verb == "move" { &[][..] } else { &keyed[..] };
        stay = desk.send(Method::POST, &path, headers, body).await.data();
        writes += 1;
    }
    let new = json!({"propertyId": PROPERTY, "roomId": room(101), "blockType": "OUT_OF_ORDER", "startDate": "2027-02-01", "endDate": "2027-02-05"});
    desk.post("/room-blocks", new).await.data();
    writes += 1;

    let all = told.render();
    assert_eq!(sample(&all, "count"), f64::from(writes));
    assert_eq!(sample(&all, &format!(r#"bucket{{le="{MOST}"}}"#)), f64::from(writes), "{all}");
}

fn sample(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|l| l.strip_prefix(&format!("pms_op_round_trips_{name} ")));
    line.unwrap_or_else(|| panic!("{name} in {text}")).trim().parse().unwrap()
}
