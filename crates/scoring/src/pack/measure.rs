//! Measures: what a register tells the standard, by unit and period; and how an indicator uses one.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::names::names;
use crate::period::{Grain, Window};

names! {
    /// What a fact row of the measure holds.
    MeasureKind {
        /// A measured number.
        Value = "value",
        /// A count.
        Count = "count",
        /// A numerator and a denominator; never a stored rate.
        Ratio = "ratio",
        /// No row: the engine evaluates a condition per unit.
        ConditionSet = "condition-set",
    }
}

names! {
    /// Which way is better.
    Direction {
        /// More is better.
        AtLeast = "at_least",
        /// Less is better.
        AtMost = "at_most",
    }
}

names! {
    /// Where a fact of an indicator is measured.
    Level {
        /// The whole district.
        District = "district",
        /// A subdistrict.
        Subdistrict = "subdistrict",
        /// A community.
        Community = "community",
    }
}

names! {
    /// Units of which level may carry rows of a measure.
    MeasureLevel {
        /// The whole district.
        District = "district",
        /// Subdistricts.
        Subdistrict = "subdistrict",
        /// Communities.
        Community = "community",
        /// Units of any level.
        Any = "any",
    }
}

impl MeasureLevel {
    /// Whether units of `level` (a word of the unit register) may carry rows.
    pub fn admits(&self, level: &str) -> bool {
        *self == MeasureLevel::Any || self.word() == level
    }
}

/// One entry of the measures file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Id, `register.name`.
    pub id: String,
    /// What a row holds.
    pub kind: MeasureKind,
    /// What is counted or measured.
    pub words: String,
    /// Unit of the value, `%`, `m²`.
    pub unit: String,
    /// Units of which level carry rows.
    pub level: MeasureLevel,
    /// The register that knows it.
    pub register: String,
    /// Grain of its rows.
    pub period: Grain,
    /// When a row may be read.
    pub window: Window,
    /// Months after the end of the period until a row is too old.
    pub stale_after: u32,
    /// Whether fact rows may carry it; `false` means the engine makes it.
    pub fact: bool,
    /// Codes of the indicators that use it.
    pub used_by: Vec<String>,
    /// Components, for a ratio.
    pub ratio: Option<RatioOf>,
}

/// The components of a ratio measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioOf {
    /// Measure id of the numerator.
    pub numerator: String,
    /// Measure id of the denominator.
    pub denominator: String,
    /// Factor of the quotient, 100 for per cent.
    pub scale: Exact,
    /// Whether the numerator is part of the denominator and can never exceed it.
    pub part_of_whole: bool,
}

/// How an indicator uses a measure: the indicator file says it again in full, and the loader checks that both agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasureUse {
    /// Measure id.
    pub id: String,
    /// What its rows hold.
    pub kind: MeasureKind,
    /// What is measured.
    pub words: String,
    /// The register that knows it.
    pub register: Option<String>,
    /// Unit of the value.
    pub unit: String,
    /// Which way is better for the scored value.
    pub direction: Direction,
    /// Grain of its rows.
    pub period: Grain,
    /// When a row may be read.
    pub window: Window,
    /// Months after the end of the period until a row is too old.
    pub stale_after: u32,
    /// Components: of a ratio, or (units meeting, units) of a share of units.
    pub ratio: Option<RatioUse>,
    /// Weight of a unit, for surveys and weighted means.
    pub weight: Option<Component>,
    /// The sampling plan, for surveys: a row only for drawn units.
    pub plan: Option<Component>,
    /// Fewest answers of the whole survey.
    pub min_answers: Option<u32>,
    /// Fewest answers of each drawn unit.
    pub min_answers_per_unit: Option<u32>,
}

/// Numerator, denominator and scale as the indicator names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioUse {
    /// What is divided.
    pub numerator: Component,
    /// What it is divided by.
    pub denominator: Component,
    /// Factor of the quotient.
    pub scale: Exact,
}

/// A part of a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// Measure id.
    pub id: String,
    /// The register that knows it.
    pub register: Option<String>,
    /// What it counts.
    pub words: Option<String>,
}

impl MeasureUse {
    /// Factor of a ratio or share; 100 where the indicator names none.
    pub fn scale(&self) -> Exact {
        self.ratio.as_ref().map_or_else(|| Exact::from(100_i64), |ratio| ratio.scale.clone())
    }
}
