//! The import of real bookings: its rules on a handful of rows, and the first thousands of the real file where it is at hand.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use oppsera_pms::{
    db::{Db, PoolSettings},
    import::{Hotel, HotelReport, Nights, Selection, SourceRow, ZeroNights, checks, open, read, replay},
    kernel::{Clock, Ids, TenantId},
    op::Store,
    reports::days::{Figures, between},
    tenants::create::{NewTenant, create},
};
use serde_json::{Value, json};

use crate::support::database;

const HEADER: &str = "hotel,lead_time,arrival_date_year,arrival_date_month,arrival_date_day_of_month,stays_in_weekend_nights,\
    stays_in_week_nights,adults,children,babies,country,market_segment,distribution_channel,reserved_room_type,assigned_room_type,agent,\
    company,adr,reservation_status,reservation_status_date";

/// One row for each rule. Type G of the city hotel has five rooms.
const ROWS: &str = "\
City Hotel,3,2016,May,7,1,1,2,1,1,PRT,Online TA,TA/TO,A,D,9,NULL,80.5,Check-Out,2016-05-09
Resort Hotel,3,2016,May,7,1,1,2,0,0,PRT,Direct,Direct,A,A,NULL,NULL,80.5,Check-Out,2016-05-09
City Hotel,30,2016,May,7,1,1,2,0,0,ESP,Groups,TA/TO,A,A,NULL,7,60,Canceled,2016-04-20
City Hotel,9,2016,May,7,1,1,2,0,0,ESP,Corporate,GDS,A,A,NULL,NULL,60,Canceled,2016-06-20
City Hotel,4,2016,May,8,1,1,1,NA,0,DEU,Offline TA/TO,TA/TO,A,A,3,NULL,71.25,No-Show,2016-05-08
City Hotel,2,2016,May,8,0,0,1,0,0,DEU,Direct,Direct,A,A,NULL,NULL,0,Check-Out,2016-05-08
City Hotel,0,2016,May,8,0,1,0,0,0,NULL,Direct,Direct,A,A,NULL,NULL,-6.38,Check-Out,2016-05-09
City Hotel,5,2016,May,10,0,2,2,0,0,PRT,Direct,Direct,G,G,NULL,NULL,100,Check-Out,2016-05-12
City Hotel,5,2016,May,10,0,2,2,0,0,PRT,Direct,Direct,G,G,NULL,NULL,100,Check-Out,2016-05-12
City Hotel,5,2016,May,10,0,2,2,0,0,PRT,Direct,Direct,G,G,NULL,NULL,100,Check-Out,2016-05-12
City Hotel,5,2016,May,10,0,2,2,0,0,PRT,Direct,Direct,G,G,NULL,NULL,100,Check-Out,2016-05-12
City Hotel,5,2016,May,10,0,2,2,0,0,PRT,Direct,Direct,G,G,NULL,NULL,100,Check-Out,2016-05-12
City Hotel,5,2016,May,11,0,2,2,0,0,PRT,Direct,Direct,G,G,NULL,NULL,100,Check-Out,2016-05-13
";

struct Import {
    owner_url: String,
    store: Store,
    tenant: TenantId,
}

impl Import {
    async fn start() -> Import {
        let owner_url = database::create().await;
        let settings = PoolSettings { size: 3, synchronous_commit: false, ..PoolSettings::default() };
        let store = Store::new(Db::new(&owner_url, &settings).unwrap(), Clock::System, Ids::default());
        let tenant = TenantId(store.ids.next(store.clock.now()));
        create(&store, NewTenant { id: tenant, slug: "import".into(), name: "Import".into() }).await.unwrap();
        Import { owner_url, store, tenant }
    }

    async fn run(&self, hotel: Hotel, rows: &[SourceRow], overbooking: i32, progress: impl Fn(u64)) -> HotelReport {
        let opened = open(&self.store, self.tenant, hotel, rows, overbooking).await.unwrap();
        replay(&self.store, &opened, (self.tenant, hotel), rows, Nights::Posted, progress).await.unwrap()
    }

    async fn demand_sound(&self, hotels: &[HotelReport], rows: &[SourceRow]) {
        let checks = checks(&self.store, self.tenant, hotels, rows).await.unwrap();
        let failed: Vec<_> = checks.iter().filter(|c| !c.holds).collect();
        assert!(failed.is_empty() && checks.len() >= 4, "{failed:#?}");
    }

    async fn sql(&self, query: &str) -> Vec<Value> {
        database::query(&self.owner_url, &format!("select to_jsonb(q) from ({query}) q")).await
    }

