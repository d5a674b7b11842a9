//! Two hotels to look at: made by a seeded generator, and lived day by day through the same use cases as the API.

pub mod cluster;
mod extras;
mod hotels;
mod names;
mod people;
mod plan;
mod play;
mod setup;
mod terms;

use crate::{
    db::Result,
    kernel::{Day, TenantId, clock::day_in},
    op::Store,
};

pub use hotels::HOTELS;
pub use people::{LOG_INS, PASSWORD};
pub use plan::{House, Kind, Spec, Type};
pub use play::{Played, play};

/// Names the tenant in log-ins and commands.
pub const TENANT_SLUG: &str = "demo";

/// How far the filling is.
#[derive(Clone, Debug)]
pub struct Step {
    pub hotel: &'static str,
    pub done: u64,
    pub of: u64,
    pub what: &'static str,
}

/// The seed of the demo: the same hotels on every machine, around the day on which they are made.
pub const SEED: u64 = 20_270_212;

/// Fills both hotels, side by side, with two years of stays around the day that it is there.
pub async fn fill(store: &Store, tenant: TenantId, progress: &(dyn Fn(Step) + Sync)) -> Result<Vec<Played>> {
    let [lakeside, harbour] = &HOTELS;
    let today = |spec: &Spec| day_in(store.clock.now(), spec.timezone).unwrap_or(Day::MIN);
    let houses = [House::draw(lakeside, today(lakeside), 365, SEED), House::draw(harbour, today(harbour), 365, SEED + 1)];
    let (a, b) =
        tokio::join!(play(store, tenant, lakeside, &houses[0], progress), play(store, tenant, harbour, &houses[1], progress));
    Ok(vec![a?, b?])
}
