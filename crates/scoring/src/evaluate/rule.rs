//! Applies a rule to its named values. Points are exact here; they are rounded once, by the indicator.

use std::collections::BTreeMap;

use super::figure::Figure;
use crate::exact::Exact;
use crate::explain::{Label, Node, NodeKind, Quantity, Reason, ReasonKind, Verdict};
use crate::expr::BoolExpr;
use crate::pack::{Direction, Indicator, Rule, RuleForm, VALUE};

/// The named values of a rule.
pub(super) type Figures<'a> = BTreeMap<&'a str, Figure>;

/// What a rule came to.
pub(super) struct Ruling {
    /// Points before rounding; `None` when not assessed.
    pub points: Option<Exact>,
    pub reasons: Vec<Reason>,
    /// Whether a veto of the rule is true.
    pub vetoed: bool,
    /// The rule's node; the figures are added by the indicator.
    pub node: Node,
}

/// Points of a value with the calculation as text.
struct Points(Exact, String);

pub(super) fn apply(indicator: &Indicator, rule: &Rule, figures: &Figures<'_>) -> Ruling {
    let mut node = Node::new(NodeKind::Rule, Label::Rule { form: rule.form.word().to_owned() });
    let mut ruling = match &rule.form {
        RuleForm::Conditions { each } => {
            let (mut points, mut reasons) = (Some(Exact::zero()), Vec::new());
            for (index, condition) in each.iter().enumerate() {
                let label = Label::Condition {
                    index,
                    name: condition.name.clone(),
                    expr: condition.expr.to_string(),
                    points: condition.points.clone(),
                };
                let (truth, child) = decide(NodeKind::Condition, label, &condition.expr, figures, &mut reasons);
                let earned = truth.map(|truth| if truth { condition.points.clone() } else { Exact::zero() });
                points = points.zip(earned).map(|(sum, earned)| &sum + &earned);
                node.children.push(child);
            }
            Ruling { points, reasons, vetoed: false, node }
        }
        RuleForm::VetoThen { veto, then } => {
            let mut reasons = Vec::new();
            let label = Label::Veto { expr: veto.to_string() };
            let (truth, mut child) = decide(NodeKind::Veto, label, veto, figures, &mut reasons);
            let inner = apply(indicator, then, figures);
            // A veto that is true is bad news: the verdict says whether the requirement is met.
            child.verdict = Some(Verdict::of(truth.map(|truth| !truth)));
            node.children = vec![child, inner.node];
            match truth {
                Some(true) => Ruling { points: Some(Exact::zero()), reasons: Vec::new(), vetoed: true, node },
                Some(false) => Ruling { points: inner.points, reasons: inner.reasons, vetoed: false, node },
                None => {
                    Reason::merge(&mut reasons, inner.reasons);
                    Ruling { points: None, reasons, vetoed: false, node }
                }
            }
        }
        _ => {
            let (value, reasons, formula) = scored_value(rule, figures, indicator);
            node.children.extend(formula);
            let points = value.and_then(|value| of_value(indicator, &rule.form, &value));
            let (points, operation) = points.map_or((None, None), |Points(points, text)| (Some(points), Some(text)));
            node.operation = operation;
            Ruling { points, reasons, vetoed: false, node }
        }
    };
    ruling.node.value = ruling.points.as_ref().map(|points| Quantity::new(points, None));
    ruling.node.verdict = Some(verdict(ruling.points.as_ref(), &indicator.points));
    ruling.node.reasons.clone_from(&ruling.reasons);
    ruling
}

/// Full points are met, some are partly met, none is not met.
pub(super) fn verdict(points: Option<&Exact>, most: &Exact) -> Verdict {
    match points {
        None => Verdict::Unknown,
        Some(points) if points >= most => Verdict::Met,
        Some(points) if points.is_zero() => Verdict::NotMet,
        Some(_) => Verdict::Partly,
    }
}

fn decide(
    kind: NodeKind,
    label: Label,
    expr: &BoolExpr,
    figures: &Figures<'_>,
    reasons: &mut Vec<Reason>,
) -> (Option<bool>, Node) {
    let lookup = |name: &str| figures.get(name).and_then(|figure| figure.value.clone());
    let truth = expr.eval(&lookup);
    let mut node = Node::new(kind, label);
    node.operation = Some(expr.with_numbers(&lookup));
    node.verdict = Some(Verdict::of(truth));
    if truth.is_none() {
        node.reasons = missing(expr.names().into_iter(), figures);
        Reason::merge(reasons, node.reasons.iter().cloned());
    }
    (truth, node)
}

