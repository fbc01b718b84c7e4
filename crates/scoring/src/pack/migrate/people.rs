//! Duties through a migration: who goes on with what, and where that leaves a new code with no lead, two, or another
//! than the standard names.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Decision, DecisionKind, Duty, DutyStep};
use super::{CodeChange, DutiesFate, Migration};
use crate::pack::Pack;

/// Each duty under a known code.
pub(super) fn duties(changes: &BTreeMap<&str, &CodeChange>, duties: &[Duty]) -> Vec<DutyStep> {
    let step = |duty: &Duty| {
        let change = changes.get(duty.code.as_str())?;
        let into = if change.duties == DutiesFate::Drop { Vec::new() } else { change.into.clone() };
        Some(DutyStep { duty: duty.clone(), fate: change.duties, into })
    };
    duties.iter().filter_map(step).collect()
}

pub(super) fn decisions(old: &Pack, new: &Pack, migration: &Migration, steps: &[DutyStep]) -> Vec<Decision> {
    let mut asked: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    // New code → units that lead it, with the roles of the old codes they led there.
    let mut leads: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for step in steps {
        match step.fate {
            DutiesFate::Ask => asked.entry(&step.duty.code).or_default().push(step.duty.id.clone()),
            DutiesFate::Carry if step.duty.lead => {
                for code in &step.into {
                    leads.entry(code).or_default().insert(&step.duty.unit);
                }
            }
            DutiesFate::Carry | DutiesFate::Drop => {}
        }
    }
    let decision = |kind, code: &str, items| Decision { kind, code: code.to_owned(), items };
    let mut found: Vec<Decision> =
        asked.into_iter().map(|(code, items)| decision(DecisionKind::AskDuties, code, items)).collect();
    let before = roles_before(old, migration);
    for indicator in &new.indicators {
        let code = indicator.code.as_str();
        let units: Vec<String> = leads.get(code).into_iter().flatten().map(|unit| (*unit).to_owned()).collect();
        match units.len() {
            0 => found.push(decision(DecisionKind::NoLead, code, vec![indicator.lead.clone()])),
            1 => {
                let earlier = before.get(code);
                if earlier.is_some_and(|roles| !roles.contains(indicator.lead.as_str())) {
                    found.push(decision(DecisionKind::LeadDiffers, code, units));
                }
            }
            _ => found.push(decision(DecisionKind::SeveralLeads, code, units)),
        }
    }
    found
}

/// New code → lead roles that the old standard named for the codes that lead there.
fn roles_before<'p>(old: &'p Pack, migration: &'p Migration) -> BTreeMap<&'p str, BTreeSet<&'p str>> {
    let mut roles: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for change in &migration.changes {
        let Some(indicator) = old.indicator(&change.code) else { continue };
        for code in &change.into {
            roles.entry(code).or_default().insert(&indicator.lead);
        }
    }
    roles
}
