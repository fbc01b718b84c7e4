//! What is short: the units that do not meet an indicator's condition, by how much, and what more of them would bring.

use hejian_kernel::i18n::Lang;
use hejian_scoring::{
    Exact,
    evaluate::IndicatorScore,
    explain::{Node, NodeKind, Quantity, Verdict},
    expr::{BoolExpr, Comparison},
    pack::Indicator,
};

use super::parts::reading_of;
use crate::campaign::standard::{Standard, words::expression};

/// A unit that is short, or not known.
#[derive(Debug)]
pub(super) struct Short<'s> {
    pub unit: &'s str,
    /// Its node of the explanation.
    pub node: &'s Node,
    /// Each name's figure, in the pack's order.
    pub figures: Vec<Option<&'s Quantity>>,
    /// What is asked, where the condition is one comparison.
    pub wanted: Option<Exact>,
    /// What is missing to it, below 0.
    pub gap: Option<Exact>,
    /// The condition with its numbers.
    pub says: String,
    /// Whether a fact is missing, so that nothing can be said.
    pub unknown: bool,
}

/// The main figure of a score.
pub(super) fn main_figure(score: &IndicatorScore) -> Option<&Node> {
    score.explanation.walk().find(|node| node.kind == NodeKind::Figure)
}

/// Whether the main value is known for any unit; until then there is nothing to list or to draw.
pub(super) fn any_known(score: &IndicatorScore) -> bool {
    score.coverage.is_some_and(|coverage| coverage.known > 0)
}

/// The scored value, where the rule makes it from several figures by an expression.
pub(crate) fn formula(score: &IndicatorScore) -> Option<&Node> {
    score.explanation.walk().find(|node| node.kind == NodeKind::Formula)
}

/// The units below the condition, the smallest gap first, those unknown last.
pub(super) fn short<'s>(
    standard: &Standard,
    lang: Lang,
    indicator: &Indicator,
    score: &'s IndicatorScore,
) -> Vec<Short<'s>> {
    let Some(condition) = &indicator.unit_condition else { return Vec::new() };
    let units = main_figure(score).into_iter().flat_map(|figure| &figure.children);
    let mut found: Vec<Short<'s>> = units
        .filter(|node| node.kind == NodeKind::Unit)
        .filter(|node| matches!(node.verdict, Some(Verdict::NotMet | Verdict::Unknown)))
        .map(|node| {
            let value = |name: &str| reading_of(node, name).and_then(|reading| reading.value.as_ref());
            let lookup = |name: &str| value(name).and_then(exact);
            let wanted = match &condition.expr {
                BoolExpr::Compare(Comparison::AtLeast, left, right) => right.eval(&lookup).zip(left.eval(&lookup)),
                _ => None,
            };
            let unknown = node.verdict == Some(Verdict::Unknown);
            Short {
                unit: node.unit.as_deref().unwrap_or_default(),
                node,
                figures: condition.names.keys().map(|name| value(name)).collect(),
                gap: wanted.as_ref().map(|(wanted, have)| have - wanted),
                wanted: wanted.map(|(wanted, _)| wanted),
                says: expression(standard, lang, node.operation.as_deref().unwrap_or_default()),
                unknown,
            }
        })
        .collect();
    found.sort_by(|a, b| a.unknown.cmp(&b.unknown).then_with(|| b.gap.cmp(&a.gap)));
    found
}

/// The exact number of a quantity.
pub(super) fn exact(quantity: &Quantity) -> Option<Exact> {
    match &quantity.fraction {
        None => Exact::parse(&quantity.text).ok(),
        Some(fraction) => serde_json::from_value(serde_json::Value::String(fraction.clone())).ok(),
    }
}
