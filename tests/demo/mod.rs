//! The demo's generator: a small house lived through the use cases, the same for the same seed.

use oppsera_pms::{
    demo::{House, Kind, Spec, Type, play},
    kernel::Day,
};
use serde_json::Value;

use crate::support::*;

const SMALL: Spec = Spec {
    number: 9,
    name: "Small House",
    street: "Rua Pequena 1",
    postal_code: "1100-002",
    city: "Lisboa",
    region: "",
    country: "PT",
    tax_number: "PT 500 000 001",
    timezone: "Europe/Lisbon",
    currency: "EUR",
    locale: "pt",
    kind: Kind::City,
    floors: 2,
    profiles: 5,
    types: &[
        Type { code: "SGL", name: "Single", rooms: 6, persons: 1, bed: "single", beds: 1, cents: 80_00 },
        Type { code: "FAM", name: "Family", rooms: 4, persons: 4, bed: "double", beds: 2, cents: 180_00 },
    ],
};

#[tokio::test]
async fn a_house_is_lived_without_a_refusal_and_the_same_twice() {
    let app = TestApp::start().await;
    let today = Day::new(2027, 2, 1).unwrap();
    let house = House::draw(&SMALL, today, 60, 11);
    for tenant in [app.a.id, app.b.id] {
        let played = play(&app.store, tenant, &SMALL, &house, &|_| {}).await.unwrap();
        assert_eq!((played.refused, played.bookings), (0, house.stays.len()));
    }

    let lived = |tenant: String| {
        let app = &app;
        async move {
            app.sql(&format!(
                "select r.status, r.check_in_date, r.check_out_date, m.room_number, r.total_cents, r.source_type, r.is_pinned,
                   r.primary_guest_json, (select count(*) from pms_room_blocks b where b.tenant_id = r.tenant_id and b.reservation_id = r.id)
                 from pms_reservations r left join pms_rooms m on m.tenant_id = r.tenant_id and m.id = r.room_id
                 where r.tenant_id = '{tenant}' order by 2, 3, 4, 1, 5, 6, r.primary_guest_json::text"
            ))
            .await
        }
    };
    let (a, b) = (lived(app.a.id.to_string()).await, lived(app.b.id.to_string()).await);
    assert_eq!(a, b);
    let statuses: std::collections::BTreeSet<&str> = a.iter().filter_map(|r| r["status"].as_str()).collect();
    assert_eq!(
        statuses.into_iter().collect::<Vec<_>>(),
        ["CANCELLED", "CHECKED_IN", "CHECKED_OUT", "CONFIRMED", "HOLD", "NO_SHOW"]
    );
    assert!(a.iter().any(|r| r["room_number"] == Value::Null && r["status"] == "CONFIRMED"), "somebody waits for a room");
    assert_eq!(app.broken_invariants().await, Vec::<String>::new());
}
