//! Counts of a district, for the line a command prints and for tests.

use crate::premises::{PremisesKind, Stage};
use crate::{District, PendingStep, UnitKind};
use serde::{Deserialize, Serialize};

/// How many of each the district holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Subdistricts.
    pub subdistricts: usize,
    /// Old residents' committees.
    pub committees: usize,
    /// Communities.
    pub communities: usize,
    /// Departments and other units.
    pub departments: usize,
    /// Lines of descent.
    pub lineage: usize,
    /// Persons.
    pub persons: usize,
    /// Posts.
    pub posts: usize,
    /// Terms.
    pub terms: usize,
    /// Sign-ins.
    pub accounts: usize,
    /// Premises projects of every kind and stage.
    pub premises: usize,
    /// Accepted community offices.
    pub accepted_offices: usize,
    /// Their floor area in tenths of a square metre.
    pub accepted_tenths: i64,
    /// Their cost in fen.
    pub accepted_fen: i64,
    /// Coverage declarations.
    pub coverage: usize,
    /// Figures.
    pub figures: usize,
}

impl District {
    /// Counts the district.
    pub fn summary(&self) -> Summary {
        let of = |kind| self.units.iter().filter(|u| u.kind == kind).count();
        let offices =
            || self.premises.iter().filter(|p| p.kind == PremisesKind::CommunityOffice && p.stage() == Stage::Accepted);
        Summary {
            subdistricts: of(UnitKind::Subdistrict),
            committees: of(UnitKind::ResidentsCommittee),
            communities: of(UnitKind::Community),
            departments: of(UnitKind::Department),
            lineage: self.lineage.len(),
            persons: self.persons.len(),
            posts: self.posts.len(),
            terms: self.terms.len(),
            accounts: self.accounts.len(),
            premises: self.premises.len(),
            accepted_offices: offices().count(),
            accepted_tenths: offices().map(|p| p.floor_area_tenths).sum(),
            accepted_fen: offices().map(|p| p.cost_fen()).sum(),
            coverage: self.coverage.len(),
            figures: self.figures.len(),
        }
    }

    /// The stage steps that are still to be taken, by due day.
    pub fn pending_steps(&self) -> Vec<PendingStep> {
        let step = |p: &crate::Premises| {
            let (stage, due) = (p.stage().next()?, p.next_due?);
            Some(PendingStep { premises: p.key.clone(), unit: p.unit.clone(), stage, due })
        };
        let mut steps: Vec<PendingStep> = self.premises.iter().filter_map(step).collect();
        steps.sort_by(|a, b| (a.due, &a.premises).cmp(&(b.due, &b.premises)));
        steps
    }
}
