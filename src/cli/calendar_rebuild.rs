//! `pms calendar rebuild`.

use std::time::Duration;

use indicatif::ProgressBar;

use super::{ConfigFile, owner_store, tenant_of};
use crate::{
    calendar,
    config::{Flags, Owner},
    kernel::{PropertyId, TenantId},
};

pub const EXAMPLES: &str = "\
Examples:
  pms calendar rebuild
  pms calendar rebuild --tenant lakeside --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE

It may run while the server serves. When nothing is wrong, it changes no row.";

crate::sql! {
    /// Of one tenant, or of all when there is none: asked as the owner.
    PROPERTIES_TO_REBUILD = "
        select tenant_id, id, name from pms_properties
        where ($1::text is null or tenant_id = $1) and ($2::text is null or id = $2)
        order by tenant_id, id";
}

/// Compute the calendar and the daily counts anew from the bookings
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Only this tenant, by its slug or id
    #[arg(long)]
    tenant: Option<String>,
    /// Only this property
    #[arg(long, value_name = "ID")]
    property: Option<PropertyId>,
    #[command(flatten)]
    settings: Flags<Owner>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let store = owner_store(&args.settings, file).await?;
    let tenant = match &args.tenant {
        Some(slug) => Some(tenant_of(&store, slug).await?),
        None => None,
    };
    let client = store.db.connection().await?;
    let rows = client.query(PROPERTIES_TO_REBUILD, &[&tenant, &args.property]).await?;
    drop(client);
    anyhow::ensure!(!rows.is_empty(), "there is no property to rebuild");

    for row in rows {
        let (tenant, property, name): (TenantId, PropertyId, String) = (row.get(0), row.get(1), row.get(2));
        let bar = ProgressBar::new_spinner().with_message(name.clone());
        bar.enable_steady_tick(Duration::from_millis(100));
        let progress = |day| bar.set_message(format!("{name}: up to {day}"));
        let rebuilt = calendar::rebuild::rebuild(&store, tenant, property, progress).await?;
        bar.finish_and_clear();
        println!("{name}: {} cells and {} days changed", rebuilt.cells, rebuilt.days);
    }
    Ok(())
}
