//! `pms user add`.

use std::io::Read;

use anyhow::{Context, ensure};
use argon2::{Argon2, PasswordHasher, password_hash::SaltString};
use serde_json::{Value, json};

use super::{ConfigFile, owner_store, role_of, tenant_of};
use crate::{
    call,
    config::{Flags, Owner},
    http::permission::Role,
    kernel::{UserId, clock::random_bytes},
    op::{Change, Op, Who},
};

pub const EXAMPLES: &str = "\
Examples:
  pms user add --tenant lakeside --email ada@example.com --name 'Ada Byron' --role manager
  printf %s \"$PASSWORD\" | pms user add --tenant lakeside --email desk@example.com --role front-desk --password-stdin";

const MIN_PASSWORD: usize = 10;

crate::sql! {
    INSERT_USER_OF_CLI = "
        insert into pms_users (tenant_id, id, email, display_name, password_hash, role, created_at, created_by, updated_at, updated_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $7, $8)";
}

/// Add a user who logs in with e-mail and password
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The tenant: its slug or id
    #[arg(long)]
    tenant: String,
    #[arg(long)]
    email: String,
    /// What others see of the user [default: the e-mail]
    #[arg(long)]
    name: Option<String>,
    /// manager, front-desk, housekeeping, revenue or read-only
    #[arg(long, value_parser = role_of)]
    role: Role,
    /// Read the password from stdin; otherwise one is made and printed
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    settings: Flags<Owner>,
}

pub async fn run(args: Args, file: ConfigFile) -> anyhow::Result<()> {
    let email = args.email.trim().to_lowercase();
    ensure!(email.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()), "--email must be an e-mail address");
    let password = password(args.password_stdin)?;
    let store = owner_store(&args.settings, file).await?;
    let tenant = tenant_of(&store, &args.tenant).await?;

    let salt = SaltString::encode_b64(&random_bytes::<16>()).map_err(|e| anyhow::anyhow!("no salt: {e}"))?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|e| anyhow::anyhow!("no hash: {e}"))?;
    let name = args.name.unwrap_or_else(|| email.clone());
    let mut op = Op::begin(&store, Who { tenant, actor: "system".into(), correlation: "pms user add".into() }, None).await?;
    let id = UserId(op.new_id());
    op.write(call!(INSERT_USER_OF_CLI, tenant, id, email.clone(), name.clone(), hash.to_string(), args.role, op.now, op.actor()));
    let after = json!({ "email": email, "displayName": name, "role": args.role });
    op.record(Change { property: None, entity: "user", id: id.to_string(), verb: "created", before: Value::Null, after });
    op.finish().await?;

    println!("user {email} has the id {id}");
    if !args.password_stdin {
        println!("password: {password}");
    }
    Ok(())
}

fn password(from_stdin: bool) -> anyhow::Result<String> {
    if !from_stdin {
        return Ok(hex::encode(random_bytes::<10>()));
    }
    let mut text = String::new();
    std::io::stdin().take(1024).read_to_string(&mut text).context("cannot read the password from stdin")?;
    let password = text.trim_end_matches(['\r', '\n']).to_string();
    ensure!(password.chars().count() >= MIN_PASSWORD, "the password must have at least {MIN_PASSWORD} characters");
    Ok(password)
}
