//! A named value of a rule: the figures of many units made one. Owns the question of coverage: every aggregation over units
//! needs a known part from every unit in being, and says "n of N" either way.

use super::Context;
use crate::exact::Exact;
use crate::explain::{Coverage, Label, Node, NodeKind, Quantity, Reason, ReasonKind, Verdict};
use crate::pack::{Aggregation, Also, Indicator, Level, MeasureUse, UnitCondition, VALUE};
use crate::period::Period;

/// What a named value is made of.
#[derive(Clone, Copy)]
pub(super) struct Spec<'a> {
    pub name: &'a str,
    pub level: Level,
    pub aggregation: Aggregation,
    pub measure: &'a MeasureUse,
    pub condition: Option<&'a UnitCondition>,
}

/// A named value.
pub(super) struct Figure {
    pub value: Option<Exact>,
    pub coverage: Option<Coverage>,
    pub reasons: Vec<Reason>,
    pub node: Node,
}

impl<'a> Spec<'a> {
    pub(super) fn main(indicator: &'a Indicator) -> Self {
        Spec {
            name: VALUE,
            level: indicator.level,
            aggregation: indicator.aggregation,
            measure: &indicator.measure,
            condition: indicator.unit_condition.as_ref(),
        }
    }

    pub(super) fn also(also: &'a Also) -> Self {
        Spec {
            name: &also.name,
            level: also.level,
            aggregation: also.aggregation,
            measure: &also.measure,
            condition: also.unit_condition.as_ref(),
        }
    }

    /// The node of the figure, still empty.
    pub(super) fn node(&self) -> Node {
        let measure = self.measure.id.clone();
        let label =
            Label::Figure { name: self.name.to_owned(), measure, aggregation: self.aggregation, level: self.level };
        Node::new(NodeKind::Figure, label)
    }

    /// A finished figure: the node gets value, coverage and reasons.
    pub(super) fn finish(
        &self,
        mut node: Node,
        value: Option<Exact>,
        coverage: Option<Coverage>,
        reasons: Vec<Reason>,
    ) -> Figure {
        node.value = value.as_ref().map(|value| Quantity::new(value, Some(&self.measure.unit)));
        node.coverage = coverage;
        if value.is_none() {
            node.verdict = Some(Verdict::Unknown);
        }
        node.reasons.clone_from(&reasons);
        Figure { value, coverage, reasons, node }
    }
}

impl Context<'_> {
    /// Computes a named value for a scope; with `only`, from rows of that period.
    pub(super) fn figure(&self, spec: Spec<'_>, scope: &str, only: Option<Period>) -> Figure {
        let units: Vec<&str> =
            self.units.of_level(scope, spec.level, self.as_of).into_iter().map(|unit| unit.id.as_str()).collect();
        if units.is_empty() {
            let mut reason = Reason::new(ReasonKind::NoUnits, None, None, None);
            reason.level = Some(spec.level);
            return spec.finish(spec.node(), None, Some(Coverage { known: 0, units: 0, met: None }), vec![reason]);
        }
        match spec.aggregation {
            Aggregation::DistrictValue if units.len() > 1 => {
                // A city holds several districts; the value of one of them is not the city's.
                let mut reason = Reason::new(ReasonKind::SeveralUnits, Some(&spec.measure.id), None, None);
                reason.level = Some(spec.level);
                let coverage = Coverage { known: 0, units: units.len(), met: None };
                spec.finish(spec.node(), None, Some(coverage), vec![reason])
            }
            Aggregation::DistrictValue => self.single(spec, units[0], only),
            Aggregation::ShareOfUnits => self.share(spec, &units, only),
            Aggregation::WeightedSurvey => self.survey(spec, &units, only),
            Aggregation::RatioOfSums => self.ratio_of_sums(spec, &units, only),
            Aggregation::Mean | Aggregation::WeightedMean | Aggregation::Sum | Aggregation::Min => {
                self.pooled(spec, &units, only)
            }
        }
    }

    /// The figure of one unit: a reading, or 1 and 0 for a condition that is true or false.
    fn single(&self, spec: Spec<'_>, unit: &str, only: Option<Period>) -> Figure {
        let mut node = spec.node();
        node.unit = Some(unit.to_owned());
        let (value, reasons, child) = match spec.condition {
            Some(condition) => {
                let unit_truth = self.condition(condition, unit, only);
                let value = unit_truth.truth.map(|truth| if truth { Exact::one() } else { Exact::zero() });
                node.verdict = Some(Verdict::of(unit_truth.truth));
                (value, unit_truth.reasons, unit_truth.node)
            }
            None => {
                let reading = self.read(&spec.measure.id, unit, only, None);
                (reading.value, reading.reasons, reading.node)
            }
        };
        node.operation.clone_from(&child.operation);
        node.period = child.period;
        let coverage = Coverage { known: usize::from(value.is_some()), units: 1, met: None };
        node.children.push(child);
        spec.finish(node, value, Some(coverage), reasons)
    }

    /// The share of units whose condition is true.
    fn share(&self, spec: Spec<'_>, units: &[&str], only: Option<Period>) -> Figure {
        let (mut node, mut reasons, mut met, mut known) = (spec.node(), Vec::new(), 0, 0);
        let mut rows = Vec::with_capacity(units.len());
        // The loader sees to it that a share has a condition; without one nothing would be known, which is what this says.
        for unit_truth in
            spec.condition.iter().flat_map(|condition| units.iter().map(|unit| self.condition(condition, unit, only)))
        {
            met += usize::from(unit_truth.truth == Some(true));
            known += usize::from(unit_truth.truth.is_some());
            Reason::merge(&mut reasons, unit_truth.reasons);
            rows.push(unit_truth.node);
        }
        let scale = spec.measure.scale();
        let complete = known == units.len();
        let value =
            Exact::from(met).divide(&Exact::from(units.len())).filter(|_| complete).map(|share| &share * &scale);
        let mut meeting = Node::new(NodeKind::Numerator, Label::UnitsMeeting);
        // While units are unknown the number that meet is a lower bound, not a figure.
        if complete {
            meeting.value = Some(Quantity::new(&Exact::from(met), None));
            node.operation = Some(format!("{met} / {} * {scale}", units.len()));
        }
        let mut in_being = Node::new(NodeKind::Denominator, Label::UnitsInBeing);
        in_being.value = Some(Quantity::new(&Exact::from(units.len()), None));
        node.children = vec![meeting, in_being];
        node.children.extend(rows);
        spec.finish(node, value, Some(Coverage { known, units: units.len(), met: Some(met) }), reasons)
    }
}
