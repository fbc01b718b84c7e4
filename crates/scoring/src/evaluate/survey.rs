//! Weighted survey: the share of good answers in each unit the sampling plan drew, weighted. Every drawn unit must have its
//! answers; answers from outside the plan do not count.
//!
//! `sum(weight * good / valid) / sum(weight) * scale`, the stratified estimator of a proportion (W. G. Cochran, *Sampling
//! Techniques*, 3rd ed., section 5.3, with known stratum sizes as weights).

use super::Context;
use super::figure::{Figure, Spec};
use crate::exact::Exact;
use crate::explain::{Coverage, Label, Node, NodeKind, Reason, ReasonKind};
use crate::period::{Period, Standing};

impl Context<'_> {
    pub(super) fn survey(&self, spec: Spec<'_>, units: &[&str], only: Option<Period>) -> Figure {
        let measure = spec.measure;
        let mut node = spec.node();
        let (Some(plan), Some(weight)) = (&measure.plan, &measure.weight) else {
            return spec.finish(node, None, None, vec![Reason::new(ReasonKind::NoPlan, Some(&measure.id), None, None)]);
        };
        let Some(period) = self.planned_period(&plan.id, units, only) else {
            let reason = Reason::new(ReasonKind::NoPlan, Some(&plan.id), None, only);
            return spec.finish(node, None, Some(Coverage { known: 0, units: 0, met: None }), vec![reason]);
        };
        node.period = Some(period);
        let (mut reasons, mut answers) = (Vec::new(), Exact::zero());
        let (mut weighted, mut weights) = (Exact::zero(), Exact::zero());
        let (mut drawn, mut known) = (0, 0);
        for unit in units {
            let planned = self.read(&plan.id, unit, Some(period), Some("plan"));
            // A row of 0 draws nobody; a faulty row may have, so it is kept as unknown.
            let missing = planned.reasons.iter().all(|reason| reason.kind == ReasonKind::MissingFact);
            if planned.value.as_ref().map_or(missing, Exact::is_zero) {
                continue;
            }
            drawn += 1;
            let shares = self.read(&measure.id, unit, Some(period), None);
            let mut size = self.read(&weight.id, unit, None, None);
            size.node.kind = NodeKind::Weight;
            let part =
                shares.parts.as_ref().map(|(_, valid)| valid).zip(shares.value.as_ref()).zip(size.value.as_ref());
            let fewest = Exact::from(i64::from(measure.min_answers_per_unit.unwrap_or(0)));
            let mut row_reasons = Vec::new();
            for reading in [&planned, &shares, &size] {
                Reason::merge(&mut row_reasons, reading.reasons.iter().cloned());
            }
            match part {
                Some(((valid, _), _)) if *valid < fewest => {
                    let reason = Reason::new(ReasonKind::TooFewAnswers, Some(&measure.id), Some(unit), Some(period));
                    Reason::merge(&mut row_reasons, [reason]);
                }
                Some(((valid, share), size)) if planned.value.is_some() => {
                    known += 1;
                    answers = &answers + valid;
                    weighted = &weighted + &(share * size);
                    weights = &weights + size;
                }
                _ => {}
            }
            Reason::merge(&mut reasons, row_reasons.iter().cloned());
            let mut row = Node::new(NodeKind::Unit, Label::Unit);
            row.unit = Some((*unit).to_owned());
            row.period = Some(period);
            row.operation.clone_from(&shares.node.operation);
            row.value.clone_from(&shares.node.value);
            row.reasons = row_reasons;
            row.children = vec![shares.node, size.node, planned.node];
            node.children.push(row);
        }
        let complete = drawn > 0 && known == drawn;
        if complete && answers < Exact::from(i64::from(measure.min_answers.unwrap_or(0))) {
            reasons.push(Reason::new(ReasonKind::TooFewAnswers, Some(&measure.id), None, Some(period)));
        }
        if drawn == 0 {
            reasons.push(Reason::new(ReasonKind::NoPlan, Some(&plan.id), None, Some(period)));
        }
        let mut value = None;
        if complete && reasons.is_empty() {
            value = weighted.divide(&weights);
            node.operation = Some(format!("{weighted} / {weights}"));
            if value.is_none() {
                reasons.push(Reason::new(ReasonKind::ZeroDenominator, Some(&weight.id), None, None));
            }
        }
        spec.finish(node, value, Some(Coverage { known, units: drawn, met: None }), reasons)
    }

    /// The latest readable period for which the plan drew any of the units.
    fn planned_period(&self, plan: &str, units: &[&str], only: Option<Period>) -> Option<Period> {
        let measure = self.pack.measure(plan)?;
        let drawn =
            units.iter().filter_map(|unit| self.facts.cells(plan, unit)).flat_map(|cells| cells.keys().copied());
        let readable = |period: &Period| {
            only.is_none_or(|only| only == *period)
                && period.standing(measure.window, measure.stale_after, self.as_of) == Standing::Readable
        };
        drawn.filter(readable).max()
    }
}
