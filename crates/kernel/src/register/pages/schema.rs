//! The schemas of a register in the description of the API: from its fields, with their labels in both languages.

use serde_json::{Map, Value, json};

use crate::{
    i18n::{self, Lang},
    register::{ChildDef, FieldDef, FieldKind, RegisterDef, scaled_text},
};

/// The schema of a record: `premises` → `Premises`, `setup_approval` → `SetupApproval`.
pub(super) fn name(def: &RegisterDef) -> String {
    camel(def.key)
}

fn camel(key: &str) -> String {
    key.split('_')
        .map(|part| {
            let mut letters = part.chars();
            letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
        })
        .collect()
}

/// The register's name.
pub(super) fn title(def: &RegisterDef, lang: Lang) -> String {
    i18n::t(lang, &format!("register-{}", def.key.replace('_', "-")))
}

/// Both languages of a label.
fn both(key: &str) -> String {
    let (zh, en) = (i18n::t(Lang::ZhCn, key), i18n::t(Lang::En, key));
    if zh == en { zh } else { format!("{zh} / {en}") }
}

/// Schemas that every register shares.
pub(super) fn common() -> Map<String, Value> {
    let all = json!({
        "Problem": {
            "type": "object", "required": ["status", "code", "title", "fields"],
            "properties": {
                "status": { "type": "integer" }, "code": { "type": "string" }, "title": { "type": "string" },
                "fields": { "type": "array", "items": {
                    "type": "object", "required": ["field", "message"],
                    "properties": { "field": { "type": "string" }, "message": { "type": "string" } },
                } },
            },
        },
        "Unit": {
            "type": "object", "required": ["id"],
            "properties": {
                "id": { "type": "string", "format": "uuid" }, "key": { "type": ["string", "null"] }, "name": { "type": ["string", "null"] },
            },
        },
    });
    if let Value::Object(all) = all { all } else { Map::new() }
}

/// A field. `label` is its label key.
fn field(f: &FieldDef, label: &str) -> Value {
    let decimals = |d: u8| match d {
        0 => "^-?\\d+$".to_owned(),
        d => format!("^-?\\d+(\\.\\d{{1,{d}}})?$"),
    };
    let kind_of = |kind: &str| if f.required { json!(kind) } else { json!([kind, "null"]) };
    let mut out = match f.kind {
        FieldKind::Text => json!({ "type": kind_of("string"), "maxLength": 200 }),
        FieldKind::LongText => json!({ "type": kind_of("string"), "maxLength": 10_000 }),
        FieldKind::Secret => json!({ "type": kind_of("string"), "maxLength": 200, "x-secret": true }),
        FieldKind::Bool => json!({ "type": kind_of("boolean") }),
        FieldKind::Date => json!({ "type": kind_of("string"), "format": "date" }),
        FieldKind::Int => json!({ "type": kind_of("integer") }),
        FieldKind::Scaled(d) | FieldKind::Decimal(d) => json!({ "type": kind_of("string"), "pattern": decimals(d) }),
        FieldKind::Money => json!({ "type": kind_of("string"), "pattern": decimals(2) }),
        FieldKind::Choice(codes) => {
            let mut all: Vec<Value> = codes.iter().map(|c| json!(c)).collect();
            if !f.required {
                all.push(Value::Null);
            }
            let labels: Map<String, Value> = codes
                .iter()
                .map(|c| ((*c).to_owned(), json!(both(&format!("{label}-{}", c.replace('_', "-"))))))
                .collect();
            json!({ "type": kind_of("string"), "enum": all, "x-labels": labels })
        }
    };
    let unit = f.unit.or_else(|| (f.kind == FieldKind::Money).then_some("元"));
    out["description"] = json!(unit.map_or_else(|| both(label), |u| format!("{}（{u}）", both(label))));
    if let Some(unit) = unit {
        out["x-unit"] = json!(unit);
    }
    // A bound on text is none to a validator of JSON; it is said all the same.
    let bound = |n: i64| if f.kind == FieldKind::Int { json!(n) } else { json!(scaled_text(n, f.kind.decimals())) };
    let key = |plain: &'static str, text: &'static str| if f.kind == FieldKind::Int { plain } else { text };
    if let Some(min) = f.min {
        out[key("minimum", "x-minimum")] = bound(min);
    }
    if let Some(max) = f.max {
        out[key("maximum", "x-maximum")] = bound(max);
    }
    out
}

fn object(fields: &[FieldDef], label: impl Fn(&FieldDef) -> String, required: bool) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|f| (f.name.to_owned(), field(f, &label(f)))).collect();
    let must: Vec<&str> = fields.iter().filter(|f| f.required && required).map(|f| f.name).collect();
    let mut out = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !must.is_empty() {
        out["required"] = json!(must);
    }
    out
}

fn row_name(def: &RegisterDef, child: &ChildDef) -> String {
    format!("{}{}Row", name(def), camel(child.name))
}

