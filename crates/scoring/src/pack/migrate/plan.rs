//! The dry run of a migration on one campaign: what happens to each duty, paper and score, and what a person must decide.
//! Nothing is changed; the result holds plain values to be shown, counted and stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CodeChange, DutiesFate, EvidenceFate, Fate, Migration, ScoresFate, people, trail};
use crate::exact::Exact;
use crate::names::names;
use crate::pack::Pack;
use crate::pack::diff::Edition;

/// What a campaign has under the codes of the old version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Campaign {
    /// Who answers for what.
    pub duties: Vec<Duty>,
    /// Papers on file.
    pub evidence: Vec<Evidence>,
    /// Scores given.
    pub scores: Vec<Score>,
}

/// A duty under an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duty {
    /// Its record.
    pub id: String,
    /// Old code.
    pub code: String,
    /// The unit that has it: a role code, or a unit's id.
    pub unit: String,
    /// The person named.
    pub person: Option<String>,
    /// Whether the unit leads; an indicator has one lead.
    pub lead: bool,
}

/// A paper under an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its record.
    pub id: String,
    /// Old code.
    pub code: String,
    /// The unit it is of.
    pub unit: String,
    /// What paper, as the pack's list of evidence calls it.
    pub kind: Option<String>,
}

/// A score of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Old code.
    pub code: String,
    /// The unit scored.
    pub unit: String,
    /// The day scored.
    pub as_of: NaiveDate,
    /// The points; nothing when not assessed.
    pub points: Option<Exact>,
}

/// The dry run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MigrationPlan {
    /// The version left.
    pub from: Edition,
    /// The version taken up.
    pub to: Edition,
    /// Each old code, in the order of the record.
    pub codes: Vec<CodePlan>,
    /// New codes nothing leads to.
    pub added: Vec<String>,
    /// Each duty, in the order given.
    pub duties: Vec<DutyStep>,
    /// Each paper, in the order given.
    pub evidence: Vec<EvidenceStep>,
    /// Each score, in the order given.
    pub scores: Vec<ScoreStep>,
    /// What a person must decide, in the order of the kinds, then of the codes.
    pub decisions: Vec<Decision>,
    /// All of it counted.
    pub counts: Counts,
}

/// What becomes of one old code, and how much hangs on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodePlan {
    /// The entry of the record.
    pub change: CodeChange,
    /// Name in the old version.
    pub name_zh: String,
    /// Most points in the old version.
    pub points_before: Option<Exact>,
    /// Most points of the new codes together.
    pub points_after: Exact,
    /// Duties under it.
    pub duties: usize,
    /// Papers under it.
    pub evidence: usize,
    /// Scores under it.
    pub scores: usize,
}

/// What happens to a duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DutyStep {
    /// The duty.
    pub duty: Duty,
    /// What happens.
    pub fate: DutiesFate,
    /// The new codes it holds for, or is offered for when a person is asked.
    pub into: Vec<String>,
}

/// What happens to a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceStep {
    /// The paper.
    pub evidence: Evidence,
    /// What happens.
    pub fate: EvidenceFate,
    /// The new codes it counts for, or is offered for until looked at.
    pub into: Vec<String>,
}

/// What happens to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreStep {
    /// The score.
    pub score: Score,
    /// How it stands beside later ones.
    pub fate: ScoresFate,
    /// The new codes whose series it begins.
    pub into: Vec<String>,
}

names! {
    /// What a person must decide.
    DecisionKind {
        /// The campaign holds records under a code the migration does not know.
        UnknownCode = "unknown_code",
        /// The record says to ask about these duties.
        AskDuties = "ask_duties",
        /// Two or more units would lead the new code.
        SeveralLeads = "several_leads",
        /// No unit would lead the new code.
        NoLead = "no_lead",
        /// The new standard names another lead role than the duties carried over.
        LeadDiffers = "lead_differs",
        /// Papers to be looked at before they count.
        RecheckEvidence = "recheck_evidence",
        /// Papers carried over of a kind the new code does not ask for.
        EvidenceNotAsked = "evidence_not_asked",
    }
}

