//! What the papers say of the project is there: files that they link to, tests that they name.

use std::path::{Path, PathBuf};

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The papers, as (path below the root, text).
fn papers() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["", "docs", "docs/adr", "demo"] {
        let entries = std::fs::read_dir(root().join(folder)).expect("the folder can be listed");
        for entry in entries {
            let name = entry.expect("a folder can be listed").file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") {
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                let text = std::fs::read_to_string(root().join(&path)).expect("a paper is text");
                found.push((path, text));
            }
        }
    }
    found
}

/// The targets of `](…)` that lie in the project, without their `#…`.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|t| !t.contains("://") && !t.starts_with('#')).map(|t| t.split('#').next().unwrap_or(t)).collect()
}

/// Tests named as `` `file.rs::name` `` or, for a further one of the same file, `` `::name` ``.
fn named_tests(text: &str) -> Vec<(&str, &str)> {
    let mut file = "";
    let mut found = Vec::new();
    for quoted in text.split('`').skip(1).step_by(2) {
        let Some((path, name)) = quoted.split_once("::") else { continue };
        if path.ends_with(".rs") {
            file = path;
        } else if !path.is_empty() {
            continue;
        }
        if !file.is_empty() {
            found.push((file, name));
        }
    }
    found
}

#[test]
fn every_link_in_the_papers_leads_to_a_file() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for (paper, text) in papers() {
        let folder = Path::new(&paper).parent().expect("a paper lies in a folder").to_owned();
        for link in links(&text) {
            seen += 1;
            if !root().join(&folder).join(link).exists() {
                missing.push(format!("{paper}: {link}"));
            }
        }
    }
    assert!(seen > 20, "only {seen} links were read");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_test_that_the_architecture_names_is_there() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the paper can be read");
    let named = named_tests(&text);
    assert!(named.len() > 20, "only {} tests are named", named.len());
    for (file, name) in named {
        let source = std::fs::read_to_string(root().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert!(source.contains(&format!("fn {name}(")), "{file} has no test `{name}`");
    }
}

#[test]
fn the_checks_of_the_papers_find_what_they_are_for() {
    assert_eq!(links("[a](b.md#c) [d](https://e) [f](#g) ![h](i.png)"), ["b.md", "i.png"]);
    let text = "`a/b.rs::one`, `::two` and `web::Routes`; `c.rs::three`";
    assert_eq!(named_tests(text), [("a/b.rs", "one"), ("a/b.rs", "two"), ("c.rs", "three")]);
}
