//! From text to values. Each reader answers the rule that a bad text breaks.

use std::{collections::HashMap, net::SocketAddr, path::PathBuf, str::FromStr, time::Duration};

use anyhow::{Context, bail};

use super::{
    LogFormat,
    flags::Raw,
    settings::{SETTINGS, Setting, of},
};
use crate::{gateway::Secret, mail};

/// Where a file is looked for when none is named.
const DEFAULT_FILE: &str = "pms.toml";

type Read<T> = Result<T, String>;

/// The values of all settings, and the faults found in them so far.
pub(super) struct Values {
    default: fn(&Setting) -> Option<&'static str>,
    given: HashMap<&'static str, Raw>,
    faults: Vec<String>,
}

impl Values {
    /// `given` by flag or environment wins over the file.
    pub fn new(
        given: HashMap<&'static str, Raw>,
        default: fn(&Setting) -> Option<&'static str>,
        file: Option<PathBuf>,
    ) -> anyhow::Result<Values> {
        let mut values = Values { default, given: HashMap::new(), faults: Vec::new() };
        let named = file.is_some();
        let path = file.unwrap_or_else(|| DEFAULT_FILE.into());
        match std::fs::read_to_string(&path) {
            Ok(text) => values.take_file(&path.display().to_string(), &text)?,
            Err(error) if !named && error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read the settings of {}", path.display())),
        }
        values.given.extend(given);
        Ok(values)
    }

    fn take_file(&mut self, path: &str, text: &str) -> anyhow::Result<()> {
        let table: toml::Table = text.parse().with_context(|| format!("{path} is not TOML"))?;
        for (key, value) in table {
            let Some(setting) = SETTINGS.iter().find(|s| s.key == key) else {
                let known: Vec<_> = SETTINGS.iter().map(|s| s.key).collect();
                self.faults.push(format!("{key} (in {path}): is not a setting; these are: {}", known.join(", ")));
                continue;
            };
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(yes) => yes.to_string(),
                other => {
                    self.faults.push(format!("{key} (in {path}): must be a text, number or boolean, not {}", other.type_str()));
                    continue;
                }
            };
            self.given.insert(setting.key, Raw { text, source: path.to_string() });
        }
        Ok(())
    }

    /// A setting with a default.
    pub fn read<T>(&mut self, key: &str, read: impl Fn(&str) -> Read<T>) -> T {
        let default = (self.default)(of(key)).expect("a setting that is read without choice has a default");
        match self.read_optional(key, &read) {
            Some(value) => value,
            None => read(default).expect("defaults keep the rules"),
        }
    }

    pub fn read_optional<T>(&mut self, key: &str, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        let raw = self.given.get(key)?;
        match read(raw.text.trim()) {
            Ok(value) => Some(value),
            Err(rule) => {
                let shown = if of(key).is_secret() { String::new() } else { format!(", not {:?}", raw.text) };
                self.faults.push(format!("{key} (from {}): {rule}{shown}", raw.source));
                None
            }
        }
    }

    /// Two settings that make no sense without each other.
    pub fn both<A, B>(&mut self, first: (&str, Option<A>), second: (&str, Option<B>)) -> Option<(A, B)> {
        // A value that breaks its own rule is told already.
        let lacks = |has: bool, key: &str| has && !self.given.contains_key(key);
        let lone = match (lacks(first.1.is_some(), second.0), lacks(second.1.is_some(), first.0)) {
            (true, _) => Some((first.0, second.0)),
            (_, true) => Some((second.0, first.0)),
            _ => None,
        };
        self.faults.extend(lone.map(|(given, missing)| format!("{given}: needs {missing} as well")));
        first.1.zip(second.1)
    }

    /// Errors: all faults at once.
    pub fn finish(self) -> anyhow::Result<()> {
        match self.faults.as_slice() {
            [] => Ok(()),
            [fault] => bail!("bad setting {fault}"),
            faults => bail!("bad settings:\n  {}", faults.join("\n  ")),
        }
    }
}

pub(super) fn address(text: &str) -> Read<SocketAddr> {
    text.parse().map_err(|_| "must be an address with a port, such as 127.0.0.1:8080 or [::]:8080".into())
}

/// Checked only for its form; it is not shown, for it may hold a password.
pub(super) fn database_url(text: &str) -> Read<String> {
    match tokio_postgres::Config::from_str(text) {
        Ok(config) if config.get_hosts().is_empty() => Err("must name a host: postgres://user:password@host/database".into()),
        Ok(_) => Ok(text.into()),
        Err(_) => Err("must be a PostgreSQL URL: postgres://user:password@host/database".into()),
    }
}

/// In the clear only to this machine, for the secret goes with each request.
pub(super) fn gateway_url(text: &str) -> Read<String> {
    let rule = "must be the https address of a server, such as https://payments.example/pms; http only on this machine";
    let url: reqwest::Url = text.parse().map_err(|_| rule.to_string())?;
    let is_near = ["localhost", "127.0.0.1", "[::1]"].contains(&url.host_str().unwrap_or_default());
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    if is_plain && (url.scheme() == "https" || url.scheme() == "http" && is_near) {
        Ok(url.as_str().trim_end_matches('/').to_string())
    } else {
        Err(rule.into())
    }
}

/// It is not shown, for it may hold a password.
pub(super) fn mail_url(text: &str) -> Read<String> {
    mail::check_url(text).map(|()| text.to_string()).map_err(Into::into)
}

pub(super) fn mail_from(text: &str) -> Read<String> {
    mail::check_from(text).map(|()| text.to_string()).map_err(Into::into)
}

pub(super) fn secret(text: &str) -> Read<Secret> {
    if text.len() >= 16 && text.len() <= 1000 && text.bytes().all(|b| b.is_ascii_graphic()) {
        Ok(Secret::new(text))
    } else {
        Err("must be 16 to 1000 printable characters of ASCII without spaces".into())
    }
}

pub(super) fn number(text: &str, least: usize, most: usize) -> Read<usize> {
    let rule = || format!("must be a whole number from {least} to {most}");
    text.parse().ok().filter(|n| (least..=most).contains(n)).ok_or_else(rule)
}

/// `30s`, `1m 30s`, `250ms`, or a number of seconds.
pub(super) fn duration(text: &str, least: Duration, most: Duration) -> Read<Duration> {
    let seconds = text.parse::<u32>().ok().map(|s| Duration::from_secs(s.into()));
    let spelled = || text.parse::<jiff::SignedDuration>().ok().and_then(|d| Duration::try_from(d).ok());
    let rule = || format!("must be a time such as 30s or 2m, from {least:?} to {most:?}");
    seconds.or_else(spelled).filter(|d| (least..=most).contains(d)).ok_or_else(rule)
}

/// It need not be there: without it, papers have the letters of the program's own font.
pub(super) fn folder(text: &str) -> Read<PathBuf> {
    let path = PathBuf::from(text);
    if path.is_absolute() { Ok(path) } else { Err("must be the whole path of a folder, such as /usr/share/fonts".into()) }
}

pub(super) fn boolean(text: &str) -> Read<bool> {
    match text {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("must be true or false".into()),
    }
}

pub(super) fn log_format(text: &str) -> Read<LogFormat> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("must be text or json".into()),
    }
}

pub(super) fn log_level(text: &str) -> Read<tracing::Level> {
    // `FromStr` of a level takes numbers as well, which are no names that anyone would know.
    let named = ["error", "warn", "info", "debug", "trace"].contains(&text);
    text.parse().ok().filter(|_| named).ok_or_else(|| "must be error, warn, info, debug or trace".into())
}
