//! Two values side by side, down to the leaves. Knows JSON's shapes and three habits of a pack: lists of entries are
//! walked by their key, an empty value is an absent one, and the wrappers of the typed form are no part of a path.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Keys by which an entry of a list is known, the surest first.
const KEYS: &[&str] = &["code", "id", "name", "method", "type", "k"];

/// Fields of the typed form that the file writes one level up: `rule.form.full_at` is `rule.full_at`.
const WRAPPERS: &[&str] = &["form", "ratio"];

/// A difference below two values: path segments from there, before, after.
pub(super) struct Found {
    pub path: Vec<String>,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// All differences, in the order of the paths.
pub(super) fn compare(before: &Value, after: &Value) -> Vec<Found> {
    let mut found = Vec::new();
    walk(&mut Vec::new(), Some(before), Some(after), &mut found);
    found
}

/// Every leaf with its path, for likeness.
pub(super) fn flat(value: &Value) -> BTreeMap<String, Value> {
    let mut found = Vec::new();
    walk(&mut Vec::new(), None, Some(value), &mut found);
    found.into_iter().filter_map(|leaf| Some((leaf.path.join("."), leaf.after?))).collect()
}

/// An empty list, mapping or null says nothing, as an absent field does.
fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn walk(path: &mut Vec<String>, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Found>) {
    let (before, after) = (before.filter(|value| !empty(value)), after.filter(|value| !empty(value)));
    if before == after {
        return;
    }
    if let Some((old, new)) = fields(before, after) {
        // Both sorted, so that the order does not hang on a feature of the JSON library.
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            step(path, name, old.get(name).copied(), new.get(name).copied(), found);
        }
        return;
    }
    if let Some((old, new)) = entries(before, after) {
        // The order of the new list, what is gone after it.
        let gone = old.iter().filter(|(key, _)| new.iter().all(|(other, _)| other != key));
        for (key, _) in new.iter().chain(gone) {
            let of = |list: &[(String, &Value)]| list.iter().position(|(other, _)| other == key);
            let (old, new) = (of(&old).map(|i| old[i].1), of(&new).map(|i| new[i].1));
            step(path, key, old, new, found);
        }
        return;
    }
    found.push(Found { path: path.clone(), before: before.cloned(), after: after.cloned() });
}

fn step(path: &mut Vec<String>, name: &str, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<Found>) {
    let numbered = name.starts_with('[');
    match path.last_mut() {
        Some(last) if numbered => {
            let length = last.len();
            last.push_str(name);
            walk(path, old, new, found);
            if let Some(last) = path.last_mut() {
                last.truncate(length);
            }
        }
        _ => {
            path.push(name.to_owned());
            walk(path, old, new, found);
            path.pop();
        }
    }
}

type Fields<'v> = BTreeMap<String, &'v Value>;

/// Both as mappings, where each is one or absent and at least one is there.
fn fields<'v>(before: Option<&'v Value>, after: Option<&'v Value>) -> Option<(Fields<'v>, Fields<'v>)> {
    let of = |value: Option<&'v Value>| match value {
        None => Some(Fields::new()),
        Some(Value::Object(fields)) => Some(unwrapped(fields)),
        Some(_) => None,
    };
    Some((of(before)?, of(after)?))
}

fn unwrapped(fields: &Map<String, Value>) -> Fields<'_> {
    let mut flat = Fields::new();
    for (name, value) in fields {
        match value {
            Value::Object(inner) if WRAPPERS.contains(&name.as_str()) => {
                flat.extend(inner.iter().map(|(name, value)| (name.clone(), value)));
            }
            _ => {
                flat.insert(name.clone(), value);
            }
        }
    }
    flat
}

type Entries<'v> = Vec<(String, &'v Value)>;

/// Both as lists of mappings, keyed alike; `None` where either is a list of plain values, which is compared as a whole.
fn entries<'v>(before: Option<&'v Value>, after: Option<&'v Value>) -> Option<(Entries<'v>, Entries<'v>)> {
    let of = |value: Option<&'v Value>| match value {
        None => Some(&[][..]),
        Some(Value::Array(items)) if items.iter().all(Value::is_object) => Some(&items[..]),
        Some(_) => None,
    };
    let (old, new) = (of(before)?, of(after)?);
    let key = KEYS.iter().find(|key| unique(old, key) && unique(new, key));
    let keyed = |items: &'v [Value]| -> Entries<'v> {
        let name = |i: usize, item: &Value| match key {
            Some(key) => shown(&item[*key]).unwrap_or_default(),
            None => format!("[{}]", i + 1),
        };
        items.iter().enumerate().map(|(i, item)| (name(i, item), item)).collect()
    };
    Some((keyed(old), keyed(new)))
}

fn unique(items: &[Value], key: &str) -> bool {
    let names: BTreeSet<_> = items.iter().filter_map(|item| shown(&item[key])).collect();
    names.len() == items.len()
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paths(before: Value, after: Value) -> Vec<String> {
        compare(&before, &after).into_iter().map(|found| found.path.join(".")).collect()
    }

    #[test]
    fn a_list_with_codes_is_walked_by_code_and_one_without_by_number() {
        let before =
            json!({"each": [{"code": "x", "points": 1}, {"code": "y", "points": 1}], "tiers": [{"at": 1}, {"at": 2}]});
        let after =
            json!({"each": [{"code": "y", "points": 1}, {"code": "x", "points": 2}], "tiers": [{"at": 1}, {"at": 3}]});
        assert_eq!(paths(before, after), ["each.x.points", "tiers[2].at"]);
    }

    #[test]
    fn a_list_of_plain_values_is_one_value() {
        let found = compare(&json!({"co": ["a", "b"]}), &json!({"co": ["b"]}));
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].before, &found[0].after), (&Some(json!(["a", "b"])), &Some(json!(["b"]))));
    }

    #[test]
    fn an_absent_field_equals_an_empty_one_and_a_list_may_become_a_mapping() {
        assert!(compare(&json!({"a": null, "b": []}), &json!({"c": {}})).is_empty());
        assert_eq!(paths(json!({"a": [1]}), json!({"a": {"b": 1}})), ["a"]);
    }

    #[test]
    fn wrappers_of_the_typed_form_are_no_part_of_a_path() {
        let before = json!({"rule": {"of": null, "form": {"type": "deduct", "start": "3"}}});
        let after = json!({"rule": {"of": "value", "form": {"type": "deduct", "start": "2"}}});
        assert_eq!(paths(before, after), ["rule.of", "rule.start"]);
    }
}
