//! How an earlier version of a standard leads to this one: for each old code its fate, the new codes it became, and what
//! happens to the duties, evidence and scores under it. The rule that matters: nothing is lost in silence — every old
//! code is named once, every new code is reached or listed as added, and what cannot be decided by rule becomes a
//! [`Decision`] for a person.
//!
//! [`Migration::load`] reads and checks `migration.yaml`; [`plan`] is the dry run on a campaign; [`suggest`] drafts a
//! record from the difference of two packs.

mod check;
mod codes;
mod people;
mod plan;
mod read;
mod suggest;
mod trail;
mod write;

use serde::{Deserialize, Serialize};

use super::{Pack, PackErrors};
use crate::names::names;

pub use plan::{
    Campaign, CodePlan, Counts, Decision, DecisionKind, Duty, DutyStep, Evidence, EvidenceStep, MigrationPlan, Score,
    ScoreStep, plan,
};
pub(super) use read::of_tree;
pub use suggest::suggest;

names! {
    /// What became of an indicator.
    Fate {
        /// The same under the same or another code: nothing that alters points changed.
        Same = "same",
        /// One indicator still, with another rule, threshold or points.
        Changed = "changed",
        /// Two or more new indicators.
        Split = "split",
        /// One new indicator together with other old ones.
        Merged = "merged",
        /// No longer part of the standard.
        Dropped = "dropped",
    }
}

names! {
    /// What happens to the duties assigned under an indicator.
    DutiesFate {
        /// They hold for each new code.
        Carry = "carry",
        /// A person decides.
        Ask = "ask",
        /// They end.
        Drop = "drop",
    }
}

names! {
    /// What happens to the evidence on file under an indicator.
    EvidenceFate {
        /// It counts for each new code.
        Carry = "carry",
        /// It is offered for each new code and counts when a person has looked at it.
        Recheck = "recheck",
        /// It stays in the archive and counts no more.
        Drop = "drop",
    }
}

names! {
    /// How earlier scores of an indicator stand beside later ones.
    ScoresFate {
        /// In one series.
        Compare = "compare",
        /// In one series with a note that the rule changed.
        Note = "note",
        /// They end; the later ones begin anew.
        None = "none",
    }
}

/// The migration record of a pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Migration {
    /// The version it leads from.
    pub from: MigrationFrom,
    /// One entry an old code.
    pub changes: Vec<CodeChange>,
    /// New codes that no old one led to.
    pub added: Vec<String>,
}

/// The version a migration leads from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MigrationFrom {
    /// Id of the old pack.
    pub id: String,
    /// Version of the old pack.
    pub version: u32,
}

/// What became of one old indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeChange {
    /// Its code in the old version.
    pub code: String,
    /// What became of it.
    pub fate: Fate,
    /// The codes it became; none when dropped.
    pub into: Vec<String>,
    /// Why; needed unless it is the same.
    pub why: Option<String>,
    /// What happens to its duties.
    pub duties: DutiesFate,
    /// What happens to its evidence.
    pub evidence: EvidenceFate,
    /// How its scores compare.
    pub scores: ScoresFate,
}

impl Migration {
    /// Reads and checks a migration record against the version it leads to and, where it is at hand, the one it leads
    /// from. Without the old pack everything but the old codes and the truth of `same` is checked.
    ///
    /// # Errors
    /// Every fault found (at most 200), each with file, line, column, old code and remedy.
    pub fn load(name: &str, text: &str, old: Option<&Pack>, new: &Pack) -> Result<Migration, PackErrors> {
        read::load(name, text, old, new)
    }

    /// The entry of an old code.
    pub fn change(&self, code: &str) -> Option<&CodeChange> {
        self.changes.iter().find(|change| change.code == code)
    }
}
