//! `cargo xtask new-module NAME`: a module of the foundations with one register, its tables on both engines and its labels.
//!
//! Everything is checked before the first file is written: a name that does not fit leaves no half of a module behind.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::shell;

const FOUNDATIONS: &str = "crates/hejian/src/foundations";
const LIST: &str = "crates/hejian/src/modules.rs";
const ROLES: &str = "crates/hejian/src/organisation/roles.rs";
/// The comment in the list of modules, and in the rights of the campaign office, above which new lines are added.
const MARKER: &str = "// cargo xtask new-module adds a line above this one";
const ENGINES: [(&str, &str); 2] = [
    ("migrations/sqlite", include_str!("../templates/sqlite.sql.txt")),
    ("migrations/postgres", include_str!("../templates/postgres.sql.txt")),
];
const LABELS: [(&str, &str); 2] = [
    ("locales/zh-CN", include_str!("../templates/zh-CN.ftl.txt")),
    ("locales/en", include_str!("../templates/en.ftl.txt")),
];
const SOURCES: [(&str, &str); 3] = [
    ("mod.rs", include_str!("../templates/mod.rs.txt")),
    ("model.rs", include_str!("../templates/model.rs.txt")),
    ("tests.rs", include_str!("../templates/tests.rs.txt")),
];

/// Scaffold a module.
#[derive(Args)]
pub struct NewModule {
    /// The module's name in snake case, a word of the field: charity_shop
    name: String,
}

impl NewModule {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let plan = plan(&shell::root(), &self.name)?;
        for (file, text) in &plan {
            let folder = file.parent().context("every file of the plan lies in a folder")?;
            fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
            fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
            println!("      {}", file.strip_prefix(shell::root()).unwrap_or(file).display());
        }
        // Order of names and line breaks depend on the name.
        shell::run(shell::cargo().args(["fmt", "--package", "hejian"]))?;
        println!(
            "Next: say in the //! lines what it owns, fit model.rs and both migrations, name it in both locales, give \
             further roles its permissions, then run cargo xtask test."
        );
        Ok(())
    }
}

/// The files to write with their whole text.
fn plan(root: &Path, name: &str) -> Result<Vec<(PathBuf, String)>> {
    check_name(name)?;
    let folder = root.join(FOUNDATIONS).join(name);
    if folder.exists() {
        bail!("{FOUNDATIONS}/{name} is already there");
    }
    let fill = |text: &str| {
        text.replace("{{name}}", name).replace("{{Name}}", &camel(name)).replace("{{key}}", &name.replace('_', "-"))
    };
    let number = next_number(root)?;
    let mut files: Vec<(PathBuf, String)> =
        SOURCES.iter().map(|(file, text)| (folder.join(file), fill(text))).collect();
    for (place, text) in ENGINES {
        files.push((root.join(place).join(format!("{number:04}_{name}.sql")), fill(text)));
    }
    for (place, text) in LABELS {
        let file = root.join(place).join(format!("{name}.ftl"));
        if file.exists() {
            bail!("{place}/{name}.ftl is already there");
        }
        files.push((file, fill(text)));
    }
    files.push(edited(root, &format!("{FOUNDATIONS}/mod.rs"), |text| declared(text, name))?);
    files.push(edited(root, LIST, |text| above_marker(text, &[format!("&crate::foundations::{name}::MODULE,")]))?);
    let rights = ["read", "write", "remove"].map(|verb| format!("\"{name}.{verb}\","));
    files.push(edited(root, ROLES, |text| above_marker(text, &rights))?);
    Ok(files)
}

fn edited(root: &Path, name: &str, edit: impl Fn(&str) -> Result<String>) -> Result<(PathBuf, String)> {
    let file = root.join(name);
    let text = fs::read_to_string(&file).with_context(|| format!("{name} cannot be read"))?;
    Ok((file, edit(&text).with_context(|| format!("{name} cannot be edited"))?))
}

