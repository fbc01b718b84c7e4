//! The entries of two packs, matched by kind and code: which came, went, moved, and what differs inside.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::effect::Effect;
use super::{Change, EntryDiff, EntryKind, FieldDiff, Moved, fields};
use crate::pack::Pack;

/// One entry as a plain value, with what names it.
pub(super) struct Entry {
    pub kind: EntryKind,
    pub code: String,
    pub name: String,
    pub value: Value,
}

/// The pack as a plain value.
fn value_of(part: &Pack) -> Value {
    serde_json::to_value(part).expect("a pack is texts, numbers as texts and mappings with text keys")
}

/// Every entry, in the order of a diff. What the pack holds beside its three lists belongs to the standard's entry.
pub(super) fn of(pack: &Pack) -> Vec<Entry> {
    let mut rest = value_of(pack);
    let mut lists = Vec::new();
    for (kind, name) in
        [(EntryKind::Area, "areas"), (EntryKind::Indicator, "indicators"), (EntryKind::Measure, "measures")]
    {
        let list = rest.as_object_mut().and_then(|fields| fields.remove(name)).unwrap_or_default();
        let items: Vec<Value> = match list {
            Value::Array(items) => items,
            Value::Object(items) => items.into_iter().map(|(_, item)| item).collect(),
            _ => Vec::new(),
        };
        lists.extend(items.into_iter().map(|value| entry(kind, value)));
    }
    // The migration record says how the packs are joined and the tests what was expected; neither is the standard.
    if let Some(fields) = rest.as_object_mut() {
        fields.retain(|name, _| !matches!(name.as_str(), "migration" | "tests"));
        if let Some(Value::Object(standard)) = fields.remove("standard") {
            fields.extend(standard);
        }
    }
    let mut all = vec![entry(EntryKind::Standard, rest)];
    all.append(&mut lists);
    all
}

fn entry(kind: EntryKind, value: Value) -> Entry {
    let text = |names: &[&str]| names.iter().find_map(|name| value[*name].as_str()).unwrap_or_default().to_owned();
    Entry { kind, code: text(&["code", "id"]), name: text(&["name_zh", "words", "name_en"]), value }
}

/// Every entry that differs, in the order of a diff.
pub(super) fn compare(before: &[Entry], after: &[Entry]) -> Vec<EntryDiff> {
    let old: BTreeMap<_, _> = before.iter().map(|entry| (key(entry), entry)).collect();
    let new: BTreeMap<_, _> = after.iter().map(|entry| (key(entry), entry)).collect();
    let moved = moved(before, after);
    let mut found = Vec::new();
    for kind in [EntryKind::Standard, EntryKind::Area, EntryKind::Indicator, EntryKind::Measure] {
        for entry in after.iter().filter(|entry| entry.kind == kind) {
            match old.get(&key(entry)) {
                None => found.push(whole(entry, Change::Added)),
                Some(earlier) => found.extend(inside(earlier, entry, moved.get(&key(entry)).copied())),
            }
        }
        let gone = before.iter().filter(|entry| entry.kind == kind && !new.contains_key(&key(entry)));
        found.extend(gone.map(|entry| whole(entry, Change::Removed)));
    }
    found
}

/// A pack has one standard, whatever its id: two programmes are compared as one that changed its id.
fn key(entry: &Entry) -> (EntryKind, &str) {
    (entry.kind, if entry.kind == EntryKind::Standard { "" } else { &entry.code })
}

fn whole(entry: &Entry, change: Change) -> EntryDiff {
    EntryDiff {
        kind: entry.kind,
        code: entry.code.clone(),
        name: entry.name.clone(),
        change,
        effect: Effect::of_entry(entry.kind, &entry.value),
        moved: None,
        fields: Vec::new(),
    }
}

fn inside(before: &Entry, after: &Entry, moved: Option<Moved>) -> Option<EntryDiff> {
    let prefix = match after.kind {
        EntryKind::Standard => "standard".to_owned(),
        EntryKind::Area => format!("areas.{}", after.code),
        EntryKind::Indicator => format!("indicators.{}", after.code),
        EntryKind::Measure => format!("measures.{}", after.code),
    };
    let fields: Vec<FieldDiff> = fields::compare(&before.value, &after.value)
        .into_iter()
        .map(|found| {
            let segments: Vec<&str> = found.path.iter().map(String::as_str).collect();
            let effect = Effect::of(&segments);
            let path = format!("{prefix}.{}", found.path.join("."));
            FieldDiff { path, before: found.before, after: found.after, effect }
        })
        .collect();
    let change = match (fields.is_empty(), moved) {
        (true, None) => return None,
        (true, Some(_)) => Change::Moved,
        (false, _) => Change::Changed,
    };
    let effect = fields.iter().map(|field| field.effect).max().unwrap_or(Effect::Words);
    Some(EntryDiff {
        kind: after.kind,
        code: after.code.clone(),
        name: after.name.clone(),
        change,
        effect,
        moved,
        fields,
    })
}

/// The fewest entries that explain the new order: those outside a longest run that kept its order. Places are 1-based,
/// inside the list of their kind.
fn moved<'e>(before: &'e [Entry], after: &'e [Entry]) -> BTreeMap<(EntryKind, &'e str), Moved> {
    let mut found = BTreeMap::new();
    for kind in [EntryKind::Area, EntryKind::Indicator] {
        let places: BTreeMap<&str, usize> =
            before.iter().filter(|entry| entry.kind == kind).enumerate().map(|(i, entry)| (&*entry.code, i)).collect();
        let common: Vec<(usize, usize, &str)> = (after.iter().filter(|entry| entry.kind == kind).enumerate())
            .filter_map(|(i, entry)| Some((*places.get(entry.code.as_str())?, i, entry.code.as_str())))
            .collect();
        let stayed = longest_rise(&common.iter().map(|(old, ..)| *old).collect::<Vec<_>>());
        for (i, (old, new, code)) in common.iter().enumerate() {
            if !stayed.contains(&i) {
                found.insert((kind, *code), Moved { before: old + 1, after: new + 1 });
            }
        }
    }
    found
}

/// Indices of a longest strictly rising subsequence (patience sorting).
fn longest_rise(numbers: &[usize]) -> BTreeSet<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous = vec![None; numbers.len()];
    for (i, number) in numbers.iter().enumerate() {
        let place = tails.partition_point(|tail| numbers[*tail] < *number);
        previous[i] = place.checked_sub(1).map(|before| tails[before]);
        match tails.get_mut(place) {
            Some(tail) => *tail = i,
            None => tails.push(i),
        }
    }
    let mut run = BTreeSet::new();
    let mut at = tails.last().copied();
    while let Some(i) = at {
        run.insert(i);
        at = previous[i];
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_left_the_longest_run_counts_as_moved() {
        assert_eq!(longest_rise(&[0, 3, 1, 2]), BTreeSet::from([0, 2, 3]));
        assert_eq!(longest_rise(&[]), BTreeSet::new());
        assert_eq!(longest_rise(&[2, 1, 0]).len(), 1);
    }
}
