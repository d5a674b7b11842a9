//! The flags of a command, made from the list of settings, so that both always have the same names.

use std::{collections::HashMap, marker::PhantomData};

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, parser::ValueSource};

use super::settings::{SETTINGS, Setting};

/// Which settings a command has flags for. The file may hold all of them in any case.
pub trait Keys: std::fmt::Debug + 'static {
    fn has(key: &str) -> bool;

    /// Of a setting that is given nowhere.
    fn default(setting: &Setting) -> Option<&'static str> {
        setting.default
    }
}

/// For commands that serve.
#[derive(Debug)]
pub struct Serving;
impl Keys for Serving {
    fn has(key: &str) -> bool {
        key != "owner_database_url"
    }
}

/// For the demo, which brings its own database and shares its terminal with what it prints.
#[derive(Debug)]
pub struct Demo;
impl Keys for Demo {
    fn has(key: &str) -> bool {
        Serving::has(key) && key != "database_url"
    }

    fn default(setting: &Setting) -> Option<&'static str> {
        if setting.key == "log_level" { Some("warn") } else { setting.default }
    }
}

/// For commands that work as the owner of the tables.
#[derive(Debug)]
pub struct Owner;
impl Keys for Owner {
    fn has(key: &str) -> bool {
        ["owner_database_url", "log_level", "log_format"].contains(&key)
    }
}

/// For the examination of everything: the owner's view, and whether the server's role is bound.
#[derive(Debug)]
pub struct Examining;
impl Keys for Examining {
    fn has(key: &str) -> bool {
        Owner::has(key) || ["database_url", "pool_size"].contains(&key)
    }
}

/// A value as it was given, and where.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub text: String,
    pub source: String,
}

/// What flags and the environment say.
#[derive(Debug)]
pub struct Flags<K> {
    given: HashMap<&'static str, Raw>,
    keys: PhantomData<K>,
}

impl<K: Keys> Flags<K> {
    pub(super) fn given(&self) -> HashMap<&'static str, Raw> {
        self.given.clone()
    }
}

fn settings_of<K: Keys>() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|s| K::has(s.key))
}

impl<K: Keys> Args for Flags<K> {
    fn augment_args(mut command: Command) -> Command {
        for setting in settings_of::<K>() {
            let help = match K::default(setting) {
                Some(default) => format!("{} [default: {default}]", setting.help),
                None => setting.help.to_string(),
            };
            let arg = Arg::new(setting.key)
                .long(setting.flag)
                .env(setting.env)
                .hide_env_values(true)
                .value_name(setting.value)
                .help_heading("Settings")
                .help(help);
            command = command.arg(arg);
        }
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<K: Keys> FromArgMatches for Flags<K> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = HashMap::new();
        for setting in settings_of::<K>() {
            let Some(text) = matches.get_one::<String>(setting.key) else { continue };
            let is_env = matches.value_source(setting.key) == Some(ValueSource::EnvVariable);
            // `PMS_LISTEN=` is how one unsets a variable in many a file of environment.
            if is_env && text.is_empty() {
                continue;
            }
            let source = if is_env { setting.env.to_string() } else { format!("--{}", setting.flag) };
            given.insert(setting.key, Raw { text: text.clone(), source });
        }
        Ok(Flags { given, keys: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
