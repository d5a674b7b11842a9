//! The date does not move under whoever acts upon it, and whoever acts after it has moved sees the new one.

use std::time::Duration;

use oppsera_pms::{
    calendar::settle,
    inventory::{
        blocks::{create::create_in, model::NewRoomBlock},
        day::roll_business_date,
        facts::BlockKind,
    },
    op::{Op, Who},
};
use serde_json::json;
use tokio::time::timeout;

use crate::support::{sound::assert_sound, *};

async fn begin(app: &TestApp, what: &str) -> Op {
    let who = Who { tenant: app.a.id, actor: "test".into(), correlation: what.into() };
    Op::begin(&app.store, who, None).await.unwrap()
}

async fn roll(app: &TestApp, date: &str) {
    let mut op = begin(app, date).await;
    roll_business_date(&mut op, PROPERTY.parse().unwrap(), date.parse().unwrap()).await.unwrap();
    op.finish().await.unwrap();
}

#[tokio::test]
async fn the_night_waits_for_a_block_that_begins_with_it() {
    let app = TestApp::start().await;
    let new = NewRoomBlock {
        property_id: PROPERTY.parse().unwrap(),
        room_id: room(101).parse().unwrap(),
        start_date: "2027-02-02".parse().unwrap(),
        end_date: "2027-02-04".parse().unwrap(),
        block_type: BlockKind::OutOfOrder,
        reason: None,
    };
    let mut setting = begin(&app, "block").await;
    create_in(&mut setting, new).await.unwrap();

    // It looked at the first of February, when its room is in order; the second comes only when it is done.
    let mut night = Box::pin(roll(&app, "2027-02-02"));
    assert!(timeout(Duration::from_millis(300), &mut night).await.is_err(), "the date moved meanwhile");
    settle(&mut setting).await.unwrap();
    setting.finish().await.unwrap();
    timeout(Duration::from_secs(5), night).await.expect("then it moves");

    let state = app.sql(&format!("select status from pms_rooms where id = '{}' and tenant_id = '{}'", room(101), app.a.id)).await;
    assert_eq!(state[0]["status"], "OUT_OF_ORDER");
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_while_the_date_moves_acts_on_the_new_one() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let stay = desk.book("2027-02-01", "2027-02-04", json!({"roomId": room(101)})).await.data();
    let mut op = begin(&app, "night").await;
    roll_business_date(&mut op, PROPERTY.parse().unwrap(), "2027-02-02".parse().unwrap()).await.unwrap();
    // What is queued is sent, and the date has moved, but for the commit.
    op.query(oppsera_pms::properties::model::get(app.a.id, PROPERTY.parse().unwrap())).await.unwrap();

    let mut arriving = Box::pin(desk.act(&stay, "check-in", json!({})));
    assert!(timeout(Duration::from_millis(300), &mut arriving).await.is_err(), "nobody acts while the date moves");
    op.finish().await.unwrap();
    let inside = arriving.await.data();

    assert_eq!(inside["checkedInOn"], "2027-02-02");
    assert_sound(&app).await;
}
