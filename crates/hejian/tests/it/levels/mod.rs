//! The house rules that a compiler does not know: which room may use which, which engines stay pure, where SQL may stand.
//!
//! The rule that matters: the line below is the one of ARCHITECTURE.md. A folder that is not on it fails, so a new one must
//! say where it stands.

mod reading;

use std::{collections::BTreeSet, path::Path};

use reading::{code_files, folders, uses};

/// From the bottom to the top: a room may use the rooms of the lines above its own in this list, and itself.
///
/// Names are paths below `crates/hejian/src` (`…/*` stands for every folder there), or names of crates.
const LINE: &[&[&str]] = &[
    &["hejian_scoring", "hejian_workdays", "hejian_demo", "hejian_register_derive"],
    &["hejian_kernel"],
    &["todo", "system", "message"],
    &["instruction"],
    &["organisation"],
    &["foundations/*"],
    &["campaign/record"],
    &["campaign/standard"],
    &["campaign/score"],
    &["campaign/snapshot"],
    &["campaign/pinning"],
    &["campaign/duty"],
    &["campaign/dashboard"],
    &["campaign/scorecard"],
    &["search"],
];

/// What puts the house together may use every room: the map, the commands, opening and keeping a data folder, the
/// demonstration, and the small district that tests stand on.
const ROOF: &[&str] = &["lib", "main", "modules", "boot", "backup", "cli", "demo", "stage"];

/// Files outside `store.rs` and `store/` that hold SQL, each with its reason.
const SQL_ELSEWHERE: &[(&str, &str)] = &[
    ("backup/make.rs", "asks SQLite for a copy of itself, which no other statement can"),
    ("boot/create.rs", "writes the settings of a district that is only being made"),
    ("boot/mod.rs", "reads the settings of the district before there is an application"),
    ("cli/token.rs", "finds whose token it is, for whoever has only its id"),
    ("cli/user.rs", "finds a person by name for the console, which has no scope"),
    ("demo/office.rs", "finds the to-dos of the demonstration that somebody copies or asks after"),
    ("demo/people.rs", "loads persons, posts and terms of the demonstration"),
    ("stage.rs", "stands a small district up for tests"),
];

/// The place of a room on the line; `None` for the roof.
fn place(room: &str) -> Result<Option<usize>, String> {
    let top = room.split('/').next().unwrap_or(room);
    if ROOF.contains(&top) {
        return Ok(None);
    }
    let fits = |name: &str| match name.strip_suffix("/*") {
        Some(chapter) => room.strip_prefix(chapter).is_some_and(|rest| rest.starts_with('/')),
        None => room == name || room.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')),
    };
    let found = LINE.iter().position(|names| names.iter().any(|name| fits(name)));
    found.map(Some).ok_or_else(|| {
        format!("`{room}` has no place on the line of levels: give it one in levels/mod.rs and ARCHITECTURE.md")
    })
}

/// The room a file belongs to: its folder on the line (`foundations/premises`), or the file itself at the top.
fn room(file: &str) -> String {
    let chapters = LINE.iter().flat_map(|names| names.iter()).filter_map(|name| name.split_once('/')).map(|(c, _)| c);
    let parts: Vec<&str> = file.split('/').collect();
    let depth = if chapters.collect::<BTreeSet<_>>().contains(parts[0]) && parts.len() > 1 { 2 } else { 1 };
    let room = parts[..depth].join("/");
    // A module that is one file is a room too.
    if parts.len() == 1 { room.trim_end_matches(".rs").to_owned() } else { room }
}

