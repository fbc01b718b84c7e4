//! The explanation of a score: a tree from the points down to the records. Owns its shape; the rule that matters: nothing in
//! it is prose. Labels are keys with arguments, numbers are exact text, so that a page in any language can be made of it.
//!
//! From the top: indicator ← rule ← figures (main value and further values) ← numerator, denominator and one node per unit ←
//! the readings of that unit ← sources (record, version).

mod reason;

use serde::{Deserialize, Serialize};

pub use reason::{Reason, ReasonKind};

use crate::exact::Exact;
use crate::facts::Source;
use crate::names::names;
use crate::pack::{Aggregation, Level, MethodKind};
use crate::period::Period;

names! {
    /// What a node of the tree is.
    NodeKind {
        /// Points of an indicator.
        Indicator = "indicator",
        /// The rule that gave them.
        Rule = "rule",
        /// The scored value, where an expression makes it.
        Formula = "formula",
        /// A veto.
        Veto = "veto",
        /// A condition that carries points, or is counted.
        Condition = "condition",
        /// A way of examination with its weight.
        Method = "method",
        /// A value put together from units.
        Figure = "figure",
        /// One unit's part of a figure.
        Unit = "unit",
        /// A measure read at a unit.
        Reading = "reading",
        /// A numerator.
        Numerator = "numerator",
        /// A denominator.
        Denominator = "denominator",
        /// A weight.
        Weight = "weight",
    }
}

names! {
    /// How something came out.
    Verdict {
        /// Full points, or a condition that is true.
        Met = "met",
        /// Some points.
        Partly = "partly",
        /// No points, or a condition that is false.
        NotMet = "not_met",
        /// Not known: a fact is missing.
        Unknown = "unknown",
    }
}

/// The text of a node, as a key with arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum Label {
    /// An indicator.
    Indicator {
        /// Its code.
        code: String,
    },
    /// A rule; its arguments are in the pack.
    Rule {
        /// Word of the rule's form.
        form: String,
    },
    /// The scored value as an expression.
    Formula {
        /// The expression with names.
        expr: String,
    },
    /// A veto.
    Veto {
        /// The expression with names.
        expr: String,
    },
    /// A condition of the rule.
    Condition {
        /// 0-based position in the rule.
        index: usize,
        /// Its stable code.
        code: String,
        /// What it asks, in the words of the pack.
        name: String,
        /// The expression with names.
        expr: String,
        /// Points when true, where it carries points of its own.
        #[serde(skip_serializing_if = "Option::is_none")]
        points: Option<Exact>,
    },
    /// A way of examination.
    Method {
        /// Which.
        method: MethodKind,
        /// Its part of the points, in per cent.
        weight: Exact,
    },
    /// A named value of the rule.
    Figure {
        /// Its name in the rule; `value` is the main one.
        name: String,
        /// Its measure.
        measure: String,
        /// How units became one.
        aggregation: Aggregation,
        /// Level of the units.
        level: Level,
    },
    /// A unit; which one is in the node's `unit`.
    Unit,
    /// A unit's condition.
    UnitCondition {
        /// The expression with names.
        expr: String,
    },
    /// A measure read at a unit.
    Measure {
        /// Measure id.
        measure: String,
        /// Its name in the expression, if it has one there.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// How many units meet the condition.
    UnitsMeeting,
    /// How many units there are.
    UnitsInBeing,
    /// The sum over the units.
    Sum {
        /// Measure id.
        measure: String,
    },
}

/// A number as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The shortest decimal; four places, a half upwards, when it has no finite form.
    pub text: String,
    /// Whether `text` is the exact number.
    pub exact: bool,
    /// The exact number, as a fraction, when `text` is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
    /// Unit of the measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl Quantity {
    /// A number with its unit.
    pub fn new(value: &Exact, unit: Option<&str>) -> Self {
        let (text, exact) = value.to_decimal();
        let fraction = (!exact).then(|| value.to_fraction());
        Quantity { text, exact, fraction, unit: unit.map(str::to_owned) }
    }
}

/// How much of a figure is known: "n of N reported".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Units whose part is known.
    pub known: usize,
    /// Units the figure is made of.
    pub units: usize,
    /// Of the known, those that meet the condition (shares of units only).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<usize>,
}

/// A node of an explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its text.
    pub label: Label,
    /// The calculation with its numbers, `39 / 51 * 100`; `?` stands for an unknown number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The result; absent when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Quantity>,
    /// How it came out, where something was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Unit id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Period of the row that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// How many units are known, for figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Why it is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// What it was made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Node>,
    /// The records it was counted from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

impl Node {
    /// A node with nothing but its label.
    pub(crate) fn new(kind: NodeKind, label: Label) -> Self {
        Node {
            kind,
            label,
            operation: None,
            value: None,
            verdict: None,
            unit: None,
            period: None,
            coverage: None,
            reasons: Vec::new(),
            children: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// This node and all below it, parents before children.
    pub fn walk(&self) -> impl Iterator<Item = &Node> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let node = open.pop()?;
            open.extend(node.children.iter().rev());
            Some(node)
        })
    }
}

impl Verdict {
    /// The verdict on a truth that may be unknown.
    pub(crate) fn of(truth: Option<bool>) -> Self {
        match truth {
            Some(true) => Verdict::Met,
            Some(false) => Verdict::NotMet,
            None => Verdict::Unknown,
        }
    }
}
