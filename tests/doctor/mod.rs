//! Each invariant is broken on purpose: a check that cannot find its fault is no check.

use oppsera_pms::doctor::{all, invariants};

use crate::support::*;

const STAY: &str = "0000000000000000000000ST01";

/// A stay of two nights in room 101, written as the program would.
fn stay(tenant: &str) -> String {
    let key = format!("'{tenant}', '{STAY}', '{PROPERTY}'");
    format!(
        "insert into pms_reservations (tenant_id, id, property_id, primary_guest_json, status, check_in_date, check_out_date, adults,
           room_type_id, room_id, rate_plan_id, nightly_rate_cents, subtotal_cents, total_cents, confirmation_number, currency, booked_on,
           created_by, updated_by)
         values ({key}, '{{\"firstName\": \"Ada\", \"lastName\": \"Byron\"}}', 'CONFIRMED', '2027-02-03', '2027-02-05', 1, '{STD}', '{room}',
           '{BAR}', 10051, 20101, 20101, 'C1', 'USD', '2027-02-01', 'test', 'test');
         insert into pms_reservation_nights (tenant_id, reservation_id, property_id, night, room_type_id, rate_plan_id, price_cents)
         values ({key}, '2027-02-03', '{STD}', '{BAR}', 10000), ({key}, '2027-02-04', '{STD}', '{BAR}', 10101);
         insert into pms_room_blocks (tenant_id, id, property_id, room_id, start_date, end_date, block_type, reservation_id, room_type_id,
           created_by, updated_by)
         values ({key}, '{room}', '2027-02-03', '2027-02-05', 'RESERVATION', '{STAY}', '{STD}', 'test', 'test');
         insert into pms_folios (tenant_id, id, property_id, reservation_id, currency, subtotal_cents, tax_cents, total_cents, balance_cents,
           created_by, updated_by)
         values ({key}, '{STAY}', 'USD', 10000, 700, 10700, 700, 'test', 'test');
         insert into pms_folio_entries (tenant_id, id, property_id, folio_id, entry_type, description, amount_cents, business_date, posted_by,
           method)
         values ('{tenant}', 'E1', '{PROPERTY}', '{STAY}', 'ROOM_CHARGE', 'Room', 10000, '2027-02-03', 'test', null),
           ('{tenant}', 'E2', '{PROPERTY}', '{STAY}', 'TAX', 'Tax', 700, '2027-02-03', 'test', null),
           ('{tenant}', 'E3', '{PROPERTY}', '{STAY}', 'PAYMENT', 'Card', -10000, '2027-02-03', 'test', 'CARD');
         insert into rm_pms_calendar_segments (tenant_id, id, property_id, room_id, business_date, reservation_id, status, guest_name,
           check_in_date, check_out_date, source_type)
         select '{tenant}', '{room}' || d, '{PROPERTY}', '{room}', d::date, '{STAY}', 'CONFIRMED', 'Byron, Ada', '2027-02-03', '2027-02-05',
           'DIRECT' from unnest(array['2027-02-03', '2027-02-04']) d;
         insert into rm_pms_daily_occupancy (tenant_id, id, property_id, business_date, rooms_occupied, rooms_available, arrivals,
           departures, updated_at)
         values ('{tenant}', 'D3', '{PROPERTY}', '2027-02-03', 1, 7, 1, 0, now()), ('{tenant}', 'D4', '{PROPERTY}', '2027-02-04', 1, 7, 0, 0, now()),
           ('{tenant}', 'D5', '{PROPERTY}', '2027-02-05', 0, 8, 0, 1, now());",
        room = room(101)
    )
}

