//! `hejian pack diff`: what one version of a standard changed against another.

use std::path::PathBuf;

use clap::Args;
use hejian_scoring::pack::diff::{Change, Effect, EntryKind, PackDiff, diff};
use serde_json::Value;

use super::Source;
use crate::cli::failure::Failure;

/// Compare two packs field by field 比较两个标准包
///
/// Each entry that differs is named with what the change can alter: points, work, or only words. A difference is no
/// problem: the exit code is 0.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The earlier pack 旧版
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later pack 新版
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) fn run(self) -> Result<(), Failure> {
        let nothing = "nothing was compared. 未比较。";
        let old = Source::sound(&self.old, self.json, nothing)?;
        let new = Source::sound(&self.new, self.json, nothing)?;
        let found = diff(&old, &new);
        if self.json {
            say!("{}", serde_json::to_string(&found).unwrap_or_default());
        } else {
            print(&found);
        }
        Ok(())
    }
}

fn print(found: &PackDiff) {
    let (from, to) = (&found.from, &found.to);
    say!("{} version {} → {} version {}", from.id, from.version, to.id, to.version);
    for entry in &found.entries {
        let change = match entry.change {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Changed => "changed",
            Change::Moved => "moved",
        };
        let effect = match entry.effect {
            Effect::Scores => "alters points",
            Effect::Work => "alters work",
            Effect::Words => "words only",
        };
        let kind = match entry.kind {
            EntryKind::Standard => "standard",
            EntryKind::Area => "area",
            EntryKind::Indicator => "indicator",
            EntryKind::Measure => "measure",
        };
        say!("{kind} {} {change} ({effect})  {}", entry.code, entry.name);
        if let Some(moved) = entry.moved {
            say!("  place {} → {}", moved.before, moved.after);
        }
        for field in &entry.fields {
            say!("  {}: {} → {}", field.path, value(field.before.as_ref()), value(field.after.as_ref()));
        }
    }
    for pair in &found.renames {
        say!("{} may live on as {} (alike to {} %)", pair.before, pair.after, pair.likeness);
    }
    let sum = &found.summary;
    say!(
        "{} added, {} removed, {} changed; {} alter points, {} work, {} only words.",
        sum.added,
        sum.removed,
        sum.changed,
        sum.scores.len(),
        sum.work.len(),
        sum.words.len()
    );
}

fn value(value: Option<&Value>) -> String {
    match value {
        None => "—".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
