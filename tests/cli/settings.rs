use std::path::PathBuf;

use oppsera_pms::config::SETTINGS;

use super::refuses;

fn file(text: &str) -> PathBuf {
    let name = format!("pms_test_{}.toml", hex::encode(oppsera_pms::kernel::clock::random_bytes::<8>()));
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let path = file("pool_size = 0\n");
    let config = path.to_str().unwrap();
    let env = [("PMS_POOL_SIZE", "0"), ("PMS_CONFIG", config)];

    // Each place is seen when it is the highest that says something, by the fault in it.
    assert!(refuses(&["serve"], &env[1..]).contains(&format!("pool_size (from {config})")));
    assert!(refuses(&["serve"], &env).contains("pool_size (from PMS_POOL_SIZE)"));
    assert!(refuses(&["serve", "--pool-size", "0"], &env).contains("pool_size (from --pool-size)"));
    // And a good value on top hides a bad one below.
    assert!(refuses(&["serve", "--pool-size", "5"], &env).contains("setting database_url is missing"));
    assert!(refuses(&["serve"], &[("PMS_POOL_SIZE", "5"), env[1]]).contains("setting database_url is missing"));
    // An empty variable is none.
    assert!(refuses(&["serve"], &[("PMS_POOL_SIZE", ""), env[1]]).contains(&format!("pool_size (from {config})")));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn each_bad_value_is_refused_by_the_name_of_its_setting() {
    let bad = [
        ("listen", "8080"),
        ("database_url", "mysql://x"),
        ("owner_database_url", "postgres://"),
        ("pool_size", "1001"),
        ("pool_wait", "soon"),
        ("statement_timeout", "2h"),
        ("request_timeout", "0"),
        ("max_body_bytes", "10"),
        ("secure_cookies", "perhaps"),
        ("chart_cache_bytes", "-1"),
        ("font_folder", "fonts"),
        ("gateway_url", "http://payments.example"),
        ("gateway_secret", "too short"),
        ("gateway_timeout", "1m"),
        ("mail_url", "smtp://user:secret@mail.example"),
        ("mail_from", "the reception"),
        ("log_format", "xml"),
        ("log_level", "3"),
        ("hold_sweep_interval", "1ms"),
        ("shutdown_grace", "-1s"),
    ];
    let names: Vec<&str> = bad.iter().map(|(key, _)| *key).collect();
    assert_eq!(names, SETTINGS.iter().map(|s| s.key).collect::<Vec<_>>(), "every setting is tried");

    for (key, value) in bad {
        let path = file(&format!("{key} = '{value}'"));
        let said = refuses(&["serve", "--config", path.to_str().unwrap()], &[]);
        assert!(said.starts_with(&format!("error: bad setting {key} (from {}): must ", path.display())), "{said}");
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn unknown_keys_and_unreadable_files_are_refused() {
    let path = file("pool_siz = 3\nlisten = ['x']\npool_size = 0\n");
    let said = refuses(&["serve", "--config", path.to_str().unwrap()], &[]);
    for part in [
        "pool_siz (in",
        "is not a setting; these are: listen,",
        "listen (in",
        "must be a text, number or boolean",
        "pool_size (from",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    std::fs::write(&path, "not toml").unwrap();
    assert!(refuses(&["serve", "--config", path.to_str().unwrap()], &[]).contains("is not TOML"));
    std::fs::remove_file(&path).unwrap();
    assert!(refuses(&["serve", "--config", path.to_str().unwrap()], &[]).contains("cannot read the settings"));
}

#[test]
fn passwords_are_not_shown() {
    for url in ["postgres://a:s3cret@127.0.0.1:1/x", "postgres://a:s3cret@/x?y=z", "s3cret"] {
        let said = refuses(&["serve", "--database-url", url], &[]);
        assert!(said.contains("database_url") && !said.contains("s3cret"), "{said}");
    }
}

#[test]
fn a_gateway_needs_its_secret_which_is_never_shown() {
    let url = ["serve", "--gateway-url", "https://payments.example/pms"];
    let said = refuses(&url, &[]);
    assert!(said.contains("gateway_url: needs gateway_secret as well"), "{said}");
    let secret = "a secret of the gateway with spaces";
    let said = refuses(&url, &[("PMS_GATEWAY_SECRET", secret)]);
    assert!(said.contains("gateway_secret (from PMS_GATEWAY_SECRET): must") && !said.contains(secret), "{said}");
    // With both it goes on to the next thing that is missing.
    let said = refuses(&url, &[("PMS_GATEWAY_SECRET", "0123456789abcdef")]);
    assert!(said.contains("setting database_url is missing") && !said.contains("0123456789abcdef"), "{said}");
    let near = ["serve", "--gateway-url", "http://127.0.0.1:9/"];
    assert!(refuses(&near, &[("PMS_GATEWAY_SECRET", "0123456789abcdef")]).contains("setting database_url is missing"));
    for far in
        ["https://user:pass@payments.example", "ftp://payments.example", "https://payments.example?x=1", "payments.example"]
    {
        assert!(refuses(&["serve", "--gateway-url", far], &[]).contains("bad setting gateway_url"), "{far}");
    }
}

#[test]
fn letters_about_guests_leave_the_machine_encrypted_only() {
    let from = [("PMS_MAIL_FROM", "reception@hotel.example")];
    for good in ["smtps://u:s3cret@mail.example", "smtp://u:s3cret@mail.example:587?tls=required", "smtp://127.0.0.1:2525"] {
        assert!(refuses(&["serve", "--mail-url", good], &from).contains("setting database_url is missing"), "{good}");
    }
    for bad in [
        "smtp://u:s3cret@mail.example",
        "smtp://u:s3cret@mail.example?tls=opportunistic",
        "https://u:s3cret@mail.example",
        "s3cret",
    ] {
        let said = refuses(&["serve", "--mail-url", bad], &from);
        assert!(said.contains("bad setting mail_url") && !said.contains("s3cret"), "{said}");
    }
    assert!(refuses(&["serve", "--mail-url", "smtp://127.0.0.1:2525"], &[]).contains("mail_url: needs mail_from as well"));
}
