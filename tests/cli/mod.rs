//! The program as its user meets it: the real binary, its words, its exit codes, its signals.

mod commands;
mod help;
mod serving;
mod settings;

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
};

use crate::support::database::as_server;

/// The program with a clean environment, in a folder without a pms.toml.
fn pms(args: &[&str], env: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pms"));
    command.env_clear().envs(env.iter().copied()).args(args).current_dir(std::env::temp_dir()).stdin(Stdio::null());
    command
}

fn run(args: &[&str], env: &[(&str, &str)]) -> Output {
    pms(args, env).output().expect("the program starts")
}

/// What it answers; panics unless it succeeds.
#[track_caller]
fn succeeds(args: &[&str], env: &[(&str, &str)]) -> String {
    let output = run(args, env);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What it says when it refuses; panics when it does not.
#[track_caller]
fn refuses(args: &[&str], env: &[(&str, &str)]) -> String {
    let output = run(args, env);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// A server that runs until it is dropped or told to stop.
struct Serving {
    child: Child,
    base: String,
}

impl Serving {
    fn start(owner_url: &str, env: &[(&str, &str)]) -> Serving {
        let url = as_server(owner_url);
        let mut command = pms(&["serve", "--listen", "127.0.0.1:0", "--log-level", "warn"], env);
        let mut child = command.env("DATABASE_URL", url).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line:?}")).to_string();
        Serving { child, base }
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
