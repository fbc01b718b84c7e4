//! Reads typed values out of the tree and gathers every fault with its place, so that one run shows all of them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::error::{PackError, Problem};
use super::schema::Object;
use super::tree::{Data, Entry, MAX_KEY, Node, Spot, is_null};
use crate::exact::Exact;
use crate::expr::{BoolExpr, ExprError, NumExpr};
use crate::names::Word;

/// The most faults reported in one run.
const MAX_ERRORS: usize = 200;

/// Gathers the faults of one file.
pub(super) struct Faults {
    file: String,
    /// Indicator code or measure id being read.
    pub subject: Option<String>,
    pub errors: Vec<PackError>,
}

impl Faults {
    pub(super) fn new(file: &str) -> Self {
        Faults { file: file.to_owned(), subject: None, errors: Vec::new() }
    }

    pub(super) fn add(&mut self, spot: Spot, problem: Problem) {
        if self.errors.len() < MAX_ERRORS {
            let (file, subject) = (self.file.clone(), self.subject.clone());
            self.errors.push(PackError { file, line: spot.line, column: spot.column, cell: None, subject, problem });
        }
    }
}

/// A mapping being read; [`Mapping::finish`] reports the keys nobody asked for.
pub(super) struct Mapping<'n> {
    spot: Spot,
    entries: &'n [Entry],
    object: &'static Object,
    asked: RefCell<Vec<&'static str>>,
}

impl<'n> Mapping<'n> {
    /// The node as the mapping the table describes.
    pub(super) fn new(node: &'n Node, object: &'static Object, faults: &mut Faults) -> Option<Self> {
        match &node.data {
            Data::Mapping(entries) => Some(Mapping { spot: node.spot, entries, object, asked: RefCell::default() }),
            _ => {
                faults.add(node.spot, wrong(object.name, node, "a mapping"));
                None
            }
        }
    }

    /// The value of a key, or `None` when absent or empty.
    pub(super) fn optional(&self, key: &'static str) -> Option<&'n Node> {
        debug_assert!(self.object.key(key).is_some(), "`{key}` is not in the table of {}", self.object.name);
        self.asked.borrow_mut().push(key);
        let value = self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)?;
        let empty = matches!(&value.data, Data::Scalar { text, plain: true } if is_null(text));
        (!empty).then_some(value)
    }

