//! The rules of the house that a compiler does not know, each as a test over the source. Needs no database.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use oppsera_pms::db::STATEMENTS;

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 70;

struct Source {
    /// From the root of the project, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The text without the tests at its end.
    fn program(&self) -> &str {
        self.text.split("\n#[cfg(test)]").next().unwrap_or_default()
    }

    /// `rooms` for src/rooms/model.rs and src/rooms.rs.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or_default();
        inside.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below the folder with one of these endings, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    fn collect(folder: PathBuf, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(root().join(folder), &mut found);
    found.retain(|p| p.extension().is_some_and(|e| endings.contains(&e.to_str().unwrap_or_default())));
    found.sort();
    let source = |path: &PathBuf| Source {
        path: path.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/"),
        text: std::fs::read_to_string(path).unwrap(),
    };
    found.iter().map(source).collect()
}

fn rust() -> Vec<Source> {
    ["src", "tests", "benches"].iter().flat_map(|folder| files(folder, &["rs"])).collect()
}

#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n  {}\n", wrong.join("\n  "));
}

/// The modules of the crate, from the lowest on: lib.rs lists them in this order.
fn ladder() -> Vec<String> {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    lib.lines().filter_map(|l| Some(l.strip_prefix("pub mod ")?.trim_end_matches(';').to_string())).collect()
}

/// The first names after `crate::`, in paths and in lists of `use`.
fn used_modules(text: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => used.extend(first_name(rest)),
            Some(list) => used.extend(top_level(list).into_iter().filter_map(first_name)),
        }
    }
    used
}

fn first_name(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// The parts of a list up to its closing brace, apart by the commas that are in no inner list.
fn top_level(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

#[test]
fn the_modules_of_a_path_are_found() {
    let text = "use crate::{\n  call, db::{Call, Db},\n kernel::Day };\n fn f() { crate::op::json(1) }";
    assert_eq!(used_modules(text).into_iter().collect::<Vec<_>>(), ["call", "db", "kernel", "op"]);
}

#[test]
fn a_module_uses_only_those_below_it() {
    let ladder = ladder();
    let step = |module: &str| ladder.iter().position(|m| m == module);
    assert!(step("kernel") < step("db") && step("op") < step("properties") && step("reservations") < step("router"));
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]) {
        let Some(own) = step(source.module()) else { continue };
        for used in used_modules(source.program()) {
            if step(used).is_some_and(|its| its > own) {
                wrong.push(format!("{} uses {used}, which stands above {}", source.path, source.module()));
            }
        }
    }
    none(wrong);
}

/// The tables that a statement writes.
fn written(sql: &str) -> Vec<String> {
    let words: Vec<&str> = sql.split_whitespace().map(|w| w.trim_matches(['(', ')', ',', ';'])).collect();
    let mut tables = Vec::new();
    for (n, pair) in words.windows(2).enumerate() {
        let before = if n == 0 { "" } else { words[n - 1] };
        let table = match pair {
            ["insert", "into"] | ["delete", "from"] => words.get(n + 2).copied(),
            // Neither `on conflict do update` nor `for no key update`.
            ["update", table] if !["do", "for", "key"].contains(&before) => Some(*table),
            _ => None,
        };
        tables.extend(table.map(str::to_string));
    }
    tables
}

#[test]
fn the_tables_that_a_statement_writes_are_found() {
    let sql = "with x as (insert into pms_a (b) values ($1) on conflict (b) do update set b = 1), y as (delete from pms_b z)
               update pms_c set d = 1 from (select * from pms_d for no key update) e";
    assert_eq!(written(sql), ["pms_a", "pms_b", "pms_c"]);
    assert!(written("select * from pms_d for update").is_empty());
}

#[test]
fn each_table_is_written_by_one_slice() {
    let mut writers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for statement in STATEMENTS {
        let slice = statement.module.split("::").nth(1).unwrap_or_default();
        for table in written(statement.sql) {
            writers.entry(table).or_default().insert(slice);
        }
    }
    assert!(writers.len() >= 15, "{writers:?}");
    none(
        writers.iter().filter(|(_, slices)| slices.len() > 1).map(|(table, s)| format!("{table} is written by {s:?}")).collect(),
    );
}

#[test]
fn statements_are_written_only_where_they_are_registered() {
    // A statement outside of sql! is prepared by no test against the migrated schema.
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]) {
        let mut is_registered = false;
        for (n, line) in source.program().lines().enumerate() {
            is_registered = (is_registered && line != "}") || line.ends_with("sql! {");
            let writes = ["insert into pms_", "update pms_", "delete from pms_"].iter().any(|verb| line.contains(verb));
            if writes && !is_registered && !line.trim_start().starts_with("//") {
                wrong.push(format!("{}:{} writes a table outside of sql!", source.path, n + 1));
            }
        }
    }
    none(wrong);
}

