//! Records as JSON: exact decimals as text, days as ISO, choices as codes, secrets masked.

use serde_json::{Map, Value as Json, json};

use super::{
    typed::{CLEAR, Typed, TypedRow},
    units::Units,
};
use crate::{
    error::{Error, FieldProblem, Message, Result},
    register::{ChildDef, ChildRow, FieldDef, FieldKind, Record, RegisterDef, Value},
};

/// A value. Decimals and money are text: `"459.0"` is exact everywhere.
pub(super) fn value(field: &FieldDef, value: &Value) -> Json {
    match (field.kind, value) {
        (_, Value::Null) => Json::Null,
        (FieldKind::Int, Value::Int(n)) => json!(n),
        (_, Value::Bool(yes)) => json!(yes),
        (kind, value) => json!(kind.text(value)),
    }
}

fn values(fields: &[FieldDef], of: &[Value]) -> Map<String, Json> {
    fields.iter().zip(of).map(|(f, v)| (f.name.to_owned(), value(f, v))).collect()
}

/// A record.
pub(super) fn record(def: &RegisterDef, units: &Units, record: &Record) -> Json {
    let m = &record.meta;
    let row = |child: &ChildDef, row: &ChildRow| {
        let mut map = values(child.fields, &row.values);
        map.insert("id".to_owned(), json!(row.id));
        Json::Object(map)
    };
    let children: Map<String, Json> = def
        .children
        .iter()
        .zip(&record.children)
        .map(|(child, rows)| (child.name.to_owned(), rows.iter().map(|r| row(child, r)).collect()))
        .collect();
    let unit = units.get(m.unit);
    json!({
        "id": m.id, "version": m.version, "state": m.state,
        "unit": { "id": m.unit, "key": unit.map(|u| &u.key), "name": unit.map(|u| &u.name) },
        "created_at": m.created_at, "created_by": m.created_by,
        "updated_at": m.updated_at, "updated_by": m.updated_by, "removed": m.removed,
        "values": values(def.fields, &record.values), "children": children,
    })
}

/// What a program sent, over what stands: a field that is not named stays as it is, `null` empties it, a kind of child row that
/// is named is replaced as a whole.
///
/// # Errors
/// [`Error::Bad`] when it is no object; wrong names and values are in the list.
pub(super) fn read(
    def: &'static RegisterDef,
    units: &Units,
    before: Option<&Record>,
    body: &Json,
) -> Result<(Typed, Vec<FieldProblem>)> {
    let Json::Object(body) = body else { return Err(Error::Bad(Message::new("error-json-object"))) };
    let mut typed = before.map_or_else(|| Typed::empty(def, None), |record| Typed::of(def, record));
    let mut found = Vec::new();
    let mut unknown = |name: &str| {
        found.push(FieldProblem { field: name.to_owned(), message: Message::new("field-unknown").arg("field", name) });
    };
    for name in body.keys().filter(|n| !["unit", "version", "values", "children"].contains(&n.as_str())) {
        unknown(name);
    }
    match body.get("unit") {
        None => {}
        // A unit that is unknown stays as text, so that the draft names the field.
        Some(Json::String(text)) => match units.by_key(text) {
            Some(unit) => typed.unit = unit.id.to_string(),
            None => found.push(FieldProblem {
                field: "unit".to_owned(),
                message: Message::new("import-unit-unknown").arg("value", text),
            }),
        },
        Some(_) => found.push(wrong_kind("unit")),
    }
    match body.get("values") {
        None | Some(Json::Null) => {}
        Some(Json::Object(values)) => {
            for (name, json) in values {
                let Some((at, field)) = def.field(name) else {
                    found.push(FieldProblem {
                        field: name.clone(),
                        message: Message::new("field-unknown").arg("field", name),
                    });
                    continue;
                };
                match text(field, json, before.map(|r| &r.values[at])) {
                    Some(text) => typed.fields[at] = text,
                    None => found.push(wrong_kind(name)),
                }
            }
        }
        Some(_) => found.push(wrong_kind("values")),
    }
    match body.get("children") {
        None | Some(Json::Null) => {}
        Some(Json::Object(children)) => {
            for (name, rows) in children {
                match (def.children.iter().position(|c| c.name == name), rows) {
                    (Some(kind), Json::Array(rows)) => {
                        typed.children[kind] = read_rows(
                            &def.children[kind],
                            before.map(|r| r.children[kind].as_slice()),
                            rows,
                            &mut found,
                        );
                    }
                    (Some(_), _) => found.push(wrong_kind(name)),
                    (None, _) => {
                        found.push(FieldProblem {
                            field: name.clone(),
                            message: Message::new("field-unknown").arg("field", name),
                        });
                    }
                }
            }
        }
        Some(_) => found.push(wrong_kind("children")),
    }
    Ok((typed, found))
}

fn read_rows(
    child: &'static ChildDef,
    before: Option<&[ChildRow]>,
    rows: &[Json],
    found: &mut Vec<FieldProblem>,
) -> Vec<TypedRow> {
    let mut out = Vec::with_capacity(rows.len());
    for (at, json) in rows.iter().enumerate() {
        let path = |field: &str| super::typed::cell_name(child, at, field);
        let Json::Object(map) = json else {
            found.push(wrong_kind(&format!("{}[{at}]", child.name)));
            continue;
        };
        let id = map.get("id").and_then(Json::as_str).unwrap_or_default();
        let was = before.unwrap_or_default().iter().find(|r| r.id.to_string() == id);
        let mut cells: Vec<String> = child
            .fields
            .iter()
            .enumerate()
            .map(|(n, field)| match was {
                Some(row) if field.kind != FieldKind::Secret => field.kind.text(&row.values[n]),
                _ => String::new(),
            })
            .collect();
        for (name, json) in map.iter().filter(|(name, _)| name.as_str() != "id") {
            match child.fields.iter().position(|f| f.name == name) {
                None => found.push(FieldProblem {
                    field: path(name),
                    message: Message::new("field-unknown").arg("field", name),
                }),
                Some(n) => match text(&child.fields[n], json, was.map(|r| &r.values[n])) {
                    Some(text) => cells[n] = text,
                    None => found.push(wrong_kind(&path(name))),
                },
            }
        }
        out.push(TypedRow { at, id: was.map_or_else(String::new, |r| r.id.to_string()), cells });
    }
    out
}

fn wrong_kind(field: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: Message::new("field-wrong-kind") }
}

/// The text of a JSON value. A secret that comes back masked is the one that stands.
fn text(field: &FieldDef, json: &Json, stored: Option<&Value>) -> Option<String> {
    let secret = field.kind == FieldKind::Secret;
    Some(match json {
        Json::Null if secret => CLEAR.to_owned(),
        Json::Null => String::new(),
        Json::String(t) if secret && stored.is_some_and(|v| !v.is_null() && field.kind.text(v) == *t) => String::new(),
        Json::String(t) => t.clone(),
        Json::Number(n) => n.to_string(),
        Json::Bool(yes) => yes.to_string(),
        Json::Array(_) | Json::Object(_) => return None,
    })
}
