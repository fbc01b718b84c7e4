//! From sheets to the trees of a pack: rows are put back under their owners, every value with its cell as its place.

mod headings;
mod leftovers;
mod place;
mod rows;
mod values;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use headings::path;
pub(crate) use place::errors;
use place::{Fault, error, spot};
use rows::{RawRow, rows};
use values::{empty, entries, insert, is_plain, texts};

use super::cell::{Holds, take};
use super::lay::{down, segment, step};
use super::plan::{Child, ENTRY_KEY, ENTRY_VALUE, FILE_ROWS, Field, Owner, Shape, TYPE, open, owns, variant};
use super::sheet::Sheet;
use crate::pack::schema::{FILES, Kind, Need};
use crate::pack::{Entry, MAX_DEPTH, Node, PackError, PackNodes, Problem, Spot};

/// Owner's table, kind, owner, row it stands below.
type Key = (&'static str, String, String, String);

struct Gather<'s> {
    rows: Vec<RawRow<'s>>,
    index: BTreeMap<Key, Vec<usize>>,
    used: Vec<Cell<bool>>,
    owners: BTreeSet<String>,
    faults: Vec<Fault>,
    /// Needed keys said to be missing here, by the mapping they belong to; its reader need not say it again.
    said: Vec<(Spot, &'static str)>,
}

/// What was gathered.
pub(crate) struct Gathered {
    /// The trees.
    pub nodes: PackNodes,
    /// What is wrong with the cells.
    pub errors: Vec<PackError>,
    /// Needed keys said to be missing.
    pub said: Vec<(Spot, &'static str)>,
}

/// Where a record stands.
#[derive(Clone, Default)]
struct At {
    owner: String,
    below: String,
    depth: usize,
}

/// The trees of a pack, and what is wrong with the cells.
pub(crate) fn gather(sheets: &[Sheet]) -> Gathered {
    let mut faults = Vec::new();
    let rows = rows(sheets, &mut faults);
    let mut index: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        index.entry((row.table, row.name.clone(), row.owner.clone(), row.below.clone())).or_default().push(at);
    }
    let used = rows.iter().map(|_| Cell::new(false)).collect();
    let mut gather = Gather { rows, index, used, owners: BTreeSet::new(), faults, said: Vec::new() };
    let [standard, measures, migration, tests] = [0, 1, 2, 3].map(|file| {
        let (table, row) = FILE_ROWS[file];
        let at = At::default();
        let own = gather.rows_of(table, row, &at);
        gather.once(&own);
        gather.record(Shape::Object(FILES[file].1), own.first().copied(), table, row, false, &at)
    });
    gather.leftovers();
    // A file without any row is a file that is not there.
    let rows = |table: &str| gather.rows.iter().any(|row| row.table == table && row.owner.is_empty());
    let (migrates, tested) = (rows(FILE_ROWS[2].0), rows(FILE_ROWS[3].0));
    let nodes =
        PackNodes { standard, measures, migration: migrates.then_some(migration), tests: tested.then_some(tests) };
    Gathered { nodes, errors: gather.faults.into_iter().map(error).collect(), said: gather.said }
}

impl Gather<'_> {
    /// The rows of a kind below a place that nobody has taken.
    fn rows_of(&self, table: &'static str, row: &str, at: &At) -> Vec<usize> {
        let key = (table, row.to_owned(), at.owner.clone(), path(&at.below));
        let rows = self.index.get(&key).map_or(&[][..], Vec::as_slice);
        rows.iter().copied().filter(|row| !self.used[*row].get()).collect()
    }

    /// Reports every row but the first where one may stand.
    fn once(&mut self, rows: &[usize]) {
        for row in rows.iter().skip(1) {
            self.used[*row].set(true);
            let (spot, name) = (self.rows[*row].spot, self.rows[*row].name.clone());
            let subject = Some(self.rows[*row].owner.clone()).filter(|owner| !owner.is_empty());
            self.faults.push(Fault { spot, subject, problem: Problem::Twice { what: "row".into(), name } });
        }
    }

    /// One record from its row and the rows below it.
    fn record(
        &mut self,
        shape: Shape,
        row: Option<usize>,
        table: &'static str,
        name: &str,
        many: bool,
        at: &At,
    ) -> Node {
        let start = row.map_or(spot(0, 0, 0), |row| self.rows[row].spot);
        let mut node = Node::mapping(start, Vec::new());
        if let Some(row) = row {
            self.used[row].set(true);
        }
        if at.depth > MAX_DEPTH {
            self.faults.push(Fault { spot: start, subject: Some(at.owner.clone()), problem: Problem::TooLarge });
            return node;
        }
        let word = self.chosen(shape, row, table);
        let opened = open(shape, word.as_deref(), table);
        let mut absent = Vec::new();
        let mut besides: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        let mut own = at.owner.clone();
        for (number, field) in opened.fields.iter().enumerate() {
            let from = match field.beside {
                None => row,
                Some(beside) => *besides.entry(beside).or_insert_with(|| self.beside(beside, &own, start)),
            };
            match from.and_then(|from| self.value(field, from, &own)) {
                Some(value) => insert(&mut node, &field.path, value),
                None => absent.push((field, from)),
            }
            if number == 0 {
                own = self.owner(shape, row, &node, field, at);
            }
        }
        if row.is_some() || shape_has_row(name) {
            self.absent(&mut node, &absent, row.is_some(), &own);
        }
        let code = |field: &Field| down(&node, &field.path).and_then(Node::as_text).map(str::to_owned);
        let below = match (owns(shape), own.is_empty()) {
            (Owner::None, false) => step(&at.below, &segment(name, many, &opened, &code)),
            _ => String::new(),
        };
        let under = At { owner: own, below, depth: at.depth + 1 };
        for child in &opened.children {
            if let Some(value) = self.below(child, &under, &node) {
                insert(&mut node, &child.path, value);
            }
        }
        node
    }

    /// The owner of the rows below a record, once its first field is read.
    fn owner(&mut self, shape: Shape, row: Option<usize>, node: &Node, first: &Field, at: &At) -> String {
        let own = match (owns(shape), row) {
            (Owner::Indicator, _) => down(node, &first.path).and_then(Node::as_text).unwrap_or_default().to_owned(),
            (Owner::Test, Some(row)) => self.rows[row].own.clone(),
            _ => return at.owner.clone(),
        };
        let what = if owns(shape) == Owner::Test { "test number" } else { "indicator" };
        if !own.is_empty() && !self.owners.insert(format!("{what} {own}")) {
            let spot = down(node, &first.path).map_or(node.spot, |node| node.spot);
            let problem = Problem::Twice { what: what.into(), name: own.clone() };
            self.faults.push(Fault { spot, subject: Some(own.clone()), problem });
        }
        own
    }

    /// The row of an owner in another table.
    fn beside(&mut self, table: &'static str, owner: &str, start: Spot) -> Option<usize> {
        let at = At { owner: owner.to_owned(), ..At::default() };
        let rows = self.rows_of(table, table, &at);
        self.once(&rows);
        match rows.first() {
            Some(row) => self.used[*row].set(true),
            None => {
                self.no_row(table, table, owner, start);
                self.said.extend([(start, "lead")]);
            }
        }
        rows.first().copied()
    }

    fn no_row(&mut self, table: &str, row: &str, owner: &str, spot: Spot) {
        let says = format!("{owner} has no row `{row}` on the sheet {table}");
        let write = format!("add a row `{row}` with {owner} on the sheet {table}");
        self.faults.push(Fault { spot, subject: Some(owner.to_owned()), problem: Problem::Unfit { says, write } });
    }

    /// The word in the column that chooses the object of a variant.
    fn chosen(&mut self, shape: Shape, row: Option<usize>, table: &'static str) -> Option<String> {
        let (path, _) = variant(shape)?;
        let kinds = open(shape, None, table).fields;
        let field = kinds.iter().find(|field| field.path == [path.as_slice(), &[TYPE]].concat())?;
        let filled = *self.rows[row?].cells.get(&field.label)?.first()?;
        take(field.holds, filled.value).ok().flatten()
    }

    /// The value of a field in a row.
    fn value(&mut self, field: &Field, row: usize, subject: &str) -> Option<Node> {
        let from = &self.rows[row];
        from.taken.borrow_mut().insert(field.label.clone());
        let filled = from.cells.get(&field.label)?;
        let first = *filled.first()?;
        let read = match field.holds {
            Holds::Kind(Kind::Texts) => texts(filled),
            Holds::Kind(Kind::Map) => entries(first),
            holds => take(holds, first.value)
                .map(|text| text.map(|text| Node::scalar(first.spot, text, is_plain(holds))))
                .map_err(|problem| (first.spot, problem)),
        };
        match read {
            Ok(value) => value,
            Err((spot, problem)) => {
                let subject = Some(subject.to_owned()).filter(|subject| !subject.is_empty());
                self.faults.push(Fault { spot, subject, problem });
                None
            }
        }
    }

    /// Reports needed values that are not there, each at its own cell; an object whose values are needed is there without them.
    fn absent(&mut self, node: &mut Node, absent: &[(&Field, Option<usize>)], has_row: bool, subject: &str) {
        for (field, row) in absent.iter().filter(|(field, _)| field.need == Need::Required) {
            let place = row.and_then(|row| self.rows[row].places.get(&field.label).copied());
            let inside = &field.path[..field.path.len() - 1];
            if !field.sure && down(node, inside).is_none() {
                continue;
            }
            let place = place.unwrap_or(node.spot);
            if matches!(field.holds, Holds::Kind(Kind::Map | Kind::Texts)) {
                insert(node, &field.path, empty(field.holds, place));
                continue;
            }
            if down(node, inside).is_none() {
                insert(node, inside, Node::mapping(place, Vec::new()));
            }
            let unread = row.is_some_and(|row| self.rows[row].cells.contains_key(&field.label));
            if has_row && row.is_some() && !unread {
                let subject = Some(subject.to_owned()).filter(|subject| !subject.is_empty());
                let problem = Problem::MissingKey { name: field.name.to_owned() };
                self.faults.push(Fault { spot: place, subject, problem });
                self.said.push((down(node, inside).map_or(node.spot, |inside| inside.spot), field.name));
            }
        }
    }

    /// The list or object under a key, from its rows.
    fn below(&mut self, child: &Child, at: &At, node: &Node) -> Option<Node> {
        let inside = &child.path[..child.path.len() - 1];
        let container = down(node, inside);
        let rows = self.rows_of(child.table, child.row, at);
        let needed = child.key.need == Need::Required && container.is_some();
        let start = rows.first().map_or(container.map_or(node.spot, |node| node.spot), |row| self.rows[*row].spot);
        if !child.many {
            self.once(&rows);
            let Some(row) = rows.first() else {
                if needed && !at.owner.is_empty() {
                    self.no_row(child.table, child.row, &at.owner, start);
                    self.said.push((start, child.key.key));
                }
                return None;
            };
            return Some(self.record(child.shape, Some(*row), child.table, child.row, false, at));
        }
        if rows.is_empty() && !needed {
            return None;
        }
        let items: Vec<Node> =
            rows.iter().map(|row| self.record(child.shape, Some(*row), child.table, child.row, true, at)).collect();
        match child.shape {
            Shape::Entry(_) => Some(Node::mapping(start, self.mapping(items))),
            _ => Some(Node::list(start, items)),
        }
    }

    /// Rows of key and value as one mapping.
    fn mapping(&mut self, rows: Vec<Node>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = BTreeSet::new();
        for row in rows {
            let (Some(key), Some(value)) = (row.get(ENTRY_KEY), row.get(ENTRY_VALUE)) else { continue };
            let name = key.as_text().unwrap_or_default().to_owned();
            if seen.insert(name.clone()) {
                entries.push(Entry { key: name, spot: key.spot, value: value.clone() });
            } else {
                self.faults.push(Fault { spot: key.spot, subject: None, problem: Problem::DuplicateKey { name } });
            }
        }
        entries
    }
}

/// Whether a file has a row of its own that must be there.
fn shape_has_row(name: &str) -> bool {
    name == FILE_ROWS[2].1
}