#[test]
fn files_and_functions_can_be_read_at_once() {
    let mut wrong = Vec::new();
    for source in rust() {
        let lines: Vec<&str> = source.text.lines().collect();
        if lines.len() > LONGEST_FILE {
            wrong.push(format!("{} has {} lines", source.path, lines.len()));
        }
        for (n, line) in lines.iter().enumerate() {
            let Some(name) = function_name(line) else { continue };
            // rustfmt closes a function where it opened it.
            let indent = &line[..line.len() - line.trim_start().len()];
            let closing = format!("{indent}}}");
            let opens_here = !line.ends_with('}') && !line.ends_with(';');
            let length = lines[n..].iter().position(|l| *l == closing).map_or(1, |at| at + 1);
            if opens_here && length > LONGEST_FUNCTION {
                wrong.push(format!("{}:{} {name} has {length} lines", source.path, n + 1));
            }
        }
    }
    none(wrong);
}

fn function_name(line: &str) -> Option<&str> {
    let words = line.trim_start().split_inclusive(' ');
    let mut rest = line.trim_start();
    for word in words {
        if word == "fn " {
            return first_name(&rest[3..]);
        }
        if !["pub ", "async ", "const ", "unsafe "].contains(&word) && !word.starts_with("pub(") {
            return None;
        }
        rest = &rest[word.len()..];
    }
    None
}

#[test]
fn names_say_what_is_inside() {
    let says_nothing = ["util", "utils", "common", "helper", "helpers", "service", "services", "manager", "types", "misc"];
    let named = |source: &Source| source.path.split(['/', '.']).any(|part| says_nothing.contains(&part));
    none(rust().iter().filter(|s| named(s)).map(|s| s.path.clone()).collect());
}

#[test]
fn nothing_is_left_over_or_skipped() {
    // In pieces, so that this list is not found itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
        concat!("HA", "CK"),
        concat!("dbg", "!("),
        concat!("to", "do!("),
        concat!("unimplemented", "!("),
        concat!("#[ig", "nore"),
        concat!("<<<<", "<<<"),
    ];
    let texts = files("migrations", &["sql"]).into_iter().chain(files("scripts", &["sh"])).chain(rust());
    let mut wrong = Vec::new();
    for source in texts {
        for (n, line) in source.text.lines().enumerate() {
            let found = marks.iter().filter(|mark| line.contains(**mark));
            wrong.extend(found.map(|mark| format!("{}:{} {mark}", source.path, n + 1)));
        }
    }
    none(wrong);
}

#[test]
fn the_program_does_not_unwrap() {
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]).iter().filter(|s| !s.path.ends_with("/tests.rs")) {
        for (n, line) in source.program().lines().enumerate() {
            if line.contains(".unwrap()") && !line.trim_start().starts_with("//") {
                wrong.push(format!("{}:{} say what cannot happen with expect, or answer an error", source.path, n + 1));
            }
        }
    }
    none(wrong);
}

/// Schemas share one namespace in the OpenAPI document: of two with one name, one would describe the other's answers.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for source in files("src", &["rs"]) {
        for (at, _) in source.text.match_indices("ToSchema") {
            let line = source.text[..at].rfind('\n').map_or(0, |n| n + 1);
            let rest = &source.text[at..];
            if !source.text[line..].starts_with("#[derive(") {
                continue;
            }
            let Some(end) = rest.find(")]\n") else { continue };
            // The item that the derive stands on: after its attributes and documentation.
            let item = rest[end + 2..].lines().map(str::trim_start).find(|l| !l.is_empty() && !l.starts_with(['#', '/', ')']));
            let words: Vec<&str> = item.unwrap_or_default().split([' ', '<', '{', '(', ';']).collect();
            let Some(n) = words.iter().position(|w| ["struct", "enum"].contains(w)) else { continue };
            let Some(name) = words.get(n + 1) else { continue };
            if let Some(other) = seen.insert((*name).to_string(), source.path.clone()) {
                wrong.push(format!("{name}: in {other} and in {}", source.path));
            }
        }
    }
    assert!(seen.len() > 50, "{} schemas found", seen.len());
    none(wrong);
}

#[test]
fn the_tests_that_the_traps_name_exist() {
    let page = std::fs::read_to_string(root().join("docs/traps.md")).unwrap();
    let named: Vec<&str> = page.split('`').skip(1).step_by(2).filter(|name| name.contains("::")).collect();
    assert!(named.len() > 50, "{}", named.len());
    let sources = rust();
    let exists = |name: &&str| {
        let (module, test) = name.rsplit_once("::").unwrap_or_default();
        let path = module.replace("::", "/");
        let places = [path.clone(), format!("tests/{path}.rs"), format!("tests/{path}/mod.rs")];
        sources.iter().any(|s| places.contains(&s.path) && s.text.contains(&format!("fn {test}(")))
    };
    none(named.into_iter().filter(|name| !exists(name)).map(|name| format!("docs/traps.md names {name}")).collect());
}
