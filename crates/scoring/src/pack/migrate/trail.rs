//! Papers and scores through a migration, and records under codes it does not know.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::plan::{Campaign, Decision, DecisionKind, Evidence, EvidenceStep, Score, ScoreStep};
use super::{CodeChange, EvidenceFate, ScoresFate};
use crate::pack::{Indicator, Pack};

type Changes<'c> = BTreeMap<&'c str, &'c CodeChange>;

/// Each paper under a known code.
pub(super) fn evidence(changes: &Changes, papers: &[Evidence]) -> Vec<EvidenceStep> {
    let step = |evidence: &Evidence| {
        let change = changes.get(evidence.code.as_str())?;
        let into = if change.evidence == EvidenceFate::Drop { Vec::new() } else { change.into.clone() };
        Some(EvidenceStep { evidence: evidence.clone(), fate: change.evidence, into })
    };
    papers.iter().filter_map(step).collect()
}

/// Each score under a known code.
pub(super) fn scores(changes: &Changes, scores: &[Score]) -> Vec<ScoreStep> {
    let step = |score: &Score| {
        let change = changes.get(score.code.as_str())?;
        let into = if change.scores == ScoresFate::None { Vec::new() } else { change.into.clone() };
        Some(ScoreStep { score: score.clone(), fate: change.scores, into })
    };
    scores.iter().filter_map(step).collect()
}

/// One decision for each code the migration does not name, with the records under it.
pub(super) fn unknown(changes: &Changes, campaign: &Campaign) -> Vec<Decision> {
    let duties = campaign.duties.iter().map(|duty| (&duty.code, duty.id.clone()));
    let papers = campaign.evidence.iter().map(|paper| (&paper.code, paper.id.clone()));
    let scores = campaign.scores.iter().map(|score| (&score.code, format!("{} {}", score.unit, score.as_of)));
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (code, item) in duties.chain(papers).chain(scores) {
        if !changes.contains_key(code.as_str()) {
            found.entry(code).or_default().push(item);
        }
    }
    let decision =
        |(code, items): (&str, Vec<String>)| Decision { kind: DecisionKind::UnknownCode, code: code.to_owned(), items };
    found.into_iter().map(decision).collect()
}

pub(super) fn decisions(new: &Pack, steps: &[EvidenceStep]) -> Vec<Decision> {
    let asked: BTreeMap<&str, BTreeSet<String>> =
        new.indicators.iter().map(|indicator| (indicator.code.as_str(), kinds(indicator))).collect();
    let mut found: BTreeMap<(DecisionKind, &str), Vec<String>> = BTreeMap::new();
    for step in steps {
        let (id, kind) = (&step.evidence.id, &step.evidence.kind);
        match step.fate {
            EvidenceFate::Recheck => {
                found.entry((DecisionKind::RecheckEvidence, &step.evidence.code)).or_default().push(id.clone());
            }
            EvidenceFate::Carry => {
                for code in &step.into {
                    let fits = match (kind, asked.get(code.as_str())) {
                        (Some(kind), Some(asked)) => asked.contains(kind),
                        _ => true,
                    };
                    if !fits {
                        found.entry((DecisionKind::EvidenceNotAsked, code)).or_default().push(id.clone());
                    }
                }
            }
            EvidenceFate::Drop => {}
        }
    }
    let decision =
        |((kind, code), items): ((DecisionKind, &str), Vec<String>)| Decision { kind, code: code.to_owned(), items };
    found.into_iter().map(decision).collect()
}

/// The kinds of paper an indicator asks for, whether its list holds plain names or entries with a `type`.
fn kinds(indicator: &Indicator) -> BTreeSet<String> {
    let list = serde_json::to_value(&indicator.evidence).unwrap_or_default();
    let kind = |item: &Value| item.as_str().or_else(|| item["type"].as_str()).map(str::to_owned);
    list.as_array().into_iter().flatten().filter_map(kind).collect()
}
