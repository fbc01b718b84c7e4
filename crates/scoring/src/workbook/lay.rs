//! From the trees of a pack to rows: each record a row in the table the plan names, its lists as rows below it.

use std::collections::BTreeMap;

use super::cell::{Holds, Value, put, put_list, put_map};
use super::plan::{Child, ENTRY_KEY, FILE_ROWS, Field, Open, Owner, Shape, TYPE, open, owns, variant};
use super::words;
use crate::pack::schema::{FILES, Kind, Need};
use crate::pack::{Data, Node, PackNodes};

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Code or number of the owner.
    pub owner: String,
    /// The word that names its kind.
    pub name: &'static str,
    /// The row of the owner it stands below; empty for the owner itself.
    pub below: String,
    /// Heading and value.
    pub cells: BTreeMap<String, Value>,
    /// Heading and items, for lists with a column for each.
    pub spread: BTreeMap<String, Vec<Value>>,
}

/// The rows of every table, by its name; or the text no cell can hold.
pub(crate) struct Laid {
    /// Table → rows.
    pub tables: BTreeMap<&'static str, Vec<Row>>,
    /// Heading and beginning of a text that is too long for a cell.
    pub too_long: Vec<(String, String)>,
}

/// Where a record stands.
#[derive(Clone, Default)]
struct At {
    /// Its owner.
    owner: String,
    /// The row of the owner it stands below.
    below: String,
    /// Its number in its list; `None` where it stands alone.
    number: Option<usize>,
}

/// Lays the trees out as rows.
pub(crate) fn lay(nodes: &PackNodes) -> Laid {
    let mut laid = Laid { tables: BTreeMap::new(), too_long: Vec::new() };
    let files = [Some(&nodes.standard), Some(&nodes.measures), nodes.migration.as_ref(), nodes.tests.as_ref()];
    for index in [1, 0, 2, 3] {
        let (Some(node), (table, row)) = (files[index], FILE_ROWS[index]) else { continue };
        laid.record(Shape::Object(FILES[index].1), node, table, row, &At::default());
    }
    laid
}

/// The value down a path of keys.
pub(crate) fn down<'n>(node: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

/// The word that chooses the object of a record's variant.
pub(crate) fn chosen(shape: Shape, node: &Node) -> Option<&str> {
    let (path, _) = variant(shape)?;
    down(node, &path)?.get(TYPE)?.as_text()
}

/// How rows below a record name it: its kind, and its first value where there are several.
pub(crate) fn segment(row: &str, many: bool, opened: &Open, first: &dyn Fn(&Field) -> Option<String>) -> String {
    let id = opened.fields.first().filter(|_| many).and_then(|field| {
        let text = first(field)?;
        Some(match field.holds {
            Holds::Kind(Kind::Choice(among)) => words::label(among, &text).to_owned(),
            _ => text,
        })
    });
    id.map_or(row.to_owned(), |id| format!("{row} {id}"))
}

/// A path with one more step.
pub(crate) fn step(below: &str, segment: &str) -> String {
    if below.is_empty() { segment.to_owned() } else { format!("{below} / {segment}") }
}

impl Laid {
    /// Lays one record and what stands below it.
    fn record(&mut self, shape: Shape, node: &Node, table: &'static str, name: &'static str, at: &At) {
        let opened = open(shape, chosen(shape, node), table);
        let code = |field: &Field| down(node, &field.path).and_then(Node::as_text).map(str::to_owned);
        let own = match owns(shape) {
            Owner::Indicator => opened.fields.first().and_then(code).unwrap_or_default(),
            Owner::Test => at.number.map(|number| number.to_string()).unwrap_or_default(),
            Owner::None => at.owner.clone(),
        };
        let mut rows: Vec<(&'static str, Row)> = Vec::new();
        for field in &opened.fields {
            let to = field.beside.unwrap_or(table);
            let at_row = rows.iter().position(|(table, _)| *table == to).unwrap_or_else(|| {
                let name = field.beside.unwrap_or(name);
                rows.push((to, Row { owner: own.clone(), name, below: at.below.clone(), ..Row::default() }));
                rows.len() - 1
            });
            let inside = &field.path[..field.path.len() - 1];
            match (down(node, &field.path), field.need) {
                (Some(value), _) => self.put(field, value, &mut rows[at_row].1),
                // What a file leaves out for its default stands in the sheet, for people and formulas to see.
                (None, Need::Default(meant)) if field.sure || down(node, inside).is_some() => {
                    self.put(field, &Node::scalar(node.spot, meant, true), &mut rows[at_row].1);
                }
                _ => {}
            }
        }
        for (table, row) in rows {
            self.tables.entry(table).or_default().push(row);
        }
        for child in &opened.children {
            let Some(value) = down(node, &child.path) else { continue };
            let below = match (owns(shape), own.is_empty()) {
                (Owner::None, false) => step(&at.below, &segment(name, at.number.is_some(), &opened, &code)),
                _ => String::new(),
            };
            self.below(child, value, &At { owner: own.clone(), below, number: None });
        }
    }

    fn below(&mut self, child: &Child, value: &Node, at: &At) {
        match &value.data {
            Data::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    let at = At { number: Some(index + 1), ..at.clone() };
                    self.record(child.shape, item, child.table, child.row, &at);
                }
            }
            Data::Mapping(entries) if matches!(child.shape, Shape::Entry(_)) => {
                for entry in entries {
                    let key = crate::pack::Entry {
                        key: ENTRY_KEY.to_owned(),
                        spot: entry.spot,
                        value: Node::scalar(entry.spot, entry.key.clone(), false),
                    };
                    let text =
                        crate::pack::Entry { key: "value".to_owned(), spot: entry.spot, value: entry.value.clone() };
                    let pair = Node::mapping(entry.spot, vec![key, text]);
                    self.record(child.shape, &pair, child.table, child.row, at);
                }
            }
            _ => self.record(child.shape, value, child.table, child.row, at),
        }
    }

    /// Puts a value into its row.
    fn put(&mut self, field: &Field, node: &Node, row: &mut Row) {
        let (text, value) = match &node.data {
            Data::Scalar { text, .. } => (text.clone(), put(field.holds, text)),
            Data::Sequence(items) => {
                let texts: Vec<&str> = items.iter().filter_map(Node::as_text).collect();
                if field.spread {
                    let cells: Option<Vec<Value>> = texts.iter().map(|text| put_list(&[text])).collect();
                    let found = cells.is_some();
                    row.spread.insert(field.label.clone(), cells.unwrap_or_default());
                    (texts.join(" "), found.then_some(Value::Empty))
                } else {
                    (texts.join(" "), put_list(&texts))
                }
            }
            Data::Mapping(entries) => {
                let pairs: Vec<(&str, &str)> =
                    entries.iter().filter_map(|entry| Some((entry.key.as_str(), entry.value.as_text()?))).collect();
                (String::new(), put_map(&pairs))
            }
        };
        match value {
            Some(Value::Empty) => {}
            Some(value) => drop(row.cells.insert(field.label.clone(), value)),
            None => self.too_long.push((field.label.clone(), text.chars().take(40).collect())),
        }
    }
}
