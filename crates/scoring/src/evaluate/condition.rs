//! A condition evaluated in one unit, three-valued, with the numbers it was evaluated on.

use super::Context;
use super::reading::Reading;
use crate::explain::{Label, Node, NodeKind, Reason, ReasonKind, Verdict};
use crate::pack::UnitCondition;
use crate::period::Period;

/// What a condition came to in a unit.
pub(super) struct UnitTruth {
    pub truth: Option<bool>,
    pub reasons: Vec<Reason>,
    pub node: Node,
}

impl Context<'_> {
    /// Evaluates a condition in a unit; the names are measures read there.
    pub(super) fn condition(&self, condition: &UnitCondition, unit: &str, only: Option<Period>) -> UnitTruth {
        // In the order of the expression, so that an explanation reads like it.
        let readings: Vec<(&str, Reading)> = condition
            .expr
            .names()
            .into_iter()
            .filter_map(|name| Some((name, self.read(condition.names.get(name)?, unit, only, Some(name)))))
            .collect();
        let reading = |name: &str| readings.iter().find(|(word, _)| *word == name).map(|(_, reading)| reading);
        let lookup = |name: &str| reading(name).and_then(|reading| reading.value.clone());
        let truth = condition.expr.eval(&lookup);
        let mut node = Node::new(NodeKind::Unit, Label::UnitCondition { expr: condition.expr.to_string() });
        node.unit = Some(unit.to_owned());
        node.operation = Some(condition.expr.with_numbers(&lookup));
        node.verdict = Some(Verdict::of(truth));
        let mut reasons = Vec::new();
        // What is missing matters only where the condition could not be decided without it.
        if truth.is_none() {
            for (_, reading) in &readings {
                Reason::merge(&mut reasons, reading.reasons.iter().cloned());
            }
            if reasons.is_empty() {
                reasons.push(Reason::new(ReasonKind::DivisionByZero, None, Some(unit), None));
            }
        }
        node.reasons.clone_from(&reasons);
        node.children = readings.into_iter().map(|(_, reading)| reading.node).collect();
        UnitTruth { truth, reasons, node }
    }
}
