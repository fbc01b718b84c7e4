//! The rule that turns an indicator's value into points. Exactly one per indicator; ten forms.

use serde::{Deserialize, Serialize};

use super::examine::MethodKind;
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

/// The ten forms.
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
        /// Points given however low the value, where there are any.
        floor: Option<Exact>,
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
    /// Points by how many conditions are true. With some unknown it is assessed only when every way they can come out gives
    /// the same points.
    KOfN {
        /// The conditions.
        each: Vec<CountedCondition>,
        /// From few to many; below the first, 0 points.
        steps: Vec<Step>,
    },
    /// `start - per_event * value`, not below the floor.
    Deduct {
        /// Points without any event.
        start: Exact,
        /// Points each event costs.
        per_event: Exact,
        /// Points left however many events there are, where there are any.
        floor: Option<Exact>,
    },
    /// The veto true: 0. Unknown: not assessed. False: the inner rule.
    VetoThen {
        /// The veto.
        veto: BoolExpr,
        /// What holds without it.
        then: Box<Rule>,
    },
    /// A veto alone: no points to win; true or false, its effect on the total is the indicator's `veto`.
    Veto {
        /// Vetoed when true.
        when: BoolExpr,
    },
    /// The scored value is the points a person gave, from 0 to the indicator's; anything else is not assessed.
    Manual {
        /// Points given are multiples of it.
        step: Option<Exact>,
    },
    /// Each way of examination by a rule of its own: the sum of weight / 100 * points.
    Methods {
        /// The ways; weights add to 100.
        each: Vec<MethodRule>,
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
    /// Its stable code, `D03.1`.
    pub code: String,
    /// What it asks, in words.
    pub name: String,
    /// The condition.
    pub expr: BoolExpr,
    /// Points when true.
    pub points: Exact,
}

/// A condition that is counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountedCondition {
    /// Its stable code, `D03.1`.
    pub code: String,
    /// What it asks, in words.
    pub name: String,
    /// The condition.
    pub expr: BoolExpr,
}

/// Points from a number of true conditions on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// This many or more.
    pub k: u32,
    /// Points then.
    pub points: Exact,
}

/// One way of examination with the rule that scores it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MethodRule {
    /// The way.
    pub method: MethodKind,
    /// Its part of the points, in per cent.
    pub weight: Exact,
    /// The rule, which can give all the indicator's points.
    pub then: Rule,
}

impl RuleForm {
    /// Every form's word.
    pub const WORDS: &'static [&'static str] = &[
        "all_or_nothing",
        "proportional",
        "tiers",
        "conditions",
        "k_of_n",
        "deduct",
        "veto_then",
        "veto",
        "manual",
        "methods",
    ];

    /// The form's word in the pack file.
    pub fn word(&self) -> &'static str {
        match self {
            RuleForm::AllOrNothing { .. } => "all_or_nothing",
            RuleForm::Proportional { .. } => "proportional",
            RuleForm::Tiers { .. } => "tiers",
            RuleForm::Conditions { .. } => "conditions",
            RuleForm::KOfN { .. } => "k_of_n",
            RuleForm::Deduct { .. } => "deduct",
            RuleForm::VetoThen { .. } => "veto_then",
            RuleForm::Veto { .. } => "veto",
            RuleForm::Manual { .. } => "manual",
            RuleForm::Methods { .. } => "methods",
        }
    }

    /// Whether the form may stand inside another: a veto or a weighting is said once, at the outside.
    pub fn may_stand_inside(word: &str) -> bool {
        !matches!(word, "veto_then" | "veto" | "methods")
    }
}

impl Rule {
    /// The rule inside a veto, or the rule itself.
    pub fn scoring(&self) -> &Rule {
        if let RuleForm::VetoThen { then, .. } = &self.form { then } else { self }
    }
}
