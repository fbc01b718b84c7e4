//! Which removed entry lives on under a new code: names compared by pairs of letters (Dice), and how many leaves agree.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::entries::Entry;
use super::{Change, EntryDiff, EntryKind, Rename, fields};

/// Pairs less alike are no suggestion.
const FLOOR: u8 = 60;
/// Beyond this many pairs nothing is suggested: the packs are two programmes, not two versions.
const MAX_PAIRS: usize = 40_000;
/// Only the beginning of a name is compared.
const MAX_LETTERS: usize = 100;

/// What is compared of an entry.
struct Face {
    name: BTreeSet<(char, char)>,
    leaves: BTreeMap<String, Value>,
}

/// Suggests pairs, most alike first; each entry is in one pair at most.
pub(super) fn renames(before: &[Entry], after: &[Entry], found: &[EntryDiff]) -> Vec<Rename> {
    let mut renames = Vec::new();
    for kind in [EntryKind::Area, EntryKind::Indicator, EntryKind::Measure] {
        let codes = |change: Change| -> BTreeSet<&str> {
            let of_kind = found.iter().filter(|entry| entry.kind == kind && entry.change == change);
            of_kind.map(|entry| entry.code.as_str()).collect()
        };
        let (gone, came) = (codes(Change::Removed), codes(Change::Added));
        if gone.is_empty() || came.is_empty() || gone.len().saturating_mul(came.len()) > MAX_PAIRS {
            continue;
        }
        renames.extend(best(kind, &faces(kind, before, &gone), &faces(kind, after, &came)));
    }
    renames
}

fn faces<'e>(kind: EntryKind, entries: &'e [Entry], codes: &BTreeSet<&str>) -> Vec<(&'e str, Face)> {
    let of_kind = entries.iter().filter(|entry| entry.kind == kind && codes.contains(entry.code.as_str()));
    of_kind.map(|entry| (entry.code.as_str(), face(entry))).collect()
}

fn face(entry: &Entry) -> Face {
    let letters: Vec<char> = entry.name.chars().filter(|c| c.is_alphanumeric()).take(MAX_LETTERS).collect();
    let name = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut leaves = fields::flat(&entry.value);
    // What names the entry differs by definition; its name is weighed apart.
    leaves.retain(|path, _| !matches!(path.as_str(), "code" | "id" | "area" | "name_zh" | "name_en"));
    Face { name, leaves }
}

fn best(kind: EntryKind, gone: &[(&str, Face)], came: &[(&str, Face)]) -> Vec<Rename> {
    let mut pairs: Vec<(u8, &str, &str)> = Vec::new();
    for (before, old) in gone {
        for (after, new) in came {
            let likeness = likeness(old, new);
            if likeness >= FLOOR {
                pairs.push((likeness, before, after));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(b.2)));
    let (mut used_before, mut used_after) = (BTreeSet::new(), BTreeSet::new());
    let mut renames = Vec::new();
    for (likeness, before, after) in pairs {
        if used_before.contains(before) || used_after.contains(after) {
            continue;
        }
        used_before.insert(before);
        used_after.insert(after);
        renames.push(Rename { kind, before: before.to_owned(), after: after.to_owned(), likeness });
    }
    renames
}

/// 0 to 100: half the names, half the leaves.
fn likeness(old: &Face, new: &Face) -> u8 {
    let names = percent(2 * old.name.intersection(&new.name).count(), old.name.len() + new.name.len());
    let agree = old.leaves.iter().filter(|(path, value)| new.leaves.get(*path) == Some(value)).count();
    let leaves = percent(2 * agree, old.leaves.len() + new.leaves.len());
    ((names + leaves) / 2) as u8
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(0).min(100)
}
