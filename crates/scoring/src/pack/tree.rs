//! The tree a pack file is: mappings, lists and scalars, each with its place. Scalars stay text, so that 4.5 is read as exactly
//! 4.5; nesting and size of a YAML text are bounded, so that hostile text ends in an error.
//!
//! Another source of packs (a spreadsheet, a form) builds the same tree and gives each node a place of its own; errors then
//! carry that place.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::error::Problem;

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The most scalars, sequences and mappings of a file.
pub const MAX_NODES: usize = 200_000;
/// Beyond the first thousands a node takes this many bytes of the file at least: a tree outgrows its text by no more than
/// a small multiple. What people write is several times thinner.
pub const MIN_NODE_BYTES: usize = 6;
/// The same for the marks of flow style, `[ ] { } ,`: the parser reads a whole flow collection ahead before it gives out the
/// first of it, each mark a token of a hundred bytes.
pub const MIN_MARK_BYTES: usize = 8;
/// The deepest nesting.
pub const MAX_DEPTH: usize = 16;

/// The longest key, in characters.
pub const MAX_KEY: usize = 200;

/// A place in a file, both 1-based.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Line, or whatever the maker of the tree counts instead.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where.
    pub spot: Spot,
    /// What.
    pub data: Data,
}

/// The three shapes of YAML.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// A text, number or word.
    Scalar {
        /// As written, without quotes.
        text: String,
        /// Not quoted: only such a scalar is a number, or `true`.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where it stands.
    pub spot: Spot,
    /// What stands under it.
    pub value: Node,
}

impl Node {
    /// A text, or a word, number or expression with `plain`.
    pub fn scalar(spot: Spot, text: impl Into<String>, plain: bool) -> Node {
        Node { spot, data: Data::Scalar { text: text.into(), plain } }
    }

    /// A list.
    pub fn list(spot: Spot, items: Vec<Node>) -> Node {
        Node { spot, data: Data::Sequence(items) }
    }

    /// A mapping; keys stand once.
    pub fn mapping(spot: Spot, entries: Vec<Entry>) -> Node {
        Node { spot, data: Data::Mapping(entries) }
    }

    /// Reads one YAML document within the limits of this module.
    ///
    /// # Errors
    /// The first fault of the text, with its place.
    pub fn read(text: &str) -> Result<Node, (Spot, Problem)> {
        // A byte-order mark is what editors on some desks write first; it is no part of the text.
        read(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.data {
            Data::Mapping(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value),
            _ => None,
        }
    }

    /// The place of the value down a path of keys, as far as the path exists.
    pub(super) fn spot_of(&self, path: &[&str]) -> Spot {
        let mut node = self;
        for key in path {
            match node.get(key) {
                Some(next) => node = next,
                None => break,
            }
        }
        node.spot
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.data {
            Data::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The shape in words, for errors.
    pub(super) fn shape(&self) -> String {
        match &self.data {
            Data::Scalar { text, plain: true } if is_null(text) => "empty".into(),
            Data::Scalar { text, .. } => format!("`{}`", text.chars().take(60).collect::<String>()),
            Data::Sequence(_) => "a list".into(),
            Data::Mapping(_) => "a mapping".into(),
        }
    }
}

/// Whether plain text means "nothing".
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null")
}

type Fault = (Spot, Problem);

/// An open collection while the events come in.
enum Open {
    Sequence(Spot, Vec<Node>),
    Mapping(Spot, Vec<Entry>, Option<(String, Spot)>),
}

/// Reads one document.
fn read(text: &str) -> Result<Node, Fault> {
    let start = Spot { line: 1, column: 1 };
    let marks = text.bytes().filter(|byte| b"[]{},".contains(byte)).count();
    if text.len() > MAX_BYTES || marks > 2_000 + text.len() / MIN_MARK_BYTES {
        return Err((start, Problem::TooLarge));
    }
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let most = MAX_NODES.min(2_000 + text.len() / MIN_NODE_BYTES);
    let mut nodes = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let mark = error.marker();
            (Spot { line: mark.line(), column: mark.col() + 1 }, Problem::NotYaml { says: error.info().to_owned() })
        })?;
        let spot = Spot { line: span.start.line(), column: span.start.col() + 1 };
        nodes += 1;
        if nodes > most || open.len() > MAX_DEPTH {
            return Err((spot, Problem::TooLarge));
        }
        let done = match event {
            Event::Scalar(text, style, anchor, tag) => {
                plain_node(spot, anchor, tag.is_some())?;
                Some(Node { spot, data: Data::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain } })
            }
            Event::SequenceStart(anchor, tag) => {
                plain_node(spot, anchor, tag.is_some())?;
                open.push(Open::Sequence(spot, Vec::new()));
                None
            }
            Event::MappingStart(anchor, tag) => {
                plain_node(spot, anchor, tag.is_some())?;
                open.push(Open::Mapping(spot, Vec::new(), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(close),
            Event::Alias(_) => return Err((spot, Problem::NotInFormat { what: "an alias (`*name`)".into() })),
            Event::DocumentStart(_) if root.is_some() => {
                return Err((spot, Problem::NotInFormat { what: "a second document".into() }));
            }
            _ => None,
        };
        if let Some(node) = done {
            match open.last_mut() {
                None => root = Some(node),
                Some(parent) => attach(parent, node)?,
            }
        }
    }
    root.ok_or((start, Problem::NotYaml { says: "the file is empty".into() }))
}

fn plain_node(spot: Spot, anchor: usize, tagged: bool) -> Result<(), Fault> {
    if anchor != 0 {
        return Err((spot, Problem::NotInFormat { what: "an anchor (`&name`)".into() }));
    }
    if tagged {
        return Err((spot, Problem::NotInFormat { what: "a tag (`!name`)".into() }));
    }
    Ok(())
}

fn close(open: Open) -> Node {
    match open {
        Open::Sequence(spot, items) => Node { spot, data: Data::Sequence(items) },
        Open::Mapping(spot, entries, _) => Node { spot, data: Data::Mapping(entries) },
    }
}

fn attach(parent: &mut Open, node: Node) -> Result<(), Fault> {
    match parent {
        Open::Sequence(_, items) => items.push(node),
        Open::Mapping(_, entries, key) => match key.take() {
            Some((name, spot)) => entries.push(Entry { key: name, spot, value: node }),
            None => {
                let Data::Scalar { text, .. } = node.data else {
                    return Err((node.spot, Problem::NotInFormat { what: "a key that is not a word".into() }));
                };
                // Mappings of a pack are short, so a scan for a second key of the name costs nothing.
                if entries.len() > 200 || text.chars().count() > MAX_KEY {
                    return Err((node.spot, Problem::TooLarge));
                }
                if entries.iter().any(|entry| entry.key == text) {
                    return Err((node.spot, Problem::DuplicateKey { name: text }));
                }
                *key = Some((text, node.spot));
            }
        },
    }
    Ok(())
}
