//! The schema that was asked for, as data: every table, column, type, default, key and index of it must exist. More may.
//!
//! `name type`, `?` may be null, `= default`, `> table` refers to it; `@` is createdAt/By and updatedAt/By, `@c` the first two.
//! `unique` and `index` list columns. Amounts were `int`; here they are `bigint`, and the folio of a house account has no
//! reservation: the two widenings that docs/decisions explains.

pub const SEED: &str = "
pms_properties
  id text = gen_ulid(), tenantId text, name text, timezone text, currency text = 'USD', addressJson jsonb?, isActive boolean = true, @
  index tenantId isActive
  index tenantId name
pms_room_types
  id text, tenantId text, propertyId text > pms_properties, code text, name text, description text?, maxAdults int = 2
  maxChildren int = 0, maxOccupancy int = 2, bedsJson jsonb?, amenitiesJson jsonb?, isActive boolean = true, @
  unique tenantId propertyId code
  index tenantId propertyId isActive
pms_rooms
  id text, tenantId text, propertyId text > pms_properties, roomTypeId text > pms_room_types, roomNumber text, floor text?, name text?
  status text, isOutOfOrder boolean = false, outOfOrderReason text?, featuresJson jsonb?, isActive boolean = true, @
  unique tenantId propertyId roomNumber
  index tenantId propertyId roomTypeId
  index tenantId propertyId status
pms_rate_plans
  id text, tenantId text, propertyId text, code text, name text, description text?, currency text, isDefault boolean = false
  isActive boolean = true, @
  unique tenantId propertyId code
pms_rate_plan_prices
  id text, tenantId text, propertyId text, ratePlanId text, roomTypeId text, startDate date, endDate date, nightlyBaseCents int, @
  unique tenantId ratePlanId roomTypeId startDate endDate
  index tenantId propertyId ratePlanId roomTypeId startDate
pms_guests
  id text, tenantId text, propertyId text, firstName text, lastName text, email text?, phone text?, notes text?, preferencesJson jsonb?, @
  index tenantId propertyId lastName firstName
  index tenantId propertyId email
  index tenantId propertyId phone
pms_reservations
  id text, tenantId text, propertyId text, guestId text? > pms_guests, primaryGuestJson jsonb, status text, checkInDate date
  checkOutDate date, adults int = 2, children int = 0, roomTypeId text, roomId text?, ratePlanId text, nightlyRateCents int
  subtotalCents int, taxCents int = 0, feeCents int = 0, totalCents int, sourceType text = 'DIRECT', sourceRef text?
  internalNotes text?, guestNotes text?, version int = 1, stayRange daterange?, @
  index tenantId propertyId status
  index tenantId propertyId checkInDate
  index tenantId propertyId roomId checkInDate checkOutDate
  index tenantId propertyId roomTypeId checkInDate checkOutDate
  index tenantId propertyId guestId createdAt
pms_room_blocks
  id text, tenantId text, propertyId text, roomId text, startDate date, endDate date, blockType text
  reservationId text? > pms_reservations, reason text?, @c
  index tenantId propertyId roomId startDate
  index tenantId propertyId blockType
pms_room_status_log
  id text, tenantId text, propertyId text, roomId text, businessDate date, fromStatus text, toStatus text, note text?, @c
  index tenantId propertyId businessDate
  index tenantId propertyId roomId businessDate
pms_folios
  id text, tenantId text, propertyId text, reservationId text? > pms_reservations, status text, currency text, subtotalCents int = 0
  taxCents int = 0, feeCents int = 0, totalCents int = 0, @
  index tenantId propertyId reservationId
  index tenantId propertyId status
pms_folio_entries
  id text, tenantId text, propertyId text, folioId text, entryType text, description text, amountCents int, postedAt timestamptz = now()
  postedBy text, sourceRef text?
  index tenantId propertyId folioId postedAt
  index tenantId propertyId entryType postedAt
