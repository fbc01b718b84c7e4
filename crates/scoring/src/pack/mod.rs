//! A standard as data: areas, indicators with one executable rule each, and the measures they need.
//! Owns the types; the rule that matters: a [`Pack`] that exists has passed every check of the loader, so scoring cannot meet
//! an unknown measure, an unbound name or points that do not add up.
//!
//! Read a pack with [`Pack::load`]; every fault is reported with file, line, column, indicator and remedy.

mod check;
mod decode;
pub mod diff;
mod error;
mod indicator;
mod load;
mod measure;
pub mod migrate;
mod reader;
mod rule;
mod summary;
mod tree;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use diff::{PackDiff, diff};
pub use error::{PackError, PackErrors, Problem};
pub use indicator::{Aggregation, Also, Attainable, Indicator, UnitCondition};
pub use measure::{Component, Direction, Level, Measure, MeasureKind, MeasureLevel, MeasureUse, RatioOf, RatioUse};
pub use migrate::{CodeChange, DutiesFate, EvidenceFate, Fate, Migration, MigrationFrom, ScoresFate};
#[cfg(feature = "table")]
pub(crate) use reader::nearest;
pub use rule::{PointCondition, Rule, RuleForm, Tier};
pub use summary::Summary;
pub use tree::{MAX_BYTES, MAX_DEPTH, MAX_NODES};

use crate::exact::Exact;

/// The name under which the main measure's figure is read in a rule.
pub const VALUE: &str = "value";

/// A checked standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The document the standard comes from.
    pub standard: Standard,
    /// First-level headings, in order.
    pub areas: Vec<Area>,
    /// The indicators, in the order of the standard.
    pub indicators: Vec<Indicator>,
    /// Every measure by its id.
    pub measures: BTreeMap<String, Measure>,
}

/// The document and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standard {
    /// The pack's id; it never changes, the version does.
    pub id: String,
    /// Title.
    pub name_zh: String,
    /// Number of the issuing document.
    pub document_no: Option<String>,
    /// When it was issued, as far as known.
    pub issued: Option<String>,
    /// What kind of text this is; a reconstruction says so here and must be shown as one everywhere.
    pub status: Option<String>,
    /// What comes from sources.
    pub what_is_found: Option<String>,
    /// What was inferred.
    pub what_is_inferred: Option<String>,
    /// The points of all indicators together.
    pub total_points: Exact,
    /// The total from which the title may be applied for.
    pub pass_mark: Option<Marked<Exact>>,
    /// Years between two rounds of naming.
    pub award_cycle_years: Option<u32>,
    /// How long the title stands.
    pub validity: Option<Marked<String>>,
    /// Version of the pack.
    pub version: u32,
    /// The scoring conventions in words.
    pub scoring_defaults: BTreeMap<String, String>,
}

/// A figure with its mark: found, inferred or synthetic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marked<T> {
    /// The figure.
    pub value: T,
    /// Where it comes from.
    pub confidence: String,
}

/// A first-level heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Short code, `A`.
    pub code: String,
    /// Heading.
    pub name_zh: String,
    /// Heading in English.
    pub name_en: String,
    /// How many indicators it has.
    pub indicators: usize,
    /// Points of its indicators together.
    pub points: Exact,
}

impl Pack {
    /// The indicator of a code.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// The area of a code.
    pub fn area(&self, code: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == code)
    }

    /// The measure of an id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.get(id)
    }
}
