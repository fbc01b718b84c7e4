//! Texts as hands leave them in cells: spaces, full-width digits and signs, quoted literals.

/// Without spaces at the ends, of either width; lines end as they do in a pack.
pub(crate) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Full-width letters, digits and signs as half-width ones, tidied.
pub(crate) fn halfwidth(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '。' => '.',
        '—' | '–' | '−' => '-',
        c => c,
    };
    tidy(text).chars().map(half).collect()
}

/// Whether a text looks like a code or an id: letters, digits, point, underscore, hyphen.
pub(crate) fn has_code_form(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// An expression with the signs of a Chinese keyboard read as those of the grammar.
pub(crate) fn expression(text: &str) -> String {
    let half = halfwidth(text).replace('≥', ">=").replace('≤', "<=").replace('×', "*").replace('÷', "/");
    [("并且", " and "), ("且", " and "), ("或者", " or "), ("或", " or ")]
        .iter()
        .fold(half, |text, (from, to)| text.replace(from, to))
}

/// A text in quotes, with everything a cell would not keep written as an escape.
pub(crate) fn literal(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default().replace("_x", "\\u005fx");
    let mut out = String::with_capacity(quoted.len());
    for c in quoted.chars() {
        if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}') {
            out.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            out.push(c);
        }
    }
    out
}

/// The text of a quoted literal.
pub(crate) fn of_literal(shown: &str) -> Option<String> {
    (shown.len() >= 2 && shown.starts_with('"') && shown.ends_with('"')).then(|| serde_json::from_str(shown).ok())?
}

/// A line `key = text`; either side may be a quoted literal.
pub(crate) fn entry(line: &str) -> Option<(String, String)> {
    let read = |part: &str| of_literal(&tidy(part)).unwrap_or_else(|| tidy(part));
    if line.starts_with('"') {
        let mut stream = serde_json::Deserializer::from_str(line).into_iter::<String>();
        if let Some(Ok(key)) = stream.next() {
            let rest = tidy(&line[stream.byte_offset()..]);
            return rest.strip_prefix(['=', '＝']).map(|text| (key, read(text)));
        }
    }
    let (key, text) = line.split_once(['=', '＝']).or_else(|| line.split_once([':', '：']))?;
    Some((halfwidth(key), read(text)))
}
