//! The canonical text of a tree: block style, one entry a line, a list at the indent of its key, a text in double quotes
//! exactly where it could be read as something else, nothing folded. And the comment at the head of a file.

use std::fmt::Write;

use crate::pack::schema::{Key, Kind, Need, Object};
use crate::pack::tree::{Data, Entry, Node};

/// Words that other readers of YAML take for something that is no text.
const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];

pub(super) fn write(node: &Node) -> String {
    let mut out = String::new();
    block(&mut out, node, 0);
    out
}

/// A mapping or list from the start of a line on.
fn block(out: &mut String, node: &Node, indent: usize) {
    match &node.data {
        Data::Mapping(entries) => mapping(out, entries, indent, indent),
        Data::Sequence(items) => items.iter().for_each(|item| {
            pad(out, indent);
            out.push('-');
            match &item.data {
                // The first key stands behind the dash, the others below it.
                Data::Mapping(entries) if !entries.is_empty() => {
                    out.push(' ');
                    mapping(out, entries, 0, indent + 2);
                }
                _ => value(out, item, indent + 2),
            }
        }),
        Data::Scalar { .. } => value(out, node, indent),
    }
}

fn mapping(out: &mut String, entries: &[Entry], first: usize, indent: usize) {
    for (i, Entry { key, value: node, .. }) in entries.iter().enumerate() {
        pad(out, if i == 0 { first } else { indent });
        scalar(out, key);
        out.push(':');
        value(out, node, indent);
    }
}

/// What stands behind a key or a dash, to the end of the line and below.
fn value(out: &mut String, node: &Node, indent: usize) {
    match &node.data {
        Data::Scalar { text, plain } => {
            out.push(' ');
            if *plain {
                out.push_str(text)
            } else {
                scalar(out, text)
            }
            out.push('\n');
        }
        Data::Mapping(entries) if entries.is_empty() => out.push_str(" {}\n"),
        Data::Sequence(items) if items.is_empty() => out.push_str(" []\n"),
        Data::Mapping(_) => {
            out.push('\n');
            block(out, node, indent + 2);
        }
        Data::Sequence(_) => {
            out.push('\n');
            block(out, node, indent);
        }
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn scalar(out: &mut String, text: &str) {
    if reads_as_itself(text) {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if !is_printable(c) => {
                let code = u32::from(c);
                let _ = if code > 0xffff { write!(out, "\\U{code:08x}") } else { write!(out, "\\u{code:04x}") };
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Characters that stand for themselves on one line; other line ends, marks of byte order and private or unassigned signs are
/// written as escapes.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}')
        && u32::from(c) < 0xe_0000
}

/// Whether a text without quotes is read as this text: it begins with a letter, holds nothing that ends or comments it, and is
/// no word of another kind.
fn reads_as_itself(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '(' | '（' | '《' | '“'));
    let ends = !text.ends_with(|c: char| c == ':' || c.is_whitespace());
    let word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    starts && ends && !word && !text.contains(": ") && !text.contains(" #") && text.chars().all(is_printable)
}

/// The comment that explains the keys of a file: each object once, where it is first met.
pub(super) fn head(file: &'static Object) -> String {
    let mut out =
        format!("# {}: {}. Made by the program that writes this file; comments are not kept.\n", file.name, file.en);
    let mut met: Vec<&'static Object> = Vec::new();
    let mut open = vec![file];
    while let Some(object) = open.pop() {
        if met.iter().any(|other| std::ptr::eq(*other, object)) {
            continue;
        }
        met.push(object);
        if !std::ptr::eq(object, file) {
            let _ = writeln!(out, "#\n# {} {}: {}", object.name, object.zh, object.en);
        }
        for key in object.keys.iter().filter(|key| key.key != "type" || !matches!(key.kind, Kind::Choice(_))) {
            line(&mut out, key);
        }
        open.extend(object.keys.iter().rev().flat_map(|key| key.kind.objects().into_iter().rev()));
    }
    let expression = |key: &Key| matches!(key.kind, Kind::Formula | Kind::Condition);
    if met.iter().any(|object| object.keys.iter().any(expression)) {
        out.push_str("#\n# A formula or condition is made of numbers, names, + - * /, < <= > >= ==, and or not, max(...), min(...), parentheses.\n");
        out.push_str("# What is unknown stays unknown: false and unknown is false, true or unknown is true, all else with unknown is unknown.\n");
    }
    out
}

fn line(out: &mut String, key: &Key) {
    let kind = match key.kind {
        Kind::Text | Kind::LongText => "text".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Whole => "whole number".to_owned(),
        Kind::YesNo => "true | false".to_owned(),
        Kind::Date => "day".to_owned(),
        Kind::Period => "period".to_owned(),
        Kind::Formula => "formula".to_owned(),
        Kind::Condition => "condition".to_owned(),
        Kind::Choice(words) => words.join(" | "),
        Kind::Texts => "list of text".to_owned(),
        Kind::Object(object) => object.name.to_owned(),
        Kind::Objects(object) => format!("list of {}", object.name),
        Kind::Variant(_) => "one of the rules, by `type`".to_owned(),
        Kind::Map => "key: text, sorted".to_owned(),
    };
    let need = match key.need {
        Need::Required => String::new(),
        Need::Optional => ", may be left out".to_owned(),
        Need::Default(default) => format!(", left out for {default}"),
    };
    let _ = writeln!(out, "#   {} {} ({kind}{need}): {}", key.key, key.zh, key.help);
}
