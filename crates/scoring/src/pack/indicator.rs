//! One indicator: what is measured where, how it is put together, the rule that scores it, and how it is examined.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::examine::{Check, Evidence, Method};
use super::measure::{Level, MeasureUse};
use super::rule::Rule;
use crate::exact::Exact;
use crate::expr::BoolExpr;
use crate::names::names;
use crate::period::Grain;

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

names! {
    /// What an indicator is for.
    IndicatorKind {
        /// It counts in the total.
        Basic = "basic",
        /// It is added beyond the total, all together up to `bonus_points` of the standard.
        Bonus = "bonus",
        /// It has no points; its veto acts on the total.
        Veto = "veto",
        /// It is shown and never counted.
        Reference = "reference",
    }
}

names! {
    /// What a veto does to the total.
    VetoEffect {
        /// The total is 0.
        Zero = "zero",
        /// The total stands, but nobody may apply.
        Block = "block",
        /// The total is at most so many points.
        Cap = "cap",
    }
}

/// What the veto of an indicator does when it is true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Veto {
    /// What happens to the total.
    pub effect: VetoEffect,
    /// Most points of the total, for [`VetoEffect::Cap`].
    pub cap: Option<Exact>,
    /// How the standard puts it.
    pub words: Option<String>,
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
    /// What it is for.
    pub kind: IndicatorKind,
    /// Most points it can bring; 0 for a veto.
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
    /// Document and passage it comes from.
    pub source: Option<String>,
    /// Mark of the threshold.
    pub threshold_confidence: Option<String>,
    /// Mark of the rule.
    pub rule_confidence: Option<String>,
    /// What its veto does to the total, where it has one.
    pub veto: Option<Veto>,
    /// How it is examined.
    pub methods: Vec<Method>,
    /// Papers that prove it.
    pub evidence: Vec<Evidence>,
    /// What an inspection looks at.
    pub checklist: Vec<Check>,
    /// Registers its facts come from.
    pub register: Vec<String>,
    /// After which part of the product every measure can be computed.
    pub available_in: Option<String>,
    /// Who can bring it about.
    pub attainable_by: Option<Attainable>,
    /// How often it is reported.
    pub cadence: Option<Grain>,
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
