//! `pms api-key create`.

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::{ConfigFile, owner_store, role_of, tenant_of};
use crate::{
    call,
    config::{Flags, Owner},
    http::{auth::Token, permission::Role},
    kernel::{ApiKeyId, PropertyId},
    op::{Change, Op, Who},
};

pub const EXAMPLES: &str = "\
Examples:
  pms api-key create --tenant lakeside --name 'channel manager' --role front-desk
  pms api-key create --tenant lakeside --name reports --role read-only --property 01J9ZK3T5V8M2Q4R6X7Y9ABCDE --days 90

The key is printed once, on stdout, and only its hash is stored:
  KEY=$(pms api-key create --tenant lakeside --name script --role manager)
  curl -H \"Authorization: Bearer $KEY\" http://127.0.0.1:8080/api/v1/pms/properties";

crate::sql! {
    INSERT_KEY_OF_CLI = "
        insert into pms_api_keys (tenant_id, id, name, key_hash, key_prefix, role, property_id, expires_at, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

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

    let (key, hash) = Token::new_api_key(tenant);
    let mut op =
        Op::begin(&store, Who { tenant, actor: "system".into(), correlation: "pms api-key create".into() }, None).await?;
    let id = ApiKeyId(op.new_id());
    let expires_at: Option<Timestamp> = args.days.map(|d| op.now.checked_add((i64::from(d) * 24).hours())).transpose()?;
    let prefix: String = key.chars().take(12).collect();
    op.write(call!(
        INSERT_KEY_OF_CLI,
        tenant,
        id,
        args.name.clone(),
        hash,
        prefix,
        args.role,
        args.property,
        expires_at,
        op.now,
        op.actor()
    ));
    let after = json!({ "name": args.name, "role": args.role, "propertyId": args.property, "expiresAt": expires_at });
    op.record(Change {
        property: args.property,
        entity: "api_key",
        id: id.to_string(),
        verb: "created",
        before: Value::Null,
        after,
    });
    op.finish().await?;

    println!("{key}");
    Ok(())
}
