//! What must hold of a database after anything that was done to it.

use std::time::Duration;

use oppsera_pms::{
    calendar::rebuild::{Rebuilt, rebuild},
    doctor::invariants,
    kernel::TenantId,
    op::Store,
};

use super::{OTHER_PROPERTY, PROPERTY, TestApp, database};

/// Everything: the invariants of the doctor, one audit row and one event for each version of each row, no deadlock.
#[track_caller]
pub fn assert_sound(app: &TestApp) -> impl Future<Output = ()> {
    let (store, owner_url, tenants) = (app.store.clone(), app.owner_url.clone(), [app.a.id, app.b.id]);
    let caller = std::panic::Location::caller();
    async move {
        assert_eq!(faults(&owner_url).await, Vec::<String>::new(), "at {caller}");
        for tenant in tenants {
            assert_rebuilt(&store, tenant).await;
        }
        // Statistics are told when a connection ends.
        store.db.close();
        assert_eq!(deadlocks(&owner_url).await, 0, "deadlocks, at {caller}");
    }
}

/// The read models are what a rebuild makes of the blocks.
pub async fn assert_rebuilt(store: &Store, tenant: TenantId) {
    for property in [PROPERTY, OTHER_PROPERTY] {
        let rebuilt = rebuild(store, tenant, property.parse().unwrap(), |_| {}).await.unwrap();
        assert_eq!(rebuilt, Rebuilt { cells: 0, days: 0 }, "a rebuild changes nothing");
    }
}

pub async fn faults(owner_url: &str) -> Vec<String> {
    let client = database::connect(owner_url).await;
    let findings = invariants(&client, None).await.unwrap();
    let mut faults: Vec<String> = findings.iter().map(ToString::to_string).collect();
    for (what, sql) in RECORDS {
        let rows = client.query(*sql, &[]).await.unwrap_or_else(|e| panic!("{what}: {e:?}"));
        faults.extend(rows.iter().map(|row| format!("{what}: {}", row.get::<_, String>(0))));
    }
    faults
}

/// What the history of a row must say. Rows that the fixture wrote begin without a history.
const RECORDS: &[(&str, &str)] = &[
    (
        "a version that does not follow the one before",
        "select entity_type || ' ' || entity_id || ': ' || was || ', ' || version from (
           select *, lag(version) over (partition by tenant_id, entity_type, entity_id order by sequence) as was from (
             select *, (payload_json -> 'after' ->> 'version')::int as version from pms_outbox) e
           where version is not null) v
         where version <> was + 1",
    ),
    (
        "a reservation whose audit rows are not one for each version",
        "select r.id || ' has version ' || r.version || ' and ' || a.n from pms_reservations r cross join lateral (
           select count(*) as n from pms_audit_log a
           where a.tenant_id = r.tenant_id and a.entity_type = 'RESERVATION' and a.entity_id = r.id) a
         where r.version <> a.n",
    ),
    (
        "a room whose audit rows are not one for each version",
        "select r.room_number || ' has version ' || r.version || ' and ' || a.n from pms_rooms r cross join lateral (
           select count(*) as n from pms_audit_log a
           where a.tenant_id = r.tenant_id and a.entity_type = 'ROOM' and a.entity_id = r.id) a
         where r.version <> a.n + case when r.created_by = 'test' then 1 else 0 end",
    ),
    (
        "a state of a room that its log does not know",
        "select r.room_number || ' is ' || r.status || ', its log says ' || l.to_status from pms_rooms r cross join lateral (
           select to_status from pms_room_status_log l
           where l.tenant_id = r.tenant_id and l.room_id = r.id order by l.created_at desc, l.id desc limit 1) l
         where l.to_status <> r.status",
    ),
    ("an event twice", "select tenant_id || ' ' || sequence from pms_outbox group by tenant_id, sequence having count(*) > 1"),
];

async fn deadlocks(owner_url: &str) -> i64 {
    let client = database::connect(owner_url).await;
    let others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    for _ in 0..50 {
        if client.query_one(others, &[]).await.unwrap().get::<_, i64>(0) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let sql = "select deadlocks from pg_stat_database where datname = current_database()";
    client.query_one(sql, &[]).await.unwrap().get(0)
}
