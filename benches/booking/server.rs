//! The server as it is shipped: the release binary in a process of its own, with its default settings unless a measurement says otherwise.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::Context;

pub struct Server {
    process: Child,
    pub address: SocketAddr,
}

impl Server {
    pub fn start(database_url: &str, folder: &Path, settings: &[&str]) -> anyhow::Result<Server> {
        let log = File::options().create(true).append(true).open(folder.join("server.log"))?;
        let mut process = Command::new(env!("CARGO_BIN_EXE_pms"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", database_url])
            .args(settings)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("cannot run pms")?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("no stdout")?).read_line(&mut line)?;
        let address = line.trim().rsplit("http://").next().unwrap_or_default().parse();
        let address = address.with_context(|| format!("pms serve did not start; see {}/server.log", folder.display()))?;
        Ok(Server { process, address })
    }

    /// Resident memory, in megabytes.
    pub fn memory_mb(&self) -> anyhow::Result<f64> {
        let id = self.process.id().to_string();
        // Linux tells without a program, which a small installation may lack.
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let told = match status.lines().find_map(|line| line.strip_prefix("VmRSS:")) {
            Some(rest) => rest.trim_end_matches("kB").trim().to_owned(),
            None => String::from_utf8(Command::new("ps").args(["-o", "rss=", "-p", &id]).output()?.stdout)?,
        };
        let kilobytes: f64 = told.trim().parse().context("nothing tells the memory of the server")?;
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