    /// The value of a key that must be there.
    pub(super) fn required(&self, key: &'static str, faults: &mut Faults) -> Option<&'n Node> {
        let value = self.optional(key);
        if value.is_none() {
            faults.add(self.spot, Problem::MissingKey { name: key.to_owned() });
        }
        value
    }

    pub(super) fn text(&self, key: &'static str, faults: &mut Faults) -> Option<String> {
        text(self.required(key, faults)?, key, faults)
    }

    /// A text that is repeated wherever its owner is named, and therefore short.
    pub(super) fn id(&self, key: &'static str, faults: &mut Faults) -> Option<String> {
        let node = self.required(key, faults)?;
        let text = text(node, key, faults)?;
        if text.chars().count() > MAX_KEY {
            faults.add(node.spot, wrong(key, node, &format!("at most {MAX_KEY} characters")));
            return None;
        }
        Some(text)
    }

    pub(super) fn text_or_none(&self, key: &'static str, faults: &mut Faults) -> Option<String> {
        text(self.optional(key)?, key, faults)
    }

    pub(super) fn number(&self, key: &'static str, faults: &mut Faults) -> Option<Exact> {
        number(self.required(key, faults)?, key, faults)
    }

    pub(super) fn whole(&self, key: &'static str, faults: &mut Faults) -> Option<u32> {
        whole(self.required(key, faults)?, key, faults)
    }

    pub(super) fn whole_or_none(&self, key: &'static str, faults: &mut Faults) -> Option<u32> {
        whole(self.optional(key)?, key, faults)
    }

    pub(super) fn number_or_none(&self, key: &'static str, faults: &mut Faults) -> Option<Exact> {
        number(self.optional(key)?, key, faults)
    }

    /// A number that is 0 when absent.
    pub(super) fn number_or_zero(&self, key: &'static str, faults: &mut Faults) -> Option<Exact> {
        self.optional(key).map_or(Some(Exact::zero()), |node| number(node, key, faults))
    }

    /// A scalar of a grammar of its own, quoted or not: a day, a period.
    pub(super) fn parsed<T>(
        &self,
        key: &'static str,
        wanted: &str,
        faults: &mut Faults,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.required(key, faults)?;
        let value = node.as_text().and_then(parse);
        if value.is_none() {
            faults.add(node.spot, wrong(key, node, wanted));
        }
        value
    }

    pub(super) fn truth(&self, key: &'static str, faults: &mut Faults) -> Option<bool> {
        truth(self.required(key, faults)?, key, faults)
    }

    pub(super) fn truth_or(&self, key: &'static str, default: bool, faults: &mut Faults) -> Option<bool> {
        self.optional(key).map_or(Some(default), |node| truth(node, key, faults))
    }

    pub(super) fn word<W: Word>(&self, key: &'static str, faults: &mut Faults) -> Option<W> {
        word(self.required(key, faults)?, key, faults)
    }

    pub(super) fn word_or<W: Word>(&self, key: &'static str, default: W, faults: &mut Faults) -> Option<W> {
        self.optional(key).map_or(Some(default), |node| word(node, key, faults))
    }

    pub(super) fn word_or_none<W: Word>(&self, key: &'static str, faults: &mut Faults) -> Option<W> {
        word(self.optional(key)?, key, faults)
    }

    /// A list of texts; absent is empty.
    pub(super) fn texts(&self, key: &'static str, faults: &mut Faults) -> Vec<String> {
        self.list(key, faults).iter().filter_map(|item| text(item, key, faults)).collect()
    }

    /// The items of a list; absent is empty.
    pub(super) fn list(&self, key: &'static str, faults: &mut Faults) -> &'n [Node] {
        match self.optional(key) {
            None => &[],
            Some(Node { data: Data::Sequence(items), .. }) => items,
            Some(node) => {
                faults.add(node.spot, wrong(key, node, "a list"));
                &[]
            }
        }
    }

    /// The entries of a list, each read by `read`; `None` when one of them could not be.
    pub(super) fn each<T>(
        &self,
        key: &'static str,
        faults: &mut Faults,
        read: impl Fn(&'n Node, &mut Faults) -> Option<T>,
    ) -> Option<Vec<T>> {
        let read: Vec<Option<T>> = self.list(key, faults).iter().map(|node| read(node, faults)).collect();
        read.into_iter().collect()
    }

    /// A mapping under an optional key: `Some(None)` when absent, `None` when it could not be read.
    pub(super) fn part<T>(
        &self,
        key: &'static str,
        faults: &mut Faults,
        read: impl FnOnce(&'n Node, &mut Faults) -> Option<T>,
    ) -> Option<Option<T>> {
        self.optional(key).map_or(Some(None), |node| read(node, faults).map(Some))
    }

    /// A mapping of texts; absent is empty.
    pub(super) fn dictionary(&self, key: &'static str, faults: &mut Faults) -> BTreeMap<String, String> {
        let Some(node) = self.optional(key) else { return BTreeMap::new() };
        let Data::Mapping(entries) = &node.data else {
            faults.add(node.spot, wrong(key, node, "a mapping"));
            return BTreeMap::new();
        };
        entries.iter().filter_map(|entry| Some((entry.key.clone(), text(&entry.value, key, faults)?))).collect()
    }

    pub(super) fn truth_expr(&self, key: &'static str, faults: &mut Faults) -> Option<BoolExpr> {
        expression(self.required(key, faults)?, key, faults, BoolExpr::parse)
    }

    pub(super) fn number_expr_or_none(&self, key: &'static str, faults: &mut Faults) -> Option<NumExpr> {
        expression(self.optional(key)?, key, faults, NumExpr::parse)
    }

    /// Reports every key that was never asked for.
    pub(super) fn finish(self, faults: &mut Faults) {
        let asked = self.asked.into_inner();
        for entry in self.entries.iter().filter(|entry| !asked.contains(&entry.key.as_str())) {
            let known: Vec<String> = asked.iter().map(|key| (*key).to_owned()).collect();
            let nearest = nearest(&entry.key, known.iter().map(String::as_str));
            faults.add(entry.spot, Problem::UnknownKey { name: entry.key.clone(), nearest, known });
        }
    }
}

/// The candidate most like `word`, if one is like it at all.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    // Similarity costs the product of both lengths: a hostile word is not compared.
    if word.len() > 100 {
        return None;
    }
    candidates
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}

fn wrong(name: &str, node: &Node, wanted: &str) -> Problem {
    Problem::WrongShape { name: name.to_owned(), found: node.shape(), wanted: wanted.to_owned() }
}

pub(super) fn text(node: &Node, key: &str, faults: &mut Faults) -> Option<String> {
    match &node.data {
        Data::Scalar { text, .. } if !text.trim().is_empty() => Some(text.clone()),
        _ => {
            faults.add(node.spot, wrong(key, node, "a text"));
            None
        }
    }
}

/// An expression; its canonical text, which may be longer than what was written, keeps the limits too.
fn expression<E: std::fmt::Display>(
    node: &Node,
    key: &str,
    faults: &mut Faults,
    parse: fn(&str) -> Result<E, ExprError>,
) -> Option<E> {
    let written = text(node, key, faults)?;
    let read = parse(&written).and_then(|expr| parse(&expr.to_string()));
    read.map_err(|error| faults.add(node.spot, Problem::expression(key, &error))).ok()
}

fn plain(node: &Node) -> Option<&str> {
    match &node.data {
        Data::Scalar { text, plain: true } => Some(text),
        _ => None,
    }
}

fn parsed<T>(
    node: &Node,
    key: &str,
    wanted: &str,
    faults: &mut Faults,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let value = plain(node).and_then(parse);
    if value.is_none() {
        faults.add(node.spot, wrong(key, node, wanted));
    }
    value
}

fn number(node: &Node, key: &str, faults: &mut Faults) -> Option<Exact> {
    parsed(node, key, "a decimal number such as 4.5", faults, |text| Exact::parse(text).ok())
}

fn whole(node: &Node, key: &str, faults: &mut Faults) -> Option<u32> {
    parsed(node, key, "a whole number up to 1,000,000", faults, |text| text.parse().ok().filter(|n| *n <= 1_000_000))
}

fn truth(node: &Node, key: &str, faults: &mut Faults) -> Option<bool> {
    parsed(node, key, "true or false", faults, |text| text.parse().ok())
}

fn word<W: Word>(node: &Node, key: &str, faults: &mut Faults) -> Option<W> {
    let text = text(node, key, faults)?;
    let word = W::of_word(&text);
    if word.is_none() {
        let words = W::WORDS.iter().map(|word| (*word).to_owned()).collect();
        faults.add(node.spot, Problem::UnknownWord { name: key.to_owned(), found: text, words });
    }
    word
}
