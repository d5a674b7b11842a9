//! Bookings, moves and cancellations: over HTTP against pgbench, in one hotel of one tenant.
//!
//! A booking has a number, which gives its id, its room and its three nights, by the same arithmetic on both sides: pairs of rooms
//! times days ahead, visited in an order that jumps about. Bookings take the even room of a pair; a move goes to the odd one and
//! back, so no booking is ever in the way of another and each request does the whole work.

use std::collections::HashMap;

use anyhow::Context;
use jiff::ToSpan;
use serde_json::{Value, json};

use crate::{
    bench::Bench,
    capture::Executed,
    client::{Caller, Connection},
    data::{TODAY, WORK_FIRST_ROOM, WORK_FIRST_TYPE, WORK_HOTEL, WORK_ROOMS, WORK_ROOMS_PER_TYPE, id},
    drive::drive,
    pgbench::{Script, Travel, Until},
    sample::{Runs, Sample},
};

const ROUNDS: usize = 3;
const PAIRS: u64 = WORK_ROOMS / 2;
const STARTS: u64 = 590;
const SLOTS: u64 = PAIRS * STARTS;
/// A prime that divides the number of slots is needed nowhere; this one does not.
const STRIDE: u64 = 7_919;
const FIRST_DAY: u64 = 40;
const NIGHTS: u64 = 3;
const FIRST_RESERVATION: u64 = 7_000_000_000;
/// So many bookings of each side move to and fro.
const MOVING: u64 = 512;

/// How many transactions each client runs.
fn per_client(verb: Verb, clients: u64) -> u64 {
    match (verb, clients) {
        (Verb::Move, 1) => MOVING,
        (Verb::Move, _) => 4 * MOVING / clients,
        (_, 1) => 500,
        _ => 2_400 / clients,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    Book,
    Move,
    Cancel,
}

impl Verb {
    pub const ALL: [Verb; 3] = [Verb::Book, Verb::Move, Verb::Cancel];

    pub fn name(self) -> &'static str {
        match self {
            Verb::Book => "booking",
            Verb::Move => "move",
            Verb::Cancel => "cancellation",
        }
    }

    fn marker(self) -> &'static str {
        if self == Verb::Book { "INSERT_RESERVATION" } else { "UPDATE_RESERVATION" }
    }
}

/// A booking by its number.
struct Slot {
    pair: u64,
    start: u64,
}

impl Slot {
    fn of(number: u64) -> Slot {
        let place = number * STRIDE % SLOTS;
        Slot { pair: place % PAIRS, start: place / PAIRS }
    }

    fn room(&self, side: u64) -> String {
        id(WORK_FIRST_ROOM + 2 * self.pair + side)
    }

    fn room_type(&self) -> String {
        id(WORK_FIRST_TYPE + 2 * self.pair / WORK_ROOMS_PER_TYPE)
    }

    fn day(&self, night: u64) -> String {
        (TODAY + ((FIRST_DAY + NIGHTS * self.start + night) as i64).days()).to_string()
    }
}

fn reservation(number: u64) -> String {
    id(FIRST_RESERVATION + number)
}

fn booking(caller: &Caller, number: u64) -> Vec<u8> {
    let slot = Slot::of(number);
    let body = json!({
        "id": reservation(number), "propertyId": id(WORK_HOTEL), "roomId": slot.room(0), "roomTypeId": slot.room_type(),
        "checkInDate": slot.day(0), "checkOutDate": slot.day(NIGHTS), "adults": 2, "sourceType": "DIRECT",
        "primaryGuestJson": { "firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com", "phone": "+44 20 7946 0000" },
        "guestNotes": "Arrives by train",
    });
    caller.post("/reservations", &key(Verb::Book, number), &body)
}

/// To the other room of the pair, for the `pass`th time.
fn moving(caller: &Caller, number: u64, pass: u64) -> Vec<u8> {
    let body = json!({ "roomId": Slot::of(number).room(1 - pass % 2), "version": 1 + pass });
    caller.post(&format!("/reservations/{}/move", reservation(number)), &key(Verb::Move, number * 1000 + pass), &body)
}

fn cancelling(caller: &Caller, number: u64) -> Vec<u8> {
    let body = json!({ "version": 1, "reason": "Plans changed" });
    caller.post(&format!("/reservations/{}/cancel", reservation(number)), &key(Verb::Cancel, number), &body)
}

/// An idempotency key of 26 characters, as the ids are; pgbench's begin with zeros.
fn key(verb: Verb, number: u64) -> String {
    format!("bench-{}-{number:018}", verb as u8)
}

pub struct Compared {
    pub verb: Verb,
    pub clients: u64,
    pub http: Runs,
    pub pipelined: Runs,
    pub one_by_one: Runs,
}

pub struct Writes {
    pub compared: Vec<Compared>,
    pub round_trips: Option<f64>,
    pub memory_before_mb: f64,
    pub memory_after_mb: f64,
}

