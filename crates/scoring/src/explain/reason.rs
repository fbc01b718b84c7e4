//! Why something is not known: one entry a cause and measure, with all the units it concerns.

use serde::{Deserialize, Serialize};

use crate::names::names;
use crate::pack::Level;
use crate::period::Period;

names! {
    /// Why something is not known.
    ReasonKind {
        /// No row.
        MissingFact = "missing_fact",
        /// The latest row is too old.
        Stale = "stale",
        /// The only rows are of periods that are not closed (or not begun) yet.
        NotYetClosed = "not_yet_closed",
        /// The row is faulty.
        FaultyFact = "faulty_fact",
        /// The denominator is 0.
        ZeroDenominator = "zero_denominator",
        /// The part exceeds the whole.
        PartExceedsWhole = "part_exceeds_whole",
        /// An expression divides by 0.
        DivisionByZero = "division_by_zero",
        /// No unit of the level is in being.
        NoUnits = "no_units",
        /// A district's value is asked where several districts are: there is no one figure.
        SeveralUnits = "several_units",
        /// The values that must be of one period have no period in common.
        NoCommonPeriod = "no_common_period",
        /// Nobody was drawn by a sampling plan.
        NoPlan = "no_plan",
        /// Fewer answers than the standard asks.
        TooFewAnswers = "too_few_answers",
        /// Points a person gave that the indicator cannot give: below 0, above its points, or not a multiple of its step.
        OutOfRange = "out_of_range",
    }
}

/// Why something is not known, for which measure, and in which units and periods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Why.
    pub kind: ReasonKind,
    /// Measure id, where one is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// Level, for [`ReasonKind::NoUnits`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Unit ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Periods of the rows that could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<Period>,
}

impl Reason {
    pub(crate) fn new(kind: ReasonKind, measure: Option<&str>, unit: Option<&str>, period: Option<Period>) -> Self {
        Reason {
            kind,
            measure: measure.map(str::to_owned),
            level: None,
            units: unit.map(str::to_owned).into_iter().collect(),
            periods: period.into_iter().collect(),
        }
    }

    /// Adds reasons to a list; the same thing missing in many units becomes one reason with many units.
    pub(crate) fn merge(into: &mut Vec<Reason>, more: impl IntoIterator<Item = Reason>) {
        for reason in more {
            let same = |other: &&mut Reason| {
                (other.kind, &other.measure, other.level) == (reason.kind, &reason.measure, reason.level)
            };
            match into.iter_mut().find(same) {
                Some(found) => {
                    add_new(&mut found.units, reason.units);
                    add_new(&mut found.periods, reason.periods);
                }
                None => into.push(reason),
            }
        }
    }
}

fn add_new<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
