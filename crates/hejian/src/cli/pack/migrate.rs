//! `hejian pack migrate`: the dry run of the step from one version of a standard to the next.

use std::path::{Path, PathBuf};

use clap::Args;
use hejian_scoring::{
    Pack,
    pack::migrate::{Campaign, Migration, MigrationPlan, plan, suggest},
};
use serde_json::json;

use super::Source;
use crate::{
    campaign::standard::FILES,
    cli::{
        failure::Failure,
        trouble::{self, Troubles},
    },
};

/// Try the step from one version to the next; nothing is changed 试算换版
///
/// What happens to each code is read from the migration.yaml of the later pack; where there is none, a draft is made from
/// the differences and said to be one.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// The earlier pack 旧版
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later pack 新版
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Migration record [default: migration.yaml of NEW] 沿革
    #[arg(long, value_name = "FILE")]
    migration: Option<PathBuf>,
    /// Duties, evidence and scores to carry over, as JSON: {"duties": [...], "evidence": [...], "scores": [...]} 试算数据
    #[arg(long, value_name = "FILE")]
    campaign: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Migrate {
    pub(super) fn run(self) -> Result<(), Failure> {
        let nothing = "nothing was tried. 未试算。";
        let old = Source::sound(&self.old, self.json, nothing)?;
        let new = Source::sound(&self.new, self.json, nothing)?;
        let beside = Source::at(&self.new)?.file(FILES[2]);
        let file = self.migration.clone().or_else(|| beside.exists().then_some(beside));
        let read = file.as_ref().map(|file| record(file, &old, &new)).transpose()?;
        let read = read.transpose().map_err(|troubles| troubles.end(self.json, nothing))?;
        let campaign = self.campaign.as_deref().map(carried).transpose()?;
        let is_draft = read.is_none();
        let migration = read.unwrap_or_else(|| suggest(&old, &new));
        let mut found = plan(&old, &new, &migration, &campaign.clone().unwrap_or_default());
        if campaign.is_none() {
            // Without duties every code is without a lead: that says nothing.
            found.decisions.clear();
            found.counts.decisions = 0;
        }
        if self.json {
            say!("{}", json!({ "draft": is_draft, "migration": migration, "plan": found }));
        } else {
            print(&found, is_draft);
        }
        Ok(())
    }
}

fn record(file: &Path, old: &Pack, new: &Pack) -> Result<Result<Migration, Troubles>, Failure> {
    let text = match trouble::text(file)? {
        Ok(text) => text,
        Err(trouble) => return Ok(Err(Troubles { list: vec![trouble], more: 0 })),
    };
    Ok(Migration::load(&file.display().to_string(), &text, Some(old), new).map_err(Troubles::from))
}

fn carried(file: &Path) -> Result<Campaign, Failure> {
    serde_json::from_slice(&trouble::bytes(file)?).map_err(|e| {
        Failure::Usage(format!(
            "{} holds no duties, evidence and scores: {e}. Write {{\"duties\": [], \"evidence\": [], \"scores\": []}}.",
            file.display()
        ))
    })
}

fn print(found: &MigrationPlan, is_draft: bool) {
    say!("{} version {} → {} version {}", found.from.id, found.from.version, found.to.id, found.to.version);
    if is_draft {
        say!("There is no migration.yaml: this is a draft made from the differences. 尚无沿革，以下为草稿。");
    }
    for code in &found.codes {
        let change = &code.change;
        let into = if change.into.is_empty() { "—".to_owned() } else { change.into.join(", ") };
        let before = code.points_before.as_ref().map_or("?".to_owned(), ToString::to_string);
        let under = format!("{} duties, {} papers, {} scores", code.duties, code.evidence, code.scores);
        let why = change.why.as_ref().map(|why| format!("  {why}")).unwrap_or_default();
        say!(
            "{} {} → {into}; points {before} → {}; {under}; duties {}, evidence {}, scores {}{why}",
            change.code,
            change.fate.word(),
            code.points_after,
            change.duties.word(),
            change.evidence.word(),
            change.scores.word()
        );
    }
    for code in &found.added {
        say!("{code} added");
    }
    for decision in &found.decisions {
        say!("decide {}: {} {}", decision.code, decision.kind.word(), decision.items.join(", "));
    }
    let fates: Vec<String> = found.counts.fates.iter().map(|(fate, n)| format!("{n} {}", fate.word())).collect();
    say!("{}, {} added; nothing was changed. 试算，未改动。", fates.join(", "), found.counts.added);
}