/// Of papers: numbers that are missing, and a credit of nothing or of something else. And what was seen on a day that is to come.
const PAPERS: &[(&str, &[&str])] = &[
    ("insert into pms_counters (tenant_id, name, value) values ('{A}', 'invoices:0000000000000000000000PRP1', 1)", &["numbers of papers"]),
    ("insert into pms_counters (tenant_id, name, value) values ('{A}', 'credit-notes:0000000000000000000000PRP1', 2);
      insert into pms_folios (tenant_id, id, property_id, reservation_id, currency, credits_folio_id, credit_note_number, credit_reason,
        created_by, updated_by)
      select tenant_id, 'N', property_id, reservation_id, currency, id, 2, 'x', 'x', 'x' from pms_folios where tenant_id = '{A}'",
        &["numbers of papers", "credit notes"]),
    ("insert into pms_counters (tenant_id, name, value) values ('{A}', 'credit-notes:0000000000000000000000PRP1', 1),
        ('{A}', 'invoices:0000000000000000000000PRP1', 1);
      insert into pms_folio_entries (tenant_id, id, property_id, folio_id, entry_type, description, amount_cents, business_date, posted_by, method)
      select '{A}', 'E4', property_id, id, 'PAYMENT', 'Card', -700, '2027-02-03', 'test', 'CARD' from pms_folios where tenant_id = '{A}';
      update pms_folios set balance_cents = 0, status = 'CLOSED', invoice_number = 1, closed_on = '2027-02-03' where tenant_id = '{A}';
      insert into pms_folios (tenant_id, id, property_id, reservation_id, currency, credits_folio_id, credit_note_number, credit_reason,
        subtotal_cents, total_cents, balance_cents, created_by, updated_by)
      select tenant_id, 'N', property_id, reservation_id, currency, id, 1, 'x', -9999, -9999, -9999, 'x', 'x'
      from pms_folios where tenant_id = '{A}';
      insert into pms_folio_entries (tenant_id, id, property_id, folio_id, entry_type, description, amount_cents, business_date, posted_by,
        credits_entry_id)
      select '{A}', 'E5', property_id, 'N', 'ROOM_CHARGE', 'Room', -9999, '2027-02-03', 'test', 'E1' from pms_folios
      where tenant_id = '{A}' and id <> 'N'", &["credit notes"]),
    ("insert into pms_room_sightings (tenant_id, id, property_id, room_id, business_date, seen_occupied, desk_occupied, created_by, updated_by)
          values ('{A}', 'S', '0000000000000000000000PRP1', '{R}', '2027-02-02', false, false, 'x', 'x')", &["housekeeping"]),
    ("insert into pms_restrictions (tenant_id, id, property_id, date, created_by, updated_by)
          values ('{A}', 'R', '0000000000000000000000PRP1', '2027-02-05', 'x', 'x')", &["restrictions"]),
    ("insert into pms_packages (tenant_id, id, property_id, code, name, created_by, updated_by)
          values ('{A}', 'P', '0000000000000000000000PRP1', 'P', 'x', 'x', 'x')", &["packages"]),
    ("insert into pms_rate_plans (tenant_id, id, property_id, code, name, currency, parent_plan_id, derivation_json, created_by, updated_by)
          values ('{A}', 'P1', '0000000000000000000000PRP1', 'P1', 'x', 'USD', '0000000000000000000000BAR0', '{\"percent\": \"1\"}', 'x', 'x'),
            ('{A}', 'P2', '0000000000000000000000PRP1', 'P2', 'x', 'USD', 'P1', '{\"percent\": \"1\"}', 'x', 'x')", &["derived plans"]),
];

/// Of payments by the gateway; X is a charge of 100.00 that nothing is posted of.
const PAYMENTS: &[(&str, &[&str])] = &[
    ("{X, 'SETTLED', 0, now(), 'r', now())", &["gateway payments"]),
    (
        "{X, 'PENDING', 0, null, null, now());
      update pms_folio_entries set payment_intent_id = 'X' where tenant_id = '{A}' and id = 'E3'",
        &["gateway payments"],
    ),
    (
        "{X, 'SETTLED', 1, now(), 'r', now()); update pms_folio_entries set payment_intent_id = 'X' where tenant_id = '{A}' and id = 'E3'",
        &["gateway refunds"],
    ),
    ("{X, 'SETTLED_UNPOSTED', 0, now(), 'r', now())", &["payments without a folio"]),
    ("{X, 'PENDING', 0, null, null, '2001-01-01')", &["payments without an answer"]),
];
const CHARGE: &str = "
    insert into pms_payment_intents (tenant_id, id, property_id, folio_id, kind, amount_cents, currency, description, account, expires_at,
      checked_at, created_by, updated_by, status, refunded_cents, finished_at, gateway_ref, created_at)
    values ('{A}', 'X', '0000000000000000000000PRP1', '0000000000000000000000ST01', 'CHARGE', 10000, 'USD', 'Card', 'a', now(), now(), 'x', 'x'";

#[tokio::test]
async fn each_fault_is_found_and_nothing_else() {
    let app = TestApp::start().await;
    let tenants = [app.a.id.to_string(), app.b.id.to_string()];
    for tenant in &tenants {
        database::execute(&app.owner_url, &stay(tenant)).await;
    }
    let client = database::connect(&app.owner_url).await;
    assert_eq!(invariants(&client, None).await.unwrap(), []);

    let faults: &[(&str, &[&str])] = &[
        ("alter table pms_room_blocks drop constraint pms_room_blocks_no_overlap;
          insert into pms_room_blocks (tenant_id, id, property_id, room_id, start_date, end_date, block_type, room_type_id, created_by, updated_by)
          select tenant_id, 'X', property_id, room_id, '2027-02-04', '2027-02-05', 'HOUSE_USE', room_type_id, 'x', 'x' from pms_room_blocks
          where tenant_id = '{A}'", &["overlaps", "occupancy"]),
        ("delete from rm_pms_calendar_segments where tenant_id = '{A}' and business_date = '2027-02-04'", &["segments"]),
        ("update rm_pms_calendar_segments set guest_name = 'Byron' where tenant_id = '{A}'", &["segments"]),
        ("update rm_pms_calendar_segments set business_date = business_date + 9 where tenant_id = '{A}'", &["segments"]),
        ("update rm_pms_daily_occupancy set departures = 0 where tenant_id = '{A}'", &["occupancy"]),
        ("delete from rm_pms_daily_occupancy where tenant_id = '{A}' and business_date = '2027-02-05'", &["occupancy"]),
        ("update pms_rooms set is_active = false, closed_on = '2027-02-04' where tenant_id = '{A}' and room_number = '105'", &["occupancy"]),
        ("update pms_folios set tax_cents = 0, total_cents = 10000 where tenant_id = '{A}'", &["folios"]),
        ("update pms_folio_entries set folio_id = folio_id, amount_cents = -9999 where tenant_id = '{A}' and id = 'E3'", &["folios"]),
        ("delete from pms_folio_entries where tenant_id = '{A}'; delete from pms_folios where tenant_id = '{A}'", &["folio of each stay"]),
        ("update pms_folio_entries set charge_kind = 'CANCELLATION:1', reservation_id = '0000000000000000000000ST01'
          where tenant_id = '{A}' and id = 'E1'", &["closing fees"]),
        ("insert into pms_day_closes select '{A}', '0000000000000000000000PRP1', '2027-01-31', 8, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, now(), 'x'", &["closed days", "figures of closed days"]),
        ("insert into pms_day_closes select '{A}', '0000000000000000000000PRP1', '2027-01-31', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0,
            0, now(), 'x'", &["figures of closed days"]),
        ("insert into pms_day_closes select '{A}', '0000000000000000000000PRP1', '2027-01-29'::date + n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            n, 0, 0, 0, now(), 'x' from generate_series(1, 2) n", &["ledgers of closed days"]),
        ("update pms_reservation_nights set tax_cents = 1 where tenant_id = '{A}'", &["prices"]),
        ("update pms_reservations set nightly_rate_cents = 10050 where tenant_id = '{A}'", &["prices"]),
        ("update pms_reservation_nights set night = night - 1 where tenant_id = '{A}'", &["prices"]),
        ("delete from pms_reservation_nights where tenant_id = '{A}'", &["prices"]),
        ("update pms_room_blocks set end_date = '2027-02-04' where tenant_id = '{A}'", &["segments", "occupancy", "rooms of stays"]),
        ("update pms_reservations set status = 'NO_SHOW' where tenant_id = '{A}'", &["segments", "occupancy", "rooms of stays"]),
        ("update pms_reservations set room_id = '{R}' where tenant_id = '{A}'", &["rooms of stays"]),
        ("update pms_rooms set status = 'OCCUPIED' where tenant_id = '{A}' and room_number = '102'", &["room status"]),
        ("update pms_rooms set status = 'OUT_OF_ORDER', is_out_of_order = true where tenant_id = '{A}' and room_number = '102'", &["room status"]),
        ("update pms_reservations set status = 'CHECKED_IN' where tenant_id = '{A}';
          update rm_pms_calendar_segments set status = 'CHECKED_IN' where tenant_id = '{A}'", &["room status"]),
        ("insert into pms_counters (tenant_id, name, value) values ('{A}', 'events', 2);
          insert into pms_outbox (tenant_id, id, sequence, event_type, entity_type, entity_id, payload_json)
          select '{A}', n::text, n, 'x', 'ROOM', '1', '{}' from unnest(array[1, 3]) n;
          insert into pms_audit_log (tenant_id, id, actor_user_id, entity_type, entity_id, action, diff_json)
          select '{A}', n::text, 'x', 'ROOM', '1', 'X', '{}' from unnest(array[1, 2]) n", &["events"]),
        ("insert into pms_audit_log (tenant_id, id, actor_user_id, entity_type, entity_id, action, diff_json)
          values ('{A}', '1', 'x', 'ROOM', '1', 'X', '{}')", &["audit"]),
    ];
    let mut seen: Vec<&str> =
        faults.iter().chain(PAPERS).chain(PAYMENTS).flat_map(|(_, checks)| checks.iter().copied()).collect();
    for (sql, expected) in faults.iter().chain(PAPERS).chain(PAYMENTS) {
        let sql = sql.replace("{X", CHARGE).replace("{A}", &tenants[0]).replace("{R}", &room(102));
        client.batch_execute(&format!("begin; {sql}")).await.unwrap_or_else(|e| panic!("{sql}: {e:?}"));
        let found = invariants(&client, None).await.unwrap();
        let mut checks: Vec<_> = found.iter().map(|f| f.check).collect();
        checks.dedup();
        assert_eq!(&checks, expected, "{sql}: {found:#?}");
        assert!(found.iter().all(|f| f.tenant.as_deref() == Some(&tenants[0])), "{found:#?}");
        assert_eq!(invariants(&client, Some(&tenants[1])).await.unwrap(), []);
        client.batch_execute("rollback").await.unwrap();
    }

    seen.sort();
    seen.dedup();
    let mut named: Vec<&str> = all().map(|i| i.name).collect();
    named.sort();
    assert_eq!(seen, named, "each invariant is broken once");
}
