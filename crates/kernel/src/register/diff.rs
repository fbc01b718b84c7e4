//! What changed between two versions of a record, in the text form that audit and history show.

use serde::{Deserialize, Serialize};

use super::{ChildRow, FieldDef, FieldKind, Record, RegisterDef, Value};
use crate::audit::Keys;

/// One changed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field, or `child[row id].field`, `child[+]`, `child[-]`, `unit`, `state`, `removed`.
    pub field: String,
    /// Before; empty when there was nothing.
    pub from: String,
    /// After; empty when there is nothing now.
    pub to: String,
}

/// The differences in the order of the definition. Secrets appear as keyed digests, never as text.
#[must_use]
pub fn changes(def: &RegisterDef, keys: &Keys, before: Option<&Record>, after: &Record) -> Vec<Change> {
    let mut out = Vec::new();
    let mut push = |field: String, from: String, to: String| {
        if from != to {
            out.push(Change { field, from, to });
        }
    };
    for (at, field) in def.fields.iter().enumerate() {
        let was = before.map_or_else(String::new, |b| audit_text(field.kind, keys, &b.values[at]));
        push(field.name.to_owned(), was, audit_text(field.kind, keys, &after.values[at]));
    }
    for (at, child) in def.children.iter().enumerate() {
        const NONE: &[ChildRow] = &[];
        let old = before.map_or(NONE, |b| b.children[at].as_slice());
        let new = after.children[at].as_slice();
        for row in new {
            match old.iter().find(|o| o.id == row.id) {
                None => push(format!("{}[+]", child.name), String::new(), row_text(child.fields, keys, row)),
                Some(was) if was.values != row.values => {
                    push(child.name.to_owned(), row_text(child.fields, keys, was), row_text(child.fields, keys, row));
                }
                Some(_) => {}
            }
        }
        for row in old.iter().filter(|o| !new.iter().any(|n| n.id == o.id)) {
            push(format!("{}[-]", child.name), row_text(child.fields, keys, row), String::new());
        }
    }
    if let Some(before) = before {
        push("unit".to_owned(), before.meta.unit.to_string(), after.meta.unit.to_string());
        push("state".to_owned(), before.meta.state.clone(), after.meta.state.clone());
    }
    let removed = |r: &Record| r.meta.removed.clone().unwrap_or_default();
    push("removed".to_owned(), before.map(removed).unwrap_or_default(), removed(after));
    out
}

/// The text form that audit and digest carry: the plain text, and for a secret its keyed digest.
pub(super) fn audit_text(kind: FieldKind, keys: &Keys, value: &Value) -> String {
    match value {
        Value::Secret(s) => format!("hmac:{}", keys.blind(s)),
        other => kind.text(other),
    }
}

fn row_text(fields: &[FieldDef], keys: &Keys, row: &ChildRow) -> String {
    let cells: Vec<String> =
        fields.iter().zip(&row.values).map(|(f, v)| audit_text(f.kind, keys, v)).filter(|t| !t.is_empty()).collect();
    cells.join(" · ")
}
