//! kill -9 between the two transactions: the gateway has the money, and the server that asked for it is gone.

use std::time::{Duration, Instant};

use oppsera_pms::{http::permission::Role, payments::sweep::settle_due};
use serde_json::json;

use super::{fake, hotel, is, of, owing, posted};
use crate::{
    crash::serve,
    support::{sound::assert_sound, *},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn money_that_a_killed_server_asked_for_is_posted_by_another() {
    let (app, fake) = hotel().await;
    let gateway = [("PMS_GATEWAY_URL", fake.url()), ("PMS_GATEWAY_SECRET", fake::SECRET)];
    let mut left = Vec::new();
    for (n, (desk, tenant)) in app.desks().into_iter().zip([&app.a, &app.b]).enumerate() {
        let folio = owing(desk).await;
        let (mut server, base) = serve(&database::as_server(&app.owner_url), &gateway).await;
        let request = app
            .http
            .post(format!("{base}/api/v1/pms{}", of(&folio, "payment-intents")))
            .bearer_auth(tenant.key(Role::Manager))
            .header("idempotency-key", "k")
            .json(&json!({"amountCents": 10000, "description": "answers late"}))
            .send();
        let asking = tokio::spawn(request);
        let since = Instant::now();
        while fake.moved().len() <= n {
            assert!(since.elapsed() < Duration::from_secs(20), "the gateway was not asked");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.kill().await.unwrap();
        assert!(asking.await.unwrap().is_err(), "nobody was told");

        let intent = desk.get(&format!("/payment-intents?propertyId={PROPERTY}")).await.data()[0].clone();
        assert_eq!(posted(desk, &folio, &intent).await, is("PENDING", &[]));
        left.push((desk, folio, intent));
    }
    assert_eq!(settle_due(&app.store, &fake.gateway()).await.unwrap(), 2);
    for (desk, folio, intent) in left {
        assert_eq!(posted(desk, &folio, &intent).await, is("SETTLED", &[-10000]));
    }
    assert_eq!((fake.moved().len(), fake.requests_for_money()), (2, 2));
    assert_sound(&app).await;
}
