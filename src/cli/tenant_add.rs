//! `pms tenant add`.

use super::{ConfigFile, owner_store};
use crate::{
    config::{Flags, Owner},
    kernel::TenantId,
    tenants::create::{NewTenant, create},
};

pub const EXAMPLES: &str = "\
Examples:
  pms tenant add lakeside --name 'Lakeside Hotels'
  pms user add --tenant lakeside --email ada@example.com --role manager";

/// Add a tenant: a company with its hotels, apart from all others
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Names it in log-ins and commands: a-z, 0-9 and -
    slug: String,
    /// Its name for people
    #[arg(long)]
    name: String,
    #[command(flatten)]
    settings: Flags<Owner>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let store = owner_store(&args.settings, file).await?;
    let id = TenantId(store.ids.next(store.clock.now()));

    create(&store, NewTenant { id, slug: args.slug.clone(), name: args.name.trim().to_string() }).await?;

    println!("tenant {} has the id {id}", args.slug);
    Ok(())
}
