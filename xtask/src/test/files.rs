//! Checks over the files themselves: rooms that grew too large, and paths or hosts of one machine.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::steps::Outcome;
use crate::shell;

/// Above this a file is listed: it may hold a second room.
const LONG: usize = 300;
/// Above this it is an error.
const TOO_LONG: usize = 400;

/// Folders at the root of some machine. A path below one of them in a committed file works for nobody else.
const MACHINE_ROOTS: &[&str] = &["tmp", "root", "work", "farm", "home", "Users"];

/// Runs both checks over every file that is or would be committed.
pub fn check() -> Result<Outcome> {
    let mut problems = Vec::new();
    for name in names()? {
        // A file deleted but not yet committed is still listed; one that is not text has neither lines nor words.
        let Ok(text) = std::fs::read_to_string(shell::root().join(&name)) else { continue };
        let lines = text.lines().count();
        if [".rs", ".ts", ".css"].iter().any(|ending| name.ends_with(ending)) && lines > LONG {
            if lines > TOO_LONG {
                problems.push(format!("{name}: {lines} lines, at most {TOO_LONG}; split it by what it owns"));
            } else {
                println!("      long: {name} {lines} lines");
            }
        }
        problems.extend(words(&name, &text));
    }
    if !problems.is_empty() {
        bail!("{}", problems.join("\n        "));
    }
    Ok(Outcome::Done)
}

/// Tracked files and new ones that are not ignored, relative to the root.
fn names() -> Result<Vec<String>> {
    let listed = shell::output(
        Command::new("git")
            .args(["-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(shell::root()),
    );
    Ok(listed.context("git cannot list the files of this folder; is it a clone?")?.lines().map(str::to_owned).collect())
}

fn words(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if name.ends_with(".lock") {
        return problems;
    }
    for (number, line) in text.lines().enumerate() {
        let mut tell = |what: &str| problems.push(format!("{name}:{}: {what}: {}", number + 1, line.trim()));
        if machine_path(line) {
            tell("a path of one machine; make it relative or a setting");
        }
        if name.ends_with("package-lock.json") && line.contains("\"resolved\"") {
            tell("a download address; delete the line (web/.npmrc keeps npm from writing it)");
        }
    }
    problems
}

/// Whether the line holds an absolute path below one of [`MACHINE_ROOTS`]; a path inside an address or a longer path
/// (`https://host/work/`, `web/work/`) is none.
fn machine_path(line: &str) -> bool {
    MACHINE_ROOTS.iter().any(|root| {
        let path = format!("/{root}/");
        line.match_indices(&path).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|sign| sign.is_alphanumeric() || "_-./}".contains(sign))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written in two halves, or this file would report itself.
    fn below(root: &str) -> String {
        format!("/{root}/x")
    }

    #[test]
    fn a_path_of_a_machine_is_found() {
        for line in [below("tmp"), format!("open(\"{}\")", below("work")), format!("see {}", below("home"))] {
            assert!(machine_path(&line), "{line}");
        }
    }

    #[test]
    fn a_relative_path_an_address_and_a_bare_name_are_none() {
        for line in
            [format!("web{}", below("work")), format!("https://host{}", below("home")), "mktemp in /tmp".to_owned()]
        {
            assert!(!machine_path(&line), "{line}");
        }
    }

    #[test]
    fn a_download_address_in_the_lock_file_is_found() {
        let line = "      \"resolved\": \"https://registry.example/x.tgz\",";
        assert_eq!(words("web/package-lock.json", line).len(), 1);
        assert!(words("web/other.json", line).is_empty());
    }
}
