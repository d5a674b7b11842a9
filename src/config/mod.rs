//! Settings: a flag wins over the environment, that over the file (`--config`, `PMS_CONFIG`, or ./pms.toml), that over the
//! default. Everything is checked before anything starts, and each fault names its setting and where it was set.

mod flags;
mod read;
mod settings;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::bail;

pub use flags::{Demo, Examining, Flags, Keys, Owner, Serving};
pub use settings::{SETTINGS, Setting};

use crate::{db::PoolSettings, gateway::GatewaySettings, http::HttpSettings, mail::MailSettings};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// All settings, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// Of the server's role, which owns nothing.
    database_url: Option<String>,
    /// Of the owner of the tables.
    owner_database_url: Option<String>,
    pub pool: PoolSettings,
    pub http: HttpSettings,
    pub log_format: LogFormat,
    pub log_level: tracing::Level,
    pub hold_sweep_interval: Duration,
    /// Who takes payments by card; absent: nobody.
    pub gateway: Option<GatewaySettings>,
    /// Who sends letters on; absent: nobody.
    pub mail: Option<MailSettings>,
    /// How long running requests may take after the signal to stop.
    pub shutdown_grace: Duration,
}

impl Config {
    /// Reads the settings from the flags of a command, the environment and the file.
    ///
    /// Errors: a file that is named and cannot be read, a key that is not a setting, values that break a rule: all at once.
    pub fn load<K: Keys>(flags: &Flags<K>, file: Option<PathBuf>) -> anyhow::Result<Config> {
        let mut values = read::Values::new(flags.given(), K::default, file)?;
        let gateway = gateway(&mut values);
        let mail = mail(&mut values);
        let config = Config {
            listen: values.read("listen", read::address),
            database_url: values.read_optional("database_url", read::database_url),
            owner_database_url: values.read_optional("owner_database_url", read::database_url),
            pool: PoolSettings {
                size: values.read("pool_size", |text| read::number(text, 1, 1000)),
                wait: values.read("pool_wait", |text| read::duration(text, SECOND, 10 * MINUTE)),
                statement_timeout: values.read("statement_timeout", |text| read::duration(text, SECOND, 60 * MINUTE)),
                synchronous_commit: true,
            },
            http: HttpSettings {
                max_body_bytes: values.read("max_body_bytes", |text| read::number(text, 1024, 64 << 20)),
                request_timeout: values.read("request_timeout", |text| read::duration(text, SECOND, 60 * MINUTE)),
                secure_cookies: values.read("secure_cookies", read::boolean),
                chart_cache_bytes: values.read("chart_cache_bytes", |text| read::number(text, 0, 4 << 30)),
                font_folder: values.read("font_folder", read::folder),
            },
            log_format: values.read("log_format", read::log_format),
            log_level: values.read("log_level", read::log_level),
            hold_sweep_interval: values.read("hold_sweep_interval", |text| read::duration(text, SECOND / 10, 60 * MINUTE)),
            gateway,
            mail,
            shutdown_grace: values.read("shutdown_grace", |text| read::duration(text, Duration::ZERO, 10 * MINUTE)),
        };
        values.finish()?;
        Ok(config)
    }

    /// Errors: the setting is missing.
    pub fn database_url(&self) -> anyhow::Result<&str> {
        required(self.database_url.as_deref(), "database_url")
    }

    /// Errors: the setting is missing.
    pub fn owner_database_url(&self) -> anyhow::Result<&str> {
        required(self.owner_database_url.as_deref(), "owner_database_url")
    }

    pub fn has_database_url(&self) -> bool {
        self.database_url.is_some()
    }
}

fn gateway(values: &mut read::Values) -> Option<GatewaySettings> {
    let timeout = values.read("gateway_timeout", |text| read::duration(text, SECOND / 10, SECOND * 30));
    let url = values.read_optional("gateway_url", read::gateway_url);
    let secret = values.read_optional("gateway_secret", read::secret);
    let both = values.both(("gateway_url", url), ("gateway_secret", secret));
    both.map(|(url, secret)| GatewaySettings { url, secret, timeout })
}

fn mail(values: &mut read::Values) -> Option<MailSettings> {
    let url = values.read_optional("mail_url", read::mail_url);
    let from = values.read_optional("mail_from", read::mail_from);
    let both = values.both(("mail_url", url), ("mail_from", from));
    both.map(|(url, from)| MailSettings { url, from })
}

fn required<'a>(value: Option<&'a str>, key: &str) -> anyhow::Result<&'a str> {
    let setting = settings::of(key);
    match value {
        Some(value) => Ok(value),
        None => {
            bail!("setting {key} is missing: give --{}, {} or {key} in pms.toml ({})", setting.flag, setting.env, setting.help)
        }
    }
}
