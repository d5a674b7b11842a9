//! The one list of settings: flags, environment, file and help are made from it.

/// A setting by its name in the file.
#[derive(Debug)]
pub struct Setting {
    pub key: &'static str,
    pub flag: &'static str,
    pub env: &'static str,
    /// What the help shows for its value.
    pub value: &'static str,
    pub default: Option<&'static str>,
    pub help: &'static str,
}

impl Setting {
    /// A value that is a password or may hold one: never shown.
    pub fn is_secret(&self) -> bool {
        ["database_url", "secret", "mail_url"].iter().any(|end| self.key.ends_with(end))
    }
}

const fn setting(
    key: &'static str,
    flag: &'static str,
    env: &'static str,
    value: &'static str,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting { key, flag, env, value, default: Some(default), help }
}

pub const SETTINGS: &[Setting] = &[
    setting("listen", "listen", "PMS_LISTEN", "ADDRESS", "127.0.0.1:8080", "where the server listens; port 0 takes a free one"),
    Setting {
        key: "database_url",
        flag: "database-url",
        env: "DATABASE_URL",
        value: "URL",
        default: None,
        help: "the database, as the server's role pms_app: postgres://pms_app:…@host/database",
    },
    Setting {
        key: "owner_database_url",
        flag: "owner-database-url",
        env: "PMS_OWNER_DATABASE_URL",
        value: "URL",
        default: None,
        help: "the same database, as the role that owns the tables",
    },
    setting("pool_size", "pool-size", "PMS_POOL_SIZE", "N", "16", "connections to the database, 1 to 1000"),
    setting("pool_wait", "pool-wait", "PMS_POOL_WAIT", "TIME", "10s", "how long to wait for a connection or a lock"),
    setting("statement_timeout", "statement-timeout", "PMS_STATEMENT_TIMEOUT", "TIME", "30s", "how long one statement may take"),
    setting("request_timeout", "request-timeout", "PMS_REQUEST_TIMEOUT", "TIME", "60s", "how long one request may take"),
    setting(
        "max_body_bytes",
        "max-body-bytes",
        "PMS_MAX_BODY_BYTES",
        "BYTES",
        "262144",
        "the largest body of a request, 1 KiB to 64 MiB",
    ),
    setting(
        "secure_cookies",
        "secure-cookies",
        "PMS_SECURE_COOKIES",
        "BOOL",
        "false",
        "session cookies for HTTPS only: true behind a TLS proxy",
    ),
    setting(
        "chart_cache_bytes",
        "chart-cache-bytes",
        "PMS_CHART_CACHE_BYTES",
        "BYTES",
        "67108864",
        "memory for charts that were drawn, up to 4 GiB; 0 draws each anew",
    ),
    setting(
        "font_folder",
        "font-folder",
        "PMS_FONT_FOLDER",
        "FOLDER",
        "/usr/share/fonts",
        "fonts for letters that the program's own has not, such as Chinese ones on an invoice",
    ),
    Setting {
        key: "gateway_url",
        flag: "gateway-url",
        env: "PMS_GATEWAY_URL",
        value: "URL",
        default: None,
        help: "the gateway that takes payments by card (docs/payments.md); without it none are taken",
    },
    Setting {
        key: "gateway_secret",
        flag: "gateway-secret",
        env: "PMS_GATEWAY_SECRET",
        value: "SECRET",
        default: None,
        help: "what the gateway knows this server by; others can read a flag, so give it by the environment or the file",
    },
    setting(
        "gateway_timeout",
        "gateway-timeout",
        "PMS_GATEWAY_TIMEOUT",
        "TIME",
        "10s",
        "how long one answer of the payment gateway is waited for, up to 30s",
    ),
    Setting {
        key: "mail_url",
        flag: "mail-url",
        env: "PMS_MAIL_URL",
        value: "URL",
        default: None,
        help: "the mail server that letters are given to, smtps://user:password@host; without it none are sent",
    },
    Setting {
        key: "mail_from",
        flag: "mail-from",
        env: "PMS_MAIL_FROM",
        value: "ADDRESS",
        default: None,
        help: "the address that letters are sent from; the name beside it is the property's",
    },
    setting("log_format", "log-format", "PMS_LOG_FORMAT", "FORMAT", "text", "text, or json for machines"),
    setting("log_level", "log-level", "PMS_LOG_LEVEL", "LEVEL", "info", "error, warn, info, debug or trace"),
    setting(
        "hold_sweep_interval",
        "hold-sweep-interval",
        "PMS_HOLD_SWEEP_INTERVAL",
        "TIME",
        "1s",
        "how often holds that ran out are released",
    ),
    setting(
        "shutdown_grace",
        "shutdown-grace",
        "PMS_SHUTDOWN_GRACE",
        "TIME",
        "10s",
        "how long running requests may take after SIGTERM",
    ),
];

/// The setting of this name, which is one of the list.
pub(super) fn of(key: &str) -> &'static Setting {
    SETTINGS.iter().find(|s| s.key == key).expect("the key is in the list of settings")
}
