//! Offers: a search over seven arrivals of ten types at ten plans, three nights each, and one for a single day.

use anyhow::ensure;

use crate::{
    bench::Bench,
    client::{Caller, Connection},
    data::{self, HOTEL, TENANT, id},
    drive::drive,
    pgbench::Until,
    sample::Runs,
};

const ROUNDS: usize = 5;
const SECONDS: f64 = 1.5;

/// The hotel of the calendars with ten types and ten plans, a price for each, and restrictions on one date in ten.
pub fn ten_by_ten() -> String {
    let (tenant, property) = (id(TENANT), id(HOTEL));
    let other = "lpad((room_type_id::bigint + 5)::text, 26, '0')";
    format!(
        "insert into pms_room_types (tenant_id, id, property_id, code, name, sort_order, max_adults, max_occupancy, created_by, updated_by)
           select '{tenant}', lpad(n::text, 26, '0'), '{property}', 'T' || n, 'Type ' || n, n, 2, 4, 'bench', 'bench' from generate_series(2005, 2009) n;
         update pms_rooms set room_type_id = {other}
           where tenant_id = '{tenant}' and property_id = '{property}' and room_number::int % 2 = 1;
         update pms_room_blocks b set room_type_id = r.room_type_id from pms_rooms r where r.tenant_id = b.tenant_id and r.id = b.room_id;
         insert into pms_rate_plans (tenant_id, id, property_id, code, name, currency, created_by, updated_by)
           select '{tenant}', lpad(n::text, 26, '0'), '{property}', 'P' || n, 'Plan ' || n, 'EUR', 'bench', 'bench' from generate_series(3010, 3018) n;
         delete from pms_rate_plan_prices where tenant_id = '{tenant}' and property_id = '{property}';
         insert into pms_rate_plan_prices (tenant_id, property_id, rate_plan_id, room_type_id, start_date, end_date, nightly_base_cents, created_by, updated_by)
           select '{tenant}', '{property}', p.id, t.id, date '2027-01-01' + 7 * w, date '2027-01-01' + 7 * w + 7, 10000 + 100 * (w % 5), 'bench', 'bench'
           from pms_rate_plans p join pms_room_types t on t.tenant_id = p.tenant_id and t.property_id = p.property_id, generate_series(0, 30) w
           where p.tenant_id = '{tenant}' and p.property_id = '{property}';
         insert into pms_restrictions (tenant_id, property_id, rate_plan_id, room_type_id, date, min_stay_arrival, closed_to_arrival, created_by, updated_by)
           select '{tenant}', '{property}', p.id, t.id, date '2027-03-01' + d, 2 + d % 3, d % 20 = 0, 'bench', 'bench'
           from pms_rate_plans p join pms_room_types t on t.tenant_id = p.tenant_id and t.property_id = p.property_id, generate_series(0, 90) d
           where p.tenant_id = '{tenant}' and p.property_id = '{property}' and (d + t.sort_order + right(p.id, 2)::int) % 10 = 0;
         insert into pms_tax_rules (tenant_id, property_id, code, name, kind, percent, is_inclusive, created_by, updated_by)
           values ('{tenant}', '{property}', 'VAT', 'VAT', 'PERCENT', 7, true, 'bench', 'bench');
         insert into pms_tax_rules (tenant_id, property_id, code, name, kind, amount_cents, is_fee, created_by, updated_by)
           values ('{tenant}', '{property}', 'CITY', 'City tax', 'FIXED_PERSON_NIGHT', 300, true, 'bench', 'bench');"
    )
}

/// Searches of one kind.
pub struct Searches {
    pub what: &'static str,
    /// How many offers one search answers, and how many of them can be had.
    pub offers: usize,
    pub available: usize,
    pub kilobytes: f64,
    pub clients: u64,
    pub runs: Runs,
}

impl Searches {
    pub fn offers_per_second(&self) -> f64 {
        self.runs.per_second() * self.offers as f64
    }
}

pub fn search(bench: &Bench, database: &str) -> anyhow::Result<Vec<Searches>> {
    bench.progress("offers of ten types at ten plans");
    let (_server, caller) = bench.serve(database)?;
    let path = |more: &str| format!("/offers?propertyId={}&arrival={}&nights=3{more}", id(HOTEL), data::in_days(20));
    let kinds = [("7 arrivals × 10 types × 10 plans", path("&flexibleDays=3")), ("1 arrival × 10 types × 10 plans", path(""))];
    let mut all = Vec::new();
    for (what, path) in kinds {
        let (offers, available, kilobytes) = answered(&caller, &path)?;
        for clients in [1, 8] {
            let request = caller.get(&path, "");
            let mut runs = Runs::default();
            for _ in 0..ROUNDS {
                runs.0.push(drive(&caller, clients, Until::Seconds(SECONDS), 200, |_, _| request.clone())?);
            }
            let it = Searches { what, offers, available, kilobytes, clients, runs };
            let (rate, p50) = (it.offers_per_second(), it.runs.milliseconds(0.5));
            bench.progress(&format!("  {what}, {clients} at a time: {rate:.0} offers/s, {p50:.1} ms a search"));
            all.push(it);
        }
    }
    Ok(all)
}

fn answered(caller: &Caller, path: &str) -> anyhow::Result<(usize, usize, f64)> {
    let mut connection = Connection::open(caller.address)?;
    let answer = connection.ask(&caller.get(path, ""))?;
    let body: serde_json::Value = serde_json::from_slice(answer.body)?;
    let offers = body["data"]["offers"].as_array().map(Vec::as_slice).unwrap_or_default();
    ensure!(offers.len() >= 100, "{} offers", offers.len());
    let available = offers.iter().filter(|offer| offer["isAvailable"] == true).count();
    ensure!(available > 0, "nothing is offered");
    Ok((offers.len(), available, answer.body.len() as f64 / 1000.0))
}
