//! What holds of payments by the gateway.

use super::invariants::{BY_HAND, Invariant};

pub(super) const PAYMENTS: &[Invariant] = &[
    Invariant {
        name: "gateway payments",
        rule: "what the gateway moved stands on its folio once, and nothing else does",
        mend: BY_HAND,
        // What takes an entry back or moves it names the intent too, so that all of them add up to the amount wherever it went.
        sql: "
            select i.tenant_id, i.property_id, 'payment ' || i.id, 'of ' || i.amount_cents || ' is ' || i.status || ' with ' || e.n
              || ' entries on its folio, and ' || e.amount || ' in the ledger'
            from pms_payment_intents i cross join lateral (
              select count(*) filter (where folio_id = i.folio_id and reverses_entry_id is null and moved_from_entry_id is null) as n,
                coalesce(sum(amount_cents), 0) as amount
              from pms_folio_entries
              where tenant_id = i.tenant_id and property_id = i.property_id and payment_intent_id = i.id
            ) e
            where ($1::text is null or i.tenant_id = $1)
              and (e.n <> (i.status = 'SETTLED')::int
                or e.amount <> case when i.status <> 'SETTLED' then 0 when i.kind = 'CHARGE' then -i.amount_cents else i.amount_cents end)
            order by 1, 2, 3",
    },
    Invariant {
        name: "gateway refunds",
        rule: "what a charge says was given back is the sum of its refunds",
        mend: BY_HAND,
        sql: "
            select i.tenant_id, i.property_id, 'payment ' || i.id, 'says that ' || i.refunded_cents || ' were given back, its refunds are ' || r.amount
            from pms_payment_intents i cross join lateral (
              select coalesce(sum(amount_cents), 0) as amount from pms_payment_intents
              where tenant_id = i.tenant_id and property_id = i.property_id and refunds_intent_id = i.id
                and status in ('PENDING', 'SETTLED', 'SETTLED_UNPOSTED')
            ) r
            where ($1::text is null or i.tenant_id = $1) and i.refunded_cents <> r.amount
            order by 1, 2, 3",
    },
    Invariant {
        name: "payments without a folio",
        rule: "what the gateway moved for a folio that was closed meanwhile was posted to another",
        mend: "post each to an open folio: POST /payment-intents/{id}/post",
        sql: "
            select tenant_id, property_id, 'payment ' || id, kind || ' of ' || amount_cents || ' waits for a folio since ' || finished_at
            from pms_payment_intents where status = 'SETTLED_UNPOSTED' and ($1::text is null or tenant_id = $1)
            order by 1, 2, 3",
    },
    Invariant {
        name: "payments without an answer",
        rule: "the gateway said within a day what became of each payment",
        mend: "see that `pms serve` has the gateway that they were asked of, and that it answers; POST /payment-intents/{id}/settle asks it",
        sql: "
            select tenant_id, property_id, 'payment ' || id, kind || ' of ' || amount_cents || ' is PENDING since ' || created_at
            from pms_payment_intents
            where status = 'PENDING' and created_at < now() - interval '1 day' and ($1::text is null or tenant_id = $1)
            order by 1, 2, 3",
    },
];
