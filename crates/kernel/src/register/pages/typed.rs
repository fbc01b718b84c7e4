//! What a person typed into a form, and what it becomes.
//!
//! The rule that matters: whatever was typed is kept as typed until it is saved; a text that cannot be read is named with its
//! field together with everything else that is wrong.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    error::{FieldProblem, Message},
    register::{ChildDef, ChildDraft, ChildRow, Draft, FieldDef, FieldKind, Record, RegisterDef, Value, validate},
    web::Form,
};

/// Stands for "take the stored secret out"; no person can type it into a field of one line.
pub(super) const CLEAR: &str = "\u{1}";
/// More rows than the definition allows are read, so that the problem can be named; not more than this.
const ROWS_READ: usize = 1000;

/// The texts of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Typed {
    /// The unit's id.
    pub unit: String,
    /// One text a field.
    pub fields: Vec<String>,
    /// The rows of each kind of child.
    pub children: Vec<Vec<TypedRow>>,
}

/// The texts of a child row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TypedRow {
    /// Its number in the form, from 0: rows left blank before it keep theirs, so that a draft kept by the browser fits.
    pub at: usize,
    /// The row it continues; empty for a new one.
    pub id: String,
    /// One text a field.
    pub cells: Vec<String>,
}

/// The control of a child row's field.
pub(super) fn cell_name(child: &ChildDef, row: usize, field: &str) -> String {
    format!("{}[{row}].{field}", child.name)
}

impl Typed {
    /// Nothing typed yet.
    pub fn empty(def: &RegisterDef, unit: Option<Uuid>) -> Self {
        Self {
            unit: unit.map_or_else(String::new, |u| u.to_string()),
            fields: vec![String::new(); def.fields.len()],
            children: vec![Vec::new(); def.children.len()],
        }
    }

    /// A stored record. Secrets stay out: an empty control leaves them unchanged.
    pub fn of(def: &RegisterDef, record: &Record) -> Self {
        let text = |f: &FieldDef, v: &Value| if f.kind == FieldKind::Secret { String::new() } else { f.kind.text(v) };
        let row = |child: &ChildDef, at: usize, r: &ChildRow| TypedRow {
            at,
            id: r.id.to_string(),
            cells: child.fields.iter().zip(&r.values).map(|(f, v)| text(f, v)).collect(),
        };
        Self {
            unit: record.meta.unit.to_string(),
            fields: def.fields.iter().zip(&record.values).map(|(f, v)| text(f, v)).collect(),
            children: def
                .children
                .iter()
                .zip(&record.children)
                .map(|(c, rows)| rows.iter().enumerate().map(|(at, r)| row(c, at, r)).collect())
                .collect(),
        }
    }

    /// What a form sent. Blank new rows and rows marked for removal are left out.
    pub fn from_form(def: &RegisterDef, form: &Form) -> Self {
        let own = |f: &FieldDef| {
            let cleared = f.kind == FieldKind::Secret && form.text(&format!("{}.clear", f.name)) == "true";
            if cleared { CLEAR.to_owned() } else { raw(form, f.kind, f.name) }
        };
        Self {
            unit: form.text("unit").to_owned(),
            fields: def.fields.iter().map(own).collect(),
            children: def.children.iter().map(|child| rows(child, form)).collect(),
        }
    }

    /// The controls that send the same again, unseen.
    pub fn pairs(&self, def: &RegisterDef) -> Vec<(String, String)> {
        let mut out = vec![("unit".to_owned(), self.unit.clone())];
        for (field, text) in def.fields.iter().zip(&self.fields) {
            if text == CLEAR {
                out.push((format!("{}.clear", field.name), "true".to_owned()));
            } else {
                out.push((field.name.to_owned(), text.clone()));
            }
        }
        for (child, rows) in def.children.iter().zip(&self.children) {
            for (n, row) in rows.iter().enumerate() {
                out.push((cell_name(child, n, "id"), row.id.clone()));
                for (field, text) in child.fields.iter().zip(&row.cells) {
                    out.push((cell_name(child, n, field.name), text.clone()));
                }
            }
        }
        out
    }

