//! A standard as data: areas, indicators with one executable rule each, and the measures they need.
//! Owns the types; the rule that matters: a [`Pack`] that exists has passed every check of the loader, so scoring cannot meet
//! an unknown measure, an unbound name or points that do not add up.
//!
//! Read a pack with [`Pack::from_texts`] (or [`Pack::load`] for its two needed files); every fault is reported with file, line,
//! column, indicator and remedy. Write it with [`Pack::write`]: there is one canonical text of a pack, in the order of [`schema`].

mod block;
mod check;
mod decode;
pub mod diff;
mod encode;
mod error;
mod examine;
pub mod import;
mod indicator;
mod load;
mod measure;
pub mod migrate;
pub mod publish;
mod reader;
mod rule;
pub mod schema;
mod summary;
mod tests_file;
mod tree;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use diff::{PackDiff, diff};
pub use error::{Cell, PackError, PackErrors, Problem};
pub use examine::{Check, Evidence, Holder, Method, MethodKind, PaperForm};
pub use indicator::{Aggregation, Also, Attainable, Indicator, IndicatorKind, UnitCondition, Veto, VetoEffect};
pub use load::{PackNodes, PackTexts};
pub use measure::{Component, Direction, Level, Measure, MeasureKind, MeasureLevel, MeasureUse, RatioOf, RatioUse};
pub use migrate::{CodeChange, DutiesFate, EvidenceFate, Fate, Migration, MigrationFrom, ScoresFate};
#[cfg(feature = "table")]
pub(crate) use reader::nearest;
pub use rule::{CountedCondition, MethodRule, PointCondition, Rule, RuleForm, Step, Tier};
pub use summary::Summary;
pub use tests_file::{Expected, PackTest};
pub use tree::{Data, Entry, MAX_BYTES, MAX_DEPTH, MAX_NODES, Node, Spot};

use crate::exact::Exact;
use crate::names::names;

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
    /// What became of the indicators of an earlier version.
    pub migration: Option<Migration>,
    /// Cases the pack must pass.
    pub tests: Vec<PackTest>,
}

names! {
    /// Whether the content of a version may still change.
    State {
        /// It may.
        Draft = "draft",
        /// It is frozen: any change of content needs a new version.
        Published = "published",
    }
}

/// The document and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standard {
    /// The pack's id; it never changes, the version does.
    pub id: String,
    /// Version of the pack.
    pub version: u32,
    /// Whether this version may still change.
    pub state: State,
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
    /// What a reader must know of the pack, a line each.
    pub notes: Vec<String>,
    /// The points of all basic indicators together.
    pub total_points: Exact,
    /// Most points that bonus indicators together may add.
    pub bonus_points: Exact,
    /// The total from which the title may be applied for.
    pub pass_mark: Option<Marked<Exact>>,
    /// Years between two rounds of naming.
    pub award_cycle_years: Option<u32>,
    /// How long the title stands.
    pub validity: Option<Marked<String>>,
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
    /// How many indicators it has, of every kind.
    pub indicators: usize,
    /// Points of its basic indicators together.
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