pms_audit_log
  id text, tenantId text, actorUserId text, entityType text, entityId text, action text, diffJson jsonb, occurredAt timestamptz = now()
  correlationId text?
  index tenantId entityType entityId occurredAt
  index tenantId actorUserId occurredAt
pms_idempotency_keys
  id text, tenantId text, key text, requestHash text, responseJson jsonb, createdAt timestamptz = now(), expiresAt timestamptz
  unique tenantId key
pms_outbox
  id text, tenantId text, eventType text, payloadJson jsonb, occurredAt timestamptz = now(), processedAt timestamptz?, attempts int = 0
  index processedAt occurredAt
rm_pms_calendar_segments
  id text, tenantId text, propertyId text, roomId text, businessDate date, reservationId text, status text, guestName text
  checkInDate date, checkOutDate date, sourceType text, colorKey text?, updatedAt timestamptz = now()
  unique tenantId propertyId roomId businessDate
  index tenantId propertyId businessDate
  index tenantId propertyId roomId businessDate
rm_pms_daily_occupancy
  id text, tenantId text, propertyId text, businessDate date, roomsOccupied int, roomsAvailable int, arrivals int, departures int
  updatedAt timestamptz
  unique tenantId propertyId businessDate
pms_restrictions
  id text, tenantId text
pms_packages
  id text, tenantId text
pms_package_items
  id text, tenantId text
pms_messages
  id text, tenantId text
pms_message_templates
  id text, tenantId text
pms_channel_mappings
  id text, tenantId text
pms_channel_reservations
  id text, tenantId text
";

#[derive(Debug, Default)]
pub struct Table {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub unique: Vec<Vec<String>>,
    pub indexes: Vec<Vec<String>>,
}

#[derive(Debug)]
pub struct Column {
    pub name: String,
    pub sql_type: String,
    pub is_null: bool,
    pub default: Option<String>,
    pub refers_to: Option<String>,
}

pub fn tables() -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in SEED.lines().filter(|l| !l.is_empty()) {
        let Some(inside) = line.strip_prefix("  ") else {
            tables.push(Table { name: line, ..Table::default() });
            continue;
        };
        let table = tables.last_mut().expect("a table before its columns");
        let listed = |columns: &str| columns.split(' ').map(snake).collect();
        if let Some(columns) = inside.strip_prefix("unique ") {
            table.unique.push(listed(columns));
        } else if let Some(columns) = inside.strip_prefix("index ") {
            table.indexes.push(listed(columns));
        } else {
            table.columns.extend(inside.split(", ").flat_map(columns));
        }
    }
    tables
}

fn columns(text: &str) -> Vec<Column> {
    const CREATED: &str = "createdAt timestamptz = now(), createdBy text";
    const CHANGED: &str = "updatedAt timestamptz = now(), updatedBy text";
    match text {
        "@" => [CREATED, CHANGED].join(", ").split(", ").flat_map(columns).collect(),
        "@c" => CREATED.split(", ").flat_map(columns).collect(),
        _ => {
            let (text, refers_to) = text.split_once(" > ").map_or((text, None), |(t, r)| (t, Some(r.to_string())));
            let (text, default) = text.split_once(" = ").map_or((text, None), |(t, d)| (t, Some(d.to_string())));
            let (name, kind) = text.split_once(' ').expect("a name and a type");
            let sql_type = match kind.trim_end_matches('?') {
                "int" if name.ends_with("Cents") => "bigint",
                "int" => "integer",
                "timestamptz" => "timestamp with time zone",
                other => other,
            };
            let column =
                Column { name: snake(name), sql_type: sql_type.to_string(), is_null: kind.ends_with('?'), default, refers_to };
            vec![column]
        }
    }
}

/// `checkInDate` is `check_in_date`: one rule, no exceptions.
fn snake(camel: &str) -> String {
    camel.chars().flat_map(|c| if c.is_uppercase() { vec!['_', c.to_ascii_lowercase()] } else { vec![c] }).collect()
}
