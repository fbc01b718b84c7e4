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

/// The text with a key of the mapping `standard:` set; unchanged where the key is not there.
#[must_use]
pub fn set(text: &str, key: &str, value: &str) -> String {
    let Some((number, line)) = line_of(text, key) else { return text.to_owned() };
    let (before, _) = line.split_once(':').unwrap_or((line, ""));
    let new = format!("{before}: {value}");
    let mut out: String = text.lines().enumerate().map(|(at, line)| if at == number { &new } else { line }).fold(
        String::with_capacity(text.len() + 8),
        |mut out, line| {
            out.push_str(line);
            out.push('\n');
            out
        },
    );
    if !text.ends_with('\n') {
        out.pop();
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
    }

    #[test]
    fn a_text_without_the_key_stays_as_it_is() {
        assert_eq!(set("standard:\n  id: x", "state", "draft"), "standard:\n  id: x");
        assert_eq!(said("", "id"), None);
    }
}
