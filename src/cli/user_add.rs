//! `pms user add`.

use std::io::Read;

use anyhow::Context;

use super::{ConfigFile, owner_store, role_of, tenant_of};
use crate::{
    config::{Flags, Owner},
    http::permission::Role,
    kernel::clock::random_bytes,
    op::{Op, Who},
    users::{self, NewUser, Password},
};

pub const EXAMPLES: &str = "\
Examples:
  pms user add --tenant lakeside --email ada@example.com --name 'Ada Byron' --role manager
  printf %s \"$PASSWORD\" | pms user add --tenant lakeside --email desk@example.com --role front-desk --password-stdin";

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
    let typed = password(args.password_stdin)?;
    let store = owner_store(&args.settings, file).await?;
    let tenant = tenant_of(&store, &args.tenant).await?;

    let password = Password::new(typed.clone());
    let hash = password.hash().await?;
    let new = NewUser {
        id: None,
        display_name: args.name.unwrap_or_else(|| args.email.trim().to_string()),
        email: args.email,
        role: args.role,
        password,
        locale: None,
        all_properties: None,
        property_ids: None,
    };
    let mut op = Op::begin(&store, Who { tenant, actor: "system".into(), correlation: "pms user add".into() }, None).await?;
    let user = users::create_in(&mut op, new, hash)?;
    op.finish().await?;

    println!("user {} has the id {}", user.email, user.id);
    if !args.password_stdin {
        println!("password: {typed}");
    }
    Ok(())
}

fn password(from_stdin: bool) -> anyhow::Result<String> {
    if !from_stdin {
        return Ok(hex::encode(random_bytes::<10>()));
    }
    let mut text = String::new();
    std::io::stdin().take(1024).read_to_string(&mut text).context("cannot read the password from stdin")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_string())
}