    /// Rows of every table that an import writes.
    async fn rows(&self) -> Vec<Value> {
        self.sql(
            "select (select count(*) from pms_properties) p, (select count(*) from pms_rooms) r, (select count(*) from pms_reservations) s,
               (select count(*) from pms_reservation_nights) n, (select count(*) from pms_room_blocks) b,
               (select count(*) from pms_folios) f, (select count(*) from rm_pms_calendar_segments) c,
               (select count(*) from pms_audit_log) a, (select count(*) from pms_outbox) o",
        )
        .await
    }
}

/// The rows of a file with this text.
fn rows_of(text: &str) -> Vec<SourceRow> {
    let name = format!("import-{}.csv", hex::encode(oppsera_pms::kernel::clock::random_bytes::<8>()));
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, format!("{HEADER}\n{text}")).unwrap();
    let rows = read(&path, &[Hotel::City], Selection::default());
    std::fs::remove_file(&path).unwrap();
    rows.unwrap()
}

/// The reports tell the nights that were imported.
async fn demand_told(import: &Import, report: &HotelReport) {
    let call = between(import.tenant, report.property_id, "2015-07-01".parse().unwrap(), "2017-12-31".parse().unwrap());
    let rows = import.store.read(import.tenant, vec![call]).await.unwrap();
    let mut told = Figures::default();
    rows[0].iter().for_each(|row| told += Figures::from_row(row));
    assert_eq!((told.sold, told.room_revenue), (report.stored.room_nights, report.stored.room_revenue_cents));
}

#[tokio::test]
async fn each_row_becomes_what_it_says() {
    let import = Import::start().await;
    let rows = rows_of(ROWS);

    let report = import.run(Hotel::City, &rows, 0, |_| {}).await;

    let run = &report.this_run;
    assert_eq!((report.rows, report.rows_without_person), (12, 1));
    assert_eq!(report.zero_night_rows, ZeroNights { checked_out: 1, cancelled: 0, no_shows: 0 });
    assert_eq!((run.booked, run.cancelled, run.checked_in, run.checked_out, run.no_shows), (10, 2, 7, 7, 1));
    assert_eq!(run.refused, [("NO_AVAILABILITY".to_string(), 1)].into());
    assert_eq!((run.without_booking, run.upgrades, run.done_before), (2, 1, 0));
    assert_eq!((run.days_closed, run.nights_posted), (36, 13));
    assert_eq!((report.stored.room_nights, report.stored.room_revenue_cents.0), (13, 161_00 - 6_38 + 1000_00));
    demand_told(&import, &report).await;
    import.demand_sound(&[report], &rows).await;
    demand_stays(&import).await;

    let house = import
        .sql("select p.business_date, p.currency, p.timezone, (select count(*) from pms_rooms where status = 'OCCUPIED') as occupied from pms_properties p")
        .await;
    assert_eq!(house, [json!({"business_date": "2016-05-13", "currency": "EUR", "timezone": "Europe/Lisbon", "occupied": 0})]);
}

#[allow(clippy::too_many_arguments, reason = "the columns of a stay")]
fn stay(
    name: &str,
    status: &str,
    booked: &str,
    until: &str,
    closed: Value,
    source: &str,
    of: Value,
    persons: [i32; 2],
    types: [Value; 2],
) -> Value {
    json!({"name": name, "status": status, "booked_on": booked, "check_out_date": until, "closed_on": closed, "source_type": source,
        "source_ref": of, "adults": persons[0], "children": persons[1], "sold": types[0], "slept": types[1]})
}

/// Each stored stay against its row of the file.
async fn demand_stays(import: &Import) {
    let stays = import
        .sql(
            "select r.primary_guest_json ->> 'lastName' as name, r.status, r.booked_on, r.check_out_date, r.closed_on, r.source_type, r.source_ref,
               r.adults, r.children, t.code as sold, o.code as slept
             from pms_reservations r join pms_room_types t on t.id = r.room_type_id left join pms_rooms m on m.id = r.room_id
               left join pms_room_types o on o.id = m.room_type_id
             where r.check_in_date < '2016-05-10' order by (r.primary_guest_json ->> 'lastName')",
        )
        .await;
    let (a, d, none) = (json!("A"), json!("D"), || Value::Null);
    let (agent, types) = (json!("agent 3"), [a.clone(), none()]);
    let no_show = stay("Guest 5", "NO_SHOW", "2016-05-04", "2016-05-10", json!("2016-05-08"), "PHONE", agent, [1, 0], types);
    assert_eq!(
        stays,
        [
            stay("Guest 1", "CHECKED_OUT", "2016-05-04", "2016-05-09", none(), "OTA", json!("agent 9"), [2, 2], [a.clone(), d]),
            stay(
                "Guest 3",
                "CANCELLED",
                "2016-04-07",
                "2016-05-09",
                json!("2016-04-20"),
                "DIRECT",
                json!("company 7"),
                [2, 0],
                [a.clone(), none()]
            ),
            stay(
                "Guest 4",
                "CANCELLED",
                "2016-04-28",
                "2016-05-09",
                json!("2016-05-07"),
                "BOOKING_ENGINE",
                none(),
                [2, 0],
                [a.clone(), none()]
            ),
            no_show,
            stay("Guest 7", "CHECKED_OUT", "2016-05-08", "2016-05-09", none(), "WALKIN", none(), [1, 0], [a.clone(), a]),
        ]
    );
}

