//! Reading the three sources and checking each key and value against the table.

use std::{ffi::OsString, path::PathBuf};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Settings,
    keys::{KEYS, Key, SECTIONS},
    problem::{Origin, Problem, SettingsError},
};

/// Variables with our prefix that are no settings: two flags of the command line, and what the tests of the product use.
const NOT_SETTINGS: &[&str] = &["HEJIAN_DATA", "HEJIAN_CONFIG"];
const NOT_SETTINGS_PREFIX: &str = "HEJIAN_TEST_";

/// Where settings come from, weakest first.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file; `None` reads none.
    pub file: Option<PathBuf>,
    /// Environment variables; those without our prefix are passed over.
    pub variables: Vec<(OsString, OsString)>,
    /// Flags: (flag as typed, key, value).
    pub flags: Vec<(&'static str, &'static str, String)>,
}

pub(super) fn load(sources: &Sources) -> Result<Settings, SettingsError> {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    if let Some(path) = &sources.file {
        let bytes = std::fs::read(path).map_err(|e| SettingsError::Unreadable(path.clone(), e))?;
        from_file(path, &bytes, &mut settings, &mut problems);
    }
    from_variables(&sources.variables, &mut settings, &mut problems);
    for (flag, name, text) in &sources.flags {
        let origin = Origin::Flag(flag);
        match KEYS.iter().find(|k| k.name == *name) {
            Some(key) => take(key, text, origin, &mut settings, &mut problems),
            None => problems.push(Problem { origin, words: unknown(name, name_list(), "") }),
        }
    }
    if problems.is_empty() { Ok(settings) } else { Err(SettingsError::Wrong(problems)) }
}

fn from_file(path: &std::path::Path, bytes: &[u8], settings: &mut Settings, problems: &mut Vec<Problem>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let before = String::from_utf8_lossy(&bytes[..e.valid_up_to()]).into_owned();
            let (line, column) = place(&before, before.len());
            let words = "the file is not written in UTF-8. Save it again as UTF-8.".to_owned();
            problems.push(Problem { origin: Origin::File(path.to_owned(), line, column), words });
            return;
        }
    };
    // Windows editors put a byte-order mark before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let origin = |at: usize| {
        let (line, column) = place(text, at);
        Origin::File(path.to_owned(), line, column)
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(e) => {
            // Only the message: the line itself may hold a password.
            let words = format!("this is not TOML: {}. Compare with the documented example.", e.message());
            problems.push(Problem { origin: origin(e.span().map_or(0, |s| s.start)), words });
            return;
        }
    };
    for (name, value) in in_order(&table) {
        let section = name.get_ref().as_ref();
        let at = origin(name.span().start);
        if let Some(key) = KEYS.iter().find(|k| k.name == section) {
            take_toml(key, value, origin(value.span().start), settings, problems);
        } else if !SECTIONS.iter().any(|(s, _, _)| *s == section) {
            let what = if value.get_ref().is_table() { "section" } else { "setting" };
            let names = KEYS.iter().filter(|k| !k.name.contains('.')).map(|k| k.name);
            let words = unknown(section, SECTIONS.iter().map(|s| s.0).chain(names).map(str::to_owned).collect(), what);
            problems.push(Problem { origin: at, words });
        } else if let Some(table) = value.get_ref().as_table() {
            for (name, value) in in_order(table) {
                let full = format!("{section}.{}", name.get_ref());
                match KEYS.iter().find(|k| k.name == full) {
                    Some(key) => take_toml(key, value, origin(value.span().start), settings, problems),
                    None => {
                        problems.push(Problem {
                            origin: origin(name.span().start),
                            words: unknown(&full, name_list(), "setting"),
                        });
                    }
                }
            }
        } else {
            let words =
                format!("`{section}` is a section: write [{section}] on a line of its own and its settings below.");
            problems.push(Problem { origin: at, words });
        }
    }
}

/// The entries of a table in the order of the file, so that problems come in the order of the lines.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

fn take_toml(
    key: &Key,
    value: &Spanned<DeValue<'_>>,
    origin: Origin,
    settings: &mut Settings,
    problems: &mut Vec<Problem>,
) {
    let text = match value.get_ref() {
        DeValue::String(text) if key.kind.is_quoted() => text.to_string(),
        DeValue::Integer(number) if !key.kind.is_quoted() => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or_else(|_| number.to_string(), |n| n.to_string())
        }
        DeValue::Boolean(truth) if !key.kind.is_quoted() => truth.to_string(),
        other => {
            let words = format!("`{}` must be {}, not {}.", key.name, key.kind.allowed(), a_kind(other.type_str()));
            problems.push(Problem { origin, words });
            return;
        }
    };
    take(key, &text, origin, settings, problems);
}

fn a_kind(toml: &str) -> String {
    match toml {
        "string" => "a text in quotes".to_owned(),
        "integer" => "a whole number".to_owned(),
        "float" => "a number with a point".to_owned(),
        "boolean" => "true or false".to_owned(),
        "array" => "a list".to_owned(),
        other => format!("a {other}"),
    }
}

fn from_variables(variables: &[(OsString, OsString)], settings: &mut Settings, problems: &mut Vec<Problem>) {
    let mut ours: Vec<_> = variables
        .iter()
        .filter_map(|(name, value)| Some((name.to_str()?, value)))
        .filter(|(name, _)| {
            name.starts_with("HEJIAN_") && !name.starts_with(NOT_SETTINGS_PREFIX) && !NOT_SETTINGS.contains(name)
        })
        .collect();
    ours.sort();
    for (name, value) in ours {
        let origin = Origin::Variable(name.to_owned());
        let Some(key) = KEYS.iter().find(|k| k.variable() == name) else {
            let words = unknown(name, KEYS.iter().map(Key::variable).collect(), "setting of this name");
            problems.push(Problem { origin, words });
            continue;
        };
        match value.to_str() {
            Some(text) => take(key, text, origin, settings, problems),
            None => problems.push(Problem { origin, words: "the value is not written in UTF-8.".to_owned() }),
        }
    }
}

fn take(key: &Key, text: &str, origin: Origin, settings: &mut Settings, problems: &mut Vec<Problem>) {
    if key.kind.accepts(text) {
        (key.slot)(settings).put(text);
        return;
    }
    let what = if key.kind.may_be_shown() { format!("\"{text}\"") } else { "what is written there".to_owned() };
    problems.push(Problem { origin, words: format!("`{}` must be {}, not {what}.", key.name, key.kind.allowed()) });
}

fn name_list() -> Vec<String> {
    KEYS.iter().map(|k| k.name.to_owned()).collect()
}

/// Names the key and the nearest right one.
fn unknown(name: &str, right: Vec<String>, what: &str) -> String {
    let what = if what.is_empty() { "setting" } else { what };
    let near = |r: &String| (strsim::normalized_damerau_levenshtein(name, r) * 1_000_000.0) as u64;
    let nearest = right.into_iter().max_by_key(near).unwrap_or_default();
    format!("there is no {what} `{name}`. The nearest is `{nearest}`.")
}

/// Line and column of a byte, both from 1; a column is a character.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}
