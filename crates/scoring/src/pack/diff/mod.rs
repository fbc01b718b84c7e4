//! What one version of a standard changed against another: entries added, removed, moved, and every field with its value
//! before and after. The comparison walks the packs as plain values, so that a field added to the format later is
//! compared without a word here; only [`Effect`] names fields, and a field it does not know counts as one that alters scores.
//!
//! The order is stable: the standard, areas, indicators, measures; inside each the order of the new pack, removed
//! entries last; fields in the order of their paths.

mod effect;
mod entries;
mod fields;
mod likeness;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Indicator, Pack};

pub use effect::Effect;

/// Everything that differs between two packs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackDiff {
    /// The pack compared from.
    pub from: Edition,
    /// The pack compared to.
    pub to: Edition,
    /// Entries that differ; unchanged ones are left out.
    pub entries: Vec<EntryDiff>,
    /// Pairs of a removed and an added entry that look like one entry under a new code, most alike first. A suggestion
    /// for the migration record, nothing is decided by it.
    pub renames: Vec<Rename>,
    /// The entries counted by what they alter.
    pub summary: DiffSummary,
}

/// Which text of a standard is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// The pack's id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// [`Pack::fingerprint`].
    pub fingerprint: String,
}

/// The kinds of entry, in the order of a diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// The document itself: title, total, pass mark.
    Standard,
    /// A first-level heading.
    Area,
    /// An indicator.
    Indicator,
    /// A measure.
    Measure,
}

/// What happened to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only the new pack has it.
    Added,
    /// Only the old pack has it.
    Removed,
    /// Both have it and fields differ.
    Changed,
    /// Both have it, only its place in the order differs.
    Moved,
}

/// One entry that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntryDiff {
    /// What it is.
    pub kind: EntryKind,
    /// Code of an area or indicator, id of a measure, id of the standard.
    pub code: String,
    /// Its name (of a measure: its words), in the new pack where it is there.
    pub name: String,
    /// What happened.
    pub change: Change,
    /// The strongest effect of all its changes.
    pub effect: Effect,
    /// Its 1-based place in its list before and after, where it moved past entries that stayed.
    pub moved: Option<Moved>,
    /// The fields that differ; empty for an entry added or removed as a whole.
    pub fields: Vec<FieldDiff>,
}

/// A change of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Place in the old pack.
    pub before: usize,
    /// Place in the new pack.
    pub after: usize,
}

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldDiff {
    /// Where, from the root of the pack: `indicators.D02.rule.full_at`. A list of entries with a code, id or name is
    /// walked by it, any other by 1-based number: `tiers[2].points`.
    pub path: String,
    /// The value in the old pack; nothing when it was absent.
    pub before: Option<Value>,
    /// The value in the new pack; nothing when it is absent.
    pub after: Option<Value>,
    /// What the change alters.
    pub effect: Effect,
}

/// A removed entry that seems to live on under a new code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rename {
    /// What both are.
    pub kind: EntryKind,
    /// The code that went.
    pub before: String,
    /// The code that came.
    pub after: String,
    /// How alike they are, 0 to 100; pairs below 60 are not listed.
    pub likeness: u8,
}

/// Codes by what their changes alter; an entry is listed once, under its strongest effect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DiffSummary {
    /// Entries whose changes can alter points.
    pub scores: Vec<String>,
    /// Entries whose changes alter who does what or which papers are asked, and no points.
    pub work: Vec<String>,
    /// Entries of which only words changed.
    pub words: Vec<String>,
    /// Entries added.
    pub added: usize,
    /// Entries removed.
    pub removed: usize,
    /// Entries changed or moved.
    pub changed: usize,
    /// Fields changed, over all entries.
    pub fields: usize,
}

impl PackDiff {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of a kind and code, if it differs.
    pub fn entry(&self, kind: EntryKind, code: &str) -> Option<&EntryDiff> {
        self.entries.iter().find(|entry| entry.kind == kind && entry.code == code)
    }
}

impl Edition {
    /// Names a pack.
    pub fn of(pack: &Pack) -> Edition {
        let standard = &pack.standard;
        Edition { id: standard.id.clone(), version: standard.version, fingerprint: pack.fingerprint() }
    }
}

/// Compares two packs. The cost is that of both packs' size, and, for the renames, of the removed times the added entries.
pub fn diff(old: &Pack, new: &Pack) -> PackDiff {
    let (before, after) = (entries::of(old), entries::of(new));
    let found = entries::compare(&before, &after);
    let renames = likeness::renames(&before, &after, &found);
    let summary = summarise(&found);
    PackDiff { from: Edition::of(old), to: Edition::of(new), entries: found, renames, summary }
}

fn summarise(entries: &[EntryDiff]) -> DiffSummary {
    let mut summary = DiffSummary::default();
    for entry in entries {
        let list = match entry.effect {
            Effect::Scores => &mut summary.scores,
            Effect::Work => &mut summary.work,
            Effect::Words => &mut summary.words,
        };
        list.push(entry.code.clone());
        match entry.change {
            Change::Added => summary.added += 1,
            Change::Removed => summary.removed += 1,
            Change::Changed | Change::Moved => summary.changed += 1,
        }
        summary.fields += entry.fields.len();
    }
    summary
}

/// The paths of the fields that alter points and differ between two indicators, from each indicator's root.
pub(crate) fn score_fields(before: &Indicator, after: &Indicator) -> Vec<String> {
    let value = |indicator: &Indicator| serde_json::to_value(indicator).unwrap_or_default();
    let found = fields::compare(&value(before), &value(after)).into_iter().filter(|found| {
        let segments: Vec<&str> = found.path.iter().map(String::as_str).collect();
        Effect::of(&segments) == Effect::Scores
    });
    found.map(|found| found.path.join(".")).collect()
}
