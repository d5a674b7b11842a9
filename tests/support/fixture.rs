//! The hotel of the tests, written by the owner, the same for each tenant.

use oppsera_pms::{http::permission::Role, kernel::TenantId};

use super::{BAR, OTHER_PROPERTY, OTHER_TYPE, PROPERTY, STD, SUITE, database, room};

pub async fn load(owner_url: &str, tenant: TenantId, keys: &[(Role, String, String)]) {
    let mut sql = format!(
        "insert into pms_tenants (id, slug, name, created_by, updated_by) values ('{tenant}', lower('t-{tenant}'), 'Tenant', 'test', 'test');"
    );
    for (property, name) in [(PROPERTY, "Grand Test"), (OTHER_PROPERTY, "Other Test")] {
        sql += &format!(
            "insert into pms_properties (tenant_id, id, name, timezone, currency, business_date, created_by, updated_by)
             values ('{tenant}', '{property}', '{name}', 'America/New_York', 'USD', '2027-02-01', 'test', 'test');"
        );
    }
    for (n, (role, _, hash)) in keys.iter().enumerate() {
        sql += &format!(
            "insert into pms_api_keys (tenant_id, id, name, key_hash, key_prefix, role, created_by)
             values ('{tenant}', '000000000000000000000000K{n}', '{role}', '{hash}', 'pms_', '{role}', 'test');"
        );
    }
    let types = [
        (PROPERTY, STD, "STD", 2, 101..106),
        (PROPERTY, SUITE, "SUITE", 4, 201..204),
        (OTHER_PROPERTY, OTHER_TYPE, "STD", 2, 301..302),
    ];
    for (property, id, code, persons, rooms) in types {
        sql += &format!(
            "insert into pms_room_types (tenant_id, id, property_id, code, name, max_adults, max_children, max_occupancy, created_by, updated_by)
             values ('{tenant}', '{id}', '{property}', '{code}', '{code}', {persons}, {persons}, {persons}, 'test', 'test');"
        );
        for number in rooms {
            sql += &format!(
                "insert into pms_rooms (tenant_id, id, property_id, room_type_id, room_number, floor, created_by, updated_by)
                 values ('{tenant}', '{}', '{property}', '{id}', '{number}', '{}', 'test', 'test');",
                room(number),
                number / 100
            );
        }
    }
    sql += &format!(
        "insert into pms_rate_plans (tenant_id, id, property_id, code, name, currency, is_default, created_by, updated_by)
         values ('{tenant}', '{BAR}', '{PROPERTY}', 'BAR', 'Best available', 'USD', true, 'test', 'test');"
    );
    for (n, (id, cents)) in [(STD, 100_00), (SUITE, 250_00)].into_iter().enumerate() {
        sql += &format!(
            "insert into pms_rate_plan_prices
               (tenant_id, id, property_id, rate_plan_id, room_type_id, start_date, end_date, nightly_base_cents, created_by, updated_by)
             values ('{tenant}', '0000000000000000000000PR{n}0', '{PROPERTY}', '{BAR}', '{id}', '2026-01-01', '2030-01-01', {cents}, 'test', 'test');"
        );
    }
    database::execute(owner_url, &sql).await;
}
