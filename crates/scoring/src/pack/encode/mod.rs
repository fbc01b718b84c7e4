//! From types to tree, and from tree to the one canonical text. The rule that matters: keys stand in the order of the table
//! [`schema`], a key that says nothing is left out, and the same pack always gives the same bytes.

mod cases;
mod indicator;
mod measure;
mod rule;
mod standard;
mod yaml;

use super::load::{PackNodes, PackTexts};
use super::schema::{self, Need, Object};
use super::tree::{Data, Entry, Node, Spot};
use super::{Pack, tree};
use crate::exact::Exact;

impl Pack {
    /// The pack as trees, one a file: what [`Pack::write`] writes, and what a spreadsheet is made of.
    pub fn nodes(&self) -> PackNodes {
        PackNodes {
            standard: Fields::of(&schema::STANDARD_FILE)
                .node("standard", standard::standard(&self.standard))
                .list("areas", &self.areas, standard::area)
                .list("indicators", &self.indicators, indicator::indicator)
                .done(),
            measures: Fields::of(&schema::MEASURES_FILE)
                .nodes("measures", self.measures.values().map(measure::measure).collect())
                .done(),
            migration: self.migration.as_ref().map(cases::migration),
            tests: (!self.tests.is_empty())
                .then(|| Fields::of(&schema::TESTS_FILE).list("tests", &self.tests, cases::test).done()),
        }
    }

    /// The pack as the texts of its files, in canonical form: reading them and writing again gives the same bytes.
    ///
    /// Each text begins with a comment that explains its keys, made from [`schema`]. `name` is the pack's id.
    pub fn write(&self) -> PackTexts {
        let nodes = self.nodes();
        let text = |object: &'static Object, node: &Node| yaml::head(object) + &yaml::write(node);
        PackTexts {
            name: self.standard.id.clone(),
            standard: text(&schema::STANDARD_FILE, &nodes.standard),
            measures: text(&schema::MEASURES_FILE, &nodes.measures),
            migration: nodes.migration.as_ref().map(|node| text(&schema::MIGRATION_FILE, node)),
            tests: nodes.tests.as_ref().map(|node| text(&schema::TESTS_FILE, node)),
        }
    }

    /// What the fingerprint is made of: the canonical text of standard and measures, without comments and without the state,
    /// so that publishing a draft keeps its fingerprint and a key that is added to the format changes no pack without it.
    pub(super) fn rules_text(&self) -> String {
        let mut nodes = self.nodes();
        if let Data::Mapping(files) = &mut nodes.standard.data
            && let Some(Entry { value: Node { data: Data::Mapping(keys), .. }, .. }) = files.first_mut()
        {
            keys.retain(|entry| entry.key != "state");
        }
        yaml::write(&nodes.standard) + &yaml::write(&nodes.measures)
    }
}

/// A mapping being put together; [`Fields::done`] sorts its keys by the table.
pub(super) struct Fields {
    object: &'static Object,
    entries: Vec<Entry>,
}

fn text(text: &str) -> Node {
    Node::scalar(Spot::default(), text, false)
}

fn plain(text: impl Into<String>) -> Node {
    Node::scalar(Spot::default(), text, true)
}

impl Fields {
    fn of(object: &'static Object) -> Self {
        Fields { object, entries: Vec::new() }
    }

    fn node(mut self, key: &'static str, value: Node) -> Self {
        debug_assert!(self.object.key(key).is_some(), "`{key}` is not in the table of {}", self.object.name);
        let says_nothing = match (&value.data, self.object.key(key).map(|key| key.need)) {
            // A key that must be there is written even where it holds nothing.
            (Data::Sequence(_) | Data::Mapping(_), Some(Need::Required)) => false,
            (Data::Sequence(items), _) => items.is_empty(),
            (Data::Mapping(entries), _) => entries.is_empty(),
            (Data::Scalar { text, .. }, Some(Need::Default(default))) => text == default,
            _ => false,
        };
        if !says_nothing {
            self.entries.push(Entry { key: key.to_owned(), spot: Spot::default(), value });
        }
        self
    }

    fn text(self, key: &'static str, value: &str) -> Self {
        self.node(key, text(value))
    }

    fn text_or_none(self, key: &'static str, value: Option<&String>) -> Self {
        self.optional(key, value, |value| text(value))
    }

    /// A number, a word of a closed list, an expression: whatever shows itself as what is written.
    fn shown(self, key: &'static str, value: impl ToString) -> Self {
        self.node(key, plain(value.to_string()))
    }

    fn number(self, key: &'static str, value: &Exact) -> Self {
        self.shown(key, value)
    }

    fn number_or_none(self, key: &'static str, value: Option<&Exact>) -> Self {
        self.optional(key, value, |value| plain(value.to_string()))
    }

    fn whole_or_none(self, key: &'static str, value: Option<u32>) -> Self {
        self.optional(key, value.as_ref(), |value| plain(value.to_string()))
    }

    fn optional<T>(self, key: &'static str, value: Option<&T>, node: impl FnOnce(&T) -> Node) -> Self {
        match value {
            Some(value) => self.node(key, node(value)),
            None => self,
        }
    }

    fn texts(self, key: &'static str, items: &[String]) -> Self {
        let items = items.iter().map(|item| text(item)).collect();
        self.nodes(key, items)
    }

    fn list<T>(self, key: &'static str, items: &[T], node: impl Fn(&T) -> Node) -> Self {
        let items = items.iter().map(node).collect();
        self.nodes(key, items)
    }

    fn nodes(self, key: &'static str, items: Vec<Node>) -> Self {
        self.node(key, Node::list(Spot::default(), items))
    }

    /// A mapping with keys of its own, in the order given (sorted, as it comes from a sorted map).
    fn map<'a>(self, key: &'static str, entries: impl Iterator<Item = (&'a String, Node)>) -> Self {
        let entries = entries.map(|(key, value)| Entry { key: key.clone(), spot: Spot::default(), value });
        self.node(key, Node::mapping(Spot::default(), entries.collect()))
    }

    fn done(mut self) -> Node {
        let object = self.object;
        self.entries.sort_by_key(|entry| object.position(&entry.key));
        Node { spot: tree::Spot::default(), data: Data::Mapping(self.entries) }
    }
}
