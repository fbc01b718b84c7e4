//! One indicator: its named values, its rule, its rounded points, its explanation.

use std::collections::BTreeSet;

use super::figure::{Figure, Spec};
use super::rule::{self, Figures};
use super::{Context, IndicatorScore, Outcome, round_points};
use crate::explain::{Label, Node, NodeKind, Quantity, Reason, ReasonKind, Verdict};
use crate::pack::{Indicator, VALUE};
use crate::period::Period;

/// Scores an indicator for a scope: the district, or a unit below it.
pub(super) fn score(context: &Context<'_>, indicator: &Indicator, scope: &str) -> IndicatorScore {
    let figures = figures(context, indicator, scope);
    let ruling = rule::apply(indicator, &indicator.rule, &figures);
    let points = ruling.points.as_ref().map(round_points);
    let mut node = Node::new(NodeKind::Indicator, Label::Indicator { code: indicator.code.clone() });
    node.unit = Some(scope.to_owned());
    node.value = points.as_ref().map(|points| Quantity::new(points, None));
    node.verdict = Some(ruling.verdict(&indicator.points));
    node.reasons.clone_from(&ruling.reasons);
    let main = figures.get(VALUE);
    let value = main.and_then(|figure| figure.value.as_ref());
    let value = value.map(|value| Quantity::new(value, Some(&indicator.measure.unit)));
    let coverage = main.and_then(|figure| figure.coverage);
    let mut rule_node = ruling.node;
    rule_node.children.extend(in_order(indicator, figures));
    node.children = vec![rule_node];
    IndicatorScore {
        code: indicator.code.clone(),
        area: indicator.area.clone(),
        max_points: indicator.points.clone(),
        outcome: match points {
            Some(points) => Outcome::Assessed { points },
            None => Outcome::NotAssessed { reasons: ruling.reasons },
        },
        value,
        coverage,
        kind: indicator.kind,
        vetoed: indicator.veto.is_some() && ruling.vetoed,
        explanation: node,
    }
}

/// The figures' nodes: the main value first, then the others as the pack lists them.
fn in_order(indicator: &Indicator, mut figures: Figures<'_>) -> Vec<Node> {
    let names = [VALUE].into_iter().chain(indicator.also.iter().map(|also| also.name.as_str()));
    names.filter_map(|name| figures.remove(name)).map(|figure| figure.node).collect()
}

fn figures<'a>(context: &Context<'_>, indicator: &'a Indicator, scope: &str) -> Figures<'a> {
    let bound: Vec<&'a _> = indicator.also.iter().filter(|also| also.same_period).collect();
    let free = indicator.also.iter().filter(|also| !also.same_period);
    let mut figures: Figures<'a> =
        free.map(|also| (also.name.as_str(), context.figure(Spec::also(also), scope, None))).collect();
    let main = Spec::main(indicator);
    let specs: Vec<Spec<'a>> = [main].into_iter().chain(bound.iter().map(|also| Spec::also(also))).collect();
    let together = if bound.is_empty() { None } else { same_period(context, &specs, scope) };
    let found = together.unwrap_or_else(|| {
        let mut each: Vec<Figure> = specs.iter().map(|spec| context.figure(*spec, scope, None)).collect();
        // Each may be known for a period of its own, but they are compared for one and the same.
        if !bound.is_empty() && each.iter().all(|figure| figure.value.is_some()) {
            for (figure, spec) in each.iter_mut().zip(&specs) {
                let reason = Reason::new(ReasonKind::NoCommonPeriod, Some(&spec.measure.id), None, figure.node.period);
                figure.value = None;
                figure.reasons = vec![reason.clone()];
                figure.node.verdict = Some(Verdict::Unknown);
                figure.node.reasons = vec![reason];
            }
        }
        each
    });
    figures.extend(specs.iter().map(|spec| spec.name).zip(found));
    figures
}

/// The figures for the latest period in which all of them are known.
fn same_period(context: &Context<'_>, specs: &[Spec<'_>], scope: &str) -> Option<Vec<Figure>> {
    let periods: BTreeSet<Period> = specs
        .first()
        .into_iter()
        .flat_map(|spec| {
            let components = spec.measure.ratio.iter().flat_map(|ratio| [&ratio.numerator.id, &ratio.denominator.id]);
            [&spec.measure.id]
                .into_iter()
                .chain(components)
                .chain(spec.condition.iter().flat_map(|set| set.names.values()))
        })
        .flat_map(|id| context.facts.periods(id))
        .collect();
    let known = |period: &Period| -> Option<Vec<Figure>> {
        let figures = specs.iter().map(|spec| context.figure(*spec, scope, Some(*period)));
        figures.map(|figure| figure.value.is_some().then_some(figure)).collect()
    };
    periods.iter().rev().find_map(known)
}
