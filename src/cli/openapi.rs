//! `pms openapi`.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::router;

pub const EXAMPLES: &str = "\
Examples:
  pms openapi >openapi.json
  pms openapi --check openapi.json";

/// Print the OpenAPI document of the HTTP API
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Compare with this file instead, and fail when it is not the same
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let document = router::openapi_document().to_pretty_json()? + "\n";
    let Some(path) = &args.check else {
        print!("{document}");
        return Ok(());
    };
    let committed = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    if committed != document {
        let line = committed.lines().zip(document.lines()).take_while(|(a, b)| a == b).count() + 1;
        bail!("{} is not the document of this program: it differs from line {line} on; `make gen` writes it", path.display());
    }
    Ok(())
}
