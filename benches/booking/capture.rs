//! What the server says to PostgreSQL: the statements of one request with their parameters, as PostgreSQL's own log has them. So
//! pgbench runs the very statements of the program, and a changed program changes what it is compared with.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use oppsera_pms::db::STATEMENTS;
use serde_json::Value;

/// Settings of the cluster that the capture needs.
pub fn cluster_settings() -> Vec<(String, String)> {
    let setting = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        setting("logging_collector", "on"),
        setting("log_destination", "jsonlog"),
        setting("log_directory", "log"),
        setting("log_filename", "statements.log"),
        setting("log_rotation_age", "0"),
        setting("log_rotation_size", "0"),
    ]
}

pub struct Log {
    path: PathBuf,
}

/// A statement as it was executed.
#[derive(Debug, Clone)]
pub struct Executed {
    pub sql: String,
    /// `None`: null.
    pub params: Vec<Option<String>>,
}

impl Log {
    pub fn new(data_dir: &Path) -> Log {
        Log { path: data_dir.join("pg/log/statements.json") }
    }

    /// The statements of the newest transaction in which `marker`, a name in [`STATEMENTS`], was executed, from `begin` to
    /// `commit`.
    pub fn transaction_with(&self, marker: &str) -> anyhow::Result<Vec<Executed>> {
        let marker = STATEMENTS.iter().find(|s| s.name == marker).with_context(|| format!("no statement is called {marker}"))?;
        let deadline = Instant::now() + Duration::from_secs(5);
        loop {
            if let Some(found) = self.newest(marker.sql)? {
                for executed in &found {
                    let known = STATEMENTS.iter().any(|s| s.sql.trim() == executed.sql.trim());
                    ensure!(known, "the server executed a statement that is not registered: {}", executed.sql);
                }
                return Ok(found);
            }
            if Instant::now() > deadline {
                bail!("PostgreSQL logged no transaction with {}", marker.name);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn newest(&self, marker: &str) -> anyhow::Result<Option<Vec<Executed>>> {
        let text = std::fs::read_to_string(&self.path).with_context(|| format!("cannot read {}", self.path.display()))?;
        // Connections take turns in the log, so transactions are collected by process.
        let mut open: std::collections::HashMap<i64, Vec<Executed>> = Default::default();
        let mut newest = None;
        for line in text.lines() {
            let Ok(entry) = serde_json::from_str::<Value>(line) else { continue };
            let message = entry["message"].as_str().unwrap_or_default();
            let Some(sql) = message.strip_prefix("execute ").and_then(|m| m.split_once(": ")).map(|(_, sql)| sql) else {
                continue;
            };
            let pid = entry["pid"].as_i64().unwrap_or_default();
            let params = parameters(entry["detail"].as_str().unwrap_or_default());
            if sql.starts_with("begin") {
                open.insert(pid, Vec::new());
            }
            let Some(transaction) = open.get_mut(&pid) else { continue };
            transaction.push(Executed { sql: sql.to_owned(), params });
            if sql == "commit" {
                let done = open.remove(&pid).unwrap_or_default();
                if done.iter().any(|e| e.sql.trim() == marker.trim()) {
                    newest = Some(done);
                }
            }
        }
        Ok(newest)
    }
}

/// Reads `parameters: $1 = 'text', $2 = NULL, …`, in which a quote within a text is doubled.
fn parameters(detail: &str) -> Vec<Option<String>> {
    let mut params = Vec::new();
    let mut rest = detail;
    while let Some((_, after)) = rest.split_once(" = ") {
        let Some(quoted) = after.strip_prefix('\'') else {
            params.push(None);
            rest = after;
            continue;
        };
        let mut value = String::new();
        let mut chars = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((at, c)) = chars.next() {
            if c == '\'' {
                if chars.peek().is_some_and(|(_, next)| *next == '\'') {
                    chars.next();
                } else {
                    end = at + 1;
                    break;
                }
            }
            value.push(c);
        }
        params.push(Some(value));
        rest = &quoted[end..];
    }
    params
}
