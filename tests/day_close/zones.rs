//! Days end by the clock on the wall of the hotel, whatever that clock leaves out.

use oppsera_pms::{
    day_close::auto::close_due,
    kernel::{Clock, Ids},
    op::Store,
};

use super::*;

/// The server at another time.
fn at(app: &TestApp, time: &str) -> Store {
    Store::new(app.store.db.clone(), Clock::stopped_at(time.parse().unwrap()), Ids::default())
}

async fn place(app: &TestApp, tenant: &str, zone: &str, date: &str, hour: &str) {
    let sql = format!(
        "update pms_properties set timezone = '{zone}', business_date = '{date}', auto_close_at = '{hour}'
         where tenant_id = '{tenant}' and id = '{PROPERTY}'"
    );
    database::execute(&app.owner_url, &sql).await;
}

#[tokio::test]
async fn days_close_where_a_date_or_a_midnight_does_not_exist() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let date = async |desk: Desk<'_>| desk.get(&format!("/properties/{PROPERTY}")).await.data()["businessDate"].clone();

    // Samoa went from the 29th of December 2011 to the 31st. Three o'clock of the 30th was passed over, so the 29th ends when the 31st
    // begins; the 30th ends at its hour, with its night.
    place(&app, &app.b.id.to_string(), "Pacific/Apia", "2011-12-29", "03:00").await;
    let body = json!({"roomId": room(101), "nightlyRateCents": 10_000});
    let stay = other.book("2011-12-29", "2012-01-01", body).await.data();
    other.act(&stay, "check-in", json!({})).await.data();
    let mut dates = Vec::new();
    for time in
        ["2011-12-30T09:59:59Z", "2011-12-30T10:00:00Z", "2011-12-30T12:59:59Z", "2011-12-30T13:00:00Z", "2011-12-31T12:59:59Z"]
    {
        close_due(&at(&app, time)).await.unwrap();
        dates.push(date(other).await);
    }
    assert_eq!(dates, ["2011-12-29", "2011-12-30", "2011-12-30", "2011-12-31", "2011-12-31"]);
    assert_eq!(app.count("select count(*) from pms_folio_entries where charge_kind = 'ROOM'").await, 2);
    database::execute(&app.owner_url, "update pms_properties set auto_close_at = null").await;

    // In Beirut the 28th of March 2027 begins at one o'clock.
    place(&app, &app.a.id.to_string(), "Asia/Beirut", "2027-03-27", "00:00").await;
    assert_eq!(close_due(&at(&app, "2027-03-27T21:59:59Z")).await.unwrap(), 0);
    assert_eq!(close_due(&at(&app, "2027-03-27T22:00:00Z")).await.unwrap(), 1);
    assert_eq!(date(desk).await, json!("2027-03-28"));
    assert_eq!(close_due(&at(&app, "2027-03-28T20:59:59Z")).await.unwrap(), 0);
    assert_eq!(close_due(&at(&app, "2027-03-28T21:00:00Z")).await.unwrap(), 1, "a day of 23 hours");
    assert_sound(&app).await;
}
