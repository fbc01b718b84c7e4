//! Figures pooled over units: ratio of sums, sum, mean, weighted mean, lowest. Every unit must be known.

use super::Context;
use super::figure::{Figure, Spec};
use super::reading::Reading;
use crate::exact::Exact;
use crate::explain::{Coverage, Label, Node, NodeKind, Quantity, Reason, ReasonKind};
use crate::pack::Aggregation;
use crate::period::Period;

impl Context<'_> {
    /// Sum of numerators over sum of denominators: a unit with 0 of 0 is known and adds nothing.
    pub(super) fn ratio_of_sums(&self, spec: Spec<'_>, units: &[&str], only: Option<Period>) -> Figure {
        let readings = self.readings(spec, units, only);
        let mut reasons = Vec::new();
        let parts: Vec<&(Exact, Exact)> = readings.iter().filter_map(|reading| reading.parts.as_ref()).collect();
        let (known, complete) = (parts.len(), parts.len() == units.len());
        let numerator: Exact = parts.iter().map(|(numerator, _)| numerator).sum();
        let denominator: Exact = parts.iter().map(|(_, denominator)| denominator).sum();
        let mut node = spec.node();
        for reading in readings.iter().filter(|reading| reading.parts.is_none()) {
            Reason::merge(&mut reasons, reading.reasons.iter().cloned());
        }
        let scale = spec.measure.scale();
        let mut value = None;
        if complete {
            value = numerator.divide(&denominator).map(|quotient| &quotient * &scale);
            node.operation = Some(format!("{numerator} / {denominator} * {scale}"));
            if value.is_none() {
                reasons.push(Reason::new(ReasonKind::ZeroDenominator, Some(&spec.measure.id), None, None));
            }
            let ids = spec.measure.ratio.as_ref().map(|ratio| (&ratio.numerator.id, &ratio.denominator.id));
            if let Some((top, bottom)) = ids {
                node.children.push(self.sum_node(NodeKind::Numerator, top, &numerator));
                node.children.push(self.sum_node(NodeKind::Denominator, bottom, &denominator));
            }
        }
        node.children.extend(readings.into_iter().map(unit_node));
        spec.finish(node, value, Some(Coverage { known, units: units.len(), met: None }), reasons)
    }

    fn sum_node(&self, kind: NodeKind, measure: &str, value: &Exact) -> Node {
        let mut node = Node::new(kind, Label::Sum { measure: measure.to_owned() });
        node.value = Some(Quantity::new(value, self.pack.measure(measure).map(|measure| measure.unit.as_str())));
        node
    }

    /// Sum, mean, weighted mean or lowest of the units' values.
    pub(super) fn pooled(&self, spec: Spec<'_>, units: &[&str], only: Option<Period>) -> Figure {
        let mut readings = self.readings(spec, units, only);
        let weights = self.weights(spec, units);
        let mut reasons = Vec::new();
        let mut known = Vec::with_capacity(units.len());
        for (i, reading) in readings.iter_mut().enumerate() {
            Reason::merge(&mut reasons, reading.reasons.iter().cloned());
            let weight = match weights.get(i) {
                Some(weight) => {
                    Reason::merge(&mut reasons, weight.reasons.iter().cloned());
                    let mut node = weight.node.clone();
                    node.kind = NodeKind::Weight;
                    reading.node.children.push(node);
                    weight.value.clone()
                }
                None => Some(Exact::one()),
            };
            known.extend(reading.value.clone().zip(weight));
        }
        let coverage = Coverage { known: known.len(), units: units.len(), met: None };
        let mut node = spec.node();
        let mut value = None;
        if known.len() == units.len() {
            let (operation, result) = pool(spec.aggregation, &known);
            node.operation = Some(operation);
            value = result;
            if value.is_none() {
                reasons.push(Reason::new(ReasonKind::ZeroDenominator, Some(&spec.measure.id), None, None));
            }
        }
        node.children = readings.into_iter().map(unit_node).collect();
        spec.finish(node, value, Some(coverage), reasons)
    }

    fn readings(&self, spec: Spec<'_>, units: &[&str], only: Option<Period>) -> Vec<Reading> {
        units.iter().map(|unit| self.read(&spec.measure.id, unit, only, None)).collect()
    }

    /// The weight of each unit, for a weighted mean; empty otherwise.
    fn weights(&self, spec: Spec<'_>, units: &[&str]) -> Vec<Reading> {
        let weight = spec.measure.weight.as_ref().filter(|_| spec.aggregation == Aggregation::WeightedMean);
        weight
            .map(|weight| units.iter().map(|unit| self.read(&weight.id, unit, None, None)).collect())
            .unwrap_or_default()
    }
}

/// The operation as text and its result, over (value, weight) of every unit.
fn pool(aggregation: Aggregation, known: &[(Exact, Exact)]) -> (String, Option<Exact>) {
    let sum: Exact = known.iter().map(|(value, _)| value).sum();
    match aggregation {
        Aggregation::Mean => (format!("{sum} / {}", known.len()), sum.divide(&Exact::from(known.len()))),
        Aggregation::WeightedMean => {
            let weighted: Exact = known.iter().map(|(value, weight)| value * weight).collect::<Vec<_>>().iter().sum();
            let weights: Exact = known.iter().map(|(_, weight)| weight).sum();
            (format!("{weighted} / {weights}"), weighted.divide(&weights))
        }
        Aggregation::Min => {
            let lowest = known.iter().map(|(value, _)| value).min().cloned();
            let shown = lowest.as_ref().map(ToString::to_string).unwrap_or_default();
            (format!("min = {shown}"), lowest)
        }
        // The caller sends only the four; a sum needs no weight and no count.
        _ => (format!("sum = {sum}"), Some(sum)),
    }
}

/// A unit's reading as a row of the figure.
fn unit_node(reading: Reading) -> Node {
    let mut node = Node::new(NodeKind::Unit, Label::Unit);
    node.unit.clone_from(&reading.node.unit);
    node.period = reading.node.period;
    node.operation.clone_from(&reading.node.operation);
    node.value.clone_from(&reading.node.value);
    node.reasons.clone_from(&reading.reasons);
    node.children.push(reading.node);
    node
}
