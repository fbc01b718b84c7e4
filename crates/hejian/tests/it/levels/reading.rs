//! Reads sources as text: comments and tests left out, paths of imports made whole.

use std::path::{Path, PathBuf};

/// The folder of the crates.
pub fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The dependencies a crate is built with, as written in its manifest; those of its tests left out.
pub fn manifest(name: &str) -> String {
    let file = crates().join(name).join("Cargo.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    text.split("[dev-dependencies]").next().unwrap_or_default().to_owned()
}

/// The folders in a folder.
pub fn folders(below: &str) -> Vec<String> {
    let entries = std::fs::read_dir(crates().join(below)).expect("the chapter is a folder");
    entries
        .filter_map(|entry| entry.ok().filter(|e| e.path().is_dir()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Every source file below a folder of `crates/`, tests left out: its path there and its text without comments.
pub fn code_files(below: &str) -> Vec<(String, String)> {
    let base = crates().join(below);
    let mut found = Vec::new();
    let mut waiting = vec![base.clone()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("a folder can be listed").path();
            let name = path.strip_prefix(&base).expect("below its base").to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                if !name.ends_with("tests") {
                    waiting.push(path);
                }
            } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
                found.push((name, code(&text)));
            }
        }
    }
    found.sort();
    found
}

/// The text without comment lines and without what follows `#[cfg(test)]` and a module: tests stand last in a file.
fn code(text: &str) -> String {
    let mut kept = String::new();
    let mut test = false;
    for line in text.lines() {
        let bare = line.trim_start();
        if test && bare.starts_with("mod ") && bare.ends_with('{')
            || test && bare.starts_with("mod ") && bare.ends_with('}')
        {
            break;
        }
        test = bare.starts_with("#[cfg(test)]");
        if !bare.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// What a file of the product uses: paths below `crates/hejian/src` with `/` between their parts, and names of our crates.
pub fn uses(file: &str, text: &str) -> Vec<String> {
    let text = code(text);
    let mut found = Vec::new();
    for (at, word) in words(&text) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|sign| sign == ':' || sign == '$') {
            continue;
        }
        let rest = &text[at + word.len()..];
        match word {
            "crate" => paths(rest, "", &mut found),
            "super" => paths(rest, &parent(file), &mut found),
            name if name.starts_with("hejian_") && rest.starts_with("::") => found.push(name.to_owned()),
            _ => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The folder of the module above the one in this file.
fn parent(file: &str) -> String {
    let own = file.trim_end_matches(".rs").trim_end_matches("/mod");
    own.rsplit_once('/').map_or(String::new(), |(above, _)| above.to_owned())
}

/// Reads `::a::b`, `::{a::b, c::{d}}` and `::super::a` below `base`.
fn paths(text: &str, base: &str, found: &mut Vec<String>) {
    let Some(text) = text.strip_prefix("::") else { return };
    if let Some(group) = text.strip_prefix('{') {
        for part in parts(group) {
            paths(&format!("::{}", part.trim()), base, found);
        }
        return;
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name == "super" {
        paths(rest, &parent(base), found);
    } else if name.is_empty() || name == "self" {
        found.push(base.to_owned());
    } else if name.chars().next().is_some_and(char::is_lowercase) && rest.starts_with("::") {
        paths(rest, &join(base, name), found);
    } else {
        // A function, a type, or a module named as a whole: its room is what counts.
        found.push(if name.chars().next().is_some_and(char::is_lowercase) {
            join(base, name)
        } else {
            base.to_owned()
        });
    }
}

fn join(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}

/// The parts of a group up to its closing brace.
fn parts(group: &str) -> Vec<&str> {
    let (mut depth, mut begun, mut found) = (0, 0, Vec::new());
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&group[begun..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&group[begun..at]);
                begun = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|part| !part.trim().is_empty());
    found
}

/// The words of a text with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.split(move |c| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
