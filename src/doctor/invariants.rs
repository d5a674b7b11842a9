//! What holds after every operation, whoever did what at once: the promises of the product as queries over the stored rows.
//!
//! Each query answers the rows that break its rule, as (tenant, property, subject, detail). `$1` is a tenant, or null for all.

use tokio_postgres::Client;

use super::{Finding, payments::PAYMENTS, selling::SELLING};

/// A rule over the rows of a tenant.
#[derive(Debug)]
pub struct Invariant {
    pub name: &'static str,
    /// What holds, for people.
    pub rule: &'static str,
    pub mend: &'static str,
    pub(super) sql: &'static str,
}

/// More findings of one rule say nothing new.
const MOST_OF_EACH: i64 = 20;

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Invariant> {
    INVARIANTS.iter().chain(PAYMENTS).chain(SELLING)
}

/// Checks all of them. `client` is the owner's: row security would hide what is wrong. Nothing found is an empty list.
pub async fn invariants(client: &Client, tenant: Option<&str>) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for invariant in all() {
        findings.extend(invariant.check(client, tenant).await?);
    }
    Ok(findings)
}

impl Invariant {
    /// The first findings of this rule.
    pub async fn check(&self, client: &Client, tenant: Option<&str>) -> anyhow::Result<Vec<Finding>> {
        let rows = client.query(&format!("{} limit {MOST_OF_EACH}", self.sql), &[&tenant]).await?;
        let finding = |row: &tokio_postgres::Row| Finding {
            check: self.name,
            tenant: row.get(0),
            property: row.get(1),
            subject: row.get(2),
            detail: row.get(3),
            mend: self.mend,
        };
        Ok(rows.iter().map(finding).collect())
    }
}

const REBUILD: &str = "run `pms calendar rebuild`";
pub(super) const BY_HAND: &str = "this is a fault of the program: report it, and mend the rows by hand as the owner";

