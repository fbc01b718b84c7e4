//! Figures that departments report, as plain structs: first value kept, corrections beside it.

use crate::mark::Mark;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An exact decimal: `units` ÷ 10^`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The digits, as a whole number.
    pub units: i64,
    /// How many of them stand behind the point.
    pub decimals: u8,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.decimals == 0 {
            return write!(f, "{}", self.units);
        }
        let scale = 10u64.pow(u32::from(self.decimals));
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = self.units.unsigned_abs();
        write!(f, "{sign}{}.{:0width$}", digits / scale, digits % scale, width = usize::from(self.decimals))
    }
}

/// A correction of a figure. The value before it stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The new value.
    pub value: Number,
    /// The day it was entered.
    pub on: NaiveDate,
    /// Why, in Chinese.
    pub reason: String,
    /// The paper behind it.
    pub document: String,
}

/// One figure: a measure of a unit in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Id of the measure (`series.gdp_growth`). Some ratios come as their two components, some as one figure with `of`.
    pub measure: String,
    /// Key of the unit.
    pub unit: String,
    /// Period in the grain of the measure: `2008` or `2009-Q1`.
    pub period: String,
    /// The value first entered; with `of`, the numerator.
    pub value: Number,
    /// Of a ratio: the denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Number>,
    /// Unit of measurement, as the measure states it.
    pub unit_of_measurement: String,
    /// The document the figure was read from.
    pub document: String,
    /// Key of the department that reports it.
    pub department: String,
    /// The day it was entered.
    pub entered_on: NaiveDate,
    /// Corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// How far it can be believed.
    pub mark: Mark,
}

impl Figure {
    /// The value as it was known at the end of a day; none before it was entered.
    pub fn known_on(&self, on: NaiveDate) -> Option<Number> {
        let corrected = self.corrections.iter().rev().find(|correction| correction.on <= on);
        match corrected {
            Some(correction) => Some(correction.value),
            None => (self.entered_on <= on).then_some(self.value),
        }
    }
}