/// One thing to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub kind: DecisionKind,
    /// The code it is about: new for leads and papers not asked for, old otherwise.
    pub code: String,
    /// The records concerned; for leads the units.
    pub items: Vec<String>,
}

/// A plan in figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Fate → old codes.
    pub fates: BTreeMap<Fate, usize>,
    /// Fate → duties.
    pub duties: BTreeMap<DutiesFate, usize>,
    /// Fate → papers.
    pub evidence: BTreeMap<EvidenceFate, usize>,
    /// Fate → scores.
    pub scores: BTreeMap<ScoresFate, usize>,
    /// New codes nothing leads to.
    pub added: usize,
    /// Records under codes the migration does not know.
    pub unknown: usize,
    /// Things to decide.
    pub decisions: usize,
}

/// Plays a migration through on a campaign. A record under a code the migration does not name is left where it is and
/// put before a person ([`DecisionKind::UnknownCode`]); so the plan also holds for a record that was never checked.
pub fn plan(old: &Pack, new: &Pack, migration: &Migration, campaign: &Campaign) -> MigrationPlan {
    let changes: BTreeMap<&str, &CodeChange> =
        migration.changes.iter().map(|change| (change.code.as_str(), change)).collect();
    let duties = people::duties(&changes, &campaign.duties);
    let evidence = trail::evidence(&changes, &campaign.evidence);
    let scores = trail::scores(&changes, &campaign.scores);
    let mut decisions = trail::unknown(&changes, campaign);
    let unknown = decisions.iter().map(|decision| decision.items.len()).sum();
    decisions.extend(people::decisions(old, new, migration, &duties));
    decisions.extend(trail::decisions(new, &evidence));
    decisions.sort_by(|a, b| (a.kind, &a.code).cmp(&(b.kind, &b.code)));
    let counts = Counts {
        fates: count(migration.changes.iter().map(|change| change.fate)),
        duties: count(duties.iter().map(|step| step.fate)),
        evidence: count(evidence.iter().map(|step| step.fate)),
        scores: count(scores.iter().map(|step| step.fate)),
        added: migration.added.len(),
        unknown,
        decisions: decisions.len(),
    };
    MigrationPlan {
        from: Edition::of(old),
        to: Edition::of(new),
        codes: codes(old, new, migration, campaign),
        added: migration.added.clone(),
        duties,
        evidence,
        scores,
        decisions,
        counts,
    }
}

fn count<F: Ord>(fates: impl Iterator<Item = F>) -> BTreeMap<F, usize> {
    let mut counts = BTreeMap::new();
    for fate in fates {
        *counts.entry(fate).or_default() += 1;
    }
    counts
}

fn codes(old: &Pack, new: &Pack, migration: &Migration, campaign: &Campaign) -> Vec<CodePlan> {
    let duties = count(campaign.duties.iter().map(|duty| duty.code.as_str()));
    let evidence = count(campaign.evidence.iter().map(|paper| paper.code.as_str()));
    let scores = count(campaign.scores.iter().map(|score| score.code.as_str()));
    let under = |counts: &BTreeMap<&str, usize>, code: &str| counts.get(code).copied().unwrap_or_default();
    let plans = migration.changes.iter().map(|change| {
        let before = old.indicator(&change.code);
        CodePlan {
            name_zh: before.map(|indicator| indicator.name_zh.clone()).unwrap_or_default(),
            points_before: before.map(|indicator| indicator.points.clone()),
            points_after: change.into.iter().filter_map(|code| Some(&new.indicator(code)?.points)).sum(),
            duties: under(&duties, &change.code),
            evidence: under(&evidence, &change.code),
            scores: under(&scores, &change.code),
            change: change.clone(),
        }
    });
    plans.collect()
}