/// The scripts of one verb.
struct Scripts {
    pipelined: Script,
    one_by_one: Script,
}

pub fn compare(bench: &Bench, database: &str) -> anyhow::Result<Writes> {
    bench.progress("bookings, moves and cancellations");
    let mut next = 0;
    let scripts = capture(bench, database, &mut next)?;
    // Those that move: first of this side, then of that. PostgreSQL plans for the tables as they are when a connection first asks;
    // a server that begins with empty ones would keep plans for empty ones until the next autovacuum.
    let moving_first = next;
    next += 3 * MOVING;
    let (first_server, caller) = bench.serve(database)?;
    drive(&caller, 8, Until::Transactions(3 * MOVING / 8), 201, |client, n| booking(&caller, moving_first + n * 8 + client))?;
    let round_trips = round_trips(&caller)?;
    drop(first_server);
    bench.sql(database, "vacuum (analyze)")?;
    let (server, caller) = bench.serve(database)?;
    let memory_before_mb = server.memory_mb()?;

    let url = bench.server_url(database);
    // How often the moving bookings of each side have moved.
    let mut passes = [0; 3];
    let cancelled_first = next;
    let mut cancelled_next = cancelled_first;
    let mut first_fresh = 0;
    let mut compared = Vec::new();
    for verb in Verb::ALL {
        for clients in [1, 8] {
            bench.progress(&format!("  {}s", verb.name()));
            let mut sides = [Runs::default(), Runs::default(), Runs::default()];
            for round in 0..ROUNDS {
                for turn in 0..3 {
                    let side = (turn + round) % 3;
                    let count = per_client(verb, clients);
                    let all = count * clients;
                    let first = match verb {
                        Verb::Book => taken(&mut next, all),
                        Verb::Move => moving_first + MOVING * side as u64,
                        Verb::Cancel => taken(&mut cancelled_next, all),
                    };
                    let pass = passes[side];
                    if verb == Verb::Move {
                        passes[side] += all / MOVING;
                    }
                    let sample = if side == 0 {
                        over_http(&caller, verb, clients, count, first, pass)?
                    } else {
                        let scripts = &scripts[verb as usize];
                        let script = if side == 1 { &scripts.pipelined } else { &scripts.one_by_one };
                        let variables =
                            [("i", 0), ("clients", clients), ("first", first), ("pass", pass), ("fresh", first_fresh)];
                        first_fresh += all;
                        bench.pgbench.run(&url, script, clients, Until::Transactions(count), &variables)?
                    };
                    sides[side].0.push(sample);
                }
            }
            let [http, pipelined, one_by_one] = sides;
            bench.told(clients, &http, &pipelined);
            compared.push(Compared { verb, clients, http, pipelined, one_by_one });
        }
    }
    anyhow::ensure!(next <= SLOTS, "the hotel of the writes has too few nights");
    check(bench, database)?;
    Ok(Writes { compared, round_trips, memory_before_mb, memory_after_mb: server.memory_mb()? })
}

fn over_http(caller: &Caller, verb: Verb, clients: u64, count: u64, first: u64, pass: u64) -> anyhow::Result<Sample> {
    let wanted = if verb == Verb::Book { 201 } else { 200 };
    drive(caller, clients, Until::Transactions(count), wanted, |client, n| {
        let n = n * clients + client;
        match verb {
            Verb::Book => booking(caller, first + n),
            Verb::Move => moving(caller, first + n % MOVING, pass + n / MOVING),
            Verb::Cancel => cancelling(caller, first + n),
        }
    })
}

/// The first of so many numbers, which are then gone.
fn taken(next: &mut u64, count: u64) -> u64 {
    *next += count;
    *next - count
}

/// Both sides have left behind what they should have: as many rows of each kind for each booking.
fn check(bench: &Bench, database: &str) -> anyhow::Result<()> {
    let hotel = id(WORK_HOTEL);
    let wrong = bench.sql(
        database,
        &format!(
            "with rows as (
               select reservation_id as id, 'block' as kind from pms_room_blocks where property_id = '{hotel}'
               union all select reservation_id, 'cell' from rm_pms_calendar_segments where property_id = '{hotel}'
               union all select reservation_id, 'night' from pms_reservation_nights where property_id = '{hotel}'
               union all select reservation_id, 'folio' from pms_folios where property_id = '{hotel}'
             ), counted as (
               select id, count(*) filter (where kind = 'block') as blocks, count(*) filter (where kind = 'cell') as cells,
                 count(*) filter (where kind = 'night') as nights, count(*) filter (where kind = 'folio') as folios
               from rows group by id
             )
             select count(*) from pms_reservations r left join counted c using (id)
             where r.property_id = '{hotel}'
               and (status, blocks, cells, nights, folios) not in (('CONFIRMED', 1, 3, 3, 1), ('CANCELLED', 0, 0, 3, 1))"
        ),
    )?;
    anyhow::ensure!(wrong == "0", "{wrong} bookings have not all of their rows: the sides did not do equal work");
    Ok(())
}