    /// The draft it makes, and everything wrong with it: texts that cannot be read and values the definition refuses.
    pub fn draft(&self, def: &RegisterDef, before: Option<&Record>) -> (Draft, Vec<FieldProblem>) {
        let mut problems = Vec::new();
        let mut parse = |kind: FieldKind, text: &str, path: String, stored: bool| -> Value {
            if kind == FieldKind::Secret && text == CLEAR {
                return Value::Null;
            }
            if kind == FieldKind::Secret && text.trim().is_empty() && stored {
                return Value::Unchanged;
            }
            kind.parse(text).unwrap_or_else(|message| {
                problems.push(FieldProblem { field: path, message });
                Value::Null
            })
        };
        let values = def.fields.iter().zip(&self.fields).enumerate().map(|(at, (field, text))| {
            let stored = before.is_some_and(|b| !b.values[at].is_null());
            parse(field.kind, text, field.name.to_owned(), stored)
        });
        let values: Vec<Value> = values.collect();
        let mut children = Vec::with_capacity(def.children.len());
        for (child, rows) in def.children.iter().zip(&self.children) {
            let mut drafts = Vec::with_capacity(rows.len());
            for (n, row) in rows.iter().enumerate() {
                let id = Uuid::try_parse(&row.id).ok();
                let cells = child.fields.iter().zip(&row.cells);
                let values = cells.map(|(f, text)| parse(f.kind, text, cell_name(child, n, f.name), id.is_some()));
                drafts.push(ChildDraft { id, values: values.collect() });
            }
            children.push(drafts);
        }
        let unit = Uuid::try_parse(&self.unit).unwrap_or(Uuid::nil());
        if unit.is_nil() {
            problems.insert(0, FieldProblem { field: "unit".to_owned(), message: Message::new("field-required") });
        }
        let draft = Draft { unit, values, children };
        let unread: BTreeSet<String> = problems.iter().map(|p| p.field.clone()).collect();
        problems.extend(validate::problems(def, &draft).into_iter().filter(|p| !unread.contains(&p.field)));
        (draft, self.by_form(def, problems))
    }
}

impl Typed {
    /// The same problems, child rows by their number in the form.
    pub fn by_form(&self, def: &RegisterDef, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        let mut problems = in_order(def, problems);
        for problem in &mut problems {
            for (child, rows) in def.children.iter().zip(&self.children) {
                let Some((n, field)) = problem
                    .field
                    .strip_prefix(child.name)
                    .and_then(|t| t.strip_prefix('['))
                    .and_then(|t| t.split_once("]."))
                else {
                    continue;
                };
                if let Some(row) = n.parse::<usize>().ok().and_then(|n| rows.get(n)) {
                    problem.field = cell_name(child, row.at, field);
                    break;
                }
            }
        }
        problems
    }
}

/// Problems in the order in which the form shows its fields.
fn in_order(def: &RegisterDef, mut problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    let place = |path: &str| -> (usize, usize) {
        if path == "unit" {
            return (0, 0);
        }
        if let Some((at, _)) = def.field(path) {
            return (1, at);
        }
        let child = path.split('[').next().unwrap_or(path);
        (2, def.children.iter().position(|c| c.name == child).unwrap_or(def.children.len()))
    };
    problems.sort_by_key(|p| place(&p.field));
    problems
}

/// A control's text. Spaces around it are no content, except inside a long text.
fn raw(form: &Form, kind: FieldKind, name: &str) -> String {
    if kind == FieldKind::LongText {
        form.all(name).next().unwrap_or_default().to_owned()
    } else {
        form.text(name).to_owned()
    }
}

fn rows(child: &ChildDef, form: &Form) -> Vec<TypedRow> {
    let number = |name: &str| -> Option<usize> {
        name.strip_prefix(child.name)?.strip_prefix('[')?.split_once(']')?.0.parse().ok()
    };
    let numbers: BTreeSet<usize> = form.pairs().iter().filter_map(|(name, _)| number(name)).collect();
    let secret = child.fields.iter().any(|f| f.kind == FieldKind::Secret);
    numbers
        .into_iter()
        .take(ROWS_READ)
        .filter(|n| form.text(&cell_name(child, *n, "drop")) != "true")
        .map(|n| TypedRow {
            at: n,
            id: form.text(&cell_name(child, n, "id")).to_owned(),
            cells: child.fields.iter().map(|f| raw(form, f.kind, &cell_name(child, n, f.name))).collect(),
        })
        // A row with everything wiped out is a removed row, unless what it holds is never shown.
        .filter(|row| row.cells.iter().any(|c| !c.trim().is_empty()) || (secret && !row.id.is_empty()))
        .collect()
}