#[tokio::test]
async fn without_closes_the_reports_tell_the_same_from_the_books() {
    let import = Import::start().await;
    let rows = rows_of(ROWS);
    let opened = open(&import.store, import.tenant, Hotel::City, &rows, 0).await.unwrap();
    let of = (import.tenant, Hotel::City);
    let report = replay(&import.store, &opened, of, &rows, Nights::Passed, |_| {}).await.unwrap();

    assert_eq!((report.this_run.days_closed, report.this_run.nights_posted), (0, 0));
    assert_eq!(import.sql("select count(*) as n from pms_folio_entries").await, [json!({"n": 0})]);
    demand_told(&import, &report).await;
    import.demand_sound(&[report], &rows).await;
}

#[tokio::test]
async fn a_second_run_writes_nothing() {
    let import = Import::start().await;
    let rows = rows_of(ROWS);
    import.run(Hotel::City, &rows, 10_000, |_| {}).await;
    let before = import.rows().await;

    let again = import.run(Hotel::City, &rows, 10_000, |_| {}).await;

    assert_eq!((again.this_run.events(), again.stored.bookings), (0, 11));
    // The close made a no-show of who found no room.
    assert_eq!(again.this_run.done_before, 30);
    assert_eq!(import.rows().await, before);
}

/// The real file, where it lies beside the project.
fn real_file() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hotel_bookings.csv.xz");
    let path = std::env::var_os("PMS_TEST_HOTEL_BOOKINGS").map_or(beside, PathBuf::from);
    path.exists().then_some(path)
}

#[tokio::test]
async fn the_first_thousands_of_two_real_hotels_survive_an_interruption() {
    let Some(path) = real_file() else {
        eprintln!("SKIPPED: hotel_bookings.csv.xz is neither in ../shared/data nor where PMS_TEST_HOTEL_BOOKINGS says");
        return;
    };
    let import = Import::start().await;
    let rows = read(&path, &Hotel::ALL, Selection { from_row: None, limit: Some(3000) }).unwrap();
    let of = |hotel: Hotel| rows.iter().filter(|r| r.hotel == hotel).cloned().collect::<Vec<_>>();
    let (resort, city) = (of(Hotel::Resort), of(Hotel::City));
    assert_eq!((resort.len(), city.len()), (3000, 3000));

    // Let go in the middle, as a kill does: what was not committed is gone.
    let gone_through = AtomicU64::new(0);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stop = std::sync::Mutex::new(Some(stop));
    let progress = |n: u64| {
        if gone_through.fetch_add(n, Ordering::Relaxed) + n > 2000
            && let Some(stop) = stop.lock().unwrap().take()
        {
            let _ = stop.send(());
        }
    };
    tokio::select! {
        _ = import.run(Hotel::Resort, &resort, 10_000, progress) => panic!("it was to be interrupted"),
        _ = stopped => {}
    }
    let half = import.sql("select count(*) as n from pms_reservations").await[0]["n"].as_i64().unwrap();
    assert!((500..2900).contains(&half), "{half} of 3000 bookings");

    let (resort_report, city_report) =
        tokio::join!(import.run(Hotel::Resort, &resort, 10_000, |_| {}), import.run(Hotel::City, &city, 10_000, |_| {}));

    assert!(resort_report.this_run.done_before > 2000 && resort_report.this_run.booked < 2500);
    for report in [&resort_report, &city_report] {
        let zero = report.zero_night_rows;
        assert_eq!(report.stored.bookings as u64, 3000 - zero.checked_out - zero.cancelled - zero.no_shows);
        assert_eq!(report.this_run.refused, Default::default());
        assert!(report.this_run.upgrades > 50);
        demand_told(&import, report).await;
    }
    let before = import.rows().await;
    import.demand_sound(&[resort_report, city_report], &rows).await;
    import.run(Hotel::Resort, &resort, 10_000, |_| {}).await;
    assert_eq!(import.rows().await, before);
}