/// Runs one request of each verb and writes the scripts that do the same.
fn capture(bench: &Bench, database: &str, next: &mut u64) -> anyhow::Result<Vec<Scripts>> {
    bench.capture(true)?;
    let (_server, caller) = bench.serve(database)?;
    let mut connection = Connection::open(caller.address)?;
    let mut all = Vec::new();
    for verb in Verb::ALL {
        let number = *next;
        *next += 1;
        let mut ask = |request: Vec<u8>| -> anyhow::Result<Value> {
            let answer = connection.ask(&request)?;
            anyhow::ensure!(answer.status < 300, "{}: {}", answer.status, String::from_utf8_lossy(answer.body));
            Ok(serde_json::from_slice(answer.body)?)
        };
        let mut answer = ask(booking(&caller, number))?;
        match verb {
            Verb::Book => {}
            Verb::Move => answer = ask(moving(&caller, number, 0))?,
            Verb::Cancel => answer = ask(cancelling(&caller, number))?,
        }
        let transaction = bench.log.transaction_with(verb.marker())?;
        let (varying, prelude) = varying(verb, number, &transaction, &answer)?;
        let write = |travel, how: &str| {
            let name = format!("{}-{how}", verb.name());
            Script::write(&bench.folder, &name, &transaction, &varying, &prelude, travel)
        };
        all.push(Scripts {
            pipelined: write(Travel::Pipelined, "pipelined")?,
            one_by_one: write(Travel::OneByOne, "one-by-one")?,
        });
    }
    bench.capture(false)?;
    Ok(all)
}

/// What differs from one transaction to the next, as SQL, and the words of pgbench that compute it.
fn varying(
    verb: Verb,
    number: u64,
    transaction: &[Executed],
    answer: &Value,
) -> anyhow::Result<(HashMap<String, String>, String)> {
    let slot = Slot::of(number);
    let mut varying = HashMap::new();
    let as_id = |name: &str| format!("lpad(:{name}, 26, '0')");
    varying.insert(reservation(number), as_id("reservation"));
    varying.insert(slot.room(0), as_id("room"));
    varying.insert(slot.room(1), as_id("other_room"));
    varying.insert(slot.room_type(), as_id("type"));
    for night in 0..=NIGHTS {
        varying.insert(slot.day(night), format!("(date '{TODAY}' + :day::int + {night})"));
    }
    let confirmation = answer["data"]["confirmationNumber"].as_str().context("the booking has no number")?;
    if verb == Verb::Book {
        varying.insert(confirmation.to_owned(), "lpad(:number, 8, '0')".to_owned());
    }

    let mut prelude = format!(
        "\\set n :i * :clients + :client_id\n\
         \\set i :i + 1\n\
         \\set number :first + {}\n\
         \\set side {}\n\
         \\set place (:number * {STRIDE}) % {SLOTS}\n\
         \\set pair :place % {PAIRS}\n\
         \\set day {FIRST_DAY} + {NIGHTS} * (:place / {PAIRS})\n\
         \\set reservation {FIRST_RESERVATION} + :number\n\
         \\set room {WORK_FIRST_ROOM} + 2 * :pair + :side\n\
         \\set other_room {WORK_FIRST_ROOM} + 2 * :pair + 1 - :side\n\
         \\set type {WORK_FIRST_TYPE} + 2 * :pair / {WORK_ROOMS_PER_TYPE}\n",
        if verb == Verb::Move { format!(":n % {MOVING}") } else { ":n".to_owned() },
        if verb == Verb::Move { format!("(:pass + :n / {MOVING}) % 2") } else { "0".to_owned() },
    );
    // Ids that the server made, and the idempotency key: each transaction needs its own. The ids of the data are all older.
    let tokens = transaction.iter().flat_map(|e| e.params.iter().flatten()).flat_map(|value| value.split(['{', ',', '}']));
    for token in tokens.filter(|t| t.len() == 26 && (t.starts_with("01") || t.starts_with("bench-"))) {
        if !varying.contains_key(token) {
            let fresh = varying.len();
            prelude += &format!("\\set id{fresh} {}0000000000 + (:fresh + :n) * 64 + {fresh}\n", 1 + verb as u64);
            varying.insert(token.to_owned(), as_id(&format!("id{fresh}")));
        }
    }
    Ok((varying, prelude))
}

/// How often a booking waits for the database, on average: as the server counts it.
fn round_trips(caller: &Caller) -> anyhow::Result<Option<f64>> {
    let request = format!("GET /metrics HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\r\n", caller.key);
    let mut connection = Connection::open(caller.address)?;
    let answer = connection.ask(request.as_bytes())?;
    if answer.status != 200 {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(answer.body);
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f64>().ok());
    Ok(value("pms_op_round_trips_sum").zip(value("pms_op_round_trips_count")).map(|(sum, count)| sum / count))
}