/// What is wrong with the imports of one file.
fn breaches(file: &str, text: &str) -> Vec<String> {
    let own = room(file);
    // `foundations/mod.rs` only lists its folders.
    if own.ends_with("/mod.rs") {
        return Vec::new();
    }
    let mine = match place(&own) {
        Ok(None) => return Vec::new(),
        Ok(Some(mine)) => mine,
        Err(why) => return vec![why],
    };
    let mut wrong = Vec::new();
    for used in uses(file, text) {
        let theirs = room(&used);
        if theirs == own || used.is_empty() {
            continue;
        }
        match place(&theirs) {
            Ok(Some(level)) if level < mine => {}
            Ok(Some(_)) => wrong.push(format!("{file}: `{own}` may not use `{theirs}`, which is not below it")),
            Ok(None) => wrong.push(format!("{file}: `{own}` may not use `{theirs}`, which is the roof")),
            Err(why) => wrong.push(format!("{file}: {why}")),
        }
    }
    wrong
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    let mut wrong = Vec::new();
    let mut files = 0;
    for (file, text) in code_files("hejian/src") {
        files += 1;
        wrong.extend(breaches(&file, &text));
    }
    assert!(files > 20, "only {files} files were read: is this still where the modules are?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_a_chapter_has_its_place_on_the_line() {
    for chapter in ["foundations", "campaign"] {
        for folder in folders(&format!("hejian/src/{chapter}")) {
            place(&format!("{chapter}/{folder}")).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

#[test]
fn the_kernel_uses_no_room_of_the_product_and_engines_use_nothing_above_them() {
    let may = |own: &str| -> &[&str] {
        match own {
            "kernel" => &["hejian_workdays", "hejian_register_derive"],
            _ => &[],
        }
    };
    for own in ["kernel", "scoring", "workdays", "zoning", "demo", "register-derive"] {
        let manifest = reading::manifest(own);
        let named: Vec<String> = manifest
            .lines()
            .filter_map(|line| line.strip_prefix("hejian-")?.split(['.', ' ', '=']).next().map(|n| n.replace('-', "_")))
            .map(|name| format!("hejian_{name}"))
            .collect();
        for name in named {
            assert!(may(own).contains(&name.as_str()), "the crate `{own}` may not depend on {name}");
        }
    }
}

/// What an engine may not touch: files, network, environment, threads, clocks, chance, databases.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "tokio::",
    "sqlx::",
    "rand::",
];

/// The impure word a text uses, if any. Threads that end before the call does are no state of the world: what they compute
/// is the same however many there are, which the engines' own tests show. Nor is a wait for one of them, which wakes the
/// one that waits, in turns so that the caller is asked meanwhile whether to stop.
fn impure(text: &str) -> Option<&'static str> {
    let scoped = ["std::thread::scope(", "std::thread::current()", "std::thread::park_timeout("];
    let text = scoped.iter().fold(text.to_owned(), |text, allowed| text.replace(allowed, ""));
    IMPURE.iter().find(|word| text.contains(**word)).copied()
}

#[test]
fn engines_read_no_file_no_clock_and_no_chance() {
    for engine in ["scoring", "workdays", "zoning", "demo"] {
        for (file, text) in code_files(&format!("{engine}/src")) {
            assert_eq!(
                impure(&text),
                None,
                "{engine}/src/{file} is part of an engine; hand the value in as an argument"
            );
        }
    }
}

/// Whether a text holds SQL.
fn has_sql(text: &str) -> bool {
    ["sql!(", "on_engine!(", "sqlx::query", "Sql::new("].iter().any(|sign| text.contains(sign))
}

#[test]
fn sql_stands_in_stores_and_in_the_kernel_only() {
    let is_store = |file: &str| file.ends_with("/store.rs") || file.contains("/store/");
    let mut found = BTreeSet::new();
    for (file, text) in code_files("hejian/src") {
        if has_sql(&text) && !is_store(&file) {
            found.insert(file);
        }
    }
    let known: BTreeSet<String> = SQL_ELSEWHERE.iter().map(|(file, _)| (*file).to_owned()).collect();
    let new: Vec<_> = found.difference(&known).collect();
    assert!(new.is_empty(), "SQL belongs in the store.rs of its module: {new:?}");
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(gone.is_empty(), "no SQL is left there, take them off the list: {gone:?}");
}

#[test]
fn the_checks_above_find_what_they_are_for() {
    let up = "use crate::{campaign::{score, standard}, organisation};\n";
    let wrong = breaches("foundations/premises/mod.rs", up);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].contains("campaign/score") && wrong[1].contains("campaign/standard"), "{wrong:?}");
    assert_eq!(breaches("foundations/premises/model.rs", "use super::super::series::Series;").len(), 1);
    assert_eq!(breaches("organisation/mod.rs", "fn f() { crate::cli::run(); }").len(), 1);
    assert_eq!(breaches("campaign/votes/mod.rs", "").len(), 1);
    assert!(breaches("campaign/score/pages.rs", "use crate::campaign::standard::Pack; use super::store;").is_empty());
    assert!(breaches("cli/mod.rs", "use crate::{boot, campaign::score};").is_empty());
    assert!(breaches("todo/mod.rs", "// crate::cli\n#[cfg(test)]\nmod tests { use crate::modules; }").is_empty());
    assert!(has_sql("sql!(tx, execute, \"delete from unit\")"));
    assert_eq!(impure("let now = SystemTime::now();"), Some("SystemTime"));
    assert!(Path::new(&reading::crates()).join("hejian/src/modules.rs").is_file());
}