/// Why an expression over these names is unknown.
fn missing<'a>(names: impl Iterator<Item = &'a str>, figures: &Figures<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for figure in names.filter_map(|name| figures.get(name)).filter(|figure| figure.value.is_none()) {
        Reason::merge(&mut reasons, figure.reasons.iter().cloned());
    }
    if reasons.is_empty() {
        reasons.push(Reason::new(ReasonKind::DivisionByZero, None, None, None));
    }
    reasons
}

/// The scored value: `value`, or the expression `of` with a node of its own.
fn scored_value(
    rule: &Rule,
    figures: &Figures<'_>,
    indicator: &Indicator,
) -> (Option<Exact>, Vec<Reason>, Option<Node>) {
    let Some(of) = &rule.of else {
        let value = figures.get(VALUE).and_then(|figure| figure.value.clone());
        let reasons = if value.is_none() { missing([VALUE].into_iter(), figures) } else { Vec::new() };
        return (value, reasons, None);
    };
    let lookup = |name: &str| figures.get(name).and_then(|figure| figure.value.clone());
    let value = of.eval(&lookup);
    let mut node = Node::new(NodeKind::Formula, Label::Formula { expr: of.to_string() });
    node.operation = Some(of.with_numbers(&lookup));
    node.value = value.as_ref().map(|value| Quantity::new(value, Some(&indicator.measure.unit)));
    if value.is_none() {
        node.verdict = Some(Verdict::Unknown);
        node.reasons = missing(of.names().into_iter(), figures);
    }
    (value, node.reasons.clone(), Some(node))
}

/// Points of a value under the four forms that look at one value; also used to ask what another value would bring.
pub(crate) fn points_of(indicator: &Indicator, value: &Exact) -> Option<Exact> {
    of_value(indicator, &indicator.rule.form, value).map(|Points(points, _)| points)
}

fn of_value(indicator: &Indicator, form: &RuleForm, value: &Exact) -> Option<Points> {
    let most = &indicator.points;
    let at_least = indicator.measure.direction == Direction::AtLeast;
    let sign = if at_least { ">=" } else { "<=" };
    let reaches = |at: &Exact| if at_least { value >= at } else { value <= at };
    match form {
        RuleForm::AllOrNothing { at } => {
            let points = if reaches(at) { most.clone() } else { Exact::zero() };
            Some(Points(points, format!("{value} {sign} {at}")))
        }
        RuleForm::Proportional { full_at, zero_at } => proportional(most, value, full_at, zero_at),
        RuleForm::Tiers { tiers } => {
            let best = tiers.iter().filter(|tier| reaches(&tier.at)).max_by(|a, b| a.points.cmp(&b.points));
            Some(match best {
                Some(tier) => Points(tier.points.clone(), format!("{value} {sign} {}", tier.at)),
                None => Points(Exact::zero(), format!("{value}: -")),
            })
        }
        RuleForm::Deduct { start, per_event } => {
            let left = (start - &(per_event * value)).clamp_between(&Exact::zero(), start);
            Some(Points(left, format!("{start} - {per_event} * {value}")))
        }
        RuleForm::Conditions { .. } | RuleForm::VetoThen { .. } => None,
    }
}

/// `most * (value - zero_at) / (full_at - zero_at)`, capped at both ends. The share is held between 0 and 1 before the
/// multiplication, so which end is higher does not matter.
fn proportional(most: &Exact, value: &Exact, full_at: &Exact, zero_at: &Exact) -> Option<Points> {
    let share = (value - zero_at).divide(&(full_at - zero_at))?;
    let held = share.clone().clamp_between(&Exact::zero(), &Exact::one());
    let rising = full_at > zero_at;
    let text = if share != held || share == Exact::zero() || share == Exact::one() {
        let full = held == Exact::one();
        let sign = if rising == full { ">=" } else { "<=" };
        format!("{value} {sign} {}", if full { full_at } else { zero_at })
    } else {
        let bracket = |number: &Exact| if number.is_negative() { format!("({number})") } else { number.to_string() };
        format!("{most} * ({value} - {}) / ({full_at} - {})", bracket(zero_at), bracket(zero_at))
    };
    Some(Points(most * &held, text))
}
