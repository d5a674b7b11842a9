//! Trap 4: nobody takes a second connection while holding one.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use crate::support::{desk::Desk, sound::assert_sound, *};

/// A whole life of a stay: every kind of write takes its turn at the pool.
async fn life(desk: Desk<'_>, n: u32) {
    let (from, to) = (format!("2027-{:02}-{:02}", 3 + n / 20, 1 + n % 20), format!("2027-{:02}-{:02}", 3 + n / 20, 3 + n % 20));
    let free = json!({"roomTypeId": SUITE, "adults": 2});
    let booked = match desk.book(&from, &to, free).await {
        // Others took the three suites.
        full if full.status == 409 => return full.refused(409, "NO_AVAILABILITY").data_is_absent(),
        booked => booked.data(),
    };
    let assigned = desk.act(&booked, "assign", json!({})).await;
    let stay = if assigned.status == 200 { assigned.data() } else { booked };
    let moved = desk.act(&stay, "pin", json!({"isPinned": true})).await.data();
    desk.act(&moved, "cancel", json!({"reason": "done"})).await.data();
}

impl Answer {
    fn data_is_absent(&self) {
        assert!(self.body["data"].is_null());
    }
}

async fn everybody_finishes(pool: usize, clients: u32) {
    let app = TestApp::with_pool(pool).await;
    let started = Instant::now();
    let lives = app.desks().into_iter().flat_map(|desk| (0..clients / 2).map(move |n| life(desk, n)));
    join_all(lives).await;
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_pool_of_one_is_enough() {
    everybody_finishes(1, 6).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn as_many_clients_as_connections_finish() {
    everybody_finishes(4, 4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_times_as_many_clients_as_connections_finish() {
    everybody_finishes(4, 40).await;
}