const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "overlaps",
        rule: "no two blocks overlap in a room",
        mend: BY_HAND,
        // Of blocks that overlap, two that follow each other by their start do.
        sql: "
            select tenant_id, property_id, 'room ' || room_id, 'blocks ' || id || ' and ' || next_id || ' overlap'
            from (select *, lead(id) over by_start as next_id, lead(start_date) over by_start as next_start from pms_room_blocks
                  where $1::text is null or tenant_id = $1
                  window by_start as (partition by tenant_id, room_id order by start_date, id)) b
            where next_start < end_date
            order by 1, 3",
    },
    Invariant {
        name: "segments",
        rule: "the calendar has one segment for each night of each stay in a room, and says what the reservation says",
        mend: REBUILD,
        sql: "
            with truth as (
              select b.tenant_id, b.property_id, b.room_id, b.start_date + n as business_date, r.id as reservation_id, r.status,
                concat_ws(', ', nullif(r.primary_guest_json ->> 'lastName', ''), nullif(r.primary_guest_json ->> 'firstName', '')) as guest_name,
                r.check_in_date, r.check_out_date, r.source_type
              from pms_room_blocks b join pms_reservations r on r.tenant_id = b.tenant_id and r.id = b.reservation_id,
                generate_series(0, b.end_date - b.start_date - 1) n
              where ($1::text is null or b.tenant_id = $1) and b.block_type = 'RESERVATION'
            ), shown as (
              select tenant_id, property_id, room_id, business_date, reservation_id, status, guest_name, check_in_date, check_out_date,
                source_type
              from rm_pms_calendar_segments where $1::text is null or tenant_id = $1
            )
            select tenant_id, property_id, 'room ' || room_id || ' on ' || business_date,
              case when shown.reservation_id is null then 'reservation ' || truth.reservation_id || ' is not shown'
                   when truth.reservation_id is null then 'reservation ' || shown.reservation_id || ' is shown and not there'
                   else 'shown ' || shown::text || ', true ' || truth::text end
            from truth full join shown using (tenant_id, property_id, room_id, business_date)
            where (truth.reservation_id, truth.status, truth.guest_name, truth.check_in_date, truth.check_out_date, truth.source_type)
              is distinct from (shown.reservation_id, shown.status, shown.guest_name, shown.check_in_date, shown.check_out_date,
                                shown.source_type)
            order by 1, 3",
    },
    Invariant {
        name: "occupancy",
        rule: "the counts of each day are those of the blocks, the stays and the rooms",
        mend: REBUILD,
        sql: "
            with nights as (
              select b.tenant_id, b.property_id, b.start_date + n as day,
                count(*) filter (where b.block_type = 'RESERVATION') as occupied,
                count(*) filter (where b.block_type <> 'RESERVATION') as off_market
              from pms_room_blocks b, generate_series(0, b.end_date - b.start_date - 1) n
              where $1::text is null or b.tenant_id = $1
              group by 1, 2, 3
            ), stays as (
              select tenant_id, property_id, check_in_date, check_out_date, room_id is null and status in ('HOLD', 'CONFIRMED') as waits
              from pms_reservations
              where ($1::text is null or tenant_id = $1) and status in ('HOLD', 'CONFIRMED', 'CHECKED_IN', 'CHECKED_OUT')
            ), counts as (
              select tenant_id, property_id, day, sum(occupied) as occupied, sum(off_market) as off_market, sum(arrivals) as arrivals,
                sum(departures) as departures, sum(unassigned) as unassigned
              from (
                select tenant_id, property_id, day, occupied, off_market, 0 as arrivals, 0 as departures, 0 as unassigned from nights
                union all select tenant_id, property_id, check_in_date, 0, 0, 1, 0, 0 from stays
                union all select tenant_id, property_id, check_out_date, 0, 0, 0, 1, 0 from stays
                union all select tenant_id, property_id, check_in_date + n, 0, 0, 0, 0, 1
                  from stays, generate_series(0, check_out_date - check_in_date - 1) n where waits
                union all select tenant_id, property_id, business_date, 0, 0, 0, 0, 0
                  from rm_pms_daily_occupancy where $1::text is null or tenant_id = $1
              ) x
              group by 1, 2, 3
            ), truth as (
              select c.*, (select count(*) from pms_rooms r where r.tenant_id = c.tenant_id and r.property_id = c.property_id
                  and (r.opened_on is null or r.opened_on <= c.day) and (r.closed_on is null or r.closed_on > c.day)) as rooms
              from counts c
            )
            select t.tenant_id, t.property_id, t.day::text,
              case when o.id is null then 'has no row' else 'shown '
                || jsonb_build_array(o.rooms_occupied, o.rooms_available, o.arrivals, o.departures, o.rooms_unassigned, o.rooms_off_market)::text
                || ', true ' || jsonb_build_array(t.occupied, t.rooms - t.occupied - t.off_market, t.arrivals, t.departures, t.unassigned,
                  t.off_market)::text || ' (occupied, available, arrivals, departures, unassigned, off the market)' end
            from truth t left join rm_pms_daily_occupancy o
              on o.tenant_id = t.tenant_id and o.property_id = t.property_id and o.business_date = t.day
            where (o.rooms_occupied, o.rooms_available, o.arrivals, o.departures, o.rooms_unassigned, o.rooms_off_market)
              is distinct from (t.occupied, t.rooms - t.occupied - t.off_market, t.arrivals, t.departures, t.unassigned, t.off_market)
            order by 1, 2, 3",
    },
    Invariant {
        name: "folios",
        rule: "the totals of each folio are the sums of its ledger",
        mend: BY_HAND,
        sql: "
            select f.tenant_id, f.property_id, 'folio ' || f.id, 'has '
              || jsonb_build_array(f.subtotal_cents, f.tax_cents, f.fee_cents, f.balance_cents)::text || ', its ledger '
              || jsonb_build_array(e.subtotal, e.tax, e.fee, e.balance)::text || ' (subtotal, tax, fee, balance)'
            from pms_folios f cross join lateral (
              select coalesce(sum(amount_cents) filter (where entry_type in ('ROOM_CHARGE', 'ADJUSTMENT')), 0) as subtotal,
                coalesce(sum(amount_cents) filter (where entry_type = 'TAX'), 0) as tax,
                coalesce(sum(amount_cents) filter (where entry_type = 'FEE'), 0) as fee,
                coalesce(sum(amount_cents), 0) as balance
              from pms_folio_entries e where e.tenant_id = f.tenant_id and e.property_id = f.property_id and e.folio_id = f.id
            ) e
            where ($1::text is null or f.tenant_id = $1)
              and (f.subtotal_cents, f.tax_cents, f.fee_cents, f.balance_cents) is distinct from (e.subtotal, e.tax, e.fee, e.balance)
            order by 1, 3",
    },
    Invariant {
        name: "numbers of papers",
        rule: "invoices and credit notes of a property are numbered from 1 up to their counters, without gap",
        mend: BY_HAND,
        sql: "
            select p.tenant_id, p.id, x.name || ' of the property', 'are ' || x.n || ', the last is ' || coalesce(x.last, 0)
              || ', the counter says ' || coalesce(c.value, 0)
            from pms_properties p cross join lateral (
              select 'invoices' as name, count(*) as n, max(invoice_number) as last from pms_folios f
              where f.tenant_id = p.tenant_id and f.property_id = p.id and f.invoice_number is not null
              union all select 'credit-notes', count(*), max(credit_note_number) from pms_folios f
              where f.tenant_id = p.tenant_id and f.property_id = p.id and f.credit_note_number is not null
            ) x
            left join pms_counters c on c.tenant_id = p.tenant_id and c.name = x.name || ':' || p.id
            -- They are unique, so as many as the last one says have no gap.
            where ($1::text is null or p.tenant_id = $1) and (x.n, coalesce(c.value, 0)) is distinct from (coalesce(x.last, 0), coalesce(x.last, 0))
            order by 1, 2, 3",
    },
    Invariant {
        name: "credit notes",
        rule: "a credit note takes back entries of one invoice, each with its own amount, and all of an invoice take back at most its total",
        mend: BY_HAND,
        sql: "
            select f.tenant_id, f.property_id, 'folio ' || f.id, 'is credited with ' || c.credited || ', its total is ' || f.total_cents
            from (select tenant_id, credits_folio_id, -sum(total_cents) as credited from pms_folios
                  where credits_folio_id is not null and ($1::text is null or tenant_id = $1) group by 1, 2) c
            join pms_folios f on f.tenant_id = c.tenant_id and f.id = c.credits_folio_id
            where c.credited > f.total_cents or f.invoice_number is null
            union all
            select e.tenant_id, e.property_id, 'entry ' || e.id, 'of credit note ' || f.credit_note_number || ' is ' || e.amount_cents
              || ', it takes back ' || coalesce(o.amount_cents::text, 'nothing')
            from pms_folios f
            join pms_folio_entries e on e.tenant_id = f.tenant_id and e.property_id = f.property_id and e.folio_id = f.id and e.method is null
            left join pms_folio_entries o on o.tenant_id = f.tenant_id and o.id = e.credits_entry_id and o.folio_id = f.credits_folio_id
            where f.credit_note_number is not null and ($1::text is null or f.tenant_id = $1)
              and (o.entry_type, -o.amount_cents) is distinct from (e.entry_type, e.amount_cents)
            order by 1, 3",
    },
    Invariant {
        name: "closed days",
        rule: "each closed day has a room charge for each night that it counts, and no day after the business date is closed",
        mend: BY_HAND,
        sql: "
            select c.tenant_id, c.property_id, 'day ' || c.business_date, 'counts ' || c.rooms_sold || ' nights, the ledger has ' || e.nights
              || '; the business date is ' || p.business_date
            from pms_day_closes c
            join pms_properties p on p.tenant_id = c.tenant_id and p.id = c.property_id
            cross join lateral (
              select count(*) as nights from pms_folio_entries e
              where e.tenant_id = c.tenant_id and e.property_id = c.property_id and e.business_date = c.business_date
                and e.charge_kind = 'ROOM' and e.reverses_entry_id is null
            ) e
            where ($1::text is null or c.tenant_id = $1) and (c.rooms_sold <> e.nights or c.business_date >= p.business_date)
            order by 1, 2, 3",
    },
    Invariant {
        name: "figures of closed days",
        rule: "what was posted on a closed day is what its record says, and the parts of the record add up to it",
        mend: BY_HAND,
        sql: "
            select c.tenant_id, c.property_id, 'day ' || c.business_date, 'says ' || c.figures::text || ', its postings and parts '
              || c.parts::text || ' (rooms, nights, room revenue twice, adjustments, taxes, fees, payments, refunds)'
            from (
              select c.tenant_id, c.property_id, c.business_date, jsonb_build_array(c.rooms_total, c.rooms_sold, c.room_revenue_cents,
                  c.room_revenue_cents, c.adjustment_cents, c.tax_cents, c.fee_cents, c.payment_cents, c.refund_cents) as figures,
                jsonb_build_array(
                  (select coalesce(sum(rooms), 0) from jsonb_to_recordset(c.rooms_json) as x (rooms int)), s.sold, s.posted,
                  e.rooms, e.adjustments, e.taxes, e.fees, e.payments, e.refunds) as parts
              from pms_day_closes c cross join lateral (
                select coalesce(sum(sold), 0) as sold, coalesce(sum(posted_cents), 0) as posted
                from jsonb_to_recordset(c.sales_json) as x (sold int, posted_cents bigint)
              ) s cross join lateral (
                select coalesce(sum(amount_cents) filter (where entry_type = 'ROOM_CHARGE'), 0) as rooms,
                  coalesce(sum(amount_cents) filter (where entry_type = 'ADJUSTMENT'), 0) as adjustments,
                  coalesce(sum(amount_cents) filter (where entry_type = 'TAX'), 0) as taxes,
                  coalesce(sum(amount_cents) filter (where entry_type = 'FEE'), 0) as fees,
                  coalesce(sum(amount_cents) filter (where entry_type = 'PAYMENT'), 0) as payments,
                  coalesce(sum(amount_cents) filter (where entry_type = 'REFUND'), 0) as refunds
                from pms_folio_entries e
                where e.tenant_id = c.tenant_id and e.property_id = c.property_id and e.business_date = c.business_date
              ) e
              where $1::text is null or c.tenant_id = $1
            ) c
            where c.figures <> c.parts
            order by 1, 2, 3",
    },
    Invariant {
        name: "ledgers of closed days",
        rule: "the ledgers of each closed day are those of the day before and what moved them",
        mend: BY_HAND,
        sql: "
            select b.tenant_id, b.property_id, 'day ' || b.business_date, 'has ' || b.balance || ' in the ledger ' || b.ledger || ', the day before '
              || b.before || ', and ' || m.moved || ' moved'
            from (
              select c.*, x.ledger, x.balance,
                lag(x.balance) over (partition by c.tenant_id, c.property_id, x.ledger order by c.business_date) as before
              from pms_day_closes c cross join lateral (values ('GUEST', c.guest_ledger_cents), ('DEPOSIT', c.deposit_ledger_cents),
                ('HOUSE', c.house_ledger_cents), ('CITY_LEDGER', c.city_ledger_cents)) as x (ledger, balance)
              where $1::text is null or c.tenant_id = $1
            ) b cross join lateral (
              select coalesce(sum(amount_cents), 0) as moved
              from jsonb_to_recordset(b.ledgers_json) as x (ledger text, amount_cents bigint) where x.ledger = b.ledger
            ) m
            where b.balance <> b.before + m.moved
            order by 1, 2, 3",
    },
    Invariant {
        name: "closing fees",
        rule: "the fee for a cancellation or no-show stands once, and only for a stay that was given up",
        mend: "void the entry on its folio",
        sql: "
            select r.tenant_id, r.property_id, 'reservation ' || r.id, r.status || ' has ' || count(*) || ' such fees'
            from pms_folio_entries e join pms_reservations r on r.tenant_id = e.tenant_id and r.id = e.reservation_id
            where ($1::text is null or e.tenant_id = $1) and e.tax_code is null and e.reverses_entry_id is null
              and (e.charge_kind like 'CANCELLATION:%' or e.charge_kind like 'NO_SHOW:%') and not exists (
                select from pms_folio_entries x
                where x.tenant_id = e.tenant_id and x.property_id = e.property_id
                  and (x.reverses_entry_id = e.id or x.credits_entry_id = e.id))
            group by r.tenant_id, r.property_id, r.id, r.status
            having count(*) > 1 or r.status not in ('CANCELLED', 'NO_SHOW')
            order by 1, 3",
    },
    Invariant {
        name: "folio of each stay",
        rule: "each reservation has a folio",
        mend: BY_HAND,
        sql: "
            select r.tenant_id, r.property_id, 'reservation ' || r.id, 'has no folio'
            from pms_reservations r
            where ($1::text is null or r.tenant_id = $1) and not exists (
              select from pms_folios f where f.tenant_id = r.tenant_id and f.property_id = r.property_id and f.reservation_id = r.id)
            order by 1, 3",
    },
    Invariant {
        name: "prices",
        rule: "each reservation has a price for each of its nights, and its sums are those of the nights",
        mend: BY_HAND,
        sql: "
            select r.tenant_id, r.property_id, 'reservation ' || r.id, 'has ' || r.subtotal_cents || ' + ' || r.tax_cents || ' + '
              || r.fee_cents || ' (' || r.nightly_rate_cents || ' a night), its ' || n.nights || ' priced nights from ' || coalesce(n.first::text, '-') || ' to '
              || coalesce(n.last::text, '-') || ' sum to ' || n.subtotal || ' + ' || n.tax || ' + ' || n.fee
            from pms_reservations r cross join lateral (
              select coalesce(sum(price_cents), 0) as price, coalesce(sum(price_cents - included_cents), 0) as subtotal,
                coalesce(sum(tax_cents), 0) as tax, coalesce(sum(fee_cents), 0) as fee, count(*) as nights, min(night) as first,
                max(night) as last
              from pms_reservation_nights n
              where n.tenant_id = r.tenant_id and n.reservation_id = r.id and not n.is_released
            ) n
            where ($1::text is null or r.tenant_id = $1)
              and (r.subtotal_cents, r.tax_cents, r.fee_cents, r.nightly_rate_cents, r.check_out_date - r.check_in_date, r.check_in_date, r.check_out_date - 1)
                is distinct from (n.subtotal, n.tax, n.fee, floor(n.price / greatest(n.nights, 1) + 0.5), n.nights, n.first, n.last)
            order by 1, 3",
    },
    Invariant {
        name: "rooms of stays",
        rule: "a stay with a room has blocks for exactly its nights, without gap; any other has none",
        mend: BY_HAND,
        sql: "
            select r.tenant_id, r.property_id, 'reservation ' || r.id, r.status || ', ' || coalesce('room ' || r.room_id, 'no room') || ', '
              || r.stay_range::text || ' has the blocks ' || coalesce(b.blocks, '-')
            from pms_reservations r cross join lateral (
              select count(*) as pieces, sum(end_date - start_date) as nights, min(start_date) as first, max(end_date) as last,
                coalesce(bool_and(follows), true) as is_gapless, coalesce(bool_or(room_id = r.room_id), false) as has_room,
                string_agg(room_id || ' ' || daterange(start_date, end_date), ', ' order by start_date) as blocks
              from (select *, start_date = coalesce(lag(end_date) over (order by start_date), start_date) as follows
                    from pms_room_blocks b
                    where b.tenant_id = r.tenant_id and b.property_id = r.property_id and b.reservation_id = r.id) x
            ) b
            where ($1::text is null or r.tenant_id = $1)
              -- Who left on the day of arrival slept no night; who changed rooms on the day of departure none in the last one.
              and case when r.room_id is null or r.status in ('CANCELLED', 'NO_SHOW')
                    or r.status = 'CHECKED_OUT' and r.checked_out_on <= r.check_in_date then b.pieces > 0
                  else (b.nights, b.first, b.last, b.is_gapless, b.has_room or r.status = 'CHECKED_OUT')
                    is distinct from (r.check_out_date - r.check_in_date, r.check_in_date, r.check_out_date, true, true) end
            order by 1, 3",
    },
    Invariant {
        name: "room status",
        rule: "a room is occupied while a guest is in the house, and out of order while a block of the business date says so",
        mend: "set the state of the room in housekeeping; if that is refused, mend the row by hand as the owner",
        sql: "
            select tenant_id, property_id, 'room ' || room_number, 'is ' || status || ', and ' || case when in_house
              then 'a guest is checked in' when blocked then 'a block takes it out of order today' else 'nothing says so' end
            from (
              select r.*,
                exists (select from pms_reservations s where s.tenant_id = r.tenant_id and s.property_id = r.property_id
                  and s.room_id = r.id and s.status = 'CHECKED_IN') as in_house,
                exists (select from pms_room_blocks b where b.tenant_id = r.tenant_id and b.property_id = r.property_id
                  and b.room_id = r.id and b.block_type in ('OUT_OF_ORDER', 'MAINTENANCE')
                  and b.start_date <= p.business_date and b.end_date > p.business_date) as blocked
              from pms_rooms r join pms_properties p on p.tenant_id = r.tenant_id and p.id = r.property_id
              where $1::text is null or r.tenant_id = $1
            ) x
            where (status = 'OCCUPIED') <> in_house or (status <> 'OCCUPIED' and is_out_of_order <> blocked)
            order by 1, 2, 3",
    },
    Invariant {
        name: "housekeeping",
        rule: "nothing of housekeeping is of a day that has not begun",
        mend: BY_HAND,
        sql: "
            select x.tenant_id, x.property_id, x.subject, 'is of ' || x.day || ', and the business date is ' || p.business_date
            from (select tenant_id, property_id, 'assignment ' || id as subject, business_date as day from pms_housekeeping_assignments
              union all select tenant_id, property_id, 'sighting ' || id, business_date from pms_room_sightings
              union all select tenant_id, property_id, 'service of room ' || room_number, serviced_on from pms_rooms) x join pms_properties p on p.tenant_id = x.tenant_id and p.id = x.property_id
            where ($1::text is null or x.tenant_id = $1) and x.day > p.business_date order by 1, 3",
    },
    Invariant {
        name: "events",
        rule: "the events of a tenant are numbered without gap up to its counter",
        mend: BY_HAND,
        sql: "
            select t.id, null::text, 'tenant ' || t.slug, 'events ' || coalesce(e.first, 0) || ' to ' || coalesce(e.last, 0) || ' are ' || e.n
              || ' rows, the counter says ' || coalesce(c.value, 0)
            from pms_tenants t
              left join pms_counters c on c.tenant_id = t.id and c.name = 'events'
              cross join lateral (select count(*) as n, min(sequence) as first, max(sequence) as last from pms_outbox o where o.tenant_id = t.id) e
            where ($1::text is null or t.id = $1)
              and (coalesce(c.value, 0) <> coalesce(e.last, coalesce(c.value, 0)) or e.n <> coalesce(e.last - e.first + 1, 0))
            order by 1",
    },
    Invariant {
        name: "audit",
        rule: "each audited change has one event, and each event its audit row",
        mend: BY_HAND,
        sql: "
            with audited as (
              select tenant_id, entity_type, entity_id, correlation_id, count(*) as n from pms_audit_log
              where $1::text is null or tenant_id = $1 group by 1, 2, 3, 4
            ), told as (
              select tenant_id, entity_type, entity_id, correlation_id, count(*) as n from pms_outbox
              where $1::text is null or tenant_id = $1 group by 1, 2, 3, 4
            )
            select coalesce(a.tenant_id, e.tenant_id), null::text, coalesce(a.entity_type || ' ' || a.entity_id, e.entity_type || ' ' || e.entity_id),
              coalesce(a.n, 0) || ' audit rows and ' || coalesce(e.n, 0) || ' events of ' || coalesce(a.correlation_id, e.correlation_id, '-')
            from audited a full join told e on e.tenant_id = a.tenant_id and e.entity_type = a.entity_type and e.entity_id = a.entity_id
              and coalesce(e.correlation_id, '') = coalesce(a.correlation_id, '')
            where a.n is distinct from e.n
            order by 1, 3",
    },
];
