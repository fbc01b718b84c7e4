//! What a migration record must be beyond its form: complete on both sides, and each fate true to the number of codes it
//! leads to and to what happens under it.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{reached, same_but_code};
use super::read::Read;
use super::{CodeChange, DutiesFate, EvidenceFate, Fate, ScoresFate};
use crate::pack::error::Problem;
use crate::pack::reader::{Faults, nearest};
use crate::pack::tree::Node;
use crate::pack::{Indicator, Pack};

type Codes<'p> = BTreeMap<&'p str, &'p Indicator>;

fn codes(pack: &Pack) -> Codes<'_> {
    pack.indicators.iter().map(|indicator| (indicator.code.as_str(), indicator)).collect()
}

pub(super) fn migration(read: &Read, old: Option<&Pack>, new: &Pack, faults: &mut Faults) {
    let new_codes = codes(new);
    let old_codes = old.map(codes);
    from(read, old, new, faults);
    let reached = reached(read.changes.iter().map(|(change, _)| change));
    let mut seen = BTreeSet::new();
    for (change, node) in &read.changes {
        faults.subject = Some(change.code.clone());
        if !seen.insert(change.code.as_str()) {
            let problem = Problem::Twice { what: "old code".into(), name: change.code.clone() };
            faults.add(node.spot_of(&["code"]), problem);
        }
        shape(change, node, faults);
        beneath(change, node, faults);
        targets(change, node, &reached, &new_codes, faults);
        if let Some(old_codes) = &old_codes {
            origin(change, node, old_codes, &new_codes, faults);
        }
        faults.subject = None;
    }
    added(read, &reached, &new_codes, faults);
    if read.complete {
        missing(read, &seen, old_codes.as_ref(), &reached, &new_codes, faults);
    }
}

fn from(read: &Read, old: Option<&Pack>, new: &Pack, faults: &mut Faults) {
    let Some((from, node)) = &read.from else { return };
    if from.id == new.standard.id && from.version >= new.standard.version {
        let (says, write) = (
            format!("version {} is not earlier than this pack's version {}", from.version, new.standard.version),
            "name the version this one replaces, or raise the version of the standard".to_owned(),
        );
        faults.add(node.spot_of(&["version"]), Problem::Unfit { says, write });
    }
    if let Some(old) = old {
        let disagrees =
            |what: &str, found: String, expected: String| Problem::Disagrees { what: what.into(), found, expected };
        if from.id != old.standard.id {
            let problem = disagrees("the id migrated from", from.id.clone(), old.standard.id.clone());
            faults.add(node.spot_of(&["id"]), problem);
        }
        if from.version != old.standard.version {
            let (found, expected) = (from.version.to_string(), old.standard.version.to_string());
            faults.add(node.spot_of(&["version"]), disagrees("the version migrated from", found, expected));
        }
    }
}

/// The fate against the number of codes in `into`, and the reason.
fn shape(change: &CodeChange, node: &Node, faults: &mut Faults) {
    let count = change.into.len();
    let (fits, write) = match change.fate {
        Fate::Same | Fate::Changed | Fate::Merged => (count == 1, "exactly one new code"),
        Fate::Split => (count >= 2, "two or more new codes"),
        Fate::Dropped => (count == 0, "no new code: `into: []`"),
    };
    if !fits {
        let says = format!("`{}` with {count} new codes", change.fate.word());
        let write = format!("give {write}, or another fate");
        faults.add(node.spot_of(&["into"]), Problem::Unfit { says, write });
    }
    if change.fate != Fate::Same && change.why.is_none() {
        faults.add(node.spot, Problem::MissingKey { name: "why".into() });
    }
}

/// What happens under a code against its fate: nothing goes on where nothing follows, and points are compared one to one.
fn beneath(change: &CodeChange, node: &Node, faults: &mut Faults) {
    let mut refuse = |key: &str, word: &str, write: &str| {
        let says = format!("`{key}: {word}` does not go with `fate: {}`", change.fate.word());
        faults.add(node.spot_of(&[key]), Problem::Unfit { says, write: format!("write `{key}: {write}`") });
    };
    let dropped = change.fate == Fate::Dropped;
    if dropped && change.duties == DutiesFate::Carry {
        refuse("duties", "carry", "drop");
    }
    if dropped && change.evidence != EvidenceFate::Drop {
        refuse("evidence", change.evidence.word(), "drop");
    }
    if dropped && change.scores != ScoresFate::None {
        refuse("scores", change.scores.word(), "none");
    }
    if matches!(change.fate, Fate::Split | Fate::Merged) && change.scores == ScoresFate::Compare {
        refuse("scores", "compare", "note");
    }
}

