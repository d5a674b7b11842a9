//! kill -9 in the middle of a close, and run again: the same books as of a hotel where nobody was killed.

use std::time::Duration;

use tokio::process::Child;
use tokio_postgres::Client;

use super::*;
use crate::crash::serve;

/// Where a close stands when its server dies: it waits there for a row that somebody else holds. At its first lock; with everything decided
/// and most of it sent; with everything sent and not committed.
const STOPS: [&str; 3] = [
    "select from pms_room_types where tenant_id = $tenant for update",
    "select from pms_folios where tenant_id = $tenant for update",
    "select from pms_counters where tenant_id = $tenant and name = 'events' for update",
];
/// After how long it dies where nobody holds anything.
const DELAYS: [u64; 4] = [1, 4, 9, 25];

fn date(n: usize) -> String {
    format!("2026-02-{:02}", 1 + n)
}

/// Seven stays of nine nights, in the house, with two taxes; one who does not come on each day.
async fn furnish(desk: Desk<'_>) {
    let vat = json!({"propertyId": PROPERTY, "code": "VAT", "name": "VAT", "kind": "PERCENT", "percent": "8.25"});
    desk.post("/tax-rules", vat).await.data();
    let city = json!({"propertyId": PROPERTY, "code": "CITY", "name": "City", "kind": "FIXED_PERSON_NIGHT", "amountCents": 250, "isFee": true});
    desk.post("/tax-rules", city).await.data();
    for number in [101, 102, 103, 104, 201, 202, 203] {
        let room_type = if number < 200 { STD } else { SUITE };
        let body = json!({"roomTypeId": room_type, "roomId": room(number), "nightlyRateCents": 10_033});
        let stay = desk.book(&date(0), &date(9), body).await.data();
        desk.act(&stay, "check-in", json!({})).await.data();
    }
    for n in 0..STOPS.len() + DELAYS.len() {
        desk.book(&date(n), &date(n + 1), json!({"roomId": room(105)})).await.data();
    }
}

/// What the books say, without what two hotels never have in common.
async fn books(client: &Client, tenant: &str) -> Vec<String> {
    let sql = "
        select business_date::text || ' ' || entry_type || ' ' || coalesce(charge_kind, '-') || ' ' || count(*) || ' ' || sum(amount_cents)
        from pms_folio_entries where tenant_id = $1 group by business_date, entry_type, charge_kind
        union all
        select (to_jsonb(c) - 'tenant_id' - 'closed_at' - 'closed_by')::text from pms_day_closes c where tenant_id = $1
        union all
        select 'stays ' || status || ' ' || count(*) from pms_reservations where tenant_id = $1 group by status
        order by 1";
    client.query(sql, &[&tenant]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Waits until somebody waits for a row.
async fn until_held_up(client: &Client) {
    let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and usename = 'pms_app'";
    for _ in 0..500 {
        if client.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the close never came to the row that is held");
}

/// A server that is killed and comes again.
struct Killed<'a> {
    url: String,
    key: &'a str,
    server: Child,
    base: String,
}

impl Killed<'_> {
    fn close(&self, day: &str) -> impl Future<Output = Result<reqwest::Response, reqwest::Error>> + use<> {
        let body = json!({"businessDate": day, "arrivals": "NO_SHOW"});
        let url = format!("{}/api/v1/pms{CLOSE}", self.base);
        reqwest::Client::new().post(url).bearer_auth(self.key).json(&body).send()
    }

    async fn kill(&mut self) {
        self.server.kill().await.unwrap();
        (self.server, self.base) = serve(&self.url, &[]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_close_that_is_killed_and_run_again_leaves_the_same_books() {
    let app = TestApp::start().await;
    let [desk, calm] = app.desks();
    let sql = format!("update pms_properties set business_date = '{}'", date(0));
    database::execute(&app.owner_url, &sql).await;
    furnish(desk).await;
    furnish(calm).await;
    let (client, holder) = (database::connect(&app.owner_url).await, database::connect(&app.owner_url).await);
    let url = database::as_server(&app.owner_url);
    let (server, base) = serve(&url, &[]).await;
    let mut hotel = Killed { url, key: app.a.key(Role::Manager), server, base };

    for n in 0..STOPS.len() + DELAYS.len() {
        let day = date(n);
        if let Some(stop) = STOPS.get(n) {
            holder.batch_execute(&format!("begin; {}", stop.replace("$tenant", &format!("'{}'", app.a.id)))).await.unwrap();
        }
        let cut_off = tokio::spawn(hotel.close(&day));
        match DELAYS.get(n.wrapping_sub(STOPS.len())) {
            Some(delay) => tokio::time::sleep(Duration::from_millis(*delay)).await,
            None => until_held_up(&client).await,
        }
        hotel.kill().await;
        holder.batch_execute("rollback").await.unwrap();
        let _ = cut_off.await;

        let again = hotel.close(&day).await.unwrap();
        assert!(again.status().is_success(), "{day}: {}", again.text().await.unwrap());
        calm.post(CLOSE, json!({"businessDate": day, "arrivals": "NO_SHOW"})).await.data();
        let [ours, theirs] = [books(&client, &app.a.id.to_string()).await, books(&client, &app.b.id.to_string()).await];
        assert_eq!(ours, theirs, "after {day}");
    }
    hotel.server.kill().await.unwrap();
    let nights = "select count(*) from pms_folio_entries where charge_kind = 'ROOM'";
    assert_eq!(app.count(nights).await, 2 * 7 * 7, "each night once in each hotel");
    assert_sound(&app).await;
}