fn check_name(name: &str) -> Result<()> {
    let is_word = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase());
    let signs = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.chars().all(signs) && name.split('_').all(is_word) {
        return Ok(());
    }
    bail!("`{name}` is no name for a module: write small letters, words joined by _, such as charity_shop")
}

/// `charity_shop` → `CharityShop`.
fn camel(name: &str) -> String {
    let word = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    name.split('_').map(word).collect()
}

/// One above the highest number; both engines must stand at the same one.
fn next_number(root: &Path) -> Result<u32> {
    let mut highest = Vec::new();
    for (place, _) in ENGINES {
        let mut numbers = vec![0];
        for entry in fs::read_dir(root.join(place)).with_context(|| format!("{place} cannot be read"))? {
            let name = entry?.file_name();
            numbers.extend(name.to_string_lossy().split('_').next().and_then(|number| number.parse::<u32>().ok()));
        }
        highest.push(numbers.into_iter().max().unwrap_or(0));
    }
    if highest[0] != highest[1] {
        bail!("the two histories differ: sqlite ends at {:04}, postgres at {:04}", highest[0], highest[1]);
    }
    Ok(highest[0] + 1)
}

/// The text with `pub mod NAME;` at its alphabetical place among the others.
fn declared(text: &str, name: &str) -> Result<String> {
    let line = format!("pub mod {name};");
    let mut lines: Vec<&str> = text.lines().collect();
    let modules = || lines.iter().enumerate().filter(|(_, l)| l.starts_with("pub mod ") && l.ends_with(';'));
    let after = modules().find(|(_, l)| **l > line.as_str()).map(|(place, _)| place);
    let last = modules().next_back().map(|(place, _)| place + 1);
    lines.insert(after.or(last).unwrap_or(lines.len()), &line);
    Ok(lines.join("\n") + "\n")
}

/// The text with the lines above the marker, indented like it.
fn above_marker(text: &str, lines: &[String]) -> Result<String> {
    let Some(marker) = text.lines().find(|line| line.trim() == MARKER) else {
        bail!("the line `{MARKER}` is missing; put it back where new lines belong");
    };
    let indent = &marker[..marker.len() - marker.trim_start().len()];
    let added: String = lines.iter().map(|line| format!("{indent}{line}\n")).collect();
    Ok(text.replacen(marker, &(added + marker), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_stands_at_its_place_among_the_others() {
        let text = "//! The foundations.\n\npub mod premises;\npub mod series;\n";
        assert_eq!(declared(text, "meeting").unwrap(), text.replace("pub mod p", "pub mod meeting;\npub mod p"));
        assert_eq!(declared(text, "volunteer").unwrap(), format!("{text}pub mod volunteer;\n"));
        assert_eq!(declared("//! Empty.\n", "series").unwrap(), "//! Empty.\npub mod series;\n");
    }

    #[test]
    fn new_lines_stand_above_the_marker_in_their_order() {
        let text = format!("&[\n    one,\n    {MARKER}\n]\n");
        let expected = format!("&[\n    one,\n    two,\n    three,\n    {MARKER}\n]\n");
        assert_eq!(above_marker(&text, &["two,".to_owned(), "three,".to_owned()]).unwrap(), expected);
        assert!(above_marker("&[]", &[]).unwrap_err().to_string().contains("is missing"));
    }

    #[test]
    fn a_name_is_small_words_joined_by_lines() {
        for good in ["meeting", "charity_shop", "plan2"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        for bad in ["", "Meeting", "charity-shop", "_x", "x_", "a__b", "2nd", "../x", "会议"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
        assert_eq!(camel("charity_shop"), "CharityShop");
    }

    #[test]
    fn both_engines_get_the_same_columns_in_the_same_order() {
        let columns = |text: &str| -> Vec<String> {
            let inner = text.lines().filter(|line| line.starts_with("    "));
            inner.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
        };
        assert_eq!(columns(ENGINES[0].1), columns(ENGINES[1].1));
        assert_eq!(columns(ENGINES[0].1).len(), 16);
    }
}