/// The new codes an entry leads to.
fn targets(
    change: &CodeChange,
    node: &Node,
    reached: &BTreeMap<&str, Vec<&CodeChange>>,
    new: &Codes,
    faults: &mut Faults,
) {
    let spot = |i: usize| node.get("into").and_then(|list| list.items().get(i)).map_or(node.spot, |item| item.spot);
    let mut seen = BTreeSet::new();
    for (i, code) in change.into.iter().enumerate() {
        if !seen.insert(code) {
            faults.add(spot(i), Problem::Twice { what: "new code".into(), name: code.clone() });
        }
        if !new.contains_key(code.as_str()) {
            faults.add(spot(i), stranger("new", code, new));
        }
        let together = reached.get(code.as_str()).map_or(0, Vec::len);
        let problem = match change.fate {
            Fate::Merged if together < 2 => Some((
                format!("`merged` into {code}, which no other old code leads to"),
                "write `changed`, or name the others it was merged with".to_owned(),
            )),
            Fate::Same | Fate::Changed if together > 1 => Some((
                format!("`{}` into {code}, which another old code leads to as well", change.fate.word()),
                "write `merged` for each of them".to_owned(),
            )),
            _ => None,
        };
        if let Some((says, write)) = problem {
            faults.add(spot(i), Problem::Unfit { says, write });
        }
    }
}

/// The old code exists, and an indicator called the same is.
fn origin(change: &CodeChange, node: &Node, old: &Codes, new: &Codes, faults: &mut Faults) {
    let Some(before) = old.get(change.code.as_str()) else {
        faults.add(node.spot_of(&["code"]), stranger("old", &change.code, old));
        return;
    };
    let after = change.into.first().and_then(|code| new.get(code.as_str()));
    if let (Fate::Same, Some(after)) = (change.fate, after)
        && let Err(fields) = same_but_code(before, after)
    {
        let says = format!("`same`, but these fields alter points: {}", fields.join(", "));
        let write = "write `changed` with the reason".to_owned();
        faults.add(node.spot_of(&["fate"]), Problem::Unfit { says, write });
    }
}

/// A code neither standard has.
fn stranger(which: &str, code: &str, known: &Codes) -> Problem {
    let write = match nearest(code, known.keys().copied()) {
        Some(near) => format!("write `{near}`, or name another of its codes"),
        None => "name one of its codes".into(),
    };
    Problem::Unfit { says: format!("the {which} standard has no indicator `{code}`"), write }
}

fn added(read: &Read, reached: &BTreeMap<&str, Vec<&CodeChange>>, new: &Codes, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (code, node) in &read.added {
        if !seen.insert(code) {
            faults.add(node.spot, Problem::Twice { what: "added code".into(), name: code.clone() });
        }
        if !new.contains_key(code.as_str()) {
            faults.add(node.spot, stranger("new", code, new));
        }
        if let Some(first) = reached.get(code.as_str()).and_then(|list| list.first()) {
            let says = format!("{code} is listed as added, but {} leads to it", first.code);
            let write = "remove it from `added`".to_owned();
            faults.add(node.spot, Problem::Unfit { says, write });
        }
    }
}

/// Old codes without an entry, new codes nothing leads to.
fn missing(
    read: &Read,
    seen: &BTreeSet<&str>,
    old: Option<&Codes>,
    reached: &BTreeMap<&str, Vec<&CodeChange>>,
    new: &Codes,
    faults: &mut Faults,
) {
    let spot = read.root.spot_of(&["changes"]);
    for code in old.into_iter().flat_map(|old| old.keys()).filter(|code| !seen.contains(**code)) {
        let says = format!("the old indicator {code} has no entry");
        let write = format!("add `- code: {code}` with its fate under `changes`");
        faults.add(spot, Problem::Unfit { says, write });
    }
    let listed: BTreeSet<&str> = read.added.iter().map(|(code, _)| code.as_str()).collect();
    for code in new.keys().filter(|code| !reached.contains_key(**code) && !listed.contains(**code)) {
        let says = format!("nothing leads to the new indicator {code}");
        let write = format!("name {code} under `into` of an old code, or list it under `added`");
        faults.add(spot, Problem::Unfit { says, write });
    }
}
