//! Writes mappings, lists and texts as YAML in block style. Owns one way to quote: plain where a reader can only take it
//! for the same text, single quotes otherwise, double quotes with escapes where a line break or control character is inside.

/// What is written.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A text of any content.
    Text(String),
    /// A number, or a word of a closed list: never quoted.
    Word(String),
    /// A key whose value a person has yet to fill in.
    Open,
    List(Vec<Block>),
    Map(Vec<(&'static str, Block)>),
    /// A mapping with keys of its own.
    Free(Vec<(String, String)>),
}

impl Block {
    /// A list of texts.
    pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t String>) -> Block {
        Block::List(texts.into_iter().map(|text| Block::Text(text.clone())).collect())
    }

    /// The whole file.
    pub(super) fn write(&self) -> String {
        let mut out = String::new();
        self.lines(0, &mut out);
        out
    }

    fn lines(&self, depth: usize, out: &mut String) {
        match self {
            Block::Map(entries) => entries.iter().for_each(|(key, value)| entry(key, value, depth, out)),
            Block::Free(entries) => {
                for (key, text) in entries {
                    entry(&quoted(key), &Block::Text(text.clone()), depth, out);
                }
            }
            Block::List(items) => {
                for item in items {
                    indent(depth, out);
                    out.push_str("- ");
                    let mut inner = String::new();
                    item.lines(depth + 1, &mut inner);
                    // The first key of an item stands beside its dash.
                    out.push_str(inner.trim_start_matches(' '));
                }
            }
            scalar => {
                out.push_str(&scalar.inline());
                out.push('\n');
            }
        }
    }

    fn inline(&self) -> String {
        match self {
            Block::Text(text) => quoted(text),
            Block::Word(word) => word.clone(),
            Block::List(_) => "[]".into(),
            Block::Map(_) | Block::Free(_) => "{}".into(),
            Block::Open => String::new(),
        }
    }

    fn empty(&self) -> bool {
        match self {
            Block::List(items) => items.is_empty(),
            Block::Map(entries) => entries.is_empty(),
            Block::Free(entries) => entries.is_empty(),
            _ => true,
        }
    }
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}

fn entry(key: &str, value: &Block, depth: usize, out: &mut String) {
    indent(depth, out);
    out.push_str(key);
    out.push(':');
    if !value.empty() {
        out.push('\n');
        // A list stands under its key, not beside it: its dashes already set it off.
        value.lines(if matches!(value, Block::List(_)) { depth } else { depth + 1 }, out);
        return;
    }
    let text = value.inline();
    if !text.is_empty() {
        out.push(' ');
        out.push_str(&text);
    }
    out.push('\n');
}

/// A text as a YAML scalar on one line.
pub(super) fn quoted(text: &str) -> String {
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')) {
        return doubly(text);
    }
    if plain(text) { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

fn doubly(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a reader can take the bare text for nothing else than this text.
fn plain(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().last()) else { return false };
    let edge = first.is_whitespace() || last.is_whitespace() || last == ':';
    // `-` and `?` only begin something else before a space, but the eye should not have to know that.
    let sign = "-?:,[]{}#&*!|>'\"%@`~=<+.".contains(first);
    let number = first.is_ascii_digit() && text.chars().all(|c| c.is_ascii_digit() || "._-+eExXoObB:TZ ".contains(c));
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    !edge && !sign && !number && !word && !text.contains(": ") && !text.contains(" #") && !text.contains(":\t")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tree::{Data, Node};
    use proptest::prelude::*;

    #[test]
    fn lists_stand_under_their_key_and_items_beside_their_dash() {
        let item = Block::Map(vec![
            ("code", Block::Text("A01".into())),
            ("points", Block::Open),
            ("co", Block::List(Vec::new())),
            ("was", Block::Free(vec![("urn".into(), "x: y".into())])),
        ]);
        let text = Block::Map(vec![("indicators", Block::List(vec![item.clone(), item]))]).write();
        let item = "- code: A01\n  points:\n  co: []\n  was:\n    urn: 'x: y'\n";
        assert_eq!(text, format!("indicators:\n{item}{item}"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was(text in "[-a0:#'\"\\\\\\[{&*!|>%@`, ~\n\t\u{85}\u{2028}\u{feff}\u{1}和]{0,12}|\\PC{0,20}") {
            let written = Block::Map(vec![("k", Block::Text(text.clone()))]).write();
            let root = Node::read(&written).map_err(|(_, problem)| TestCaseError::fail(format!("{problem}: {written:?}")))?;
            match &root.get("k").map(|node| &node.data) {
                Some(Data::Scalar { text: read, .. }) => prop_assert_eq!(read, &text),
                other => prop_assert!(false, "{:?} from {:?}", other, written),
            }
        }
    }
}
