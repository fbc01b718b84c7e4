//! One indicator as lines of the standard file: found, taken apart by its keys, and put together again in the order of the
//! format. The rest of the file is not touched, comments and faults elsewhere stay as they are.
//!
//! The rule that matters: what a person typed is kept even where it is wrong; it is quoted so that it reads as what was typed.

use std::{collections::BTreeMap, ops::Range};

use hejian_scoring::pack::{
    Node,
    schema::{INDICATOR, Key, Kind, Need},
};

/// An indicator's lines, and the raw text under each of its keys.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// Lines of the file, counted from 0.
    pub lines: Range<usize>,
    /// Key → the line its entry begins at, and its value as it stands, moved to the left edge.
    pub values: BTreeMap<String, (usize, String)>,
    indent: usize,
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

impl Block {
    /// The block of a code; `None` where the text has none that begins with its code.
    pub fn find(text: &str, code: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        let begins = |line: &&str| line.trim_start().strip_prefix("- code:").is_some_and(|rest| unquoted(rest) == code);
        let from = lines.iter().position(begins)?;
        let indent = indent_of(lines[from]);
        let outside = |line: &&&str| {
            !line.trim().is_empty()
                && (indent_of(line) < indent || (indent_of(line) == indent && !line.trim_start().starts_with('#')))
        };
        let to = lines[from + 1..].iter().position(|line| outside(&line)).map_or(lines.len(), |at| from + 1 + at);
        let mut values = BTreeMap::new();
        let mut key: Option<(String, usize, Vec<&str>)> = None;
        let deep = indent + 2;
        let mut keep = |key: Option<(String, usize, Vec<&str>)>| {
            if let Some((key, at, raw)) = key {
                values.insert(key, (at, raw.join("\n").trim_end().to_owned()));
            }
        };
        for (at, line) in lines.iter().enumerate().take(to).skip(from) {
            let line = if at == from { line.replacen("- ", "  ", 1) } else { (*line).to_owned() };
            let bare = line.trim_start();
            if indent_of(&line) == deep
                && !bare.starts_with("- ")
                && !bare.starts_with('#')
                && let Some((name, value)) = bare.split_once(':')
            {
                keep(key.take());
                let value = &lines[at][lines[at].len() - value.len()..];
                key = Some((name.to_owned(), at, vec![value.trim()].into_iter().filter(|v| !v.is_empty()).collect()));
            } else if let Some((_, _, raw)) = &mut key {
                raw.push(lines[at].get(deep..).unwrap_or_default());
            }
        }
        keep(key);
        Some(Self { lines: from..to, values, indent })
    }

    /// The value of a key as a form shows it: scalars without quotes, lists of words one a line, the rest as it stands, moved
    /// to the left edge.
    pub fn shown(&self, key: &Key) -> String {
        let Some((_, raw)) = self.values.get(key.key) else { return String::new() };
        let node =
            Node::read(&format!("k: {}{raw}", if raw.contains('\n') || raw.starts_with("- ") { "\n" } else { "" }))
                .ok();
        let node = node.as_ref().and_then(|root| root.get("k"));
        match key.kind {
            Kind::Texts => match node {
                Some(list) if raw != "[]" => {
                    list.items().iter().filter_map(Node::as_text).collect::<Vec<_>>().join("\n")
                }
                _ => String::new(),
            },
            kind if is_scalar(kind) => node.and_then(Node::as_text).map_or_else(|| raw.clone(), ToOwned::to_owned),
            _ => dedented(raw),
        }
    }

    /// The text with this block put together from what a form says of each key; keys the format does not know stay.
    pub fn written(&self, text: &str, says: impl Fn(&Key) -> String) -> String {
        let pad = " ".repeat(self.indent + 2);
        let mut out: Vec<String> = Vec::new();
        for key in INDICATOR.keys {
            let value = if key.key == "code" { self.shown(key) } else { says(key) };
            entry(key, value.trim_end(), &pad, &mut out);
        }
        for (key, (_, raw)) in &self.values {
            if INDICATOR.key(key).is_none() {
                nested(key, raw, &pad, &mut out);
            }
        }
        if let Some(first) = out.first_mut() {
            *first = format!("{}- {}", " ".repeat(self.indent), first.trim_start());
        }
        let lines: Vec<&str> = text.lines().collect();
        let mut all: Vec<&str> = lines[..self.lines.start].to_vec();
        all.extend(out.iter().map(String::as_str));
        all.extend(&lines[self.lines.end..]);
        let mut text = all.join("\n");
        text.push('\n');
        text
    }

    /// The key whose entry holds a line of the file (counted from 1).
    pub fn key_at(&self, line: usize) -> Option<&str> {
        let line = line.checked_sub(1).filter(|line| self.lines.contains(line))?;
        let before = self.values.iter().filter(|(_, (at, _))| *at <= line);
        before.max_by_key(|(_, (at, _))| *at).map(|(key, _)| key.as_str())
    }
}

