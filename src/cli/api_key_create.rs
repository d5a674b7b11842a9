//! `pms api-key create`.

use jiff::{Timestamp, ToSpan};

use super::{ConfigFile, owner_store, role_of, tenant_of};
use crate::{
    config::{Flags, Owner},
    http::permission::Role,
    kernel::PropertyId,
    op::{Op, Who},
    users::api_keys::{NewApiKey, create_in},
};

pub const EXAMPLES: &str = "\
Examples:
  pms api-key create --tenant lakeside --name 'channel manager' --role front-desk
  pms api-key create --tenant lakeside --name reports --role read-only --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE --days 90

The key is printed once, on stdout, and only its hash is stored:
  KEY=$(pms api-key create --tenant lakeside --name script --role manager)
  curl -H \"Authorization: Bearer $KEY\" http://127.0.0.1:8080/api/v1/pms/properties";

/// Make an API key for a program
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The tenant: its slug or id
    #[arg(long)]
    tenant: String,
    /// What the key is for
    #[arg(long)]
    name: String,
    /// manager, front-desk, housekeeping, revenue or read-only
    #[arg(long, value_parser = role_of)]
    role: Role,
    /// Only this property [default: every property of the tenant]
    #[arg(long, value_name = "ID")]
    property: Option<PropertyId>,
    /// Valid for so many days [default: until it is revoked]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=3650))]
    days: Option<u16>,
    #[command(flatten)]
    settings: Flags<Owner>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let store = owner_store(&args.settings, file).await?;
    let tenant = tenant_of(&store, &args.tenant).await?;

    let mut op =
        Op::begin(&store, Who { tenant, actor: "system".into(), correlation: "pms api-key create".into() }, None).await?;
    let expires_at: Option<Timestamp> = args.days.map(|d| op.now.checked_add((i64::from(d) * 24).hours())).transpose()?;
    let new = NewApiKey { name: args.name, role: args.role, property_id: args.property, expires_at };
    let (_, secret) = create_in(&mut op, new)?;
    op.finish().await?;

    println!("{secret}");
    Ok(())
}
