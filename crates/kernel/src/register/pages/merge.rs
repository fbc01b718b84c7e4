//! Three texts of one record: what was read, what was typed, what stands now.
//!
//! The rule that matters: nothing is lost and nothing overwritten silently. What only one side changed is kept as that side left
//! it; what both changed differently waits for a choice; rows are told apart by their ids, so that a row added by each side stays.

use uuid::Uuid;

use super::typed::{Typed, TypedRow};
use crate::register::{Draft, FieldKind, Record, RegisterDef, Value};

/// Who is to be followed in one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    Mine,
    Theirs,
}

impl Pick {
    /// From the form: a choice for all that wait, else the item's own.
    pub fn of(all: &str, own: &str) -> Option<Self> {
        match (all, own) {
            ("mine", _) | ("", "mine") => Some(Self::Mine),
            ("theirs", _) | ("", "theirs") => Some(Self::Theirs),
            _ => None,
        }
    }
}

/// Who changed an item since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed {
    Nobody,
    Mine,
    Theirs,
    /// Both, to the same.
    Alike,
    /// Both, to different values: somebody has to choose.
    Both,
}

/// One field, the unit, or one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// `unit`, a field's name, or `rooms[<id>]`.
    pub name: String,
    pub place: Place,
    pub base: Option<Vec<String>>,
    pub mine: Option<Vec<String>>,
    pub theirs: Option<Vec<String>>,
    pub changed: Changed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Unit,
    Field(usize),
    /// A row of the kind of child, with its id; a new row has none.
    Row(usize, Option<Uuid>),
}

/// The items of a record between its versions.
pub(super) struct Merge {
    pub items: Vec<Item>,
    /// As typed, for sending along.
    pub mine: Typed,
    kinds: (usize, usize),
}

impl Merge {
    /// Compares. `mine` may hold texts that cannot be read; they count as changed.
    pub fn new(def: &'static RegisterDef, base: &Record, mine: &Typed, now: &Record) -> Self {
        let typed = canonical(def, mine, base);
        let (was, is) = (with_secrets(def, base, base), with_secrets(def, base, now));
        let mut items = vec![item("unit".to_owned(), Place::Unit, one(&was.unit), one(&typed.unit), one(&is.unit))];
        for (at, field) in def.fields.iter().enumerate() {
            let texts = [&was, &typed, &is].map(|t| one(&t.fields[at]));
            let [b, m, t] = texts;
            items.push(item(field.name.to_owned(), Place::Field(at), b, m, t));
        }
        for (kind, child) in def.children.iter().enumerate() {
            let find = |t: &Typed, id: &str| t.children[kind].iter().find(|r| r.id == id).map(|r| r.cells.clone());
            let mut ids: Vec<&str> = is.children[kind].iter().map(|r| r.id.as_str()).collect();
            for row in was.children[kind].iter().chain(&typed.children[kind]) {
                if !row.id.is_empty() && !ids.contains(&row.id.as_str()) {
                    ids.push(&row.id);
                }
            }
            for id in ids {
                let place = Place::Row(kind, Uuid::try_parse(id).ok());
                items.push(item(
                    format!("{}[{id}]", child.name),
                    place,
                    find(&was, id),
                    find(&typed, id),
                    find(&is, id),
                ));
            }
            for (n, row) in typed.children[kind].iter().enumerate().filter(|(_, r)| r.id.is_empty()) {
                items.push(item(
                    format!("{}[+{n}]", child.name),
                    Place::Row(kind, None),
                    None,
                    Some(row.cells.clone()),
                    None,
                ));
            }
        }
        Self { items, mine: mine.clone(), kinds: (def.fields.len(), def.children.len()) }
    }