/// Whether one text stands under the key.
pub(super) fn is_scalar(kind: Kind) -> bool {
    !matches!(kind, Kind::Texts | Kind::Object(_) | Kind::Objects(_) | Kind::Variant(_) | Kind::Map)
}

fn entry(key: &Key, value: &str, pad: &str, out: &mut Vec<String>) {
    if value.trim().is_empty() {
        if key.need == Need::Required && matches!(key.kind, Kind::Texts) {
            out.push(format!("{pad}{}: []", key.key));
        }
        return;
    }
    // What a canonical file leaves out is left out here too.
    if matches!(key.need, Need::Default(default) if default == value.trim()) {
        return;
    }
    match key.kind {
        Kind::Texts => {
            out.push(format!("{pad}{}:", key.key));
            out.extend(value.lines().map(str::trim).filter(|l| !l.is_empty()).map(|l| format!("{pad}- {}", scalar(l))));
        }
        kind if is_scalar(kind) => {
            let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(format!("{pad}{}: {}", key.key, scalar(&line)));
        }
        _ => nested(key.key, value, pad, out),
    }
}

/// A value of several lines below its key, or one line beside it.
fn nested(key: &str, raw: &str, pad: &str, out: &mut Vec<String>) {
    if !raw.contains('\n') && !raw.starts_with("- ") && !raw.contains(": ") {
        out.push(format!("{pad}{key}: {raw}"));
        return;
    }
    out.push(format!("{pad}{key}:"));
    let raw = dedented(raw);
    // A list stands at the edge of its key, a mapping one step further in.
    let step = if raw.starts_with("- ") { "" } else { "  " };
    out.extend(raw.lines().map(|line| if line.is_empty() { String::new() } else { format!("{pad}{step}{line}") }));
}

fn dedented(raw: &str) -> String {
    let least = raw.lines().filter(|line| !line.trim().is_empty()).map(indent_of).min().unwrap_or(0);
    raw.lines().map(|line| line.get(least..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn unquoted(raw: &str) -> String {
    let raw = raw.trim();
    Node::read(&format!("k: {raw}"))
        .ok()
        .and_then(|root| root.get("k").and_then(Node::as_text).map(ToOwned::to_owned))
        .unwrap_or_else(|| raw.to_owned())
}

/// A text so that it reads as itself: plain where that is so, in double quotes otherwise.
fn scalar(text: &str) -> String {
    // Some readers take `a: b` for plain text, others do not.
    let clear = !text.is_empty() && text != "~" && text != "null" && !text.contains(": ") && !text.ends_with(':');
    let plain = clear && unquoted(text) == text;
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::{super::built_in_texts, Block, scalar};

    #[test]
    fn every_indicator_of_the_built_in_pack_is_taken_apart_and_put_together_the_same() {
        let text = built_in_texts().standard;
        for indicator in &super::super::built_in().pack.indicators {
            let block = Block::find(&text, &indicator.code).expect("it is there");
            let again = block.written(&text, |key| block.shown(key));
            assert_eq!(again, text, "{}", indicator.code);
        }
    }

    #[test]
    fn one_key_changes_and_nothing_else_does() {
        let text = built_in_texts().standard;
        let block = Block::find(&text, "D02").expect("D02");
        let say = |name: &str, value: &str| {
            block.written(&text, |key| if key.key == name { value.to_owned() } else { block.shown(key) })
        };
        let at = text.find("- code: D02").expect("D02");
        let instead = |from: &str, to: &str| format!("{}{}", &text[..at], text[at..].replacen(from, to, 1));
        assert_eq!(say("points", "4"), instead("points: 3", "points: 4"));
        assert_eq!(say("lead", "mzj: x"), instead("lead: mzj", "lead: \"mzj: x\""));
        assert_eq!(say("co", ""), instead("  co:\n  - ghj\n  - gtj\n  - fcj\n  - czj\n", ""));
        let rule = "type: proportional\nfull_at: 60\nzero_at: 40";
        assert_eq!(say("rule", rule), instead("full_at: 80", "full_at: 60"));
    }

    #[test]
    fn a_line_leads_to_its_key() {
        let text = built_in_texts().standard;
        let block = Block::find(&text, "D02").expect("D02");
        let line_of = |part: &str| {
            block.lines.start
                + 1
                + text.lines().skip(block.lines.start).position(|l| l.contains(part)).expect("it is there")
        };
        assert_eq!(block.key_at(line_of("zero_at: 40")), Some("rule"));
        assert_eq!(block.key_at(line_of("points: 3")), Some("points"));
        assert_eq!(block.key_at(block.lines.start), None);
        assert_eq!(Block::find(&text, "Z99"), None);
    }

    #[test]
    fn what_is_typed_reads_as_what_was_typed() {
        for text in
            ["用房", "a: b", "- x", "# x", "'", "\"", "yes", "~", "null", "[", "{a}", "%", "*a", "&a", "!a", "3.50"]
        {
            let written = scalar(text);
            assert_eq!(super::unquoted(&written), text, "{written}");
        }
    }
}
