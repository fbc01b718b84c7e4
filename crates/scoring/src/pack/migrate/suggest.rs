//! A first draft of a migration record from two packs: what a person corrects instead of writing.

use std::collections::BTreeMap;

use super::codes::same_but_code;
use super::{CodeChange, DutiesFate, EvidenceFate, Fate, Migration, MigrationFrom, ScoresFate};
use crate::pack::diff::{EntryKind, Rename, diff};
use crate::pack::{Indicator, Pack};

/// Drafts the record from `old` to `new`: the same code goes on, a likely rename goes on under its new code, the rest is
/// dropped or added. Splits and merges are judgement and are not guessed. `why` of what is not the same says which
/// fields changed, in English, for the author to replace.
pub fn suggest(old: &Pack, new: &Pack) -> Migration {
    let found = diff(old, new);
    let of_indicators = |pair: &&Rename| pair.kind == EntryKind::Indicator;
    let renames: BTreeMap<&str, &str> =
        found.renames.iter().filter(of_indicators).map(|pair| (&*pair.before, &*pair.after)).collect();
    let changes: Vec<CodeChange> = (old.indicators.iter())
        .map(|before| {
            let code = renames.get(before.code.as_str()).copied().unwrap_or(&before.code);
            new.indicator(code).map_or_else(|| dropped(before), |after| carried(before, after))
        })
        .collect();
    let reached: Vec<&String> = changes.iter().flat_map(|change| &change.into).collect();
    let added = new.indicators.iter().map(|indicator| &indicator.code).filter(|code| !reached.contains(code));
    Migration {
        from: MigrationFrom { id: old.standard.id.clone(), version: old.standard.version },
        added: added.cloned().collect(),
        changes,
    }
}

fn carried(before: &Indicator, after: &Indicator) -> CodeChange {
    let differs = same_but_code(before, after).err();
    let (fate, evidence, scores) = match differs {
        None => (Fate::Same, EvidenceFate::Carry, ScoresFate::Compare),
        Some(_) => (Fate::Changed, EvidenceFate::Recheck, ScoresFate::Note),
    };
    let duties = if before.lead == after.lead { DutiesFate::Carry } else { DutiesFate::Ask };
    CodeChange {
        code: before.code.clone(),
        fate,
        into: vec![after.code.clone()],
        why: differs.map(|fields| format!("changed: {}", fields.join(", "))),
        duties,
        evidence,
        scores,
    }
}

fn dropped(before: &Indicator) -> CodeChange {
    CodeChange {
        code: before.code.clone(),
        fate: Fate::Dropped,
        into: Vec::new(),
        why: Some("no longer in the standard".into()),
        duties: DutiesFate::Drop,
        evidence: EvidenceFate::Drop,
        scores: ScoresFate::None,
    }
}
