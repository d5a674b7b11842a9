use super::{run, succeeds};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["serve"],
    &["demo"],
    &["migrate"],
    &["doctor"],
    &["calendar", "rebuild"],
    &["fit", "make-room"],
    &["fit", "free-room"],
    &["fit", "arrivals"],
    &["fit", "upgrade"],
    &["fit", "tidy"],
    &["tenant", "add"],
    &["user", "add"],
    &["api-key", "create"],
    &["openapi"],
    &["schema"],
];

#[test]
fn every_command_explains_itself_with_examples() {
    let mut all = String::new();
    for command in COMMANDS {
        let help = succeeds(&[*command, &["--help"]].concat(), &[]);
        assert!(help.contains("Examples:\n"), "{command:?} has no example");
        let example = format!("pms {}", command.join(" "));
        assert!(help.split("Examples:").nth(1).unwrap().contains(example.trim()), "{command:?} does not show itself");
        all += &format!("$ {} --help\n{help}\n", example.trim());
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_wrong_command_is_told_from_a_failure() {
    assert_eq!(run(&["srve"], &[]).status.code(), Some(2));
    assert_eq!(run(&["user", "add", "--tenant", "x", "--email", "a@b.c", "--role", "boss"], &[]).status.code(), Some(2));
    assert_eq!(run(&[], &[]).status.code(), Some(2));
    assert!(succeeds(&["--version"], &[]).starts_with("pms "));
}
