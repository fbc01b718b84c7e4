//! What is in force at a unit, without the explanation: the same reading, for evaluators that keep whole columns of it.

use chrono::NaiveDate;

use super::Context;
use crate::exact::Exact;
use crate::facts::Facts;
use crate::pack::{Measure, Pack};
use crate::period::{Period, Standing};
use crate::units::Units;

/// Reads measures at units on a date.
pub(crate) struct Reads<'a>(Context<'a>);

impl<'a> Reads<'a> {
    pub(crate) fn new(pack: &'a Pack, facts: &'a Facts, units: &'a Units, as_of: NaiveDate) -> Self {
        Reads(Context { pack, facts, units, as_of })
    }

    /// The value in force; with `only`, of that period.
    pub(crate) fn value(&self, measure: &str, unit: &str, only: Option<Period>) -> Option<Exact> {
        self.0.read(measure, unit, only, None).value
    }

    /// Numerator and denominator in force, known even when the denominator is 0.
    pub(crate) fn parts(&self, measure: &str, unit: &str, only: Option<Period>) -> Option<(Exact, Exact)> {
        self.0.read(measure, unit, only, None).parts
    }

    /// Whether the unit has something, be it faulty, for the period.
    pub(crate) fn is_present(&self, measure: &str, unit: &str, period: Period) -> bool {
        self.0.facts.cells(measure, unit).is_some_and(|cells| cells.contains_key(&period))
    }

    /// Every period any unit has something of one of the measures for, the latest first.
    pub(crate) fn periods<'m>(&self, measures: impl IntoIterator<Item = &'m str>) -> Vec<Period> {
        let found: std::collections::BTreeSet<Period> =
            measures.into_iter().flat_map(|id| self.0.facts.periods(id)).collect();
        found.into_iter().rev().collect()
    }

    /// Whether a row of the period may be read on the date.
    pub(crate) fn is_readable(&self, measure: &Measure, period: Period) -> bool {
        period.standing(measure.window, measure.stale_after, self.0.as_of) == Standing::Readable
    }
}