    /// The merged texts; `None` while an item that both changed has no choice.
    pub fn choose(&self, pick: impl Fn(&str) -> Option<Pick>) -> Option<Typed> {
        let mut out = Typed {
            unit: String::new(),
            fields: vec![String::new(); self.kinds.0],
            children: vec![Vec::new(); self.kinds.1],
        };
        for item in &self.items {
            let whose = match item.changed {
                Changed::Mine => Pick::Mine,
                Changed::Nobody | Changed::Theirs | Changed::Alike => Pick::Theirs,
                Changed::Both => pick(&item.name)?,
            };
            let text = if whose == Pick::Mine { &item.mine } else { &item.theirs };
            match (item.place, text) {
                (Place::Unit, Some(text)) => out.unit.clone_from(&text[0]),
                // A stored secret is kept by leaving its control empty.
                (Place::Field(_), Some(text)) if text[0].starts_with(STORED) => {}
                (Place::Field(at), Some(text)) => out.fields[at].clone_from(&text[0]),
                (Place::Row(kind, id), Some(cells)) => {
                    let plain = cells.iter().map(|c| if c.starts_with(STORED) { String::new() } else { c.clone() });
                    let id = id.map_or_else(String::new, |id| id.to_string());
                    let at = out.children[kind].len();
                    out.children[kind].push(TypedRow { at, id, cells: plain.collect() });
                }
                (_, None) => {}
            }
        }
        Some(out)
    }
}

/// Begins the text of a secret that stands in the database; never shown.
pub(super) const STORED: &str = "\u{2}";

fn one(text: &str) -> Option<Vec<String>> {
    Some(vec![text.to_owned()])
}

fn item(
    name: String,
    place: Place,
    base: Option<Vec<String>>,
    mine: Option<Vec<String>>,
    theirs: Option<Vec<String>>,
) -> Item {
    let changed = match (mine != base, theirs != base) {
        (false, false) => Changed::Nobody,
        (true, false) => Changed::Mine,
        (false, true) => Changed::Theirs,
        (true, true) if mine == theirs => Changed::Alike,
        (true, true) => Changed::Both,
    };
    Item { name, place, base, mine, theirs, changed }
}

/// The texts of a stored record, secrets as marks that differ where the secret differs from the one that was read.
fn with_secrets(def: &RegisterDef, base: &Record, record: &Record) -> Typed {
    let mut typed = Typed::of(def, record);
    let mark = |was: Option<&Value>, is: &Value| match is {
        Value::Null => String::new(),
        value if was == Some(value) => STORED.to_owned(),
        _ => format!("{STORED}changed"),
    };
    for (at, field) in def.fields.iter().enumerate().filter(|(_, f)| f.kind == FieldKind::Secret) {
        debug_assert_eq!(field.kind, FieldKind::Secret);
        typed.fields[at] = mark(Some(&base.values[at]), &record.values[at]);
    }
    for (kind, child) in def.children.iter().enumerate() {
        for (row, stored) in typed.children[kind].iter_mut().zip(&record.children[kind]) {
            let was = base.children[kind].iter().find(|r| r.id == stored.id);
            for (at, _) in child.fields.iter().enumerate().filter(|(_, f)| f.kind == FieldKind::Secret) {
                row.cells[at] = mark(was.map(|r| &r.values[at]), &stored.values[at]);
            }
        }
    }
    typed
}

/// What was typed, in the form in which stored values are written: `1,234` and `1234.0` are one figure.
fn canonical(def: &RegisterDef, mine: &Typed, base: &Record) -> Typed {
    let (draft, _) = mine.draft(def, Some(base));
    let Draft { values, children, .. } = &draft;
    let text = |kind: FieldKind, value: &Value, typed: &str| match (kind, value) {
        (FieldKind::Secret, Value::Unchanged) => STORED.to_owned(),
        // The mark of an emptied secret stays a mark: an empty control would leave the secret as it stands.
        (FieldKind::Secret, Value::Null) => typed.to_owned(),
        (FieldKind::Secret, Value::Secret(s)) => s.clone(),
        (_, Value::Null) => typed.trim().to_owned(),
        (kind, value) => kind.text(value),
    };
    let mut out = mine.clone();
    for (at, field) in def.fields.iter().enumerate() {
        out.fields[at] = text(field.kind, &values[at], &mine.fields[at]);
    }
    for (kind, child) in def.children.iter().enumerate() {
        for (n, row) in out.children[kind].iter_mut().enumerate() {
            for (at, field) in child.fields.iter().enumerate() {
                row.cells[at] = text(field.kind, &children[kind][n].values[at], &mine.children[kind][n].cells[at]);
            }
            // A row that never was, or of another record, is a new one.
            let known = |r: &TypedRow| base.children[kind].iter().any(|b| b.id.to_string() == r.id);
            if !row.id.is_empty() && !known(row) {
                row.id.clear();
            }
        }
    }
    out
}
