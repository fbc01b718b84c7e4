//! The few lines of a standard file that the product itself must find and set without understanding the rest: id, version,
//! state, name. A draft may be broken anywhere else.
//!
//! The rule that matters: only the mapping `standard:` at the top is looked at, and only lines of its own level.

/// The line of a key of the mapping `standard:`: its number and the text before the value.
fn line_of<'t>(text: &'t str, key: &str) -> Option<(usize, &'t str)> {
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let indent = line.len() - bare.len();
        if indent == 0 {
            inside = bare.starts_with("standard:");
        } else if inside && indent <= 4 && bare.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return Some((number, line));
        }
    }
    None
}

/// What a key of the mapping `standard:` says.
#[must_use]
pub fn said(text: &str, key: &str) -> Option<String> {
    let (_, line) = line_of(text, key)?;
    let (_, value) = line.split_once(':')?;
    Some(value.trim().trim_matches(['\'', '"']).to_owned())
}

/// The text with a key of the mapping `standard:` set; a key that is not there yet is put after `version:`. Unchanged where
/// there is no such line either.
#[must_use]
pub fn set(text: &str, key: &str, value: &str) -> String {
    let there = line_of(text, key);
    let Some((number, line)) = there.or_else(|| line_of(text, "version")) else { return text.to_owned() };
    let indent = &line[..line.len() - line.trim_start().len()];
    let new = format!("{indent}{key}: {value}");
    let mut lines: Vec<&str> = text.lines().collect();
    match there {
        Some(_) => lines[number] = &new,
        None => lines.insert(number + 1, &new),
    }
    let mut out = lines.join("\n");
    if text.ends_with('\n') {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{said, set};

    const TEXT: &str =
        "# id: no\nstandard:\n  id: 'a-b'\n  pass_mark:\n      version: 9\n  version: 2\nareas:\n- version: 3\n";

    #[test]
    fn only_the_standards_own_lines_are_read_and_set() {
        assert_eq!(said(TEXT, "id").as_deref(), Some("a-b"));
        assert_eq!(said(TEXT, "version").as_deref(), Some("2"));
        assert_eq!(said(TEXT, "state"), None);
        let set = set(TEXT, "version", "3");
        assert_eq!(set, TEXT.replace("  version: 2", "  version: 3"));
        let set = super::set(TEXT, "state", "draft");
        assert_eq!(set, TEXT.replace("  version: 2", "  version: 2\n  state: draft"));
    }

    #[test]
    fn a_text_without_the_key_stays_as_it_is() {
        assert_eq!(set("standard:\n  id: x", "state", "draft"), "standard:\n  id: x");
        assert_eq!(said("", "id"), None);
    }
}