/// All schemas of a register.
pub(super) fn of_register(def: &'static RegisterDef, out: &mut Map<String, Value>) {
    let name = name(def);
    let of = |suffix: &str| json!({ "$ref": format!("#/components/schemas/{name}{suffix}") });
    let label = |f: &FieldDef| def.label(f.name);
    out.insert(format!("{name}Values"), object(def.fields, label, false));
    out.insert(format!("{name}NewValues"), object(def.fields, label, true));
    let mut children = Map::new();
    for child in def.children {
        let mut row = object(child.fields, |f| def.child_label(child, f.name), true);
        row["properties"]["id"] = json!({ "type": "string", "format": "uuid" });
        out.insert(row_name(def, child), row);
        let rows = json!({ "$ref": format!("#/components/schemas/{}", row_name(def, child)) });
        let about =
            json!({ "type": "array", "maxItems": 500, "items": rows, "description": both(&def.label(child.name)) });
        children.insert(child.name.to_owned(), about);
    }
    let children = json!({ "type": "object", "additionalProperties": false, "properties": children });
    let time = json!({ "type": "string", "format": "date-time" });
    out.insert(name.clone(), json!({
        "type": "object", "description": both(&format!("register-{}", def.key.replace('_', "-"))),
        "required": ["id", "unit", "version", "state", "values", "children"],
        "properties": {
            "id": { "type": "string", "format": "uuid" }, "unit": { "$ref": "#/components/schemas/Unit" },
            "version": { "type": "integer" }, "state": state(def), "created_at": time, "created_by": { "type": "string" },
            "updated_at": time, "updated_by": { "type": "string" }, "removed": { "type": ["string", "null"] },
            "values": of("Values"), "children": children,
        },
    }));
    let unit = json!({ "type": "string", "description": "key or id / 单位键或编号" });
    out.insert(
        format!("{name}Create"),
        json!({
            "type": "object", "required": ["unit", "values"], "additionalProperties": false,
            "properties": { "unit": unit, "values": of("NewValues"), "children": children },
        }),
    );
    out.insert(format!("{name}Update"), json!({
        "type": "object", "required": ["version"], "additionalProperties": false,
        "description": "A field that is not named stays; null empties it; a named kind of row is replaced as a whole.",
        "properties": { "version": { "type": "integer" }, "unit": unit, "values": of("Values"), "children": children },
    }));
    let sums: Map<String, Value> = def
        .fields
        .iter()
        .filter(|f| f.sum)
        .map(|f| (f.name.to_owned(), json!({ "type": ["string", "null"] })))
        .collect();
    out.insert(format!("{name}Page"), json!({
        "type": "object", "required": ["records", "total", "sums", "page", "size"],
        "properties": {
            "records": { "type": "array", "items": of("") }, "total": { "type": "integer" },
            "sums": { "type": "object", "properties": sums }, "page": { "type": "integer" }, "size": { "type": "integer" },
        },
    }));
    out.insert(format!("{name}History"), json!({
        "type": "object", "required": ["versions"],
        "properties": { "versions": { "type": "array", "items": {
            "type": "object", "required": ["version", "at", "actor", "channel", "changed", "record"],
            "properties": {
                "version": { "type": "integer" }, "at": time, "actor": { "type": "string" }, "channel": { "type": "string" },
                "changed": { "type": "array", "items": { "type": "string" } }, "record": of(""),
            },
        } } },
    }));
    out.insert(format!("{name}Conflict"), json!({
        "allOf": [{ "$ref": "#/components/schemas/Problem" }],
        "type": "object", "required": ["yours", "theirs"], "properties": { "yours": of("Update"), "theirs": of("") },
    }));
}

fn state(def: &RegisterDef) -> Value {
    let Some(lifecycle) = def.lifecycle else { return json!({ "type": "string", "const": "" }) };
    let keys: Vec<&str> = lifecycle.states.iter().map(|s| s.key).collect();
    let labels: Map<String, Value> =
        keys.iter().map(|k| ((*k).to_owned(), json!(both(&lifecycle.state_label(k))))).collect();
    json!({ "type": "string", "enum": keys, "x-labels": labels })
}

/// The parameters of a list: the same words as in the address of the page.
pub(super) fn filters(def: &'static RegisterDef) -> Vec<Value> {
    let one = |name: &str, schema: Value, words: String| json!({ "name": name, "in": "query", "schema": schema, "description": words });
    let mut out = vec![
        one("unit", json!({ "type": "string" }), "unit and everything under it, by key or id / 单位及其下级".into()),
        one("q", json!({ "type": "string" }), "text / 文字".into()),
        one(
            "sort",
            json!({ "type": "string" }),
            "field, unit, state or updated_at; a leading - for the greatest first / 排序".into(),
        ),
        one("page", json!({ "type": "integer", "minimum": 1 }), "from 1 / 页".into()),
        one("size", json!({ "type": "integer", "minimum": 1, "maximum": 500 }), "records a page / 每页条数".into()),
        one("removed", json!({ "type": "string", "enum": ["1"] }), "the removed ones instead / 已移出的".into()),
    ];
    if def.lifecycle.is_some() {
        out.push(one("state", state(def), "state / 状态".into()));
    }
    for f in def.fields {
        let label = both(&def.label(f.name));
        match f.kind {
            FieldKind::Choice(codes) => out.push(one(f.name, json!({ "type": "string", "enum": codes }), label)),
            FieldKind::Bool => out.push(one(f.name, json!({ "type": "boolean" }), label)),
            FieldKind::Text => out.push(one(f.name, json!({ "type": "string" }), label)),
            kind if kind.is_number() || kind == FieldKind::Date => {
                for end in ["from", "to"] {
                    out.push(one(&format!("{}-{end}", f.name), json!({ "type": "string" }), format!("{label} {end}")));
                }
            }
            _ => {}
        }
    }
    out
}
