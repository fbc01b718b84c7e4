//! The rule that turns an indicator's value into points. Exactly one per indicator; six forms.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::expr::{BoolExpr, NumExpr};

/// A rule: the scored value and the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The scored value, where it is not simply `value`.
    pub of: Option<NumExpr>,
    /// How points follow from it.
    pub form: RuleForm,
}

/// The six forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RuleForm {
    /// Full points from the threshold on, otherwise none.
    AllOrNothing {
        /// The threshold.
        at: Exact,
    },
    /// Linear between two values, capped at both ends. Which end is higher says which way is better.
    Proportional {
        /// Full points here and beyond.
        full_at: Exact,
        /// No points here and beyond.
        zero_at: Exact,
    },
    /// The best tier reached; none reached is 0.
    Tiers {
        /// The tiers.
        tiers: Vec<Tier>,
    },
    /// The points of every true condition; one unknown condition makes the indicator not assessed.
    Conditions {
        /// The conditions.
        each: Vec<PointCondition>,
    },
    /// `start - per_event * value`, not below 0.
    Deduct {
        /// Points without any event.
        start: Exact,
        /// Points each event costs.
        per_event: Exact,
    },
    /// The veto true: 0. Unknown: not assessed. False: the inner rule.
    VetoThen {
        /// The veto.
        veto: BoolExpr,
        /// What holds without it.
        then: Box<Rule>,
    },
}

/// A step of a tiers rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tier {
    /// Reached at this value.
    pub at: Exact,
    /// Points of the tier.
    pub points: Exact,
}

/// A condition that carries points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointCondition {
    /// What it asks, in words.
    pub name: String,
    /// The condition.
    pub expr: BoolExpr,
    /// Points when true.
    pub points: Exact,
}

impl RuleForm {
    /// The form's word in the pack file.
    pub fn word(&self) -> &'static str {
        match self {
            RuleForm::AllOrNothing { .. } => "all_or_nothing",
            RuleForm::Proportional { .. } => "proportional",
            RuleForm::Tiers { .. } => "tiers",
            RuleForm::Conditions { .. } => "conditions",
            RuleForm::Deduct { .. } => "deduct",
            RuleForm::VetoThen { .. } => "veto_then",
        }
    }

    /// Every form's word.
    pub(crate) const WORDS: &'static [&'static str] =
        &["all_or_nothing", "proportional", "tiers", "conditions", "deduct", "veto_then"];
}
