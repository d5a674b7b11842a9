//! pgbench beside the server: the same statements in the same transaction, without HTTP.

use std::{
    collections::HashMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use oppsera_pms::db::SESSION_OPTIONS;

use crate::{capture::Executed, sample::Sample};

/// How the statements travel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// All in one batch: fewer round trips than any program that must look at a row before it writes.
    Pipelined,
    /// Each waits for the answer to the one before: what pgbench does unless told otherwise.
    OneByOne,
}

/// A script with the values of its constants.
pub struct Script {
    file: PathBuf,
    constants: Vec<(String, String)>,
}

impl Script {
    /// In pgbench's own words.
    pub fn plain(folder: &Path, name: &str, text: &str) -> anyhow::Result<Script> {
        let file = folder.join(format!("{name}.sql"));
        fs::write(&file, text)?;
        Ok(Script { file, constants: Vec::new() })
    }

    /// Writes a script that executes `transaction`. Values that differ from one transaction to the next are named in `varying`
    /// with the SQL that computes them; what `prelude` and `epilogue` say in pgbench's own words goes before and after.
    pub fn write(
        folder: &Path,
        name: &str,
        transaction: &[Executed],
        varying: &HashMap<String, String>,
        prelude: &str,
        travel: Travel,
    ) -> anyhow::Result<Script> {
        let mut constants: Vec<(String, String)> = Vec::new();
        let mut text = prelude.to_owned();
        for (at, executed) in transaction.iter().enumerate() {
            let params: Vec<String> = executed.params.iter().map(|p| expression(p.as_deref(), varying, &mut constants)).collect();
            writeln!(text, "{};", with_params(executed.sql.trim(), &params))?;
            // `begin` stays outside: the first statement of a script is where pgbench prepares them all, and it cannot in a batch.
            if at == 0 && travel == Travel::Pipelined {
                text += "\\startpipeline\n";
            }
        }
        if travel == Travel::Pipelined {
            text += "\\endpipeline\n";
        }
        let file = folder.join(format!("{name}.sql"));
        fs::write(&file, text)?;
        Ok(Script { file, constants })
    }
}

/// A parameter as SQL of the script. Constants become variables too, so that the statement is prepared as the server prepares it.
fn expression(value: Option<&str>, varying: &HashMap<String, String>, constants: &mut Vec<(String, String)>) -> String {
    let Some(value) = value else { return "null".to_owned() };
    if value.is_empty() {
        return "''".to_owned();
    }
    if let Some(known) = varying.get(value) {
        return known.clone();
    }
    let inner = value.strip_prefix('{').and_then(|v| v.strip_suffix('}')).filter(|v| !v.contains(['"', '{']));
    if let Some(elements) = inner.map(|v| v.split(',').collect::<Vec<_>>())
        && elements.iter().any(|e| varying.contains_key(*e))
    {
        let elements: Vec<String> = elements
            .iter()
            .map(|e| if *e == "NULL" { "null".to_owned() } else { expression(Some(e), varying, constants) })
            .collect();
        return format!("array[{}]", elements.join(", "));
    }
    let known = constants.iter().position(|(_, v)| v == value);
    let at = known.unwrap_or_else(|| {
        constants.push((format!("c{}", constants.len()), value.to_owned()));
        constants.len() - 1
    });
    format!(":c{at}")
}

/// Puts expressions in the place of `$1`, `$2`, …
fn with_params(sql: &str, params: &[String]) -> String {
    let mut out = String::new();
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('$') {
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        out += before;
        match after[..digits].parse::<usize>().ok().and_then(|n| params.get(n - 1)) {
            Some(param) => out += param,
            None => out.push('$'),
        }
        rest = if digits == 0 { after } else { &after[digits..] };
    }
    out + rest
}

/// How long pgbench runs.
#[derive(Clone, Copy)]
pub enum Until {
    Seconds(f64),
    /// Each client runs so many.
    Transactions(u64),
}

pub struct Pgbench {
    pub program: PathBuf,
    pub folder: PathBuf,
}

impl Pgbench {
    pub fn run(
        &self,
        database_url: &str,
        script: &Script,
        clients: u64,
        until: Until,
        variables: &[(&str, u64)],
    ) -> anyhow::Result<Sample> {
        for old in self.logs()? {
            fs::remove_file(old)?;
        }
        let mut command = Command::new(&self.program);
        command.args(["-n", "-M", "prepared", "--log", "--log-prefix=pgbench-log", "-c", &clients.to_string()]);
        command.args(["-j", &clients.min(2).to_string()]);
        match until {
            Until::Seconds(seconds) => command.args(["-T", &seconds.ceil().to_string()]),
            Until::Transactions(count) => command.args(["-t", &count.to_string()]),
        };
        for (name, value) in &script.constants {
            command.arg(format!("-D{name}={value}"));
        }
        for (name, value) in variables {
            command.arg(format!("-D{name}={value}"));
        }
        // As the server's own sessions.
        command.env("PGOPTIONS", format!("{SESSION_OPTIONS} -c statement_timeout=30000 -c lock_timeout=10000"));
        command.arg("-f").arg(&script.file).arg(database_url).current_dir(&self.folder);
        let output = command.output().with_context(|| format!("cannot run {}", self.program.display()))?;
        ensure!(output.status.success(), "pgbench failed:\n{}", String::from_utf8_lossy(&output.stderr));
        let sample = self.sample()?;
        ensure!(!sample.requests.is_empty(), "pgbench ran nothing:\n{}", String::from_utf8_lossy(&output.stderr));
        Ok(sample)
    }

    fn logs(&self) -> anyhow::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.folder)?.collect::<Result<Vec<_>, _>>()?;
        let is_log = |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("pgbench-log"));
        Ok(entries.into_iter().map(|e| e.path()).filter(is_log).collect())
    }

    /// Lines of `client transaction µs script epoch µs`.
    fn sample(&self) -> anyhow::Result<Sample> {
        let mut requests: Vec<(f64, f64)> = Vec::new();
        for path in self.logs()? {
            for line in fs::read_to_string(path)?.lines() {
                let fields: Vec<&str> = line.split(' ').collect();
                let number = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok());
                if let (Some(took), Some(second), Some(micros)) = (number(2), number(4), number(5)) {
                    requests.push((second + micros / 1e6, took / 1e6));
                }
            }
        }
        let start = requests.iter().map(|(end, took)| end - took).fold(f64::INFINITY, f64::min);
        requests.iter_mut().for_each(|(end, _)| *end -= start);
        Ok(Sample { requests })
    }
}
