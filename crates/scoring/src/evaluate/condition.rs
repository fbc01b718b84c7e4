//! A condition evaluated in one unit, three-valued, with the numbers it was evaluated on.

use std::collections::BTreeMap;

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
        let readings: BTreeMap<&str, Reading> = condition
            .names
            .iter()
            .map(|(name, measure)| (name.as_str(), self.read(measure, unit, only, Some(name))))
            .collect();
        let lookup = |name: &str| readings.get(name).and_then(|reading| reading.value.clone());
        let truth = condition.expr.eval(&lookup);
        let mut node = Node::new(NodeKind::Unit, Label::UnitCondition { expr: condition.expr.to_string() });
        node.unit = Some(unit.to_owned());
        node.operation = Some(condition.expr.with_numbers(&lookup));
        node.verdict = Some(Verdict::of(truth));
        let mut reasons = Vec::new();
        // What is missing matters only where the condition could not be decided without it.
        if truth.is_none() {
            for reading in readings.values() {
                Reason::merge(&mut reasons, reading.reasons.iter().cloned());
            }
            if reasons.is_empty() {
                reasons.push(Reason::new(ReasonKind::DivisionByZero, None, Some(unit), None));
            }
        }
        node.reasons.clone_from(&reasons);
        // Operands in the order of the expression's names as the pack lists them.
        node.children = readings.into_values().map(|reading| reading.node).collect();
        UnitTruth { truth, reasons, node }
    }
}
