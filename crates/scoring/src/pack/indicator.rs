//! One indicator: what is measured where, how it is put together, and the rule that scores it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::measure::{Level, MeasureUse};
use super::rule::Rule;
use crate::exact::Exact;
use crate::expr::BoolExpr;
use crate::names::names;

names! {
    /// How the figures of many units become one.
    Aggregation {
        /// The figure of the district itself.
        DistrictValue = "district_value",
        /// Sum of numerators over sum of denominators.
        RatioOfSums = "ratio_of_sums",
        /// Share of units whose condition is true.
        ShareOfUnits = "share_of_units",
        /// Plain mean of the units' values.
        Mean = "mean",
        /// Mean of the units' values by a weight.
        WeightedMean = "weighted_mean",
        /// Sum of the units' values.
        Sum = "sum",
        /// The lowest of the units' values.
        Min = "min",
        /// Shares of answers in the drawn units, weighted.
        WeightedSurvey = "weighted_survey",
    }
}

names! {
    /// Who can bring the indicator about.
    Attainable {
        /// The district itself.
        District = "district",
        /// Only with the city.
        City = "city",
        /// Only with the province.
        Province = "province",
    }
}

/// One indicator of the standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Code, `D02`.
    pub code: String,
    /// Code of its area.
    pub area: String,
    /// Name.
    pub name_zh: String,
    /// Name in English, as an identifier.
    pub name_en: String,
    /// Most points it can bring.
    pub points: Exact,
    /// Role code of the one lead unit.
    pub lead: String,
    /// Role codes of supporting units.
    pub co: Vec<String>,
    /// What is asked.
    pub words: String,
    /// Where the fact of the main measure is measured.
    pub level: Level,
    /// Whether it counts in a community's own score.
    pub community_value: bool,
    /// Why it counts there.
    pub community_value_why: Option<String>,
    /// Whether a figure per community may be shown, unscored.
    pub community_breakdown: bool,
    /// Why only shown.
    pub community_breakdown_why: Option<String>,
    /// The main measure.
    pub measure: MeasureUse,
    /// How the units' figures become one.
    pub aggregation: Aggregation,
    /// The condition per unit, for condition sets.
    pub unit_condition: Option<UnitCondition>,
    /// Further named values for the rule.
    pub also: Vec<Also>,
    /// The rule.
    pub rule: Rule,
    /// Why the rule is as it is.
    pub rule_reason: Option<String>,
    /// Mark of the threshold.
    pub threshold_confidence: Option<String>,
    /// Mark of the rule.
    pub rule_confidence: Option<String>,
    /// Registers its facts come from.
    pub register: Vec<String>,
    /// After which part of the product every measure can be computed.
    pub available_in: Option<String>,
    /// Who can bring it about.
    pub attainable_by: Option<Attainable>,
    /// Papers that prove it.
    pub evidence: Vec<String>,
    /// How it is examined.
    pub methods: Vec<String>,
    /// How often it is reported.
    pub cadence: Option<String>,
    /// Whether failing it blocks the application.
    pub veto: bool,
    /// What the veto does.
    pub veto_effect: Option<String>,
    /// Mark of the indicator as a whole.
    pub confidence: Option<String>,
    /// What an earlier version of the pack said, for the migration record.
    pub was: BTreeMap<String, String>,
}

/// A condition evaluated in each unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitCondition {
    /// The condition.
    pub expr: BoolExpr,
    /// Its names and the measure each stands for, read at the unit.
    pub names: BTreeMap<String, String>,
}

/// A further named value of a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Also {
    /// The name in the rule.
    pub name: String,
    /// Where it is measured.
    pub level: Level,
    /// How the units' figures become one.
    pub aggregation: Aggregation,
    /// The measure.
    pub measure: MeasureUse,
    /// The condition per unit, for condition sets.
    pub unit_condition: Option<UnitCondition>,
    /// Whether it is read for one and the same period as the main value.
    pub same_period: bool,
}
