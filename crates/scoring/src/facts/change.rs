//! Facts that differ in a few rows: what would be if, or what is since. Owns the change of a row; the rule that matters: only the
//! places that differ are copied, and the checks that could come out otherwise are made again.

use super::{Cell, FactError, FactRow, Facts};
use crate::pack::Pack;
use crate::period::Period;
use crate::units::Units;

/// One row that is otherwise.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The row stands, in place of what stood at its unit, period and measure.
    Set(FactRow),
    /// No row stands there.
    Remove {
        /// Unit id.
        unit: String,
        /// The period.
        period: Period,
        /// Measure id.
        measure: String,
    },
}

impl Change {
    /// Measure and unit of the row.
    pub fn place(&self) -> (&str, &str) {
        match self {
            Change::Set(row) => (&row.measure, &row.unit),
            Change::Remove { unit, measure, .. } => (measure, unit),
        }
    }
}

impl Facts {
    /// These facts with changes, and the faults found at the places changed. The rows are shared, not copied; the result can be
    /// changed again.
    pub fn with(&self, pack: &Pack, units: &Units, changes: &[Change]) -> (Facts, Vec<FactError>) {
        let mut facts = self.clone();
        let mut errors = Vec::new();
        for change in changes {
            let (measure, unit) = change.place();
            facts.touch(measure, unit);
            match change {
                Change::Set(row) => facts.put(pack, units, row.clone(), true, &mut errors),
                Change::Remove { unit, period, measure } => {
                    facts.place(measure, unit).remove(period);
                }
            }
        }
        let mut checked: Vec<(&str, &str)> = Vec::new();
        for (changed, unit) in changes.iter().map(Change::place) {
            for measure in pack.measures.values() {
                let Some(ratio) = &measure.ratio else { continue };
                let concerns = [&measure.id, &ratio.numerator, &ratio.denominator].into_iter().any(|id| id == changed);
                if concerns && !checked.contains(&(measure.id.as_str(), unit)) {
                    checked.push((&measure.id, unit));
                    facts.touch(&measure.id, unit);
                    facts.check_components(measure, Some(unit), &mut errors);
                }
            }
        }
        (facts, errors)
    }

    /// Makes a place one of our own, with what stood there before rows contradicted each other.
    fn touch(&mut self, measure: &str, unit: &str) {
        let stood = self.cells(measure, unit).cloned().unwrap_or_default();
        let before = stood.into_iter().filter_map(|(period, cell)| match cell {
            Cell::Contradicted(None) => None,
            Cell::Contradicted(Some((amount, sources))) => Some((period, Cell::Row { amount, sources })),
            cell => Some((period, cell)),
        });
        let place = before.collect();
        *self.place(measure, unit) = place;
    }
}
